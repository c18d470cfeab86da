"""What a chapter's download button gives: the one-file edition, which runs where the book is not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from bookbuild.model.notebooks import NOTEBOOKS, ROOT
from bookbuild.release import onefile

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)


def replace_sources(app: Sphinx) -> None:
    """Put the one-file edition of each chapter where the built book keeps its source."""
    pages = [Path(app.env.doc2path(name)) for name in sorted(app.env.found_docs)]
    chapters = [path for path in pages if path.suffix == ".ipynb"]
    if not chapters:
        return
    try:
        kept = _editions(Path(app.doctreedir) / "editions", chapters)
    except (ValueError, RuntimeError) as error:
        LOGGER.warning("no one-file edition could be made: %s", error)
        return
    for path in chapters:
        target = Path(app.outdir, "_sources", path.relative_to(app.srcdir))
        if target.exists():
            shutil.copyfile(kept / path.name, target)


def _editions(folder: Path, chapters: list[Path]) -> Path:
    """Return the folder of the editions, made anew when a chapter or the helpers have changed."""
    stamp = folder / "stamp"
    state = _fingerprint([*chapters, *_helper_files(), *NOTEBOOKS.glob("*.yaml")])
    if not stamp.exists() or stamp.read_text("utf-8") != state:
        onefile.write_editions(folder, chapters)
        stamp.write_text(state, "utf-8")
    return folder


def _helper_files() -> list[Path]:
    files = (ROOT / "helpers").rglob("*")
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def name_download(app: Sphinx, pagename: str, template: str, context: dict, doctree: object) -> None:
    """Say at the download button that the notebook brings its helpers along."""
    for group in context.get("header_buttons", []):
        for button in group.get("buttons", []):
            if button["url" if "url" in button else "text"].endswith(".ipynb"):
                button |= {"text": "Notebook (.ipynb)", "tooltip": "Runs on its own, also in Colab"}
