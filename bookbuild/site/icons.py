"""Cut the theme's icon fonts, and the rules that name their icons, down to the icons in use.

The fonts carry some 2,000 icons and weigh 270 kB compressed; the book shows about twenty.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

#: ``.fa-sun:before,.fa-day::before{content:"\\f185"}``: the classes of one icon and its character.
ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:"\\([0-9a-f]+)"\}')
FONT_FACE = re.compile(r"@font-face\{[^}]*?url\(([^)]*?/(fa-[\w-]+)\.woff2)\)[^}]*\}")
TRUETYPE = re.compile(r',url\([^)]*\.ttf\) format\("truetype"\)')
CLASS = re.compile(r"\bfa-[a-z0-9-]+")
#: Characters that other style sheets take from the icon fonts.
ESCAPED = re.compile(r'"\\([ef][0-9a-f]{3})"')
PRIVATE = re.compile("[\ue000-\uf8ff]")

# It reports every table that it cuts.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def used_classes(folder: Path) -> set[str]:
    """Return the icon classes named in any page or script under ``folder``."""
    files = [path for end in ("*.html", "*.js") for path in folder.rglob(end)]
    files = [path for path in files if path.name != "fontawesome.js"]
    return {name for path in files for name in CLASS.findall(path.read_text("utf-8"))}


def keep_used_rules(css: str, used: set[str]) -> str:
    """Return ``css`` without the rules of icons that are not in ``used``."""

    def keep(rule: re.Match[str]) -> str:
        return rule[0] if used & set(CLASS.findall(rule[1])) else ""

    return ICON_RULE.sub(keep, css)


def characters(css: str) -> set[int]:
    """Return the code points of the icons that ``css`` still shows."""
    return {int(code, 16) for code in ESCAPED.findall(css)} | {ord(char) for char in PRIVATE.findall(css)}


def cut_font(path: Path, wanted: set[int]) -> bool:
    """Keep only the ``wanted`` characters of a font; delete a font that has none, return whether it stays."""
    with TTFont(path) as font:
        kept = wanted & set(font.getBestCmap() or ())
        if not kept:
            path.unlink()
            return False
        options = subset.Options(flavor="woff2", desubroutinize=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=kept)
        cutter.subset(font)
        subset.save_font(font, path, options)
    return True


def prune(static: Path) -> None:
    """Cut the icon fonts of a built book down to what its pages use.

    Parameters
    ----------
    static
        The folder ``_static`` of the built book. Files that were cut before are left as they are.
    """
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    css = sheet.read_text("utf-8")
    if not TRUETYPE.search(css):
        return
    css = TRUETYPE.sub("", keep_used_rules(css, used_classes(static.parent)))
    wanted = set().union(
        *(characters(path.read_text("utf-8")) for path in static.rglob("*.css") if path != sheet)
    )
    wanted |= characters(css)
    sheet.write_text(FONT_FACE.sub(lambda face: _face(face, sheet.parent, wanted), css), "utf-8")
    for path in static.rglob("webfonts/*.ttf"):
        path.unlink()


def _face(face: re.Match[str], folder: Path, wanted: set[int]) -> str:
    """Return a font's rule after cutting its file, or nothing when no icon is left in it."""
    return face[0] if cut_font(folder / face[1], wanted) else ""
