"""Interactive figures in built pages: what a page must carry so that they run without a kernel.

A figure arrives in one of two ways: as an executed cell's output (widget view + still picture) or
through the directive ``{figure-live}`` on a plain page. Both become one node, written as a place
for ``static/host.js`` to draw in, with the still picture for readers without JavaScript. The state
of all figures of a page is written once, and a text that several of them share is stored once.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

LOGGER = logging.getLogger(__name__)

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

#: Traits whose text is shared between models; a gzip window is too short to see the repetition.
SHARED_TRAITS = ("_esm", "_css")

#: The traits that say in words what a figure shows, the best first.
WORDS = ("description", "caption", "label", "title")


class live_figure(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes like this
    """A figure that moves; its only child, if any, is the still picture."""


def share_sources(models: dict[str, dict]) -> dict[str, Any]:
    """Return widget state in which each distinct module and style sheet is stored once.

    Parameters
    ----------
    models
        Model id -> saved model (``state``, ``buffers``, ...), as ipywidgets writes them. Models
        without a front-end module of their own (layouts) are dropped: the host does not read them.

    Returns
    -------
    dict
        ``state``: model id -> model, and ``sources``: the texts that ``model["sources"]`` points to.
    """
    sources: list[str] = []
    state = {}
    for model_id, model in sorted(models.items()):
        if "_esm" in model["state"]:
            state[model_id] = _with_shared(model, sources)
    return {"version_major": 2, "version_minor": 0, "state": state, "sources": sources}


def _with_shared(model: dict, sources: list[str]) -> dict:
    """Return a copy of one model whose long texts are replaced by their index in ``sources``."""
    traits = {key: value for key, value in model["state"].items() if key not in ("layout", "tabbable")}
    shared = {}
    for name in SHARED_TRAITS:
        text = traits.pop(name, None)
        if text:
            if text not in sources:
                sources.append(text)
            shared[name] = sources.index(text)
    return {**model, "state": traits, "sources": shared}


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Turn a page's saved widget outputs into figures and store their joint state with the page."""
    models = _saved_models(app)
    for bundle in list(doctree.findall(_is_widget_bundle)):
        bundle.replace_self(_figure_of(bundle, models))
    for figure in doctree.findall(live_figure):
        if "model" in figure:
            models[figure["model_id"]] = figure.attributes.pop("model")
        if figure["model_id"] not in models:
            LOGGER.warning("the state of an interactive figure was not saved", location=figure)
    if models:
        _store(app, models)


def _saved_models(app: Sphinx) -> dict[str, dict]:
    """Take the widget state that myst-nb put aside for this page (empty for a plain page)."""
    page = NbMetadataCollector.get_doc_data(app.env)[app.env.docname]
    _, tag = page.get("js_files", {}).pop("ipywidgets_state", (None, None))
    return dict(json.loads(tag["body"])["state"]) if tag else {}


def _store(app: Sphinx, models: dict[str, dict]) -> None:
    """Hand the page its state and the script that reads it."""
    # Written as an escape, no "<" in a figure's code can end the script element.
    body = json.dumps(share_sources(models), separators=(",", ":")).replace("<", "\\u003c")
    add = NbMetadataCollector.add_js_file
    add(app.env, app.env.docname, "ipywidgets_state", None, {"type": STATE, "body": body})
    add(app.env, app.env.docname, "figure_host", "host.js", {"defer": "defer"})


def _is_widget_bundle(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.container)
        and node.get("nb_element") == "mime_bundle"
        and any(part["mime_type"] == VIEW for part in node.children)
    )


def _figure_of(bundle: nodes.container, models: dict[str, dict]) -> live_figure:
    """Make the figure of one cell output: its view, and its picture as the still."""
    parts = {part["mime_type"]: part for part in bundle.children}
    view = next(parts[VIEW].findall(nodes.raw)).astext()
    model_id = json.loads(view[view.index("{") : view.rindex("}") + 1])["model_id"]
    figure = live_figure(model_id=model_id)
    for image in parts["image/png"].findall(nodes.image) if "image/png" in parts else ():
        image["alt"] = image.get("alt") or describe(models.get(model_id, {}).get("state", {}))
        figure += image
    return figure


def describe(traits: dict[str, Any]) -> str:
    """Return what a figure says it shows, for readers who see neither it nor its picture."""
    words = (str(traits[name]) for name in WORDS if traits.get(name))
    return next(words, "An interactive figure, drawn when JavaScript is on.")


def visit_html(translator: HTML5Translator, node: live_figure) -> None:
    """Open the figure's place and the still picture within."""
    model_id = escape(node["model_id"], quote=True)
    translator.body.append(f'<div class="live-figure" data-model="{model_id}"><noscript>')


def depart_html(translator: HTML5Translator, node: live_figure) -> None:
    """Close what ``visit_html`` opened."""
    translator.body.append("</noscript></div>\n")


def visit_other(translator: nodes.NodeVisitor, node: live_figure) -> None:
    """Other builders write the still picture alone."""


def depart_other(translator: nodes.NodeVisitor, node: live_figure) -> None:
    """Nothing to close."""


def setup(app: Sphinx) -> None:
    """Register the node and the collector."""
    others = dict.fromkeys(("latex", "text"), (visit_other, depart_other))
    app.add_node(live_figure, html=(visit_html, depart_html), **others)
    app.connect("doctree-read", collect)
