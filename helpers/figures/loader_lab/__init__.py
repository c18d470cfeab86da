"""LoaderLab: how a DataLoader's sampler orders indices and cuts them into batches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import traitlets
from PIL import Image
from torch.utils.data import DataLoader, WeightedRandomSampler

from helpers.figures.base import Figure
from helpers.figures.encode import web_address
from helpers.figures.parameters import Bound, Choice, Flag, Parameter, Whole

SAMPLERS = ("sequential", "shuffle", "weighted")

#: Samples that a phone's width holds as cells wide enough for a finger.
MOST_SAMPLES = 12

_THUMBNAIL = 96  # pixels: a picture is drawn up to 60 wide, on screens with more pixels than that

_EXAMPLES = ("bird",) * 4 + ("cat",) * 4 + ("dog",) * 2


def _labels(labels: Sequence[str], lab: LoaderLab) -> list[str]:
    if not 2 <= len(labels) <= MOST_SAMPLES:
        raise ValueError(f"labels must name 2 to {MOST_SAMPLES} samples, got {len(labels)}")
    return [str(label) for label in labels]


def _thumbnails(images: Sequence[Path | Image.Image], lab: LoaderLab) -> list[str]:
    if len(images) not in (0, len(lab.labels)):
        raise ValueError(
            f"images must be none or one for each of the {len(lab.labels)} labels, got {len(images)}"
        )
    return [_thumbnail(image) for image in images]


def _thumbnail(image: Path | Image.Image) -> str:
    """Cut the largest square out of a picture's middle and return it, small, as a data URL."""
    picture = (image if isinstance(image, Image.Image) else Image.open(image)).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    (width, height), side = picture.size, min(picture.size)
    left, top = (width - side) // 2, (height - side) // 2
    square = picture.crop((left, top, left + side, top + side)).resize((_THUMBNAIL, _THUMBNAIL))
    return web_address(square, "WEBP", quality=75, method=6)


class LoaderLab(Figure):
    """An epoch of a :class:`torch.utils.data.DataLoader`, from the stored samples to the batches.

    The samples stay in their places; a sampler writes down indices, epoch by epoch, and the loader cuts
    that list into batches. The browser only cuts: every order was drawn by torch when the figure was
    made (:func:`recorded_orders`).
    """

    labels = Parameter(
        _EXAMPLES,
        f"2 to {MOST_SAMPLES} strings",
        _labels,
        help="What each sample shows; without them, four birds, four cats and two dogs.",
    )
    images = Parameter(
        (),
        "paths or PIL images",
        _thumbnails,
        help="A picture for each label, its middle square; without them the labels show.",
    )
    batch_size = Whole(
        4, low=1, high=Bound("the number of samples", lambda lab: len(lab.labels)), help="Samples in a batch."
    )
    drop_last = Flag(False, help="Whether a short last batch is left out.")
    sampler = Choice(
        "shuffle",
        SAMPLERS,
        help="In stored order; in a random order; drawn with replacement, each class equally likely.",
    )
    num_seeds = Whole(4, low=1, high=8, saved=False, help="How many seeds travel with the figure.")
    num_epochs = Whole(6, low=1, high=12, saved=False, help="How many epochs of each.")
    seed = Whole(
        0,
        low=0,
        high=Bound("the last of num_seeds", lambda lab: lab.num_seeds - 1),
        help="Which of the seeds the orders come from.",
    )
    epoch = traitlets.Int(0).tag(sync=True)
    orders = traitlets.Dict().tag(sync=True)
    shown = ("sampler", "batch_size", "drop_last")

    def derive(self) -> None:
        """Let torch draw the orders."""
        lengths = self.num_seeds, self.num_epochs
        self.orders = {name: recorded_orders(self.labels, name, *lengths) for name in SAMPLERS}


def recorded_orders(labels: Sequence[str], sampler: str, num_seeds: int, num_epochs: int) -> list:
    """Return the indices that a loader reads, as ``orders[seed][epoch]``.

    They do not depend on the batch size: the loader takes indices from the sampler as it needs them.
    """
    return [
        [_epoch(loader) for _ in range(num_epochs)]
        for loader in (make_loader(labels, sampler, seed, len(labels)) for seed in range(num_seeds))
    ]


def make_loader(
    labels: Sequence[str], sampler: str, seed: int, batch_size: int, **options: Any
) -> DataLoader:
    """Make the loader that the figure shows; its samples are their own indices."""
    indices = range(len(labels))
    generator = torch.Generator().manual_seed(seed)
    if sampler == "weighted":
        weights = [1 / labels.count(label) for label in labels]
        draw = WeightedRandomSampler(weights, len(labels), generator=generator)
        return DataLoader(indices, batch_size, sampler=draw, **options)
    return DataLoader(indices, batch_size, shuffle=sampler == "shuffle", generator=generator, **options)


def _epoch(loader: DataLoader) -> list[int]:
    return [index for batch in loader for index in batch.tolist()]
