"""Refresh: whatever ran, what is written depends on the chapter alone."""

from __future__ import annotations

import base64
import copy
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode, from_dict, v4
from PIL import Image

from bookbuild.browser import find_chromium
from bookbuild.execute import outputs, pictures, refresh, stills, widgets
from bookbuild.execute.refresh import RefreshError
from bookbuild.model import notebooks
from bookbuild.model.notebooks import STATE, VIEW
from helpers.palette import ROLES

# -- widget ids


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    """Models 0 to n-1, the models each refers to, and the models that are shown."""
    count = draw(st.integers(1, 7))
    place = st.integers(0, count - 1)
    references = draw(st.lists(st.lists(place, max_size=3), min_size=count, max_size=count))
    return references, draw(st.lists(place, min_size=1, max_size=5))


def notebook_of(graph: tuple[list[list[int]], list[int]], names: list[str]) -> NotebookNode:
    """Build a notebook whose models refer to each other and are shown as ``graph`` says."""
    references, shown = graph
    state = {
        names[model]: {
            "model_name": "AnyModel",
            "state": {"number": model, "kept": {"in": [f"IPY_MODEL_{names[other]}" for other in others]}},
        }
        for model, others in enumerate(references)
    }
    cells = [v4.new_code_cell("show()", id=f"cell-{place}") for place in range(len(shown))]
    for cell, model in zip(cells, shown, strict=True):
        cell.outputs = [v4.new_output("display_data", data={VIEW: {"model_id": names[model]}})]
    return from_dict({**v4.new_notebook(cells=cells), "metadata": {"widgets": {STATE: {"state": state}}}})


@given(graphs(), st.lists(st.uuids(), min_size=14, max_size=14, unique=True))
def test_renumbering_does_not_depend_on_the_ids_drawn(graph, ids):
    first, second = (notebook_of(graph, [model.hex for model in part]) for part in (ids[:7], ids[7:]))
    widgets.renumber(first)
    widgets.renumber(second)
    assert json.dumps(first) == json.dumps(second)


@given(graphs(), st.lists(st.uuids(), min_size=7, max_size=7, unique=True))
def test_renumbering_leaves_no_old_id_and_no_dangling_reference(graph, ids):
    notebook = notebook_of(graph, [model.hex for model in ids])
    widgets.renumber(notebook)
    text = json.dumps(notebook)
    assert not any(model.hex in text for model in ids)
    kept = notebooks.models(notebook)
    assert set(widgets.references(from_dict(kept))) <= set(kept)
    assert all(output.data[VIEW].model_id in kept for _, output in notebooks.views(notebook))


@given(graphs())
def test_renumbering_keeps_exactly_the_models_reached_from_shown_figures(graph):
    references, shown = graph
    reached, waiting = set(), list(shown)
    while waiting:
        model = waiting.pop()
        if model not in reached:
            reached.add(model)
            waiting += references[model]
    notebook = notebook_of(graph, [f"id{model}" for model in range(len(references))])
    widgets.renumber(notebook)
    assert {model["state"]["number"] for model in notebooks.models(notebook).values()} == reached


@given(graphs())
def test_renumbering_twice_changes_nothing(graph):
    once = notebook_of(graph, [f"id{model}" for model in range(7)])
    widgets.renumber(once)
    twice = copy.deepcopy(once)
    widgets.renumber(twice)
    assert once == twice


def test_a_shown_figure_without_saved_state_is_refused():
    notebook = notebook_of(([[]], [0]), ["lost"])
    notebooks.models(notebook).clear()
    with pytest.raises(ValueError, match="state of model lost is not saved"):
        widgets.renumber(notebook)


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

DOT = """
import anywidget, traitlets

class Dot(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        const dot = document.createElement("div");
        Object.assign(dot.style, { height: "80px", background: "#0064fe" });
        dot.textContent = model.get("label");
        dot.dataset.figure = "Dot";
        dot.dataset.ready = "true";
        el.append(dot);
    } };'''
    label = traitlets.Unicode("a dot").tag(sync=True)
    def __repr__(self):
        return f"Dot({self.label!r})"
"""


def chapter(folder: Path, *cells: NotebookNode, name: str = "01_dots") -> Path:
    path = folder / f"{name}.ipynb"
    notebooks.write(v4.new_notebook(cells=list(cells)), path)
    return path


def dots(folder: Path, name: str = "01_dots") -> Path:
    return chapter(
        folder,
        v4.new_code_cell(DOT, id="class", metadata={"collapsed": True}),
        v4.new_code_cell("unused = Dot(label='never shown')\nDot(label='left')", id="left"),
        v4.new_code_cell("print('a', end='')\nprint('b')", id="prints"),
        v4.new_code_cell(
            "import json\njson.loads('{')", id="raises", metadata={"tags": ["raises-exception"]}
        ),
        v4.new_code_cell("Dot(label='right')", id="right"),
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
    labels = [model["state"].get("label") for model in notebooks.models(notebook).values()]
    assert [label for label in labels if label] == ["left", "right"], "only shown figures are kept"
    assert set(notebook.metadata) == {"book", "kernelspec", "language_info", "widgets"}
    assert "version" not in notebook.metadata.language_info
    assert "collapsed" not in notebook.cells[0].metadata
    assert notebook.cells[2].outputs[0].text == "ab\n"
    assert not any("File " in line for line in notebook.cells[3].outputs[0].traceback)
    assert refresh.stale(notebook) == []


def test_a_still_picture_is_the_figures_own(refreshed):
    for _, output in notebooks.views(notebooks.read(refreshed[0])):
        picture = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"])))
        assert picture.width == 1400
        red, green, blue = picture.convert("RGB").getpixel((1300, 100))
        assert max(abs(red - 0x00), abs(green - 0x64), abs(blue - 0xFE)) <= 4


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
    broken = 'export default { render() { throw new Error("no panel"); } }'
    with pytest.raises(ValueError, match="no panel"):
        stills.shoot(browser, {"m": {"state": {"_esm": broken}}}, "m")


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "01_dots.ipynb"
    path.write_text("not a notebook")
    with pytest.raises(ValueError, match=r"01_dots\.ipynb is not a notebook"):
        notebooks.read(path)
