"""The exercise frame: what it prints in the book, what it raises when graded, what its predicates say."""

import types
from fractions import Fraction

import numpy as np
import pytest
import torch

from helpers.checks import report


@report.exercise
def double_of_three(answer):
    count = report.whole_number(answer)
    report.reject(count == 9, "That is the square, not the double.")
    report.require(count == 3 + 3, "Adding three to itself gives another number.")
    return "It is three, twice."


@report.exercise
def doubling(answer):
    double = report.function(answer)
    for value in (0.0, 1.5, -2.0):
        result = report.number(report.call(double, value, given=f"f({value:g})"), "the result")
        report.require(report.same(result, value + value), f"f({value:g}) is not twice {value:g}.")
    return "Three inputs are doubled."


@pytest.fixture(autouse=True)
def book_edition(monkeypatch):
    monkeypatch.delenv("BOOK_GRADED", raising=False)


def said(capsys):
    return " ".join(capsys.readouterr().out.split())


def test_right_answer_says_what_was_verified(capsys):
    assert double_of_three(6) is None
    assert said(capsys) == "Right: It is three, twice."


@pytest.mark.parametrize(
    ("answer", "diagnosis"),
    [
        (9, "the square, not the double"),
        (7, "another number"),
        (6.5, "not a whole number"),
        ("6", "a str; a number is expected"),
        (True, "truth value"),
        (None, "None; a number is expected"),
        (float("nan"), "divided by zero"),
        (torch.ones(2), "a tensor of shape (2,); one number is expected"),
        (np.ones(3), "an array of shape (3,); one number is expected"),
        (np.bool_(True), "truth value"),
        (np.float32("nan"), "divided by zero"),
        (np.int64(9), "the square, not the double"),
        (6 + 0j, "a complex; a number is expected"),
        (10**400, "too large for a float"),
        (torch.ones(1, device="meta"), "plain numbers are expected"),
        (torch.ones(1).to_sparse(), "plain numbers are expected"),
    ],
)
def test_wrong_answer_is_reported_and_raises_only_when_graded(answer, diagnosis, capsys, monkeypatch):
    double_of_three(answer)
    printed = said(capsys)
    assert printed.startswith("Not yet: ")
    assert diagnosis in printed
    monkeypatch.setenv("BOOK_GRADED", "1")
    with pytest.raises(AssertionError, match=r"^Not yet: "):
        double_of_three(answer)


@pytest.mark.parametrize("stub", [..., [1, ...], (..., 2), {"lr": ...}])
def test_placeholder_is_unattempted(stub, capsys, monkeypatch):
    double_of_three(stub)
    assert said(capsys).startswith("Not attempted: ")
    monkeypatch.setenv("BOOK_GRADED", "1")
    with pytest.raises(AssertionError, match=r"^Not attempted: "):
        double_of_three(stub)


@pytest.mark.parametrize(
    "six",
    [
        torch.tensor(6),
        torch.tensor([[6.0]]),
        np.int64(6),
        np.uint8(6),
        np.float32(6),
        np.array([6]),
        Fraction(6),
    ],
    ids=repr,
)
def test_graded_right_answer_does_not_raise(six, monkeypatch, capsys):
    monkeypatch.setenv("BOOK_GRADED", "1")
    double_of_three(six)
    assert said(capsys).startswith("Right: ")


@pytest.mark.parametrize(
    "yes", [True, 1, 1.0, np.bool_(True), np.array(True), torch.tensor([True])], ids=repr
)
def test_a_truth_value_may_come_from_anywhere(yes):
    assert report.truth(yes) is True


@pytest.mark.parametrize("neither", [2, "yes", None, torch.ones(2), [True]], ids=repr)
def test_what_is_no_truth_value_is_refused(neither):
    with pytest.raises(report.WrongAnswerError, match="True or False is expected"):
        report.truth(neither)


@pytest.mark.parametrize(
    "pair", [[1, 2], (1, 2), range(1, 3), torch.Size([1, 2]), np.array([1, 2]), torch.tensor([1, 2])]
)
def test_items_come_from_whatever_holds_them(pair):
    assert report.items_of(pair, "two numbers") == [1, 2]


@pytest.mark.parametrize("other", [{1, 2}, "12", 12, None, np.ones((1, 2)), torch.tensor(1)], ids=repr)
def test_what_holds_no_items_in_order_is_refused(other):
    with pytest.raises(report.WrongAnswerError, match="two numbers"):
        report.items_of(other, "two numbers")


@pytest.mark.parametrize(
    ("answer", "diagnosis"),
    [
        (lambda value: ..., "Not attempted"),
        (lambda value: None, "is a return missing?"),
        (lambda value: value / 0, "raises ZeroDivisionError"),
        (lambda: 1, "raises TypeError"),
        (lambda value: value**2, "f(1.5) is not twice 1.5"),
        (3, "a function is expected"),
        (lambda value: "x", "the result is a str"),
    ],
)
def test_function_answers_are_called_and_explained(answer, diagnosis, capsys):
    doubling(answer)
    assert diagnosis in said(capsys)


def test_right_function_passes(capsys):
    doubling(lambda value: 2 * value)
    assert said(capsys) == "Right: Three inputs are doubled."


def test_output_is_wrapped_plain_text(capsys):
    report.say("Not yet", "word " * 60)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert all(len(line) <= report.WIDTH for line in lines)


@pytest.mark.parametrize(
    ("value", "options", "diagnosis"),
    [
        ([1.0], {}, "a list; a torch.Tensor is expected"),
        (torch.zeros(2, 3), {"shape": (3, 2)}, "shape (2, 3); expected (3, 2)"),
        (torch.zeros(2), {"dtype": torch.float64}, "dtype torch.float32; expected torch.float64"),
        (torch.tensor([1.0, float("inf")]), {}, "inf or nan"),
    ],
)
def test_tensor_predicate_names_what_was_expected(value, options, diagnosis):
    with pytest.raises(report.WrongAnswerError) as error:
        report.tensor(value, **options)
    assert diagnosis in str(error.value)


def test_choice_accepts_case_and_space_but_no_other_word():
    assert report.choice(" Shuffled ", ["ordered", "shuffled"]) == "shuffled"
    with pytest.raises(report.WrongAnswerError, match="expected one of 'ordered', 'shuffled'"):
        report.choice("random", ["ordered", "shuffled"])


def test_same_compares_shapes_too():
    assert report.same(torch.tensor([1.0, 2.0]), [1.0, 2.0])
    assert not report.same(torch.tensor([1.0, 1.0]), 1.0)
    assert not report.same(1.0, 1.001)


def test_grade_raises_the_diagnosis_and_leaves_the_edition_as_it_was(monkeypatch, capsys):
    for edition in ("0", "1"):
        monkeypatch.setenv("BOOK_GRADED", edition)
        with pytest.raises(AssertionError, match=r"^Not yet: That is the square"):
            report.grade(double_of_three, 9)
        with pytest.raises(AssertionError, match=r"^Not attempted: "):
            report.grade(double_of_three, ...)
        assert report.os.environ["BOOK_GRADED"] == edition
    monkeypatch.delenv("BOOK_GRADED")
    assert report.grade(double_of_three, 6) is None
    assert said(capsys) == "Right: It is three, twice."
    assert "BOOK_GRADED" not in report.os.environ


def test_a_warning_does_not_cost_the_point(capsys):
    """Whatever is on stderr is a failure to nbgrader."""

    def noisy(x):
        print("watch out", file=report.sys.stderr)
        return 2 * x

    report.grade(doubling, noisy)
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("watch out") == 3


def test_an_answer_that_changes_the_environment_changes_no_verdict(monkeypatch):
    """Grading is asked for before the answer runs, and afterwards the environment is as it was."""
    monkeypatch.delenv("BOOK_GRADED", raising=False)

    def wrong(x):
        report.os.environ.pop("BOOK_GRADED", None)
        return x

    with pytest.raises(report.NoPointError, match=r"^Not yet: "):
        report.grade(doubling, wrong)
    assert "BOOK_GRADED" not in report.os.environ


def test_exercises_lists_the_checks_of_a_module():
    module = types.ModuleType("chapter")
    module.double_of_three, module.other = double_of_three, report.say
    assert report.exercises(module) == {"double_of_three": double_of_three}
