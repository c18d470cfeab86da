"""The Anki deck: opened as Anki opens it, and compared with the bank it was made of."""

import dataclasses
import json
import re
import sqlite3
import zipfile
from functools import cache
from pathlib import Path

import pytest

from helpers.bank import collected, deck, faces
from helpers.bank.collected import Bank

CHANGED = 1_900_000_000


@cache
def bank() -> Bank:
    return collected.collect()


@dataclasses.dataclass(frozen=True)
class Opened:
    """What an .apkg holds: notes by their guid, the names of decks, the kinds of notes, cards by note."""

    notes: dict[str, dict]
    decks: dict[int, str]
    models: dict[str, dict]
    cards: list[tuple[int, int]]


def opened(path: Path, folder: Path) -> Opened:
    with zipfile.ZipFile(path) as archive:
        assert json.loads(archive.read("media")) == {}
        (folder / "collection").write_bytes(archive.read("collection.anki2"))
    database = sqlite3.connect(folder / "collection")
    rows = database.execute("select id, guid, mod, tags, flds from notes").fetchall()
    models, decks = database.execute("select models, decks from col").fetchone()
    cards = database.execute("select nid, did from cards").fetchall()
    database.close()
    notes = {
        guid: {"id": id, "mod": mod, "tags": tags.split(), "fields": fields.split("\x1f")}
        for id, guid, mod, tags, fields in rows
    }
    assert len(notes) == len(rows)
    named = {int(id): made["name"] for id, made in json.loads(decks).items()}
    return Opened(notes, named, json.loads(models), cards)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Opened:
    folder = tmp_path_factory.mktemp("deck")
    deck.write(bank(), folder / deck.FILE_NAME, CHANGED)
    return opened(folder / deck.FILE_NAME, folder)


def fields_of(whole: Opened) -> dict[str, list[str]]:
    return {note["fields"][0]: note["fields"][1:] for note in whole.notes.values()}


def test_every_entry_of_the_bank_is_in_the_deck_once(whole: Opened):
    expected = [f"question {q.chapter}/{q.entry.id}" for q in bank().questions]
    expected += [f"card {card.chapter}/{card.id}" for card in bank().cards]
    expected += [f"term {term.term.lower()}" for term in bank().terms]
    assert sorted(note["fields"][0] for note in whole.notes.values()) == sorted(expected)
    assert sorted(id for id, _ in whole.cards) == sorted(note["id"] for note in whole.notes.values())


def test_a_question_shows_its_options_in_front_and_every_reason_behind(whole: Opened):
    fields = fields_of(whole)
    for question in bank().questions:
        front, back, passage = fields[f"question {question.chapter}/{question.entry.id}"]
        options = question.entry.options
        assert front.count("<li>") == len(options)
        assert all(faces.words(option.text) in front for option in options)
        assert all(faces.words(option.explanation) in back for option in options)
        assert [kind == "yes" for kind in re.findall("<li class=(yes|no)>", back)] == [
            option.correct for option in options
        ]
        assert faces.words(options[0].explanation) not in front
        assert passage == f"{question.passage}".replace("&", "&amp;")


def test_cards_and_terms_have_both_sides_and_a_passage(whole: Opened):
    for note in whole.notes.values():
        key, front, back, passage = note["fields"]
        assert front.strip() and back.strip(), key  # noqa: PT018
        assert re.match(r"Chapter \d+, .+", passage), key
        assert "http" not in passage


def test_notes_are_tagged_and_sorted_by_chapter(whole: Opened):
    (kinds,) = {tuple(sorted({note["tags"][-1] for note in whole.notes.values()}))}
    assert kinds == ("card", "question", "term")
    titles = {page.name: f"{deck.TITLE}::{page.number:02} {page.title}" for page in bank().pages}
    by_id = {note["id"]: note for note in whole.notes.values()}
    for note_id, deck_id in whole.cards:
        (chapter,) = [tag for tag in by_id[note_id]["tags"] if tag.startswith("chapter::")]
        assert whole.decks[deck_id] == titles[chapter.removeprefix("chapter::")]


def test_formulas_and_code_are_in_the_form_that_anki_sets(whole: Opened):
    said = "\n".join("\n".join(note["fields"]) for note in whole.notes.values())
    prose = re.sub(r"<code.*?</code>", "", said, flags=re.DOTALL)
    assert r"\(p - y\)" in said
    assert '<pre><code class="language-python">' in said
    assert "$" not in prose
    assert "`" not in prose
    assert not re.search(r"\*\*\w", prose)
    assert prose.count(r"\(") == prose.count(r"\)") > 100


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("`x` is $a < b$", r"<code>x</code> is \(a &lt; b\)"),
        ("Can't pickle <function <lambda> ...>", "Can't pickle &lt;function &lt;lambda&gt; ...&gt;"),
        (r"costs \$5, **not** *6*", "costs $5, <strong>not</strong> <em>6</em>"),
        ("`a * b`, `__len__`, 2 * 3 * 4", "<code>a * b</code>, <code>__len__</code>, 2 * 3 * 4"),
    ],
)
def test_words_become_html_and_no_markup_of_their_own(markdown: str, html: str):
    assert faces.words(markdown) == html


# ---------------------------------------------------------------- ids, times, bytes


def test_the_same_bank_gives_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        deck.write(bank(), tmp_path / name, CHANGED)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_changed_card_keeps_its_guid_and_becomes_newer(tmp_path: Path, whole: Opened):
    card = dataclasses.replace(bank().cards[0], back="Another answer.")
    later = dataclasses.replace(bank(), cards=(card, *bank().cards[1:]))
    deck.write(later, tmp_path / "later", CHANGED + 60)
    changed = opened(tmp_path / "later", tmp_path)
    assert changed.notes.keys() == whole.notes.keys()
    assert changed.models.keys() == whole.models.keys() == {str(deck.MODEL_ID)}
    assert changed.decks == whole.decks
    (guid,) = [key for key, note in changed.notes.items() if note["fields"] != whole.notes[key]["fields"]]
    assert changed.notes[guid]["fields"][2] == "<p>Another answer.</p>"
    assert changed.notes[guid]["mod"] > whole.notes[guid]["mod"]


def test_ids_are_those_of_the_decks_already_handed_out():
    # A change here gives every reader all cards a second time.
    assert (deck.MODEL_ID, deck.DECK_ID) == (1607392319, 2059400100)
    note = next(
        note for note in deck.notes(bank()) if note.key == "03_autograd/gradient" and note.kind == "card"
    )
    assert note.guid == GUID_OF_GRADIENT


GUID_OF_GRADIENT = "Q$PDFr]<ME"


@pytest.mark.parametrize(
    ("config", "link"),
    [
        ("{}", ""),
        ("{repository: {url: '', path_to_book: '', branch: main}}", ""),
        (
            "{repository: {url: 'https://example.org/a/b', path_to_book: '', branch: main}}",
            "https://example.org/a/b/blob/main/{docname}.ipynb",
        ),
        (
            "{html: {baseurl: 'https://example.org/book/'}, repository: {url: 'https://example.org/a/b'}}",
            "https://example.org/book/{docname}.html#{anchor}",
        ),
    ],
)
def test_cards_link_only_to_an_address_that_is_configured(tmp_path: Path, config: str, link: str):
    (tmp_path / "_config.yml").write_text(config)
    assert deck.link_of(tmp_path / "_config.yml") == link
    passage = bank().cards[0].passage
    shown = faces.passage_face(passage, link)
    assert ("<a href" in shown) == bool(link)
    assert str(passage) in shown
    assert not link.endswith("{anchor}") or f"{passage.page.docname}.html#{passage.section.anchor}" in shown


def test_a_deck_is_as_new_as_the_last_change_to_its_sources(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.yaml").touch()
    assert deck.last_change(tmp_path) == int((tmp_path / "notebooks" / "a.yaml").stat().st_mtime)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    assert deck.last_change(tmp_path) == 12
