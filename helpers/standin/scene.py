"""Colour pictures of things: 32 x 32 pixels, with a background, light and clutter, as in CIFAR-10."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from . import animals, pets, vehicles
from .vehicles import ROLES
from .warp import Bend, smooth_noise, warp

SIDE = 32
BEND = Bend(turn=14, scale=(0.62, 1.08), shift=0.22, shear=0.15, ripple=0.1, flip=0.5)

#: In the order of CIFAR-10's labels.
CLASSES = (
    vehicles.airplane,
    vehicles.automobile,
    animals.bird,
    pets.cat,
    animals.deer,
    pets.dog,
    animals.frog,
    animals.horse,
    vehicles.ship,
    vehicles.truck,
)

_PAINT = ("c03028", "2850a8", "e8e8e8", "909498", "30343c", "d8a830", "307858", "703848", "88b8d8", "d87838")
_FUR = ("8a5a30", "b88850", "d8b888", "5c4030", "403838", "989088", "e8e0d0", "a06838", "707078", "c89858")
_FEATHER = (
    "8a6848",
    "5878a8",
    "b85038",
    "e0d8c8",
    "484850",
    "a8a898",
    "688050",
    "d0a040",
    "909aa8",
    "384868",
)
_SKIN = ("588038", "789040", "406830", "90a850", "8a7840", "6a5838", "a8b058", "487858")

# Per class: the colours of its body. Many share paint and fur: colour alone gives no class away.
_BODY = (_PAINT, _PAINT, _FEATHER, _FUR, _FUR, _FUR, _SKIN, _FUR, _PAINT, _PAINT)

_GROUND = {
    "sky": ("88b8e8", "b8d0e8", "6898d0", "d8dce0", "e8c8a0", "a0a8b0"),
    "water": ("305888", "4880a0", "608898", "284858", "7090a8"),
    "grass": ("608838", "88a048", "486828", "a0a060", "789058"),
    "wood": ("384828", "504830", "283820", "605838", "485840"),
    "earth": ("a08860", "c0a880", "806848", "d8c8a8", "907860"),
    "road": ("808080", "606468", "a09890", "484c50", "b0aca8"),
    "room": ("c8b8a0", "a89078", "d8d0c8", "786050", "985848", "687898"),
}
Chances = tuple[tuple[int, ...], ...]

# Per class: how likely its background is one of _GROUND, above and below the horizon (in sixteenths).
_ABOVE = ((11, 1, 1, 1, 1, 1, 0), (4, 0, 1, 4, 2, 2, 3), (7, 1, 2, 4, 1, 0, 1), (1, 0, 2, 2, 2, 1, 8),
          (3, 0, 4, 7, 1, 0, 1), (2, 0, 3, 2, 2, 1, 6), (1, 2, 4, 5, 3, 0, 1), (5, 0, 3, 5, 2, 0, 1),
          (12, 2, 0, 1, 0, 0, 1), (6, 0, 1, 3, 2, 2, 2))  # fmt: skip
_BELOW = ((7, 2, 2, 0, 2, 3, 0), (1, 0, 2, 0, 3, 9, 1), (3, 2, 4, 3, 2, 1, 1), (0, 0, 4, 0, 3, 1, 8),
          (0, 1, 9, 3, 3, 0, 0), (0, 1, 5, 0, 3, 2, 5), (0, 4, 5, 1, 5, 0, 1), (0, 0, 9, 1, 5, 1, 0),
          (1, 14, 0, 0, 1, 0, 0), (1, 0, 2, 0, 4, 8, 1))  # fmt: skip


def _rgb(codes: tuple[str, ...]) -> np.ndarray:
    return np.array([[int(code[k : k + 2], 16) / 255 for k in (0, 2, 4)] for code in codes], dtype=np.float32)


_BODY_RGB = [_rgb(codes) for codes in _BODY]
_GROUND_RGB = [_rgb(codes) for codes in _GROUND.values()]
# A funnel may have any colour, a tongue or an eye may not.
_LIVERY = ("d03028", "e8b020", "2860c0", "f0f0f0", "e07830", "40a060", "203050")
_ACCENT = (_LIVERY, _LIVERY, ("d87830", "e8d8a0", "b84030", "e8c048"), ("e0a0a0", "d88888"), ("705038",),
           ("d85858", "e08888", "c83838"), ("e0b030", "d08028", "e8e0a0"), ("a83030", "304890", "604028"),
           _LIVERY, _LIVERY)  # fmt: skip
_ACCENT_RGB = [_rgb(codes) for codes in _ACCENT]


def _numbers(rng: np.random.Generator, low: float, high: float, *shape: int) -> Tensor:
    return torch.from_numpy(rng.uniform(low, high, shape).astype(np.float32))


def _pick(rng: np.random.Generator, colours: np.ndarray, jitter: float) -> np.ndarray:
    return colours[rng.integers(len(colours))] + rng.uniform(-jitter, jitter, 3)


def _role_colours(labels: np.ndarray, rng: np.random.Generator) -> Tensor:
    """Colour of each role in each picture: shape (N, ROLES, 3)."""
    colours = np.empty((len(labels), ROLES, 3), dtype=np.float32)
    for row, label in zip(colours, labels, strict=True):
        row[0] = _pick(rng, _BODY_RGB[label], 0.08)
        row[1] = row[0] * rng.uniform(0.5, 0.85) if rng.random() < 0.6 else _pick(rng, _BODY_RGB[label], 0.08)
        row[2] = _pick(rng, _ACCENT_RGB[label], 0.05)
        row[3] = rng.uniform(0.03, 0.2) + rng.uniform(-0.03, 0.03, 3)
        row[4] = rng.uniform(0.75, 1.0) + rng.uniform(-0.06, 0.06, 3)
    return torch.from_numpy(colours)


def _ground_colours(
    labels: np.ndarray, chances: tuple[tuple[int, ...], ...], rng: np.random.Generator
) -> Tensor:
    """One background colour for each picture: shape (N, 3, 1, 1)."""
    shares = np.array(chances, dtype=np.float64)
    edges = (shares / shares.sum(axis=1, keepdims=True)).cumsum(axis=1)[labels]
    kinds = (rng.random((len(labels), 1)) > edges[:, :-1]).sum(axis=1)
    colours = np.stack([_pick(rng, _GROUND_RGB[kind], 0.06) for kind in kinds])
    return torch.from_numpy(colours.astype(np.float32))[:, :, None, None]


def _background(labels: np.ndarray, rng: np.random.Generator) -> Tensor:
    """Two grounds that meet at a horizon, each with soft clutter; shape (N, 3, 32, 32)."""
    count = len(labels)
    above, below = _ground_colours(labels, _ABOVE, rng), _ground_colours(labels, _BELOW, rng)
    rows = torch.linspace(-1, 1, SIDE)[:, None]
    horizon = _numbers(rng, -0.6, 1.0, count, 1, 1, 1) + 0.15 * smooth_noise(rng, (count, 1), 4, SIDE)
    blend = ((rows - horizon) * _numbers(rng, 1, 12, count, 1, 1, 1) + 0.5).clamp(0, 1)
    ground = above + blend * (below - above)
    wide, fine = smooth_noise(rng, (count, 1), 5, SIDE), smooth_noise(rng, (count, 1), 14, SIDE)
    hue = 0.05 * smooth_noise(rng, (count, 3), 4, SIDE)
    rough = _numbers(rng, 0.0, 0.25, count, 1, 1, 1)
    clutter = _numbers(rng, 0.02, 0.2, count, 1, 1, 1) * wide + rough * fine
    return ground.add_(hue).add_(clutter)


def _coat(bent: Tensor, colours: Tensor, rng: np.random.Generator) -> Tensor:
    """Return the thing, lit from one side and multiplied by its share of the pixel; shape (N, 3, 32, 32)."""
    count, depth = len(bent), bent[:, ROLES, None]
    texture = 1 + _numbers(rng, 0.0, 0.35, count, 1, 1, 1) * smooth_noise(rng, (count, 1), 10, SIDE)
    thing = torch.einsum("nrhw,nrc->nchw", bent[:, :ROLES], colours)
    across, down = torch.linspace(-1, 1, SIDE), torch.linspace(-1, 1, SIDE)[:, None]
    side, top = _numbers(rng, -0.2, 0.2, count, 1, 1, 1), _numbers(rng, -0.3, 0.05, count, 1, 1, 1)
    rim = _numbers(rng, 0.0, 0.45, count, 1, 1, 1)
    light = (1 + side * across + top * down) * (1 - rim + rim * (1.6 * depth).clamp(max=1))
    return thing.mul_(texture * light)


def _occlude(picture: Tensor, rng: np.random.Generator) -> Tensor:
    """Put a leaf, a post or a shadow in front of a quarter of the pictures."""
    count = len(picture)
    field = smooth_noise(rng, (count, 1), 6, SIDE)
    present = (_numbers(rng, 0, 1, count, 1, 1, 1) < 0.25).float()
    cover = ((field - _numbers(rng, 0.4, 0.7, count, 1, 1, 1)) * 12).clamp(0, 1) * present
    grey = _numbers(rng, 0.1, 0.6, count, 1, 1, 1)
    colour = grey * _numbers(rng, 0.7, 1.3, count, 3, 1, 1)
    return picture.lerp(colour, cover)


def pictures(masters: Tensor, labels: np.ndarray, rng: np.random.Generator) -> Tensor:
    """Make one picture of each master.

    Parameters
    ----------
    masters : Tensor
        Shape (N, ROLES + 1, side, side), see `warp.draw_masters`.
    labels : ndarray
        Shape (N,), 0..9.
    rng : numpy.random.Generator
        Chances.

    Returns
    -------
    Tensor
        Shape (N, 3, 32, 32), uint8.
    """
    count = len(masters)
    bent, _ = warp(masters, SIDE, BEND, rng)
    cover = bent[:, :ROLES].sum(dim=1, keepdim=True)
    thing = _coat(bent, _role_colours(labels, rng), rng)
    picture = _occlude(_background(labels, rng).mul_(1 - cover).add_(thing), rng)
    tint, light = _numbers(rng, 0.88, 1.12, count, 3, 1, 1), _numbers(rng, -0.12, 0.12, count, 1, 1, 1)
    contrast = _numbers(rng, 0.65, 1.15, count, 1, 1, 1)
    picture = (picture * (tint * contrast)).add_(0.5 - 0.5 * contrast + light)
    noise = torch.from_numpy(rng.standard_normal(picture.shape, dtype=np.float32))
    picture.addcmul_(noise, _numbers(rng, 0.005, 0.06, count, 1, 1, 1))
    return picture.mul_(255).clamp_(0, 255).round_().to(torch.uint8)
