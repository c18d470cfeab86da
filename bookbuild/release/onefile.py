"""The one-file edition of a chapter: a notebook that brings the book's helpers along.

    python -m bookbuild.release.onefile [folder]        default: _build/onefile

The set-up cell of each chapter is replaced by one that unpacks a wheel of ``helpers`` carried inside
it, so that the notebook runs as it is in Colab, from a stick, or in an empty folder. Equal sources give
equal bytes.
"""

from __future__ import annotations

import argparse
import base64
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from string import Template

import yaml
from nbformat import NotebookNode, from_dict

from bookbuild.execute import folding
from bookbuild.model import book, notebooks
from bookbuild.model.notebooks import NOTEBOOKS, ROOT, SETUP
from helpers.checks.entries import read_sections

#: The oldest moment a zip archive can hold; one fixed time makes builds reproducible.
EPOCH = "315532800"

BUILD = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet")
BUILD += ("--disable-pip-version-check", "--wheel-dir", "wheels", ".")

CELL = Template('''#@title Set-up: unpacks the helpers that this notebook brings along
import base64
import importlib.util
import io
import subprocess
import sys
import tempfile
import zipfile

# Import name -> package to install. PyTorch is never installed here: use the one that is there.
small_packages = {"anywidget": "anywidget", "latex2mathml": "latex2mathml", "filelock": "filelock",
                  "pooch": "pooch", "yaml": "PyYAML", "tqdm": "tqdm", "safetensors": "safetensors"}
missing = [package for name, package in small_packages.items() if not importlib.util.find_spec(name)]
if missing:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *missing], check=True)

wheel = """
$wheel
"""
if "book_folder" not in globals():  # running this cell again keeps what is unpacked
    book_folder = tempfile.TemporaryDirectory(prefix="book-")
    zipfile.ZipFile(io.BytesIO(base64.b64decode(wheel))).extractall(book_folder.name)
    sys.path.insert(0, book_folder.name)

from helpers import style

style.use()
''')


def build_wheel() -> bytes:
    """Build the wheel that editions carry, with every chapter's questions in it.

    The build runs on a copy of the sources, offline, with the installed setuptools.

    Raises
    ------
    RuntimeError
        When the build fails; the message is pip's.
    """
    with tempfile.TemporaryDirectory(prefix="book-wheel-") as folder:
        _copy_sources(Path(folder))
        mask = 0o022 if os.name == "posix" else -1  # a wheel records permissions
        environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "0"}
        run = subprocess.run(BUILD, cwd=folder, env=environment, umask=mask, capture_output=True, text=True)
        if run.returncode:
            raise RuntimeError(f"the wheel of helpers could not be built:\n{run.stderr or run.stdout}")
        return next(Path(folder, "wheels").glob("*.whl")).read_bytes()


def _copy_sources(folder: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    # The readme becomes metadata of the wheel; its full text would change editions without need.
    (folder / "README.md").write_text("The helpers of the book PyTorch You Can Touch.\n")
    shutil.copytree(ROOT / "helpers", folder / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    _write_questions(folder / "helpers" / "checks" / "questions")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)  # a wheel records them, and they differ by umask


def _write_questions(folder: Path) -> None:
    """Write the questions of every chapter, and nothing else of its facts."""
    folder.mkdir(exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.yaml")):
        questions = read_sections(path.read_text("utf-8"), path.name).get("questions", [])
        text = yaml.safe_dump({"questions": questions}, allow_unicode=True, sort_keys=False)
        (folder / path.name).write_text(text, "utf-8")


def edition(notebook: NotebookNode, wheel: bytes) -> NotebookNode:
    """Return a copy of a chapter that carries ``wheel`` in its set-up cell, its solutions not run yet.

    Raises
    ------
    ValueError
        When the first code cell is not the set-up cell.
    """
    result = copy.deepcopy(notebook)
    first = next(iter(notebooks.code_cells(result)), None)
    if first is None or first.source != SETUP:
        raise ValueError(f"the first code cell must be the set-up cell, {SETUP!r}")
    text = base64.encodebytes(wheel).decode().strip()
    first.source = CELL.substitute(wheel=text).strip()
    first.metadata.update(from_dict(folding.CLOSED["hide-input"]))
    # Colab closes a cell's code and leaves its output open: the check's answer would be read too early.
    for cell in notebooks.code_cells(result):
        if "hide-cell" in notebooks.tags(cell):
            cell.update(outputs=[], execution_count=None)
    return result


def write_editions(folder: Path, chapters: list[Path] | None = None) -> list[Path]:
    """Write the one-file edition of every chapter into ``folder``, under the chapter's own name.

    Parameters
    ----------
    folder
        Made if it does not exist; a file of the same name is replaced.
    chapters
        Notebooks to convert; all when none are given.

    Returns
    -------
    list of Path
        What was written.
    """
    paths = notebooks.chapters() if chapters is None else chapters
    wheel = build_wheel() if paths else b""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in paths:
        try:
            notebooks.write(edition(book.chapter(path).notebook, wheel), folder / path.name)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error
        written.append(folder / path.name)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Write the one-file editions of all chapters."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.release.onefile", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "_build" / "onefile")
    try:
        for path in write_editions(parser.parse_args(arguments).folder):
            print(f"{path} ({path.stat().st_size / 1e6:.2f} MB)")
    except (RuntimeError, ValueError) as error:
        print(f"onefile: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
