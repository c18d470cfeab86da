"""The two formats on disk, as torchvision reads them: idx files and pickled batches."""

from __future__ import annotations

import pickle
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_UNSIGNED_BYTE = 8


def write_idx(path: Path, values: NDArray[np.uint8]) -> None:
    """Write an array of bytes as an idx file: two zeros, type, number of axes, their sizes, the values."""
    head = struct.pack(f">BBBB{values.ndim}I", 0, 0, _UNSIGNED_BYTE, values.ndim, *values.shape)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(head)
        stream.write(np.ascontiguousarray(values).tobytes())


def write_batch(path: Path, title: str, pictures: NDArray[np.uint8], labels: NDArray[np.integer]) -> None:
    """Write one CIFAR-10 batch.

    Parameters
    ----------
    path : Path
        The file.
    title : str
        What the batch calls itself, and the pictures in it.
    pictures : ndarray
        Shape (N, 3, 32, 32), uint8; stored as rows of 3072 bytes: red, green, blue.
    labels : ndarray
        Shape (N,), 0..9.
    """
    names = [f"{path.name}_{number:05d}.png" for number in range(len(labels))]
    batch = {
        "batch_label": title,
        "labels": [int(label) for label in labels],
        "data": np.ascontiguousarray(pictures.reshape(len(pictures), -1)),
        "filenames": names,
    }
    with path.open("wb") as stream:
        pickle.dump(batch, stream, protocol=2)  # what the original files use


def write_meta(path: Path, names: list[str], per_batch: int) -> None:
    """Write `batches.meta`, which gives the labels their names."""
    with path.open("wb") as stream:
        pickle.dump(
            {"num_cases_per_batch": per_batch, "label_names": names, "num_vis": 3072}, stream, protocol=2
        )
