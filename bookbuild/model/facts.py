r"""The facts of a chapter: ``notebooks/NN_name.yaml``, read once and refused with file, section and entry.

All sections may be left out. One of each entry, with all that it may hold::

    afterwards: say where every number lies    # what the reader can do then: the front page's table
    goals:                                     # check of an exercise -> the goals it practises,
      strides: [read]                          #   each by its first bold verb in the notebook
    questions:                                 # asked in the notebook by question("NN_name", "read-a-shape");
      - id: read-a-shape                       #   more of their fields in helpers/checks/questions.py
        prompt: What is the shape of `batch[0]`?
        options:
          - {text: "`(3, 32)`", correct: true, explanation: The axis of samples is gone.}
          - {text: "`(32,)`", explanation: An index takes one axis away.}
    cards:                                     # what the deck asks besides
      - id: grad-of-a-non-leaf
        section: The gradient of a non-leaf    # heading of the passage, in plain words
        front: How do you get it?              # Markdown with $maths$, as is the back
        back: Call `retain_grad()` before `backward()`.
    wrong_answers:                             # of exercises, for the guide for instructors
      - exercise: strides                      # name of its check
        answer: the shape, (4, 5, 6)
        said: the shape itself                 # a piece of the diagnosis, as the check's tests have it too
        reveals: Shape and stride are taken for one thing.
    beliefs:                                   # the page "Beliefs put to the test"
      - label: belief-cast                     # stands right before the cell that shows it
        belief: A cast rounds.
        verdict: wrong                         # or half right, outdated
        truth: It cuts the fraction off.
        shows: "[ -1, 0]"                      # a piece of what the cell prints; left out where that differs
        also: [belief-cast-again]              #   from run to run. also: further cells that show it
    terms:                                     # the glossary, where all chapters' terms are sorted together
      - term: leaf
        section: Leaves and all the others     # where it is explained
        definition: A tensor without a recorded step.
        forms: [leaves, "/leaf's?/"]           # other words that count as a use; a pattern between slashes
        but_not: [leaf node]                   # phrases in which the word means something else

A new section is a class of entries here and a field of `Facts`; editions carry the questions alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TypeVar

from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT
from helpers.checks.entries import (
    EntryError,
    entries_of,
    fields_of,
    identifier_of,
    read_sections,
    refuse_repeats,
    text_of,
)
from helpers.checks.questions import Entry as Question
from helpers.checks.questions import parse_questions

VERDICTS = ("wrong", "half right", "outdated")

#: Fields of Markdown, whose lines matter; all others are read as one line.
MARKDOWN_FIELDS = ("front", "back")

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Card:
    """A short question with its answer, and the heading of the passage that it is about."""

    id: str
    section: str
    front: str
    back: str

    def __post_init__(self) -> None:
        for name in MARKDOWN_FIELDS:
            refuse_open_marks(getattr(self, name), name)


@dataclass(frozen=True)
class WrongAnswer:
    """A usual wrong answer, what its check says, and what the learner believes."""

    exercise: str
    answer: str
    said: str
    reveals: str


@dataclass(frozen=True)
class Belief:
    """What is believed, what is true, and where a cell shows it."""

    label: str
    belief: str
    verdict: str
    truth: str
    shows: str = ""  #: a piece of what the cell prints
    also: tuple[str, ...] = ()  #: labels of further cells that show it

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"the verdict is {self.verdict!r}; expected {', '.join(VERDICTS)}")


@dataclass(frozen=True)
class Term:
    """A word of the field, what it means here, and the heading of the passage that explains it."""

    term: str
    section: str
    definition: str
    forms: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that a chapter's file says."""

    chapter: str
    afterwards: str
    goals: Mapping[str, tuple[str, ...]]
    questions: tuple[Question, ...]
    cards: tuple[Card, ...]
    wrong_answers: tuple[WrongAnswer, ...]
    beliefs: tuple[Belief, ...]
    terms: tuple[Term, ...]


SECTIONS = {field.name for field in fields(Facts)} - {"chapter"}


def of_book(root: Path = ROOT) -> dict[str, Facts]:
    """Return the facts of every chapter of the book at ``root`` by its name, in reading order."""
    return {path.stem: of_chapter(path) for path in notebooks.chapters(root)}


def files(root: Path = ROOT) -> list[Path]:
    """Return what `of_book` reads."""
    return [file_of(path) for path in notebooks.chapters(root)]


def file_of(notebook: Path) -> Path:
    """Return the file of facts beside a chapter's notebook."""
    return notebook.with_suffix(".yaml")


def of_chapter(notebook: Path) -> Facts:
    """Return the facts of the chapter whose notebook this is.

    Raises
    ------
    EntryError
        There is no such file, or it is not as described above; the message names section, entry and field.
    """
    path = file_of(notebook)
    if not path.exists():
        raise EntryError(f"{path.name} is missing: every chapter has such a file beside its notebook")
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> Facts:
    """Read a file once, as long as it stays as it is."""
    return parse(path.read_text("utf-8"), path.stem)


def parse(text: str, chapter: str) -> Facts:
    """Return the facts in a file's text; ``chapter`` names the file in error messages."""
    source = f"{chapter}.yaml"
    sections = fields_of(read_sections(text, source), source, SECTIONS)
    return Facts(
        chapter=chapter,
        afterwards=text_of(sections, "afterwards", source) if sections.get("afterwards") else "",
        goals=_goals(sections.get("goals") or {}, f"{source}, goals"),
        questions=parse_questions(sections, source),
        cards=_entries(Card, sections, "cards", source),
        wrong_answers=_entries(WrongAnswer, sections, "wrong_answers", source),
        beliefs=_entries(Belief, sections, "beliefs", source),
        terms=_entries(Term, sections, "terms", source),
    )


def _goals(table: object, where: str) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(table, Mapping):
        raise EntryError(f"{where}: expected lists of verbs by the names of exercises, got {table!r}")
    return {exercise: _words(table, exercise, where) for exercise in table}


def _entries(kind: type[Kind], sections: Mapping[str, object], name: str, source: str) -> tuple[Kind, ...]:
    """Return the entries of a section; the first field of its kind names an entry."""
    entries = tuple(_entry(kind, item, where) for where, item in entries_of(sections, name, source))
    names = [str(getattr(entry, fields(kind)[0].name)).lower() for entry in entries]
    if kind is not WrongAnswer:  # an exercise has several
        refuse_repeats(names, f"{source}, {name}")
    return entries


def _entry(kind: type[Kind], item: object, where: str) -> Kind:
    known = {field.name: field for field in fields(kind)}
    given = fields_of(item, where, set(known))
    where = f"{where} ({given.get(next(iter(known)))})"
    values = {
        name: _value(given, name, where, isinstance(field.default, tuple))
        for name, field in known.items()
        if name in given or field.default is MISSING
    }
    try:
        return kind(**values)
    except ValueError as error:
        raise EntryError(f"{where}: {error}") from None


def _value(given: Mapping[str, object], name: str, where: str, is_list: bool) -> str | tuple[str, ...]:
    if name == "id":
        return identifier_of(given, where)
    if is_list:
        return _words(given, name, where)
    return text_of(given, name, where, keep_lines=name in MARKDOWN_FIELDS)


def _words(fields: Mapping[str, object], name: str, where: str) -> tuple[str, ...]:
    items = fields[name]
    if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
        raise EntryError(f"{where}: {name} must be a list of words, got {items!r}")
    return tuple(items)


def refuse_open_marks(words: str, name: str) -> None:
    """Refuse words in which a dollar sign or a backtick has no partner."""
    for mark, called in (("`", "backtick"), ("$", "dollar sign")):
        if words.replace(rf"\{mark}", "").count(mark) % 2:
            raise ValueError(f"{name}: a {called} has no partner")
