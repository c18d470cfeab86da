"""The glossary: each term is explained where it says, and first used where the book says it first."""

import re
from pathlib import Path

import pytest
from test_bank import CELLS, a_book

from bookbuild.model import book, facts
from bookbuild.model.glossary import AROUND_THE_TEXT, GlossaryTerm, collect_terms

ONE = """
terms:
  - term: record
    section: The record
    definition: What autograd writes down.
"""
OTHER = [
    ("markdown", "# Losses\n\n(record-of-a-loss)="),
    ("markdown", "## You will be able to\n\n- read the record;"),
    ("markdown", "## A recorded step\n\nRecording [it](#record) is `x.record()`."),
    ("markdown", "## The loss\n\nTwo **records**, and a track record."),
]


def read(tmp_path: Path, chapters: dict, **texts: str) -> tuple[GlossaryTerm, ...]:
    root = a_book(tmp_path, chapters, **texts)
    return collect_terms(facts.of_book(root), book.chapters(root))


def test_first_use_is_read_off_the_chapters(tmp_path: Path):
    text = ONE.replace("The record", "The loss")
    (term,) = read(tmp_path, {"01_b": OTHER, "02_b": OTHER}, **{"02_b": text})
    assert str(term.explained) == "Chapter 2, Losses: The loss"
    assert str(term.first_use) == "Chapter 1, Losses: The loss"


def test_labels_links_goals_and_other_words_are_no_use(tmp_path: Path):
    (term,) = read(tmp_path, {"01_b": OTHER}, **{"01_b": ONE.replace("The record", "The loss")})
    assert [section.title for section in term.explained.page.sections if term.word.used_in(section)] == [
        "You will be able to",
        "The loss",
    ]
    assert term.first_use.section.title == "The loss"


def test_a_phrase_of_another_meaning_does_not_count(tmp_path: Path):
    cells = [("markdown", "# A\n\nA track record."), ("markdown", "## B\n\nThe record.")]
    text = ONE.replace("The record", "B").replace(
        "    definition", "    but_not: [track record]\n    definition"
    )
    (term,) = read(tmp_path, {"01_a": cells}, **{"01_a": text})
    assert str(term.first_use) == "Chapter 1, A: B"


def test_the_terms_of_all_chapters_are_sorted_together(tmp_path: Path):
    cells = [("markdown", "# A\n\nA Path and a leaf."), ("markdown", "## B\n\nA graph.")]
    texts = {
        "01_a": "terms: [{term: Path, section: A, definition: P}, {term: graph, section: B, definition: G}]",
        "02_b": "terms: [{term: leaf, section: A, definition: L}]",
    }
    found = read(tmp_path, {"01_a": cells, "02_b": cells}, **texts)
    assert [term.entry.term for term in found] == ["graph", "leaf", "Path"]


def test_a_term_that_two_chapters_explain_is_refused(tmp_path: Path):
    texts = {"01_a": ONE, "02_b": ONE.replace("term: record", "term: Record")}
    with pytest.raises(ValueError, match=r"02_b\.yaml, term Record: 01_a\.yaml explains this term too"):
        read(tmp_path, {"01_a": CELLS, "02_b": CELLS}, **texts)


@pytest.mark.parametrize(
    ("section", "complaint"),
    [
        ("Gradients", "term record, section: Chapter 1, Gradients does not use the term"),
        ("Nowhere", "term record, section: 01_a has no heading 'Nowhere'"),
    ],
)
def test_a_term_without_its_passage_is_refused(tmp_path: Path, section, complaint):
    with pytest.raises(book.PassageError, match=f"01_a.yaml, {complaint}"):
        read(tmp_path, {"01_a": CELLS}, **{"01_a": ONE.replace("The record", section)})


# ---------------------------------------------------------------- the book itself


@pytest.fixture(scope="module")
def terms() -> tuple[GlossaryTerm, ...]:
    return collect_terms(facts.of_book(), book.chapters())


def test_the_glossary_is_a_useful_size(terms):
    assert 80 <= len(terms) <= 140


def test_no_term_is_used_before_what_the_page_calls_its_first_use(terms):
    pages = book.chapters()
    order = [section for page in pages for section in page.sections]
    for term in terms:
        before = order[: order.index(term.first_use.section)]
        text_proper = [section for section in before if section.title not in AROUND_THE_TEXT]
        assert [section.title for section in text_proper if term.word.used_in(section)] == [], term.entry.term
        assert term.word.used_in(term.first_use.section)
        assert pages.index(term.first_use.page) <= pages.index(term.explained.page)


def test_a_definition_is_one_or_two_lines(terms):
    definitions = [term.entry.definition for term in terms]
    assert [words for words in definitions if not re.fullmatch(r".{19,199}[.)]", words)] == []
