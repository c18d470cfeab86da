"""Who may import whom: helpers knows nothing of the makers' tools, and drawing nothing of data."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT

#: Folder or module of helpers -> what it must not import.
SEPARATE = {
    "helpers": ("bookbuild", "tests"),
    "helpers/figures": ("helpers.data", "helpers.checks"),
    "helpers/plots.py": ("helpers.data", "helpers.checks", "helpers.figures"),
    "helpers/descent.py": ("helpers.plots", "helpers.style", "helpers.figures", "matplotlib"),
    "helpers/training.py": ("helpers.plots", "helpers.style", "helpers.figures", "matplotlib"),
}


def imported(code: str) -> Iterator[str]:
    """Yield the dotted name of every module, or name of a module, that some code imports from elsewhere."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def crossings(place: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(place)
        for name in imported(path.read_text("utf-8"))
        if any(name == other or name.startswith(f"{other}.") for other in forbidden)
    ]


@pytest.mark.parametrize("place", SEPARATE)
def test_imports_run_one_way(place):
    assert files_of(place)
    assert not crossings(place, SEPARATE[place])


def test_a_crossing_is_found():
    assert crossings("bookbuild/execute/refresh.py", ("bookbuild.model",))


def test_notebooks_import_helpers_only():
    for path in notebooks.chapters():
        code = "\n".join(cell.source for cell in notebooks.code_cells(notebooks.read(path)))
        assert not [name for name in imported(code) if name.partition(".")[0] in ("bookbuild", "tests")]
