"""Directives of the appendix: each page is built from the chapters and their facts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from bookbuild.model import beliefs, book, facts, notebooks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.application import Sphinx

    from bookbuild.model.chapter import Chapter
    from bookbuild.model.facts import Belief


class Built(SphinxDirective):
    """A directive that takes nothing and builds its part of the page from the chapters and ``sources``."""

    has_content = False
    option_spec: ClassVar[dict[str, Callable[[str], str]]] = {}
    sources: ClassVar[tuple[Path, ...]] = ()

    @property
    def root(self) -> Path:
        """Where the book lies that the page belongs to."""
        return Path(self.env.srcdir)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters of the book, in its order."""
        return book.chapters(self.root)

    def run(self) -> list[nodes.Node]:
        """Return the nodes; what is wrong with a source is an error of the page."""
        read = (self.root / "_toc.yml", *notebooks.chapters(self.root), *facts.files(self.root))
        for path in (*self.sources, *read):
            self.env.note_dependency(str(path))
        try:
            return self.build()
        except (OSError, ValueError) as error:
            raise self.error(f"{self.name}: {error}") from error

    def build(self) -> list[nodes.Node]:
        """Return the nodes."""
        raise NotImplementedError

    def markdown(self, text: str, source: str = "") -> list[nodes.Node]:
        """Parse Markdown as if it stood on the page."""
        holder = nodes.container()
        lines = text.splitlines()
        self.state.nested_parse(StringList(lines, source=source or self.name), 0, holder)
        return holder.children

    def section(self, title: str, *children: nodes.Node) -> nodes.section:
        """Return a section of the page, which its table of contents lists too."""
        section = nodes.section(
            "", nodes.title("", title), *children, names=[nodes.fully_normalize_name(title)]
        )
        self.state.document.note_implicit_target(section, section)
        return section


class Beliefs(Built):
    """``{beliefs}``: what is often believed, chapter by chapter, with verdicts and links to the cells."""

    def build(self) -> list[nodes.Node]:
        """Return a sentence that counts, and a section for each chapter of the book."""
        rows = {name: known.beliefs for name, known in facts.of_book(self.root).items()}
        chapters = [chapter for chapter in self.chapters if rows[chapter.name]]
        self.places = beliefs.places(self.chapters)
        shown = [row for chapter in chapters for row in rows[chapter.name]]
        return [*self.markdown(_counted(shown)), *(self._chapter(c, rows[c.name]) for c in chapters)]

    def _chapter(self, chapter: Chapter, rows: Sequence[Belief]) -> nodes.section:
        items = [
            nodes.list_item("", *self._row(row), classes=[row.verdict.replace(" ", "-")]) for row in rows
        ]
        listed = nodes.bullet_list("", *items, classes=["beliefs"])
        return self.section(f"{chapter.number} {chapter.title}", listed)

    def _row(self, row: Belief) -> list[nodes.Node]:
        claim, verdict, *shown, links = self.markdown(self._text(row), row.label)
        for node, name in ((claim, "claim"), (verdict, "verdict"), (links, "see")):
            node["classes"].append(name)
        return [claim, verdict, *shown, links]

    def _text(self, row: Belief) -> str:
        known = [label for label in (row.label, *row.also) if label in self.places]
        if row.label not in known:
            raise ValueError(f"no chapter of the book sets the label {row.label}")
        links = [f"[{_plain(self.places[label].heading)}](#{label})" for label in known]
        shown = f"```text\n{row.shows}\n```\n\n" if row.shows else ""
        verdict = row.verdict.capitalize()
        return f"“{row.belief}”\n\n**{verdict}.** {row.truth}\n\n{shown}See the cell: {' · '.join(links)}\n"


class DataOrigins(Built):
    """``{data-origins}``: which pictures the stored outputs of each chapter were computed from."""

    def build(self) -> list[nodes.Node]:
        """Return a table of the chapters that use a data set."""
        rows = ["| chapter | data set | pictures | SHA-256 begins |", "|---|---|---|---|"]
        for chapter in self.chapters:
            for name, origin in chapter.notebook.metadata.get("book", {}).get("data", {}).items():
                rows.append(
                    f"| {linked(chapter)} | {name} | {origin['source']} | `{origin['sha256'][:16]}` |"
                )
        return self.markdown("\n".join(rows) + "\n")


def linked(chapter: Chapter) -> str:
    """Return a chapter's number and title as a link in Markdown."""
    return f"[{chapter.number} {chapter.title}](/{chapter.docname})"


def _plain(heading: str) -> str:
    """Return a heading as the text of a link, without quotes around it."""
    return re.sub(r"[\[\]]", "", heading).strip('"').removesuffix(":")


def _counted(rows: list[Belief]) -> str:
    counts = Counter(row.verdict for row in rows)
    each = ", ".join(f"**{counts[verdict]} {verdict}**" for verdict in facts.VERDICTS)
    return f"{len(rows)} beliefs were put to the test: {each}.\n"


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_css_file("appendix.css", priority=910)
    app.add_directive("beliefs", Beliefs)
    app.add_directive("data-origins", DataOrigins)
