"""A picture of a built page, as a reader sees it on opening it: for the README.

python -m bookbuild.page_picture notebooks/08_batch_stochastic_minibatch images/readme.png
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize

from bookbuild.browser import open_browser
from bookbuild.model.notebooks import ROOT

BUILT = ROOT / "_build" / "html"
WINDOW: ViewportSize = {"width": 1280, "height": 900}


def picture_of(page: str) -> Image.Image:
    """Return the upper part of a built page once all its figures are drawn, in 256 colours.

    Raises
    ------
    FileNotFoundError
        When the page is not built.
    """
    path = BUILT / f"{page}.html"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there: run `make book` first, or name another page")
    with open_browser() as browser:
        view = browser.new_page(viewport=WINDOW, color_scheme="light", reduced_motion="reduce")
        view.goto(path.as_uri())
        view.wait_for_selector('[data-figure][data-ready="true"]')
        shot = view.screenshot()
    return Image.open(io.BytesIO(shot)).convert("RGB").quantize(256)


def main() -> None:
    """Write the picture of the page named on the command line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("page", help="path of the page below _build/html, without .html")
    parser.add_argument("file", type=Path, help="the PNG file to write")
    named = parser.parse_args()
    picture_of(named.page).save(named.file, optimize=True)


if __name__ == "__main__":
    main()
