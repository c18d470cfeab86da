"""What the layers of a network make of a few pictures: their strongest maps, and what each unit can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from helpers import receptive_fields
from helpers.receptive_fields import Fields


@dataclass(frozen=True)
class LayerMaps:
    """The maps of one layer.

    Attributes
    ----------
    name, title : str
        Dotted name of the module, and what people call it.
    channels : tuple of int
        The channels kept, K of C, strongest first. A channel is as strong as the largest value it reaches
        on any of the pictures. If some had to be left out, the last one is the weakest of all.
    maps : (N, K, h, w) tensor
        Their values.
    peaks : (N, C) tensor
        The largest value of every channel on each picture.
    extents : (N,) tensor
        The largest absolute value of the whole layer on each picture.
    fields : Fields
        What its units see of a picture.
    """

    name: str
    title: str
    channels: tuple[int, ...]
    maps: Tensor
    peaks: Tensor
    extents: Tensor
    fields: Fields

    @property
    def num_channels(self) -> int:
        """How many maps the layer has, C."""
        return self.peaks.shape[1]

    @property
    def silent(self) -> Tensor:
        """Which channels are never positive on a picture: (N, C), bool."""
        return self.peaks <= 0

    @property
    def num_dead(self) -> int:
        """How many channels are positive on none of the pictures."""
        return int(self.silent.all(dim=0).sum())


@dataclass(frozen=True)
class FeatureTrace:
    """What a network makes of a few pictures.

    Attributes
    ----------
    pictures : (N, 3, H, W) tensor of uint8
        The pictures as people see them.
    layers : tuple of LayerMaps
        In the order asked for.
    outputs : (N, classes) tensor or None
        What the network returns; None if that is not one row of numbers for each picture.
    """

    pictures: Tensor
    layers: tuple[LayerMaps, ...]
    outputs: Tensor | None


def trace(
    model: nn.Module,
    batch: Tensor,
    *,
    pictures: Tensor | None = None,
    layers: Sequence[str] | Mapping[str, str] | None = None,
    most: int = 8,
) -> FeatureTrace:
    """Run a few pictures through a network and keep the strongest maps of its layers.

    The model runs in evaluation mode without gradients and is left in the mode it was in. What its units see
    is measured on a copy (:func:`helpers.receptive_fields.measure`).

    Parameters
    ----------
    model : nn.Module
        Takes the batch.
    batch : (N, 3, H, W) tensor of floats
        The pictures as the model takes them.
    pictures : (N, 3, H, W) tensor, optional
        The same pictures as people see them, uint8 or floats from 0 to 1; needed where the batch holds other
        numbers, as after a normalisation.
    layers : names, or a mapping of names to titles, optional
        Dotted names of the modules to look at, which return maps. If left out, the direct parts of the model
        that return maps of more than one place.
    most : int
        How many maps to keep of each layer.

    Raises
    ------
    ValueError
        An argument is not as described, or the model returns a number that is none.
    """
    shown = _as_bytes(_checked(batch), batch if pictures is None else pictures)
    if not isinstance(most, int) or most < 1:
        raise ValueError(f"most must be a whole number, at least 1, got {most!r}")
    home = next(model.parameters(), batch)
    names = _parts_with_maps(model, batch.to(home.device)) if layers is None else list(layers)
    if not names:
        raise ValueError("layers must name at least one module that returns maps, got none")
    outputs = receptive_fields.record(model, names, batch.to(home.device))
    _, channels, height, width = batch.shape
    fields = receptive_fields.measure(model, names, shape=(channels, height, width))
    titles = layers if isinstance(layers, Mapping) else {name: name for name in names}
    kept = tuple(_strongest(name, titles[name], outputs[name], fields[name], most) for name in names)
    return FeatureTrace(shown, kept, _rows(outputs[""], len(batch)))


def _checked(batch: Tensor) -> Tensor:
    if not isinstance(batch, Tensor) or batch.ndim != 4 or batch.shape[1] != 3 or 0 in batch.shape:
        raise ValueError(f"batch must be pictures of shape (N, 3, H, W), got {_words(batch)}")
    if not batch.is_floating_point() or not torch.isfinite(batch).all():
        raise ValueError("batch must hold finite floating-point numbers")
    return batch


def _as_bytes(batch: Tensor, pictures: Tensor) -> Tensor:
    if not isinstance(pictures, Tensor) or pictures.shape != batch.shape:
        raise ValueError(
            f"pictures must have the shape of the batch, {_words(batch)}, got {_words(pictures)}"
        )
    if pictures.dtype == torch.uint8:
        return pictures.cpu()
    if pictures.min() < 0 or pictures.max() > 1:
        raise ValueError("pictures must be given, as uint8 or as numbers from 0 to 1, to be seen")
    return pictures.detach().cpu().mul(255).round().to(torch.uint8)


def _words(value: object) -> str:
    return str(tuple(value.shape)) if isinstance(value, Tensor) else type(value).__name__


def _parts_with_maps(model: nn.Module, batch: Tensor) -> list[str]:
    """Names of the model's direct parts whose first output is maps of more than one place."""
    shapes: dict[str, torch.Size] = {}

    def note(name: str, output: object) -> None:
        if isinstance(output, Tensor):
            shapes.setdefault(name, output.shape)

    with receptive_fields.hooked(dict(model.named_children()), note):
        receptive_fields.record(model, [], batch[:1])
    return [name for name, shape in shapes.items() if len(shape) == 4 and shape[2:].numel() > 1]


def _strongest(name: str, title: str, maps: Tensor, fields: Fields, most: int) -> LayerMaps:
    maps = maps.detach().cpu().float()
    if not torch.isfinite(maps).all():
        raise ValueError(f"layer {name!r} returns numbers that are not finite")
    peaks = maps.amax(dim=(2, 3))
    order = peaks.amax(dim=0).argsort(descending=True, stable=True).tolist()
    channels = order[:most]
    if 1 < most < len(order):
        channels[-1] = order[-1]
    extents = maps.abs().amax(dim=(1, 2, 3))
    return LayerMaps(name, title, tuple(channels), maps[:, channels], peaks, extents, fields)


def _rows(outputs: object, count: int) -> Tensor | None:
    if not isinstance(outputs, Tensor) or outputs.ndim != 2 or len(outputs) != count:
        return None
    return outputs.cpu().float().clone()
