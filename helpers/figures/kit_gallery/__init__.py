"""KitGallery: the parts of the drawing kit, alive, for those who write figures."""

from __future__ import annotations

import traitlets

from helpers.figures.base import Figure
from helpers.figures.parameters import Choice
from helpers.palette import ROLES

PARTS = ("controls", "player", "panel", "cells", "tensors", "colours")


class KitGallery(Figure):
    """One part of the kit; appendix/kit.md shows all of them, each with the lines that make it."""

    part = Choice("controls", PARTS, help="Which part is shown.")
    roles = traitlets.List(list(ROLES)).tag(sync=True)
    shown = ("part",)
