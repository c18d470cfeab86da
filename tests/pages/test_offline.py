"""What a reader without a network needs besides the pages: the front door, the search. From a server too."""

import pytest
from playwright.sync_api import Browser
from visits import pages_with_figures, visit

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


@pytest.mark.parametrize("name", pages_with_figures()[:2])
def test_a_page_from_a_server_is_the_page_from_the_disk(browser: Browser, served_book: str, name: str):
    seen = visit(browser, served_book, name)
    assert seen.foreign == []
    assert seen.complaints == []
    assert seen.page.locator(".live-figure").count() > 0
    assert seen.page.locator(".live-figure[data-failed]").count() == 0
    seen.page.context.close()
