"""JacobianPasses: how many passes a Jacobian takes in forward and in reverse mode, and what they take."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import traitlets
import yaml

from helpers.figures.base import Figure

_RECORD = Path(__file__).with_name("times.yaml")


@cache
def recorded_times() -> dict[str, Any]:
    """Return the recorded times of jacfwd and jacrev.

    Returns
    -------
    dict
        ``machine``, ``hidden``, ``runs``, and ``times``: [n, m, milliseconds of ``jacfwd``, milliseconds of
        ``jacrev``] for n inputs and m outputs. Written by ``python -m bookbuild.bench jacobians --write``.
    """
    return yaml.safe_load(_RECORD.read_text("utf-8"))


class JacobianPasses(Figure):
    """The Jacobian as columns (a forward pass each) and rows (a reverse pass each), beside measured times.

    Parameters
    ----------
    n, m : int
        Inputs and outputs, each one of the recorded sizes.
    caption : str
        What to try.

    Raises
    ------
    ValueError
        ``n`` or ``m`` is not one of the recorded sizes.
    """

    n = traitlets.Int().tag(sync=True)
    m = traitlets.Int().tag(sync=True)
    sizes = traitlets.List(traitlets.Int()).tag(sync=True)
    times = traitlets.List().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    shown = ("n", "m")

    def __init__(self, *, n: int = 1024, m: int = 1, caption: str = "") -> None:
        record = recorded_times()
        sizes = sorted({line[0] for line in record["times"]})
        for name, value in (("n", n), ("m", m)):
            if value not in sizes:
                raise ValueError(f"{name} must be one of {', '.join(map(str, sizes))}, got {value!r}")
        source = (
            f"n inputs, {record['hidden']} tanh units, m outputs. {record['machine']}; "
            f"each number is the fastest of {record['runs']} runs."
        )
        super().__init__(n=n, m=m, sizes=sizes, times=record["times"], source=source, caption=caption)
