"""Descent1D: gradient descent on a loss of one parameter, under the reader's hand."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any

import torch
import traitlets
from torch import Tensor

from helpers.figures.base import Figure

#: How far past the limit the learning rate's slider goes.
BEYOND_LIMIT = 1.1

#: The part of the w axis that the figure shows.
W_RANGE = (-1.0, 5.0)

#: Name -> coefficients of a polynomial in w, the constant first, and the places of its minima.
CURVES: dict[str, dict[str, list[float]]] = {
    # The mean of (w x + 3 - y)^2 over x = 1 ... 5, y = 2 x + 3: chapter 7's five points, b at its best.
    "one valley": {"coefficients": [44.0, -44.0, 11.0], "minima": [2.0]},
    # Its slope is 6 w (w - 1.5) (w - 4).
    "two valleys": {"coefficients": [40.0, 0.0, 18.0, -11.0, 1.5], "minima": [0.0, 4.0]},
}


class Descent1D(Figure):
    """The loss of one parameter as a curve, a ball to drag along it, and the steps of descent from there.

    The curve, the slope at the ball and the steps stand above the same steps drawn against their number.
    The learning rate's slider counts in units of the limit ``2 / curvature``. The browser computes the
    steps anew at every change; what lies outside the picture keeps its true number.

    Parameters
    ----------
    start : float in [-1, 5]
        Where the ball begins.
    curve : "one valley" or "two valleys"
        A parabola of curvature 22, the mean squared error of five points over the slope ``w``, or a
        polynomial of degree 4 with minima of curvature 36 and 60.
    lr : float, optional
        Learning rate, at most 1.1 times :func:`limit_of` the curve; 0.95 times it when omitted.
    num_steps : int
        How many steps a run makes at most, 1 ... 200.
    caption : str
        What to try.
    """

    start = traitlets.Float().tag(sync=True)
    curve = traitlets.Unicode().tag(sync=True)
    lr = traitlets.Float().tag(sync=True)
    num_steps = traitlets.Int().tag(sync=True)
    curves = traitlets.Dict().tag(sync=True)
    w_range = traitlets.List(traitlets.Float()).tag(sync=True)
    shown = ("start", "curve", "lr")

    def __init__(
        self,
        *,
        start: float = 0.0,
        curve: str = "one valley",
        lr: float | None = None,
        num_steps: int = 40,
        caption: str = "",
    ) -> None:
        if curve not in CURVES:
            raise ValueError(f"curve must be one of {', '.join(map(repr, CURVES))}, got {curve!r}")
        limit = limit_of(curve)
        lr = 0.95 * limit if lr is None else lr
        _check_between("start", start, *W_RANGE)
        _check_between("lr", lr, 0.0, BEYOND_LIMIT * limit)
        _check_between("num_steps", num_steps, 1, 200)
        super().__init__(
            start=float(start),
            curve=curve,
            lr=float(lr),
            num_steps=int(num_steps),
            curves={name: {**given, "limit": limit_of(name)} for name, given in CURVES.items()},
            w_range=list(W_RANGE),
            caption=caption,
        )


def loss_on(curve: str, w: Tensor) -> Tensor:
    """Loss of each parameter in ``w`` on a curve of :data:`CURVES`, of the shape of ``w``."""
    return sum(c * w**power for power, c in enumerate(CURVES[curve]["coefficients"]))


def limit_of(curve: str) -> float:
    """Largest learning rate that can settle in the curve's sharpest minimum: 2 / its curvature there."""
    sharpest = max(_curvature(curve, w) for w in CURVES[curve]["minima"])
    return 2.0 / sharpest


def _curvature(curve: str, w: float) -> float:
    at = torch.tensor(w, dtype=torch.float64)
    return float(torch.autograd.functional.hessian(lambda place: loss_on(curve, place), at))


def _check_between(name: str, value: Any, low: float, high: float) -> None:
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, got {value!r}")
    whole = name != "num_steps" or value == int(value)
    inside = low < value <= high if name == "lr" else low <= value <= high
    if not (math.isfinite(value) and whole and inside):
        above = "above " if name == "lr" else ""
        kind = "a whole number" if name == "num_steps" else "a number"
        raise ValueError(f"{name} must be {kind} from {above}{low:g} to {high:.3g}, got {value!r}")
