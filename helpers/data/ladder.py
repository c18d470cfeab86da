"""The ladder: present, local mirror, download, drawn stand-in.

`find` looks and changes nothing. `prepare` climbs until a rung holds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from . import download, manifest, mirror, places
from .catalogue import DataError, DataSet, UnwritableError
from .unpack import check_official

STANDIN_NOTE = "pictures drawn by this book's own code, not the real photographs"


@dataclass(frozen=True)
class Status:
    """Which data a data set is, right now.

    Attributes
    ----------
    name : str
        The data set.
    root : Path
        What torchvision takes as `root`.
    rung : str
        ``"present"``, ``"mirror"``, ``"download"`` or ``"stand-in"``.
    kind : str
        ``"official"``, ``"mirror"`` (declared to differ) or ``"stand-in"``.
    checksum : str
        SHA-256 over the unpacked files.
    note : str
        What differs from the official files, and why there is a stand-in.
    """

    name: str
    root: Path
    rung: str
    kind: str
    checksum: str
    note: str = ""

    @property
    def is_standin(self) -> bool:
        """Whether these are drawn pictures."""
        return self.kind == "stand-in"


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """Turn a file that may not be read, another user's for instance, into a clear error."""
    try:
        yield
    except OSError as error:
        raise DataError(
            f"{error.filename} can't be read ({error.strerror}): expected files of the data set that this "
            "user may read. Ask their owner, or work in a folder of yours."
        ) from error


@dataclass(frozen=True)
class Ladder:
    """One data set, the folder `data/`, and what BOOK_DATA asks for.

    Attributes
    ----------
    data_set : DataSet
        What is wanted.
    data : Path
        The folder `data/`.
    source : places.Source
        What BOOK_DATA asks for.
    patience : download.Patience
        Time limits of the network.
    """

    data_set: DataSet
    data: Path
    source: places.Source
    patience: download.Patience = field(default_factory=download.Patience)

    @property
    def mirrored(self) -> Path:
        """Root of files from a mirror that declares to differ."""
        return self.data / "mirror"

    @property
    def drawn(self) -> Path:
        """Root of the stand-ins."""
        return self.data / "standin"

    def find(self) -> Status | None:
        """Return what can be used without any work, or None.

        Raises
        ------
        DataError
            If the files in the official place are not the official ones, `data/mirror` is damaged, or
            files may not be read.
        """
        with _readable():
            if self.source.standin:
                return self._find_standin("BOOK_DATA=standin")
            return self._find_official() or self._find_mirrored() or self._find_after_failure()

    def prepare(self) -> Status:
        """Return the data, after unpacking, fetching or drawing it where that is needed.

        Raises
        ------
        DataError
            If a rung that was asked for can't be used; the message names the file and what to do.
        """
        found = self.find()
        if found is not None:
            return found
        try:
            with self._lock(), _readable():
                return self.find() or self._build()
        except UnwritableError as error:
            return self._make_do(error)

    def _make_do(self, error: UnwritableError) -> Status:
        """Use a whole stand-in that lies in a folder which can't be written to, rather than stop."""
        named = self.source.mirror is not None
        found = None if named else self._find_standin(f"nothing was downloaded: {error.what}")
        if found is None:
            raise error
        return found

    def _lock(self) -> contextlib.AbstractContextManager:
        """Two processes may start on an empty `data/` at once: one builds, the other waits for it."""
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            return FileLock(self.data / f".{self.data_set.name}.lock").acquire()
        except OSError as error:
            raise UnwritableError(
                f"{self.data} can't be written to ({error.strerror})",
                f": expected a folder in which {self.data_set.name} can be put. Change its permissions, work "
                "in a folder of yours, or let its owner run `python -m helpers.data --fetch`.",
            ) from error

    def _build(self) -> Status:
        if self.source.standin:
            return self._draw("BOOK_DATA=standin")
        if self.source.mirror is not None:
            root, paper = mirror.install(self.data_set, self.source.mirror, self.data, self.mirrored)
            return self._status(root, paper, "mirror")
        return self._download_or_draw()

    def _download_or_draw(self) -> Status:
        reason = download.remembered_failure(self.data_set, self.data, self.patience)
        if not reason:
            try:
                target = self.data / self.data_set.folder
                paper = download.install(self.data_set, target, self.patience)
                return self._status(self.data, paper, "download")
            except download.DownloadError as error:
                reason = str(error)
                download.remember_failure(self.data_set, self.data, reason)
        why = f"the download failed: {reason}"
        return self._find_standin(why) or self._draw(why)

    def _draw(self, why: str) -> Status:
        folder = self.drawn / self.data_set.folder
        paper = manifest.Manifest(self.data_set.name, "stand-in", STANDIN_NOTE, self.data_set.drawing())
        with manifest.building(folder) as partial:
            self.data_set.draw(partial)
            paper = manifest.write(partial, paper, self.data_set.files)
        return self._status(self.drawn, paper, "stand-in", why)

    def _status(self, root: Path, paper: manifest.Manifest, rung: str, why: str = "") -> Status:
        note = "; ".join(part for part in (paper.note, why) if part)
        return Status(self.data_set.name, root, rung, paper.kind, paper.checksum, note)

    def _find_after_failure(self) -> Status | None:
        """Accept the stand-in at once if the download failed a short while ago."""
        reason = download.remembered_failure(self.data_set, self.data, self.patience)
        if self.source.mirror is not None or not reason:
            return None
        return self._find_standin(f"the download failed: {reason}")

    def _find_standin(self, why: str) -> Status | None:
        """Accept a stand-in that is whole and drawn by today's code; else it is drawn anew."""
        folder = self.drawn / self.data_set.folder
        paper = manifest.read(folder)
        if paper is None or paper.origin != self.data_set.drawing() or manifest.problem(folder, paper):
            return None
        return self._status(self.drawn, paper, "stand-in", why)

    def _find_official(self) -> Status | None:
        folder = self.data / self.data_set.folder
        if not folder.is_dir() or not any(folder.iterdir()):
            return None
        paper = manifest.read(folder)
        known = paper is not None and paper.kind == "official"
        found = manifest.problem(folder, paper) if known else check_official(self.data_set, folder)
        if found:
            raise DataError(
                f"{found}. {folder} is the place of the official files of {self.data_set.name}: "
                "remove that folder, and the book fetches them again."
            )
        return self._status(self.data, paper if known else self._adopt(folder), "present")

    def _adopt(self, folder: Path) -> manifest.Manifest:
        """Write the manifest of official files that torchvision or the reader put in their place."""
        paper = manifest.Manifest(self.data_set.name, "official")
        with contextlib.suppress(OSError):  # a read-only folder is as good, only slower to check
            return manifest.write(folder, paper, self.data_set.files)
        return manifest.measure(folder, paper, self.data_set.files)

    def _find_mirrored(self) -> Status | None:
        """Accept what was unpacked from a mirror that declares to differ, if it is from this mirror."""
        folder = self.mirrored / self.data_set.folder
        paper = manifest.read(folder)
        if paper is None:
            return None
        found = manifest.problem(folder, paper)
        if self.source.mirror is not None:
            declared = mirror.declaration(self.data_set, self.source.mirror)
            same = declared is not None and declared.sha256 == paper.origin
            return self._status(self.mirrored, paper, "mirror") if same and not found else None
        if found:
            raise DataError(f"{found}. Remove {folder}, or name the mirror in BOOK_DATA again.")
        return self._status(self.mirrored, paper, "present")
