"""The exercises of a chapter: what is asked, the cell to fill, its check and its solution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from bookbuild.model.notebooks import tags

_TITLE = re.compile(r"(?:^|\n)(?:\*\*|### )(\d)\. ([^*\n]+?)\.?(?:\*\*|\n|$)")
_CHECK = re.compile(r"\bcheck\.(\w+)\(")


class ChapterError(ValueError):
    """A chapter does not say what the book needs of it; the message names its file and what is missing."""


@dataclass(frozen=True)
class Exercise:
    """One exercise of a chapter.

    Attributes
    ----------
    file : str
        The chapter's file, for messages.
    text : tuple of NotebookNode
        What stands before the stub: prose, and code that is given.
    stub : NotebookNode
        The cell that the reader fills.
    shown, hidden : tuple of NotebookNode
        The code cells from the stub on, up to the next one: those in sight, and the closed ones.
    """

    file: str
    text: tuple[NotebookNode, ...]
    stub: NotebookNode
    shown: tuple[NotebookNode, ...]
    hidden: tuple[NotebookNode, ...]

    @property
    def number(self) -> int:
        """The number in front of its title."""
        return int(self._heading[1])

    @property
    def title(self) -> str:
        """Its title: "Predict", "Build a loader"."""
        return self._heading[2].strip()

    @property
    def checks(self) -> list[str]:
        """Names of the checks that the cells in sight call."""
        return _checks(self.shown)

    @property
    def check(self) -> str:
        """Name of its check, ``updates_made``."""
        if not self.checks:
            raise self._lacks(f"no check follows the exercise {self.stub.id!r}: `check.<exercise>(answer)`")
        return self.checks[0]

    @property
    def is_solved(self) -> bool:
        """Whether the closed cells call the same checks."""
        return set(self.checks) <= set(_checks(self.hidden))

    @property
    def solution(self) -> NotebookNode:
        """The cell that shows how."""
        if not self.hidden:
            raise self._lacks(f"no solution (a `hide-cell` cell) follows the exercise {self.stub.id!r}")
        return self.hidden[-1]

    @property
    def _heading(self) -> re.Match[str]:
        prose = [cell.source for cell in self.text if cell.cell_type == "markdown"]
        found = _TITLE.search(prose[-1]) if prose else None
        if found is None:
            raise self._lacks(f"the exercise {self.stub.id!r} has no title: `**1. Predict.**`")
        return found

    def _lacks(self, what: str) -> ChapterError:
        return ChapterError(f"{self.file}: {what}")


def _checks(cells: Sequence[NotebookNode]) -> list[str]:
    return [name for cell in cells for name in _CHECK.findall(cell.source)]


def read(cells: Sequence[NotebookNode], file: str) -> Iterator[Exercise]:
    """Yield the exercises among the cells below "Exercises": each code cell tagged ``exercise`` is one."""
    stubs = [place for place, cell in enumerate(cells) if "exercise" in tags(cell)]
    for place, end in zip(stubs, [*stubs, len(cells)][1:], strict=True):
        before = [n for n, cell in enumerate(cells[:place]) if {"exercise", "hide-cell"} & set(tags(cell))]
        text = cells[before[-1] + 1 if before else 0 : place]
        code = [cell for cell in cells[place:end] if cell.cell_type == "code"]
        hidden = tuple(cell for cell in code if "hide-cell" in tags(cell))
        shown = tuple(cell for cell in code if "hide-cell" not in tags(cell))
        yield Exercise(file, tuple(text), cells[place], shown, hidden)
