r"""The glossary: terms of ``appendix/glossary.yaml``, and where the book first uses each of them.

    terms:
      - term: leaf
        passage: "03_autograd: Leaves and all the others"
        definition: A tensor without a recorded step: the end of a path through the graph.

``passage`` is where the term is explained. Where it is *used* first is read off the chapters: the first
section of the text proper, lists of goals and further reading aside. ``forms`` are other words that count as
a use, ``but_not`` phrases in which the word means something else; a word between slashes is a regular
expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bookbuild.model.passages import Page, Passage, PassageError, Section, find
from helpers.checks.entries import EntryError, fields_of, read_list, refuse_repeats, text_of

TERM_FIELDS = {"term", "forms", "but_not", "passage", "definition"}
FILE = Path("appendix/glossary.yaml")

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
class Term:
    """A word of the field, what it means here, where it is explained and where it is used first."""

    term: str
    definition: str
    explained: Passage
    first_use: Passage
    word: Word


def read_terms(root: Path, pages: Sequence[Page]) -> tuple[Term, ...]:
    """Return the terms of the book at ``root``; none where it has no glossary."""
    path = root / FILE
    return parse_terms(path.read_text("utf-8"), path.name, pages) if path.exists() else ()


def parse_terms(text: str, source: str, pages: Sequence[Page]) -> tuple[Term, ...]:
    """Return the terms of a file's text in alphabetical order; ``source`` names it in error messages."""
    items = read_list(text, source, "terms")
    terms = tuple(_term(item, f"{source}, term {place}", pages) for place, item in enumerate(items, start=1))
    refuse_repeats((term.term.lower() for term in terms), source)
    return tuple(sorted(terms, key=lambda term: term.term.lower()))


def _term(item: object, where: str, pages: Sequence[Page]) -> Term:
    fields = fields_of(item, where, TERM_FIELDS)
    name = text_of(fields, "term", where)
    where = f"{where} ({name})"
    explained = find(pages, text_of(fields, "passage", where), f"{where}, passage")
    but_not = [_found(phrase) for phrase in _list(fields, "but_not", where)]
    word = Word(_any([_found(form) for form in [name, *_list(fields, "forms", where)]]), _any(but_not))
    if not word.used_in(explained.section):
        raise PassageError(f"{where}, passage: {explained} does not use the term")
    return Term(name, text_of(fields, "definition", where), explained, first_use(pages, word), word)


def _list(fields: Mapping[str, object], name: str, where: str) -> list[str]:
    items = fields.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
        raise EntryError(f"{where}: {name} must be a list of words, got {items!r}")
    return items


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else NOTHING


def _found(form: str) -> str:
    """Return the pattern of whole words, in the plural too; or what stands between slashes."""
    if form[0] == form[-1] == "/":
        return form[1:-1]
    spaced = r"[\s-]+".join(re.escape(word) for word in form.split())
    return rf"(?<![\w.]){spaced}(?:s|es)?(?!\w)"


def first_use(pages: Sequence[Page], word: Word) -> Passage:
    """Return the first section of the book that uses a term in its text proper."""
    return next(uses(pages, word))


def uses(pages: Sequence[Page], word: Word) -> Iterator[Passage]:
    """Yield every section that uses a term in its text proper, in reading order."""
    for page in pages:
        for section in page.sections:
            if section.title not in AROUND_THE_TEXT and word.used_in(section):
                yield Passage(page, section)
