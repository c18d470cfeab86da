"""What a student changed in a sheet is undone, but for the answers, and said."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode, v4

from bookbuild.grading.handed_in import ANSWER, GIVEN, TESTS, Known, NotGradedError, restore


def known(name: str, role: str, source: str) -> Known:
    return Known(name, source, role, {"grade_id": name, "cell_type": "code"})


SHEET = [
    known("setup", GIVEN, "from helpers import style"),
    known("given", GIVEN, "from helpers.checks import chapter_09 as check"),
    known("one_answer", ANSWER, "x = ...\n\ncheck.one(x)"),
    known("one", TESTS, "grade(chapter_09.one, x)"),
    known("two_answer", ANSWER, "y = ...\n\ncheck.two(y)"),
    known("two", TESTS, "grade(chapter_09.two, y)\n### BEGIN HIDDEN TESTS\nassert y\n### END HIDDEN TESTS\n"),
]

NAMES = [one.name for one in SHEET]
SOLVED = {"one_answer": "x = 1\n\ncheck.one(x)", "two_answer": "y = 2\n\ncheck.two(y)"}


def cell(name: str, source: str | None = None) -> NotebookNode:
    """Return a cell of the solved sheet; one of another name is the student's own."""
    found = {one.name: one.shown for one in SHEET} | SOLVED
    marks = {"nbgrader": {"grade_id": name}} if name in found else {}
    return v4.new_code_cell(found.get(name, name) if source is None else source, metadata=marks)


def notebook(text: str) -> list[NotebookNode]:
    return [cell(name) for name in text.split()]


def order(cells: list[NotebookNode]) -> str:
    return " ".join(cell.metadata.get("nbgrader", {}).get("grade_id", cell.source) for cell in cells)


WHOLE = "setup given one_answer one two_answer two"


@pytest.mark.parametrize(
    ("handed_in", "restored"),
    [
        (WHOLE, WHOLE),
        ("mine setup given one_answer more one two_answer two", None),
        ("setup given one_answer one later two_answer two", None),
        ("setup given two_answer two one_answer one", None),
        ("one_answer one two_answer two setup given", WHOLE),
        ("given setup one_answer one two_answer two", WHOLE),
        ("setup given one one_answer two_answer two", WHOLE),
        ("setup given two_answer one_answer one two", "setup given two_answer two one_answer one"),
        ("setup given one_answer more two_answer two", "setup given one_answer more one two_answer two"),
        ("setup given one two_answer two", WHOLE),
        ("setup given one_answer one more", "setup given one_answer one two_answer more two"),
        ("two_answer", WHOLE),
    ],
)
def test_everything_stands_where_it_is_run_in_time(handed_in, restored):
    cells, _ = restore(notebook(handed_in), SHEET)
    assert order(cells) == (restored or handed_in)


def test_answers_are_kept_and_everything_else_is_as_it_was_handed_out():
    cells = notebook(WHOLE)
    for place in (0, 1, 3, 5):
        cells[place].source, cells[place].metadata["tags"] = "pass", ["skip-execution"]
    found, remarks = restore(cells, SHEET)
    assert [cell.source for cell in found] == [SOLVED.get(one.name, one.source) for one in SHEET]
    assert [cell.metadata.nbgrader for cell in found] == [one.marks for one in SHEET]
    assert [cell.metadata.get("tags") for cell in found] == [["remove-cell"], *[None] * 5]
    assert remarks == ["cells of tests or given code changed or deleted, written anew: 4"]


def test_a_sheet_as_it_should_be_gets_no_remark():
    """Hidden tests are no change: students never see them."""
    assert restore(notebook(WHOLE), SHEET)[1] == []


def copies(*sources: str) -> list[NotebookNode]:
    """Return the sheet with copies of its first answer, the last of them below the tests."""
    first, *others = [cell("one_answer", source) for source in sources]
    return [*notebook("setup given"), first, cell("one"), *others, *notebook("two_answer two")]


EMPTY = SHEET[2].shown


@pytest.mark.parametrize(
    ("sources", "ran", "said"),
    [
        (["x = 1", "x = 2"], ["x = 1", "x = 2"], "2 copies; the last one counts"),
        (["x = 1", EMPTY], ["x = 1"], "2 copies; the last one that is not empty counts"),
        (
            [EMPTY, "x = 1", "x = 2", EMPTY],
            ["x = 1", "x = 2"],
            "4 copies; the last one that is not empty counts",
        ),
        ([EMPTY, EMPTY], [EMPTY], "2 copies; the last one counts"),
    ],
)
def test_the_last_copy_of_an_answer_counts_and_earlier_ones_run_before_it(sources, ran, said):
    cells, remarks = restore(copies(*sources), SHEET)
    place = [cell.source for cell in cells].index("grade(chapter_09.one, x)")
    assert [cell.source for cell in cells[2:place]] == ran
    marks = [bool(cell.metadata.get("nbgrader")) for cell in cells[2:place]]
    assert marks == [False] * (len(ran) - 1) + [True]
    assert remarks == [f"one_answer: {said}"]


def test_copies_of_tests_are_dropped():
    cells = notebook("setup given one_answer one one two_answer two two given")
    for cell in cells:
        cell.id = "same"  # as in formats older than 4.5, where no cell has a name
    found, remarks = restore(cells, SHEET)
    assert order(found) == WHOLE
    assert remarks == []


def test_cells_without_marks_are_recognised_by_their_checks_and_texts():
    cells = [v4.new_code_cell(cell.source) for cell in notebook(WHOLE)]
    cells.insert(2, v4.new_code_cell("# check.two(y) comes later"))
    found, remarks = restore(cells, SHEET)
    assert order(found) == "setup given # check.two(y) comes later one_answer one two_answer two"
    assert [cell.source for cell in found if "answer" in str(cell.metadata)] == list(SOLVED.values())
    assert remarks == ["answers without nbgrader's marks, recognised by the checks they call: 2"]


def test_what_is_missing_is_brought_back_empty_and_named():
    cells, remarks = restore(notebook("setup given one_answer one two"), SHEET)
    assert cells[4].source == SHEET[4].source
    assert remarks == ["two_answer: no such cell is there; it counts as not attempted"]


def test_an_untouched_sheet_is_said_to_be_one():
    cells = [cell(one.name, one.shown) for one in SHEET]
    assert restore(cells, SHEET)[1] == ["no answer was written"]


def test_marks_that_the_sheet_does_not_know_are_taken_off():
    strange = v4.new_code_cell("z = 3", metadata={"nbgrader": {"grade_id": "three", "grade": True}})
    found, _ = restore([*notebook(WHOLE), strange], SHEET)
    assert found[-1].metadata == {}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([], "no answer of this sheet is in it"),
        ([v4.new_code_cell("from helpers.checks import chapter_07 as check")], "it belongs to chapter 07"),
        ([v4.new_code_cell(source) for source in SOLVED.values()], "but is not the sheet"),
    ],
)
def test_another_notebook_is_refused_with_the_reason(cells, reason):
    with pytest.raises(NotGradedError, match=f"^this is another notebook: .*{reason}"):
        restore(cells, SHEET)


def test_what_is_handed_in_is_not_changed():
    cells = copies("x = 1", EMPTY)
    before = [NotebookNode(cell) for cell in cells]
    restore(cells, SHEET)
    assert cells == before
