"""The table of chapters on the front page, built from the chapters and their facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bookbuild.model import book, facts, notebooks
from bookbuild.model.notebooks import ROOT
from bookbuild.site.appendix import Built, linked

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class ChapterTable(Built):
    """``{chapter-table}``: the chapters by their parts, and what the reader can do after each."""

    def build(self) -> list[nodes.Node]:
        """Return the table."""
        head = "| chapter | what you can do afterwards |\n|---|---|"
        return self.markdown("\n".join([head, *rows(self.root)]))


def rows(root: Path = ROOT) -> Iterator[str]:
    """Yield a row for each chapter, and one with its name before the first of each part."""
    known = facts.of_book(root)
    for caption, paths in notebooks.parts(root):
        if paths:
            yield f"| **{caption}** | |"
        for chapter in map(book.chapter, paths):
            yield f"| {linked(chapter)} | {known[chapter.name].afterwards} |"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-table", ChapterTable)
