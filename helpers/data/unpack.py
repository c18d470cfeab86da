"""Unpacking archives, with one clear error for each way in which they can be broken."""

from __future__ import annotations

import gzip
import lzma
import shutil
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from .catalogue import DataError, DataSet
from .manifest import digest

_BROKEN = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, tarfile.TarError)


def check_sum(archive: Path, algorithm: str, expected: str) -> None:
    """Raise DataError unless the archive has the expected checksum."""
    found = digest(archive, algorithm)
    if found != expected:
        raise DataError(
            f"{archive}: expected {algorithm} {expected}, found {found}. The file is truncated or not "
            "the one that was published; fetch it again."
        )


def _gunzip(archive: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(archive) as packed, target.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, 1 << 20)


def _untar(archive: Path, paths: Iterable[str], folder: Path) -> None:
    wanted = {f"{Path(path).name}": path for path in paths}
    # r|* reads the archive once from front to back; seeking in a compressed file starts again each time
    with tarfile.open(archive, "r|*") as packed:
        for member in packed:
            path = wanted.pop(Path(member.name).name, None) if member.isfile() else None
            if path is not None:
                with packed.extractfile(member) as content, (folder / path).open("wb") as unpacked:
                    shutil.copyfileobj(content, unpacked, 1 << 20)
    if wanted:
        raise DataError(f"{archive}: expected {', '.join(sorted(wanted))} in it, found no such file")


def unpack(data_set: DataSet, archive: Path, folder: Path) -> None:
    """Unpack one archive into `folder`, at the paths where torchvision expects its files.

    Raises
    ------
    DataError
        If the archive is truncated, damaged or lacks a file.
    """
    try:
        if ".tar" in archive.name:
            _untar(archive, data_set.files, folder)
        else:
            names = {Path(path).name: path for path in data_set.files}
            _gunzip(archive, folder / names[archive.stem])
    except _BROKEN as error:
        raise DataError(
            f"{archive}: expected a complete archive, could not unpack it ({error}). Fetch the file again."
        ) from error


def check_official(data_set: DataSet, folder: Path) -> str:
    """Say in what the files of a folder differ from the official ones; empty means in nothing."""
    for path, expected in data_set.files.items():
        algorithm, _, checksum = expected.partition(":")
        if not (folder / path).is_file():
            return f"{folder / path} is missing"
        if digest(folder / path, algorithm) != checksum:
            return f"{folder / path} does not have the published {algorithm} {checksum}"
    return ""
