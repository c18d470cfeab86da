"""ConfusionExplorer: its numbers are torch's, its pictures those of the cell, and it answers a hand."""

import base64
import io
import itertools

import pytest
import torch
from hands import settle
from PIL import Image

from helpers.confusion import Confusion, confusion, surest_first
from helpers.figures import ConfusionExplorer
from helpers.figures.confusion_explorer import pictures as made
from helpers.palette import ROLES

CLASSES = ["shirt", "pullover", "boot", "bag"]


def answers_of(count=400, num_classes=4, seed=0, scale=2.0):
    """Labels, and logits that favour them; class 0 looks like class 1."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % num_classes
    logits = torch.randn(count, num_classes, generator=generator) + scale * torch.eye(num_classes)[labels]
    logits[labels == 0, 1] += 1.5
    return logits, labels


def grey(count, side=28):
    """Pictures with one shade each, by which they are known again."""
    return torch.arange(count).remainder(250).to(torch.uint8)[:, None, None].expand(count, side, side)


@pytest.fixture(scope="module")
def figure():
    logits, labels = answers_of()
    return ConfusionExplorer(logits=logits, labels=labels, images=grey(400), classes=CLASSES)


def small(**change):
    given = {"logits": torch.eye(4), "labels": torch.arange(4), "images": grey(4), "classes": CLASSES}
    return ConfusionExplorer(**given | change)


def matrices():
    generator = torch.Generator().manual_seed(0)
    drawn = [torch.randint(0, 60, (size, size), generator=generator) for size in (2, 3, 10)]
    drawn[1][1] = 0  # a class that never occurs
    drawn[2][:, 4] = 0  # an answer never given
    return [Confusion(counts) for counts in (*drawn, torch.eye(2, dtype=torch.int64))]


# ---------------------------------------------------------------- its numbers are torch's


@pytest.mark.parametrize("matrix", matrices())
def test_the_scripts_numbers_are_torchs(run_js, matrix):
    counts = matrix.counts.tolist()
    shares = torch.tensor(run_js("confusion_explorer/maths", "rowShares", counts), dtype=torch.float64)
    assert torch.allclose(shares, matrix.shares, atol=1e-12)
    scores = run_js("confusion_explorer/maths", "scores", counts)
    assert scores["total"] == matrix.counts.sum()
    assert scores["accuracy"] == pytest.approx(matrix.accuracy, abs=1e-12)
    assert scores["recall"] == pytest.approx(matrix.recall, abs=1e-12)
    assert scores["precision"] == pytest.approx(matrix.precision, abs=1e-12)
    assert run_js("confusion_explorer/maths", "mistakes", counts) == [
        list(cell) for cell in matrix.mistakes()
    ]


def test_next_mistake_goes_down_the_list_and_round(run_js):
    counts = [[5, 2, 0], [9, 5, 0], [0, 4, 5]]
    order = [[1, 0], [2, 1], [0, 1], [1, 0]]
    for now, then in itertools.pairwise(order):
        assert run_js("confusion_explorer/maths", "nextMistake", counts, now) == then
    assert run_js("confusion_explorer/maths", "nextMistake", counts, [2, 2]) == [1, 0]
    assert run_js("confusion_explorer/maths", "nextMistake", [[5, 0], [0, 5]], [1, 1]) == [1, 1]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("shareText", 0, ""),
        ("shareText", 0.116, "12"),
        ("shareText", 0.0996, "10"),
        ("shareText", 0.0994, "9.9"),
        ("shareText", 0.0003, "<.1"),
        ("sureText", 0.9996, "> 99.9 %"),
        ("sureText", 0.9994, "99.9 %"),
        ("sureText", 1, "100.0 %"),
        ("scoreText", None, "–"),
        ("scoreText", 0.996, ">99"),
        ("scoreText", 1, "100"),
        ("scoreText", 0.772, "77"),
    ],
)
def test_numbers_in_cells_do_not_overstate(run_js, name, value, text):
    assert run_js("confusion_explorer/maths", name, value) == text


def test_text_on_every_cell_can_be_read(run_js):
    strongest = float(
        run_js("confusion_explorer/views", "cellFill", 0.3, 0.3).split("loss) ")[1].split("%")[0]
    )
    assert run_js("confusion_explorer/views", "cellFill", 0, 0) is None
    for theme in (0, 1):
        loss, ground, ink = (channels(ROLES[role][theme]) for role in ("loss", "ground", "ink"))
        for part in torch.linspace(0, strongest / 100, 9):
            assert contrast(part * loss + (1 - part) * ground, ink) >= 4.5


def channels(colour):
    return torch.tensor([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def contrast(*colours):
    """Contrast as WCAG 2 defines it."""
    linear = (torch.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in colours)
    light = sorted(float(c @ torch.tensor([0.2126, 0.7152, 0.0722])) + 0.05 for c in linear)
    return light[1] / light[0]


# ---------------------------------------------------------------- its pictures


def opened(address):
    return Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))).convert("RGB")


def shade(figure, run_js, cell):
    """Shades in the middle of a cell's pictures, read where the script reads them."""
    sheet = opened(figure.sheet)
    found = run_js("confusion_explorer/maths", "picturesOf", figure.pictures, cell, figure.sizes)
    middle = figure.sizes["width"] // 2
    return found, [sheet.getpixel((picture["x"] + middle, picture["y"] + middle)) for picture in found]


def test_every_picture_lies_where_the_script_looks_for_it(figure, run_js):
    seen = 0
    for label, answer, facts in figure.pictures:
        found, shades = shade(figure, run_js, [label, answer])
        assert [picture["place"] for picture in found] == [place for place, _, _ in facts]
        for picture, colour in zip(found, shades, strict=True):
            assert colour[0] == pytest.approx(picture["place"] % 250, abs=4)
        seen += len(facts)
    assert opened(figure.sheet).size == (
        figure.sizes["columns"] * 32, figure.sizes["rows"] * 32,
    )  # fmt: skip
    assert seen > 40
    assert run_js("confusion_explorer/maths", "picturesOf", figure.pictures, [2, 3], figure.sizes) != []
    assert run_js("confusion_explorer/maths", "picturesOf", [[0, 1, [[5, 1, 0]]]], [1, 0], figure.sizes) == []


def test_a_cell_shows_its_surest_pictures_and_their_probabilities(figure):
    logits, labels = answers_of()
    sure, answers = logits.double().softmax(dim=1).max(dim=1)
    cells = surest_first(sure, labels, answers)
    for label, answer, facts in figure.pictures:
        assert [place for place, _, _ in facts] == cells[label, answer][: len(facts)]
        for place, confidence, truth in facts:
            assert confidence == pytest.approx(float(sure[place]), abs=6e-5)
            assert truth == pytest.approx(float(logits.double().softmax(1)[place, label]), abs=6e-5)
    assert {(i, j) for i, j, _ in figure.pictures} == set(cells)


def test_it_opens_on_the_worst_mistake_with_twelve_pictures(figure):
    counts = torch.tensor(figure.counts)
    assert figure.selected == [0, 1]
    assert counts[0, 1] == (counts - counts.diag().diag()).max() > made.MOST
    shown = {(label, answer): len(facts) for label, answer, facts in figure.pictures}
    assert shown[0, 1] == made.MOST
    assert all(shown[i, i] <= made.MOST_RIGHT for i in range(4))


@pytest.mark.parametrize("shape", [(28, 28), (1, 28, 28), (3, 32, 32), (32, 32, 3), (20, 30)])
def test_noise_that_no_code_can_shrink_stays_light(shape):
    logits, labels = answers_of(2000, 4, scale=0.5)
    generator = torch.Generator().manual_seed(0)
    noise = torch.randint(0, 256, (2000, *shape), dtype=torch.uint8, generator=generator)
    figure = ConfusionExplorer(logits=logits, labels=labels, images=noise, classes=CLASSES)
    assert len(figure.sheet) <= made.LIGHT
    shown = {(label, answer): len(facts) for label, answer, facts in figure.pictures}
    assert min(shown.values()) >= 1


def test_frequent_mistakes_show_more_when_there_is_little_room():
    matrix = Confusion(torch.tensor([[500, 100, 3], [40, 500, 1], [0, 1, 500]]))
    assert made.quotas(matrix, 1.0)[0, 1] == made.quotas(matrix, 1.0)[1, 0] == 12
    few = made.quotas(matrix, 0.1)
    assert [few[0, 1], few[1, 0], few[0, 2], few[1, 2]] == [10, 4, 1, 1]
    assert few[0, 0] < made.MOST_RIGHT
    assert (2, 0) not in few


def test_colour_pictures_keep_their_colours(run_js):
    red = torch.zeros(4, 32, 32, 3, dtype=torch.uint8)
    red[..., 0] = 200
    for images in (red, red.permute(0, 3, 1, 2)):
        figure = small(images=images)
        _, shades = shade(figure, run_js, [0, 0])
        assert shades[0] == pytest.approx((200, 0, 0), abs=8)


# ---------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"probabilities": torch.eye(4)}, "give either logits or probabilities"),
        ({"logits": None}, "give either logits or probabilities"),
        ({"logits": torch.eye(4)[:, :3]}, r"logits must have the shape \(N, 4\).* got \(4, 3\)"),
        ({"logits": torch.eye(4).long()}, "logits must be finite floating-point numbers"),
        ({"logits": torch.eye(4) / 0}, "logits must be finite"),
        ({"logits": None, "probabilities": torch.eye(4) * 2}, "each row must add up to 1"),
        ({"logits": None, "probabilities": 2 * torch.eye(4) - 0.25}, "must not be negative"),
        ({"labels": torch.arange(4) + 1}, "labels must be class numbers from 0 to 3, got 1 to 4"),
        ({"labels": torch.zeros(3).long()}, "one label and one image for each row.* 3 labels, 4 images"),
        ({"images": grey(3)}, "got 4 logits or probabilities, 4 labels, 3 images"),
        ({"images": grey(4) / 255}, "images must be uint8, values from 0 to 255, got torch.float32"),
        ({"images": grey(4)[:, 0]}, r"images must have a shape .* got \(4, 28\)"),
        ({"images": torch.zeros(4, 2, 8, 8).byte()}, r"images must have a shape .* got \(4, 2, 8, 8\)"),
        ({"images": grey(4, 65)}, "images must be 1 to 64 pixels high and wide, got 65 x 65"),
        ({"classes": ["a"]}, "classes must be 2 to 12 names"),
        ({"classes": list("abcdefghijklm")}, "classes must be 2 to 12 names"),
        ({"classes": "abcd"}, "classes must be 2 to 12 names"),
        ({"classes": ["a", "b", "c", "c"]}, "classes must be different names"),
        ({"classes": ["a", "b", "c", " "]}, "classes must be different names that are not empty"),
        ({"selected": ("shirt", "hat")}, r"selected must be two names of classes, got \('shirt', 'hat'\)"),
    ],
)
def test_a_bad_argument_is_named(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        small(**change)


def test_its_text_says_nothing_that_training_decides(figure):
    assert repr(figure) == "ConfusionExplorer(num_pictures=400, num_classes=4)"
    assert small(selected=("boot", "bag")).selected == [2, 3]


def test_probabilities_and_arrays_do_as_well(figure):
    logits, labels = answers_of()
    same = ConfusionExplorer(
        probabilities=logits.softmax(1).numpy(),
        labels=labels.numpy(),
        images=grey(400).numpy(),
        classes=CLASSES,
    )
    assert same.counts == figure.counts
    assert same.sheet == figure.sheet


# ---------------------------------------------------------------- in the page


def cell(page, label, answer):
    return page.locator(f'.bf-cell[aria-label^="label {label}, answer {answer}:"]')


def title(page):
    settle(page)
    return page.locator(".ce-side .bf-title").text_content()


def test_it_opens_on_the_mistake_and_its_pictures(mount, figure):
    page = mount(figure)
    assert title(page) == "shirt, called pullover"
    assert page.locator(".ce-picture").count() == 12
    count = figure.counts[0][1]
    assert page.locator(".ce-heading").text_content() == (
        f"12 of {count}, the surest first. Below: the probability of pullover."
    )
    sure = [float(text.strip("> %")) for text in page.locator(".ce-pictures li").all_text_contents()]
    assert sure == sorted(sure, reverse=True)
    matrix = Confusion(torch.tensor(figure.counts))
    wrong = int(matrix.errors.sum())
    total = page.locator(".ce-total").text_content().split()
    assert float(total[1]) == pytest.approx(100 * matrix.accuracy, abs=0.051)
    assert total[3:] == f"{wrong} of 400 pictures are named wrongly".split()
    assert "bf-also" in cell(page, "pullover", "shirt").get_attribute("class")


def test_a_tap_the_arrows_and_the_button_choose_cells(mount, figure):
    page = mount(figure)
    cell(page, "boot", "bag").tap()
    assert title(page) == "boot, called bag"
    page.keyboard.press("ArrowLeft")
    assert title(page) == "boot, named correctly"
    assert page.get_by_role("button", name="The other way round").count() == 0
    page.keyboard.press("ArrowUp")
    assert title(page) == "pullover, called boot"
    page.get_by_role("button", name="The other way round").click()
    assert title(page) == "boot, called pullover"
    page.get_by_role("button", name="Reset").click()
    assert title(page) == "shirt, called pullover"
    page.get_by_role("button", name="Next mistake").click()
    second = Confusion(torch.tensor(figure.counts)).mistakes()[1]
    assert title(page) == "{}, called {}".format(*(CLASSES[i] for i in second))
    assert page.evaluate("window.traits.selected") == list(second)


def test_a_drag_goes_through_cells(mount, figure):
    page = mount(figure)
    start, end = (cell(page, *names).bounding_box() for names in (("bag", "shirt"), ("bag", "boot")))
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    assert title(page) == "bag, called shirt"
    page.mouse.move(end["x"] + 5, end["y"] + 5, steps=4)
    page.mouse.up()
    assert title(page) == "bag, called boot"


def test_shares_of_the_row(mount, figure):
    page = mount(figure)
    assert cell(page, "shirt", "pullover").text_content() == str(figure.counts[0][1])
    page.get_by_role("radio", name="% of the row").check()
    settle(page)
    assert cell(page, "shirt", "pullover").text_content() == f"{figure.counts[0][1]:.0f}"  # of 100
    assert cell(page, "shirt", "shirt").text_content() == f"{figure.counts[0][0]:.0f}"


def test_confused_classes_come_to_stand_side_by_side(mount):
    counts = torch.tensor([[50, 0, 0, 9], [0, 50, 0, 0], [0, 0, 50, 1], [8, 0, 1, 50]])
    pairs = counts.nonzero().repeat_interleave(counts[counts > 0], dim=0)
    shown = ConfusionExplorer(
        probabilities=torch.eye(4)[pairs[:, 1]], labels=pairs[:, 0], images=grey(len(pairs)), classes=CLASSES
    )
    page = mount(shown)
    page.get_by_role("checkbox").check()
    settle(page)
    names = page.locator(".bf-panel svg > g[aria-hidden] text:not(.bf-tick)").all_text_contents()[:4]
    assert abs(names.index("shirt") - names.index("bag")) == 1
    assert names == [CLASSES[i] for i in shown.neighbours]
    page.wait_for_timeout(500)  # the cells glide
    assert (
        cell(page, names[0], names[0]).bounding_box()["y"]
        < cell(page, names[1], names[1]).bounding_box()["y"]
    )
    assert title(page) == "shirt, called bag"


@pytest.mark.parametrize(
    ("num_classes", "labels", "answers", "expected"),
    [
        (2, [0, 0, 1], [0, 0, 1], "shirt, named correctly"),
        (2, [1], [1], "pullover, named correctly"),
        (2, [1], [0], "pullover, called shirt"),
        (4, [0, 0, 3], [0, 3, 3], "shirt, called bag"),
    ],
)
def test_it_says_something_of_hardly_anything(mount, num_classes, labels, answers, expected):
    shown = ConfusionExplorer(
        probabilities=torch.eye(num_classes)[answers],
        labels=labels,
        images=grey(len(labels)),
        classes=CLASSES[:num_classes],
    )
    page = mount(shown, 390)
    assert title(page) == expected
    wrong = sum(a != b for a, b in zip(labels, answers, strict=True))
    assert page.get_by_role("button", name="Next mistake").is_disabled() == (wrong == 0)
    assert page.locator(".ce-legend").is_visible() == (wrong > 0)
    for _ in range(num_classes):
        page.locator('.bf-cell[tabindex="0"]').press("ArrowDown")
        page.keyboard.press("ArrowRight")
    assert title(page) == f"{CLASSES[num_classes - 1]}, named correctly"
    assert "NaN" not in page.locator(".book-figure").inner_text()
    if num_classes == 4:  # class 1 never occurs, and is never an answer
        assert "–" in page.locator(".bf-panel svg > g[aria-hidden] text").all_text_contents()
        cell(page, "pullover", "boot").tap()
        settle(page)
        assert page.locator(".ce-heading").text_content() == "It never happened."
        assert page.locator(".ce-side p").first.text_content() == "0 pictures."


@pytest.mark.parametrize("width", [406, 374, 336, 304])
def test_ten_classes_fit_a_phone_in_cells_wide_enough_for_a_finger(mount, width):
    logits, labels = answers_of(400, 10)
    names = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"]
    names += ["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
    page = mount(ConfusionExplorer(logits=logits, labels=labels, images=grey(400), classes=names), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    places = page.locator(".bf-cell").evaluate_all(
        "all => all.map((cell) => new DOMMatrix(getComputedStyle(cell).transform)).map(({ e, f }) => [e, f])"
    )
    assert places[1][0] - places[0][0] >= 24
    assert places[10][1] - places[0][1] >= 24
    matrix, side = (page.locator(name).bounding_box() for name in (".bf-panel svg", ".ce-side"))
    assert side["y"] >= matrix["y"] + matrix["height"]  # the pictures lie below
    lefts = page.locator(".bf-panel svg text").evaluate_all(
        "all => all.map((t) => t.getBoundingClientRect().left)"
    )
    assert min(lefts) >= 0


def test_a_selection_made_in_python_matches_what_confusion_counts(figure):
    logits, labels = answers_of()
    assert figure.counts == confusion(labels, logits.argmax(dim=1), 4).counts.tolist()
