"""ShardLab: one update of data-parallel training, sample by sample and process by process."""

from __future__ import annotations

import math
from collections.abc import Sequence

import traitlets
from torch import Tensor
from torch.utils.data import DistributedSampler

from helpers import descent
from helpers.figures import arguments
from helpers.figures.base import Figure

#: How many processes the slider offers.
MOST_PROCESSES = 5


class ShardLab(Figure):
    """Samples dealt to processes, a gradient from each, and the mean that all of them step along.

    The samples of a line fit are dealt out as :class:`torch.utils.data.DistributedSampler` deals them.
    In parameter space each process's own step starts at a point to drag, beside the step of their mean
    and that of one process which reads everything.

    Parameters
    ----------
    x, y : N numbers each
        The samples; without them, 10 made by :func:`helpers.descent.noisy_line`.
    start : (w, b)
        Where the update begins.
    processes : int
        1 ... 5.
    epoch : int
        What ``set_epoch`` was given: it decides the order in which the samples are dealt.
    sampled : bool
        Whether a DistributedSampler deals; without one every process reads everything.
    drop_last : bool
        As the sampler's argument: leave samples out, instead of repeating some, until shards are equal.
    lr : float
        Learning rate of the step, above 0.
    num_epochs : int
        How many orders the figure carries.
    seed : int
        The sampler's seed.
    caption : str
        What to try.
    """

    x = traitlets.List(traitlets.Float()).tag(sync=True)
    y = traitlets.List(traitlets.Float()).tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    processes = traitlets.Int().tag(sync=True)
    epoch = traitlets.Int().tag(sync=True)
    sampled = traitlets.Bool().tag(sync=True)
    drop_last = traitlets.Bool().tag(sync=True)
    lr = traitlets.Float().tag(sync=True)
    orders = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    shown = ("processes", "epoch")

    def __init__(
        self,
        *,
        x: Tensor | Sequence[float] | None = None,
        y: Tensor | Sequence[float] | None = None,
        start: Sequence[float] = (0.2, 2.2),
        processes: int = 2,
        epoch: int = 1,
        sampled: bool = True,
        drop_last: bool = False,
        lr: float = 0.3,
        num_epochs: int = 6,
        seed: int = 0,
        caption: str = "",
    ) -> None:
        x, y = arguments.samples(x, y, default=descent.noisy_line(10))
        if not MOST_PROCESSES <= len(x) <= 12:
            raise ValueError(f"x must hold 5 to 12 numbers, one cell each, got {len(x)}")
        _check_count("processes", processes, 1, MOST_PROCESSES)
        _check_count("num_epochs", num_epochs, 1, 20)
        _check_count("epoch", epoch, 0, num_epochs - 1)
        if not 0 < lr < math.inf:
            raise ValueError(f"lr must lie above 0, got {lr}")
        super().__init__(
            x=x,
            y=y,
            start=arguments.point(start),
            processes=processes,
            epoch=epoch,
            sampled=sampled,
            drop_last=drop_last,
            lr=float(lr),
            orders=[dealing_order(len(x), number, seed) for number in range(num_epochs)],
            caption=caption,
        )


def dealing_order(num_samples: int, epoch: int, seed: int = 0) -> list[int]:
    """Return the order in which torch's DistributedSampler deals samples in one epoch."""
    sampler = DistributedSampler(range(num_samples), num_replicas=1, rank=0, shuffle=True, seed=seed)
    sampler.set_epoch(epoch)
    return list(sampler)


def _check_count(name: str, value: int, low: int, high: int) -> None:
    if value != int(value) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number in {low} ... {high}, got {value}")
