"""PlaneFit: its JavaScript held to torch, its arguments, and what it does under a reader's hand."""

import math

import pytest
import torch
from closeness import close
from hands import middle, settle
from playwright.sync_api import Page, expect
from torch import nn

from bookbuild.figures.live import slide
from bookbuild.model import notebooks
from helpers.figures.plane_fit import PlaneFit, noisy_plane, plane_limit
from helpers.orders import batches_of, shuffled_orders

X, Y = (values.double() for values in noisy_plane(23, seed=3))
ORDERS = shuffled_orders(23, 6, seed=1)
START = [-1.0, 1.0, -1.0]


def trained(lr, batch_size):
    """Train ``nn.Linear(2, 1)`` by torch's own optimizer: its parameters and losses at every update."""
    model, loss_fn = nn.Linear(2, 1).double(), nn.MSELoss()
    with torch.no_grad():
        model.weight.copy_(torch.tensor([START[:2]]))
        model.bias.fill_(START[2])
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    points, losses = [START], [loss_fn(model(X), Y).item()]
    for batch in batches_of(ORDERS, batch_size):
        optimizer.zero_grad()
        loss_fn(model(X[batch]), Y[batch]).backward()
        optimizer.step()
        points.append([*model.weight[0].tolist(), model.bias.item()])
        losses.append(loss_fn(model(X), Y).item())
    return points, losses


@pytest.mark.parametrize(("lr", "batch_size"), [(0.1, 10), (0.3, 1), (0.05, 23), (0.9, 23), (0.5, 7)])
def test_js_trains_as_torch_does(run_js, lr, batch_size):
    points, losses = trained(lr, batch_size)
    settings = {"X": X.tolist(), "y": Y[:, 0].tolist(), "start": START, "orders": ORDERS}
    path = run_js("plane_fit/maths", "planePath", settings | {"lr": lr, "batchSize": batch_size})
    close(path["points"], points)
    close(path["losses"], losses)
    assert path["batches"] == list(batches_of(ORDERS, batch_size))
    assert path["divergedAt"] is None


def test_js_says_where_a_run_diverges(run_js):
    settings = {"X": X.tolist(), "y": Y[:, 0].tolist(), "start": START, "orders": ORDERS}
    path = run_js("plane_fit/maths", "planePath", settings | {"lr": 2.0, "batchSize": 3})
    count = path["divergedAt"]
    points, losses = trained(2.0, 3)
    close(path["points"], points[: count + 1])
    limit = 1e4 * max(losses[0], Y.square().mean().item())
    assert losses[count] > limit >= max(losses[:count])


def test_js_gradient_is_autograds(run_js):
    for batch in ([4], [3, 9, 5], list(range(23))):
        parameters = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        (X[batch] @ parameters[:2] + parameters[2] - Y[batch, 0]).square().mean().backward()
        close(
            run_js("plane_fit/maths", "planeGradient", X.tolist(), Y[:, 0].tolist(), START, batch),
            parameters.grad,
        )


def test_js_trend_is_least_squares(run_js):
    inputs, values = X[:, 0], Y[:, 0]
    design = torch.stack([inputs, torch.ones_like(inputs)], dim=1)
    expected = torch.linalg.lstsq(design, values[:, None]).solution[:, 0]
    close(run_js("plane_fit/maths", "trend", inputs.tolist(), values.tolist()), expected)


def test_the_plane_through_its_own_corners_is_the_plane(run_js):
    heights = run_js("plane_fit/maths", "heightsOf", [1.5, -2.0, 1.0])
    corners = torch.tensor([[-1.0, -1, 1], [1, -1, 1], [-1, 1, 1]], dtype=torch.float64)
    close(heights, corners @ torch.tensor([1.5, -2.0, 1.0], dtype=torch.float64))
    close(run_js("plane_fit/maths", "planeThrough", heights), [1.5, -2.0, 1.0])


@pytest.mark.parametrize(
    "view", [{"turn": 25, "tilt": 22}, {"turn": -130, "tilt": 90}, {"turn": 70, "tilt": 0}]
)
def test_the_projection_is_a_rotation(map_js, view):
    axes = map_js("plane_fit/maths", "project", [[axis, view] for axis in torch.eye(3).tolist()])
    rotation = torch.tensor(axes, dtype=torch.float64)
    close(rotation @ rotation.T, torch.eye(3))
    assert rotation[2, 1] >= 0  # y points up


@pytest.mark.parametrize("w", [(1.5, -2.0), (-0.3, 0.8), (0.0, 1.0), (-1.0, 0.0)])
def test_from_its_edge_the_plane_is_a_line(map_js, run_js, w):
    turn = run_js("plane_fit/maths", "edgeOn", list(w))
    spots = [[u, v, w[0] * u + w[1] * v] for u in (-1, 0, 1) for v in (-1, 0, 1)]
    seen = torch.tensor(
        map_js("plane_fit/maths", "project", [[spot, {"turn": turn, "tilt": 0}] for spot in spots])
    )
    line = torch.linalg.matrix_rank(seen[:, :2] - seen[:, :2].mean(dim=0), atol=1e-6)
    assert int(line) == 1


def test_the_upper_side_is_seen_from_where_its_normal_points(run_js):
    for slope in ([0.0, 0.0], [2.0, -1.0], [-3.0, 0.5]):
        for turn in (-150, -40, 25, 110):
            view = {"turn": turn, "tilt": 22}
            normal = torch.tensor([-slope[0], -slope[1], 1.0])
            nearness = run_js("plane_fit/maths", "project", normal.tolist(), view)[2]
            assert run_js("plane_fit/maths", "seenFromAbove", slope, view) == (nearness > 0)


def test_the_limit_separates_convergence_from_divergence():
    limit = plane_limit(X)
    design = torch.cat([X, torch.ones_like(Y)], dim=1)
    for share, grows in ((0.99, False), (1.01, True)):
        step = torch.eye(3) - share * limit * 2 / len(X) * design.T @ design
        assert (torch.linalg.eigvalsh(step).abs().max() > 1) == grows


def test_the_chapter_makes_the_figures_own_samples():
    cells = notebooks.read(notebooks.find("11")).cells
    names = {}
    exec(next(cell.source for cell in cells if cell.id == "data"), names)
    data, targets = noisy_plane()
    assert torch.equal(names["X"], data)
    assert torch.equal(names["y"], targets)


def test_the_figure_knows_the_best_plane():
    figure = PlaneFit()
    data, targets = noisy_plane()
    design = torch.cat([data, torch.ones(64, 1)], dim=1)
    expected = torch.linalg.lstsq(design.double(), targets.double()).solution[:, 0]
    close(figure.best, expected)
    assert (expected - torch.tensor([1.5, -2.0, 1.0])).abs().max() < 0.2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": [[0.0, 0.0]]}, "both X and y"),
        ({"X": [[0.0], [1.0]], "y": [0.0, 1.0]}, r"shape \(N, 2\), got \(2, 1\)"),
        ({"X": X, "y": [1.0]}, "y must hold 23 numbers"),
        ({"X": X, "y": [math.nan] * 23}, "finite"),
        ({"X": 3 * X, "y": Y}, r"X must lie in \[-1, 1\]"),
        (
            {"X": [[0.1, 0.1], [0.5, 0.5], [1.0, 1.0]], "y": [1.0, 2.0, 3.0], "batch_size": 3, "at": 0},
            "on one line",
        ),
        ({"start": (1.0, 2.0)}, "start must be 3 numbers"),
        ({"lr": 0.0}, "lr must be a number above 0 and up to 2"),
        ({"lr": 2.5}, "lr must be a number above 0 and up to 2"),
        ({"batch_size": 65}, "batch_size must be a whole number from 1 to 64"),
        ({"batch_size": 2.5}, "batch_size must be a whole number"),
        ({"num_epochs": 0}, "num_epochs must be"),
        ({"at": 71}, "at must be a whole number from 0 to 70"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        PlaneFit(**change)


@pytest.mark.parametrize("name", ["lr", "batch_size", "num_epochs", "at"])
def test_what_is_no_number_is_refused_by_name(name):
    with pytest.raises(TypeError, match=f"{name} must be a number, got 'fast'"):
        PlaneFit(**{name: "fast"})


def test_its_text():
    figure = PlaneFit(lr=0.05, batch_size=64, at=3)
    assert repr(figure) == "PlaneFit(lr=0.05, batch_size=64)"


@pytest.fixture
def figure(mount):
    """Open PlaneFit as a reader finds it in the built page, where a finger works beside a mouse."""
    return mount(PlaneFit())


def value(page: Page, label: str) -> float:
    return float(page.get_by_role("slider", name=label, exact=True).input_value())


def sheet(page: Page) -> str:
    return page.locator(".pf-sheet").get_attribute("d")


def drag(page: Page, x: float, y: float, right: float, down: float, *, drop: bool = True) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    if drop:
        page.mouse.up()
    settle(page)


def test_it_opens_mid_training_with_a_stick_for_each_sample(figure):
    assert figure.locator(".pf-space .pf-stick").count() == 64
    assert figure.locator(".pf-space .pf-light").count() == 4  # the short last batch of epoch 1
    expect(figure.locator("output").filter(has_text="epoch")).to_have_text("epoch 1, update 7 of 70")


def test_scrubbing_moves_plane_residuals_and_loss_and_reset_brings_them_back(figure):
    opened = figure.locator(".bf-body").inner_text(), sheet(figure)
    slide(figure, "progress", 70)
    assert sheet(figure) != opened[1]
    expect(figure.locator("output").filter(has_text="epoch")).to_have_text("epoch 10, update 70 of 70")
    slide(figure, "learning rate", 0)
    slide(figure, "batch size", 0)
    figure.get_by_role("button", name="Reset").click()
    settle(figure)
    assert (figure.locator(".bf-body").inner_text(), sheet(figure)) == opened


def test_the_background_turns_the_view_and_escape_turns_it_back(figure):
    box = figure.locator(".pf-turn").bounding_box()
    corner = box["x"] + box["width"] - 30, box["y"] + box["height"] - 20
    drag(figure, *corner, -60, 40)
    assert (value(figure, "view: turn"), value(figure, "view: tilt")) == (-5, 40)
    drag(figure, *corner, -60, 40, drop=False)
    figure.keyboard.press("Escape")
    figure.mouse.up()
    settle(figure)
    assert (value(figure, "view: turn"), value(figure, "view: tilt")) == (-5, 40)


def test_keys_turn_the_view(figure):
    figure.get_by_role("slider", name="view: turn").focus()
    figure.keyboard.press("ArrowRight")
    figure.keyboard.press("Shift+ArrowRight")
    settle(figure)
    assert value(figure, "view: turn") == 80
    figure.keyboard.press("Escape")
    settle(figure)
    assert value(figure, "view: turn") == 25


def test_along_the_plane_every_corner_lies_on_one_line(figure):
    figure.get_by_role("button", name="Along the plane").click()
    settle(figure)
    numbers = sheet(figure).strip("MZ").replace("L", " ").split()
    spots = torch.tensor([[float(number) for number in spot.split(",")] for spot in numbers])
    assert torch.linalg.svdvals(spots - spots.mean(dim=0))[1] < 0.05


def test_a_lifted_corner_is_where_training_starts(figure):
    label = "height of the plane at x₁ = −1, x₂ = −1"
    x, y = middle(figure.locator(".pf-lift").first)
    before = figure.get_by_role("slider", name=label).get_attribute("aria-valuetext")
    drag(figure, x, y, 0, -40)
    _, after = middle(figure.locator(".pf-lift").first)
    assert after == pytest.approx(y - 40, abs=2)
    assert figure.get_by_role("slider", name=label).get_attribute("aria-valuetext") != before
    expect(figure.locator("output").filter(has_text="update")).to_have_text("before the first update")
    figure.get_by_role("slider", name=label).press("ArrowUp")
    settle(figure)
    assert middle(figure.locator(".pf-lift").first)[1] < after


def test_divergence_is_said_not_shown_as_nan(figure):
    last = figure.get_by_role("slider", name="learning rate").get_attribute("max")
    slide(figure, "learning rate", int(last))
    slide(figure, "batch size", 2)
    assert "diverged at step" in figure.locator(".pf-loss").text_content()
    assert "NaN" not in figure.locator("figure.book-figure").inner_html()
    expect(figure.locator("[aria-live]")).to_contain_text("diverged at step", timeout=3000)


def test_a_tap_on_the_curve_goes_there(figure):
    panel = figure.locator(".pf-column > .bf-panel .bf-panel-svg:not(.pf-space)")
    box = panel.bounding_box()
    panel.tap(position={"x": box["width"] / 2, "y": 60})
    settle(figure)
    assert 25 <= value(figure, "progress") <= 45
