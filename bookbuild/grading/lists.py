"""The list of a chapter's grading: who was graded, who was not, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FOLDER = "grading"

GRADED, NOT_GRADED, NOTHING = "graded", "NOT GRADED", "nothing handed in"

#: The columns of grades.csv: nbgrader's own, with what makes a zero different from no grade.
EXPORTED = (
    *("assignment", "student_id", "last_name", "first_name", "email", "timestamp"),
    *("status", "raw_score", "late_submission_penalty", "score", "max_score", "remark"),
)


@dataclass(frozen=True)
class Row:
    """What became of a student's sheet.

    Attributes
    ----------
    student : str
        The student, or a file whose student is unknown.
    status : str
        ``GRADED``, ``NOT_GRADED`` or ``NOTHING``.
    score, max_score : str
        Empty where there is no grade.
    remark : str
        Why there is no grade, or what had to be mended.
    """

    student: str
    status: str = NOTHING
    score: str = ""
    max_score: str = ""
    remark: str = ""


def path(course: Path, name: str) -> Path:
    """Return where the list of a chapter lies."""
    return course / FOLDER / f"{name}.csv"


def read(course: Path, name: str) -> dict[str, Row]:
    """Return the list of a chapter by student; an empty one if it was never graded."""
    if not path(course, name).exists():
        return {}
    with path(course, name).open(newline="", encoding="utf-8") as file:
        return {row["student"]: Row(**row) for row in csv.DictReader(file)}


def write(course: Path, name: str, rows: Iterable[Row]) -> None:
    """Write the list of a chapter."""
    path(course, name).parent.mkdir(exist_ok=True)
    with path(course, name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def text(name: str, rows: Iterable[Row]) -> str:
    """Return the list as it is printed: first those without a grade, then those with a remark."""
    rows = sorted(rows, key=lambda row: (row.status == GRADED, row.student))
    counts = [
        f"{sum(row.status == status for row in rows)} {status}" for status in (GRADED, NOT_GRADED, NOTHING)
    ]
    width = max((len(row.student) for row in rows), default=0)
    lines = [f"{name}: {', '.join(counts)}"]
    for row in rows:
        score = f"{row.score} of {row.max_score}" if row.status == GRADED else row.status
        lines.append(f"  {row.student:{width}}  {score:10}  {row.remark}".rstrip())
    return "\n".join(lines)
