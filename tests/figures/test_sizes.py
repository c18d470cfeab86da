"""What a notebook and its page keep of a figure stays small; pictures alone may take more."""

import json
from collections.abc import Iterator

from bookbuild.execute.figures import saved
from bookbuild.model import notebooks
from helpers import figures

#: Bytes of a figure's state.
MOST = 40_000
WITH_PICTURES = {"ConfusionExplorer": 90_000, "FeatureMaps": 90_000, "TransformLab": 180_000}


def states() -> Iterator[tuple[str, dict]]:
    """Yield every figure of every chapter; one that none shows yet, as its defaults make it."""
    unseen = set(figures.__all__)
    for path in notebooks.chapters():
        for cell, output in notebooks.figures(notebooks.read(path)):
            state = output.metadata[notebooks.FIGURE]
            unseen.discard(state["class"])
            yield f"{path.name}, cell {cell.id}", state
    for name in sorted(unseen):
        yield "by default", saved(getattr(figures, name)())


def test_the_state_of_every_figure_is_small():
    heavy = []
    for where, state in states():
        size = len(json.dumps(state, separators=(",", ":")))
        most = WITH_PICTURES.get(state["class"], MOST)
        if size > most:
            heavy.append(f"{state['class']}, {where}: {size:,} bytes, at most {most:,}")
    assert heavy == []
