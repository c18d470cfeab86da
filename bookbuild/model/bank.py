"""The bank: every question, card and term of the book, each with the passage that answers it.

A question's passage is the section in which the notebook asks it; a card and a term name theirs.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bookbuild.model import book, facts
from bookbuild.model.book import Passage, find_section
from bookbuild.model.chapter import Chapter
from bookbuild.model.facts import Card, Facts, Question
from bookbuild.model.glossary import GlossaryTerm, collect_terms
from bookbuild.model.notebooks import ROOT
from helpers.checks.entries import EntryError

Entry = TypeVar("Entry", Question, Card)


@dataclass(frozen=True)
class Placed(Generic[Entry]):
    """A question or a card, and the passage of its chapter that answers it."""

    entry: Entry
    passage: Passage

    @property
    def key(self) -> str:
        """Name of the entry in the whole book, since two chapters may use one id."""
        return f"{self.passage.page.name}/{self.entry.id}"


@dataclass(frozen=True)
class Bank:
    """All that can be asked about the book."""

    pages: tuple[Chapter, ...]
    questions: tuple[Placed[Question], ...]
    cards: tuple[Placed[Card], ...]
    terms: tuple[GlossaryTerm, ...]

    def shared_ids(self) -> dict[str, list[str]]:
        """Return the ids that several chapters use, with these chapters; a bank tells them apart by both."""
        users: dict[str, list[str]] = {}
        for question in self.questions:
            users.setdefault(question.entry.id, []).append(question.passage.page.name)
        return {id: chapters for id, chapters in users.items() if len(chapters) > 1}


def collect(root: Path = ROOT) -> Bank:
    """Return the bank of the book at ``root``.

    Raises
    ------
    EntryError
        A file is not as described, a question is asked nowhere, or two chapters ask or tell the same.
    PassageError
        A card or a term names a passage that the book does not have.
    """
    pages, known = book.chapters(root), facts.of_book(root)
    questions = tuple(question for page in pages for question in _questions(page, known[page.name]))
    cards = tuple(card for page in pages for card in _cards(page, known[page.name]))
    _refuse_twins("question", ((q.entry.prompt, q.key) for q in questions))
    _refuse_twins("card", ((card.entry.front, card.key) for card in cards))
    return Bank(pages, questions, cards, collect_terms(known, pages))


def _refuse_twins(kind: str, worded: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for words, key in worded:
        if words in seen:
            raise EntryError(f"{kind} {key}: the same words as in {seen[words]}; one of them is enough")
        seen[words] = key


def _cards(page: Chapter, known: Facts) -> Iterator[Placed[Card]]:
    for card in known.cards:
        yield Placed(card, find_section(page, card.section, f"{page.name}.yaml, card {card.id}, section"))


def _questions(page: Chapter, known: Facts) -> Iterator[Placed[Question]]:
    asked = list(asked_in(page))
    entries = {entry.id: entry for entry in known.questions}
    _refuse_unasked(page, entries, Counter(id for id, _ in asked))
    for id, passage in asked:
        yield Placed(entries[id], passage)


def _refuse_unasked(page: Chapter, entries: Iterable[str], asked: Counter[str]) -> None:
    source, notebook = f"{page.name}.yaml", f"{page.name}.ipynb"
    for id in entries:
        if not asked[id]:
            raise EntryError(f"{source}: the question {id!r} is asked nowhere in {notebook}")
        if asked[id] > 1:
            raise EntryError(f"{source}: the question {id!r} is asked {asked[id]} times in {notebook}")
    for id in asked:
        if id not in entries:
            raise EntryError(f"{notebook} asks the question {id!r}, and {source} has none of that id")


def asked_in(page: Chapter) -> Iterator[tuple[str, Passage]]:
    """Yield id and passage of every ``question("<chapter>", "<id>")`` in a chapter's code."""
    for section in page.sections:
        for cell, code in section.code:
            where = f"{page.name}.ipynb, cell {cell}"
            for chapter, id in _calls(code, where):
                if chapter != page.name:
                    raise EntryError(f"{where}: asks a question of {chapter!r}")
                yield id, find_section(page, section.title, where)


def _calls(code: str, where: str) -> Iterator[tuple[str, str]]:
    if "question(" not in code:
        return
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "question":
            values = [getattr(argument, "value", None) for argument in node.args]
            if len(values) != 2 or not all(isinstance(value, str) for value in values):
                raise EntryError(f'{where}: write question("<chapter>", "<id>") with both names in quotes')
            yield values[0], values[1]
