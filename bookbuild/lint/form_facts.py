"""What a chapter's facts must hold, so that no page that collects them has a gap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bookbuild.model import facts
from helpers.checks.entries import EntryError

#: Section -> the fewest entries that a chapter has there, and what they are.
FEWEST = {
    "questions": (1, "quick questions"),
    "cards": (1, "cards"),
    "wrong_answers": (2, "usual wrong answers of its exercises"),
    "beliefs": (1, "beliefs put to the test"),
}


def faults(notebook: Path) -> Iterator[str]:
    """Say what the facts beside a chapter's notebook miss; phrases as those of the form's other rules."""
    try:
        known = facts.of_chapter(notebook)
    except EntryError as error:
        yield f"has facts that cannot be read: {error}"
        return
    if not known.afterwards:
        yield f"does not say what its reader can do afterwards: `afterwards` in {known.chapter}.yaml"
    for section, (fewest, what) in FEWEST.items():
        count = len(getattr(known, section))
        if count < fewest:
            yield f"has {count} {what}: at least {fewest} under `{section}` in {known.chapter}.yaml"
