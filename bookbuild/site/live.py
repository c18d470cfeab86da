"""Interactive figures in built pages: what a page must carry so that they run without a kernel.

A figure arrives in one of two ways: as an executed cell's output (its state in the output's metadata, and a
still) or through the directive ``{figure-live}`` on a plain page. Both become one node, written as a place
for ``static/host.js`` to draw in, with the still for readers without JavaScript. A page loads the script
and the style of each class that it shows once, and holds the states of all its figures in one element.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from bookbuild.figures import scripts
from bookbuild.figures.live import STATES, states_json
from bookbuild.model import book
from bookbuild.model.notebooks import FIGURE, is_figure
from helpers.figures.base import KIT_STYLE, STATIC, kit_style, own_style

LOGGER = logging.getLogger(__name__)

#: The traits that say in words what a figure shows, the best first.
WORDS = ("description", "caption", "label", "title")

#: Folder of the figures' scripts and styles below ``_static``.
FOLDER = "figures"


class live_figure(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes like this
    """A figure that moves: its ``state``, its ``place`` on the page, and as children the still."""


def write_scripts(folder: Path) -> None:
    """Write the script and the style of every figure, as pages load them, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / scripts.KIT).write_text(kit_style(), "utf-8")
    for bundle in STATIC.glob("*.js"):
        name = bundle.stem
        (folder / f"{name}.js").write_text(scripts.classic(name), "utf-8")
        if style := own_style(name):
            (folder / f"{name}.css").write_text(style, "utf-8")


def note_sources(env: Any, name: str) -> None:
    """Rebuild the page that is being read when the script or a style of a figure's class changes."""
    for path in (STATIC / f"{name}.js", STATIC / f"{name}.css", KIT_STYLE):
        if path.exists():
            env.note_dependency(str(path))


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Turn a page's saved figures into places to draw in, and number all places of the page."""
    source = Path(app.env.doc2path(app.env.docname))
    if source.suffix == ".ipynb":
        _place_saved(app, doctree, book.chapter(source).notebook.cells)
    for number, figure in enumerate(doctree.findall(live_figure), start=1):
        figure["place"] = f"figure-{number}"


def _place_saved(app: Sphinx, doctree: nodes.document, cells: list[NotebookNode]) -> None:
    for node in list(doctree.findall(_is_cell)):
        for bundle, output in _bundles(node, cells[node["cell_index"]]):
            if is_figure(output):
                bundle.replace_self(_figure_of(bundle, output.metadata[FIGURE]))
                note_sources(app.env, output.metadata[FIGURE]["class"])


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _bundles(node: nodes.container, cell: NotebookNode) -> list[tuple[nodes.container, NotebookNode]]:
    """Pair what myst-nb made of a cell's outputs with the outputs; nothing where it leaves them out."""
    bundles = [part for part in node.findall(nodes.container) if part.get("nb_element") == "mime_bundle"]
    outputs = [output for output in cell.outputs if output.get("data")]
    return list(zip(bundles, outputs, strict=True)) if bundles else []


def _figure_of(bundle: nodes.container, state: dict[str, Any]) -> live_figure:
    """Make the figure of one cell output, with its picture or its words as the still."""
    parts = {part["mime_type"]: part for part in bundle.children}
    figure = live_figure(state=dict(state))
    if "text/markdown" in parts:
        figure += parts["text/markdown"].children
        return figure
    for image in parts["image/png"].findall(nodes.image) if "image/png" in parts else ():
        image["alt"] = image.get("alt") or describe(state["traits"])
        figure += image
    return figure


def describe(traits: dict[str, Any]) -> str:
    """Return what a figure says it shows, for readers who see neither it nor its picture."""
    words = (str(traits[name]) for name in WORDS if traits.get(name))
    return next(words, "An interactive figure, drawn when JavaScript is on.")


def add_files(
    app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give a page the states of its figures, their scripts and styles, and the script that runs them."""
    shown = doctree.findall(live_figure) if doctree else ()
    states = {figure["place"]: figure["state"] for figure in shown}
    if not states:
        return
    app.add_css_file(f"{FOLDER}/{scripts.KIT}")
    for name in sorted({state["class"] for state in states.values()}):
        if own_style(name):
            app.add_css_file(f"{FOLDER}/{name}.css")
        app.add_js_file(f"{FOLDER}/{name}.js", defer="defer")
    app.add_js_file("host.js", defer="defer", priority=900)
    app.add_js_file(None, type=STATES, body=states_json(states))


def visit_html(translator: HTML5Translator, node: live_figure) -> None:
    """Open the figure's place and the still within."""
    place = escape(node["place"], quote=True)
    translator.body.append(f'<div class="live-figure" data-state="{place}"><noscript>')


def depart_html(translator: HTML5Translator, node: live_figure) -> None:
    """Close what ``visit_html`` opened."""
    translator.body.append("</noscript></div>\n")


def visit_other(translator: nodes.NodeVisitor, node: live_figure) -> None:
    """Other builders write the still alone."""


def depart_other(translator: nodes.NodeVisitor, node: live_figure) -> None:
    """Nothing to close."""


def setup(app: Sphinx) -> None:
    """Register the node and what is done about it."""
    others = dict.fromkeys(("latex", "text"), (visit_other, depart_other))
    app.add_node(live_figure, html=(visit_html, depart_html), **others)
    app.connect("doctree-read", collect)
    app.connect("html-page-context", add_files)
