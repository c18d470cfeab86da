"""Every figure of every built page runs without a kernel and answers the reader's hand."""

import pytest
from playwright.sync_api import Browser, Locator
from visits import BOOK, pages_with_figures, visit

#: All that a reader can see of a figure: its elements, and the pixels of its canvases.
SEEN = """(figure) => figure.outerHTML
  + [...figure.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join('')"""

CHANGED = f"""async ([figure, before]) => {{
  const seen = {SEEN};
  const until = performance.now() + 2000;
  while (seen(figure) === before && performance.now() < until) await new Promise(requestAnimationFrame);
  return seen(figure) !== before;
}}"""

#: Move a range to the end that it is farther from, as a hand would.
PUSH = """(range) => {
  const [low, high, now] = [Number(range.min), Number(range.max), Number(range.value)];
  range.value = now - low > high - now ? low : high;
  range.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def look(figure: Locator) -> str:
    return figure.evaluate(SEEN)


def answered(figure: Locator, before: str) -> bool:
    handle = figure.element_handle()
    return figure.page.evaluate(CHANGED, [handle, before])


def figures_of(page) -> list[Locator]:
    return page.locator("[data-figure]").all()


@pytest.mark.parametrize("page", pages_with_figures())
def test_every_figure_of_the_page_is_drawn(browser: Browser, base: str, page: str):
    seen = visit(browser, base, page)
    places = seen.page.locator(".live-figure").count()
    assert places > 0
    assert seen.page.locator(".live-figure[data-failed]").count() == 0
    assert seen.page.locator('.live-figure [data-figure][data-ready="true"]').count() == places
    seen.page.context.close()


@pytest.mark.parametrize("page", pages_with_figures())
def test_every_slider_moves_its_figure(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page)
    for figure in figures_of(seen.page):
        for slider in figure.locator('input[type="range"]:not([disabled])').all():
            if slider.get_attribute("min") == slider.get_attribute("max"):
                continue
            before = look(figure)
            slider.evaluate(PUSH)
            assert answered(figure, before), slider.get_attribute("aria-label")
    seen.page.context.close()


@pytest.mark.parametrize("page", pages_with_figures())
def test_every_figure_answers_a_key(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page)
    for figure in figures_of(seen.page):
        before = look(figure)
        control = figure.locator("input:not([disabled]), [tabindex='0'], button:not([disabled])").first
        control.focus()
        for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "Space"):
            seen.page.keyboard.press(key)
        assert answered(figure, before), figure.get_attribute("data-figure")
    seen.page.context.close()


@pytest.mark.parametrize("page", pages_with_figures())
def test_what_looks_like_a_handle_can_be_dragged(browser: Browser, built_book: str, page: str):
    seen = visit(browser, built_book, page)
    for figure in figures_of(seen.page):
        for handle in figure.locator(".bf-hit").all():
            handle.scroll_into_view_if_needed()
            box = handle.bounding_box()
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            before = look(figure)
            seen.page.mouse.move(x, y)
            seen.page.mouse.down()
            seen.page.mouse.move(x + 24, y + 18, steps=4)
            seen.page.mouse.move(x + 30, y + 24, steps=2)
            assert answered(figure, before), figure.get_attribute("data-figure")
            seen.page.mouse.up()
    seen.page.context.close()


def test_the_front_page_moves():
    assert 'class="live-figure"' in (BOOK / "intro.html").read_text("utf-8")
