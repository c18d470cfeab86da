"""One living figure on an empty page in Chromium, for benchmarks and tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bookbuild.execute import stills

if TYPE_CHECKING:
    from ipywidgets import Widget
    from playwright.sync_api import Browser, Page

#: Sets a native range as a hand would, and resolves once the next frame is drawn.
SLIDE = """(input, value) => new Promise((drawn) => {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(drawn));
})"""


class FigureError(AssertionError):
    """The page of a figure reported errors."""


@contextmanager
def open_figure(
    browser: Browser, figure: Widget, *, width: int = 740, theme: str = "light", **context: Any
) -> Iterator[Page]:
    """Open a figure as it lives in the built page: saved state, no kernel, no network.

    Parameters
    ----------
    browser
        From :func:`bookbuild.browser.open_browser`.
    figure
        An interactive figure.
    width
        Width of the page in CSS pixels.
    theme
        "light" or "dark".
    context
        More options of Playwright's ``new_context``, such as ``has_touch=True``.

    Raises
    ------
    FigureError
        At the end, when the page reported an error meanwhile.
    """
    state, model = stills.of_widget(figure)
    opened = browser.new_context(
        viewport={"width": width, "height": 1000}, color_scheme=theme, offline=True, **context
    )
    errors: list[str] = []
    try:
        page = opened.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_content(stills.page_source(state, model, theme))
        page.add_script_tag(content=stills.HOST.read_text("utf-8"))
        page.wait_for_selector(stills.READY)
        yield page
    finally:
        opened.close()
    if errors:
        raise FigureError("; ".join(errors))


def slide(page: Page, label: str, value: float) -> None:
    """Set the slider named ``label`` and wait until the answer is drawn."""
    page.get_by_role("slider", name=label, exact=True).evaluate(SLIDE, value)
