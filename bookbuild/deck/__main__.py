"""``python -m bookbuild.deck``: check the bank, record what has changed, write the Anki deck."""

from __future__ import annotations

import sys
import time

from bookbuild.deck import changes, deck
from bookbuild.model.bank import collect
from bookbuild.model.notebooks import ROOT


def main() -> None:
    """Write ``_build/pytorch-you-can-touch.apkg``; a fault in the bank ends the program with its message."""
    try:
        bank, known = collect(), changes.read(ROOT)
    except ValueError as error:
        sys.exit(f"No deck was made. {error}")
    link = deck.link_of(ROOT / "_config.yml")
    record = changes.updated(known, deck.contents(bank, link), int(time.time()))
    if record != known:
        changes.write(ROOT, record)
        changed = [name for name, change in record.items() if known.get(name) != change]
        print(f"{changes.FILE}: {len(changed)} parts of the deck are new or changed; commit this file")
    path = ROOT / "_build" / deck.FILE_NAME
    count = deck.write(bank, path, record, link)
    parts = f"{len(bank.questions)} questions, {len(bank.cards)} cards, {len(bank.terms)} terms"
    print(f"{path.relative_to(ROOT)}: {count} notes ({parts})")
    for id, chapters in bank.shared_ids().items():
        print(f"The id {id!r} is used in {', '.join(chapters)}; their notes are told apart by the chapter.")


if __name__ == "__main__":
    main()
