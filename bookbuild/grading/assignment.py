"""Make what a teacher hands out and grades: chapters without solutions, and an nbgrader course.

    python -m bookbuild.grading.assignment 07 08 [--out course]

The folder is the course. ``chapters/`` holds the chapters without solutions, to hand out; ``source/`` the
exercises with solutions; ``release/`` the students' version of them, to hand out. What students hand in,
their grades and the feedback land beside them (`bookbuild.grading.grade`). Equal sources give equal bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bookbuild.grading import sheets
from bookbuild.model import book, notebooks
from bookbuild.model.exercises import ChapterError
from bookbuild.model.notebooks import ROOT
from bookbuild.release import onefile

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

COURSE = ROOT / "course"
SETTINGS = Path(__file__).with_name("nbgrader_settings.py")
CONFIG = "nbgrader_config.py"

NEXT = """
Hand out:  {course}/chapters  (to read)  and  {course}/release  (to hand in)
Put what comes back into  {course}/submitted/<student>/<chapter>/, or the learning platform's archive
into  {course}/downloaded/<chapter>/archive/, then grade it:

  make grade CHAPTERS="{names}" OUT="{course}"

The list of who was graded, and who was not and why, is printed and lands in grading/; the feedback lands
in feedback/, the table of grades in grades.csv."""

MISSING = (
    "nbgrader is not installed ({error}): run `make assignment`, "
    "or `pip install -r requirements.txt -r requirements-teaching.txt`"
)

#: Where the programs of this environment are.
BIN = Path(sys.executable).parent


class AssignmentError(ValueError):
    """An assignment cannot be made; the message says why."""


def chosen(names: Sequence[str]) -> list[Path]:
    """Return the chapters that go by ``names``, each once, in reading order.

    Raises
    ------
    AssignmentError
        When no name is given.
    FileNotFoundError
        When no chapter goes by one of them; the message lists the chapters.
    """
    if not names:
        raise AssignmentError('no chapter is named: make assignment CHAPTERS="07 08"')
    wanted = dict.fromkeys(notebooks.find(name) for name in names)
    order = notebooks.chapters()
    return sorted(wanted, key=lambda path: order.index(path) if path in order else len(order))


def write_course(folder: Path, chapters: Sequence[Path]) -> list[Path]:
    """Write chapters without solutions, and the exercises as sources of an nbgrader course.

    Parameters
    ----------
    folder
        The course; made if it does not exist. Its settings are written only once.
    chapters
        Notebooks of the book.

    Returns
    -------
    list of Path
        The sources written, one a chapter.

    Raises
    ------
    AssignmentError
        When a chapter's exercises cannot be converted, or a source is there and says something else.
    """
    wheel = onefile.build_wheel()
    sources = {_source(folder, path): _editions(path, wheel) for path in chapters}
    for source, (_, sheet) in sources.items():
        if source.exists() and notebooks.read(source) != sheet:
            raise AssignmentError(
                f"{source} differs from what would be written: you have edited it, or the book has changed "
                "since. Delete it to have it made anew."
            )
    (folder / "chapters").mkdir(parents=True, exist_ok=True)
    for (source, (chapter, sheet)), path in zip(sources.items(), chapters, strict=True):
        source.parent.mkdir(parents=True, exist_ok=True)
        notebooks.write(sheet, source)
        notebooks.write(chapter, folder / "chapters" / path.name)
    if not (folder / CONFIG).exists():
        text = SETTINGS.read_text("utf-8").replace("{book}", str(ROOT))
        (folder / CONFIG).write_text(text, "utf-8")
    return list(sources)


def _source(folder: Path, chapter: Path) -> Path:
    return folder / "source" / chapter.stem / f"{chapter.stem[:2]}_exercises.ipynb"


def _editions(path: Path, wheel: bytes) -> tuple[notebooks.NotebookNode, notebooks.NotebookNode]:
    chapter = book.chapter(path)
    try:
        sheet = sheets.sheet(chapter)
        return onefile.edition(sheets.without_solutions(chapter), wheel), onefile.edition(sheet, wheel)
    except ChapterError as error:  # which names its file
        raise AssignmentError(str(error)) from error
    except ValueError as error:
        raise AssignmentError(f"{path.name}: {error}") from error


def course_api(folder: Path) -> NbGraderAPI:
    """Return nbgrader for a course, with the course's settings.

    Raises
    ------
    AssignmentError
        When nbgrader is missing.
    """
    try:
        from nbgrader.apps import NbGraderAPI
        from sqlalchemy.exc import SAWarning
        from traitlets.config.loader import PyFileConfigLoader
    except ImportError as error:
        raise AssignmentError(MISSING.format(error=error)) from error
    os.environ["PATH"] = (
        f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"  # nbgrader calls alembic by its name
    )
    warnings.filterwarnings("ignore", category=SAWarning)  # remarks of nbgrader's own use of its database
    config = PyFileConfigLoader(CONFIG, path=str(folder)).load_config()
    config.CourseDirectory.root = str(folder.resolve())
    return NbGraderAPI(config=config)


def release(folder: Path, names: Sequence[str]) -> str:
    """Let nbgrader make the students' version of each assignment, and note it in the gradebook.

    Returns
    -------
    str
        What nbgrader had to say.

    Raises
    ------
    AssignmentError
        When nbgrader is missing, or refuses; the message is nbgrader's.
    """
    course, log = course_api(folder), ""
    for name in names:
        result = course.generate_assignment(name)
        if not result["success"]:
            raise AssignmentError(f"nbgrader could not release {name}:\n{result['log']}{result['error']}")
        log += str(result["log"])
    return log


def main(arguments: list[str] | None = None) -> int:
    """Make chapters without solutions and an nbgrader course."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.grading.assignment", description=main.__doc__)
    parser.add_argument("chapters", nargs="*", help="numbers or names: 7, 07, 07_gradient_descent")
    parser.add_argument("--out", type=Path, default=COURSE, help="the folder of the course")
    wish = parser.parse_args(arguments)
    try:
        paths = chosen(wish.chapters)
        sources = write_course(wish.out, paths)
        release(wish.out, [path.stem for path in paths])
    except (AssignmentError, FileNotFoundError, RuntimeError) as error:
        print(f"assignment: {error}", file=sys.stderr)
        return 1
    for path, source in zip(paths, sources, strict=True):
        print(f"{path.stem}: {len(book.chapter(path).exercises)} exercises, {source}")
    names = " ".join(path.stem[:2] for path in paths)
    print(NEXT.format(course=wish.out.resolve(), names=names))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
