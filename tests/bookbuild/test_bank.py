"""The bank: which passage an entry has, what does not fit a chapter, and what the cards of the book say."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from nbformat import v4

from bookbuild.model import notebooks
from bookbuild.model.bank import Bank, collect
from bookbuild.model.book import PassageError
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


def a_book(folder: Path, chapters: dict[str, list], **facts: str) -> Path:
    """Write a book of a few chapters, with their facts, and return its root."""
    (folder / "notebooks").mkdir()
    new_cell = {"markdown": v4.new_markdown_cell, "code": v4.new_code_cell}
    entries = "".join(f"      - file: notebooks/{name}\n" for name in chapters)
    (folder / "_toc.yml").write_text(f"parts:\n  - chapters:\n{entries}      - file: appendix/notation\n")
    for name, cells in chapters.items():
        made = [new_cell[kind](source, id=f"cell-{place}") for place, (kind, source) in enumerate(cells)]
        notebooks.write(v4.new_notebook(cells=made), folder / "notebooks" / f"{name}.ipynb")
        (folder / "notebooks" / f"{name}.yaml").write_text(facts.get(name, "{}"))
    return folder


# ---------------------------------------------------------------- questions and cards


def test_a_question_gets_the_section_in_which_it_is_asked(tmp_path: Path):
    bank = collect(a_book(tmp_path, {"01_a": CELLS}, **{"01_a": QUESTIONS + CARDS}))
    (question,), (card,) = bank.questions, bank.cards
    assert (question.key, card.key) == ("01_a/how-many", "01_a/a-card")
    assert question.passage.address == card.passage.address == "notebooks/01_a.html#the-record"
    assert bank.terms == ()


def test_a_chapter_that_has_just_been_begun_asks_nothing(tmp_path: Path):
    root = a_book(tmp_path, {"01_a": CELLS[:3]}, **{"01_a": "questions: []\ncards: []\n"})
    assert collect(root).questions == ()


def with_call(call: str) -> list:
    return [*CELLS[:3], ("code", call)]


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        (CELLS[:3], "01_a.yaml: the question 'how-many' is asked nowhere in 01_a.ipynb"),
        (CELLS + CELLS[3:4], "the question 'how-many' is asked 2 times in 01_a.ipynb"),
        (with_call('question("01_a", "other")'), "'how-many' is asked nowhere"),
        (
            [*CELLS, ("code", 'question("01_a", "other")')],
            "01_a.ipynb asks the question 'other', and 01_a.yaml has none of that id",
        ),
        (with_call('question("02_b", "how-many")'), "cell cell-3: asks a question of '02_b'"),
        (with_call('question("01_a", name)'), "with both names in quotes"),
    ],
)
def test_questions_and_their_calls_must_fit(tmp_path: Path, cells, complaint):
    root = a_book(tmp_path, {"01_a": cells}, **{"01_a": QUESTIONS})
    with pytest.raises(EntryError) as error:
        collect(root)
    assert complaint in str(error.value)


def test_a_card_of_a_passage_that_is_not_there_is_refused(tmp_path: Path):
    root = a_book(tmp_path, {"01_a": CELLS[:3]}, **{"01_a": CARDS.replace("The record", "Elsewhere")})
    with pytest.raises(PassageError, match=r"01_a\.yaml, card a-card, section: .* no heading 'Elsewhere'"):
        collect(root)


def test_two_chapters_may_share_an_id_but_not_a_question(tmp_path: Path):
    other = [(kind, source.replace("01_a", "02_b")) for kind, source in CELLS]
    facts = {"01_a": QUESTIONS, "02_b": QUESTIONS.replace("many?", "few?")}
    root = a_book(tmp_path, {"01_a": CELLS, "02_b": other}, **facts)
    assert collect(root).shared_ids() == {"how-many": ["01_a", "02_b"]}
    (root / "notebooks" / "02_b.yaml").write_text(QUESTIONS)
    with pytest.raises(EntryError, match="question 02_b/how-many: the same words as in 01_a/how-many"):
        collect(root)


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
def bank() -> Bank:
    return collect()


def test_every_question_of_every_chapter_is_in_the_bank():
    asked = {question.key for question in bank().questions}
    stated = set()
    for path in notebooks.chapters():
        questions = path.with_suffix(".yaml").read_text("utf-8").partition("\nquestions:\n")[2]
        ids = re.findall(r"^  - id: (\S+)$", questions.partition("\ncards:\n")[0], re.MULTILINE)
        stated |= {f"{path.stem}/{id}" for id in ids}
    assert asked == stated
    assert len(asked) == len(bank().questions)


def test_the_subjects_of_every_first_course_have_cards():
    assert set(ASKED_EVERYWHERE.values()) <= {card.key for card in bank().cards}


NUMBER = re.compile(r"\d+(?:[.,]\d+)+|\d{3,}")


@cache
def numbers_of(chapter: str) -> set[str]:
    """Numbers that a chapter shows, in its text, its code or its outputs."""
    notebook = json.loads((notebooks.ROOT / "notebooks" / f"{chapter}.ipynb").read_text("utf-8"))
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


def test_every_number_on_a_card_is_one_that_its_chapter_shows():
    for card in bank().cards:
        said = NUMBER.findall(f"{card.entry.front} {card.entry.back}".replace("{,}", ","))
        assert {plain(number) for number in said} <= numbers_of(card.passage.page.name), card.key
