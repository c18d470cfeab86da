"""Draw every still picture of the book into ``images/``: ``python -m bookbuild.illustrations``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bookbuild.illustrations import dimensions, matmul, squeeze

#: file name -> what draws it
PICTURES: dict[str, Callable[[], str]] = {
    "dimensions.svg": dimensions.draw,
    "matmul.svg": matmul.draw,
    "squeeze.svg": squeeze.draw,
}
IMAGES = Path(__file__).resolve().parents[2] / "images"


def main(folder: Path = IMAGES) -> int:
    """Write every picture into ``folder`` and say which ones changed."""
    if not folder.is_dir():
        print(f"illustrations: {folder} is not a folder", file=sys.stderr)
        return 1
    for name, draw in PICTURES.items():
        place, drawn = folder / name, draw()
        changed = not place.is_file() or place.read_text("utf-8") != drawn
        place.write_text(drawn, "utf-8")
        print(f"{name}: {'drawn' if changed else 'unchanged'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
