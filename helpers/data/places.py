"""Where `data/` is, and what the variable BOOK_DATA asks for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from .catalogue import DataError


@dataclass(frozen=True)
class Source:
    """What BOOK_DATA asks for.

    Attributes
    ----------
    mirror : Path or None
        The local mirror it names.
    standin : bool
        Whether it asks for the drawn stand-in.
    """

    mirror: Path | None = None
    standin: bool = False


def home() -> Path:
    """Return the folder that holds `data/`.

    This is the root of the repository when the package lies in a checkout of the book. In the
    one-file edition the package lies in an unpacked wheel, and `data/` is made where we work.
    """
    checkout = Path(__file__).resolve().parents[2]
    is_book = (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir()
    return checkout if is_book else Path.cwd()


def source() -> Source:
    """Read BOOK_DATA.

    Raises
    ------
    DataError
        If it names something that is no folder.
    """
    wish = os.environ.get("BOOK_DATA", "").strip()
    if not wish:
        return Source()
    if wish == "standin":
        return Source(standin=True)
    mirror = home() / _without_tilde(wish)
    if not os.path.isdir(mirror):  # and not Path.is_dir, which raises where we may not look
        found = "a file" if os.path.exists(mirror) else "nothing"
        raise DataError(
            f"BOOK_DATA={wish}: expected a folder at {mirror}, found {found}. Name a folder that holds "
            "the archives, or 'standin' for the drawn pictures, or unset the variable."
        )
    return Source(mirror=mirror.resolve())


def _without_tilde(wish: str) -> Path:
    try:
        return Path(wish).expanduser()
    except RuntimeError as error:
        raise DataError(
            f"BOOK_DATA={wish}: expected a folder, and there is no home folder that ~ could stand for. Write "
            "the folder's whole path."
        ) from error
