"""How long training takes to reach an accuracy: the recipes of many introductions against the book's.

Every contender trains in a process of its own. The clock stands still while the test pictures are asked. At
the end comes the rate at which this machine multiplies matrices, and how close training comes to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from time import perf_counter
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from bookbuild.bench import timing
from bookbuild.results.rows import dense, pictures
from helpers import recipes
from helpers.convnets import residual_net
from helpers.recipes import Recipe

#: Times that each contender is asked on its way, at most.
QUESTIONS = 40


@dataclass(frozen=True)
class Race:
    """Two ways to the same accuracy on the same pictures.

    Attributes
    ----------
    data_set : str
        FashionMNIST or CIFAR10.
    target : float
        Accuracy on the test pictures at which the clock stops.
    usual, ours : (str, Recipe)
        Name and recipe of the usual way, and of the book's.
    """

    data_set: str
    target: float
    usual: tuple[str, Recipe]
    ours: tuple[str, Recipe]


SMALL = Recipe(
    partial(dense, (128, 64, 32)),
    num_epochs=10,
    batch_size=128,
    optimizer=partial(torch.optim.SGD, lr=0.1),
    **recipes.PLAINLY,
)

#: Chapter 13's short recipe, shorter still and narrower.
QUICK = replace(recipes.RESIDUAL_SHORT, network=partial(residual_net, 8), num_epochs=1, small_epochs=1)

RACES = (
    Race(
        "CIFAR10",
        0.54,
        ("tutorial's network, batches of 4", recipes.TUTORIAL),
        ("residual net of width 8, one epoch", QUICK),
    ),
    Race(
        "FashionMNIST",
        0.85,
        ("dense network, SGD with lr 0.1", SMALL),
        (
            "dense network, AdamW, one cycle",
            replace(SMALL, num_epochs=2, optimizer=partial(recipes.adamw, lr=4e-3), one_cycle=True),
        ),
    ),
)


class Reached(Exception):  # noqa: N818 - nothing went wrong
    """The accuracy is there: training ends."""


class Stopwatch:
    """Runs while a network trains and stands still while it is asked; to be given as ``on_batch``."""

    def __init__(self, ask: Callable[[], float], target: float, every: int) -> None:
        self.ask, self.target, self.every = ask, target, every
        self.seconds, self.best, self.started = 0.0, 0.0, perf_counter()

    def __call__(self, *, epoch: int, batch: int, num_batches: int) -> None:
        """Ask, if it is time to, and end the training if the target is reached."""
        if ((epoch - 1) * num_batches + batch) % self.every:
            return
        self.seconds += perf_counter() - self.started
        self.best = max(self.best, self.ask())
        if self.best >= self.target:
            raise Reached
        self.started = perf_counter()


def seconds_to(target: float, recipe: Recipe, train: tuple, test: tuple, *, seed: int = 0) -> dict[str, Any]:
    """Train until ``target`` is reached on ``test``; return seconds (None if never), best accuracy, MiB."""
    torch.manual_seed(seed)
    model = recipes.prepare(recipe, train[0])

    def ask() -> float:
        score = recipes.accuracy(model, *test)
        model.train()
        return score

    steps = len(train[0]) // recipe.batch_size * recipe.num_epochs
    watch = Stopwatch(ask, target, max(1, steps // QUESTIONS))
    try:
        recipes.fit(recipe, model, *train, seed=seed, on_batch=watch)
        seconds = None
    except Reached:
        seconds = watch.seconds
    return {"seconds": seconds, "best": watch.best, "memory": timing.peak_memory()}


def contend(number: int, which: str) -> dict[str, Any]:
    """Run one side of the race of that number."""
    race = RACES[number]
    _, recipe = getattr(race, which)
    return seconds_to(race.target, recipe, *pictures(race.data_set))


def report(race: Race, found: dict[str, dict[str, Any]]) -> str:
    """Return both sides of a race, and their ratio, as lines."""
    lines = [f"{race.data_set} to {race.target:.0%} of the test pictures"]
    for which, (name, _) in (("usual", race.usual), ("ours", race.ours)):
        one = found[which]
        reached = f"{one['seconds']:6.1f} s" if one["seconds"] else f"not reached ({one['best']:.1%})"
        lines.append(f"  {name:40}{reached}{one['memory']:8,} MiB")
    seconds = [found[which]["seconds"] for which in ("usual", "ours")]
    if all(seconds):
        lines.append(f"  {'ratio of the seconds':40}{seconds[0] / seconds[1]:6.1f}")
    return "\n".join(lines)


def multiply_rate(dtype: torch.dtype, size: int = 2048, rounds: int = 7) -> float:
    """Return the highest rate of several matrix products, in operations a second."""
    a, b = torch.randn(size, size, dtype=dtype), torch.randn(size, size, dtype=dtype)
    return 2 * size**3 / timing.fastest(lambda: a @ b, rounds)


def training_rate(recipe: Recipe, train: tuple, steps: int = 12) -> float:
    """Return the rate at which a recipe trains on whole pictures, in operations a second."""
    X, y = (part[: recipe.batch_size * steps] for part in train)
    whole = replace(recipe, num_epochs=1, small_epochs=0, one_cycle=False)
    model, times = recipes.prepare(whole, X), []
    recipes.fit(whole, model, X, y, on_batch=lambda **_: times.append(perf_counter()))
    with FlopCounterMode(display=False) as counter:
        recipes.fit(whole, model, X[: recipe.batch_size], y[: recipe.batch_size])
    fastest = min(after - before for before, after in pairwise(times))
    return counter.get_total_flops() / fastest


def rates() -> str:
    """Return how fast this machine multiplies, and how close the residual net's training comes to it."""
    torch.set_num_threads(os.cpu_count())
    products = {name: multiply_rate(getattr(torch, name)) / 1e9 for name in ("float32", "bfloat16")}
    reached = training_rate(recipes.RESIDUAL, pictures("CIFAR10")[0]) / 1e9
    lines = [f"{f'matrix products, {name}':42}{rate:6.0f} GFLOP/s" for name, rate in products.items()]
    share = reached / products["bfloat16"]
    lines.append(
        f"{'training the residual net of width 32':42}{reached:6.0f} GFLOP/s, {share:.0%} of bfloat16"
    )
    return "\n".join(lines)


def run() -> None:
    """Print all races and rates."""
    for number, race in enumerate(RACES):
        found = {which: timing.in_own_process(contend, number, which) for which in ("usual", "ours")}
        print(report(race, found), flush=True)
    print(rates())
