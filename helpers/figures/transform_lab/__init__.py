"""TransformLab: the same transforms in another order give another picture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import traitlets
from PIL import Image

from helpers.figures.base import Figure
from helpers.figures.encode import web_address
from helpers.figures.parameters import Number, Parameter

DEFAULT_PICTURE = "bird_1.jpg"

NAMES = ("rotate", "crop", "flip")
#: Orders with a result to look at: all three transforms, or the first two.
ORDERS = (*itertools.permutations(NAMES[:2]), *itertools.permutations(NAMES))


def _angles(angles: Sequence[float], lab: TransformLab) -> list[float]:
    increasing = list(angles) == sorted(set(angles))
    if not (2 <= len(angles) <= 6 and increasing and 0 < angles[0] <= angles[-1] <= 180):
        raise ValueError(f"angles must be two to six increasing numbers in (0, 180], got {list(angles)}")
    return [float(degrees) for degrees in angles]


def _order(order: Sequence[str], lab: TransformLab) -> list[str]:
    if tuple(order) not in ORDERS:
        raise ValueError(f"order must be rotate and crop, with or without flip, got {list(order)}")
    return list(order)


def _one_of_the_angles(angle: float, lab: TransformLab) -> float:
    if angle not in lab.angles:
        raise ValueError(f"angle must be one of {lab.angles}, got {angle}")
    return angle


class TransformLab(Figure):
    """A picture, and chips to reorder: rotate, crop and, if wanted, flip.

    All results are torchvision's, made when the figure is made (about 1 s) and carried as two sheets of
    pictures; the browser looks them up and computes none. A divider to drag lies between the chosen order
    and its reverse, or the picture as it was.
    """

    picture = Parameter(
        lambda lab: _robin(),
        "a path or a PIL image",
        lambda given, lab: given if isinstance(given, Image.Image) else Image.open(given),
        saved=False,
        help="Its middle square is used; the book's robin when omitted.",
    )
    angles = Parameter(
        (15, 30, 45, 60, 90),
        "two to six increasing numbers in (0, 180]",
        _angles,
        help="Degrees that the rotation can take, counter-clockwise.",
    )
    order = Parameter(
        ("crop", "rotate"),
        "'rotate' and 'crop', with or without 'flip'",
        _order,
        help="Where it opens.",
    )
    angle = Number(30, check=_one_of_the_angles, help="One of ``angles``.")
    sizes = traitlets.Dict().tag(sync=True)
    orders = traitlets.List(traitlets.Unicode()).tag(sync=True)
    prefixes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    differences = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    results = traitlets.Unicode().tag(sync=True)
    steps = traitlets.Unicode().tag(sync=True)
    original = traitlets.Unicode().tag(sync=True)
    shown = ("order", "angle")

    def derive(self) -> None:
        """Let torchvision make all results."""
        # torchvision takes seconds to import, and every chapter imports the figures.
        from helpers.figures.transform_lab import pictures as made

        image = made.square(self.picture)
        self.sizes = {"side": made.SIDE, "crop": made.CROP, "small": made.SMALL}
        self.orders = [",".join(names) for names in ORDERS]
        self.prefixes = [",".join(names) for names in made.PREFIXES]
        self.differences = [
            [round(made.share_that_differs(image, names, degrees), 4) for degrees in self.angles]
            for names in ORDERS
        ]
        self.results = web_address(made.results_sheet(image, self.angles), "WEBP", quality=70, method=6)
        self.steps = web_address(made.steps_sheet(image, self.angles), "WEBP", quality=60, method=6)
        original = made.functional.to_pil_image(image)
        self.original = web_address(original, "WEBP", quality=70, method=6)


def _robin() -> Image.Image:
    from helpers.pictures import folder

    return Image.open(folder() / DEFAULT_PICTURE)
