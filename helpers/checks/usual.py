"""What the checks of several chapters share: a pair of numbers, and usual mistakes known by their effect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch

from helpers.checks.report import number, reject, require, same


def two_numbers(value: Any, given: str) -> torch.Tensor:
    """Return a pair of numbers, one for w and one for b, as a float64 tensor of shape (2,)."""
    if isinstance(value, (torch.Tensor, np.ndarray)) and value.ndim > 0:
        value = list(value)
    pair = isinstance(value, (tuple, list)) and len(value) == 2
    require(pair, f"with {given}, two numbers are expected, first the one of w, then the one of b.")
    items = [number(item, f"with {given}, a returned value") for item in value]
    return torch.tensor(items, dtype=torch.float64)


def reject_usual(
    found: object,
    usual: Iterable[tuple[object, str]],
    given: str,
    *,
    rtol: float = 1e-5,
    atol: float = 1e-7,
) -> None:
    """Stop with the diagnosis of the first usual mistake that has the effect found.

    Parameters
    ----------
    found : number or tensor
        What the reader's code gives.
    usual : iterable of (number or tensor, str)
        What each usual mistake would give, and its diagnosis.
    given : str
        The call in words, as for ``call``.
    rtol, atol : float
        The tolerances of ``same``.
    """
    for effect, diagnosis in usual:
        reject(same(found, effect, rtol, atol), f"with {given}: {diagnosis}")
