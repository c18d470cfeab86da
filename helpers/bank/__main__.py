"""``python -m helpers.bank``: check the bank, write the Anki deck, say what it holds."""

from __future__ import annotations

import sys

from helpers.bank import collected, deck
from helpers.bank.passages import ROOT, PassageError
from helpers.checks.entries import EntryError


def main() -> None:
    """Write ``_build/pytorch-you-can-touch.apkg``; a fault in the bank ends the program with its message."""
    try:
        bank = collected.collect()
    except (EntryError, PassageError) as error:
        sys.exit(f"No deck was made. {error}")
    path = ROOT / "_build" / deck.FILE_NAME
    count = deck.write(bank, path, deck.last_change(), deck.link_of(ROOT / "_config.yml"))
    parts = f"{len(bank.questions)} questions, {len(bank.cards)} cards, {len(bank.terms)} terms"
    print(f"{path.relative_to(ROOT)}: {count} notes ({parts})")
    for id, chapters in bank.shared_ids().items():
        print(f"The id {id!r} is used in {', '.join(chapters)}; their notes are told apart by the chapter.")


if __name__ == "__main__":
    main()
