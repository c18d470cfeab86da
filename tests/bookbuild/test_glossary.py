"""The glossary: each term is explained where it says, and first used where the book says it first."""

import re
from functools import cache
from pathlib import Path

import pytest
from test_bank import CELLS, a_book

from bookbuild.model import glossary, passages
from bookbuild.model.glossary import AROUND_THE_TEXT, Term

ONE = """
terms:
  - term: record
    passage: "01_a: The record"
    definition: What autograd writes down.
"""
OTHER = [
    ("markdown", "# Losses\n\n(record-of-a-loss)="),
    ("markdown", "## You will be able to\n\n- read the record;"),
    ("markdown", "## A recorded step\n\nRecording [it](#record) is `x.record()`."),
    ("markdown", "## The loss\n\nTwo **records**, and a track record."),
]


def read(tmp_path: Path, text: str, chapters: dict) -> Term:
    pages = passages.read_book(a_book(tmp_path, chapters))
    (term,) = glossary.parse_terms(text, "glossary.yaml", pages)
    return term


def test_first_use_is_read_off_the_chapters(tmp_path: Path):
    text = ONE.replace("01_a: The record", "02_b: The loss")
    term = read(tmp_path, text, {"01_b": OTHER, "02_b": OTHER})
    assert str(term.explained) == "Chapter 2, Losses: The loss"
    assert str(term.first_use) == "Chapter 1, Losses: The loss"


def test_labels_links_goals_and_other_words_are_no_use(tmp_path: Path):
    (page,) = passages.read_book(a_book(tmp_path, {"01_b": OTHER}))
    (term,) = glossary.parse_terms(ONE.replace("01_a: The record", "01_b: The loss"), "x", [page])
    assert [section.title for section in page.sections if term.word.used_in(section)] == [
        "You will be able to",
        "The loss",
    ]
    assert term.first_use.section.title == "The loss"


def test_a_phrase_of_another_meaning_does_not_count(tmp_path: Path):
    cells = [("markdown", "# A\n\nA track record."), ("markdown", "## B\n\nThe record.")]
    text = ONE.replace("The record", "B").replace(
        "    definition", "    but_not: [track record]\n    definition"
    )
    assert str(read(tmp_path, text, {"01_a": cells}).first_use) == "Chapter 1, A: B"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"01_a: The record"', '"01_a: Gradients"', "(record), passage: Chapter 1, Gradients does not use"),
        ('"01_a: The record"', '"01_a: Nowhere"', "(record), passage: 01_a has no heading 'Nowhere'"),
        ("definition: What autograd writes down.", "", "term 1 (record): definition is missing"),
        ("    definition", "    forms: a\n    definition", "forms must be a list of words, got 'a'"),
        ("term: record", "name: record", "unknown field name"),
    ],
)
def test_a_bad_term_is_refused_with_its_place(tmp_path: Path, old, new, complaint):
    assert old in ONE
    with pytest.raises(ValueError, match=r"glossary\.yaml, term 1") as error:
        read(tmp_path, ONE.replace(old, new), {"01_a": CELLS})
    assert complaint in str(error.value)


# ---------------------------------------------------------------- the book itself


@cache
def terms() -> tuple[Term, ...]:
    return glossary.read_terms(passages.ROOT, passages.read_book())


def terms_to_try() -> tuple[Term, ...]:
    """Return the terms; of a faulty glossary none, since the test of its size says what is wrong."""
    try:
        return terms()
    except ValueError:
        return ()


def test_the_glossary_is_a_useful_size():
    assert 80 <= len(terms()) <= 140


@pytest.mark.parametrize("term", terms_to_try(), ids=lambda term: term.term)
def test_a_term_occurs_where_it_is_first_used_and_in_no_earlier_chapter(term: Term):
    said = f"{term.first_use.section.title}\n{term.first_use.section.prose}".replace("*", "")
    assert term.word.forms.search(said)
    pages = passages.read_book()
    for page in pages[: pages.index(term.first_use.page)]:
        text_proper = [section for section in page.sections if section.title not in AROUND_THE_TEXT]
        assert [section.title for section in text_proper if term.word.used_in(section)] == []
    assert pages.index(term.first_use.page) <= pages.index(term.explained.page)


@pytest.mark.parametrize("term", terms_to_try(), ids=lambda term: term.term)
def test_a_definition_is_one_or_two_lines(term: Term):
    assert 20 <= len(term.definition) <= 200
    assert re.search(r"[.)]$", term.definition)
