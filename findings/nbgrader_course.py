"""Make a course of one exercise in this folder, for the findings about nbgrader.

python nbgrader_course.py STUDENT ...       these students hand in the solution
"""

import shutil
import subprocess
import sys
from pathlib import Path

from nbformat import NotebookNode, v4, write


def cell(source: str, **role: object) -> NotebookNode:
    """Return a code cell with the metadata by which nbgrader knows it."""
    known = {"schema_version": 3, "cell_type": "code", "locked": False, "task": False, **role}
    return v4.new_code_cell(source, metadata={"nbgrader": known})


answer = cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", grade_id="answer", grade=False, solution=True)
test = cell("assert x == 1", grade_id="test", grade=True, solution=False, points=1)
Path("nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'course'\n")
Path("source/ps1").mkdir(parents=True)
write(v4.new_notebook(cells=[answer, test]), "source/ps1/ps1.ipynb")
program = [str(Path(sys.executable).with_name("nbgrader")), "generate_assignment", "ps1"]
subprocess.run(program, check=True, capture_output=True)
for student in sys.argv[1:]:
    folder = Path("submitted", student, "ps1")
    folder.mkdir(parents=True)
    shutil.copy("source/ps1/ps1.ipynb", folder)  # each hands in the solution
