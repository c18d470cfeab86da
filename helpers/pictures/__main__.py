"""Paint the book's pictures anew: ``python -m helpers.pictures [folder]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers import pictures


def main(arguments: list[str] | None = None) -> None:
    """Write the pictures and their label file."""
    parser = argparse.ArgumentParser(prog="python -m helpers.pictures", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=None, help="default: data/pictures")
    place = parser.parse_args(arguments).folder or pictures.folder()
    pictures.draw(place)
    print(f"{len(pictures.RECIPES)} pictures and {pictures.LABEL_FILE} in {place}")


if __name__ == "__main__":
    main()
