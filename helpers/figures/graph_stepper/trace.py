"""The graph that autograd builds for a small expression, and what its backward passes do, read from torch.

The forward pass is written down by `graph_record`; the backward passes by hooks on the nodes of the real
graph. Nothing is computed here that torch did not compute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.autograd.graph import Node

from helpers.figures.graph_stepper.record import GraphNode, Recorder

#: Nodes that a figure has room for.
LARGEST = 16


@dataclass(frozen=True)
class Edge:
    """An argument of an operation, by index of the nodes; ``slot`` is its place among the arguments.

    ``grad`` tells whether a gradient flows back along it.
    """

    source: int
    target: int
    slot: int
    grad: bool


@dataclass(frozen=True)
class Pass:
    """One backward pass, by index of nodes and of edges.

    ``order`` holds the nodes as the engine ran them, ``arrived`` the sum of gradients that reached each
    node, ``carried`` what each edge brought back.
    """

    order: list[int]
    arrived: dict[int, Tensor]
    carried: dict[int, Tensor]


@dataclass(frozen=True)
class Trace:
    """The graph of one expression and what torch does with it.

    Parameters
    ----------
    nodes, edges
        In the order in which they were made.
    output : int
        The node that the function returned.
    backward : Pass
        The first backward pass.
    slopes : dict
        The local derivative of each edge between scalars that carries a gradient.
    ran : list of int
        The nodes that ran in a second pass over a graph that was not retained.
    refusal : str
        The message with which that pass stopped; empty if it did not.
    grads : list of dict
        ``.grad`` of each leaf by name, after one backward pass and after two.
    """

    nodes: list[GraphNode]
    edges: list[Edge]
    output: int
    backward: Pass
    slopes: dict[int, float]
    ran: list[int]
    refusal: str
    grads: list[dict[str, Tensor]]


def trace(function: Callable[..., Tensor], leaves: Mapping[str, Tensor]) -> Trace:
    """Run ``function(**leaves)`` and its backward passes, and return what the real graph did.

    Parameters
    ----------
    function
        Returns one number, computed from the leaves.
    leaves
        Leaf tensors by argument name. The trace works on copies of them.

    Raises
    ------
    TypeError
        The function returns no tensor.
    ValueError
        The result is not one number or needs no gradient, or the graph is too large or of an unknown kind.
    """
    inputs = {name: leaf.detach().clone().requires_grad_(leaf.requires_grad) for name, leaf in leaves.items()}
    recorder = Recorder(inputs)
    with recorder:
        output = function(**inputs)
    _refuse_output(output)
    nodes, graph = recorder.nodes, _Graph(recorder.nodes, recorder.grad_fns)
    passes, grads = [], []
    for retain in (True, False):
        passes.append(graph.backward(output, retain_graph=retain))
        grads.append({name: leaf.grad.clone() for name, leaf in inputs.items() if leaf.grad is not None})
    ran, refusal = graph.refused_backward(output)
    place = recorder.index_of(output)
    return Trace(nodes, graph.edges, place, passes[0], graph.slopes, ran, refusal, grads)


def _refuse_output(output: object) -> None:
    if not isinstance(output, Tensor):
        raise TypeError(f"function must return a tensor, got {type(output).__name__}")
    if output.numel() != 1:
        raise ValueError(f"function must return one number, got a tensor of shape {tuple(output.shape)}")
    if output.grad_fn is None:
        raise ValueError("function must compute its result from a leaf that requires a gradient")


class _Graph:
    """Autograd's nodes by index, with edges, local derivatives and saved tensors."""

    def __init__(self, nodes: list[GraphNode], grad_fns: dict[int, Node]) -> None:
        if len(nodes) > LARGEST:
            raise ValueError(f"function makes a graph of {len(nodes)} nodes; a figure has room for {LARGEST}")
        self.nodes, self.grad_fns = nodes, grad_fns
        self._indices = {grad_fn: index for index, grad_fn in grad_fns.items()}
        self.edges: list[Edge] = []
        self._ways: dict[int, list[int | None]] = {}  # for each node, the edge of each of its next_functions
        for index, node in enumerate(nodes):
            self._add_edges(index, node)
        for index, grad_fn in grad_fns.items():
            nodes[index].saved = _saved(grad_fn, index, nodes)
        self.slopes = self._slopes()

    def _add_edges(self, index: int, node: GraphNode) -> None:
        following = () if node.is_leaf or not node.function else self.grad_fns[index].next_functions
        ways: list[int | None] = [None] * len(following)
        for slot, target in enumerate(node.args):
            if not isinstance(target, int):
                continue
            fits = (
                k
                for k, (grad_fn, _) in enumerate(following)
                if ways[k] is None and self._indices.get(grad_fn) == target
            )
            k = next(fits, None)
            if k is not None:
                ways[k] = len(self.edges)
            self.edges.append(Edge(index, target, slot, k is not None))
        if any(grad_fn is not None and ways[k] is None for k, (grad_fn, _) in enumerate(following)):
            raise ValueError(f"function uses {node.function}, whose arguments a figure cannot follow")
        self._ways[index] = ways

    def _slopes(self) -> dict[int, float]:
        """Ask each node of scalars what it makes of a gradient of 1."""
        slopes = {}
        for index, grad_fn in self.grad_fns.items():
            ends = [self.edges[way].target for way in self._ways[index] if way is not None]
            if not ends or any(self.nodes[end].shape for end in (index, *ends)):
                continue
            value = next(node.value for node in self.nodes if node.value is not None)
            found = grad_fn(torch.ones((), dtype=value.dtype))
            for way, slope in zip(
                self._ways[index], found if isinstance(found, tuple) else (found,), strict=True
            ):
                if way is not None:
                    slopes[way] = slope.item()
        return slopes

    def backward(self, output: Tensor, *, retain_graph: bool) -> Pass:
        """Run one backward pass and return what hooks on the nodes saw of it."""
        seen = Pass([], {}, {})
        hooks = [node.register_hook(self._hook(index, seen)) for index, node in self.grad_fns.items()]
        try:
            output.backward(torch.ones_like(output), retain_graph=retain_graph)
        finally:
            for hook in hooks:
                hook.remove()
        return seen

    def _hook(self, index: int, seen: Pass) -> Callable:
        def write_down(carried: tuple, arrived: tuple) -> None:
            seen.order.append(index)
            seen.arrived[index] = arrived[0].detach().clone()
            for way, gradient in zip(self._ways[index], carried, strict=True):
                if way is not None:
                    seen.carried[way] = gradient.detach().clone()

        return write_down

    def refused_backward(self, output: Tensor) -> tuple[list[int], str]:
        """Run backward on a graph that was given up; return the nodes that ran, and the message."""
        order: list[int] = []
        hooks = [
            node.register_prehook(lambda arrived, index=index: order.append(index))
            for index, node in self.grad_fns.items()
        ]
        refusal = ""
        try:
            output.backward(torch.ones_like(output))
        except RuntimeError as error:
            refusal = str(error)
        for hook in hooks:
            hook.remove()
        return order, refusal


def _saved(grad_fn: Node, index: int, nodes: list[GraphNode]) -> list[tuple[str, int | str]]:
    """Return the tensors that a node keeps, as nodes where they are known."""
    names = [name for name in dir(grad_fn) if name.startswith("_saved_")]
    kept = ((name.removeprefix("_saved_"), getattr(grad_fn, name)) for name in names)
    near = [*(arg for arg in nodes[index].args if isinstance(arg, int)), index]
    return [(name, _known(value, near, nodes)) for name, value in kept if isinstance(value, Tensor)]


def _known(value: Tensor, near: list[int], nodes: list[GraphNode]) -> int | str:
    for index in near:
        held = nodes[index].value
        if held is not None and held.shape == value.shape and torch.equal(held, value):
            return index
    return f"{value.item():.3g}" if value.numel() == 1 else f"shape {tuple(value.shape)}"
