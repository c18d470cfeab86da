"""A matrix product: one number of the result, the row and the column that make it."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from bookbuild.illustrations import svg

A = torch.tensor([[1, 2, 3], [4, 5, 6]])
B = torch.tensor([[1, 2], [0, 1], [2, 0]])
ROW, COLUMN = 1, 0
WIDTH, HEIGHT = 330, 292
LEFT, RIGHT, TOP, BOTTOM = 40.0, 200.0, 34.0, 174.0


def draw() -> str:
    """Return the picture as SVG text."""
    terms = [f"{a}·{b}" for a, b in zip(A[ROW].tolist(), B[:, COLUMN].tolist(), strict=True)]
    product = A @ B
    content = [
        _matrix("A", A, LEFT, BOTTOM, lit=lambda i, _: i == ROW),
        _matrix("B", B, RIGHT, TOP, lit=lambda _, j: j == COLUMN),
        _matrix("A @ B", product, RIGHT, BOTTOM, lit=lambda i, j: (i, j) == (ROW, COLUMN), role="model"),
        svg.text(
            f"{' + '.join(terms)} = {product[ROW, COLUMN]}",
            WIDTH / 2,
            BOTTOM + 2 * svg.CELL + 36,
            bold=True,
            size=16,
        ),
    ]
    title = f"Row {ROW} of A times column {COLUMN} of B, added up, is number ({ROW}, {COLUMN}) of A @ B."
    return svg.page("".join(content), width=WIDTH, height=HEIGHT, title=title)


def _matrix(
    name: str, matrix: Tensor, left: float, top: float, *, lit: Callable[[int, int], bool], role: str = "data"
) -> str:
    cells = [
        svg.box(
            str(value),
            left + j * svg.CELL,
            top + i * svg.CELL,
            role=role if lit(i, j) else "muted",
            marked=lit(i, j),
        )
        for i, row in enumerate(matrix.tolist())
        for j, value in enumerate(row)
    ]
    heading = svg.text(
        f"{name} {tuple(matrix.shape)}", left + matrix.shape[1] * svg.CELL / 2, top - 10, code=True, size=13
    )
    return heading + "".join(cells)
