"""EarlyStop: training loss falls, validation loss turns; where to stop, and who may say so."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import traitlets
from torch import Tensor

from helpers import overfitting
from helpers.figures.base import Figure

#: Epochs from one measurement to the next.
EVERY = 5

#: A prediction travels as two of these letters, 12 bits for -3 ... 3: a step of 0.0015.
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FIT_LIMIT = 3.0
GRID = torch.linspace(-1, 1, 41, dtype=torch.float64)


class EarlyStop(Figure):
    """Networks of several sizes on a noisy wave, with a line to drag along the epochs of their training.

    Beside the curves stands the function of the network at the chosen epoch, over the samples. The runs are
    made by :func:`helpers.overfitting.train` when the figure is made (about 2 s), for the samples of five
    seeds; those of the others stay in the background. The test loss appears only once the reader has chosen.

    Parameters
    ----------
    sizes : sequence of int
        Units in each of the two hidden layers, one network for each, increasing; opens on the last.
    num_epochs : int
        Length of each run, a multiple of 5 within 50 ... 300.
    seed : int
        Seed of the samples and the weights; the four after it are the others. The default shows clearly
        what most seeds show.
    caption : str
        What to try.

    Raises
    ------
    ValueError
        When an argument is not as described; the message names it.
    """

    sizes = traitlets.List(traitlets.Int()).tag(sync=True)
    num_epochs = traitlets.Int().tag(sync=True)
    every = traitlets.Int(EVERY).tag(sync=True)
    points = traitlets.Dict().tag(sync=True)
    runs = traitlets.List().tag(sync=True)
    shown = ("sizes", "num_epochs")

    def __init__(
        self,
        *,
        sizes: Sequence[int] = (1, 4, 16, 64),
        num_epochs: int = 300,
        seed: int = 37,
        caption: str = "",
    ) -> None:
        sizes = _sizes(sizes)
        if num_epochs != int(num_epochs) or num_epochs % EVERY or not 50 <= num_epochs <= 300:
            raise ValueError(f"num_epochs must be a multiple of {EVERY} in 50 ... 300, got {num_epochs}")
        if seed != int(seed) or seed < 0:
            raise ValueError(f"seed must be a whole number, not negative, got {seed}")
        seeds = range(int(seed), int(seed) + 5)
        drawn = overfitting.samples(int(seed))
        super().__init__(
            sizes=sizes,
            num_epochs=int(num_epochs),
            points={name: [_rounded(part) for part in drawn[name]] for name in ("train", "val")},
            runs=[
                _plain(overfitting.train(width, seeds=seeds, num_epochs=num_epochs, every=EVERY, grid=GRID))
                for width in sizes
            ],
            caption=caption,
        )


def encode(values: Tensor) -> str:
    """Return numbers as text, two letters each; what lies beyond ``FIT_LIMIT`` is cut off."""
    codes = ((values.clamp(-FIT_LIMIT, FIT_LIMIT) / FIT_LIMIT + 1) / 2 * 4095).round().long()
    return "".join(ALPHABET[code >> 6] + ALPHABET[code & 63] for code in codes.flatten().tolist())


def _plain(run: overfitting.Training) -> dict[str, object]:
    return {
        "width": run.width,
        "num_weights": run.num_weights,
        "train": _rounded(run.train_loss[0]),
        "val": _rounded(run.val_loss[0]),
        "test": _rounded(run.test_loss[0]),
        "others": [_rounded(losses) for losses in run.val_loss[1:]],
        "fits": encode(run.fits),
    }


def _rounded(values: Tensor) -> list[float]:
    """Four significant digits: more than the figure shows, few enough to be the same on every machine."""
    return [float(f"{value:.4g}") for value in values.tolist()]


def _sizes(sizes: Sequence[int]) -> list[int]:
    plain = [int(size) for size in sizes]
    if plain != list(sizes) or not 1 <= len(plain) <= 4 or plain != sorted(set(plain)):
        raise ValueError(f"sizes must be one to four increasing whole numbers, got {list(sizes)}")
    if not 1 <= plain[0] <= plain[-1] <= 256:
        raise ValueError(f"sizes must lie in 1 ... 256, got {list(sizes)}")
    return plain
