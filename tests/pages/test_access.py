"""Every built page serves readers with a screen reader, a keyboard, a small screen, or no JavaScript."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from visits import built_pages, pages_with_figures, visit

GRAVE = ("serious", "critical")
#: Open what waits behind a click. Formulas (they carry MathML, see test_offline.py) and the colours of code
#: (they have their own test below) are thousands of elements that axe would need minutes for: they go. What
#: opens fades in; half-way, its text is too pale, and axe must wait until it is there.
PREPARE = """async () => {
  document.querySelectorAll('details').forEach((part) => { part.open = true; });
  document.querySelectorAll('mjx-container').forEach((formula) => formula.remove());
  document.querySelectorAll('.highlight pre').forEach((code) => { code.textContent = code.textContent; });
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}"""
#: Only colours differ between the schemes.
RULES = {"light": {"resultTypes": ["violations"]}, "dark": {"runOnly": ["color-contrast"]}}

#: The distinct pairs of text colour and ground behind it, in all code of a page.
CODE_COLOURS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (node) => {
    const colour = parts(getComputedStyle(node).backgroundColor);
    return colour.length === 4 && colour[3] === 0 ? ground(node.parentElement) : colour.slice(0, 3);
  };
  const written = [...document.querySelectorAll('.highlight span')].filter((span) => span.textContent.trim());
  const pairs = written.map((span) => [parts(getComputedStyle(span).color).slice(0, 3), ground(span)]);
  return [...new Set(pairs.map((pair) => JSON.stringify(pair)))].map((pair) => JSON.parse(pair));
}"""

#: The page's text and drawings, but for the sentence that a figure says once it has come to rest.
BODY = """() => {
  const copy = document.querySelector('.bd-article').cloneNode(true);
  copy.querySelectorAll('[aria-live]').forEach((sentence) => sentence.remove());
  copy.querySelectorAll('[tabindex]').forEach((stop) => stop.removeAttribute('tabindex'));
  return copy.innerHTML;
}"""

STILL_MOVING = (
    "() => document.getAnimations().filter((animation) => animation.playState === 'running').length"
)


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Return what the reader's device asks for."""
    return request.param


@pytest.fixture(scope="module", params=built_pages())
def coloured(
    request: pytest.FixtureRequest, browser: Browser, built_book: str, scheme: str
) -> Iterator[Page]:
    """Open a page in one scheme. The code must be looked at first: axe is spared its colours, for good."""
    seen = visit(browser, built_book, request.param, color_scheme=scheme)
    yield seen.page
    seen.page.context.close()


def test_code_can_be_read_in_every_colour(coloured: Page, built_book: str):
    pairs = coloured.evaluate(CODE_COLOURS)
    if coloured.url.startswith(f"{built_book}/notebooks/"):
        assert len(pairs) > 3
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_axe_finds_nothing_grave(coloured: Page, scheme: str):
    coloured.evaluate(PREPARE)
    found = Axe().run(coloured, options=RULES[scheme]).response["violations"]
    grave = [
        (rule["id"], part["html"][:160])
        for rule in found
        if rule["impact"] in GRAVE
        for part in rule["nodes"]
    ]
    assert grave == []


def contrast(one: list[float], other: list[float]) -> float:
    """Return the contrast of two sRGB colours by WCAG 2.2: 1 (none) to 21 (black on white)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: list[float]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


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
