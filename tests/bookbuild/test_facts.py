"""The facts of a chapter: what its file may say, and what is refused with file, section and entry."""

import re
from pathlib import Path

import pytest
import yaml

from bookbuild.lint import form_facts
from bookbuild.model import facts
from bookbuild.model.facts import Belief, Card, Term, WrongAnswer
from bookbuild.site import front
from helpers.checks import questions
from helpers.checks.entries import EntryError

QUESTIONS = """\
questions:
  - id: short-last-batch
    prompt: How many batches of `batch_size=4` hold $N = 10$ samples?
    options:
      - text: "3"
        correct: true
        explanation: The last batch holds two.
      - text: "2"
        explanation: Two samples would be left over.
"""
OTHERS = """\
afterwards: count batches

goals:
  batches: [count, say]

cards:
  - id: a-card
    section: Batches
    front: Who
      counts?
    back: |-
      - one
      - two

wrong_answers:
  - exercise: batches
    answer: "2"
    said: two are left
    reveals: Division is believed to be whole.
  - {exercise: batches, answer: "4", said: too many, reveals: Guessed.}

beliefs:
  - label: belief-batch
    belief: B.
    verdict: half right
    truth: T.
    shows: "12"
    also: [belief-other]

terms:
  - term: Batch
    section: Batches
    definition: The samples of
      one update.
    forms: [batches]
"""
GOOD = f"{QUESTIONS}\n{OTHERS}"


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_every_section_is_read_as_it_stands():
    read = facts.parse(GOOD, "01_a")
    assert (read.chapter, read.afterwards) == ("01_a", "count batches")
    assert read.goals == {"batches": ("count", "say")}
    assert [question.id for question in read.questions] == ["short-last-batch"]
    assert read.cards == (Card("a-card", "Batches", "Who counts?", "- one\n- two"),)
    assert read.wrong_answers == (
        WrongAnswer("batches", "2", "two are left", "Division is believed to be whole."),
        WrongAnswer("batches", "4", "too many", "Guessed."),
    )
    assert read.beliefs == (Belief("belief-batch", "B.", "half right", "T.", "12", ("belief-other",)),)
    assert read.terms == (Term("Batch", "Batches", "The samples of one update.", ("batches",)),)


@pytest.mark.parametrize("text", ["{}", "goals: {}\nquestions: []\ncards: []\nterms:\n"])
def test_a_chapter_may_have_nothing_to_say_yet(text):
    read = facts.parse(text, "01_a")
    assert (read.afterwards, read.goals, read.questions, read.cards, read.terms) == ("", {}, (), (), ())


def test_a_question_knows_its_options_and_its_figure():
    (question,) = facts.parse(QUESTIONS, "01_a").questions
    assert [option.correct for option in question.options] == [True, False]
    figure = question.figure()
    assert repr(figure) == "Question('short-last-batch')"
    assert ["code", "batch_size=4"] in figure.prompt
    assert figure.options[1]["explanation"] == [["text", "Two samples would be left over."]]


def test_several_correct_options_must_be_stated():
    text = changed('text: "2"', 'text: "2"\n        correct: true')
    (question,) = facts.parse(text.replace("id: short", "choose: several\n    id: short"), "01_a").questions
    assert question.figure().choose == "several"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("questions: [", "01_a.yaml: not valid YAML"),
        ("- a list", "01_a.yaml: expected sections"),
        (GOOD + "cards:\n", "the name 'cards' is used twice"),
        (changed("    truth: T.", "    truth: T.\n    truth: U."), "the name 'truth' is used twice"),
        ("card: []", "01_a.yaml: unknown field card; known are afterwards, beliefs, cards"),
        ("afterwards: [a]", "01_a.yaml: afterwards must be text"),
        ("questions: {a: b}", "01_a.yaml: questions must be a list, got {'a': 'b'}"),
        ("goals: [strides]", "01_a.yaml, goals: expected lists of verbs by the names of exercises"),
        ("goals: {strides: read}", "01_a.yaml, goals: strides must be a list of words, got 'read'"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(text, complaint):
    with pytest.raises(EntryError, match=re.escape("01_a.yaml")) as error:
        facts.parse(text, "01_a")
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("questions: [3]", "question 1: expected the fields"),
        (changed("id: short-last-batch", "id: Short Batch"), "lower-case words joined by hyphens"),
        (changed("id: short-last-batch", "ident: x"), "unknown field ident"),
        (
            changed("prompt: How many batches of `batch_size=4` hold $N = 10$ samples?", ""),
            "prompt is missing",
        ),
        (changed('- text: "3"', "- text: 3"), "option 1: text must be text, got 3; put it in quotes"),
        (changed("explanation: Two samples would be left over.", ""), "option 2: explanation is missing"),
        (changed("Two samples would be left over.", '" "'), "option 2: explanation is empty"),
        (changed("correct: true", "correct: yes indeed"), "correct must be true or false"),
        (changed("correct: true", "correct: false"), "exactly one option must be correct, got 0"),
        (
            changed('- text: "2"', '- text: "2"\n        correct: true'),
            "exactly one option must be correct, got 2",
        ),
        (changed('- text: "2"', '- text: "3"'), "two have the same text"),
        (changed("$N = 10$", "$N = 10"), "prompt: a $ has no partner"),
        (changed("$N = 10$", r"$\nosuchcommand$"), "unknown command"),
        (changed("`batch_size=4`", "`batch_size=4"), "a backtick has no partner"),
        (changed("- id: short", "- choose: two\n    id: short"), "choose must be one of 'one', 'several'"),
        (
            GOOD.replace(QUESTIONS, QUESTIONS * 2).replace("left over.\nquestions:", "left over."),
            "used twice",
        ),
    ],
)
def test_a_bad_question_is_refused_with_its_place(text, complaint):
    with pytest.raises(EntryError, match=r"^01_a\.yaml, question") as error:
        facts.parse(text, "01_a")
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: a-card", "id: A card", "card 1 (A card): id 'A card' must be lower-case words"),
        ("    front: Who\n      counts?\n", "", "card 1 (a-card): front is missing"),
        ("back: |-\n      - one\n      - two", "back: 3", "card 1 (a-card): back must be text, got 3"),
        ("      - one", "      - `one", "card 1 (a-card): back: a backtick has no partner"),
        ("      - one", "      - $f(x)", "card 1 (a-card): back: a dollar sign has no partner"),
        (
            "back: |-",
            "link: x\n    back: |-",
            "card 1: unknown field link; known are back, front, id, section",
        ),
        ('answer: "4"', 'wrong: "4"', "wrong answer 2: unknown field wrong"),
        (
            "    reveals: Division is believed to be whole.\n",
            "",
            "wrong answer 1 (batches): reveals is missing",
        ),
        (
            "verdict: half right",
            "verdict: doubtful",
            "belief 1 (belief-batch): the verdict is 'doubtful'; expected",
        ),
        ("    truth: T.\n", "", "belief 1 (belief-batch): truth is missing"),
        ("also: [belief-other]", "also: belief-other", "(belief-batch): also must be a list of words, got"),
        ('shows: "12"', "shows: 12", "belief 1 (belief-batch): shows must be text, got 12"),
        ("    definition: The samples of\n      one update.\n", "", "term 1 (Batch): definition is missing"),
        (
            "forms: [batches]",
            "forms: batches",
            "term 1 (Batch): forms must be a list of words, got 'batches'",
        ),
        ("forms: [batches]", "form: batches", "term 1: unknown field form"),
    ],
)
def test_a_bad_entry_is_refused_with_its_place(old, new, complaint):
    with pytest.raises(EntryError, match=r"^01_a\.yaml, ") as error:
        facts.parse(changed(old, new), "01_a")
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("section", "entry", "name"),
    [
        ("cards", "{id: a, section: S, front: F., back: B.}", "a"),
        ("beliefs", "{label: a, belief: B., verdict: wrong, truth: T.}", "a"),
        ("terms", "{term: A, section: S, definition: D.}", "a"),
    ],
)
def test_a_name_is_used_once(section, entry, name):
    with pytest.raises(EntryError, match=rf"01_a\.yaml, {section}: the id '{name}' is used twice"):
        facts.parse(f"{section}:\n  - {entry}\n  - {entry}\n", "01_a")


def test_a_file_that_has_changed_is_read_again_and_one_that_is_not_there_is_named(tmp_path: Path):
    notebook, file = tmp_path / "01_a.ipynb", tmp_path / "01_a.yaml"
    with pytest.raises(EntryError, match=r"01_a\.yaml is missing: every chapter has such a file"):
        facts.of_chapter(notebook)
    file.write_text("afterwards: count")
    assert facts.of_chapter(notebook).afterwards == "count"
    file.write_text("afterwards: count them")
    assert facts.of_chapter(notebook).afterwards == "count them"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("afterwards", "does not say what its reader can do afterwards"),
        ("questions", "has 0 quick questions: at least 1"),
        ("cards", "has 0 cards: at least 1"),
        ("wrong_answers", "has 0 usual wrong answers of its exercises: at least 2"),
        ("beliefs", "has 0 beliefs put to the test: at least 1"),
    ],
)
def test_a_section_that_is_missing_is_a_fault_of_form(tmp_path: Path, section, said):
    file = tmp_path / "01_a.yaml"
    file.write_text(GOOD)
    assert list(form_facts.faults(file.with_suffix(".ipynb"))) == []
    sections = yaml.safe_load(GOOD)
    del sections[section]
    file.write_text(yaml.safe_dump(sections))
    (fault,) = form_facts.faults(file.with_suffix(".ipynb"))
    assert fault.startswith(said)
    file.write_text("cards: [")
    (fault,) = form_facts.faults(file.with_suffix(".ipynb"))
    assert fault.startswith("has facts that cannot be read: 01_a.yaml: not valid YAML")


def test_no_chapter_of_the_book_misses_a_fact():
    paths = [path.with_suffix(".ipynb") for path in facts.files()]
    assert [f"{path.stem} {fault}" for path in paths for fault in form_facts.faults(path)] == []


def test_the_front_page_lists_every_chapter_below_its_part():
    rows = list(front.rows())
    known = facts.of_book()
    listed = [re.fullmatch(r"\| \[(\d+) .+\]\(/notebooks/(\w+)\) \| (.*) \|", row) for row in rows]
    assert [(int(row[1]), row[2], row[3]) for row in listed if row] == [
        (int(name[:2]), name, known[name].afterwards) for name in known
    ]
    assert [rows[place + 1] for place, row in enumerate(rows) if row == "| **Data** | |"] == [
        next(row for row in rows if "/notebooks/05_" in row)
    ]


# ---------------------------------------------------------------- what a reader's notebook asks for


def test_a_question_is_found_beside_the_notebooks_or_in_the_package(tmp_path, monkeypatch):
    checkout, package = tmp_path / "notebooks", tmp_path / "package"
    for folder, text in ((checkout, GOOD), (package, QUESTIONS)):
        folder.mkdir()
        (folder / f"{folder.name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(questions, "question_folders", lambda: (checkout, package))
    for chapter in ("notebooks", "package"):
        assert repr(questions.question(chapter, "short-last-batch")) == "Question('short-last-batch')"
        with pytest.raises(KeyError, match="no question 'other'; it has short-last-batch"):
            questions.question(chapter, "other")
    with pytest.raises(FileNotFoundError, match=re.escape("two.yaml")):
        questions.question("two", "short-last-batch")
