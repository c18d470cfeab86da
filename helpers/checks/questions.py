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

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from helpers.checks.entries import EntryError, fields_of, identifier_of, read_list, refuse_repeats, text_of
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
        The chapter has no question file.
    EntryError
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
    items = read_list(text, source, "questions")
    entries = tuple(_entry(item, f"{source}, question {place}") for place, item in enumerate(items, start=1))
    refuse_repeats((entry.id for entry in entries), source)
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
