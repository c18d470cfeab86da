"""Linear regression with two parameters: its samples, loss, gradient, curvature and solution.

The model is ``y_hat = w * x + b``, the loss is the mean squared error, and the parameters come in the
order ``(w, b)``. All numbers are float64. :mod:`helpers.descent` offers everything here to the notebooks.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import cast

import torch
from torch import Tensor

Numbers = Tensor | Sequence[float]


@contextlib.contextmanager
def _recording() -> Iterator[None]:
    """Record gradients, also for a caller who records none."""
    with torch.inference_mode(False), torch.enable_grad():
        yield


def noisy_line(
    num_samples: int = 64, *, w: float = 1.5, b: float = 0.5, noise: float = 0.5, seed: int = 0
) -> tuple[Tensor, Tensor]:
    """Make samples around the line ``y = w * x + b``, in order of x.

    The x are spread evenly over -0.5 ... 2.5. Their middle is not zero, so w and b pull on each other and
    the loss has a narrow valley (its curvatures differ by a factor of about 8). Normal noise of standard
    deviation ``noise`` is added to y.

    Returns
    -------
    X, y : Tensors of float64, shape (num_samples,)
    """
    if num_samples < 2:
        raise ValueError(f"num_samples must be at least 2, got {num_samples}")
    X = torch.linspace(-0.5, 2.5, num_samples, dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    return X, w * X + b + noise * torch.randn(num_samples, dtype=torch.float64, generator=generator)


def mean_squared_error(X: Numbers, y: Numbers, w: Numbers | float, b: Numbers | float) -> Tensor:
    """Mean of ``(w * x + b - y) ** 2`` over the samples.

    Parameters
    ----------
    X, y : N numbers
        The samples.
    w, b : float or Tensor
        One pair of parameters, or tensors of shapes that broadcast against each other.

    Returns
    -------
    Tensor
        One loss per pair, of the broadcast shape of ``w`` and ``b``.
    """
    X, y = as_samples(X, y)
    w, b = as_float64(w), as_float64(b)
    return ((w[..., None] * X + b[..., None] - y) ** 2).mean(-1)


def least_squares(X: Numbers, y: Numbers) -> tuple[float, float]:
    """Find the ``(w, b)`` with the smallest mean squared error, by :func:`torch.linalg.lstsq`.

    Raises
    ------
    ValueError
        When all ``X`` are equal: the slope is then undetermined.
    """
    X, y = as_samples(X, y)
    if bool((X[0] == X).all()):
        raise ValueError("X must hold at least two different values, or no single line fits best")
    # A fit around the mean keeps its digits where all X are far from zero.
    centre = X.mean()
    design = torch.stack([X - centre, torch.ones_like(X)], dim=1)
    slope, height = torch.linalg.lstsq(design, y[:, None]).solution[:, 0]
    return float(slope), float(height - slope * centre)


@_recording()
def gradient(X: Numbers, y: Numbers, w: float, b: float) -> Tensor:
    """Gradient of the mean squared error at ``(w, b)`` by autograd, shape (2,)."""
    parameters = as_float64([w, b]).requires_grad_()
    loss = mean_squared_error(X, y, parameters[0], parameters[1])
    return torch.autograd.grad(loss, parameters)[0]


@_recording()
def sample_gradients(X: Numbers, y: Numbers, w: float, b: float) -> Tensor:
    """Gradient of each sample's own squared error at ``(w, b)``, shape (N, 2).

    Their mean is :func:`gradient`; their spread is the noise of single-sample descent.
    """
    X, y = as_samples(X, y)

    def squared_error(parameters: Tensor, x_i: Tensor, y_i: Tensor) -> Tensor:
        return (parameters[0] * x_i + parameters[1] - y_i) ** 2

    each = torch.func.vmap(torch.func.grad(squared_error), in_dims=(None, 0, 0))
    return each(as_float64([w, b]), X, y)


@_recording()
def hessian(X: Numbers) -> Tensor:
    """Second derivatives of the mean squared error by autograd, shape (2, 2).

    They depend neither on ``y`` nor on the parameters, since the loss is quadratic in them.
    """
    X = as_column("X", X)

    def loss(parameters: Tensor) -> Tensor:
        return mean_squared_error(X, torch.zeros_like(X), parameters[0], parameters[1])

    return cast("Tensor", torch.autograd.functional.hessian(loss, torch.zeros(2, dtype=torch.float64)))


def learning_rate_limit(X: Numbers, momentum: float = 0.0) -> float:
    """Largest learning rate at which full-batch descent does not diverge: ``2 (1 + beta) / lambda_max``.

    ``beta`` is the momentum and ``lambda_max`` the largest eigenvalue of the Hessian. Source: B. T.
    Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
    """
    check_momentum(momentum)
    largest = float(torch.linalg.eigvalsh(hessian(X))[-1])
    return 2.0 * (1.0 + momentum) / largest


def as_float64(values: Numbers | float) -> Tensor:
    """Turn numbers into a tensor of float64."""
    return torch.as_tensor(values, dtype=torch.float64)


def as_column(name: str, values: Numbers) -> Tensor:
    """Turn N finite numbers into shape (N,), or raise ValueError with their name."""
    expected = f"{name} must hold N numbers, shape (N,) or (N, 1), got "
    if isinstance(values, Tensor) and values.is_complex():
        raise ValueError(f"{expected}complex ones")
    try:
        with torch.inference_mode(False):
            column = as_float64(values).detach()
            # What was made in inference mode can take no part in a gradient; a copy can.
            column = column.clone() if column.is_inference() else column
    except (TypeError, ValueError, RuntimeError):
        raise ValueError(f"{expected}{values!r}") from None
    if column.ndim == 2 and column.shape[1] == 1:
        column = column[:, 0]
    if column.ndim != 1 or len(column) == 0:
        raise ValueError(f"{expected}{tuple(column.shape)}")
    if not bool(column.isfinite().all()):
        raise ValueError(f"{name} must hold finite numbers only")
    return column


def as_samples(X: Numbers, y: Numbers) -> tuple[Tensor, Tensor]:
    """Turn X and y into two columns of one length, or raise ValueError."""
    X, y = as_column("X", X), as_column("y", y)
    if len(X) != len(y):
        raise ValueError(f"X and y must hold equally many numbers, got {len(X)} and {len(y)}")
    return X, y


def check_momentum(momentum: float) -> None:
    """Raise ValueError unless ``momentum`` lies in [0, 1)."""
    if not 0.0 <= momentum < 1.0:
        raise ValueError(f"momentum must be at least 0 and below 1, got {momentum}")
