"""The session that answers are judged in: what it sets, what it puts back, and that it changes no word."""

import contextlib
import random

import numpy as np
import pytest
import test_checks_chapter_01
import test_checks_chapter_02
import test_checks_chapter_03
import torch
from exercise_cases import said

from helpers.checks.report import exercise
from helpers.checks.session import stream_places, usual_session

CHAPTERS = {
    "01": test_checks_chapter_01.TestChapter01,
    "02": test_checks_chapter_02.TestChapter02,
    "03": test_checks_chapter_03.TestChapter03,
}


@contextlib.contextmanager
def default_dtype(dtype):
    torch.set_default_dtype(dtype)
    yield
    torch.set_default_dtype(torch.float32)


@contextlib.contextmanager
def short_numbers():
    """Keep few digits, in memory and in print, and begin the streams elsewhere."""
    torch.set_printoptions(precision=1, sci_mode=True)
    for seed in (torch.manual_seed, np.random.seed, random.seed):
        seed(1234)
    with default_dtype(torch.bfloat16):
        yield
    torch.set_printoptions(profile="default")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_session_of_short_numbers_changes_no_word(chapter, capsys, monkeypatch):
    monkeypatch.delenv("BOOK_GRADED", raising=False)
    cases = CHAPTERS[chapter]()
    rows = [(name, answer) for name, answers in cases.right.items() for answer in answers]
    rows += [(name, answer) for name, answers in cases.wrong.items() for answer, _ in answers]
    for name, answer in rows:
        cases.judge(name, answer)
        expected = said(capsys)
        with short_numbers():
            cases.judge(name, answer)
        assert said(capsys) == expected, name


def test_what_the_reader_had_set_is_back_afterwards():
    before = stream_places()
    with default_dtype(torch.float64), torch.device("meta"), torch.no_grad():
        with usual_session():
            assert torch.ones(1, requires_grad=True).mul(2).requires_grad
            assert (torch.ones(1).dtype, torch.ones(1).device.type) == (torch.float32, "cpu")
            torch.rand(3), np.random.rand(3), random.random()
        assert torch.get_default_dtype() == torch.float64
        assert torch.empty(0).device.type == "meta"
        assert not torch.is_grad_enabled()
    assert stream_places() == before


def test_a_check_that_raises_leaves_the_session_as_it_was():
    @exercise
    def broken(answer):
        raise ZeroDivisionError

    before = stream_places()
    with default_dtype(torch.float64):
        with pytest.raises(ZeroDivisionError):
            broken(3)
        assert torch.get_default_dtype() == torch.float64
    assert stream_places() == before
