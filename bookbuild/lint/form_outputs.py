"""What the stored outputs of a chapter must hold: figures that live without Python, words beside pictures.

Rules as in `bookbuild.lint.form_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from bookbuild.execute import outputs, refresh
from bookbuild.execute.figures import VIEW
from bookbuild.model.chapter import Chapter, Rule
from bookbuild.model.notebooks import data_sets, figures, is_figure, tags

PICTURES = ("image/png", "image/jpeg", "image/svg+xml")

#: What stands in the place of a figure where no script runs.
STILLS = {"image/png", "text/markdown"}

_MARKDOWN_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_HTML_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_DIRECTIVE = re.compile(r"^(?:```+|:::+)\{(?:figure|image)\}(.*?)^(?:```|:::)", re.MULTILINE | re.DOTALL)
_EMPTY_WORDS = {"a", "the", "figure", "diagram", "plot", "image", "picture", "chart", "graph", "photo"}


def says_a_message(alt: str) -> bool:
    """Whether an alt text says something that "figure" or "diagram" does not."""
    return len([word for word in re.findall(r"\w+", alt.lower()) if word not in _EMPTY_WORDS]) >= 2


def _is_picture(output: NotebookNode) -> bool:
    return not is_figure(output) and any(kind in output.get("data", {}) for kind in PICTURES)


def describes_plots(chapter: Chapter) -> Iterator[str]:
    """Give every plot an alt text with its message, and a caption."""
    for cell in chapter.code_cells:
        if not any(map(_is_picture, cell.outputs)):
            continue
        render = cell.metadata.get("mystnb", {})
        if not says_a_message(str(render.get("image", {}).get("alt", ""))):
            yield f"has no alt text for the plot of {cell.id!r}: `mystnb.image.alt` must say its message"
        if not str(render.get("figure", {}).get("caption", "")).strip():
            yield f"has no caption for the plot of {cell.id!r}: add `mystnb.figure.caption`"


def describes_pictures(chapter: Chapter) -> Iterator[str]:
    """Give every picture in the text an alt text with its message."""
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            for alt in _alts(cell.source):
                if not says_a_message(alt):
                    yield f"has a picture in the text cell {cell.id!r} whose alt text {alt!r} says no message"


def _alts(source: str) -> Iterator[str]:
    yield from _MARKDOWN_PICTURE.findall(source)
    for tag in _HTML_PICTURE.findall(source):
        found = re.search(r"""\balt=["'](.*?)["']""", tag, re.DOTALL)
        yield found[1] if found else ""
    for body in _DIRECTIVE.findall(source):
        found = re.search(r"^:alt: *(.+)$", body, re.MULTILINE)
        yield found[1] if found else ""


def saves_figures(chapter: Chapter) -> Iterator[str]:
    """Keep with every shown figure its state, and a still picture or words in its place."""
    for cell in chapter.code_cells:
        if any(VIEW in output.get("data", {}) for output in cell.outputs):
            yield f"shows the figure in {cell.id!r} as a running kernel does: refresh it"
    for cell, output in figures(chapter.notebook):
        if not output.data.keys() & STILLS:
            yield f"has no still beside the figure in {cell.id!r}"
    if "widgets" in chapter.notebook.metadata:
        yield "keeps the state of widgets in its metadata: refresh it"


def is_executed(chapter: Chapter) -> Iterator[str]:
    """Be executed top to bottom, with this code and these figures."""
    counts = [cell.execution_count for cell in chapter.code_cells]
    if counts != list(range(1, len(counts) + 1)):
        yield "was not executed top to bottom in one go (execution counts are not 1, 2, 3, ...)"
    yield from refresh.stale(chapter.notebook)


def knows_its_data(chapter: Chapter) -> Iterator[str]:
    """Record the data sets the outputs come from, so that `real-data` cells can be compared."""
    recorded = chapter.notebook.metadata.get("book", {}).get("data", {})
    for name in data_sets(chapter.notebook):
        if not re.fullmatch(r"[0-9a-f]{64}", recorded.get(name, {}).get("sha256", "")):
            yield f"does not record on which {name} it was executed"
    if not recorded and any("real-data" in tags(cell) for cell in chapter.code_cells):
        yield "has cells tagged `real-data` but records no data set (does it call `data.folder`?)"


def keeps_outputs_clean(chapter: Chapter) -> Iterator[str]:
    """Print nothing that differs on another machine."""
    for cell in chapter.code_cells:
        found = (fault for o in cell.outputs for text in outputs.texts(o) for fault in outputs.faults(text))
        yield from (f"prints {fault} in {cell.id!r}" for fault in dict.fromkeys(found))
        colours = any(outputs.ANSI.search(text) for o in cell.outputs for text in outputs.texts(o))
        if colours or any(
            outputs.cut_traceback(o.get("traceback", [])) != o.get("traceback", []) for o in cell.outputs
        ):
            yield f"stores colours or library frames in the output of {cell.id!r}"


def keeps_outputs_short(chapter: Chapter) -> Iterator[str]:
    """Print at most 15 lines a cell, and no left-over value beside a plot."""
    for cell in chapter.code_cells:
        lines = sum(len("\n".join(_read(output)).splitlines()) for output in cell.outputs)
        if lines > 15:
            yield f"prints {lines} lines in {cell.id!r}: at most 15"
        values = [o for o in cell.outputs if o.output_type == "execute_result" and not _shows(o)]
        if values and any(map(_is_picture, cell.outputs)):
            yield f"prints a left-over value beside the plot of {cell.id!r}: end the cell with `_ = ...`"


def _shows(output: NotebookNode) -> bool:
    return _is_picture(output) or is_figure(output)


def _read(output: NotebookNode) -> list[str]:
    """Lines of an output that stand on the page: none for a picture."""
    if output.output_type == "error":
        return list(output.traceback)
    if output.output_type == "stream":
        return [output.text]
    return [] if _shows(output) else [output.data.get("text/plain", "")]


RULES: tuple[Rule, ...] = (
    describes_plots,
    describes_pictures,
    saves_figures,
    is_executed,
    knows_its_data,
    keeps_outputs_clean,
    keeps_outputs_short,
)
