"""What code needs from other code: the names it uses, and the statements that make them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from typing import TypeGuard

WIDTH = 84

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Import = ast.Import | ast.ImportFrom


def bound(tree: ast.AST) -> set[str]:
    """Names that a piece of code makes, also inside its functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, _Definition):
            names.add(node.name)
        elif isinstance(node, _Import):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
    return names


def free(tree: ast.AST) -> set[str]:
    """Names that a piece of code uses and does not make itself; Python's own are left out."""
    used = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return used - bound(tree) - set(dir(builtins))


def makes(statement: ast.stmt) -> set[str]:
    """Names that a statement defines, or whose attributes it sets: ``Value.backward = backward``.

    Only definitions, imports and assignments count, which is how a chapter makes what outlives a cell.
    """
    if isinstance(statement, _Definition):
        return {statement.name}
    if isinstance(statement, _Import):
        return bound(statement)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    owners = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Attribute)]
    owned = {owner.value.id for owner in owners if isinstance(owner.value, ast.Name)}
    stored = {node.id for target in targets for node in ast.walk(target) if _is_stored(node)}
    return stored | owned


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def text(source: str, statement: ast.stmt) -> str:
    """Return a statement as it stands in its source, decorators and a comment beside it included."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(source.splitlines()[first - 1 : statement.end_lineno])


def statements_for(names: Iterable[str], sources: Sequence[str]) -> list[str]:
    """Return the statements among ``sources`` that make ``names``, and all that these need, in order.

    Parameters
    ----------
    names : iterable of str
        What is needed. A name that no source makes is left out: it is somebody else's.
    sources : sequence of str
        Code cells, in the order in which they run. Imports from outside the book are left out;
        ``imports`` returns them.
    """
    found = [
        (source, node)
        for source in sources
        for node in ast.parse(source).body
        if not (isinstance(node, _Import) and not _is_ours(node))
    ]
    wanted, size = set(names), -1
    while size != len(wanted):
        size = len(wanted)
        for _, node in found:
            wanted |= free(node) if makes(node) & wanted else set()
    return [text(source, node) for source, node in found if makes(node) & wanted]


def imports(sources: Iterable[str]) -> str:
    """Return the imports at the top level of ``sources``, each once, one line a module.

    What comes from the book's own helpers is left out.
    """
    modules: list[str] = []
    parts: dict[str, list[str]] = {}
    for node in (node for source in sources for node in ast.parse(source).body):
        if isinstance(node, ast.Import):
            modules += [f"import {_written(alias)}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not _is_ours(node):
            parts.setdefault(str(node.module), []).extend(_written(alias) for alias in node.names)
    lines = [_from(module, sorted(set(names))) for module, names in sorted(parts.items())]
    return "\n".join([*sorted(set(modules)), *lines])


def _is_ours(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "helpers"


def _written(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _from(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"
