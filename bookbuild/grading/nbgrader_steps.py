"""What a course of this book adds to nbgrader; `nbgrader_config.py` names these classes.

With nbgrader's own steps a copied cell stops the grading of everybody, an answer that ends Python takes
all points of its sheet, and a line on stderr takes the point of a right answer.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook, MissingEntry, Notebook
from nbgrader.plugins import ExportPlugin
from nbgrader.preprocessors import Execute, NbGraderPreprocessor

from bookbuild.grading import handed_in, lists
from bookbuild.grading.handed_in import ANSWER, GIVEN, TESTS, Known, NotGradedError

#: Where a graded notebook keeps what had to be mended.
REMARKS = "remarks"

#: Characters of printed text that are kept of a cell: ten pages.
LONGEST = 20_000
CUT = "\n... the rest of this output was cut off ..."

#: Run in the kernel first. `quit()` would end it after its cell, and with it all other exercises.
BEFORE_ALL = """
get_ipython().ask_exit = lambda: None
get_ipython().streams = __import__("sys").stdout, __import__("sys").stderr
"""

#: Run before each cell. An answer may have sent what is printed into a file, and its verdict with it.
BEFORE_EACH = '__import__("sys").stdout, __import__("sys").stderr = get_ipython().streams'

ENDED = "Python ended in this cell, or could not be stopped. The rest of the sheet was graded without it."


class AsHandedOut(NbGraderPreprocessor):
    """Give a student's notebook the form in which the sheet was handed out."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Return a notebook with the student's answers, and nothing else that nbgrader reads."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            known = known_cells(gradebook.find_notebook(names["notebook"], names["assignment"]))
        cells, remarks = handed_in.restore(nb.cells, known)
        return v4.new_notebook(cells=cells, metadata={REMARKS: remarks}), resources


def known_cells(sheet: Notebook) -> list[Known]:
    """Return the cells of a sheet as the gradebook keeps them."""
    points = {cell.name: cell.max_score for cell in [*sheet.grade_cells, *sheet.task_cells]}
    graded, solutions, tasks = (
        {cell.name for cell in cells} for cells in (sheet.grade_cells, sheet.solution_cells, sheet.task_cells)
    )
    known = []
    for cell in sheet.source_cells:
        name = cell.name
        marks = {
            "schema_version": 3,
            "grade_id": name,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
        }
        marks |= {"grade": name in graded, "solution": name in solutions, "task": name in tasks}
        marks |= {"locked": cell.locked, **({"points": points[name]} if name in points else {})}
        role = ANSWER if name in solutions else TESTS if name in graded else GIVEN
        known.append(Known(name, cell.source, role, marks))
    return known


class Run(Execute):
    """Run a sheet. A cell that ends Python is left out, and the others are run again without it."""

    kc: Any  # the kernel's client: there while cells run

    def preprocess(
        self, nb: NotebookNode, resources: dict | None = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the cells; each time Python ends, once more without those that ended it."""
        self.left_out: dict[int, str] = {}
        while True:
            self.index, self.stopped = -1, []
            try:
                nb, resources = super().preprocess(nb, resources, km)
                break
            except (DeadKernelError, CellTimeoutError):
                if self.index < 0 or self.index in self.left_out or _role(nb.cells[self.index]) == GIVEN:
                    raise
                self._leave_out(nb)
        nb.metadata.setdefault(REMARKS, []).extend([*filter(None, self.left_out.values()), *self.stopped])
        return nb, resources

    def _leave_out(self, nb: NotebookNode) -> None:
        """Leave out the cell that ran last and, if it is an answer, its tests."""
        cell = nb.cells[self.index]
        self.left_out[self.index] = f"{_name(cell)}: Python ended in it, or could not be stopped"
        if _role(cell) != ANSWER:
            return
        for place, later in enumerate(nb.cells[self.index + 1 :], start=self.index + 1):
            if _role(later) == ANSWER:
                return
            if _role(later) == TESTS:
                self.left_out[place] = ""

    def on_notebook_start(self, **_: Any) -> None:
        """Prepare the kernel for what answers may do to it."""
        self.kc.execute(BEFORE_ALL, silent=True)

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        """Run a cell."""
        self.index = index
        if index in self.left_out:
            cell.outputs = [v4.new_output("error", ename="Ended", evalue=ENDED, traceback=[ENDED])]
            return cell, resources
        if cell.cell_type == "code":
            self.kc.execute(BEFORE_EACH, silent=True)
            cell, resources = super().preprocess_cell(cell, resources, index)
            self._look_at(cell)
        return cell, resources

    def _look_at(self, cell: NotebookNode) -> None:
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors and _role(cell) == GIVEN:
            raise NotGradedError(f"the cell {_name(cell)!r} stops: {errors[0].ename}: {errors[0].evalue}")
        if any(error.ename == "CellTimeoutError" for error in errors):
            self.stopped.append(f"{_name(cell)}: stopped after {self.timeout} seconds")
        left = LONGEST
        for output in (output for output in cell.outputs if output.output_type == "stream"):
            if _role(cell) == TESTS:  # nbgrader takes stderr for a failure, and a remark of a logger is none
                output.name = "stdout"
            output.text = output.text if len(output.text) <= left else output.text[:left] + CUT
            left = max(0, left - len(output.text))


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "a cell of the student's own")


def _role(cell: NotebookNode) -> str:
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("solution"):
        return ANSWER
    return TESTS if marks.get("grade") else GIVEN if marks.get("locked") else ""


class GradesCsv(ExportPlugin):
    """Write the grades of a course as a table, in which a zero is no missing grade."""

    def export(self, gradebook: Gradebook) -> None:
        """Write ``grades.csv``: one row for each assignment and student; no score where none was given."""
        rows = []
        for assignment in gradebook.assignments:
            if self.assignment and assignment.name not in self.assignment:
                continue
            said = lists.read(Path(), str(assignment.name))
            for student in gradebook.students:
                if not self.student or student.id in self.student:
                    rows.append(self._row(gradebook, assignment, student, said))
        with Path(self.to or "grades.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, lists.EXPORTED)
            writer.writeheader()
            writer.writerows(rows)

    def _row(self, gradebook: Gradebook, assignment: Any, student: Any, said: dict) -> dict[str, Any]:
        row = said.get(student.id) or lists.Row(student.id)
        about = {"assignment": assignment.name, "student_id": student.id, "max_score": assignment.max_score}
        about |= {key: getattr(student, key) or "" for key in ("last_name", "first_name", "email")}
        try:
            submission: Any = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            return about | {"status": row.status, "remark": row.remark}
        penalty = submission.late_submission_penalty or 0.0
        scores = {"raw_score": submission.score, "late_submission_penalty": penalty}
        scores |= {"score": max(0.0, submission.score - penalty), "timestamp": submission.timestamp or ""}
        return about | scores | {"status": lists.GRADED, "remark": row.remark}
