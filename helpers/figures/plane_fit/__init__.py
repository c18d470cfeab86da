"""PlaneFit: the plane of ``nn.Linear(2, 1)`` turning into its data, with the residuals that turn it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

import torch
import traitlets
from torch import Tensor

from helpers.figures.base import Figure
from helpers.orders import shuffled_orders

#: Learning rates of the slider; the limit of full-batch descent joins them.
LEARNING_RATES = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.1, 1.5, 2.0)


def noisy_plane(num_samples: int = 64, *, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Make samples around the plane ``y = 1.5 * x1 - 2 * x2 + 1``.

    The inputs are spread evenly at random over the square from -1 to 1; normal noise of standard
    deviation 0.3 is added to y.

    Returns
    -------
    X : Tensor of float32, shape (num_samples, 2)
    y : Tensor of float32, shape (num_samples, 1)
    """
    generator = torch.Generator().manual_seed(seed)
    X = 2 * torch.rand(num_samples, 2, generator=generator) - 1
    noise = 0.3 * torch.randn(num_samples, 1, generator=generator)
    return X, X @ torch.tensor([[1.5], [-2.0]]) + 1 + noise


def plane_limit(X: Tensor | Sequence[Sequence[float]]) -> float:
    """Return the largest learning rate at which full-batch descent on a plane does not diverge.

    It is ``2 / lambda_max``, where ``lambda_max`` is the largest eigenvalue of the loss's Hessian
    ``2 / N * A^T A``, and A holds the inputs and a column of ones.
    """
    X = torch.as_tensor(X, dtype=torch.float64)
    design = torch.cat([X, torch.ones(len(X), 1, dtype=torch.float64)], dim=1)
    return 2.0 / float(torch.linalg.eigvalsh(2 / len(X) * design.T @ design)[-1])


class PlaneFit(Figure):
    """Descent on ``y_hat = w1 * x1 + w2 * x2 + b``, seen as a plane among its samples.

    The view turns under the hand, and three corners of the plane can be lifted, which sets the
    parameters that training starts from. Beside it stand the residuals along each input and the loss.
    The browser computes the run anew at every change, by the rule of :class:`torch.optim.SGD`.

    Parameters
    ----------
    X : N pairs of numbers in [-1, 1], optional
        Inputs; without X and y, the 64 samples of :func:`noisy_plane`.
    y : N numbers, optional
        Targets, shape (N,) or (N, 1).
    start : (w1, w2, b)
        Parameters before the first update.
    lr : float in (0, 2]
        Learning rate.
    batch_size : int
        1 ... N.
    num_epochs : int
        How often the run reads the data, in a new order each time.
    at : int
        The update at which the figure opens.
    seed : int
        Seed of the orders, which travel with the figure, so that torch can be given the same.
    caption : str
        What to try.
    """

    X = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    y = traitlets.List(traitlets.Float()).tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    lr = traitlets.Float().tag(sync=True)
    batch_size = traitlets.Int().tag(sync=True)
    at = traitlets.Int().tag(sync=True)
    orders = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    rates = traitlets.List(traitlets.Float()).tag(sync=True)
    limit = traitlets.Float().tag(sync=True)
    best = traitlets.List(traitlets.Float()).tag(sync=True)
    shown = ("lr", "batch_size")

    def __init__(
        self,
        *,
        X: Tensor | Sequence[Sequence[float]] | None = None,
        y: Tensor | Sequence[float] | None = None,
        start: Sequence[float] = (-1.0, 1.0, -1.0),
        lr: float = 0.1,
        batch_size: int = 10,
        num_epochs: int = 10,
        at: int = 7,
        seed: int = 0,
        caption: str = "",
    ) -> None:
        X, y = _samples(X, y)
        _check_numbers(lr=lr, batch_size=batch_size, num_epochs=num_epochs, at=at)
        _check_run(start, lr, batch_size, num_epochs, len(X))
        last = num_epochs * math.ceil(len(X) / batch_size)
        if not 0 <= at <= last:
            raise ValueError(f"at must be an update of the run, 0 ... {last}, got {at}")
        limit = plane_limit(X)
        super().__init__(
            X=X.tolist(),
            y=y.tolist(),
            start=[float(value) for value in start],
            lr=float(lr),
            batch_size=batch_size,
            at=at,
            orders=shuffled_orders(len(X), num_epochs, seed),
            rates=sorted({*LEARNING_RATES, float(lr), float(f"{limit:.3g}")}),
            limit=limit,
            best=_least_squares(X, y),
            caption=caption,
        )


def _samples(X: object, y: object) -> tuple[Tensor, Tensor]:
    if (X is None) != (y is None):
        raise ValueError("give both X and y, or neither")
    X, y = noisy_plane() if X is None else (X, y)
    X, y = (torch.as_tensor(values, dtype=torch.float64).detach() for values in (X, y))
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"X must hold N pairs of numbers, shape (N, 2), got {tuple(X.shape)}")
    if y.shape not in ((len(X),), (len(X), 1)):
        raise ValueError(f"y must hold {len(X)} numbers, one for each row of X, got {tuple(y.shape)}")
    if not (X.isfinite().all() and y.isfinite().all()):
        raise ValueError("X and y must hold finite numbers only")
    if X.abs().max() > 1:
        raise ValueError(f"X must lie in [-1, 1], got {X.abs().max():.3g}: scale it first")
    return X, y.reshape(-1)


def _check_numbers(**values: object) -> None:
    for name, value in values.items():
        if not isinstance(value, Real):
            raise TypeError(f"{name} must be a number, got {value!r}")
        if name != "lr" and value != int(value):
            raise ValueError(f"{name} must be a whole number, got {value}")


def _check_run(start: Sequence[float], lr: float, batch_size: int, num_epochs: int, count: int) -> None:
    if len(start) != 3 or not all(math.isfinite(value) for value in start):
        raise ValueError(f"start must be three finite numbers (w1, w2, b), got {start}")
    if not 0 < lr <= 2:
        raise ValueError(f"lr must lie above 0 and up to 2, got {lr}")
    if not 1 <= batch_size <= count:
        raise ValueError(f"batch_size must lie in 1 ... {count}, the number of samples, got {batch_size}")
    if num_epochs < 1 or num_epochs * count > 5000:
        raise ValueError(f"num_epochs must be at least 1 and read at most 5000 samples, got {num_epochs}")


def _least_squares(X: Tensor, y: Tensor) -> list[float]:
    design = torch.cat([X, torch.ones(len(X), 1, dtype=torch.float64)], dim=1)
    if torch.linalg.matrix_rank(design) < 3:
        raise ValueError("X must not lie on one line, or no single plane fits best")
    return torch.linalg.lstsq(design, y[:, None]).solution[:, 0].tolist()
