"""GraphStepper: the graph that autograd built for an expression, forward and backward, step by step."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
import traitlets
from torch import Tensor

from helpers.figures.base import Figure
from helpers.figures.graph_stepper.layout import lay_out
from helpers.figures.graph_stepper.record import GraphNode
from helpers.figures.graph_stepper.trace import Trace, trace
from helpers.figures.parameters import Choice, Flag, Parameter

#: Operations on numbers that the script computes too, with how many arguments each takes.
LIVE = {
    "add": 2,
    "sub": 2,
    "mul": 2,
    "div": 2,
    "pow": 2,
    "neg": 1,
    "exp": 1,
    "log": 1,
    "sin": 1,
    "cos": 1,
    "tanh": 1,
    "sigmoid": 1,
    "relu": 1,
    "abs": 1,
    "sqrt": 1,
    "reciprocal": 1,
    "detach": 1,
}


def weighted_error(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Return the squared error of ``w * x + b`` against 1.5, plus the square of ``w``: w is used twice."""
    return (w * x + b - 1.5) ** 2 + w**2


def _callable(function: Any, figure: GraphStepper) -> Any:
    if not callable(function):
        raise TypeError(f"function must be callable, got {type(function).__name__}")
    return function


def _leaf(name: str, value: Any) -> Tensor:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = torch.tensor(float(value), dtype=torch.float64, requires_grad=True)
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} must be a number or a torch.Tensor, got {type(value).__name__}")
    if not value.is_floating_point() or not torch.isfinite(value).all():
        raise ValueError(
            f"{name} must hold finite floating-point numbers, got {value.dtype}: {value.tolist()}"
        )
    return value.double()


class GraphStepper(Figure):
    """A small expression as autograd sees it: nodes, edges, what is saved, and how gradients flow back.

    The graph is torch's: it is walked by ``grad_fn`` and ``next_functions``, and hooks on its nodes see each
    gradient of a real backward pass, a second one included. If all tensors are single numbers and all
    operations in ``LIVE``, the leaves can be dragged, and the script computes the same numbers anew.
    """

    function = Parameter(
        lambda figure: weighted_error,
        "a callable",
        _callable,
        saved=False,
        help="Takes the leaves by name and returns one number. With no function, (w * x + b - 1.5)² + w².",
    )
    leaves = Parameter(
        lambda figure: {"x": torch.tensor(2.0), "w": 1.0, "b": 1.5},
        "floats or torch.Tensors by name",
        lambda leaves, figure: {name: _leaf(name, value) for name, value in leaves.items()},
        saved=False,
        help="The arguments of the function, each given as ``name=value``. A float becomes a float64 tensor "
        "that requires a gradient; a tensor is copied with its own ``requires_grad``.",
    )
    at = Choice(
        "fork",
        ("fork", "start", "end"),
        help="Where the figure opens: 'fork', where the last of several gradients arrives at a node (or the "
        "end of the first backward pass, if the graph has no fork), or that pass's start or end.",
    )
    retain_graph = Flag(
        True, help="Whether the first backward pass keeps the saved tensors for a second one."
    )
    nodes = traitlets.List().tag(sync=True)
    edges = traitlets.List().tag(sync=True)
    output = traitlets.Int().tag(sync=True)
    order = traitlets.List(traitlets.Int()).tag(sync=True)
    ran = traitlets.List(traitlets.Int()).tag(sync=True)
    refusal = traitlets.Unicode().tag(sync=True)
    live = traitlets.Bool().tag(sync=True)
    width = traitlets.Float().tag(sync=True)

    def __init__(self, function: Callable[..., Tensor] | None = None, **leaves: Any) -> None:
        own = {name: leaves.pop(name) for name in ("at", "retain_graph", "caption") if name in leaves}
        given = leaves if function is not None or leaves else None
        super().__init__(function=function, leaves=given, **own)

    def derive(self) -> None:
        """Walk the graph that autograd builds."""
        found = trace(self.function, self.leaves)
        layout = lay_out(len(found.nodes), [(edge.source, edge.target) for edge in found.edges])
        self.live = all(_is_live(node) for node in found.nodes)
        self.nodes = [_node(found, index, layout, self.live) for index in range(len(found.nodes))]
        self.edges = [_edge(found, index, layout, self.live) for index in range(len(found.edges))]
        self.output, self.order, self.ran = found.output, found.backward.order, found.ran
        self.refusal = found.refusal.split(" Saved ")[0]
        self.width = layout.width

    def __repr__(self) -> str:
        """Return the expression and the leaves' values."""
        leaves = (node for node in self.nodes if node["name"] not in ("", "constant"))
        given = ", ".join(f"{leaf['name']}={leaf['shown'][0]}" for leaf in leaves)
        return f"GraphStepper({self.nodes[self.output]['code']}, {given})"


def _is_live(node: GraphNode) -> bool:
    """Whether the script can compute this node: a number, made by an operation on numbers that it knows."""
    if node.value is None or node.shape:
        return False
    return node.is_leaf or LIVE.get(node.operation) == len(node.args)


def _node(found: Trace, index: int, layout: Any, live: bool) -> dict[str, Any]:
    node = found.nodes[index]
    arrived = found.backward.arrived.get(index)
    grads = [run.get(node.name) for run in found.grads]
    return {
        "name": node.name,
        "function": node.function,
        "operation": node.operation,
        "symbol": node.symbol,
        "code": node.code,
        "args": [{"node": arg} if isinstance(arg, int) else {"number": arg} for arg in node.args],
        "saved": [list(entry) for entry in node.saved],
        "shown": [short(node.value, node.shape), full(node.value, node.shape)],
        "value": node.value.item() if live else None,
        "arrived": _texts(arrived),
        "grads": [_texts(grad) for grad in grads],
        "row": layout.rows[index],
        "column": layout.columns[index],
    }


def _edge(found: Trace, index: int, layout: Any, live: bool) -> dict[str, Any]:
    edge = found.edges[index]
    return {
        "source": edge.source,
        "target": edge.target,
        "slot": edge.slot,
        "grad": edge.grad,
        "slope": found.slopes.get(index) if live else None,
        "carried": _texts(found.backward.carried.get(index)),
        "via": [list(point) for point in layout.via[index]],
    }


def _texts(value: Tensor | None) -> list[str] | None:
    return None if value is None else [short(value, tuple(value.shape)), full(value, tuple(value.shape))]


def short(value: Tensor | None, shape: tuple[int, ...]) -> str:
    """Return a tensor in a few characters: its number if it holds one, else its shape."""
    return full(value, shape) if value is not None and value.numel() == 1 else str(shape)


def full(value: Tensor | None, shape: tuple[int, ...]) -> str:
    """Return a tensor as nested lists of three significant digits, up to 12 numbers."""
    if value is None or value.numel() > 12:
        return f"shape {shape}"
    return _nested(value.tolist())


def _nested(values: Any) -> str:
    if isinstance(values, list):
        return f"[{', '.join(map(_nested, values))}]"
    return number(values)


def number(value: float) -> str:
    """Return a number to three significant digits, without trailing zeros."""
    if not math.isfinite(value):
        return str(value)
    return f"{value:.3g}".replace("-", "−") if abs(value) < 1000 else f"{value:.0f}".replace("-", "−")
