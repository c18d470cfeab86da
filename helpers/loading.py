"""The data sets of chapter 5, in a module, where the worker processes of a ``DataLoader`` can find them.

A worker that is started afresh (by default on Windows and macOS, and on Linux from Python 3.14 on)
imports the class of its data set by name.
A class that was typed into a notebook has no module to be imported from; these have.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from PIL import Image, ImageOps
from torch import Tensor
from torch.utils.data import Dataset, get_worker_info

#: What `python -m bookbuild.bench loaders --write` measured.
RECORD = Path(__file__).parent / "loading_times.yaml"


def rows_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row of a CSV file stands, for messages, and its fields without spaces around them.

    Rows without a word are passed over. Each line is a row of its own, so that an unclosed quote can't
    swallow the lines behind it.

    Raises
    ------
    ValueError
        The file is not text in UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not text in UTF-8") from error
    for number, line in enumerate(lines, 1):
        fields = next(csv.reader([line], skipinitialspace=True), [])
        if any(fields):
            yield f"{path.name}, line {number}", [field.strip() for field in fields]


def read_labels(path: Path) -> list[tuple[str, str]]:
    """Read a label file: the header ``file,label``, then a file name and a label in each line.

    Raises
    ------
    ValueError
        No such header, a line with more or less than two fields, a file that is named twice or missing beside
        it, no picture at all, or no text in UTF-8. The message names file and line.
    """
    rows = rows_of(path)
    where, header = next(rows, (path.name, []))
    if header != ["file", "label"]:
        raise ValueError(f"{where}: expected the header file,label; found {header}")
    samples = {}
    for where, row in rows:
        if len(row) != 2 or not all(row) or '"' in row[1]:
            raise ValueError(f"{where}: expected file,label; found {row}")
        name, label = row
        if name in samples:
            raise ValueError(f"{where}: {name!r} is named a second time")
        if not (path.parent / name).is_file():
            raise ValueError(f"{where}: there is no file {name!r}")
        samples[name] = label
    if not samples:
        raise ValueError(f"{path.name} names no picture")
    return list(samples.items())


def open_picture(path: Path) -> Image.Image:
    """Read a picture in colour, upright, in 8 bits a channel; of an animation, its first picture.

    Raises
    ------
    ValueError
        The file holds no picture that can be read, or numbers of which none is known to be white (floats,
        or integers of 32 bits). The message names the file.
    """
    try:
        with Image.open(path) as file:
            image = ImageOps.exif_transpose(file)  # as the camera was held
    except Exception as error:  # OSError mostly, but each format has its own
        raise ValueError(f"{path.name} can't be read as a picture") from error
    if image.mode in ("I", "F"):
        raise ValueError(f"{path.name} holds numbers, and does not say which is white")
    if image.mode.startswith("I;16"):  # convert would cut off at 255
        image = image.convert("I").point(lambda level: level / 257 + 0.5)
    image.info.pop("transparency", None)  # a cut-out shows what lies behind it
    return image.convert("RGB")


class PictureSet(Dataset):
    """Pictures in a folder, named and labelled by a file in it.

    Parameters
    ----------
    folder : path
        Holds the pictures and the label file.
    transform : callable, optional
        Given each picture as a PIL image in colour; its result is the sample.
    """

    def __init__(self, folder: str | Path, transform: Callable[[Image.Image], Any] | None = None) -> None:
        self.folder = Path(folder)
        self.transform = transform
        self.samples = read_labels(self.folder / "labels.csv")
        self.classes = sorted({label for _, label in self.samples})

    def __len__(self) -> int:
        """Return the number of pictures."""
        return len(self.samples)

    def __getitem__(self, index: int) -> tuple[Any, int]:
        """Return a picture and the number of its class."""
        name, label = self.samples[index]
        image = open_picture(self.folder / name)
        if self.transform is not None:
            image = self.transform(image)
        return image, self.classes.index(label)


class OneByOne(Dataset):
    """Pictures that are tensors in memory; one index fetches one.

    Parameters
    ----------
    images : uint8 Tensor, shape (N, H, W)
        Pixels from 0 to 255; samples are float32 from 0 to 1.
    labels : int64 Tensor, shape (N,)
        Numbers of their classes.
    """

    def __init__(self, images: Tensor, labels: Tensor) -> None:
        self.images, self.labels = images, labels

    def __len__(self) -> int:
        """Return the number of pictures."""
        return len(self.images)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        """Return one picture and its label."""
        return self.images[index] / 255, self.labels[index]


class WholeBatch(OneByOne):
    """The same pictures; a list of indices fetches a batch, already stacked."""

    def __getitems__(self, indices: list[int]) -> tuple[Tensor, Tensor]:
        """Return the batch. The loader needs ``collate_fn=as_it_is``: there is nothing left to stack."""
        return self.images[indices] / 255, self.labels[indices]


def as_it_is(batch: Any) -> Any:
    """Return the batch: a ``collate_fn`` that a worker can import, unlike a lambda."""
    return batch


class Dice(Dataset):
    """Random numbers, to see what workers do with seeds.

    A sample is the worker's number (−1 without workers) and one throw each of torch, of NumPy's global
    generator, of ``random``, and of a NumPy generator that the data set keeps for itself.
    """

    def __init__(self) -> None:
        self.own = np.random.default_rng(0)

    def __len__(self) -> int:
        """Return the number of samples in an epoch."""
        return 4

    def __getitem__(self, index: int) -> tuple[int, float, float, float, float]:
        """Throw."""
        worker = get_worker_info()
        throws = torch.rand(()).item(), np.random.rand(), random.random(), self.own.random()
        return worker.id if worker else -1, *throws


def measured() -> str:
    """Return what loading cost where it was recorded, as a table."""
    return table(yaml.safe_load(RECORD.read_text("utf-8")))


def table(record: dict) -> str:
    """Return measured times as a table, below it where and when they were measured."""
    lines = [f"{'FashionMNIST, batches of 128':38}{'ms a batch':>10}"]
    lines += [f"  {name:36}{time:10.2f}" for name, time in record["batches"].items()]
    lines += [f"{'160 picture files, ms':38}{'1st batch':>10}{'epoch':>8}{'slow store':>12}"]
    for name, (first, whole, slow) in record["workers"].items():
        lines.append(f"  {name:36}{first:10}{whole:8}{slow:12}")
    rounds = f"{record['date']}, median of {record['rounds']} rounds, load before: {record['load']}"
    return "\n".join([*lines, record["machine"], rounds])
