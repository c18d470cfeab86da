"""A chapter as its notebook stands: sections, labels, exercises, and what it says about itself.

Everything that makes the book reads a chapter here: the form rules, the pages of the appendix, the deck of
cards, the sheets for teachers. `bookbuild.model.book` reads the files, each of them once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from bookbuild.model import exercises, notebooks, texts
from bookbuild.model.exercises import ChapterError, Exercise
from bookbuild.model.texts import Part

#: The frame of a chapter: these sections, in this order, the body between the second and the third.
FRAME = (
    "You will be able to",
    "You need",
    "What goes wrong",
    "Summary",
    "Exercises",
    "Further reading",
)

_LIST_ITEM = re.compile(r"^[-*] +(.+(?:\n +.+)*)", re.MULTILINE)
_CHAPTER_LINK = re.compile(r"\]\((?:\.\./notebooks/)?(\d\d_\w+)(?:\.ipynb)?(?:#[\w-]+)?\)")
_TIMES = re.compile(
    r"Reading takes about (\d+) minutes?\. Running every cell takes about (\d+) (second|minute)s?"
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(eq=False)
class Section:
    """A heading and what stands below it, up to the next heading: as in `texts.Part`, over several cells.

    Attributes
    ----------
    code : list of (str, str)
        The code below the heading: the id of each cell, and its source.
    cells : list of str
        Ids of the cells that the section touches.
    """

    title: str = ""
    level: int = 0  #: 1 for the chapter's title
    anchor: str = ""
    prose: str = ""
    words: str = ""
    code: list[tuple[str, str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Label:
    """A name that links go to: of a place in the text, an equation, or a figure.

    Attributes
    ----------
    name : str
        The same in no other chapter.
    heading : str
        The section that the reader arrives in.
    cell : NotebookNode or None
        For a place the code cell right behind its text cell, unless another place comes between; for a
        figure the cell that draws it.
    formula : str
        What an equation says.
    """

    name: str
    heading: str
    cell: NotebookNode | None = None
    formula: str = ""


@dataclass(frozen=True)
class Goal:
    """One thing that the reader will be able to do."""

    text: str  #: Markdown
    verb: str  #: its first bold word, which names it within the chapter


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter of the book; everything but ``path`` is read off its notebook, which nobody may change.

    What a draft does not say yet raises ChapterError when it is asked for.
    """

    path: Path
    notebook: NotebookNode

    @property
    def name(self) -> str:
        """Name of the file, ``08_batch_stochastic_minibatch``."""
        return self.path.stem

    @property
    def number(self) -> int:
        """The number that the file's name begins with."""
        return int(self.name.partition("_")[0])

    @property
    def docname(self) -> str:
        """The page's name for Sphinx."""
        return f"notebooks/{self.name}"

    @property
    def cells(self) -> list[NotebookNode]:
        """All cells, in order."""
        return self.notebook.cells

    @cached_property
    def code_cells(self) -> list[NotebookNode]:
        """The code cells, in order."""
        return notebooks.code_cells(self.notebook)

    # ------------------------------------------------------------ sections and labels

    @cached_property
    def _parts(self) -> list[tuple[NotebookNode, list[Part]]]:
        """Every cell with the parts of its text; a code cell has none."""
        return [
            (cell, texts.parts(cell.source) if cell.cell_type == "markdown" else []) for cell in self.cells
        ]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The headings with what stands below each; what stands above the first is in none."""
        found = [Section()]
        for cell, parts in self._parts:
            for part in parts:
                if part.level:
                    found.append(Section(part.title, part.level, part.anchor))
                found[-1].prose += part.prose
                found[-1].words += part.words
                found[-1].cells += [cell.id] if part.level or part.prose else []
            if cell.cell_type == "code":
                found[-1].code.append((cell.id, cell.source))
                found[-1].cells.append(cell.id)
        _keep_first_of_equal_anchors(found[1:])
        return tuple(found[1:])

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels that the chapter sets, in order."""
        found: list[Label] = []
        heading = ""
        for (cell, parts), behind in zip(self._parts, [*self.cells[1:], None], strict=True):
            shows = behind if behind is not None and behind.cell_type == "code" else None
            last = next((part.labels[-1] for part in reversed(parts) if part.labels), "")
            for part in parts:
                heading = part.title or heading
                found += [Label(name, heading, shows if name == last else None) for name in part.labels]
                found += [Label(name, heading, formula=text) for name, text in part.equations.items()]
            if name := cell.metadata.get("mystnb", {}).get("figure", {}).get("name"):
                found.append(Label(name, heading, cell))
        return tuple(found)

    def below(self, title: str) -> list[Section]:
        """Return a section of the second level and those inside it; nothing when there is none."""
        found, inside = [], False
        for section in self.sections:
            inside = section.title == title if section.level == 2 else inside
            found += [section] if inside else []
        return found

    # ------------------------------------------------------------ what it says about itself

    @property
    def opening(self) -> Part | None:
        """The title with what the first cell says below it; None when the notebook begins otherwise."""
        above, *parts = self._parts[0][1] if self._parts and self._parts[0][1] else [Part()]
        return parts[0] if parts and parts[0].level == 1 and not above.prose else None

    @property
    def title(self) -> str:
        """The heading that the notebook begins with, in plain words."""
        if self.opening is None:
            raise self._lacks("does not begin with `# Title`")
        return self.opening.title

    @property
    def goal_texts(self) -> list[str]:
        """The goals as they are listed, each in one line of Markdown."""
        return [" ".join(text.split()) for text in _LIST_ITEM.findall(self._words(FRAME[0]))]

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The goals, each with the verb that names it."""
        return tuple(self._goal(text) for text in self.goal_texts)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Names of the chapters that it links to under "You need"."""
        return tuple(sorted(set(_CHAPTER_LINK.findall(self._words(FRAME[1])))))

    @property
    def reading(self) -> int:
        """Minutes that reading takes."""
        return int(self._times[1])

    @property
    def running(self) -> int:
        """Seconds that running every cell takes."""
        return int(self._times[2]) * (60 if self._times[3] == "minute" else 1)

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises: cells tagged ``exercise`` below "Exercises", each with its text and solution."""
        return tuple(exercises.read(self.exercise_cells, self.path.name))

    @cached_property
    def exercise_cells(self) -> list[NotebookNode]:
        """The cells behind the one with the heading "Exercises", in order."""
        names = [name for section in self.below("Exercises") for name in section.cells]
        return [cell for cell in self.cells if cell.id in names and cell.id != names[0]]

    @property
    def outlook(self) -> str:
        """What it says of itself before it begins: goals, needs, times."""
        return "\n".join(self._words(name) for name in FRAME[:2])

    def _words(self, title: str) -> str:
        return "\n".join(section.words for section in self.below(title))

    @cached_property
    def _times(self) -> re.Match[str]:
        found = _TIMES.search(" ".join(self.outlook.split()))
        if found is None:
            raise self._lacks(
                "its opening does not say how long it takes: "
                "`Reading takes about 40 minutes. Running every cell takes about 10 seconds`"
            )
        return found

    def _goal(self, text: str) -> Goal:
        verb = _BOLD.search(text)
        if verb is None:
            raise self._lacks(f"the goal {text!r} has no verb in bold: `**compute** ...`")
        return Goal(text.rstrip(";."), verb[1])

    def _lacks(self, what: str) -> ChapterError:
        return ChapterError(f"{self.path.name}: {what}")


def _keep_first_of_equal_anchors(sections: list[Section]) -> None:
    """Of two headings in the same words Sphinx gives the second a number that nobody can foresee."""
    seen: set[str] = set()
    for section in sections:
        section.anchor = "" if section.anchor in seen else section.anchor
        seen.add(section.anchor)


#: A rule of form: yields one phrase a fault, "misses `## Summary`".
Rule = Callable[[Chapter], Iterator[str]]
