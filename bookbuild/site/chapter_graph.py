"""The chapters in reading order, and an arc for each "You need" link between two of them.

The list is ordinary text with links; the arcs beside it are drawn for the eye alone, since each chapter also
says in words what it needs. Colours are the page's own, so the graph follows light and dark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from bookbuild.illustrations.svg import element
from bookbuild.model.chapter import Chapter

ROW = 58  #: height of a chapter's row in pixels; the style sheet gives the list the same
WIDTH = 104
#: A curve reaches three quarters of the way to its control points.
_FARTHEST = (WIDTH - 14) / 0.75


def edges(chapters: Sequence[Chapter]) -> list[tuple[str, str]]:
    """Return (what is needed, who needs it) for every link between chapters of the book."""
    names = {chapter.name for chapter in chapters}
    return [(need, chapter.name) for chapter in chapters for need in chapter.needs if need in names]


def draw(chapters: Sequence[Chapter], address: Callable[[str], str]) -> str:
    """Return the graph as HTML.

    Parameters
    ----------
    chapters
        In reading order.
    address
        Turns a chapter's name into the address of its page.
    """
    rows = {chapter.name: row for row, chapter in enumerate(chapters)}
    arcs = "".join(_arc(need, name, rows, len(chapters)) for need, name in edges(chapters))
    height = ROW * len(chapters)
    drawing = element(
        "svg", arcs, viewBox=f"0 0 {WIDTH} {height}", width=WIDTH, height=height, aria_hidden="true"
    )
    items = "".join(_item(chapter, rows, address) for chapter in chapters)
    style = f"<style>{_highlights(chapters)}</style>"
    return f'<div class="chapter-graph">{drawing}<ol>{items}</ol></div>\n{style}\n'


def _arc(need: str, name: str, rows: dict[str, int], count: int) -> str:
    """Draw an arc from a chapter to one that needs it; the farther they are apart, the farther out."""
    start, end = ((rows[chapter] + 0.5) * ROW for chapter in (need, name))
    # Arcs leave a chapter a little below its middle and arrive a little above it, so that they stay apart.
    start, end = start + 7, end - 7
    distance = rows[name] - rows[need]
    out = WIDTH - 8 - _FARTHEST * (abs(distance) / count) ** 0.6
    path = f"M{WIDTH - 2},{start:.0f}C{out:.0f},{start:.0f} {out:.0f},{end:.0f} {WIDTH - 8},{end:.0f}"
    head = f"M{WIDTH - 8},{end - 4:.0f}L{WIDTH - 1},{end:.0f}L{WIDTH - 8},{end + 4:.0f}Z"
    return element(
        "g",
        element("path", d=path, fill="none"),
        element("path", d=head, class_="head"),
        data_need=need,
        data_chapter=name,
    )


def _item(chapter: Chapter, rows: dict[str, int], address: Callable[[str], str]) -> str:
    needed = [need for need in chapter.needs if need in rows]
    numbers = ", ".join(str(int(need[:2])) for need in needed)
    words = f"needs {numbers}" if numbers else "needs nothing"
    link = f'<a href="{escape(address(chapter.name))}">{escape(chapter.title)}</a>'
    return (
        f'<li value="{chapter.number}" data-chapter="{chapter.name}"><div>{link}'
        f"<span> {words} · {chapter.reading} min</span></div></li>"
    )


def _highlights(chapters: Sequence[Chapter]) -> str:
    """Light up the arcs of the chapter that the pointer or the focus is on."""
    rules = (
        f'.chapter-graph:has(li[data-chapter="{chapter.name}"]:is(:hover, :focus-within)) '
        f'g[data-chapter="{chapter.name}"]'
        for chapter in chapters
    )
    return ",\n".join(rules) + " { --arc: var(--book-data); --arc-width: 2.5; }"
