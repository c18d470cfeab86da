"""What the book says above a code cell that waits to be opened, and what it leaves out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from bookbuild.model.notebooks import untitled

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What a cell hides -> what its line says, closed and open. Only solutions hide as a whole.
PROMPTS = {
    "all": ("Show a solution", "Hide the solution"),
    "input": ("Show the code", "Hide the code"),
    "output": ("Show the output", "Hide the output"),
}


def name_prompts(app: Sphinx, doctree: nodes.document) -> None:
    """Call a hidden cell what it is: a solution or some code, not "code cell content"."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and cell.get("hide_mode") in PROMPTS:
            cell["prompt_show"], cell["prompt_hide"] = PROMPTS[cell["hide_mode"]]


def drop_titles(app: Sphinx, doctree: nodes.document) -> None:
    """Leave out the line that stands for a solution where it is closed: the page has its own words there."""
    for code in doctree.findall(nodes.literal_block):
        text = untitled(code.astext())
        if text != code.astext():
            code.rawsource = text
            code.children = [nodes.Text(text)]


def setup(app: Sphinx) -> None:
    """Look at each page once it is read."""
    app.connect("doctree-read", name_prompts)
    app.connect("doctree-read", drop_titles)
