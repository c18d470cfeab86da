"""Checkpoints: save a run so that it can be killed at any moment and go on as if nothing had happened.

A checkpoint holds the state of every object of a run (model, optimizer, scheduler, place in the data), its
plain numbers, and where the streams of random numbers stand::

    batches = Batches(loader)
    losses = []
    if path.exists():
        losses = load(path, model=model, optimizer=optimizer, batches=batches)["losses"]
    while batches.epoch < num_epochs:
        for X, y in batches:
            ...  # the five steps
            save(path, model=model, optimizer=optimizer, batches=batches, losses=losses)
"""

from __future__ import annotations

import copy
import os
import pickle
import random
import zipfile
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import RandomSampler

__all__ = ["Batches", "CheckpointError", "load", "save"]

#: Written into each file; a later layout gets another number.
FORMAT = 1

_NUMBERS = (torch.Tensor, int, float, complex, str, bytes, bool, type(None), torch.dtype, torch.device)
_LISTS = (list, tuple, set, torch.Size)
_DICTS = (dict, OrderedDict, defaultdict, Counter)


class CheckpointError(RuntimeError):
    """A file is no checkpoint, is damaged, or does not fit the objects that it is to be loaded into."""


class Batches:
    """Read a loader epoch by epoch, and know how far: iterating yields the *rest* of the current epoch.

    Parameters
    ----------
    loader : iterable of batches
        A :class:`torch.utils.data.DataLoader` or :class:`helpers.batches.TensorBatches`. If it shuffles, it
        must have a generator of its own, from whose state the order of an epoch can be drawn again.

    Attributes
    ----------
    epoch : int
        Epochs that are finished.
    batch : int
        Batches of the current epoch that were given out.

    Raises
    ------
    ValueError
        The loader shuffles without a generator.
    """

    def __init__(self, loader: Any) -> None:
        self._generator = getattr(loader, "generator", None)
        shuffles = getattr(loader, "shuffle", False) or isinstance(
            getattr(loader, "sampler", None), RandomSampler
        )
        if shuffles and self._generator is None:
            raise ValueError("loader shuffles: give it generator=torch.Generator(), so that it can resume")
        self.loader = loader
        self.epoch = 0
        self.batch = 0
        self._start = self._generator_state()

    def __iter__(self) -> Iterator[Any]:
        """Yield the batches of the current epoch that are left; then the next epoch is the current one."""
        for X_and_y in self._rest():
            self.batch += 1
            yield X_and_y
        self.epoch += 1
        self.batch = 0
        self._start = self._generator_state()

    def _rest(self) -> Iterator[Any]:
        """Begin the epoch anew, in the same order, and pass over what was given out before."""
        if self.batch == 0:
            self._start = self._generator_state()
            return iter(self.loader)
        if self._generator is not None:
            self._generator.set_state(self._start)
        # A random transform of a sample that is passed over draws numbers: they were drawn before.
        stands = _random_states()
        batches = iter(self.loader)
        for _ in range(self.batch):
            next(batches)
        _restore_random_states(stands)
        return batches

    def _generator_state(self) -> torch.Tensor | None:
        return None if self._generator is None else self._generator.get_state()

    def state_dict(self) -> dict[str, Any]:
        """Return the place in the data, and the state of the generator when this epoch began."""
        return {"epoch": self.epoch, "batch": self.batch, "generator": self._start}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go to the place that :meth:`state_dict` returned."""
        if (state["generator"] is None) != (self._generator is None):
            raise ValueError("the loader had a generator when it was saved, or has one now, but not both")
        self.epoch, self.batch, self._start = state["epoch"], state["batch"], state["generator"]
        if self._generator is not None:
            self._generator.set_state(self._start)


def save(path: str | os.PathLike[str], **parts: Any) -> None:
    """Write a checkpoint in one indivisible step: afterwards the file is the old one or the new one, whole.

    Parameters
    ----------
    path : path
        The file; its folder must exist.
    **parts
        What to save, by name. What has a ``state_dict`` is saved by it; all else must be made of tensors,
        numbers, strings, and lists and dictionaries of these.

    Raises
    ------
    FileNotFoundError
        The folder does not exist.
    TypeError
        A part holds an object that ``torch.load`` would refuse later.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"cannot save {target.name}: the folder {str(target.parent)!r} does not exist; "
            "make it with Path(...).mkdir(parents=True)"
        )
    states = {name: _state_of(part) for name, part in parts.items()}
    for name, state in states.items():
        _refuse_objects(state, name)
    _write(target, {"format": FORMAT, "parts": states, "random": _random_states()})


def _state_of(part: Any) -> Any:
    return part.state_dict() if hasattr(part, "state_dict") else part


def _refuse_objects(value: Any, place: str) -> None:
    """Refuse now what loading would refuse when the run is gone."""
    if type(value) in _DICTS:
        for key, entry in value.items():
            _refuse_objects(key, f"the key {key!r} of {place}")
            _refuse_objects(entry, f"{place}[{key!r}]")
    elif type(value) in _LISTS:
        for i, entry in enumerate(value):
            _refuse_objects(entry, f"{place}[{i}]")
    elif not isinstance(value, torch.Tensor) and type(value) not in _NUMBERS:
        kind = f"{type(value).__module__}.{type(value).__qualname__}"
        raise TypeError(f"{place} is a {kind}: a checkpoint holds tensors, plain numbers and strings only")


def _write(target: Path, content: dict[str, Any]) -> None:
    # In the same folder, since a file can be renamed in one step only within a file system. The name is
    # always the same, so that what a killed process leaves is overwritten by the next one.
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with open(unfinished, "wb") as file:
            torch.save(content, file)
            file.flush()
            os.fsync(file.fileno())  # on the disk before the name points to it, even if the power fails
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to the disk, where the system can."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def load(path: str | os.PathLike[str], **parts: Any) -> dict[str, Any]:
    """Load a checkpoint into the objects of a run, all of them or none, and set the random streams.

    The file is read by ``torch.load`` with ``weights_only=True``, so no code of it runs. Tensors are read
    to the CPU; each object then copies them to the device it lives on.

    Parameters
    ----------
    path : path
        A file that :func:`save` has written.
    **parts
        Objects with ``load_state_dict``, by the names under which they were saved.

    Returns
    -------
    dict
        The other parts of the file as they were saved: plain numbers, and states of objects not named.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    TypeError
        A part has no ``load_state_dict``.
    CheckpointError
        The file is no checkpoint, or cut short, or damaged; or it lacks a part, or a part does not fit. The
        objects then are as they were before.
    """
    target = Path(path)
    content = _read(target)
    saved = content["parts"]
    for name, part in parts.items():
        if not hasattr(part, "load_state_dict"):
            raise TypeError(f"{name} has no load_state_dict; leave it out, and find it in what load returns")
    lacking = [name for name in parts if name not in saved]
    if lacking:
        raise CheckpointError(f"{target.name} holds {', '.join(saved)}, but no {' and no '.join(lacking)}")
    _load_all_or_none(target.name, saved, parts)
    _restore_random_states(content["random"])
    return {name: state for name, state in saved.items() if name not in parts}


def _load_all_or_none(name: str, saved: dict[str, Any], parts: dict[str, Any]) -> None:
    # load_state_dict copies what fits before it complains of what does not.
    before = {key: copy.deepcopy(part.state_dict()) for key, part in parts.items()}
    for key, part in parts.items():
        try:
            part.load_state_dict(saved[key])
        except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
            for loaded, state in before.items():
                parts[loaded].load_state_dict(state)
            raise CheckpointError(
                f"{name}: its {key!r} does not fit; nothing was loaded. {type(error).__name__}: {error}"
            ) from error


def _read(path: Path) -> dict[str, Any]:
    """Return the content of a checkpoint file, or say what is wrong with the file."""
    if not path.is_file():
        raise FileNotFoundError(f"there is no checkpoint {path.name} in {str(path.parent)!r}")
    if not zipfile.is_zipfile(path):
        raise CheckpointError(
            f"{path.name} is no checkpoint, or only the beginning of one: of its {path.stat().st_size} bytes "
            "the last are not the directory with which a file of torch.save ends"
        )
    # torch.load does not compare the check sums that torch.save writes.
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged:
        raise CheckpointError(f"{path.name} is damaged: the check sum of its entry {damaged} is wrong")
    return _unpickle(path)


def _unpickle(path: Path) -> dict[str, Any]:
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError) as error:
        raise CheckpointError(
            f"{path.name} holds more than tensors and plain numbers, or is no file of torch.save; nothing of "
            "it was run"
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CheckpointError(f"{path.name} is a file of torch.save, but not one of checkpoints.save")
    return content


def _random_states() -> dict[str, Any]:
    """Return where the streams of torch, of Python and of NumPy stand."""
    name, keys, *rest = np.random.get_state()
    return {
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
        "python": random.getstate(),
        "numpy": (name, keys.tolist(), *rest),
    }


def _restore_random_states(states: dict[str, Any]) -> None:
    torch.set_rng_state(states["torch"])
    random.setstate(states["python"])
    np.random.set_state(states["numpy"])
    # On a machine with other cards their streams begin anew: there is nothing they could go on with.
    if torch.cuda.is_available() and len(states["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(states["cuda"])
