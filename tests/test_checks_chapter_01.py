"""Chapter 1's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import numpy as np
import torch
from exercise_cases import ExerciseCases

from helpers.checks import chapter_01


def dtype_answer(**changes):
    right = {"pixels": torch.uint8, "targets": torch.int64, "weights": torch.float32, "mask": torch.bool}
    return dict(zip(chapter_01.STORED, (right | changes).values(), strict=True))


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

WRONG = {
    "strides": [
        ((4, 5, 6), "the shape itself"),
        ((120, 24, 4), "bytes, not elements"),
        ((1, 6, 30), "order is turned round"),
        ((1, 4, 20), "products run from the wrong end"),
        ((30, 6), "one for each axis"),
        ((30, 6, 2), "side by side"),
        ((30, 5, 1), "how long is a row"),
        ((20, 6, 1), "one whole matrix"),
        (30, "a tuple of numbers is expected"),
    ],
    "storage_place": [
        (lambda i, s, o: place(i, s, 0), "off by the offset"),
        (lambda i, s, o: 8 * place(i, s, o), "bytes, not elements"),
        (lambda i, s, o: o + sum(i), "use the stride"),
        (lambda i, s, o: place(i, sorted(s, reverse=True), o), "holds another element"),
        (lambda i, s, o: None, "is a return missing"),
        (6, "a function is expected"),
    ],
    "dtypes": [
        (dtype_answer(pixels=torch.int8), "ends at 127"),
        (dtype_answer(pixels=torch.bool), "two values"),
        (dtype_answer(pixels=torch.float32), "whole numbers"),
        (dtype_answer(pixels=torch.int64), "wastes bytes"),
        (dtype_answer(targets=torch.int32), "int32 cross_entropy raises"),
        (dtype_answer(targets=torch.float32), "cross_entropy refuses them"),
        (dtype_answer(targets=torch.uint8), "only up to 255 classes"),
        (dtype_answer(weights=torch.int64), "fractions and gradients"),
        (dtype_answer(weights=torch.float64), "twice the bytes"),
        (dtype_answer(weights=torch.float16), "half precision needs care"),
        (dtype_answer(mask=torch.uint8), "deprecated"),
        (dtype_answer(mask=torch.int64), "yes or no"),
        (dtype_answer(mask="bool"), "write torch.<name>"),
        ({"pixels from 0 to 255": torch.uint8}, "no dtype is given for 'class numbers"),
        (torch.uint8, "a dict is expected"),
    ],
    "to_int8": [
        (lambda x: x.to(torch.int8), "plain cast"),
        (lambda x: x.round().to(torch.int8), "wrap round"),
        (lambda x: x.clamp(-128, 127).to(torch.int8), "cuts fractions off"),
        (lambda x: x.floor().clamp(-128, 127).to(torch.int8), "rounded downwards"),
        (lambda x: x.ceil().clamp(-128, 127).to(torch.int8), "not the nearest"),
        (lambda x: x.round().clamp(-127, 127).to(torch.int8), "stops before the limits"),
        (lambda x: x.round().clamp(-128, 127), "has dtype torch.float32"),
        (in_place, "changes its input"),
    ],
    "ready": [
        (torch.from_numpy, "the dtype is inherited"),
        (lambda array: torch.from_numpy(array).float(), "shares the array's memory"),
        (lambda array: torch.as_tensor(array, dtype=torch.float32), "shares the array's memory"),
        (lambda array: torch.tensor(array).half(), "not float32"),
        (lambda array: torch.zeros(array.shape), "the values differ"),
        (lambda array: torch.tensor(array.T.copy(), dtype=torch.float32), "has shape (3, 2)"),
    ],
    "own_stream": [
        (global_stream, "global stream was moved"),
        (lambda seed, shape: torch.rand(shape), "same seed differ"),
        (seeded_once, "same seed differ"),
        (lambda seed, shape: own_stream(0, shape), "is the seed used"),
        (lambda seed, shape: torch.zeros(shape), "not random"),
        (lambda seed, shape: own_stream(seed, shape) * 2 - 1, "not uniform"),
        (lambda seed, shape: own_stream(seed, shape[:1]), "has shape (64,)"),
    ],
}


class TestChapter01(
    ExerciseCases,
    chapter=chapter_01,
    right=RIGHT,
    wrong=WRONG,
    secrets={"strides": ["30, 6, 1"]},
    stubs={"dtypes": [dtype_answer(mask=...)]},
):
    """The answers above, judged by the chapter's checks."""

    def test_no_check_moves_the_global_stream(self):
        """Not even one whose answer moves it."""
        state = torch.get_rng_state()
        for name, answers in RIGHT.items():
            self.judge(name, answers[0])
        self.judge("own_stream", global_stream)
        assert torch.equal(state, torch.get_rng_state())


def test_ready_sees_sharing_only_where_there_is_nothing_to_convert():
    array = np.zeros((2, 3), dtype=np.float64)
    assert torch.from_numpy(array).float().data_ptr() != torch.from_numpy(array).data_ptr()
