"""Checks of chapter 4's exercises: Jacobians and Jacobian-vector products."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.func import grad, jacrev, vmap

from helpers.checks.clipping import diagnose_clipping
from helpers.checks.passes import CountedFunction, WatchMatrix
from helpers.checks.report import (
    call,
    choice,
    exercise,
    function,
    items_of,
    number,
    reject,
    require,
    same,
    shape_text,
    tensor,
    whole_number,
    wrong,
)
from helpers.checks.watch import WatchCalls

#: Calls that ask torch for derivatives, in reverse and in forward mode.
AUTOGRAD = ("backward", "grad", "_make_dual", "make_dual")


@exercise
def shapes(jacobian: object, v_of_jvp: object, v_of_vjp: object) -> str:
    """Judge three shapes for a function from a tensor of shape (4,) to one of shape (2, 3)."""
    source, target = (4,), (2, 3)
    whole, forward, reverse = (
        _shape(*named)
        for named in (
            (jacobian, "the Jacobian's shape"),
            (v_of_jvp, "the shape of jvp's v"),
            (v_of_vjp, "the shape of vjp's v"),
        )
    )
    reject(
        whole == (*source, *target),
        "the Jacobian has its two halves swapped: outputs are rows, so they come first.",
    )
    reject(whole == (6, 4), "that flattens the output; jacrev keeps each axis of it.")
    require(whole == (*target, *source), "the Jacobian has an axis for each of the output's and the input's.")
    reject(
        forward == target and reverse == source,
        "the two v are swapped: where does a forward pass begin, and where a reverse one?",
    )
    require(forward == source, "jvp's v is a direction in which the input moves.")
    require(reverse == target, "vjp's v holds a weight for each output.")
    return "the Jacobian joins both shapes, and each v has the shape of the side where its pass begins."


def _shape(value: object, name: str) -> tuple[int, ...]:
    sizes = items_of(value, f"{name} must be a tuple; one axis of size 4 is written (4,).")
    return tuple(whole_number(size, f"a size in {name}") for size in sizes)


@exercise
def jacobian_by_hand(answer: object) -> str:
    """Judge a function ``x -> J`` for (x1^2 x2, sin x2, x1 + 4 x2) against jacrev, at three points."""
    compute = function(answer)
    for place in ((2.0, 5.0), (-1.0, 0.5), (0.3, -2.0)):
        x, given = torch.tensor(place), f"x = {place}"
        with WatchCalls() as watch:
            found = tensor(call(compute, x.clone(), given=given), name="the Jacobian")
        reject(
            watch.first_of(AUTOGRAD), "the function asks torch for the derivatives; write them as formulas."
        )
        expected = jacrev(_three_outputs)(x)
        reject(
            tuple(found.shape) == (2, 3),
            "the shape is (2, 3): a row for each output is expected, a column for each input.",
        )
        require(
            tuple(found.shape) == (3, 2), f"the Jacobian has shape {shape_text(found)}; it is no 3 x 2 table."
        )
        _diagnose_entries(found, expected, x, given)
    return "all six entries are what jacrev finds, at three points."


def _three_outputs(x: Tensor) -> Tensor:
    return torch.stack([x[0] ** 2 * x[1], x[1].sin(), x[0] + 4 * x[1]])


def _diagnose_entries(found: Tensor, expected: Tensor, x: Tensor, given: str) -> None:
    if same(found, expected, rtol=1e-4, atol=1e-5):
        return
    reject(same(found[1, 1], -x[1].cos()), f"with {given}: the sine's derivative has the wrong sign.")
    reject(same(found[1, 1], x[1].sin()), f"with {given}: the sine is not differentiated.")
    reject(same(found[0, 0], x[0] * x[1]), f"with {given}: the factor 2 of the square is missing.")
    reject(
        same(found.flip(1), expected, rtol=1e-4, atol=1e-5),
        "the columns are swapped: the first one belongs to the first input.",
    )
    right = torch.isclose(found.double(), expected.double(), rtol=1e-4, atol=1e-5)
    row, column = (~right).nonzero()[0].tolist()
    wrong(
        f"with {given}: the derivative of output {row + 1} by input {column + 1} is not right, "
        f"and {int(right.sum())} of 6 entries are."
    )


@exercise
def jacobian_by_rows(answer: object) -> str:
    """Judge a function ``(f, x) -> J`` by its result and by how often it goes back."""
    build = function(answer)
    for f, n, m in ((_three_outputs, 2, 3), (_two_outputs, 4, 2), (torch.sin, 3, 3)):
        x, counted = torch.linspace(0.5, 2, n), CountedFunction(f)
        given = f"{n} inputs and {m} outputs"
        found = tensor(call(build, counted, x.clone(), given=given), name="the Jacobian")
        _diagnose_rows(found, jacrev(f)(x), given)
        _diagnose_passes(counted, m, given)
    return "for 2 to 4 inputs and 2 or 3 outputs, the rows are those of jacrev."


def _diagnose_passes(counted: CountedFunction, m: int, given: str) -> None:
    reject(counted.transformed, f"with {given}: that leaves the work to torch.func; build it without.")
    require(counted.passes, f"with {given}: the numbers are right, and no reverse pass was made for them.")
    # One pass for all rows: autograd.grad takes a batch of v, if told so.
    require(
        counted.passes <= m,
        f"with {given}: {counted.passes} reverse passes for {m} outputs; one pass gives a whole row.",
    )


def _two_outputs(x: Tensor) -> Tensor:
    return torch.stack([x.prod(), (x * x).sum()])


def _diagnose_rows(found: Tensor, expected: Tensor, given: str) -> None:
    if same(found, expected, rtol=1e-4):
        return
    reject(
        same(found, expected.sum(dim=0), rtol=1e-4),
        f"with {given}: that is the gradient of the sum of all outputs; each output has a row of its own.",
    )
    reject(
        same(found, expected.cumsum(dim=0), rtol=1e-4),
        f"with {given}: each row also holds the rows above it: .grad was not emptied.",
    )
    last = expected.sum(dim=0).expand_as(expected)
    reject(
        same(found, last, rtol=1e-4),
        f"with {given}: all rows are the same tensor, .grad, at its last value: copy it, and empty it.",
    )
    reject(
        same(found, expected[-1].expand_as(expected), rtol=1e-4),
        f"with {given}: every row is the last one: .grad is emptied in place, so copy it first.",
    )
    reject(
        found.shape == expected.T.shape and same(found, expected.T, rtol=1e-4),
        f"with {given}: the matrix is transposed: outputs are rows.",
    )
    require(
        found.shape == expected.shape,
        f"with {given}: the shape is {shape_text(found)}; a row for each output is expected, "
        "a column for each input.",
    )
    wrong(f"with {given}: the shape is right, and the entries are not.")


@exercise
def cheaper_mode(answer: object) -> str:
    """Judge a function ``(input_shape, output_shape) -> (mode, passes)`` on five functions."""
    choose = function(answer)
    for source, target in (((3,), (1000,)), ((784,), ()), ((3, 32, 32), (10,)), ((), (2, 5)), ((4,), (4,))):
        n, m = math.prod(source), math.prod(target)
        given = f"input shape {source} and output shape {target}"
        mode, passes = _mode_and_passes(call(choose, source, target, given=given), given)
        _diagnose_mode(mode, passes, n, m, given)
    return "few inputs go forward, few outputs go back, and every element of a shape counts."


def _mode_and_passes(result: Any, given: str) -> tuple[str, int]:
    pair = isinstance(result, (tuple, list)) and len(result) == 2
    require(pair, f"with {given}: a pair (mode, passes) is expected.")
    reject(isinstance(result[1], str), f"with {given}: the mode comes first, then the number of passes.")
    mode = choice(result[0], ("forward", "reverse"), f"with {given}: the mode")
    return mode, whole_number(result[1], f"with {given}: the number of passes")


def _diagnose_mode(mode: str, passes: int, n: int, m: int, given: str) -> None:
    if n == m:
        require(mode == "reverse", f"with {given}: this is a tie, for which reverse was asked.")
    cheaper = "forward" if n < m else "reverse"
    reject(mode != cheaper, f"with {given}: the other mode needs fewer passes.")
    reject(passes == max(n, m) != min(n, m), f"with {given}: the mode is right, but that counts the other's.")
    reject(passes == 0, f"with {given}: at least one pass is needed; a scalar, of shape (), is one number.")
    require(
        passes == min(n, m),
        f"with {given}: the mode is right, the count is not: how many elements are there?",
    )


@exercise
def clipped_gradient(answer: object) -> str:
    """Judge a function ``(loss, w, X, y, limit) -> gradient`` on batches of several sizes."""
    compute = function(answer)
    for size, limit in itertools.product((6, 1, 4), (1.0, 1e6)):
        X, y, w = _samples(size)
        given = f"{size} sample{'s' * (size > 1)} and limit {limit:g}"
        result = call(compute, _squared_error, w.clone(), X.clone(), y.clone(), limit, given=given)
        found = tensor(result, name="the gradient")
        each = vmap(grad(_squared_error), in_dims=(None, 0, 0))(w, X, y)
        diagnose_clipping(found, each, limit, given)
    return "long gradients are shortened one by one, short ones left alone, and the mean is taken last."


def _samples(size: int) -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(size)
    X = torch.randn(size, 3, generator=generator) * torch.linspace(0.2, 2, size)[:, None]
    return X, torch.randn(size, generator=generator), torch.tensor([0.5, -0.5, 1.0])


def _squared_error(w: Tensor, x: Tensor, y: Tensor) -> Tensor:
    return (x @ w - y) ** 2


@exercise
def curvature(answer: object) -> str:
    """Judge a function ``(g, x, v) -> v' H v`` on three scalar functions."""
    compute = function(answer)
    for g, name in ((_cubic, "g = x1^2 x2 + x2^3"), (_wave, "g = sin(x1 x2)"), (_bowl, "a quadratic bowl")):
        for x, v in (([2.0, 5.0], [1.0, -2.0]), ([0.5, 1.0], [2.0, 0.5])):
            given = f"{name}, x = {x}, v = {v}"
            x, v = torch.tensor(x), torch.tensor(v)
            with WatchMatrix(jacrev(jacrev(g))(x)) as watch:
                result = call(compute, g, x.clone(), v.clone(), given=given)
            _diagnose_curvature(result, g, x, v, given)
            reject(
                watch.seen, f"with {given}: the number is right, but the whole matrix H was formed for it."
            )
    return "for three functions and two directions it is what the whole Hessian gives."


def _cubic(x: Tensor) -> Tensor:
    return x[0] ** 2 * x[1] + x[1] ** 3


def _wave(x: Tensor) -> Tensor:
    return (x[0] * x[1]).sin()


def _bowl(x: Tensor) -> Tensor:
    return 1.5 * x[0] ** 2 + x[0] * x[1] + 0.5 * x[1] ** 2


def _diagnose_curvature(
    result: object, g: Callable[[Tensor], Tensor], x: Tensor, v: Tensor, given: str
) -> None:
    H, gradient = jacrev(jacrev(g))(x), jacrev(g)(x)
    if isinstance(result, Tensor) and result.shape == x.shape:
        reject(
            same(result, H @ v, rtol=1e-4), f"with {given}: that is Hv, a vector; multiply by v once more."
        )
        reject(same(result, H @ v * v, rtol=1e-4), f"with {given}: the products are not yet added up.")
    found = number(result, "the curvature")
    if math.isclose(found, float(v @ H @ v), rel_tol=1e-3, abs_tol=1e-4):
        return
    usual = (
        (v @ gradient, "that is the slope along v, the first derivative; the second one is asked for."),
        (v @ (H.diag() * v), "only the diagonal of the Hessian is in it; the mixed derivatives are missing."),
        ((H @ v).sum(), "that is the sum of Hv; take its dot product with v."),
        ((H @ v).norm(), "that is the length of Hv; take its dot product with v."),
        (v @ H @ v / (v @ v), "that is divided by the square of v's length, which was not asked for."),
        (v @ H @ v / 2, "exactly half: that is the term of a Taylor series."),
        (-v @ H @ v, "the sign is turned."),
    )
    for effect, diagnosis in usual:
        reject(math.isclose(found, float(effect), rel_tol=1e-3), f"with {given}: {diagnosis}")
    wrong(f"with {given}: that is not what the whole Hessian gives.")
