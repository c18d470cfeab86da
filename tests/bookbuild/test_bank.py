"""The question bank: what is refused, which passage an entry has, and what the cards of the chapters say."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from bookbuild.model import bank as collected
from bookbuild.model import passages
from bookbuild.model.passages import PassageError
from helpers.checks.entries import EntryError

QUESTIONS = """
questions:
  - id: how-many
    prompt: How many?
    options:
      - {text: "3", correct: true, explanation: Three.}
      - {text: "2", explanation: Not two.}
"""
CARDS = """
cards:
  - id: a-card
    section: The record
    front: Who keeps it?
    back: Autograd.
"""
CELLS = [
    ("markdown", "# Gradients\n\nA promise."),
    ("code", "setup()"),
    ("markdown", "## The record of $f$ and `g`\n\nText.\n\n### The record\n\n```python\n# no heading\n```"),
    ("code", 'question("01_a", "how-many")'),
    ("markdown", '(a-label)=\n### "2 + 2"\n\nMore.'),
]


def a_book(folder: Path, chapters: dict[str, list], **files: str) -> Path:
    """Write a book of a few chapters and return its root."""
    (folder / "notebooks").mkdir()
    entries = "".join(f"      - file: notebooks/{name}\n" for name in chapters)
    (folder / "_toc.yml").write_text(f"parts:\n  - chapters:\n{entries}      - file: appendix/notation\n")
    for name, cells in chapters.items():
        made = [
            {"id": f"cell-{place}", "cell_type": kind, "source": source}
            for place, (kind, source) in enumerate(cells)
        ]
        (folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps({"cells": made}))
    for name, text in files.items():
        (folder / "notebooks" / name.replace("__", ".")).write_text(text)
    return folder


# ---------------------------------------------------------------- passages


def test_a_page_is_read_by_its_headings(tmp_path: Path):
    (page,) = passages.read_book(a_book(tmp_path, {"01_a": CELLS}))
    assert [(s.title, s.level, s.anchor) for s in page.sections] == [
        ("Gradients", 1, "gradients"),
        ("The record of f and g", 2, "the-record-of-f-and-g"),
        ("The record", 3, "the-record"),
        ('"2 + 2"', 3, "a-label"),
    ]
    assert page.sections[0].code == [("cell-1", "setup()")]
    assert "# no heading" in page.sections[2].prose
    assert page.sections[2].cells == ["cell-2", "cell-3"]


def test_a_passage_is_found_by_chapter_and_heading(tmp_path: Path):
    pages = passages.read_book(a_book(tmp_path, {"01_a": CELLS}))
    found = passages.find(pages, "01_a: The record", "here")
    assert found.address == "notebooks/01_a.html#the-record"
    assert str(found) == "Chapter 1, Gradients: The record"
    with pytest.raises(PassageError, match=r"here: 01_a has no heading 'Record'\. Its headings: Gradients; "):
        passages.find(pages, "01_a: Record", "here")
    with pytest.raises(PassageError, match="here: no chapter is called '02_b'"):
        passages.find(pages, "02_b: The record", "here")


def test_of_two_equal_headings_only_the_first_can_be_linked(tmp_path: Path):
    twice = [*CELLS, ("markdown", "### The record"), ("code", 'question("01_a", "second")')]
    (page,) = passages.read_book(a_book(tmp_path, {"01_a": twice}))
    assert [s.anchor for s in page.sections if s.title == "The record"] == ["the-record", ""]


def test_a_notebook_begins_with_its_title(tmp_path: Path):
    root = a_book(tmp_path, {"01_a": [("code", "1"), *CELLS]})
    with pytest.raises(PassageError, match=re.escape("01_a.ipynb: a cell stands before the title")):
        passages.read_book(root)


# ---------------------------------------------------------------- questions and cards


def test_a_question_gets_the_section_in_which_it_is_asked(tmp_path: Path):
    files = {"01_a__questions.yaml": QUESTIONS, "01_a__cards.yaml": CARDS}
    bank = collected.collect(a_book(tmp_path, {"01_a": CELLS}, **files))
    (question,), (card,) = bank.questions, bank.cards
    assert (question.entry.id, question.cell) == ("how-many", "cell-3")
    assert question.passage.address == card.passage.address == "notebooks/01_a.html#the-record"
    assert bank.terms == ()


def test_a_chapter_that_has_just_been_begun_asks_nothing(tmp_path: Path):
    root = a_book(tmp_path, {"01_a": CELLS[:3]}, **{"01_a__questions.yaml": "# See there.\nquestions: []\n"})
    assert collected.collect(root).questions == ()


def with_call(call: str) -> list:
    return [*CELLS[:3], ("code", call)]


@pytest.mark.parametrize(
    ("cells", "questions", "complaint"),
    [
        (CELLS[:3], QUESTIONS, "01_a.questions.yaml: the question 'how-many' is asked nowhere in 01_a.ipynb"),
        (CELLS + CELLS[3:4], QUESTIONS, "the question 'how-many' is asked 2 times in 01_a.ipynb"),
        (with_call('question("01_a", "other")'), QUESTIONS, "'how-many' is asked nowhere"),
        (
            [*CELLS, ("code", 'question("01_a", "other")')],
            QUESTIONS,
            "01_a.ipynb asks the question 'other', and 01_a.questions.yaml has none of that id",
        ),
        (CELLS, None, "01_a.questions.yaml is missing, and its chapter asks questions"),
        (with_call('question("02_b", "how-many")'), QUESTIONS, "cell cell-3: asks a question of '02_b'"),
        (with_call('question("01_a", name)'), QUESTIONS, "with both names in quotes"),
        (
            CELLS,
            QUESTIONS.replace("explanation: Three.", ""),
            "question 1 (how-many), option 1: explanation is",
        ),
    ],
)
def test_questions_and_their_calls_must_fit(tmp_path: Path, cells, questions, complaint):
    files = {"01_a__questions.yaml": questions} if questions else {}
    root = a_book(tmp_path, {"01_a": cells}, **files)
    with pytest.raises(EntryError) as error:
        collected.collect(root)
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: a-card", "id: A card", "card 1: id 'A card' must be lower-case words"),
        ("section: The record", "section: Elsewhere", "card 1 (a-card), section: 01_a has no heading"),
        ("front: Who keeps it?", "", "card 1 (a-card): front is missing"),
        ("back: Autograd.", "back: 3", "back must be text, got 3"),
        ("back: Autograd.", "back: The `grad_fn.", "card 1 (a-card), back: a backtick has no partner"),
        ("back: Autograd.", "back: $f(x).", "a dollar sign has no partner"),
        (
            "back: Autograd.",
            "back: A.\n    link: x",
            "unknown field link; known are back, front, id, section",
        ),
        ("cards:", "card:", "expected one top-level field, 'cards'"),
        (CARDS, CARDS + CARDS.replace("cards:\n", ""), "the id 'a-card' is used twice"),
    ],
)
def test_a_bad_card_is_refused_with_its_place(tmp_path: Path, old, new, complaint):
    (page,) = passages.read_book(a_book(tmp_path, {"01_a": CELLS}))
    assert old in CARDS
    with pytest.raises(ValueError, match=r"x\.cards\.yaml") as error:
        collected.parse_cards(CARDS.replace(old, new), "x.cards.yaml", page)
    assert complaint in str(error.value)


def test_two_chapters_may_share_an_id_but_not_a_question(tmp_path: Path):
    other = [(kind, source.replace("01_a", "02_b")) for kind, source in CELLS]
    files = {"01_a__questions.yaml": QUESTIONS, "02_b__questions.yaml": QUESTIONS.replace("many?", "few?")}
    root = a_book(tmp_path, {"01_a": CELLS, "02_b": other}, **files)
    assert collected.collect(root).shared_ids() == {"how-many": ["01_a", "02_b"]}
    (root / "notebooks" / "02_b.questions.yaml").write_text(QUESTIONS)
    with pytest.raises(EntryError, match=r"02_b\.questions\.yaml, how-many: the same words as in 01_a"):
        collected.collect(root)


# ---------------------------------------------------------------- the book itself

#: Subjects of every first course, and the card that answers each.
ASKED_EVERYWHERE = {
    "what is a gradient": "03_autograd/gradient",
    "what is a model": "09_models/model",
    "the flow of training": "11_training_loop/flow",
    "the steps of training": "11_training_loop/five-steps",
    "what is a criterion": "10_losses_and_optimizers/criterion",
    "what is an optimizer": "10_losses_and_optimizers/optimizer",
    "list of losses": "10_losses_and_optimizers/loss-list",
    "mean squared error": "10_losses_and_optimizers/mse",
    "binary cross-entropy": "10_losses_and_optimizers/bce",
    "list of optimizers": "10_losses_and_optimizers/optimizer-list",
}


@cache
def bank() -> collected.Bank:
    return collected.collect()


def cards_to_try() -> tuple[collected.Card, ...]:
    """Return the cards; of a faulty bank none, since the tests below that read it say what is wrong."""
    try:
        return bank().cards
    except ValueError:
        return ()


def test_every_question_of_every_chapter_is_in_the_bank():
    asked = {(question.chapter, question.entry.id) for question in bank().questions}
    files = [path.with_name(f"{path.stem}.questions.yaml") for path in passages.chapters()]
    stated = {
        (path.name.partition(".")[0], id)
        for path in files
        for id in re.findall(r"^  - id: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    }
    assert asked == stated
    assert len(asked) == len(bank().questions)


def test_every_chapter_has_cards():
    with_cards = {card.chapter for card in bank().cards}
    missing = sorted({page.name for page in bank().pages} - with_cards)
    assert not missing, f"write notebooks/{missing[0]}.cards.yaml"


def test_the_subjects_of_every_first_course_have_cards():
    cards = {f"{card.chapter}/{card.id}" for card in bank().cards}
    assert set(ASKED_EVERYWHERE.values()) <= cards


NUMBER = re.compile(r"\d+(?:[.,]\d+)+|\d{3,}")


@cache
def numbers_of(chapter: str) -> set[str]:
    """Numbers that a chapter shows, in its text, its code or its outputs."""
    notebook = json.loads((passages.ROOT / "notebooks" / f"{chapter}.ipynb").read_text("utf-8"))
    shown = []
    for cell in notebook["cells"]:
        shown += ["".join(cell["source"])]
        for output in cell.get("outputs", []):
            shown += ["".join(output.get("text", ""))]
            shown += ["".join(output.get("data", {}).get("text/plain", ""))]
    return {plain(number) for number in NUMBER.findall("\n".join(shown).replace("{,}", ","))}


def plain(number: str) -> str:
    """Return a number without marks between thousands: 10,000 and 10_000 are one."""
    return number.replace(",", "")


@pytest.mark.parametrize("card", cards_to_try(), ids=lambda card: f"{card.chapter}/{card.id}")
def test_every_number_on_a_card_is_one_that_its_chapter_shows(card):
    said = NUMBER.findall(f"{card.front} {card.back}".replace("{,}", ","))
    assert {plain(number) for number in said} <= numbers_of(card.chapter)
