"""Question files and the multiple-choice figure: what is read, what is refused, what a click does."""

import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checks import questions
from helpers.figures.question import Option, Question
from helpers.figures.rich_text import mathml, rich_text

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

GOOD = """
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


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_file_becomes_entries_and_a_figure():
    (entry,) = questions.parse_questions(GOOD, "x.questions.yaml")
    assert entry.id == "short-last-batch"
    assert [option.correct for option in entry.options] == [True, False]
    figure = entry.figure()
    assert repr(figure) == "Question('short-last-batch')"
    assert ["code", "batch_size=4"] in figure.prompt
    assert figure.options[1]["explanation"] == [["text", "Two samples would be left over."]]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("questions: [", "not valid YAML"),
        ("- a list", "one top-level field"),
        ("questions: []", "at least one question"),
        ("questions: [3]", "question 1: expected the fields"),
        (changed("id: short-last-batch", "id: Short Batch"), "lower-case words joined by hyphens"),
        (changed("id: short-last-batch", "ident: x"), "unknown field ident"),
        (
            changed("prompt: How many batches of `batch_size=4` hold $N = 10$ samples?", ""),
            "prompt is missing",
        ),
        (changed('text: "3"', "text: 3"), "option 1: text must be text, got 3; put it in quotes"),
        (changed("explanation: Two samples would be left over.", ""), "option 2: explanation is missing"),
        (changed("Two samples would be left over.", '" "'), "option 2: explanation is empty"),
        (changed("correct: true", "correct: yes indeed"), "correct must be true or false"),
        (changed("correct: true", "correct: false"), "exactly one option must be correct, got 0"),
        (
            changed('text: "2"', 'text: "2"\n        correct: true'),
            "exactly one option must be correct, got 2",
        ),
        (changed('text: "2"', 'text: "3"'), "two have the same text"),
        (changed("$N = 10$", "$N = 10"), "prompt: a $ has no partner"),
        (changed("$N = 10$", r"$\nosuchcommand$"), "unknown command"),
        (changed("`batch_size=4`", "`batch_size=4"), "a backtick has no partner"),
        (changed("- id", "- choose: two\n    id"), "choose must be 'one' or 'several'"),
        (GOOD + GOOD.replace("questions:", ""), "'short-last-batch' is used twice"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(text, complaint):
    with pytest.raises(questions.EntryError) as error:
        questions.parse_questions(text, "x.questions.yaml")
    assert str(error.value).startswith("x.questions.yaml")
    assert complaint in str(error.value)


def test_several_correct_options_must_be_stated():
    text = changed('text: "2"', 'text: "2"\n        correct: true').replace(
        "- id", "- choose: several\n    id"
    )
    (entry,) = questions.parse_questions(text, "x.questions.yaml")
    assert entry.figure().choose == "several"


def test_a_question_is_found_beside_the_notebooks_or_in_the_package(tmp_path, monkeypatch):
    checkout, package = tmp_path / "notebooks", tmp_path / "package"
    package.mkdir()
    package.joinpath("one.questions.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(questions, "question_folders", lambda: (checkout, package))
    assert repr(questions.question("one", "short-last-batch")) == "Question('short-last-batch')"
    with pytest.raises(KeyError, match="no question 'other'; it has short-last-batch"):
        questions.question("one", "other")
    with pytest.raises(FileNotFoundError, match=re.escape("two.questions.yaml")):
        questions.question("two", "short-last-batch")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.questions.yaml")), ids=lambda path: path.name)
def test_every_chapters_file_is_valid_and_its_questions_are_asked(path):
    entries = questions.parse_questions(path.read_text(encoding="utf-8"), path.name)
    chapter = path.name.removesuffix(".questions.yaml")
    cells = json.loads(path.with_name(f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    asked = re.findall(rf'question\(\s*"{chapter}",\s*"([a-z0-9-]+)"\s*\)', code)
    assert sorted(asked) == sorted(entry.id for entry in entries)


# ---------------------------------------------------------------- words, code and maths


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="$`\\"), min_size=1), max_size=4))
def test_plain_words_and_code_come_back_as_they_were(words):
    marked = "`".join(words) + ("`" if len(words) % 2 == 0 and words else "")
    kinds = [["text", "code"][place % 2] for place in range(len(words))]
    assert rich_text(marked) == [list(piece) for piece in zip(kinds, words, strict=True)]


def test_code_may_hold_dollars_and_an_escaped_dollar_is_one():
    assert rich_text(r"pay \$5 for `x$y`") == [["text", "pay $5 for "], ["code", "x$y"]]


def test_latex_becomes_mathml():
    ((kind, markup),) = rich_text(r"$\frac{1}{\sqrt{B}}$")
    assert kind == "math"
    assert markup.startswith("<math")
    assert "<mfrac>" in markup
    assert "<msqrt>" in markup


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\color{red}x",
        r"\frac{1",
        "x^",
        r"\nope",
    ],
)
def test_maths_that_is_more_than_maths_is_refused(latex):
    with pytest.raises(ValueError, match=re.escape(latex)):
        mathml(latex)


# ---------------------------------------------------------------- the figure

OPTIONS = [
    Option("two <b>bold</b>", "It is not $\\sqrt{4}$."),
    Option("three", "Two full batches and a short one.", correct=True),
    Option("four", "Only with `batch_size=3`."),
]


def test_figure_names_a_bad_argument():
    with pytest.raises(ValueError, match="options must be at least two, got 1"):
        Question(id="a", prompt="?", options=OPTIONS[:1])
    with pytest.raises(ValueError, match="option 1, explanation: a backtick"):
        Question(id="a", prompt="?", options=[Option("x", "`"), *OPTIONS[1:]])


def test_judge_knows_every_choice(run_js):
    correct = [True, False, True]
    for count in range(4):
        for picked in itertools.combinations(range(3), count):
            expected = "right" if picked == (0, 2) else "wrong" if 1 in picked else "incomplete"
            assert run_js("question", "judge", correct, list(picked)) == (expected if picked else "none")


def texts(page, selector):
    return [node.inner_text() for node in page.query_selector_all(selector)]


def test_wrong_then_right_choice_explains_each(mount):
    page = mount(Question(id="a", prompt="How many?", options=OPTIONS), 390)
    page.click("text=Check")
    page.wait_for_function("document.querySelector('.bf-verdict').textContent === 'Choose an answer first.'")
    page.check("input >> nth=0")
    page.click("text=Check")
    page.wait_for_selector(".bf-explanation.bf-wrong math msqrt")
    assert texts(page, ".bf-verdict")[0].startswith("Not yet.")
    page.check("input >> nth=1")
    page.click("text=Check")
    page.wait_for_selector(".bf-explanation.bf-right")
    assert texts(page, ".bf-verdict") == ["Right."]
    assert len(texts(page, ".bf-explanation")) == 2
    page.click("text=Explain the other options")
    page.wait_for_selector(".bf-answer:nth-of-type(3) .bf-explanation")
    page.wait_for_function("document.querySelector('.book-figure > p[aria-live]').textContent === 'Right.'")


def test_markup_in_the_file_is_shown_and_never_run(mount):
    page = mount(Question(id="a", prompt="Is it <img src=x onerror=alert(1)>?", options=OPTIONS), 390)
    assert page.query_selector(".bf-question b, .bf-question img") is None
    assert "two <b>bold</b>" in page.inner_text(".bf-question")


def test_keyboard_alone_answers(mount):
    page = mount(Question(id="a", prompt="How many?", options=OPTIONS), 390)
    page.focus("input >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".bf-explanation.bf-right")


def test_several_needs_every_correct_option(mount):
    options = [OPTIONS[1], Option("III", "The same number.", correct=True), OPTIONS[2]]
    page = mount(Question(id="a", prompt="Which?", options=options, choose="several"), 390)
    page.check("input[type=checkbox] >> nth=0")
    page.click("text=Check")
    page.wait_for_function("document.querySelector('.bf-verdict').textContent.includes('missing')")
    page.check("input >> nth=1")
    page.click("text=Check")
    page.wait_for_function("document.querySelector('.bf-verdict').textContent === 'Right.'")


def test_a_narrow_page_does_not_scroll_sideways(mount):
    page = mount(Question(id="a", prompt="How many? " * 20, options=OPTIONS), 390)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
