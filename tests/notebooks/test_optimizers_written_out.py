"""The optimizers that chapter 10 writes out, held to torch.optim on a loss of more than two weights."""

import pytest
import torch

from bookbuild.model import notebooks

torch.manual_seed(0)
MATRIX = torch.randn(6, 6, dtype=torch.float64)
START = torch.randn(6, dtype=torch.float64)

CASES = {
    "sgd": ({"lr": 0.01}, lambda p: torch.optim.SGD(p, lr=0.01)),
    "momentum": ({"lr": 0.01, "beta": 0.8}, lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.8)),
    "rmsprop": ({"lr": 0.03, "alpha": 0.9}, lambda p: torch.optim.RMSprop(p, lr=0.03, alpha=0.9)),
    "adam": (
        {"lr": 0.05, "beta1": 0.8, "beta2": 0.9},
        lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.9)),
    ),
    "adamw": ({"lr": 0.05, "decay": 0.2}, lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.2)),
}


@pytest.fixture(scope="module")
def chapter():
    """Return what the chapter's cells define; they compare on the chapter's own ravine as they run."""
    cells = {cell.id: cell.source for cell in notebooks.read(notebooks.find("10")).cells}
    names: dict = {}
    for name in ("numbers", "ravine", "walks", "compare", *CASES):
        exec(cells[name], names)
    return names


def loss(w):
    return (MATRIX @ w).square().sum() + w.cos().sum()


@pytest.mark.parametrize("name", CASES)
def test_each_update_is_torchs_over_100_steps(chapter, name):
    settings, make_optimizer = CASES[name]
    ours, memory = START.clone(), {}
    theirs = START.clone().requires_grad_()
    optimizer = make_optimizer([theirs])
    for _ in range(100):
        leaf = ours.clone().requires_grad_()
        (grad,) = torch.autograd.grad(loss(leaf), leaf)
        ours = chapter[name](ours, grad, memory, **settings)
        optimizer.zero_grad()
        loss(theirs).backward()
        optimizer.step()
        assert torch.allclose(ours, theirs, rtol=0, atol=1e-6)
    assert (ours - START).norm() > 0.1


def test_the_chapters_comparison_would_notice_a_difference(chapter):
    with pytest.raises(AssertionError):
        chapter["compare"](chapter["sgd"], lambda params: torch.optim.SGD(params, lr=0.0201))
