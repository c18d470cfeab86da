"""Checks of chapter 1's exercises: what a tensor is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np
import torch
from torch import Tensor

from helpers.checks.report import (
    a_kind,
    call,
    exercise,
    function,
    items_of,
    reject,
    require,
    tensor,
    whole_number,
    wrong,
)
from helpers.checks.session import stream_places

STRIDE_SHAPE = (4, 5, 6)
WHOLE = (
    *(torch.int8, torch.int16, torch.int32, torch.int64),
    *(torch.uint8, torch.uint16, torch.uint32, torch.uint64),
)

#: exercise 3: what is stored -> the dtypes that hold it, the leanest usual one
STORED = ("pixels from 0 to 255", "class numbers for cross_entropy", "weights of a layer", "a mask")


@exercise
def strides(answer: object) -> str:
    """Judge the strides of a contiguous tensor of shape (4, 5, 6)."""
    found = _whole_numbers(answer)
    require(len(found) == 3, f"there are {len(found)} strides; a tensor has one for each axis, so 3 here.")
    right = torch.empty(STRIDE_SHAPE).stride()
    reject(
        found == STRIDE_SHAPE, "that is the shape itself: how many elements an axis has, not how far apart."
    )
    in_bytes = [tuple(size * stride for stride in right) for size in (2, 4, 8)]
    reject(found in in_bytes, f"all are {found[2]} times too large: these are bytes, not elements.")
    reject(
        found == tuple(reversed(right)),
        "the order is turned round: neighbours along the last axis are neighbours.",
    )
    reject(
        found == (4, 20, 120) or found == (1, 4, 20),
        "the products run from the wrong end: start at the last axis.",
    )
    require(found[2] == 1, "along the last axis, neighbours lie side by side in the storage.")
    require(
        found[1] == STRIDE_SHAPE[2], "one step along axis 1 passes over one whole row: how long is a row?"
    )
    require(found == right, "one step along axis 0 passes over one whole matrix: how many elements is that?")
    return "the strides are what torch reports for a tensor of this shape."


def _whole_numbers(answer: object) -> tuple[int, ...]:
    items = items_of(answer, f"the answer is {a_kind(answer)}; a tuple of numbers is expected.")
    return tuple(whole_number(value, f"stride {place}") for place, value in enumerate(items))


@exercise
def storage_place(answer: object) -> str:
    """Judge a function ``(index, stride, offset) -> place`` against views of a real storage."""
    compute = function(answer)
    for view in _views():
        _diagnose_places(*_places(compute, view), view)
    return "for contiguous, transposed and sliced tensors alike, the place holds the element."


def _places(compute: Callable[..., object], view: Tensor) -> tuple[Tensor, Tensor]:
    """Return all indices of a view, one a row, and the places that the answer gives them."""
    indices = list(np.ndindex(*view.shape))
    found = []
    for index in indices:
        given = f"index {index}, stride {view.stride()} and offset {view.storage_offset()}"
        place = call(compute, index, view.stride(), view.storage_offset(), given=given)
        found.append(whole_number(place, f"with {given}, the result"))
    return torch.tensor(indices).reshape(len(indices), -1), torch.tensor(found)


def _views() -> tuple[Tensor, ...]:
    base = torch.arange(24)
    block = base.view(2, 3, 4)
    return (
        base.view(4, 6),
        base.view(4, 6).T,
        base.view(4, 6)[1:, ::2],
        block.permute(2, 0, 1),
        block[1, 2, 3],
    )


def _diagnose_places(indices: Tensor, found: Tensor, view: Tensor) -> None:
    offset, size = int(view.storage_offset()), view.element_size()
    steps = indices * torch.tensor(view.stride(), dtype=torch.int64)
    without = steps.sum(1)
    right = offset + without
    if torch.equal(found, right):
        return
    given = f"with stride {view.stride()} and offset {offset}"
    usual = (
        (without, "all places are off by the offset: where does the view begin?"),
        (without - offset, "the offset is subtracted; the view begins that much later."),
        (without + offset * view.ndim, "the offset is added once for each axis; the view begins once."),
        (size * right, f"all are {size} times too large: bytes, not elements."),
        (offset + indices.sum(1), "each step counts as one: use the stride."),
        (offset + (indices * torch.tensor(view.stride()[::-1])).sum(1), "the strides are in another order."),
        *((right - step, "an axis is left out: there may be any number of them.") for step in steps.T),
    )
    for effect, diagnosis in usual:
        reject(torch.equal(found, effect), f"{given}, {diagnosis}")
    index = tuple(indices[(found != right).nonzero()[0, 0]].tolist())
    wrong(f"{given}, the place for index {index} holds another element.")


@exercise
def dtypes(answer: Any) -> str:
    """Judge the dtype chosen for each of four things to store."""
    require(isinstance(answer, Mapping), f"the answer is {a_kind(answer)}; a dict is expected.")
    for name in STORED:
        require(name in answer, f"no dtype is given for {name!r}.")
    chosen = {name: answer[name] for name in STORED}
    for name, kind in chosen.items():
        require(isinstance(kind, torch.dtype), f"{name}: {kind!r} is {a_kind(kind)}; write torch.<name>.")
    _diagnose_pixels(chosen[STORED[0]])
    _diagnose_targets(chosen[STORED[1]])
    _diagnose_weights(chosen[STORED[2]])
    _diagnose_mask(chosen[STORED[3]])
    return "each holds all its values, computes where it must, and wastes no byte."


def _diagnose_pixels(kind: torch.dtype) -> None:
    reject(kind == torch.int8, "pixels: int8 ends at 127, and 200 would become −56.")
    reject(kind == torch.bool, "pixels: bool has two values, a pixel has 256.")
    require(kind in WHOLE, "pixels: these are whole numbers, and one byte is enough for each.")
    require(torch.iinfo(kind).max >= 255, "pixels: 255 does not fit.")
    require(torch.iinfo(kind).bits == 8, "pixels: it fits, and wastes bytes; a smaller one holds 0 to 255.")


def _diagnose_targets(kind: torch.dtype) -> None:
    reject(
        kind == torch.int32,
        "class numbers: with int32 cross_entropy raises an error; read it again in What goes wrong.",
    )
    try:
        torch.nn.functional.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]).to(kind))
    except (RuntimeError, TypeError) as error:
        wrong(f"class numbers: cross_entropy refuses them: {error}")
    reject(
        kind == torch.uint8,
        "class numbers: accepted, but only up to 256 classes; which dtype is the usual one?",
    )


def _diagnose_weights(kind: torch.dtype) -> None:
    require(kind.is_floating_point, "weights: they need fractions and gradients, so a floating-point dtype.")
    reject(
        kind == torch.float64,
        "weights: twice the bytes of the usual dtype, and a layer of that one refuses float64 input.",
    )
    require(
        kind == torch.float32,
        "weights: half precision needs care in training, and less than half more; "
        "which dtype does a new nn.Linear have?",
    )


def _diagnose_mask(kind: torch.dtype) -> None:
    reject(
        kind == torch.uint8,
        "a mask: as an index, uint8 is deprecated in favour of another dtype of one byte.",
    )
    require(kind == torch.bool, "a mask: it says yes or no; there is a dtype for exactly that.")


@exercise
def to_int8(answer: object) -> str:
    """Judge a function that rounds a float tensor into int8 and saturates at its limits."""
    compute = function(answer)
    x = torch.tensor([-300.0, -128.6, -1.9, -0.4, 0.0, 0.9, 1.2, 126.7, 127.4, 200.0])
    given = "x = [-300, -128.6, -1.9, -0.4, 0, 0.9, 1.2, 126.7, 127.4, 200]"
    _diagnose_int8(_cast(compute, x, given), x)
    table, given = x.view(2, 5), "x of shape (2, 5)"
    _diagnose_int8(_cast(compute, table, given), table)
    return "fractions are rounded, and what does not fit stops at the limit."


def _cast(compute: Callable[..., object], x: Tensor, given: str) -> Tensor:
    kept = x.clone()
    result = call(compute, x, given=given)
    found = tensor(result, shape=x.shape, dtype=torch.int8, name=f"with {given}, the result")
    require(torch.equal(x, kept), "the function changes its input in place.")
    return found.int()


def _diagnose_int8(found: Tensor, x: Tensor) -> None:
    limits = torch.iinfo(torch.int8)
    inside = (x > limits.min) & (x < limits.max)
    reject(
        torch.equal(found, x.to(torch.int8).int()),
        "that is the plain cast: 1.9 becomes 1 and 200 becomes −56.",
    )
    reject(
        (found[x > limits.max] < 0).any(), "numbers above the limit wrap round to negative ones: clamp first."
    )
    reject(
        (found[x < limits.min] > 0).any(), "numbers below the limit wrap round to positive ones: clamp first."
    )
    usual = (
        (x.trunc(), "the cast cuts fractions off: 0.9 becomes 0; round first."),
        (x.floor(), "all are rounded downwards; the nearest is asked for."),
        (
            (x + 0.5).trunc(),
            "with 0.5 added and the fraction cut off, negative numbers come out one too high.",
        ),
        (
            (x * limits.max / x.abs().max()).round(),
            "the numbers are scaled; each that fits should stay as large as it is.",
        ),
    )
    for effect, diagnosis in usual:
        reject(torch.equal(found[inside], effect[inside].int()), diagnosis)
    nearest = torch.equal(found[inside], x[inside].round().int())
    require(nearest, "inside the range, some are not the nearest whole number.")
    ends = (found[x > limits.max] == limits.max).all() and (found[x < limits.min] == limits.min).all()
    require(ends, "the range stops before the limits of int8; torch.iinfo knows them.")


@exercise
def ready(answer: object) -> str:
    """Judge a function that turns any NumPy array into a float32 tensor with memory of its own."""
    compute = function(answer)
    for dtype in (np.float64, np.float32, np.int64):
        array = (np.arange(6).reshape(2, 3) * 1000.7).astype(dtype)
        kept = array.copy()
        given = f"an array of {array.dtype}"
        found = tensor(call(compute, array, given=given), shape=array.shape, name=f"with {given}, the result")
        require(np.array_equal(array, kept), f"with {given}, the array itself is changed.")
        _diagnose_ready(found, array, given)
    return "float64, float32 and int64 arrays all become float32 tensors that share nothing with them."


def _diagnose_ready(found: Tensor, array: np.ndarray, given: str) -> None:
    reject(
        found.dtype == torch.float64, f"with {given}, the dtype is inherited: float64 would break nn.Linear."
    )
    require(found.dtype == torch.float32, f"with {given}, the dtype is {found.dtype}, not float32.")
    require(torch.equal(found, torch.tensor(array).float()), f"with {given}, the values differ.")
    array[0, 0] = 99
    reject(
        found[0, 0] == 99,
        f"with {given}, the tensor shares the array's memory: where nothing is converted, nothing is copied.",
    )


@exercise
def own_stream(answer: object) -> str:
    """Judge a function ``(seed, shape) -> tensor`` that repeats itself and leaves global streams alone."""
    compute = function(answer)
    # Three draws, so that an answer cannot put a stream back by beginning it anew.
    torch.rand(1), np.random.rand(), random.random()
    before = stream_places()
    first, again, other = (_draw(compute, seed) for seed in (3, 3, 4))
    moved = [library for library, place in stream_places().items() if place != before[library]]
    require(
        torch.equal(first, again), "two calls with the same seed differ: seed the generator in every call."
    )
    reject(torch.equal(first, other), "two seeds give the same numbers: is the seed used?")
    reject(
        moved,
        f"the numbers repeat, but {'and '.join(moved)} global stream was moved: whoever draws next gets "
        "other numbers. Give the seed to a torch.Generator of your own.",
    )
    _diagnose_uniform(first)
    _draw(compute, 3, (5, 4, 3))
    return "same seed, same numbers; another seed, others; and nobody else's stream is touched."


def _draw(compute: Callable[..., object], seed: int, shape: tuple[int, ...] = (64, 3)) -> Tensor:
    given = f"seed {seed} and shape {shape}"
    found = tensor(call(compute, seed, shape, given=given), shape=shape, name=f"with {given}, the result")
    require(
        found.unique().numel() > prod(shape) // 2, f"with {given}, the numbers repeat: they are not random."
    )
    return found


def _diagnose_uniform(found: Tensor) -> None:
    within = found.min() >= 0 and found.max() < 1
    # About five standard errors of 192 uniform numbers.
    even = abs(found.mean() - 0.5) < 0.1 and abs(found.std() - 12**-0.5) < 0.05
    require(within and even, "the numbers are not uniform in [0, 1): torch.rand draws those.")
