"""Linear regression with two parameters, and the paths that gradient descent takes through them.

Everywhere here the model is ``y_hat = w * x + b``, the loss is the mean squared error, and the
parameters come in the order ``(w, b)``. All numbers are float64. Nothing is drawn: the functions
return small frozen records (traces) which :mod:`helpers.plots` and the interactive figures draw.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from helpers.orders import batches_of, reading_orders, shuffled_orders
from helpers.regression import (
    Numbers,
    as_float64,
    as_samples,
    check_momentum,
    gradient,
    hessian,
    learning_rate_limit,
    least_squares,
    mean_squared_error,
    noisy_line,
    sample_gradients,
)

__all__ = [
    "DIVERGENCE_FACTOR",
    "Path",
    "Surface",
    "gradient",
    "hessian",
    "learning_rate_limit",
    "least_squares",
    "mean_squared_error",
    "noisy_line",
    "path",
    "sample_gradients",
    "shuffled_orders",
    "surface",
]

#: A path has diverged once its loss exceeds this many times the larger of its first loss and the
#: loss of predicting zero. Smaller factors would call the wide swings of momentum a divergence.
DIVERGENCE_FACTOR = 1e4


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss over a grid of parameters.

    Attributes
    ----------
    w : Tensor, shape (W,)
        Slopes, increasing.
    b : Tensor, shape (B,)
        Intercepts, increasing.
    loss : Tensor, shape (B, W)
        ``loss[i, j]`` is the mean squared error at ``(w[j], b[i])``: the layout that matplotlib's
        ``contour(w, b, loss)`` expects.
    """

    w: Tensor
    b: Tensor
    loss: Tensor

    @property
    def argmin(self) -> tuple[float, float]:
        """The grid point ``(w, b)`` with the smallest loss."""
        row, column = divmod(int(self.loss.argmin()), len(self.w))
        return float(self.w[column]), float(self.b[row])


@dataclass(frozen=True, eq=False)
class Path:
    """What a run of gradient descent did, update by update.

    Attributes
    ----------
    points : Tensor, shape (T + 1, 2)
        ``(w, b)`` before the first update and after each of the T updates.
    losses : Tensor, shape (T + 1,)
        Mean squared error on the whole data at each point.
    gradients : Tensor, shape (T, 2)
        Gradient of the loss of the batch that made each update, taken before it.
    batches : tuple of tuples of int, length T
        Indices of the samples of each update's batch.
    samples_seen : Tensor of int64, shape (T + 1,)
        How many samples had been read at each point, repeats counted.
    updates_per_epoch : int
        ``points[::updates_per_epoch]`` are the start and the ends of the epochs.
    diverged_at : int or None
        The update (counted from 1) after which the loss exceeded the limit of
        :data:`DIVERGENCE_FACTOR` or was no longer finite; the path ends there.
    """

    points: Tensor
    losses: Tensor
    gradients: Tensor
    batches: tuple[tuple[int, ...], ...]
    samples_seen: Tensor
    updates_per_epoch: int
    diverged_at: int | None

    @property
    def num_updates(self) -> int:
        """How many updates were made."""
        return len(self.batches)


def surface(
    X: Numbers,
    y: Numbers,
    *,
    w_range: tuple[float, float],
    b_range: tuple[float, float],
    num: int = 101,
) -> Surface:
    """Loss on a grid of ``num`` slopes by ``num`` intercepts, ends of the ranges included."""
    if num < 2:
        raise ValueError(f"num must be at least 2, got {num}")
    w = _grid("w_range", w_range, num)
    b = _grid("b_range", b_range, num)
    return Surface(w, b, mean_squared_error(X, y, w[None, :], b[:, None]))


def path(
    X: Numbers,
    y: Numbers,
    *,
    start: Sequence[float] = (0.0, 0.0),
    lr: float,
    batch_size: int | None = None,
    num_epochs: int = 1,
    momentum: float = 0.0,
    shuffle: bool = False,
    seed: int = 0,
    orders: Sequence[Sequence[int]] | None = None,
) -> Path:
    """Run gradient descent and record every update.

    The update is that of :class:`torch.optim.SGD`: ``v = momentum * v + gradient``, then
    ``parameters -= lr * v``. The last batch of an epoch is short when ``batch_size`` does not
    divide the number of samples, as with ``DataLoader(drop_last=False)``.

    Parameters
    ----------
    X, y : N numbers each
        The samples.
    start : (w, b)
        Where the path begins.
    lr : float
        Learning rate, positive.
    batch_size : int, optional
        Samples per update; all of them when omitted or larger than N.
    num_epochs : int
        How often the data is read.
    momentum : float in [0, 1)
        How much of the previous step is kept.
    shuffle : bool
        Whether each epoch reads the samples in a new random order, drawn from ``seed``.
    orders : sequence of permutations of 0 ... N-1, optional
        The order of each epoch, given instead of ``shuffle``; used in turn, from the first again
        when there are fewer orders than epochs.

    Returns
    -------
    Path
        It ends early when the descent diverges.
    """
    X, y = as_samples(X, y)
    _check_path_arguments(start, lr, batch_size, num_epochs, momentum)
    orders = reading_orders(len(X), num_epochs, shuffle=shuffle, seed=seed, orders=orders)
    size = min(batch_size or len(X), len(X))
    planned = batches_of(orders, size)
    return _descend(X, y, start, lr, momentum, planned, math.ceil(len(X) / size))


def _descend(
    X: Tensor,
    y: Tensor,
    start: Sequence[float],
    lr: float,
    momentum: float,
    planned: Iterable[list[int]],
    per_epoch: int,
) -> Path:
    points, losses = [as_float64(start)], [mean_squared_error(X, y, *start)]
    gradients, batches = [], []
    velocity = torch.zeros(2, dtype=torch.float64)
    limit = DIVERGENCE_FACTOR * torch.maximum(losses[0], mean_squared_error(X, y, 0.0, 0.0))
    for batch in planned:
        batches.append(tuple(batch))
        gradients.append(gradient(X[batch], y[batch], *points[-1].tolist()))
        velocity = momentum * velocity + gradients[-1]
        points.append(points[-1] - lr * velocity)
        losses.append(mean_squared_error(X, y, *points[-1]))
        if not losses[-1] <= limit:
            break
    diverged_at = None if losses[-1] <= limit else len(batches)
    seen = torch.tensor([0, *map(len, batches)]).cumsum(0)
    steps = torch.stack(gradients)
    return Path(torch.stack(points), torch.stack(losses), steps, tuple(batches), seen, per_epoch, diverged_at)


def _grid(name: str, limits: tuple[float, float], num: int) -> Tensor:
    low, high = limits
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"{name} must be (low, high) with low < high, got {limits}")
    return torch.linspace(low, high, num, dtype=torch.float64)


def _check_path_arguments(
    start: Sequence[float], lr: float, batch_size: int | None, num_epochs: int, momentum: float
) -> None:
    if len(start) != 2 or not all(math.isfinite(value) for value in start):
        raise ValueError(f"start must be two finite numbers (w, b), got {start}")
    if not (math.isfinite(lr) and lr > 0):
        raise ValueError(f"lr must be a positive number, got {lr}")
    if batch_size is not None and (batch_size < 1 or batch_size != int(batch_size)):
        raise ValueError(f"batch_size must be a whole number, at least 1, got {batch_size}")
    if num_epochs < 1 or num_epochs != int(num_epochs):
        raise ValueError(f"num_epochs must be a whole number, at least 1, got {num_epochs}")
    check_momentum(momentum)
