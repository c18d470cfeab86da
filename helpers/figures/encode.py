"""How pictures and arrays travel in a figure's state: as text, which a notebook keeps well.

The page needs nothing for pictures; numbers it reads with ``kit/decode.js``, the other half of this module.
"""

from __future__ import annotations

import base64
import io
import itertools
from typing import Any

from PIL import Image
from torch import Tensor

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def web_address(picture: Image.Image, format: str, **options: Any) -> str:
    """Return a picture as the text of a ``data:`` address.

    Parameters
    ----------
    picture
        One picture, or a sheet of many: one file of many small pictures is far smaller than many files.
    format
        ``"PNG"``, which keeps every pixel, or ``"WEBP"``, which keeps what the eye sees.
    options
        What Pillow takes for this format, as ``quality`` and ``method``.
    """
    file = io.BytesIO()
    picture.save(file, format, **options)
    return f"data:image/{format.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"


def twelve_bits(values: Tensor, *, limit: float) -> str:
    """Return numbers as text, two letters each: a step of ``limit / 2048``; what lies beyond is cut off.

    Parameters
    ----------
    values
        Any shape; they are written in printing order.
    limit
        The largest size of a number.
    """
    codes = ((values.clamp(-limit, limit) / limit + 1) / 2 * 4095).round().long()
    return "".join(_LETTERS[code >> 6] + _LETTERS[code & 63] for code in codes.flatten().tolist())


def short_zeros(values: bytes) -> str:
    """Return bytes in base64 where a run of zeros is a zero and its length: after a ReLU half of all are."""
    packed = bytearray()
    for value, run in itertools.groupby(values):
        length = len(list(run))
        if value:
            packed += bytes([value]) * length
            continue
        packed += b"\0\xff" * (length // 255)
        packed += bytes([0, length % 255]) if length % 255 else b""
    return base64.b64encode(bytes(packed)).decode()
