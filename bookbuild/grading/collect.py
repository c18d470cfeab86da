"""Take what students have handed in out of a learning platform's archive.

Whatever lies in ``downloaded/<chapter>/archive`` of a course (files, folders, zip or tar archives, also one
in another) is sorted into ``submitted/<student>/<chapter>/``. Of several files of one student the last
counts. Nothing is left out without a word.
"""

from __future__ import annotations

import os
import re
import shutil
import tarfile
import tempfile
import time
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bookbuild.grading.lists import NOT_GRADED, Row

#: What systems add on their own, and Jupyter.
SKIPPED = ("__MACOSX", ".ipynb_checkpoints")

_COPY = re.compile(r"\((\d+)\)")
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tar\.gz)$", re.IGNORECASE)
#: What nbgrader would take for a pattern in a student's name.
_PATTERN = re.compile(r"[\[\]*?]")
#: `ada_2031...`, as platforms begin the name of a student's file or folder.
_STUDENT = re.compile(r"(?!\d\d_exercises)([^_]+)_\d")


@dataclass(frozen=True)
class File:
    """A file that a student has handed in.

    Attributes
    ----------
    path : Path
        Where it lies.
    label : str
        Its name in the archive, folders included.
    student : str
        Whose it is.
    sheet : str
        The sheet that its name says it is, or nothing: ``07_exercises``.
    """

    path: Path
    label: str
    student: str
    sheet: str

    @property
    def age(self) -> tuple[bool, float, int, str]:
        """Sorts the file that counts to the end: rightly named, last saved, the highest `(2)`."""
        copy = _COPY.search(self.path.name)
        return bool(self.sheet), self.path.stat().st_mtime, int(copy[1]) if copy else 0, self.label


def collect(course: Path, name: str, pattern: str) -> tuple[dict[str, str], list[Row]]:
    """Copy each student's file of a chapter to its place among what was submitted.

    Parameters
    ----------
    course
        The course.
    name
        The chapter.
    pattern
        What tells the student and the sheet from a file's path: nbgrader's ``named_regexp``.

    Returns
    -------
    dict of str to str
        Remarks by student, where there was a choice to be made.
    list of Row
        Files that no student could be found for, each with the reason.
    """
    archive, remarks = course / "downloaded" / name / "archive", {}
    if not archive.is_dir():
        return {}, []
    with tempfile.TemporaryDirectory() as folder:
        unpacked, rows = Path(folder) / "unpacked", []
        for path in sorted(archive.rglob("*")):
            _bring(path, unpacked / path.relative_to(archive), rows)
        students = defaultdict(list)
        for path in sorted(unpacked.rglob("*")):
            file = _file(path, unpacked, name, pattern, rows)
            if file is not None:
                students[file.student].append(file)
        for student, files in students.items():
            remarks[student] = _place(sorted(files, key=lambda file: file.age), course, name)
    return {student: remark for student, remark in remarks.items() if remark}, rows


def _bring(path: Path, target: Path, rows: list[Row]) -> None:
    """Copy a file, or unpack it into a folder of its name if it is an archive; times are kept."""
    if not path.is_file() or _is_skipped(path):
        return
    if not _ARCHIVE.search(path.name):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
        return
    with tempfile.TemporaryDirectory() as inner:
        try:
            _unpack(path, Path(inner))
        except Exception as error:  # whatever a broken archive does to the reader
            rows.append(Row(path.name, NOT_GRADED, remark=f"can't be unpacked: {error}"))
        for one in sorted(Path(inner).rglob("*")):
            _bring(one, target / one.relative_to(inner), rows)


def _unpack(path: Path, folder: Path) -> None:
    if not path.name.lower().endswith(".zip"):
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
        return
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            saved = time.mktime((*entry.date_time, 0, 0, -1))
            os.utime(archive.extract(entry, folder), (saved, saved))


def _is_skipped(path: Path) -> bool:
    return path.name.startswith(".") or any(part in SKIPPED for part in path.parts)


def _file(path: Path, unpacked: Path, name: str, pattern: str, rows: list[Row]) -> File | None:
    """Return whose file this is; what is nobody's, or no sheet of this chapter, becomes a row."""
    if not path.is_file():
        return None
    label = path.relative_to(unpacked).as_posix()
    found, student = re.match(pattern, f"/{label}"), _student(label) if path.suffix == ".ipynb" else ""
    if found and found["file_id"] != f"{name[:2]}_exercises":
        rows.append(Row(label, NOT_GRADED, remark=f"is {found['file_id']}, which is another sheet"))
    elif found or student:
        student = unicodedata.normalize("NFC", found["student_id"] if found else student)
        student = _PATTERN.sub("-", student).strip()
        return File(path, label, student, found["file_id"] if found else "")
    else:
        rows.append(Row(label, NOT_GRADED, remark="its name tells no student, or it is no notebook"))
    return None


def _student(label: str) -> str:
    """Return whose a file of another name is: by its own name or a folder's; an archive's comes last."""
    parts = sorted(label.split("/"), key=lambda part: bool(_ARCHIVE.search(part)))
    return next((found[1] for found in map(_STUDENT.match, parts) if found), "")


def _place(files: list[File], course: Path, name: str) -> str:
    """Copy the last of a student's files to its place, unless a newer one lies there; say what was chosen."""
    last = files[-1]
    target = course / "submitted" / last.student / name / f"{name[:2]}_exercises.ipynb"
    others = ", ".join(repr(file.label) for file in files[:-1])
    remark = f"{last.label!r} counts, not {others}" if others else ""
    if not last.sheet:
        remark = remark or f"{last.label!r} was taken for the sheet"
    if target.exists() and target.stat().st_mtime > last.path.stat().st_mtime:
        if target.read_bytes() == last.path.read_bytes():
            return remark
        return "the file in submitted/ is newer than the archive's, and counts"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(last.path, target)
    return remark
