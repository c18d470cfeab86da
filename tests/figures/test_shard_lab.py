"""ShardLab: who reads what is torch's DistributedSampler, and every gradient is autograd's."""

import pytest
import torch
from hands import drag
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.data import DistributedSampler

from helpers import descent
from helpers.figures.shard_lab import ShardLab, dealing_order


@pytest.mark.parametrize("drop_last", [False, True])
def test_the_shards_are_the_distributed_samplers(map_js, drop_last):
    cases = [(size, count, epoch) for size in (5, 10, 12) for count in range(1, 6) for epoch in (0, 3)]
    calls = [[dealing_order(size, epoch), count, drop_last] for size, count, epoch in cases]
    for (size, count, epoch), shards in zip(cases, map_js("shard_lab/maths", "shardsOf", calls), strict=True):
        for rank, shard in enumerate(shards):
            sampler = DistributedSampler(range(size), num_replicas=count, rank=rank, drop_last=drop_last)
            sampler.set_epoch(epoch)
            assert shard == list(sampler)


@settings(max_examples=15)
@given(w=st.floats(-3, 3), b=st.floats(-3, 3), count=st.integers(1, 5), seed=st.integers(0, 99))
def test_gradients_are_autograds(run_js, w, b, count, seed):
    x, y = torch.randn(2, 10, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    shards = [list(range(10))[rank::count] for rank in range(count)]
    found = run_js("shard_lab/maths", "parallelGradients", x.tolist(), y.tolist(), [w, b], shards)
    each = torch.stack([descent.gradient(x[shard], y[shard], w, b) for shard in shards])
    torch.testing.assert_close(torch.tensor(found["each"], dtype=torch.float64), each, rtol=1e-9, atol=1e-9)
    mean, whole = each.mean(0), descent.gradient(x, y, w, b)
    torch.testing.assert_close(torch.tensor(found["mean"], dtype=torch.float64), mean, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(torch.tensor(found["whole"], dtype=torch.float64), whole, rtol=1e-9, atol=1e-9)
    assert found["apart"] == pytest.approx(float((mean - whole).norm()), abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"x": [1.0] * 5}, "give both x and y"),
        ({"x": [1.0, 2.0], "y": [1.0, 2.0]}, "x must hold 5 to 12 numbers, got 2"),
        ({"processes": 6}, r"processes must be a whole number from 1 to 5, got 6"),
        ({"epoch": 6}, r"epoch must be a whole number from 0 to 5 .*, got 6"),
        ({"start": (0, float("nan"))}, r"start\[1\] must be a finite number, got nan"),
        ({"lr": 0}, "lr must be a number above 0, got 0"),
    ],
)
def test_a_bad_argument_is_named(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        ShardLab(**arguments)


def test_the_text_that_nbval_compares():
    assert repr(ShardLab(processes=3)) == "ShardLab(processes=3, epoch=1)"


VERDICT = "document.querySelector('.sh-verdict').textContent"


def test_the_figure_says_when_the_mean_is_off_and_why(mount):
    page = mount(ShardLab())
    assert page.evaluate(VERDICT) == "The mean of the processes' gradients is the gradient of all 10 samples."
    processes = page.get_by_label("processes", exact=True)
    processes.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{VERDICT}.startsWith('2 samples read twice')")
    assert page.locator(".bf-cell.bf-faint").count() == 2
    page.get_by_label("drop_last").check()
    page.wait_for_function(f"{VERDICT}.startsWith('1 sample left out')")
    page.get_by_label("DistributedSampler").uncheck()
    page.wait_for_function(f"{VERDICT}.startsWith('Every process reads all 10 samples: 3 times')")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"{VERDICT}.startsWith('The mean')")


def test_a_step_follows_the_mean_and_a_drag_moves_the_point(mount):
    figure = ShardLab()
    page = mount(figure, width=390)
    title = "document.querySelector('.dl-model').textContent"
    assert page.evaluate(title) == "y = 0.200 x + 2.20"
    page.get_by_role("button", name="Step").click()
    w, b = torch.tensor([0.2, 2.2]) - figure.lr * descent.gradient(figure.x, figure.y, 0.2, 2.2)
    page.wait_for_function(f"{title} === 'y = {w:.2f} x + {b:.2f}' || {title} === 'y = {w:.3f} x + {b:.2f}'")
    drag(page.locator(".bf-handle .bf-hit"), 38, 38)
    before = page.evaluate(title)
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{title} !== {before!r}")
