"""LoaderLab: how a DataLoader's sampler orders indices and cuts them into batches."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import traitlets
from PIL import Image
from torch.utils.data import DataLoader, WeightedRandomSampler

from helpers.figures.base import Figure

SAMPLERS = ("sequential", "shuffle", "weighted")

#: Samples that a phone's width holds as cells wide enough for a finger.
MOST_SAMPLES = 12

_THUMBNAIL = 96  # pixels: a picture is drawn up to 60 wide, on screens with more pixels than that

_EXAMPLES = ("bird",) * 4 + ("cat",) * 4 + ("dog",) * 2


class LoaderLab(Figure):
    """An epoch of a :class:`torch.utils.data.DataLoader`, from the stored samples to the batches.

    The samples stay in their places; a sampler writes down indices, epoch by epoch, and the loader cuts
    that list into batches. The browser only cuts: every order was drawn by torch when the figure was
    made (:func:`recorded_orders`).

    Parameters
    ----------
    labels : 2 to 12 strings, optional
        What each sample shows; without them, four birds, four cats and two dogs.
    images : as many paths or PIL images, optional
        The samples' pictures, shown as squares cut out of their middle. Without them the labels show.
    batch_size : int
        1 ... number of samples.
    drop_last : bool
        Whether a short last batch is left out.
    sampler : {"sequential", "shuffle", "weighted"}
        In stored order; in a random order; drawn with replacement, each class equally likely.
    seed : int
        Which of the seeds 0 ... num_seeds - 1 the orders come from.
    num_seeds, num_epochs : int
        How many orders travel with the figure.
    caption : str
        What to try.
    """

    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    images = traitlets.List(traitlets.Unicode()).tag(sync=True)
    batch_size = traitlets.Int().tag(sync=True)
    drop_last = traitlets.Bool().tag(sync=True)
    sampler = traitlets.Unicode().tag(sync=True)
    seed = traitlets.Int().tag(sync=True)
    epoch = traitlets.Int(0).tag(sync=True)
    orders = traitlets.Dict().tag(sync=True)
    shown = ("sampler", "batch_size", "drop_last")

    def __init__(
        self,
        *,
        labels: Sequence[str] = _EXAMPLES,
        images: Sequence[Path | Image.Image] = (),
        batch_size: int = 4,
        drop_last: bool = False,
        sampler: str = "shuffle",
        seed: int = 0,
        num_seeds: int = 4,
        num_epochs: int = 6,
        caption: str = "",
    ) -> None:
        labels = [str(label) for label in labels]
        _check(labels, images, batch_size, sampler)
        _check_counts(
            seed=(seed, 0, num_seeds - 1), num_seeds=(num_seeds, 1, 8), num_epochs=(num_epochs, 1, 12)
        )
        super().__init__(
            labels=labels,
            images=[_thumbnail(image) for image in images],
            batch_size=batch_size,
            drop_last=bool(drop_last),
            sampler=sampler,
            seed=seed,
            orders={name: recorded_orders(labels, name, num_seeds, num_epochs) for name in SAMPLERS},
            caption=caption,
        )


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


def _check(labels: list[str], images: Sequence[Any], batch_size: int, sampler: str) -> None:
    if not 2 <= len(labels) <= MOST_SAMPLES:
        raise ValueError(f"labels must name 2 to {MOST_SAMPLES} samples, got {len(labels)}")
    if len(images) not in (0, len(labels)):
        raise ValueError(
            f"images must be none or one for each of the {len(labels)} labels, got {len(images)}"
        )
    if sampler not in SAMPLERS:
        raise ValueError(f"sampler must be one of {', '.join(SAMPLERS)}, got {sampler!r}")
    _check_counts(batch_size=(batch_size, 1, len(labels)))


def _check_counts(**counts: tuple[int, int, int]) -> None:
    for name, (value, low, high) in counts.items():
        if not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{name} must be a whole number from {low} to {high}, got {value!r}")


def _thumbnail(image: Path | Image.Image) -> str:
    """Cut the largest square out of a picture's middle and return it, small, as a data URL."""
    picture = (image if isinstance(image, Image.Image) else Image.open(image)).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    (width, height), side = picture.size, min(picture.size)
    left, top = (width - side) // 2, (height - side) // 2
    square = picture.crop((left, top, left + side, top + side)).resize((_THUMBNAIL, _THUMBNAIL))
    file = io.BytesIO()
    square.save(file, "WEBP", quality=75, method=6)
    return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"
