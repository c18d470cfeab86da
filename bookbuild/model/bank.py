"""The bank: every question, card and term of the book, each with the passage that answers it.

Questions stand in ``notebooks/<chapter>.questions.yaml`` and are asked in the notebook; their passage is
the section in which they are asked. Cards stand in ``notebooks/<chapter>.cards.yaml``::

    cards:
      - id: grad-of-a-non-leaf
        section: The gradient of a non-leaf
        front: How do you get the gradient of a tensor that is no leaf?
        back: Call `retain_grad()` on it before `backward()`, or ask `torch.autograd.grad` for it.

``section`` is a heading of the chapter, in plain words. Front and back are Markdown with ``$maths$``.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bookbuild.model.glossary import Term, read_terms
from bookbuild.model.passages import ROOT, Page, Passage, find_section, read_book
from helpers.checks.entries import (
    EntryError,
    fields_of,
    identifier_of,
    read_list,
    refuse_repeats,
    text_of,
)
from helpers.checks.questions import Entry, parse_questions

CARD_FIELDS = {"id", "section", "front", "back"}

#: What the question file of a chapter says that has just been begun.
NONE_YET = re.compile(r"^questions: \[\]$", re.MULTILINE)


@dataclass(frozen=True)
class AskedQuestion:
    """A question, and the passage and cell in which a chapter asks it."""

    chapter: str
    entry: Entry
    passage: Passage
    cell: str


@dataclass(frozen=True)
class Card:
    """A short question with its answer, and the passage that it is about."""

    chapter: str
    id: str
    front: str
    back: str
    passage: Passage


@dataclass(frozen=True)
class Bank:
    """All that can be asked about the book."""

    pages: tuple[Page, ...]
    questions: tuple[AskedQuestion, ...]
    cards: tuple[Card, ...]
    terms: tuple[Term, ...]

    def shared_ids(self) -> dict[str, list[str]]:
        """Return the ids that several chapters use, with these chapters; a bank tells them apart by both."""
        users: dict[str, list[str]] = {}
        for question in self.questions:
            users.setdefault(question.entry.id, []).append(question.chapter)
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
    pages = read_book(root)
    questions = tuple(question for page in pages for question in _questions(page, root))
    cards = tuple(card for page in pages for card in _cards(page, root))
    _refuse_twins((q.entry.prompt, f"{q.chapter}.questions.yaml, {q.entry.id}") for q in questions)
    _refuse_twins((card.front, f"{card.chapter}.cards.yaml, {card.id}") for card in cards)
    return Bank(pages, questions, cards, read_terms(root, pages))


def _refuse_twins(worded: Iterator[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for words, where in worded:
        if words in seen:
            raise EntryError(f"{where}: the same words as in {seen[words]}; one of them is enough")
        seen[words] = where


# ---------------------------------------------------------------- questions


def _questions(page: Page, root: Path) -> Iterator[AskedQuestion]:
    path = root / "notebooks" / f"{page.name}.questions.yaml"
    asked = list(asked_in(page))
    if not asked and (not path.exists() or NONE_YET.search(path.read_text("utf-8"))):
        return
    entries = {entry.id: entry for entry in _entries(path)}
    _refuse_unasked(page, entries, Counter(id for id, _, _ in asked))
    for id, passage, cell in asked:
        yield AskedQuestion(page.name, entries[id], passage, cell)


def _entries(path: Path) -> tuple[Entry, ...]:
    if not path.exists():
        raise EntryError(f"{path.name} is missing, and its chapter asks questions")
    return parse_questions(path.read_text("utf-8"), path.name)


def _refuse_unasked(page: Page, entries: dict[str, Entry], asked: Counter[str]) -> None:
    source = f"{page.name}.questions.yaml"
    for id in entries:
        if not asked[id]:
            raise EntryError(f"{source}: the question {id!r} is asked nowhere in {page.name}.ipynb")
        if asked[id] > 1:
            raise EntryError(f"{source}: the question {id!r} is asked {asked[id]} times in {page.name}.ipynb")
    for id in asked:
        if id not in entries:
            raise EntryError(f"{page.name}.ipynb asks the question {id!r}, and {source} has none of that id")


def asked_in(page: Page) -> Iterator[tuple[str, Passage, str]]:
    """Yield id, passage and cell of every ``question("<chapter>", "<id>")`` in a chapter's code."""
    for section in page.sections:
        for cell, code in section.code:
            for chapter, id in _calls(code, f"{page.name}.ipynb, cell {cell}"):
                if chapter != page.name:
                    raise EntryError(f"{page.name}.ipynb, cell {cell}: asks a question of {chapter!r}")
                yield id, find_section(page, section.title, f"{page.name}.ipynb, cell {cell}"), cell


def _calls(code: str, where: str) -> Iterator[tuple[str, str]]:
    if "question(" not in code:
        return
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "question":
            values = [getattr(argument, "value", None) for argument in node.args]
            if len(values) != 2 or not all(isinstance(value, str) for value in values):
                raise EntryError(f'{where}: write question("<chapter>", "<id>") with both names in quotes')
            yield values[0], values[1]


# ---------------------------------------------------------------- cards


def _cards(page: Page, root: Path) -> Iterator[Card]:
    path = root / "notebooks" / f"{page.name}.cards.yaml"
    if path.exists():
        yield from parse_cards(path.read_text("utf-8"), path.name, page)


def parse_cards(text: str, source: str, page: Page) -> tuple[Card, ...]:
    """Return the cards of a file's text; ``source`` names the file in error messages."""
    items = read_list(text, source, "cards")
    cards = tuple(_card(item, f"{source}, card {place}", page) for place, item in enumerate(items, start=1))
    refuse_repeats((card.id for card in cards), source)
    return cards


def _card(item: object, where: str, page: Page) -> Card:
    fields = fields_of(item, where, CARD_FIELDS)
    id = identifier_of(fields, where)
    where = f"{where} ({id})"
    passage = find_section(page, text_of(fields, "section", where), f"{where}, section")
    front, back = (text_of(fields, name, where, keep_lines=True) for name in ("front", "back"))
    for name, words in (("front", front), ("back", back)):
        refuse_open_marks(words, f"{where}, {name}")
    return Card(page.name, id, front, back, passage)


def refuse_open_marks(words: str, where: str) -> None:
    """Refuse words in which a dollar sign or a backtick has no partner."""
    for mark, name in (("`", "backtick"), ("$", "dollar sign")):
        if words.replace(rf"\{mark}", "").count(mark) % 2:
            raise EntryError(f"{where}: a {name} has no partner")
