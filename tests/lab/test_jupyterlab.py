"""The book's notebooks in the pinned JupyterLab, as a reader opens and runs them.

Before a cell is run, solutions are closed and stills stand in their places. Running, what is pressed inside a
figure moves the figure and no cell: JupyterLab takes single letters for commands on cells (`b` adds one, `x`
cuts one, `m` makes it text). One file, so that one process starts JupyterLab once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from desk import Desk
from hands import answered, drag, look
from nbformat import NotebookNode, v4
from playwright.sync_api import Locator

from bookbuild.execute import folding
from bookbuild.execute.figures import saved
from bookbuild.execute.refresh import KERNEL
from bookbuild.model import notebooks
from bookbuild.model.notebooks import FIGURE
from helpers.figures import MatmulLab, Question
from helpers.figures.question import Option

pytestmark = pytest.mark.slow

#: A picture of one pixel, in the place of a still.
STILL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

#: A quick question, and the code that asks it.
ODD = Question(
    id="odd", prompt="Which one is odd?", options=[Option("2", "No."), Option("3", "Yes.", correct=True)]
)
ASKING = 'question("03_autograd", "fork-sum")'

#: What the notebook of figures shows, each in a cell of the same name.
FIGURES = ("DescentLab", "IndexLab", "MatmulLab", "FloatBits")
#: Two more of one kind, the second of them in two places.
COPIES = {"second": "second = figures.MatmulLab()\nsecond", "again": "second"}

#: A control of each kind: its figure, where it is there, a key that it answers.
CONTROLS = {
    "slider": ("DescentLab", "input[aria-label='learning rate']", "ArrowLeft"),
    "player": ("DescentLab", "input[aria-label='step through the run']", "ArrowLeft"),
    "button": ("DescentLab", "button:has-text('Reset')", "Enter"),
    "mark of a slider": ("DescentLab", ".bf-tickmark >> nth=0", "Enter"),
    "checkbox": ("DescentLab", "input[type='checkbox'] >> nth=0", "Space"),
    "radio button": ("DescentLab", "input[type='radio']:checked", "ArrowRight"),
    "text field": ("IndexLab", ".bf-code-input", "b"),
    "select": ("IndexLab", "select", "ArrowDown"),
    "cell": ("MatmulLab", ".bf-cell[tabindex='0'] >> nth=0", "ArrowLeft"),
    "bit": ("FloatBits", ".bf-cell[tabindex='0'] >> nth=0", "Enter"),
}

TRUSTED = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .every(({ model }) => model.type !== "code" || model.trusted)"""
TRUST = """() => {
  for (const { model } of window.jupyterapp.shell.currentWidget.content.widgets) model.trusted = true;
}"""
SAVE = "() => window.jupyterapp.shell.currentWidget.context.save()"

UNSAVED = "() => window.jupyterapp.shell.currentWidget.model.dirty"

#: JupyterLab's keys for cells: they add, cut, copy, paste, delete, retype, undo, select, merge, enter, run.
CELL_KEYS = ["a", "b", "x", "c", "v", "d", "d", "m", "y", "r", "1", "z", "j", "k", "Shift+V", "Shift+M"]
CELL_KEYS += ["ArrowUp", "ArrowDown", "Enter", "Escape", "Delete", "Shift+Enter"]


# -- before anything is run


def code(name: str, source: str, tag: str, *outputs: NotebookNode) -> NotebookNode:
    return v4.new_code_cell(
        source, id=name, metadata={"tags": [tag]}, execution_count=1, outputs=list(outputs)
    )


def chapter() -> NotebookNode:
    """Return a small chapter: a figure whose code the page closes, an exercise, a solution."""
    still = {"image/png": STILL, "text/plain": "MatmulLab()"}
    shown = v4.new_output("display_data", data=still, metadata={FIGURE: saved(MatmulLab())})
    words = {"text/markdown": "**Quick question.** Which one is odd?", "text/plain": "Question('odd')"}
    asked = v4.new_output("display_data", data=words, metadata={FIGURE: saved(ODD)})
    right = v4.new_output("stream", text="Right: it is\nodd.\n")
    drawing = "from helpers.figures import MatmulLab\nMatmulLab(cell=(0, 0))"
    cells = [
        v4.new_markdown_cell("# Odd numbers", id="title"),
        code("opening-figure", drawing, "hide-input", shown),
        v4.new_markdown_cell("**1.** Name an odd number.", id="exercise-text"),
        code("exercise", "answer = ...", "exercise"),
        code("question", ASKING, "hide-input", asked),
        code("solution", "answer = 3  # no even one\n\ncheck.odd(answer)", "hide-cell", right),
    ]
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    folding.fold(notebook)
    return notebook


@pytest.fixture(scope="module")
def unread(open_notebook: Callable[[str, NotebookNode], Desk]) -> Desk:
    """Open the small chapter and run nothing."""
    return open_notebook("chapter", chapter())


def shows_stills(desk: Desk) -> None:
    """Hold that a figure stands as its picture and a question as its words."""
    still = desk.cell("opening-figure").locator("img")
    still.wait_for()
    assert still.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
    said = desk.cell("opening-figure").inner_text() + desk.cell("question").inner_text()
    assert "Quick question. Which one is odd?" in said
    assert not re.search(r"error|javascript|model not found", said, re.IGNORECASE)
    assert desk.complaints == []


def test_a_figure_stands_as_its_still_and_a_question_as_its_words(unread: Desk):
    assert not unread.page.evaluate(TRUSTED)
    shows_stills(unread)


def test_in_a_trusted_notebook_too(open_notebook: Callable[[str, NotebookNode], Desk]):
    trusted = open_notebook("trusted", chapter())
    trusted.page.evaluate(TRUST)
    assert trusted.page.evaluate(TRUSTED)
    shows_stills(trusted)


def test_saved_by_a_learner_and_opened_again_the_state_is_kept(
    lab: Any, open_notebook: Callable[[str, NotebookNode], Desk]
):
    first = open_notebook("learner", chapter())
    first.run_cell("exercise")
    first.page.evaluate(SAVE)
    kept = notebooks.read(lab.folder / "learner.ipynb")
    assert [output.metadata for _, output in notebooks.figures(kept)] == [
        output.metadata for _, output in notebooks.figures(chapter())
    ]
    shows_stills(open_notebook("learner", kept))


def test_code_that_the_page_closes_is_closed(unread: Desk):
    assert unread.cell("opening-figure").locator(".cm-content").count() == 0
    assert "cell=" not in unread.cell("opening-figure").inner_text()


def test_nothing_of_a_solution_is_seen_before_it_is_opened(unread: Desk):
    seen = unread.page.locator(".jp-Notebook").inner_text()
    assert "answer = ..." in seen, "the exercise itself stands open"
    assert notebooks.TITLE in seen
    assert "answer = 3" not in seen
    assert "even" not in seen
    assert "Right" not in seen
    assert "check" not in seen


def test_an_opened_solution_shows_its_code_and_then_its_output(unread: Desk):
    solution = unread.cell("solution")
    solution.locator(".jp-Placeholder-content:visible").click()
    assert "check.odd(answer)" in solution.locator(".cm-content").inner_text()
    solution.locator(".jp-Placeholder-content:visible").click()
    assert solution.locator(".jp-OutputArea-output").inner_text() == "Right: it is\nodd.\n"


# -- with a kernel


def notebook_of_figures() -> NotebookNode:
    opening = v4.new_code_cell("from helpers import figures", id="imports")
    shown = [v4.new_code_cell(f"figures.{name}()", id=name) for name in FIGURES]
    copies = [v4.new_code_cell(source, id=name) for name, source in COPIES.items()]
    return v4.new_notebook(cells=[opening, *shown, *copies], metadata={"kernelspec": KERNEL})


@pytest.fixture(scope="module")
def desk(open_notebook: Callable[[str, NotebookNode], Desk]) -> Iterator[Desk]:
    """Open the figures' notebook, run, with every figure drawn."""
    opened = open_notebook("figures", notebook_of_figures())
    opened.run_all()
    for name in (*FIGURES, *COPIES):
        opened.figure(name).wait_for()
    yield opened
    assert opened.complaints == []


def answers(control: Locator, figure: Locator, key: str) -> bool:
    control.focus()
    before = look(figure)
    control.page.keyboard.press(key)
    return answered(figure, before)


@pytest.mark.parametrize("kind", CONTROLS)
def test_a_control_answers_its_key_and_no_cell_does(desk: Desk, kind: str):
    name, place, key = CONTROLS[kind]
    figure, before = desk.figure(name), desk.cells()
    assert answers(figure.locator(place), figure, key)
    for other in CELL_KEYS:
        desk.page.keyboard.press(other)
    assert desk.cells() == before


def test_a_handle_that_was_dragged_is_moved_on_by_the_arrows(desk: Desk):
    figure, before = desk.figure("DescentLab"), desk.cells()
    handle = figure.locator(".bf-hit").first
    handle.scroll_into_view_if_needed()
    drag(handle, 20, 15)
    for key in ("ArrowLeft", "ArrowDown", "Shift+ArrowRight"):
        seen = look(figure)
        desk.page.keyboard.press(key)
        assert answered(figure, seen), key
    for other in CELL_KEYS:
        desk.page.keyboard.press(other)
    assert desk.cells() == before


def test_copies_of_a_figure_are_drawn_and_answer_each_for_itself(desk: Desk):
    first, *copies = (desk.figure(name) for name in ("MatmulLab", *COPIES))
    for copy in copies:
        before = look(first)
        assert answers(copy.locator(".bf-cell[tabindex='0']").first, copy, "ArrowLeft")
        assert look(first) == before


def test_a_figure_whose_cell_is_run_again_is_there_once_and_answers(desk: Desk):
    desk.figure("IndexLab").evaluate("(figure) => { figure.dataset.run = 'before'; }")
    desk.run_cell("IndexLab")
    figure = desk.figure("IndexLab")
    figure.and_(desk.page.locator(":not([data-run])")).wait_for()
    assert desk.cell("IndexLab").locator("[data-figure]").count() == 1
    assert answers(figure.locator(".bf-code-input"), figure, "b")


def test_saving_stays_jupyterlabs(desk: Desk):
    slider = desk.figure("DescentLab").locator("input[aria-label='learning rate']")
    slider.press("ArrowRight")
    assert desk.page.evaluate(UNSAVED)
    slider.press("Control+s")
    desk.page.wait_for_function(f"() => !({UNSAVED})()", timeout=20_000)
    before = desk.cells()
    slider.press("b")
    assert desk.cells() == before


def test_outside_of_figures_the_same_keys_are_jupyterlabs(desk: Desk):
    before = desk.cells()
    desk.page.locator(".jp-Notebook .jp-InputPrompt").last.click()
    desk.page.keyboard.press("b")
    assert len(desk.cells()) == len(before) + 1
    desk.page.keyboard.press("x")
    assert desk.cells() == before
