"""A matrix product cell by cell: each number of the result is a row times a column."""

from __future__ import annotations

from typing import Any

import torch
import traitlets

from helpers.figures.base import Figure
from helpers.figures.parameters import Bound, Numbers, Parameter, Whole

LARGEST = 5


_MATRIX = f"a torch.Tensor of 1 to {LARGEST} rows and columns"


def _drawable(name: str, matrix: object) -> torch.Tensor:
    if not isinstance(matrix, torch.Tensor):
        raise TypeError(f"{name} must be a torch.Tensor, got {type(matrix).__name__}")
    if matrix.ndim != 2 or not all(1 <= size <= LARGEST for size in matrix.shape):
        raise ValueError(
            f"{name} must be a matrix of 1 to {LARGEST} rows and columns, got {tuple(matrix.shape)}"
        )
    if matrix.is_complex() or not torch.isfinite(matrix).all():
        raise ValueError(f"{name} must hold finite real numbers")
    return matrix


def _fitting(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    if a.shape[1] != b.shape[0] or a.dtype != b.dtype:
        raise ValueError(
            f"a and b must fit: a {tuple(a.shape)} of {a.dtype}, b {tuple(b.shape)} of {b.dtype}; the "
            "columns of a must be as many as the rows of b, and the dtypes equal"
        )
    return b


def _rows(matrix: torch.Tensor, figure: Any) -> list[list[float]]:
    return matrix.tolist()


class MatmulLab(Figure):
    """Two matrices and their product, one cell of it lit with its row and its column.

    The product is torch's ``a @ b``. The script shows which products add up to the lit cell.
    """

    a = Parameter(
        lambda lab: torch.tensor([[1, 2, 0, 3], [2, 1, 3, 0], [0, 1, 1, 2]]),
        _MATRIX,
        lambda a, lab: _drawable("a", a),
        help="Left matrix.",
    ).tag(to_json=_rows)
    b = Parameter(
        lambda lab: torch.tensor([[2, 1, 0], [1, 3, 1], [0, 2, 1], [1, 0, 2]]),
        _MATRIX,
        lambda b, lab: _fitting(lab.a, _drawable("b", b)),
        help="Right matrix: of the same dtype, as many rows as ``a`` has columns.",
    ).tag(to_json=_rows)
    cell = Numbers(
        (1, 1),
        names="row, column",
        each=[
            Whole(low=0, high=Bound("the last row", lambda lab: len(lab.a) - 1)),
            Whole(low=0, high=Bound("the last column", lambda lab: lab.b.shape[1] - 1)),
        ],
        help="Cell of the product that is lit at first.",
    )
    product = traitlets.List().tag(sync=True)
    terms = traitlets.Int().tag(sync=True)

    def derive(self) -> None:
        """Let torch multiply."""
        self.product, self.terms = (self.a @ self.b).tolist(), self.a.shape[1]

    def __repr__(self) -> str:
        """Return the class, the two shapes and the lit cell."""
        return f"MatmulLab(a={tuple(self.a.shape)}, b={tuple(self.b.shape)}, cell={tuple(self.cell)})"
