"""The cells that the beliefs of a chapter's facts point at."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nbformat import NotebookNode

from bookbuild.model.chapter import Chapter, Label
from bookbuild.model.notebooks import tags


def places(chapters: Iterable[Chapter]) -> dict[str, Label]:
    """Return where each belief's label stands in some chapters."""
    labels = (label for chapter in chapters for label in chapter.labels)
    return {label.name: label for label in labels if label.name.startswith("belief-")}


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
