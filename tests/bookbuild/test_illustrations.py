"""Still pictures: the files in images/ are what the code draws, from the values it names."""

import re
from xml.etree import ElementTree

import pytest
import torch

from bookbuild.illustrations import __main__ as illustrations
from bookbuild.illustrations import dimensions, svg

SVG = "{http://www.w3.org/2000/svg}"


def words(drawn):
    """All texts of a picture, in reading order of the file."""
    return [node.text for node in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", illustrations.PICTURES)
def test_the_file_is_what_the_code_draws(name):
    stored = (illustrations.IMAGES / name).read_text("utf-8")
    assert stored == illustrations.PICTURES[name](), "run python -m bookbuild.illustrations"


@pytest.mark.parametrize("name", illustrations.PICTURES)
def test_a_picture_is_self_contained_and_has_a_title(name):
    drawn = illustrations.PICTURES[name]()
    tree = ElementTree.fromstring(drawn)
    assert len(tree.find(f"{SVG}title").text.split()) > 5
    assert not re.search(r"href|<script|<style|url\(", drawn)


@pytest.mark.parametrize("name", illustrations.PICTURES)
def test_everything_lies_inside_the_page(name):
    tree = ElementTree.fromstring(illustrations.PICTURES[name]())
    width, height = map(float, tree.get("viewBox").split()[2:])
    for node in [*tree.iter(f"{SVG}rect"), *tree.iter(f"{SVG}text")]:
        x, y = float(node.get("x")), float(node.get("y"))
        assert 0 <= x <= width - float(node.get("width", 0))
        assert 0 <= y <= height - float(node.get("height", 0))


def test_dimensions_shows_every_value_and_every_shape_of_its_tensors():
    shown = words(dimensions.draw())
    for name, tensor in dimensions.EXAMPLES.items():
        assert name in shown
        assert f"ndim {tensor.ndim}" in shown
        assert f"shape {tuple(tensor.shape)}" in shown
    numbers = sorted(int(word) for word in shown if word.isdigit())
    expected = torch.cat([tensor.flatten() for tensor in dimensions.EXAMPLES.values()])
    assert numbers == sorted(expected.tolist())


def test_drawing_into_a_missing_folder_is_refused(tmp_path, capsys):
    assert illustrations.main(tmp_path / "nowhere") == 1
    assert "is not a folder" in capsys.readouterr().err


def test_drawing_says_what_changed(tmp_path, capsys):
    assert illustrations.main(tmp_path) == 0
    assert "dimensions.svg: drawn" in capsys.readouterr().out
    illustrations.main(tmp_path)
    assert "dimensions.svg: unchanged" in capsys.readouterr().out


def test_text_is_escaped():
    assert "a &lt; b &amp; &quot;c&quot;" in svg.element("g", title='a < b & "c"')
    assert "&lt;b&gt;" in svg.text("<b>", 0, 0)
