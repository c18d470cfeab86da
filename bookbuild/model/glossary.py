"""The glossary: the chapters' terms, each with the passage that explains it and the one that uses it first.

Where a term is *used* first is read off the chapters: the first section of the text proper, lists of goals
and further reading aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bookbuild.model.book import Passage, PassageError, find_section
from bookbuild.model.chapter import Chapter, Section
from bookbuild.model.facts import Facts, Term
from helpers.checks.entries import EntryError

#: Sections that speak *of* the chapter; a word that is used only there is not in use yet.
AROUND_THE_TEXT = ("You will be able to", "You need", "Summary", "Exercises", "Further reading")
#: What a section's source holds besides words: labels and the addresses of links.
NO_WORDS = re.compile(r"^\([\w-]+\)=$|(?<=\])\([^)\s]*\)", re.MULTILINE)
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Word:
    """How a term is found in a text: what counts as a use, and what does not."""

    forms: re.Pattern[str]
    but_not: re.Pattern[str] = NOTHING

    def used_in(self, section: Section) -> bool:
        """Say whether a section's heading or text uses the term; its code cells do not count."""
        text = NO_WORDS.sub("", f"{section.title}\n{section.prose}").replace("*", "")
        return bool(self.forms.search(self.but_not.sub("", text)))


@dataclass(frozen=True)
class GlossaryTerm:
    """A term, where it is explained and where it is used first."""

    entry: Term
    explained: Passage
    first_use: Passage
    word: Word


def collect_terms(book: Mapping[str, Facts], pages: Sequence[Chapter]) -> tuple[GlossaryTerm, ...]:
    """Return the terms of all chapters in alphabetical order.

    Raises
    ------
    EntryError
        Two chapters explain the same term.
    PassageError
        A term's passage is not in its chapter, or does not use the term.
    """
    explained_in: dict[str, str] = {}
    found = []
    for page in pages:
        for entry in book[page.name].terms:
            where = f"{page.name}.yaml, term {entry.term}"
            other = explained_in.setdefault(entry.term.lower(), page.name)
            if other != page.name:
                raise EntryError(f"{where}: {other}.yaml explains this term too")
            found.append(_placed(entry, page, pages, where))
    return tuple(sorted(found, key=lambda term: term.entry.term.lower()))


def _placed(entry: Term, page: Chapter, pages: Sequence[Chapter], where: str) -> GlossaryTerm:
    explained = find_section(page, entry.section, f"{where}, section")
    forms = [_found(form) for form in (entry.term, *entry.forms)]
    word = Word(_any(forms), _any([_found(phrase) for phrase in entry.but_not]))
    if not word.used_in(explained.section):
        raise PassageError(f"{where}, section: {explained} does not use the term")
    return GlossaryTerm(entry, explained, first_use(pages, word), word)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else NOTHING


def _found(form: str) -> str:
    """Return the pattern of whole words, in the plural too; or what stands between slashes."""
    if form[0] == form[-1] == "/":
        return form[1:-1]
    spaced = r"[\s-]+".join(re.escape(word) for word in form.split())
    return rf"(?<![\w.]){spaced}(?:s|es)?(?!\w)"


def first_use(pages: Sequence[Chapter], word: Word) -> Passage:
    """Return the first section of the book that uses a term in its text proper."""
    return next(uses(pages, word))


def uses(pages: Sequence[Chapter], word: Word) -> Iterator[Passage]:
    """Yield every section that uses a term in its text proper, in reading order."""
    for page in pages:
        for section in page.sections:
            if section.title not in AROUND_THE_TEXT and word.used_in(section):
                yield Passage(page, section)
