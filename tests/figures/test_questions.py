"""The multiple-choice figure: what it refuses, what a click does."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.question import Option, Question
from helpers.figures.rich_text import mathml, rich_text

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
            assert run_js("question/figure", "judge", correct, list(picked)) == (
                expected if picked else "none"
            )


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
