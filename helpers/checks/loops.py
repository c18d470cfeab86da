"""What the checks of training loops share: a model that notes how it is called, and the right end by hand."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from helpers.checks.report import reject, same, wrong
from helpers.checks.usual import reject_usual

#: No round number, so that an optimizer of the reader's own shows.
LR = 0.07

#: The second is neither a squared error nor symmetric: it shows a loss that the reader's code brings along,
#: and a target that is handed over first.
SQUARED, BINARY = nn.MSELoss(), nn.BCEWithLogitsLoss()

Loss = Callable[[Tensor, Tensor], Tensor]


class Watched(nn.Module):
    """One affine map behind a dropout, which notes how it was called."""

    def __init__(self, dropout: float = 0.9) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(2, 1).double()
        with torch.no_grad():
            self.linear.weight.copy_(torch.tensor([[0.5, -1.0]]))
            self.linear.bias.fill_(0.25)
        self.modes: list[bool] = []
        self.sizes: list[int] = []
        self.recorded = False

    def forward(self, X: Tensor) -> Tensor:
        """Return the map's output; note the mode, the number of samples and whether a graph is recorded."""
        self.modes.append(self.training)
        self.sizes.append(len(X))
        y_hat = self.linear(self.dropout(X))
        self.recorded |= y_hat.requires_grad
        return y_hat


def samples(count: int, loss_fn: Loss) -> tuple[Tensor, Tensor]:
    """Draw inputs (count, 2) and targets (count, 1) that suit the loss, the same for the same count."""
    generator = torch.Generator().manual_seed(count)
    X = torch.randn(count, 2, generator=generator, dtype=torch.float64)
    # The last samples are far off, so that a short last batch shows.
    y = X.sum(dim=1, keepdim=True) + torch.linspace(0, 3, count, dtype=torch.float64)[:, None] ** 2
    return X, y if loss_fn is SQUARED else (y > 1).double()


def loader_of(X: Tensor, y: Tensor, batch_size: int) -> DataLoader:
    """Return what a reader knows as a loader, with all that it can be asked for."""
    return DataLoader(TensorDataset(X, y), batch_size)


def mistaken(loss_fn: Loss) -> tuple[tuple[Loss, str], ...]:
    """Return what a reader may compute in place of a loss function, each with its diagnosis."""
    if loss_fn is SQUARED:
        return ()
    return (
        (lambda y_hat, y: loss_fn(y, y_hat), "the target is handed over first; a loss takes the prediction."),
        (SQUARED, "a squared error, whatever loss is given: is loss_fn used?"),
    )


def diagnose_loss(
    result: float, y_hat: Tensor, y: Tensor, batch_size: int, loss_fn: nn.Module, given: str
) -> None:
    """Stop with what is wrong about a mean loss, given all predictions and targets, each (N, 1)."""
    diagnose_mean(
        result,
        each_loss(loss_fn, y_hat, y).split(batch_size),
        given,
        ((other(y_hat, y), diagnosis) for other, diagnosis in mistaken(loss_fn)),
    )


def each_loss(loss_fn: nn.Module, y_hat: Tensor, y: Tensor) -> Tensor:
    """Return the loss of each sample, without a graph."""
    return type(loss_fn)(reduction="none")(y_hat, y)[:, 0].detach()


def diagnose_mean(
    result: float, batches: Sequence[Tensor], given: str, usual: Iterable[tuple[object, str]] = ()
) -> None:
    """Stop with what is wrong about a mean, given the losses of each batch's samples and other mistakes."""
    losses = torch.cat(list(batches))
    if same(result, losses.mean()):
        return
    means = torch.stack([batch.mean() for batch in batches])
    slips = (
        (means.mean(), "a mean of the batches' means; the short last batch counts too much."),
        (losses.sum(), "a sum over the samples; a mean is asked."),
        (means.sum(), "a sum of the batches' means, undivided."),
        (means[-1], "only the last batch is in it."),
        (means[0], "only the first batch is in it. Does the return stand inside the loop?"),
        (losses.sum() / len(batches), "weighted by the samples, but divided by the number of batches."),
        (means.sum() * len(batches[0]) / len(losses), "each mean is weighed as if its batch were full."),
        (
            means.sum() / len(losses),
            "the batches' means, divided by the number of samples: weigh each by its own.",
        ),
        (
            losses.sum() / (len(batches) * len(batches[0])),
            "divided as if the last batch were full.",
        ),
    )
    reject_usual(result, (*slips, *usual), given)
    wrong(f"with {given}: not the mean loss over all samples.")


def flat(model: nn.Module) -> Tensor:
    """Return all parameters as one vector."""
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def walk(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    batch_size: int,
    loss_fn: Loss,
    *,
    empty: bool = True,
    each: bool = True,
) -> Tensor:
    """Parameters after an epoch by hand: with or without emptying, an update for each batch or one in all."""
    model = copy.deepcopy(model)
    pile = [torch.zeros_like(parameter) for parameter in model.parameters()]
    for rows in torch.arange(len(X)).split(batch_size):
        new = torch.autograd.grad(loss_fn(model(X[rows]), y[rows]), list(model.parameters()))
        pile = [g if empty else p + g for p, g in zip(pile, new, strict=True)]
        if each or rows[-1] == len(X) - 1:
            _step(model, pile)
    return flat(model)


def diagnose_end(
    end: Tensor, start: nn.Module, X: Tensor, y: Tensor, batch_size: int, loss_fn: Loss, given: str
) -> None:
    """Stop with what is wrong about the parameters at the end of an epoch that began with ``start``."""

    def ends_like(rows: int | None = None, by: Loss = loss_fn, **slips: bool) -> bool:
        return same(end, walk(start, X[:rows], y[:rows], batch_size, by, **slips))

    if ends_like():
        return
    reject(
        same(end, flat(start)),
        f"with {given}: the parameters are where they were. Is there a backward and a step, and are the "
        "gradients still there when step reads them?",
    )
    usual = (
        (ends_like(empty=False), "gradients pile up over the batches: each needs an empty .grad."),
        (
            ends_like(each=False),
            "a single update, made with the last batch's gradient: step belongs inside the loop.",
        ),
        (
            ends_like(empty=False, each=False),
            "a single update with all gradients added up: zero_grad and step belong inside the loop.",
        ),
        (
            ends_like(batch_size),
            "only the first batch is trained on. Does the return stand inside the loop?",
        ),
        (ends_like(len(X) // batch_size * batch_size), "the short last batch is left out."),
        *((ends_like(by=other), diagnosis) for other, diagnosis in mistaken(loss_fn)),
    )
    for found, diagnosis in usual:
        reject(found, f"with {given}: {diagnosis}")
    wrong(f"with {given}: the parameters end elsewhere than the five steps lead.")


def losses_seen(start: nn.Module, X: Tensor, y: Tensor, batch_size: int, loss_fn: nn.Module) -> list[Tensor]:
    """Losses of each batch's samples just before it was trained on."""
    model, seen = copy.deepcopy(start), []
    for rows in torch.arange(len(X)).split(batch_size):
        y_hat = model(X[rows])
        seen.append(each_loss(loss_fn, y_hat, y[rows]))
        _step(model, torch.autograd.grad(loss_fn(y_hat, y[rows]), list(model.parameters())))
    return seen


@torch.no_grad()
def _step(model: nn.Module, gradients: Iterable[Tensor]) -> None:
    for parameter, gradient in zip(model.parameters(), gradients, strict=True):
        parameter -= LR * gradient
