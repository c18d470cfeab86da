"""The book: its chapters, each file read once, and the passages that other pages point at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bookbuild.model import notebooks
from bookbuild.model.chapter import Chapter, Section
from bookbuild.model.notebooks import ROOT


class PassageError(ValueError):
    """A passage is named that the book does not have; the message says where, and what it has."""


def chapters(root: Path = ROOT) -> tuple[Chapter, ...]:
    """Return the chapters of the book at ``root``, in the order of ``_toc.yml``."""
    return tuple(chapter(path) for path in notebooks.chapters(root))


def chapter(path: Path) -> Chapter:
    """Return the chapter in a file, which is read again only when it has changed.

    Raises
    ------
    ValueError
        When the file is no notebook; the message names it.
    """
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, modified: int) -> Chapter:
    """Read a file that was last changed at ``modified``, which makes a changed file another question."""
    return Chapter(path, notebooks.read(path))


@dataclass(frozen=True)
class Passage:
    """A place in the book: a section of a chapter."""

    page: Chapter
    section: Section

    @property
    def address(self) -> str:
        """Address of the passage, from the root of the built book."""
        return f"{self.page.docname}.html#{self.section.anchor}"

    def __str__(self) -> str:
        """Say the passage in words that help without a link."""
        where = "" if self.section.level == 1 else f": {self.section.title}"
        return f"Chapter {self.page.number}, {self.page.title}{where}"


def find(pages: Sequence[Chapter], name: str, where: str) -> Passage:
    """Return the passage called ``name``: ``"03_autograd: The record"``, chapter and heading.

    Raises
    ------
    PassageError
        There is no such chapter, or it has no such heading; ``where`` begins the message.
    """
    stem, _, title = name.partition(": ")
    page = next((page for page in pages if page.name == stem), None)
    if page is None:
        raise PassageError(f"{where}: no chapter is called {stem!r}; passages read '03_autograd: Heading'")
    return find_section(page, title, where)


def find_section(page: Chapter, title: str, where: str) -> Passage:
    """Return the passage below the heading ``title`` of a chapter, given in plain words."""
    section = next((section for section in page.sections if section.title == title), None)
    if section is None:
        known = "; ".join(section.title for section in page.sections)
        raise PassageError(f"{where}: {page.name} has no heading {title!r}. Its headings: {known}")
    if not section.anchor:
        raise PassageError(f"{where}: the heading {title!r} of {page.name} has no anchor; word it otherwise")
    return Passage(page, section)
