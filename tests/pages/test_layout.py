"""Every built page fits a telephone."""

import contextlib

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as WaitedInVainError
from visits import built_pages, visit

#: What sticks out to the right of the window, and not inside a box that scrolls by itself. A drawing
#: counts as a whole: its parts are clipped.
STICKS_OUT = """() => {
  const scrolls = (node) => node && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(node).overflowX)
    || scrolls(node.parentElement));
  return [...document.querySelectorAll('.bd-article *')]
    .filter((node) => !node.ownerSVGElement)
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !scrolls(node))
    .map((node) => node.outerHTML.slice(0, 120)).slice(0, 5);
}"""


@pytest.mark.parametrize("page", built_pages())
def test_no_page_scrolls_sideways_on_a_telephone(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page, viewport={"width": 390, "height": 800})
    seen.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for width in (390, 320):
        seen.page.set_viewport_size({"width": width, "height": 800})
        # Figures lay themselves out anew after the window changed; on a busy machine that takes a while.
        with contextlib.suppress(WaitedInVainError):
            seen.page.wait_for_function(f"({STICKS_OUT})().length === 0", timeout=5_000)
        assert seen.page.evaluate(STICKS_OUT) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.context.close()
