"""The data sets of chapter 5: the module's copy does what the chapter's does; times are recorded whole."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml
from PIL import Image
from torch.utils.data import DataLoader

from bookbuild.model import notebooks
from helpers import loading, pictures

SHARED = {
    "open-picture": "open_picture",
    "rows-of": "rows_of",
    "read-labels": "read_labels",
    "picture-set": "PictureSet",
    "one-by-one": "OneByOne",
    "whole-batch": "WholeBatch",
}


class _Bare(ast.NodeTransformer):
    """Leaves of a function what runs: no annotations, no docstrings."""

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.visit_ClassDef(node)

    def visit_ClassDef(self, node):
        node.body = node.body[1:] if ast.get_docstring(node) else node.body
        return self.generic_visit(node)


def definitions(source):
    body = _Bare().visit(ast.parse(source)).body
    return {node.name: ast.unparse(node) for node in body if hasattr(node, "name")}


@pytest.mark.parametrize(("cell", "name"), SHARED.items())
def test_the_module_holds_what_the_chapter_writes_out(cell, name):
    chapter = notebooks.read(notebooks.find("5"))
    source = next(one.source for one in chapter.cells if one.id == cell)
    module = definitions(Path(loading.__file__).read_text("utf-8"))
    written = module[name].replace("self.folder = Path(folder)", "self.folder = folder")
    written = written.replace("self.folder / 'labels.csv'", "folder / 'labels.csv'")
    assert written == definitions(source)[name]


def test_a_label_file_may_hold_quotes_commas_and_blank_lines(tmp_path):
    (tmp_path / "a, b.jpg").touch()
    path = tmp_path / "labels.csv"
    path.write_text('file,label\n\n"a, b.jpg",cat\n\n')
    assert loading.read_labels(path) == [("a, b.jpg", "cat")]


@pytest.mark.parametrize(
    "text",
    [
        "file,label\ncat.jpg,cat\n",
        "\ufefffile,label\ncat.jpg,cat\n",
        "file,label\r\ncat.jpg,cat\r\n",
        "file,label\rcat.jpg,cat",
        "file , label\n cat.jpg ,\tcat \n",
        '"file","label"\n"cat.jpg", "cat" \n',
        "\n  \nfile,label\n,\ncat.jpg,cat\n   \n",
    ],
    ids=["plain", "mark", "windows", "old-mac", "spaces", "quotes", "blank-lines"],
)
def test_what_programs_add_to_a_label_file_changes_no_label(tmp_path, text):
    (tmp_path / "cat.jpg").touch()
    (tmp_path / "labels.csv").write_bytes(text.encode())
    files = loading.PictureSet(tmp_path)
    assert files.samples == [("cat.jpg", "cat")]
    assert files.classes == ["cat"]


def test_a_label_file_may_name_files_in_folders_and_with_spaces(tmp_path):
    (tmp_path / "at home").mkdir()
    (tmp_path / "at home" / "my cat.jpg").touch()
    path = tmp_path / "labels.csv"
    path.write_text("file,label\nat home/my cat.jpg,tabby cat\n")
    assert loading.read_labels(path) == [("at home/my cat.jpg", "tabby cat")]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("cat.jpg,cat\n", "labels.csv, line 1: expected the header file,label; found ['cat.jpg', 'cat']"),
        (
            "\nfile;label\ncat.jpg;cat\n",
            "labels.csv, line 2: expected the header file,label; found ['file;label']",
        ),
        ("label,file\ncat,cat.jpg\n", "line 1: expected the header file,label; found ['label', 'file']"),
        ("", "labels.csv: expected the header file,label; found []"),
        ("file,label\n", "labels.csv names no picture"),
        ("file,label\ncat.jpg cat\n", "labels.csv, line 2: expected file,label; found ['cat.jpg cat']"),
        ("file,label\ncat.jpg,cat,368\n", "line 2: expected file,label; found ['cat.jpg', 'cat', '368']"),
        ("file,label\ncat.jpg, \n", "line 2: expected file,label; found ['cat.jpg', '']"),
        ("file,label\n,cat\n", "line 2: expected file,label; found ['', 'cat']"),
        ('file,label\ncat.jpg,cat"\n', "line 2: expected file,label; found ['cat.jpg', 'cat\"']"),
        ('file,label\n"cat.jpg,cat\ndog.jpg,dog\n', "line 2: expected file,label; found ['cat.jpg,cat']"),
        ("file,label\n\nowl.jpg,owl\n", "labels.csv, line 3: there is no file 'owl.jpg'"),
        ("file,label\n.,cat\n", "labels.csv, line 2: there is no file '.'"),
        ("file,label\ncat.jpg,cat\ndog.jpg,dog\ncat.jpg,dog\n", "line 4: 'cat.jpg' is named a second time"),
    ],
)
def test_a_faulty_label_file_is_named_with_its_line(tmp_path, text, complaint):
    for name in ("cat.jpg", "dog.jpg"):
        (tmp_path / name).touch()
    (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(ValueError, match=re.escape(complaint)):
        loading.PictureSet(tmp_path)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_label_file_in_another_encoding_is_named(tmp_path, encoding):
    (tmp_path / "labels.csv").write_text("file,label\ncat.jpg,Kätzchen\n", encoding)
    with pytest.raises(ValueError, match=r"labels\.csv is not text in UTF-8"):
        loading.PictureSet(tmp_path)


def colours(size=(30, 20)):
    """Return a picture of smooth colours, wider than high."""
    across, down = np.meshgrid(np.linspace(0, 255, size[0]), np.linspace(0, 255, size[1]))
    return Image.fromarray(np.stack([across, down, 255 - across], axis=-1).astype(np.uint8))


def grey16(place, name):
    """Save a ramp of 16 bits, from black to white."""
    ramp = np.tile(np.linspace(0, 65535, 256).round().astype(np.uint16), (4, 1))
    Image.fromarray(ramp).save(place / name)
    return np.repeat(ramp[..., None] / 257, 3, axis=-1)


@pytest.mark.parametrize("name", ["deep.png", "deep.tif"])
def test_a_picture_of_16_bits_keeps_its_greys(tmp_path, name):
    expected = grey16(tmp_path, name)
    found = np.asarray(loading.open_picture(tmp_path / name), dtype=float)
    assert np.abs(found - expected).max() <= 0.51


# What the tag asks for, as the EXIF standard says where row 0 and column 0 of the picture lie.
TURNS = {
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: stored.swapaxes(0, 1)[:, ::-1],
    7: lambda stored: stored[::-1, ::-1].swapaxes(0, 1),
    8: lambda stored: stored.swapaxes(0, 1)[::-1],
}


@pytest.mark.parametrize("orientation", TURNS)
def test_a_photo_stands_upright(tmp_path, orientation):
    exif = Image.Exif()
    exif[274] = orientation
    colours().save(tmp_path / "photo.png", exif=exif)
    found = loading.open_picture(tmp_path / "photo.png")
    turned = TURNS[orientation](np.asarray(colours()))
    assert np.array_equal(found, turned)


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("1", "p.png"),
        ("L", "p.jpg"),
        ("LA", "p.png"),
        ("P", "p.gif"),
        ("RGBA", "p.png"),
        ("CMYK", "p.jpg"),
        ("YCbCr", "p.tif"),
    ],
)
def test_a_picture_of_any_usual_mode_comes_in_colour(tmp_path, mode, name):
    stored = colours().convert(mode)
    stored.save(tmp_path / name, **({"quality": 95} if name.endswith("jpg") else {}))
    found = loading.open_picture(tmp_path / name)
    assert found.mode == "RGB"
    assert found.size == (30, 20)
    difference = np.asarray(found, dtype=float) - np.asarray(stored.convert("RGB"), dtype=float)
    assert np.abs(difference).mean() < 4


@pytest.mark.filterwarnings("error")
def test_a_palette_with_transparent_colours_is_read_without_a_warning(tmp_path):
    stored = colours().convert("P")
    stored.save(tmp_path / "cut_out.png", transparency=bytes([0, 128] + [255] * 254))
    found = loading.open_picture(tmp_path / "cut_out.png")
    assert np.array_equal(found, stored.convert("RGB"))


def test_of_an_animation_the_first_picture_is_read(tmp_path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:])
    assert loading.open_picture(tmp_path / "film.gif").getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("kind", [np.float32, np.int32])
def test_numbers_without_a_white_are_refused(tmp_path, kind):
    Image.fromarray(np.ones((4, 4), kind)).save(tmp_path / "depth.tif")
    with pytest.raises(ValueError, match=r"depth\.tif holds numbers, and does not say which is white"):
        loading.open_picture(tmp_path / "depth.tif")


@pytest.mark.parametrize("content", ["meow", "", "half"])
def test_a_file_that_is_no_picture_is_named(tmp_path, content):
    file = tmp_path / "cat.jpg"
    colours().save(file)
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(half if content == "half" else content.encode())
    (tmp_path / "labels.csv").write_text("file,label\ncat.jpg,cat\n")
    with pytest.raises(ValueError, match=r"cat\.jpg can't be read as a picture"):
        loading.PictureSet(tmp_path)[0]


def test_a_picture_too_large_to_be_one_is_named(tmp_path, monkeypatch):
    colours().save(tmp_path / "huge.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(ValueError, match=r"huge\.png can't be read as a picture"):
        loading.open_picture(tmp_path / "huge.png")


def test_the_books_pictures_are_read_in_colour():
    files = loading.PictureSet(pictures.folder())
    assert len(files) == 16
    assert files.classes == list(pictures.CLASSES)
    assert {image.mode for image, _ in files} == {"RGB"}
    assert [label for _, label in files] == sorted(label for _, label in files)


def test_a_whole_batch_is_the_stack_of_its_samples():
    images = torch.arange(5 * 6, dtype=torch.uint8).reshape(5, 2, 3)
    one, whole = (kind(images, torch.arange(5)) for kind in (loading.OneByOne, loading.WholeBatch))
    stacked = list(DataLoader(one, batch_size=2))
    fetched = list(DataLoader(whole, batch_size=2, collate_fn=loading.as_it_is))
    torch.testing.assert_close([list(batch) for batch in fetched], stacked, rtol=0, atol=0)


def test_what_getitems_returns_is_still_collated():
    whole = loading.WholeBatch(torch.zeros(4, 2, 3), torch.arange(4))
    given = []
    list(DataLoader(whole, batch_size=2, collate_fn=given.append))
    assert [type(batch) for batch in given] == [tuple, tuple]
    with pytest.raises(RuntimeError):
        next(iter(DataLoader(whole, batch_size=2)))


def test_the_recorded_table_fits_a_page():
    lines = loading.measured().splitlines()
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 78
    record = yaml.safe_load(loading.RECORD.read_text())
    times = record["batches"]
    one, whole = times["tensor, one by one"], times["tensor, whole batch by __getitems__"]
    assert times["PIL image, then transform"] > one > whole
