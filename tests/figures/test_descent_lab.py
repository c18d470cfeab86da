"""DescentLab: its JavaScript held to torch, its arguments, and what it does under a reader's hand."""

import math

import pytest
import torch
from closeness import close
from hands import drag, middle, settle
from playwright.sync_api import Page, expect

from bookbuild.figures.live import slide
from helpers import descent
from helpers.figures.descent_lab import DescentLab

X, Y = descent.noisy_line(24, seed=3)
LIMIT = descent.learning_rate_limit(X)
ORDERS = descent.shuffled_orders(24, 6, seed=1)
START = (-1.25, 2.25)

#: name -> settings of a run; between them batch, mini-batch, single samples, momentum, both orders.
RUNS = {
    "full batch": {"lr": 0.1, "batch_size": 24},
    "full batch, momentum": {"lr": 0.1, "batch_size": 24, "momentum": 0.9},
    "mini-batch, short last one": {"lr": 0.05, "batch_size": 7},
    "mini-batch, shuffled, momentum": {"lr": 0.05, "batch_size": 8, "momentum": 0.5, "orders": ORDERS},
    "single samples in order": {"lr": 0.02, "batch_size": 1},
    "single samples, shuffled": {"lr": 0.02, "batch_size": 1, "orders": ORDERS},
    "single samples, shuffled, momentum": {"lr": 0.01, "batch_size": 1, "momentum": 0.9, "orders": ORDERS},
    "more samples than there are": {"lr": 0.1, "batch_size": 99},
    "fewer orders than epochs": {"lr": 0.05, "batch_size": 5, "orders": ORDERS[:2]},
    "full batch beyond the limit": {"lr": 1.1 * LIMIT, "batch_size": 24, "num_epochs": 80},
    "mini-batch that diverges": {"lr": 2 * LIMIT, "batch_size": 4},
    "single samples that diverge": {"lr": 0.5, "batch_size": 1, "orders": ORDERS},
    "momentum that diverges": {"lr": 0.3, "batch_size": 1, "momentum": 0.9, "orders": ORDERS},
}


def both_paths(run_js, settings):
    """Return one run by torch and by JS."""
    settings = {"num_epochs": 6, "momentum": 0.0, "orders": None} | settings
    by_torch = descent.path(X, Y, start=START, **settings)
    by_js = run_js(
        "descent_lab/maths",
        "descentPath",
        {
            "x": X.tolist(),
            "y": Y.tolist(),
            "start": START,
            "lr": settings["lr"],
            "batchSize": settings["batch_size"],
            "numEpochs": settings["num_epochs"],
            "momentum": settings["momentum"],
            "orders": settings["orders"] or [list(range(24))],
        },
    )
    return by_torch, by_js


@pytest.mark.parametrize("name", RUNS)
def test_js_takes_torchs_path(run_js, name):
    by_torch, by_js = both_paths(run_js, RUNS[name])
    close(by_js["points"], by_torch.points)
    close(by_js["losses"], by_torch.losses)
    assert [tuple(batch) for batch in by_js["batches"]] == list(by_torch.batches)
    assert by_js["samplesSeen"] == by_torch.samples_seen.tolist()
    assert by_js["divergedAt"] == by_torch.diverged_at


def test_the_diverging_runs_do_diverge_and_the_others_do_not():
    for name, settings in RUNS.items():
        settings = {"num_epochs": 6} | settings
        diverged = descent.path(X, Y, start=START, **settings).diverged_at is not None
        assert diverged == ("diverge" in name or "beyond" in name), name


def test_js_gradient_and_surface_are_torchs(run_js):
    arguments = (X.tolist(), Y.tolist())
    for batch in ([0], [3, 9, 4], list(range(24))):
        close(
            run_js("descent_lab/maths", "batchGradient", *arguments, 0.3, -2.0, batch),
            descent.gradient(X[batch], Y[batch], 0.3, -2.0),
        )
    grid = descent.surface(X, Y, w_range=(-2, 3), b_range=(-1, 4), num=7)
    close(run_js("descent_lab/maths", "lossSurface", *arguments, grid.w.tolist(), grid.b.tolist()), grid.loss)


def test_js_minimum_limit_and_curvature_are_torchs(run_js):
    close(run_js("descent_lab/maths", "leastSquares", X.tolist(), Y.tolist()), descent.least_squares(X, Y))
    for momentum in (0.0, 0.9):
        limit = run_js("descent_lab/maths", "learningRateLimit", X.tolist(), momentum)
        assert limit == pytest.approx(descent.learning_rate_limit(X, momentum), rel=1e-9)
    curvature = run_js("descent_lab/maths", "curvature", X.tolist())
    close([curvature["flat"], curvature["sharp"]], torch.linalg.eigvalsh(descent.hessian(X)))


def test_the_drawn_ellipses_are_lines_of_equal_loss(run_js):
    w, b = descent.least_squares(X, Y)
    least = float(descent.mean_squared_error(X, Y, w, b))
    angle = run_js("descent_lab/maths", "curvature", X.tolist())["angle"]
    sharp, flat = run_js("descent_lab/maths", "contourRadii", X.tolist(), 2.5)
    for turn in torch.linspace(0, 2 * math.pi, 9).tolist():
        along, across = sharp * math.cos(turn), flat * math.sin(turn)
        there = (
            w + along * math.cos(angle) - across * math.sin(angle),
            b + along * math.sin(angle) + across * math.cos(angle),
        )
        assert float(descent.mean_squared_error(X, Y, *there)) == pytest.approx(least + 2.5, rel=1e-6)


def test_the_window_shows_start_and_minimum_4_by_3(run_js):
    for best in ([1.5, 0.5], [-1.25, 2.25], [40.0, 2.0], [-1.25, -300.0]):
        view = run_js("descent_lab/maths", "windowAround", START, best)
        for point in (START, best):
            assert view["w"][0] < point[0] < view["w"][1]
            assert view["b"][0] < point[1] < view["b"][1]
        width, height = (high - low for low, high in (view["w"], view["b"]))
        assert width / height == pytest.approx(4 / 3, rel=0.05)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": [1.0, 2.0]}, "both x and y"),
        ({"x": [1.0, 2.0], "y": [1.0]}, "equally many"),
        ({"x": [1.0, math.nan], "y": [1.0, 2.0]}, "finite"),
        ({"x": [1.0, 1.0], "y": [1.0, 2.0]}, "two different"),
        ({"start": (1.0,)}, "start must be"),
        ({"lr": 0.0}, "lr must be a number above 0"),
        ({"lr": 1.0}, "lr must be a number above 0 and up to 0.4"),
        ({"batch_size": 0}, "batch_size must be a whole number from 1 to 64"),
        ({"batch_size": 65}, "batch_size must be a whole number from 1 to 64"),
        ({"compare": [128]}, r"compare\[0\] must be a whole number from 1 to 64"),
        ({"momentum": 0.99}, "momentum must be a number from 0 to 0.95"),
        ({"num_epochs": 0}, "num_epochs must be"),
        ({"num_epochs": 1000}, "num_epochs must be"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        DescentLab(**change)


@pytest.mark.parametrize("name", ["lr", "momentum", "num_epochs"])
def test_what_is_no_number_is_refused_by_name(name):
    with pytest.raises(TypeError, match=f"{name} must be a number, got 'fast'"):
        DescentLab(**{name: "fast"})


def test_its_text():
    lab = DescentLab(lr=0.05, batch_size=64)
    assert repr(lab) == "DescentLab(lr=0.05, batch_size=64)"


def test_torch_can_be_given_the_figures_own_orders():
    lab = DescentLab(num_epochs=3, seed=5)
    assert lab.orders == descent.shuffled_orders(64, 3, seed=5)
    run = {"start": lab.start, "lr": lab.lr, "batch_size": lab.batch_size, "num_epochs": 3}
    path = descent.path(lab.x, lab.y, **run, orders=lab.orders)
    assert path.num_updates == 24


@pytest.fixture
def lab(mount):
    """Open DescentLab as a reader finds it in the built page, where a finger works beside a mouse."""
    return mount(DescentLab())


def drawn_path(page: Page) -> str:
    return page.locator(".bf-row .dl-done").get_attribute("d")


def place(page: Page) -> tuple[float, float]:
    return middle(page.locator(".bf-hit"))


def start_of(page: Page) -> list[float]:
    sliders = (page.get_by_role("slider", name=f"start: {name}") for name in ("slope w", "intercept b"))
    return [float(slider.input_value()) for slider in sliders]


LIT = "[...document.querySelectorAll('.dl-light')].flatMap((light, i) => ('lit' in light.dataset ? [i] : []))"


def test_it_opens_on_three_named_runs(lab):
    expect(lab.locator(".bf-row .dl-others path")).to_have_count(2)
    assert sorted(lab.locator(".bf-row .dl-name").all_text_contents()) == ["all 64", "batch 1", "batch 8"]
    expect(lab.locator("output").filter(has_text="update")).to_have_text("update 96 of 96")
    assert lab.locator(".dl-light[data-lit]").count() == 8


def test_every_control_redraws_the_path(lab):
    for label, value in (("learning rate", 0.6), ("batch size", 2), ("momentum", 0.5)):
        before = drawn_path(lab)
        slide(lab, label, value)
        assert drawn_path(lab) != before, label
    before = drawn_path(lab)
    lab.get_by_role("checkbox", name="reshuffle").uncheck()
    settle(lab)
    assert drawn_path(lab) != before
    lab.get_by_role("button", name="Reset").click()
    settle(lab)
    expect(lab.locator("output").filter(has_text="update")).to_have_text("update 96 of 96")


def test_the_start_follows_mouse_tap_and_keys(lab):
    assert start_of(lab) == [-1.25, 2.25]
    x, y = place(lab)
    drag(lab.locator(".bf-hit"), 30, 40)
    settle(lab)
    assert place(lab) == pytest.approx((x + 30, y + 40), abs=3)
    plane = lab.locator(".bf-row .bf-panel-svg").nth(1)
    box = plane.bounding_box()
    plane.tap(position={"x": 100, "y": 200})
    settle(lab)
    assert place(lab) == pytest.approx((box["x"] + 100, box["y"] + 200), abs=3)
    w, b = start_of(lab)
    lab.get_by_role("slider", name="start: slope w").focus()
    lab.keyboard.press("ArrowRight")
    lab.keyboard.press("Shift+ArrowUp")
    settle(lab)
    assert start_of(lab) == pytest.approx([w + 0.05, b + 0.5])
    lab.keyboard.press("Escape")
    settle(lab)
    assert start_of(lab) == pytest.approx([w, b])


def test_steps_light_their_batch_and_move_the_line(lab):
    slide(lab, "step through the run", 0)
    assert lab.locator(".dl-light[data-lit]").count() == 0
    titles = [lab.locator(".dl-model").text_content()]
    for _ in range(2):
        lab.get_by_role("button", name="Step").click()
        settle(lab)
        lit = lab.evaluate(LIT)
        titles.append(lab.locator(".dl-model").text_content())
    assert lit == sorted(descent.shuffled_orders(64, 1, seed=0)[0][8:16])
    assert len(set(titles)) == 3
    assert titles[0] == "y = −1.25 x + 2.25"


def test_the_read_outs_are_torchs_numbers(lab):
    figure = DescentLab()
    path = descent.path(
        figure.x, figure.y, start=figure.start, lr=0.1, batch_size=8, num_epochs=12, orders=figure.orders
    )
    assert lab.locator(".dl-loss").text_content() == f"loss {float(path.losses[-1]):#.3g}"
    w, b = path.points[-1].tolist()
    assert lab.locator(".dl-model").text_content() == f"y = {w:#.3g} x + {b:#.3g}"


def test_divergence_is_said_not_shown_as_nan(lab):
    slide(lab, "batch size", 0)
    slide(lab, "learning rate", 1.1)
    assert "diverged at step" in lab.locator(".dl-loss").text_content()
    assert "NaN" not in lab.locator("figure.book-figure").inner_html()
    expect(lab.locator("[aria-live]")).to_contain_text("diverged at step", timeout=3000)


def test_loss_against_updates_counts_updates(lab):
    lab.get_by_role("radio", name="updates").check()
    settle(lab)
    panel = lab.locator(".bf-panel-svg").nth(2)
    assert panel.locator(".bf-axis-label").first.text_content() == "updates"
    assert max(float(text) for text in panel.locator(".bf-tick").all_text_contents() if text) in (80, 90, 96)


def test_play_runs_from_the_start_and_pause_stops_it(lab):
    position = lab.get_by_role("slider", name="step through the run")
    lab.get_by_role("button", name="Play").click()
    lab.wait_for_function("input => 0 < input.value && input.value < 96", arg=position.element_handle())
    lab.get_by_role("button", name="Pause").click()
    stopped = position.input_value()
    settle(lab)
    assert position.input_value() == stopped
    # The run that lies ahead is drawn faintly from where the run stands.
    assert lab.locator(".bf-row .dl-rest").get_attribute("d").count("L") == 96 - int(stopped)


def test_the_previous_run_stays_as_a_ghost(lab):
    before = drawn_path(lab)
    slide(lab, "learning rate", 0.5)
    assert lab.locator(".bf-row .dl-previous").get_attribute("d") == before
