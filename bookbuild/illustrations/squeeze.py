"""unsqueeze and squeeze: an axis of size 1 is one more pair of brackets and no more numbers."""

from __future__ import annotations

import torch
from torch import Tensor

from bookbuild.illustrations import svg

ROW = torch.tensor([7, 8, 9])
WIDTH, HEIGHT = 420, 340
PAD = 7.0  # between a bracket's frame and what it holds


def draw() -> str:
    """Return the picture as SVG text."""
    content = [
        _framed(ROW, 210, 34),
        _arrows((152, 88), (108, 172), "unsqueeze(0)", "squeeze(0)", side="left"),
        _arrows((268, 88), (312, 172), "unsqueeze(1)", "squeeze(1)", side="right"),
        _framed(ROW.unsqueeze(0), 92, 186),
        _framed(ROW.unsqueeze(1), 330, 186),
    ]
    title = (
        "unsqueeze puts an axis of size 1 in and squeeze takes it out: a pair of brackets, the same numbers."
    )
    return svg.page("".join(content), width=WIDTH, height=HEIGHT, title=title)


def _framed(tensor: Tensor, middle: float, top: float) -> str:
    """Draw a tensor of one or two axes, a frame for each pair of brackets, its shape beside or below."""
    rows = tensor.reshape(-1, tensor.shape[-1]).tolist()
    pace = svg.CELL + (2 * PAD if tensor.ndim == 2 else 0)
    width, height = len(rows[0]) * svg.CELL, (len(rows) - 1) * pace + svg.CELL
    left = middle - width / 2
    content = [svg.boxes([row], left, top + number * pace) for number, row in enumerate(rows)]
    if tensor.ndim == 2:
        content += [
            _frame(left, top + number * pace, width, svg.CELL, PAD / 2) for number in range(len(rows))
        ]
    content.append(_frame(left, top, width, height, PAD * tensor.ndim / 1.4))
    content.append(
        svg.text(f"shape {tuple(tensor.shape)}", *_caption(tensor, middle, top, height), code=True)
    )
    return "".join(content)


def _caption(tensor: Tensor, middle: float, top: float, height: float) -> tuple[float, float]:
    """Return the place of the shape: above a vector, below a matrix of one row, left of a column."""
    if tensor.ndim == 1:
        return middle, top - 16
    return (middle, top + height + 34) if len(tensor) == 1 else (middle - 96, top + height / 2 + 5)


def _frame(x: float, y: float, width: float, height: float, pad: float) -> str:
    return svg.element(
        "rect",
        x=x - pad,
        y=y - pad,
        width=width + 2 * pad,
        height=height + 2 * pad,
        rx=6,
        fill="none",
        stroke=svg.MIDTONES["muted"],
        stroke_width=1.5,
    )


def _arrows(start: tuple[float, float], end: tuple[float, float], there: str, back: str, *, side: str) -> str:
    """Draw the way there and the way back, both named on the outside."""
    outwards = -1 if side == "left" else 1
    (x0, y0), (x1, y1) = start, end
    beside, height = (x0 + x1) / 2 + 16 * outwards, (y0 + y1) / 2
    anchor = "end" if side == "left" else "start"
    return "".join(
        [
            svg.arrow((x0 + 6 * outwards, y0), (x1 + 6 * outwards, y1), role="path"),
            svg.arrow((x1 - 6 * outwards, y1), (x0 - 6 * outwards, y0), role="model"),
            svg.text(there, beside, height - 4, role="path", code=True, anchor=anchor),
            svg.text(back, beside + 10 * outwards, height + 16, role="model", code=True, anchor=anchor),
        ]
    )
