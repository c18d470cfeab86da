"""Which pictures there are: the name, the size and the colours of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from . import animals, grounds
from .canvas import Canvas


@dataclass(frozen=True)
class Recipe:
    """How one picture is painted.

    Attributes
    ----------
    file : str
        File name; what stands before the underscore is the label.
    size : (int, int)
        Width and height in pixels.
    ground : callable
        Paints the background.
    colours : tuple of str
        The background's.
    animal : dict
        What the function that paints the animal is given.
    mode : {"RGB", "L", "RGBA"}
        Colour, grey, or colour on a transparent background.
    """

    file: str
    size: tuple[int, int]
    ground: Callable[..., None]
    colours: tuple[str, ...]
    animal: dict = field(default_factory=dict)
    mode: str = "RGB"

    @property
    def label(self) -> str:
        """What the picture shows."""
        return self.file.split("_")[0]

    def paint(self, seed: int) -> Image.Image:
        """Paint the picture."""
        canvas = Canvas(self.size, np.random.default_rng(seed))
        self.ground(canvas, *self.colours)
        canvas.forget()
        getattr(animals, self.label)(canvas, **self.animal)
        return canvas.cut_out() if self.mode == "RGBA" else canvas.picture().convert(self.mode)


def _recipe(
    file: str, size: tuple[int, int], ground: Callable[..., None], colours: tuple[str, ...], *,
    mode: str = "RGB", **animal: object,
) -> Recipe:  # fmt: skip
    return Recipe(file, size, ground, colours, animal, mode)


RECIPES = (
    _recipe("bird_1.jpg", (320, 240), grounds.sky, ("7fb8e6",),
            back="8a6a4a", breast="e0602a", wing="7a5a40", cap="8a6a4a", cheek="e0602a", beak="5a4630"),
    _recipe("bird_2.jpg", (240, 300), grounds.meadow, ("a8cfe8", "7ea84c"),
            back="7a9a48", breast="f2d24a", wing="4a78b0", cap="3a78c0", cheek="f8f4ea", beak="3a3a40",
            mirror=True),
    _recipe("bird_3.png", (168, 168), grounds.sky, ("f0b890",),
            back="c03038", breast="d84850", wing="8a2430", cap="c83a40", cheek="3a2224", beak="e88030"),
    _recipe("bird_4.jpg", (360, 220), grounds.meadow, ("c8dcec", "8a9a5a"),
            back="6a7078", breast="e8e4dc", wing="3a4048", cap="22262c", cheek="f4f2ee", beak="2a2a2e",
            x=-0.3),
    _recipe("cat_1.jpg", (328, 368), grounds.room, ("7fa0a8", "8a5c3c"),
            fur="d8924a", iris="8ab84a", tabby="a85f28"),
    _recipe("cat_2.jpg", (300, 200), grounds.room, ("b07a68", "5c4038"),
            fur="5a6068", iris="e0a838", muzzle="c8ccd0", x=0.35, y=0.12),
    _recipe("cat_3.jpg", (240, 240), grounds.room, ("88a070", "6a5040"),
            fur="e8dcc8", iris="5aa0d8", mask="6a4c3c", y=0.08),
    _recipe("cat_4.png", (160, 200), grounds.room, ("c8a860", "7a5238"),
            fur="34343a", iris="c8d050", muzzle="f4f2ee", y=0.05),
    _recipe("dog_1.jpg", (360, 300), grounds.meadow, ("8cc0ec", "6aa048"),
            fur="d8a860", ear="b07a38", collar="3a6ac0"),
    _recipe("dog_2.jpg", (220, 320), grounds.room, ("8090b0", "6a4a38"),
            fur="f0ebe2", ear="6a4430", patch="6a4430"),
    _recipe("dog_3.jpg", (300, 260), grounds.meadow, ("d0dce4", "a0a878"),
            fur="70747c", ear="50545c", iris="6ab0e0", pricked=True, muzzle="f6f6f4", y=0.08, r=0.58),
    _recipe("dog_4.jpg", (260, 200), grounds.room, ("a09080", "504840"),
            fur="7a5a40", ear="4a3424", muzzle="d8c0a0", tongue=False, mode="L"),
    _recipe("fish_1.jpg", (340, 230), grounds.sea, ("2a86b8", "d8c492"),
            body="f07a24", belly="f8a860", fin="e86818", bands="ffffff"),
    _recipe("fish_2.jpg", (280, 280), grounds.sea, ("1f9a9a", "c8b888"),
            body="4a6ad0", belly="a8c0f0", fin="f0c030", mirror=True),
    _recipe("fish_3.png", (256, 192), grounds.sea, ("2a86b8", "d8c492"),
            body="f0b428", belly="fce8a0", fin="f08a20", bubbles=False, mode="RGBA"),
    _recipe("fish_4.jpg", (400, 240), grounds.sea, ("3a5a9a", "a89878"),
            body="c8485a", belly="f0a8a0", fin="8a2c58", x=0.3),
)  # fmt: skip
