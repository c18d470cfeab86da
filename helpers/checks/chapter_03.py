"""Checks of chapter 3's exercises: automatic differentiation."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from helpers.checks.report import (
    a_kind,
    call,
    exercise,
    function,
    number,
    reject,
    require,
    same,
    tensor,
    wrong,
)
from helpers.checks.usual import reject_usual
from helpers.checks.watch import WatchCalls

#: calls that ask autograd for a gradient
AUTOGRAD = ("backward", "grad", "jacobian", "vjp")


@exercise
def accumulated(answer: object) -> str:
    """Judge what three backward passes leave in ``w.grad``: w² and 5w at 3, then w² at 2."""
    total = number(answer)
    at_start, line, moved = 2 * 3, 5, 2 * 2
    reject(total == moved, "that is the last gradient alone; nothing emptied .grad before it.")
    reject(total == at_start + line, "that is .grad before the last call, which adds to it as well.")
    reject(
        total == 2 * at_start + line,
        "the last graph is made after w was changed, so its derivative is taken at the new w.",
    )
    reject(total == at_start + line + moved - 1, "w -= 1 changes w, and leaves .grad alone.")
    reject(total == moved + line or total == at_start + moved, "one of the three gradients is missing.")
    reject(total == 9 + 15 + 4, "these are the values of the formulas; .grad holds derivatives.")
    require(
        total == at_start + line + moved, "each call adds the derivative of its formula, at the w of then."
    )
    return "three calls, three derivatives, each at the w of its time, and all of them added."


@exercise
def gradient_by_hand(answer: object) -> str:
    """Judge a function ``(w, x, y) -> dL/dw`` of L = (tanh(w x) - y)² + w² against autograd."""
    compute = function(answer)
    for w, x, y in ((0.6, 1.5, 0.2), (-1.0, 0.4, 2.0), (0.3, -2.0, -0.5), (0.0, 1.0, 0.7)):
        given = f"w={w}, x={x}, y={y}"
        with WatchCalls() as watch:
            found = number(call(compute, w, x, y, given=given), f"with {given}, the result")
        reject(watch.first_of(AUTOGRAD), f"with {given}: write the gradient as a formula, without autograd.")
        _diagnose_by_hand(found, w, x, y, given)
    return "at four places it is what autograd finds."


def _diagnose_by_hand(found: float, w: float, x: float, y: float, given: str) -> None:
    t = math.tanh(w * x)
    error, slope, penalty = t - y, 1 - t * t, 2 * w
    if same(found, 2 * error * slope * x + penalty):
        return
    usual = (
        (
            2 * error * slope * x,
            "the second use of w, in w², is missing: where paths meet, gradients add up.",
        ),
        (2 * error * slope + penalty, "the last link of the chain is missing: the derivative of w x by w."),
        (2 * error * slope * w + penalty, "the derivative of w x by w is x, not w."),
        (2 * error * x + penalty, "the derivative of tanh is missing from the chain."),
        (error * slope * x + penalty, "the square of the error has a derivative with a factor 2."),
        (2 * error * slope * x + w, "the derivative of w² is not w."),
        (2 * error * slope * x + w * w, "w² itself is added, not its derivative."),
        (2 * error * slope * x + 2, "the derivative of w² is 2 w, not 2."),
        (2 * error * t * x + penalty, "the derivative of tanh u is 1 - tanh² u, not tanh itself."),
        (2 * error * (1 - t) * x + penalty, "in the derivative of tanh, tanh is not squared."),
        (error**2 + w * w, "this is the value of L, not its derivative."),
        (-2 * error * slope * x + penalty, "the error has the wrong sign: it is tanh(w x) - y."),
        (
            2 * error * (1 - (w * x) ** 2) * x + penalty,
            "the derivative of tanh u is 1 - tanh² u, not 1 - u².",
        ),
        (2 * error * slope * x * penalty, "along a path we multiply, but these are two paths: add them."),
    )
    reject_usual(found, usual, given)
    wrong(f"with {given}: this is not what autograd finds.")


@exercise
def backward_in_parts(answer: object) -> str:
    """Judge a function ``(w, X, y, size)`` that collects the gradient of the whole mean in ``w.grad``."""
    run = function(answer)
    for count, size in ((12, 3), (12, 12), (10, 4), (7, 3)):
        given = f"{count} samples in parts of {size}"
        X, y = _samples(count)
        w, calls, kept = torch.tensor(0.5, requires_grad=True), [], (X.clone(), y.clone())
        w.register_hook(calls.append)
        found = tensor(call(run, w, X, y, size, given=given), (), name=f"with {given}, the result")
        unchanged = torch.equal(X, kept[0]) and torch.equal(y, kept[1])
        require(unchanged, f"with {given}: X or y was changed.")
        if w.grad is None:
            wrong(f"with {given}: w.grad is None. Is backward() called on each part?")
        require(w.item() == 0.5, f"with {given}: w itself was changed.")
        require(same(found, w.grad), f"with {given}: w.grad is expected as the result.")
        _diagnose_parts(w.grad, X, y, size, given)
        require(
            len(calls) >= math.ceil(count / size),
            f"with {given}: the gradient is right, but it came in fewer calls than there are parts. "
            "Then more than one part is in memory at once; call backward() for each.",
        )
    return "equal parts, a short last part and a single part all leave the gradient of the whole mean."


def _samples(count: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(count)
    return torch.randn(count, generator=generator), torch.randn(count, generator=generator)


def _diagnose_parts(found: Tensor, X: Tensor, y: Tensor, size: int, given: str) -> None:
    each = 2 * (0.5 * X - y) * X
    parts = torch.arange(len(X)).split(size)
    means = torch.stack([each[part].mean() for part in parts])
    if same(found, each.mean(), rtol=1e-4):
        return
    usual = (
        (means.sum(), "a sum of means: it is as many times too large as there are parts."),
        (means.mean(), "every part has the same weight, but the last one is shorter: weigh it by its size."),
        (each.sum(), "the sum over all samples, where the loss takes the mean."),
        (means[-1], "only the last part is in it: is .grad emptied between the parts?"),
        (means[0], "only the first part is in it."),
        (
            means.sum() * size / len(X),
            "each part is weighed as if it had `size` samples; the last one may have fewer.",
        ),
        (means.sum() / size, "divided by the size of a part; what counts is its share of all samples."),
    )
    reject_usual(found, usual, given, rtol=1e-4)
    wrong(f"with {given}: w.grad is not the gradient of the mean over all samples.")


@exercise
def gradient_in_between(answer: object) -> str:
    """Judge a function ``(first, second, w) -> d second / d first(w)`` that touches no ``.grad``."""
    compute = function(answer)
    cases = (
        ("first w * 3, second h * h, w = 3", lambda w: w * 3, lambda h: h * h, torch.tensor(3.0)),
        (
            "first w.exp(), second h.sum(), w of 3 numbers",
            torch.exp,
            torch.sum,
            torch.tensor([0.0, 1.0, 2.0]),
        ),
        (
            "first w[:2], second h.prod(), w of 3 numbers",
            lambda w: w[:2],
            torch.prod,
            torch.tensor([2.0, 3.0, 4.0]),
        ),
    )
    for given, first, second, start in cases:
        w = start.clone().requires_grad_()
        w.grad = torch.full_like(w, 7)
        found = call(compute, first, second, w, given=given)
        reject(
            isinstance(found, (tuple, list)),
            f"with {given}: {a_kind(found)} is returned; autograd.grad gives one entry per input.",
        )
        require(torch.equal(w, start), f"with {given}: w itself was changed.")
        _diagnose_between(tensor(found), first, second, w, given)
    return "the gradient by the value in between, for three pairs of functions, and no .grad was touched."


def _diagnose_between(found: Tensor, first: Callable, second: Callable, w: Tensor, given: str) -> None:
    h = first(w)
    by_h, by_w = torch.autograd.grad(second(h), [h, w])
    if found.shape == by_h.shape and same(found, by_h):
        untouched = w.grad is not None and bool((w.grad == 7).all())
        require(untouched, f"with {given}: w.grad was changed on the way; leave it as it was.")
        return
    reject(
        found.shape == by_w.shape and same(found, by_w),
        f"with {given}: that is the gradient by w, not by first(w).",
    )
    reject(
        found.shape == h.shape and same(found, h),
        f"with {given}: that is the value first(w), not a gradient.",
    )
    require(
        found.shape == by_h.shape, f"with {given}: a gradient has the shape of what it is taken by, first(w)."
    )
    wrong(f"with {given}: this is not the gradient of the result by first(w).")


@exercise
def sigmoid(answer: object, value_class: object) -> str:
    """Judge a function of the chapter's ``Value`` against ``torch.sigmoid``, value and gradient."""
    compute = function(answer)
    make: Any = function(value_class, "Value")
    for start in (0.3, -2.0, 0.0, 4.0):
        a = make(start)
        given = f"a = Value({start})"
        result = call(compute, a, given=given)
        require(isinstance(result, make), f"with {given}: a Value is expected, with its parents.")
        require(a.data == start, f"with {given}: a itself was changed.")
        leaf = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        expected = torch.sigmoid(leaf)
        value = number(result.data, f"with {given}, a Value is returned, but its .data")
        require(same(value, expected), f"with {given}: the number is not 1 / (1 + exp(-a)).")
        # Inside a formula, so that the incoming gradient is not 1, and a is used twice.
        call(lambda result=result, a=a: (result * 3 + a * 0.5).backward() or True, given=given)
        (slope,) = torch.autograd.grad(expected * 3 + leaf * 0.5, leaf)
        gradient = number(a.grad, f"with {given}, a.grad")
        _diagnose_sigmoid(gradient, slope.item(), expected.item(), given)
    return "value and gradient are those of torch.sigmoid, also inside a larger formula."


def _diagnose_sigmoid(found: float, expected: float, s: float, given: str) -> None:
    if same(found, expected):
        return
    usual = (
        (0.5, "no gradient passes through it: are the parents given to the new Value?"),
        (3 * s + 0.5, "the local derivative is the value itself; that is the rule of exp."),
        (3 * (1 - s * s) + 0.5, "that local derivative is the one of tanh."),
        (3 * 1.0 + 0.5, "the local derivative is 1, as for a sum."),
        (-3 * s * (1 - s) + 0.5, "the local derivative has the wrong sign."),
        (3 * (1 - s) + 0.5, "a factor is missing in the local derivative."),
    )
    reject_usual(found, usual, given)
    wrong(f"with {given}: the number is right, the gradient is not.")


@exercise
def numerical_gradient(answer: object) -> str:
    """Judge a function ``(function, v) -> gradient`` by central differences against autograd."""
    compute = function(answer)
    cases = (
        ("v of shape (4,) and (v ** 2).sum()", lambda v: (v**2).sum(), torch.tensor([1.0, -2.0, 0.5, 3.0])),
        ("v of shape (3,) and (v ** 3).sum()", lambda v: (v**3).sum(), torch.tensor([1.0, -2.0, 0.5])),
        (
            "v of shape (2, 2) and v.exp().prod()",
            lambda v: v.exp().prod(),
            torch.tensor([[0.1, 0.2], [0.3, -0.4]]),
        ),
        ("v a single number and v.sin()", torch.sin, torch.tensor(0.7)),
    )
    for given, formula, start in cases:
        v = start.double()
        before = v.clone()
        with WatchCalls() as watch:
            found = call(compute, formula, v, given=given)
        reject(watch.first_of(AUTOGRAD), f"with {given}: the function takes the gradient from autograd.")
        # Nudged in place and back, v may be off by its last digit.
        require(torch.allclose(v, before, rtol=1e-12), f"with {given}: v was changed and not put back.")
        _diagnose_numerical(tensor(found, name=f"with {given}, the result"), formula, before, given)
    return "four functions, three shapes: what nudging finds is what autograd finds."


def _diagnose_numerical(found: Tensor, formula: Callable, v: Tensor, given: str) -> None:
    leaf = v.clone().requires_grad_()
    (exact,), h = torch.autograd.grad(formula(leaf), leaf), 1e-5
    require(
        found.shape == exact.shape,
        f"with {given}: one entry for each element of v is expected, in its shape.",
    )
    if torch.allclose(found.double(), exact, rtol=1e-7, atol=1e-8):
        return
    usual = (
        (2 * exact, "twice too large. The two nudged places are 2 h apart."),
        (exact / 2, "half of it: a one-sided difference is divided by h, not 2 h."),
        (exact * 2 * h, "the difference is not divided by the nudge."),
        (exact * h, "the difference is not divided by the nudge."),
        (exact.sum().expand_as(exact), "all elements are nudged at once; one at a time is needed."),
        (-exact, "the sign is turned."),
    )
    reject_usual(found, usual, given, rtol=1e-3, atol=1e-12)
    reject(same(found, exact, rtol=0.02), f"with {given}: nearly. {_why_nearly(found.double() - exact)}")
    wrong(f"with {given}: this is not the gradient.")


def _why_nearly(off: Tensor) -> str:
    """Explain small errors. Those of v² come first: there a two-sided difference has none but rounding."""
    if off.shape == (4,) and off.max() - off.min() < 0.1 * off.abs().max():
        return "A one-sided difference is off by about h; nudge to both sides."
    if off.shape == (4,):
        return "The nudge is too small, and rounding shows; leave h as it is given."
    return "The nudge is too large; leave h as it is given."
