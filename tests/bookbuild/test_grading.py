"""One student's trouble costs nobody else a point, and nobody's points are lost without a word.

Students with twelve kinds of trouble hand in; ``BOOK_CLASS=1`` (``make class``) brings the whole class. All
is done with the commands that the guide prints.
"""

from __future__ import annotations

import contextlib
import csv
import importlib
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import class_of_students
import pytest
from class_of_students import NAME, POINTS, SHEET

from bookbuild.grading import assignment, lists
from bookbuild.grading.lists import GRADED, NOT_GRADED
from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT

WHOLE = os.environ.get("BOOK_CLASS") == "1"
STUDENTS = class_of_students.CLASS if WHOLE else class_of_students.TWELVE

GUIDE = (ROOT / "appendix" / "instructors.md").read_text("utf-8")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("nbgrader") is None and os.environ.get("BOOK_REQUIRE_NBGRADER") != "1",
        reason="nbgrader is not installed: pip install -r requirements.txt -r requirements-teaching.txt",
    ),
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
]


def printed(beginning: str) -> str:
    """Return the first command of the guide that begins so, without its comment."""
    return re.search(rf"^    ({beginning}.*?)(?:  +#.*)?$", GUIDE, re.MULTILINE)[1]


def run(command: str, cwd: Path = ROOT) -> str:
    path = f"{assignment.BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        shlex.split(command),
        cwd=cwd,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def make(course: Path, target: str, more: str = "") -> str:
    """Run what the guide's `make` command runs, for this chapter and this course; return what it prints.

    Its recipe is run in this process, which has imported already what takes seconds to import.
    """
    command = re.sub(r' (CHAPTERS|OUT)=("[^"]*"|\S+)', "", printed(f"make {target}"))
    command += f' CHAPTERS=9 OUT="{course}" {more}'
    installed = "make -n --no-print-directory -o .venv/.installed -o .venv/.teaching"
    (recipe,) = (
        line for line in run(command.replace("make", installed, 1)).splitlines() if "bookbuild" in line
    )
    _, _, module, *arguments = shlex.split(recipe)
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(said):
        failed = importlib.import_module(module).main(arguments)
    assert not failed, said.getvalue()
    return said.getvalue()


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Make a course, and let everybody hand in: two through an archive, in which one file is there twice."""
    folder = tmp_path_factory.mktemp("autumn term")
    make(folder, "assignment")
    solved = notebooks.read(folder / "source" / NAME / SHEET)
    archive = folder / "downloaded" / NAME / "archive"
    for place, (name, student) in enumerate(STUDENTS.items()):
        through = archive / f"{name}_20{place}_file_" if name in ("copied", "ada") else None
        student.hand_in(solved, through or folder / "submitted" / name / NAME)
        if through:
            (through / SHEET).rename(through / "09_exercises (1).ipynb")
            (through / SHEET).write_text("an earlier attempt")
            os.utime(through / SHEET, (0, 0))
    (folder / "students.csv").write_text("id\nabsent\n")
    run(printed("nbgrader db student import"), folder)
    return folder


@pytest.fixture(scope="module")
def said(course) -> str:
    """Grade, and return what is printed."""
    return make(course, "grade")


@pytest.mark.parametrize("name", STUDENTS)
def test_whoever_can_be_graded_is_and_everybody_else_is_named_with_the_reason(course, said, name):
    student, row = STUDENTS[name], lists.read(course, NAME)[name]
    score = str(student.score) if student.status == GRADED else ""
    assert (row.status, row.score) == (student.status, score), row.remark
    assert student.remark in row.remark
    assert student.remark or name in ("copied", "ada") or not row.remark
    (line,) = (line for line in said.splitlines() if re.match(rf"  {re.escape(name)}  ", line))
    assert line.endswith(row.remark)


def test_the_list_counts_everybody(said):
    states = [student.status for student in STUDENTS.values()]
    counts = ", ".join(f"{states.count(one)} {one}" for one in (GRADED, NOT_GRADED, lists.NOTHING))
    assert f"{NAME}: {counts}\n" in said


def test_the_table_of_grades_tells_a_zero_from_no_grade(course, said):
    with (course / "grades.csv").open(newline="", encoding="utf-8") as file:
        table = {row["student_id"]: row for row in csv.DictReader(file)}
    assert table.keys() == STUDENTS.keys()
    for name, student in STUDENTS.items():
        score = float(student.score) if student.status == GRADED else None
        found = table[name]["score"]
        assert (float(found) if found else None) == score
        assert table[name]["status"] == student.status
        assert table[name]["max_score"] == f"{POINTS}.0"
    run(printed("nbgrader export"), course)
    with (course / "grades.csv").open(newline="", encoding="utf-8") as file:
        assert {row["student_id"]: row for row in csv.DictReader(file)} == table


def page(course: Path, student: str) -> Path:
    return course / "feedback" / student / NAME / SHEET.replace(".ipynb", ".html")


def test_whoever_is_graded_gets_a_page_and_nobody_else(course, said):
    for name, student in STUDENTS.items():
        assert page(course, name).exists() == (student.status == GRADED), name


def test_the_page_says_which_answer_ended_python_and_shows_what_was_printed(course, said):
    assert page(course, "dies").read_text("utf-8").count("Python ended in this cell") == 2
    assert page(course, "warns").read_text("utf-8").count("WARNING:root:careful") >= 2


def test_of_two_files_in_an_archive_the_last_saved_counts(course, said):
    remark = lists.read(course, NAME)["copied"].remark
    assert "09_exercises (1).ipynb' counts, not 'copied_200_file_/09_exercises.ipynb'" in remark


def test_one_student_is_graded_alone_and_a_worse_file_takes_the_grade_away(course, said):
    before = lists.read(course, NAME)
    (course / "submitted" / "quits" / NAME / SHEET).write_bytes(b"")
    make(course, "grade", "STUDENTS=quits")
    after = lists.read(course, NAME)
    row = after["quits"]
    assert (row.status, row.score, row.remark) == (NOT_GRADED, "", "the file is empty")
    assert not page(course, "quits").exists()
    assert {**after, "quits": None} == {**before, "quits": None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["8"], "08_batch_stochastic_minibatch is not in"),
        (["9", "--students", "nobody"], "no student is called 'nobody'; there are: "),
        (["9", "--out", "no-course"], "no-course is no course"),
        ([], "no chapter is named"),
    ],
)
def test_a_slip_of_the_teachers_is_named(course, said, arguments, message, capsys):
    from bookbuild.grading import grade

    where = [] if "--out" in arguments else ["--out", str(course)]
    assert grade.main([*arguments, *where]) == 1
    assert message in capsys.readouterr().err


def test_settings_from_before_are_named(course, said, capsys):
    from bookbuild.grading import grade

    file = course / assignment.CONFIG
    kept = file.read_text("utf-8")
    file.write_text("c = get_config()\n")
    assert grade.main(["9", "--out", str(course)]) == 1
    assert "nbgrader_config.py was written before" in capsys.readouterr().err
    file.write_text(kept)
