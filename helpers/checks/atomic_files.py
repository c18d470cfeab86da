"""The check of chapter 14's last exercise: a file that is replaced in one step, or left as it was."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from unittest import mock

from helpers.checks.report import call, exercise, function, reject, require, wrong


class _PowerCutError(Exception):
    """What a write that dies halfway raises."""


@exercise
def write_atomically(answer: object) -> str:
    """Judge a function ``(path, write) -> path`` that replaces a file in one step, or leaves it."""
    save = function(answer)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "run.pt"
        path.write_bytes(b"old")
        witness = _Witness(path)
        with witness.watching():
            result = call(save, path, witness.write, given="a write that succeeds")
        _diagnose_success(path, witness, result)
        _diagnose_failure(save, path)
    verified = (
        "while it is written, and when writing fails, the old file is there; afterwards the new one, whole."
    )
    return (
        verified if witness.synced else f"{verified} (No fsync was seen: after a power cut it may be empty.)"
    )


class _Witness:
    """Write six bytes, and note what happens to the file under the good name in between."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = path.stat().st_ino
        self.written = False
        self.beside: bool | None = None
        self.meanwhile: bytes | None = b"old"
        self.renamed: bytes | None = None
        self.synced = False

    def write(self, file: BinaryIO) -> None:
        """Write in two halves, and look around after the first."""
        self.written = True
        file.write(b"new")
        if isinstance(file, io.BytesIO):  # written to memory first
            file.write(b"new")
            return
        file.flush()
        self.meanwhile = self.path.read_bytes() if self.path.exists() else None
        own = os.fstat(file.fileno())  # a temporary file may have no name
        self.beside = any(os.path.samestat(own, entry.stat()) for entry in self.path.parent.iterdir())
        file.write(b"new")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note whether the file is brought to the disk, and what it holds when it gets its name."""
        with ExitStack() as patches:
            for name in ("replace", "rename"):
                patches.enter_context(mock.patch.object(os, name, self._noting_what_moves(getattr(os, name))))
            patches.enter_context(mock.patch.object(os, "fsync", self._noting_fsync(os.fsync)))
            yield

    def _noting_what_moves(self, move: Callable[..., None]) -> Callable[..., None]:
        def moving(source: str | os.PathLike[str], target: str | os.PathLike[str], **options: object) -> None:
            if Path(target) == self.path:
                self.renamed = Path(source).read_bytes()
            move(source, target, **options)

        return moving

    def _noting_fsync(self, sync: Callable[[int], None]) -> Callable[[int], None]:
        def syncing(file: int) -> None:
            self.synced |= self.renamed is None
            sync(file)

        return syncing


def _diagnose_success(path: Path, witness: _Witness, result: object) -> None:
    require(witness.written, "write was not called with an open file.")
    reject(not path.exists(), "after a whole write there is no file under the path.")
    content = path.read_bytes()
    reject(content == b"old", "after a whole write the old content is still there: nothing replaced it.")
    require(content == b"newnew", "after a whole write the file does not hold all that was written.")
    require(
        witness.meanwhile is not None,
        "while the new file is being written there is no old one: it was removed too early.",
    )
    require(
        witness.meanwhile == b"old" and path.stat().st_ino != witness.number,
        "while the new file is being written, the good name already points to a piece of it.",
    )
    reject(
        witness.beside is False,
        "the unfinished file is in another folder, perhaps on another disk: from there no rename leads here.",
    )
    reject(
        witness.renamed not in (None, b"newnew"),
        "the file gets its name before all is written: leave the with block, or flush, before you rename.",
    )
    require(isinstance(result, (str, Path)) and Path(result) == path, "the path is not returned.")


def _diagnose_failure(save: Callable[..., object], path: Path) -> None:
    def die(file: BinaryIO) -> None:
        file.write(b"half")
        raise _PowerCutError

    raised: Exception | None = None
    try:
        save(path, die)
    except Exception as error:  # whatever comes instead of the error of write
        raised = error
    content = path.read_bytes() if path.exists() else b""
    reject(content in (b"half", b""), "when the write fails, the old content is lost.")
    require(content == b"newnew", "when the write fails, the content under the path has changed.")
    require(raised is not None, "when the write fails, its error does not come through: nobody learns of it.")
    if not isinstance(raised, _PowerCutError):
        wrong(f"when the write fails, {type(raised).__name__} comes through in place of its error: {raised}")
