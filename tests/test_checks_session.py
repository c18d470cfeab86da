"""A session's defaults change no verdict: each answer of chapters 1 to 3, judged in unusual sessions."""

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
def short_printing():
    torch.set_printoptions(precision=1, sci_mode=True)
    yield
    torch.set_printoptions(profile="default")


@contextlib.contextmanager
def other_streams():
    for seed in (torch.manual_seed, np.random.seed, random.seed):
        seed(1234)
    yield


SESSIONS = {
    "float64": lambda: default_dtype(torch.float64),
    "bfloat16": lambda: default_dtype(torch.bfloat16),
    "no numbers": lambda: torch.device("meta"),
    "no_grad": torch.no_grad,
    "inference_mode": torch.inference_mode,
    "short printing": short_printing,
    "other streams": other_streams,
}


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_sessions_defaults_change_no_verdict(chapter, session, capsys, monkeypatch):
    monkeypatch.delenv("BOOK_GRADED", raising=False)
    cases = CHAPTERS[chapter]()
    rows = [(name, answer) for name, answers in cases.right.items() for answer in answers]
    rows += [(name, answer) for name, answers in cases.wrong.items() for answer, _ in answers]
    for name, answer in rows:
        cases.judge(name, answer)
        expected = said(capsys)
        with SESSIONS[session]():
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
        assert torch.get_default_device().type == "meta"
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
