"""A canvas to paint one picture on: shaded shapes in a picture of any size, with soft edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from helpers.standin.sheet import Outline, Point, smooth

#: We paint this many times larger and average, which makes the edges soft.
ZOOM = 3

Mask = Image.Image


def rgb(code: str) -> np.ndarray:
    """Return the colour "e8a050" as three floats in 0..255."""
    return np.array([int(code[k : k + 2], 16) for k in (0, 2, 4)], dtype=np.float64)


def mixed(code: str, other: str, share: float) -> str:
    """Return the colour that has ``share`` of ``other`` in it."""
    return "".join(f"{round(value):02x}" for value in rgb(code) * (1 - share) + rgb(other) * share)


class Canvas:
    """A picture whose middle is (0, 0); half its shorter side is one unit, y points down.

    Parameters
    ----------
    size : (int, int)
        Width and height in pixels.
    rng : numpy.random.Generator
        Where the painting takes its chances from.
    """

    def __init__(self, size: tuple[int, int], rng: np.random.Generator) -> None:
        self.rng = rng
        self.size = size
        self.unit = min(size) * ZOOM / 2
        #: How far the picture reaches from its middle, in units.
        self.right, self.bottom = (side * ZOOM / 2 / self.unit for side in size)
        self._image = Image.new("RGB", (size[0] * ZOOM, size[1] * ZOOM))
        self._drawn = Image.new("L", self._image.size, 0)

    def u(self, low: float, high: float) -> float:
        """Return a number drawn evenly from ``low`` to ``high``."""
        return low + (high - low) * self.rng.random()

    def _pixels(self, points: Outline) -> list[Point]:
        x0, y0 = self._image.width / 2, self._image.height / 2
        return [(x0 + x * self.unit, y0 + y * self.unit) for x, y in points]

    def mask(self, points: Outline, *, soft: bool = True) -> Mask:
        """Return where a shape is: the smooth closed curve through ``points``, or their polygon."""
        mask = Image.new("L", self._image.size, 0)
        ImageDraw.Draw(mask).polygon(self._pixels(smooth(points) if soft else points), fill=255)
        return mask

    def backdrop(self, top: str, bottom: str) -> None:
        """Fill the picture with colours that run from ``top`` to ``bottom``."""
        self._image.paste(self._ramp(top, bottom, (0, self._image.height)))

    def fill(
        self,
        mask: Mask,
        top: str,
        bottom: str | None = None,
        *,
        within: Mask | None = None,
        blur: float = 0,
        strength: float = 1,
    ) -> Mask:
        """Colour a shape, from ``top`` to ``bottom``.

        Parameters
        ----------
        mask : Image
            The shape.
        top, bottom : str
            Colours at its upper and lower end.
        within : Image, optional
            Another shape; nothing outside it is coloured.
        blur : float
            Softness of the edge in units.
        strength : float
            1 covers what lies below, 0 leaves it.
        """
        box = mask.getbbox()
        if box is None:
            return mask
        cover = mask.filter(ImageFilter.GaussianBlur(blur * self.unit)) if blur else mask
        if within is not None:
            cover = Image.composite(cover, Image.new("L", cover.size, 0), within)
        if strength < 1:
            cover = cover.point(lambda value: round(value * strength))
        self._image.paste(self._ramp(top, bottom or top, (box[1], box[3])), mask=cover)
        self._drawn.paste(255, mask=cover)
        return mask

    def _ramp(self, top: str, bottom: str, rows: tuple[int, int]) -> Image.Image:
        share = np.clip((np.arange(self._image.height) - rows[0]) / max(rows[1] - rows[0], 1), 0, 1)
        column = rgb(top) + share[:, None, None] * (rgb(bottom) - rgb(top))
        strip = Image.fromarray(column.round().astype(np.uint8))
        return strip.resize(self._image.size, Image.Resampling.NEAREST)

    def blob(self, points: Outline, top: str, bottom: str | None = None, **options: object) -> Mask:
        """Colour the smooth closed curve through ``points``; options as for `fill`."""
        return self.fill(self.mask(points), top, bottom, **options)

    def polygon(self, points: Outline, top: str, bottom: str | None = None, **options: object) -> Mask:
        """Colour a polygon with straight sides; options as for `fill`."""
        return self.fill(self.mask(points, soft=False), top, bottom, **options)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, top: str, bottom: str | None = None, **options: object
    ) -> Mask:
        """Colour an ellipse with centre (x, y) and half axes rx and ry; options as for `fill`."""
        angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
        rim = list(zip(x + rx * np.cos(angle), y + ry * np.sin(angle), strict=True))
        return self.polygon(rim, top, bottom, **options)

    def line(self, points: Outline, colour: str, width: float, **options: object) -> Mask:
        """Draw a round line through ``points``, ``width`` units thick; options as for `fill`."""
        mask = Image.new("L", self._image.size, 0)
        pen, pixels, thick = ImageDraw.Draw(mask), self._pixels(_curve(points)), width * self.unit
        pen.line(pixels, fill=255, width=max(1, round(thick)), joint="curve")
        for x, y in (pixels[0], pixels[-1]):
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        return self.fill(mask, colour, **options)

    def forget(self) -> None:
        """Regard all that is painted so far as background, which `cut_out` leaves away."""
        self._drawn.paste(0, (0, 0, *self._drawn.size))

    def picture(self) -> Image.Image:
        """Return the picture in its final size."""
        return self._image.resize(self.size, Image.Resampling.BOX)

    def cut_out(self) -> Image.Image:
        """Return the picture with a transparent background, black for programs that know no transparency."""
        cover = self._drawn.resize(self.size, Image.Resampling.BOX)
        shown = cover.point(lambda value: 255 * (value > 0))
        result = Image.composite(self.picture(), Image.new("RGB", self.size), shown).convert("RGBA")
        result.putalpha(cover)
        return result


def _curve(points: Sequence[Point]) -> list[Point]:
    """Return an open smooth curve through ``points``."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    # A closed curve of five corners a side goes once around; we keep the stretch between the true ends.
    return [*smooth(ends)[5 : 5 * len(points)], points[-1]]
