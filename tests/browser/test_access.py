"""Every built page serves readers with a screen reader, a keyboard, a small screen, or no JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from visits import built_pages, pages_with_figures, visit

GRAVE = ("serious", "critical")
#: Only colours differ between the schemes.
RULES = {"light": {"resultTypes": ["violations"]}, "dark": {"runOnly": ["color-contrast"]}}

#: For the element that has the focus: does anything show it?
FOCUS_SHOWS = """() => {
  const focused = document.activeElement;
  const ring = focused.closest('[data-figure]')?.querySelector('.bf-focused');
  const style = getComputedStyle(focused);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const shown = outlined || style.boxShadow !== 'none' || (ring && getComputedStyle(ring).display !== 'none');
  return [shown || focused === document.body, focused.outerHTML.slice(0, 120)];
}"""

#: The page's text and drawings, but for the sentence that a figure says once it has come to rest.
BODY = """() => {
  const copy = document.querySelector('.bd-article').cloneNode(true);
  copy.querySelectorAll('[aria-live]').forEach((sentence) => sentence.remove());
  return copy.innerHTML;
}"""

STILL_MOVING = (
    "() => document.getAnimations().filter((animation) => animation.playState === 'running').length"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", built_pages())
def test_axe_finds_nothing_grave(browser: Browser, built_book: str, page: str, scheme: str):
    seen = visit(browser, built_book, page, color_scheme=scheme)
    # What waits behind a click counts too.
    seen.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    # Formulas carry MathML of their own; their thousand boxes would take axe a minute.
    found = Axe().run(seen.page, {"exclude": [["mjx-container"]]}, RULES[scheme]).response["violations"]
    grave = [
        (rule["id"], part["html"][:160])
        for rule in found
        if rule["impact"] in GRAVE
        for part in rule["nodes"]
    ]
    assert grave == []
    seen.page.context.close()


@pytest.mark.parametrize("page", built_pages(chapters_only=True))
def test_the_keyboard_focus_can_be_seen(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page)
    hidden = []
    for _ in range(40):
        seen.page.keyboard.press("Tab")
        shown, element = seen.page.evaluate(FOCUS_SHOWS)
        if not shown:
            hidden.append(element)
    assert hidden == []
    seen.page.context.close()


@pytest.mark.parametrize("page", pages_with_figures())
def test_nothing_moves_for_readers_who_ask_for_rest(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page, reduced_motion="reduce")
    for play in [None, *seen.page.get_by_role("button", name="Play").all()]:
        if play:
            play.click()
        seen.page.wait_for_timeout(100)
        assert seen.page.evaluate(STILL_MOVING) == 0
        before = seen.page.evaluate(BODY)
        seen.page.wait_for_timeout(400)
        assert seen.page.evaluate(BODY) == before
    seen.page.context.close()


@pytest.mark.parametrize("page", pages_with_figures())
def test_without_javascript_each_figure_is_a_described_picture(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page, java_script_enabled=False)
    for place in seen.page.locator(".live-figure").all():
        picture = place.locator("img")
        assert picture.count() == 1
        assert picture.get_attribute("alt")
        assert picture.is_visible()
        assert picture.bounding_box()["width"] > 100
    seen.page.context.close()
