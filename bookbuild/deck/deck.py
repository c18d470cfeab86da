"""The Anki deck: every entry of the bank as a note, with ids that stay, in bytes that repeat.

Anki knows a note by its *guid*. Ours comes from what the note is (kind, chapter, id) and not from what it
says, so that a deck imported again changes the notes that are there. It does so only where the new note is
*newer*; hence each note carries the time of its own last change (`bookbuild.deck.changes`).
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import genanki
import yaml

from bookbuild.deck import changes
from bookbuild.deck.changes import Change
from bookbuild.deck.faces import Face, card_face, passage_face, question_face, term_face
from bookbuild.model.bank import Bank
from bookbuild.model.book import Passage
from bookbuild.model.chapter import Chapter

TITLE = "PyTorch You Can Touch"
FILE_NAME = "pytorch-you-can-touch.apkg"

#: Drawn at random, once, and never to be changed: they tell Anki that it has seen this deck before. An
#: example's ids would not do: whoever copies it too has the same.
MODEL_ID = 1_153_245_234
DECK_ID = 1_924_875_965

FIELDS = ("Key", "Front", "Back", "Passage", "Page", "Anchor")
#: What the deck consists of besides its notes, by the names in the list of changes.
NOTE_TYPE, ADDRESS = "note type", "address of the passages"
CSS = """.card { font: 19px/1.5 system-ui, sans-serif; max-width: 40em; margin: 0 auto; padding: 0 1em;
  text-align: left; color: #1a1d23; background: #fff; }
.nightMode.card, .nightMode .card { color: #eceff4; background: #14181e; }
code, pre { font: 0.9em ui-monospace, Menlo, Consolas, monospace; background: rgba(127, 127, 127, 0.16);
  border-radius: 4px; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
pre { padding: 0.6em 0.8em; overflow-x: auto; white-space: pre; }
pre code { background: none; padding: 0; font-size: 1em; }
.term { font-size: 1.5em; text-align: center; }
.right { font-weight: 650; }
.no { opacity: 0.75; }
.hint, .passage { font-size: 0.85em; opacity: 0.75; }
.passage a { color: inherit; }
"""
BACK = '{{FrontSide}}<hr id="answer">{{Back}}<p class="passage">%s</p>'

#: The oldest moment a zip archive can hold; one fixed time makes archives reproducible.
OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Note:
    """An entry of the bank as a note, before it is one of Anki's."""

    kind: str
    key: str
    face: Face
    passage: Passage

    @property
    def name(self) -> str:
        """Name of the note in the list of changes, and its first field."""
        return f"{self.kind} {self.key}"

    @property
    def guid(self) -> str:
        """Name by which Anki knows the note again."""
        return genanki.guid_for(FILE_NAME, self.kind, self.key)

    @property
    def fields(self) -> list[str]:
        """What the note says, in the order of `FIELDS`."""
        page, section = self.passage.page, self.passage.section
        said = passage_face(self.passage)
        return [self.name, self.face.front, self.face.back, said, page.docname, section.anchor]

    @property
    def tags(self) -> list[str]:
        """Chapter and kind."""
        return [f"chapter::{self.passage.page.name}", self.kind]


class _DatedNote(genanki.Note):
    """A note with a time of its own; genanki gives all notes of a file the same."""

    def __init__(self, note: Note, kind: genanki.Model, place: int, changed: int) -> None:
        super().__init__(kind, note.fields, tags=note.tags, guid=note.guid, due=place)
        self.changed = changed

    def write_to_db(
        self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]
    ) -> None:
        super().write_to_db(cursor, self.changed, deck_id, id_gen)


class _DatedModel(genanki.Model):
    """A kind of notes with a time of its own."""

    def __init__(self, link: str, changed: int) -> None:
        template = {"name": "Card", "qfmt": "{{Front}}", "afmt": back(link)}
        fields = [{"name": name} for name in FIELDS]
        super().__init__(MODEL_ID, TITLE, fields=fields, templates=[template], css=CSS)
        self.changed = changed

    def to_json(self, timestamp: float, deck_id: int) -> dict:
        return super().to_json(self.changed, deck_id)


def back(link: str = "") -> str:
    """Return the template of a note's back; ``link`` as for `write`.

    The link stands here and not in the notes, so that a book that moves to another address changes no note.
    """
    address = link.format(docname="{{Page}}", anchor="{{Anchor}}")
    return BACK % (f'<a href="{escape(address)}">{{{{Passage}}}}</a>' if link else "{{Passage}}")


def notes(bank: Bank) -> Iterator[Note]:
    """Yield a note for every entry of the bank."""
    for asked in bank.questions:
        yield Note("question", asked.key, question_face(asked.entry), asked.passage)
    for card in bank.cards:
        yield Note("card", card.key, card_face(card.entry), card.passage)
    for term in bank.terms:
        yield Note("term", term.entry.term.lower(), term_face(term.entry), term.explained)


def contents(bank: Bank, link: str = "") -> dict[str, str]:
    """Return a checksum of each part of the deck, by its name in the list of changes."""
    parts = {note.name: changes.checksum([*note.fields, *note.tags]) for note in notes(bank)}
    return parts | {
        NOTE_TYPE: changes.checksum([*FIELDS, back(), CSS]),
        ADDRESS: changes.checksum([link]),
    }


def decks(bank: Bank, dates: Mapping[str, Change], link: str = "") -> list[genanki.Deck]:
    """Return a deck for each chapter that has notes, all below one; ``link`` as for `write`."""
    kind = _DatedModel(link, max(dates[NOTE_TYPE].time, dates[ADDRESS].time))
    by_page: dict[str, list[Note]] = {page.name: [] for page in bank.pages}
    for note in notes(bank):
        by_page[note.passage.page.name].append(note)
    return [_deck(page, by_page[page.name], kind, dates) for page in bank.pages if by_page[page.name]]


def _deck(page: Chapter, found: list[Note], kind: genanki.Model, dates: Mapping[str, Change]) -> genanki.Deck:
    name = f"{TITLE}::{page.number:02} {page.title}"
    deck = genanki.Deck(DECK_ID + page.number, name)
    order = {id(section): place for place, section in enumerate(page.sections)}
    # In the order of the text; of one passage the questions first.
    for place, note in enumerate(sorted(found, key=lambda note: order[id(note.passage.section)])):
        deck.add_note(_DatedNote(note, kind, place, dates[note.name].time))
    return deck


def write(bank: Bank, path: Path, known: Mapping[str, Change], link: str = "") -> int:
    """Write the deck and return how many notes it has; the same bank and list give the same bytes.

    Parameters
    ----------
    bank : Bank
        What to ask.
    path : Path
        The ``.apkg`` to write; its folder is made if need be.
    known : mapping of str to Change
        The list of changes. A part that has changed since counts as newer than all that the list knows.
    link : str
        How a passage is linked, with ``{docname}`` and ``{anchor}`` to be filled in; empty for words alone.
    """
    dates = changes.updated(known, contents(bank, link))
    made = decks(bank, dates, link)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        newest = max(change.time for change in dates.values())
        genanki.Package(made).write_to_file(draft, timestamp=newest)  # numbers the notes from there
        _repack(draft, path)
    return sum(len(deck.notes) for deck in made)


def _repack(source: Path, target: Path) -> None:
    """Write an archive anew without the times at which its parts were made."""
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts.namelist()):
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))


def link_of(config: Path) -> str:
    """Return how a deck links passages: to the published pages, else to the notebooks, else not at all.

    Both addresses stand in ``_config.yml``, as ``html.baseurl`` and ``repository.url``.
    """
    settings = yaml.safe_load(config.read_text("utf-8"))
    if site := settings.get("html", {}).get("baseurl"):
        return f"{site.rstrip('/')}/{{docname}}.html#{{anchor}}"
    repository = settings.get("repository", {})
    if not repository.get("url"):
        return ""
    folder = repository.get("path_to_book") or ""
    parts = (repository["url"].rstrip("/"), "blob", repository.get("branch", "main"), folder.strip("/"))
    return f"{'/'.join(part for part in parts if part)}/{{docname}}.ipynb"
