"""SVG text for still pictures: elements, boxes of numbers, and the page around them.

A still picture cannot know whether its page is light or dark, so it is drawn in mid-tones on no ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.palette import MIDTONES

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
CODE_FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
CELL = 34.0


def element(tag: str, *children: str, **attributes: object) -> str:
    """Return one element; underscores in attribute names stand for hyphens, ``None`` leaves one out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_number(value), quote=True)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def text(
    words: str,
    x: float,
    y: float,
    *,
    role: str = "ink",
    size: float = 14,
    bold: bool = False,
    code: bool = False,
    anchor: str = "middle",
) -> str:
    """Return words at a place; ``y`` is the baseline."""
    return element(
        "text",
        escape(words),
        x=x,
        y=y,
        fill=MIDTONES[role],
        font_size=size,
        font_weight=600 if bold else None,
        font_family=CODE_FONT if code else FONT,
        text_anchor=anchor,
    )


def box(
    words: str, x: float, y: float, *, role: str = "data", cell: float = CELL, marked: bool = False
) -> str:
    """Return one element of a tensor: a rounded square with its number; ``marked`` ones stand out."""
    frame = element(
        "rect",
        x=x + 1.5,
        y=y + 1.5,
        width=cell - 3,
        height=cell - 3,
        rx=4,
        fill=MIDTONES[role],
        fill_opacity=0.35 if marked else 0.12,
        stroke=MIDTONES[role],
        stroke_width=2.5 if marked else 1.25,
    )
    return frame + text(words, x + cell / 2, y + cell / 2 + 5, bold=marked)


def boxes(rows: Sequence[Sequence[object]], x: float, y: float, *, role: str = "data") -> str:
    """Return the numbers of a matrix as boxes, its upper left corner at (x, y)."""
    return "".join(
        box(str(value), x + column * CELL, y + row * CELL, role=role)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    )


def arrow(start: tuple[float, float], end: tuple[float, float], *, role: str = "muted") -> str:
    """Return a straight arrow with an open head."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = 7 * (x1 - x0) / length, 7 * (y1 - y0) / length
    head = f"M{x1 - dx - dy:.2f},{y1 - dy + dx:.2f}L{x1:.2f},{y1:.2f}L{x1 - dx + dy:.2f},{y1 - dy - dx:.2f}"
    path = f"M{x0:.2f},{y0:.2f}L{x1:.2f},{y1:.2f}{head}"
    return element("path", d=path, fill="none", stroke=MIDTONES[role], stroke_width=2)


def page(content: str, *, width: float, height: float, title: str) -> str:
    """Return a whole SVG file; ``title`` is what a screen reader says of it."""
    drawn = element(
        "svg",
        element("title", escape(title)),
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
    )
    return drawn + "\n"
