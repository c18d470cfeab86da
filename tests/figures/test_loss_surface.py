"""LossSurface: its JavaScript held to torch, its arguments, and what it does under a reader's hand."""

import math

import pytest
import torch
from hands import drag, settle

from bookbuild.figures.live import slide
from helpers import descent
from helpers.figures import LossSurface
from helpers.figures.loss_surface import UPDATES, limit_of

X = [1.0, 2.0, 3.0, 4.0, 5.0]
Y = [5.0, 7.0, 9.0, 11.0, 13.0]
OTHER_X, OTHER_Y = (values.tolist() for values in descent.noisy_line(7, seed=2))


def torch_run(x, y, start, lr, update, num_steps):
    """Return the points, and the loss and gradient of each update, by autograd alone."""
    x, y = (torch.tensor(values, dtype=torch.float64) for values in (x, y))
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    points, rows = [point.tolist()], []
    for step in range(num_steps):
        error = point[0] * x + point[1] - y
        squares = error**2
        loss = {"mean": squares.mean(), "sum": squares.sum(), "sample": squares[step % len(x)]}[update]
        (gradient,) = torch.autograd.grad(loss, point)
        with torch.no_grad():
            point -= lr * gradient
        points.append(point.tolist())
        rows.append([loss.item(), *gradient.tolist()])
    return points, rows


def js_run(run_js, x, y, start, lr, update, num_steps):
    settings = {"x": x, "y": y, "start": start, "lr": lr, "update": update, "numSteps": num_steps}
    return run_js("loss_surface/maths", "surfaceRun", settings)


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize(("x", "y"), [(X, Y), (OTHER_X, OTHER_Y)])
def test_js_takes_torchs_path(run_js, map_js, update, x, y):
    start, lr = [1.0, 0.0], 0.6 * limit_of(x, update)
    run = js_run(run_js, x, y, start, lr, update, 23)
    points, rows = torch_run(x, y, start, lr, update, 23)
    assert len(run["points"]) == len(points)
    for found, expected in zip(run["points"], points, strict=True):
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)
    calls = [[{"x": x, "y": y}, update, step, point] for step, point in enumerate(points[:-1])]
    made = map_js("loss_surface/maths", "updateFrom", calls)
    for found, expected in zip(made, rows, strict=True):
        assert [found["loss"], found["dw"], found["db"]] == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_the_worked_example_to_the_last_digit(run_js):
    ends = {
        "mean": [[1.4, 0.12], [1.7048, 0.2136], [1.936928, 0.28704]],
        "sum": [[3, 0.6], [2.62, 0.54], [2.676, 0.6]],
        "sample": [[1.08, 0.08], [1.2704, 0.1752], [1.571216, 0.275472]],
    }
    for update, points in ends.items():
        run = js_run(run_js, X, Y, [1.0, 0.0], 0.01, update, 3)
        for found, expected in zip(run["points"][1:], points, strict=True):
            assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("update", UPDATES)
def test_the_limit_separates_arriving_from_running_away(update):
    limit = limit_of(X, update)
    for share, away in ((0.98, False), (1.02, True)):
        points, _ = torch_run(X, Y, [1.0, 0.0], share * limit, update, 2000)
        distance = math.hypot(points[-1][0] - 2, points[-1][1] - 3)
        assert (distance > 1e3) == away
        assert (distance < 0.5) == (not away)


def test_the_limits_of_mean_and_sum():
    assert limit_of(X, "mean") == pytest.approx(0.0845, abs=1e-4)
    assert limit_of(X, "sum") == pytest.approx(0.0169, abs=1e-4)


def test_js_says_when_it_diverged(run_js):
    run = js_run(run_js, X, Y, [1.0, 0.0], 1.1 * limit_of(X, "sum"), "sum", 60)
    expected = descent.path(X, Y, start=(1, 0), lr=5.5 * limit_of(X, "sum"), num_epochs=60)
    assert run["divergedAt"] == expected.diverged_at
    short = js_run(run_js, X, Y, [1.0, 0.0], 1.1 * limit_of(X, "sum"), "sum", expected.diverged_at)
    assert short["divergedAt"] == expected.diverged_at
    assert len(short["points"]) == expected.diverged_at + 1
    before = js_run(run_js, X, Y, [1.0, 0.0], 1.1 * limit_of(X, "sum"), "sum", expected.diverged_at - 1)
    assert before["divergedAt"] is None


def test_the_gradient_is_square_to_the_line_of_equal_loss(map_js):
    """Along the drawn direction of the line the loss does not change to first order, by torch."""
    for point in ([1.0, 0.0], [3.0, 4.0], [-1.0, 2.5]):
        by_torch = descent.gradient(X, Y, *point)
        (now,) = map_js("loss_surface/maths", "updateFrom", [[{"x": X, "y": Y}, "mean", 0, point]])
        tangent = torch.tensor([now["db"], -now["dw"]], dtype=torch.float64)
        assert float(by_torch @ tangent) == pytest.approx(0, abs=1e-9)


def test_how_far_the_gradients_line_misses(run_js):
    generator = torch.Generator().manual_seed(0)
    for _ in range(5):
        point, direction, target = torch.randn(3, 2, generator=generator, dtype=torch.float64)
        arguments = [values.tolist() for values in (point, direction, target)]
        foot = torch.tensor(run_js("loss_surface/maths", "footOf", *arguments), dtype=torch.float64)
        along = torch.linspace(-50, 50, 200_001, dtype=torch.float64)[:, None]
        nearest = (point + along * direction - target).norm(dim=1).min()
        assert float((foot - target).norm()) == pytest.approx(float(nearest), rel=1e-3)
        assert float((foot - target) @ direction) == pytest.approx(0, abs=1e-9)
    assert run_js("loss_surface/maths", "footOf", [1, 2], [0, 0], [5, 5]) == [1, 2]


def test_the_window_shows_start_and_minimum(run_js):
    for start in ([1.0, 0.0], [-15.0, -10.0], [2.0, 3.0]):
        view = run_js("loss_surface/maths", "tallWindow", start, [2.0, 3.0], 0.86)
        for w, b in (start, [2.0, 3.0]):
            assert view["w"][0] < w < view["w"][1]
            assert view["b"][0] < b < view["b"][1]


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.7048, "1.7048"), (-23.2128, "−23.2128"), (0.12, "0.12"), (-40, "−40"), (0.0536214, "0.0536"),
     (1.936928, "1.9369"), (0, "0"), (2.5e-7, "2.50×10⁻⁷"), (123456.7, "1.23×10⁵")],
)  # fmt: skip
def test_the_tables_digits(run_js, value, text):
    assert run_js("loss_surface/views", "digits", value) == text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": [1.0, 2.0]}, "both x and y"),
        ({"x": [1.0, 2.0], "y": [1.0]}, "equally many"),
        ({"x": [1.0, math.inf], "y": [1.0, 2.0]}, "finite"),
        ({"x": [1.0, 1.0], "y": [1.0, 2.0]}, "two different"),
        ({"start": (1.0,)}, "start must be"),
        ({"update": "median"}, "update must be one of 'mean', 'sum', 'sample'"),
        ({"lr": 0.0}, "lr must be a number above 0 and up to 0.093"),
        ({"lr": 0.05, "update": "sum"}, "lr must be a number above 0 and up to 0.0186"),
        ({"num_steps": 0}, "num_steps must be a whole number from 1 to 500"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        LossSurface(**change)


def test_what_is_no_number_is_refused_by_name():
    with pytest.raises(TypeError, match="lr must be a number, got 'fast'"):
        LossSurface(lr="fast")


def test_its_text():
    assert repr(LossSurface()) == "LossSurface(start=[1.0, 0.0], lr=0.01, update='mean')"


def current_row(page):
    return page.locator(".ls-current > *").all_text_contents()


def test_the_table_is_the_worked_example(mount):
    page = mount(LossSurface())
    assert current_row(page) == ["0", "1", "0", "38", "−40", "−12"]
    slide(page, "step through the run", 1)
    assert current_row(page) == ["1", "1.4", "0.12", "22.6224", "−30.48", "−9.36"]
    page.get_by_role("radio", name="the sum").check()
    settle(page)
    assert current_row(page) == ["1", "3", "0.6", "11.8", "38", "6"]
    page.get_by_role("radio", name="one sample").check()
    settle(page)
    assert current_row(page) == ["1 · x 2", "1.08", "0.08", "22.6576", "−19.04", "−9.52"]


def test_a_drag_redraws_all_updates_and_escape_takes_it_back(mount):
    page = mount(LossSurface())
    drawn = page.locator(".ls-path").get_attribute("d")
    drag(page.locator(".bf-hit"), -40, -70)
    settle(page)
    moved = page.locator(".ls-path").get_attribute("d")
    assert moved.count("L") == drawn.count("L") == 60
    assert moved != drawn
    page.keyboard.press("Escape")
    settle(page)
    assert page.locator(".ls-path").get_attribute("d") == drawn
    start = page.get_by_role("slider", name="start: intercept b")
    start.focus()
    page.keyboard.press("ArrowUp")
    settle(page)
    assert page.evaluate("traits.start") == pytest.approx([1, 0.05])


def corner(page):
    """Angle in degrees between the drawn arrow and the drawn tangent of the line of equal loss."""
    numbers = page.locator(".ls-square").get_attribute("d").replace("M", "").split("l")
    (_, (tx, ty), (gx, gy)) = [tuple(map(float, part.split(","))) for part in numbers]
    return math.degrees(math.acos(-(tx * gx + ty * gy) / math.hypot(tx, ty) / math.hypot(gx, gy)))


def test_the_right_angle_needs_one_scale_for_both_axes(mount):
    page = mount(LossSurface())
    assert corner(page) == pytest.approx(90, abs=0.1)
    page.get_by_role("checkbox", name="one scale").uncheck()
    settle(page)
    assert abs(corner(page) - 90) > 5
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert corner(page) == pytest.approx(90, abs=0.1)


def test_past_the_limit_it_says_so(mount):
    page = mount(LossSurface())
    slide(page, "learning rate", 1.1)
    assert "diverged at step" in page.locator(".dl-loss").text_content()
    assert "NaN" not in page.locator("figure.book-figure").inner_html()
    page.get_by_role("radio", name="the sum").check()
    settle(page)
    # The rate of the mean is far too large for the sum; the slider's end caps it.
    assert page.evaluate("traits.lr") == pytest.approx(1.1 * limit_of(X, "sum"))


@pytest.mark.parametrize("width", [320, 716])
def test_it_fits_the_page(mount, width):
    page = mount(LossSurface(), width=width)
    for name in ("one sample", "the mean"):
        page.get_by_role("radio", name=name).check()
        slide(page, "learning rate", 1.1)
        slide(page, "step through the run", 6)
        table = page.locator(".ls-table").bounding_box()
        assert table["x"] + table["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
