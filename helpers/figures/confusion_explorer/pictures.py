"""Which pictures ConfusionExplorer shows of each cell, on one sheet that stays light."""

from __future__ import annotations

import math

import torch
from PIL import Image
from torch import Tensor

from helpers.confusion import Cell, Confusion
from helpers.figures.encode import web_address

#: Pictures of a cell that are shown at most, beside the diagonal and on it.
MOST, MOST_RIGHT = 12, 6

#: Characters that the sheet may take in the saved state.
LIGHT = 72_000

_COLUMNS = 16
_BLOCK = (
    16  # WebP codes blocks of 16 pixels: a picture that fills whole ones does not smear into its neighbours
)


def quotas(matrix: Confusion, share: float) -> dict[Cell, int]:
    """How many pictures to show of each cell: a share of its samples, at least one, at most :data:`MOST`."""
    cells = [(i, j) for i, j in matrix.counts.nonzero().tolist()]
    wrong = {
        cell: min(MOST, math.ceil(share * int(matrix.counts[cell]))) for cell in cells if cell[0] != cell[1]
    }
    right = math.ceil(MOST_RIGHT * share**0.5)
    return wrong | {cell: min(right, int(matrix.counts[cell])) for cell in cells if cell[0] == cell[1]}


def light_sheet(
    images: Tensor, places: dict[Cell, list[int]], matrix: Confusion
) -> tuple[dict[Cell, list[int]], str]:
    """Choose pictures and return them by cell, with the sheet that holds them in this order.

    It starts with :data:`MOST` of every cell and takes a smaller share until the sheet is light enough; the
    frequent mistakes keep most.

    Parameters
    ----------
    images : Tensor of shape (N, H, W, 3) or (N, H, W), uint8
        All pictures.
    places : dict
        The samples of each cell, in the order in which they are to be shown.
    matrix : Confusion
        How many there are.
    """
    share = 1.0
    while True:
        wanted = quotas(matrix, share)
        chosen = {cell: places[cell][: wanted[cell]] for cell in sorted(places)}
        address = sheet(images[[place for found in chosen.values() for place in found]])
        if len(address) <= LIGHT or share < 1e-3:
            return chosen, address
        share *= 0.7


def sheet(images: Tensor) -> str:
    """Return pictures, 16 in a row, as one WebP in the text of a ``data:`` address."""
    blocks = [_padded(image) for image in images]
    blocks += [torch.zeros_like(blocks[0])] * (-len(blocks) % min(_COLUMNS, len(blocks)))
    rows = [torch.cat(blocks[first : first + _COLUMNS], dim=1) for first in range(0, len(blocks), _COLUMNS)]
    return web_address(Image.fromarray(torch.cat(rows).numpy()).convert("RGB"), "WEBP", quality=50, method=4)


def block(side: int) -> int:
    """Pixels that a picture of ``side`` pixels takes on the sheet."""
    return math.ceil(side / _BLOCK) * _BLOCK


def _padded(image: Tensor) -> Tensor:
    """Repeat a picture's right and lower rim until it fills whole blocks."""
    height, width = image.shape[:2]
    rows = torch.arange(block(height)).clamp(max=height - 1)
    columns = torch.arange(block(width)).clamp(max=width - 1)
    return image[rows][:, columns]
