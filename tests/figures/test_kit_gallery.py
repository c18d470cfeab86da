"""KitGallery: the page of the kit shows every part, and the lines that make it."""

import re

import pytest

from bookbuild.model.notebooks import ROOT
from helpers.figures.kit_gallery import PARTS, KitGallery

PAGE = (ROOT / "appendix" / "kit.md").read_text("utf-8")


def test_the_page_shows_every_part_and_its_code():
    assert tuple(re.findall(r":options: \{part: (\w+)\}", PAGE)) == PARTS
    assert tuple(re.findall(r":start-at: function (\w+)\(", PAGE)) == PARTS


def test_a_part_that_the_kit_does_not_have_is_refused():
    with pytest.raises(ValueError, match=r"part must be one of 'controls', .* got 'dial'"):
        KitGallery(part="dial")


@pytest.mark.parametrize(
    ("part", "key", "heard"),
    [
        ("controls", "ArrowRight", "lr is 0.110"),
        ("player", "ArrowRight", "step is 1"),
        ("panel", "ArrowLeft", "w is 0.550"),
        ("cells", "ArrowRight", "cell 1 is lit"),
        ("tensors", "ArrowDown", "x[0, 1, 0] is lit"),
        ("colours", "ArrowDown", "var(--bf-loss)"),
    ],
)
def test_every_part_tells_the_figure(mount, part, key, heard):
    page = mount(KitGallery(part=part))
    page.locator("input[type=range], .bf-cell[tabindex='0']").first.press(key)
    page.wait_for_function("() => !document.querySelector('.kg-heard').textContent.includes('nothing yet')")
    assert page.locator(".kg-heard").text_content() == f"The figure heard: {heard}."
