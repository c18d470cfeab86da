"""Every chapter keeps the book's form; and the rules that say so catch each fault they are there for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode, from_dict, v4

from bookbuild.execute import folding
from bookbuild.execute.figures import VIEW, saved
from bookbuild.execute.refresh import KERNEL
from bookbuild.lint import form
from bookbuild.model import book, notebooks
from bookbuild.model.chapter import Chapter
from bookbuild.model.notebooks import FIGURE, SETUP
from helpers.figures import MatmulLab

CHAPTERS = notebooks.chapters()


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter(path):
    found = [f"{path.stem} {fault}" for fault in form.faults(book.chapter(path))]
    assert not found, "\n".join(found)


# -- the rules themselves, held to a small sound chapter that is then broken in one place

PICTURE = "iVBORw0KGgo="


def code(name: str, source: str, *marks: str, **metadata: object) -> NotebookNode:
    return v4.new_code_cell(source, id=name, metadata={"tags": list(marks), **metadata})


def text(name: str, source: str) -> NotebookNode:
    return v4.new_markdown_cell(source, id=name)


def shown(data: dict[str, object]) -> list[NotebookNode]:
    return [v4.new_output("display_data", data=data)]


def figure_cell() -> NotebookNode:
    cell = code("opening-figure", "Lab()")
    cell.outputs = shown({"image/png": PICTURE, "text/plain": "Lab()"})
    cell.outputs[0].metadata = from_dict({FIGURE: saved(MatmulLab())})
    return cell


def plot_cell() -> NotebookNode:
    words = {"image": {"alt": "the loss falls, then stays"}, "figure": {"caption": "Loss.", "name": "loss"}}
    cell = code("loss-plot", "_ = plot(loss)", mystnb=words)
    cell.outputs = shown({"image/png": PICTURE, "text/plain": "<Figure size 640x480 with 1 Axes>"})
    return cell


def exercise(number: int) -> list[NotebookNode]:
    call = f"check.exercise_{number}(answer)"
    solution = code(f"solution-{number}", f"answer = {number}\n{call}", "hide-cell")
    stub = code(f"exercise-{number}", f"answer = ...\n{call}", "exercise")
    return [text(f"exercise-{number}-text", f"**Exercise {number}.** Find it."), stub, solution]


def sound_chapter() -> NotebookNode:
    """Build the smallest chapter without a fault."""
    cells = [
        text("title", "# Descent\n\nYou will see a ball roll."),
        code("setup", SETUP, "setup", "remove-cell"),
        figure_cell(),
        text("goals", "## You will be able to\n\n- one\n- two\n- three\n\n20 min to read, 10 s to run."),
        text("needs", "## You need\n\n[Tensors](01_tensors)."),
        text("body", "## The loss\n\nIt falls.\n\n![a ball below its start](ball.svg)"),
        plot_cell(),
        text("training-text", "We train."),
        code("training", "fit()", "nbval-ignore-output", reason="threads change the last digits"),
        text("training-bound", "We hold the result."),
        code("training-holds", "assert accuracy > 0.8"),
        text("wrong", "## What goes wrong\n\nA long step."),
        code("too-long", "1 / 0", "raises-exception", reason="the error is the lesson"),
        text("summary", "## Summary\n\nFive lines."),
        text("exercises", "## Exercises\n\nFour of them."),
        *[cell for number in range(1, 5) for cell in exercise(number)],
        text("reading", "## Further reading\n\n- A paper."),
    ]
    notebook = v4.new_notebook(cells=cells)
    folding.fold(notebook)
    for count, cell in enumerate(notebooks.code_cells(notebook), start=1):
        cell.execution_count = count
    book = {"code": notebooks.code_digest(notebook), "data": {}}
    notebook.metadata = from_dict({"kernelspec": KERNEL, "book": book})
    return notebook


def faults(notebook: NotebookNode) -> list[str]:
    return form.faults(Chapter(notebooks.NOTEBOOKS / "00_sound.ipynb", notebook))


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def rewrite(name: str, old: str, new: str) -> Callable[[NotebookNode], None]:
    """Return a fault: replace text in one cell, as if it had been executed so."""

    def apply(notebook: NotebookNode) -> None:
        target = cell(notebook, name)
        assert old in target.source, "the fault must change something"
        target.source = target.source.replace(old, new)
        notebook.metadata.book.code = notebooks.code_digest(notebook)

    return apply


def drop(name: str) -> Callable[[NotebookNode], None]:
    """Return a fault: one cell is gone."""

    def apply(notebook: NotebookNode) -> None:
        notebook.cells.remove(cell(notebook, name))

    return apply


def drop_texts(notebook: NotebookNode) -> None:
    notebook.cells = [c for c in notebook.cells if c.cell_type == "code" or c.id in ("title", "goals")]


def drop_key(place: Callable[[NotebookNode], NotebookNode], key: str) -> Callable[[NotebookNode], None]:
    """Return a fault: one entry is gone from a part of the notebook."""
    return lambda notebook: place(notebook).pop(key)


def prints(printed: str) -> Callable[[NotebookNode], None]:
    """Return a fault: the cell that asserts prints this."""

    def apply(notebook: NotebookNode) -> None:
        cell(notebook, "training-holds").outputs = [v4.new_output("stream", name="stdout", text=printed)]

    return apply


def raises(*traceback: str) -> Callable[[NotebookNode], None]:
    """Return a fault: the cell that raises stores this traceback."""

    def apply(notebook: NotebookNode) -> None:
        error = {"ename": "ValueError", "evalue": "no", "traceback": list(traceback)}
        cell(notebook, "too-long").outputs = [v4.new_output("error", **error)]

    return apply


def leave_value(notebook: NotebookNode) -> None:
    value = v4.new_output("execute_result", data={"text/plain": "Text(0.5, 1.0, 'loss')"}, execution_count=3)
    cell(notebook, "loss-plot").outputs.append(value)


def edit_after_execution(notebook: NotebookNode) -> None:
    cell(notebook, "training").source = "fit(lr=1)"


def skip_a_count(notebook: NotebookNode) -> None:
    cell(notebook, "training").execution_count = 99


def tag(name: str, mark: str) -> Callable[[NotebookNode], None]:
    return lambda notebook: cell(notebook, name).metadata.tags.append(mark)


def set_alt(alt: str) -> Callable[[NotebookNode], None]:
    return lambda notebook: cell(notebook, "loss-plot").metadata.mystnb.image.update(alt=alt)


def rename(name: str, new: str) -> Callable[[NotebookNode], None]:
    return lambda notebook: cell(notebook, name).update(id=new)


def swap_sections(notebook: NotebookNode) -> None:
    first, second = (notebook.cells.index(cell(notebook, name)) for name in ("summary", "wrong"))
    notebook.cells[first], notebook.cells[second] = notebook.cells[second], notebook.cells[first]


def outdate_figure(notebook: NotebookNode) -> None:
    cell(notebook, "opening-figure").outputs[0].metadata[FIGURE]["version"] = "0123456789ab"


def show_as_a_kernel_does(notebook: NotebookNode) -> None:
    cell(notebook, "opening-figure").outputs = shown({VIEW: {"model_id": "m"}, "text/plain": "Lab()"})


def first_output(name: str) -> Callable[[NotebookNode], NotebookNode]:
    return lambda notebook: cell(notebook, name).outputs[0].data


LIBRARY_FRAME = "File ~/lib/python3.11/json/decoder.py:353, in decode"

FAULTS: dict[str, tuple[Callable[[NotebookNode], None], str]] = {
    "no title": (rewrite("title", "# Descent", "Descent"), "does not begin with a markdown cell"),
    "no promise": (rewrite("title", "You will see a ball roll.", ""), "has no promise"),
    "two titles": (rewrite("body", "## The loss", "# The loss"), "has more than one `# ` heading"),
    "other set-up": (rewrite("setup", "style.use()", "style.use()  "), "misses the set-up cell"),
    "set-up shown": (
        lambda nb: cell(nb, "setup").metadata.tags.remove("remove-cell"),
        "has a set-up cell without",
    ),
    "a label of chapter 8": (
        rewrite("body", "## The loss", "(belief-order)=\n## The loss"),
        "sets the label",
    ),
    "a label twice": (
        rewrite("body", "## The loss", "(one)=\n## The loss\n\n(one)="),
        "sets the label 'one'",
    ),
    "a label by its file": (
        rewrite("body", "## The loss", "## The loss\n\n[there](08_batch.ipynb#noise)"),
        "write (#noise)",
    ),
    "the first warning": (
        rewrite("training", "fit()", "with catch_warnings() as caught:\n    fit()\nprint(caught[0])"),
        "takes a caught warning by its place in 'training'",
    ),
    "a warning is asserted": (
        rewrite("training", "fit()", "with warnings.catch_warnings() as w:\n    fit()\nassert len(w) == 1"),
        "asserts a warning or the words of a message in 'training'",
    ),
    "words are asserted": (
        rewrite("training-holds", "accuracy > 0.8", "'mat1' in str(error)"),
        "asserts a warning or the words of a message in 'training-holds'",
    ),
    "arguments are asserted": (
        rewrite("training-holds", "accuracy > 0.8", "error.args[0] == 'no'"),
        "asserts a warning or the words of a message in 'training-holds'",
    ),
    "no summary": (drop("summary"), "misses `## Summary`"),
    "heading in a listing": (rewrite("summary", "## Summary", "```\n## Summary\n```"), "misses `## Summary`"),
    "commented summary": (
        rewrite("summary", "Five lines.", "<!-- five\nlines -->"),
        "has nothing below `## Summary`",
    ),
    "commented promise": (
        rewrite("title", "You will see a ball roll.", "<!-- promise -->"),
        "has no promise",
    ),
    "empty summary": (rewrite("summary", "Five lines.", ""), "has nothing below `## Summary`"),
    "order": (swap_sections, "has its frame out of order"),
    "two goals": (rewrite("goals", "- three\n", ""), "lists 2 goals"),
    "no time": (rewrite("goals", "20 min to read, 10 s to run.", ""), "how long it takes"),
    "level skipped": (rewrite("body", "It falls.", "#### Deep"), "jumps from level 2 to level 4"),
    "no opening figure": (drop("opening-figure"), "shows no interactive figure before"),
    "three exercises": (drop("exercise-4"), "has 3 exercises"),
    "no check": (
        rewrite("exercise-2", "check.exercise_2(answer)", ""),
        "has no check after the exercise 'exercise-2'",
    ),
    "no solution": (drop("solution-3"), "has no solution of 'exercise-3'"),
    "other solution": (rewrite("solution-3", "exercise_3", "exercise_2"), "has no solution of 'exercise-3'"),
    "open solution": (
        drop_key(lambda nb: cell(nb, "solution-1").metadata, "jupyter"),
        "shows the solution 'solution-1'",
    ),
    "open output": (
        drop_key(lambda nb: cell(nb, "solution-1").metadata.jupyter, "outputs_hidden"),
        "shows the solution 'solution-1'",
    ),
    "open in Colab": (
        drop_key(lambda nb: cell(nb, "solution-1").metadata, "cellView"),
        "shows the solution 'solution-1'",
    ),
    "first line in sight": (
        rewrite("solution-1", f"{notebooks.TITLE}\n", ""),
        "lacks the line '# @title A solution' above the solution 'solution-1'",
    ),
    "title with a hint": (
        rewrite("solution-1", "A solution", "Divide by two"),
        "lacks the line '# @title A solution' above the solution 'solution-1'",
    ),
    "title above open code": (
        rewrite("training", "fit()", f"{notebooks.TITLE}\nfit()"),
        "has the line '# @title A solution' above the code 'training'",
    ),
    "code open in JupyterLab": (tag("too-long", "hide-input"), "shows the code 'too-long'"),
    "code closed in JupyterLab alone": (
        lambda nb: cell(nb, "training").metadata.update(jupyter={"source_hidden": True}),
        "closes the code 'training'",
    ),
    "21 lines": (rewrite("training", "fit()", "fit()\n" * 21), "has 21 lines of code in cell 'training'"),
    "12 lines": (rewrite("training", "fit()", "fit()\n" * 12), "cells over 10 lines"),
    "code after code": (drop("training-bound"), "explains nothing between the code cells 'training' and"),
    "little text": (drop_texts, "at least as many are expected"),
    "no reason": (
        drop_key(lambda nb: cell(nb, "training").metadata, "reason"),
        "gives no reason for nbval-ignore-output",
    ),
    "no reason to raise": (
        drop_key(lambda nb: cell(nb, "too-long").metadata, "reason"),
        "no reason for raises-exception",
    ),
    "nothing asserted": (
        rewrite("training-holds", "assert ", "print"),
        "asserts nothing in the visible cell after 'training'",
    ),
    "compared seconds": (tag("too-long", "timing"), "compares measured seconds at 'too-long'"),
    "comment for nbval": (rewrite("training", "fit()", "# NBVAL_SKIP\nfit()"), "by a comment for nbval"),
    "own style": (
        rewrite("loss-plot", "_ =", "plt.rcParams['font.size'] = 9\n_ ="),
        "sets its own plot style",
    ),
    "random id": (rename("training", "6650887f"), "has a cell with the id '6650887f'"),
    "no alt": (
        drop_key(lambda nb: cell(nb, "loss-plot").metadata.mystnb, "image"),
        "has no alt text for the plot",
    ),
    "alt: figure": (set_alt("figure"), "has no alt text for the plot"),
    "alt: a diagram": (set_alt("A diagram."), "has no alt text for the plot"),
    "no caption": (
        drop_key(lambda nb: cell(nb, "loss-plot").metadata.mystnb, "figure"),
        "has no caption for the plot",
    ),
    "picture without alt": (
        rewrite("body", "a ball below its start", ""),
        "whose alt text '' says no message",
    ),
    "img without alt": (
        rewrite("body", "It falls.", '<img src="a.svg">'),
        "whose alt text '' says no message",
    ),
    "directive without alt": (
        rewrite("body", "It falls.", "```{figure} a.svg\nWords.\n```"),
        "whose alt text ''",
    ),
    "not kept": (show_as_a_kernel_does, "shows the figure in 'opening-figure' as a running kernel does"),
    "state of widgets": (
        lambda nb: nb.metadata.update(widgets={}),
        "keeps the state of widgets in its metadata",
    ),
    "still dropped": (drop_key(first_output("opening-figure"), "image/png"), "has no still beside"),
    "older drawing": (outdate_figure, "shows a MatmulLab that has an older still"),
    "counts": (skip_a_count, "was not executed top to bottom"),
    "edited": (edit_after_execution, "has code that changed since it was executed"),
    "data not recorded": (
        rewrite("training", "fit()", 'fit(data.folder("CIFAR10"))'),
        "does not record on which CIFAR10",
    ),
    "real-data without data": (
        tag("training-holds", "real-data"),
        "tagged `real-data` but records no data set",
    ),
    "address": (prints("<Lab at 0x7f647714f360>"), "prints an address in memory"),
    "path": (prints("saved in /srv/course/model.pt"), "prints an absolute path"),
    "repository": (prints(f"in {notebooks.ROOT}"), "prints the path of the repository"),
    "process": (prints("ipykernel_4321 warns"), "prints the process id"),
    "installation": (prints("Looking in indexes: somewhere"), "prints a package installation"),
    "16 lines": (prints("x\n" * 16), "prints 16 lines in 'training-holds'"),
    "left-over value": (leave_value, "prints a left-over value beside the plot of 'loss-plot'"),
    "library frames": (
        raises("Cell In[5], line 1", LIBRARY_FRAME, "ValueError: no"),
        "library frames in the output",
    ),
    "colours": (raises("\x1b[31mValueError\x1b[0m: no"), "stores colours or library frames"),
}


def test_a_sound_chapter_has_no_fault():
    assert faults(sound_chapter()) == []


def test_the_title_of_a_solution_is_no_line_of_code():
    notebook = sound_chapter()
    rewrite("solution-1", "answer = 1", "answer = 1\n" * 19)(notebook)
    assert not any("at most 20" in fault for fault in faults(notebook))


@pytest.mark.parametrize("name", FAULTS)
def test_rules_catch(name):
    notebook = sound_chapter()
    break_it, message = FAULTS[name]
    break_it(notebook)
    found = faults(notebook)
    assert any(message in fault for fault in found), f"expected {message!r} among {found}"


@pytest.mark.parametrize(
    "printed",
    [
        "0x3dcccccd",
        "and/or, 3/4, w / b",
        "torch.Size([4, 5])",
        "see https://example.org/a/b.html",
        "models/net.pt",
    ],
)
def test_rules_let_ordinary_output_pass(printed):
    notebook = sound_chapter()
    prints(printed)(notebook)
    assert faults(notebook) == []
