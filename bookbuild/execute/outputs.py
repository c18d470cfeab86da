"""Outputs that read the same on every machine: no colours, no library frames, no paths, no addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from bookbuild.model.notebooks import ROOT, code_cells

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

#: What an output of a committed notebook must not hold, and what to tell its author.
FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an address in memory", re.compile(r"\bat 0x[0-9a-fA-F]+|\b0x[0-9a-fA-F]{10,}\b")),
    ("the process id of a kernel", re.compile(r"ipykernel_\d+")),
    ("an absolute path", re.compile(r"(?<![\w:/.<~])~?/(?:[\w.+-]+/)+[\w.+-]*|\b[A-Z]:\\\w")),
    (
        "a package installation",
        re.compile(r"Looking in indexes|://\S*/simple\b|Successfully installed|\bCollecting \w"),
    ),
)


def cut_traceback(lines: list[str]) -> list[str]:
    """Keep of a traceback what the reader's own code did: no library frames, no colours.

    IPython gives one entry a frame; those of the notebook begin with "Cell In", all others with "File".
    """
    plain = [ANSI.sub("", line) for line in lines]
    return [line for line in plain if not line.lstrip().startswith("File ")]


def texts(output: NotebookNode) -> Iterator[str]:
    """Yield every text of an output that a reader or nbval sees (pictures and states are not text)."""
    if output.output_type == "stream":
        yield output.text
    elif output.output_type == "error":
        yield from (output.ename, output.evalue, *output.traceback)
    else:
        readable = [kind for kind in output.data if kind.startswith("text/") or kind == "image/svg+xml"]
        yield from (output.data[kind] for kind in readable)


def faults(text: str) -> list[str]:
    """List what ``text`` holds that would differ on another machine, each with the place it was found."""
    own = {str(ROOT): "the path of the repository", str(Path.home()): "the path of the home folder"}
    found = [f"{what} ({path})" for path, what in own.items() if len(path) > 5 and path in text]
    for what, pattern in FORBIDDEN:
        if hit := pattern.search(text):
            found.append(f"{what} ({hit[0]!r})")
    return found


def clean(notebook: NotebookNode) -> None:
    """Give executions the numbers 1 to n and strip colours and library frames from all outputs."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = number
        for output in cell.outputs:
            _clean_output(output, number)


def _clean_output(output: NotebookNode, number: int) -> None:
    if output.output_type == "execute_result":
        output.execution_count = number
    elif output.output_type == "stream":
        output.text = ANSI.sub("", output.text)
    elif output.output_type == "error":
        output.evalue = ANSI.sub("", output.evalue)
        output.traceback = cut_traceback(output.traceback)


def refuse_faults(notebook: NotebookNode) -> None:
    """Check that every output reads the same on every machine.

    Raises
    ------
    ValueError
        Naming each cell whose output holds a path, an address, a process id or an installation.
    """
    found = [
        f"cell {cell.id!r}: its output holds {fault}"
        for cell in code_cells(notebook)
        for output in cell.outputs
        for text in texts(output)
        for fault in faults(text)
    ]
    if found:
        raise ValueError("\n".join(dict.fromkeys(found)))
