"""JacobianLab: a map of the plane, its Jacobian at a point, and the two ways to multiply by it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import traitlets

from helpers import jacobians
from helpers.figures.base import Figure

#: Longest component of the two vectors, and the sizes of the patch, in units of both planes.
LONGEST = 0.8
PATCH = (0.05, 0.6)


class JacobianLab(Figure):
    """Input and output plane of a map, drawn to one scale, with the Jacobian at a point to drag.

    A vector in the input plane is pushed forward to ``J v`` in the output plane; a vector in the output
    plane is pulled back to ``vᵀJ`` in the input plane. The bent grid, the square patch beside its tangent
    one, and the unit circle's image show what the Jacobian says about the map. The browser computes all
    of it anew at every change, from the constants in :data:`helpers.jacobians.MAPS`.

    Parameters
    ----------
    map : str
        One of :data:`helpers.jacobians.MAPS`.
    point : two floats, optional
        Where the Jacobian is taken, inside the map's ``ranges``; a place that shows the map well if left out.
    v_in, v_out : two floats each
        The vector in the input plane and the one in the output plane, components from -0.8 to 0.8.
    patch : float
        Half the width of the square patch, from 0.05 to 0.6.
    caption : str
        What to try.

    Raises
    ------
    TypeError
        A coordinate or ``patch`` is not a number.
    ValueError
        ``map`` is unknown, or a coordinate or ``patch`` lies outside its range.
    """

    maps = traitlets.List().tag(sync=True)
    map = traitlets.Unicode().tag(sync=True)
    point = traitlets.List(traitlets.Float()).tag(sync=True)
    v_in = traitlets.List(traitlets.Float()).tag(sync=True)
    v_out = traitlets.List(traitlets.Float()).tag(sync=True)
    patch = traitlets.Float().tag(sync=True)
    shown = ("map", "point")

    def __init__(
        self,
        *,
        map: str = "swirl",
        point: Sequence[float] = (0.7, 0.4),
        v_in: Sequence[float] = (0.7, -0.3),
        v_out: Sequence[float] = (0.2, 0.75),
        patch: float = 0.3,
        caption: str = "",
    ) -> None:
        if map not in jacobians.MAPS:
            raise ValueError(f"map must be one of {', '.join(jacobians.MAPS)}, got {map!r}")
        point = _pair("point", point, jacobians.MAPS[map].ranges)
        reach = [(-LONGEST, LONGEST)] * 2
        super().__init__(
            maps=[_plain(name, plane_map) for name, plane_map in jacobians.MAPS.items()],
            map=map,
            point=point,
            patch=_number("patch", patch, PATCH),
            v_in=_pair("v_in", v_in, reach),
            v_out=_pair("v_out", v_out, reach),
            caption=caption,
        )


def _plain(name: str, plane_map: jacobians.PlaneMap) -> dict[str, Any]:
    kept = ("title", "formula", "numbers", "inputs", "outputs", "ranges", "grid")
    return {"name": name} | {key: getattr(plane_map, key) for key in kept}


def _number(name: str, value: Any, limits: Sequence[float]) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not math.isfinite(value) or not limits[0] <= value <= limits[1]:
        raise ValueError(f"{name} must lie in {limits[0]:g} ... {limits[1]:g}, got {value}")
    return float(value)


def _pair(name: str, values: Sequence[float], limits: Sequence[Sequence[float]]) -> list[float]:
    if isinstance(values, str) or len(values) != 2:
        raise ValueError(f"{name} must be two numbers, got {values!r}")
    return [_number(f"{name}[{i}]", value, limits[i]) for i, value in enumerate(values)]
