"""BroadcastLab: the rule of broadcasting as torch has it, in torch's own records and in the script."""

import random

import pytest
import torch

from helpers.figures.broadcast_lab import BroadcastLab, outcome, pair_name


def random_pair(rng):
    wide = [rng.randint(1, 4) for _ in range(rng.randint(0, 4))]
    pair = []
    for _ in range(2):
        sizes = [1 if rng.random() < 0.35 else size for size in wide]
        if sizes and rng.random() < 0.5:
            sizes[rng.randrange(len(sizes))] = rng.randint(1, 4)
        pair.append(sizes[rng.randint(0, len(sizes)) :] if rng.random() < 0.5 else sizes)
    return pair


def test_500_random_pairs_give_what_torch_gives_or_are_refused_by_both(map_js):
    rng = random.Random(5)
    pairs = [random_pair(rng) for _ in range(500)]
    refused = 0
    for (a, b), found in zip(pairs, map_js("broadcast_lab/figure", "outcome", pairs), strict=True):
        expected = outcome(a, b)
        refused += "error" in expected
        assert ("error" in found) == ("error" in expected), f"{a} with {b}"
        for fact in ("shape", "strides", "sums"):
            assert found.get(fact) == expected.get(fact), f"{a} with {b}: {fact}"
    assert 40 < refused < 250


def test_the_shape_is_that_of_broadcast_shapes_and_the_refused_axis_is_torchs(map_js):
    rng = random.Random(6)
    pairs = [random_pair(rng) for _ in range(200)]
    for (a, b), found in zip(pairs, map_js("broadcast_lab/figure", "broadcastShapes", pairs), strict=True):
        if "shape" in found:
            assert found["shape"] == list(torch.broadcast_shapes(a, b)), f"{a} with {b}"
        else:
            with pytest.raises(RuntimeError) as refusal:
                torch.zeros(a) + torch.zeros(b)
            axis = int(str(refusal.value).rsplit(" ", 1)[1]) - max(len(a), len(b))
            assert found["axis"] == axis, f"{a} with {b}"


def test_the_records_are_torchs_own(map_js):
    figure = BroadcastLab()
    record = figure.results[pair_name((3, 1), (4,))]
    assert record["shape"] == [3, 4]
    assert record["strides"] == [[1, 0], [0, 1]]
    assert record["sums"] == [10 * i + j for i in range(3) for j in range(4)]
    assert "non-singleton dimension 0" in figure.results["3|4"]["error"]


def test_the_formula_names_the_elements_that_were_added(map_js):
    record = outcome((3, 1), (4,))
    (text,) = map_js("broadcast_lab/figure", "sumText", [[record, {"a": [3, 1], "b": [4], "lit": 6}]])
    assert text == "(a + b)[1, 2] = a[1, 0] + b[2] = 10 + 2 = 12"


@pytest.mark.parametrize(
    ("shape", "axis", "size", "after"),
    [
        ([4], -3, 2, [2, 1, 4]),
        ([2, 3, 4], -2, 0, [4]),
        ([3, 4], -1, 0, []),
        ([], -1, 5, [5]),
        ([3, 1], -1, 2, [3, 2]),
    ],
)
def test_a_slider_keeps_a_shape_without_gaps(run_js, shape, axis, size, after):
    assert run_js("broadcast_lab/figure", "resized", shape, axis, size) == after


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"a": (4, 1)}, None),
        ({"a": (5, 1)}, r"a must have at most 3 axes .* got \(5, 1\)"),
        ({"b": (1, 1, 1, 1)}, "b must have"),
        ({"b": (0,)}, "b must have"),
        ({"examples": [((2,), (9,))]}, "examples must have"),
    ],
)
def test_a_bad_shape_is_named(arguments, complaint):
    if complaint is None:
        assert BroadcastLab(**arguments).a == [4, 1]
        return
    with pytest.raises(ValueError, match=complaint):
        BroadcastLab(**arguments)


def test_the_figure_answers_slider_key_drag_and_touch(mount):
    page = mount(BroadcastLab())
    line = "document.querySelector('.bf-sum-line').textContent"
    assert page.evaluate(line) == "(a + b)[1, 2] = a[1, 0] + b[2] = 10 + 2 = 12"
    total = page.locator('[aria-label="a + b"] .bf-cell')
    box = total.nth(0).bounding_box()
    far = total.nth(11).bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(far["x"] + 8, far["y"] + 8, steps=5)
    page.mouse.up()
    page.wait_for_function(f"{line}.startsWith('(a + b)[2, 3]')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"{line}.startsWith('(a + b)[2, 2]')")
    page.touchscreen.tap(box["x"] + 8, box["y"] + 8)
    page.wait_for_function(f"{line}.startsWith('(a + b)[0, 0]')")
    page.focus("input[aria-label='a, axis −1']")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".bf-error")
    assert page.evaluate(line) == "Axis −1: 2 against 4. Neither is 1, so torch refuses."
    assert page.evaluate("window.traits.a") == [3, 2]


def test_a_narrow_page_does_not_scroll_sideways(mount):
    page = mount(BroadcastLab(a=(3, 4, 5), b=(5,)), width=390)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
