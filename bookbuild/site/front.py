"""The table of chapters on the front page, built from the chapters and their facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import yaml

from bookbuild.model import contents, facts
from bookbuild.model.notebooks import ROOT
from bookbuild.site.appendix import Built

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

TOC = ROOT / "_toc.yml"


class ChapterTable(Built):
    """``{chapter-table}``: the chapters by their parts, and what the reader can do after each."""

    sources = (TOC,)

    def build(self) -> list[nodes.Node]:
        """Return the table."""
        return self.markdown("| chapter | what you can do afterwards |\n|---|---|\n" + "\n".join(_rows()))


def _rows() -> Iterator[str]:
    """Yield a row for each chapter, and one with its name before the first of each part."""
    chapters, known = {chapter.name: chapter for chapter in contents.chapters()}, facts.of_book()
    for part in yaml.safe_load(TOC.read_text("utf-8"))["parts"]:
        names = [entry["file"].removeprefix("notebooks/") for entry in part["chapters"]]
        found = [chapters[name] for name in names if name in chapters]
        if found:
            yield f"| **{part['caption']}** | |"
        for chapter in found:
            link = f"[{chapter.number} {chapter.title}](/notebooks/{chapter.name})"
            yield f"| {link} | {known[chapter.name].afterwards} |"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-table", ChapterTable)
