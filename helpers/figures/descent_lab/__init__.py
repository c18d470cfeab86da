"""DescentLab: gradient descent on a line, seen in data space and in parameter space at once."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import traitlets
from torch import Tensor

from helpers import descent
from helpers.figures import arguments
from helpers.figures.base import Figure

#: How far past the full-batch limit the learning rate's slider goes.
BEYOND_LIMIT = 1.1


class DescentLab(Figure):
    """Descent on ``y_hat = w * x + b`` with sliders for everything that shapes its path.

    Data space (samples, current line, errors, the batch of the last update) and parameter space (lines
    of equal loss, the path, a start to drag) stand side by side; below them the loss, against updates or
    samples seen. The browser computes the path anew at every change, as :func:`helpers.descent.path` does.

    Parameters
    ----------
    x, y : N numbers each
        The samples; without them, 64 made by :func:`helpers.descent.noisy_line`. Values of a size
        near 1 make the plane of w and b, which has equal units on both axes, easiest to read.
    start : (w, b)
        Where the path begins.
    lr : float
        Learning rate, at most 1.1 times :func:`helpers.descent.learning_rate_limit`.
    batch_size : int, optional
        1 ... N; all samples when omitted.
    momentum : float in [0, 0.95]
        Momentum of :class:`torch.optim.SGD`.
    shuffle : bool
        Whether each epoch reads the samples in a new order, drawn from ``seed``.
    num_epochs : int
        How often a run reads the data, whatever the batch size.
    seed : int
        Seed of the orders, which travel with the figure, so that torch can be given the same.
    compare : sequence of int, optional
        Batch sizes of the ghost runs; N, 8 and 1 when omitted, () for none.
    caption : str
        What to try.
    """

    x = traitlets.List(traitlets.Float()).tag(sync=True)
    y = traitlets.List(traitlets.Float()).tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    lr = traitlets.Float().tag(sync=True)
    batch_size = traitlets.Int().tag(sync=True)
    momentum = traitlets.Float().tag(sync=True)
    shuffle = traitlets.Bool().tag(sync=True)
    num_epochs = traitlets.Int().tag(sync=True)
    orders = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    compare = traitlets.List(traitlets.Int()).tag(sync=True)
    shown = ("lr", "batch_size")

    def __init__(
        self,
        *,
        x: Tensor | Sequence[float] | None = None,
        y: Tensor | Sequence[float] | None = None,
        start: Sequence[float] = (-1.25, 2.25),
        lr: float = 0.1,
        batch_size: int | None = 8,
        momentum: float = 0.0,
        shuffle: bool = True,
        num_epochs: int = 12,
        seed: int = 0,
        compare: Sequence[int] | None = None,
        caption: str = "",
    ) -> None:
        x, y = _samples(x, y)
        size = len(x)
        batch_size = size if batch_size is None else batch_size
        compare = sorted({size, min(8, size), 1}, reverse=True) if compare is None else list(compare)
        for name, sizes in (("batch_size", [batch_size]), ("compare", compare)):
            _check_sizes(name, sizes, size)
        start = arguments.point(start)
        _check_descent(x, lr, momentum, num_epochs)
        super().__init__(
            x=x,
            y=y,
            start=start,
            lr=float(lr),
            batch_size=batch_size,
            momentum=float(momentum),
            shuffle=bool(shuffle),
            num_epochs=num_epochs,
            orders=descent.shuffled_orders(size, num_epochs, seed),
            compare=compare,
            caption=caption,
        )


def _samples(x: Any, y: Any) -> tuple[list[float], list[float]]:
    x, y = arguments.samples(x, y, default=descent.noisy_line())
    if len(set(x)) < 2:
        raise ValueError("x must hold at least two different values, or no single line fits best")
    return x, y


def _check_sizes(name: str, sizes: Sequence[int], num_samples: int) -> None:
    if any(size != int(size) or not 1 <= size <= num_samples for size in sizes):
        raise ValueError(f"{name} must lie in 1 ... {num_samples}, the number of samples, got {sizes}")


def _check_descent(x: list[float], lr: float, momentum: float, num_epochs: int) -> None:
    for name, value in (("lr", lr), ("momentum", momentum), ("num_epochs", num_epochs)):
        if not isinstance(value, Real):
            raise TypeError(f"{name} must be a number, got {value!r}")
    if not 0 <= momentum <= 0.95:
        raise ValueError(f"momentum must lie in 0 ... 0.95, got {momentum}")
    if num_epochs != int(num_epochs) or not 1 <= num_epochs * len(x) <= 5000:
        raise ValueError(f"num_epochs must be at least 1 and read at most 5000 samples, got {num_epochs}")
    highest = BEYOND_LIMIT * descent.learning_rate_limit(x, momentum)
    if not 0 < lr <= highest:
        raise ValueError(f"lr must lie above 0 and up to {highest:.3g}, 1.1 times the limit, got {lr}")
