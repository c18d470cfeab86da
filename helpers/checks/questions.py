"""Quick questions: read from a plain file beside each chapter, shown as multiple choice.

``notebooks/<chapter>.questions.yaml`` holds the questions of one chapter::

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
option is correct; a question that says ``choose: several`` may have more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import yaml

from helpers.figures.question import Option, Question

QUESTION_FIELDS = {"id", "prompt", "options", "choose"}
OPTION_FIELDS = {"text", "correct", "explanation"}
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class QuestionFileError(ValueError):
    """A question file cannot be used; the message names the file, the question and the field."""


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
        The chapter has no question file.
    QuestionFileError
        The file is not a valid question file.
    KeyError
        The file holds no question of that id.
    """
    entries = {entry.id: entry for entry in chapter_questions(chapter)}
    if id not in entries:
        raise KeyError(f"{chapter} has no question {id!r}; it has {', '.join(entries)}")
    return entries[id].figure()


def chapter_questions(chapter: str) -> tuple[Entry, ...]:
    """Return every question of a chapter, in the file's order, checked."""
    name = f"{chapter}.questions.yaml"
    for folder in question_folders():
        if folder.joinpath(name).is_file():
            return parse_questions(folder.joinpath(name).read_text(encoding="utf-8"), name)
    raise FileNotFoundError(f"no file {name} in notebooks/, nor in the package: is the chapter's name right?")


def question_folders() -> tuple[Path, ...]:
    """Return the places of question files: the checkout's notebooks, then a one-file edition's package."""
    checkout = Path(__file__).resolve().parents[2] / "notebooks"
    packaged = resources.files("helpers.checks") / "questions"
    return checkout, Path(str(packaged))


def parse_questions(text: str, source: str) -> tuple[Entry, ...]:
    """Return the questions of a file's text; ``source`` names the file in error messages."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise QuestionFileError(f"{source}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or set(content) != {"questions"}:
        raise QuestionFileError(f"{source}: expected one top-level field, 'questions'")
    items = content["questions"]
    if not isinstance(items, list) or not items:
        raise QuestionFileError(f"{source}: 'questions' must be a list of at least one question")
    entries = tuple(_entry(item, f"{source}, question {place}") for place, item in enumerate(items, start=1))
    _refuse_repeats(entries, source)
    return entries


def _refuse_repeats(entries: tuple[Entry, ...], source: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise QuestionFileError(f"{source}: the id {entry.id!r} is used twice")
        seen.add(entry.id)


def _entry(item: object, where: str) -> Entry:
    fields = _fields(item, where, allowed=QUESTION_FIELDS)
    id = _text(fields, "id", where)
    if not IDENTIFIER.fullmatch(id):
        raise QuestionFileError(f"{where}: id {id!r} must be lower-case words joined by hyphens")
    where = f"{where} ({id})"
    options = fields.get("options")
    if not isinstance(options, list) or len(options) < 2:
        raise QuestionFileError(f"{where}: options must be a list of at least two")
    read = tuple(_option(item, f"{where}, option {place}") for place, item in enumerate(options, start=1))
    entry = Entry(id, _text(fields, "prompt", where), read, fields.get("choose", "one"))
    try:
        entry.figure()
    except ValueError as error:
        raise QuestionFileError(f"{where}: {error}") from None
    return entry


def _option(item: object, where: str) -> Option:
    fields = _fields(item, where, allowed=OPTION_FIELDS)
    correct = fields.get("correct", False)
    if not isinstance(correct, bool):
        raise QuestionFileError(f"{where}: correct must be true or false, got {correct!r}")
    return Option(_text(fields, "text", where), _text(fields, "explanation", where), correct)


def _fields(item: object, where: str, allowed: set[str]) -> Mapping[str, object]:
    if not isinstance(item, dict):
        raise QuestionFileError(f"{where}: expected the fields {', '.join(sorted(allowed))}, got {item!r}")
    if unknown := set(item) - allowed:
        names = ", ".join(sorted(map(str, unknown)))
        raise QuestionFileError(f"{where}: unknown field {names}; known are {', '.join(sorted(allowed))}")
    return item


def _text(fields: Mapping[str, object], name: str, where: str) -> str:
    value = fields.get(name)
    if value is None:
        raise QuestionFileError(f"{where}: {name} is missing")
    if not isinstance(value, str):
        raise QuestionFileError(f"{where}: {name} must be text, got {value!r}; put it in quotes")
    if not value.strip():
        raise QuestionFileError(f"{where}: {name} is empty")
    return " ".join(value.split())
