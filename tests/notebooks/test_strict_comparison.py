"""The comparison of ``real-data`` cells: on the notebook's own data strict, on other data not made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from bookbuild.execute.refresh import KERNEL

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

# Stands in for the data ladder, so that the rule is tested without any data set.
FAKE_LADDER = """
import sys, types
from types import SimpleNamespace
import helpers
data = types.ModuleType("helpers.data")
data.status = lambda name: SimpleNamespace(checksum="here", is_standin=False)
sys.modules["helpers.data"] = helpers.data = data
"""


def run_nbval(folder: Path, sha256: str) -> dict[str, str]:
    """Run nbval over three cells that print "now"; return what became of each, and the summary.

    The first and the last have "then" as their stored output; the first two are tagged ``real-data``.
    """
    cells = [_cell(1, ["real-data"], "then"), _cell(2, ["real-data"], "now"), _cell(3, [], "then")]
    book = {"data": {"FashionMNIST": {"source": "real", "sha256": sha256}}}
    notebook = v4.new_notebook(cells=cells, metadata={"book": book, "kernelspec": KERNEL})
    nbformat.write(notebook, folder / "chapter.ipynb")
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "fake_ladder.py").write_text(FAKE_LADDER)
    options = ["--nbval", "-p", "fake_ladder", "-p", "no:cacheprovider", "-rA", "chapter.ipynb"]
    command = [sys.executable, "-m", "pytest", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}  # the settings import the makers' tools
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    outcomes = re.findall(r"^(PASSED|FAILED) \S+::Cell (\d)", run.stdout, re.MULTILINE)
    return {cell: outcome for outcome, cell in outcomes} | {"summary": run.stdout}


def _cell(number: int, tags: list[str], stored: str) -> nbformat.NotebookNode:
    cell = v4.new_code_cell("print('now')", execution_count=number, metadata={"tags": tags})
    cell.outputs = [v4.new_output("stream", name="stdout", text=f"{stored}\n")]
    return cell


def test_on_the_notebooks_own_data_every_cell_is_compared(tmp_path):
    found = run_nbval(tmp_path, sha256="here")
    assert (found["0"], found["1"], found["2"]) == ("FAILED", "PASSED", "FAILED"), found["summary"]
    assert "uncompared" not in found["summary"]


def test_on_other_data_only_real_data_cells_go_uncompared_and_the_run_says_so(tmp_path):
    found = run_nbval(tmp_path, sha256="elsewhere")
    assert (found["0"], found["1"], found["2"]) == ("PASSED", "PASSED", "FAILED"), found["summary"]
    assert "2 cells ran uncompared: FashionMNIST is not the notebook's" in found["summary"]
