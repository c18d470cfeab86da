"""OptimizerRace: torch's optimizers from one start, on a ravine, at a saddle, among bumps."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import traitlets

from helpers import landscapes
from helpers.figures.base import Figure


class OptimizerRace(Figure):
    """SGD, momentum, RMSprop, Adam and AdamW walk down one landscape, each with its tuned learning rate.

    The browser computes all paths anew whenever the start, the landscape or a learning rate changes, as
    :func:`helpers.landscapes.run` does with torch's optimizers; learning rates are chosen as
    :func:`helpers.landscapes.tuned_lr` chooses them, for the start that is shown when it opens and again
    when the reader asks for it.

    Parameters
    ----------
    landscape : {"ravine", "saddle", "bumps"}
        Where the race opens; the reader can travel to the others.
    start : (x, y), optional
        Common start, within -2.2 ... 2.2 and -1.7 ... 1.7; the landscape's own when omitted.
    learning_rates : mapping of optimizer names to floats, optional
        Rates within 0.001 ... 1 that are given rather than tuned.
    num_steps : int
        Steps of each run, 10 ... 300.
    caption : str
        What to try.

    Raises
    ------
    ValueError
        When an argument is not as described; the message names it.
    """

    landscape = traitlets.Unicode().tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    learning_rates = traitlets.Dict().tag(sync=True)
    num_steps = traitlets.Int().tag(sync=True)
    shown = ("landscape",)

    def __init__(
        self,
        *,
        landscape: str = "ravine",
        start: Sequence[float] | None = None,
        learning_rates: Mapping[str, float] | None = None,
        num_steps: int = 100,
        caption: str = "",
    ) -> None:
        landscapes.check_names(landscape)
        if num_steps != int(num_steps) or not 10 <= num_steps <= 300:
            raise ValueError(f"num_steps must be a whole number in 10 ... 300, got {num_steps}")
        super().__init__(
            landscape=landscape,
            start=_start(landscapes.LANDSCAPES[landscape].start if start is None else start),
            learning_rates=_rates(learning_rates or {}),
            num_steps=int(num_steps),
            caption=caption,
        )


def _start(start: Sequence[float]) -> list[float]:
    if len(start) != 2 or not (abs(start[0]) <= 2.2 and abs(start[1]) <= 1.7):
        raise ValueError(f"start must be (x, y) within -2.2 ... 2.2 and -1.7 ... 1.7, got {start}")
    return [float(value) for value in start]


def _rates(rates: Mapping[str, float]) -> dict[str, float]:
    low, high = min(landscapes.LEARNING_RATES), max(landscapes.LEARNING_RATES)
    for name, lr in rates.items():
        if name not in landscapes.OPTIMIZERS:
            raise ValueError(f"learning_rates must name {sorted(landscapes.OPTIMIZERS)}, got {name!r}")
        if not (math.isfinite(lr) and low <= lr <= high):
            raise ValueError(f"learning_rates must lie in {low:g} ... {high:g}, got {lr} for {name}")
    return {name: float(lr) for name, lr in rates.items()}
