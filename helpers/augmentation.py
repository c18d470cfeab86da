"""Random crops and mirror images of whole batches, each picture with a crop of its own.

torchvision's transforms draw one crop for all pictures of a batch; these draw one for each picture.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torchvision.transforms import v2

from helpers.batches import whole_number


class CropAndFlip(v2.Transform):
    """Cut a random square out of each picture of a batch, and mirror every other one, left to right.

    Parameters
    ----------
    size : int
        Height and width of the squares.
    padding : int
        Pixels added on each side before cutting; they repeat the picture as a mirror at its edge does.
    flip : bool
        Whether half of the pictures, at random, are mirrored.

    Raises
    ------
    ValueError
        ``size`` or ``padding`` out of range, also for the pictures that come in; or not a batch.
    """

    def __init__(self, size: int, *, padding: int = 4, flip: bool = True) -> None:
        super().__init__()
        self.size = whole_number("size", size)
        if padding != int(padding) or padding < 0:
            raise ValueError(f"padding must be a whole number, at least 0, got {padding}")
        self.padding = int(padding)
        self.flip = flip

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Tensor]:
        """Draw each picture's rows and columns, both of shape (N, size)."""
        pictures = flat_inputs[0]
        if pictures.ndim != 4:
            raise ValueError(f"pictures must be a batch (N, C, H, W), got shape {tuple(pictures.shape)}")
        count, device = len(pictures), pictures.device
        rows, columns = (self._places(count, length, device) for length in pictures.shape[2:])
        if self.flip:
            mirrored = torch.rand(count, 1, device=device) < 0.5
            columns = torch.where(mirrored, columns.flip(1), columns)
        return {"rows": rows, "columns": columns}

    def _places(self, count: int, length: int, device: torch.device) -> Tensor:
        """Draw where ``count`` cuts along an axis lie: indices into the padded axis."""
        room = length + 2 * self.padding - self.size
        if room < 0 or self.padding >= length:
            raise ValueError(
                f"size {self.size} with padding {self.padding} does not fit pictures of {length} pixels"
            )
        start = torch.randint(room + 1, (count, 1), device=device)
        return start + torch.arange(self.size, device=device)

    def transform(self, inpt: Tensor, params: dict[str, Tensor]) -> Tensor:
        """Cut; the result is stored with the channels last."""
        # Mirroring the indices at the edges pads without a copy of the pictures.
        rows, columns = (
            _reflected(params[name] - self.padding, length)
            for name, length in zip(("rows", "columns"), inpt.shape[2:], strict=True)
        )
        each = torch.arange(len(inpt), device=inpt.device)[:, None, None]
        cut = inpt.permute(0, 2, 3, 1)[each, rows[:, :, None], columns[:, None, :]]
        return cut.permute(0, 3, 1, 2)


def _reflected(index: Tensor, length: int) -> Tensor:
    """Return indices within 0 ... length - 1: those beyond an edge are mirrored at it."""
    return (length - 1) - (length - 1 - index.abs()).abs()
