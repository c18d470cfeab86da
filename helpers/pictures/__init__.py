"""The book's own small set of pictures: birds, cats, dogs and fish, and a file that labels them.

    from helpers import pictures

    root = pictures.folder()
    root / "labels.csv"               # file,label

Sixteen pictures of sixteen sizes, as they come from people: most are JPEG in colour, a few PNG, one is
grey and one has a transparent background. They are part of the package, so an edition carries them.
"""

from __future__ import annotations

from pathlib import Path

#: The labels there are, in alphabetical order.
CLASSES = ("bird", "cat", "dog", "fish")


def folder() -> Path:
    """Return the folder of the pictures and their label file."""
    return Path(__file__).parent / "files"
