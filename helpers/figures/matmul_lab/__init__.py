"""A matrix product cell by cell: each number of the result is a row times a column."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import traitlets

from helpers.figures.base import Figure

LARGEST = 5


class MatmulLab(Figure):
    """Two matrices and their product, one cell of it lit with its row and its column.

    The product is torch's ``a @ b``. The script shows which products add up to the lit cell.

    Parameters
    ----------
    a, b : torch.Tensor, optional
        Two matrices of 1 to 5 rows and columns whose inner sizes agree, of one dtype. A ``(3, 4)`` and a
        ``(4, 3)`` matrix of small whole numbers if left out.
    cell : tuple of int
        Row and column of the product that is lit at first.
    caption : str
        Sentence below the figure that says what to try.

    Raises
    ------
    TypeError
        ``a`` or ``b`` is not a tensor.
    ValueError
        ``a`` or ``b`` is no matrix that can be drawn, they do not fit, or ``cell`` is not in the product.
    """

    a = traitlets.List().tag(sync=True)
    b = traitlets.List().tag(sync=True)
    product = traitlets.List().tag(sync=True)
    cell = traitlets.List(traitlets.Int()).tag(sync=True)
    terms = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        *,
        a: torch.Tensor | None = None,
        b: torch.Tensor | None = None,
        cell: Sequence[int] = (1, 1),
        caption: str = "",
    ) -> None:
        a = torch.tensor([[1, 2, 0, 3], [2, 1, 3, 0], [0, 1, 1, 2]]) if a is None else a
        b = torch.tensor([[2, 1, 0], [1, 3, 1], [0, 2, 1], [1, 0, 2]]) if b is None else b
        _refuse_undrawable("a", a)
        _refuse_undrawable("b", b)
        if a.shape[1] != b.shape[0] or a.dtype != b.dtype:
            raise ValueError(
                f"a and b must fit: a {tuple(a.shape)} of {a.dtype}, b {tuple(b.shape)} of {b.dtype}; the "
                "columns of a must be as many as the rows of b, and the dtypes equal"
            )
        product = a @ b
        if len(cell) != 2 or not all(0 <= at < size for at, size in zip(cell, product.shape, strict=True)):
            raise ValueError(
                f"cell must name a row and a column of {tuple(product.shape)}, got {tuple(cell)}"
            )
        super().__init__(
            a=a.tolist(),
            b=b.tolist(),
            product=product.tolist(),
            cell=list(cell),
            terms=a.shape[1],
            caption=caption,
        )

    def __repr__(self) -> str:
        """Return the class, the two shapes and the lit cell."""
        a, b = ((len(rows), len(rows[0])) for rows in (self.a, self.b))
        return f"MatmulLab(a={a}, b={b}, cell={tuple(self.cell)})"


def _refuse_undrawable(name: str, matrix: object) -> None:
    if not isinstance(matrix, torch.Tensor):
        raise TypeError(f"{name} must be a torch.Tensor, got {type(matrix).__name__}")
    if matrix.ndim != 2 or not all(1 <= size <= LARGEST for size in matrix.shape):
        raise ValueError(
            f"{name} must be a matrix of 1 to {LARGEST} rows and columns, got {tuple(matrix.shape)}"
        )
    if matrix.is_complex() or not torch.isfinite(matrix).all():
        raise ValueError(f"{name} must hold finite real numbers")
