"""Chapter 1's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import operator
import random
from types import MappingProxyType

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


def place_by_a_loop(index, stride, offset):
    for i, s in zip(index, stride, strict=True):
        offset += i * s
    return offset


def place_by_torch(index, stride, offset):
    return (torch.tensor(index) * torch.tensor(stride)).sum() + offset


def quantised(x):
    return torch.tensor(np.clip(np.rint(x.numpy()), -128, 127).astype(np.int8))


def one_by_one(x):
    return torch.tensor([min(max(round(value), -128), 127) for value in x.tolist()], dtype=torch.int8)


def emptied(array):
    result = torch.tensor(array, dtype=torch.float32)
    array[...] = 0
    return result


def forked(seed, shape):
    with torch.random.fork_rng():
        return global_stream(seed, shape)


def put_back(seed, shape):
    state = torch.get_rng_state()
    result = global_stream(seed, shape)
    torch.set_rng_state(state)
    return result


def begun_anew(seed, shape):
    result = global_stream(seed, shape)
    torch.manual_seed(0)
    return result


def pythons_own(seed, shape):
    dice = random.Random(seed)
    return torch.tensor([dice.random() for _ in range(torch.Size(shape).numel())]).view(shape)


def pythons_global(seed, shape):
    random.seed(seed)
    return torch.tensor([random.random() for _ in range(torch.Size(shape).numel())]).view(shape)


def numpys_global(seed, shape):
    np.random.seed(seed)
    return torch.from_numpy(np.random.rand(*shape))


def normal(seed, shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def hundredths(seed, shape):
    return torch.randint(100, shape, generator=torch.Generator().manual_seed(seed)) / 100


CALLS = []


def seeded_once(seed, shape):
    CALLS.append(torch.Generator().manual_seed(seed + len(CALLS)))
    return torch.rand(shape, generator=CALLS[-1])


RIGHT = {
    "strides": [
        (30, 6, 1),
        [30, 6, 1],
        torch.empty(4, 5, 6).stride(),
        torch.Size((30, 6, 1)),
        torch.tensor([30, 6, 1]),
        np.array([30, 6, 1]),
        (np.int64(30), np.uint8(6), torch.tensor(1)),
        (30.0, 6.0, 1.0),
    ],
    "storage_place": [
        place,
        place_by_a_loop,
        place_by_torch,
        lambda index, stride, offset: np.dot(index, stride) + offset,
        lambda index, stride, offset: torch.tensor(index) @ torch.tensor(stride) + offset,
        lambda *given: sum(map(operator.mul, given[0], given[1]), start=given[2]),
    ],
    "dtypes": [
        dtype_answer(),
        dtype_answer(targets=torch.long, weights=torch.float),
        MappingProxyType(dtype_answer() | {"a count": torch.int64}),
    ],
    "to_int8": [
        saturate,
        lambda x: x.clamp(-128, 127).round().to(torch.int8),
        lambda x: torch.clamp(torch.round(x), min=-128, max=127).char(),
        lambda x: x.clone().round_().clip_(-128, 127).type(torch.int8),
        lambda x: (x.clamp(-128, 127) + 0.5).floor().to(torch.int8),
        lambda x: x.round().int().clamp(-128, 127).to(torch.int8),
        quantised,
    ],
    "ready": [
        lambda array: torch.tensor(array, dtype=torch.float32),
        lambda array: torch.from_numpy(array).clone().float(),
        lambda array: torch.from_numpy(array.astype(np.float32)),
        lambda array: torch.from_numpy(np.array(array, dtype=np.float32)),
        lambda array: torch.as_tensor(array.copy(), dtype=torch.float32),
        lambda array: torch.asarray(array, dtype=torch.float32, copy=True),
        lambda array: torch.from_numpy(array).to(torch.float32, copy=True),
        lambda array: torch.zeros(array.shape).copy_(torch.from_numpy(array)),
        lambda array: torch.tensor(array.tolist(), dtype=torch.float32),
    ],
    "own_stream": [
        own_stream,
        lambda seed, shape: torch.empty(shape).uniform_(generator=torch.Generator().manual_seed(seed)),
        lambda seed, shape: torch.from_numpy(np.random.default_rng(seed).random(shape)),
        forked,
        put_back,
        pythons_own,
    ],
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
        ({30, 6, 1}, "a set; a tuple of numbers is expected"),
        (torch.empty(4, 5, 6).stride, "a tuple of numbers is expected"),
        (torch.empty(4, 5, 6), "a tuple of numbers is expected"),
        (np.empty((4, 5, 6)).strides, "bytes, not elements"),
        (torch.Size((4, 5, 6)), "the shape itself"),
        (np.array([30, 6]), "one for each axis"),
        ((30, 6.5, 1), "not a whole number"),
        (("30", "6", "1"), "stride 0 is a str"),
    ],
    "storage_place": [
        (lambda i, s, o: place(i, s, 0), "off by the offset"),
        (lambda i, s, o: 8 * place(i, s, o), "bytes, not elements"),
        (lambda i, s, o: o + sum(i), "use the stride"),
        (lambda i, s, o: place(i, sorted(s, reverse=True), o), "in another order"),
        (lambda i, s, o: place(i, s[::-1], o), "in another order"),
        (lambda i, s, o: i[0] * s[0] + i[1] * s[1] + o, "an axis is left out"),
        (lambda i, s, o: sum(o + a * b for a, b in zip(i, s, strict=True)), "once for each axis"),
        (lambda i, s, o: place(i, s, -o), "is subtracted"),
        (lambda i, s, o: sum(i) * s[0] + o if i else o, "holds another element"),
        (lambda i, s, o: [place(i, s, o)], "the result is a list"),
        (lambda i, s, o: np.array(i) * np.array(s) + o, "one number is expected"),
        (lambda i, s, o: i @ s + o, "raises TypeError"),
        (lambda i, s, o: None, "is a return missing"),
        (6, "a function is expected"),
    ],
    "dtypes": [
        (dtype_answer(pixels=torch.int8), "ends at 127"),
        (dtype_answer(pixels=torch.bool), "two values"),
        (dtype_answer(pixels=torch.float32), "whole numbers"),
        (dtype_answer(pixels=torch.int64), "wastes bytes"),
        (dtype_answer(pixels=torch.uint16), "wastes bytes"),
        (dtype_answer(pixels=torch.complex64), "whole numbers"),
        (dtype_answer(pixels=torch.quint8), "whole numbers"),
        (dtype_answer(pixels=np.uint8), "write torch.<name>"),
        (dtype_answer(targets=torch.int16), "cross_entropy refuses them"),
        (dtype_answer(targets=torch.complex64), "cross_entropy refuses them"),
        (dtype_answer(weights=torch.complex64), "fractions and gradients"),
        (dtype_answer(weights=torch.bfloat16), "half precision needs care"),
        (dtype_answer(weights=torch.float8_e4m3fn), "half precision needs care"),
        (dtype_answer(mask=torch.float32), "yes or no"),
        (dtype_answer(mask=bool), "write torch.<name>"),
        (list(dtype_answer().values()), "a list; a dict is expected"),
        (dtype_answer(targets=torch.int32), "int32 cross_entropy raises"),
        (dtype_answer(targets=torch.float32), "cross_entropy refuses them"),
        (dtype_answer(targets=torch.uint8), "only up to 256 classes"),
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
        (lambda x: (x + 0.5).clamp(-128, 127).to(torch.int8), "negative numbers come out one too high"),
        (lambda x: x.round().clamp(-128, 128).to(torch.int8), "wrap round"),
        (lambda x: x.round().to(torch.int8).clamp(-128, 127), "wrap round"),
        (lambda x: x.round().clamp(0, 127).to(torch.int8), "not the nearest"),
        (lambda x: (x * 127 / x.abs().max()).round().to(torch.int8), "are scaled"),
        (lambda x: x.round().clamp(-128, 127).int(), "has dtype torch.int32"),
        (lambda x: x.round().clamp(-128, 127).to(torch.uint8), "has dtype torch.uint8"),
        (lambda x: saturate(x).numpy(), "a NumPy array; a torch.Tensor is expected"),
        (lambda x: saturate(x).tolist(), "a list; a torch.Tensor is expected"),
        (one_by_one, "x of shape (2, 5), the function raises TypeError"),
        (lambda x: saturate(x).flatten(), "has shape (10,)"),
    ],
    "ready": [
        (torch.from_numpy, "the dtype is inherited"),
        (lambda array: torch.from_numpy(array).float(), "shares the array's memory"),
        (lambda array: torch.as_tensor(array, dtype=torch.float32), "shares the array's memory"),
        (lambda array: torch.tensor(array).half(), "not float32"),
        (lambda array: torch.zeros(array.shape), "the values differ"),
        (lambda array: torch.tensor(array.T.copy(), dtype=torch.float32), "has shape (3, 2)"),
        (torch.tensor, "the dtype is inherited"),
        (torch.Tensor, "shares the array's memory"),
        (lambda array: torch.as_tensor(array).float(), "shares the array's memory"),
        (lambda array: torch.from_numpy(array.astype(np.float32, copy=False)), "shares the array's memory"),
        (lambda array: torch.tensor(array).int().float(), "the values differ"),
        (lambda array: torch.tensor(array).half().float(), "the values differ"),
        (lambda array: torch.tensor([float(row) for row in array]), "raises TypeError"),
        (lambda array: torch.tensor(array.tolist()), "not float32"),
        (lambda array: array.astype(np.float32), "a NumPy array; a torch.Tensor is expected"),
        (lambda array: emptied(array), "the array itself is changed"),
    ],
    "own_stream": [
        (global_stream, "global stream was moved"),
        (lambda seed, shape: torch.rand(shape), "same seed differ"),
        (seeded_once, "same seed differ"),
        (lambda seed, shape: own_stream(0, shape), "is the seed used"),
        (lambda seed, shape: torch.zeros(shape), "not random"),
        (lambda seed, shape: own_stream(seed, shape) * 2 - 1, "not uniform"),
        (lambda seed, shape: own_stream(seed, shape[:1]), "has shape (64,)"),
        (begun_anew, "global stream was moved"),
        (numpys_global, "NumPy's global stream was moved"),
        (pythons_global, "Python's global stream was moved"),
        (lambda seed, shape: own_stream(seed, shape[:2]), "has shape (5, 4); expected (5, 4, 3)"),
        (lambda seed, shape: own_stream(seed, shape) / 2, "not uniform"),
        (lambda seed, shape: own_stream(seed, shape) ** 2, "not uniform"),
        (lambda seed, shape: normal(seed, shape).sigmoid(), "not uniform"),
        (normal, "not uniform"),
        (hundredths, "not random"),
        (lambda seed, shape: own_stream(seed, shape[1:]).expand(shape), "not random"),
        (lambda seed, shape: own_stream(seed, shape).tolist(), "a list; a torch.Tensor is expected"),
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
