"""ShapeLab: what torch makes of an expression, and that the figure's script makes the same of it."""

import random

import pytest
import torch
from hands import drag

from helpers.figures.shape_lab import EXAMPLES, METHODS, ShapeLab, evaluate, numbered, outcome

STEPS = [
    "permute",
    "permute",
    "transpose",
    "squeeze",
    "squeeze()",
    "unsqueeze",
    "flatten",
    "contiguous",
    "mT",
]
STEPS += ["reshape", "view"] * 2
FACTS = ("shape", "stride", "offset", "elements", "shares")


def sources(shape):
    x = numbered(shape)
    return x, x + x.numel()


def random_shape(rng):
    while True:
        shape = tuple(rng.choice([1, 1, 2, 3, 4]) for _ in range(rng.randint(1, 4)))
        if torch.Size(shape).numel() <= 24:
            return shape


def random_sizes(rng, count):
    """Sizes for reshape: usually a factorisation with a -1 here and there, now and then a wrong one."""
    sizes, left = [], count
    for _ in range(rng.randint(0, 3)):
        size = rng.choice([n for n in range(1, left + 1) if left % n == 0])
        sizes.append(size)
        left //= size
    sizes.append(left)
    rng.shuffle(sizes)
    if rng.random() < 0.4:
        sizes[rng.randrange(len(sizes))] = -1
    if rng.random() < 0.15:
        sizes[rng.randrange(len(sizes))] += 1
    return sizes


def random_step(rng, tensor):
    """One method call on a tensor, mostly one that torch accepts."""
    ndim = tensor.ndim
    axis = rng.randint(-ndim - 1, ndim) if rng.random() < 0.3 else rng.randrange(max(ndim, 1))
    kind = rng.choice(STEPS)
    sizes = ", ".join(map(str, random_sizes(rng, tensor.numel())))
    order = rng.sample(range(ndim), ndim)
    if rng.random() < 0.1 and ndim > 1:
        order[0] = order[1]
    if kind in ("reshape", "view"):
        return f".{kind}({sizes})"
    if kind == "permute":
        return f".permute({', '.join(map(str, order))})" if ndim else ".flatten()"
    if kind == "transpose":
        return f".transpose({axis}, {rng.randrange(max(ndim, 1))})" if ndim else ".flatten()"
    if kind in ("squeeze", "unsqueeze"):
        return f".{kind}({axis})"
    if kind == "mT":
        return ".flatten()" if ndim == 0 else rng.choice([".T", ".mT"])
    return f".{kind.removesuffix('()')}()"


def random_expression(rng, shape):
    x, y = sources(shape)
    start = rng.choice(["x", "x", "x", "stack", "cat"])
    text = "x" if start == "x" else f"torch.{start}((x, y), dim={rng.randint(-len(shape) - 1, len(shape))})"
    for _ in range(rng.randint(1, 3)):
        found = outcome(text, x, y)
        if "error" in found:
            return text
        tensor = torch.zeros(found["shape"])
        text += random_step(rng, tensor)
    return text


def test_500_random_expressions_give_what_torch_gives_or_are_refused_by_both(map_js):
    rng = random.Random(2)
    shapes = [random_shape(rng) for _ in range(500)]
    cases = [(random_expression(rng, shape), shape) for shape in shapes]
    drawn = map_js("shape_lab/operations", "outcome", [[text, list(shape)] for text, shape in cases])
    refused = 0
    for (text, shape), found in zip(cases, drawn, strict=True):
        expected = outcome(text, *sources(shape))
        assert ("error" in found) == ("error" in expected), f"{text} on {shape}: {expected}, figure {found}"
        refused += "error" in expected
        assert [found.get(fact) for fact in FACTS] == [expected.get(fact) for fact in FACTS], (
            f"{text} on {shape}"
        )
    assert 50 < refused < 250


def test_the_records_are_read_off_torchs_own_results(map_js):
    figure = ShapeLab()
    x = torch.arange(6).reshape(2, 3)
    assert figure.results["x.T.reshape(6)"] == {
        "shape": [6],
        "stride": [1],
        "offset": 0,
        "elements": [0, 3, 1, 4, 2, 5],
        "shares": x.T.reshape(6).data_ptr() == x.data_ptr(),
    }
    assert figure.results["x.permute(1, 0)"]["shares"]
    assert figure.results["x.T.view(6)"]["error"].startswith("RuntimeError: view size is not compatible")
    scripted = map_js("shape_lab/operations", "outcome", [[text, [2, 3]] for text in figure.examples])
    for text, found in zip(figure.examples, scripted, strict=True):
        assert [found.get(fact) for fact in FACTS] == [figure.results[text].get(fact) for fact in FACTS], text


def test_writing_through_a_result_that_shares_changes_x():
    for text in EXAMPLES:
        x, y = sources((2, 3))
        found = outcome(text, x, y)
        if "error" not in found:
            evaluate(text, {"x": x, "y": y}, METHODS).fill_(-1)
            assert found["shares"] == bool((x == -1).any()), text


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"shape": (2, -1)}, r"shape must be at most 4 sizes of 1 or more .* got \(2, -1\)"),
        ({"shape": (5, 5)}, "product of at most 24"),
        ({"left": "x.numpy()"}, r"uses \.numpy"),
        ({"right": "z.view(6)"}, "names 'z'"),
        ({"left": "x.view(6"}, "must be one Python expression"),
    ],
)
def test_a_bad_argument_is_named(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        ShapeLab(**arguments)


@pytest.mark.parametrize(
    ("before", "moves", "after"),
    [
        ("x.reshape(3, 2)", [0, 1], "x.reshape(3, 2).permute(1, 0)"),
        ("x.permute(1, 0)", [0, 1], "x"),
        ("x", [1, 0], "x.permute(1, 0)"),
    ],
)
def test_dragging_an_axis_tag_writes_a_permute(run_js, before, moves, after):
    assert run_js("shape_lab/operations", "dragAxis", before, 2, *moves) == after


def test_the_figure_answers_text_key_drag_and_slider(mount):
    page = mount(ShapeLab())
    assert page.inner_text(".bf-compare") == "Equal shapes, different contents."
    page.fill("input[aria-label='expression on the left']", "x.T.reshape(3, 2)")
    page.wait_for_function(
        "document.querySelector('.bf-compare').textContent === 'Equal shapes, equal contents.'"
    )
    page.focus(".bf-result >> nth=1 >> .bf-axis-tag >> nth=0")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.traits.right === 'x'")
    drag(page.locator(".bf-result >> nth=1 >> .bf-axis-tag >> nth=1"), -45, 0)
    page.wait_for_function("window.traits.right === 'x.permute(1, 0)'")
    page.focus("input[type=range]")
    page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('input[type=range]').value === '0'")
    page.keyboard.press("End")
    page.fill("input[aria-label='expression on the left']", "x.T.view(7)")
    page.wait_for_selector(".bf-error")


def test_an_element_moves_and_is_never_drawn_twice(mount):
    page = mount(ShapeLab(), width=390)
    left = ".bf-result >> nth=0 >> .bf-cells"
    before = page.locator(f"{left} >> .bf-cell").evaluate_all(
        "(cells) => { window.kept = cells; return cells.length; }"
    )
    page.select_option("select >> nth=0", "x.permute(1, 0)")
    page.wait_for_function("window.traits.left === 'x.permute(1, 0)'")
    page.wait_for_function(
        "document.querySelector('.bf-compare').textContent.startsWith('Equal shapes, equal')"
    )
    same = page.locator(f"{left} >> .bf-cell").evaluate_all(
        "(cells) => cells.every((cell) => window.kept.includes(cell))"
    )
    assert (before, same) == (6, True)


@pytest.mark.parametrize(
    "text",
    [
        "x.reshape((3, 2))",
        "x.reshape([3,2])",
        "x.reshape( -1 )",
        "x.permute((1, 0))",
        "x.transpose(dim0=0, dim1=1)",
        "x.unsqueeze(dim=1).squeeze(dim=1)",
        "torch.stack([x, y], dim=2)",
        "torch.cat((x, y, x), 1)",
        "torch.cat((x,))",
        "x.T.mT.contiguous().view(-1)",
        "y.reshape(3, 2)",
    ],
)
def test_what_python_accepts_can_be_typed(run_js, text):
    found, expected = run_js("shape_lab/operations", "outcome", text, [2, 3]), outcome(text, *sources((2, 3)))
    assert [found.get(fact) for fact in FACTS] == [expected[fact] for fact in FACTS]


@pytest.mark.parametrize(
    "text",
    ["", "x.", "z", "x.numpy()", "x.reshape(3, 2", "x.reshape(a)", "x.reshape", "x(2)", "torch.cat(x, y)"],
)
def test_what_cannot_be_read_is_refused_in_words(run_js, text):
    assert len(run_js("shape_lab/operations", "outcome", text, [2, 3])["error"]) > 8
