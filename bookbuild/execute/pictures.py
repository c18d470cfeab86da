"""Pictures in notebooks, made small: a drawing needs a palette, not millions of colours."""

from __future__ import annotations

import base64
import io

from nbformat import NotebookNode
from PIL import Image

from bookbuild.model.notebooks import code_cells, is_figure

#: A still is at most this large, in bytes; one that needs more loses colours, then size.
LARGEST = 80_000

#: (part of the size, colours), the best first. In 64 colours all of the book's palette survives.
STEPS = ((1, 128), (1, 96), (1, 64), (3 / 4, 64), (3 / 4, 48), (1 / 2, 64), (1 / 2, 32), (1 / 3, 32))

#: Plots below this size stay as they are, and so do photographs: they have more colours than any drawing.
SMALL = 40_000
DRAWN_COLOURS = 40_000


def shrink_still(png: bytes, largest: int = LARGEST) -> bytes:
    """Reduce a screenshot to a palette, and if need be in size, until it has at most ``largest`` bytes.

    Raises
    ------
    ValueError
        When even a third of the size in 32 colours is larger.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for part, colours in STEPS:
        size = (round(picture.width * part), round(picture.height * part))
        smaller = picture if part == 1 else picture.resize(size, Image.Resampling.LANCZOS)
        packed = _png(_in_few_colours(smaller, colours))
        if len(packed) <= largest:
            return packed
    raise ValueError(f"the still needs {len(packed)} bytes, more than {largest}, even in {colours} colours")


def _in_few_colours(picture: Image.Image, colours: int) -> Image.Image:
    if picture.getcolors(DRAWN_COLOURS) is None:
        return picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    # In a drawing a thin line's colour matters as much as a large area's. This method counts hues, not
    # pixels; on photographs it is far too slow.
    return picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)


def shrink_plots(notebook: NotebookNode) -> None:
    """Reduce large plots to a palette of 256 colours, transparent ones included."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data and not is_figure(output):
                small = _shrink_plot(base64.b64decode(data["image/png"]))
                data["image/png"] = base64.b64encode(small).decode()


def _shrink_plot(png: bytes) -> bytes:
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    if len(png) <= SMALL or picture.getcolors(DRAWN_COLOURS) is None:
        return png
    packed = _png(picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))
    return min(png, packed, key=len)


def _png(picture: Image.Image) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "PNG", optimize=True)
    return packed.getvalue()
