"""Maps from the plane to the plane and their Jacobians: what chapter 4's figures show.

A Jacobian has a row for each output and a column for each input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

#: Numbers of the maps that have any.
SHEAR = ((0.9, 0.6), (-0.3, 0.8))
TURN = 1.5
WEIGHT = ((1.2, -0.7), (0.6, 1.0))
BIAS = (0.2, -0.1)


@dataclass(frozen=True)
class PlaneMap:
    """A map of the plane.

    Attributes
    ----------
    title, formula : str
        What a reader is shown.
    function : callable
        Takes a tensor of shape (2,) and ``numbers`` by name, and returns a tensor of shape (2,).
    numbers : mapping
        Constants of the map.
    inputs, outputs : (str, str)
        Names of the coordinates.
    ranges : ((low, high), (low, high))
        Where the figure lets the point go.
    grid : ((low, high), (low, high))
        Which part of the plane the figure bends.
    """

    title: str
    formula: str
    function: Callable[..., Tensor]
    numbers: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[str, str] = ("x₁", "x₂")
    outputs: tuple[str, str] = ("y₁", "y₂")
    ranges: tuple[tuple[float, float], tuple[float, float]] = ((-1.2, 1.2), (-1.2, 1.2))
    grid: tuple[tuple[float, float], tuple[float, float]] = ((-2.0, 2.0), (-2.0, 2.0))

    def __call__(self, x: Tensor) -> Tensor:
        """Return the image of one point."""
        return self.function(x, **self.numbers)

    def jacobian(self, x: Tensor) -> Tensor:
        """Return the 2 x 2 Jacobian at one point, by :func:`torch.func.jacrev`."""
        return torch.func.jacrev(self)(x)


def linear(x: Tensor, matrix: Any) -> Tensor:
    """Multiply by a matrix."""
    return torch.as_tensor(matrix, dtype=x.dtype) @ x


def polar(x: Tensor) -> Tensor:
    """Turn radius and angle into Cartesian coordinates."""
    radius, angle = x
    return torch.stack([radius * angle.cos(), radius * angle.sin()])


def half_square(x: Tensor) -> Tensor:
    """Return half the square of the complex number x₁ + i x₂, whose derivative is that number."""
    real, imaginary = x
    return torch.stack([(real**2 - imaginary**2) / 2, real * imaginary])


def swirl(x: Tensor, turn: float) -> Tensor:
    """Turn each point about the origin, by ``turn`` radians there and less further out."""
    angle = turn * torch.exp(-(x @ x))
    cos, sin = angle.cos(), angle.sin()
    return torch.stack([cos * x[0] - sin * x[1], sin * x[0] + cos * x[1]])


def layer(x: Tensor, weight: Any, bias: Any) -> Tensor:
    """Apply a layer of two neurons with tanh."""
    weight, bias = (torch.as_tensor(value, dtype=x.dtype) for value in (weight, bias))
    return torch.tanh(weight @ x + bias)


MAPS: dict[str, PlaneMap] = {
    "linear": PlaneMap("shear", "y = A x, the same matrix everywhere", linear, {"matrix": SHEAR}),
    "polar": PlaneMap(
        "polar",
        "y = (r cos θ, r sin θ)",
        polar,
        inputs=("r", "θ"),
        ranges=((0.0, 1.2), (-1.2, 1.2)),
        grid=((0.0, 2.0), (-2.0, 2.0)),
    ),
    "square": PlaneMap("z²/2", "y = ((x₁² − x₂²)/2, x₁x₂), half a complex square", half_square),
    "swirl": PlaneMap("swirl", "y = x turned by 1.5 exp(−|x|²) radians", swirl, {"turn": TURN}),
    "layer": PlaneMap(
        "tanh layer", "y = tanh(W x + b), two neurons", layer, {"weight": WEIGHT, "bias": BIAS}
    ),
}
