"""Refresh: whatever ran, what is written depends on the chapter alone."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from ipywidgets import IntSlider
from ipywidgets.embed import dependency_state
from nbformat import NotebookNode, v4
from PIL import Image

from bookbuild.browser import find_chromium
from bookbuild.execute import figures, outputs, pictures, refresh, stills
from bookbuild.execute.refresh import RefreshError
from bookbuild.figures.live import FigureError
from bookbuild.model import notebooks
from helpers.figures import MatmulLab
from helpers.palette import ROLES

pytestmark = pytest.mark.slow

# -- what is kept of a figure


def shown(model_id: str, *, widgets: dict) -> NotebookNode:
    """Return a notebook as a kernel leaves it: one cell that shows a model, and the state of all models."""
    view = {figures.VIEW: {"model_id": model_id}, "text/plain": "MatmulLab()"}
    cell = v4.new_code_cell("show()", id="show", outputs=[v4.new_output("display_data", data=view)])
    return v4.new_notebook(cells=[cell], metadata={"widgets": {figures.STATE: {"state": widgets}}})


def kernel_model(figure: object) -> dict:
    return dependency_state([figure], drop_defaults=False)[figure.model_id]


def test_of_a_shown_figure_its_state_is_kept_and_no_program():
    figure = MatmulLab(caption="Drag over C.")
    notebook = shown("drawn", widgets={"drawn": kernel_model(figure), "other": {"state": {}}})
    figures.keep_states(notebook)
    ((_, output),) = notebooks.figures(notebook)
    state = output.metadata[notebooks.FIGURE]
    assert state == figures.saved(figure)
    assert (state["class"], state["traits"]["caption"]) == ("MatmulLab", "Drag over C.")
    assert output.data == {"text/plain": "MatmulLab()"}
    assert "widgets" not in notebook.metadata
    assert "function" not in json.dumps(notebook)


def test_two_executions_keep_the_same_bytes():
    first, second = (shown("a", widgets={"a": kernel_model(MatmulLab())}) for _ in range(2))
    figures.keep_states(first)
    figures.keep_states(second)
    assert json.dumps(first) == json.dumps(second)


def test_buffers_are_kept_in_the_order_of_their_paths():
    model = kernel_model(MatmulLab())
    model["buffers"] = [{"path": ["b"], "data": "", "encoding": "base64"}, {"path": ["a", 1], "data": ""}]
    assert [buffer["path"] for buffer in figures.state_of(model)["buffers"]] == [["a", 1], ["b"]]


@pytest.mark.parametrize(
    ("widgets", "message"),
    [
        ({}, "cell 'show': the state of its figure was not saved"),
        ({"drawn": kernel_model(IntSlider())}, "cell 'show': IntSliderModel is none of the figures"),
    ],
)
def test_what_a_page_could_not_show_is_refused_with_the_cells_name(widgets, message):
    with pytest.raises(ValueError, match=message):
        figures.keep_states(shown("drawn", widgets=widgets))


def test_a_figure_of_an_older_script_or_with_other_traits_is_found():
    notebook = shown("drawn", widgets={"drawn": kernel_model(MatmulLab())})
    figures.keep_states(notebook)
    ((_, output),) = notebooks.figures(notebook)
    assert list(figures.outdated(notebook)) == []
    output.metadata[notebooks.FIGURE]["version"] = "0123456789ab"
    assert list(figures.outdated(notebook)) == [
        ("MatmulLab", "has an older still: refresh it with --figures")
    ]
    figures.renew(notebook)
    assert list(figures.outdated(notebook)) == []
    del output.metadata[notebooks.FIGURE]["traits"]["caption"]
    assert list(figures.outdated(notebook)) == [("MatmulLab", "was saved with other traits: refresh it")]


# -- outputs


def test_a_traceback_keeps_the_readers_frames_without_colours():
    lines = [
        "\x1b[31mValueError\x1b[39m   Traceback (most recent call last)",
        "\x1b[36mCell\x1b[39m \x1b[32mIn[2]\x1b[39m, line 1\n----> 1 f()",
        "\x1b[36mFile \x1b[39m\x1b[32m~/lib/json/decoder.py:353\x1b[39m, in decode",
        "\x1b[31mValueError\x1b[39m: no",
    ]
    kept = [
        "ValueError   Traceback (most recent call last)",
        "Cell In[2], line 1\n----> 1 f()",
        "ValueError: no",
    ]
    assert outputs.cut_traceback(lines) == kept


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        (str(notebooks.ROOT / "data"), "path of the repository"),
        (str(Path.home() / "x"), "path"),
        ("<object at 0x7f647714f360>", "address in memory"),
        ("ipykernel_17/3.py:1: UserWarning", "process id"),
    ],
)
def test_outputs_that_differ_between_machines_are_refused_with_the_cells_name(printed, message):
    cell = v4.new_code_cell("print(x)", id="printing")
    cell.outputs = [v4.new_output("stream", name="stdout", text=printed)]
    with pytest.raises(ValueError, match=f"cell 'printing': its output holds .*{message}"):
        outputs.refuse_faults(v4.new_notebook(cells=[cell]))


# -- whole chapters


def chapter(folder: Path, *cells: NotebookNode, name: str = "01_dots") -> Path:
    path = folder / f"{name}.ipynb"
    notebooks.write(v4.new_notebook(cells=list(cells)), path)
    return path


def dots(folder: Path, name: str = "01_dots") -> Path:
    return chapter(
        folder,
        v4.new_code_cell("from helpers.figures import MatmulLab", id="class", metadata={"collapsed": True}),
        v4.new_code_cell("unused = MatmulLab(caption='none')\nMatmulLab(caption='left')", id="left"),
        v4.new_code_cell("print('a', end='')\nprint('b')", id="prints"),
        v4.new_code_cell(
            "import json\njson.loads('{')", id="raises", metadata={"tags": ["raises-exception"]}
        ),
        v4.new_code_cell("MatmulLab(caption='right')", id="right"),
        name=name,
    )


def run_refresh(*paths: Path) -> str:
    """Refresh in a process of its own (Playwright allows one browser at a time); return what it prints."""
    command = [sys.executable, "-m", "bookbuild.execute.refresh", *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, bytes]:
    """Two copies of one chapter, each executed, and what was written of the first before a second run."""
    if find_chromium() is None and os.environ.get("BOOK_REQUIRE_BROWSER") != "1":
        pytest.skip("still pictures need a Chromium")
    folder = tmp_path_factory.mktemp("notebooks")
    first, second = dots(folder), dots(folder, "02_dots")
    run_refresh(first)
    written = first.read_bytes()
    assert run_refresh(first, second) == "01_dots: unchanged\n02_dots: rewritten\n"
    return first, second, written


def test_refreshing_twice_writes_the_same_bytes(refreshed):
    first, second, written = refreshed
    assert first.read_bytes() == written
    assert second.read_bytes() == written, "a copy executed on its own must give the same bytes"


def test_a_refreshed_chapter_holds_what_the_page_needs(refreshed):
    notebook = notebooks.read(refreshed[0])
    assert [cell.execution_count for cell in notebooks.code_cells(notebook)] == [1, 2, 3, 4, 5]
    states = [output.metadata[notebooks.FIGURE] for _, output in notebooks.figures(notebook)]
    assert [state["traits"]["caption"] for state in states] == ["left", "right"]
    assert set(notebook.metadata) == {"book", "kernelspec", "language_info"}
    assert "version" not in notebook.metadata.language_info
    assert "collapsed" not in notebook.cells[0].metadata
    assert notebook.cells[2].outputs[0].text == "ab\n"
    assert not any("File " in line for line in notebook.cells[3].outputs[0].traceback)
    assert refresh.stale(notebook) == []


def test_a_still_picture_is_the_figures_own(refreshed):
    colour = np.array(list(bytes.fromhex(ROLES["highlight"][0][1:])))
    for _, output in notebooks.figures(notebooks.read(refreshed[0])):
        picture = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("RGB")
        assert picture.width == 1400
        near = np.abs(np.asarray(picture).astype(int) - colour).max(axis=2) <= 4
        assert near.mean() > 0.001, "the cell that opens lit is seen"


def test_a_cell_that_raises_is_named_and_the_file_stays(tmp_path):
    path = chapter(tmp_path, v4.new_code_cell("1 / 0", id="divide"))
    before = path.read_bytes()
    with pytest.raises(RefreshError, match=r"01_dots\.ipynb: cell 'divide' raised ZeroDivisionError"):
        refresh.refresh(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_cell_that_takes_too_long_is_named_and_the_file_stays(tmp_path):
    path = chapter(tmp_path, v4.new_code_cell("import time\ntime.sleep(60)", id="sleep"))
    before = path.read_bytes()
    with pytest.raises(RefreshError, match=r"01_dots\.ipynb: cell 'sleep' took longer than 1 s"):
        refresh.refresh(path, timeout=1)
    assert path.read_bytes() == before


def test_an_output_with_a_path_is_refused_and_the_file_stays(tmp_path):
    path = chapter(tmp_path, v4.new_code_cell("import os\nos.getcwd()", id="where"))
    before = path.read_bytes()
    with pytest.raises(RefreshError, match="cell 'where': its output holds an absolute path"):
        refresh.refresh(path)
    assert path.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path, monkeypatch):
    path = chapter(tmp_path, v4.new_code_cell("1", id="one"))
    before = path.read_bytes()

    def full_disk(self, target):
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="no space left"):
        notebooks.write(v4.new_notebook(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_data_sets_a_chapter_uses_are_recorded(monkeypatch):
    from helpers import data

    answers = {"FashionMNIST": SimpleNamespace(is_standin=True, checksum="abc")}
    monkeypatch.setattr(data, "status", answers.__getitem__)
    source = 'root = data.folder("FashionMNIST")'
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source)])
    refresh.record_origin(notebook)
    assert notebook.metadata.book.data == {"FashionMNIST": {"source": "stand-in", "sha256": "abc"}}
    notebook.cells[0].source += "  # edited"
    assert refresh.stale(notebook) == ["has code that changed since it was executed: refresh it"]


def test_redrawing_folds_a_chapter_whose_outputs_still_belong_to_its_code(tmp_path):
    solution = v4.new_code_cell("check.one(3)", id="solution", metadata={"tags": ["hide-cell"]})
    open_cell = v4.new_code_cell("1", id="open", metadata={"jupyter": {"source_hidden": True}})
    path = chapter(tmp_path, solution, open_cell)
    notebook = notebooks.read(path)
    refresh.record_origin(notebook)
    notebooks.write(notebook, path)
    assert refresh.redraw(path)
    folded = notebooks.read(path)
    assert folded.cells[0].source == f"{notebooks.TITLE}\ncheck.one(3)"
    assert folded.cells[0].metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert folded.cells[0].metadata.cellView == "form"
    assert folded.cells[1].metadata == {}
    assert refresh.stale(folded) == []
    assert not refresh.redraw(path), "once is enough"
    folded.cells[0].source += "  # edited"
    assert refresh.stale(folded) == ["has code that changed since it was executed: refresh it"]


def test_an_executed_chapter_is_folded_too():
    solution = v4.new_code_cell("check.one(3)", id="solution", metadata={"tags": ["hide-cell"]})
    notebook = v4.new_notebook(cells=[solution])
    refresh.normalise(notebook)
    assert solution.source == f"{notebooks.TITLE}\ncheck.one(3)"


# -- stills and names


def png_of(pixels: np.ndarray) -> bytes:
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG")
    return packed.getvalue()


def test_a_still_is_brought_below_its_limit():
    noise = png_of(np.random.default_rng(0).integers(0, 255, (250, 700, 3), dtype=np.uint8))
    assert len(pictures.shrink_still(noise)) <= pictures.LARGEST < len(noise)


def test_a_still_keeps_the_colours_of_short_thin_lines():
    wash = np.random.default_rng(0).integers(160, 175, (400, 1400, 3), dtype=np.uint8)
    wash[:, 700:] += 80
    colours = np.array([tuple(bytes.fromhex(light[1:])) for light, _ in ROLES.values()], dtype=np.uint8)
    for place, colour in enumerate(colours):
        wash[20 * place : 20 * place + 2, :30] = colour
    small = np.asarray(Image.open(io.BytesIO(pictures.shrink_still(png_of(wash), 10**6))).convert("RGB"))
    found = small[: 20 * len(colours) : 20, 5].astype(int)
    assert np.abs(found - colours).max() <= 12, dict(zip(ROLES, found.tolist(), strict=True))


def notebook_with_plot(png: bytes) -> NotebookNode:
    cell = v4.new_code_cell("plot()")
    cell.outputs = [v4.new_output("display_data", data={"image/png": base64.b64encode(png).decode()})]
    return v4.new_notebook(cells=[cell])


def stored_plot(notebook: NotebookNode) -> bytes:
    return base64.b64decode(notebook.cells[0].outputs[0].data["image/png"])


def test_a_large_plot_becomes_smaller_and_stays_transparent():
    rng = np.random.default_rng(0)
    pixels = np.zeros((400, 600, 4), dtype=np.uint8)
    pixels[:, 300:] = rng.integers(0, 30, (400, 300, 4), dtype=np.uint8)
    pixels[..., 3] = np.where(pixels[..., 0] > 0, 255, 0)
    notebook = notebook_with_plot(png_of(pixels))
    pictures.shrink_plots(notebook)
    small = np.asarray(Image.open(io.BytesIO(stored_plot(notebook))).convert("RGBA"))
    assert len(stored_plot(notebook)) < len(png_of(pixels)) / 2
    assert np.array_equal(small[..., 3] > 127, pixels[..., 3] > 127)


def test_a_photograph_among_the_plots_is_left_alone():
    photograph = png_of(np.random.default_rng(0).integers(0, 255, (300, 300, 3), dtype=np.uint8))
    notebook = notebook_with_plot(photograph)
    pictures.shrink_plots(notebook)
    assert stored_plot(notebook) == photograph


def test_a_figure_that_fails_to_draw_says_why(browser):
    broken = {"class": "MatmulLab", "traits": {"a": "no matrix"}}
    with pytest.raises(FigureError, match="could not be drawn"):
        stills.shoot(browser, broken)


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "01_dots.ipynb"
    path.write_text("not a notebook")
    with pytest.raises(ValueError, match=r"01_dots\.ipynb is not a notebook"):
        notebooks.read(path)
