"""SoftmaxLab: its JavaScript held to torch, its arguments, and what it does under a reader's hand."""

import math

import pytest
import torch
from closeness import close
from hands import drag, settle
from playwright.sync_api import Page, expect
from torch.nn.functional import cross_entropy, one_hot

from helpers.figures.softmax_lab import SoftmaxLab

torch.manual_seed(0)
#: Logits and the true class: ordinary ones, equal ones, and sizes at which a naive exp overflows.
CASES = [
    (torch.randn(size, dtype=torch.float64) * scale, size // 2) for size in (2, 5, 10) for scale in (1, 4)
]
CASES += [(torch.zeros(3, dtype=torch.float64), 0), (torch.tensor([800.0, -800, 0], dtype=torch.float64), 1)]
CASES += [(torch.tensor([0.0, 8] + 8 * [0.0], dtype=torch.float64), 1)]


def by_torch(logits, target, twice):
    """Return loss and gradient as torch finds them."""
    z = logits.clone().requires_grad_()
    loss = cross_entropy(z.softmax(0) if twice else z, torch.tensor(target))
    loss.backward()
    return loss.item(), z.grad


@pytest.mark.parametrize("twice", [False, True])
def test_js_loss_and_gradient_are_torchs(map_js, twice):
    calls = [[logits.tolist(), target, twice] for logits, target in CASES]
    losses = map_js("softmax_lab/maths", "crossEntropy", calls)
    slopes = map_js("softmax_lab/maths", "lossGradient", calls)
    for (logits, target), loss, slope in zip(CASES, losses, slopes, strict=True):
        expected_loss, expected_slope = by_torch(logits, target, twice)
        close(loss, expected_loss)
        close(slope, expected_slope)


def test_js_softmax_is_torchs_and_the_gradient_is_p_minus_y(map_js):
    shares = map_js("softmax_lab/maths", "softmax", [[logits.tolist()] for logits, _ in CASES])
    for (logits, target), p in zip(CASES, shares, strict=True):
        close(p, logits.softmax(0))
        gap = torch.tensor(p, dtype=torch.float64) - one_hot(torch.tensor(target), len(p))
        close(gap.tolist(), by_torch(logits, target, False)[1])


def test_the_floor_is_the_loss_of_the_best_that_softmax_twice_can_say(run_js):
    for count in (2, 5, 10):
        certain = one_hot(torch.tensor(0), count).double()
        close(run_js("softmax_lab/maths", "lossFloor", count, True), cross_entropy(certain, torch.tensor(0)))
    assert run_js("softmax_lab/maths", "lossFloor", 10, True) == pytest.approx(1.461, abs=5e-4)


def test_a_step_is_optim_sgds_within_the_axis(run_js):
    logits = torch.tensor([5.9, 0.5, -1.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([logits], lr=1.0)
    cross_entropy(logits, torch.tensor(0)).backward()
    optimizer.step()
    settings = {"twice": False, "lr": 1.0, "span": 6}
    close(run_js("softmax_lab/maths", "afterStep", [5.9, 0.5, -1.0], 0, settings), logits.detach())
    assert run_js("softmax_lab/maths", "afterStep", [5.9, 5.9, -1.0], 0, settings)[0] == 6


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"logits": (1.0,)}, ValueError, r"logits must be 2 to 6 numbers, got \(1.0,\)"),
        ({"logits": (1.0, 7.0)}, ValueError, r"logits\[1\] must be a number from -6 to 6"),
        ({"logits": (1.0, math.nan)}, ValueError, r"logits\[1\] must be"),
        ({"logits": (1.0, "high")}, TypeError, r"logits\[1\] must be a number, got 'high'"),
        ({"logits": (1.0, 2.0)}, ValueError, "classes must be 2 names"),
        ({"classes": ("coat",) * 5}, ValueError, "classes must differ"),
        ({"target": "hat"}, ValueError, "target must be one of coat, shirt, dress, bag, boot, got 'hat'"),
    ],
)
def test_bad_arguments_are_named(change, error, message):
    with pytest.raises(error, match=message):
        SoftmaxLab(**change)


def test_its_text():
    lab = SoftmaxLab(logits=(0, 1), classes=("no", "yes"), target="yes")
    assert repr(lab) == "SoftmaxLab(logits=[0.0, 1.0], target='yes', twice=False)"


@pytest.fixture
def lab(mount):
    """Open SoftmaxLab as a reader finds it in the built page."""
    return mount(SoftmaxLab())


def loss_of(page: Page) -> str:
    return page.locator(".sm-word-loss").text_content()


def row_of(page: Page, kind: str) -> list[str]:
    return page.locator(f".sm-row-{kind} td").all_text_contents()


def test_it_opens_confidently_wrong_with_torchs_numbers(lab):
    logits = torch.tensor(SoftmaxLab().logits)
    loss, slopes = by_torch(logits, 1, False)
    assert loss_of(lab) == f"{loss:.2f}"
    assert loss > 4
    assert row_of(lab, "gradient")[:2] == ["+0.959", "−0.989"]
    assert slopes[1].item() == pytest.approx(-0.989, abs=5e-4)


def test_a_knob_follows_mouse_keys_and_escape(lab):
    knob = lab.get_by_role("slider", name="logit of shirt")
    drag(lab.locator(".bf-hit").nth(1), 0, -40)
    settle(lab)
    assert float(knob.input_value()) == pytest.approx(3.2, abs=0.4)
    assert float(loss_of(lab)) < 4.54
    for key, value in (("Shift+ArrowDown", -1), ("ArrowDown", -0.1)):
        before = float(knob.input_value())
        lab.keyboard.press(key)
        settle(lab)
        assert float(knob.input_value()) == pytest.approx(before + value)
    lab.keyboard.press("Escape")
    settle(lab)
    assert float(knob.input_value()) == pytest.approx(0.5)
    assert knob.get_attribute("aria-valuetext") == "0.500 of −6 to 6"


def test_taps_set_a_logit_the_true_class_and_the_loss(lab):
    panels = lab.locator(".bf-panel-svg")
    panels.nth(1).tap(position={"x": 70, "y": 200})
    expect(lab.get_by_role("radio", name="coat")).to_be_checked()
    assert row_of(lab, "target") == ["1", "0", "0", "0", "0"]
    panels.nth(2).tap(position={"x": 60, "y": 30})
    settle(lab)
    assert float(lab.get_by_role("slider", name="logit of coat").input_value()) < -5
    panels.nth(0).tap(position={"x": 70, "y": 40})
    settle(lab)
    assert float(lab.get_by_role("slider", name="logit of coat").input_value()) > 5
    lab.get_by_role("button", name="Reset").click()
    settle(lab)
    assert loss_of(lab) == "4.54"
    expect(lab.get_by_role("radio", name="shirt")).to_be_checked()


def test_softmax_twice_keeps_the_loss_up_and_the_gradient_away(lab):
    step = lab.get_by_role("button", name="Step of descent")
    for _ in range(12):
        step.click()
    settle(lab)
    assert float(loss_of(lab)) < 0.1
    lab.get_by_role("button", name="Reset").click()
    lab.get_by_role("checkbox").check()
    for _ in range(12):
        step.click()
    settle(lab)
    assert float(loss_of(lab)) > 1.5
    assert abs(float(row_of(lab, "gradient")[1].replace("−", "-"))) < 0.05
    expect(lab.locator(".sm-losses")).to_contain_text("no logits get it below 0.905")
    expect(lab.locator("[aria-live]")).to_contain_text("softmax applied twice", timeout=3000)
