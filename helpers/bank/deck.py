"""The Anki deck: every entry of the bank as a note, with ids that stay, in bytes that repeat.

Anki knows a note by its *guid*. Ours comes from what the note is (kind, chapter, id) and not from what it
says, so that a deck imported again changes the notes that are there. It does so only if the new note is
*newer*; hence the date of the deck is that of the last change to its sources, and not a fixed one.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import genanki
import yaml

from helpers.bank.collected import Bank
from helpers.bank.faces import Face, card_face, passage_face, question_face, term_face
from helpers.bank.passages import ROOT, Page, Passage

TITLE = "PyTorch You Can Touch"
FILE_NAME = "pytorch-you-can-touch.apkg"

#: Drawn once, and never to be changed: they tell Anki that it has seen this deck before.
MODEL_ID = 1_607_392_319
DECK_ID = 2_059_400_100

FIELDS = ("Key", "Front", "Back", "Passage")
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
BACK = '{{FrontSide}}<hr id="answer">{{Back}}<p class="passage">{{Passage}}</p>'

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
    def guid(self) -> str:
        """Name by which Anki knows the note again."""
        return genanki.guid_for(FILE_NAME, self.kind, self.key)


def notes(bank: Bank) -> Iterator[Note]:
    """Yield a note for every entry of the bank."""
    for asked in bank.questions:
        yield Note("question", f"{asked.chapter}/{asked.entry.id}", question_face(asked), asked.passage)
    for card in bank.cards:
        yield Note("card", f"{card.chapter}/{card.id}", card_face(card), card.passage)
    for term in bank.terms:
        yield Note("term", term.term.lower(), term_face(term), term.explained)


def model() -> genanki.Model:
    """Return the one kind of note that the deck uses."""
    template = {"name": "Card", "qfmt": "{{Front}}", "afmt": BACK}
    fields = [{"name": name} for name in FIELDS]
    return genanki.Model(MODEL_ID, TITLE, fields=fields, templates=[template], css=CSS)


def decks(bank: Bank, link: str = "") -> list[genanki.Deck]:
    """Return a deck for each chapter that has notes, all below one; ``link`` as for `write`."""
    kind = model()
    by_page: dict[str, list[Note]] = {page.name: [] for page in bank.pages}
    for note in notes(bank):
        by_page[note.passage.page.name].append(note)
    return [_deck(page, by_page[page.name], kind, link) for page in bank.pages if by_page[page.name]]


def _deck(page: Page, found: list[Note], kind: genanki.Model, link: str) -> genanki.Deck:
    name = f"{TITLE}::{page.number:02} {page.title}"
    deck = genanki.Deck(DECK_ID + page.number, name)
    order = {id(section): place for place, section in enumerate(page.sections)}
    # In the order of the text; of one passage the questions first.
    for place, note in enumerate(sorted(found, key=lambda note: order[id(note.passage.section)])):
        deck.add_note(_note(note, kind, link, place))
    return deck


def _note(note: Note, kind: genanki.Model, link: str, place: int) -> genanki.Note:
    fields = [f"{note.kind} {note.key}", note.face.front, note.face.back, passage_face(note.passage, link)]
    tags = [f"chapter::{note.passage.page.name}", note.kind]
    return genanki.Note(kind, fields, tags=tags, guid=note.guid, due=place)


def write(bank: Bank, path: Path, changed: int, link: str = "") -> int:
    """Write the deck and return how many notes it has; the same bank and time give the same bytes.

    Parameters
    ----------
    bank : Bank
        What to ask.
    path : Path
        The ``.apkg`` to write; its folder is made if need be.
    changed : int
        When the bank was last changed, in seconds since 1970.
    link : str
        How a passage is linked, with ``{docname}`` and ``{anchor}`` to be filled in; empty for words alone.
    """
    made = decks(bank, link)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        genanki.Package(made).write_to_file(draft, timestamp=changed)
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


# ---------------------------------------------------------------- when the sources were changed

SOURCES = ("notebooks", "appendix")


def last_change(root: Path = ROOT) -> int:
    """Return when the deck's sources were last changed: in git if they are as committed, else on the disk.

    ``SOURCE_DATE_EPOCH`` overrules both, as it does for other reproducible builds.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    committed = _git(root, "log", "-1", "--format=%ct", "--", *SOURCES)
    if committed and not _git(root, "status", "--porcelain", "--", *SOURCES):
        return int(committed)
    files = [path for name in SOURCES for path in (root / name).glob("*") if path.is_file()]
    return max((int(path.stat().st_mtime) for path in files), default=0)


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, or nothing where there is no git or no repository."""
    try:
        said = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()
