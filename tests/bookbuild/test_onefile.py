"""The one-file editions run with what they carry, where the repository's own helpers are refused."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient
from nbformat import NotebookNode, v4

from bookbuild.execute import folding
from bookbuild.execute.refresh import THREADS
from bookbuild.model import book, facts, notebooks
from bookbuild.model.notebooks import ROOT, SETUP
from bookbuild.release import onefile
from helpers import pictures

pytestmark = pytest.mark.slow

CHAPTERS = notebooks.chapters()

#: Seconds that a chapter may say it takes for its edition to be run as a whole.
LONG = 12

#: Read by Python at its start: any way that leads to the repository's helpers ends in an error.
REFUSAL = f"""
import sys

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] != "helpers":
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                if str(spec.origin).startswith({str(ROOT / "helpers")!r}):
                    raise ImportError("refused: the repository's own helpers")
                return spec

sys.meta_path.insert(0, Refusal())
"""

PROOF = """
import helpers
import pathlib
assert pathlib.Path(book_folder.name) in pathlib.Path(helpers.__file__).parents, helpers.__file__
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment variables under which Python refuses the repository's helpers."""
    folder = tmp_path_factory.mktemp("refusal")
    (folder / "sitecustomize.py").write_text(REFUSAL)
    wish = os.environ.get("BOOK_DATA", "").strip() or "standin"
    # A relative path counts from the repository, which the notebook cannot know.
    data = wish if wish == "standin" else str((ROOT / Path(wish).expanduser()).resolve())
    return {**os.environ, **THREADS, "PYTHONPATH": str(folder), "BOOK_DATA": data}


@pytest.fixture(scope="module")
def wheel() -> bytes:
    return onefile.build_wheel()


@pytest.fixture(scope="module")
def shared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the data sets land, so that each is unpacked or drawn once for all editions."""
    return tmp_path_factory.mktemp("data")


def run(notebook: NotebookNode, folder: Path, environment: dict[str, str]) -> NotebookNode:
    """Execute a notebook in ``folder``; what it raises comes out."""
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}})
    return client.execute(env=environment)


def small_chapter() -> NotebookNode:
    cells = [
        v4.new_code_cell(SETUP, id="setup", metadata={"tags": ["setup", "remove-cell"]}),
        v4.new_markdown_cell("Text.", id="text"),
        v4.new_code_cell("from helpers.figures import Question", id="imports"),
    ]
    return v4.new_notebook(cells=cells)


def test_the_refusal_works(environment, tmp_path):
    plain = [sys.executable, "-c", "import helpers"]
    refused = subprocess.run(
        plain, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    assert "refused: the repository's own helpers" in refused.stderr
    allowed = subprocess.run(plain, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert allowed.returncode == 0, "without the refusal the import must work, or the refusal proves nothing"


def test_a_chapter_itself_does_not_run_there(environment, tmp_path):
    with pytest.raises(Exception, match="refused: the repository's own helpers"):
        run(small_chapter(), tmp_path, environment)


def imports_of(cell: NotebookNode) -> str:
    """Return what a code cell imports, as code."""
    found = [
        node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    return "\n".join(map(ast.unparse, found))


def imports_alone(edition: NotebookNode) -> NotebookNode:
    """Return an edition that imports all it did and computes nothing: training again would prove no more."""
    first, *others = notebooks.code_cells(edition)
    return v4.new_notebook(cells=[first, *(v4.new_code_cell(imports_of(cell)) for cell in others)])


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_an_edition_runs_in_an_empty_folder(path, wheel, environment, shared_data, tmp_path):
    (tmp_path / "data").symlink_to(shared_data)
    edition = onefile.edition(notebooks.read(path), wheel)
    if book.chapter(path).running > LONG:
        edition = imports_alone(edition)
    edition.cells.append(v4.new_code_cell(PROOF))
    run(edition, tmp_path, environment)


def test_most_chapters_are_run_as_a_whole_and_the_long_ones_do_import():
    long = [path for path in CHAPTERS if book.chapter(path).running > LONG]
    assert len(long) < len(CHAPTERS) / 2
    for path in long:
        cells = imports_alone(notebooks.read(path)).cells
        assert any("from helpers.figures import" in cell.source for cell in cells)


def test_an_import_of_what_an_edition_lacks_is_seen(wheel, environment, tmp_path):
    edition = onefile.edition(small_chapter(), wheel)
    edition.cells.append(v4.new_code_cell("if False:\n    from bookbuild.model import notebooks"))
    with pytest.raises(Exception, match=r"refused|No module named 'bookbuild'"):
        run(imports_alone(edition), tmp_path, environment)


def test_running_the_set_up_cell_again_keeps_what_is_unpacked(wheel, environment, tmp_path):
    edition = onefile.edition(small_chapter(), wheel)
    again = edition.cells[0].source + "\nimport os\nassert len(os.listdir(book_folder.name)) > 1"
    edition.cells += [v4.new_code_cell("first = book_folder.name"), v4.new_code_cell(again)]
    edition.cells.append(v4.new_code_cell("assert book_folder.name == first\n" + PROOF))
    run(edition, tmp_path, environment)


def test_an_edition_changes_only_the_set_up_cell(wheel):
    chapter = small_chapter()
    edition = onefile.edition(chapter, wheel)
    assert edition.cells[1:] == chapter.cells[1:]
    assert edition.cells[0].source != chapter.cells[0].source == SETUP
    nbformat.validate(edition)


def test_an_editions_solutions_are_closed_and_not_run_yet(wheel):
    chapter = small_chapter()
    solution = v4.new_code_cell("check.one(3)", id="solution", metadata={"tags": ["hide-cell"]})
    solution.update(outputs=[v4.new_output("stream", text="Right: it is odd.")], execution_count=2)
    chapter.cells.append(solution)
    folding.fold(chapter)
    carried = onefile.edition(chapter, wheel).cells[-1]
    assert carried.outputs == []
    assert carried.execution_count is None
    assert (carried.source, carried.metadata) == (solution.source, solution.metadata)
    assert solution.outputs, "the chapter itself keeps them"


def test_a_chapter_without_the_set_up_cell_is_refused(wheel):
    chapter = small_chapter()
    chapter.cells[0].source += "  # mine"
    with pytest.raises(ValueError, match="the first code cell must be the set-up cell"):
        onefile.edition(chapter, wheel)


def test_equal_sources_give_equal_bytes_whoever_builds():
    first, usual = onefile.build_wheel(), os.umask(0o077)
    try:
        assert onefile.build_wheel() == first
    finally:
        os.umask(usual)


def test_the_wheel_holds_helpers_and_pictures_and_nothing_of_the_workshop(wheel):
    names = zipfile.ZipFile(io.BytesIO(wheel)).namelist()
    wanted = {"style.py", "book.mplstyle", "figures/static/Question.js", "figures/kit/kit.css"}
    assert {f"helpers/{name}" for name in wanted} <= set(names)
    assert not [name for name in names if name.endswith("/figure.js")], "the bundles are enough"
    assert {f"helpers/pictures/files/{path.name}" for path in pictures.folder().iterdir()} <= set(names)
    workshop = ("bookbuild", "tests")
    assert not [name for name in names if name.startswith(workshop)]
    assert len(wheel) < 800_000


def test_the_wheel_holds_the_questions_of_every_chapter_and_nothing_else_of_its_facts(wheel, tmp_path):
    zipfile.ZipFile(io.BytesIO(wheel)).extractall(tmp_path)
    book = facts.of_book()
    carried = {path.stem: path for path in (tmp_path / "helpers/checks/questions").iterdir()}
    assert set(carried) >= set(book), "and those of drafts"
    for path in carried.values():
        assert set(yaml.safe_load(path.read_text("utf-8"))) == {"questions"}
    for name, known in book.items():
        assert facts.parse(carried[name].read_text("utf-8"), name).questions == known.questions
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for known in book.values():
        private = [row.reveals for row in known.wrong_answers] + [row.truth for row in known.beliefs]
        private += [card.back for card in known.cards] + [term.definition for term in known.terms]
        assert not [words for words in private if words[:40].encode() in everything]


def test_write_editions_writes_one_file_a_chapter(tmp_path, wheel, monkeypatch):
    monkeypatch.setattr(onefile, "build_wheel", lambda: wheel)
    chapter = tmp_path / "03_small.ipynb"
    notebooks.write(small_chapter(), chapter)
    assert onefile.write_editions(tmp_path / "out", [chapter]) == [tmp_path / "out" / "03_small.ipynb"]
    assert notebooks.read(tmp_path / "out" / "03_small.ipynb").cells[0].id == "setup"
