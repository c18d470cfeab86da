"""One living figure on an empty page in Chromium: for stills, benchmarks and tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bookbuild.figures import scripts
from bookbuild.model.notebooks import ROOT
from helpers.figures.base import kit_style, own_style
from helpers.palette import ROLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: The script that brings saved figures to life in the built pages.
HOST = ROOT / "bookbuild" / "site" / "static" / "host.js"

READY = '[data-figure][data-ready="true"]'
FAILED = ".live-figure[data-failed]"  # set by the host script
SECONDS = 15.0

_PAGE = """<!doctype html>
<html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>figure</title>
<style>body {{ margin: 0; background: {ground}; }}
{style}</style>
<script type="{kind}">{states}</script></head>
<body><div class="live-figure" data-state="figure"></div></body></html>"""

#: How a page's script element says that it holds the states of the page's figures.
STATES = "application/vnd.book.figures+json"

#: Sets a native range as a hand would, and resolves once the next frame is drawn.
SLIDE = """(input, value) => new Promise((drawn) => {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(drawn));
})"""


class FigureError(AssertionError):
    """A figure could not be drawn, or its page reported errors."""


def states_json(states: Mapping[str, Any]) -> str:
    """Return the states of a page's figures, by their places, as text that may stand in a script element."""
    return json.dumps(states, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")


def page_source(state: Mapping[str, Any], theme: str = "light") -> str:
    """Return an empty page that holds one saved figure; its script and the host bring it to life."""
    name = state["class"]
    return _PAGE.format(
        theme=theme,
        ground=ROLES["ground"][theme == "dark"],
        style=kit_style() + own_style(name),
        kind=STATES,
        states=states_json({"figure": state}),
    )


@contextmanager
def open_figure(
    browser: Browser,
    state: Mapping[str, Any],
    *,
    width: int = 740,
    height: int = 1000,
    theme: str = "light",
    **context: Any,
) -> Iterator[Page]:
    """Open a figure as it lives in the built page: saved state, no kernel, no network.

    Parameters
    ----------
    browser
        From :func:`bookbuild.browser.open_browser`.
    state
        A figure's state, from :func:`bookbuild.execute.figures.saved` or a notebook.
    width, height
        Size of the page in CSS pixels.
    theme
        "light" or "dark".
    context
        More options of Playwright's ``new_context``, such as ``has_touch=True``.

    Raises
    ------
    FigureError
        When the figure does not come to life, or at the end, when the page reported an error meanwhile.
    """
    size = {"width": width, "height": height}
    opened = browser.new_context(viewport=size, color_scheme=theme, offline=True, **context)
    errors: list[str] = []
    try:
        page = opened.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.set_content(page_source(state, theme))
        for script in (scripts.classic(state["class"]), HOST.read_text("utf-8")):
            page.add_script_tag(content=script)
        _wait_until_drawn(page, errors)
        yield page
    finally:
        opened.close()
    if errors:
        raise FigureError("; ".join(errors))


def _wait_until_drawn(page: Page, errors: list[str]) -> None:
    from playwright.sync_api import TimeoutError as NotReady

    try:
        page.wait_for_selector(f"{READY}, {FAILED}", timeout=SECONDS * 1000)
    except NotReady:
        errors.append(f"it was not ready after {SECONDS:g} s")
    if not page.locator(READY).count():
        raise FigureError(f"the figure could not be drawn: {'; '.join(errors)}")


def slide(page: Page, label: str, value: float) -> None:
    """Set the slider named ``label`` and wait until the answer is drawn."""
    page.get_by_role("slider", name=label, exact=True).evaluate(SLIDE, value)
