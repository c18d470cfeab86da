"""ModeSwitch: its arithmetic held to torch's layers, its arguments, and what both switches do."""

import pytest
import torch
from closeness import close
from hands import settle
from playwright.sync_api import Page, expect
from torch import nn

from bookbuild.figures.live import slide
from helpers.figures.mode_switch import (
    NUM_DRAWS,
    NUM_PASSES,
    NUM_UNITS,
    RATES,
    ModeSwitch,
    batches_around_sample,
    dropout_masks,
)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("p", RATES)
def test_js_dropout_is_torchs_on_torchs_own_masks(map_js, p, training):
    layer, units = nn.Dropout(p).train(training), [0.5, 1.0, -2.0, 3.0, 1.0, 1.0, 4.0, -0.25]
    outputs = map_js(
        "mode_switch/maths", "dropout", [[units, mask, p, training] for mask in dropout_masks(p, 7)]
    )
    torch.manual_seed(7)
    for output in outputs:
        close(output, layer(torch.tensor(units)))


@pytest.mark.parametrize("size", [2, 5, 8])
def test_js_batch_norm_is_torchs_output_and_buffers(run_js, size):
    layer = nn.BatchNorm1d(1, dtype=torch.float64)
    batches = [batch[:size] for batch in batches_around_sample(3)]
    passes = run_js("mode_switch/maths", "normPasses", batches, {"mean": 0, "variance": 1}, True)
    for batch, seen in zip(batches, passes, strict=True):
        output = layer(torch.tensor(batch, dtype=torch.float64)[:, None])
        close(seen["output"], output[0, 0].detach())
        close([seen["mean"], seen["variance"]], [layer.running_mean.item(), layer.running_var.item()])
    trained = run_js("mode_switch/maths", "trainedBuffers", batches)
    close([trained["mean"], trained["variance"]], [layer.running_mean.item(), layer.running_var.item()])
    fixed = run_js("mode_switch/maths", "normPasses", batches, trained, False)
    output = layer.eval()(torch.tensor(batches[0], dtype=torch.float64)[:, None])
    close([seen["output"] for seen in fixed], [output[0, 0].item()] * NUM_PASSES)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("no_grad", [True, False])
def test_what_the_table_says_is_what_torch_does(run_js, training, no_grad):
    said = run_js("mode_switch/maths", "decided", {"training": training, "no_grad": no_grad})
    dropout, norm = nn.Dropout(0.5).train(training), nn.BatchNorm1d(1).train(training)
    weight = torch.ones(100, requires_grad=True)
    with torch.set_grad_enabled(not no_grad):
        output = dropout(1 * weight)
        norm(torch.arange(4.0)[:, None])
    assert said["requiresGrad"] == output.requires_grad
    assert said["random"] == (not torch.equal(output, weight))
    assert said["buffersMove"] == (norm.running_mean.item() != 0)


def test_drawing_leaves_the_readers_random_numbers_alone():
    torch.manual_seed(1)
    expected = torch.rand(3)
    torch.manual_seed(1)
    ModeSwitch()
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layer": "conv"}, "layer must be one of 'dropout', 'batchnorm', got 'conv'"),
        ({"p": 0.3}, "p must be one of 0.0, 0.1, 0.25, 0.5, 0.75, got 0.3"),
        ({"batch_size": 0}, r"batch_size must be a whole number from 1 to 8, got 0"),
        ({"batch_size": 9}, r"batch_size must be a whole number from 1 to 8, got 9"),
    ],
)
def test_bad_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        ModeSwitch(**change)


def test_its_text_and_its_draws():
    figure = ModeSwitch(layer="batchnorm", training=False)
    assert repr(figure) == "ModeSwitch(layer='batchnorm', training=False, no_grad=False)"
    draws = figure.masks["0.5"]
    assert (len(draws), len(draws[0]), len(draws[0][0])) == (NUM_DRAWS, NUM_PASSES, NUM_UNITS)
    assert figure.refusal.startswith("ValueError: Expected more than 1 value per channel when training")


@pytest.fixture
def figure(mount):
    """Open ModeSwitch as a reader finds it in the built page."""
    return mount(ModeSwitch())


def facts(page: Page) -> dict[str, str]:
    rows = page.locator(".ms-facts tr:not(.ms-group)")
    return dict(
        rows.evaluate_all("rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))")
    )


def output_title(page: Page) -> str:
    return page.locator(".ms-passes .bf-title").nth(1).text_content()


def heights(page: Page) -> set[str]:
    return set(page.locator(".ms-now").evaluate_all("dots => dots.map((dot) => dot.getAttribute('cy'))"))


def test_each_switch_changes_its_own_half_of_the_table(figure):
    assert facts(figure) == {
        "training": "True",
        "20 passes": "vary",
        "kept units": "× 2.00",
        "requires_grad": "True",
        "backward()": "fills .grad",
    }
    assert len(heights(figure)) > 4
    figure.get_by_role("button", name="eval() with gradients on").click()
    settle(figure)
    assert figure.locator(".ms-changed").count() == 3
    assert facts(figure)["requires_grad"] == "True"
    assert len(heights(figure)) == 1
    assert output_title(figure) == "Output (mean of the units): 20 times 1.00"
    figure.keyboard.press("ArrowRight")
    settle(figure)
    assert facts(figure)["requires_grad"] == "False"
    assert facts(figure)["training"] == "False"
    figure.keyboard.press("ArrowUp")
    settle(figure)
    assert (facts(figure)["20 passes"], facts(figure)["backward()"]) == ("vary", "RuntimeError")
    expect(figure.locator("[aria-live]")).to_contain_text("under no_grad: 20 outputs from", timeout=3000)


def body_of(figure):
    """Return what is drawn, without the mark of a control that has had the focus."""
    return figure.locator(".bf-body").inner_html().replace(' data-lm-suppress-shortcuts="true"', "")


def test_draw_again_draws_and_reset_comes_back(figure):
    opening = body_of(figure)
    first = figure.locator(".ms-passes").inner_html()
    figure.get_by_role("button", name="Draw again").click()
    settle(figure)
    assert figure.locator(".ms-passes").inner_html() != first
    slide(figure, "p, the share dropped", 4)
    assert facts(figure)["kept units"] == "× 4.00"
    figure.get_by_role("button", name="eval() with gradients on").click()
    figure.get_by_role("button", name="Reset").click()
    settle(figure)
    assert body_of(figure) == opening


def test_batch_norm_moves_its_buffer_and_refuses_one_sample_in_training_only(figure):
    figure.get_by_role("radio", name="BatchNorm1d").check()
    settle(figure)
    layer = nn.BatchNorm1d(1)
    for batch in batches_around_sample(0):
        layer(torch.tensor(batch[:4])[:, None])
    assert facts(figure)["running_mean"] == f"0 → {layer.running_mean.item():.2f}"
    slide(figure, "batch size", 1)
    expect(figure.locator(".ms-error")).to_contain_text("got input size torch.Size([1, 1])")
    assert facts(figure)["20 passes"] == "an error"
    figure.get_by_role("button", name="eval() with gradients on").tap()
    settle(figure)
    expect(figure.locator(".ms-error")).to_be_hidden()
    assert facts(figure)["20 passes"] == "all equal"
    assert "NaN" not in figure.locator("figure.book-figure").inner_html()
