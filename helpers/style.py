"""One look for every matplotlib figure of the book."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt

#: The style file that :func:`use` loads.
STYLE_FILE = Path(__file__).with_name("book.mplstyle")


def use() -> None:
    """Load the book's matplotlib style, and in a notebook draw PNG at twice the resolution.

    The pictures are transparent, so that they sit on a light and on a dark page. PNG and not SVG: nbval
    compares SVG as text, and matplotlib writes a new one each time.
    """
    from IPython import get_ipython

    plt.style.use(STYLE_FILE)
    if get_ipython() is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("retina")
