"""Students who hand in chapter 9's sheet, each with a trouble of their own, and what must become of it.

Each starts from the solved sheet, so that all points but those the trouble costs are earned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4

from bookbuild.grading import sheets
from bookbuild.grading.lists import GRADED, NOT_GRADED, NOTHING

NAME, SHEET = "09_models", "09_exercises.ipynb"
POINTS = 6

#: The answers, in order: a number, two functions, a class, a function, a class.
COUNT, SIZE, LINEAR, MODEL, CONV, BLOCK = (
    f"exercise_{place}_{check}"
    for place, check in enumerate(
        ("parameters_counted", "output_size", "linear", "classifier", "convolve", "bottleneck"), start=1
    )
)

Trouble = Callable[[NotebookNode], "NotebookNode | str | None"]


@dataclass(frozen=True)
class Student:
    """A student.

    Attributes
    ----------
    trouble : callable
        Changes the solved sheet, or returns what is handed in instead: another notebook, a text, or nothing.
    status : str
        What the list must say.
    score : int
        The points.
    remark : str
        What the remark must hold.
    file : str
        The name of the file.
    """

    trouble: Trouble
    status: str = GRADED
    score: int = POINTS
    remark: str = ""
    file: str = SHEET

    def hand_in(self, solved: NotebookNode, folder: Path) -> None:
        """Write the student's file."""
        sheet = nbformat.from_dict(json.loads(json.dumps(solved)))
        made = self.trouble(sheet)
        if made is None and self.status == NOTHING:
            return
        folder.mkdir(parents=True)
        text = made if isinstance(made, str) else nbformat.writes(made or sheet)
        (folder / self.file).write_text(text, "utf-8")


def mark(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def at(sheet: NotebookNode, name: str) -> int:
    """Return where a cell stands: the tests of an exercise by its name, its answer by `<name>_answer`."""
    return next(place for place, cell in enumerate(sheet.cells) if mark(cell) == name)


def answer(sheet: NotebookNode, name: str) -> NotebookNode:
    return sheet.cells[at(sheet, f"{name}_answer")]


def write(name: str, code: str) -> Trouble:
    """Put code in the place of an answer; `{answer}` is the right one."""

    def trouble(sheet: NotebookNode) -> None:
        cell = answer(sheet, name)
        cell.source = code.replace("{answer}", cell.source)

    return trouble


def both(*troubles: Trouble) -> Trouble:
    def trouble(sheet: NotebookNode) -> None:
        for one in troubles:
            one(sheet)

    return trouble


def copied(sheet: NotebookNode) -> None:
    """Copy an answer below its tests, as `Esc c v` does, and get it right there."""
    place = at(sheet, f"{SIZE}_answer")
    again = nbformat.from_dict({**sheet.cells[place], "id": "copied"})
    sheet.cells[place].source = "def output_size(*sizes):\n    return 7\n\ncheck.output_size(output_size)"
    sheet.cells.insert(place + 2, again)
    sheet.cells.insert(place + 3, nbformat.from_dict({**sheet.cells[place + 1], "id": "copied-tests"}))


def wrong_copy(sheet: NotebookNode) -> None:
    copied(sheet)
    wrong = "def output_size(*sizes):\n    return 7\n\ncheck.output_size(output_size)"
    next(cell for cell in sheet.cells if cell.id == "copied").source = wrong


def empty_copy(sheet: NotebookNode) -> None:
    again = nbformat.from_dict({**answer(sheet, COUNT), "id": "copied"})
    again.source = "answer = ...\n\ncheck.parameters_counted(answer)"
    sheet.cells.insert(at(sheet, COUNT), again)


def unmarked(sheet: NotebookNode) -> None:
    """Lose what a tool does not know: metadata and the cells' names."""
    for place, cell in enumerate(sheet.cells):
        cell.metadata, cell.id = NotebookNode(), f"other-{place}"
    sheet.metadata = NotebookNode()


def old_format(sheet: NotebookNode) -> str:
    old = json.loads(nbformat.writes(sheet))
    for cell in old["cells"]:
        del cell["id"]
    return json.dumps({**old, "nbformat_minor": 2})


def without(*names: str) -> Trouble:
    def trouble(sheet: NotebookNode) -> None:
        sheet.cells = [cell for cell in sheet.cells if mark(cell) not in names]

    return trouble


def shuffled(sheet: NotebookNode) -> None:
    """Move tests above the answer, the last exercise to the front, and what is given to the end."""
    cells = sheet.cells
    cells.insert(0, cells.pop(at(sheet, f"{BLOCK}_answer")))
    cells.insert(at(sheet, f"{MODEL}_answer"), cells.pop(at(sheet, MODEL)))
    cells.append(cells.pop(at(sheet, "given")))


def elsewhere(sheet: NotebookNode) -> None:
    """Answer in a new cell, and delete the one that was meant."""
    place = at(sheet, f"{COUNT}_answer")
    code = sheet.cells[place].source
    sheet.cells[place] = v4.new_code_cell(code, id="new")


def other_tests(sheet: NotebookNode) -> None:
    """Empty all tests and keep the notebook from running them; one answer is wrong."""
    for cell in sheet.cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.source, cell.metadata["tags"] = "pass", ["skip-execution"]
    answer(sheet, LINEAR).source = "linear = None"


def as_text(sheet: NotebookNode) -> None:
    place = at(sheet, f"{CONV}_answer")
    cell = sheet.cells[place]
    sheet.cells[place] = v4.new_markdown_cell(cell.source, id=cell.id, metadata=cell.metadata)


def torn_marks(sheet: NotebookNode) -> None:
    answer(sheet, COUNT).metadata["nbgrader"] = {"grade_id": f"{COUNT}_answer", "schema_version": 1}
    sheet.cells[at(sheet, "given")].metadata["nbgrader"] = {"grade_id": "given", "points": "many"}
    sheet.metadata["kernelspec"] = {"name": "their-own", "display_name": "Their own", "language": "R"}
    sheet.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"torn": 1}}


def cut_off(sheet: NotebookNode) -> str:
    text = nbformat.writes(sheet)
    return text[: len(text) // 2]


def other_chapter(sheet: NotebookNode) -> None:
    for cell in sheet.cells:
        cell.source = cell.source.replace("chapter_09", "chapter_08")
        if mark(cell).startswith("exercise"):
            cell.metadata["nbgrader"]["grade_id"] += "_of_8"
        cell.source = cell.source.replace("check.", "check.other_")


def chapter_itself(sheet: NotebookNode) -> NotebookNode:
    """Hand in the chapter: it has these exercises, but no tests."""
    cells = [cell for cell in sheet.cells if not cell.metadata.get("nbgrader", {}).get("points")]
    for cell in cells:
        cell.metadata.pop("nbgrader", None)
    return v4.new_notebook(cells=cells, metadata=sheet.metadata)


def untouched(sheet: NotebookNode) -> None:
    for cell in sheet.cells:
        cell.source = re.sub(f"{sheets.BEGIN}.*{sheets.END}", "", cell.source, flags=re.DOTALL)


def nothing(sheet: NotebookNode) -> None:
    """Do nothing."""


NOISY = """{answer}
import logging, sys, warnings
logging.basicConfig()
screen, quiet = sys.stderr, output_size


def output_size(*sizes):
    logging.warning("careful")
    warnings.warn("careful")
    print("careful", file=screen)
    return quiet(*sizes)
"""

CLOSED = """{answer}
import sys
with open("log.txt", "w") as sys.stdout:
    print("kept in a file")
"""

CHANGES = """{answer}
import os, sys
quiet = output_size


def output_size(*sizes):
    os.environ["BOOK_GRADED"] = "0"
    return quiet(*sizes)
"""

#: Twelve kinds of trouble, quick to grade: these are tried each time the tests run.
TWELVE = {
    "copied": Student(copied, remark=f"{SIZE}_answer: 2 copies; the last one counts"),
    "quits": Student(both(write(COUNT, "{answer}\nquit()"), write(SIZE, "import sys\n{answer}\nsys.exit()"))),
    "dies": Student(
        write(LINEAR, "import os\n{answer}\nos._exit(0)"), score=5, remark=f"{LINEAR}_answer: Python ended"
    ),
    "warns": Student(write(SIZE, NOISY)),
    "unmarked": Student(
        unmarked,
        remark="'Copy of 9 (1).ipynb' was taken for the sheet; answers without nbgrader's marks",
        file="Copy of 9 (1).ipynb",
    ),
    "tests changed": Student(other_tests, score=5, remark="changed or deleted, written anew: 8"),
    "cut": Student(cut_off, NOT_GRADED, remark="the file is no notebook, or was cut off"),
    "other": Student(other_chapter, NOT_GRADED, remark="this is another notebook: it belongs to chapter 08"),
    "empty": Student(lambda sheet: "", NOT_GRADED, remark="the file is empty"),
    "a page": Student(
        lambda sheet: "<html></html>", NOT_GRADED, file="09_exercises.html", remark="no 09_exercises"
    ),
    "too new": Student(
        lambda sheet: nbformat.writes(sheet).replace('"nbformat": 4', '"nbformat": 9'),
        NOT_GRADED,
        remark="the file is no notebook",
    ),
    "absent": Student(nothing, NOTHING),
}

#: The rest of a class of thirty.
CLASS = TWELVE | {
    "ada": Student(nothing),
    "grace [2]": Student(nothing, NOT_GRADED, remark="rename submitted/grace [2]: nbgrader takes a name"),
    "Zoë, née Müller": Student(nothing),
    "untouched": Student(untouched, score=0, remark="no answer was written"),
    "copied wrongly": Student(wrong_copy, score=5, remark="the last one counts"),
    "copied emptily": Student(empty_copy, remark="the last one that is not empty counts"),
    "loops": Student(
        write(CONV, "while True:\n    pass"), score=5, remark=f"{CONV}_answer: stopped after 60 seconds"
    ),
    "loops on": Student(
        write(CONV, "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"),
        score=5,
        remark=f"{CONV}_answer: Python ended in it, or could not be stopped",
    ),
    "prints": Student(
        write(COUNT, "{answer}\nprint('spam ' * 2_000_000)\nfor i in range(100_000): print(i)")
    ),
    "deleted": Student(without(f"{COUNT}_answer", CONV), score=5, remark=f"{COUNT}_answer: no such cell"),
    "answered elsewhere": Student(elsewhere, remark="recognised by the checks they call: 1"),
    "mistyped": Student(write(BLOCK, "class Bottleneck(\n"), score=5),
    "asks": Student(write(COUNT, "answer = int(input())"), score=5),
    "exits": Student(write(MODEL, "{answer}\nraise SystemExit")),
    "exits in it": Student(write(SIZE, "def output_size(*sizes):\n    raise SystemExit"), score=5),
    "environment": Student(write(SIZE, CHANGES)),
    "prints into a file": Student(write(COUNT, "{answer}\nimport sys\nsys.stdout = open('log.txt', 'w')")),
    "closes its output": Student(
        write(COUNT, CLOSED), score=5, remark=f"{COUNT}_answer: Python ended in it, or could not be stopped"
    ),
    "shuffled": Student(shuffled),
    "as text": Student(as_text),
    "old format": Student(old_format),
    "torn marks": Student(torn_marks),
    "chapter": Student(chapter_itself, NOT_GRADED, remark="is not the sheet"),
    "list": Student(lambda sheet: "[1, 2]", NOT_GRADED, remark="the file is no notebook"),
}
