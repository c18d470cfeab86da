"""One headless Chromium for everything that needs one: still pictures, tests of JS, tests of pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

#: Names under which systems install Chromium, the free build first.
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

#: No sandbox (it needs rights that containers lack), no GPU, and no service that calls home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


class BrowserMissingError(RuntimeError):
    """No Chromium on this machine; the message says how to get one."""

    def __init__(self) -> None:
        super().__init__(
            "no Chromium found: install the system's package (looked for "
            + ", ".join(EXECUTABLES)
            + " on PATH) or run `python -m playwright install chromium`"
        )


def find_chromium() -> str | None:
    """Path of a Chromium: the system's if there is one, else Playwright's own, else None."""
    found = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    return found or _playwright_chromium()


def _playwright_chromium() -> str | None:
    """Path of the Chromium that ``playwright install`` put in place, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def launch(playwright: Playwright) -> Browser:
    """Start Chromium under a running ``playwright``.

    Raises
    ------
    BrowserMissingError
        When neither the system nor Playwright has a Chromium.
    """
    system = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    own = playwright.chromium.executable_path
    path = system or (own if own and Path(own).exists() else None)
    if path is None:
        raise BrowserMissingError
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open a headless Chromium and close it at the end.

    Raises
    ------
    BrowserMissingError
        When neither the system nor Playwright has a Chromium.

    Examples
    --------
    >>> with open_browser() as browser:  # doctest: +SKIP
    ...     browser.new_page().goto("about:blank")
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser
        finally:
            browser.close()


def install() -> None:
    """Fetch Playwright's Chromium where there is none; without it the browser tests are skipped."""
    if find_chromium() is not None:
        return
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if fetched.returncode:
        print("No Chromium could be fetched: the browser tests will be skipped, each with this reason.")


if __name__ == "__main__" and "--install" in sys.argv:
    install()
