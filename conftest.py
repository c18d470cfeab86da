"""What the notebooks' strict comparison (``pytest --nbval``) asks beyond nbval itself.

A cell tagged ``real-data`` shows what the pictures show. It is compared only when the data set of this
machine is byte for byte the one the notebook was executed on; otherwise it runs and its output may be
anything. What comes out of training differs even on the same data (threads change its last digits):
such cells carry ``nbval-ignore-output``, and the next visible cell asserts what can be held.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from nbformat import NotebookNode

from bookbuild.execute.refresh import THREADS
from bookbuild.model import notebooks

# The kernels inherit these: the number of threads changes the last digits of what torch computes.
for variable, value in THREADS.items():
    os.environ.setdefault(variable, value)

# A property that holds slowly on a busy machine still holds.
hypothesis.settings.register_profile("book", deadline=None)
hypothesis.settings.load_profile("book")

NOT_COMPARED = "real-data cell not compared"


@functools.cache
def _checksum(data_set: str) -> str:
    from helpers import data

    return data.status(data_set).checksum


def data_differs(notebook: NotebookNode) -> list[str]:
    """Names of the data sets that are not those the notebook was executed on."""
    recorded = notebook.metadata.get("book", {}).get("data", {})
    return [name for name, origin in recorded.items() if origin["sha256"] != _checksum(name)]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Put the chapters' data in place first: a progress bar inside a cell would count as its output."""
    config = session.config
    if not config.option.nbval or hasattr(config, "workerinput"):
        return
    from helpers import data

    try:
        for name in sorted({name for path in _chapters(config.args) for name in _data_sets(path)}):
            data.folder(name)
    except data.DataError as error:
        raise pytest.UsageError(str(error)) from error


def _chapters(arguments: list[str]) -> list[Path]:
    """Return the notebooks that the arguments of a run name, or that lie in the folders they name."""
    places = [Path(argument.split("::")[0]) for argument in arguments]
    return [
        path for place in places for path in ([place] if place.is_file() else sorted(place.glob("*.ipynb")))
    ]


def _data_sets(path: Path) -> list[str]:
    return notebooks.data_sets(notebooks.read(path)) if path.suffix == ".ipynb" else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no process is left to run one alone at the end."""
    longest = ("test_every_page.py", "test_onefile.py")
    items.sort(key=lambda item: longest.index(item.path.name) if item.path.name in longest else len(longest))


# Not at collection: by the time the cell runs, the chapter's own cells have put the data in place.
@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Switch off the comparison of a ``real-data`` cell on other data than the notebook's."""
    cell = getattr(item, "cell", None)
    if cell is None or "real-data" not in cell.metadata.get("tags", []):
        return
    if different := data_differs(item.parent.nb):
        item.options["check"] = False
        item.user_properties.append((NOT_COMPARED, ", ".join(different)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cells ran without being compared, so that a green run claims no more than it did."""
    reports = terminalreporter.getreports("passed")
    names = [value for report in reports for key, value in report.user_properties if key == NOT_COMPARED]
    for name in sorted(set(names)):
        terminalreporter.write_line(f"{names.count(name)} cells ran uncompared: {name} is not the notebook's")
