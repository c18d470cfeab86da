"""The files that every page loads, gathered from installed packages when the book is built.

Nothing comes from another host and nothing third-party is kept in the repository: MathJax comes from
a package, the theme brings its own files, and what no page uses is left out again.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bookbuild.site import live
from helpers.palette import PAGE, ROLES, variables

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: The book's own scripts and styles.
OWN = Path(__file__).parent / "static"

#: Parts of MathJax: TeX in, HTML out, and MathML beside it for screen readers. The ready-made bundles
#: carry a menu and speech rules too, and weigh 60 % more.
MATHJAX_PARTS = ("input/tex", "output/chtml", "a11y/assistive-mml")
MATHJAX_FILES = (
    "startup.js",
    "core.js",
    "input/tex.js",
    "output/chtml.js",
    "output/chtml/fonts/tex.js",
    "a11y/assistive-mml.js",
)
#: Folders that MathJax loads from when a formula asks for it (``\\cancel``, a calligraphic letter).
MATHJAX_FOLDERS = ("input/tex/extensions", "output/chtml/fonts/woff-v2")


def mathjax_package() -> Path:
    """Return the folder of the installed MathJax.

    Raises
    ------
    FileNotFoundError
        When the package that carries it is not installed.
    """
    # The package's name is no Python identifier, so it is looked up rather than imported.
    spec = importlib.util.find_spec("sphinx-mathjax-offline")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "MathJax: the package sphinx-mathjax-offline of requirements.txt is not installed"
        )
    return Path(spec.origin).parent / "static" / "mathjax"


def copy_mathjax(target: Path) -> None:
    """Copy the parts of MathJax that the book uses to ``target``, once."""
    source = mathjax_package()
    if (target / "startup.js").exists():
        return
    for name in MATHJAX_FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    for name in MATHJAX_FOLDERS:
        shutil.copytree(source / name, target / name)


def palette_css() -> str:
    """Return the book's palette as CSS variables, for light and for dark pages."""
    rules = []
    for theme, index in (("light", 0), ("dark", 1)):
        colours = variables("book", ROLES | PAGE, index)
        rules.append(f'html[data-theme="{theme}"] {{ {colours} }}\n')
    return "".join(rules)


#: Options of the theme: a quiet frame, code colours that reach a contrast of 4.5:1.
THEME = {
    "navbar_persistent": [],
    "use_fullscreen_button": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def configure(app: Sphinx, config: Config) -> None:
    """Point Sphinx at the gathered files, and keep it from writing addresses of other hosts."""
    gathered = Path(app.doctreedir) / "site_static"
    copy_mathjax(gathered / "mathjax")
    (gathered / "palette.css").write_text(palette_css(), "utf-8")
    live.write_scripts(gathered / live.FOLDER)
    config.html_static_path += [str(OWN), str(gathered)]
    config.mathjax_path = "mathjax/startup.js"
    config.mathjax3_config = {"loader": {"load": list(MATHJAX_PARTS)}, **(config.mathjax3_config or {})}
    config.nb_ipywidgets_js = {}
    config.html_theme_options = {**config.html_theme_options, **THEME, "logo": {"text": config.html_title}}
    config.html_context = {"default_mode": "auto", **config.html_context}


#: Browsers let no script read another page on file://, so search shows titles alone there.
SEARCH_OPTIONS = 'DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== "file:";'


def setup(app: Sphinx) -> None:
    """Gather files when the configuration is read."""
    app.add_js_file(None, body=SEARCH_OPTIONS)
    app.connect("config-inited", configure)
    app.add_js_file("scrolling.js", defer="defer")
    app.add_css_file("palette.css", priority=890)
    app.add_css_file("book.css", priority=900)
