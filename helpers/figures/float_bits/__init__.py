"""The bits of a floating-point number, in several formats at once, each bit to be flipped by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import traitlets

from helpers.figures.base import Figure

#: The formats laid out as sign, exponent, fraction with IEEE 754's special patterns.
FORMATS = ("float64", "float32", "float16", "bfloat16")


class FloatBits(Figure):
    """One number as several formats store it: its bits, what they stand for, and the value they give.

    The widths of exponent and fraction and the largest value come from ``torch.finfo``.

    Parameters
    ----------
    number : float
        The number that every format stores at first; inf and nan are numbers here.
    formats : sequence of str
        One to four of ``FORMATS``, each once, from top to bottom.
    caption : str
        Sentence below the figure that says what to try.

    Raises
    ------
    TypeError
        ``number`` is not a number.
    ValueError
        ``formats`` is empty, names an unknown format or one twice.
    """

    number = traitlets.Unicode("0").tag(sync=True)
    formats = traitlets.List().tag(sync=True)
    pinned = traitlets.Dict().tag(sync=True)
    shown = ("number",)

    def __init__(
        self,
        *,
        number: float = 0.1,
        formats: Sequence[str] = ("float32", "float16", "bfloat16"),
        caption: str = "",
    ) -> None:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise TypeError(f"number must be a float, got {number!r}")
        _refuse_bad_formats(formats)
        super().__init__(
            number=_as_javascript_writes(float(number)),
            formats=[_layout(name) for name in formats],
            caption=caption,
        )


def _refuse_bad_formats(formats: Sequence[str]) -> None:
    if isinstance(formats, str) or not formats:
        raise ValueError(f"formats must be a list of names from {', '.join(FORMATS)}, got {formats!r}")
    if unknown := [name for name in formats if name not in FORMATS]:
        raise ValueError(f"formats must be from {', '.join(FORMATS)}, got {unknown[0]!r}")
    if len(set(formats)) < len(formats):
        raise ValueError(f"formats must differ, got {list(formats)}")


def _layout(name: str) -> dict[str, str | int]:
    """Return a format's widths in bits: eps is the place value of the fraction's last bit."""
    limits = torch.finfo(getattr(torch, name))
    fraction = -round(math.log2(limits.eps))
    return {"name": name, "exponent": limits.bits - 1 - fraction, "fraction": fraction}


def _as_javascript_writes(number: float) -> str:
    """Return a text that JavaScript's ``Number`` and Python's ``float`` both read as this number."""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return "NaN" if math.isnan(number) else repr(number)
