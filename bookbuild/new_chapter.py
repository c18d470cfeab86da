"""Start a chapter: everything it consists of, from its notebook to its place in the book.

    python -m bookbuild.new_chapter 16_ensembles "Ensembles"

What it writes builds, and its tests pass. It is empty where the author's work is due, and sets one exercise
as an example to be replaced: ``python -m bookbuild.lint.form 16`` lists what is missing.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from string import Template

from nbformat import from_dict, v4

from bookbuild.execute import folding, refresh
from bookbuild.execute.refresh import KERNEL, RefreshError
from bookbuild.lint import form
from bookbuild.model import notebooks
from bookbuild.model.chapter import FRAME
from bookbuild.model.notebooks import ROOT, SETUP

_NAME = re.compile(r"\d{2}(?:_[a-z0-9]+)+")
_LISTED = re.compile(r"(?P<begin> *- file: notebooks/)(?P<digits>\d{2})_\w+")

#: What belongs below each heading of the frame; an HTML comment, so that nobody takes it for text.
ADVICE = {
    "You will be able to": "3 to 5 things a test could ask for, each with a verb in bold.",
    "You need": "Links to the chapters this one builds on.",
    "What goes wrong": "2 to 4 real failures: the code, the true message or curve, the diagnosis.",
    "Summary": "What to remember, in 5 lines.",
    "Exercises": "4 to 6: prose, stub (tag `exercise`), check, solution (tag `hide-cell`).",
    "Further reading": "Primary sources.",
}

#: No time at all counts as none said; the pages of the appendix need the sentence.
TIMES = "*Reading takes about 0 minutes. Running every cell takes about 0 seconds on two CPU cores.*"

TASK = "**1. Predict.** How many numbers does `torch.zeros(3, 4)` hold?"
STUB = "from helpers.checks import chapter_$digits as check\n\nanswer = ...\ncheck.elements(answer)"
SOLUTION = "rows, columns = 3, 4\ncheck.elements(rows * columns)"

FACTS = """\
afterwards:

goals:
  elements: []

questions: []

cards: []

wrong_answers:
  - exercise: elements
    answer: the sum of the sizes, 7
    said: the sizes are added
    reveals: A tensor is seen by its edges, not by its numbers.

beliefs: []

terms: []
"""

CHECKS = '''\
"""Checks of chapter $number's exercises: $topic."""

from __future__ import annotations

from helpers.checks.report import exercise, reject, require, whole_number


@exercise
def elements(answer: object) -> str:
    """Judge how many numbers a tensor of shape (3, 4) holds."""
    count = whole_number(answer)
    reject(count == 3 + 4, "the sizes are added; each row holds a number for every column.")
    reject(count in (3, 4), "that is the size of one axis alone.")
    reject(count == 2, "that is the number of axes.")
    require(count == 3 * 4, "count the numbers of one row, then the rows.")
    return "every row holds a number for each column."
'''

TESTS = '''\
"""Chapter $number's checks: reference answers pass, and each usual wrong answer gets its own diagnosis."""

from exercise_cases import ExerciseCases

from helpers.checks import chapter_$digits

RIGHT = {"elements": [12]}

WRONG = {
    "elements": [
        (7, "the sizes are added"),
        (4, "the size of one axis alone"),
        (3, "the size of one axis alone"),
        (2, "the number of axes"),
        (16, "count the numbers of one row"),
    ],
}


class TestChapter$digits(
    ExerciseCases, chapter=chapter_$digits, right=RIGHT, wrong=WRONG, secrets={"elements": ["12"]}
):
    """The tests that all chapters share, on the tables above."""
'''


def exercise(digits: str) -> list[notebooks.NotebookNode]:
    """Return the example of an exercise: its text, its stub with the check, and its closed solution."""
    stub = Template(STUB).substitute(digits=digits)
    return [
        v4.new_markdown_cell(TASK, id="exercise-1-text"),
        v4.new_code_cell(stub, id="exercise-1", metadata={"tags": ["exercise"]}),
        v4.new_code_cell(SOLUTION, id="solution-1", metadata={"tags": ["hide-cell"]}),
    ]


def skeleton(digits: str, title: str) -> notebooks.NotebookNode:
    """Return a notebook with the book's frame and nothing in it but the example of an exercise."""
    promise = (
        "<!-- One sentence: what the reader gets. Below the set-up cell: a figure that already moves. -->"
    )
    cells = [
        v4.new_markdown_cell(f"# {title}\n\n{promise}", id="title"),
        v4.new_code_cell(SETUP, id="setup", metadata={"tags": ["setup", "remove-cell"]}),
    ]
    for heading in FRAME:
        text = f"## {heading}\n\n<!-- {ADVICE[heading]} -->"
        text += f"\n\n{TIMES}" if heading == FRAME[0] else ""
        cells.append(v4.new_markdown_cell(text, id=heading.lower().replace(" ", "-")))
        cells += exercise(digits) if heading == "Exercises" else []
    metadata = from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook = v4.new_notebook(cells=cells, metadata=metadata)
    folding.fold(notebook)
    return notebook


def files(name: str, root: Path = ROOT) -> dict[str, Path]:
    """Paths of a chapter's notebook, its facts, its checks and their tests."""
    return {
        "notebook": root / "notebooks" / f"{name}.ipynb",
        "facts": root / "notebooks" / f"{name}.yaml",
        "checks": root / "helpers" / "checks" / f"chapter_{name[:2]}.py",
        "tests": root / "tests" / "helpers" / f"test_checks_chapter_{name[:2]}.py",
    }


def _refuse(name: str, title: str, root: Path) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"name must be two digits and words in lower case, like 16_ensembles; got {name!r}")
    if not title.strip():
        raise ValueError("title must not be empty: it becomes the chapter's heading")
    taken = sorted((root / "notebooks").glob(f"{name[:2]}_*"))
    taken += [path for path in files(name, root).values() if path.exists()]
    if taken:
        raise ValueError(f"chapter {name[:2]} exists already: {taken[0].relative_to(root)}")


def create(name: str, title: str, root: Path = ROOT) -> dict[str, Path]:
    """Write the chapter's four files, list it in ``_toc.yml``, and return the paths of the files.

    Parameters
    ----------
    name
        Two digits and words, ``"16_ensembles"``.
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
    toc = root / "_toc.yml"
    listed = with_chapter(toc.read_text("utf-8"), name)
    digits, topic = name[:2], title.strip().rstrip(".")
    paths = files(name, root)
    notebooks.write(skeleton(digits, title.strip()), paths["notebook"])
    for kind, text in (("facts", FACTS), ("checks", CHECKS), ("tests", TESTS)):
        filled = Template(text).substitute(digits=digits, number=int(digits), topic=topic)
        paths[kind].write_text(filled, encoding="utf-8")
    toc.write_text(listed, encoding="utf-8")
    return paths


def with_chapter(toc: str, name: str) -> str:
    """Return the text of ``_toc.yml`` with the chapter behind the one that its number follows.

    Raises
    ------
    ValueError
        When no chapter of a lower number is listed.
    """
    lines = toc.splitlines()
    before = [
        place
        for place, line in enumerate(lines)
        if (found := _LISTED.fullmatch(line)) and found["digits"] < name[:2]
    ]
    if not before:
        raise ValueError(f"_toc.yml lists no chapter before {name[:2]}: add the first one by hand")
    entry = _LISTED.fullmatch(lines[before[-1]])["begin"] + name
    return "\n".join([*lines[: before[-1] + 1], entry, *lines[before[-1] + 1 :]]) + "\n"


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Start a chapter, execute it, and print what it still misses."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.new_chapter", description=main.__doc__)
    parser.add_argument("name", help="two digits and words: 16_ensembles")
    parser.add_argument("title", help="the chapter's heading")
    chosen = parser.parse_args(arguments)
    try:
        paths = create(chosen.name, chosen.title, root)
        refresh.refresh(paths["notebook"])
    except (RefreshError, ValueError) as error:
        print(f"new chapter: {error}", file=sys.stderr)
        return 1
    print("Written:", *(path.relative_to(root) for path in paths.values()), "_toc.yml", sep="\n  ")
    print("The chapter", *form.missing(paths["notebook"]), sep="\n  ")
    print("What the sections of its .yaml hold is told at the top of bookbuild/model/facts.py.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
