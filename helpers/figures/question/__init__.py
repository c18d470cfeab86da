"""A multiple-choice question that explains every option, in the book and in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.figures.base import Figure
from helpers.figures.parameters import Choice, Parameter, Text
from helpers.figures.rich_text import rich_text

#: Below a question in words, wherever it cannot be answered.
_HOW_TO_ANSWER = "*To answer, run this cell; on the book's page, switch JavaScript on.*"


@dataclass(frozen=True)
class Option:
    """One answer to choose: its text, what to say once it is chosen, and whether it is right."""

    text: str
    explanation: str
    correct: bool = False


def _checked_options(options: Sequence[Option], question: Question) -> list[dict[str, object]]:
    if len(options) < 2:
        raise ValueError(f"options must be at least two, got {len(options)}")
    texts = [option.text for option in options]
    if len(set(texts)) < len(texts):
        raise ValueError("options must differ, two have the same text")
    count = sum(option.correct for option in options)
    if count == 0 or (question.choose == "one" and count > 1):
        wanted = "exactly one option" if question.choose == "one" else "at least one option"
        raise ValueError(f"{wanted} must be correct, got {count}")
    return [_shown(option, place) for place, option in enumerate(options, start=1)]


def _shown(option: Option, place: int) -> dict[str, object]:
    return {
        "text": _pieces(option.text, f"option {place}, text"),
        "explanation": _pieces(option.explanation, f"option {place}, explanation"),
        "correct": option.correct,
    }


def _pieces(words: str, name: str) -> list[list[str]]:
    try:
        return rich_text(words)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


class Question(Figure):
    """A quick question: radio buttons (or checkboxes), a check button, an explanation for every option."""

    id = Text(help="Name of the question within its chapter; it alone makes the ``repr``.")
    prompt = Parameter(
        expected="str",
        check=lambda words, question: _pieces(words, "prompt"),
        help="The question. In all texts, LaTeX stands between dollar signs and code between backticks.",
    )
    choose = Choice(
        "one",
        ("one", "several"),
        help="Radio buttons, or checkboxes of which all correct ones must be chosen.",
    )
    options = Parameter(
        expected="a sequence of Option",
        check=_checked_options,
        help="At least two. Exactly one is correct, unless ``choose`` is 'several'.",
    )

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._words = _in_words(arguments["prompt"], arguments["options"])

    def __repr__(self) -> str:
        """Return the class and the question's id."""
        return f"{type(self).__name__}({self.id!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict] | None:
        """Add the question in words, for whoever opens the notebook without running it."""
        bundle = super()._repr_mimebundle_(**kwargs)
        return bundle and ({**bundle[0], "text/markdown": self._words}, bundle[1])


def _in_words(prompt: str, options: Sequence[Option]) -> str:
    choices = "\n".join(f"- {option.text}" for option in options)
    return f"**Quick question.** {prompt}\n\n{choices}\n\n{_HOW_TO_ANSWER}"
