"""What a page loads of a figure: a classic script, since a page on a disk loads no modules, and styles."""

from __future__ import annotations

import hashlib
import re

from helpers.figures.base import STATIC, kit_style, own_style

#: The style that all figures share, by the name of its file on the pages.
KIT = "kit.css"

#: The last statement of a bundle, which names what it exports.
_EXPORTS = re.compile(r"^export \{(?P<names>[^}]*)\};\s*\Z", re.MULTILINE)
_DEFAULT = re.compile(r"(\w+) as default\b")


def classic(name: str) -> str:
    """Return the bundle of a figure's class as a classic script, which gives the figure to ``host.js``.

    Raises
    ------
    FileNotFoundError
        When there is no such bundle.
    """
    return as_classic(name, (STATIC / f"{name}.js").read_text("utf-8"))


def as_classic(name: str, module: str) -> str:
    """Wrap a bundled ES module so that it runs as a classic script and keeps its names to itself.

    Raises
    ------
    ValueError
        When the module does not end in the export of a default.
    """
    exports = _EXPORTS.search(module)
    default = _DEFAULT.search(exports["names"]) if exports else None
    if exports is None or default is None:
        raise ValueError(
            f"{name}.js: expected `export {{ figure as default }};` at its end; run `make figures`"
        )
    kept = f"(globalThis.bookFigures ??= {{}}).{name} = {default[1]};"
    return f"(() => {{\n{module[: exports.start()]}{kept}\n}})();\n"


def version(name: str) -> str:
    """Return 12 hexadecimal digits that change with the script or a style of a figure's class."""
    return hashlib.sha256((classic(name) + kit_style() + own_style(name)).encode()).hexdigest()[:12]
