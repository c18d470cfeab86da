"""Writing down a forward pass: each call of torch that makes a tensor becomes a node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from torch import Tensor
from torch.autograd.graph import Node, get_gradient_edge
from torch.overrides import TorchFunctionMode

from helpers.figures.graph_stepper.code import code_of, operation_of, symbol_of


@dataclass
class GraphNode:
    """A tensor of the expression: a leaf, or the result of an operation.

    Parameters
    ----------
    name : str
        The leaf's name; empty for a result.
    function : str
        Class of the tensor's ``grad_fn`` (``MulBackward0``), ``AccumulateGrad`` for a leaf that asks for a
        gradient, empty where autograd keeps nothing.
    operation, symbol, code : str
        What made it: ``mul``, ``×``, ``w * x``; empty and twice the name for a leaf.
    args : list
        One entry for each argument: the index of a node as an int, or a number as a float.
    value : Tensor or None
        None for a step inside a composite function, which no Python code ever held.
    shape : tuple of int
        Shape of the tensor, and of its gradient.
    saved : list of (str, int or str)
        What the node keeps for backward: the attribute, and the index of a node or the value as text.
    """

    name: str
    function: str
    operation: str
    symbol: str
    code: str
    args: list[int | float]
    value: Tensor | None
    shape: tuple[int, ...]
    saved: list[tuple[str, int | str]] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether no operation made this tensor."""
        return bool(self.name)


class Recorder(TorchFunctionMode):
    """Watches what is computed from some leaves while it is entered.

    Parameters
    ----------
    leaves
        Tensors by name; they are the first nodes.

    Attributes
    ----------
    nodes : list of GraphNode
        In the order in which torch made them.
    grad_fns : dict
        The real nodes of autograd, by index.
    """

    def __init__(self, leaves: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.nodes: list[GraphNode] = []
        self.grad_fns: dict[int, Node] = {}
        self._indices: dict[object, int] = {}  # by grad_fn, or by id of a tensor without one
        self._kept: list[Tensor] = []  # so that no id is given twice
        for name, leaf in leaves.items():
            self._add_leaf(name, leaf)

    def index_of(self, tensor: Tensor) -> int:
        """Return the index of a tensor's node."""
        return self._indices[self._key(tensor)]

    def __torch_function__(
        self, func: Callable, types: object, args: tuple = (), kwargs: dict | None = None
    ) -> object:
        """Call ``func`` and write down the tensor it returns, if it is a new one."""
        if func.__name__ == "__rdiv__":  # 1 / x is two operations in one call, and autograd sees both
            with self:
                return args[0].reciprocal() * args[1]
        kwargs = kwargs or {}
        named = [value for value in kwargs.values() if isinstance(value, Tensor)]
        # Before the call: an in-place operation makes its argument another tensor.
        given = [value for value in map(self._argument, (*args, *named)) if value is not None]
        result = func(*args, **kwargs)
        if isinstance(result, Tensor) and self._key(result) not in self._indices:
            options = {name: value for name, value in kwargs.items() if not isinstance(value, Tensor)}
            self._add_result(func.__name__, given, result, options)
        return result

    @staticmethod
    def _key(tensor: Tensor) -> object:
        return tensor.grad_fn if tensor.grad_fn is not None else id(tensor)

    def _argument(self, value: object) -> int | float | None:
        if isinstance(value, Tensor):
            if self._key(value) not in self._indices:
                self._add_leaf("constant", value)
            return self.index_of(value)
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def _add(self, key: object, grad_fn: Node | None, node: GraphNode) -> None:
        self._indices[key] = len(self.nodes)
        if grad_fn is not None:
            self._indices[grad_fn] = len(self.nodes)
            self.grad_fns[len(self.nodes)] = grad_fn
        self.nodes.append(node)

    def _add_leaf(self, name: str, leaf: Tensor) -> None:
        self._kept.append(leaf)
        grad_fn = get_gradient_edge(leaf).node if leaf.requires_grad else None
        value, shape = leaf.detach().clone(), tuple(leaf.shape)
        self._add(id(leaf), grad_fn, GraphNode(name, _class_of(grad_fn), "", name, name, [], value, shape))

    def _add_result(self, called: str, args: list, result: Tensor, options: dict) -> None:
        self._kept.append(result)
        grad_fn = result.grad_fn
        args = args if grad_fn is None else self._arguments_by_graph(grad_fn, args)
        node = self._node(called, grad_fn, args, options, tuple(result.shape))
        node.value = result.detach().clone()
        self._add(self._key(result), grad_fn, node)

    def _arguments_by_graph(self, grad_fn: Node, args: list) -> list:
        """Add the steps of a composite function that only autograd saw; return the arguments of its last."""
        following = [node for node, _ in grad_fn.next_functions if node is not None]
        if all(node in self._indices for node in following):
            return args
        for node in following:
            if node not in self._indices:
                inner = self._arguments_by_graph(node, args)
                shape = tuple(node._input_metadata[0].shape)
                self._add(node, node, self._node("", node, inner, {}, shape))
        return [self._indices[node] for node in following]

    def _node(
        self, called: str, grad_fn: Node | None, args: list, options: dict, shape: tuple[int, ...]
    ) -> GraphNode:
        operation, args = operation_of(called, grad_fn, args, options)
        codes = [self.nodes[arg].code if isinstance(arg, int) else arg for arg in args]
        symbol, code = symbol_of(operation, args), code_of(operation, codes)
        return GraphNode("", _class_of(grad_fn), operation, symbol, code, args, None, shape)


def _class_of(grad_fn: Node | None) -> str:
    return "" if grad_fn is None else type(grad_fn).__name__
