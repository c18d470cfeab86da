"""Quick questions: read from the file of facts beside each chapter, shown as multiple choice.

``notebooks/<chapter>.yaml`` has a section of questions::

    questions:
      - id: updates-per-epoch
        prompt: How many updates does one epoch make with $N = 10$ samples and `batch_size=4`?
        options:
          - text: "3"
            correct: true
            explanation: Two batches of 4 and a last one of 2.
          - text: "2"
            explanation: The last two samples form a batch too, unless `drop_last=True`.

An option is wrong unless it says ``correct: true``, and every option has an explanation. Exactly one
option is correct; a question that says ``choose: several`` may have more. A one-file edition carries this
section of the file alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.checks.entries import (
    EntryError,
    entries_of,
    fields_of,
    identifier_of,
    read_sections,
    refuse_repeats,
    text_of,
)
from helpers.figures.question import Option, Question

QUESTION_FIELDS = {"id", "prompt", "options", "choose"}
OPTION_FIELDS = {"text", "correct", "explanation"}


@dataclass(frozen=True)
class Entry:
    """One question as its file states it, checked."""

    id: str
    prompt: str
    options: tuple[Option, ...]
    choose: str = "one"

    def figure(self) -> Question:
        """Return the interactive figure that asks this question."""
        return Question(id=self.id, prompt=self.prompt, options=self.options, choose=self.choose)


def question(chapter: str, id: str) -> Question:
    """Return the figure that asks one question of a chapter.

    Parameters
    ----------
    chapter : str
        The notebook's name without its ending, ``"08_batch_stochastic_minibatch"``.
    id : str
        The question's ``id`` in the chapter's file.

    Raises
    ------
    FileNotFoundError
        The chapter has no file of facts.
    EntryError
        The file's questions are not as described.
    KeyError
        The file holds no question of that id.
    """
    entries = {entry.id: entry for entry in chapter_questions(chapter)}
    if id not in entries:
        raise KeyError(f"{chapter} has no question {id!r}; it has {', '.join(entries)}")
    return entries[id].figure()


def chapter_questions(chapter: str) -> tuple[Entry, ...]:
    """Return every question of a chapter, in the file's order, checked."""
    for folder in question_folders():
        path = folder / f"{chapter}.yaml"
        if path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    raise FileNotFoundError(f"no file {chapter}.yaml beside the notebooks: is the chapter's name right?")


@cache
def _read(path: Path, changed: int) -> tuple[Entry, ...]:
    """Read a file once, as long as it stays as it is: a chapter asks it for one question at a time."""
    return parse_questions(read_sections(path.read_text(encoding="utf-8"), path.name), path.name)


def question_folders() -> tuple[Path, ...]:
    """Return the places of questions: the checkout's notebooks, then a one-file edition's package."""
    here = Path(__file__).resolve()
    return here.parents[2] / "notebooks", here.with_suffix("")


def parse_questions(sections: Mapping[str, object], source: str) -> tuple[Entry, ...]:
    """Return the questions among the sections of a file; ``source`` names it in error messages."""
    entries = tuple(_entry(item, where) for where, item in entries_of(sections, "questions", source))
    refuse_repeats((entry.id for entry in entries), f"{source}, questions")
    return entries


def _entry(item: object, where: str) -> Entry:
    fields = fields_of(item, where, allowed=QUESTION_FIELDS)
    id = identifier_of(fields, where)
    where = f"{where} ({id})"
    options = fields.get("options")
    if not isinstance(options, list) or len(options) < 2:
        raise EntryError(f"{where}: options must be a list of at least two")
    read = tuple(_option(item, f"{where}, option {place}") for place, item in enumerate(options, start=1))
    entry = Entry(id, text_of(fields, "prompt", where), read, fields.get("choose", "one"))
    try:
        entry.figure()
    except ValueError as error:
        raise EntryError(f"{where}: {error}") from None
    return entry


def _option(item: object, where: str) -> Option:
    fields = fields_of(item, where, allowed=OPTION_FIELDS)
    correct = fields.get("correct", False)
    if not isinstance(correct, bool):
        raise EntryError(f"{where}: correct must be true or false, got {correct!r}")
    return Option(text_of(fields, "text", where), text_of(fields, "explanation", where), correct)
