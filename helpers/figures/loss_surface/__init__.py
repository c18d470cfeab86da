"""LossSurface: the loss of a line as a landscape over w and b, and descent from wherever one lets go."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import torch
import traitlets
from torch import Tensor

from helpers import descent
from helpers.figures import arguments
from helpers.figures.base import Figure

#: How far past its limit the learning rate's slider goes.
BEYOND_LIMIT = 1.1

#: The worked example of chapter 7: five points on y = 2 x + 3.
FIVE_POINTS = ([1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 7.0, 9.0, 11.0, 13.0])

#: What one update subtracts: the gradient of the mean, of the sum, or of one sample's squared error.
UPDATES = ("mean", "sum", "sample")


class LossSurface(Figure):
    """Lines of equal loss of ``y_hat = w * x + b``, a start to drag, and the whole descent from there.

    The negative gradient is drawn where the descent stands: it crosses the line of equal loss squarely
    and points past the minimum. Beside it stand the samples with the current line, and each step in
    numbers. The plane has one scale for w and b, or right angles would not look right; a switch shows
    what happens otherwise. The browser computes everything anew at every change.

    Parameters
    ----------
    x, y : N numbers each, 2 <= N <= 50
        The samples; without them the five points of chapter 7, ``x = 1 ... 5`` and ``y = 2 x + 3``.
    start : (w, b)
        Where the descent begins.
    lr : float
        Learning rate, at most 1.1 times :func:`limit_of` the samples and the update.
    update : "mean", "sum" or "sample"
        Whose gradient one update subtracts: of the mean of the squared errors, of their sum, or of one
        sample's squared error, the samples in turn.
    num_steps : int
        How many updates a run makes at most, 1 ... 500.
    caption : str
        What to try.
    """

    x = traitlets.List(traitlets.Float()).tag(sync=True)
    y = traitlets.List(traitlets.Float()).tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    lr = traitlets.Float().tag(sync=True)
    update = traitlets.Unicode().tag(sync=True)
    num_steps = traitlets.Int().tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)
    shown = ("start", "lr", "update")

    def __init__(
        self,
        *,
        x: Tensor | Sequence[float] | None = None,
        y: Tensor | Sequence[float] | None = None,
        start: Sequence[float] = (1.0, 0.0),
        lr: float = 0.01,
        update: str = "mean",
        num_steps: int = 60,
        caption: str = "",
    ) -> None:
        x, y = _samples(x, y)
        if update not in UPDATES:
            raise ValueError(f"update must be one of {', '.join(map(repr, UPDATES))}, got {update!r}")
        limits = {name: limit_of(x, name) for name in UPDATES}
        start = arguments.point(start)
        _check_run(lr, num_steps, BEYOND_LIMIT * limits[update])
        super().__init__(
            x=x,
            y=y,
            start=start,
            lr=float(lr),
            update=update,
            num_steps=int(num_steps),
            limits=limits,
            caption=caption,
        )


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


def _samples(x: Any, y: Any) -> tuple[list[float], list[float]]:
    x, y = arguments.samples(x, y, default=FIVE_POINTS)
    if len(set(x)) < 2 or len(x) > 50:
        raise ValueError(f"x must hold 2 ... 50 numbers, not all equal, got {len(x)}")
    return x, y


def _check_run(lr: Any, num_steps: Any, highest: float) -> None:
    for name, value in (("lr", lr), ("num_steps", num_steps)):
        if not isinstance(value, Real) or isinstance(value, bool):
            raise TypeError(f"{name} must be a number, got {value!r}")
    if not 0 < lr <= highest:
        raise ValueError(f"lr must lie above 0 and up to {highest:.3g}, 1.1 times the limit, got {lr}")
    if num_steps != int(num_steps) or not 1 <= num_steps <= 500:
        raise ValueError(f"num_steps must be a whole number from 1 to 500, got {num_steps}")
