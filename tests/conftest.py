"""Fixtures shared by the tests of helpers."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bookbuild.browser import find_chromium, open_browser
from helpers.figures.base import join_with_kit

# A failed assertion of the exercises' shared tests shows its values too.
pytest.register_assert_rewrite("exercise_cases")

FIGURES = Path(__file__).parent.parent / "helpers" / "figures"

# A module loaded from a blob, as in the built page; the function is found by its dotted name.
CALL = """async ([source, name, args]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const found = name.split(".").reduce((place, key) => place[key], await import(url));
  URL.revokeObjectURL(url);
  return found(...args);
}"""

# The same for many calls of one function, in one trip to the browser.
CALL_MANY = """async ([source, name, calls]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const found = name.split(".").reduce((place, key) => place[key], await import(url));
  URL.revokeObjectURL(url);
  return calls.map((args) => found(...args));
}"""

# A figure drawn from its traits on an empty page. `window.traits` is what it would send back to Python; a
# change shows there two frames later, when it is drawn too, so that a test may wait for either.
MOUNT = """async ([source, css, traits]) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  window.traits = { ...traits };
  const drawn = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  const set = (key, value) => { traits[key] = value; drawn(() => { window.traits[key] = value; }); };
  const model = { get: (key) => traits[key], set, save_changes() {} };
  await (await import(url)).default.render({ model, el: document.body });
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


@pytest.fixture(scope="session")
def map_js(browser: Any) -> Callable[..., list[Any]]:
    """Call an exported function of a figure's script once for each list of arguments."""
    page = browser.new_page()

    def call(figure: str, name: str, calls: list[list[Any]]) -> list[Any]:
        source = join_with_kit((FIGURES / f"{figure}.js").read_text("utf-8"))
        return page.evaluate(CALL_MANY, [source, name, calls])

    return call


@pytest.fixture
def mount(browser: Any) -> Iterator[Callable[..., Any]]:
    """Draw a figure on an empty page of a given width and return the page; no script error may happen."""
    page = browser.new_page(has_touch=True)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def draw(figure: Any, width: int = 700) -> Any:
        page.set_viewport_size({"width": width, "height": 1100})
        traits = {name: getattr(figure, name) for name in figure.keys if not name.startswith("_")}
        plain = json.loads(json.dumps(traits, default=str))
        page.evaluate(MOUNT, [str(figure._esm), str(figure._css), plain])
        page.wait_for_selector('.book-figure[data-ready="true"]')
        return page

    yield draw
    page.close()
    assert not problems
