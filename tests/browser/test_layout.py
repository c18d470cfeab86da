"""Every built page fits a telephone, and weighs little."""

import pytest
from playwright.sync_api import Browser
from visits import built_pages, compressed_size, local_file, visit

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

KB = 1000
SHELL, CONTENT, FIRST_VISIT = 550 * KB, 350 * KB, 900 * KB


@pytest.mark.parametrize("page", built_pages())
def test_no_page_scrolls_sideways_on_a_telephone(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page, viewport={"width": 390, "height": 800})
    seen.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for width in (390, 320):
        seen.page.set_viewport_size({"width": width, "height": 800})
        # Figures lay themselves out anew in the frame after the window changed.
        seen.page.evaluate("new Promise((go) => setTimeout(() => requestAnimationFrame(go), 100))")
        assert seen.page.evaluate(STICKS_OUT) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.context.close()


@pytest.mark.parametrize("page", built_pages())
def test_a_first_visit_is_light(browser: Browser, served_book: str, page: str):
    seen = visit(browser, served_book, page)
    seen.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    seen.page.wait_for_load_state("networkidle")
    files = {local_file(url, served_book) for url in seen.loaded if url.startswith("http")}
    sizes = {path: compressed_size(path) for path in files if path.is_file()}
    shell = sum(
        size for path, size in sizes.items() if "_static" in path.parts or path.name == "searchindex.js"
    )
    content = sum(sizes.values()) - shell
    print(f"{page}: shell {shell / KB:.0f} kB, content {content / KB:.0f} kB")
    assert shell <= SHELL
    assert content <= CONTENT
    assert shell + content <= FIRST_VISIT
    seen.page.context.close()
