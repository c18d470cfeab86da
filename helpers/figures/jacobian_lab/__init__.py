"""JacobianLab: a map of the plane, its Jacobian at a point, and the two ways to multiply by it."""

from __future__ import annotations

from typing import Any

import traitlets

from helpers import jacobians
from helpers.figures.base import Figure
from helpers.figures.parameters import Bound, Choice, Number, Numbers

#: Longest component of the two vectors, and the sizes of the patch, in units of both planes.
LONGEST = 0.8
PATCH = (0.05, 0.6)


_COMPONENT = Number(low=-LONGEST, high=LONGEST)


def _within_range(axis: int) -> Number:
    low, high = (lambda lab, end=end: jacobians.MAPS[lab.map].ranges[axis][end] for end in (0, 1))
    return Number(low=Bound("where the map begins", low), high=Bound("where it ends", high))


def _plain(name: str, plane_map: jacobians.PlaneMap) -> dict[str, Any]:
    kept = ("title", "formula", "numbers", "inputs", "outputs", "ranges", "grid")
    return {"name": name} | {key: getattr(plane_map, key) for key in kept}


class JacobianLab(Figure):
    """Input and output plane of a map, drawn to one scale, with the Jacobian at a point to drag.

    A vector in the input plane is pushed forward to ``J v`` in the output plane; a vector in the output
    plane is pulled back to ``vᵀJ`` in the input plane. The bent grid, the square patch beside its tangent
    one, and the unit circle's image show what the Jacobian says about the map. The browser computes all
    of it anew at every change, from the constants in :data:`helpers.jacobians.MAPS`.
    """

    map = Choice("swirl", jacobians.MAPS, help="A key of :data:`helpers.jacobians.MAPS`.")
    point = Numbers(
        (0.7, 0.4),
        names="x, y",
        each=[_within_range(axis) for axis in range(2)],
        help="Where the Jacobian is taken, inside the map's ``ranges``.",
    )
    v_in = Numbers((0.7, -0.3), names="x, y", each=_COMPONENT, help="The vector in the input plane.")
    v_out = Numbers((0.2, 0.75), names="u, v", each=_COMPONENT, help="The one in the output plane.")
    patch = Number(0.3, low=PATCH[0], high=PATCH[1], help="Half the width of the square patch.")
    maps = traitlets.List([_plain(*named) for named in jacobians.MAPS.items()]).tag(sync=True)
    shown = ("map", "point")
