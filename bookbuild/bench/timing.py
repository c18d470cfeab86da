"""What every benchmark needs: to time, to take turns, to be alone, and to say which machine it was.

`torch.utils.benchmark` times one statement by its mean over many runs in a row. Ours compare several ways
that take turns, by the fastest run or by the median, and most of them are no statement: an epoch, a training.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from time import perf_counter
from typing import Any, TypeVar

import torch

from bookbuild.execute import execution

Way = TypeVar("Way", bound=Hashable)
Result = TypeVar("Result")


def fastest(run: Callable[[], Any], count: int, warm_up: int = 0) -> float:
    """Return the least of ``count`` durations in seconds; the runs to warm up come first and do not count.

    Whatever else a machine does only adds to a duration.
    """
    durations = []
    for _ in range(warm_up + count):
        begun = perf_counter()
        run()
        durations.append(perf_counter() - begun)
    return min(durations[warm_up:])


def in_rounds(
    ways: Iterable[Way], measure: Callable[[Way], Result], rounds: int, warm_up: int = 0
) -> dict[Way, list[Result]]:
    """Measure every way once a round, so that a slow moment of the machine meets them all.

    Returns
    -------
    dict
        Way -> its results, one a round, without those of the rounds to warm up.
    """
    found: dict[Way, list[Result]] = {way: [] for way in ways}
    for _ in range(warm_up + rounds):
        for way, results in found.items():
            results.append(measure(way))
    return {way: results[warm_up:] for way, results in found.items()}


def in_own_process(function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function of a module in a fresh process, so that its memory and seconds are its own.

    It runs on all cores, or on as many as OMP_NUM_THREADS says. What it raises comes out here.
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, fresh, initializer=_use_all_cores) as process:
        return process.submit(function, *arguments).result()


def _use_all_cores() -> None:
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(os.cpu_count())


def peak_memory() -> int:
    """Return the most memory that this process has held so far, in MiB.

    Raises
    ------
    RuntimeError
        The system does not say.
    """
    found = execution.peak_memory(os.getpid())
    if found is None:
        raise RuntimeError("peak memory was to be measured: that needs a system with /proc, such as Linux")
    return found


def machine(*packages: str, device: str = "") -> str:
    """Return where numbers come from: the device (all cores if none is named), the system, versions."""
    versions = ", ".join(f"{name} {version(name).split('+')[0]}" for name in packages)
    device = device or f"{os.cpu_count()} CPU cores"
    return f"{device}, {platform.system()}, Python {platform.python_version()}, {versions}"
