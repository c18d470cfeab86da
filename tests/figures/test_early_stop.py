"""EarlyStop: the runs torch makes, patience in both languages, and the test that stays sealed."""

import pytest
import torch
from hands import drag, settle
from torch import nn

from helpers import overfitting
from helpers.figures.early_stop import EVERY, FIT_LIMIT, GRID, EarlyStop
from helpers.figures.encode import twelve_bits


@pytest.fixture(scope="module")
def figure():
    return EarlyStop()


# ---------------------------------------------------------------- torch


def test_a_slice_of_the_stack_is_an_ordinary_network_trained_alone():
    run = overfitting.train(4, seeds=[3, 9], num_epochs=20, every=10, grid=GRID)
    model = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 4), nn.Tanh(), nn.Linear(4, 1)).double()
    with torch.no_grad():
        for parameter, drawn in zip(model.parameters(), overfitting._initial_weights(4, [9]), strict=True):
            parameter.copy_(drawn[0].T if parameter.dim() == 2 else drawn[0, 0])
    optimizer = torch.optim.Adam(model.parameters(), lr=overfitting.LEARNING_RATE)
    x, y = (part[:, None] for part in overfitting.samples(9)["train"])
    for _ in range(20):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
    x, y = (part[:, None] for part in overfitting.samples(9)["val"])
    torch.testing.assert_close(run.val_loss[1, -1], nn.functional.mse_loss(model(x), y).detach())
    assert run.num_weights == sum(parameter.numel() for parameter in model.parameters())
    assert run.epochs == (0, 10, 20)


def test_seeds_draw_their_own_samples_and_the_same_ones_again():
    first, again, other = (overfitting.samples(seed)["train"][1] for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_the_default_shows_what_it_is_there_for(figure):
    smallest, *_, largest = figure.runs
    best = largest["val"].index(min(largest["val"]))
    assert 0 < best < len(largest["val"]) / 3
    assert largest["val"][-1] > 2 * largest["val"][best]
    assert largest["train"][-1] < largest["train"][best] / 5
    assert largest["test"][-1] > 1.5 * largest["test"][best]
    assert min(smallest["train"]) > 0.5


def test_most_seeds_turn_not_the_default_alone():
    run = overfitting.train(64, seeds=range(10), num_epochs=300, every=EVERY, grid=GRID)
    turned = run.val_loss[:, -1] > 1.1 * run.val_loss.min(dim=1).values
    assert turned.sum() >= 7
    assert (run.train_loss[:, -1] < 0.13).all()


@pytest.mark.parametrize(
    ("losses", "patience", "expected"),
    [
        ([3, 2, 1, 2, 3, 4], 2, (2, 4)),
        ([3, 2, 1, 2, 3, 4], 9, (2, 5)),
        ([3, 2, 2, 2, 1, 0], 2, (1, 3)),
        ([3, 2, 2, 2, 1, 0], 4, (5, 5)),
        ([1], 1, (0, 0)),
    ],
)
def test_patience_is_the_same_in_both_languages(run_js, losses, patience, expected):
    assert overfitting.patience_stop(losses, patience) == expected
    assert tuple(run_js("early_stop/maths", "patienceStop", losses, patience)) == expected


def test_patience_is_the_same_on_the_figures_own_curves(map_js, figure):
    cases = [(run["val"], patience) for run in figure.runs for patience in (1, 3, 8, 30)]
    found = map_js("early_stop/maths", "patienceStop", [list(case) for case in cases])
    assert [tuple(pair) for pair in found] == [overfitting.patience_stop(*case) for case in cases]


def test_functions_travel_as_text_and_arrive(run_js):
    values = torch.linspace(-2.9, 2.9, 82, dtype=torch.float64).reshape(2, 41)
    arrived = torch.tensor(
        run_js("early_stop/maths", "decodeFits", twelve_bits(values, limit=FIT_LIMIT), 2), dtype=torch.float64
    )
    assert (arrived - values).abs().max() < 0.001
    cut = run_js(
        "early_stop/maths", "decodeFits", twelve_bits(torch.tensor([[9.0, -9.0]]), limit=FIT_LIMIT), 1
    )
    assert cut == [[3, -3]]


def test_what_the_figure_draws_is_what_torch_predicts(run_js, figure):
    run = overfitting.train(16, seeds=range(37, 42), num_epochs=300, every=EVERY, grid=GRID)
    drawn = torch.tensor(
        run_js("early_stop/maths", "decodeFits", figure.runs[2]["fits"], 61), dtype=torch.float64
    )
    assert (drawn - run.fits.clamp(-3, 3)).abs().max() < 0.001


@pytest.mark.parametrize(
    ("train", "val", "at", "words"),
    [
        ([1.0, 0.7, 0.6], [1.0, 0.7, 0.65], 2, "underfitting"),
        ([1.0, 0.3, 0.0], [1.0, 0.4, 0.8], 1, "lowest validation loss"),
        ([1.0, 0.3, 0.0], [1.0, 0.4, 0.8], 2, "overfitting"),
        ([1.0, 0.3, 0.2], [1.3, 0.5, 0.4], 1, "still learning"),
    ],
)
def test_the_curves_are_diagnosed(run_js, train, val, at, words):
    assert words in run_js("early_stop/maths", "diagnosis", {"train": train, "val": val}, at)


# ---------------------------------------------------------------- Python


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sizes": (16, 4)}, "sizes must be one to four increasing"),
        ({"sizes": ()}, "sizes must be one to four increasing"),
        ({"sizes": (0, 4)}, "sizes must lie in 1 ... 256"),
        ({"num_epochs": 33}, "num_epochs must be a multiple of 5"),
        ({"num_epochs": 5000}, "num_epochs must be a multiple of 5 from 50 to 300"),
        ({"seed": -1}, "seed must be a whole number"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        EarlyStop(**change)


def test_its_text(figure):
    assert repr(figure) == "EarlyStop(sizes=[1, 4, 16, 64], num_epochs=300)"


def test_it_is_the_same_twice():
    first, again = (EarlyStop(sizes=(4,), num_epochs=50).runs for _ in range(2))
    assert first == again


# ---------------------------------------------------------------- in the page


def title(page):
    settle(page)
    return page.locator(".bf-title").nth(1).text_content()


def test_it_opens_on_the_largest_network_overfitted(mount, figure):
    page = mount(figure)
    assert title(page) == "64 units a layer, epoch 300"
    assert page.locator(".es-hint").first.text_content() == "lowest: epoch 35"
    assert page.locator(".es-ghost").count() == 4
    page.get_by_role("checkbox", name="four other seeds").uncheck()
    settle(page)
    assert page.locator(".es-ghost").count() == 0


def test_the_line_is_dragged_along_the_epochs_and_escape_takes_it_back(mount, figure):
    page = mount(figure)
    before = page.locator(".es-fit").first.get_attribute("d")
    drag(page.locator(".bf-hit"), -120, 9)
    epoch = int(title(page).split()[-1])
    assert 100 < epoch < 250
    assert page.locator(".es-fit").first.get_attribute("d") != before
    page.keyboard.press("ArrowLeft")
    assert title(page).endswith(f"epoch {epoch - 5}")
    page.keyboard.press("Escape")
    assert title(page) == "64 units a layer, epoch 300"
    page.keyboard.press("Home")
    page.get_by_role("button", name="Reset").click()
    assert title(page) == "64 units a layer, epoch 300"


def test_patience_places_the_stop_as_real_patience_would(mount, figure):
    page = mount(figure)
    slider = page.get_by_role("slider", name="stop by patience")
    slider.press("ArrowRight")
    kept, _ = overfitting.patience_stop(figure.runs[-1]["val"], 5)
    assert title(page).endswith(f"epoch {kept * EVERY}")
    assert page.locator(".es-hint").nth(1).text_content() == "training ends"
    # It rules for the other sizes too, until the line is moved by hand.
    page.get_by_role("button", name="16", exact=True).click()
    kept, _ = overfitting.patience_stop(figure.runs[2]["val"], 5)
    assert title(page) == f"16 units a layer, epoch {kept * EVERY}"
    page.get_by_role("slider", name="stop at epoch").press("Home")
    settle(page)
    assert page.locator(".es-hint").count() == 1


def test_the_test_loss_is_sealed_until_a_choice(mount, figure):
    page = mount(figure)
    words = page.locator(".es-test")
    largest = figure.runs[-1]["test"]
    assert f"{largest[-1]:.3f}" not in page.locator(".book-figure").inner_html()
    assert "sealed" in words.text_content()
    page.get_by_role("slider", name="stop by patience").press("ArrowRight")
    page.get_by_role("button", name="Reveal the test loss").click()
    settle(page)
    assert f"test loss {largest[7]:.3f} at epoch 35" in words.text_content()
    assert f"At the end: {largest[-1]:.3f}" in words.text_content()
    assert "no longer blind" not in words.text_content()
    page.get_by_role("slider", name="epoch", exact=True).press("ArrowRight")
    settle(page)
    assert "no longer blind" in words.text_content()
    page.get_by_role("button", name="Seal the test again").click()
    settle(page)
    assert "sealed" in words.text_content()
