"""ConvLab: a kernel slides over a picture and asks each place the same question."""

from __future__ import annotations

from typing import Any

import torch

from helpers.figures.base import Figure
from helpers.figures.parameters import Choice, Flag, Numbers, Parameter, Whole

#: More cells than these in a row are too small for a finger.
LARGEST = 12
LARGEST_KERNEL = 5
STRIDES = (1, 2, 3)
PADDINGS = (0, 1, 2)

#: A T-shirt, ten pixels wide.
SHIRT = (
    "..........",
    ".##....##.",
    ".########.",
    "##########",
    "#.######.#",
    "..######..",
    "..######..",
    "..######..",
    "..######..",
    "..........",
)


def _pixels(rows: Any, lab: ConvLab) -> list[list[float]]:
    image = _matrix("image", rows, LARGEST)
    if image.min() < 0 or image.max() > 1:
        raise ValueError("image must hold numbers from 0 to 1")
    return image.tolist()


def _weights(rows: Any, lab: ConvLab) -> list[list[float]]:
    kernel = _matrix("kernel", rows, LARGEST_KERNEL)
    sides = (len(lab.image), len(lab.image[0]))
    if any(side < size + 3 for side, size in zip(sides, kernel.shape, strict=True)):
        raise ValueError(
            f"image must be at least 3 longer than the kernel on both sides, got {sides} and "
            f"{tuple(kernel.shape)}"
        )
    return kernel.tolist()


def _matrix(name: str, rows: Any, largest: int) -> torch.Tensor:
    try:
        matrix = torch.as_tensor(rows, dtype=torch.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be rows of numbers, all of one length: {error}") from error
    if matrix.ndim != 2 or not all(1 <= size <= largest for size in matrix.shape):
        raise ValueError(f"{name} must have 1 to {largest} rows and columns, got {tuple(matrix.shape)}")
    if not torch.isfinite(matrix).all():
        raise ValueError(f"{name} must hold finite numbers")
    return matrix


class ConvLab(Figure):
    """A picture, a kernel, and the map that the kernel makes of it, one output cell lit with its window.

    The script computes ``F.conv2d`` (one channel, no bias), then on request ReLU and 2 × 2 max-pooling, anew
    at every change: the window is dragged over the picture, the weights are painted.
    """

    image = Parameter(
        lambda lab: shirt(),
        f"pixels from 0 to 1, at most {LARGEST} rows and columns",
        _pixels,
        help="The picture, a tensor or rows; a T-shirt of 10 × 10 if left out.",
    )
    kernel = Parameter(
        ((-1, 0, 1),) * 3,
        f"numbers, at most {LARGEST_KERNEL} rows and columns",
        _weights,
        help="The weights, a tensor or rows; both sides of the picture are at least 3 longer.",
    )
    stride = Choice(1, STRIDES, help="Pixels from one window to the next.")
    padding = Choice(0, PADDINGS, help="Zeros on each side of the picture.")
    relu = Flag(False, help="Whether the map after ReLU is shown.")
    pool = Flag(False, help="Whether the one after max-pooling is shown.")
    cell = Numbers(
        (5, 1),
        names="row, column",
        each=Whole(low=0),
        help="Cell of the map that is lit at first; one beyond its end means the last.",
    )

    def __repr__(self) -> str:
        """Return the class, the sizes of picture and kernel, the stride and the padding."""
        image, kernel = ((len(rows), len(rows[0])) for rows in (self.image, self.kernel))
        return f"ConvLab(image={image}, kernel={kernel}, stride={self.stride}, padding={self.padding})"


def shirt() -> torch.Tensor:
    """Return the picture that the figure opens with: (10, 10), 1 where the shirt is and 0 elsewhere."""
    return torch.tensor([[float(pixel == "#") for pixel in row] for row in SHIRT])
