"""Beliefs put to the test: every row points at a cell that shows it, and no cell is forgotten."""

import pytest
import yaml
from nbformat import v4

from bookbuild.model import beliefs, book, facts
from bookbuild.model.notebooks import ROOT

ROWS = {name: known.beliefs for name, known in facts.of_book().items()}
PLACES = {chapter.name: beliefs.places([chapter]) for chapter in book.chapters()}
EVERY_PLACE = {label: place for places in PLACES.values() for label, place in places.items()}
LISTED = [label for rows in ROWS.values() for row in rows for label in (row.label, *row.also)]
ERRATA = yaml.safe_load((ROOT / "tests" / "bookbuild" / "errata.yaml").read_text("utf-8"))


@pytest.mark.parametrize("chapter", ROWS)
def test_each_label_stands_in_its_chapter_right_before_a_code_cell(chapter):
    assert [row.label for row in ROWS[chapter] if row.label not in PLACES[chapter]] == []
    shown = [label for row in ROWS[chapter] for label in (row.label, *row.also)]
    assert [label for label in shown if EVERY_PLACE[label].cell is None] == []


@pytest.mark.parametrize("chapter", ROWS)
def test_the_page_quotes_what_each_cell_prints(chapter):
    cells = {row.label: PLACES[chapter][row.label].cell for row in ROWS[chapter]}
    quoted = {row.label: row.shows for row in ROWS[chapter] if beliefs.is_compared(cells[row.label])}
    assert [label for label, shows in quoted.items() if not shows] == [], "quote what it prints in `shows`"
    assert {
        label: shows for label, shows in quoted.items() if shows not in beliefs.printed(cells[label])
    } == {}
    other = [row.label for row in ROWS[chapter] if row.shows and row.label not in quoted]
    assert other == [], "the output differs from run to run: leave out `shows`"


def test_no_label_of_the_chapters_is_forgotten():
    assert sorted(EVERY_PLACE.keys() - set(LISTED)) == []


def test_no_label_is_listed_twice():
    assert sorted(LISTED) == sorted(set(LISTED))


@pytest.mark.parametrize("subject", ERRATA)
def test_each_row_of_the_audit_is_on_the_page(subject):
    missing = {row: labels for row, labels in ERRATA[subject].items() if not set(labels) <= set(LISTED)}
    assert missing == {}


def test_rows_read_as_sentences():
    rows = [row for rows in ROWS.values() for row in rows]
    assert [row.belief for row in rows if row.belief[-1] not in ".?!" or len(row.belief) > 110] == []
    assert [row.truth for row in rows if row.truth[-1] != "." or len(row.truth) > 150] == []


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
