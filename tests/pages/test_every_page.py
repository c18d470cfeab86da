"""Every built page, opened once from disk and once from a server: what holds of it as it stands.

A visit is dear, so the tests of a page share one. They run from top to bottom; only the last two touch it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from visits import Visit, built_pages, compressed_size, local_file, pages_with_figures, visit

WITH_FIGURES = frozenset(pages_with_figures())
KB = 1000
SHELL, CONTENT, FIRST_VISIT = 550 * KB, 350 * KB, 900 * KB

#: For the element that has the focus: does anything show it?
FOCUS_SHOWS = """() => {
  const focused = document.activeElement;
  const ring = focused.closest('[data-figure]')?.querySelector('.bf-focused');
  const style = getComputedStyle(focused);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const shown = outlined || style.boxShadow !== 'none' || (ring && getComputedStyle(ring).display !== 'none');
  return [shown || focused === document.body, focused.outerHTML.slice(0, 120)];
}"""


@pytest.fixture(scope="module", params=built_pages())
def name(request: pytest.FixtureRequest) -> str:
    """Name a page, by its place below the book's address."""
    return request.param


@pytest.fixture(scope="module")
def opened(browser: Browser, base: str, name: str) -> Iterator[Visit]:
    """Open the page in a window of its own, until the last of its tests."""
    seen = visit(browser, base, name)
    yield seen
    seen.page.context.close()


def test_it_asks_no_other_host_and_complains_of_nothing(opened: Visit):
    assert opened.foreign == []
    assert opened.complaints == []


def test_its_figures_are_all_drawn(opened: Visit, name: str):
    places = opened.page.locator(".live-figure").count()
    assert (places > 0) == (name in WITH_FIGURES)
    assert opened.page.locator(".live-figure[data-failed]").count() == 0
    assert opened.page.locator('.live-figure [data-figure][data-ready="true"]').count() == places


def test_a_first_visit_is_light(opened: Visit, base: str, name: str):
    opened.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    opened.page.wait_for_load_state("networkidle")
    files = {local_file(url, base) for url in opened.loaded if url.startswith(base)}
    sizes = {path: compressed_size(path) for path in files if path.is_file()}
    shell = sum(
        size for path, size in sizes.items() if "_static" in path.parts or path.name == "searchindex.js"
    )
    content = sum(sizes.values()) - shell
    print(f"{name}: shell {shell / KB:.0f} kB, content {content / KB:.0f} kB")
    assert shell <= SHELL
    assert content <= CONTENT
    assert shell + content <= FIRST_VISIT


def test_the_keyboard_focus_can_be_seen(opened: Visit):
    hidden = []
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        shown, element = opened.page.evaluate(FOCUS_SHOWS)
        if not shown:
            hidden.append(element)
    assert hidden == []
