"""What executing a chapter takes is measured, and recorded row by row beside the notebooks."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from nbformat import v4

from bookbuild.execute import execution, refresh
from bookbuild.execute.execution import Spent
from bookbuild.model import book, notebooks

pytestmark = pytest.mark.slow

HOLD = "held = bytearray(200 * 2**20)\nheld[:: 4096] = b'x' * len(held[:: 4096])"
CHAPTERS = book.chapters()


def notebook_of(source):
    return v4.new_notebook(cells=[v4.new_code_cell(source, id="one")])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell peak memory")
def test_the_peak_is_the_kernels_own_even_after_memory_was_given_back(tmp_path):
    little = refresh.execute(notebook_of("1"), tmp_path)
    much = refresh.execute(notebook_of(f"{HOLD}\ndel held"), tmp_path)
    assert 20 < little.peak_mib < 150, "what this process holds (torch) is not counted"
    assert 190 < much.peak_mib - little.peak_mib < 215


def test_seconds_are_those_of_the_whole_run(tmp_path):
    spent = refresh.execute(notebook_of("import time\ntime.sleep(1.5)"), tmp_path)
    assert 1.5 < spent.seconds < 60


def test_measuring_leaves_no_trace_in_the_notebook(tmp_path):
    notebook = notebook_of("1 + 1")
    refresh.execute(notebook, tmp_path)
    assert [cell.execution_count for cell in notebook.cells] == [1]
    assert set(notebook.metadata) <= {"language_info", "widgets"}


def test_a_process_that_is_gone_has_no_peak():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert execution.peak_memory(process.pid) is None


def test_recording_replaces_one_row_and_keeps_the_others(tmp_path):
    path = tmp_path / "execution.yaml"
    execution.record("02_lines", Spent(2.04, 300, 0.5), path)
    before = execution.read(path)["02_lines"]
    execution.record("01_dots", Spent(1.0, None, None), path)
    execution.record("01_dots", Spent(12.36, 410, 1.5), path)
    rows = execution.read(path)
    assert list(rows) == ["01_dots", "02_lines"]
    assert rows["02_lines"] == before
    assert (rows["01_dots"]["seconds"], rows["01_dots"]["peak_memory_mib"], rows["01_dots"]["load"]) == (
        12.4,
        410,
        1.5,
    )
    assert set(rows["01_dots"]["versions"]) == {"python", *execution.PACKAGES}
    assert "CPU cores" in rows["01_dots"]["machine"]
    assert list(tmp_path.iterdir()) == [path]


def test_only_chapters_of_the_book_are_recorded(tmp_path, monkeypatch):
    place, record = tmp_path / "notebooks", tmp_path / "execution.yaml"
    place.mkdir()
    monkeypatch.setattr(execution, "RECORD", record)
    monkeypatch.setattr(refresh, "add_stills", lambda new, old: None)
    recorded = []
    monkeypatch.setattr(execution, "record", lambda name, spent: recorded.append((name, spent.seconds > 0)))
    path = place / "01_dots.ipynb"
    notebooks.write(notebook_of("1"), path)
    refresh.refresh(path)
    assert recorded == []
    monkeypatch.setattr(notebooks, "NOTEBOOKS", place)
    refresh.refresh(path)
    assert recorded == [("01_dots", True)]


def test_measuring_alone_leaves_the_notebook_as_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(execution, "record", lambda name, spent: print("recorded", name))
    path = tmp_path / "01_dots.ipynb"
    notebooks.write(notebook_of("1"), path)
    before = path.read_bytes()
    assert refresh.main(["--measure", str(path)]) == 0
    assert "recorded 01_dots\n01_dots: " in capsys.readouterr().out
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["- 1\n", "01_dots: 5\n", "01_dots: {seconds: soon}\n"])
def test_a_faulty_record_is_named(tmp_path, text):
    path = tmp_path / "execution.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"execution\.yaml"):
        execution.read(path)


def test_a_record_that_is_not_there_or_empty_has_no_rows(tmp_path):
    path = tmp_path / "execution.yaml"
    assert execution.read(path) == {}
    path.write_text("# nothing yet\n")
    assert execution.read(path) == {}


# That a draft states no time yet is for the form to say.
@pytest.mark.parametrize("chapter", [c for c in CHAPTERS if c.running], ids=lambda chapter: chapter.name)
def test_a_chapter_states_about_what_was_measured(chapter):
    """Within a factor of three, and what a busy machine adds: a load of 8 makes two cores 4 times as slow."""
    row = execution.read().get(chapter.name)
    assert row is not None, f"execute it: make refresh NB={chapter.name}"
    busy = max(1, (row["load"] or 0) / 2)
    assert chapter.running / 3 < row["seconds"] < 3 * busy * chapter.running
    assert row["peak_memory_mib"] is None or 100 < row["peak_memory_mib"] < 8000


def test_the_record_has_no_row_of_a_chapter_that_is_gone():
    rows = yaml.safe_load(execution.RECORD.read_text("utf-8"))
    assert set(rows) <= {path.stem for path in notebooks.chapters()}
