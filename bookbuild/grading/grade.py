"""Grade what students have handed in, one after the other, so that nobody's sheet stops anybody else's.

    python -m bookbuild.grading.grade 07 08 [--out course] [--students ada grace]

Calls nbgrader for each student: autograde, then feedback. At the end stands a list of everybody: the
points, or why there are none. It is also in ``grading/<chapter>.csv``, and all grades are in ``grades.csv``.
"""

from __future__ import annotations

import argparse
import contextlib
import glob
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from bookbuild.grading import assignment, lists
from bookbuild.grading.assignment import AssignmentError
from bookbuild.grading.collect import collect
from bookbuild.grading.handed_in import NotGradedError
from bookbuild.grading.lists import GRADED, NOT_GRADED, NOTHING, Row

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

#: The line of a traceback that says what went wrong.
_REASON = re.compile(r"^\s*(?:[\w.]*\.)?(\w*(?:Error|Exception|Kernel|Entry)): (.+)$", re.MULTILINE)

PATTERN = "nbgrader takes a name with [, * or ? for a pattern"
OLD = (
    "{file} was written before this book graded student by student. Move it away, run "
    "`make assignment` again, and copy your own settings into the new one."
)


def grade(course: Path, name: str, students: Sequence[str] = ()) -> list[Row]:
    """Grade a chapter's sheets.

    Parameters
    ----------
    course
        The folder of the course.
    name
        The chapter.
    students
        Whom to grade; everybody when none is named.

    Returns
    -------
    list of Row
        One for each student, and for each file that belongs to nobody.

    Raises
    ------
    AssignmentError
        When the chapter was not released in this course, or a student is unknown.
    """
    api = opened(course, name)
    said, strays = collect(course, name, api.config.FileNameCollectorPlugin.named_regexp)
    strays += _strays(course, name)
    everybody = _everybody(course, api)
    if unknown := sorted(set(students) - set(everybody)):
        raise AssignmentError(f"no student is called {unknown[0]!r}; there are: {', '.join(everybody)}")
    rows = {} if not students else lists.read(course, name)
    for student in students or everybody:
        try:
            row = _graded(api, course, name, student)
        except Exception as error:  # whatever it is, the next student is graded
            row = Row(student, NOT_GRADED, remark=f"{type(error).__name__}: {error}")
        rows[student] = replace(row, remark="; ".join(filter(None, (said.get(student), row.remark))))
        print(f"{student}: {row.status}", flush=True)
    known = [rows[student] for student in sorted(rows) if student in everybody]
    lists.write(course, name, [*known, *strays])
    return [*known, *strays]


def opened(course: Path, name: str) -> NbGraderAPI:
    """Return nbgrader for a course in which a chapter was released.

    Raises
    ------
    AssignmentError
        When there is no such course, its name or its settings do not do, or it lacks the chapter.
    """
    file = course / assignment.CONFIG
    if not file.exists():
        raise AssignmentError(f"{course} is no course: `make assignment` makes one")
    if glob.escape(str(course.resolve())) != str(course.resolve()):
        raise AssignmentError(f"move the course {course.resolve()}: {PATTERN}")
    api = assignment.course_api(course)
    if "AsHandedOut" not in file.read_text("utf-8"):
        raise AssignmentError(OLD.format(file=file))
    with api.gradebook as gradebook:
        released = [one.name for one in gradebook.assignments]
    if name not in released:
        raise AssignmentError(f"{name} is not in {course}: make assignment CHAPTERS={name[:2]} OUT={course}")
    return api


def _everybody(course: Path, api: NbGraderAPI) -> list[str]:
    """Names of all students: those who have handed anything in, and those whom the gradebook knows."""
    (course / "submitted").mkdir(exist_ok=True)
    folders = (path for path in (course / "submitted").iterdir() if path.is_dir())
    handed_in = {path.name for path in folders if not path.name.startswith(".")}
    with api.gradebook as gradebook:
        for student in handed_in:
            gradebook.update_or_create_student(student)
        return sorted({str(student.id) for student in gradebook.students} | handed_in)


def _strays(course: Path, name: str) -> list[Row]:
    """Return sheets that lie right in ``submitted``, where no student is named."""
    files = sorted((course / "submitted").glob(f"*{name[:2]}_exercises*"))
    return [
        Row(file.name, NOT_GRADED, remark=f"lies in submitted/, not in submitted/<student>/{name}/")
        for file in files
        if file.is_file()
    ]


def _graded(api: NbGraderAPI, course: Path, name: str, student: str) -> Row:
    """Grade one student's sheet and write the feedback."""
    file, remark = _sheet(course / "submitted" / student, name)
    if file is None:
        _forget(api, course, name, student)
        return Row(student, NOT_GRADED if remark else NOTHING, remark=remark)
    if student != glob.escape(student):
        return Row(student, NOT_GRADED, remark=f"rename submitted/{student}: {PATTERN}")
    result = api.autograde(name, student)
    if not result["success"]:
        _forget(api, course, name, student)
        return Row(student, NOT_GRADED, remark=_reason(file, result))
    remarks = [remark, *_read(course / "autograded" / student / name / file.name).metadata["remarks"]]
    result = api.generate_feedback(name, student)
    if not result["success"]:
        remarks.append(f"no page of feedback: {_last_error(result)[1]}")
    with api.gradebook as gradebook:
        found = gradebook.find_submission(name, student)
        points = f"{found.score:g}", f"{found.max_score:g}"
    return Row(student, GRADED, *points, "; ".join(filter(None, remarks)))


def _sheet(folder: Path, name: str) -> tuple[Path | None, str]:
    """Return a student's file and a remark on it; without a file, the remark says what else is there.

    A single notebook of another name is copied under the right one, for nbgrader knows it by its name.
    """
    file = folder / name / f"{name[:2]}_exercises.ipynb"
    others = [path for path in sorted((folder / name).glob("[!.]*")) if path.is_file() and path != file]
    found = [path for path in others if path.suffix == ".ipynb"]
    if file.exists():
        return file, f"also there, and not graded: {_names(found)}" if found else ""
    if len(found) == 1:
        shutil.copy2(found[0], file)
        return file, f"{found[0].name!r} was taken for the sheet"
    elsewhere = sorted(folder.rglob(f"*{name[:2]}_exercises*"))
    if found or others or elsewhere:
        return (
            None,
            f"no {file.name} in submitted/{folder.name}/{name}/, but {_names(found or others or elsewhere)}",
        )
    return None, ""


def _names(paths: Iterable[Path]) -> str:
    return ", ".join(repr(path.name) for path in paths)


def _forget(api: NbGraderAPI, course: Path, name: str, student: str) -> None:
    """Take an earlier grade and its page away: they are not those of the file that is there now."""
    from nbgrader.api import MissingEntry

    with api.gradebook as gradebook, contextlib.suppress(MissingEntry):
        gradebook.remove_submission(name, student)
    for step in ("autograded", "feedback"):
        shutil.rmtree(course / step / student / name, ignore_errors=True)


def _read(file: Path) -> nbformat.NotebookNode:
    return nbformat.read(file, as_version=4)


def _reason(file: Path, result: dict[str, Any]) -> str:
    """Say in a line why nbgrader could not grade a file."""
    if not file.stat().st_size:
        return "the file is empty"
    kind, message = _last_error(result)
    if kind == NotGradedError.__name__:
        return message
    try:
        nbformat.validate(_read(file))
    except nbformat.reader.NotJSONError:
        return "the file is no notebook, or was cut off"
    except Exception as error:  # whatever a broken file does to the reader
        return f"the file is no notebook: {type(error).__name__}: {str(error).splitlines()[0]}"
    return f"{kind}: {message}"


def _last_error(result: dict[str, Any]) -> tuple[str, str]:
    """Return the kind and the message of the error that stopped nbgrader."""
    found = _REASON.findall(result.get("log", "")) or _REASON.findall(result.get("error", ""))
    return found[-1] if found else ("Error", "nbgrader failed without saying why")


def export(course: Path) -> None:
    """Write all grades of a course into its ``grades.csv``."""
    from bookbuild.grading.nbgrader_steps import GradesCsv

    with contextlib.chdir(course), assignment.course_api(Path()).gradebook as gradebook:
        GradesCsv().export(gradebook)


def main(arguments: list[str] | None = None) -> int:
    """Grade what students have handed in; say who was graded and who was not."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.grading.grade", description=main.__doc__)
    parser.add_argument("chapters", nargs="*", help="numbers or names: 7, 07, 07_gradient_descent")
    parser.add_argument("--out", type=Path, default=assignment.COURSE, help="the folder of the course")
    parser.add_argument("--students", nargs="*", default=(), help="grade these alone")
    wish = parser.parse_args(arguments)
    try:
        for path in assignment.chosen(wish.chapters):
            rows = grade(wish.out, path.stem, wish.students)
            print(f"\n{lists.text(path.stem, rows)}\n")
        export(wish.out)
    except (AssignmentError, FileNotFoundError) as error:
        print(f"grade: {error}", file=sys.stderr)
        return 1
    print(f"Feedback: {wish.out}/feedback   Grades: {wish.out}/grades.csv")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
