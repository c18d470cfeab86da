"""EarlyStop: training loss falls, validation loss turns; where to stop, and who may say so."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import traitlets
from torch import Tensor

from helpers import overfitting
from helpers.figures.base import Figure
from helpers.figures.encode import twelve_bits
from helpers.figures.parameters import Parameter, Whole

#: Epochs from one measurement to the next.
EVERY = 5

#: Predictions travel in 12 bits for -3 ... 3.
FIT_LIMIT = 3.0
GRID = torch.linspace(-1, 1, 41, dtype=torch.float64)


def _sizes(sizes: Sequence[int], figure: EarlyStop) -> list[int]:
    plain = [int(size) for size in sizes]
    if plain != list(sizes) or not 1 <= len(plain) <= 4 or plain != sorted(set(plain)):
        raise ValueError(f"sizes must be one to four increasing whole numbers, got {list(sizes)}")
    if not 1 <= plain[0] <= plain[-1] <= 256:
        raise ValueError(f"sizes must lie in 1 ... 256, got {list(sizes)}")
    return plain


def _measured_last(num_epochs: int, figure: EarlyStop) -> int:
    if num_epochs not in range(50, 301, EVERY):
        raise ValueError(f"num_epochs must be a multiple of {EVERY} from 50 to 300, got {num_epochs!r}")
    return int(num_epochs)


class EarlyStop(Figure):
    """Networks of several sizes on a noisy wave, with a line to drag along the epochs of their training.

    Beside the curves stands the function of the network at the chosen epoch, over the samples. The runs are
    made by :func:`helpers.overfitting.train` when the figure is made (about 2 s), for the samples of five
    seeds; those of the others stay in the background. The test loss appears only once the reader has chosen.
    """

    sizes = Parameter(
        (1, 4, 16, 64),
        "one to four increasing whole numbers from 1 to 256",
        _sizes,
        help="Units in each of the two hidden layers, one network for each; opens on the last.",
    )
    num_epochs = Parameter(
        300, f"a multiple of {EVERY} from 50 to 300", _measured_last, help="Length of each run."
    )
    seed = Whole(
        37,
        low=0,
        saved=False,
        help="Seed of the samples and the weights; the four after it are the others. The default shows "
        "clearly what most seeds show.",
    )
    every = traitlets.Int(EVERY).tag(sync=True)
    points = traitlets.Dict().tag(sync=True)
    runs = traitlets.List().tag(sync=True)
    shown = ("sizes", "num_epochs")

    def derive(self) -> None:
        """Train the networks."""
        drawn = overfitting.samples(self.seed)
        self.points = {name: [_rounded(part) for part in drawn[name]] for name in ("train", "val")}
        options = {"seeds": range(self.seed, self.seed + 5), "num_epochs": self.num_epochs}
        self.runs = [
            _plain(overfitting.train(width, every=EVERY, grid=GRID, **options)) for width in self.sizes
        ]


def _plain(run: overfitting.Training) -> dict[str, object]:
    return {
        "width": run.width,
        "num_weights": run.num_weights,
        "train": _rounded(run.train_loss[0]),
        "val": _rounded(run.val_loss[0]),
        "test": _rounded(run.test_loss[0]),
        "others": [_rounded(losses) for losses in run.val_loss[1:]],
        "fits": twelve_bits(run.fits, limit=FIT_LIMIT),
    }


def _rounded(values: Tensor) -> list[float]:
    """Four significant digits: more than the figure shows, few enough to be the same on every machine."""
    return [float(f"{value:.4g}") for value in values.tolist()]
