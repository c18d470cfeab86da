"""IndexLab: what torch makes of an index expression, and that the figure's script makes the same of it."""

import random

import pytest
import torch

from helpers.figures.index_lab import EXAMPLES, IndexLab, outcome

FACTS = ("shape", "elements", "shares")


def random_source(rng):
    """Return a tensor of distinct numbers, contiguous or not."""
    shape = rng.choice([(5,), (3, 4), (4, 6), (2, 3, 4), (3, 2, 2), (6, 1)])
    storage = torch.tensor(rng.sample(range(100), 36))
    tensor = storage[: torch.Size(shape).numel()].reshape(shape)
    if rng.random() < 0.4:
        tensor = tensor.permute(*rng.sample(range(tensor.ndim), tensor.ndim))
    if len(tensor) > 1 and rng.random() < 0.3:
        tensor = tensor[1:]
    return tensor


def random_number(rng, size):
    return rng.randint(-size, size - 1) if size and rng.random() < 0.93 else rng.choice([size, -size - 1])


def random_slice(rng, size):
    start, stop = (rng.choice(["", str(rng.randint(-size - 1, size + 1))]) for _ in range(2))
    step = rng.choice(["", "", ":", ":1", ":2", ":3", ":-1" if rng.random() < 0.2 else ":2"])
    return f"{start}:{stop}{step}"


def random_list(rng, size, count):
    if rng.random() < 0.25:
        length = size if rng.random() < 0.9 else size + 1
        return str([rng.random() < 0.5 for _ in range(length)])
    return str([random_number(rng, size) for _ in range(count)])


def random_index(rng, shape):
    count = rng.randint(1, 3)
    items, dots = [], False
    kinds = ["number", "slice", "slice", "list"] if rng.random() < 0.6 else ["list", "list", "slice"]
    for size in shape[: rng.randint(1, len(shape))]:
        if rng.random() < 0.12 and not dots:
            items.append("...")
            dots = True
        if rng.random() < 0.12:
            items.append("None")
        kind = rng.choice(kinds)
        length = count if rng.random() < 0.8 else 1 if rng.random() < 0.7 else count + 1
        make = {"number": random_number, "slice": random_slice}.get(kind)
        items.append(str(make(rng, size)) if make else random_list(rng, size, length))
    if rng.random() < 0.06:
        items += ["0"] * 3
    return ", ".join(items)


def random_expression(rng, x):
    if rng.random() < 0.06:
        return f"x[x {rng.choice(['>', '<', '>=', '<=', '==', '!='])} {rng.randint(0, 99)}]"
    text = f"x[{random_index(rng, x.shape)}]"
    first = outcome(text, x)
    if "error" not in first and first["shape"] and rng.random() < 0.3:
        text += f"[{random_index(rng, first['shape'])}]"
    return text


def described(x):
    figure = IndexLab(tensor=x, expression="x", examples=())
    return figure.source


def test_500_random_index_expressions_give_what_torch_gives_or_are_refused_by_both(map_js):
    rng = random.Random(3)
    tensors = [random_source(rng) for _ in range(500)]
    cases = [(random_expression(rng, x), x) for x in tensors]
    drawn = map_js("index_lab/expressions", "outcome", [[text, described(x)] for text, x in cases])
    refused = copied = 0
    for (text, x), found in zip(cases, drawn, strict=True):
        expected = outcome(text, x)
        where = f"{text} on {tuple(x.shape)}, strides {x.stride()}: {expected}, figure {found}"
        assert ("error" in found) == ("error" in expected), where
        facts = (*FACTS, "stride", "offset") if expected.get("shares") else FACTS
        assert [found.get(fact) for fact in facts] == [expected.get(fact) for fact in facts], where
        refused += "error" in expected
        copied += expected.get("shares") is False
    assert 50 < refused < 250
    assert copied > 100


def test_the_examples_are_torchs_own_results_and_the_script_agrees(map_js):
    figure = IndexLab()
    x = torch.arange(24).reshape(4, 6)
    assert figure.results["x[1:, ::2]"] == {
        "shape": [3, 3],
        "stride": list(x[1:, ::2].stride()),
        "offset": x[1:, ::2].storage_offset(),
        "elements": x[1:, ::2].flatten().tolist(),
        "shares": True,
    }
    assert figure.results["x[[0, 2], [1, 3]]"]["elements"] == [1, 15]
    assert not figure.results["x[[1, 3]]"]["shares"]
    scripted = map_js("index_lab/expressions", "outcome", [[text, figure.source] for text in EXAMPLES])
    for text, found in zip(EXAMPLES, scripted, strict=True):
        assert [found.get(fact) for fact in FACTS] == [figure.results[text].get(fact) for fact in FACTS], text


def test_slices_read_from_an_expression_take_what_the_expression_takes(map_js):
    rng = random.Random(4)
    bounds = [[*rng.sample(range(7), 2), rng.randint(1, 3)] for _ in range(60)]
    texts = [f"x[{min(a, b)}:{max(a, b)}:{step}]" for a, b, step in bounds]
    slices = map_js("index_lab/figure", "slicesOf", [[text, [6]] for text in texts])
    written = map_js("index_lab/figure", "writeSlice", [[each[0], 6] for each in slices])
    x = torch.arange(6)
    for text, part in zip(texts, written, strict=True):
        assert outcome(f"x[{part}]", x) == outcome(text, x), text
    for text in ("x[0]", "x[[1]]", "x[...]", "x[x > 1]", "x[-2:]"):
        assert map_js("index_lab/figure", "slicesOf", [[text, [6]]]) == [None]


@pytest.mark.parametrize(
    ("arguments", "error", "complaint"),
    [
        (
            {"tensor": torch.rand(2, 2)},
            TypeError,
            "tensor must be a tensor of whole numbers, got torch.float32",
        ),
        ({"tensor": [1, 2]}, TypeError, "got list"),
        ({"tensor": torch.arange(64)}, ValueError, "storage of 1 to 36 elements"),
        ({"tensor": torch.zeros(3, dtype=torch.int64)}, ValueError, "must hold distinct numbers"),
        ({"write": "y"}, ValueError, "write must be one of 'none', 'result', 'source', got 'y'"),
        ({"expression": "x[1:].fill_(0)"}, ValueError, r"uses \.fill_"),
    ],
)
def test_a_bad_argument_is_named(arguments, error, complaint):
    with pytest.raises(error, match=complaint):
        IndexLab(**arguments)


def test_the_write_reaches_x_only_through_shared_storage(mount):
    page = mount(IndexLab())
    written = "document.querySelectorAll('[aria-label=\"x\"] .bf-written').length"
    assert page.evaluate(written) == 9
    page.click(".bf-chip >> text=x[[1, 3]]")
    page.wait_for_function(f"{written} === 0")
    assert page.evaluate("document.querySelectorAll('[aria-label=\"y\"] .bf-written').length") == 12
    page.check("input[type=radio] >> nth=2")
    page.wait_for_function(f"{written} === 12")


def test_the_figure_answers_text_key_drag_touch_and_slider(mount):
    page = mount(IndexLab())
    page.fill("input[aria-label='index expression']", "x[:2, 1:3]")
    page.wait_for_function("document.querySelectorAll('[aria-label=\"y\"] .bf-cell').length === 4")
    page.focus("input[aria-label='axis 1 step']")
    page.keyboard.press("End")
    page.wait_for_function("window.traits.expression === 'x[:2, 1:3:3]'")
    page.fill("input[aria-label='index expression']", "x[:2, 1:3]")
    cells = page.locator('[aria-label="x"] .bf-cell')
    boxes = [(box["x"] + 9, box["y"] + 9) for box in (cells.nth(i).bounding_box() for i in range(24))]
    page.mouse.move(*boxes[7])
    page.mouse.down()
    page.mouse.move(*boxes[22], steps=6)
    page.mouse.up()
    page.wait_for_function("window.traits.expression === 'x[1:, 1:5]'")
    page.touchscreen.tap(*boxes[0])
    page.wait_for_function("window.traits.expression === 'x[:1, :1]'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("window.traits.expression === 'x[1:2, :1]'")


@pytest.mark.parametrize(
    "text",
    ["", "y[0]", "x[", "x]", "x[]", "x[1.5]", "x[::0]", "x[-]", "x[a]", "x[[1, a]]", "x[0]y", "x[x > ]"],
)
def test_what_cannot_be_read_is_refused_in_words(run_js, text):
    assert len(run_js("index_lab/expressions", "outcome", text, IndexLab().source)["error"]) > 8
