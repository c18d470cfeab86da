"""What the checks of training loops share: a model that notes how it is called, and the right end by hand."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from helpers.checks.report import reject, same, wrong


class Watched(nn.Module):
    """One affine map behind a dropout, which notes how it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.9)
        self.linear = nn.Linear(2, 1).double()
        with torch.no_grad():
            self.linear.weight.copy_(torch.tensor([[0.5, -1.0]]))
            self.linear.bias.fill_(0.25)
        self.modes: list[bool] = []
        self.recorded = False

    def forward(self, X: Tensor) -> Tensor:
        """Return the map's output, and note the mode and whether a graph is recorded."""
        self.modes.append(self.training)
        y_hat = self.linear(self.dropout(X))
        self.recorded |= y_hat.requires_grad
        return y_hat


def samples(count: int) -> tuple[Tensor, Tensor]:
    """Draw inputs of shape (count, 2) and targets of shape (count, 1), the same for the same count."""
    generator = torch.Generator().manual_seed(count)
    X = torch.randn(count, 2, generator=generator, dtype=torch.float64)
    # The last samples are far off, so that a short last batch shows.
    return X, X.sum(dim=1, keepdim=True) + torch.linspace(0, 3, count, dtype=torch.float64)[:, None] ** 2


def diagnose_mean(result: float, batches: Sequence[Tensor], given: str) -> None:
    """Stop with what is wrong about a loss, given the squared errors of each batch's samples."""
    errors = torch.cat(list(batches))
    if same(result, errors.mean()):
        return
    means = torch.stack([batch.mean() for batch in batches])
    reject(
        same(result, means.mean()),
        f"with {given}: a mean of the batches' means; the short last batch counts too much.",
    )
    reject(same(result, errors.sum()), f"with {given}: a sum over the samples; a mean is asked.")
    reject(same(result, means.sum()), f"with {given}: a sum of the batches' means, undivided.")
    reject(same(result, means[-1]), f"with {given}: only the last batch is in it.")
    reject(
        same(result, errors.sum() / len(batches)),
        f"with {given}: weighted by the samples, but divided by the number of batches.",
    )
    reject(
        same(result, errors.sum() / (len(batches) * len(batches[0]))),
        f"with {given}: divided as if the last batch were full.",
    )
    wrong(f"with {given}: not the mean loss over all samples.")


def flat(model: nn.Module) -> Tensor:
    """Return all parameters as one vector."""
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def walk(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    batch_size: int,
    *,
    empty: bool = True,
    left: float = 0.0,
    each: bool = True,
) -> Tensor:
    """Parameters after an epoch by hand: with or without emptying, an update for each batch or one in all."""
    model = copy.deepcopy(model)
    pile = [torch.zeros_like(parameter) for parameter in model.parameters()]
    if left:
        old = torch.autograd.grad((left * model(X[:1])).sum(), list(model.parameters()))
        pile = [a + b for a, b in zip(pile, old, strict=True)]
    for rows in torch.arange(len(X)).split(batch_size):
        loss = nn.functional.mse_loss(model(X[rows]), y[rows])
        new = torch.autograd.grad(loss, list(model.parameters()))
        pile = [g if empty else p + g for p, g in zip(pile, new, strict=True)]
        if each or rows[-1] == len(X) - 1:
            with torch.no_grad():
                for parameter, gradient in zip(model.parameters(), pile, strict=True):
                    parameter -= 0.1 * gradient
    return flat(model)


def losses_seen(start: nn.Module, X: Tensor, y: Tensor, batch_size: int) -> list[Tensor]:
    """Squared errors of each batch just before it was trained on."""
    model, seen = copy.deepcopy(start), []
    for rows in torch.arange(len(X)).split(batch_size):
        errors = (model(X[rows]) - y[rows]).square()[:, 0]
        gradients = torch.autograd.grad(errors.mean(), list(model.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(model.parameters(), gradients, strict=True):
                parameter -= 0.1 * gradient
        seen.append(errors.detach())
    return seen
