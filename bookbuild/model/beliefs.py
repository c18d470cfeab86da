"""The list behind the page "Beliefs put to the test": read it, and find the cell that each row points at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from nbformat import NotebookNode

from bookbuild.model.notebooks import ROOT, tags

LIST = ROOT / "appendix" / "beliefs.yaml"

VERDICTS = ("wrong", "half right", "outdated")

_NEEDED = {"label", "belief", "verdict", "truth"}
_ALLOWED = _NEEDED | {"shows", "also"}
_LABEL = re.compile(r"^\((belief-[\w-]+)\)= *$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Belief:
    """One row: what is believed, what is true, and where a cell shows it."""

    label: str
    belief: str
    verdict: str
    truth: str
    shows: str = ""  #: a piece of what the cell prints
    also: tuple[str, ...] = ()  #: labels of further cells that show it


@dataclass(frozen=True)
class Place:
    """Where a label stands."""

    heading: str  #: the section that the reader arrives in
    cell: NotebookNode | None  #: the code cell right behind the label; None when there is none


def read(path: Path = LIST) -> dict[str, list[Belief]]:
    """Return the rows of each chapter, by the chapter's name.

    Raises
    ------
    ValueError
        When a row lacks a field, has one too many, or a verdict that is none; the message names the row.
    """
    table = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(table, Mapping):
        raise ValueError(f"{path.name}: expected chapters with lists of beliefs")
    return {
        chapter: [_row(row, f"{path.name}, {chapter}") for row in rows] for chapter, rows in table.items()
    }


def _row(row: object, where: str) -> Belief:
    if not isinstance(row, Mapping):
        raise ValueError(f"{where}: expected a row with {', '.join(sorted(_NEEDED))}; got {row!r}")
    where = f"{where}, {row.get('label', row)}"
    if missing := _NEEDED - row.keys():
        raise ValueError(f"{where}: misses {', '.join(sorted(missing))}")
    if unknown := row.keys() - _ALLOWED:
        raise ValueError(f"{where}: has {', '.join(sorted(unknown))}; expected {', '.join(sorted(_ALLOWED))}")
    if row["verdict"] not in VERDICTS:
        raise ValueError(f"{where}: the verdict is {row['verdict']!r}; expected {', '.join(VERDICTS)}")
    return Belief(**{**row, "also": tuple(row.get("also", ()))})


def places(notebook: NotebookNode) -> dict[str, Place]:
    """Return where each belief's label of a notebook stands.

    A label belongs to the code cell behind its text cell. A text between, or a second label further down in
    the same text cell, leaves the first without one.
    """
    found: dict[str, Place] = {}
    heading = ""
    for cell, following in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        if cell.cell_type != "markdown":
            continue
        behind = following if following is not None and following.cell_type == "code" else None
        labels = list(_LABEL.finditer(cell.source))
        for label in labels:
            arrived = _heading_at(cell.source, label) or heading
            found[label[1]] = Place(arrived, behind if label is labels[-1] else None)
        heading = (_HEADING.findall(cell.source) or [heading])[-1]
    return found


def _heading_at(source: str, label: re.Match[str]) -> str:
    """Return the heading right below a label, else the last one above it in the same text cell."""
    below = _HEADING.match(source[label.end() :].lstrip())
    return below[1] if below else (_HEADING.findall(source[: label.start()]) or [""])[-1]


def printed(cell: NotebookNode) -> str:
    """Return what a code cell shows in words, spaces and line ends as single spaces.

    A cell that prints nothing shows its assertions.
    """
    texts = [text for output in cell.outputs for text in _texts(output)]
    if not texts:
        texts = re.findall(r"^ *assert .*", cell.source, re.MULTILINE)
    return " ".join(" ".join(texts).split())


def _texts(output: NotebookNode) -> list[str]:
    if output.output_type == "error":
        return [f"{output.ename}: {output.evalue}"]
    return [output.get("text") or output.get("data", {}).get("text/plain", "")]


def is_compared(cell: NotebookNode) -> bool:
    """Whether a cell's output is the same in every run, so that a page may quote it."""
    return "nbval-ignore-output" not in tags(cell)
