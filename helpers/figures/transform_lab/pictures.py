"""What three of torchvision's transforms make of a picture, in every order: TransformLab's computing half."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import torch
from PIL import Image
from torch import Tensor
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

from helpers.figures.transform_lab import NAMES, ORDERS

#: Sides in pixels: of the picture at the start, of what the crop leaves, and of a small view.
SIDE, CROP, SMALL = 240, 168, 80

#: What a pipeline passes through on the way there.
PREFIXES = ((), ("rotate",), ("crop",), ("flip",), *itertools.permutations(NAMES, 2))

#: A channel that differs by more than this, of 255, can be seen.
VISIBLE = 16


def pipeline(order: Sequence[str], angle: float) -> v2.Compose:
    """Return torchvision's own pipeline for names in :data:`NAMES`, in this order."""
    steps = {
        "rotate": v2.RandomRotation((angle, angle), interpolation=v2.InterpolationMode.BILINEAR),
        "crop": v2.CenterCrop(CROP),
        "flip": v2.RandomHorizontalFlip(p=1.0),
    }
    return v2.Compose([steps[name] for name in order] or [v2.Identity()])


def square(picture: Image.Image) -> Tensor:
    """Return the middle of a picture as a tensor of shape (3, SIDE, SIDE) of bytes."""
    image = functional.pil_to_tensor(picture.convert("RGB"))
    return functional.resize(functional.center_crop(image, [min(image.shape[1:])] * 2), [SIDE, SIDE])


def share_that_differs(image: Tensor, order: Sequence[str], angle: float) -> float:
    """Share of the pixels in which an order and its reverse differ visibly."""
    one, other = (pipeline(names, angle)(image).int() for names in (order, order[::-1]))
    return float(((one - other).abs().amax(dim=0) > VISIBLE).float().mean())


def results_sheet(image: Tensor, angles: Sequence[float]) -> Image.Image:
    """Results side by side: a column for each of :data:`ORDERS`, a row for each angle."""
    rows = [torch.cat([pipeline(order, angle)(image) for order in ORDERS], dim=2) for angle in angles]
    return functional.to_pil_image(torch.cat(rows, dim=1))


def steps_sheet(image: Tensor, angles: Sequence[float]) -> Image.Image:
    """Small views of what the pipelines pass through: a column for each of :data:`PREFIXES`."""
    sheet = Image.new("RGBA", (SMALL * len(PREFIXES), SMALL * len(angles)))
    for column, row in itertools.product(range(len(PREFIXES)), range(len(angles))):
        result = functional.to_pil_image(pipeline(PREFIXES[column], angles[row])(image))
        size = round(result.width * SMALL / SIDE)
        margin = (SMALL - size) // 2
        sheet.paste(result.resize((size, size)), (column * SMALL + margin, row * SMALL + margin))
    return sheet
