"""What a chapter says about itself is read as it stands, and what is missing is named."""

import re

import pytest
from nbformat import v4

from bookbuild.model import contents, notebooks
from bookbuild.model.notebooks import NOTEBOOKS

CHAPTERS = contents.chapters()


def a_notebook(
    *cells, needs="[Chapter 1](01_dots.ipynb), [two](02_lines#middle) and [a site](https://x.org)."
):
    title = v4.new_markdown_cell("# Three dots\n\nA promise.")
    goals = v4.new_markdown_cell(
        "## You will be able to\n\n- **draw** a dot,\n  and **name** it;\n- **see** one."
    )
    time = "Reading takes about 20 minutes. Running every\ncell takes about 2 minutes on two CPU cores."
    need = v4.new_markdown_cell(f"## You need\n\n{needs}\n\n*{time}*")
    return v4.new_notebook(cells=[title, goals, need, *cells])


def an_exercise(text, check):
    stub = v4.new_code_cell(f"check.{check}(...)", metadata={"tags": ["exercise"]})
    solution = v4.new_code_cell(f"check.{check}(1)", metadata={"tags": ["hide-cell"]})
    return [v4.new_markdown_cell(text), stub, solution]


def test_a_chapter_is_read_as_it_stands():
    exercises = [
        *an_exercise("**1. Predict.** How many?", "count"),
        *an_exercise("### 2. A dot\n\nDraw.", "dot"),
    ]
    chapter = contents.describe("03_three_dots", a_notebook(*exercises))
    assert (chapter.number, chapter.title) == (3, "Three dots")
    assert [(goal.verb, goal.text) for goal in chapter.goals] == [
        ("draw", "**draw** a dot, and **name** it"),
        ("see", "**see** one"),
    ]
    assert chapter.needs == ("01_dots", "02_lines")
    assert (chapter.reading, chapter.running) == (20, 120)
    found = [(exercise.number, exercise.title, exercise.check) for exercise in chapter.exercises]
    assert found == [(1, "Predict", "count"), (2, "A dot", "dot")]


def test_what_is_missing_is_named(tmp_path):
    path = tmp_path / "03_dots.ipynb"
    notebook = a_notebook()
    notebook.cells[2].source = "## You need\n\nNothing."
    notebooks.write(notebook, path)
    with pytest.raises(ValueError, match=r"03_dots\.ipynb: its opening does not say how long it takes"):
        contents.chapter(path)
    notebook = a_notebook()
    notebook.cells[1].source = "## You will be able to\n\n- draw a dot"
    with pytest.raises(ValueError, match="the goal 'draw a dot' has no verb in bold"):
        contents.describe("03_dots", notebook)
    notebook.cells[0].source = "No title"
    with pytest.raises(ValueError, match="does not begin with `# Title`"):
        contents.describe("03_dots", notebook)


def test_the_book_is_what_the_table_of_contents_lists(tmp_path):
    files = ("notebooks/02_b", "notebooks/01_a", "appendix/notation")
    entries = "".join(f"      - file: {file}\n" for file in files)
    (tmp_path / "_toc.yml").write_text(f"parts:\n  - caption: One\n    chapters:\n{entries}")
    (tmp_path / "notebooks").mkdir()
    for name in ("01_a", "02_b", "03_unlisted"):
        notebooks.write(a_notebook(), tmp_path / "notebooks" / f"{name}.ipynb")
    assert contents.in_book(tmp_path) == ["02_b", "01_a"]
    assert [chapter.name for chapter in contents.chapters(tmp_path)] == ["02_b", "01_a"]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=[chapter.name for chapter in CHAPTERS])
def test_every_exercise_and_goal_of_the_book_is_found(chapter):
    cells = notebooks.code_cells(notebooks.read(NOTEBOOKS / f"{chapter.name}.ipynb"))
    stubs = [cell for cell in cells if "exercise" in notebooks.tags(cell)]
    assert [exercise.number for exercise in chapter.exercises] == list(range(1, len(stubs) + 1))
    verbs = [goal.verb for goal in chapter.goals]
    assert 3 <= len(verbs) == len(set(verbs)) <= 5, "a goal is named by its first bold verb"
    assert all(re.fullmatch(r"[a-z ]+", verb) for verb in verbs)
