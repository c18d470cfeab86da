"""OptimizerRace: its update rules held to torch.optim, its tuning, its arguments, and a reader's hand."""

import math

import pytest
import torch
from closeness import close
from hands import drag, settle

from helpers import landscapes
from helpers.figures.optimizer_race import OptimizerRace
from helpers.landscapes import LANDSCAPES

#: Rates at which 100 steps do not leap about at random, so that two computations can be compared.
RATES = {"SGD": 0.1, "momentum": 0.05, "RMSprop": 0.05, "Adam": 0.3, "AdamW": 0.3}


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_js_takes_torch_optims_100_steps(map_js, landscape):
    start = (-1.5, 0.7)
    calls = [
        {"landscape": landscape, "optimizer": name, "lr": lr, "start": start, "numSteps": 100}
        for name, lr in RATES.items()
    ]
    by_js = map_js("optimizer_race/maths", "raceOne", [[call] for call in calls])
    for (name, lr), js in zip(RATES.items(), by_js, strict=True):
        by_torch = landscapes.run(landscape, name, lr=lr, start=start)
        close(js["points"], by_torch.points)
        close(js["losses"], by_torch.losses)
        assert js["arrival"] == by_torch.arrival


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_js_slopes_are_autograds(map_js, landscape):
    points = torch.rand(20, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 4 - 2
    points.requires_grad_()
    loss = LANDSCAPES[landscape].loss(points[:, 0], points[:, 1])
    loss.sum().backward()
    calls = points.tolist()
    close(map_js("optimizer_race/maths", f"LANDSCAPES.{landscape}.loss", calls), loss.detach())
    close(map_js("optimizer_race/maths", f"LANDSCAPES.{landscape}.gradient", calls), points.grad)


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_the_minima_are_minima_and_the_start_is_the_figures(run_js, landscape):
    scene = LANDSCAPES[landscape]
    for place in scene.minima:
        point = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        loss = scene.loss(point[0], point[1])
        loss.backward()
        assert loss.item() == pytest.approx(0, abs=1e-12)
        assert point.grad.abs().max().item() == pytest.approx(0, abs=1e-12)
    # The saddle's own start is what landscapes.run takes when none is given.
    rates = run_js("optimizer_race/maths", "raceOne", race(landscape, "SGD", 0.1, scene.start))
    close(rates["points"], landscapes.run(landscape, "SGD", lr=0.1).points)


def race(landscape, optimizer, lr, start):
    return {"landscape": landscape, "optimizer": optimizer, "lr": lr, "start": start, "numSteps": 100}


@pytest.mark.parametrize(
    ("landscape", "optimizer"),
    [("saddle", "RMSprop"), ("bumps", "SGD")],
)
def test_js_tunes_as_torch_does(run_js, landscape, optimizer):
    start = LANDSCAPES[landscape].start
    found = run_js(
        "optimizer_race/maths",
        "tunedRate",
        {"landscape": landscape, "optimizer": optimizer, "start": start, "numSteps": 100},
    )
    assert found == pytest.approx(landscapes.tuned_lr(landscape, optimizer), rel=1e-12)


def test_no_optimizer_wins_everywhere_and_each_landscape_defeats_or_slows_one(run_js):
    winners = {}
    for name, scene in LANDSCAPES.items():
        rates = run_js(
            "optimizer_race/figure", "ratesFor", {"landscape": name, "start": scene.start, "numSteps": 100}
        )
        arrivals = {
            optimizer: run_js("optimizer_race/maths", "raceOne", race(name, optimizer, lr, scene.start))[
                "arrival"
            ]
            for optimizer, lr in rates.items()
        }
        winners[name] = min(arrivals, key=lambda optimizer, of=arrivals: of[optimizer] or math.inf)
    assert winners == {"ravine": "momentum", "saddle": "RMSprop", "bumps": "AdamW"}


def test_arrival_is_the_step_from_which_the_loss_stays_low(run_js):
    def arrival(losses):
        return run_js("optimizer_race/maths", "arrivalOf", losses)

    assert arrival([1, 0.001, 1, 0.002, 0.003]) == 3
    assert arrival([0.001, 0.001]) == 0
    assert arrival([1, 0.001, 0.5]) is None
    run = landscapes.Run(torch.zeros(3, 2), torch.tensor([1.0, math.nan, 0.001]))
    assert run.arrival == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"landscape": "hill"}, "landscape must be one of .*ravine.* got 'hill'"),
        ({"start": (1.0,)}, "start must be"),
        ({"start": (3.0, 0.0)}, r"start\[0\] must be a number from -2.2 to 2.2"),
        ({"start": (math.nan, 0.0)}, r"start\[0\] must be"),
        ({"learning_rates": {"Adagrad": 0.1}}, "learning_rates must name .* got 'Adagrad'"),
        ({"learning_rates": {"Adam": 30.0}}, "learning_rates must lie in 0.001 ... 1, got 30.0 for Adam"),
        ({"num_steps": 5}, "num_steps must be"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        OptimizerRace(**change)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"landscape": "hill", "optimizer": "SGD", "lr": 0.1}, "landscape must be one of"),
        ({"landscape": "bumps", "optimizer": "Sgd", "lr": 0.1}, "optimizer must be one of"),
        ({"landscape": "bumps", "optimizer": "SGD", "lr": -1.0}, "lr must be a positive number"),
        (
            {"landscape": "bumps", "optimizer": "SGD", "lr": "fast"},
            "lr must be a positive number, got 'fast'",
        ),
        ({"landscape": "bumps", "optimizer": "SGD", "lr": 0.1, "start": (1.0,)}, "start must be two finite"),
        ({"landscape": "bumps", "optimizer": "SGD", "lr": 0.1, "start": (math.nan, 0)}, "start must be two"),
        ({"landscape": "bumps", "optimizer": "SGD", "lr": 0.1, "start": 3.0}, "start must be two finite"),
        ({"landscape": "bumps", "optimizer": "SGD", "lr": 0.1, "num_steps": -1}, "num_steps must be a whole"),
        (
            {"landscape": "bumps", "optimizer": "SGD", "lr": 0.1, "num_steps": 2.5},
            "num_steps must be a whole",
        ),
    ],
)
def test_a_run_names_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match=message):
        landscapes.run(**arguments)


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_a_run_finds_gradients_where_its_caller_records_none(mode):
    expected = landscapes.run("saddle", "Adam", lr=0.1, num_steps=5)
    with mode():
        found = landscapes.run("saddle", "Adam", lr=0.1, num_steps=5)
    assert torch.equal(found.points, expected.points)
    assert torch.equal(found.losses, expected.losses)


def test_its_text():
    figure = OptimizerRace(landscape="bumps")
    assert repr(figure) == "OptimizerRace(landscape='bumps')"


# ---------------------------------------------------------------- in the page


def results(page):
    settle(page)
    rows = page.locator(".or-table tbody tr").all()
    return {
        row.locator("th").inner_text().strip(): [cell.inner_text() for cell in row.locator("td").all()]
        for row in rows
    }


def test_it_opens_with_all_paths_drawn_and_the_slider_changes_one_rate(mount):
    page = mount(OptimizerRace())
    assert page.locator(".bf-row .or-line:not(.or-ahead):not(.or-sample *)").count() == 5
    assert page.locator(".or-verdict").inner_text() == "First here: momentum"
    before = results(page)
    assert before["momentum"] == ["0.0750", "55"]
    assert before["SGD"] == ["0.178", "no: 0.036"]
    page.get_by_role("slider", name="learning rate").press("ArrowRight")
    after = results(page)
    assert after["SGD"] == ["0.237", "diverged"]
    assert {name for name in after if after[name] != before[name]} == {"SGD"}


def test_travelling_retunes_and_reset_comes_home(mount):
    page = mount(OptimizerRace())
    at_home = results(page)
    page.get_by_role("radio", name="saddle").check()
    assert results(page)["RMSprop"][1] == "6"
    assert page.locator(".or-cross").count() == 2
    page.get_by_role("button", name="Reset").click()
    assert results(page) == at_home
    assert page.get_by_role("radio", name="ravine").is_checked()


def test_the_start_follows_the_mouse_and_escape_takes_it_back(mount):
    page = mount(OptimizerRace())
    opening = results(page)
    drag(page.locator(".bf-hit"), 60, -50)
    moved = results(page)
    assert moved != opening
    assert [moved[name][0] for name in moved] == [opening[name][0] for name in opening]
    page.get_by_role("button", name="Tune all for this start").click()
    assert results(page) != moved
    page.get_by_role("slider", name="start x").focus()
    before = results(page)
    page.keyboard.press("Shift+ArrowRight")
    assert results(page) != before
    page.keyboard.press("Escape")
    assert results(page) == before


def test_a_toggle_takes_one_out_of_the_race_and_steps_scrub_the_others(mount):
    page = mount(OptimizerRace())
    page.get_by_role("checkbox", name="momentum").uncheck()
    settle(page)
    assert page.locator(".or-verdict").inner_text() == "First here: AdamW"
    assert page.locator(".bf-row .or-name").all_text_contents() == ["SGD", "RMSprop", "Adam", "AdamW"]
    page.get_by_role("slider", name="step", exact=True).press("Home")
    settle(page)
    heads = {head.get_attribute("cx") for head in page.locator(".bf-row circle.bf-dot[r='5']").all()}
    assert len(heads) == 1
    page.get_by_role("button", name="Step").click()
    settle(page)
    heads = {head.get_attribute("cx") for head in page.locator(".bf-row circle.bf-dot[r='5']").all()}
    assert len(heads) > 2


def test_rates_given_in_the_notebook_stay_as_given(mount):
    page = mount(OptimizerRace(landscape="bumps", learning_rates={"Adam": 0.123}))
    assert results(page)["Adam"][0] == "0.123"
    page.get_by_role("radio", name="Adam", exact=True).check()
    assert page.get_by_role("slider", name="learning rate").get_attribute("aria-valuetext") == "0.123"
