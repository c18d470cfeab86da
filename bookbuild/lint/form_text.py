"""Rules of form for a chapter's frame, prose and cells.

Each rule takes a chapter and yields, for each fault, the end of a sentence that begins with the
chapter's name and says what to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from nbformat import NotebookNode

from bookbuild.model import notebooks
from bookbuild.model.chapter import FRAME, Chapter, Rule
from bookbuild.model.notebooks import SETUP, figures, tags

_DURATION = re.compile(r"\b[1-9]\d*\s*(?:min\b|minutes?\b|s\b|seconds?\b)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RANDOM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-[0-9a-f]{12})?")
_ASSERTION = re.compile(r"^\s*assert\b|\bassert_\w+\(|\bcheck\.\w+\(", re.MULTILINE)


def has_title_and_promise(chapter: Chapter) -> Iterator[str]:
    """Begin with a markdown cell: the title, then one sentence of promise."""
    if chapter.opening is None:
        yield "does not begin with a markdown cell `# Title`"
    elif not chapter.opening.words.strip():
        yield "has no promise: one sentence below the title that says what the reader gets"
    if sum(section.level == 1 for section in chapter.sections) > 1:
        yield "has more than one `# ` heading: sections are `## `"


def has_set_up_cell(chapter: Chapter) -> Iterator[str]:
    """Let the first code cell be the set-up cell that editions of the book replace."""
    cells = chapter.code_cells
    if not cells or cells[0].source != SETUP:
        yield f"misses the set-up cell: its first code cell must be exactly {SETUP!r}"
    elif cells[0].id != "setup" or sorted(tags(cells[0])) != ["remove-cell", "setup"]:
        yield "has a set-up cell without the id `setup` and the tags `setup` and `remove-cell`"


def has_frame(chapter: Chapter) -> Iterator[str]:
    """Hold all sections of the frame, in order, none empty."""
    for name in FRAME:
        found = chapter.below(name)
        if not found:
            yield f"misses `## {name}`"
        elif not any(section.words.strip() or section.code for section in found):
            yield f"has nothing below `## {name}`"
    present = [s.title for s in chapter.sections if s.level == 2 and s.title in FRAME]
    if present != sorted(present, key=FRAME.index):
        yield f"has its frame out of order: {', '.join(present)} should be {', '.join(FRAME)}"


def states_goals_and_time(chapter: Chapter) -> Iterator[str]:
    """Open with 3 to 5 things the reader will be able to do, and the time it takes."""
    if chapter.below(FRAME[0]) and not 3 <= len(chapter.goal_texts) <= 5:
        yield f"lists {len(chapter.goal_texts)} goals under `## {FRAME[0]}`: 3 to 5 are expected"
    if not _DURATION.search(chapter.outlook):
        yield (
            "does not say in its opening how long it takes: "
            "`Reading takes about 25 minutes. Running every cell takes about 12 seconds`"
        )


def nests_headings(chapter: Chapter) -> Iterator[str]:
    """Never skip a level on the way down, so that a screen reader's outline holds together."""
    last = 0
    for section in chapter.sections:
        if section.level > last + 1:
            yield f"jumps from level {last} to level {section.level} at the heading {section.title!r}"
        last = section.level


def opens_with_a_figure(chapter: Chapter) -> Iterator[str]:
    """Show a figure that moves before the first section."""
    opening = chapter.sections[0].cells if chapter.sections else []
    if not any(cell.id in opening for cell, _ in figures(chapter.notebook)):
        yield f"shows no interactive figure before `## {FRAME[0]}`"


def has_exercises(chapter: Chapter) -> Iterator[str]:
    """Set 4 to 6 exercises, each with a check and a solution that runs the same check."""
    found = chapter.exercises
    if not 4 <= len(found) <= 6:
        yield f"has {len(found)} exercises (code cells tagged `exercise`): 4 to 6 are expected"
    for exercise in found:
        if not exercise.checks:
            yield f"has no check after the exercise {exercise.stub.id!r}: `check.<exercise>(answer)`"
        elif not exercise.is_solved:
            yield f"has no solution of {exercise.stub.id!r}: a `hide-cell` cell that runs the same check"


def _lines(cell: NotebookNode) -> int:
    return sum(bool(line.strip()) for line in notebooks.untitled(cell.source).splitlines())


def keeps_cells_short(chapter: Chapter) -> Iterator[str]:
    """Hold code cells to a median of 4 lines, 19 in 20 within 10, none over 20."""
    sizes = {cell.id: _lines(cell) for cell in chapter.code_cells if "setup" not in tags(cell)}
    yield from (
        f"has {size} lines of code in cell {name!r}: at most 20" for name, size in sizes.items() if size > 20
    )
    long = [name for name, size in sizes.items() if size > 10]
    if len(long) > 0.05 * len(sizes):
        yield f"has {len(long)} of {len(sizes)} cells over 10 lines, at most 5 % may be: {', '.join(long)}"
    if sizes and median(sizes.values()) > 4:
        yield f"has cells of {median(sizes.values()):g} lines in the median: at most 4, one idea a cell"


def explains_every_cell(chapter: Chapter) -> Iterator[str]:
    """Put prose before each code cell the reader sees, and at least as much of it as code."""
    seen = [cell for cell in chapter.cells if not {"remove-cell", "hide-cell"} & set(tags(cell))]
    code = sum(cell.cell_type == "code" for cell in seen)
    if len(seen) - code < code:
        yield f"has {len(seen) - code} text cells for {code} code cells: at least as many are expected"
    for before, after in zip(chapter.cells, chapter.cells[1:], strict=False):
        pair = before.cell_type == after.cell_type == "code"
        if pair and not ({"setup", "exercise"} & set(tags(before)) or "hide-cell" in tags(after)):
            yield f"explains nothing between the code cells {before.id!r} and {after.id!r}"


def gives_reasons(chapter: Chapter) -> Iterator[str]:
    """Say beside each cell that is not compared why, and hold in the next one what can be held."""
    cells = chapter.code_cells
    for place, cell in enumerate(cells):
        marks = {"nbval-ignore-output", "nbval-skip", "raises-exception"} & set(tags(cell))
        if marks and not str(cell.metadata.get("reason", "")).strip():
            yield f"gives no reason for {min(marks)} at {cell.id!r}: add `reason` to its metadata"
        if "timing" in tags(cell) and "nbval-ignore-output" not in marks:
            yield f"compares measured seconds at {cell.id!r}: add the tag `nbval-ignore-output`"
        if marks - {"raises-exception"} and not _asserts_next(cells[place + 1 :]):
            yield f"asserts nothing in the visible cell after {cell.id!r}, whose output is not compared"
        if re.search(r"^\s*#\s*NBVAL_", cell.source, re.MULTILINE):
            yield f"marks {cell.id!r} by a comment for nbval: use the cell's tags"


def _asserts_next(following: list[NotebookNode]) -> bool:
    visible = (cell for cell in following if not {"remove-cell", "hide-cell"} & set(tags(cell)))
    return bool(_ASSERTION.search(next(visible, NotebookNode(source="")).source))


def leaves_style_alone(chapter: Chapter) -> Iterator[str]:
    """Set no matplotlib style in a chapter: there is one style file."""
    for cell in chapter.code_cells:
        if re.search(r"\brcParams\b|\bplt\.rc\(|\bstyle\.use\([^)]", cell.source):
            yield f"sets its own plot style in {cell.id!r}: the book has one style file"


def names_cells(chapter: Chapter) -> Iterator[str]:
    """Give every cell an id that says what it is: links and reports use it."""
    for cell in chapter.cells:
        if not _SLUG.fullmatch(cell.id) or _RANDOM_ID.fullmatch(cell.id):
            yield f"has a cell with the id {cell.id!r}: a readable name such as `by-hand-step-1` is expected"


RULES: tuple[Rule, ...] = (
    has_title_and_promise,
    has_set_up_cell,
    has_frame,
    states_goals_and_time,
    nests_headings,
    opens_with_a_figure,
    has_exercises,
    keeps_cells_short,
    explains_every_cell,
    gives_reasons,
    leaves_style_alone,
    names_cells,
)
