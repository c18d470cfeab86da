"""Fixtures shared by the tests: a browser, a figure mounted in it, and the figures' JavaScript."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from javascript import Engine
from reused_pages import ReusedPages

from bookbuild.browser import find_chromium, open_browser
from bookbuild.execute.figures import saved
from bookbuild.figures.live import open_figure

# A failed assertion of the exercises' shared tests shows its values too.
pytest.register_assert_rewrite("exercise_cases")

#: Keeps in `window.traits` what a figure would send back to Python, from two frames after its last change,
#: when that is drawn too, so that a test may wait for either.
WATCH_TRAITS = """() => {
  const { model } = document.querySelector(".live-figure");
  const drawn = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  window.traits = { ...model.traits };
  model.on("change", () => { const now = { ...model.traits }; drawn(() => { window.traits = now; }); });
  return new Promise(drawn);
}"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what asks for a browser or the built book; ``make check`` leaves it to ``make test``."""
    for item in items:
        if {"browser", "built_book"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, or a skip with its reason; with ``BOOK_REQUIRE_BROWSER=1`` its absence is a failure."""
    if find_chromium() is None and os.environ.get("BOOK_REQUIRE_BROWSER") != "1":
        pytest.skip("no Chromium was found: install it, or run `playwright install chromium`")
    with open_browser() as running:
        yield running


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """Start what runs the figures' modules that need no page."""
    with Engine() as running:
        yield running


@pytest.fixture(scope="session")
def run_js(engine: Engine) -> Callable[..., Any]:
    """Call a function of a figure's module: ``run_js("descent_lab/maths", "descentPath", ...)``."""
    return lambda module, name, *args: engine.call(module, name, [list(args)])[0]


@pytest.fixture(scope="session")
def map_js(engine: Engine) -> Callable[..., list[Any]]:
    """Call a function of a figure's module once for each list of arguments."""
    return engine.call


@pytest.fixture(scope="session")
def pages(browser: Any) -> ReusedPages:
    """Lend pages to `mount`."""
    return ReusedPages(browser)


@pytest.fixture
def mount(pages: ReusedPages) -> Iterator[Callable[..., Any]]:
    """Draw a figure as a built page does, on a page of a given width, and return the page.

    The test fails when the page reports an error.
    """
    with ExitStack() as opened:

        def draw(figure: Any, width: int = 700, **options: Any) -> Any:
            options = {"height": 1100, "has_touch": True, **options}
            page = opened.enter_context(open_figure(pages, saved(figure), width=width, **options))
            page.add_style_tag(content="body { margin: 8px; }")  # a column of text has room at its sides
            page.evaluate(WATCH_TRAITS)
            return page

        yield draw
