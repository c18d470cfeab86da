"""NetworkAnatomy: what flows through a network, and which of its layers holds the parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import traitlets
from torch import Tensor, nn

from helpers import network_trace
from helpers.figures.base import Figure
from helpers.network_trace import Layer

#: More rows than these are no longer seen at a glance.
MOST_LAYERS = 24

#: Layers that pass every number on by itself, so that a width in front of them stays that width.
ELEMENTWISE = (
    nn.ReLU,
    nn.LeakyReLU,
    nn.GELU,
    nn.SiLU,
    nn.Sigmoid,
    nn.Tanh,
    nn.Dropout,
    nn.Identity,
    nn.Softmax,
)


class NetworkAnatomy(Figure):
    """The layers of a model as rows: what each returns, as a bar, and what it holds, as another.

    Shapes and parameters come from torch, by forward hooks. In a plain chain of ``nn.Linear`` layers the
    widths in between can be dragged; the script then counts anew, ``in * out + out`` for each layer.

    Parameters
    ----------
    model : nn.Module, optional
        Any model with one tensor as input and at most 24 layers; 784-512-512-10 if left out.
    input_shape : sequence of int, optional
        Shape of a batch; its first axis counts the samples. For the model that is drawn without one,
        ``(1, 784)``.
    sample : Tensor, optional
        A batch to run through the model instead.
    layer : int, optional
        Place of the layer that is chosen at first; the one with the most parameters if left out.
    caption : str
        Sentence below the figure that says what to try.

    Raises
    ------
    TypeError
        ``model`` is no module.
    ValueError
        The model does not take the batch, has no or too many layers, or no layer of that place.
    """

    layers = traitlets.List().tag(sync=True)
    input_shape = traitlets.List(traitlets.Int()).tag(sync=True)
    layer = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        *,
        model: nn.Module | None = None,
        input_shape: Sequence[int] | None = None,
        sample: Tensor | None = None,
        layer: int | None = None,
        caption: str = "",
    ) -> None:
        if model is None:
            model, input_shape = _multilayer_perceptron(), input_shape or (1, 784)
        traced = network_trace.trace(model, input_shape=input_shape, sample=sample)
        if not 1 <= len(traced) <= MOST_LAYERS:
            raise ValueError(f"model must have 1 to {MOST_LAYERS} layers, got {len(traced)}")
        counts = [entry.num_parameters for entry in traced]
        layer = counts.index(max(counts)) if layer is None else layer
        if not 0 <= layer < len(traced):
            raise ValueError(f"layer must lie in 0 ... {len(traced) - 1}, got {layer}")
        wide = editable(model, traced)
        super().__init__(
            layers=[_plain(entry, entry in wide) for entry in traced],
            input_shape=list(input_shape if sample is None else sample.shape),
            layer=layer,
            caption=caption,
        )

    def __repr__(self) -> str:
        """Return the class, how many layers the model has and how many parameters."""
        total = sum(math.prod(shape) for entry in self.layers for _, shape in entry["parameters"])
        return f"NetworkAnatomy(layers={len(self.layers)}, parameters={total})"


def _multilayer_perceptron() -> nn.Sequential:
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))


def editable(model: nn.Module, layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers whose width may change alone: the hidden ones of a plain chain of Linear layers."""
    linear = [layer for layer in layers if isinstance(layer.module, nn.Linear)]
    others = [layer for layer in layers if not isinstance(layer.module, nn.Linear)]
    plain = (
        isinstance(model, nn.Sequential)
        and all(layer.calls == 1 and len(layer.out_shape) == 2 for layer in linear)
        and all(len(layer.parameters) == 1 + (layer.module.bias is not None) for layer in linear)
        and all(_keeps_width(layer, linear[:1], layers) for layer in others)
    )
    return linear[:-1] if plain else []


def _keeps_width(layer: Layer, first: Sequence[Layer], layers: Sequence[Layer]) -> bool:
    if isinstance(layer.module, nn.Flatten):
        return not first or layers.index(layer) < layers.index(first[0])
    return isinstance(layer.module, ELEMENTWISE) and layer.calls == 1


def _plain(layer: Layer, is_editable: bool) -> dict[str, Any]:
    return {
        "name": layer.name,
        "kind": layer.kind,
        "spec": _spec(layer.module),
        "shape": list(layer.out_shape) if layer.out_shape else None,
        "parameters": [[name, list(shape)] for name, shape in layer.parameters],
        "calls": layer.calls,
        "editable": is_editable,
    }


def _spec(module: nn.Module) -> str:
    """Say in a few signs what sets this layer apart from others of its kind."""
    if isinstance(module, nn.Linear):
        return f"{module.in_features} → {module.out_features}"
    if isinstance(module, nn.Conv2d):
        stride = f", stride {module.stride[0]}" if module.stride[0] != 1 else ""
        return f"{module.in_channels} → {module.out_channels}, {_sides(module.kernel_size)}{stride}"
    if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d)):
        return _sides(module.kernel_size)
    if isinstance(module, nn.Dropout):
        return f"p = {module.p:g}"
    return str(module.num_features) if hasattr(module, "num_features") else ""


def _sides(size: int | Sequence[int]) -> str:
    rows, columns = (size, size) if isinstance(size, int) else size
    return f"{rows} × {columns}"
