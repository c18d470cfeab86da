"""The base class of the interactive figures: an anywidget that is alive with and without a kernel."""

import inspect
import re
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from helpers.palette import ROLES

_HERE = Path(__file__).parent
_KIT_SCRIPTS = ("kit.js", "kit_controls.js", "kit_grid.js", "kit_tensors.js")
_JOINED = re.compile(r"^// joined with (\w+\.js)$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


def palette_css() -> str:
    """Return the palette as CSS variables, for a figure on a light and on a dark page."""
    light, dark = (
        " ".join(f"--bf-{role}: {colours[theme]};" for role, colours in ROLES.items()) for theme in (0, 1)
    )
    return f'.book-figure {{ {light} }}\n.book-figure[data-theme="dark"] {{ {dark} color-scheme: dark; }}\n'


def join_with_kit(script: str) -> str:
    """Return one ES module: the drawing kit as the constant ``kit``, then a figure's own module.

    A module loaded from a blob cannot import its siblings, so the kit travels with each figure. A script
    too long for one file names its other part in a line ``// joined with shape_operations.js``.

    Parameters
    ----------
    script
        Source text of the figure's module, which uses ``kit.<name>`` and exports ``default``.
    """
    kit = "\n".join((_HERE / name).read_text("utf-8") for name in _KIT_SCRIPTS)
    names = ", ".join(_EXPORT.findall(kit))
    wrapped = f"const kit = (() => {{\n{_EXPORT.sub('', kit)}\nreturn {{ {names} }};\n}})();"
    parts = [(_HERE / name).read_text("utf-8") for name in _JOINED.findall(script)]
    return "\n".join([wrapped, "export { kit };", *parts, script])


class Figure(anywidget.AnyWidget):
    """An interactive figure, drawn by the JavaScript module beside its Python module.

    A subclass in ``descent_lab.py`` is drawn by ``descent_lab.js`` and, where they exist, styled by
    ``descent_lab.css`` and the style sheets beside the scripts it is joined with. Its synced traits are
    its whole contract: what is saved in the notebook is what the built page shows. It lists in ``shown``
    the traits that its ``repr`` names, since nbval compares that text.

    Parameters
    ----------
    caption
        Sentence below the figure that says what to try.
    """

    caption = traitlets.Unicode("").tag(sync=True)
    shown: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read the subclass's script and style from the files beside its module."""
        # traitlets' add_traits makes a subclass for each instance; that one has its script already.
        if not isinstance(getattr(cls, "_esm", None), traitlets.TraitType):
            cls._read_files()
        super().__init_subclass__(**kwargs)

    @classmethod
    def _read_files(cls) -> None:
        script = Path(inspect.getfile(cls)).with_suffix(".js")
        if not script.is_file():
            raise FileNotFoundError(f"{cls.__name__}: its drawing is expected in {script}, which is missing")
        source = script.read_text("utf-8")
        # The parts a script is joined with bring their own styles; the figure's own come last and win.
        scripts = [_HERE / "kit.js", *(_HERE / name for name in _JOINED.findall(source)), script]
        styles = [path.with_suffix(".css") for path in scripts]
        cls._esm = join_with_kit(source)
        cls._css = palette_css() + "".join(path.read_text("utf-8") for path in styles if path.is_file())

    def __init__(self, *, caption: str = "", **traits: Any) -> None:
        super().__init__(caption=caption, **traits)

    def __repr__(self) -> str:
        """Return the class and the traits in ``shown``: no address, so that nbval can compare it."""
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.shown)
        return f"{type(self).__name__}({fields})"
