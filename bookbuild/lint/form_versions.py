"""What a chapter's code must not rest on, so that it runs on older and newer versions of PyTorch too.

A warning that one version gives another does not, and messages are worded anew. A chapter may show both,
but it must run without them. Rules as in `bookbuild.lint.form_text`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bookbuild.model.chapter import Chapter, Rule

#: What the chapters call an error or a warning that they have caught.
ERRORS = {"error", "exception", "message", "warning"}


def rests_on_no_message(chapter: Chapter) -> Iterator[str]:
    """Loop over the warnings that were caught, which may be none, and assert nothing about words."""
    caught: set[str] = set()
    for cell in chapter.code_cells:
        tree = _parsed(cell.source)
        caught |= set(_names_of_caught(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and _is_one_of(node, caught):
                yield f"takes a caught warning by its place in {cell.id!r}: loop over them, there may be none"
            if isinstance(node, ast.Assert) and _asks_for_words(node.test, caught):
                yield f"asserts a warning or the words of a message in {cell.id!r}: each version has its own"


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:  # a magic, or an error that is the lesson
        return ast.Module([], [])


def _names_of_caught(tree: ast.Module) -> Iterator[str]:
    """Yield the names of ``with warnings.catch_warnings(record=True) as name``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.withitem) and "catch_warnings" in ast.unparse(node.context_expr):
            yield from filter(None, [_name(node.optional_vars)])


def _is_one_of(place: ast.Subscript, caught: set[str]) -> bool:
    """Tell whether ``caught[0]`` is asked for; ``caught[:1]`` may be empty."""
    return _name(place.value) in caught and not isinstance(place.slice, ast.Slice)


def _asks_for_words(test: ast.expr, caught: set[str]) -> bool:
    """Tell whether an assertion looks at caught warnings, or at ``str(error)`` or ``error.args``."""
    for part in ast.walk(test):
        is_text = isinstance(part, ast.Call) and _name(part.func) == "str" and part.args
        if is_text and _name(part.args[0]) in ERRORS:
            return True
        if isinstance(part, ast.Attribute) and part.attr == "args" and _name(part.value) in ERRORS:
            return True
        if _name(part) in caught:
            return True
    return False


def _name(node: ast.AST | None) -> str:
    return node.id if isinstance(node, ast.Name) else ""


RULES: tuple[Rule, ...] = (rests_on_no_message,)
