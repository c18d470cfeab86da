"""Descent1D: gradient descent on a loss of one parameter, under the reader's hand."""

from __future__ import annotations

import torch
import traitlets
from torch import Tensor

from helpers.figures.base import Figure
from helpers.figures.parameters import Bound, Choice, Number, Whole

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
    """

    start = Number(0.0, low=W_RANGE[0], high=W_RANGE[1], help="Where the ball begins.")
    curve = Choice(
        "one valley",
        CURVES,
        help="A parabola of curvature 22, the mean squared error of five points over the slope ``w``, or a "
        "polynomial of degree 4 with minima of curvature 36 and 60.",
    )
    lr = Number(
        lambda lab: 0.95 * limit_of(lab.curve),
        above=0,
        high=Bound(f"{BEYOND_LIMIT} times the limit", lambda lab: BEYOND_LIMIT * limit_of(lab.curve)),
        help="Learning rate; 0.95 times :func:`limit_of` the curve when omitted.",
    )
    num_steps = Whole(40, low=1, high=200, help="How many steps a run makes at most.")
    curves = traitlets.Dict().tag(sync=True)
    w_range = traitlets.List(list(W_RANGE)).tag(sync=True)
    shown = ("start", "curve", "lr")

    def derive(self) -> None:
        """Describe the curves to the page."""
        self.curves = {name: {**given, "limit": limit_of(name)} for name, given in CURVES.items()}


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
