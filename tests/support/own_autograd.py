"""Chapter 3's own autograd, taken from the chapter's cells: what is taught is what is tested."""

from typing import Any

from bookbuild.model import notebooks

#: The cells that make the engine, in their order.
CELLS = (
    "engine-value",
    "engine-operations",
    "engine-functions",
    "engine-signs",
    "engine-order",
    "engine-backward",
)


def sources() -> dict[str, str]:
    """Return the source of all code cells of the chapter, by id."""
    notebook = notebooks.read(notebooks.find("03_autograd"))
    return {cell.id: cell.source for cell in notebooks.code_cells(notebook)}


def engine(*more: str) -> dict[str, Any]:
    """Run the cells of the engine, and more if they are named, and return what they define."""
    cells, names = sources(), {}
    for name in (*CELLS, *more):
        exec(cells[name], names)
    return names
