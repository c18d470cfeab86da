"""Pages that are opened once and drawn on again: a new one costs four times what the figure on it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page


@dataclass
class LentPage:
    """Stands where a context of the browser is expected; closed, its page waits for the next figure."""

    page: Page
    idle: list[Page]

    def new_page(self) -> Page:
        """Return the page, on which nothing is left of the figure before."""
        return self.page

    def close(self) -> None:
        """Let go of the mouse, leave for an empty document, which ends all scripts, and wait."""
        self.page.mouse.up()
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")
        self.idle.append(self.page)


class ReusedPages:
    """Stands where `open_figure` expects a browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[Page]] = {}

    def new_context(self, *, viewport: dict[str, int], **options: Any) -> LentPage:
        """Lend a page of this size from a context with these options."""
        idle = self._idle.setdefault(repr(sorted(options.items())), [])
        if not idle:
            return LentPage(self._browser.new_context(viewport=viewport, **options).new_page(), idle)
        page = idle.pop()
        page.set_viewport_size(viewport)
        return LentPage(page, idle)
