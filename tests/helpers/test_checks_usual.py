"""What several chapters' checks share: which pair of numbers is taken, and which mistake is recognised."""

import numpy as np
import pytest
import torch

from helpers.checks.report import WrongAnswerError
from helpers.checks.usual import reject_usual, two_numbers


def test_a_usual_mistake_is_known_by_its_effect():
    usual = ((2.0, "twice."), (torch.tensor([1.0, 2.0]), "both."))
    reject_usual(3.0, usual, "f(1)")
    with pytest.raises(WrongAnswerError, match=r"^with f\(1\): twice\.$"):
        reject_usual(torch.tensor(2.0), usual, "f(1)")
    with pytest.raises(WrongAnswerError, match=r"both\.$"):
        reject_usual(torch.tensor([1.001, 2.0]), usual, "f(1)", rtol=1e-2)


@pytest.mark.parametrize(
    "pair",
    [
        (1, 2.0),
        [torch.tensor(1.0), 2],
        torch.tensor([1.0, 2.0]),
        torch.tensor([[1.0], [2.0]]),
        np.array([1.0, 2.0]),
    ],
)
def test_two_numbers_come_as_any_pair(pair):
    assert torch.equal(two_numbers(pair, "f(1)"), torch.tensor([1.0, 2.0], dtype=torch.float64))


@pytest.mark.parametrize(
    ("value", "diagnosis"),
    [
        (1.0, "two numbers are expected"),
        (torch.zeros(1, 2), "two numbers are expected"),
        ((1.0, 2.0, 3.0), "two numbers are expected"),
        ((1.0, "2"), "a returned value is a str; a number is expected"),
    ],
)
def test_two_numbers_are_not_one_nor_three(value, diagnosis):
    with pytest.raises(WrongAnswerError) as error:
        two_numbers(value, "f(1)")
    assert diagnosis in str(error.value)
