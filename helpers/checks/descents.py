"""What the checks of descents share: the walk that is asked for, and the walks that usual mistakes take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from helpers import descent
from helpers.checks.report import reject, same
from helpers.checks.usual import reject_usual


@dataclass(frozen=True)
class Moment:
    """What a step can be made of.

    Attributes
    ----------
    X, y : Tensor, shape (samples of the batch,)
        The batch.
    point : Tensor, shape (2,)
        ``(w, b)`` before the step.
    gradient, pile : Tensor, shape (2,)
        The gradient of the batch there, and the sum of all gradients so far.
    """

    X: Tensor
    y: Tensor
    point: Tensor
    gradient: Tensor
    pile: Tensor


Step = Callable[[Moment], Tensor]


@dataclass(frozen=True)
class Walk:
    """A descent that a reader's function is asked for: one update for each batch.

    Attributes
    ----------
    X, y : Tensor, shape (N,)
        The samples.
    start : (w, b)
        Where it begins.
    lr : float
        The learning rate.
    batches : sequence of sequences of int
        The samples of each update.
    """

    X: Tensor
    y: Tensor
    start: tuple[float, float]
    lr: float
    batches: Sequence[Sequence[int]]

    def end(self, step: Step = lambda at: at.gradient) -> Tensor:
        """Return ``(w, b)`` after the last update, each of which subtracts lr times the step."""
        point = torch.tensor(self.start, dtype=torch.float64)
        pile = torch.zeros(2, dtype=torch.float64)
        for batch in map(list, self.batches):
            slope = descent.gradient(self.X[batch], self.y[batch], *point.tolist())
            pile = pile + slope
            point = point - self.lr * step(Moment(self.X[batch], self.y[batch], point, slope, pile))
        return point

    def all_at_start(self) -> Tensor:
        """Return the end of updates whose gradients are all taken at the start."""
        steps = [
            descent.gradient(self.X[list(batch)], self.y[list(batch)], *self.start) for batch in self.batches
        ]
        return torch.tensor(self.start, dtype=torch.float64) - self.lr * torch.stack(steps).sum(0)

    def in_turn(self) -> Tensor:
        """Return the end of updates that find the slope of b with the new w."""

        def step(at: Moment) -> Tensor:
            w, b = (at.point - self.lr * at.gradient)[0].item(), at.point[1].item()
            return torch.stack([at.gradient[0], descent.gradient(at.X, at.y, w, b)[1]])

        return self.end(step)


def samples(count: int) -> tuple[Tensor, Tensor]:
    """Return X and y of ``count`` samples around a line, in the default dtype, always the same."""
    generator = torch.Generator().manual_seed(count)
    X, noise = (torch.randn(count, generator=generator, dtype=torch.float64) for _ in range(2))
    # The middle of X is not zero, so that w and b pull on each other.
    X = 1.5 + X
    dtype = torch.get_default_dtype()
    return X.to(dtype), (2 * X - 0.5 + noise).to(dtype)


def _product_of_means(at: Moment) -> Tensor:
    return at.gradient[1] * torch.stack([at.X.double().mean(), torch.ones((), dtype=torch.float64)])


#: Steps that go wrong, and what is wrong about them.
STEPS: tuple[tuple[Step, str], ...] = (
    (lambda at: at.gradient[[1, 1]], "w moves as far as b: the factor x is missing in its derivative."),
    (lambda at: at.gradient / 2, "each step is half as long: the square's factor 2 is missing."),
    (
        lambda at: len(at.X) * at.gradient,
        "each step is too long by the number of samples: a sum, not the mean.",
    ),
    (lambda at: -at.gradient, "the walk goes up: plus where the update has a minus."),
    (lambda at: at.pile, "old gradients are added to the new ones: empty .grad each time."),
    (lambda at: at.gradient * torch.tensor([1.0, 0.0]), "only w moves; b has a derivative too."),
    (lambda at: at.gradient * torch.tensor([0.0, 1.0]), "only b moves; w has a derivative too."),
    (lambda at: at.gradient.flip(0), "w moves by the derivative of b, and b by that of w."),
    (_product_of_means, "the mean of 2 e x is not the mean of 2 e times the mean of x."),
    (
        lambda at: len(at.X) / 5 * at.gradient,
        "the sum is divided by 5, whatever the number of samples.",
    ),
)

#: Learning rates and starts of the chapters' own runs, which a function that ignores its arguments has.
USUAL_RATES = (0.01, 0.02, 0.05, 0.1, 0.5, 1.0)
USUAL_STARTS = ((0.0, 0.0), (1.0, 0.0), (-15.0, -10.0))


def diagnose_walk(end: Tensor, walk: Walk, others: Sequence[tuple[Walk, str]], given: str) -> bool:
    """Tell whether the end is that of the walk; stop with the diagnosis if it is a usual mistake's.

    Parameters
    ----------
    end : Tensor, shape (2,)
        Where the reader's walk ends.
    walk : Walk
        The walk asked for.
    others : sequence of (Walk, str)
        Walks over other samples or batches that are a mistake here, and the diagnosis of each.
    given : str
        The call in words, as for ``call``.
    """
    if same(end, walk.end(), rtol=1e-4):
        return True
    start = torch.tensor(walk.start, dtype=torch.float64)
    reject(same(end, start), f"with {given}: w and b are where they started: is the update made on them?")
    reject(same(end, walk.end().flip(0), rtol=1e-4), f"with {given}: the two are swapped: w comes first.")
    usual = [
        *((walk.end(step), diagnosis) for step, diagnosis in STEPS),
        *((other.end(), diagnosis) for other, diagnosis in others),
        (walk.in_turn(), "b is updated with the new w already; take both derivatives first."),
        (walk.all_at_start(), "every gradient is taken at the start, not where w and b are by then."),
        *((replace(walk, lr=rate).end(), "the lr that is given is not used.") for rate in USUAL_RATES),
        *(
            (replace(walk, start=place).end(), "the w and b that are given are not used.")
            for place in USUAL_STARTS
        ),
    ]
    reject_usual(end, usual, given, rtol=1e-4)
    return False
