"""A figure that cannot run says so and shows its still picture; so does every figure without JavaScript."""

import mimetypes
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route
from visits import BOOK, STANDS, local_file, pages_with_figures, soup, visit

#: What happens to a figure: what is asked for, and what is answered in place of what lies there.
TROUBLES = {
    "a script that fails": ("**/_static/figures/*.js*", lambda text: "throw new Error('broken');"),
    "a script of another figure": ("**/_static/figures/*.js*", lambda text: ""),
    "a lost state": ("**/*.html", lambda text: text.replace('"figure-1":', '"another-1":')),
}


def _with_still() -> str:
    for page in pages_with_figures():
        first = (
            (BOOK / page).read_text("utf-8").partition('class="live-figure"')[2].partition("</noscript>")[0]
        )
        if "<img" in first:
            return page
    raise AssertionError("no page has a figure with a still picture")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_figure_that_cannot_start_says_so_and_shows_its_still(
    browser: Browser, served_book: str, trouble: str
):
    asked, change = TROUBLES[trouble]
    page = browser.new_context().new_page()

    def answer(route: Route) -> None:
        lies_there = local_file(route.request.url, served_book).read_text("utf-8")
        changed = change(lies_there)
        assert changed != lies_there
        route.fulfill(body=changed, content_type=mimetypes.guess_type(urlsplit(route.request.url).path)[0])

    page.route(asked, answer)
    page.goto(f"{served_book}/{_with_still()}")
    page.evaluate(STANDS)
    place = page.locator(".live-figure").first
    assert place.get_attribute("data-failed") == "true"
    assert "could not start" in place.inner_text()
    assert place.locator("img").is_visible()
    assert place.locator("img").get_attribute("alt")
    page.context.close()


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
