"""Drawn pictures that stand in for FashionMNIST and CIFAR-10 where neither can be had.

The same ten classes in the same order, the same numbers of pictures, the same files. They are harder
than they look: things are bent, moved, lit and covered, and the masters of the test pictures are
others than those of the training pictures.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from . import fabric, files, scene
from .warp import draw_masters

CLOTHES = 0
THINGS = 1
_BATCH = 250
_MASTERS = {"train": 240, "test": 60}
_SPLITS = ("train", "test")

Pictures = NDArray[np.uint8]
Labels = NDArray[np.uint8]


def _labels(count: int, rng: np.random.Generator) -> Labels:
    """Ten equally frequent labels in random order; `count` is a multiple of ten."""
    if count <= 0 or count % 10:
        raise ValueError(f"count: expected a positive multiple of 10, got {count}")
    return rng.permutation(np.repeat(np.arange(10, dtype=np.uint8), count // 10))


def _in_parallel(batch: Callable[[int], Tensor], starts: range) -> list[Tensor]:
    """Call `batch` for each start, in as many threads as there are cores; each does its own sums.

    Two batches side by side are faster than one batch that is split up operation by operation.
    """
    threads = torch.get_num_threads()
    try:
        with ThreadPoolExecutor(os.cpu_count(), initializer=torch.set_num_threads, initargs=(1,)) as pool:
            return list(pool.map(batch, starts))
    finally:
        torch.set_num_threads(threads)


def _draw(
    masters: Tensor, count: int, seed: tuple[int, ...], paint: Callable[..., Tensor]
) -> tuple[Pictures, Labels]:
    """Draw `count` pictures, batch by batch.

    Each batch has a seed of its own, so the pictures are the same whichever thread draws which batch.
    """
    labels, each = _labels(count, np.random.default_rng((*seed, 0))), len(masters) // 10

    def batch(start: int) -> Tensor:
        rng = np.random.default_rng((*seed, 1, start))
        some = labels[start : start + _BATCH]
        chosen = masters[some.astype(np.int64) * each + rng.integers(each, size=len(some))]
        return paint(chosen, some, rng)

    return torch.cat(_in_parallel(batch, range(0, count, _BATCH))).numpy(), labels


def draw_clothes(split: str, count: int, masters: int | None = None) -> tuple[Pictures, Labels]:
    """Draw grey pictures of clothes.

    Parameters
    ----------
    split : {"train", "test"}
        The two have no master in common.
    count : int
        Number of pictures, a multiple of ten.
    masters : int, optional
        Masters a class; the default gives the stand-in, fewer are drawn faster.

    Returns
    -------
    (ndarray, ndarray)
        Pictures of shape (count, 28, 28) and labels of shape (count,), both uint8.
    """
    seed = (CLOTHES, _SPLITS.index(split))
    drawn = draw_masters(fabric.CLASSES, fabric.ROLES, masters or _MASTERS[split], seed)
    return _draw(drawn, count, seed, lambda some, _, rng: fabric.pictures(some, rng))


def draw_things(split: str, count: int, masters: int | None = None) -> tuple[Pictures, Labels]:
    """Draw colour pictures of things; as `draw_clothes`, with pictures of shape (count, 3, 32, 32)."""
    seed = (THINGS, _SPLITS.index(split))
    drawn = draw_masters(scene.CLASSES, scene.ROLES, masters or _MASTERS[split], seed)
    return _draw(drawn, count, seed, scene.pictures)


def write_clothes(folder: Path, train: int = 60_000, test: int = 10_000) -> None:
    """Write the stand-in of FashionMNIST into `folder`/raw."""
    for split, prefix, count in (("train", "train", train), ("test", "t10k", test)):
        pictures, labels = draw_clothes(split, count)
        files.write_idx(folder / "raw" / f"{prefix}-images-idx3-ubyte", pictures)
        files.write_idx(folder / "raw" / f"{prefix}-labels-idx1-ubyte", labels)


def write_things(folder: Path, train: int = 50_000, test: int = 10_000) -> None:
    """Write the stand-in of CIFAR-10 into `folder`: five training batches, a test batch, the names."""
    pictures, labels = draw_things("train", train)
    for number, (some, named) in enumerate(zip(np.split(pictures, 5), np.split(labels, 5), strict=True), 1):
        title = f"stand-in training batch {number} of 5"
        files.write_batch(folder / f"data_batch_{number}", title, some, named)
    files.write_batch(folder / "test_batch", "stand-in testing batch 1 of 1", *draw_things("test", test))
    files.write_meta(folder / "batches.meta", [draw.__name__ for draw in scene.CLASSES], train // 5)


def code_checksum() -> str:
    """Return the SHA-256 of the code that draws: other code, other pictures."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()
