"""The bits of a floating-point number, in several formats at once, each bit to be flipped by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import traitlets

from helpers.figures.base import Figure
from helpers.figures.parameters import Parameter

#: The formats laid out as sign, exponent, fraction with IEEE 754's special patterns.
FORMATS = ("float64", "float32", "float16", "bfloat16")


def _layouts(formats: Sequence[str], figure: FloatBits) -> list[dict[str, str | int]]:
    """Return the widths in bits of one to four formats."""
    if isinstance(formats, str) or not formats:
        raise ValueError(f"formats must be a list of names from {', '.join(FORMATS)}, got {formats!r}")
    if unknown := [name for name in formats if name not in FORMATS]:
        raise ValueError(f"formats must be from {', '.join(FORMATS)}, got {unknown[0]!r}")
    if len(set(formats)) < len(formats):
        raise ValueError(f"formats must differ, got {list(formats)}")
    return [_layout(name) for name in formats]


def _layout(name: str) -> dict[str, str | int]:
    """Return a format's widths in bits: eps is the place value of the fraction's last bit."""
    limits = torch.finfo(getattr(torch, name))
    fraction = -round(math.log2(limits.eps))
    return {"name": name, "exponent": limits.bits - 1 - fraction, "fraction": fraction}


def _as_javascript_writes(number: float, figure: FloatBits) -> str:
    """Return a text that JavaScript's ``Number`` and Python's ``float`` both read as this number."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise TypeError(f"number must be a float, got {number!r}")
    number = float(number)
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return "NaN" if math.isnan(number) else repr(number)


class FloatBits(Figure):
    """One number as several formats store it: its bits, what they stand for, and the value they give.

    The widths of exponent and fraction and the largest value come from ``torch.finfo``.
    """

    number = Parameter(
        0.1,
        "float",
        _as_javascript_writes,
        help="The number that every format stores at first; inf and nan are numbers here.",
    )
    formats = Parameter(
        ("float32", "float16", "bfloat16"),
        f"one to four different names from {', '.join(FORMATS)}",
        _layouts,
        help="The formats from top to bottom.",
    )
    pinned = traitlets.Dict().tag(sync=True)
    shown = ("number",)
