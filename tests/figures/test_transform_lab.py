"""TransformLab: its pictures are torchvision's, its code makes them, and its chips answer a hand."""

import base64
import io

import pytest
import torch
from hands import drag, middle, settle
from PIL import Image
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

from helpers import pictures
from helpers.figures.transform_lab import TransformLab
from helpers.figures.transform_lab import pictures as made

ANGLES = (15, 30, 45, 60, 90)


@pytest.fixture(scope="module")
def figure():
    return TransformLab()


@pytest.fixture(scope="module")
def robin():
    return made.square(Image.open(pictures.folder() / "bird_1.jpg"))


def opened(address):
    return Image.open(io.BytesIO(base64.b64decode(address.split(",")[1])))


# ---------------------------------------------------------------- the sheets


def test_every_cell_is_torchvisions_result(figure, robin):
    sheet = functional.pil_to_tensor(opened(figure.results).convert("RGB")).float()
    size = made.CROP
    for row, angle in enumerate(ANGLES):
        for column, order in enumerate(made.ORDERS):
            cell = sheet[:, row * size : (row + 1) * size, column * size : (column + 1) * size]
            result = made.pipeline(order, angle)(robin).float()
            assert (cell - result).abs().mean() < 4, (order, angle)


def test_small_views_show_what_a_pipeline_passes_through(figure, robin):
    sheet = opened(figure.steps)
    assert sheet.size == (made.SMALL * len(made.PREFIXES), made.SMALL * len(ANGLES))
    column = made.PREFIXES.index(("crop",))
    cell = sheet.crop((column * made.SMALL, 0, (column + 1) * made.SMALL, made.SMALL))
    assert cell.getpixel((2, 2))[3] < 40  # transparent where the crop took the picture away
    assert cell.getpixel((40, 40))[3] > 200


def test_differences_are_those_of_the_results(figure, robin):
    crop_rotate = figure.orders.index("crop,rotate")
    assert figure.differences[crop_rotate][-1] == 0
    a, b = (made.pipeline(order, 30)(robin) for order in (("crop", "rotate"), ("rotate", "crop")))
    share = ((a.int() - b.int()).abs().amax(0) > 16).float().mean()
    assert figure.differences[crop_rotate][1] == pytest.approx(float(share), abs=1e-4)


def test_the_code_it_shows_makes_the_picture_it_shows(run_js, robin):
    for order in made.ORDERS:
        code = run_js("transform_lab/words", "codeOf", list(order), 30, made.CROP)
        shown = eval(code, {"v2": v2, "BILINEAR": v2.InterpolationMode.BILINEAR})
        assert torch.equal(shown(robin), made.pipeline(order, 30)(robin))


# ---------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"angles": (30,)}, "angles must be two to six"),
        ({"angles": (30, 15)}, "angles must be two to six increasing"),
        ({"angles": (0, 30)}, r"in \(0, 180\]"),
        ({"order": ("rotate",)}, "order must be rotate and crop"),
        ({"order": ("crop", "crop")}, "order must be rotate and crop"),
        ({"angle": 31}, "angle must be one of"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        TransformLab(**change)


def test_its_text_and_a_picture_of_ones_own():
    own = TransformLab(
        picture=Image.new("L", (90, 60), 128), angles=(10, 20), angle=20, order=("rotate", "crop")
    )
    assert repr(own) == "TransformLab(order=['rotate', 'crop'], angle=20.0)"
    assert opened(own.original).size == (made.SIDE, made.SIDE)


@pytest.mark.parametrize(
    ("origin", "target", "expected"),
    [(0, 2, ["b", "c", "a"]), (2, 0, ["c", "a", "b"]), (1, 1, ["a", "b", "c"])],
)
def test_chips_move_past_each_other(run_js, origin, target, expected):
    assert run_js("transform_lab/figure", "moved", ["a", "b", "c"], origin, target) == expected


# ---------------------------------------------------------------- in the page


def chips(page):
    settle(page)
    return [chip.split()[0] for chip in page.locator(".tl-chip").all_text_contents()]


def verdict(page):
    settle(page)
    return page.locator(".tl-verdict").text_content()


def test_it_opens_on_two_orders_that_differ(mount, figure):
    page = mount(figure)
    assert chips(page) == ["crop", "rotate"]
    assert verdict(page) == "16 % of the pixels differ from the reverse order."
    assert page.locator(".tl-names span").all_text_contents() == ["◂ crop → rotate", "rotate → crop ▸"]
    page.get_by_role("button", name="90", exact=True).click()
    assert "commute" in verdict(page)


def test_a_chip_dragged_past_another_changes_the_order(mount, figure):
    page = mount(figure)
    page.get_by_role("checkbox", name="flip as well").check()
    assert chips(page) == ["crop", "rotate", "flip"]
    x, y = middle(page.locator(".tl-chip").nth(0))
    end, _ = middle(page.locator(".tl-chip").nth(2))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(end + 10, y, steps=8)
    page.mouse.up()
    assert chips(page) == ["rotate", "flip", "crop"]
    assert page.locator(".tl-steps text").all_text_contents() == ["original", "rotate", "flip", "crop"]
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Reset").click()
    assert chips(page) == ["crop", "rotate"]


def test_keys_and_taps_move_chips_too_and_escape_takes_it_back(mount, figure):
    page = mount(figure)
    page.locator(".tl-chip").first.focus()
    page.keyboard.press("ArrowRight")
    assert chips(page) == ["rotate", "crop"]
    assert page.evaluate("document.activeElement.textContent") == "crop"
    page.keyboard.press("Escape")
    assert chips(page) == ["crop", "rotate"]
    page.locator(".tl-chip").first.tap()
    assert chips(page) == ["rotate", "crop"]


def test_the_divider_follows_the_mouse_and_the_keys(mount, figure):
    page = mount(figure)
    drag(page.locator(".bf-hit"), 80, 0)
    settle(page)
    divider = page.get_by_role("slider", name="divider")
    assert float(divider.input_value()) == 75
    page.keyboard.press("Escape")
    settle(page)
    assert float(divider.input_value()) == 50
    page.keyboard.press("Home")
    settle(page)
    assert page.locator(".tl-picture clipPath rect").get_attribute("width") == "0"


def test_the_original_can_lie_beside_it(mount, figure):
    page = mount(figure)
    page.get_by_role("radio", name="the original").check()
    settle(page)
    assert page.locator(".tl-names span").last.text_content() == "original ▸"
    assert page.locator(".tl-picture image").last.get_attribute("href") == figure.results


def test_a_third_chip_fits_a_narrow_page(mount, figure):
    page = mount(figure, 320)
    page.get_by_role("checkbox", name="flip as well").check()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(("key", "way"), [("End", -1), ("Home", 1)])
def test_the_divider_can_be_fetched_back_from_either_edge(mount, figure, key, way):
    page = mount(figure)
    divider = page.get_by_role("slider", name="divider")
    divider.press(key)
    settle(page)
    drag(page.locator(".bf-hit"), 64 * way, 0)
    settle(page)
    assert float(divider.input_value()) == (20 if way > 0 else 80)
