"""What a figure on a page owes the reader's hand: each function lists what does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from hands import CHANGED, SEEN, answered, look, middle
from playwright.sync_api import CDPSession, Locator, Page

#: Move each range to the end that it is farther from, as a hand would; name those that change nothing.
DEAD_SLIDERS = f"""async (figure) => {{
  const changed = {CHANGED};
  const dead = [];
  for (const range of figure.querySelectorAll('input[type="range"]:not([disabled])')) {{
    const [low, high, now] = [Number(range.min), Number(range.max), Number(range.value)];
    if (low === high) continue;
    const before = ({SEEN})(figure);
    range.value = now - low > high - now ? low : high;
    range.dispatchEvent(new Event('input', {{ bubbles: true }}));
    if (!(await changed([figure, before]))) dead.push(range.getAttribute('aria-label'));
  }}
  return dead;
}}"""

#: What can have the focus in a figure but, having it, would leave its keys to JupyterLab.
UNMARKED = """(figure) => {
  const asked = 'a[href], button, input, select, summary, textarea, [contenteditable], [tabindex]';
  const focused = [...figure.querySelectorAll(asked)].filter((node) => {
    node.focus({ preventScroll: true });
    return document.activeElement === node;
  });
  const unmarked = focused.filter((node) => node.dataset.lmSuppressShortcuts !== 'true');
  return [focused.length, unmarked.map((node) => node.outerHTML.slice(0, 120))];
}"""

#: The browser cancels a pointer once it decides that the page scrolls.
RECORD = """() => {
  window.fingers = [];
  for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => fingers.push(type), true);
}"""


def unanswered(figure: Locator) -> Iterator[str]:
    """Try all that a figure offers: its sliders, a key, its handles, its cells."""
    name = figure.get_attribute("data-figure")
    yield from (f"{name}: the slider {label}" for label in figure.evaluate(DEAD_SLIDERS))
    if not _answers_a_key(figure, name):
        yield f"{name}: every key"
    for number, handle in enumerate(figure.locator(".bf-hit").all()):
        handle.scroll_into_view_if_needed()
        # Two ways, since the handle may stand in a corner.
        if not any(_answers_a_drag(figure, handle, *way) for way in ((30, 24), (-30, -24))):
            yield f"{name}: a drag of handle {number}"
    for group in figure.locator(".bf-cells").all():
        if not _cells_answer(figure, group):
            yield f"{name}: a drag across the cells {group.get_attribute('aria-label')}"


def _answers_a_key(figure: Locator, name: str | None) -> bool:
    if name == "Question":
        return _answers_a_checked_option(figure)
    controls = figure.locator("input[type='range']:not([disabled]), [tabindex='0']").all()
    return any(_answers_an_arrow(figure, control) for control in controls)


def _answers_an_arrow(figure: Locator, control: Locator) -> bool:
    """Try all arrows: a range may stand at either end, and a list of cells knows only up and down."""
    control.focus()
    keys = ["ArrowRight", "ArrowUp", "ArrowDown", "ArrowLeft"]
    # At its end a range does not answer the first one, and seeing that takes the whole wait.
    if control.evaluate("(node) => node.type === 'range' && node.value === node.max"):
        keys.reverse()
    for key in keys:
        before = look(figure)
        figure.page.keyboard.press(key)
        if answered(figure, before):
            return True
    return False


def _answers_a_checked_option(question: Locator) -> bool:
    before = look(question)
    question.locator("input").first.press("Space")
    question.locator("button").first.press("Enter")
    return answered(question, before)


def _answers_a_drag(figure: Locator, handle: Locator, right: float, down: float) -> bool:
    """Whether it follows the mouse; that it lights up when it is taken hold of is no answer yet."""
    x, y = middle(handle)
    mouse = figure.page.mouse
    mouse.move(x, y)
    mouse.down()
    before = look(figure)
    mouse.move(x + right, y + down, steps=5)
    mouse.up()
    return answered(figure, before)


def _cells_answer(figure: Locator, group: Locator) -> bool:
    cells = group.locator(".bf-cell")
    if cells.count() < 2:
        return True
    # The cell that is lit already would answer nothing.
    target = cells.nth(1) if cells.last.get_attribute("aria-pressed") == "true" else cells.last
    cells.first.scroll_into_view_if_needed()
    (x, y), (to_x, to_y) = middle(cells.first), middle(target)
    return _answers_a_drag(figure, cells.first, to_x - x, to_y - y)


def keys_lost(figure: Locator) -> Iterator[str]:
    """Name each control that leaves its keys to JupyterLab; a figure has at least one control."""
    controls, unmarked = figure.evaluate(UNMARKED)
    yield from unmarked
    if not controls:
        yield f"{figure.get_attribute('data-figure')} has no control"


def swipes_that_scroll(page: Page) -> Iterator[str]:
    """Lay a finger on each handle and each group of cells and move it; name what takes that for scrolling."""
    page.evaluate(RECORD)
    session = page.context.new_cdp_session(page)
    for figure in page.locator("[data-figure]").all():
        for grip in [*figure.locator(".bf-hit").all(), *_first_cells(figure)]:
            if grip.is_visible():
                ended = _swipe(session, page, grip)
                if ended != ["pointerup"]:
                    yield f"{figure.get_attribute('data-figure')}: {ended}"


def _first_cells(figure: Locator) -> list[Locator]:
    return [group.locator(".bf-cell").first for group in figure.locator(".bf-cells").all()]


def _swipe(session: CDPSession, page: Page, grip: Locator) -> list[str]:
    """Move a finger 48 pixels to the side and lift it; return how that ended."""

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    grip.scroll_into_view_if_needed()
    x, y = middle(grip)
    side = 1 if x < 195 else -1
    send("touchStart", (x, y))
    for step in range(1, 9):
        send("touchMove", (x + 6 * side * step, y))
    send("touchEnd")
    return page.evaluate("fingers.splice(0)")
