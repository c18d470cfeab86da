"""The book's own pictures: the very files that the chapters describe, small, and varied on purpose."""

import ast
import csv
import hashlib
import shutil

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest
from PIL import Image

from bookbuild.model import notebooks
from helpers import pictures

FOLDER = pictures.folder()
#: File -> size, mode, and where its SHA-256 begins.
FILES = {
    "bird_1.jpg": ((320, 240), "RGB", "ef0aa1e9a46b"),
    "bird_2.jpg": ((240, 300), "RGB", "15c1c4f49107"),
    "bird_3.png": ((168, 168), "RGB", "f7c52c17d47b"),
    "bird_4.jpg": ((360, 220), "RGB", "38f08bfa27ec"),
    "cat_1.jpg": ((328, 368), "RGB", "5695543290ed"),
    "cat_2.jpg": ((300, 200), "RGB", "bda9e4e7297c"),
    "cat_3.jpg": ((240, 240), "RGB", "c7eb7e357561"),
    "cat_4.png": ((160, 200), "RGB", "14da02b4fef7"),
    "dog_1.jpg": ((360, 300), "RGB", "d435e5c7a21b"),
    "dog_2.jpg": ((220, 320), "RGB", "1dcca67ec7c5"),
    "dog_3.jpg": ((300, 260), "RGB", "74b160d3e739"),
    "dog_4.jpg": ((260, 200), "L", "b58e0364aedb"),
    "fish_1.jpg": ((340, 230), "RGB", "cad9746d9087"),
    "fish_2.jpg": ((280, 280), "RGB", "94096aeb2657"),
    "fish_3.png": ((256, 192), "RGBA", "cf5f05109fd3"),
    "fish_4.jpg": ((400, 240), "RGB", "b9246b3e1e3a"),
}


def test_the_files_are_those_that_the_chapters_describe():
    found = {}
    for file in FOLDER.glob("*_*"):
        with Image.open(file) as picture:
            found[file.name] = picture.size, picture.mode, hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    assert found == FILES


def test_the_label_file_lists_every_picture_in_order():
    with (FOLDER / "labels.csv").open() as table:
        rows = [(row["file"], row["label"]) for row in csv.DictReader(table)]
    assert rows == [(name, name.split("_")[0]) for name in sorted(FILES)]
    assert [label for _, label in rows] == [name for name in pictures.CLASSES for _ in range(4)]


def test_the_set_is_small_and_varied():
    assert all(path.stat().st_size < 17_000 for path in FOLDER.iterdir())
    assert len({size for size, _, _ in FILES.values()}) == len(FILES) == 16
    unusual = {name: mode for name, (_, mode, _) in FILES.items() if mode != "RGB"}
    assert unusual == {"dog_4.jpg": "L", "fish_3.png": "RGBA"}


def test_the_background_of_the_cut_out_is_transparent_and_black():
    with Image.open(FOLDER / "fish_3.png") as picture:
        pixels = np.asarray(picture)
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert 0.15 < (pixels[..., 3] == 255).mean() < 0.5


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
    folder = shutil.copytree(FOLDER, tmp_path / "pictures")
    for name in HIDDEN:
        (folder / name).write_bytes(b"\0\5\x16\7")
    monkeypatch.setattr(pictures, "folder", lambda: folder)
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
