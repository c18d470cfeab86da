"""The book's Sphinx extension: pages that work offline, with figures that move without a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bookbuild.site import appendix, assets, cells, finish, front, launch, live, teaching, terms
from bookbuild.site.directive import FigureLive

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    assets.setup(app)
    live.setup(app)
    cells.setup(app)
    appendix.setup(app)
    teaching.setup(app)
    front.setup(app)
    launch.setup(app)
    terms.setup(app)
    finish.setup(app)
    app.add_directive("figure-live", FigureLive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
