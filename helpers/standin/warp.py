"""From masters to many pictures: each is bent, turned, moved and scaled on its way to the final size."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .sheet import ZOOM, Sheet

Draw = Callable[[Sheet], None]


@dataclass(frozen=True)
class Bend:
    """How far a picture may be from its master.

    Attributes
    ----------
    turn : float
        Rotation either way, in degrees.
    scale : (float, float)
        Smallest and largest size, 1 fills the picture.
    shift : float
        Movement either way, in half picture sides.
    shear : float
        Slant either way.
    ripple : float
        Size of the smooth random displacement, in half picture sides.
    flip : float
        Probability of the mirror image.
    """

    turn: float
    scale: tuple[float, float]
    shift: float
    shear: float
    ripple: float
    flip: float


def _shares(drawings: Tensor, roles: int) -> Tensor:
    """How much of each master pixel belongs to each role: shape (N, roles, SIDE, SIDE), 0..1."""
    parts = [functional.avg_pool2d((drawings == role).float(), ZOOM) for role in range(1, roles + 1)]
    return torch.stack(parts, dim=1)


def _depth(shares: Tensor) -> Tensor:
    """How deep inside a shape each pixel lies: 1 inside, towards 0 at the rim; shape (N, 1, side, side)."""
    mask = shares.sum(dim=1, keepdim=True)
    return functional.avg_pool2d(mask, 9, stride=1, padding=4) * mask


def draw_masters(classes: Sequence[Draw], roles: int, per_class: int, seed: tuple[int, ...]) -> Tensor:
    """Draw `per_class` masters of each class.

    Returns
    -------
    Tensor
        Shape (len(classes) * per_class, roles + 1, side, side), float32 in 0..1: the share of each
        role, and the depth, which lets cloth and fur look round.
    """
    masters = []
    for label, draw in enumerate(classes):
        sheets = [Sheet(np.random.default_rng((*seed, label, number))) for number in range(per_class)]
        for sheet in sheets:
            draw(sheet)
        shares = _shares(torch.from_numpy(np.stack([sheet.pixels() for sheet in sheets])), roles)
        masters.append(torch.cat([shares, _depth(shares)], dim=1))
    return torch.cat(masters)


def smooth_noise(rng: np.random.Generator, shape: tuple[int, ...], coarse: int, side: int) -> Tensor:
    """Return noise of shape (*shape, side, side) that changes over side / coarse pixels; about -1..1."""
    small = torch.from_numpy(rng.uniform(-1, 1, (*shape, coarse, coarse)).astype(np.float32))
    flat = small.reshape(1, -1, coarse, coarse)
    large = functional.interpolate(flat, size=(side, side), mode="bilinear", align_corners=True)
    return large.reshape(*shape, side, side)


def _affine(rng: np.random.Generator, count: int, bend: Bend) -> Tensor:
    """Random maps from picture to master coordinates, shape (count, 2, 3)."""
    angle = rng.uniform(-bend.turn, bend.turn, count) * math.pi / 180
    scale = rng.uniform(*bend.scale, (2, count)) ** 0.5  # width and height differ a little
    size = rng.uniform(*bend.scale, count) ** 0.5
    mirror = np.where(rng.random(count) < bend.flip, -1.0, 1.0)
    shear = rng.uniform(-bend.shear, bend.shear, count)
    cos, sin = np.cos(angle), np.sin(angle)
    wide, high = mirror / (scale[0] * size), 1 / (scale[1] * size)
    matrix = np.stack([cos * wide, (shear * cos - sin) * wide, sin * high, (shear * sin + cos) * high])
    maps = np.zeros((count, 2, 3), dtype=np.float32)
    maps[:, :, :2] = matrix.T.reshape(count, 2, 2)
    maps[:, :, 2] = rng.uniform(-bend.shift, bend.shift, (count, 2))
    return torch.from_numpy(maps)


def warp(masters: Tensor, side: int, bend: Bend, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Bend a batch of masters.

    Parameters
    ----------
    masters : Tensor
        Shape (N, channels, master side, master side).
    side : int
        Side of the pictures in pixels.
    bend : Bend
        How far.
    rng : numpy.random.Generator
        Chances.

    Returns
    -------
    (Tensor, Tensor)
        The bent masters, shape (N, channels, side, side), and the master coordinates of each pixel,
        shape (N, side, side, 2), in which patterns follow the cloth.
    """
    count = len(masters)
    grid = functional.affine_grid(_affine(rng, count, bend), [count, 1, side, side], align_corners=False)
    grid = grid + bend.ripple * smooth_noise(rng, (count, 2), 4, side).permute(0, 2, 3, 1)
    return functional.grid_sample(masters, grid, align_corners=False), grid
