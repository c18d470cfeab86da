"""The Anki deck: opened as Anki opens it, and compared with the bank it was made of."""

import dataclasses
import json
import re
import sqlite3
import zipfile
from functools import cache
from pathlib import Path

import pytest

from bookbuild.deck import changes, deck, faces
from bookbuild.deck.changes import Change
from bookbuild.model.bank import Bank, collect
from bookbuild.model.notebooks import ROOT
from helpers.checks.entries import EntryError

CHANGED = 1_900_000_000


@cache
def bank() -> Bank:
    return collect()


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


@cache
def known() -> dict[str, Change]:
    """Return a list of changes in which every part has a time of its own."""
    parts = sorted(deck.contents(bank()).items())
    return {name: Change(CHANGED + place, content) for place, (name, content) in enumerate(parts)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Opened:
    folder = tmp_path_factory.mktemp("deck")
    deck.write(bank(), folder / deck.FILE_NAME, known())
    return opened(folder / deck.FILE_NAME, folder)


def fields_of(whole: Opened) -> dict[str, list[str]]:
    return {note["fields"][0]: note["fields"][1:] for note in whole.notes.values()}


def test_every_entry_of_the_bank_is_in_the_deck_once(whole: Opened):
    expected = [f"question {q.key}" for q in bank().questions]
    expected += [f"card {card.key}" for card in bank().cards]
    expected += [f"term {term.entry.term.lower()}" for term in bank().terms]
    assert sorted(note["fields"][0] for note in whole.notes.values()) == sorted(expected)
    assert sorted(id for id, _ in whole.cards) == sorted(note["id"] for note in whole.notes.values())


def test_a_question_shows_its_options_in_front_and_every_reason_behind(whole: Opened):
    fields = fields_of(whole)
    for question in bank().questions:
        front, back, passage, *_ = fields[f"question {question.key}"]
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
        key, front, back, passage, *_ = note["fields"]
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


def test_the_same_bank_gives_the_same_bytes(tmp_path: Path, monkeypatch):
    deck.write(bank(), tmp_path / "one", known())
    monkeypatch.setattr("time.time", lambda: CHANGED + 1e6)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    deck.write(bank(), tmp_path / "two", dict(reversed(known().items())))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def reworded() -> Bank:
    first = bank().cards[0]
    card = dataclasses.replace(first, entry=dataclasses.replace(first.entry, back="Another answer."))
    return dataclasses.replace(bank(), cards=(card, *bank().cards[1:]))


def test_a_changed_card_keeps_its_guid_and_it_alone_becomes_newer(tmp_path: Path, whole: Opened):
    deck.write(reworded(), tmp_path / "later", known())
    changed = opened(tmp_path / "later", tmp_path)
    assert changed.notes.keys() == whole.notes.keys()
    assert changed.models == whole.models
    assert changed.models.keys() == {str(deck.MODEL_ID)}
    assert changed.decks == whole.decks
    (guid,) = [key for key, note in changed.notes.items() if note["fields"] != whole.notes[key]["fields"]]
    assert changed.notes[guid]["fields"][2] == "<p>Another answer.</p>"
    assert changed.notes[guid]["mod"] > max(note["mod"] for note in whole.notes.values())
    # Anki replaces a learner's note, hints and all, by a newer one.
    assert [key for key, note in changed.notes.items() if note["mod"] > whole.notes[key]["mod"]] == [guid]


def test_every_note_has_the_time_of_its_own_change(whole: Opened):
    assert {note["fields"][0]: note["mod"] for note in whole.notes.values()} == {
        note.name: known()[note.name].time for note in deck.notes(bank())
    }
    assert len({note["mod"] for note in whole.notes.values()}) == len(whole.notes)


def test_a_new_address_changes_the_back_of_all_cards_and_no_note(tmp_path: Path, whole: Opened):
    deck.write(bank(), tmp_path / "linked", known(), "https://example.org/{docname}.html?a=1&b=2#{anchor}")
    linked = opened(tmp_path / "linked", tmp_path)
    assert {guid: note["fields"] for guid, note in linked.notes.items()} == {
        guid: note["fields"] for guid, note in whole.notes.items()
    }
    assert {guid: note["mod"] for guid, note in linked.notes.items()} == {
        guid: note["mod"] for guid, note in whole.notes.items()
    }
    (before,), (after,) = whole.models.values(), linked.models.values()
    link = '<a href="https://example.org/{{Page}}.html?a=1&amp;b=2#{{Anchor}}">{{Passage}}</a>'
    assert link in after["tmpls"][0]["afmt"]
    assert "<a" not in before["tmpls"][0]["afmt"]
    assert after["mod"] > before["mod"]
    assert [field["name"] for field in after["flds"]] == list(deck.FIELDS)


def test_the_list_of_changes_is_that_of_this_bank():
    recorded = changes.read(ROOT)
    now = deck.contents(bank())
    stale = {name for name in recorded.keys() | now.keys() if name not in now or name not in recorded}
    stale |= {name for name in now if name in recorded and recorded[name].content != now[name]}
    stale -= {deck.ADDRESS}  # whoever publishes the book has one of their own
    assert not stale, f"run `make cards` and commit {changes.FILE}: these have changed since: {sorted(stale)}"


def test_what_changes_gets_a_new_time_and_what_is_gone_goes():
    before = {"a": Change(CHANGED, "1"), "b": Change(CHANGED + 5, "2"), "gone": Change(CHANGED, "3")}
    after = changes.updated(before, {"new": "4", "b": "2", "a": "other"}, CHANGED + 60)
    assert after == {"a": Change(CHANGED + 60, "other"), "b": before["b"], "new": Change(CHANGED + 60, "4")}
    assert list(after) == ["a", "b", "new"]


@pytest.mark.parametrize("clock", [0, changes.FIRST, CHANGED])
def test_a_change_is_newer_than_all_that_is_known_whatever_the_clock_says(clock: int):
    before = {"a": Change(CHANGED, "1"), "b": Change(CHANGED + 5, "2")}
    assert changes.updated(before, {"a": "other", "b": "2"}, clock)["a"].time == CHANGED + 6


def test_the_list_is_read_as_it_was_written(tmp_path: Path):
    assert changes.read(tmp_path) == {}
    (tmp_path / "appendix").mkdir()
    odd = {'term "a": b': Change(CHANGED, "0123456789abcdef"), **known()}
    changes.write(tmp_path, odd)
    assert changes.read(tmp_path) == odd


@pytest.mark.parametrize("text", ["- a\n", "a: 5\n", "a: yesterday 0123\n", "a: 2026-11-30T12:00:00Z\n"])
def test_a_list_that_cannot_be_read_says_what_is_expected(tmp_path: Path, text: str):
    (tmp_path / "appendix").mkdir()
    (tmp_path / changes.FILE).write_text(text)
    with pytest.raises(EntryError, match=r"deck\.yaml: expected a time and a checksum for each part"):
        changes.read(tmp_path)


def test_ids_are_those_of_the_decks_already_handed_out():
    # A change here gives every reader all cards a second time.
    assert (deck.MODEL_ID, deck.DECK_ID) == (1153245234, 1924875965)
    note = next(
        note for note in deck.notes(bank()) if note.key == "03_autograd/gradient" and note.kind == "card"
    )
    assert note.guid == GUID_OF_GRADIENT


def test_ids_are_not_those_of_the_example_that_everybody_has_read():
    # genanki's README; two decks of one id are mixed up by Anki.
    used = {deck.MODEL_ID, *(deck.DECK_ID + page.number for page in bank().pages)}
    assert not used & {1607392319, *range(2059400110 - 20, 2059400110 + 20)}


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
    assert ("<a href" in deck.back(link)) == bool(link)
    assert "{{Passage}}" in deck.back(link)
    assert not link.endswith("{anchor}") or "{{Page}}.html#{{Anchor}}" in deck.back(link)
