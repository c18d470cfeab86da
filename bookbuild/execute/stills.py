"""Still pictures of the interactive figures, taken from the figures themselves in headless Chromium.

    python -m bookbuild.execute.stills 8                                 every figure of chapter 8
    python -m bookbuild.execute.stills helpers.figures.descent_lab:DescentLab   a figure as it opens

Both write PNG files, light and dark, at 700 and 390 px, into ``_build/stills``.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from bookbuild.browser import BrowserMissingError, open_browser
from bookbuild.execute import widgets
from bookbuild.execute.pictures import shrink_still
from bookbuild.model import notebooks

if TYPE_CHECKING:
    from ipywidgets import Widget
    from playwright.sync_api import Browser, Page

#: The script that runs saved figures in the built pages: the still is what the reader will see.
HOST = Path(__file__).parents[1] / "site" / "static" / "host.js"

READY = '[data-figure][data-ready="true"]'
FAILED = ".live-figure[data-failed]"  # set by the host script
SECONDS = 15.0

_PAGE = """<!doctype html>
<html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>still</title>
<style>body {{ margin: 0; background: {ground}; }}</style>
<script type="application/vnd.jupyter.widget-state+json">{state}</script></head>
<body><div class="live-figure" data-model="{model}"></div></body></html>"""


@dataclass(frozen=True)
class Look:
    """How a still is taken: the page's theme, its width in CSS pixels, device pixels to one of these."""

    theme: str = "light"
    width: int = 700
    scale: int = 2


def _json(value: Any) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(value, sort_keys=True).replace("<", "\\u003c")


def page_source(state: dict[str, Any], model: str, theme: str) -> str:
    """Return an empty page that holds one saved figure; `HOST` brings it to life."""
    from helpers.palette import ROLES

    return _PAGE.format(
        theme=theme,
        ground=ROLES["ground"][theme == "dark"],
        state=_json({"state": state, "version_major": 2, "version_minor": 0}),
        model=model,
    )


@contextmanager
def _open_page(browser: Browser, look: Look) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": look.width, "height": 900},
        device_scale_factor=look.scale,
        color_scheme=look.theme,
        reduced_motion="reduce",
        offline=True,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def shoot(browser: Browser, state: dict[str, Any], model: str, look: Look = Look()) -> bytes:
    """Draw one saved figure on an empty page and return its picture as PNG bytes.

    Parameters
    ----------
    browser
        From `bookbuild.browser.open_browser`.
    state
        Saved models by id, as in a notebook's metadata; must hold ``model`` and all it refers to.
    model
        Id of the figure's model.
    look
        Theme, width and resolution.

    Raises
    ------
    ValueError
        When the figure fails or never says that it is ready; the message holds the page's errors.
    """
    from playwright.sync_api import TimeoutError as NotReady

    with _open_page(browser, look) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.set_content(page_source(state, model, look.theme))
        page.add_script_tag(content=HOST.read_text("utf-8"))
        try:
            page.wait_for_selector(f"{READY}, {FAILED}", timeout=SECONDS * 1000)
        except NotReady:
            errors.append(f"it was not ready after {SECONDS:g} s")
        if not page.locator(READY).count():
            raise ValueError(f"the figure could not be drawn: {'; '.join(errors)}")
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        return page.locator(READY).first.screenshot(animations="disabled")


def _known_stills(notebook: NotebookNode) -> dict[str, str]:
    """Stills that a notebook already holds, by what the figure was drawn from."""
    found = {}
    for _, output in notebooks.views(notebook):
        model = output.data[notebooks.VIEW]["model_id"]
        if "image/png" in output.data and model in notebooks.models(notebook):
            found[widgets.fingerprint(notebook, model)] = output.data["image/png"]
    return found


def add_stills(notebook: NotebookNode, old: NotebookNode | None = None) -> None:
    """Put beside every figure of the notebook a picture of its saved state.

    A figure whose state and JavaScript are those of ``old`` keeps the picture it has there.

    Raises
    ------
    ValueError
        When a figure cannot be drawn; the message names the cell.
    """
    known = _known_stills(old) if old else {}
    missing = []
    for cell, output in notebooks.views(notebook):
        model = output.data[notebooks.VIEW]["model_id"]
        output.data["image/png"] = known.get(widgets.fingerprint(notebook, model), "")
        if not output.data["image/png"]:
            missing.append((cell, output, model))
    if missing:
        _take(notebook, missing)


def _take(notebook: NotebookNode, missing: list[tuple[NotebookNode, NotebookNode, str]]) -> None:
    with open_browser() as browser:
        for cell, output, model in missing:
            try:
                still = shrink_still(shoot(browser, widgets.closure(notebook, model), model))
            except ValueError as error:
                raise ValueError(f"cell {cell.id!r}: {error}") from error
            output.data["image/png"] = base64.b64encode(still).decode()


def of_widget(widget: Widget) -> tuple[dict[str, Any], str]:
    """Return (state, model id) of a figure living in this process, for `shoot`."""
    from ipywidgets.embed import dependency_state

    return dependency_state([widget], drop_defaults=False), widget.model_id


def _figures(name: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield (file stem, state, model id) for a chapter's figures, or for a class ``module:Name``."""
    if ":" in name:
        module, _, figure = name.partition(":")
        yield (figure, *of_widget(getattr(import_module(module), figure)()))
        return
    path = notebooks.find(name)
    notebook = notebooks.read(path)
    for number, (cell, output) in enumerate(notebooks.views(notebook), start=1):
        model = output.data[notebooks.VIEW]["model_id"]
        yield f"{path.stem}-{number}-{cell.id}", widgets.closure(notebook, model), model


def main(arguments: list[str] | None = None) -> int:
    """Take pictures of figures for their author to look at."""
    parser = argparse.ArgumentParser(
        prog="python -m bookbuild.execute.stills", description=__doc__.split("\n")[0]
    )
    parser.add_argument("names", nargs="+", help="a chapter (name or number), or module:Class")
    parser.add_argument("--out", type=Path, default=notebooks.ROOT / "_build" / "stills")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    looks = [Look(theme, width) for theme in ("light", "dark") for width in (700, 390)]
    try:
        with open_browser() as browser:
            for name in chosen.names:
                for stem, state, model in _figures(name):
                    for look in looks:
                        path = chosen.out / f"{stem}-{look.theme}-{look.width}.png"
                        path.write_bytes(shoot(browser, state, model, look))
                        print(path)
    except (ValueError, FileNotFoundError, BrowserMissingError) as error:
        print(f"stills: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
