"""A built page, visited once for all that is asked of it: what it does alone, under hands, small and dark.

A visit is dear (a chapter's formulas alone take seconds), so the tests share its record and judge that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from answers import keys_lost, swipes_that_scroll, unanswered
from axe_playwright_python.sync_playwright import Axe
from hands import settle
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as WaitedInVainError
from visits import Visit, visit

SCHEMES = ("light", "dark")
DESKTOP, PHONES = {"width": 1280, "height": 900}, (390, 320)
GRAVE = ("serious", "critical")
#: What axe is asked; its own loading of style sheets would count as the page's complaints.
AXE = {"resultTypes": ["violations"], "preload": False}
COLOURS = {**AXE, "runOnly": ["color-contrast"]}
ALL_ELSE = {**AXE, "rules": {"color-contrast": {"enabled": False}}}

#: How many formulas are written, set, and said in MathML for who cannot see them; how many are wrong.
FORMULAS = """() => ['.math', '.math mjx-container', '.math mjx-assistive-mml math', 'mjx-merror']
  .map((asked) => document.querySelectorAll(asked).length)"""

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
  const copy = document.querySelector('.bd-article-container').cloneNode(true);
  copy.querySelectorAll('[aria-live]').forEach((sentence) => sentence.remove());
  copy.querySelectorAll('[tabindex]').forEach((stop) => stop.removeAttribute('tabindex'));
  return copy.innerHTML;
}"""

STILL_MOVING = (
    "() => document.getAnimations().filter((animation) => animation.playState === 'running').length"
)

#: What sticks out to the right of the window, and not inside a box that scrolls by itself. A drawing
#: counts as a whole: its parts are clipped.
STICKS_OUT = """() => {
  const scrolls = (node) => node && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(node).overflowX)
    || scrolls(node.parentElement));
  return [...document.querySelectorAll('.bd-article *')]
    .filter((node) => !node.ownerSVGElement)
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !scrolls(node))
    .map((node) => node.outerHTML.slice(0, 120)).slice(0, 5);
}"""

OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"

#: A text's place: elements, classes and styles down to it. At one place all texts have one colour and ground.
PLACE = """
  const chain = (node) => (node === document.body ? '' : `${chain(node.parentElement)}
    ${node.tagName}.${node.getAttribute('class')}.${node.getAttribute('style')}`);
  const place = (node) => {
    const { color, fill } = getComputedStyle(node);
    return `${chain(node)} ${color} ${fill}`;
  };
  const seen = new Set();
  const again = (node) => seen.size === seen.add(place(node)).size;
"""

#: Formulas (they carry MathML, see FORMULAS) and all words of code but one of each colour are thousands of
#: elements that axe would need minutes for: they go. So do curves and dots: to axe, what a drawing clips lies
#: on all the page below, whose colours it then leaves unjudged. Half-way, what fades would be too pale.
LIGHTEN = f"""() => {{ {PLACE}
  document.querySelectorAll('mjx-container').forEach((formula) => formula.remove());
  const words = [...document.querySelectorAll('.highlight pre span')].filter(again);
  words.forEach((word) => word.replaceWith(...word.childNodes));
  document.head.append(Object.assign(document.createElement('style'), {{ textContent: `
    * {{ transition: none !important }}
    svg :is(path, line, polyline, circle, ellipse) {{ display: none !important }}` }}));
}}"""

#: For the colours, one text of each place is enough.
THIN = f"""() => {{ {PLACE}
  const own = (node) => [...node.childNodes].filter((one) => one.nodeType === 3 && one.data.trim());
  const texts = [...document.querySelectorAll('body *')].filter((node) => own(node).length);
  texts.filter(again).flatMap(own).forEach((text) => {{ text.data = ''; }});
}}"""


@dataclass
class Record:
    """What a visit to one page found; lists of faults are empty on a sound page.

    `places` counts the figures that the page has room for, `drawn` those that moved in, `failed` those that
    gave up; `loaded` are the addresses of a first visit.
    """

    name: str
    places: int
    drawn: int
    failed: int
    formulas: list[int]
    loaded: list[str]
    unseen_focus: list[str]
    unanswered: list[str]
    keys_lost: list[str]
    restless: list[str]
    scrolled: list[str]
    sideways: dict[int, list[str]]
    pale: dict[str, list[str]]
    grave: list[str]
    foreign: list[str]
    complaints: list[str]


def take(browser: Browser, base: str, name: str) -> Record:
    """Visit a page and put it through everything; what spoils the page for what follows comes last."""
    seen = visit(browser, base, name, viewport=DESKTOP, has_touch=True)
    page = seen.page
    places = page.locator(".live-figure")
    drawn = page.locator('.live-figure [data-figure][data-ready="true"]')
    record = Record(
        name,
        places=places.count(),
        drawn=drawn.count(),
        failed=page.locator(".live-figure[data-failed]").count(),
        formulas=page.evaluate(FORMULAS),
        loaded=_loaded_to_the_end(seen),
        unseen_focus=list(_unseen_focus(page)),
        unanswered=[fault for figure in drawn.all() for fault in unanswered(figure)],
        keys_lost=[fault for figure in drawn.all() for fault in keys_lost(figure)],
        restless=list(_restless(page)),
        scrolled=list(_on_a_phone(page)),
        sideways={width: _sideways(page, width) for width in PHONES},
        grave=_grave(page),
        pale={scheme: _pale(page, scheme) for scheme in SCHEMES},
        foreign=seen.foreign,
        complaints=seen.complaints,
    )
    page.context.close()
    return record


def _loaded_to_the_end(seen: Visit) -> list[str]:
    seen.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    seen.page.wait_for_load_state("networkidle")
    return list(seen.loaded)


def _unseen_focus(page: Page) -> Iterator[str]:
    """Go from the page's beginning with Tab, and name what has the focus without showing it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        shown, element = page.evaluate(FOCUS_SHOWS)
        if not shown:
            yield element


def _restless(page: Page) -> Iterator[str]:
    """Ask for rest, start whatever can be started, and say what moves all the same."""
    page.emulate_media(reduced_motion="reduce")
    for play in page.get_by_role("button", name="Play").all():
        play.click()
    for _ in range(10):  # what a click began may end; what does not end is found
        page.wait_for_timeout(100)
        if not (moving := page.evaluate(STILL_MOVING)):
            break
    if moving:
        yield f"{moving} animations run"
    before = page.evaluate(BODY)
    page.wait_for_timeout(400)
    if page.evaluate(BODY) != before:
        yield "the page changes by itself"
    page.emulate_media(reduced_motion="no-preference")


def _on_a_phone(page: Page) -> Iterator[str]:
    page.set_viewport_size({"width": PHONES[0], "height": 844})
    yield from swipes_that_scroll(page)
    page.evaluate(OPEN_ALL)


def _sideways(page: Page, width: int) -> list[str]:
    """Name what sticks out of a window this wide."""
    page.set_viewport_size({"width": width, "height": 844})
    # Figures lay themselves out anew after the window changed; on a busy machine that takes a while.
    with contextlib.suppress(WaitedInVainError):
        page.wait_for_function(f"({STICKS_OUT})().length === 0", timeout=5_000)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*page.evaluate(STICKS_OUT), *([f"the page is {wide} wide"] if wide > width else [])]


def _grave(page: Page) -> list[str]:
    """Name what axe finds on the whole page, on a large screen."""
    page.set_viewport_size(DESKTOP)
    page.evaluate(LIGHTEN)
    return _found(page, ALL_ELSE)


def _pale(page: Page, scheme: str) -> list[str]:
    """Name the texts that are too pale in one scheme; of the page, a text of each kind is left."""
    page.evaluate(THIN)
    page.emulate_media(color_scheme=scheme)
    settle(page)
    return _found(page, COLOURS)


def _found(page: Page, options: dict) -> list[str]:
    violations = Axe().run(page, options=options).response["violations"]
    grave = [rule for rule in violations if rule["impact"] in GRAVE]
    return [f"{rule['id']}: {part['html'][:160]}" for rule in grave for part in rule["nodes"]]
