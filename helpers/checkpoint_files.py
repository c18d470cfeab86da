"""Files of checkpoints: written whole or not at all, and read only if they are whole and hold no code."""

from __future__ import annotations

import errno
import io
import os
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import torch

__all__ = ["CheckpointError", "read", "write"]

#: What the ``fsync`` of a folder answers on file systems that have none, such as some network shares.
_NO_FSYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class CheckpointError(RuntimeError):
    """A file is no checkpoint, is damaged, or does not fit the objects that it is to be loaded into."""


def write(path: Path, content: dict[str, Any]) -> None:
    """Write in one indivisible step: afterwards the file is the old one or the new one, whole and readable.

    Parameters
    ----------
    path : Path
        The file. A link stays a link, and the file that it points to is written.
    content : dict
        What :func:`read` is to return.

    Raises
    ------
    FileNotFoundError
        The folder does not exist.
    ValueError
        The name ends in ``.safetensors``.
    TypeError
        The content holds an object that ``torch.load`` refuses; the message says where.
    """
    if path.name.endswith(".safetensors"):
        raise ValueError(
            f"cannot save {path.name}: from the ending torch.load would take it for a file of the library "
            "safetensors; choose another one, such as .pt"
        )
    target = Path(os.path.realpath(path))  # to replace a link would leave its file as it was
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"cannot save {path.name}: the folder {str(target.parent)!r} does not exist; "
            "make it with Path(...).mkdir(parents=True)"
        )
    # In the same folder, since a file can be renamed in one step only within a file system. The name is
    # always the same, so that what a killed process leaves is overwritten by the next one.
    unfinished = target.with_name(f"{target.name}.part")
    try:
        _write_and_read_back(unfinished, content)
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _write_and_read_back(path: Path, content: dict[str, Any]) -> None:
    try:
        with open(path, "w+b") as file:
            torch.save(content, file)
            file.flush()
            os.fsync(file.fileno())  # on the disk before the name points to it, even if the power fails
            _try_to_read(file)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # whatever an object raises that will not be pickled
        _name_what_is_refused(content, error)
        raise


def _try_to_read(file: BinaryIO) -> None:
    """Let ``torch.load`` judge what it has to build, without reading the numbers of the tensors again."""
    try:
        file.seek(0)
        torch.load(file, map_location="meta", weights_only=True)
    except Exception:  # a kind of tensor that meta does not know; on the CPU it may be readable
        file.seek(0)
        torch.load(file, map_location="cpu", weights_only=True)


def _name_what_is_refused(content: dict[str, Any], error: Exception) -> None:
    for name, part in content["parts"].items():
        if _is_refused(part):
            place, value = _innermost(name, part)
            kind = f"{type(value).__module__}.{type(value).__qualname__}"
            raise TypeError(
                f"{place} is a {kind}: a checkpoint holds tensors, plain numbers and strings only, and this "
                "one torch.load would refuse"
            ) from error


def _innermost(place: str, value: Any, around: tuple[Any, ...] = ()) -> tuple[str, Any]:
    """Return the smallest piece that is refused by itself, and where it stands."""
    for where, piece in _pieces(place, value):
        # A list can hold itself.
        if not any(piece is one for one in (value, *around)) and _is_refused(piece):
            return _innermost(where, piece, (value, *around))
    return place, value


def _pieces(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if type(value) in (list, tuple, set):
        yield from ((f"{place}[{i}]", entry) for i, entry in enumerate(value))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield f"the key {key!r} of {place}", key
            yield f"{place}[{key!r}]", entry


def _is_refused(value: Any) -> bool:
    file = io.BytesIO()
    try:
        torch.save(value, file)
        _try_to_read(file)
    except Exception:
        return True
    return False


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to the disk, where the system can."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise
    finally:
        os.close(opened)


def read(path: Path) -> Any:
    """Return the content of a file of :func:`write`, its tensors on the CPU; no code of the file runs.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    CheckpointError
        It is no file of ``torch.save``, is cut short or damaged, or holds more than tensors and numbers.
    """
    if not path.is_file():
        raise FileNotFoundError(f"there is no checkpoint {path.name} in {str(path.parent)!r}")
    _refuse_damage(path)
    try:
        with open(path, "rb") as file:  # given a name, torch.load would look at its ending
            return torch.load(file, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError) as error:
        raise CheckpointError(
            f"{path.name} holds more than tensors and plain numbers, or is no file of torch.save; nothing of "
            "it was run"
        ) from error


def _refuse_damage(path: Path) -> None:
    """Do what ``torch.load`` leaves out: compare the check sums that ``torch.save`` writes."""
    try:
        if not zipfile.is_zipfile(path):
            raise CheckpointError(
                f"{path.name} is no checkpoint, or only the beginning of one: of its {path.stat().st_size} "
                "bytes the last are not the directory with which a file of torch.save ends"
            )
        damage = _damage(path)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        damage = str(error)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        damage = str(error) or "it ends too early"
    if damage:
        raise CheckpointError(f"{path.name} is damaged: {damage}")


def _damage(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            # With either mark torch.load would not give back what was saved.
            if entry.external_attr & 16 or entry.flag_bits & 1:
                return f"its entry {entry.filename} is marked as a folder, or as encrypted"
        wrong = archive.testzip()
    return f"the check sum of its entry {wrong} is wrong" if wrong else ""
