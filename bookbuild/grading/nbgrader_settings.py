"""Settings of nbgrader for a course. `make assignment` writes this file once; edit it freely."""

import sys

c = get_config()  # noqa: F821

# Where the book lies: the classes named `helpers...` below come from there.
sys.path.append(r"{book}")

c.CourseDirectory.course_id = "pytorch_you_can_touch"

# An answer's cell keeps the book's own stub; only the solution below it is taken out.
c.ClearSolutions.code_stub = {"python": ""}

# Seconds that one cell may take, and that a busy machine may be silent after it. An answer that never ends
# takes them in each cell that calls it.
c.Execute.timeout = 60
c.Execute.iopub_timeout = 60

# A kernel's remarks about its transport would fill the screen.
c.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]

# What students change in a sheet, and what their answers do to Python, costs nobody else a point.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "bookbuild.grading.nbgrader_steps.AsHandedOut",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "bookbuild.grading.nbgrader_steps.Run",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# grades.csv: no score where no sheet was graded.
c.ExportApp.plugin_class = "bookbuild.grading.nbgrader_steps.GradesCsv"

# The set-up cell carries the helpers as half a million letters; the feedback leaves it out.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    "nbconvert.preprocessors.TagRemovePreprocessor",
]
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"remove-cell"}

# Names in a learning platform's archive: `ada_..._07_exercises (1).ipynb` is ada's. The student's name ends
# at the first underscore.
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[^/_]+)_(?:[^/]*[_/])?(?P<file_id>\d\d_exercises)[^/]*$"
)
