"""What flows through a model and where its parameters lie, layer by layer, seen by forward hooks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import torch
from torch import Tensor, nn

Shape = tuple[int, ...]
Call = tuple[Shape | None, Shape | None]  # shapes of what went in and came out
Held = tuple[tuple[str, Shape], ...]  # names and shapes of parameters


@dataclass(frozen=True)
class Layer:
    """One module of a model: one that has parameters of its own, or no modules inside.

    Attributes
    ----------
    name : str
        Dotted name in the model, as in its ``state_dict``; "" for the model itself.
    module : nn.Module
        The module.
    in_shape, out_shape : tuple of int or None
        Shapes of the first tensor that went in and came out at its first call; None if it was not called.
    parameters : tuple of (name, shape)
        Its own parameters, those left out that an earlier layer of the model holds already.
    calls : int
        How often one forward pass calls it.
    """

    name: str
    module: nn.Module
    in_shape: Shape | None
    out_shape: Shape | None
    parameters: tuple[tuple[str, Shape], ...]
    calls: int

    @property
    def kind(self) -> str:
        """Name of the module's class."""
        return type(self.module).__name__

    @property
    def num_parameters(self) -> int:
        """Parameters of its own."""
        return sum(math.prod(shape) for _, shape in self.parameters)


def trace(
    model: nn.Module, *, input_shape: Sequence[int] | None = None, sample: Tensor | None = None
) -> tuple[Layer, ...]:
    """Run one batch through a model and note what each layer takes, returns and holds.

    The model runs in evaluation mode without gradients, and is left in the mode it was in. A hook sees
    modules only: a function that ``forward`` calls, such as ``torch.flatten``, stays unseen.

    Parameters
    ----------
    model : nn.Module
        Any model with one tensor as input.
    input_shape : sequence of int, optional
        Shape of a batch, its first axis included; zeros of it are run through the model.
    sample : Tensor, optional
        The batch to run instead.

    Returns
    -------
    tuple of Layer
        In the order of their first call; layers that are never called come last. Their parameters add
        up to all parameters of the model.

    Raises
    ------
    TypeError
        ``model`` is no module.
    ValueError
        Not exactly one of ``input_shape`` and ``sample`` is given, or it is no such thing, or the model
        raises on it.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be an nn.Module, got {type(model).__name__}")
    batch = _batch(model, input_shape, sample)
    names = {module: name for name, module in model.named_modules() if _is_layer(module)}
    with _recording(names) as calls, evaluating(model), torch.no_grad():
        try:
            model(batch)
        except Exception as error:  # whatever the model's forward raises
            raise ValueError(f"the model does not take a batch of {tuple(batch.shape)}: {error}") from error
    for module in names:
        calls.setdefault(module, [])
    held = _held_parameters(calls)
    return tuple(_layer(names[module], module, seen, held[module]) for module, seen in calls.items())


def _batch(model: nn.Module, input_shape: Sequence[int] | None, sample: Tensor | None) -> Tensor:
    if (input_shape is None) == (sample is None):
        raise ValueError("give either input_shape or sample")
    if sample is not None:
        if not isinstance(sample, Tensor):
            raise ValueError(f"sample must be a tensor, got a {type(sample).__name__}")
        return sample.clone()  # an in-place layer may write into it
    shape = tuple(input_shape) if isinstance(input_shape, Iterable) else ()
    if len(shape) < 2 or not all(isinstance(size, Integral) and size > 0 for size in shape):
        raise ValueError(f"input_shape must be positive sizes, the batch's first, got {input_shape}")
    home = next(model.parameters(), torch.empty(0))
    return torch.zeros(shape, device=home.device, dtype=home.dtype)


def _is_layer(module: nn.Module) -> bool:
    return not any(module.children()) or any(True for _ in module.named_parameters(recurse=False))


@contextmanager
def _recording(names: dict[nn.Module, str]) -> Iterator[dict[nn.Module, list[Call]]]:
    """Note (inputs, output) of each call of each of the modules, in the order of their first call."""
    calls: dict[nn.Module, list[Call]] = {}

    def note(module: nn.Module, inputs: Any, output: Any) -> None:
        calls[module].append((_shape(inputs), _shape(output)))

    def enter(module: nn.Module, inputs: Any) -> None:
        # A module that holds others is called before them, and returns after them.
        calls.setdefault(module, [])

    hooks = [module.register_forward_pre_hook(enter) for module in names]
    hooks += [module.register_forward_hook(note) for module in names]
    try:
        yield calls
    finally:
        for hook in hooks:
            hook.remove()


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Put a model in evaluation mode, and each of its modules back into its own mode afterwards."""
    modes = {module: module.training for module in model.modules()}
    model.eval()
    try:
        yield
    finally:
        for module, mode in modes.items():
            module.training = mode


def _shape(value: Any) -> Shape | None:
    """Shape of a tensor, or of the first tensor in a tuple or a list."""
    found = value if isinstance(value, (tuple, list)) else (value,)
    return next((tuple(item.shape) for item in found if isinstance(item, Tensor)), None)


def _layer(name: str, module: nn.Module, calls: list[Call], held: Held) -> Layer:
    in_shape, out_shape = calls[0] if calls else (None, None)
    return Layer(name, module, in_shape, out_shape, held, len(calls))


def _held_parameters(modules: Iterable[nn.Module]) -> dict[nn.Module, Held]:
    """Each module's own parameters; one that several modules share counts for the first."""
    seen: set[int] = set()
    held = {}
    for module in modules:
        own = dict(module.named_parameters(recurse=False))
        held[module] = tuple(
            (name, tuple(value.shape)) for name, value in own.items() if id(value) not in seen
        )
        seen.update(map(id, own.values()))
    return held
