"""A figure that cannot run says so and shows its still picture; so does every figure without JavaScript."""

import pytest
from playwright.sync_api import Browser, Route
from visits import BOOK, STANDS, pages_with_figures, soup, visit


def _open_with(browser: Browser, base: str, page: str, change) -> object:
    """Open a page whose HTML was changed on its way."""
    window = browser.new_context().new_page()
    html = change((BOOK / page).read_text("utf-8"))

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html")

    window.route(f"**/{page}", answer)
    window.goto(f"{base}/{page}")
    window.evaluate(STANDS)
    return window


def _with_still() -> str:
    for page in pages_with_figures():
        first = (
            (BOOK / page).read_text("utf-8").partition('class="live-figure"')[2].partition("</noscript>")[0]
        )
        if "<img" in first:
            return page
    raise AssertionError("no page has a figure with a still picture")


def _shows_still(window) -> None:
    place = window.locator(".live-figure").first
    assert place.get_attribute("data-failed") == "true"
    assert "could not start" in place.inner_text()
    assert place.locator("img").is_visible()
    assert place.locator("img").get_attribute("alt")


def test_broken_code(browser: Browser, served_book: str):
    page = _with_still()
    window = _open_with(
        browser,
        served_book,
        page,
        lambda html: html.replace('"sources":["', '"sources":["throw new Error(1);'),
    )
    _shows_still(window)
    window.context.close()


def test_lost_state(browser: Browser, served_book: str):
    window = _open_with(
        browser, served_book, _with_still(), lambda html: html.replace('"state":{"', '"state":{"another-')
    )
    _shows_still(window)
    window.context.close()


@pytest.mark.parametrize("page", pages_with_figures())
def test_without_javascript_each_figure_is_a_described_picture_or_words(built_book: str, page: str):
    stills = [place.find("noscript") for place in soup(page).find_all(class_="live-figure")]
    assert stills
    for still in stills:
        for picture in still.find_all("img"):
            assert picture["alt"]
            assert (BOOK / page).parent.joinpath(picture["src"]).is_file()
        assert still.find("img") or still.get_text(strip=True)


def test_without_javascript_the_pictures_are_in_sight(browser: Browser, built_book: str):
    seen = visit(browser, built_book, _with_still(), java_script_enabled=False)
    for picture in seen.page.locator(".live-figure img").all():
        assert picture.is_visible()
        assert picture.bounding_box()["width"] > 100
    seen.page.context.close()
