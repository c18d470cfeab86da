"""Execute chapters and write them so that executing again gives the same bytes.

    python -m bookbuild.execute.refresh                 every chapter
    python -m bookbuild.execute.refresh 8 12_fashion... these chapters
    python -m bookbuild.execute.refresh --figures 8     only redraw and fold: new stills, same numbers
    python -m bookbuild.execute.refresh --measure 8     execute and record what it takes; store no outputs
    python -m bookbuild.execute.refresh --check         say which chapters are stale; run nothing

Outputs of cells tagged ``timing`` are what this run measured, like all others, and so are the one thing
that differs between two runs on one machine. A chapter is written whole or not at all. What executing it
took, in seconds and memory, goes into a list beside the notebooks (`bookbuild.execute.execution`).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode, from_dict

from bookbuild.browser import BrowserMissingError
from bookbuild.execute import execution, figures, folding, outputs, pictures
from bookbuild.execute.execution import Spent
from bookbuild.execute.stills import add_stills
from bookbuild.model import notebooks

#: The last digits of a training run depend on the number of threads; the tests use the same.
THREADS = {"OMP_NUM_THREADS": "1"}

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = ("file_extension", "mimetype", "name", "nbconvert_exporter", "pygments_lexer")

#: What editors leave in a cell's metadata; nothing of it belongs to the book.
LEFTOVERS = ("ExecuteTime", "collapsed", "colab", "execution", "outputId", "scrolled", "trusted", "vscode")


class RefreshError(RuntimeError):
    """A chapter could not be refreshed; the file is as it was."""


def execute(notebook: NotebookNode, folder: Path, *, timeout: int = 600) -> Spent:
    """Run all cells in a new kernel in ``folder``, keeping the figures' state; return what it took.

    Raises
    ------
    RefreshError
        When a cell raises that is not tagged ``raises-exception``, or takes longer than ``timeout`` seconds;
        the message names the cell.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.source.strip():
            raise RefreshError(f"cell {cell.id!r} is empty: delete it")
    client = _Client(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=True,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )
    notebook.metadata.pop("widgets", None)
    load, started = execution.load(), perf_counter()
    try:
        client.execute(env={**os.environ, **THREADS})
    except CellExecutionError as error:
        detail = outputs.ANSI.sub("", error.traceback)
        raise RefreshError(
            f"cell {client.running!r} raised {error.ename}: {error.evalue}\n{detail}"
        ) from None
    except CellTimeoutError:
        raise RefreshError(f"cell {client.running!r} took longer than {timeout} s") from None
    return Spent(perf_counter() - started, client.peak_mib, load)


class _Client(NotebookClient):
    """Remembers which cell is running, so that a failure can name it, and how much memory the kernel took."""

    running = ""
    peak_mib: int | None = None

    async def async_execute_cell(self, cell: NotebookNode, *args: Any, **kwargs: Any) -> NotebookNode:
        self.running = cell.get("id", "")
        return await super().async_execute_cell(cell, *args, **kwargs)

    def set_widgets_metadata(self) -> None:
        """Ask for the memory too: all cells have run, and the kernel still lives."""
        super().set_widgets_metadata()
        self.peak_mib = execution.peak_memory(self.km.provisioner.pid)


def reduce_metadata(notebook: NotebookNode) -> None:
    """Keep of the metadata only what is the same for everyone who executes the chapter."""
    old = notebook.metadata
    language = {key: old.get("language_info", {}).get(key) for key in LANGUAGE}
    kept = {"kernelspec": KERNEL, "language_info": {k: v for k, v in language.items() if v}}
    kept |= {key: old[key] for key in ("book", "mystnb") if key in old}
    notebook.metadata = from_dict(kept)
    for cell in notebook.cells:
        for key in LEFTOVERS:
            cell.metadata.pop(key, None)


def record_origin(notebook: NotebookNode) -> None:
    """Note in ``metadata.book`` the code and the data sets that the outputs come from.

    Called before the cells run: it puts the data in place, so that no progress bar becomes an output.
    """
    book = notebook.metadata.setdefault("book", NotebookNode())
    book["code"] = notebooks.code_digest(notebook)
    book["data"] = from_dict({name: _provenance(name) for name in notebooks.data_sets(notebook)})


def _provenance(name: str) -> dict[str, str]:
    from helpers import data

    status = data.status(name)
    return {"source": "stand-in" if status.is_standin else "real", "sha256": status.checksum}


def normalise(notebook: NotebookNode) -> None:
    """Bring an executed notebook into the one form in which it is committed.

    Raises
    ------
    ValueError
        When an output holds what differs between machines, or a figure's state is missing.
    """
    outputs.clean(notebook)
    outputs.refuse_faults(notebook)
    figures.keep_states(notebook)
    pictures.shrink_plots(notebook)
    reduce_metadata(notebook)
    folding.fold(notebook)


def refresh(path: Path, *, timeout: int = 600) -> bool:
    """Execute one chapter and write it back; return whether the file changed.

    Raises
    ------
    RefreshError
        Naming the chapter and the cell at fault. The file is then as it was.
    """
    before = path.read_bytes()
    old, new = notebooks.read(path), notebooks.read(path)
    try:
        record_origin(new)
        spent = execute(new, path.parent, timeout=timeout)
        normalise(new)
        add_stills(new, old)
    except (RefreshError, ValueError) as error:
        raise RefreshError(f"{path.name}: {error}") from error
    notebooks.write(new, path)
    if path.parent == notebooks.NOTEBOOKS:
        execution.record(path.stem, spent)
    return path.read_bytes() != before


def measure(path: Path, *, timeout: int = 600) -> Spent:
    """Execute one chapter as it stands, record what it takes, and leave its file alone.

    Raises
    ------
    RefreshError
        Naming the chapter and the cell at fault.
    """
    notebook = notebooks.read(path)
    try:
        record_origin(notebook)
        spent = execute(notebook, path.parent, timeout=timeout)
    except RefreshError as error:
        raise RefreshError(f"{path.name}: {error}") from error
    execution.record(path.stem, spent)
    return spent


def stale(notebook: NotebookNode) -> list[str]:
    """Say why the stored outputs no longer belong to this chapter; empty when they do."""
    reasons = []
    if notebook.metadata.get("book", {}).get("code") != notebooks.code_digest(notebook):
        reasons.append("has code that changed since it was executed: refresh it")
    changed = sorted(set(figures.outdated(notebook)))
    return reasons + [f"shows a {name} that {reason}" for name, reason in changed]


def redraw(path: Path) -> bool:
    """Take new stills of the saved figures with today's scripts, and fold the chapter, without executing.

    Raises
    ------
    RefreshError
        When the figures cannot be drawn, or the code changed, so that executing is needed.
    """
    old, new = notebooks.read(path), notebooks.read(path)
    if new.metadata.get("book", {}).get("code") != notebooks.code_digest(new):
        raise RefreshError(f"{path.name}: its code changed; refresh it without --figures")
    before = path.read_bytes()
    figures.renew(new)
    folding.fold(new)
    try:
        add_stills(new, old)
    except ValueError as error:
        raise RefreshError(f"{path.name}: {error}") from error
    notebooks.write(new, path)
    return path.read_bytes() != before


def _check(paths: list[Path]) -> int:
    found = {path: stale(notebooks.read(path)) for path in paths}
    for path, reasons in found.items():
        print(path.stem, "; ".join(reasons) or "is up to date")
    return int(any(found.values()))


def _process(path: Path, chosen: argparse.Namespace) -> str:
    """Do with one chapter what the command line asks for, and say what came of it."""
    if chosen.measure:
        spent = measure(path)
        return f"{spent.seconds:.1f} s, {spent.peak_mib or '?'} MiB"
    changed = redraw(path) if chosen.figures else refresh(path)
    return "rewritten" if changed else "unchanged"


def main(arguments: list[str] | None = None) -> int:
    """Refresh the chapters named on the command line (all when none is)."""
    parser = argparse.ArgumentParser(
        prog="python -m bookbuild.execute.refresh", description=__doc__.split("\n")[0]
    )
    parser.add_argument("chapters", nargs="*", help="file, name or number; all chapters when none is given")
    parser.add_argument("--check", action="store_true", help="only say which chapters are stale")
    parser.add_argument("--figures", action="store_true", help="only redraw the figures; execute nothing")
    parser.add_argument(
        "--measure", action="store_true", help="only record seconds and memory; store nothing"
    )
    chosen = parser.parse_args(arguments)
    try:
        paths = [notebooks.find(name) for name in chosen.chapters] or notebooks.chapters()
        if chosen.check:
            return _check(paths)
        for path in paths:
            print(f"{path.stem}: {_process(path, chosen)}", flush=True)
    except (RefreshError, BrowserMissingError, FileNotFoundError, ValueError) as error:
        print(f"refresh: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
