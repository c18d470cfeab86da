"""JacobianPasses: how many passes a Jacobian takes in forward and in reverse mode, and what they take."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import traitlets
import yaml

from helpers.figures.base import Figure
from helpers.figures.parameters import Choice

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


_SIZES = tuple(sorted({line[0] for line in recorded_times()["times"]}))


class JacobianPasses(Figure):
    """The Jacobian as columns (a forward pass each) and rows (a reverse pass each), beside measured times."""

    n = Choice(1024, _SIZES, help="Inputs.")
    m = Choice(1, _SIZES, help="Outputs.")
    sizes = traitlets.List(list(_SIZES)).tag(sync=True)
    times = traitlets.List().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    shown = ("n", "m")

    def derive(self) -> None:
        """Add the recorded times, and say where they come from."""
        record = recorded_times()
        self.times = record["times"]
        self.source = (
            f"n inputs, {record['hidden']} tanh units, m outputs. {record['machine']}; "
            f"each number is the fastest of {record['runs']} runs."
        )
