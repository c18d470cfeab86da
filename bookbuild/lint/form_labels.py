"""Rules of form for labels: the names that links go to, which all chapters share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from bookbuild.model import notebooks
from bookbuild.model.notebooks import Rule

_TARGET = re.compile(r"^\(([\w-]+)\)= *$", re.MULTILINE)
_EQUATION = re.compile(r"^\$\$ \(([\w-]+)\) *$", re.MULTILINE)
_LINK_INTO_FILE = re.compile(r"\]\(([\w/.-]+\.ipynb#[\w-]+)\)")


def labels(notebook: NotebookNode) -> list[str]:
    """Return the labels that a notebook sets: of places, of equations and of figures, in order."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found += _TARGET.findall(cell.source) + _EQUATION.findall(cell.source)
        figure = cell.metadata.get("mystnb", {}).get("figure", {})
        found += [figure["name"]] if "name" in figure else []
    return found


@cache
def _read(path: Path, modified: int) -> tuple[str, tuple[str, ...]]:
    """Return a chapter's first cell and its labels; ``modified`` makes a changed file another question."""
    notebook = notebooks.read(path)
    return notebook.cells[0].source, tuple(labels(notebook))


def _labels_of_others(notebook: NotebookNode) -> set[str]:
    """Return the labels of all chapters but this one, which is known by its title."""
    chapters = [_read(path, path.stat().st_mtime_ns) for path in notebooks.chapters()]
    return {label for title, found in chapters if title != notebook.cells[0].source for label in found}


def sets_labels_of_its_own(notebook: NotebookNode) -> Iterator[str]:
    """Use each label once in the whole book: a link to a label that two chapters set goes astray."""
    others = _labels_of_others(notebook)
    for label, count in Counter(labels(notebook)).items():
        if count > 1 or label in others:
            yield f"sets the label {label!r}, which is set elsewhere in the book too: choose another name"


def links_to_labels(notebook: NotebookNode) -> Iterator[str]:
    """Link into another chapter by the label alone: Sphinx knows no label by its file."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in _LINK_INTO_FILE.findall(cell.source):
                yield f"links to {target!r} in {cell.id!r}: write (#{target.partition('#')[2]})"


RULES: tuple[Rule, ...] = (sets_labels_of_its_own, links_to_labels)
