"""Scalar, vector, MATRIX and TENSOR side by side: each is a row of the one before it."""

from __future__ import annotations

import torch
from torch import Tensor

from bookbuild.illustrations import svg

#: What the chapter on tensors builds, by the name it gives it.
EXAMPLES: dict[str, Tensor] = {
    "scalar": torch.tensor(7),
    "vector": torch.tensor([1, 2, 3]),
    "MATRIX": torch.tensor([[1, 2, 3], [4, 5, 6]]),
    "TENSOR": torch.arange(1, 19).view(2, 3, 3),
}
#: name -> the middle of its drawing and the top of its heading; two lines, since phones are narrow
PLACES = {"scalar": (50.0, 20.0), "vector": (172.0, 20.0), "MATRIX": (332.0, 20.0), "TENSOR": (210.0, 210.0)}
WIDTH, HEIGHT = 420, 396
GAP = 22.0  # between the sheets of a stack


def draw() -> str:
    """Return the picture as SVG text."""
    drawn = [_example(name, tensor, *PLACES[name]) for name, tensor in EXAMPLES.items()]
    title = "A scalar has no axis, a vector one, a matrix two; a stack of matrices is a tensor of three."
    return svg.page("".join(drawn), width=WIDTH, height=HEIGHT, title=title)


def _example(name: str, tensor: Tensor, middle: float, top: float) -> str:
    sheets = tensor.reshape(-1, *_as_matrix(tensor).shape[-2:])
    pace = sheets.shape[-1] * svg.CELL + GAP
    left, bottom = middle - (len(sheets) * pace - GAP) / 2, top + 34 + sheets.shape[-2] * svg.CELL
    content = [
        svg.text(name, middle, top, bold=True, size=16),
        svg.text(f"ndim {tensor.ndim}", middle, top + 20, role="muted"),
        *(svg.boxes(rows, left + number * pace, top + 34) for number, rows in enumerate(sheets.tolist())),
        svg.text(f"shape {tuple(tensor.shape)}", middle, bottom + (44 if len(sheets) > 1 else 24), code=True),
    ]
    if len(sheets) > 1:
        middles = [left + (number + 0.5) * pace - GAP / 2 for number in range(len(sheets))]
        content += [
            svg.text(f"{name}[{n}]", x, bottom + 20, code=True, size=13) for n, x in enumerate(middles)
        ]
    return "".join(content)


def _as_matrix(tensor: Tensor) -> Tensor:
    return tensor if tensor.ndim >= 2 else tensor.reshape(1, -1)
