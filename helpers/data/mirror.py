"""The local mirror: a folder with the archives, as a classroom or a machine without internet has it.

A mirror holds the official archives, which we know by their md5. Or it holds an archive that unpacks
to the same files with some pictures encoded anew; then it must say so: its `SHA256SUMS` carries the
archive's sum, and `<set>-substitutes.json` lists the pictures that differ.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from . import manifest
from .catalogue import DataError, DataSet
from .unpack import check_sum, unpack

SUMS = "SHA256SUMS"
SUBSTITUTES = "cifar-10-substitutes.json"
_DECLARED_NAMES = ("cifar-10-python.tar.xz", "cifar-10-python.tar.gz", "cifar-10-python.tar")

Installed = tuple[Path, manifest.Manifest]


@dataclass(frozen=True)
class Declaration:
    """An archive that is not byte-identical to the official one and says so.

    Attributes
    ----------
    archive : Path
        The packed file.
    sha256 : str
        Its checksum by the mirror's own list.
    note : str
        What differs, for the reader: "97 of 60,000 images re-encoded".
    """

    archive: Path
    sha256: str
    note: str


def official_archives(data_set: DataSet, mirror: Path) -> list[Path]:
    """Return the official archives as the mirror holds them, or an empty list if one is missing."""
    for folder in data_set.packed_in:
        paths = [mirror / folder / archive.filename for archive in data_set.archives]
        if all(path.is_file() for path in paths):
            return paths
    return []


def _declared_sum(mirror: Path, archive: Path) -> str:
    sums = mirror / SUMS
    if not sums.is_file():
        return ""
    for line in sums.read_text().splitlines():
        checksum, _, filename = line.partition(" ")
        if filename.strip().lstrip("*").removeprefix("./") == archive.name:
            return checksum
    return ""


def _note(mirror: Path, pictures: int) -> str:
    path = mirror / SUBSTITUTES
    try:
        indices = json.loads(path.read_text())["indices"]
        return f"{len(indices)} of {pictures:,} images re-encoded"
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path}: expected JSON with a list 'indices' of the pictures that differ from the official "
            f"ones, could not read it ({error})"
        ) from error


def declaration(data_set: DataSet, mirror: Path) -> Declaration | None:
    """Return what the mirror declares about an archive of its own, or None where it has none.

    Raises
    ------
    DataError
        If the note on the pictures that differ is missing or unreadable.
    """
    if len(data_set.archives) != 1:
        return None
    for archive in (mirror / name for name in _DECLARED_NAMES):
        checksum = _declared_sum(mirror, archive) if archive.is_file() else ""
        if checksum:
            return Declaration(archive, checksum, _note(mirror, data_set.pictures))
    return None


def _is_declared(data_set: DataSet, archives: list[Path], declared: Declaration | None) -> bool:
    """Tell whether the mirror's word stands for an archive whose md5 is not the official one."""
    if declared is None:
        return False
    return not archives or manifest.digest(archives[0], "md5") != data_set.archives[0].md5


def _install_declared(data_set: DataSet, declared: Declaration, target: Path) -> manifest.Manifest:
    check_sum(declared.archive, "sha256", declared.sha256)
    paper = manifest.Manifest(data_set.name, "mirror", declared.note, declared.sha256)
    with manifest.building(target) as folder:
        unpack(data_set, declared.archive, folder)
        return manifest.write(folder, paper, data_set.files)


def install_official(data_set: DataSet, archives: list[Path], target: Path) -> manifest.Manifest:
    """Check the official archives by md5 and unpack them into `target`."""
    for path, archive in zip(archives, data_set.archives, strict=True):
        check_sum(path, "md5", archive.md5)
    with manifest.building(target) as folder:
        for path in archives:
            unpack(data_set, path, folder)
        return manifest.write(folder, manifest.Manifest(data_set.name, "official"), data_set.files)


def install(data_set: DataSet, mirror: Path, official: Path, own: Path) -> Installed:
    """Unpack the mirror's archives; return the folder for torchvision's `root` and the manifest.

    Parameters
    ----------
    data_set : DataSet
        What to look for.
    mirror : Path
        The folder that BOOK_DATA names.
    official, own : Path
        Roots for byte-identical files and for a mirror that declares to differ.

    Raises
    ------
    DataError
        If the mirror lacks the set, or an archive is truncated or not the one it should be.
    """
    archives = official_archives(data_set, mirror)
    declared = declaration(data_set, mirror)
    if _is_declared(data_set, archives, declared):
        return own, _install_declared(data_set, declared, own / data_set.folder)
    if not archives:
        raise DataError(_missing(data_set, mirror))
    return official, install_official(data_set, archives, official / data_set.folder)


def _missing(data_set: DataSet, mirror: Path) -> str:
    wanted = ", ".join(archive.filename for archive in data_set.archives)
    inside = " or ".join(f"{mirror / folder}" for folder in data_set.packed_in)
    return (
        f"BOOK_DATA names {mirror}, which does not hold {data_set.name}: expected {wanted} in {inside}, or "
        f"an archive of its own that {SUMS} lists beside {SUBSTITUTES}. Add the files, name another "
        "folder, or unset BOOK_DATA."
    )
