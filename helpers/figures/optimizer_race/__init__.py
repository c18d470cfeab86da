"""OptimizerRace: torch's optimizers from one start, on a ravine, at a saddle, among bumps."""

from __future__ import annotations

import math
from collections.abc import Mapping

from helpers import landscapes
from helpers.figures.base import Figure
from helpers.figures.parameters import Choice, Number, Numbers, Parameter, Whole


def _rates(rates: Mapping[str, float], race: OptimizerRace) -> dict[str, float]:
    low, high = min(landscapes.LEARNING_RATES), max(landscapes.LEARNING_RATES)
    for name, lr in rates.items():
        if name not in landscapes.OPTIMIZERS:
            raise ValueError(f"learning_rates must name {sorted(landscapes.OPTIMIZERS)}, got {name!r}")
        if not (math.isfinite(lr) and low <= lr <= high):
            raise ValueError(f"learning_rates must lie in {low:g} ... {high:g}, got {lr} for {name}")
    return {name: float(lr) for name, lr in rates.items()}


class OptimizerRace(Figure):
    """SGD, momentum, RMSprop, Adam and AdamW walk down one landscape, each with its tuned learning rate.

    The browser computes all paths anew whenever the start, the landscape or a learning rate changes, as
    :func:`helpers.landscapes.run` does with torch's optimizers; learning rates are chosen as
    :func:`helpers.landscapes.tuned_lr` chooses them, for the start that is shown when it opens and again
    when the reader asks for it.
    """

    landscape = Choice(
        "ravine",
        landscapes.LANDSCAPES,
        help="Where the race opens; the reader can travel to the others.",
    )
    start = Numbers(
        lambda race: landscapes.LANDSCAPES[race.landscape].start,
        names="x, y",
        each=[Number(low=-2.2, high=2.2), Number(low=-1.7, high=1.7)],
        help="Common start, within -2.2 ... 2.2 and -1.7 ... 1.7; the landscape's own when omitted.",
    )
    learning_rates = Parameter(
        lambda race: {},
        "mapping of optimizer names to floats",
        _rates,
        help="Rates within 0.001 ... 1 that are given rather than tuned.",
    )
    num_steps = Whole(100, low=10, high=300, help="Steps of each run.")
    shown = ("landscape",)
