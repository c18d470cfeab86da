"""The data sets of chapter 5: the module's copy does what the chapter's does; times are recorded whole."""

import ast
from pathlib import Path

import pytest
import torch
import yaml
from torch.utils.data import DataLoader

from helpers import loading, pictures
from helpers.authoring import bench_loaders, notebooks

SHARED = {
    "open-picture": "open_picture",
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
    ("text", "complaint"),
    [
        ("file,label\ncat.jpg cat\n", r"labels.csv, line 2: expected file,label; found \['cat.jpg cat'\]"),
        ("file,label\n\ncat.jpg,cat\n", "labels.csv, line 3: there is no file 'cat.jpg'"),
        ("file,label\n", "labels.csv names no picture"),
        ("", "labels.csv names no picture"),
    ],
)
def test_a_faulty_label_file_is_named_with_its_line(tmp_path, text, complaint):
    (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(ValueError, match=complaint):
        loading.PictureSet(tmp_path)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    (tmp_path / "cat.jpg").write_text("meow")
    (tmp_path / "labels.csv").write_text("file,label\ncat.jpg,cat\n")
    with pytest.raises(ValueError, match=r"cat\.jpg can't be read as a picture"):
        loading.PictureSet(tmp_path)[0]


def test_the_books_pictures_are_read_in_colour():
    files = loading.PictureSet(pictures.folder())
    assert len(files) == len(pictures.RECIPES)
    assert files.classes == list(pictures.CLASSES)
    assert {image.mode for image, _ in files} == {"RGB"}
    assert [label for _, label in files] == sorted(label for _, label in files)


def test_a_whole_batch_is_the_stack_of_its_samples():
    images = torch.arange(5 * 6, dtype=torch.uint8).reshape(5, 2, 3)
    one, whole = (kind(images, torch.arange(5)) for kind in (loading.OneByOne, loading.WholeBatch))
    stacked = list(DataLoader(one, batch_size=2))
    fetched = list(DataLoader(whole, batch_size=2, collate_fn=loading.as_it_is))
    torch.testing.assert_close([list(batch) for batch in fetched], stacked, rtol=0, atol=0)


def test_times_are_measured_and_recorded(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bench_loaders, "WAIT", 1e-4)
    record = bench_loaders.measure(rounds=1, batches=1, copies=3)
    bench_loaders.main([], measured=lambda: record)
    printed = capsys.readouterr().out
    assert printed.strip() == loading.table(record)
    bench_loaders.write(record, tmp_path / "times.yaml")
    assert yaml.safe_load((tmp_path / "times.yaml").read_text()) == record


def test_the_recorded_table_fits_a_page():
    lines = loading.measured().splitlines()
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 78
    record = yaml.safe_load(loading.RECORD.read_text())
    times = record["batches"]
    one, whole = times["tensor, one by one"], times["tensor, whole batch by __getitems__"]
    assert times["PIL image, then transform"] > one > whole
