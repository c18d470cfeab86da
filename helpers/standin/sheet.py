"""A sheet to draw one master on: flat shapes, each with a role, painted over one another.

A master holds no colours, only how much of each pixel belongs to which role. So one master gives
hundreds of pictures: bent, turned, coloured and lit differently.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Point = tuple[float, float]
Outline = Sequence[Point]

#: Side of a master in pixels.
SIDE = 48
#: We draw this many times larger and average, which makes the edges soft.
ZOOM = 2

_CIRCLE = [(math.cos(math.pi * k / 10), math.sin(math.pi * k / 10)) for k in range(20)]


def xy(*numbers: float) -> list[Point]:
    """Return the points (x, y) that `numbers` lists as x, y, x, y, ..."""
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def frame(x: float, y: float, rx: float, ry: float | None = None) -> Callable[..., list[Point]]:
    """Return a function like `xy` whose origin is (x, y) and whose units are `rx` and `ry`.

    With a negative `rx` a shape on the right side becomes its mirror image on the left.
    """
    high = abs(rx) if ry is None else ry
    return lambda *numbers: [(x + rx * a, y + high * b) for a, b in xy(*numbers)]


def mirrored(half: Outline) -> list[Point]:
    """Close a symmetric outline: `half` runs down the right side, the left side is its mirror image."""
    return [*half, *((-x, y) for x, y in reversed(half))]


def _spline(steps: int) -> NDArray[np.float64]:
    """Catmull-Rom weights of four neighbouring corners, for `steps` places between the middle two."""
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    powers = np.concatenate([t**0, t, t**2, t**3], axis=1)
    return powers @ (np.array([[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]) / 2)


_WEIGHTS = _spline(5)


def smooth(points: Outline) -> list[Point]:
    """Return a closed Catmull-Rom curve through `points`, with five corners from one to the next."""
    corners, count = np.asarray(points), len(points)
    neighbours = np.add.outer(np.arange(count), (-1, 0, 1, 2)) % count
    return [(x, y) for x, y in (_WEIGHTS @ corners[neighbours]).reshape(-1, 2).tolist()]


def rounded(points: Outline) -> list[Point]:
    """Round the corners of an open line by cutting them twice (Chaikin's rule)."""
    line = list(points)
    for _ in range(2):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut += [
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            ]
        line = [*cut, line[-1]]
    return line


class Sheet:
    """A square from (-1, -1) at the top left to (1, 1) at the bottom right.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the shapes take their chances from.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self._image = Image.new("L", (SIDE * ZOOM, SIDE * ZOOM), 0)
        self._pen = ImageDraw.Draw(self._image)

    def u(self, low: float, high: float) -> float:
        """Return a number drawn evenly from `low` to `high`."""
        return low + (high - low) * self.rng.random()

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.rng.random() < probability

    def _pixels(self, points: Outline) -> list[Point]:
        half = SIDE * ZOOM / 2
        return [(half + x * half, half + y * half) for x, y in points]

    def polygon(self, points: Outline, role: int) -> None:
        """Fill a polygon with straight sides."""
        self._pen.polygon(self._pixels(points), fill=role)

    def blob(self, points: Outline, role: int) -> None:
        """Fill the smooth closed curve through `points`."""
        self.polygon(smooth(points), role)

    def symmetric(self, half: Outline, role: int, *, soft: bool = False) -> None:
        """Fill the shape whose right side is `half`."""
        outline = mirrored(half)
        self.polygon(smooth(outline) if soft else outline, role)

    def line(self, points: Outline, role: int, width: float) -> None:
        """Draw a line with round joints; `width` in sheet units."""
        pixels, thick = self._pixels(points), width * SIDE * ZOOM / 2
        self._pen.line(pixels, fill=role, width=max(1, round(thick)), joint="curve")
        for x, y in pixels if thick > 3 else ():
            self._pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=role)

    def ellipse(self, x: float, y: float, rx: float, ry: float, role: int, turn: float = 0.0) -> None:
        """Fill an ellipse with centre (x, y), half axes rx and ry, turned by `turn` radians."""
        c, s = math.cos(turn), math.sin(turn)
        rim = [(rx * a, ry * b) for a, b in _CIRCLE]
        self.polygon([(x + c * a - s * b, y + s * a + c * b) for a, b in rim], role)

    def pixels(self) -> NDArray[np.uint8]:
        """Return the role of each point of the drawing, 0 where there is none: side SIDE * ZOOM."""
        return np.array(self._image)
