"""ShardLab: one update of data-parallel training, sample by sample and process by process."""

from __future__ import annotations

import traitlets
from torch import Tensor
from torch.utils.data import DistributedSampler

from helpers import descent
from helpers.figures.base import Figure
from helpers.figures.line_fit import LineFit
from helpers.figures.parameters import Bound, Flag, Number, Numbers, Whole

#: How many processes the slider offers.
MOST_PROCESSES = 5


class ShardLab(LineFit, Figure):
    """Samples dealt to processes, a gradient from each, and the mean that all of them step along.

    The samples of a line fit are dealt out as :class:`torch.utils.data.DistributedSampler` deals them.
    In parameter space each process's own step starts at a point to drag, beside the step of their mean
    and that of one process which reads everything.
    """

    start = Numbers((0.2, 2.2), names="w, b", help="Where the update begins.")
    processes = Whole(2, low=1, high=MOST_PROCESSES, help="How many processes train.")
    num_epochs = Whole(6, low=1, high=20, saved=False, help="How many orders the figure carries.")
    epoch = Whole(
        1,
        low=0,
        high=Bound("the last of num_epochs", lambda lab: lab.num_epochs - 1),
        help="What ``set_epoch`` was given: it decides the order in which the samples are dealt.",
    )
    sampled = Flag(
        True, help="Whether a DistributedSampler deals; without one every process reads everything."
    )
    drop_last = Flag(
        False,
        help="As the sampler's: leave samples out, instead of repeating some, until shards are equal.",
    )
    lr = Number(0.3, above=0, help="Learning rate of the step.")
    seed = Whole(0, saved=False, help="The sampler's seed.")
    orders = traitlets.List().tag(sync=True)
    shown = ("processes", "epoch")
    num_samples = (MOST_PROCESSES, 12)  # one cell each

    def default_samples(self) -> tuple[Tensor, Tensor]:
        """Return ten samples around a line."""
        return descent.noisy_line(10)

    def derive(self) -> None:
        """Let torch's sampler deal each epoch."""
        self.orders = [dealing_order(len(self.x), epoch, self.seed) for epoch in range(self.num_epochs)]


def dealing_order(num_samples: int, epoch: int, seed: int = 0) -> list[int]:
    """Return the order in which torch's DistributedSampler deals samples in one epoch."""
    sampler = DistributedSampler(range(num_samples), num_replicas=1, rank=0, shuffle=True, seed=seed)
    sampler.set_epoch(epoch)
    return list(sampler)
