"""How long ``torch.func.jacfwd`` and ``jacrev`` take for n inputs and m outputs.

The function is a network with one layer of tanh units between inputs and outputs. A number is the
fastest of many runs, taken in several rounds: whatever else a machine does only adds to it.
"""

from __future__ import annotations

import itertools
import platform
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.func import jacfwd, jacrev

from bookbuild.bench import timing
from bookbuild.model.notebooks import ROOT

#: The figure JacobianPasses shows what this file holds.
RECORD = ROOT / "helpers" / "figures" / "jacobian_passes" / "times.yaml"
SIZES = (1, 4, 16, 64, 256, 1024)
HIDDEN = 256
ROUNDS, RUNS = 5, 15


def network(n: int, m: int) -> Callable[[Tensor], Tensor]:
    """Return a function of n inputs and m outputs, with 256 tanh units between them."""
    generator = torch.Generator().manual_seed(0)
    first = torch.randn(HIDDEN, n, generator=generator) / n**0.5
    second = torch.randn(m, HIDDEN, generator=generator) / HIDDEN**0.5
    return lambda x: second @ torch.tanh(first @ x)


def measure(n: int, m: int, runs: int = RUNS) -> tuple[float, float]:
    """Return the milliseconds of jacfwd and of jacrev for one size."""
    f, x = network(n, m), torch.linspace(-1, 1, n)
    modes = (jacfwd, jacrev)
    return tuple(1000 * timing.fastest(lambda mode=mode: mode(f)(x), runs, warm_up=2) for mode in modes)


def measure_all() -> list[list[float]]:
    """Return [n, m, milliseconds of jacfwd, milliseconds of jacrev] for every size."""
    sizes = itertools.product(SIZES, SIZES)
    times = timing.in_rounds(sizes, lambda size: measure(*size), ROUNDS)
    return [
        [*size, *(round(min(mode), 3) for mode in zip(*found, strict=True))] for size, found in times.items()
    ]


def machine() -> str:
    """Return where the numbers come from, as the figure says it."""
    threads = torch.get_num_threads()
    device = f"CPU ({_processor()}), {threads} thread{'s' * (threads > 1)}, float32"
    return timing.machine("torch", device=device)


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text("utf-8").splitlines() if described.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def run() -> dict[str, Any]:
    """Print a table of times, taken on one core; return what the figure shows."""
    torch.set_num_threads(1)
    print(machine())
    print(f"{'n':>6}{'m':>6}{'jacfwd':>12}{'jacrev':>12}   milliseconds, fastest of {ROUNDS * RUNS}")
    with warnings.catch_warnings():
        # torch's own use of torch.jit.script, on the first call of jacfwd.
        warnings.simplefilter("ignore", FutureWarning)
        times = measure_all()
    for line in times:
        print("{:6}{:6}{:12.3f}{:12.3f}".format(*line))
    return {"machine": machine(), "hidden": HIDDEN, "runs": ROUNDS * RUNS, "times": times}
