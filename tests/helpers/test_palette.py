"""One palette: every colour that a style sheet, a script or a drawing writes is one of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import palette

ROOT = Path(palette.__file__).parents[1]
WRITTEN = sorted(
    path
    for folder, kinds in (("helpers", "css js py mplstyle"), ("bookbuild", "css js py"), ("images", "svg"))
    for kind in kinds.split()
    for path in (ROOT / folder).rglob(f"*.{kind}")
    if path.name != "palette.py"
)
#: The logo's own colours, which nothing else uses.
BRAND = {"images/favicon.svg": {"#3b82f6"}, "images/logo.svg": {"#3b82f6", "#0a7d5e"}}


def colours_in(value: object) -> Iterator[str]:
    """Yield the colours of one of the palette's tables."""
    if isinstance(value, str):
        yield from re.findall(r"^#[0-9a-f]{6}$", value)
    elif isinstance(value, dict | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from colours_in(part)


PALETTE = {colour for table in vars(palette).values() for colour in colours_in(table)}


def written_in(text: str) -> set[str]:
    """Return the colours that a file writes as hexadecimal numbers, in six digits."""
    found = re.findall(r"""(?<=[\s:,("'])#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?=[\s;,)"'}])""", text)
    return {f"#{(code if len(code) == 6 else ''.join(2 * each for each in code)).lower()}" for code in found}


@pytest.mark.parametrize("text", ["a { color: #FfF; }", 'fill="#ffffff"', "fill: '#ffffff',"])
def test_colours_are_found_however_they_are_written(text):
    assert written_in(text) == {"#ffffff"}


def test_no_file_has_a_colour_of_its_own():
    strangers = {}
    for path in WRITTEN:
        name = path.relative_to(ROOT).as_posix()
        if found := written_in(path.read_text("utf-8")) - PALETTE - BRAND.get(name, set()):
            strangers[name] = found
    assert not strangers, f"not in helpers/palette.py: {strangers}"
