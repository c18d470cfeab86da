"""The base class of the interactive figures: an anywidget that is alive with and without a kernel."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from helpers.palette import ROLES

_HERE = Path(__file__).parent

#: The figures' bundled scripts and style sheets, and the style that all figures share.
STATIC = _HERE / "static"
KIT_STYLE = _HERE / "kit" / "kit.css"


def palette_css() -> str:
    """Return the palette as CSS variables, for a figure on a light and on a dark page."""
    light, dark = (
        " ".join(f"--bf-{role}: {colours[theme]};" for role, colours in ROLES.items()) for theme in (0, 1)
    )
    return f'.book-figure {{ {light} }}\n.book-figure[data-theme="dark"] {{ {dark} color-scheme: dark; }}\n'


class Figure(anywidget.AnyWidget):
    """An interactive figure, drawn by the JavaScript in the folder of its Python module.

    `figure.js` and what it imports are bundled into one script, ``static/<Class>.js``, by
    ``make figures``; their style sheets into ``static/<Class>.css``, where there are any. The synced
    traits are the figure's whole contract: what is saved in the notebook is what the built page shows. It
    lists in ``shown`` the traits that its ``repr`` names, since nbval compares that text.

    Parameters
    ----------
    caption
        Sentence below the figure that says what to try.
    """

    caption = traitlets.Unicode("").tag(sync=True)
    shown: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read the subclass's script and style."""
        # traitlets' add_traits makes a subclass for each instance; that one has its script already.
        if not isinstance(getattr(cls, "_esm", None), traitlets.TraitType):
            cls._read_files()
        super().__init_subclass__(**kwargs)

    @classmethod
    def _read_files(cls) -> None:
        script = STATIC / f"{cls.__name__}.js"
        if not script.is_file():
            raise FileNotFoundError(
                f"{cls.__name__}: its drawing is expected in {script}, which is missing: run `make figures`"
            )
        styles = [KIT_STYLE, script.with_suffix(".css")]  # the figure's own comes last and wins
        cls._esm = script.read_text("utf-8")
        cls._css = palette_css() + "".join(path.read_text("utf-8") for path in styles if path.is_file())

    def __init__(self, *, caption: str = "", **traits: Any) -> None:
        super().__init__(caption=caption, **traits)

    def __repr__(self) -> str:
        """Return the class and the traits in ``shown``: no address, so that nbval can compare it."""
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.shown)
        return f"{type(self).__name__}({fields})"
