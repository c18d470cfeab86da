"""Still pictures of the interactive figures, taken from the figures themselves in headless Chromium.

    python -m bookbuild.execute.stills 8                 every figure of chapter 8
    python -m bookbuild.execute.stills DescentLab        a figure as it opens

Both write PNG files, light and dark, at 700 and 390 px, into ``_build/stills``.
"""

from __future__ import annotations

import argparse
import base64
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from bookbuild.browser import BrowserMissingError, open_browser
from bookbuild.execute import figures
from bookbuild.execute.pictures import shrink_still
from bookbuild.figures.live import READY, FigureError, open_figure
from bookbuild.model import notebooks
from bookbuild.model.notebooks import FIGURE

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass(frozen=True)
class Look:
    """How a still is taken: the page's theme, its width in CSS pixels, device pixels to one of these."""

    theme: str = "light"
    width: int = 700
    scale: int = 2


def shoot(browser: Browser, state: Mapping[str, Any], look: Look = Look()) -> bytes:
    """Draw one saved figure on an empty page and return its picture as PNG bytes.

    Parameters
    ----------
    browser
        From `bookbuild.browser.open_browser`.
    state
        The figure, as a notebook keeps it.
    look
        Theme, width and resolution.

    Raises
    ------
    FigureError
        When the figure fails or never says that it is ready; the message holds the page's errors.
    """
    context = {"device_scale_factor": look.scale, "reduced_motion": "reduce"}
    with open_figure(browser, state, width=look.width, height=900, theme=look.theme, **context) as page:
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        return page.locator(READY).first.screenshot(animations="disabled")


def add_stills(notebook: NotebookNode, old: NotebookNode | None = None) -> None:
    """Put beside every figure of the notebook a picture of its saved state, unless it says itself in words.

    A figure whose state and script are those of ``old`` keeps the picture it has there.

    Raises
    ------
    ValueError
        When a figure cannot be drawn; the message names the cell.
    """
    known = {
        figures.fingerprint(output.metadata[FIGURE]): output.data["image/png"]
        for _, output in (notebooks.figures(old) if old else ())
        if "image/png" in output.data
    }
    missing = []
    for cell, output in notebooks.figures(notebook):
        if "text/markdown" in output.data:
            continue
        output.data["image/png"] = known.get(figures.fingerprint(output.metadata[FIGURE]), "")
        if not output.data["image/png"]:
            missing.append((cell, output))
    if missing:
        _take(missing)


def _take(missing: list[tuple[NotebookNode, NotebookNode]]) -> None:
    with open_browser() as browser:
        for cell, output in missing:
            try:
                still = shrink_still(shoot(browser, output.metadata[FIGURE]))
            except FigureError as error:
                raise ValueError(f"cell {cell.id!r}: {error}") from error
            output.data["image/png"] = base64.b64encode(still).decode()


def _figures(name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (file stem, state) for a chapter's figures, or for a class of `helpers.figures`."""
    from helpers import figures as known

    if name in known.__all__:
        yield name, figures.saved(getattr(known, name)())
        return
    path = notebooks.find(name)
    for number, (cell, output) in enumerate(notebooks.figures(notebooks.read(path)), start=1):
        yield f"{path.stem}-{number}-{cell.id}", output.metadata[FIGURE]


def main(arguments: list[str] | None = None) -> int:
    """Take pictures of figures for their author to look at."""
    parser = argparse.ArgumentParser(
        prog="python -m bookbuild.execute.stills", description=__doc__.split("\n")[0]
    )
    parser.add_argument("names", nargs="+", help="a chapter (name or number), or a class of helpers.figures")
    parser.add_argument("--out", type=Path, default=notebooks.ROOT / "_build" / "stills")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    looks = [Look(theme, width) for theme in ("light", "dark") for width in (700, 390)]
    try:
        with open_browser() as browser:
            for name in chosen.names:
                for stem, state in _figures(name):
                    for look in looks:
                        path = chosen.out / f"{stem}-{look.theme}-{look.width}.png"
                        path.write_bytes(shoot(browser, state, look))
                        print(path)
    except (FigureError, ValueError, FileNotFoundError, BrowserMissingError) as error:
        print(f"stills: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
