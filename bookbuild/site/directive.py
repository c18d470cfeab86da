"""``{figure-live}``: an interactive figure on a page that runs no code.

    ```{figure-live} DescentLab
    :options: {lr: 0.1, batch_size: 8}
    :still: /images/descent_lab.svg
    :alt: A path from the corner to the minimum of a bowl.

    Drag the start into the corner, then raise the learning rate: when does it diverge?
    ```

The figure is made in Python while the book is built, so its page needs neither notebook nor kernel.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from bookbuild.execute.figures import saved
from bookbuild.site.live import describe, live_figure, note_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.figures.base import Figure


def figure_class(name: str) -> type[Figure]:
    """Return the class of figures called ``name``.

    Raises
    ------
    ValueError
        When ``helpers.figures`` has no such class; the message lists those it has.
    """
    from helpers import figures
    from helpers.figures.base import Figure

    known = {key: value for key, value in vars(figures).items() if _is_figure(value, Figure)}
    if name not in known:
        raise ValueError(
            f"{name!r} is no figure of helpers.figures; it has {', '.join(sorted(known)) or 'none'}"
        )
    return known[name]


def _is_figure(value: object, base: type) -> bool:
    return inspect.isclass(value) and issubclass(value, base)


class FigureLive(SphinxDirective):
    """Build a figure from its class name and options, and place it on the page."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], str]]] = {
        "options": directives.unchanged,
        "still": directives.unchanged,
        "alt": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure's node; a mistake in the directive is an error at its line."""
        try:
            figure = self._figure()
        except (ValueError, TypeError, yaml.YAMLError) as error:
            raise self.error(f"figure-live {self.arguments[0]}: {error}") from error
        return [self._node(figure)]

    def _figure(self) -> Figure:
        cls = figure_class(self.arguments[0])
        options = yaml.safe_load(self.options.get("options", "{}"))
        if not isinstance(options, dict):
            raise ValueError(f":options: expected a mapping such as {{lr: 0.1}}, got {options!r}")
        caption = " ".join(self.content).strip()
        self._note_sources(cls)
        return cls(**options, **({"caption": caption} if caption else {}))

    def _note_sources(self, cls: type[Figure]) -> None:
        """Rebuild the page when the figure's Python, script or style changes."""
        for path in Path(inspect.getfile(cls)).parent.glob("*.py"):
            self.env.note_dependency(str(path))
        note_sources(self.env, cls.__name__)

    def _node(self, figure: Figure) -> nodes.Node:
        state = saved(figure)
        node = live_figure(state=state)
        if "still" in self.options:
            alt = self.options.get("alt") or describe(state["traits"])
            node += nodes.image(uri=self.options["still"], alt=alt)
        else:
            node += nodes.paragraph(text=describe(state["traits"]))
        return node
