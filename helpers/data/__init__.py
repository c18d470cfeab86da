"""Say which folder torchvision gets as `root`.

    from helpers import data
    from torchvision import datasets

    root = data.folder("FashionMNIST")
    train_set = datasets.FashionMNIST(root=root, train=True, download=False)

The answer is the first rung of a ladder that holds: the files are in `data/`; a local mirror named by
the variable BOOK_DATA; a download; pictures that we draw ourselves. `data/README.md` tells the rest.
"""

from __future__ import annotations

from pathlib import Path

from . import places
from .catalogue import NAMES, DataError, lookup
from .cifar import CIFAR10
from .ladder import STANDIN_NOTE, Ladder, Status

__all__ = ["CIFAR10", "NAMES", "DataError", "Status", "describe", "folder", "label", "look", "status"]


def _ladder(name: str) -> Ladder:
    return Ladder(lookup(name), places.home() / "data", places.source())


def status(name: str) -> Status:
    """Prepare a data set if it is not there yet, and return which data it is.

    Parameters
    ----------
    name : {"FashionMNIST", "CIFAR10"}
        The data set.

    Raises
    ------
    ValueError
        If there is no such data set.
    DataError
        If files are damaged, a mirror that was named is not usable, or `data/` can't be written to.
    """
    return _ladder(name).prepare()


def look(name: str) -> Status | None:
    """Return which data `name` is without fetching or drawing anything; None if it is not there yet."""
    return _ladder(name).find()


def folder(name: str) -> Path:
    """Return the folder that torchvision takes as `root`; raises what `status` raises."""
    return status(name).root


def label(name: str) -> str:
    """Return the name for a figure's title: "FashionMNIST", or "FashionMNIST stand-in"."""
    return f"{name} stand-in" if status(name).is_standin else name


def describe(name: str) -> str:
    """Return one line that says which pictures these are.

    It depends on the pictures alone, not on the way they came here, so that a notebook's output is the
    same after a download and from a mirror.
    """
    now = status(name)
    if now.is_standin:
        return f"{name} stand-in: {STANDIN_NOTE}"
    if now.kind == "mirror":
        return f"{name}: {now.note}, the others as published"
    return f"{name}: the official files, as published"
