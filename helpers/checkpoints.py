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
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from helpers import checkpoint_files
from helpers.checkpoint_files import CheckpointError

__all__ = ["Batches", "CheckpointError", "load", "save"]

#: Written into each file; a later layout gets another number.
FORMAT = 1


class Batches:
    """Read a loader epoch by epoch, and know how far: iterating yields the *rest* of the current epoch.

    Parameters
    ----------
    loader : iterable of batches
        A :class:`torch.utils.data.DataLoader` or :class:`helpers.batches.TensorBatches`. If it shuffles, it
        or its sampler must have a generator, from whose state the order of an epoch can be drawn again.

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
        # A sampler that draws has a generator of its own, which need not be the loader's.
        batches = getattr(loader, "batch_sampler", None)
        sampler = getattr(batches, "sampler", getattr(loader, "sampler", None))
        self._generator = getattr(sampler, "generator", getattr(loader, "generator", None))
        draws = getattr(loader, "shuffle", False) or hasattr(sampler, "generator")
        if draws and self._generator is None:
            raise ValueError(
                "loader shuffles: give it, or its sampler, generator=torch.Generator(), so that it can resume"
            )
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
        The file; its folder must exist. A link stays a link, and the file that it points to is written.
    **parts
        What to save, by name. What has a ``state_dict`` is saved by it; all else must be made of tensors,
        numbers, strings, and lists and dictionaries of these.

    Raises
    ------
    FileNotFoundError
        The folder does not exist.
    ValueError
        The name ends in ``.safetensors``.
    TypeError
        A part holds an object that ``torch.load`` would refuse later.
    """
    content = {
        "format": FORMAT,
        "kinds": {n: type(part).__qualname__ for n, part in parts.items() if hasattr(part, "state_dict")},
        "parts": {name: _state_of(part) for name, part in parts.items()},
        "random": _random_states(),
    }
    checkpoint_files.write(Path(path), content)


def _state_of(part: Any) -> Any:
    return part.state_dict() if hasattr(part, "state_dict") else part


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
    name, content = Path(path).name, checkpoint_files.read(Path(path))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CheckpointError(f"{name} is a file of torch.save, but not one of checkpoints.save")
    for key, part in parts.items():
        if not hasattr(part, "load_state_dict"):
            raise TypeError(f"{key} has no load_state_dict; leave it out, and find it in what load returns")
    saved = content["parts"]
    lacking = [key for key in parts if key not in saved]
    if lacking:
        raise CheckpointError(f"{name} holds {', '.join(saved)}, but no {' and no '.join(lacking)}")
    kinds = content.get("kinds", {})
    for key, part in parts.items():
        _refuse_other_kind(name, key, part, saved[key], kinds.get(key))
    _load_all_or_none(name, saved, parts)
    _restore_random_states(content["random"])
    return {key: state for key, state in saved.items() if key not in parts}


def _refuse_other_kind(name: str, key: str, part: Any, state: Any, kind: str | None) -> None:
    """Refuse what an optimizer or a scheduler would take without a look and fail or err later."""
    own, why = type(part).__qualname__, ""
    if isinstance(part, (Optimizer, LRScheduler)) and kind not in (None, own):
        why = f"It was saved from {kind}, and the run has {own}"
    elif isinstance(part, LRScheduler):
        # What torch itself keeps there, under names with _, differs from version to version.
        lacking = {k for k in part.state_dict() if not k.startswith("_")} - set(state)
        why = f"{own} needs {', '.join(sorted(lacking))}" if lacking else ""
    if why:
        raise CheckpointError(f"{name}: its {key!r} does not fit; nothing was loaded. {why}")


def _load_all_or_none(name: str, saved: dict[str, Any], parts: dict[str, Any]) -> None:
    # load_state_dict copies what fits before it complains of what does not.
    before = {key: copy.deepcopy(part.state_dict()) for key, part in parts.items()}
    for key, part in parts.items():
        try:
            part.load_state_dict(saved[key])
            _require_settings(part)
        except Exception as error:  # whatever an object raises at a state that is not its own
            for loaded, state in before.items():
                parts[loaded].load_state_dict(state)
            raise CheckpointError(
                f"{name}: its {key!r} does not fit; nothing was loaded. {type(error).__name__}: {error}"
            ) from error


def _require_settings(part: Any) -> None:
    """Refuse groups that lack a setting of the optimizer, when it has filled in what older versions lack."""
    if isinstance(part, Optimizer):
        lacking = {key for group in part.param_groups for key in part.defaults if key not in group}
        if lacking:
            raise ValueError(f"{type(part).__qualname__} needs {', '.join(sorted(lacking))}")


def _random_states() -> dict[str, Any]:
    """Return where the streams of torch, of Python and of NumPy stand."""
    name, keys, *rest = cast("tuple[Any, ...]", np.random.get_state())
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
