"""What a text cell holds: its headings, and below each the prose, the labels and the equations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docutils.nodes import make_id
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

MARKDOWN = MarkdownIt("commonmark").use(dollarmath_plugin).use(myst_block_plugin)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(eq=False)
class Part:
    """A heading and what stands below it.

    Attributes
    ----------
    title : str
        The heading in plain words, without markup; empty for what stands above the first one.
    level : int
        Of the heading, 1 to 6; 0 above the first.
    anchor : str
        Id of the heading on the built page, as Sphinx derives it from the words; where they give none
        ("2 + 2 = 5"), the label above. Empty where there is neither.
    prose : str
        The text below.
    words : str
        The same without listings and comments, neither of which is read as prose.
    labels : list of str
        Names, ``(name)=``, that lead the reader here: those right above the heading, and those below it.
    equations : dict of str to str
        The formulas that have a label, by it.
    """

    title: str = ""
    level: int = 0
    anchor: str = ""
    prose: str = ""
    words: str = ""
    labels: list[str] = field(default_factory=list)
    equations: dict[str, str] = field(default_factory=dict)


def parts(source: str) -> list[Part]:
    """Return the parts of a text cell; the first is what stands above its first heading, and may be empty."""
    lines, tokens = source.splitlines(), MARKDOWN.parse(source)
    found, led = [Part()], []  # led: labels that lead to what comes next
    for place, token in enumerate(tokens):
        if token.type == "math_block_label":
            found[-1].equations[token.info] = token.content.strip("\n")
        if token.level or not token.map:
            continue
        if token.type == "myst_target":
            led.append(token.content)
            continue
        if token.type == "heading_open":
            title = plain_words(tokens[place + 1])
            found.append(Part(title, int(token.tag[1]), make_id(title) or make_id("".join(led[-1:]))))
        else:
            text = "\n".join(lines[slice(*token.map)]) + "\n"
            found[-1].prose += text
            found[-1].words += "" if token.type == "fence" else _COMMENT.sub("", text)
        found[-1].labels += led
        led = []
    found[-1].labels += led
    return found


def plain_words(inline: Token) -> str:
    """Return a heading's words, code and maths without their marks."""
    kept = [
        token.content
        for token in inline.children or ()
        if token.type in ("text", "code_inline", "math_inline")
    ]
    return " ".join("".join(kept).split())
