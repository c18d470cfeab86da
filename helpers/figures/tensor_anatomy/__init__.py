"""A tensor taken apart: its grid, the sum of index times stride, and the flat storage it reads."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import traitlets

from helpers.figures.base import Figure
from helpers.figures.parameters import Flag, Parameter

MAX_AXES = 4
MAX_ELEMENTS = 64


def _named(
    tensors: torch.Tensor | Mapping[str, torch.Tensor], figure: TensorAnatomy
) -> dict[str, torch.Tensor]:
    named = dict(tensors) if isinstance(tensors, Mapping) else {"x": tensors}
    if not named:
        raise ValueError("tensors must name at least one tensor, got an empty mapping")
    for name, tensor in named.items():
        _refuse_undrawable(name, tensor)
    _refuse_strangers(named)
    return named


def _refuse_undrawable(name: str, tensor: object) -> None:
    if not isinstance(tensor, torch.Tensor):
        raise TypeError(f"tensors: {name} is a {type(tensor).__name__}, a torch.Tensor is expected")
    if tensor.layout != torch.strided or tensor.is_meta:
        kind = f"{tensor.layout} on {tensor.device}"
        raise TypeError(f"tensors: {name} has no strided storage with values ({kind})")
    if tensor.is_conj() or tensor.is_neg():
        raise ValueError(f"tensors: {name} is a lazy conjugate or negative; resolve_conj().resolve_neg() it")
    if tensor.ndim > MAX_AXES:
        raise ValueError(f"tensors: {name} has {tensor.ndim} axes, at most {MAX_AXES} can be drawn")
    if not 1 <= tensor.numel() <= MAX_ELEMENTS:
        raise ValueError(f"tensors: {name} has {tensor.numel()} elements, 1 to {MAX_ELEMENTS} can be drawn")
    held = tensor.untyped_storage().nbytes() // tensor.element_size()
    if held > MAX_ELEMENTS:
        raise ValueError(
            f"tensors: the storage of {name} holds {held} elements, at most {MAX_ELEMENTS} can be drawn"
        )


def _refuse_strangers(named: Mapping[str, torch.Tensor]) -> None:
    first_name, first = next(iter(named.items()))
    for name, tensor in named.items():
        if tensor.untyped_storage().data_ptr() != first.untyped_storage().data_ptr():
            raise ValueError(f"tensors: {name} does not share its storage with {first_name}")
        if tensor.dtype != first.dtype:
            raise ValueError(
                f"tensors: {name} reads the storage as {tensor.dtype}, but {first_name} as {first.dtype}"
            )


def _checked_index(index: tuple[int, ...], figure: TensorAnatomy) -> list[int]:
    tensor = figure.first
    whole = all(isinstance(place, int) and not isinstance(place, bool) for place in index)
    fits = len(index) == tensor.ndim and whole
    if not fits or not all(0 <= place < size for place, size in zip(index, tensor.shape, strict=True)):
        raise ValueError(f"index must name one element of shape {tuple(tensor.shape)}, got {index!r}")
    return list(index)


class TensorAnatomy(Figure):
    """One tensor, or several views of one storage, with one element lit in grid, sum and storage.

    Shape, strides, storage offset and the storage's values are read off the tensors. Strides count
    elements, as ``Tensor.stride()`` does; bytes appear only when the reader asks for them.
    """

    tensors = Parameter(
        expected="a torch.Tensor, or a mapping of names to tensors",
        check=_named,
        saved=False,
        help=f"A tensor of 1 to {MAX_ELEMENTS} elements and at most {MAX_AXES} axes, named ``x``; or several "
        "by the name that the reader chooses from, all views of one storage.",
    )
    index = Parameter(
        lambda figure: [size - 1 for size in figure.first.shape],
        "a tuple of int",
        _checked_index,
        help="The element of the first tensor that is lit at first; its last element if left out.",
    )
    show_bytes = Flag(False, help="Also give the address in bytes.")
    views = traitlets.List().tag(sync=True)
    storage = traitlets.List(traitlets.Unicode()).tag(sync=True)
    itemsize = traitlets.Int().tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)

    @property
    def first(self) -> torch.Tensor:
        """The first tensor."""
        first, *_ = self.tensors.values()
        return first

    def derive(self) -> None:
        """Read shapes, strides and the storage off the tensors."""
        self.views = [_view(name, tensor) for name, tensor in self.tensors.items()]
        self.storage = _storage_texts(self.first)
        self.itemsize = self.first.element_size()

    def __repr__(self) -> str:
        """Return the class and each tensor's name and shape."""
        shapes = ", ".join(f"{name}: {tuple(tensor.shape)}" for name, tensor in self.tensors.items())
        return f"TensorAnatomy({shapes})"


def _view(name: str, tensor: torch.Tensor) -> dict[str, object]:
    return {
        "name": name,
        "shape": list(tensor.shape),
        "stride": list(tensor.stride()),
        "offset": tensor.storage_offset(),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "contiguous": tensor.is_contiguous(),
    }


def _whole_storage(tensor: torch.Tensor) -> torch.Tensor:
    """Return all that the tensor's storage holds, as a flat tensor of its dtype."""
    length = tensor.untyped_storage().nbytes() // tensor.element_size()
    return tensor.detach().as_strided((length,), (1,), 0)


def _storage_texts(tensor: torch.Tensor) -> list[str]:
    return [_number(value) for value in _whole_storage(tensor).tolist()]


def _number(value: bool | int | float | complex) -> str:
    text = f"{value:.4g}" if isinstance(value, float | complex) else str(value)
    return text.replace("-", "\N{MINUS SIGN}")
