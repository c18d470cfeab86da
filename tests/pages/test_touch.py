"""On a phone, a finger on a handle or on a cell drags it, and is not taken for scrolling."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator
from visits import pages_with_figures, visit

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

#: The browser cancels a pointer once it decides that the page scrolls.
RECORD = """() => {
  window.fingers = [];
  for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => fingers.push(type), true);
}"""


@pytest.fixture(scope="module", params=pages_with_figures())
def page(request: pytest.FixtureRequest, browser: Browser, built_book: str):
    seen = visit(browser, built_book, request.param, **PHONE)
    seen.page.evaluate(RECORD)
    yield seen.page
    seen.page.context.close()


@pytest.fixture
def swipe(page) -> Callable[[Locator], list[str]]:
    """Lay a finger on an element, move it 48 pixels to the side, lift it; return how that ended."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def move(target: Locator) -> list[str]:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        side = 1 if x < 195 else -1
        send("touchStart", (x, y))
        for step in range(1, 9):
            send("touchMove", (x + 6 * side * step, y))
        send("touchEnd")
        return page.evaluate("fingers.splice(0)")

    return move


@pytest.mark.parametrize("held", [".bf-hit", ".bf-cells"])
def test_a_finger_drags_instead_of_scrolling(page, swipe, held):
    for figure in page.locator("[data-figure]").all():
        for target in figure.locator(held).all():
            grip = target.locator(".bf-cell").first if held == ".bf-cells" else target
            if grip.is_visible():
                assert swipe(grip) == ["pointerup"], figure.get_attribute("data-figure")
