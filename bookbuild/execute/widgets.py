"""Saved state of the interactive figures: the same models, ids and order at every execution."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from nbformat import NotebookNode, from_dict

from bookbuild.model.notebooks import STATE, VIEW, models, views

_REFERENCE = re.compile(r"^IPY_MODEL_(.+)$")


def references(value: Any) -> Iterator[str]:
    """Yield the ids of the models that ``value`` (a saved state or a part of one) refers to."""
    if isinstance(value, str):
        yield from _REFERENCE.findall(value)
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from references(value[key])
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def reachable(notebook: NotebookNode) -> list[str]:
    """Ids of the models behind the shown figures, in reading order, each before what it refers to.

    Raises
    ------
    ValueError
        When a figure is shown whose state was not saved: it would stay empty without Python.
    """
    saved, order = models(notebook), []
    waiting = [output.data[VIEW]["model_id"] for _, output in views(notebook)][::-1]
    while waiting:
        model = waiting.pop()
        if model in order:
            continue
        if model not in saved:
            raise ValueError(f"the state of model {model} is not saved, but a figure shows it")
        order.append(model)
        waiting.extend(reversed(list(references(saved[model]["state"]))))
    return order


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Copy ``value`` with every reference to a model under its new name."""
    if isinstance(value, str):
        found = _REFERENCE.match(value)
        return f"IPY_MODEL_{names[found[1]]}" if found else value
    if isinstance(value, dict):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    return value


def renumber(notebook: NotebookNode) -> None:
    """Give the shown models the numbers 1, 2, ... in reading order, everywhere, and drop all others."""
    order = reachable(notebook)
    names = {old: f"{number:032x}" for number, old in enumerate(order, start=1)}
    saved = models(notebook)
    state = {names[old]: _sorted_buffers(renamed(saved[old], names)) for old in order}
    for _, output in views(notebook):
        view = output.data[VIEW]
        output.data[VIEW] = from_dict({**view, "model_id": names[view["model_id"]]})
    notebook.metadata.pop("widgets", None)
    if state:
        table = {"state": state, "version_major": 2, "version_minor": 0}
        notebook.metadata["widgets"] = from_dict({STATE: table})


def _sorted_buffers(model: dict[str, Any]) -> dict[str, Any]:
    if model.get("buffers"):
        model["buffers"] = sorted(model["buffers"], key=lambda buffer: [str(part) for part in buffer["path"]])
    return model


def closure(notebook: NotebookNode, model: str) -> dict[str, NotebookNode]:
    """Return the model and all it refers to, by id: what a page needs to draw this one figure."""
    saved, found, waiting = models(notebook), {}, [model]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = saved[name]
            waiting.extend(references(saved[name]["state"]))
    return found


def fingerprint(notebook: NotebookNode, model: str) -> str:
    """Return text that two figures share only when they are drawn from the same state.

    The figure's place in the notebook (and so its number) does not count.
    """
    parts = closure(notebook, model)
    names = {name: str(place) for place, name in enumerate(parts)}
    return json.dumps([renamed(part, names) for part in parts.values()], sort_keys=True)


def figure_class(model: NotebookNode) -> type | None:
    """Class of a saved figure, or None when the model is none of the book's figures."""
    module, _, name = model["state"].get("_anywidget_id", "").rpartition(".")
    return getattr(import_module(module), name) if module.startswith("helpers.") else None


def scripts(figure: type) -> dict[str, str]:
    """Return the JavaScript and style that a figure of this class would be saved with today."""
    return {key: str(getattr(figure, key)) for key in ("_esm", "_css") if hasattr(figure, key)}


def outdated(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Yield (class name, model) for every saved figure drawn by JavaScript that has changed since."""
    for model in models(notebook).values():
        figure = figure_class(model)
        if figure and any(model["state"].get(key) != text for key, text in scripts(figure).items()):
            yield figure.__name__, model


def update_scripts(notebook: NotebookNode) -> None:
    """Give every saved figure the present JavaScript and style; its numbers stay as they are."""
    for _, model in list(outdated(notebook)):
        model["state"].update(scripts(figure_class(model)))
