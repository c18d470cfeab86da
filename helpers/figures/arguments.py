"""What the figures of a line fit are given, checked in one place: samples, and a point of parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from torch import Tensor

Numbers = Tensor | Sequence[float]


def samples(x: Any, y: Any, default: tuple[Numbers, Numbers]) -> tuple[list[float], list[float]]:
    """Return x and y as lists of floats, or ``default`` where neither is given.

    Raises
    ------
    ValueError
        Only one of them is given, they differ in length, or a number is not finite.
    """
    if (x is None) != (y is None):
        raise ValueError("give both x and y, or neither")
    x, y = default if x is None else (x, y)
    x, y = ([float(value) for value in values] for values in (x, y))
    if len(x) != len(y):
        raise ValueError(f"x and y must hold equally many numbers, got {len(x)} and {len(y)}")
    if not all(map(math.isfinite, x + y)):
        raise ValueError("x and y must hold finite numbers only")
    return x, y


def point(start: Sequence[float]) -> list[float]:
    """Return ``start`` as [w, b], or raise ValueError unless it is two finite numbers."""
    if len(start) != 2 or not all(math.isfinite(value) for value in start):
        raise ValueError(f"start must be two finite numbers (w, b), got {start}")
    return [float(value) for value in start]
