"""Grey pictures of clothes: 28 x 28 pixels on black, as FashionMNIST shows them."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from . import accessories, garments
from .garments import ROLES
from .warp import Bend, smooth_noise, warp

SIDE = 28

#: In the order of FashionMNIST's labels.
CLASSES = (
    garments.t_shirt,
    garments.trouser,
    garments.pullover,
    garments.dress,
    garments.coat,
    accessories.sandal,
    garments.shirt,
    accessories.sneaker,
    accessories.bag,
    accessories.ankle_boot,
)

BEND = Bend(turn=11, scale=(0.68, 1.06), shift=0.13, shear=0.13, ripple=0.09, flip=0.12)


def _column(rng: np.random.Generator, low: float, high: float, count: int) -> Tensor:
    """Random numbers of shape (count, 1, 1), ready to be spread over pixels."""
    return torch.from_numpy(rng.uniform(low, high, (count, 1, 1)).astype(np.float32))


def _levels(rng: np.random.Generator, count: int) -> Tensor:
    """Return the brightness of each role, shape (count, ROLES): cloth, seam, trim, print."""
    cloth = 0.2 + 0.75 * rng.random(count) ** 0.8
    seam = np.where(cloth < 0.4, cloth + rng.uniform(0.12, 0.3, count), cloth * rng.uniform(0.4, 0.8, count))
    trim = np.clip(cloth + rng.uniform(0.2, 0.5, count) * rng.choice([-1, 1], count), 0.08, 1)
    prints = np.clip(cloth + rng.uniform(0.15, 0.6, count) * rng.choice([-1, 1], count), 0.05, 1)
    return torch.from_numpy(np.stack([cloth, seam, trim, prints], axis=1).astype(np.float32))


def _wave(grid: Tensor, rng: np.random.Generator) -> Tensor:
    """Return stripes across each picture in a random direction: triangle waves from -1 to 1."""
    count = len(grid)
    angle = rng.choice([0, math.pi / 2, rng.uniform(0, math.pi)], count)
    frequency, phase = _column(rng, 1.5, 4.0, count), _column(rng, 0, 1, count)
    cos = torch.from_numpy(np.cos(angle).astype(np.float32))[:, None, None]
    sin = torch.from_numpy(np.sin(angle).astype(np.float32))[:, None, None]
    along = frequency * (cos * grid[..., 0] + sin * grid[..., 1]) + phase
    return 4 * (along - torch.floor(along) - 0.5).abs() - 1


def _pattern(grid: Tensor, rng: np.random.Generator) -> Tensor:
    """Return what is woven or printed into the cloth, as a factor around 1; shape (N, side, side)."""
    count = len(grid)
    kind = torch.from_numpy(rng.choice(4, count, p=[0.5, 0.2, 0.12, 0.18]))[:, None, None]
    stripes, across = _wave(grid, rng), _wave(grid, rng)
    blotches = smooth_noise(rng, (count,), 9, SIDE)
    pattern = torch.where(kind == 1, stripes, torch.where(kind == 2, (stripes + across) / 2, blotches))
    strength = torch.where(kind == 0, 0.0, _column(rng, 0.15, 0.55, count))
    return 1 + strength * pattern


def _light(depth: Tensor, rng: np.random.Generator) -> Tensor:
    """Return soft light from one side, darker towards the rim; shape (N, side, side)."""
    count = len(depth)
    across = torch.linspace(-1, 1, SIDE)
    slope = _column(rng, -0.18, 0.18, count) * across + _column(rng, -0.18, 0.18, count) * across[:, None]
    rim = _column(rng, 0.1, 0.6, count)
    return (1 + slope) * (1 - rim + rim * (1.6 * depth).clamp(max=1))


def pictures(masters: Tensor, rng: np.random.Generator) -> Tensor:
    """Make one picture of each master.

    Parameters
    ----------
    masters : Tensor
        Shape (N, ROLES + 1, side, side), see `warp.draw_masters`.
    rng : numpy.random.Generator
        Chances.

    Returns
    -------
    Tensor
        Shape (N, 28, 28), uint8.
    """
    count = len(masters)
    bent, grid = warp(masters, SIDE, BEND, rng)
    shares, depth = bent[:, :ROLES], bent[:, ROLES]
    levels = _levels(rng, count)[:, :, None, None].expand(-1, -1, SIDE, SIDE).clone()
    levels[:, 0] *= _pattern(grid, rng)
    cloth = (shares * levels).sum(dim=1) * _light(depth, rng)
    grain = torch.from_numpy(rng.standard_normal((count, SIDE, SIDE), dtype=np.float32))
    cloth = cloth * (1 + _column(rng, 0.02, 0.12, count) * grain)
    gain = _column(rng, 0.75, 1.25, count)
    return (cloth * gain * 255).clamp(0, 255).round().to(torch.uint8)
