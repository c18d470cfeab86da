"""DescentLab: gradient descent on a line, seen in data space and in parameter space at once."""

from __future__ import annotations

import traitlets

from helpers import descent
from helpers.figures.base import Figure
from helpers.figures.line_fit import LineFit
from helpers.figures.parameters import Bound, Flag, Number, Numbers, Whole

#: How far past the full-batch limit the learning rate's slider goes.
BEYOND_LIMIT = 1.1

#: No batch is larger.
NUM_SAMPLES = Bound("the number of samples", lambda lab: len(lab.x))


class DescentLab(LineFit, Figure):
    """Descent on ``y_hat = w * x + b`` with sliders for everything that shapes its path.

    Data space (samples, current line, errors, the batch of the last update) and parameter space (lines
    of equal loss, the path, a start to drag) stand side by side; below them the loss, against updates or
    samples seen. The browser computes the path anew at every change, as :func:`helpers.descent.path` does.
    """

    start = Numbers((-1.25, 2.25), names="w, b", help="Where the path begins.")
    momentum = Number(0.0, low=0, high=0.95, help="Momentum of :class:`torch.optim.SGD`.")
    lr = Number(
        0.1,
        above=0,
        high=Bound(
            f"{BEYOND_LIMIT} times the limit",
            lambda lab: BEYOND_LIMIT * descent.learning_rate_limit(lab.x, lab.momentum),
        ),
        help="Learning rate; the limit is :func:`helpers.descent.learning_rate_limit`.",
    )
    batch_size = Whole(8, low=1, high=NUM_SAMPLES, help="Samples in a batch.")
    shuffle = Flag(True, help="Whether each epoch reads the samples in a new order, drawn from ``seed``.")
    num_epochs = Whole(
        12,
        low=1,
        high=Bound("what reads 5000 samples", lambda lab: 5000 // len(lab.x)),
        help="How often a run reads the data, whatever the batch size.",
    )
    seed = Whole(0, saved=False, help="Seed of the orders, which travel with the figure.")
    compare = Numbers(
        lambda lab: sorted({len(lab.x), min(8, len(lab.x)), 1}, reverse=True),
        each=Whole(low=1, high=NUM_SAMPLES),
        help="Batch sizes of the ghost runs; all samples, 8 and 1 when omitted, () for none.",
    )
    orders = traitlets.List().tag(sync=True)
    shown = ("lr", "batch_size")

    def derive(self) -> None:
        """Draw the orders in which torch would read the samples."""
        self.orders = descent.shuffled_orders(len(self.x), self.num_epochs, self.seed)
