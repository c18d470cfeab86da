"""Close in JupyterLab and in Colab what is closed on the page: solutions as a whole, some cells' code.

Of a closed cell JupyterLab shows the first line and Colab a title, ``# @title ...``. One line serves both, so
that neither code nor the answer of a check is read before the attempt. Refreshing a chapter folds it, with
and without executing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode, from_dict

from bookbuild.model.chapter import Chapter, Rule
from bookbuild.model.notebooks import TITLE, code_cells, tags, untitled

#: What a cell's tag puts into its metadata, for JupyterLab and for Colab.
CLOSED: dict[str, dict[str, Any]] = {
    "hide-cell": {"jupyter": {"source_hidden": True, "outputs_hidden": True}, "cellView": "form"},
    "hide-input": {"jupyter": {"source_hidden": True}, "cellView": "form"},
}
KEYS = ("jupyter", "cellView")

REMEDY = ", unlike the page: refresh it with --figures"


def _folded(cell: NotebookNode) -> tuple[dict[str, Any], str]:
    """Return how a code cell should be closed (nothing when it is open on the page), and its text."""
    closed = next((CLOSED[tag] for tag in CLOSED if tag in tags(cell)), {})
    title = f"{TITLE}\n" if "hide-cell" in tags(cell) else ""
    return closed, title + untitled(cell.source)


def fold(notebook: NotebookNode) -> None:
    """Close all cells that the page closes, and no others; give every solution its first line."""
    for cell in code_cells(notebook):
        closed, cell.source = _folded(cell)
        for key in KEYS:
            cell.metadata.pop(key, None)
        cell.metadata.update(from_dict(closed))


def closes_what_the_page_closes(chapter: Chapter) -> Iterator[str]:
    """Close solutions in JupyterLab and Colab too, with nothing of them in sight, and nothing else."""
    for cell in chapter.code_cells:
        closed, source = _folded(cell)
        what = "solution" if "hide-cell" in tags(cell) else "code"
        if {key: cell.metadata[key] for key in KEYS if key in cell.metadata} != closed:
            yield f"{'shows' if closed else 'closes'} the {what} {cell.id!r} in JupyterLab or Colab{REMEDY}"
        if cell.source != source:
            yield f"{'lacks' if closed else 'has'} the line {TITLE!r} above the {what} {cell.id!r}{REMEDY}"


RULES: tuple[Rule, ...] = (closes_what_the_page_closes,)
