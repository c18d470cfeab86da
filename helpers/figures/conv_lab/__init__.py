"""ConvLab: a kernel slides over a picture and asks each place the same question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
import traitlets

from helpers.figures.base import Figure

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


class ConvLab(Figure):
    """A picture, a kernel, and the map that the kernel makes of it, one output cell lit with its window.

    The script computes ``F.conv2d`` (one channel, no bias), then on request ReLU and 2 × 2 max-pooling, anew
    at every change: the window is dragged over the picture, the weights are painted.

    Parameters
    ----------
    image : (H, W) tensor or sequence of rows, optional
        Pixels from 0 to 1, at most 12 rows and columns; a T-shirt of 10 × 10 if left out.
    kernel : (K, L) tensor or sequence of rows, optional
        The weights, at most 5 × 5; both sides of the picture are at least 3 longer. The difference of
        right and left column, 3 × 3, if left out.
    stride : 1, 2 or 3
        Pixels from one window to the next.
    padding : 0, 1 or 2
        Zeros on each side of the picture.
    relu, pool : bool
        Whether the map after ReLU and the one after max-pooling are shown.
    cell : (row, column)
        Cell of the map that is lit at first; one beyond its end means the last.
    caption : str
        Sentence below the figure that says what to try.

    Raises
    ------
    ValueError
        An argument is outside of what is said above.
    """

    image = traitlets.List().tag(sync=True)
    kernel = traitlets.List().tag(sync=True)
    stride = traitlets.Int().tag(sync=True)
    padding = traitlets.Int().tag(sync=True)
    relu = traitlets.Bool().tag(sync=True)
    pool = traitlets.Bool().tag(sync=True)
    cell = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(
        self,
        *,
        image: Any = None,
        kernel: Any = None,
        stride: int = 1,
        padding: int = 0,
        relu: bool = False,
        pool: bool = False,
        cell: Sequence[int] = (5, 1),
        caption: str = "",
    ) -> None:
        image = shirt() if image is None else image
        kernel = [[-1, 0, 1]] * 3 if kernel is None else kernel
        image, kernel = _matrix("image", image, LARGEST), _matrix("kernel", kernel, LARGEST_KERNEL)
        _check_pixels(image, kernel)
        for name, value, allowed in (("stride", stride, STRIDES), ("padding", padding, PADDINGS)):
            if value not in allowed:
                raise ValueError(f"{name} must be one of {allowed}, got {value!r}")
        if len(cell) != 2 or not all(isinstance(at, int) and at >= 0 for at in cell):
            raise ValueError(f"cell must be a row and a column, counted from 0, got {cell!r}")
        super().__init__(
            image=image.tolist(),
            kernel=kernel.tolist(),
            stride=int(stride),
            padding=int(padding),
            relu=bool(relu),
            pool=bool(pool),
            cell=list(cell),
            caption=caption,
        )

    def __repr__(self) -> str:
        """Return the class, the sizes of picture and kernel, the stride and the padding."""
        image, kernel = ((len(rows), len(rows[0])) for rows in (self.image, self.kernel))
        return f"ConvLab(image={image}, kernel={kernel}, stride={self.stride}, padding={self.padding})"


def shirt() -> torch.Tensor:
    """Return the picture that the figure opens with: (10, 10), 1 where the shirt is and 0 elsewhere."""
    return torch.tensor([[float(pixel == "#") for pixel in row] for row in SHIRT])


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


def _check_pixels(image: torch.Tensor, kernel: torch.Tensor) -> None:
    if image.min() < 0 or image.max() > 1:
        raise ValueError("image must hold numbers from 0 to 1")
    if any(side < size + 3 for side, size in zip(image.shape, kernel.shape, strict=True)):
        raise ValueError(
            f"image must be at least 3 longer than the kernel on both sides, got {tuple(image.shape)} and "
            f"{tuple(kernel.shape)}"
        )
