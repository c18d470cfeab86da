"""The paper that says a folder is complete, and the only way in which a folder becomes complete.

A data set is put together in a temporary folder beside its place and renamed when all of it is
there and checked. The manifest `book.json` is written into it last. So a folder without a manifest
was not made here, and a folder with one was whole when it was made.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from .catalogue import UnwritableError

FILENAME = "book.json"


@dataclass(frozen=True)
class FileRecord:
    """Size in bytes, time of last change in nanoseconds and SHA-256 of one file."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a complete folder holds and where it came from.

    Attributes
    ----------
    name : str
        The data set.
    kind : str
        ``"official"``, ``"mirror"`` (declared to differ from the official files) or ``"stand-in"``.
    note : str
        What a reader must know about these pictures; may be empty.
    origin : str
        Checksum of what the folder was made from: an archive, or the code that drew it.
    files : dict of str to FileRecord
        Path inside the folder -> record.
    """

    name: str
    kind: str
    note: str = ""
    origin: str = ""
    files: dict[str, FileRecord] = field(default_factory=dict)

    @property
    def checksum(self) -> str:
        """SHA-256 over the names and SHA-256 sums of all files, in the order of the names."""
        lines = (f"{record.sha256}  {path}\n" for path, record in sorted(self.files.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def digest(path: Path, algorithm: str) -> str:
    """Return the hexadecimal checksum of a file; `algorithm` is ``"md5"`` or ``"sha256"``."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.new(algorithm, usedforsecurity=False)).hexdigest()


def record(path: Path) -> FileRecord:
    """Measure one file."""
    stat = path.stat()
    return FileRecord(stat.st_size, stat.st_mtime_ns, digest(path, "sha256"))


def measure(folder: Path, manifest: Manifest, paths: Iterable[str]) -> Manifest:
    """Return the manifest with a record of each of `paths` inside `folder`."""
    return replace(manifest, files={path: record(folder / path) for path in paths})


def write(folder: Path, manifest: Manifest, paths: Iterable[str]) -> Manifest:
    """Measure `paths` inside `folder`, write the manifest, return it with the records in it."""
    full = measure(folder, manifest, paths)
    partial = folder / f"{FILENAME}.partial"
    partial.write_text(json.dumps(asdict(full), indent=1))
    partial.replace(folder / FILENAME)
    return full


def read(folder: Path) -> Manifest | None:
    """Return the manifest of `folder`, or None where there is none that can be read."""
    try:
        fields = json.loads((folder / FILENAME).read_text())
        files = {path: FileRecord(**entry) for path, entry in fields.pop("files").items()}
        return Manifest(**fields, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _problem_of_file(path: Path, expected: FileRecord) -> str:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return f"{path} is missing"
    if stat.st_size != expected.size:
        return f"{path} has {stat.st_size:,} bytes, expected {expected.size:,}"
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    if stat.st_mtime_ns != expected.mtime_ns and digest(path, "sha256") != expected.sha256:
        return f"{path} was changed: expected SHA-256 {expected.sha256}"
    return ""


def problem(folder: Path, manifest: Manifest) -> str:
    """Say what is wrong with the files of a folder; an empty string means all is well.

    Size and time of last change stand for the checksum. Where only the time differs (the folder was
    copied) the file is read again, and the manifest takes the new time.

    Raises
    ------
    OSError
        If a file is there and may not be read.
    """
    for path, expected in manifest.files.items():
        if found := _problem_of_file(folder / path, expected):
            return found
    moved = any((folder / p).stat().st_mtime_ns != r.mtime_ns for p, r in manifest.files.items())
    if moved:
        with contextlib.suppress(OSError):  # a read-only folder is as good, only slower to check
            write(folder, manifest, manifest.files)
    return ""


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards, however the body ends.

    Raises
    ------
    UnwritableError
        If the disk is full, read-only or refuses for another reason.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)  # left by a process that was killed
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise UnwritableError(
            f"{error.filename or folder} could not be written: {error.strerror or error}",
            ". Expected a folder that may be written to, with space for the data set (FashionMNIST 60 MB, "
            "CIFAR10 190 MB).",
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give a temporary folder to fill; it takes `target`'s place if the body ends well.

    Raises
    ------
    UnwritableError
        As `scratch` does. Nothing is left behind.
    """
    with scratch(target.parent / f".{target.name}.partial") as partial:
        yield partial
        if target.exists():
            shutil.rmtree(target)
        partial.rename(target)
