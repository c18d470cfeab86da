"""PlaneFit: the plane of ``nn.Linear(2, 1)`` turning into its data, with the residuals that turn it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
import traitlets
from torch import Tensor

from helpers.figures.base import Figure
from helpers.figures.parameters import Bound, Number, Numbers, Parameter, Whole, both_or_neither
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


def _inputs(X: Any, fit: PlaneFit) -> list[list[float]]:
    X = torch.as_tensor(X, dtype=torch.float64).detach()
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"X must hold N pairs of numbers, shape (N, 2), got {tuple(X.shape)}")
    if not X.isfinite().all():
        raise ValueError("X must hold finite numbers only")
    if X.abs().max() > 1:
        raise ValueError(f"X must lie in [-1, 1], got {X.abs().max():.3g}: scale it first")
    return X.tolist()


def _targets(y: Any, fit: PlaneFit) -> list[float]:
    y, count = torch.as_tensor(y, dtype=torch.float64).detach(), len(fit.X)
    if y.shape not in ((count,), (count, 1)):
        raise ValueError(f"y must hold {count} numbers, one for each row of X, got {tuple(y.shape)}")
    if not y.isfinite().all():
        raise ValueError("y must hold finite numbers only")
    return y.reshape(-1).tolist()


class PlaneFit(Figure):
    """Descent on ``y_hat = w1 * x1 + w2 * x2 + b``, seen as a plane among its samples.

    The view turns under the hand, and three corners of the plane can be lifted, which sets the
    parameters that training starts from. Beside it stand the residuals along each input and the loss.
    The browser computes the run anew at every change, by the rule of :class:`torch.optim.SGD`.
    """

    X = Parameter(
        lambda fit: noisy_plane()[0],
        "N pairs of numbers in [-1, 1]",
        _inputs,
        help="Inputs; without X and y, the 64 samples of :func:`noisy_plane`.",
    )
    y = Parameter(lambda fit: noisy_plane()[1], "N numbers", _targets, help="Targets, shape (N,) or (N, 1).")
    start = Numbers((-1.0, 1.0, -1.0), names="w1, w2, b", help="Parameters before the first update.")
    lr = Number(0.1, above=0, high=2, help="Learning rate.")
    batch_size = Whole(
        10, low=1, high=Bound("the number of samples", lambda fit: len(fit.X)), help="Samples in a batch."
    )
    num_epochs = Whole(
        10,
        low=1,
        high=Bound("what reads 5000 samples", lambda fit: 5000 // len(fit.X)),
        saved=False,
        help="How often the run reads the data, in a new order each time.",
    )
    at = Whole(
        7,
        low=0,
        high=Bound("the run's last", lambda fit: fit.num_epochs * math.ceil(len(fit.X) / fit.batch_size)),
        help="The update at which the figure opens.",
    )
    seed = Whole(0, saved=False, help="Seed of the orders, which travel with the figure.")
    orders = traitlets.List().tag(sync=True)
    rates = traitlets.List(traitlets.Float()).tag(sync=True)
    limit = traitlets.Float().tag(sync=True)
    best = traitlets.List(traitlets.Float()).tag(sync=True)
    shown = ("lr", "batch_size")

    def __init__(self, **arguments: Any) -> None:
        both_or_neither(arguments, "X", "y")
        super().__init__(**arguments)

    def derive(self) -> None:
        """Find the best plane and the limit, and draw the orders."""
        self.orders = shuffled_orders(len(self.X), self.num_epochs, self.seed)
        self.limit = plane_limit(self.X)
        self.rates = sorted({*LEARNING_RATES, self.lr, float(f"{self.limit:.3g}")})
        self.best = _least_squares(self.X, self.y)


def _least_squares(X: list[list[float]], y: list[float]) -> list[float]:
    design = torch.tensor([[*x, 1.0] for x in X], dtype=torch.float64)
    targets = torch.tensor(y, dtype=torch.float64)
    if torch.linalg.matrix_rank(design) < 3:
        raise ValueError("X must not lie on one line, or no single plane fits best")
    return torch.linalg.lstsq(design, targets[:, None]).solution[:, 0].tolist()
