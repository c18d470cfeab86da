"""The courses of the guide for instructors, and what must fit between chapters, goals and exercises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bookbuild.model.chapter import Chapter
from bookbuild.model.notebooks import ROOT

SYLLABUSES = ROOT / "appendix" / "syllabuses.yaml"


@dataclass(frozen=True)
class Session:
    """One sitting of a course."""

    title: str
    chapters: tuple[str, ...]
    work: str


@dataclass(frozen=True)
class Syllabus:
    """A course that is ready to be given."""

    name: str
    about: str
    told: Mapping[str, str]  #: chapter left out -> what is told instead
    sessions: tuple[Session, ...]


def syllabuses(path: Path = SYLLABUSES) -> list[Syllabus]:
    """Return the courses; ValueError names one that lacks something."""
    found = []
    for row in yaml.safe_load(path.read_text("utf-8")):
        course = _made(Syllabus, row, path, str(row.get("name")))
        sessions = [_made(Session, session, path, course.name) for session in course.sessions]
        found.append(Syllabus(course.name, course.about, course.told, tuple(sessions)))
    return found


def _made(kind: type, row: Mapping[str, Any], path: Path, where: str) -> Any:
    try:
        return kind(**row)
    except TypeError as error:
        raise ValueError(f"{path.name}, {where}: {error}") from error


def practised(chapter: Chapter, table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say what does not fit between a chapter and the goals that its exercises are said to practise."""
    checks = [exercise.check for exercise in chapter.exercises]
    verbs = {goal.verb for goal in chapter.goals}
    for name in checks:
        if name not in table:
            yield f"{chapter.name}: no goal is named for the exercise {name}"
    for name, named in table.items():
        if name not in checks:
            yield f"{chapter.name}: it has no exercise {name}; it has {', '.join(checks)}"
        for verb in named:
            if verb not in verbs:
                yield f"{chapter.name}, {name}: no goal has the verb {verb!r}; the verbs: {', '.join(verbs)}"


def out_of_order(syllabus: Syllabus, chapters: Mapping[str, Chapter]) -> list[str]:
    """Say which chapters of a course come before one that they need."""
    seen = set(syllabus.told)
    faults = []
    for session in syllabus.sessions:
        for name in session.chapters:
            missing = set(chapters[name].needs) - seen if name in chapters else set()
            faults += [f"{syllabus.name}, {session.title}: {name} needs {need}" for need in sorted(missing)]
            seen.add(name)
    return faults
