"""A sheet as a student hands it in, brought back into the form in which it was handed out.

Students copy cells, delete, move and change them, and some tools drop the marks by which nbgrader knows a
cell. ``restore`` gives each cell of the sheet its mark again, writes tests and given code anew and puts
them in their places. What a student wrote is kept, in the student's order. Whatever had to be mended is
said in a remark, and a file that is no such sheet is refused with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode, v4

ANSWER, TESTS, GIVEN = "answer", "tests", "given"

_HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$\n?", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"^[^#\n]*\bcheck\.(\w+)\(", re.MULTILINE)
_CHAPTER = re.compile(r"\bhelpers\.checks import (chapter_\d\d)")


class NotGradedError(ValueError):
    """A sheet can't be graded; the message says why, for the teacher's list."""


@dataclass(frozen=True)
class Known:
    """A cell of the sheet as it was handed out.

    Attributes
    ----------
    name : str
        What nbgrader calls it.
    source : str
        Its code or text, hidden tests included.
    role : str
        ``ANSWER``, ``TESTS`` or ``GIVEN``.
    marks : dict
        The metadata by which nbgrader knows it.
    """

    name: str
    source: str
    role: str
    marks: dict[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The source as students see it."""
        return _HIDDEN.sub("", self.source).strip()

    def is_in(self, cell: NotebookNode) -> bool:
        """Tell whether a cell that has lost its mark is this one."""
        asked = _CALL.findall(self.source)
        if self.role == ANSWER and asked:
            return asked[-1] in _CALL.findall(cell.source)
        return cell.source.strip() == self.shown

    def cell(self, source: str | None = None) -> NotebookNode:
        """Return the cell as it was handed out, or with a student's source."""
        new = v4.new_markdown_cell if self.marks.get("cell_type") == "markdown" else v4.new_code_cell
        tags = {"tags": ["remove-cell"]} if self.name == "setup" else {}  # feedback leaves the set-up out
        text = self.source if source is None else source
        return new(text, metadata={"nbgrader": dict(self.marks), **tags})


@dataclass(eq=False)
class Place:
    """A cell of a student's notebook, itself and no equal one, and the known cell that it is, or nothing."""

    name: str
    cell: NotebookNode


def restore(cells: Sequence[NotebookNode], known: Sequence[Known]) -> tuple[list[NotebookNode], list[str]]:
    """Return a student's cells as nbgrader can grade them, and what had to be mended.

    Parameters
    ----------
    cells : sequence of NotebookNode
        What the student handed in. These cells are not changed.
    known : sequence of Known
        The sheet as it was handed out, in order.

    Returns
    -------
    list of NotebookNode
        Answers and the student's own cells as they were; tests and given code as handed out.
    list of str
        Remarks for the teacher.

    Raises
    ------
    NotGradedError
        When this is not the sheet.
    """
    places, remarks = _recognised(cells, known)
    if reason := _stranger(places, known):
        raise NotGradedError(f"this is another notebook: {reason}")
    places, copies = _one_of_each(places, known)
    remarks += copies + _changes(places, known)
    places = _in_order(_with_answers(places, known), known)
    return [_rebuilt(place, known) for place in places], remarks


def _recognised(cells: Sequence[NotebookNode], known: Sequence[Known]) -> tuple[list[Place], list[str]]:
    """Name each cell by its mark; by its text where no cell bears that mark any more."""
    names = {one.name for one in known}
    marked = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in cells]
    lost = [one for one in known if one.name not in marked]
    places = []
    for cell, mark in zip(cells, marked, strict=True):
        found = (one.name for one in lost if cell.cell_type != "markdown" and one.is_in(cell))
        places.append(Place(mark if mark in names else next(found, ""), cell))
    read = {place.name for place in places} & {one.name for one in lost if one.role == ANSWER}
    said = f"answers without nbgrader's marks, recognised by the checks they call: {len(read)}"
    return places, [said] if read else []


def _stranger(places: Sequence[Place], known: Sequence[Known]) -> str:
    """Say what makes this another notebook than the sheet, or nothing."""
    found = {one.role for one in known for place in places if place.name == one.name}
    if ANSWER not in found:
        ours = {chapter for one in known for chapter in _CHAPTER.findall(one.source)}
        theirs = Counter(chapter for place in places for chapter in _CHAPTER.findall(place.cell.source))
        other = [chapter.replace("_", " ") for chapter, _ in theirs.most_common() if chapter not in ours]
        return f"it belongs to {other[0]}" if other else "no answer of this sheet is in it"
    marked = any(place.cell.metadata.get("nbgrader") for place in places if place.name)
    return "" if marked or TESTS in found else "it has exercises of this chapter, but is not the sheet"


def _one_of_each(places: Sequence[Place], known: Sequence[Known]) -> tuple[list[Place], list[str]]:
    """Leave one cell of each name: the last answer, the last tests, the first of what is given.

    Earlier copies of an answer stay as cells of the student's own, for they may define what the last
    one uses. A copy that is still the empty stub is dropped when there is another.
    """
    left, remarks = list(places), []
    for one in known:
        same = [place for place in left if place.name == one.name]
        if len(same) < 2:
            continue
        if one.role == ANSWER:
            tried = [place for place in same if place.cell.source.strip() != one.shown] or same[-1:]
            remarks.append(f"{one.name}: {len(same)} copies; {_counting(same, tried)}")
            for earlier in tried[:-1]:
                earlier.name = ""
        else:
            tried = same[:1] if one.role == GIVEN else same[-1:]
        left = [place for place in left if place not in same or place in tried]
    return left, remarks


def _counting(same: Sequence[Place], tried: Sequence[Place]) -> str:
    return "the last one counts" if tried[-1] is same[-1] else "the last one that is not empty counts"


def _changes(places: Sequence[Place], known: Sequence[Known]) -> list[str]:
    sources = {place.name: place.cell.source.strip() for place in places}
    answers = [one for one in known if one.role == ANSWER]
    missing = [one.name for one in answers if one.name not in sources]
    anew = [one.name for one in known if one.role != ANSWER and sources.get(one.name) != one.shown]
    untouched = all(sources.get(one.name, one.shown) == one.shown for one in answers)
    return [
        *(f"{name}: no such cell is there; it counts as not attempted" for name in missing),
        *([f"cells of tests or given code changed or deleted, written anew: {len(anew)}"] if anew else []),
        *(["no answer was written"] if untouched else []),
    ]


def _with_answers(places: Sequence[Place], known: Sequence[Known]) -> list[Place]:
    """Bring back the stubs of answers that were deleted, each behind what was handed out before it.

    A stub that is missing would let its tests see what other cells define under the same name.
    """
    result, before = list(places), ""
    for one in known:
        names = [place.name for place in result]
        if one.role == ANSWER and one.name not in names:
            result.insert(names.index(before) + 1 if before else 0, Place(one.name, one.cell()))
        if one.role == ANSWER or one.name in names:
            before = one.name
    return result


def _in_order(places: Sequence[Place], known: Sequence[Known]) -> list[Place]:
    """Put tests behind their answers and what is given before them, where they are not there already."""
    fixed = [one for one in known if one.role != ANSWER]
    astray = [one.name for one in fixed if not _in_place(one, places, known)]
    result = [place for place in places if place.name not in astray]
    for one in fixed:
        if one.name in astray:
            result.insert(_index(one, result, known), Place(one.name, one.cell()))
    return result


def _lead(known: Sequence[Known]) -> list[str]:
    """Names of what is given before the first answer."""
    first = next(place for place, one in enumerate(known) if one.role == ANSWER)
    return [one.name for one in known[:first]]


def _in_place(one: Known, places: Sequence[Place], known: Sequence[Known]) -> bool:
    names, there = [other.name for other in known], [place.name for place in places if place.name]
    if one.name not in there:
        return False
    lead, wanted, found = _lead(known), names.index(one.name), there.index(one.name)
    if one.name in lead:
        return there[: len(lead)] == lead
    if one.role == TESTS:
        return there[found - 1 : found] == names[wanted - 1 : wanted]
    return there[found + 1 : found + 2] == names[wanted + 1 : wanted + 2]


def _index(one: Known, places: Sequence[Place], known: Sequence[Known]) -> int:
    """Where a cell of tests or of given code goes; those before it in ``known`` are in place already."""
    names, there = [other.name for other in known], [place.name for place in places]
    wanted, lead = names.index(one.name), _lead(known)
    if one.name in lead:
        return lead.index(one.name)
    if one.role == GIVEN:
        following = [other.name for other in known[wanted:] if other.role == ANSWER]
        return there.index(following[0]) if following else len(places)
    # An answer may go on in cells of the student's own, up to the next cell of the sheet.
    start = index = there.index(names[wanted - 1]) + 1
    while index < len(places) and not there[index]:
        index += 1
        start = index if places[index - 1].cell.cell_type == "code" else start
    return start


def _rebuilt(place: Place, known: Sequence[Known]) -> NotebookNode:
    """Return a cell with its mark, and with no other metadata, which could keep it from being run."""
    cell = place.cell
    one = next((one for one in known if one.name == place.name), None)
    if one is not None:
        return one.cell(cell.source if one.role == ANSWER else None)
    new = v4.new_code_cell if cell.cell_type == "code" else v4.new_markdown_cell
    return new(cell.source)
