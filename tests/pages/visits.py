"""Visiting built pages: what a page asked for, what it complained about, when it is done."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "_build" / "html"

#: A page stands once its figures have been drawn (or given up) and its formulas set.
STANDS = """async () => {
  const places = [...document.querySelectorAll('.live-figure')];
  const over = (place) => place.dataset.failed || place.querySelector('[data-figure][data-ready="true"]');
  const until = performance.now() + 20000;
  while (!places.every(over) && performance.now() < until) await new Promise((go) => setTimeout(go, 20));
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  return places.filter((place) => !over(place)).length;
}"""


def built_pages(*, chapters_only: bool = False) -> list[str]:
    """List every page of the built book, relative to its root; one name when nothing is built yet."""
    paths = [path.relative_to(BOOK) for path in sorted(BOOK.rglob("*.html"))]
    # The book's first address only forwards to its front page; it has a test of its own.
    found = [path.as_posix() for path in paths if path.parts[0] not in ("_static", "_sources", "index.html")]
    chapters = [page for page in found if page not in ("genindex.html", "search.html")]
    return (chapters if chapters_only else found) or ["intro.html"]


def pages_with_figures() -> list[str]:
    """List the built pages on which figures move."""
    found = [page for page in built_pages(chapters_only=True) if 'class="live-figure"' in _text(page)]
    return found or ["intro.html"]


def _text(page: str) -> str:
    path = BOOK / page
    return path.read_text("utf-8") if path.exists() else ""


@cache
def soup(page: str) -> BeautifulSoup:
    """Parse a built page as it lies on the disk, before any script runs."""
    return BeautifulSoup((BOOK / page).read_text("utf-8"), "html.parser")


@dataclass
class Visit:
    """One page in one browser window, with a record of all it did."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)

    def stand(self) -> None:
        """Wait until the page stands."""
        assert self.page.evaluate(STANDS) == 0, "a figure neither started nor gave up within 20 s"


def visit(browser: Browser, base: str, page: str, **window: object) -> Visit:
    """Open ``page`` below ``base`` in a window of its own; every other host is out of reach."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window})
    made = Visit(context.new_page())
    _record(made, context, base)
    made.page.goto(f"{base}/{page}")
    if window.get("java_script_enabled", True):
        made.stand()
    return made


def _record(made: Visit, context: BrowserContext, base: str) -> None:
    def guard(route: Route, request: Request) -> None:
        if request.url.startswith((base, "data:", "blob:")):
            made.loaded.append(request.url)
            route.continue_()
        else:
            made.foreign.append(request.url)
            route.abort()

    context.route("**/*", guard)
    made.page.on(
        "console", lambda said: said.type in ("error", "warning") and made.complaints.append(said.text)
    )
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on("requestfailed", lambda request: made.complaints.append(f"failed: {request.url}"))
    made.page.on(
        "response", lambda got: got.status >= 400 and made.complaints.append(f"{got.status}: {got.url}")
    )


def local_file(url: str, base: str) -> Path:
    """Return the built file behind an address."""
    return BOOK / unquote(urlsplit(url.removeprefix(base).lstrip("/")).path)


def compressed_size(path: Path) -> int:
    """Bytes a reader downloads for one file, from a server that compresses text."""
    if path.suffix in (".woff", ".woff2", ".png", ".webp", ".jpg"):
        return path.stat().st_size
    return len(gzip.compress(path.read_bytes(), 6))
