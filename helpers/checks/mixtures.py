"""The diagnosis of pictures and labels that are mixed in pairs, as MixUp does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from helpers.checks.report import a_kind, reject, require, same, tensor, wrong
from helpers.checks.usual import reject_usual


def diagnose_mixture(
    pictures: Any, labels: Any, X: Tensor, rows: Tensor, order: Sequence[int], lam: float, given: str
) -> None:
    """Stop with a diagnosis unless pictures and labels are mixed with the same partners and shares.

    Parameters
    ----------
    pictures, labels : object
        What the reader's code gives.
    X : Tensor, shape (B, C, H, W)
        The pictures before.
    rows : float64 Tensor, shape (B, classes)
        Their labels before, one-hot.
    order : sequence of int
        The partner of each picture.
    lam : float
        The share of the picture itself.
    given : str
        The call in words, as for ``call``.
    """
    both = isinstance(pictures, Tensor) and isinstance(labels, Tensor)
    reject(
        both and pictures.ndim == 2 < labels.ndim, f"with {given}: the pictures come first, then the labels."
    )
    _diagnose_pictures(pictures, X, X[list(order)], lam, given)
    _diagnose_labels(labels, rows, rows[list(order)], lam, given)


def _diagnose_pictures(mixed: Any, X: Tensor, partner: Tensor, lam: float, given: str) -> None:
    mixed = tensor(mixed, shape=X.shape, name=f"with {given}, the pictures")
    if same(mixed, lam * X + (1 - lam) * partner, rtol=1e-4):
        return
    others = "the partners are others than order says."
    usual = (
        (X, "the pictures are not mixed."),
        ((1 - lam) * X + lam * partner, "the shares are swapped: lam is the share of the picture itself."),
        (X + partner, "a sum without shares grows twice as bright."),
        (lam * X + (1 - lam) * X.roll(1, 0), others),
        (lam * X + (1 - lam) * X.flip(0), others),
        (lam * X + (1 - lam) * lam * partner, "the partner was already overwritten when it was added."),
    )
    reject_usual(mixed, usual, given, rtol=1e-4)
    wrong(f"with {given}: the pictures are not the weighted sum of the two.")


def _diagnose_labels(found: Any, rows: Tensor, partner: Tensor, lam: float, given: str) -> None:
    require(isinstance(found, Tensor), f"with {given}: the labels are {a_kind(found)}, not a tensor.")
    reject(
        found.ndim == 1,
        f"with {given}: the labels are single numbers: half-way between class 0 and 2 is not class 1.",
    )
    reject(
        found.ndim == 2 and len(found) == len(rows) and found.shape[1] != rows.shape[1],
        f"with {given}: a row has {found.shape[-1]} shares; num_classes says how many classes there are.",
    )
    found = tensor(found, shape=rows.shape, name=f"with {given}, the labels").double()
    if same(found, lam * rows + (1 - lam) * partner):
        return
    swapped = (1 - lam) * rows + lam * partner
    reject(same(found, rows), f"with {given}: the pictures are mixed and the labels are not.")
    reject(
        same(found, swapped),
        f"with {given}: the labels have the shares the other way round than the pictures.",
    )
    whole = same(found.sum(1), torch.ones(len(rows)))
    require(whole, f"with {given}: the shares of a label do not add up to 1.")
    wrong(f"with {given}: the labels are mixed with others than the pictures.")
