"""The book's own pictures: the files are what the code paints, small, and varied on purpose."""

import ast
import csv
import io
import shutil

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest
from PIL import Image

from bookbuild.model import notebooks
from bookbuild.model.notebooks import ROOT
from helpers import pictures
from helpers.data import places
from helpers.pictures import RECIPES
from helpers.pictures.__main__ import main

FOLDER = ROOT / "data" / "pictures"


@pytest.fixture(scope="module")
def painted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    main([str(folder)])
    return folder


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.file)
def test_the_file_is_what_the_code_paints(recipe, painted):
    with Image.open(FOLDER / recipe.file) as kept, Image.open(painted / recipe.file) as fresh:
        assert kept.mode == fresh.mode == recipe.mode
        assert kept.size == fresh.size == recipe.size
        difference = np.abs(np.asarray(kept, dtype=float) - np.asarray(fresh, dtype=float))
    # Other versions of the JPEG library round differently; another drawing differs by far more.
    assert difference.mean() < 1.5


def test_the_label_file_lists_every_picture_in_order(painted):
    assert (FOLDER / pictures.LABEL_FILE).read_bytes() == (painted / pictures.LABEL_FILE).read_bytes()
    rows = list(csv.DictReader(io.StringIO((FOLDER / pictures.LABEL_FILE).read_text())))
    assert rows == [{"file": recipe.file, "label": recipe.label} for recipe in RECIPES]
    files = {path.name for path in FOLDER.glob("[!.]*")}
    assert files == {recipe.file for recipe in RECIPES} | {pictures.LABEL_FILE}


def test_the_set_is_small_varied_and_balanced():
    assert all(path.stat().st_size < 17_000 for path in FOLDER.glob("[!.]*"))
    assert len({recipe.size for recipe in RECIPES}) == len(RECIPES) == 16
    assert {recipe.mode for recipe in RECIPES} == {"RGB", "L", "RGBA"}
    assert pictures.CLASSES == ("bird", "cat", "dog", "fish")
    assert [sum(recipe.label == name for recipe in RECIPES) for name in pictures.CLASSES] == [4] * 4


def test_the_background_of_the_cut_out_is_transparent_and_black():
    with Image.open(FOLDER / "fish_3.png") as picture:
        pixels = np.asarray(picture)
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert 0.15 < (pixels[..., 3] == 255).mean() < 0.5


def test_the_folder_is_the_one_in_the_book():
    assert pictures.folder() == FOLDER


def test_what_is_missing_is_painted(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "home", lambda: tmp_path)
    monkeypatch.setattr(pictures, "RECIPES", RECIPES[2:4])
    folder = pictures.folder()
    assert sorted(path.name for path in folder.iterdir()) == ["bird_3.png", "bird_4.jpg", "labels.csv"]
    kept = (folder / "bird_4.jpg").stat().st_mtime_ns
    (folder / "bird_3.png").unlink()
    assert (pictures.folder() / "bird_3.png").is_file()
    assert (folder / "bird_4.jpg").stat().st_mtime_ns == kept


# What file managers leave beside pictures; the last is what macOS writes on a disk of another system.
HIDDEN = (".DS_Store", "._labels.csv", "._bird_1.jpg")
#: The cells of the chapters that go through the folder, and those that they need.
CELLS = {
    "5": (
        "loader-lab",
        "pictures-plot",
        "open-picture",
        "rows-of",
        "read-labels",
        "picture-set",
        "picture-set-use",
    ),
    "6": ("open", "pixel-library", "colour"),
}


@pytest.mark.parametrize("number", CELLS)
def test_the_chapters_run_with_hidden_files_among_the_pictures(number, tmp_path, monkeypatch, capsys):
    shutil.copytree(FOLDER, tmp_path / "data" / "pictures")
    for name in HIDDEN:
        (tmp_path / "data" / "pictures" / name).write_bytes(b"\0\5\x16\7")
    monkeypatch.setattr(places, "home", lambda: tmp_path)
    cells = notebooks.code_cells(notebooks.read(notebooks.find(number)))
    assert {cell.id for cell in cells if "glob(" in cell.source} <= set(CELLS[number])
    names = {}
    exec("\n".join(filter(None, map(imports, cells))), names)
    for cell in cells:
        if cell.id in CELLS[number]:
            exec(cell.source, names)
    assert "16" in capsys.readouterr().out


def imports(cell):
    """Return the import statements of a cell."""
    found = [node for node in ast.parse(cell.source).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return ast.unparse(found)
