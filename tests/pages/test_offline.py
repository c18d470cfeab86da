"""What a reader without a network needs besides the pages: the front door, the search, the formulas."""

import pytest
from playwright.sync_api import Browser
from visits import built_pages, visit

SEARCHES = ["gradient", "batch"]


def test_the_first_address_leads_to_the_front_page(browser: Browser, base: str):
    page = browser.new_page()
    page.goto(f"{base}/index.html")
    page.wait_for_url(f"{base}/intro.html")
    page.context.close()


@pytest.mark.parametrize("word", SEARCHES)
def test_search_finds_pages_without_a_network(browser: Browser, base: str, word: str):
    seen = visit(browser, base, f"search.html?q={word}")
    seen.page.wait_for_selector("#search-results li a", timeout=10_000)
    assert seen.foreign == []
    assert seen.complaints == []
    seen.page.context.close()


def test_formulas_are_set_and_read_aloud(browser: Browser, built_book: str):
    pages = [page for page in built_pages() if page.startswith("notebooks/")]
    seen = visit(browser, built_book, pages[0])
    written = seen.page.locator(".math").count()
    assert written > 0
    assert seen.page.locator(".math mjx-container").count() == written
    assert seen.page.locator(".math mjx-assistive-mml math").count() == written
    assert seen.page.locator("mjx-merror").count() == 0
    seen.page.context.close()
