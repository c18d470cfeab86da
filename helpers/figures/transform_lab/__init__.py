"""TransformLab: the same transforms in another order give another picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import traitlets
from PIL import Image

from helpers.figures.base import Figure

DEFAULT_PICTURE = "bird_1.jpg"


class TransformLab(Figure):
    """A picture, and chips to reorder: rotate, crop and, if wanted, flip.

    All results are torchvision's, made when the figure is made (about 1 s) and carried as two sheets of
    pictures; the browser looks them up and computes none. A divider to drag lies between the chosen order
    and its reverse, or the picture as it was.

    Parameters
    ----------
    picture : path or PIL image, optional
        Its middle square is used; the book's robin when omitted.
    angles : sequence of 2 ... 6 numbers in (0, 180]
        Degrees that the rotation can take, increasing, counter-clockwise.
    order : names out of "rotate", "crop", "flip"
        Where it opens; "rotate" and "crop" must be in it.
    angle : number
        One of ``angles``.
    caption : str
        What to try.

    Raises
    ------
    ValueError
        When an argument is not as described; the message names it.
    """

    order = traitlets.List(traitlets.Unicode()).tag(sync=True)
    angle = traitlets.Float().tag(sync=True)
    angles = traitlets.List(traitlets.Float()).tag(sync=True)
    sizes = traitlets.Dict().tag(sync=True)
    orders = traitlets.List(traitlets.Unicode()).tag(sync=True)
    prefixes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    differences = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    results = traitlets.Unicode().tag(sync=True)
    steps = traitlets.Unicode().tag(sync=True)
    original = traitlets.Unicode().tag(sync=True)
    shown = ("order", "angle")

    def __init__(
        self,
        *,
        picture: Path | str | Image.Image | None = None,
        angles: Sequence[float] = (15, 30, 45, 60, 90),
        order: Sequence[str] = ("crop", "rotate"),
        angle: float = 30,
        caption: str = "",
    ) -> None:
        # torchvision takes seconds to import, and every chapter imports the figures.
        from helpers.figures.transform_lab import pictures as made

        _check(angles, order, angle, made.ORDERS)
        image = made.square(_opened(picture))
        super().__init__(
            order=list(order),
            angle=float(angle),
            angles=[float(degrees) for degrees in angles],
            sizes={"side": made.SIDE, "crop": made.CROP, "small": made.SMALL},
            orders=[",".join(names) for names in made.ORDERS],
            prefixes=[",".join(names) for names in made.PREFIXES],
            differences=[
                [round(made.share_that_differs(image, names, degrees), 4) for degrees in angles]
                for names in made.ORDERS
            ],
            results=made.web_address(made.results_sheet(image, angles), quality=70),
            steps=made.web_address(made.steps_sheet(image, angles), quality=60),
            original=made.web_address(made.functional.to_pil_image(image), quality=70),
            caption=caption,
        )


def _opened(picture: Path | str | Image.Image | None) -> Image.Image:
    if isinstance(picture, Image.Image):
        return picture
    if picture is not None:
        return Image.open(picture)
    from helpers import pictures

    return Image.open(pictures.folder() / DEFAULT_PICTURE)


def _check(
    angles: Sequence[float], order: Sequence[str], angle: float, orders: Sequence[tuple[str, ...]]
) -> None:
    increasing = list(angles) == sorted(set(angles))
    if not (2 <= len(angles) <= 6 and increasing and 0 < angles[0] <= angles[-1] <= 180):
        raise ValueError(f"angles must be two to six increasing numbers in (0, 180], got {list(angles)}")
    if tuple(order) not in orders:
        raise ValueError(f"order must be rotate and crop, with or without flip, got {list(order)}")
    if angle not in angles:
        raise ValueError(f"angle must be one of {list(angles)}, got {angle}")
