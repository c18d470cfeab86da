"""What a chapter says about itself: title, goals, what it needs, its times, its exercises.

The appendix is built from this, so that a fact stands once, in the chapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from bookbuild.lint.form_text import FRAME, sections
from bookbuild.model import notebooks, passages
from bookbuild.model.notebooks import ROOT, tags

_LIST_ITEM = re.compile(r"^[-*] +(.+(?:\n +.+)*)", re.MULTILINE)
_CHAPTER_LINK = re.compile(r"\]\((?:\.\./notebooks/)?(\d\d_\w+)(?:\.ipynb)?(?:#[\w-]+)?\)")
_TIMES = re.compile(
    r"Reading takes about (\d+) minutes?\. Running every cell takes about (\d+) (second|minute)s?"
)
_EXERCISE = re.compile(r"(?:^|\n)(?:\*\*|### )(\d)\. ([^*\n]+?)\.?(?:\*\*|\n|$)")
_CHECK = re.compile(r"\bcheck\.(\w+)\(")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Goal:
    """One thing that the reader will be able to do."""

    text: str  #: Markdown
    verb: str  #: its first bold word, which names it within the chapter


@dataclass(frozen=True)
class Exercise:
    """One exercise of a chapter."""

    number: int
    title: str  #: "Predict", "Build a loader"
    check: str  #: name of its check, ``updates_made``


@dataclass(frozen=True)
class Chapter:
    """A chapter of the book, as its notebook describes it."""

    name: str  #: "08_batch_stochastic_minibatch"
    title: str
    goals: tuple[Goal, ...]
    needs: tuple[str, ...]  #: names of the chapters it links to under "You need"
    reading: int  #: minutes
    running: int  #: seconds
    exercises: tuple[Exercise, ...]

    @property
    def number(self) -> int:
        """Number of the chapter."""
        return int(self.name[:2])


def in_book(root: Path = ROOT) -> list[str]:
    """Names of the chapters that ``_toc.yml`` lists, in its order."""
    return [path.stem for path in passages.chapters(root)]


def chapters(root: Path = ROOT) -> list[Chapter]:
    """Every chapter of the book, in its order."""
    return [chapter(path) for path in passages.chapters(root)]


def chapter(path: Path) -> Chapter:
    """Read what one chapter says about itself.

    Raises
    ------
    ValueError
        When a sentence that the appendix needs is not there; the message says which, and its form.
    """
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, modified: int) -> Chapter:
    """Read a file that was last changed at ``modified``, which makes a changed file another question."""
    try:
        return describe(path.stem, notebooks.read(path))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def describe(name: str, notebook: NotebookNode) -> Chapter:
    """Return what a notebook says about itself; ``chapter`` says when it can't."""
    found = sections(notebook)
    opening = found.get(FRAME[0], "") + found.get(FRAME[1], "")
    reading, running = _times(opening)
    return Chapter(
        name=name,
        title=_title(notebook),
        goals=tuple(_goal(" ".join(text.split())) for text in _LIST_ITEM.findall(found.get(FRAME[0], ""))),
        needs=tuple(sorted(set(_CHAPTER_LINK.findall(found.get(FRAME[1], ""))))),
        reading=reading,
        running=running,
        exercises=tuple(_exercises(notebook)),
    )


def _title(notebook: NotebookNode) -> str:
    first = re.match(r"(?:\([\w-]+\)=\n)?# +(.+)", notebook.cells[0].source if notebook.cells else "")
    if first is None:
        raise ValueError("does not begin with `# Title`")
    return first[1].strip()


def _times(opening: str) -> tuple[int, int]:
    found = _TIMES.search(" ".join(opening.split()))
    if found is None:
        raise ValueError(
            "its opening does not say how long it takes: "
            "`Reading takes about 40 minutes. Running every cell takes about 10 seconds`"
        )
    return int(found[1]), int(found[2]) * (60 if found[3] == "minute" else 1)


def _goal(text: str) -> Goal:
    verb = _BOLD.search(text)
    if verb is None:
        raise ValueError(f"the goal {text!r} has no verb in bold: `**compute** ...`")
    return Goal(text.rstrip(";."), verb[1])


def _exercises(notebook: NotebookNode) -> list[Exercise]:
    """Return each numbered text that is followed by a cell tagged ``exercise``, with that cell's check."""
    found: list[Exercise] = []
    heading: re.Match[str] | None = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = _EXERCISE.search(cell.source)
        elif heading is not None and (name := _CHECK.search(cell.source)) and "hide-cell" not in tags(cell):
            found.append(Exercise(int(heading[1]), heading[2].strip(), name[1]))
            heading = None
    return found
