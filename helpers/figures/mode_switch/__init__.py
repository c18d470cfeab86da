"""ModeSwitch: what train() and eval() decide, what no_grad() decides, and that the two are two switches."""

from __future__ import annotations

import torch
import traitlets
from torch import nn

from helpers.figures.base import Figure
from helpers.figures.parameters import Choice, Flag, Whole

LAYERS = ("dropout", "batchnorm")
#: Shares of dropped units that the slider offers.
RATES = (0.0, 0.1, 0.25, 0.5, 0.75)
#: How many units the dropout layer has, how many samples the largest batch, and how many passes are made.
NUM_UNITS, LARGEST_BATCH, NUM_PASSES = 8, 8, 20
#: How many times the reader can draw before the first draw comes again.
NUM_DRAWS = 6
#: The sample that is followed through all batches; its companions are drawn around MEAN with spread 1.
SAMPLE, MEAN = 3.0, 2.0


class ModeSwitch(Figure):
    """Twenty forward passes of one input through dropout or batch norm, in both modes, with or without graph.

    A grid of two by two holds both switches; the table beside it says which of them decides what. All
    draws are torch's: the masks of :class:`torch.nn.Dropout` and the batches for
    :class:`torch.nn.BatchNorm1d` travel with the figure, and the browser repeats the layers' arithmetic
    on them. In evaluation mode batch norm uses the buffers that its first twenty training passes with
    batches of 8 left.
    """

    layer = Choice("dropout", LAYERS, help="Where the figure opens; the reader can change to the other.")
    training = Flag(True, help="Whether the layer is in training mode.")
    no_grad = Flag(False, help="Whether the passes run under ``torch.no_grad()``.")
    p = Choice(0.5, RATES, help="Share of the units that dropout drops.")
    batch_size = Whole(
        4, low=1, high=LARGEST_BATCH, help="Samples in each batch of batch norm, the followed one included."
    )
    seed = Whole(0, saved=False, help="Seed of the first draw; the next draws use the seeds after it.")
    masks = traitlets.Dict().tag(sync=True)
    batches = traitlets.List().tag(sync=True)
    refusal = traitlets.Unicode().tag(sync=True)
    shown = ("layer", "training", "no_grad")

    def derive(self) -> None:
        """Draw what the passes need, and ask torch what it says to a batch of one."""
        seeds = range(self.seed, self.seed + NUM_DRAWS)
        self.masks = {str(rate): [dropout_masks(rate, each) for each in seeds] for rate in RATES}
        self.batches = [batches_around_sample(each) for each in seeds]
        self.refusal = _refusal()


def dropout_masks(p: float, seed: int) -> list[list[int]]:
    """Return, for each pass, 1 for every unit that torch's dropout keeps and 0 for those it drops."""
    layer = nn.Dropout(p)
    # The reader's own stream of random numbers goes on as if nothing was drawn here.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return [(layer(torch.ones(NUM_UNITS)) > 0).int().tolist() for _ in range(NUM_PASSES)]


def batches_around_sample(seed: int) -> list[list[float]]:
    """Return a batch for each pass: the followed sample, then its companions in that pass."""
    generator = torch.Generator().manual_seed(seed)
    companions = MEAN + torch.randn(NUM_PASSES, LARGEST_BATCH - 1, generator=generator)
    return [[SAMPLE, *(round(value, 3) for value in row)] for row in companions.tolist()]


def _refusal() -> str:
    """Return what torch says to a batch of one in training."""
    try:
        nn.BatchNorm1d(1)(torch.ones(1, 1))
    except ValueError as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("BatchNorm1d takes a batch of one in training now: rewrite this figure's error")
