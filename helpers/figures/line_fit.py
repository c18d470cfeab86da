"""What the figures of a line fit have in common: samples, and a point of the parameter plane."""

from __future__ import annotations

from typing import Any

import traitlets

from helpers import descent
from helpers.figures.parameters import Numbers, both_or_neither


def _inputs(x: list[float], figure: LineFit) -> list[float]:
    fewest, most = figure.num_samples
    if not fewest <= len(x) <= most:
        raise ValueError(f"x must hold {fewest} to {most} numbers, got {len(x)}")
    if len(set(x)) < 2:
        raise ValueError("x must hold at least two different values, or no single line fits best")
    return x


def _targets(y: list[float], figure: LineFit) -> list[float]:
    if len(y) != len(figure.x):
        raise ValueError(f"x and y must hold equally many numbers, got {len(figure.x)} and {len(y)}")
    return y


class LineFit(traitlets.HasTraits):
    """A figure of ``y_hat = w * x + b``."""

    x = Numbers(
        lambda figure: figure.default_samples()[0],
        check=_inputs,
        help="Inputs of the samples; give both x and y, or neither.",
    )
    y = Numbers(lambda figure: figure.default_samples()[1], check=_targets, help="Their targets.")
    start = Numbers((0.0, 0.0), names="w, b", help="Where the descent begins.")
    #: How many samples it can show, at least and at most.
    num_samples = (2, 5000)

    def __init__(self, **arguments: Any) -> None:
        both_or_neither(arguments, "x", "y")
        super().__init__(**arguments)

    def default_samples(self) -> Any:
        """Return x and y for a figure that is given none."""
        return descent.noisy_line()
