r"""Words with ``$maths$`` and ```code``` as safe pieces that a figure can draw without MathJax.

LaTeX becomes MathML here, in Python, so that no front end needs a maths library. A figure receives a
list of ``[kind, content]`` pairs, where kind is ``text``, ``code`` or ``math``; only ``math`` is markup,
and it holds nothing but the elements and attributes listed below.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from latex2mathml.converter import convert

Pieces = list[list[str]]

MATHML_TAGS = re.compile(
    "math|mrow|mi|mo|mn|mtext|mspace|msup|msub|msubsup|mfrac|msqrt|mroot|mover|munder|munderover"
    "|mtable|mtr|mtd|mstyle|mpadded|mphantom"
)
MATHML_ATTRIBUTES = re.compile(
    "display|accent|accentunder|stretchy|fence|form|separator|movablelimits|largeop|symmetric|mathvariant"
    "|columnalign|columnspacing|rowspacing|linethickness|displaystyle|scriptlevel|width|height|depth|lspace"
    "|rspace|minsize|maxsize"
)
NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
# An escaped dollar is an ordinary one; code comes first, since it may hold dollars.
MARKUP = re.compile(r"`(?P<code>[^`]+)`|(?<!\\)\$(?P<math>[^$`]+?)(?<!\\)\$")


def rich_text(words: str) -> Pieces:
    r"""Split words into pieces of text, code and maths.

    Parameters
    ----------
    words : str
        Plain words with LaTeX between dollar signs and code between backticks; ``\$`` is a dollar sign.

    Returns
    -------
    list of [kind, content]
        The pieces in order; none is empty.

    Raises
    ------
    ValueError
        A dollar sign or backtick has no partner, or the LaTeX is not understood.
    """
    pieces: Pieces = []
    end = 0
    for match in MARKUP.finditer(words):
        pieces.append(["text", _plain(words[end : match.start()])])
        pieces.append(["code", match["code"]] if match["code"] else ["math", mathml(match["math"])])
        end = match.end()
    pieces.append(["text", _plain(words[end:])])
    return [piece for piece in pieces if piece[1]]


def _plain(words: str) -> str:
    if "`" in words:
        raise ValueError(f"a backtick has no partner in {words.strip()!r}")
    if re.search(r"(?<!\\)\$", words):
        raise ValueError(rf"a $ has no partner in {words.strip()!r}; write \$ for a dollar sign")
    return words.replace(r"\$", "$")


def mathml(latex: str) -> str:
    """Return LaTeX as one ``<math>`` element that holds only presentation markup.

    Raises
    ------
    ValueError
        The LaTeX is not understood, or asks for more than presentation (links, colours).
    """
    if latex.count("{") != latex.count("}"):
        raise ValueError(f"unbalanced braces in ${latex}$")
    try:
        markup = convert(latex)
        root = ElementTree.fromstring(markup)
    except Exception as error:  # the converter and the parser each have their own dozen
        raise ValueError(f"cannot read ${latex}$ as LaTeX: {type(error).__name__}") from None
    for element in root.iter():
        _refuse_more_than_presentation(element, latex)
    return markup


def _refuse_more_than_presentation(element: ElementTree.Element, latex: str) -> None:
    tag = element.tag.removeprefix(NAMESPACE)
    if not MATHML_TAGS.fullmatch(tag):
        raise ValueError(f"${latex}$ holds <{tag}>, which is not maths")
    for name in element.attrib:
        if not MATHML_ATTRIBUTES.fullmatch(name):
            raise ValueError(f"${latex}$ asks for {name}, which is more than maths needs")
    # The converter passes a command that it does not know through as a name.
    if "\\" in (element.text or ""):
        raise ValueError(f"${latex}$ holds the unknown command {element.text}")
