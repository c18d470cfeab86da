"""The sections of the chapters: what stands in each, and the anchor of each on the built page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from docutils.nodes import make_id
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bookbuild.model.notebooks import ROOT

MARKDOWN = MarkdownIt("commonmark").use(dollarmath_plugin)
LABEL = re.compile(r"\(([\w-]+)\)=\s*")


class PassageError(ValueError):
    """A passage is named that the book does not have; the message says where, and what it has."""


@dataclass(eq=False)
class Section:
    """A heading and what stands below it, up to the next heading.

    Attributes
    ----------
    title : str
        The heading in plain words, without markup.
    level : int
        1 for the chapter's title.
    anchor : str
        Id of the section on the built page, as Sphinx derives it from the heading; where the heading gives
        none ("2 + 2 = 5"), the label above it. Empty where there is neither.
    prose : str
        The text that follows.
    code : list of (str, str)
        The code that follows: the id of each cell, and its source.
    cells : list of str
        Ids of the cells that the section touches.
    """

    title: str
    level: int
    anchor: str
    prose: str = ""
    code: list[tuple[str, str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A chapter by its sections, the title first."""

    name: str
    title: str
    sections: tuple[Section, ...]

    @property
    def number(self) -> int:
        """The number that the file's name begins with."""
        return int(self.name.partition("_")[0])

    @property
    def docname(self) -> str:
        """The page's name for Sphinx."""
        return f"notebooks/{self.name}"


@dataclass(frozen=True)
class Passage:
    """A place in the book: a section of a chapter."""

    page: Page
    section: Section

    @property
    def address(self) -> str:
        """Address of the passage, from the root of the built book."""
        return f"{self.page.docname}.html#{self.section.anchor}"

    def __str__(self) -> str:
        """Say the passage in words that help without a link."""
        title = self.page.title
        where = "" if self.section.level == 1 else f": {self.section.title}"
        return f"Chapter {self.page.number}, {title}{where}"


def chapters(root: Path = ROOT) -> tuple[Path, ...]:
    """Return the notebooks that ``_toc.yml`` puts into the book, in its order."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    files = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    notebooks = [root / f"{file}.ipynb" for file in files]
    return tuple(path for path in notebooks if path.is_file() and path.stem[:2].isdigit())


def read_book(root: Path = ROOT) -> tuple[Page, ...]:
    """Return all chapters of the book at ``root``, in reading order."""
    return tuple(_page_at(path, path.stat().st_mtime_ns) for path in chapters(root))


@cache
def _page_at(path: Path, changed: int) -> Page:
    """Read a chapter once, as long as its file stays as it is."""
    return read_page(path)


def read_page(path: Path) -> Page:
    """Read a chapter's sections.

    Raises
    ------
    PassageError
        The notebook does not begin with its title.
    """
    sections: list[Section] = []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        for found in _parts(cell, sections[-1] if sections else None, path.name):
            if not any(found is section for section in sections):
                sections.append(found)
            found.cells.append(cell["id"])
    if not sections or sections[0].level != 1:
        raise PassageError(f"{path.name}: the first cell must begin with the title, '# ...'")
    _keep_first_of_equal_anchors(sections)
    return Page(path.stem, sections[0].title, tuple(sections))


def _parts(cell: dict, current: Section | None, source: str) -> Iterator[Section]:
    """Yield the sections that a cell touches, filled with what it holds for them."""
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield from _split(text, current)
        return
    if current is None:
        raise PassageError(f"{source}: a cell stands before the title")
    current.code.append((cell["id"], text))
    yield current


def _split(text: str, current: Section | None) -> Iterator[Section]:
    lines = text.splitlines()
    tokens = MARKDOWN.parse(text)
    starts = [place for place, token in enumerate(tokens) if token.type == "heading_open" and not token.level]
    ends = [tokens[place].map[0] for place in starts] + [len(lines)]
    above = [line for line in lines[: ends[0]] if line.strip() and not LABEL.fullmatch(line)]
    if current is not None and above:
        current.prose += "\n" + "\n".join(above)
        yield current
    for place, end in zip(starts, ends[1:], strict=True):
        title, (first, below) = plain_words(tokens[place + 1]), tokens[place].map
        anchor = make_id(title) or _label(lines[:first])
        yield Section(title, int(tokens[place].tag[1]), anchor, "\n".join(lines[below:end]))


def _label(above: Sequence[str]) -> str:
    """Return the id of a label, ``(name)=``, on the last of the lines above a heading."""
    label = LABEL.fullmatch(above[-1]) if above else None
    return make_id(label[1]) if label else ""


def plain_words(inline: Token) -> str:
    """Return a heading's words, code and maths without their marks."""
    kept = [
        token.content
        for token in inline.children or ()
        if token.type in ("text", "code_inline", "math_inline")
    ]
    return " ".join("".join(kept).split())


def _keep_first_of_equal_anchors(sections: Sequence[Section]) -> None:
    """Of two headings in the same words Sphinx gives the second a number that nobody can foresee."""
    seen: set[str] = set()
    for section in sections:
        section.anchor = "" if section.anchor in seen else section.anchor
        seen.add(section.anchor)


def find(pages: Sequence[Page], name: str, where: str) -> Passage:
    """Return the passage called ``name``: ``"03_autograd: The record"``, chapter and heading.

    Raises
    ------
    PassageError
        There is no such chapter, or it has no such heading; ``where`` begins the message.
    """
    chapter, _, title = name.partition(": ")
    page = next((page for page in pages if page.name == chapter), None)
    if page is None:
        raise PassageError(f"{where}: no chapter is called {chapter!r}; passages read '03_autograd: Heading'")
    return find_section(page, title, where)


def find_section(page: Page, title: str, where: str) -> Passage:
    """Return the passage below the heading ``title`` of a chapter, given in plain words."""
    section = next((section for section in page.sections if section.title == title), None)
    if section is None:
        known = "; ".join(section.title for section in page.sections)
        raise PassageError(f"{where}: {page.name} has no heading {title!r}. Its headings: {known}")
    if not section.anchor:
        raise PassageError(f"{where}: the heading {title!r} of {page.name} has no anchor; word it otherwise")
    return Passage(page, section)
