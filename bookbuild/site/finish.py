"""The last pass over a built book: drop what no page needs, and refuse what would need a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from bookbuild.figures.live import STATES
from bookbuild.site import downloads, icons, pictures
from bookbuild.site.access import improve

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)

#: Scripts and styles that come with the theme and its extensions and that the book does without:
#: icons as a script (the web font draws them) and Thebe, which runs code on somebody's server.
UNUSED_TAGS = re.compile(
    r'[ \t]*<script[^>]*\bsrc="[^"]*(?:scripts/fontawesome|sphinx-thebe)\.js[^"]*"[^>]*></script>\n?'
    r"|[ \t]*<script>(?:const THEBE_JS_URL|kernelName =)[^<]*</script>\n?"
    r'|[ \t]*<script type="text/x-thebe-config">.*?</script>\n?'
    r'|[ \t]*<link[^>]*\bhref="[^"]*sphinx-thebe\.css[^"]*"[^>]*>\n?',
    re.DOTALL,
)
#: The search's scripts and index: the theme puts them on every page, and only that of results reads them.
SEARCH_TAGS = re.compile(
    r'[ \t]*<script src="(?:\.\./)*(?:_static/searchtools|_static/language_data|searchindex)\.js[^>]*>'
    r"</script>\n?"
)
SEARCH_PAGE = "DOCUMENTATION_OPTIONS.pagename = 'search';"
FIGURE_STATES = re.compile(rf'[ \t]*<script type="{re.escape(STATES)}">.*?</script>\n?', re.DOTALL)
UNUSED_FILES = (
    "*.map",
    "scripts/fontawesome.js*",
    "sphinx-thebe.*",
    "images/logo_*",
    "sbt-webpack-macros.html",
)
UNUSED_FILES += ("webpack-macros.html", "sphinx_highlight.js.map")

#: What a browser loads by itself, as opposed to what a reader may follow.
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\bsrc=\"((?:https?:)?//[^\"]*)", re.I
)
LINKED = re.compile(
    r"<link\b(?=[^>]*\brel=\"(?:stylesheet|preload|icon|modulepreload|preconnect)\")[^>]*?\bhref=\"((?:https?:)?//[^\"]*)"
)
STYLED = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]*)")


def tidy(html: str) -> str:
    """Return a page without the tags it does not need, its figures' state last.

    The state is the longest part of a page; behind the text it holds nothing up.
    """
    html = UNUSED_TAGS.sub("", html)
    if SEARCH_PAGE not in html:
        html = SEARCH_TAGS.sub("", html)
    state = "".join(FIGURE_STATES.findall(html))
    head, end, tail = FIGURE_STATES.sub("", html).rpartition("</body>")
    return improve(f"{head}{state}{end}{tail}")


def foreign_addresses(text: str) -> list[str]:
    """Return the addresses on other hosts that a page or style sheet would load by itself."""
    return [address for pattern in (LOADED, LINKED, STYLED) for address in pattern.findall(text)]


def finish(app: Sphinx, error: Exception | None) -> None:
    """Tidy every page of a built book; warn of each address that would leave it."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for page in _pages(out):
        html = page.read_text("utf-8")
        tidied = tidy(html)
        if tidied != html:
            page.write_text(tidied, "utf-8")
    for pattern in UNUSED_FILES:
        for path in (out / "_static").rglob(pattern):
            path.unlink()
    icons.prune(out / "_static")
    pictures.shrink(out / "_images", _pages(out))
    pictures.defer(out / "_images", _pages(out))
    downloads.replace_sources(app)
    _check(out)


def _pages(out: Path) -> list[Path]:
    return [page for page in sorted(out.rglob("*.html")) if "_static" not in page.relative_to(out).parts]


def _check(out: Path) -> None:
    """Warn (an error in `make book`) when a page would load something from another host."""
    for path in [*_pages(out), *sorted((out / "_static").rglob("*.css"))]:
        for address in foreign_addresses(FIGURE_STATES.sub("", path.read_text("utf-8"))):
            LOGGER.warning(
                "%s loads %s: the book must work without a network", path.relative_to(out), address
            )


def setup(app: Sphinx) -> None:
    """Run last, when every other extension has written its files."""
    app.connect("html-page-context", downloads.name_download, priority=900)
    app.connect("build-finished", finish, priority=900)
