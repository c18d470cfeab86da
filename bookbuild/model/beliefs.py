"""The cells that the beliefs of a chapter's facts point at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

from bookbuild.model.notebooks import tags

_LABEL = re.compile(r"^\((belief-[\w-]+)\)= *$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """Where a label stands."""

    heading: str  #: the section that the reader arrives in
    cell: NotebookNode | None  #: the code cell right behind the label; None when there is none


def places(notebook: NotebookNode) -> dict[str, Place]:
    """Return where each belief's label of a notebook stands.

    A label belongs to the code cell behind its text cell. A text between, or a second label further down in
    the same text cell, leaves the first without one.
    """
    found: dict[str, Place] = {}
    heading = ""
    for cell, following in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        if cell.cell_type != "markdown":
            continue
        behind = following if following is not None and following.cell_type == "code" else None
        labels = list(_LABEL.finditer(cell.source))
        for label in labels:
            arrived = _heading_at(cell.source, label) or heading
            found[label[1]] = Place(arrived, behind if label is labels[-1] else None)
        heading = (_HEADING.findall(cell.source) or [heading])[-1]
    return found


def _heading_at(source: str, label: re.Match[str]) -> str:
    """Return the heading right below a label, else the last one above it in the same text cell."""
    below = _HEADING.match(source[label.end() :].lstrip())
    return below[1] if below else (_HEADING.findall(source[: label.start()]) or [""])[-1]


def printed(cell: NotebookNode) -> str:
    """Return what a code cell shows in words, spaces and line ends as single spaces.

    A cell that prints nothing shows its assertions.
    """
    texts = [text for output in cell.outputs for text in _texts(output)]
    if not texts:
        texts = re.findall(r"^ *assert .*", cell.source, re.MULTILINE)
    return " ".join(" ".join(texts).split())


def _texts(output: NotebookNode) -> list[str]:
    if output.output_type == "error":
        return [f"{output.ename}: {output.evalue}"]
    return [output.get("text") or output.get("data", {}).get("text/plain", "")]


def is_compared(cell: NotebookNode) -> bool:
    """Whether a cell's output is the same in every run, so that a page may quote it."""
    return "nbval-ignore-output" not in tags(cell)
