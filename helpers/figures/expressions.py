"""Expressions that a figure opens with: written as in the text, checked, and run by torch itself."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import torch

#: What an expression may be made of; a figure's own list of methods comes on top.
_PARTS = (
    ast.Expression,
    ast.Call,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Name,
    ast.Load,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.keyword,
    ast.UnaryOp,
    ast.USub,
    ast.Compare,
    ast.cmpop,
)


class ExpressionError(ValueError):
    """An expression holds something that the figure does not know."""


def evaluate(
    expression: str, tensors: Mapping[str, torch.Tensor], methods: frozenset[str] = frozenset()
) -> torch.Tensor:
    """Return what torch makes of an expression such as ``x.permute(1, 0)`` or ``x[1:, ::2]``.

    Parameters
    ----------
    expression
        One Python expression over the named tensors; ``torch`` may be named too.
    tensors
        The tensors by name.
    methods
        The attributes that the expression may use.

    Raises
    ------
    ExpressionError
        The expression is not Python, or uses something else than these names and methods.
    Exception
        Whatever torch raises where it refuses the expression.
    """
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        raise ExpressionError(f"expression must be one Python expression, got {expression!r}") from None
    for node in ast.walk(tree):
        _refuse_unknown(node, expression, set(tensors) | {"torch"}, methods)
    # Only names and methods checked above can be reached.
    return eval(compile(tree, "<figure>", "eval"), {"torch": torch, **tensors})


def _refuse_unknown(node: ast.AST, expression: str, names: set[str], methods: frozenset[str]) -> None:
    if not isinstance(node, _PARTS):
        raise ExpressionError(f"expression {expression!r} may not contain a {type(node).__name__}")
    if isinstance(node, ast.Name) and node.id not in names:
        known = ", ".join(sorted(names))
        raise ExpressionError(f"expression {expression!r} names {node.id!r}; known are {known}")
    if isinstance(node, ast.Attribute) and node.attr not in methods:
        known = ", ".join(sorted(methods)) or "none"
        raise ExpressionError(f"expression {expression!r} uses .{node.attr}; a figure knows {known}")


def refused(error: Exception) -> dict[str, object]:
    """Return the record of torch's refusal; what is wrong with the expression itself is raised again."""
    if isinstance(error, ExpressionError):
        raise error
    return {"error": first_line(error)}


def first_line(error: Exception) -> str:
    """Return an error's class and the first line of its message, as a notebook shows it."""
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"


def storage_address(tensor: torch.Tensor) -> int:
    """Return where the tensor's storage starts in memory: equal for two tensors that share it."""
    return tensor.untyped_storage().data_ptr()
