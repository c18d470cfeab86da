"""What the appendix takes from the bank: links to passages, the glossary, the deck of cards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookbuild.deck import changes, deck
from bookbuild.model import book, facts
from bookbuild.model.bank import collect
from bookbuild.model.glossary import collect_terms
from bookbuild.site.appendix import Built

if TYPE_CHECKING:
    from docutils.nodes import system_message
    from sphinx.application import Sphinx

    from bookbuild.model.book import Passage
    from bookbuild.model.glossary import GlossaryTerm

LOGGER = logging.getLogger(__name__)

#: Where the deck lies in the built book.
DOWNLOAD = f"_downloads/{deck.FILE_NAME}"


class PassageRole(SphinxRole):
    """A link to a section of a chapter, by the heading: ``{passage}`03_autograd: The record` ``.

    The link says chapter and heading. Other words for it stand in front:
    ``{passage}`written down <03_autograd: The record>` ``.
    """

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        """Return the link; a passage that the book does not have is a warning."""
        *said, name = re.split(r"\s*<", self.text.removesuffix(">"), maxsplit=1)
        try:
            passage = book.find(book.chapters(Path(self.env.srcdir)), " ".join(name.split()), "passage")
        except book.PassageError as error:
            LOGGER.warning("%s", error, location=self.get_location())
            return [nodes.Text(self.text)], []
        target = self.env.app.builder.get_relative_uri(self.env.docname, passage.page.docname)
        words = "".join(said) or f"{passage.page.number}, {passage.section.title}"
        return [nodes.reference("", words, refuri=f"{target}#{passage.section.anchor}", internal=True)], []


class Glossary(Built):
    """``{book-glossary}``: every term by its first letter, each with the passage that explains it."""

    def build(self) -> list[nodes.Node]:
        """Return a line of letters, and a glossary for each."""
        by_letter: dict[str, list[GlossaryTerm]] = {}
        for term in collect_terms(facts.of_book(self.root), self.chapters):
            by_letter.setdefault(term.entry.term[0].upper(), []).append(term)
        letters = " ".join(f"[{letter}](#terms-{letter.lower()})" for letter in by_letter)
        listed = (_letter(letter, found) for letter, found in by_letter.items())
        return self.markdown("\n".join(["```{container} letters", letters, "```", "", *listed]))


def _letter(letter: str, terms: Iterable[GlossaryTerm]) -> str:
    entries = "\n\n".join(_entry(term) for term in terms)
    return f"(terms-{letter.lower()})=\n### {letter}\n\n````{{glossary}}\n{entries}\n````\n"


def _entry(term: GlossaryTerm) -> str:
    where = f"Chapter {_link(term.explained)}"
    if term.first_use.page is not term.explained.page:
        where += f"; first used in {_link(term.first_use)}"
    return f"{term.entry.term}\n  {term.entry.definition}\n\n  {where}"


def _link(passage: Passage) -> str:
    return f"{{passage}}`{passage.page.name}: {passage.section.title}`"


class DeckLink(Built):
    """``{card-deck}``: the link to the deck, and what it holds."""

    def build(self) -> list[nodes.Node]:
        """Return a sentence with the link."""
        bank = collect(self.root)
        above = "../" * self.env.docname.count("/")
        parts = f"{len(bank.questions)} questions, {len(bank.cards)} short answers, {len(bank.terms)} terms"
        link = f'<a class="deck" href="{above}{DOWNLOAD}" download>{deck.FILE_NAME}</a>'
        return self.markdown(f"{link}: {parts}.")


def write_deck(app: Sphinx, error: Exception | None) -> None:
    """Put the deck into the built book, and warn of a passage that its page does not have."""
    root = Path(app.srcdir)
    if error is not None or app.builder.format != "html" or not (root / "_toc.yml").exists():
        return
    try:
        bank, known = collect(root), changes.read(root)
    except (OSError, ValueError) as fault:
        LOGGER.warning("no deck of cards was made: %s", fault)
        return
    deck.write(bank, Path(app.outdir) / DOWNLOAD, known, deck.link_of(root / "_config.yml"))
    built = {note.passage for note in deck.notes(bank) if note.passage.page.docname in app.env.all_docs}
    for passage in sorted(built, key=str):
        _check(Path(app.outdir) / f"{passage.page.docname}.html", passage)


def _check(page: Path, passage: Passage) -> None:
    if f'id="{passage.section.anchor}"' not in page.read_text("utf-8"):
        LOGGER.warning("the deck points at %s, which the built page does not have", passage.address)


def setup(app: Sphinx) -> None:
    """Register the role and the directives; write the deck when all pages are there."""
    app.add_css_file("terms.css", priority=920)
    app.add_role("passage", PassageRole())
    app.add_directive("book-glossary", Glossary)
    app.add_directive("card-deck", DeckLink)
    app.connect("build-finished", write_deck, priority=800)
