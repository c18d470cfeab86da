"""The comparison of ``real-data`` cells: on the notebook's own data strict, on other data not made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from helpers.authoring.refresh import KERNEL

ROOT = Path(__file__).parents[1]

# Stands in for the data ladder, so that the rule is tested without any data set.
FAKE_LADDER = """
import sys, types
from types import SimpleNamespace
import helpers
data = types.ModuleType("helpers.data")
data.status = lambda name: SimpleNamespace(checksum="here", is_standin=False)
sys.modules["helpers.data"] = helpers.data = data
"""


def run_nbval(folder: Path, *, tags: list[str], stored: str, sha256: str) -> subprocess.CompletedProcess[str]:
    """Run nbval over a notebook whose one cell prints "now" and has ``stored`` as its stored output."""
    cell = v4.new_code_cell("print('now')", execution_count=1, metadata={"tags": tags})
    cell.outputs = [v4.new_output("stream", name="stdout", text=f"{stored}\n")]
    book = {"data": {"FashionMNIST": {"source": "real", "sha256": sha256}}}
    notebook = v4.new_notebook(cells=[cell], metadata={"book": book, "kernelspec": KERNEL})
    nbformat.write(notebook, folder / "chapter.ipynb")
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "fake_ladder.py").write_text(FAKE_LADDER)
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "fake_ladder", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "chapter.ipynb"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("tags", "stored", "sha256", "passes"),
    [
        (["real-data"], "now", "here", True),
        (["real-data"], "then", "here", False),
        (["real-data"], "then", "elsewhere", True),
        ([], "then", "elsewhere", False),
    ],
)
def test_real_data_cells_are_compared_only_on_the_same_data(tmp_path, tags, stored, sha256, passes):
    run = run_nbval(tmp_path, tags=tags, stored=stored, sha256=sha256)
    assert (run.returncode == 0) is passes, run.stdout + run.stderr


def test_a_run_says_how_many_cells_it_did_not_compare(tmp_path):
    run = run_nbval(tmp_path, tags=["real-data"], stored="then", sha256="elsewhere")
    assert "1 cells ran uncompared: FashionMNIST is not the notebook's" in run.stdout
