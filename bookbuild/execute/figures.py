"""What a notebook keeps of an interactive figure: its state, in the output's metadata, and no program.

A kernel shows a figure as an ipywidgets view. What is committed of it is its text, a still (of a question
its words), and under `FIGURE` in the output's metadata::

    {"class": "DescentLab", "version": "5d41402abc4b", "traits": {"lr": 0.1, ...}, "buffers": [...]}

nbval compares no metadata, and front ends keep it. The built page makes the figure from it with the script
of today; ``version`` says with which script the still was taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode, from_dict

from bookbuild.figures import scripts
from bookbuild.model.notebooks import FIGURE, code_cells, figures

if TYPE_CHECKING:
    from helpers.figures.base import Figure

#: How a kernel shows a widget, and where nbclient puts the widgets' state.
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

#: Traits that are no figure's own: they say how a widget stands in a notebook.
_FRAME = ("layout", "tabbable", "tooltip")


def state_of(model: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of one saved widget model (``state``, ``buffers``), as ipywidgets writes it.

    Raises
    ------
    ValueError
        When the model is none of the book's figures, whose scripts alone a page carries.
    """
    known = model["state"].get("_anywidget_id", "")
    if not known.startswith("helpers.figures."):
        name = known or model.get("model_name", "?")
        raise ValueError(f"{name} is none of the figures in helpers.figures: a page has no script for it")
    name = known.rpartition(".")[2]
    own = {key: value for key, value in model["state"].items() if key[0] != "_" and key not in _FRAME}
    buffers = sorted(model.get("buffers", []), key=lambda buffer: [str(part) for part in buffer["path"]])
    kept = {"class": name, "version": scripts.version(name), "traits": own}
    return {**kept, "buffers": buffers} if buffers else kept


def saved(figure: Figure) -> dict[str, Any]:
    """Return what a notebook would keep of a figure that lives in this process."""
    from ipywidgets.embed import dependency_state

    return state_of(dependency_state([figure], drop_defaults=False)[figure.model_id])


def keep_states(notebook: NotebookNode) -> None:
    """Move the state of every shown figure from the notebook's metadata into its output's.

    Raises
    ------
    ValueError
        When a figure is shown whose state was not saved, or a widget that is no figure; names the cell.
    """
    models = notebook.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if VIEW in output.get("data", {}):
                model = models.get(output.data.pop(VIEW)["model_id"])
                if model is None:
                    raise ValueError(f"cell {cell.id!r}: the state of its figure was not saved")
                try:
                    output.metadata = from_dict({FIGURE: state_of(model)})
                except ValueError as error:
                    raise ValueError(f"cell {cell.id!r}: {error}") from None


def fingerprint(state: Mapping[str, Any]) -> str:
    """Return text that two figures share only when they look the same."""
    return json.dumps(state, sort_keys=True)


def trait_names(name: str) -> set[str]:
    """Return the names of the traits that a figure of the class called ``name`` is saved with."""
    from helpers import figures as known

    names = getattr(known, name).class_trait_names(sync=True)
    return {trait for trait in names if trait[0] != "_" and trait not in _FRAME}


def outdated(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield the class of every saved figure that is not today's, and what has to be done about it."""
    for _, output in figures(notebook):
        state = output.metadata[FIGURE]
        if set(state["traits"]) != trait_names(state["class"]):
            yield state["class"], "was saved with other traits: refresh it"
        elif state["version"] != scripts.version(state["class"]):
            yield state["class"], "has an older still: refresh it with --figures"


def renew(notebook: NotebookNode) -> None:
    """Say of every saved figure that its still is of today's script; its numbers stay."""
    for _, output in figures(notebook):
        state = output.metadata[FIGURE]
        state["version"] = scripts.version(state["class"])
