"""Settings of nbgrader for a course. `make assignment` writes this file once; edit it freely."""

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor, TagRemovePreprocessor
from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    GetGrades,
    OverwriteCells,
    OverwriteKernelspec,
)

c = get_config()  # noqa: F821


class WholeSheet(OverwriteCells):
    """Bring back, in their places, the cells of answers and tests that a student has deleted.

    nbgrader's own ``add_missing_cells`` gives up where an answer is missing along with its tests.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Overwrite what is locked, as nbgrader does, then add what is missing."""
        nb, resources = super().preprocess(nb, resources)
        with Gradebook(self.db_url) as gradebook:
            sheet = gradebook.find_notebook(self.notebook_id, self.assignment_id)
            points = {cell.name: cell.max_score for cell in sheet.grade_cells}
            place = 0
            for known in sheet.source_cells:
                names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
                if known.name not in names:
                    self.log.warning("Cell %s was missing and is added again", known.name)
                    nb.cells.insert(place, self.again(known, points.get(known.name)))
                place = names.index(known.name) + 1 if known.name in names else place + 1
        return nb, resources

    def again(self, known: object, points: float | None) -> NotebookNode:
        """Return a cell as it was handed out."""
        role = {"grade": points is not None, "solution": not known.locked, "locked": known.locked}
        role |= {"grade_id": known.name, "checksum": known.checksum, "cell_type": "code", "task": False}
        role |= {"schema_version": 3, **({} if points is None else {"points": points})}
        return v4.new_code_cell(known.source, metadata={"nbgrader": role})


c.CourseDirectory.course_id = "pytorch_you_can_touch"

# An answer's cell keeps the book's own stub; only the solution below it is taken out.
c.ClearSolutions.code_stub = {"python": ""}

# Seconds that one cell may take, and that a busy machine may be silent after it. An answer that never ends
# takes them in each cell that calls it.
c.Execute.timeout = 60
c.Execute.iopub_timeout = 60

c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    WholeSheet,
    CheckCellMetadata,
]

# The set-up cell carries the helpers as half a million letters; the feedback leaves it out.
c.GenerateFeedback.preprocessors = [GetGrades, CSSHTMLHeaderPreprocessor, TagRemovePreprocessor]
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"remove-cell"}

# zip_collect: `ada_..._07_exercises (1).ipynb` is ada's. The name ends at the first underscore.
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[^/_]+)_(?:[^/]*[_/])?(?P<file_id>\d\d_exercises)[^/]*$"
)
