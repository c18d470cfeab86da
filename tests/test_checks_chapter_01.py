"""Chapter 1's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import numpy as np
import pytest
import torch

from helpers.checks import chapter_01 as check
from helpers.checks.report import exercises


def dtype_answer(**changes):
    right = {"pixels": torch.uint8, "targets": torch.int64, "weights": torch.float32, "mask": torch.bool}
    return dict(zip(check.STORED, (right | changes).values(), strict=True))


def place(index, stride, offset):
    return offset + sum(i * s for i, s in zip(index, stride, strict=True))


def saturate(x):
    return x.round().clamp(-128, 127).to(torch.int8)


def own_stream(seed, shape):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def global_stream(seed, shape):
    torch.manual_seed(seed)
    return torch.rand(shape)


def in_place(x):
    return x.round_().clamp_(-128, 127).to(torch.int8)


CALLS = []


def seeded_once(seed, shape):
    CALLS.append(torch.Generator().manual_seed(seed + len(CALLS)))
    return torch.rand(shape, generator=CALLS[-1])


RIGHT = {
    "strides": [(30, 6, 1), [30, 6, 1], torch.empty(4, 5, 6).stride()],
    "storage_place": [place],
    "dtypes": [dtype_answer()],
    "to_int8": [saturate, lambda x: x.clamp(-128, 127).round().to(torch.int8)],
    "ready": [
        lambda array: torch.tensor(array, dtype=torch.float32),
        lambda array: torch.from_numpy(array).clone().float(),
    ],
    "own_stream": [own_stream],
}

WRONG = [
    ("strides", (4, 5, 6), "the shape itself"),
    ("strides", (120, 24, 4), "bytes, not elements"),
    ("strides", (1, 6, 30), "order is turned round"),
    ("strides", (1, 4, 20), "products run from the wrong end"),
    ("strides", (30, 6), "one for each axis"),
    ("strides", (30, 6, 2), "side by side"),
    ("strides", (30, 5, 1), "how long is a row"),
    ("strides", (20, 6, 1), "one whole matrix"),
    ("strides", 30, "a tuple of numbers is expected"),
    ("storage_place", lambda i, s, o: place(i, s, 0), "off by the offset"),
    ("storage_place", lambda i, s, o: 8 * place(i, s, o), "bytes, not elements"),
    ("storage_place", lambda i, s, o: o + sum(i), "use the stride"),
    ("storage_place", lambda i, s, o: place(i, sorted(s, reverse=True), o), "holds another element"),
    ("storage_place", lambda i, s, o: None, "is a return missing"),
    ("storage_place", 6, "a function is expected"),
    ("dtypes", dtype_answer(pixels=torch.int8), "ends at 127"),
    ("dtypes", dtype_answer(pixels=torch.bool), "two values"),
    ("dtypes", dtype_answer(pixels=torch.float32), "whole numbers"),
    ("dtypes", dtype_answer(pixels=torch.int64), "wastes bytes"),
    ("dtypes", dtype_answer(targets=torch.int32), "int32 cross_entropy raises"),
    ("dtypes", dtype_answer(targets=torch.float32), "cross_entropy refuses them"),
    ("dtypes", dtype_answer(targets=torch.uint8), "only up to 255 classes"),
    ("dtypes", dtype_answer(weights=torch.int64), "fractions and gradients"),
    ("dtypes", dtype_answer(weights=torch.float64), "twice the bytes"),
    ("dtypes", dtype_answer(weights=torch.float16), "half precision needs care"),
    ("dtypes", dtype_answer(mask=torch.uint8), "deprecated"),
    ("dtypes", dtype_answer(mask=torch.int64), "yes or no"),
    ("dtypes", dtype_answer(mask="bool"), "write torch.<name>"),
    ("dtypes", {"pixels from 0 to 255": torch.uint8}, "no dtype is given for 'class numbers"),
    ("dtypes", torch.uint8, "a dict is expected"),
    ("to_int8", lambda x: x.to(torch.int8), "plain cast"),
    ("to_int8", lambda x: x.round().to(torch.int8), "wrap round"),
    ("to_int8", lambda x: x.clamp(-128, 127).to(torch.int8), "cuts fractions off"),
    ("to_int8", lambda x: x.floor().clamp(-128, 127).to(torch.int8), "rounded downwards"),
    ("to_int8", lambda x: x.ceil().clamp(-128, 127).to(torch.int8), "not the nearest"),
    ("to_int8", lambda x: x.round().clamp(-127, 127).to(torch.int8), "stops before the limits"),
    ("to_int8", lambda x: x.round().clamp(-128, 127), "has dtype torch.float32"),
    ("to_int8", in_place, "changes its input"),
    ("ready", torch.from_numpy, "the dtype is inherited"),
    ("ready", lambda array: torch.from_numpy(array).float(), "shares the array's memory"),
    ("ready", lambda array: torch.as_tensor(array, dtype=torch.float32), "shares the array's memory"),
    ("ready", lambda array: torch.tensor(array).half(), "not float32"),
    ("ready", lambda array: torch.zeros(array.shape), "the values differ"),
    ("ready", lambda array: torch.tensor(array.T.copy(), dtype=torch.float32), "has shape (3, 2)"),
    ("own_stream", global_stream, "global stream was moved"),
    ("own_stream", lambda seed, shape: torch.rand(shape), "same seed differ"),
    ("own_stream", seeded_once, "same seed differ"),
    ("own_stream", lambda seed, shape: own_stream(0, shape), "is the seed used"),
    ("own_stream", lambda seed, shape: torch.zeros(shape), "not random"),
    ("own_stream", lambda seed, shape: own_stream(seed, shape) * 2 - 1, "not uniform"),
    ("own_stream", lambda seed, shape: own_stream(seed, shape[:1]), "has shape (64,)"),
]


@pytest.fixture(autouse=True)
def book_edition(monkeypatch):
    monkeypatch.delenv("BOOK_GRADED", raising=False)


def verdict(name, answer, capsys):
    getattr(check, name)(answer)
    return " ".join(capsys.readouterr().out.split())


def test_every_exercise_has_right_and_wrong_answers_here():
    names = set(exercises(check))
    assert names == set(RIGHT) == {name for name, _, _ in WRONG}
    assert 4 <= len(names) <= 6


@pytest.mark.parametrize(("name", "answer"), [(name, a) for name, answers in RIGHT.items() for a in answers])
def test_right_answers_pass(name, answer, capsys):
    assert verdict(name, answer, capsys).startswith("Right: ")


@pytest.mark.parametrize(("name", "answer", "diagnosis"), WRONG)
def test_wrong_answers_get_their_diagnosis(name, answer, diagnosis, capsys):
    printed = verdict(name, answer, capsys)
    assert printed.startswith("Not yet: ")
    assert diagnosis in printed


@pytest.mark.parametrize(("name", "answer"), [(name, answer) for name, answer, _ in WRONG])
def test_wrong_answers_raise_when_graded(name, answer, monkeypatch):
    monkeypatch.setenv("BOOK_GRADED", "1")
    with pytest.raises(AssertionError, match="Not yet"):
        getattr(check, name)(answer)


@pytest.mark.parametrize("name", RIGHT)
def test_an_untouched_stub_is_not_attempted(name, capsys):
    assert verdict(name, ..., capsys).startswith("Not attempted: ")


def test_an_untouched_function_is_not_attempted(capsys):
    assert verdict("ready", lambda array: ..., capsys).startswith("Not attempted: ")


def test_a_half_filled_dict_is_not_attempted(capsys):
    assert verdict("dtypes", dtype_answer(mask=...), capsys).startswith("Not attempted: ")


def test_no_check_moves_the_global_stream(capsys):
    state = torch.get_rng_state()
    for name, answers in RIGHT.items():
        verdict(name, answers[0], capsys)
    verdict("own_stream", global_stream, capsys)
    assert torch.equal(state, torch.get_rng_state())


def test_ready_sees_sharing_only_where_there_is_nothing_to_convert():
    array = np.zeros((2, 3), dtype=np.float64)
    assert torch.from_numpy(array).float().data_ptr() != torch.from_numpy(array).data_ptr()
