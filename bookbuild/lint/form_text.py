"""Rules of form for a chapter's frame, prose and cells.

Each rule takes a notebook and yields, for each fault, the end of a sentence that begins with the
chapter's name and says what to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from nbformat import NotebookNode

from bookbuild.model import notebooks
from bookbuild.model.notebooks import SETUP, Rule, code_cells, tags

#: The frame of a chapter: these sections, in this order, the body between the second and the third.
FRAME = (
    "You will be able to",
    "You need",
    "What goes wrong",
    "Summary",
    "Exercises",
    "Further reading",
)

_FENCE = re.compile(r"^(```+|~~~+).*?^\1", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
_DURATION = re.compile(r"\b[1-9]\d*\s*(?:min\b|minutes?\b|s\b|seconds?\b)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RANDOM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-[0-9a-f]{12})?")
_ASSERTION = re.compile(r"^\s*assert\b|\bassert_\w+\(|\bcheck\.\w+\(", re.MULTILINE)
_CHECK = re.compile(r"\bcheck\.(\w+)\(")


def sections(notebook: NotebookNode) -> dict[str, str]:
    """Text below each H2 heading, by heading, up to the next one (code cells count as their source)."""
    found, current = {}, None
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            found[current] = found.get(current, "") + cell.source
            continue
        parts = re.split(r"^## +(.+?) *$", _prose(cell.source), flags=re.MULTILINE)
        found[current] = found.get(current, "") + parts[0]
        for current, text in zip(parts[1::2], parts[2::2], strict=True):
            found[current] = text
    return {heading: text for heading, text in found.items() if heading}


def _prose(source: str) -> str:
    """Text of a markdown cell without its listings and comments, neither of which is read as prose."""
    return _COMMENT.sub("", _FENCE.sub("", source))


def headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """(level, text) of every markdown heading, in order."""
    prose = (_prose(cell.source) for cell in notebook.cells if cell.cell_type == "markdown")
    return [(len(marks), text) for source in prose for marks, text in _HEADING.findall(source)]


def has_title_and_promise(notebook: NotebookNode) -> Iterator[str]:
    """Begin with a markdown cell: the title, then one sentence of promise."""
    first = notebook.cells[0] if notebook.cells else None
    lines = [line for line in _prose(first.source).splitlines() if line.strip()] if first else []
    if first is None or first.cell_type != "markdown" or not lines or not lines[0].startswith("# "):
        yield "does not begin with a markdown cell `# Title`"
    elif len(lines) < 2:
        yield "has no promise: one sentence below the title that says what the reader gets"
    if sum(level == 1 for level, _ in headings(notebook)) > 1:
        yield "has more than one `# ` heading: sections are `## `"


def has_set_up_cell(notebook: NotebookNode) -> Iterator[str]:
    """Let the first code cell be the set-up cell that editions of the book replace."""
    cells = code_cells(notebook)
    if not cells or cells[0].source != SETUP:
        yield f"misses the set-up cell: its first code cell must be exactly {SETUP!r}"
    elif cells[0].id != "setup" or sorted(tags(cells[0])) != ["remove-cell", "setup"]:
        yield "has a set-up cell without the id `setup` and the tags `setup` and `remove-cell`"


def has_frame(notebook: NotebookNode) -> Iterator[str]:
    """Hold all sections of the frame, in order, none empty."""
    found = sections(notebook)
    for name in FRAME:
        if name not in found:
            yield f"misses `## {name}`"
        elif not found[name].strip():
            yield f"has nothing below `## {name}`"
    present = [name for name in found if name in FRAME]
    if present != sorted(present, key=FRAME.index):
        yield f"has its frame out of order: {', '.join(present)} should be {', '.join(FRAME)}"


def states_goals_and_time(notebook: NotebookNode) -> Iterator[str]:
    """Open with 3 to 5 things the reader will be able to do, and the time it takes."""
    opening = sections(notebook)
    goals = len(re.findall(r"^ *(?:[-*]|\d+\.) +\S", opening.get(FRAME[0], ""), re.MULTILINE))
    if FRAME[0] in opening and not 3 <= goals <= 5:
        yield f"lists {goals} goals under `## {FRAME[0]}`: 3 to 5 are expected"
    if not _DURATION.search(opening.get(FRAME[0], "") + opening.get(FRAME[1], "")):
        yield "does not say in its opening how long it takes to read and to run (`25 min`, `12 s`)"


def nests_headings(notebook: NotebookNode) -> Iterator[str]:
    """Never skip a level on the way down, so that a screen reader's outline holds together."""
    last = 0
    for level, text in headings(notebook):
        if level > last + 1:
            yield f"jumps from level {last} to level {level} at the heading {text!r}"
        last = level


def opens_with_a_figure(notebook: NotebookNode) -> Iterator[str]:
    """Show a figure that moves before the first section."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and any(notebooks.VIEW in o.get("data", {}) for o in cell.outputs):
            return
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            break
    yield f"shows no interactive figure before `## {FRAME[0]}`"


def has_exercises(notebook: NotebookNode) -> Iterator[str]:
    """Set 4 to 6 exercises, each with a check and a solution that runs the same check."""
    cells = code_cells(notebook)
    stubs = [place for place, cell in enumerate(cells) if "exercise" in tags(cell)]
    if not 4 <= len(stubs) <= 6:
        yield f"has {len(stubs)} exercises (code cells tagged `exercise`): 4 to 6 are expected"
    for place, end in zip(stubs, [*stubs, len(cells)][1:], strict=True):
        visible = [c for c in cells[place:end] if "hide-cell" not in tags(c)]
        hidden = [c for c in cells[place:end] if "hide-cell" in tags(c)]
        asked = {name for cell in visible for name in _CHECK.findall(cell.source)}
        solved = {name for cell in hidden for name in _CHECK.findall(cell.source)}
        if not asked:
            yield f"has no check after the exercise {cells[place].id!r}: `check.<exercise>(answer)`"
        elif not asked <= solved:
            yield f"has no solution of {cells[place].id!r}: a `hide-cell` cell that runs the same check"


def _lines(cell: NotebookNode) -> int:
    return sum(bool(line.strip()) for line in notebooks.untitled(cell.source).splitlines())


def keeps_cells_short(notebook: NotebookNode) -> Iterator[str]:
    """Hold code cells to a median of 4 lines, 19 in 20 within 10, none over 20."""
    sizes = {cell.id: _lines(cell) for cell in code_cells(notebook) if "setup" not in tags(cell)}
    yield from (
        f"has {size} lines of code in cell {name!r}: at most 20" for name, size in sizes.items() if size > 20
    )
    long = [name for name, size in sizes.items() if size > 10]
    if len(long) > 0.05 * len(sizes):
        yield f"has {len(long)} of {len(sizes)} cells over 10 lines, at most 5 % may be: {', '.join(long)}"
    if sizes and median(sizes.values()) > 4:
        yield f"has cells of {median(sizes.values()):g} lines in the median: at most 4, one idea a cell"


def explains_every_cell(notebook: NotebookNode) -> Iterator[str]:
    """Put prose before each code cell the reader sees, and at least as much of it as code."""
    seen = [cell for cell in notebook.cells if not {"remove-cell", "hide-cell"} & set(tags(cell))]
    code = sum(cell.cell_type == "code" for cell in seen)
    if len(seen) - code < code:
        yield f"has {len(seen) - code} text cells for {code} code cells: at least as many are expected"
    for before, after in zip(notebook.cells, notebook.cells[1:], strict=False):
        pair = before.cell_type == after.cell_type == "code"
        if pair and not ({"setup", "exercise"} & set(tags(before)) or "hide-cell" in tags(after)):
            yield f"explains nothing between the code cells {before.id!r} and {after.id!r}"


def gives_reasons(notebook: NotebookNode) -> Iterator[str]:
    """Say beside each cell that is not compared why, and hold in the next one what can be held."""
    cells = code_cells(notebook)
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


def leaves_style_alone(notebook: NotebookNode) -> Iterator[str]:
    """Set no matplotlib style in a chapter: there is one style file."""
    for cell in code_cells(notebook):
        if re.search(r"\brcParams\b|\bplt\.rc\(|\bstyle\.use\([^)]", cell.source):
            yield f"sets its own plot style in {cell.id!r}: the book has one style file"


def names_cells(notebook: NotebookNode) -> Iterator[str]:
    """Give every cell an id that says what it is: links and reports use it."""
    for cell in notebook.cells:
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
