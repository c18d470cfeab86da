"""What a teacher hands out holds no solution; nbgrader gives right scores, and the diagnosis as feedback."""

from __future__ import annotations

import ast
import base64
import html
import importlib.util
import io
import os
import re
import subprocess
import textwrap
import types
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import torch
from nbformat import NotebookNode, v4
from small_chapters import chapter_of

from bookbuild.execute import folding
from bookbuild.grading import assignment, needs, sheets
from bookbuild.model import book, notebooks
from bookbuild.model.chapter import Chapter
from bookbuild.model.exercises import Exercise
from bookbuild.model.notebooks import ROOT
from bookbuild.release import onefile

pytestmark = pytest.mark.slow

CHAPTERS = notebooks.chapters()
NAMES = [path.stem for path in CHAPTERS]

#: Two quick ones with answers of every kind: numbers, tuples, a dict, functions and classes.
GRADED = ("01_tensors", "09_models")
#: Exercises that ask for what the chapter itself has written out: no line tells their solution from it.
TAUGHT = {("11_training_loop", "exercise-loss"), ("14_saving_and_loading", "exercise-atomic")}

#: Files of a wheel that hold no text.
PICTURES = (".png", ".jpg", ".webp")

STUDENTS = ("reference", "untouched", "wrong")

#: Cells that are deleted before handing in: tests alone, and an answer along with its tests.
DELETED = {
    ("01_tensors", "reference"): ("exercise-place-tests",),
    ("09_models", "untouched"): ("exercise-count", "exercise-count-tests"),
}

needs_nbgrader = pytest.mark.skipif(
    importlib.util.find_spec("nbgrader") is None and os.environ.get("BOOK_REQUIRE_NBGRADER") != "1",
    reason="nbgrader is not installed: pip install -r requirements.txt -r requirements-teaching.txt",
)
every_chapter = pytest.mark.parametrize("name", NAMES)


def chapter(name: str) -> Chapter:
    return book.chapter(notebooks.NOTEBOOKS / f"{name}.ipynb")


def sheet(name: str) -> NotebookNode:
    return sheets.sheet(chapter(name))


def nbgrader_cells(notebook: NotebookNode, role: str) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get(role)]


# ---------------------------------------------------------------- the conversion, without nbgrader


@every_chapter
def test_every_exercise_becomes_an_answer_and_a_point(name):
    stubs = [cell for cell in chapter(name).cells if "exercise" in notebooks.tags(cell)]
    made = sheet(name)
    nbformat.validate(made)
    answers, tests = nbgrader_cells(made, "solution"), nbgrader_cells(made, "grade")
    assert [cell.id for cell in answers] == [cell.id for cell in stubs]
    assert [cell.metadata.nbgrader.points for cell in tests] == [1] * len(stubs)
    for answer, graded in zip(answers, tests, strict=True):
        assert made.cells.index(graded) == made.cells.index(answer) + 1
        assert answer.metadata.nbgrader.grade_id == f"{graded.metadata.nbgrader.grade_id}_answer"
        assert answer.source.count(sheets.BEGIN) == answer.source.count(sheets.END) == 1
        assert graded.metadata.nbgrader.locked


@every_chapter
def test_the_text_of_every_exercise_is_kept_and_reads_well_in_jupyter(name):
    text = "\n".join(cell.source for cell in sheet(name).cells if cell.cell_type == "markdown")
    found = chapter(name).exercises
    assert all(one.text for one in found)
    first_words = [one.text[-1].source.split("**")[-1].split(".")[0].split("(")[0].strip() for one in found]
    assert [words for words in first_words if words.split("{")[0] not in text] == []
    assert not re.search(r"\{\w+\}`|^\([\w-]+\)=$|\]\(#|\.ipynb", text, re.MULTILINE)


@every_chapter
def test_the_reference_passes_and_the_stubs_do_not_count_where_only_the_sheet_is_there(name):
    made = sheet(name)
    assert set(outcomes(made)) == {"passed"}
    for cell in nbgrader_cells(made, "solution"):
        cell.source = without_region(cell.source)
    assert set(outcomes(made)) == {"Not attempted: replace the ... with your answer."}


@pytest.fixture(autouse=True)
def undone() -> Iterator[None]:
    """Undo what an answer may switch off."""
    yield
    torch.set_grad_enabled(True)


def outcomes(made: NotebookNode) -> list[str]:
    """Run a sheet in a module of its own, all but its set-up cell; return what each cell of tests says."""
    space, said = types.ModuleType("sheet"), []
    for cell in made.cells:
        if cell.cell_type != "code" or cell.id == "setup":
            continue
        try:
            exec(compile(cell.source, cell.id, "exec"), vars(space))
            said += ["passed"] if cell in nbgrader_cells(made, "grade") else []
        except AssertionError as error:
            said.append(str(error))
    return said


def without_region(source: str) -> str:
    return re.sub(rf"{sheets.BEGIN}.*{sheets.END}", "", source, flags=re.DOTALL)


@every_chapter
def test_a_chapter_to_hand_out_is_the_chapter_without_its_solutions(name):
    whole, handed_out = chapter(name), sheets.without_solutions(chapter(name))
    nbformat.validate(handed_out)
    hidden = [cell.id for cell in whole.cells if "hide-cell" in notebooks.tags(cell)]
    assert hidden
    assert [cell.id for cell in handed_out.cells] == [
        cell.id for cell in whole.cells if cell.id not in hidden
    ]
    changed = [cell.id for cell in handed_out.cells if cell not in whole.cells]
    assert changed == [next(cell.id for cell in whole.cells if sheets.HEADING in cell.source.splitlines())]
    assert "olution" not in next(cell.source for cell in handed_out.cells if cell.id == changed[0])


@pytest.fixture(scope="module")
def wheel() -> bytes:
    return onefile.build_wheel()


def test_making_a_course_twice_changes_no_byte(tmp_path, wheel, monkeypatch):
    monkeypatch.setattr(onefile, "build_wheel", lambda: wheel)
    paths = assignment.chosen(["7", "08", "07_gradient_descent"])
    assert [path.stem for path in paths] == ["07_gradient_descent", "08_batch_stochastic_minibatch"]
    assignment.write_course(tmp_path, paths)
    first = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(first) == 5
    assignment.write_course(tmp_path, paths)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == first


def test_a_teachers_own_changes_are_not_overwritten(tmp_path, wheel, monkeypatch):
    monkeypatch.setattr(onefile, "build_wheel", lambda: wheel)
    paths = assignment.chosen(["7"])
    (source,) = assignment.write_course(tmp_path, paths)
    mine = notebooks.read(source)
    mine.cells.append(v4.new_markdown_cell("One more.", id="mine"))
    notebooks.write(mine, source)
    (tmp_path / assignment.CONFIG).write_text("# mine\n")
    with pytest.raises(assignment.AssignmentError, match=r"07_exercises\.ipynb differs .* Delete it"):
        assignment.write_course(tmp_path, paths)
    source.unlink()
    assignment.write_course(tmp_path, paths)
    assert (tmp_path / assignment.CONFIG).read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("names", "message"),
    [([], "no chapter is named"), (["7", "99"], "no chapter is called '99'; the chapters are: 01_tensors")],
)
def test_an_unknown_chapter_is_named(names, message, tmp_path, capsys):
    assert assignment.main([*names, "--out", str(tmp_path / "course")]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "course").exists()


def small_chapter() -> Chapter:
    exercise = v4.new_code_cell("answer = ...\ncheck.one(answer)", metadata={"tags": ["exercise"]}, id="one")
    solution = v4.new_code_cell("check.one(3 + 4)  # why", metadata={"tags": ["hide-cell"]}, id="solved")
    texts = ["# Small", "$$\na = b\n$$ (eq-a)", "## Exercises", "(one)=\n**1. Add.** See {eq}`eq-a`."]
    cells = [v4.new_markdown_cell(text, id=f"text-{place}") for place, text in enumerate(texts)]
    brought = v4.new_code_cell("from helpers.checks import chapter_01 as check\nx = 3", id="brought")
    return chapter_of(*cells, brought, exercise, solution, name="01_small")


def test_what_a_solution_hands_to_its_check_gets_the_stubs_name():
    made = sheets.sheet(small_chapter())
    (answer,) = nbgrader_cells(made, "solution")
    region = f"{sheets.BEGIN}\nanswer = 3 + 4  # why\n{sheets.END}"
    assert answer.source == f"answer = ...\n{region}\ncheck.one(answer)"
    (graded,) = nbgrader_cells(made, "grade")
    assert graded.source.endswith("grade(chapter_01.one, answer)")


def test_the_title_of_a_closed_solution_is_no_part_of_the_answer():
    chapter = small_chapter()
    folding.fold(chapter.notebook)
    assert chapter.cells[-1].source.startswith(notebooks.TITLE)
    assert sheets.sheet(chapter) == sheets.sheet(small_chapter())


def test_what_is_given_and_what_is_cited_comes_along():
    cells = {cell.id: cell for cell in sheets.sheet(small_chapter()).cells}
    assert cells["brought"].source == "x = 3"
    assert cells["text-3"].source == "**1. Add.** See (1).\n\n$$\na = b \\tag{1}\n$$"


@pytest.mark.parametrize(
    ("id", "source", "message"),
    [
        ("one", "answer = ...", "the cell 'one' does not end in `check.<exercise>"),
        ("solved", "check.two(7)", "'one' and its solution do not end in the same check"),
        ("one", "check.one(3)", "'one' hands '3' to its check, where a name is expected"),
        ("text-1", "No equation.", "the equation 'eq-a', which an exercise cites, is nowhere"),
        ("text-0", "No heading.", "01_small.ipynb: does not begin with `# Title`"),
        ("brought", "x = 3", "no code cell says `from helpers.checks import chapter_NN as check`"),
        ("text-2", "## Exercise", "there is no code cell tagged `exercise` after `## Exercises`"),
    ],
)
def test_a_chapter_that_cannot_be_converted_is_refused(id, source, message):
    broken = small_chapter()
    next(cell for cell in broken.cells if cell.id == id).source = source
    with pytest.raises(ValueError, match=re.escape(message)):
        sheets.sheet(broken)


def test_an_exercise_without_a_solution_is_refused():
    broken = small_chapter()
    del broken.notebook.cells[-1]
    with pytest.raises(ValueError, match=r"no solution .* follows the exercise 'one'"):
        sheets.sheet(broken)


def test_without_nbgrader_the_way_to_install_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nbgrader.apps", None)
    with pytest.raises(
        assignment.AssignmentError, match=r"nbgrader is not installed .*requirements-teaching"
    ):
        assignment.release(tmp_path, ["07_gradient_descent"])


# ---------------------------------------------------------------- what a piece of code needs


def test_imports_stand_once_and_without_the_books_own():
    cells = [
        "from torch import nn\nimport torch",
        "import torch\nfrom torch import cat\nfrom helpers import x",
    ]
    assert needs.imports(cells) == "import torch\nfrom torch import cat, nn"


def test_a_name_brings_what_it_needs_and_what_is_hung_on_it():
    cells = [
        "def low():\n    return 1",
        "class Engine:\n    pass",
        "unused = low",
        "def start(engine):\n    return low()\n\n\nEngine.start = start",
        "print(Engine)",
    ]
    assert needs.statements_for({"Engine", "torch"}, cells) == [
        cells[0],
        cells[1],
        "def start(engine):\n    return low()",
        "Engine.start = start",
    ]


# ---------------------------------------------------------------- nbgrader itself


@pytest.fixture(scope="module")
def course(tmp_path_factory, wheel) -> Path:
    """Make a course of all chapters; nbgrader, which releases it, has nothing to complain about."""
    folder = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onefile, "build_wheel", lambda: wheel)
        assignment.write_course(folder, CHAPTERS)
    assert complaints(assignment.release(folder, NAMES)) == []
    return folder


@needs_nbgrader
@every_chapter
def test_what_students_receive_holds_no_solution(course, name):
    whole = chapter(name)
    found = whole.exercises
    kept = [cell for cell in whole.cells if "hide-cell" not in notebooks.tags(cell)]
    (released,) = (course / "release" / name).iterdir()
    given = next(cell for cell in notebooks.read(released).cells if cell.id == "given")
    lines = [line for line in given.source.splitlines() if not re.match(r"import |from |    \w+,$|\)$", line)]
    assert [line for line in lines if not shows(strings(kept), line)] == []
    visible = {
        course / "chapters" / f"{name}.ipynb": {**whole.notebook, "cells": kept},
        released: [given, [(*one.text, one.stub) for one in found]],
    }
    for file, shown in visible.items():
        before, received, carried = strings(shown), *texts(notebooks.read(file))
        for one in found:
            solution = solution_lines(one)
            lines = [line for line in solution if not shows(before, line)]
            assert lines or (file.name[:-6], one.stub.id) in TAUGHT
            assert [line for line in lines if shows(received, line)] == [], f"{file.name}, {one.stub.id}"
            carriers = [name for name, text in carried.items() if all(shows(text, line) for line in solution)]
            assert carriers == [], f"{file.name}, {one.stub.id}"


def solution_lines(exercise: Exercise) -> list[str]:
    """Return the lines that solve an exercise, and what is handed to the check instead of the stub's name."""
    call = sheets.read_call(exercise.solution)
    given = ", ".join(set(call.arguments) - set(sheets.read_call(exercise.stub).arguments))
    lines = (*call.before.splitlines(), given, call.remark)
    return [line for line in lines if line.strip() and not line.lstrip().startswith(("def ", "@"))]


def set_up(notebook: NotebookNode) -> NotebookNode:
    return next(cell for cell in notebooks.code_cells(notebook) if "setup" in notebooks.tags(cell))


def texts(notebook: NotebookNode) -> tuple[str, dict[str, str]]:
    """Return what a notebook shows anywhere but in the letters of its wheel, and the files of the wheel."""
    letters = re.search(r'wheel = """\n(.+?)\n"""', set_up(notebook).source, re.DOTALL)[1]
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(letters)))
    set_up(notebook).source = ""
    files = {name: archive.read(name) for name in archive.namelist() if not name.endswith(PICTURES)}
    return strings(notebook), {name: content.decode() for name, content in files.items()}


def shows(text: str, line: str) -> bool:
    """Tell whether a line of code stands in a text: ``return loss`` does not stand in ``return losses``."""
    code = line.strip()  # the first test, which is quick, decides nearly always
    return code in text and re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text) is not None


def strings(value: object) -> str:
    """Return all texts in a notebook or a part of it: cells, outputs, metadata, the figures' state."""
    if isinstance(value, dict):
        return "\n".join(strings(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return "\n".join(strings(item) for item in value)
    return value if isinstance(value, str) else ""


@needs_nbgrader
def test_what_students_receive_holds_no_mark_no_output_of_a_solution_and_no_hidden_test(course):
    for file in [*(course / "chapters").iterdir(), *(course / "release").rglob("*.ipynb")]:
        notebook = notebooks.read(file)
        set_up(notebook).source = ""
        marks = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "hide-cell", "BOOK_GRADED")
        assert [mark for mark in marks if mark in strings(notebook)] == [], file.name
        assert "Right: " not in strings([cell.outputs for cell in notebooks.code_cells(notebook)]), file.name
    assert not [path for path in (course / "release").rglob("*") if path.suffix not in ("", ".ipynb")]


def test_a_solution_left_behind_is_found(wheel):
    whole = chapter("08_batch_stochastic_minibatch")
    lines = solution_lines(whole.exercises[3])
    received, _ = texts(onefile.edition(whole.notebook, wheel))
    assert [line for line in lines if shows(received, line)] == lines


def wrong_answers(name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the usual wrong answers of a chapter as code that defines `wrong`, each with its diagnosis."""
    source = (ROOT / "tests" / "helpers" / f"test_checks_chapter_{name[:2]}.py").read_text("utf-8")
    tree = ast.parse(source)
    named = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    table = {}
    for key, rows in zip(named["WRONG"].keys, named["WRONG"].values, strict=True):
        pairs = [(row.elts[0], ast.literal_eval(row.elts[1])) for row in rows.elts]
        table[key.value] = [(written(answer, source), diagnosis) for answer, diagnosis in pairs]
    return table


def written(answer: ast.expr, source: str) -> str:
    """Return an answer as a function that makes it, so that its names keep out of the sheet's."""
    code = "\n".join([*needs.statements_for(needs.free(answer), [source]), f"answer = {ast.unparse(answer)}"])
    used = needs.free(ast.parse(code))
    imports = [line for line in needs.imports([source]).splitlines() if needs.bound(ast.parse(line)) & used]
    body = "\n".join([*imports, code, "return answer"])
    return "def wrong():\n" + textwrap.indent(body, "    ")


def hand_in(course: Path, name: str, student: str) -> dict[str, str]:
    """Write a student's file; return the exercises with the diagnosis that each must get."""
    file = Path(name, f"{name[:2]}_exercises.ipynb")
    notebook = notebooks.read(course / ("source" if student == "reference" else "release") / file)
    expected = {}
    for place, cell in enumerate(nbgrader_cells(notebook, "solution") if student == "wrong" else []):
        call = sheets.read_call(cell)
        code, expected[call.check] = wrong_answers(name)[call.check][-(place % 2)]  # the first, the last, ...
        cell.source = f"{code}\n{', '.join(call.arguments)} = wrong()"
    notebook.cells = [cell for cell in notebook.cells if cell.id not in DELETED.get((name, student), ())]
    place = course / "submitted" / student / file
    place.parent.mkdir(parents=True)
    notebooks.write(notebook, place)
    return expected


@pytest.fixture(scope="module")
def graded(course) -> dict[tuple[str, str], dict[str, str]]:
    """Hand in three files a chapter, let nbgrader grade them; return the diagnoses expected."""
    expected = {(name, student): hand_in(course, name, student) for name in GRADED for student in STUDENTS}
    for name in GRADED:
        assert complaints(nbgrader(course, "autograde", name)) == []
        assert complaints(nbgrader(course, "generate_feedback", name)) == []
    return expected


def complaints(log: str) -> list[str]:
    """Return nbgrader's own warnings and errors; a kernel's remarks about its transport are none of ours."""
    return re.findall(r"^\[(?!IPKernelApp).*(?:WARNING|ERROR).*", log, re.MULTILINE)


def nbgrader(course: Path, *arguments: str) -> str:
    path = f"{assignment.BIN}{os.pathsep}{os.environ['PATH']}"
    command = [str(assignment.BIN / "nbgrader"), *arguments]
    run = subprocess.run(
        command, cwd=course, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


@needs_nbgrader
@pytest.mark.parametrize("name", GRADED)
def test_references_score_full_marks_and_stubs_and_wrong_answers_none_whatever_is_deleted(
    course, graded, name
):
    from nbgrader.api import Gradebook

    count = len(chapter(name).exercises)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        handed_in = {student: book.find_submission(name, student) for student in STUDENTS}
        found = {student: (one.score, one.max_score) for student, one in handed_in.items()}
    assert found == {"reference": (count, count), "untouched": (0, count), "wrong": (0, count)}


def feedback(course: Path, student: str, name: str) -> str:
    """Return a student's feedback as one line of text."""
    page = (course / "feedback" / student / name / f"{name[:2]}_exercises.html").read_text("utf-8")
    return " ".join(
        html.unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", "", page, flags=re.DOTALL)).split()
    )


@needs_nbgrader
@pytest.mark.parametrize("name", GRADED)
def test_the_feedback_says_what_is_wrong_with_each_answer(course, graded, name):
    said, expected = feedback(course, "wrong", name), graded[name, "wrong"]
    assert said.count("Not yet: ") == len(expected) == len(chapter(name).exercises)
    assert [diagnosis for diagnosis in expected.values() if diagnosis not in said] == []


@needs_nbgrader
@pytest.mark.parametrize("name", GRADED)
def test_the_feedback_is_short_and_says_what_is_missing_or_right(course, graded, name):
    """Each message stands twice: below the answer, whose cell runs the check too, and below the tests."""
    count = len(chapter(name).exercises)
    untouched, reference = (feedback(course, student, name) for student in ("untouched", "reference"))
    assert untouched.count("Not attempted: replace the ... with your answer.") == 2 * count
    assert reference.count("Right: ") == 2 * count
    assert "Traceback" not in untouched + reference, "lines of ours that the reader did not write"
    assert "base64" not in reference, "the set-up cell, half a million letters, is not left out"


@needs_nbgrader
def test_nbgraders_own_check_before_handing_in_says_what_is_left_to_do(course):
    name = GRADED[0]
    file = Path(name, f"{name[:2]}_exercises.ipynb")
    assert "Success! Your notebook passes all the tests." in nbgrader(
        course, "validate", str("source" / file)
    )
    assert "VALIDATION FAILED ON 6 CELL(S)!" in nbgrader(course, "validate", str("release" / file))
