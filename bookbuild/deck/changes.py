"""When each part of the deck was last changed: the list ``appendix/deck.yaml``.

Anki takes a note of a newer deck only if the note itself is newer than the learner's, and then replaces it
whole. So each note carries the time of its own last change: a reworded question reaches those who have the
old one, and what they wrote into all the others stays.

The times stand in a list, each beside a checksum of what the note says::

    card 03_autograd/gradient: 2026-11-30T12:46:00Z 5d41402abc4b2a76

``python -m bookbuild.deck`` brings it up to date, and only then is a clock read. To write the deck takes the
list alone. (Not git: an archive of the book has none, and a rebase gives every commit a new time.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from helpers.checks.entries import EntryError

FILE = Path("appendix/deck.yaml")

#: The first moment of 2026: nothing in the deck is older.
FIRST = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())

_HEADER = "# Written by `make cards`: when each part of the deck last changed, and a checksum of it.\n"


@dataclass(frozen=True)
class Change:
    """What a part of the deck says, as a checksum, and since when, in seconds since 1970."""

    time: int
    content: str


def checksum(parts: Iterable[str]) -> str:
    """Return 16 hexadecimal digits that change with any of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def read(root: Path) -> dict[str, Change]:
    """Return the list of the book at ``root``, by the names of the parts; empty where there is none.

    Raises
    ------
    EntryError
        An entry is not a time and a checksum.
    """
    path = root / FILE
    entries = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    try:
        return {name: _change(entry) for name, entry in entries.items()}
    except (AttributeError, ValueError) as error:
        raise EntryError(
            f"{path.name}: expected a time and a checksum for each part of the deck ({error}); "
            "remove the file and run `make cards`"
        ) from error


def _change(entry: str) -> Change:
    time, content = entry.split()
    return Change(int(datetime.fromisoformat(time).timestamp()), content)


def updated(known: Mapping[str, Change], contents: Mapping[str, str], now: int = FIRST) -> dict[str, Change]:
    """Return the list for what the parts say now: what has changed gets a new time, what is gone goes.

    Parameters
    ----------
    known : mapping of str to Change
        The list so far.
    contents : mapping of str to str
        Name of each part -> checksum of what it says.
    now : int
        The time, in seconds since 1970. What has changed becomes newer than all that is known even if this
        clock is slow, or not given at all, as when a draft is built whose changes are not in the list yet.
    """
    later = max(now, 1 + max((change.time for change in known.values()), default=FIRST))
    fresh = {name: Change(later, content) for name, content in sorted(contents.items())}
    return {
        name: known[name] if name in known and known[name].content == change.content else change
        for name, change in fresh.items()
    }


def write(root: Path, changes: Mapping[str, Change]) -> None:
    """Write the list of the book at ``root``."""
    times = {name: datetime.fromtimestamp(change.time, UTC) for name, change in changes.items()}
    entries = {name: f"{times[name]:%Y-%m-%dT%H:%M:%SZ} {change.content}" for name, change in changes.items()}
    (root / FILE).write_text(_HEADER + yaml.safe_dump(entries, sort_keys=False, width=200), "utf-8")
