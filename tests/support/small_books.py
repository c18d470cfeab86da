"""Small books, really built by Sphinx with the book's own extension, for tests of the site."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

SETUP_CELL = "from helpers import style\n\nstyle.use()"


def build(folder: Path, page: str, **settings: object) -> tuple[str, list[str]]:
    """Build a book whose front page is ``page``; return that page's HTML and the warnings.

    What else lies in ``folder`` is built too; ``settings`` are those of a ``conf.py``.
    """
    (folder / "index.md").write_text(page, "utf-8")
    (folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"/>')
    usual = {
        "extensions": ["myst_nb", "bookbuild.site"],
        "html_theme": "sphinx_book_theme",
        "nb_execution_mode": "off",
    }
    warnings = (folder / "warnings.txt").open("w+", encoding="utf-8")
    with docutils_namespace(), warnings:
        app = Sphinx(
            folder,
            None,
            folder / "html",
            folder / "doctrees",
            "html",
            {**usual, **settings},
            status=None,
            warning=warnings,
        )
        app.build()
        warnings.seek(0)
        said = [line for line in warnings if line.strip()]
    return (folder / "html" / "index.html").read_text("utf-8"), said


def write_chapter(path: Path, *cells: dict) -> None:
    """Write a notebook that begins with a title and the set-up cell."""
    opening = [
        {"id": "title", "cell_type": "markdown", "metadata": {}, "source": "# Page"},
        code_cell("setup", SETUP_CELL),
    ]
    language = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    notebook = {"cells": [*opening, *cells], "metadata": language, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(notebook))


def code_cell(name: str, source: str, *outputs: dict) -> dict:
    """Return a code cell."""
    made = {"id": name, "cell_type": "code", "metadata": {}, "execution_count": 1, "source": source}
    return {**made, "outputs": list(outputs)}
