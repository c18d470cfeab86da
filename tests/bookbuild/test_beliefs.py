"""Beliefs put to the test: every row points at a cell that shows it, and no cell is forgotten."""

import pytest
import yaml
from nbformat import v4

from bookbuild.model import beliefs, book, facts
from bookbuild.model.notebooks import ROOT

ROWS = {name: known.beliefs for name, known in facts.of_book().items()}
PLACES = {chapter.name: beliefs.places([chapter]) for chapter in book.chapters()}
EVERY_PLACE = {label: place for places in PLACES.values() for label, place in places.items()}
SHOWN = [(name, row) for name in ROWS for row in ROWS[name]]
LISTED = [label for rows in ROWS.values() for row in rows for label in (row.label, *row.also)]
ERRATA = yaml.safe_load((ROOT / "tests" / "bookbuild" / "errata.yaml").read_text("utf-8"))


def by_label(rows):
    return pytest.mark.parametrize(("chapter", "row"), rows, ids=[row.label for _, row in rows])


@by_label(SHOWN)
def test_the_label_stands_in_its_chapter_right_before_a_code_cell(chapter, row):
    assert row.label in PLACES[chapter], f"{chapter} sets no label {row.label}"
    for label in (row.label, *row.also):
        assert EVERY_PLACE[label].cell is not None, f"no code cell follows {label}"


@by_label(SHOWN)
def test_the_page_quotes_what_the_cell_prints(chapter, row):
    cell = PLACES[chapter][row.label].cell
    if beliefs.is_compared(cell):
        assert row.shows, f"{row.label}: quote what the cell prints in `shows`"
        assert row.shows in beliefs.printed(cell)
    else:
        assert not row.shows, f"{row.label}: the cell's output differs from run to run, so leave out `shows`"


def test_no_label_of_the_chapters_is_forgotten():
    assert sorted(EVERY_PLACE.keys() - set(LISTED)) == []


def test_no_label_is_listed_twice():
    assert sorted(LISTED) == sorted(set(LISTED))


@pytest.mark.parametrize("subject", ERRATA)
def test_each_row_of_the_audit_is_on_the_page(subject):
    missing = {row: labels for row, labels in ERRATA[subject].items() if not set(labels) <= set(LISTED)}
    assert missing == {}


@by_label(SHOWN)
def test_a_row_reads_as_sentences(chapter, row):
    assert row.belief.strip().endswith((".", "?", "!")), row.belief
    assert row.truth.strip().endswith("."), row.truth
    assert len(row.belief) <= 110
    assert len(row.truth) <= 150


# ---------------------------------------------------------------- reading the notebooks


def test_a_cell_shows_its_prints_its_error_or_its_assertions():
    cell = v4.new_code_cell("assert 1 < 2\nx")
    assert beliefs.printed(cell) == "assert 1 < 2"
    cell.outputs = [
        v4.new_output("stream", text="a\n  b\n"),
        v4.new_output("error", ename="ValueError", evalue="no"),
        v4.new_output("execute_result", data={"text/plain": "3"}),
    ]
    assert beliefs.printed(cell) == "a b ValueError: no 3"
