"""Descent1D: its JavaScript held to torch, its arguments, and what it does under a reader's hand."""

import math

import pytest
import torch
from hands import drag, settle

from bookbuild.figures.live import slide
from helpers import descent
from helpers.figures import Descent1D
from helpers.figures.descent_1d import CURVES, limit_of, loss_on

NAMES = tuple(CURVES)


def torch_run(curve, start, lr, num_steps):
    """Points, losses and slopes of descent by autograd."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    points, losses, slopes = [], [], []
    for _ in range(num_steps + 1):
        loss = loss_on(curve, w)
        (slope,) = torch.autograd.grad(loss, w)
        points.append(w.item())
        losses.append(loss.item())
        slopes.append(slope.item())
        with torch.no_grad():
            w -= lr * slope
    return points, losses, slopes


@pytest.mark.parametrize("curve", NAMES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("start", [-1.0, 0.35, 4.9])
def test_js_descends_as_torch_does(run_js, curve, share, start):
    lr = share * limit_of(curve)
    found = run_js("descent_1d/maths", "descend", CURVES[curve]["coefficients"], start, lr, 25)
    expected = torch_run(curve, start, lr, len(found["points"]) - 1)
    for name, values in zip(("points", "losses", "slopes"), expected, strict=True):
        assert found[name] == pytest.approx(values, rel=1e-6, abs=1e-9), name


def test_the_one_valley_is_the_loss_of_the_five_points():
    x = torch.arange(1, 6, dtype=torch.float64)
    w = torch.linspace(-1, 5, 13, dtype=torch.float64)
    expected = descent.mean_squared_error(x, 2 * x + 3, w, 3.0)
    torch.testing.assert_close(loss_on("one valley", w), expected)
    assert limit_of("one valley") == pytest.approx(2 / 22)
    assert limit_of("two valleys") == pytest.approx(2 / 60)


@pytest.mark.parametrize("curve", NAMES)
def test_the_minima_are_minima(curve):
    for place in CURVES[curve]["minima"]:
        w = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(loss_on(curve, w), w)
        assert abs(slope) < 1e-9
        assert loss_on(curve, w) < min(loss_on(curve, w - 0.1), loss_on(curve, w + 0.1))


def test_on_the_parabola_it_diverges_exactly_past_the_limit(run_js):
    coefficients, limit = CURVES["one valley"]["coefficients"], limit_of("one valley")
    for share, grows in ((0.999, False), (1.001, True), (1.1, True)):
        run = run_js("descent_1d/maths", "descend", coefficients, 0.0, share * limit, 40)
        assert (run["losses"][-1] > run["losses"][0]) == grows
        factor = run_js("descent_1d/maths", "factorOf", coefficients, share * limit)
        distances = [abs(w - 2) for w in run["points"]]
        assert distances[1] / distances[0] == pytest.approx(abs(factor))
    first = next(step for step in range(99) if 44 * 1.2 ** (2 * step) > 1e4 * 44)
    assert run["divergedAt"] == first == len(run["points"]) - 1


def test_the_start_decides_between_two_valleys(run_js):
    for start, valley in ((1.4, 0), (1.6, 4)):
        run = run_js("descent_1d/maths", "descend", CURVES["two valleys"]["coefficients"], start, 0.0067, 80)
        assert run["points"][-1] == pytest.approx(valley, abs=1e-3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"curve": "none"}, "curve must be one of 'one valley', 'two valleys'"),
        ({"start": 6.0}, "start must be a number from -1 to 5"),
        ({"start": math.nan}, "start must be"),
        ({"lr": 0.0}, "lr must be a number above 0 and up to 0.1"),
        ({"lr": 0.2}, "lr must be"),
        ({"lr": 0.05, "curve": "two valleys"}, "lr must be"),
        ({"num_steps": 0}, "num_steps must be a whole number from 1 to 200"),
        ({"num_steps": 2.5}, "num_steps must be a whole"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        Descent1D(**change)


def test_what_is_no_number_is_refused_by_name():
    with pytest.raises(TypeError, match="lr must be a number, got 'fast'"):
        Descent1D(lr="fast")


def test_its_text():
    assert repr(Descent1D(start=1, lr=0.05)) == "Descent1D(start=1.0, curve='one valley', lr=0.05)"


def said(page, part):
    return page.locator(f".d1-{part}").text_content()


def test_it_opens_bouncing(mount):
    page = mount(Descent1D())
    assert said(page, "update") == "step 1: w ← 0 − 0.0864 · (−44.0) = 3.80"
    assert "× (−0.90) each step: shrinks from side to side" in said(page, "fate")


def test_the_ball_follows_mouse_and_keys(mount):
    page = mount(Descent1D())
    ball = page.locator(".bf-hit").bounding_box()
    drag(page.locator(".bf-hit"), 60, -90)
    settle(page)
    moved = page.locator(".bf-hit").bounding_box()
    assert moved["x"] - ball["x"] == pytest.approx(60, abs=4)
    assert moved["y"] > ball["y"]  # on the curve, not under the pointer
    start = page.get_by_role("slider", name="start w")
    before = float(start.input_value())
    start.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    settle(page)
    assert float(start.input_value()) == pytest.approx(before + 0.05 - 0.5)
    page.keyboard.press("Escape")
    settle(page)
    # All that was done since the ball was taken.
    assert float(start.input_value()) == page.evaluate("traits.start") == 0


def test_past_the_limit_the_numbers_stay_true(mount):
    page = mount(Descent1D())
    slide(page, "learning rate", 1.1)
    assert "grows; diverged at step 26" in said(page, "fate")
    slide(page, "step through the run", 20)
    assert said(page, "update").startswith(f"step 21: w ← −{2 * 1.2**20 - 2:.3g}")
    assert "NaN" not in page.locator("figure.book-figure").inner_html()
    page.get_by_role("button", name="1/λ").click()
    settle(page)
    assert "there in one" in said(page, "fate")


def test_the_second_curve_opens_calm_and_reset_brings_all_back(mount):
    page = mount(Descent1D())
    page.get_by_role("radio", name="two valleys").check()
    slide(page, "start w", 1.7)
    assert said(page, "fate") == "settles in the valley at w = 4"
    slide(page, "start w", 1.3)
    assert said(page, "fate") == "settles in the valley at w = 0"
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert said(page, "update") == "step 1: w ← 0 − 0.0864 · (−44.0) = 3.80"
    assert page.get_by_role("radio", name="one valley").is_checked()
    assert page.evaluate("[traits.start, traits.curve]") == [0, "one valley"]


def test_the_run_before_stays_as_a_ghost_until_reset(mount):
    page = mount(Descent1D())
    below = page.locator(".bf-panel-svg").nth(1)
    first = below.locator(".d1-path").get_attribute("d")
    assert below.locator(".d1-before").get_attribute("d") == ""
    slide(page, "learning rate", 0.3)
    assert below.locator(".d1-before").get_attribute("d") == first
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert below.locator(".d1-before").get_attribute("d") == ""
    assert below.locator(".d1-path").get_attribute("d") == first


def test_step_moves_the_tangent_and_a_click_below_goes_to_its_step(mount):
    page = mount(Descent1D())
    before = page.locator(".d1-tangent").get_attribute("d")
    page.get_by_role("button", name="Step").click()
    settle(page)
    assert page.locator(".d1-tangent").get_attribute("d") != before
    assert said(page, "update").startswith("step 2: w ← 3.80")
    below = page.locator(".bf-panel-svg").nth(1)
    box = below.bounding_box()
    below.click(position={"x": 200, "y": box["height"] / 2})
    settle(page)
    assert 15 < int(page.get_by_role("slider", name="step through the run").input_value()) < 25
