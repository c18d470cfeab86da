"""Scalar, vector, MATRIX and TENSOR side by side: each is a row of the one before it."""

from __future__ import annotations

import torch
from torch import Tensor

from helpers.illustrations import svg

#: What the chapter on tensors builds, by the name it gives it.
EXAMPLES: dict[str, Tensor] = {
    "scalar": torch.tensor(7),
    "vector": torch.tensor([1, 2, 3]),
    "MATRIX": torch.tensor([[1, 2, 3], [4, 5, 6]]),
    "TENSOR": torch.arange(1, 19).view(2, 3, 3),
}
WIDTH, HEIGHT = 700, 226
TOP = 56.0
GAP = 22.0  # between the sheets of a stack


def draw() -> str:
    """Return the picture as SVG text."""
    middles = (50.0, 172.0, 332.0, 561.0)
    drawn = [_example(*item, middle) for item, middle in zip(EXAMPLES.items(), middles, strict=True)]
    title = "A scalar has no axis, a vector one, a matrix two; a stack of matrices is a tensor of three."
    return svg.page("".join(drawn), width=WIDTH, height=HEIGHT, title=title)


def _example(name: str, tensor: Tensor, middle: float) -> str:
    sheets = tensor.reshape(-1, *_as_matrix(tensor).shape[-2:])
    pace = sheets.shape[-1] * svg.CELL + GAP
    left = middle - (len(sheets) * pace - GAP) / 2
    content = [
        svg.text(name, middle, 20, bold=True, size=16),
        svg.text(f"ndim {tensor.ndim}", middle, 40, role="muted"),
        *(svg.boxes(rows, left + number * pace, TOP) for number, rows in enumerate(sheets.tolist())),
        svg.text(f"shape {tuple(tensor.shape)}", middle, HEIGHT - 12, code=True),
    ]
    if len(sheets) > 1:
        content += [_sheet_name(name, number, left + (number + 0.5) * pace - GAP / 2) for number in (0, 1)]
    return "".join(content)


def _as_matrix(tensor: Tensor) -> Tensor:
    return tensor if tensor.ndim >= 2 else tensor.reshape(1, -1)


def _sheet_name(name: str, number: int, middle: float) -> str:
    return svg.text(f"{name}[{number}]", middle, TOP + 3 * svg.CELL + 22, code=True, size=13)
