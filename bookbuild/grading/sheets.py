"""A chapter as a teacher hands it out: without solutions, or its exercises alone, ready to be graded.

``without_solutions`` is the whole chapter, to read and to play with. ``sheet`` holds the exercises only,
after the imports and definitions of the chapter that they use, so that grading one takes seconds and
needs no data. A sheet is written for nbgrader: each exercise is an answer cell, whose solution nbgrader
takes out when it makes the students' version, and a cell of tests that is worth a point.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode, v4

from bookbuild.grading import needs
from bookbuild.model.chapter import Chapter
from bookbuild.model.exercises import Exercise
from bookbuild.model.notebooks import SETUP, tags, untitled

POINTS = 1
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
HEADING = "## Exercises"

INTRODUCTION = (
    "Replace each `...` and run the cell. The check tells you what it found. It never shows the answer."
)

TITLE = """# Exercises: {title}

*PyTorch You Can Touch*, chapter {number}: {count} exercises, {points} each.

- Replace each `...` and run the cell. Its check tells you what it found; it never shows the answer.
- The cell below an answer gives the point. It stops with the same message until the answer is right. Leave it
  as it is: it is written anew when the sheet is graded.
- What you import or define yourself goes into the cell of your answer: other cells of code are written anew
  too.
- Before you hand in: restart the kernel, run all cells, save. Hand in this file under its own name."""

GIVEN = "## What the chapter brings along"

TESTS = """from helpers.checks import {module}
from helpers.checks.report import grade

grade({module}.{check}{arguments})"""

_CHECK_IMPORT = re.compile(r"^from helpers\.checks import (\w+) as check\n*", re.MULTILINE)


@dataclass(frozen=True)
class Call:
    """A call of a check, ``check.one_update(w_new, b_new)  # why``, as it ends a cell.

    Attributes
    ----------
    before : str
        The cell's code before the call.
    check : str
        The name of the check.
    arguments : tuple of str
        What it is given, as written.
    remark : str
        The comment beside the call, or nothing.
    """

    before: str
    check: str
    arguments: tuple[str, ...]
    remark: str


def without_solutions(chapter: Chapter) -> NotebookNode:
    """Return a copy of a chapter's notebook without the solutions and their outputs."""
    result = copy.deepcopy(chapter.notebook)
    result.cells = [cell for cell in result.cells if "hide-cell" not in tags(cell)]
    opening = {name for section in chapter.below("Exercises")[:1] for name in section.cells[:1]}
    for cell in result.cells:
        if cell.id in opening:  # it says that a solution follows
            cell.source = cell.source[: cell.source.index(HEADING)] + f"{HEADING}\n\n{INTRODUCTION}"
    return result


def sheet(chapter: Chapter) -> NotebookNode:
    """Return the exercises of a chapter as the source of an nbgrader assignment, solutions included.

    Raises
    ------
    ValueError
        When the chapter has no exercises, or one that cannot be turned into a pair of cells.
    """
    if not chapter.exercises:
        raise ValueError(f"there is no code cell tagged `exercise` after `{HEADING}`")
    module = _check_module(chapter)
    formulas = {label.name: label.formula for label in chapter.labels if label.formula}
    cells = [*_opening(chapter), *_prelude(chapter, module)]
    for place, exercise in enumerate(chapter.exercises, start=1):
        cells += _texts(exercise, formulas)
        cells += _pair(exercise, place, module)
    metadata = chapter.notebook.metadata
    kept = {key: metadata[key] for key in ("kernelspec", "language_info") if key in metadata}
    return v4.new_notebook(cells=cells, metadata=copy.deepcopy(kept))


def _check_module(chapter: Chapter) -> str:
    for cell in chapter.code_cells:
        if found := _CHECK_IMPORT.search(cell.source):
            return found[1]
    raise ValueError("no code cell says `from helpers.checks import chapter_NN as check`")


def _opening(chapter: Chapter) -> Iterator[NotebookNode]:
    points = "a point" if POINTS == 1 else f"{POINTS} points"
    count = len(chapter.exercises)
    text = TITLE.format(title=chapter.title, number=chapter.number, count=count, points=points)
    yield v4.new_markdown_cell(text, id="opening")
    yield _code(SETUP, "setup", ["setup", "remove-cell"], locked=True)


def _prelude(chapter: Chapter, module: str) -> Iterator[NotebookNode]:
    """Yield what the exercises use: all imports of the chapter, which give no hint, and definitions."""
    theirs = {cell.id: cell.source for cell in chapter.exercise_cells if cell.cell_type == "code"}
    body = [cell.source for cell in chapter.code_cells if cell.id not in theirs]
    code = ast.parse("\n".join(theirs.values()))
    definitions = needs.statements_for(needs.free(code) - {"check"}, body)
    parts = [needs.imports(body), f"from helpers.checks import {module} as check", *definitions]
    yield v4.new_markdown_cell(GIVEN, id="given-text")
    yield _code(_joined(parts), "given", [], locked=True)


def _joined(statements: list[str]) -> str:
    """Join statements with an empty line after each that has more than one line, two before it."""
    text = ""
    for statement in statements:
        text += ("\n\n\n" if "\n    " in statement else "\n") + statement
    return text.strip()


def _texts(exercise: Exercise, formulas: dict[str, str]) -> Iterator[NotebookNode]:
    for cell in exercise.text:
        if cell.cell_type == "markdown":
            yield v4.new_markdown_cell(_plain(cell.source, formulas), id=cell.id)
        elif source := _CHECK_IMPORT.sub("", cell.source).strip():
            yield _code(source, cell.id, [], locked=True)


def _plain(text: str, formulas: dict[str, str]) -> str:
    """Return a text that Jupyter shows: no labels, and the equations it cites below it, numbered."""
    text = re.sub(r"^\([\w-]+\)=\n", "", text, flags=re.MULTILINE)
    cited = list(dict.fromkeys(re.findall(r"\{eq\}`([\w-]+)`", text)))
    for number, label in enumerate(cited, start=1):
        if label not in formulas:
            raise ValueError(f"the equation {label!r}, which an exercise cites, is nowhere in the chapter")
        text = text.replace(f"{{eq}}`{label}`", f"({number})")
        text += f"\n\n$$\n{formulas[label]} \\tag{{{number}}}\n$$"
    return text


def _pair(exercise: Exercise, place: int, module: str) -> Iterator[NotebookNode]:
    stub = read_call(exercise.stub)
    name = f"exercise_{place}_{stub.check}"
    yield _code(answer(exercise), exercise.stub.id, ["exercise"], solution=True, name=f"{name}_answer")
    arguments = "".join(f", {argument}" for argument in stub.arguments)
    tests = TESTS.format(module=module, check=stub.check, arguments=arguments)
    # With this tag "Run all" goes on where an answer is not right yet.
    yield _code(tests, f"{exercise.stub.id}-tests", ["raises-exception"], points=POINTS, name=name)


def answer(exercise: Exercise) -> str:
    """Return the code of an answer cell: the stub, the solution between nbgrader's marks, the check.

    The check is called as the stub calls it, so what the solution hands over gets the stub's names.
    """
    stub, solution = read_call(exercise.stub), read_call(exercise.solution)
    if stub.check != solution.check or len(stub.arguments) != len(solution.arguments):
        raise ValueError(f"{exercise.stub.id!r} and its solution do not end in the same check")
    pairs = zip(stub.arguments, solution.arguments, strict=True)
    renamed = [(asked, given) for asked, given in pairs if asked != given]
    names, values = (", ".join(side) for side in zip(*renamed, strict=True)) if renamed else ("", "")
    if renamed and not all(asked.isidentifier() for asked, _ in renamed):
        raise ValueError(f"{exercise.stub.id!r} hands {names!r} to its check, where a name is expected")
    steps = [solution.before, f"{names} = {values}{solution.remark}" if renamed else ""]
    body = "\n".join(step for step in steps if step)
    call = f"check.{stub.check}({', '.join(stub.arguments)})"
    # Where the solution was, nbgrader leaves an empty line; after a function there are two.
    space = "\n\n" if stub.before.splitlines()[-1].startswith(" ") else "\n"
    return f"{stub.before}\n{BEGIN}\n{body}\n{END}{space}{call}"


def read_call(cell: NotebookNode) -> Call:
    """Read the call of a check that ends a cell.

    Raises
    ------
    ValueError
        When the cell ends in something else; the message names it.
    """
    source = _CHECK_IMPORT.sub("", untitled(cell.source)).strip()
    last = ast.parse(source).body[-1]
    call = getattr(last, "value", None)
    if not (isinstance(call, ast.Call) and ast.unparse(call.func).startswith("check.") and not call.keywords):
        raise ValueError(f"the cell {cell.id!r} does not end in `check.<exercise>(answer)`")
    lines = source.splitlines()
    arguments = tuple(str(ast.get_source_segment(source, argument)) for argument in call.args)
    remark = lines[last.end_lineno - 1][last.end_col_offset :]
    before = "\n".join(lines[: last.lineno - 1]).strip()
    return Call(before, ast.unparse(call.func).removeprefix("check."), arguments, remark)


def _code(
    source: str,
    id: str,
    marks: list[str],
    *,
    name: str = "",
    points: int = 0,
    solution: bool = False,
    locked: bool = False,
) -> NotebookNode:
    """Return a code cell that nbgrader knows under ``name``."""
    role = {"grade": bool(points), "solution": solution, "task": False, "locked": locked or bool(points)}
    known = {"schema_version": 3, "cell_type": "code", "grade_id": name or id, **role}
    metadata = {"tags": marks} if marks else {}
    return v4.new_code_cell(
        source, id=id, metadata={**metadata, "nbgrader": {**known, **({"points": points} if points else {})}}
    )
