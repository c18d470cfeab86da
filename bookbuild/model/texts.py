"""What a text cell holds: its headings, and below each the prose, the labels and the equations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, takewhile

from docutils.nodes import make_id
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

MARKDOWN = MarkdownIt("commonmark").use(dollarmath_plugin)

_LABEL = re.compile(r"\(([\w-]+)\)= *")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A heading of a text cell and what stands below it there, or what stands above the first heading.

    Attributes
    ----------
    title : str
        The heading in plain words, without markup; empty above the first heading.
    level : int
        Of the heading, 1 to 6; 0 above the first.
    anchor : str
        Id of the heading on the built page, as Sphinx derives it from the words; where they give none
        ("2 + 2 = 5"), the label above. Empty where there is neither.
    prose : str
        All lines below.
    words : str
        These lines without listings and comments, neither of which is read as prose.
    labels : tuple of str
        Names, ``(name)=``, that lead the reader here: those right above the heading, and those below it.
    equations : mapping of str to str
        The formulas that have a label, by it.
    """

    title: str
    level: int
    anchor: str
    prose: str
    words: str
    labels: tuple[str, ...]
    equations: Mapping[str, str]


def parts(source: str) -> Iterator[Part]:
    """Yield the parts of a text cell; labels above its first heading are no part, but belong to it."""
    lines, tokens = source.splitlines(), MARKDOWN.parse(source)
    listings = {number for token in tokens if token.type == "fence" for number in range(*token.map)}
    heads = [place for place, token in enumerate(tokens) if token.type == "heading_open" and not token.level]
    tops = [0, *(tokens[place].map[0] for place in heads), len(lines)]
    above: list[str] = []
    for place, (top, end) in zip([None, *heads], pairwise(tops), strict=True):
        body = range(top if place is None else tokens[place].map[1], end)
        words = _COMMENT.sub("", "\n".join(lines[number] for number in body if number not in listings))
        below, led = _labels(words, heading_follows=end < len(lines))
        if place is not None or len(led) < sum(bool(lines[number].strip()) for number in body):
            title = "" if place is None else plain_words(tokens[place + 1])
            anchor = make_id(title) or make_id("".join(above[-1:]))
            level = 0 if place is None else int(tokens[place].tag[1])
            prose = "\n".join(lines[body.start : end])
            yield Part(title, level, anchor, prose, words, (*above, *below), _equations(tokens, body))
        above = led


def _labels(words: str, *, heading_follows: bool) -> tuple[list[str], list[str]]:
    """Return the labels of some lines, and of these those that stand right above the heading that follows."""
    lines = [line for line in words.splitlines() if line.strip()]
    count = len(list(takewhile(_LABEL.fullmatch, reversed(lines)))) if heading_follows else 0
    names = [found[1] for line in lines if (found := _LABEL.fullmatch(line))]
    return names[: len(names) - count], names[len(names) - count :]


def _equations(tokens: list[Token], body: range) -> dict[str, str]:
    labelled = (token for token in tokens if token.type == "math_block_label" and token.map[0] in body)
    return {token.info: token.content.strip("\n") for token in labelled}


def plain_words(inline: Token) -> str:
    """Return a heading's words, code and maths without their marks."""
    kept = [
        token.content
        for token in inline.children or ()
        if token.type in ("text", "code_inline", "math_inline")
    ]
    return " ".join("".join(kept).split())
