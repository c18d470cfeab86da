r"""What a note shows: Markdown with ``$maths$`` as the HTML that Anki wants, ``\( maths \)``."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bookbuild.model.book import Passage
from bookbuild.model.facts import Card, Question, Term


@dataclass(frozen=True)
class Face:
    """The two sides of a note, as HTML."""

    front: str
    back: str


def _inline(self: Any, tokens: Sequence[Token], place: int, options: Mapping, env: Mapping) -> str:
    return rf"\({escape(tokens[place].content, quote=False)}\)"


def _display(self: Any, tokens: Sequence[Token], place: int, options: Mapping, env: Mapping) -> str:
    return rf"\[{escape(tokens[place].content.strip(), quote=False)}\]"


# No HTML of its own: a message such as "<lambda>" is words.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin)
MARKDOWN.add_render_rule("math_inline", _inline)
MARKDOWN.add_render_rule("math_block", _display)


def words(markdown: str) -> str:
    """Return one line of Markdown as HTML without a paragraph around it."""
    return MARKDOWN.renderInline(markdown)


def blocks(markdown: str) -> str:
    """Return Markdown of several paragraphs as HTML."""
    return MARKDOWN.render(markdown).strip()


def question_face(question: Question) -> Face:
    """Return a multiple-choice note: options on the front, the right one and all reasons on the back."""
    several = "<p class=hint>More than one may be right.</p>" if question.choose == "several" else ""
    options = "".join(f"<li>{words(option.text)}</li>" for option in question.options)
    front = f'<p>{words(question.prompt)}</p><ol type="A">{options}</ol>{several}'
    return Face(front, _answers(question.options))


def _answers(options: Sequence) -> str:
    right = [
        letter for letter, option in zip(string.ascii_uppercase, options, strict=False) if option.correct
    ]
    said = f"<p class=right>{' and '.join(right)}</p>"
    reasons = "".join(
        f"<li class={'yes' if option.correct else 'no'}>{'✓' if option.correct else '✗'} "
        f"{words(option.explanation)}</li>"
        for option in options
    )
    return f'{said}<ol type="A">{reasons}</ol>'


def card_face(card: Card) -> Face:
    """Return a note of question and answer."""
    return Face(blocks(card.front), blocks(card.back))


def term_face(term: Term) -> Face:
    """Return a note that asks for a term's meaning."""
    return Face(f"<p class=term>{words(term.term)}</p>", f"<p>{words(term.definition)}</p>")


def passage_face(passage: Passage) -> str:
    """Return the words that lead to a passage."""
    return escape(str(passage), quote=False)
