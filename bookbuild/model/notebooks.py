"""Find, read and write the chapters, and name the parts of one that refresh and the tests look at."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"

#: The first code cell of every chapter, to the letter: the one-file edition replaces exactly this.
SETUP = "from helpers import style\n\nstyle.use()"

#: The first line of every solution: all that JupyterLab shows of a closed cell, and Colab's title of it.
TITLE = "# @title A solution"

#: Where an output's metadata holds the state of an interactive figure.
FIGURE = "live_figure"

_FOLDER_CALL = re.compile(r"""\bdata\.folder\(\s*["'](\w+)["']""")


def parts(root: Path = ROOT) -> list[tuple[str, list[Path]]]:
    """Return the parts of the book at ``root``, name and chapters, in the order of ``_toc.yml``.

    Other pages are left out, and so is a chapter that is listed but not there.
    """
    toc = _toc(root / "_toc.yml", (root / "_toc.yml").stat().st_mtime_ns)
    files = ((part, [root / f"{page}.ipynb" for page in pages]) for part, pages in toc)
    return [(part, [path for path in paths if path.is_file()]) for part, paths in files]


@cache
def _toc(file: Path, modified: int) -> list[tuple[str, list[str]]]:
    """Read which chapters each part has; a file is read again only when it has been ``modified``."""
    toc = yaml.safe_load(file.read_text("utf-8"))["parts"]
    pages = ((part.get("caption", ""), [entry["file"] for entry in part["chapters"]]) for part in toc)
    return [(part, [page for page in listed if page.startswith("notebooks/")]) for part, listed in pages]


def chapters(root: Path = ROOT) -> tuple[Path, ...]:
    """Return the chapters of the book at ``root``, in its order."""
    return tuple(path for _, paths in parts(root) for path in paths)


def drafts(root: Path = ROOT) -> list[Path]:
    """Return the notebooks that lie beside the chapters and are not in the book."""
    return [path for path in sorted((root / "notebooks").glob("*.ipynb")) if path not in chapters(root)]


def find(name: str, root: Path = ROOT) -> Path:
    """Path of the chapter called ``name``: a file, ``08_batch...``, or just its number, ``8``.

    A draft that ``_toc.yml`` does not list yet is found too.

    Raises
    ------
    FileNotFoundError
        When no chapter, or more than one, goes by that name; the message lists the chapters.
    """
    if Path(name).suffix == ".ipynb" and Path(name).exists():
        return Path(name).resolve()
    known = [*chapters(root), *drafts(root)]
    wanted = name.zfill(2) if name.isdigit() else Path(name).stem
    found = [path for path in known if wanted in (path.stem, path.stem.partition("_")[0])]
    if len(found) != 1:
        names = ", ".join(path.stem for path in known) or "none yet"
        raise FileNotFoundError(f"no chapter is called {name!r}; the chapters are: {names}")
    return found[0]


def read(path: Path) -> NotebookNode:
    """Read a notebook in format 4.5.

    Raises
    ------
    ValueError
        When the file is no notebook; the message names it.
    """
    try:
        return nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise ValueError(f"{path} is not a notebook: {error}") from error


def write(notebook: NotebookNode, path: Path) -> None:
    """Write the notebook whole or not at all: keys sorted, one newline at the end."""
    nbformat.validate(notebook)
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(draft).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell: NotebookNode) -> list[str]:
    """Return the cell's tags."""
    return list(cell.metadata.get("tags", []))


def figures(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, NotebookNode]]:
    """Yield (cell, output) for every output that shows an interactive figure."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if is_figure(output):
                yield cell, output


def is_figure(output: NotebookNode) -> bool:
    """Whether an output shows an interactive figure."""
    return FIGURE in output.get("metadata", {})


def data_sets(notebook: NotebookNode) -> list[str]:
    """Names of the data sets that the chapter asks ``data.folder`` for."""
    return sorted({name for cell in code_cells(notebook) for name in _FOLDER_CALL.findall(cell.source)})


def untitled(source: str) -> str:
    """Return the text of a code cell without the line that stands for a closed solution."""
    return source.removeprefix(f"{TITLE}\n")


def code_digest(notebook: NotebookNode) -> str:
    """sha256 over the code cells, titles left out: tells whether the outputs come from this code."""
    parts = [untitled(cell.source) for cell in code_cells(notebook)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
