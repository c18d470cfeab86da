"""The buttons that run a chapter elsewhere. ``repository: url`` in ``_config.yml`` turns them on.

Colab opens the chapter's one-file edition, which the publishing workflow keeps on a branch of its own: a
notebook from the main branch would not find the helpers there. Binder starts the whole repository.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: The branch that holds the one-file editions and nothing else (.github/workflows/book.yml pushes it).
EDITIONS_BRANCH = "onefile"

COLAB = "https://colab.research.google.com"
BINDER = "https://mybinder.org"

_REPOSITORY = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


def repository(url: str) -> tuple[str, str]:
    """Return owner and name of a repository.

    Raises
    ------
    ConfigError
        When the address is not that of a repository on GitHub, which is where Colab looks.
    """
    found = _REPOSITORY.fullmatch(url)
    if found is None:
        raise ConfigError(
            f"_config.yml, repository: url: expected https://github.com/owner/name or nothing, got {url!r}"
        )
    return found[1], found[2]


def buttons(url: str, branch: str, chapter: str) -> list[dict[str, str]]:
    """Return the buttons of one chapter as the theme draws them.

    Parameters
    ----------
    url
        Address of the repository.
    branch
        The branch that Binder starts.
    chapter
        The chapter's page, ``notebooks/08_batch_stochastic_minibatch``.
    """
    owner, name = repository(url)
    file = f"{Path(chapter).name}.ipynb"
    colab = f"{COLAB}/github/{owner}/{name}/blob/{EDITIONS_BRANCH}/{file}"
    binder = f"{BINDER}/v2/gh/{owner}/{name}/{quote(branch, safe='')}?urlpath=lab/tree/{chapter}.ipynb"
    return [
        _button("Colab", colab, "fas fa-cloud", "Run this chapter in Google Colab"),
        _button("Binder", binder, "fas fa-cubes", "Start the whole book on Binder, which takes minutes"),
    ]


def _button(text: str, url: str, icon: str, tooltip: str) -> dict[str, str]:
    return {"type": "link", "text": text, "url": url, "icon": icon, "tooltip": tooltip}


def check(app: Sphinx, config: Config) -> None:
    """Refuse an address that no button could be made of, before anything is built."""
    if url := config.html_theme_options.get("repository_url"):
        repository(url)
    else:
        config.html_theme_options.pop("repository_url", None)


def add(app: Sphinx, pagename: str, template: str, context: dict, doctree: object) -> None:
    """Put the buttons on a chapter's page, if the book has an address."""
    url = app.config.html_theme_options.get("repository_url")
    if not url or Path(app.env.doc2path(pagename)).suffix != ".ipynb":
        return
    branch = app.config.html_theme_options.get("repository_branch") or "main"
    group = {"type": "group", "tooltip": "Run this chapter", "icon": "fas fa-rocket"}
    context.setdefault("header_buttons", []).append(
        {**group, "label": "launch-buttons", "buttons": buttons(url, branch, pagename)}
    )


def setup(app: Sphinx) -> None:
    """Check the setting early, add the buttons after the theme's own."""
    app.connect("config-inited", check, priority=400)
    # After the download buttons have got their names, which look at every button's address.
    app.connect("html-page-context", add, priority=950)
