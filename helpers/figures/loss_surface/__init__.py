"""LossSurface: the loss of a line as a landscape over w and b, and descent from wherever one lets go."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import traitlets
from torch import Tensor

from helpers import descent
from helpers.figures.base import Figure
from helpers.figures.line_fit import LineFit
from helpers.figures.parameters import Bound, Choice, Number, Numbers, Whole

#: How far past its limit the learning rate's slider goes.
BEYOND_LIMIT = 1.1

#: The worked example of chapter 7: five points on y = 2 x + 3.
FIVE_POINTS = ([1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 7.0, 9.0, 11.0, 13.0])

#: What one update subtracts: the gradient of the mean, of the sum, or of one sample's squared error.
UPDATES = ("mean", "sum", "sample")


class LossSurface(LineFit, Figure):
    """Lines of equal loss of ``y_hat = w * x + b``, a start to drag, and the whole descent from there.

    The negative gradient is drawn where the descent stands: it crosses the line of equal loss squarely
    and points past the minimum. Beside it stand the samples with the current line, and each step in
    numbers. The plane has one scale for w and b, or right angles would not look right; a switch shows
    what happens otherwise. The browser computes everything anew at every change.
    """

    start = Numbers((1.0, 0.0), names="w, b", help="Where the descent begins.")
    update = Choice(
        "mean",
        UPDATES,
        help="Whose gradient one update subtracts: of the mean of the squared errors, of their sum, or of "
        "one sample's squared error, the samples in turn.",
    )
    lr = Number(
        0.01,
        above=0,
        high=Bound(f"{BEYOND_LIMIT} times the limit", lambda lab: BEYOND_LIMIT * limit_of(lab.x, lab.update)),
        help="Learning rate; the limit is :func:`limit_of` the samples and the update.",
    )
    num_steps = Whole(60, low=1, high=500, help="How many updates a run makes at most.")
    limits = traitlets.Dict().tag(sync=True)
    shown = ("start", "lr", "update")
    num_samples = (2, 50)

    def default_samples(self) -> tuple[list[float], list[float]]:
        """Return the five points of chapter 7."""
        return FIVE_POINTS

    def derive(self) -> None:
        """Find the limit for each update."""
        self.limits = {name: limit_of(self.x, name) for name in UPDATES}


def limit_of(x: Tensor | Sequence[float], update: str) -> float:
    """Learning rate past which the descent runs away from the minimum.

    For the mean it is :func:`helpers.descent.learning_rate_limit`, for the sum that over N. For single
    samples in turn it is the smallest rate at which one pass over the samples stretches some distance:
    there the largest eigenvalue, by its size, of the product of ``I - lr * hessian`` of the samples is 1.
    """
    x = torch.as_tensor(x, dtype=torch.float64)
    limit = descent.learning_rate_limit(x)
    if update == "mean":
        return limit
    return limit / len(x) if update == "sum" else _limit_in_turn(x)


def _limit_in_turn(x: Tensor) -> float:
    # From the rate at which no single update can stretch anything, upwards to the first that does.
    safe = min(descent.learning_rate_limit(sample[None]) for sample in x)
    low = high = safe
    while _stretch_of_a_pass(x, high) <= 1:
        low, high = high, 1.02 * high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _stretch_of_a_pass(x, middle) <= 1 else (low, middle)
    return low


def _stretch_of_a_pass(x: Tensor, lr: float) -> float:
    one_pass = torch.eye(2, dtype=torch.float64)
    for sample in x:
        one_pass = (torch.eye(2, dtype=torch.float64) - lr * descent.hessian(sample[None])) @ one_pass
    return float(torch.linalg.eigvals(one_pass).abs().max())
