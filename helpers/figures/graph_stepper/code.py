"""What an operation of a graph is called: its name, its sign, and the Python that would write it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

#: Operations written between their arguments: the sign in the figure, and Python's.
INFIX = {
    "add": ("+", "+"),
    "sub": ("−", "-"),
    "mul": ("×", "*"),
    "div": ("÷", "/"),
    "pow": ("^", "**"),
    "mm": ("@", "@"),
    "mv": ("@", "@"),
    "dot": ("@", "@"),
    "bmm": ("@", "@"),
}
_BINDING = {
    ast.Add: 1,
    ast.Sub: 1,
    ast.Mult: 2,
    ast.Div: 2,
    ast.MatMult: 2,
    ast.USub: 3,
    ast.Pow: 4,
}
_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "@": 2, "**": 4}
_ATOM = 5


def operation_of(called: str, grad_fn: Any, args: list, options: dict) -> tuple[str, list]:
    """Return the name of an operation and its arguments in the order of its formula.

    Parameters
    ----------
    called
        Name of the function that Python called, such as ``__rsub__``.
    grad_fn
        Node of the result, or None; its class names the operation.
    args
        Arguments as they were called with: ints are nodes, floats numbers.
    options
        What else the function was called with. They make an operation of their own: ``sub(alpha)``.
    """
    name = type(grad_fn).__name__ if grad_fn is not None else called.strip("_")
    name = re.sub(r"Backward\d*$", "", name)
    name = name[:1].lower() + name[1:]
    if called in ("__rsub__", "__rpow__"):  # 1.5 - x calls x.__rsub__(1.5)
        return called.strip("_")[1:], args[::-1]
    if called == "square":
        return "pow", [*args, 2.0]
    return (f"{name}({', '.join(options)})" if options else name), args


def symbol_of(operation: str, args: Sequence[int | float]) -> str:
    """Return the sign that stands in the node, with its number if it has one: ``+``, ``− 1.5``, ``(…)²``."""
    if operation == "reciprocal":
        return "1 / (…)"
    if operation not in INFIX or len(args) != 2:
        return operation
    sign = INFIX[operation][0]
    left, right = (number_text(arg) if isinstance(arg, float) else "" for arg in args)
    if operation == "pow" and right:
        return {"2": "(…)²", "3": "(…)³"}.get(right, f"(…)^{right}")
    return " ".join(part for part in (left, sign, right) if part)


def code_of(operation: str, codes: Sequence[str | float]) -> str:
    """Return Python code of an operation on arguments given as code or as numbers."""
    texts = [number_text(code) if isinstance(code, float) else code for code in codes]
    if operation == "detach":
        return f"{_wrapped(texts[0], _ATOM)}.detach()"
    if operation == "neg" and len(texts) == 1:
        return f"-{_wrapped(texts[0], 3)}"
    if operation not in INFIX or len(texts) != 2:
        return f"{operation}({', '.join(texts)})"
    sign = INFIX[operation][1]
    level = _LEVEL[sign]
    # `a - (b - c)` needs its brackets, `a - b - c` does not; powers bind from the right.
    left, right = (level + 1, level) if sign == "**" else (level, level + 1)
    return f"{_wrapped(texts[0], left)} {sign} {_wrapped(texts[1], right)}"


def number_text(value: float) -> str:
    """Return a number as a person writes it: 2 for 2.0."""
    return f"{value:.6g}"


def _wrapped(code: str, level: int) -> str:
    """Put brackets around code that binds less tightly than ``level``."""
    try:
        body = ast.parse(code, mode="eval").body
    except SyntaxError:
        return f"({code})"
    binding = _BINDING.get(type(body.op), 0) if isinstance(body, (ast.BinOp, ast.UnaryOp)) else _ATOM
    return f"({code})" if binding < level else code
