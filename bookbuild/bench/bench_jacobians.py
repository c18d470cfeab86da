"""How long ``torch.func.jacfwd`` and ``jacrev`` take for n inputs and m outputs.

    python -m bookbuild.bench.bench_jacobians            measure and print
    python -m bookbuild.bench.bench_jacobians --write    and record the numbers for the figure

The function is a network with one layer of tanh units between inputs and outputs. A number is the
fastest of many runs, taken in several rounds: whatever else a machine does only adds to it.
"""

from __future__ import annotations

import argparse
import itertools
import math
import platform
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import torch
import yaml
from torch import Tensor
from torch.func import jacfwd, jacrev

from bookbuild.model.notebooks import ROOT

#: The figure JacobianPasses shows what this file holds.
RECORD = ROOT / "helpers" / "figures" / "jacobian_times.yaml"
SIZES = (1, 4, 16, 64, 256, 1024)
HIDDEN = 256
ROUNDS, RUNS = 5, 15


def network(n: int, m: int) -> Callable[[Tensor], Tensor]:
    """Return a function of n inputs and m outputs, with 256 tanh units between them."""
    generator = torch.Generator().manual_seed(0)
    first = torch.randn(HIDDEN, n, generator=generator) / n**0.5
    second = torch.randn(m, HIDDEN, generator=generator) / HIDDEN**0.5
    return lambda x: second @ torch.tanh(first @ x)


def fastest(run: Callable[[], Any], count: int = RUNS) -> float:
    """Return the least of ``count`` durations in milliseconds, after two runs that do not count."""
    durations = []
    for _ in range(count + 2):
        begun = perf_counter()
        run()
        durations.append(1000 * (perf_counter() - begun))
    return min(durations[2:])


def measure(n: int, m: int, runs: int = RUNS) -> tuple[float, float]:
    """Return the milliseconds of jacfwd and of jacrev for one size."""
    f, x = network(n, m), torch.linspace(-1, 1, n)
    return tuple(fastest(lambda mode=mode: mode(f)(x), runs) for mode in (jacfwd, jacrev))


def measure_all() -> list[list[float]]:
    """Return [n, m, milliseconds of jacfwd, milliseconds of jacrev] for every size."""
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for _ in range(ROUNDS):
        for size in itertools.product(SIZES, SIZES):
            best[size] = tuple(map(min, measure(*size), best.get(size, (math.inf, math.inf))))
    return [[n, m, round(forward, 3), round(reverse, 3)] for (n, m), (forward, reverse) in best.items()]


def machine() -> str:
    """Return where the numbers come from, as the figure says it."""
    threads, torch_version = torch.get_num_threads(), torch.__version__.split("+")[0]
    return (
        f"CPU ({_processor()}), {threads} thread{'s' * (threads > 1)}, float32, torch {torch_version}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text("utf-8").splitlines() if described.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main(arguments: list[str] | None = None) -> None:
    """Print a table of times, and record it if asked to."""
    parser = argparse.ArgumentParser(
        prog="python -m bookbuild.bench.bench_jacobians", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--write", action="store_true", help=f"record the numbers in {RECORD.name}")
    chosen = parser.parse_args(arguments)
    print(machine())
    print(f"{'n':>6}{'m':>6}{'jacfwd':>12}{'jacrev':>12}   milliseconds, fastest of {ROUNDS * RUNS}")
    with warnings.catch_warnings():
        # torch's own use of torch.jit.script, on the first call of jacfwd.
        warnings.simplefilter("ignore", FutureWarning)
        times = measure_all()
    for line in times:
        print("{:6}{:6}{:12.3f}{:12.3f}".format(*line))
    if chosen.write:
        record = {"machine": machine(), "hidden": HIDDEN, "runs": ROUNDS * RUNS, "times": times}
        RECORD.write_text(yaml.safe_dump(record, sort_keys=False, default_flow_style=None), "utf-8")


if __name__ == "__main__":
    main()
