"""Fixtures shared by the tests of helpers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.authoring.browser import find_chromium, open_browser
from helpers.figures.base import join_with_kit

FIGURES = Path(__file__).parent.parent / "helpers" / "figures"

# A module loaded from a blob, as in the built page; the function is found by its dotted name.
CALL = """async ([source, name, args]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const found = name.split(".").reduce((place, key) => place[key], await import(url));
  URL.revokeObjectURL(url);
  return found(...args);
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, or a skip with its reason; with ``BOOK_REQUIRE_BROWSER=1`` its absence is a failure."""
    if find_chromium() is None and os.environ.get("BOOK_REQUIRE_BROWSER") != "1":
        pytest.skip("no Chromium was found: install it, or run `playwright install chromium`")
    with open_browser() as running:
        yield running


@pytest.fixture(scope="session")
def run_js(browser: Any) -> Callable[..., Any]:
    """Call an exported function of a figure's own script: ``run_js("descent_lab", "descentPath", ...)``."""
    page = browser.new_page()

    def call(figure: str, name: str, *args: Any) -> Any:
        source = join_with_kit((FIGURES / f"{figure}.js").read_text("utf-8"))
        return page.evaluate(CALL, [source, name, list(args)])

    return call
