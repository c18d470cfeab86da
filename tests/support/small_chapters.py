"""Small chapters in memory, for tests of what reads chapters."""

from __future__ import annotations

from nbformat import NotebookNode, v4

from bookbuild.model.chapter import Chapter
from bookbuild.model.notebooks import NOTEBOOKS

GOALS = ("**draw** a dot", "**see** one")
NEEDS = "Nothing."
TIME = "Reading takes about 20 minutes. Running every\ncell takes about 5 seconds on two CPU cores."


def text(source: str, name: str = "") -> NotebookNode:
    return v4.new_markdown_cell(source, **({"id": name} if name else {}))


def code(source: str, *marks: str, **metadata: object) -> NotebookNode:
    return v4.new_code_cell(source, metadata={"tags": list(marks), **metadata})


def exercise(words: str, check: str) -> list[NotebookNode]:
    """Return an exercise's text, its stub and its solution."""
    return [text(words), code(f"check.{check}(...)", "exercise"), code(f"check.{check}(1)", "hide-cell")]


def chapter_of(*cells: NotebookNode, name: str = "03_dots") -> Chapter:
    """Return a chapter of these cells and no others; no file is written."""
    return Chapter(NOTEBOOKS / f"{name}.ipynb", v4.new_notebook(cells=list(cells)))


def small_chapter(
    name: str = "03_dots",
    title: str = "Dots",
    *exercises: NotebookNode,
    goals: tuple[str, ...] = GOALS,
    needs: str = NEEDS,
    time: str = TIME,
) -> Chapter:
    """Return a chapter that says of itself what every chapter says."""
    listed = "\n".join(f"- {goal};" for goal in goals)
    return chapter_of(
        text(f"# {title}\n\nA promise."),
        text(f"## You will be able to\n\n{listed}"),
        text(f"## You need\n\n{needs}\n\n*{time}*"),
        text("## Exercises\n\nSome."),
        *exercises,
        name=name,
    )
