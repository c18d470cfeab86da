"""Start a chapter: a notebook with the book's frame, its question file and its module of checks.

    python -m bookbuild.new_chapter 09_models "Building models" [--part Models]

What it writes is empty where the author's work is due: ``python -m bookbuild.lint.form 9`` lists it.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from nbformat import from_dict, v4

from bookbuild.execute import folding
from bookbuild.execute.refresh import KERNEL
from bookbuild.lint import form
from bookbuild.lint.form_text import FRAME
from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT, SETUP

_NAME = re.compile(r"\d{2}(?:_[a-z0-9]+)+")

#: What belongs below each heading of the frame; an HTML comment, so that nobody takes it for text.
ADVICE = {
    "You will be able to": "3 to 5 things a test could ask for, each with a verb; then how long it takes.",
    "You need": "Links to the chapters this one builds on.",
    "What goes wrong": "2 to 4 real failures: the code, the true message or curve, the diagnosis.",
    "Summary": "What to remember, in 5 lines.",
    "Exercises": "4 to 6: prose, stub (tag `exercise`), check, solution (tag `hide-cell`).",
    "Further reading": "Primary sources.",
}

STUB = "answer = ..."

QUESTIONS = """\
# Quick questions of this chapter: see helpers/checks/questions.py for the fields.
questions: []
"""

CHECKS = '''\
"""Checks of chapter {number}'s exercises: {topic}."""
'''


def exercise() -> list[notebooks.NotebookNode]:
    """Return an empty exercise to copy: its text, its stub, and its solution, which is closed."""
    return [
        v4.new_markdown_cell("**1.** <!-- What to find. -->", id="exercise-1-text"),
        v4.new_code_cell(STUB, id="exercise-1", metadata={"tags": ["exercise"]}),
        v4.new_code_cell(STUB, id="solution-1", metadata={"tags": ["hide-cell"]}),
    ]


def skeleton(title: str) -> notebooks.NotebookNode:
    """Return a notebook with the book's frame and nothing in it but an empty exercise."""
    promise = (
        "<!-- One sentence: what the reader gets. Below the set-up cell: a figure that already moves. -->"
    )
    cells = [
        v4.new_markdown_cell(f"# {title}\n\n{promise}", id="title"),
        v4.new_code_cell(SETUP, id="setup", metadata={"tags": ["setup", "remove-cell"]}),
    ]
    for heading in FRAME:
        name = heading.lower().replace(" ", "-")
        cells.append(v4.new_markdown_cell(f"## {heading}\n\n<!-- {ADVICE[heading]} -->", id=name))
        cells += exercise() if heading == "Exercises" else []
    metadata = from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook = v4.new_notebook(cells=cells, metadata=metadata)
    folding.fold(notebook)
    return notebook


def files(name: str, root: Path = ROOT) -> dict[str, Path]:
    """Paths of a chapter's notebook, question file and checks."""
    return {
        "notebook": root / "notebooks" / f"{name}.ipynb",
        "questions": root / "notebooks" / f"{name}.questions.yaml",
        "checks": root / "helpers" / "checks" / f"chapter_{name[:2]}.py",
    }


def _refuse(name: str, title: str, root: Path) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"name must be two digits and words in lower case, like 09_models; got {name!r}")
    if not title.strip():
        raise ValueError("title must not be empty: it becomes the chapter's heading")
    taken = sorted((root / "notebooks").glob(f"{name[:2]}_*.ipynb"))
    taken += [path for path in files(name, root).values() if path.exists()]
    if taken:
        raise ValueError(f"chapter {name[:2]} exists already: {taken[0].relative_to(root)}")


def create(name: str, title: str, root: Path = ROOT) -> dict[str, Path]:
    """Write the chapter's three files and return their paths.

    Parameters
    ----------
    name
        Two digits and words, ``"09_models"``.
    title
        Heading of the chapter.
    root
        Root of the repository.

    Raises
    ------
    ValueError
        When the name or title is not usable, or the chapter exists. Nothing is written then.
    """
    _refuse(name, title, root)
    paths = files(name, root)
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    notebooks.write(skeleton(title.strip()), paths["notebook"])
    paths["questions"].write_text(QUESTIONS, encoding="utf-8")
    topic = title.strip().rstrip(".")
    paths["checks"].write_text(CHECKS.format(number=int(name[:2]), topic=topic), encoding="utf-8")
    return paths


def with_chapter(toc: str, name: str, part: str) -> str:
    """Return the text of ``_toc.yml`` with the chapter at the end of ``part``, made if it is new."""
    lines, entry = toc.rstrip("\n").splitlines(), f"      - file: notebooks/{name}"
    heading = f"  - caption: {part}"
    if heading not in lines:
        return "\n".join([*lines, heading, "    chapters:", entry]) + "\n"
    place = lines.index(heading) + 1
    while place < len(lines) and not lines[place].startswith("  - "):
        place += 1
    return "\n".join([*lines[:place], entry, *lines[place:]]) + "\n"


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Start a chapter and print what it still misses."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.new_chapter", description=main.__doc__)
    parser.add_argument("name", help="two digits and words: 09_models")
    parser.add_argument("title", help="the chapter's heading")
    parser.add_argument("--part", help="also list it in _toc.yml, at the end of this part")
    chosen = parser.parse_args(arguments)
    try:
        paths = create(chosen.name, chosen.title, root)
    except ValueError as error:
        print(f"new chapter: {error}", file=sys.stderr)
        return 1
    if chosen.part:
        toc = root / "_toc.yml"
        toc.write_text(with_chapter(toc.read_text("utf-8"), chosen.name, chosen.part), encoding="utf-8")
    print("Written:", *(path.relative_to(root) for path in paths.values()), sep="\n  ")
    print("The chapter", *form.faults(notebooks.read(paths["notebook"])), sep="\n  ")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
