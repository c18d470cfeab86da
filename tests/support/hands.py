"""A reader's eye and hand for figures on a page: has it answered, drag it."""

from playwright.sync_api import Locator, Page

#: What a reader sees of a figure: its elements, and the pixels of its canvases. The sentence for a screen
#: reader is left out: it follows a change half a second later.
SEEN = """(figure) => figure.querySelector('.bf-body').outerHTML
  + [...figure.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join('')"""

CHANGED = f"""async ([figure, before]) => {{
  const seen = {SEEN};
  const until = performance.now() + 2000;
  while (seen(figure) === before && performance.now() < until) await new Promise(requestAnimationFrame);
  return seen(figure) !== before;
}}"""


def look(figure: Locator) -> str:
    """Return what a reader sees of a figure now."""
    return figure.evaluate(SEEN)


def answered(figure: Locator, before: str) -> bool:
    """Whether a figure comes to look otherwise than ``before``, within two seconds."""
    handle = figure.element_handle()
    return figure.page.evaluate(CHANGED, [handle, before])


def settle(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def middle(target: Locator) -> tuple[float, float]:
    """Return where the middle of an element lies on the page."""
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(handle: Locator, right: float, down: float, *, drop: bool = True) -> None:
    """Take hold of the middle of ``handle``, move, and let go unless ``drop`` is false."""
    x, y = middle(handle)
    mouse = handle.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=5)
    if drop:
        mouse.up()
