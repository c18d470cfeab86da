"""NetworkAnatomy: what flows through a network, and which of its layers holds the parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import traitlets
from torch import nn

from helpers import network_trace
from helpers.figures.base import Figure
from helpers.figures.parameters import Bound, Parameter, Whole
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
    """

    model = Parameter(
        expected="an nn.Module",
        saved=False,
        help=f"Any model with one tensor as input and at most {MOST_LAYERS} layers; 784-512-512-10 if none.",
    )
    input_shape = Parameter(
        None,
        "a sequence of int",
        lambda shape, figure: list(shape),
        help="Shape of a batch; its first axis counts the samples. For the model that is drawn without one, "
        "``(1, 784)``.",
    )
    sample = Parameter(None, "a Tensor", saved=False, help="A batch to run through the model instead.")
    layer = Whole(
        lambda figure: figure.num_parameters.index(max(figure.num_parameters)),
        low=0,
        high=Bound("the last layer", lambda figure: len(figure.traced) - 1),
        help="Place of the layer that is chosen at first; the one with the most parameters if left out.",
    )
    layers = traitlets.List().tag(sync=True)

    def __init__(self, **arguments: Any) -> None:
        if arguments.get("model") is None:
            shape = arguments.get("input_shape") or (1, 784)
            arguments |= {"model": _multilayer_perceptron(), "input_shape": shape}
        super().__init__(**arguments)

    @cached_property
    def traced(self) -> tuple[Layer, ...]:
        """What torch's hooks saw of each layer."""
        found = network_trace.trace(self.model, input_shape=self.input_shape, sample=self.sample)
        if not 1 <= len(found) <= MOST_LAYERS:
            raise ValueError(f"model must have 1 to {MOST_LAYERS} layers, got {len(found)}")
        return found

    @property
    def num_parameters(self) -> list[int]:
        """The parameters of each layer."""
        return [layer.num_parameters for layer in self.traced]

    def derive(self) -> None:
        """Describe the layers to the page."""
        wide = editable(self.model, self.traced)
        self.layers = [_plain(layer, layer in wide) for layer in self.traced]
        if self.sample is not None:
            self.input_shape = self.sample.shape

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
