"""What the book says above a code cell that waits to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def name_solutions(app: Sphinx, doctree: nodes.document) -> None:
    """Call a hidden cell what it is: a solution, not "code cell content"."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and cell.get("hide_mode") == "all":
            cell["prompt_show"] = "Show a solution"
            cell["prompt_hide"] = "Hide the solution"


def setup(app: Sphinx) -> None:
    """Look at each page once it is read."""
    app.connect("doctree-read", name_solutions)
