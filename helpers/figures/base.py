"""The base class of the interactive figures: an anywidget that is alive with and without a kernel."""

import difflib
import inspect
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from helpers.figures.parameters import REQUIRED, Parameter, Text
from helpers.palette import ROLES, SIGNS, variables

_HERE = Path(__file__).parent

#: The figures' bundled scripts and style sheets, and the style that all figures share.
STATIC = _HERE / "static"
KIT_STYLE = _HERE / "kit" / "kit.css"


def palette_css() -> str:
    """Return the palette as CSS variables, for a figure on a light and on a dark page."""
    signs = {sign: (colour, colour) for sign, colour in SIGNS.items()}
    light, dark = (variables("bf", ROLES | signs, theme) for theme in (0, 1))
    return f'.book-figure {{ {light} }}\n.book-figure[data-theme="dark"] {{ {dark} color-scheme: dark; }}\n'


@cache
def kit_style() -> str:
    """Return the style that all figures share, with the palette's colours; read once for all of them."""
    return palette_css() + KIT_STYLE.read_text("utf-8")


def own_style(name: str) -> str:
    """Return the style sheet of a figure's class alone, empty where it has none beside the kit's."""
    path = STATIC / f"{name}.css"
    return path.read_text("utf-8") if path.is_file() else ""


class Figure(anywidget.AnyWidget):
    """An interactive figure, drawn by the JavaScript in the folder of its Python module.

    `figure.js` and what it imports are bundled into one script, ``static/<Class>.js``, by
    ``make figures``; their style sheets into ``static/<Class>.css``, where there are any. The synced
    traits are the figure's whole contract: what is saved in the notebook is what the built page shows. It
    lists in ``shown`` the traits that its ``repr`` names, since nbval compares that text.

    What a figure is given it declares as parameters (:mod:`helpers.figures.parameters`); what follows from
    them, as traits that :meth:`derive` sets.
    """

    caption = Text("", help="Sentence below the figure that says what to try.")
    shown: tuple[str, ...] = ()
    hears_page = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read the subclass's script and style, and write its signature and the end of its docstring."""
        # traitlets' add_traits makes a subclass for each instance; that one has its script already.
        if not isinstance(getattr(cls, "_esm", None), traitlets.TraitType):
            cls._read_files()
            cls._document()
        super().__init_subclass__(**kwargs)

    @classmethod
    def _read_files(cls) -> None:
        script = STATIC / f"{cls.__name__}.js"
        if not script.is_file():
            raise FileNotFoundError(
                f"{cls.__name__}: its drawing is expected in {script}, which is missing: run `make figures`"
            )
        cls._esm = script.read_text("utf-8")
        cls._css = kit_style() + own_style(cls.__name__)  # the figure's own comes last and wins

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """Return the parameters by name, as declared; the caption last."""
        declared = [vars(base) for base in reversed(cls.__mro__)]
        found = {n: v for names in declared for n, v in names.items() if isinstance(v, Parameter)}
        caption = found.pop("caption")
        return {**found, "caption": caption}

    @classmethod
    def _document(cls) -> None:
        entries = "\n".join(parameter.documented(name) for name, parameter in cls.parameters().items())
        cls.__doc__ = f"{inspect.cleandoc(cls.__doc__ or '')}\n\nParameters\n----------\n{entries}\n"
        written = inspect.signature(cls.__init__).parameters.values()
        shown = {each.name: each for each in written if each.name not in ("self", "arguments")}
        for name, parameter in cls.parameters().items():
            default = None if callable(parameter.default) else parameter.default
            default = inspect.Parameter.empty if default is REQUIRED else default
            keyword = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
            shown.setdefault(name, keyword)
        cls.__signature__ = inspect.Signature(sorted(shown.values(), key=lambda each: each.kind))

    def __init__(self, **arguments: Any) -> None:
        self._refuse_unknown(arguments)
        # All are set before the widget opens: it opens with what it is sent then.
        for name, parameter in self.parameters().items():
            value = arguments.get(name)
            omitted = name not in arguments or (value is None and callable(parameter.default))
            setattr(self, name, parameter.default_for(self) if omitted else value)
        self.derive()
        super().__init__()

    def _refuse_unknown(self, arguments: dict[str, Any]) -> None:
        known = list(self.parameters())
        for name in arguments.keys() - set(known):
            near = "".join(f" (did you mean {it!r}?)" for it in difflib.get_close_matches(name, known, n=1))
            raise TypeError(
                f"{type(self).__name__} has no parameter {name!r}{near}; it takes {', '.join(known)}"
            )

    def derive(self) -> None:
        """Set the traits that follow from the parameters; for figures that have any."""

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the page sends: several values at once in any order, none out of its controls' bounds."""
        self.hears_page = True
        try:
            super().set_state(sync_data)
        finally:
            self.hears_page = False

    def __repr__(self) -> str:
        """Return the class and the traits in ``shown``: no address, so that nbval can compare it."""
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.shown)
        return f"{type(self).__name__}({fields})"
