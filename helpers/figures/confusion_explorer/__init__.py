"""ConfusionExplorer: which class is taken for which, and the pictures behind every cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import torch
import traitlets
from torch import Tensor

from helpers import confusion
from helpers.figures.base import Figure
from helpers.figures.confusion_explorer import pictures as made
from helpers.figures.parameters import Parameter

#: Classes that a phone's width holds as cells wide enough for a finger.
MOST_CLASSES = 12

_WIDEST = 64  # pixels: larger pictures would make the saved state heavy


_SCORES = "a tensor or array of shape (N, C), floating point"


def _worst_mistake(figure: ConfusionExplorer) -> tuple[str, str]:
    most_right = int(figure.matrix.counts.diag().argmax())
    label, answer = next(iter(figure.matrix.mistakes()), (most_right, most_right))
    return figure.classes[label], figure.classes[answer]


def _places(selected: tuple[str, str], figure: ConfusionExplorer) -> list[int]:
    if len(selected) != 2 or not set(selected) <= set(figure.classes):
        raise ValueError(f"selected must be two names of classes, got {selected!r}")
    return [figure.classes.index(name) for name in selected]


class ConfusionExplorer(Figure):
    """A confusion matrix, rows for labels and columns for answers, that opens on its worst mistake.

    Selecting a cell shows its pictures, those first of which the network was surest. Of frequent mistakes
    there are up to twelve, of others fewer, so that the saved state stays light; the figure says how many
    of how many it shows.
    """

    classes = Parameter(
        expected=f"2 to {MOST_CLASSES} different strings",
        check=lambda names, figure: _checked_classes(names),
        help="The names of the C classes.",
    )
    logits = Parameter(
        None,
        _SCORES,
        saved=False,
        help="What the network returned for each picture; or give ``probabilities``. The answer is the "
        "largest of a row, and its probability says how sure the network was.",
    )
    probabilities = Parameter(None, _SCORES, saved=False, help="The same after softmax.")
    labels = Parameter(
        expected="a tensor or array of shape (N,), integers from 0 to C - 1",
        check=lambda labels, figure: confusion.class_numbers("labels", labels, len(figure.classes)),
        saved=False,
        help="What the pictures show.",
    )
    images = Parameter(
        expected="a tensor or array of uint8",
        check=lambda images, figure: _checked_images(images),
        saved=False,
        help="The pictures: grey (N, H, W) or (N, 1, H, W), or in colour (N, 3, H, W) or (N, H, W, 3), at "
        f"most {_WIDEST} pixels wide and high.",
    )
    selected = Parameter(
        lambda figure: _worst_mistake(figure),
        "(label, answer)",
        _places,
        help="Names of the classes of the cell it opens on; by default the mistake made most often.",
    )
    counts = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    neighbours = traitlets.List(traitlets.Int()).tag(sync=True)
    pictures = traitlets.List().tag(sync=True)
    sheet = traitlets.Unicode().tag(sync=True)
    sizes = traitlets.Dict().tag(sync=True)
    shown = ("num_pictures", "num_classes")

    @cached_property
    def sure(self) -> Tensor:
        """Probabilities of all classes for each picture, shape (N, C)."""
        sure = _probabilities(self.logits, self.probabilities, len(self.classes))
        _check_equally_many(logits_or_probabilities=sure, labels=self.labels, images=self.images)
        return sure

    @cached_property
    def matrix(self) -> confusion.Confusion:
        """How often each class was taken for which."""
        return confusion.confusion(self.labels, self.sure.argmax(dim=1), len(self.classes))

    def derive(self) -> None:
        """Choose the pictures of each cell, and put them on a sheet."""
        confidence, answers = self.sure.max(dim=1)
        places = confusion.surest_first(confidence, self.labels, answers)
        chosen, self.sheet = made.light_sheet(self.images, places, self.matrix)
        self.counts = self.matrix.counts.tolist()
        self.neighbours = confusion.neighbours(self.matrix)
        self.pictures = [
            [*cell, [_facts(self.sure, self.labels, i) for i in found]] for cell, found in chosen.items()
        ]
        self.sizes = _sizes(self.images, chosen)

    @property
    def num_pictures(self) -> int:
        """Pictures that were classified."""
        return sum(map(sum, self.counts))

    @property
    def num_classes(self) -> int:
        """Classes, so rows and columns of the matrix."""
        return len(self.classes)


def _facts(probabilities: Tensor, labels: Tensor, place: int) -> list[float]:
    """Return a picture's place among all, and the probabilities of its answer and of its label."""
    row = probabilities[place]
    return [place, round(float(row.max()), 4), round(float(row[labels[place]]), 4)]


def _sizes(images: Tensor, chosen: dict[confusion.Cell, list[int]]) -> dict[str, int]:
    height, width = images.shape[1:3]
    count = sum(map(len, chosen.values()))
    columns = min(16, count)
    return {
        "width": width,
        "height": height,
        "block_width": made.block(width),
        "block_height": made.block(height),
        "columns": columns,
        "rows": -(-count // columns),
    }


def _checked_classes(classes: Sequence[str]) -> list[str]:
    names = list(classes)
    if not 2 <= len(names) <= MOST_CLASSES or isinstance(classes, str):
        raise ValueError(f"classes must be 2 to {MOST_CLASSES} names, got {classes!r}")
    if not all(isinstance(name, str) and name.strip() for name in names) or len(set(names)) < len(names):
        raise ValueError(f"classes must be different names that are not empty, got {names}")
    return names


def _probabilities(logits: Any, probabilities: Any, num_classes: int) -> Tensor:
    if (logits is None) == (probabilities is None):
        raise ValueError("give either logits or probabilities")
    name = "logits" if probabilities is None else "probabilities"
    rows = torch.as_tensor(logits if probabilities is None else probabilities).detach().cpu()
    if rows.ndim != 2 or rows.shape[1] != num_classes or len(rows) == 0:
        expected = f"(N, {num_classes}), a column for each of the classes"
        raise ValueError(f"{name} must have the shape {expected}, got {tuple(rows.shape)}")
    if not rows.is_floating_point() or not rows.isfinite().all():
        raise ValueError(f"{name} must be finite floating-point numbers, got dtype {rows.dtype}")
    if probabilities is None:
        return rows.double().softmax(dim=1)
    rows = rows.double()
    if rows.min() < 0 or (rows.sum(dim=1) - 1).abs().max() > 1e-2:
        raise ValueError("probabilities must not be negative, and each row must add up to 1")
    return rows


def _checked_images(images: Any) -> Tensor:
    """Return pictures as (N, H, W) or (N, H, W, 3)."""
    pixels = torch.as_tensor(images).detach().cpu()
    if pixels.dtype != torch.uint8:
        raise ValueError(f"images must be uint8, values from 0 to 255, got {pixels.dtype}")
    if pixels.ndim == 4 and pixels.shape[1] == 1:
        pixels = pixels.squeeze(1)
    elif pixels.ndim == 4 and pixels.shape[1] == 3:
        pixels = pixels.permute(0, 2, 3, 1)
    if pixels.ndim != 3 and not (pixels.ndim == 4 and pixels.shape[3] == 3):
        kinds = "(N, H, W), (N, 1, H, W), (N, 3, H, W) or (N, H, W, 3)"
        raise ValueError(f"images must have a shape {kinds}, got {tuple(pixels.shape)}")
    if not all(1 <= side <= _WIDEST for side in pixels.shape[1:3]):
        size = " x ".join(map(str, pixels.shape[1:3]))
        raise ValueError(f"images must be 1 to {_WIDEST} pixels high and wide, got {size}")
    return pixels


def _check_equally_many(**given: Tensor) -> None:
    counts = {name.replace("_", " "): len(values) for name, values in given.items()}
    if len(set(counts.values())) > 1:
        found = ", ".join(f"{count} {name}" for name, count in counts.items())
        raise ValueError(f"there must be one label and one image for each row of the outputs, got {found}")
