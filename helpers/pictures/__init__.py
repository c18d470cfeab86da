"""The book's own small set of pictures: birds, cats, dogs and fish, and a file that labels them.

    from helpers import pictures

    root = pictures.folder()          # data/pictures
    root / "labels.csv"               # file,label

Sixteen pictures of sixteen sizes, as they come from people: most are JPEG in colour, a few PNG, one is
grey and one has a transparent background. `python -m helpers.pictures` paints them anew.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

from helpers.data import places

from .catalogue import RECIPES, Recipe

__all__ = ["CLASSES", "LABEL_FILE", "RECIPES", "draw", "folder"]

#: The labels there are, in alphabetical order.
CLASSES = tuple(sorted({recipe.label for recipe in RECIPES}))
LABEL_FILE = "labels.csv"

_FORMATS = {".jpg": ("JPEG", {"quality": 84}), ".png": ("PNG", {"optimize": True})}


def folder() -> Path:
    """Return the folder of the pictures; what is missing there is painted first, in a few seconds."""
    place = places.home() / "data" / "pictures"
    missing = [recipe for recipe in RECIPES if not (place / recipe.file).is_file()]
    if missing or not (place / LABEL_FILE).is_file():
        _write(place, missing)
    return place


def draw(place: Path) -> None:
    """Paint all pictures and write the label file into the folder ``place``."""
    _write(place, list(RECIPES))


def _write(place: Path, recipes: list[Recipe]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for recipe in recipes:
        _replace(place / recipe.file, _encoded(recipe))
    _replace(place / LABEL_FILE, _labels())


def _encoded(recipe: Recipe) -> bytes:
    kind, options = _FORMATS[Path(recipe.file).suffix]
    file = io.BytesIO()
    recipe.paint(seed=RECIPES.index(recipe)).save(file, kind, **options)
    return file.getvalue()


def _labels() -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["file", "label"])
    table.writerows([recipe.file, recipe.label] for recipe in RECIPES)
    return text.getvalue().encode()


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: two notebooks may start at once in an empty folder."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).chmod(0o644)
    Path(draft).replace(path)
