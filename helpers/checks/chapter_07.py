"""Checks of chapter 7's exercises: gradient descent by hand."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from helpers import descent
from helpers.checks.descents import Walk, diagnose_walk, samples
from helpers.checks.report import (
    WrongAnswerError,
    call,
    exercise,
    function,
    number,
    reject,
    require,
    same,
    truth,
    wrong,
)
from helpers.checks.usual import reject_usual, two_numbers

X5, Y5 = [1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 7.0, 9.0, 11.0, 13.0]


def in_float64(check: Callable[..., str]) -> Callable[..., str]:
    """Judge with float64 as the default dtype: chapter 7 makes it that, and its exercises rely on it."""

    @functools.wraps(check)
    def judging(*answers: object) -> str:
        before = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64)
        try:
            return check(*answers)
        finally:
            torch.set_default_dtype(before)

    return judging


@exercise
@in_float64
def one_update(w_answer: object, b_answer: object) -> str:
    """Judge w and b after one update on the points (1, 2), (3, 4) from (0, 0) with lr 0.1, on the mean."""
    x, y, lr = torch.tensor([1.0, 3.0]), torch.tensor([2.0, 4.0]), 0.1
    found = torch.tensor([number(w_answer, "w_new"), number(b_answer, "b_new")], dtype=torch.float64)
    expected = -lr * descent.gradient(x, y, 0.0, 0.0)
    if not same(found, expected, rtol=1e-3):
        turn = -lr * descent.gradient(x, y, float(expected[0]), 0.0)
        reject(
            same(found, torch.stack([expected[0], turn[1]]), rtol=1e-3),
            "b is updated with the new w already; take both derivatives first.",
        )
        _diagnose_update(found, expected, -lr * descent.sample_gradients(x, y, 0.0, 0.0), lr)
    return "both derivatives are taken at (0, 0), averaged over the points, and gone against."


def _diagnose_update(found: Tensor, expected: Tensor, each: Tensor, lr: float) -> None:
    usual = (
        (torch.zeros(2), "w and b are where they started."),
        (expected.flip(0), "the two are swapped: w comes first."),
        (expected[[1, 1]], "w moves as far as b: the factor x is missing in its derivative."),
        (expected / 2, "half of the step: the derivative of a square has a factor 2."),
        (2 * expected, "with two points, twice the step: a sum where the loss takes the mean."),
        (-expected, "the step goes up: subtract the gradient, and mind that the errors are negative."),
        (expected / -lr, "that is the gradient; the update subtracts lr times it."),
        (expected / lr, "the learning rate is missing."),
        (each[0], "only the first point was used; the mean asks both."),
        (each[1], "only the second point was used; the mean asks both."),
    )
    for effect, diagnosis in usual:
        reject(same(found, effect, rtol=1e-3), diagnosis)
    reject(same(found[0], expected[0], rtol=1e-3), "w is right, b is not.")
    reject(same(found[1], expected[1], rtol=1e-3), "b is right, w is not.")
    wrong("neither w nor b is right: make the table of errors first, then 2 e x and 2 e.")


def _exp(w: float | Tensor) -> float | Tensor:
    return w.exp() if isinstance(w, Tensor) else np.exp(w)


def _cos(w: float | Tensor) -> float | Tensor:
    return w.cos() if isinstance(w, Tensor) else np.cos(w)


Curve = Callable[[Any], Any]

#: Name -> function, place, slope. Between them: rising, falling, flat, curved and not symmetric.
#: As the chapter's own losses they take numbers, arrays and tensors.
CURVES: dict[str, tuple[Curve, float, float]] = {
    "f(w) = 11 (w - 2)^2 at w = 0": (lambda w: 11 * (w - 2) ** 2, 0.0, -44.0),
    "f(w) = w^3 at w = 1": (lambda w: w**3, 1.0, 3.0),
    "f(w) = exp(w) at w = 0.5": (_exp, 0.5, math.exp(0.5)),
    "f(w) = 7 at w = 3": (lambda w: 7.0 + 0 * w, 3.0, 0.0),
}


@exercise
@in_float64
def slope_by_nudging(answer: object) -> str:
    """Judge a function ``(f, w, h) -> slope`` on four curves, with steps that tell formulas apart."""
    slope = function(answer)
    for name, (f, w, expected) in CURVES.items():
        given = f"{name}, h = 0.01"
        found = number(call(slope, f, w, 0.01, given=given), f"with {given}, the slope")
        _diagnose_slope(found, f, w, 0.01, given)
        near = abs(found - expected) < 1e-3 * max(1.0, abs(expected))
        require(near, f"with {given}: that is not the slope.")
    # Nudging exp by 0.5 is off by 4 %: what is not off has not nudged by h.
    given = "f(w) = exp(w) at w = 0.5, h = 0.5"
    found = number(call(slope, _exp, 0.5, 0.5, given=given), f"with {given}, the slope")
    exact = same(found, math.exp(0.5), rtol=1e-4)
    reject(exact, f"with {given}: the slope without any error; so w was not nudged by the h that is given.")
    return "on four curves the slope is right, up to the square of h."


def _diagnose_slope(found: float, f: Curve, w: float, h: float, given: str) -> None:
    after, before = f(w + h), f(w - h)
    rise = after - before
    if same(found, rise / (2 * h), rtol=1e-6):
        return
    usual = (
        (-rise / (2 * h), "the sign is turned: f(w + h) comes first."),
        (rise / h, "twice the slope: between w - h and w + h lie two steps of h."),
        (rise / 2, "a difference, not yet a slope: divide by the width 2 h."),
        (rise, "a difference, not yet a slope: divide by the width 2 h."),
        ((after - f(w)) / h, "nudged to one side only: the error is far larger than with both sides."),
        ((f(w) - before) / h, "nudged to one side only: the error is far larger than with both sides."),
        (rise * h / 2, "multiplied by h where the width divides."),
        (rise / 2 * h, "multiplied by h: put brackets around the width 2 h."),
        (after - before / (2 * h), "put brackets around the difference: only its second part is divided."),
        (after - before / 2 * h, "put brackets around the difference and around the width 2 h."),
        ((after + before) / (2 * h), "a sum of both heights; the slope needs their difference."),
        (1.0, "that is the slope of w itself: the heights f(w + h) and f(w - h) are asked."),
    )
    reject_usual(found, usual, given, rtol=1e-6)


#: Number of points, start, learning rate, number of updates: between them, all differ.
WALKS = (
    (5, (1.0, 0.5), 0.01, 1),
    (5, (1.0, 0.5), 0.01, 3),
    (3, (-2.0, 1.5), 0.03, 7),
    (8, (0.5, -1.0), 0.02, 2),
)


@exercise
@in_float64
def descend(answer: object) -> str:
    """Judge a function ``(x, y, w, b, lr, num_steps) -> (w, b)`` against the path that torch takes."""
    descent_of = function(answer)
    for count, start, lr, num_steps in WALKS:
        x, y = samples(count)
        walk = Walk(x, y, start, lr, [range(count)] * num_steps)
        plural = "s" * (num_steps > 1)
        given = f"{count} points, start ({start[0]:g}, {start[1]:g}), lr = {lr:g}, {num_steps} update{plural}"
        result = call(descent_of, x.clone(), y.clone(), *start, lr, num_steps, given=given)
        end = two_numbers(result, given)
        right = diagnose_walk(end, walk, _mistaken_walks(walk), given)
        require(right, f"with {given}: w and b end elsewhere than torch's own descent.")
    return "one and many updates, with few and more points, end where torch's own descent ends."


def _mistaken_walks(walk: Walk) -> list[tuple[Walk, str]]:
    """Return walks that make another number of updates, or make them with other points."""
    count, num_steps, everything = len(walk.X), len(walk.batches), walk.batches[0]
    plans = [
        ([everything], "that is one update."),
        (walk.batches[1:], "that is one update too few."),
        ([*walk.batches, everything], "that is one too many."),
        ([[i] for i in everything] * num_steps, "each update takes one point; the mean of all is asked."),
        ([[i % count] for i in range(num_steps)], "each update takes one point; the mean of all is asked."),
    ]
    mistaken = [(replace(walk, batches=plan), diagnosis) for plan, diagnosis in plans if plan]
    chapter = replace(walk, X=torch.tensor(X5), y=torch.tensor(Y5), batches=[range(5)] * num_steps)
    return [*mistaken, (chapter, "that walk is one over the chapter's five points; use the x and y given.")]


#: Name -> loss, place of its minimum, curvature there.
LOSSES: dict[str, tuple[Curve, float, float]] = {
    "f(w) = 11 (w - 2)^2": (lambda w: 11 * (w - 2) ** 2, 2.0, 22.0),
    "f(w) = 3 - cos(w)": (lambda w: 3 - _cos(w), 0.0, 1.0),
    "f(w) = 6 w (w - 1.5) (w - 4), integrated": (
        lambda w: 1.5 * w**4 - 11 * w**3 + 18 * w**2 + 40,
        4.0,
        60.0,
    ),
}


@exercise
@in_float64
def lr_limit(answer: object) -> str:
    """Judge a function ``(f, w) -> lr`` on three losses with different curvatures."""
    limit = function(answer)
    for name, (f, w, curvature) in LOSSES.items():
        given = f"{name} and its minimum w = {w:g}"
        flat = f"with {given}: at a minimum the slope is 0; the slope of the slope is asked."
        lr = _limit_found(limit, f, w, given, flat)
        reject(abs(lr) > 1e3, flat)
        _diagnose_limit(lr, curvature, given)
    return "on three losses your learning rate is the edge between settling and running away."


def _limit_found(limit: Callable[..., object], f: Curve, w: float, given: str, flat: str) -> float:
    try:
        result = call(limit, f, w, given=given)
    except WrongAnswerError as raised:
        reject(isinstance(raised.__context__, ZeroDivisionError), flat)
        raise
    return number(result, f"with {given}, the learning rate")


def _diagnose_limit(lr: float, curvature: float, given: str) -> None:
    reject(lr <= 0, f"with {given}: a learning rate is positive, this one is not.")
    if same(lr, 2 / curvature, rtol=2e-2):
        return
    usual = (
        (1 / curvature, "that one lands in one step; twice as far still settles."),
        (curvature, "that is the curvature; the limit is 2 divided by it."),
        (2 * curvature, "multiplied by the curvature where it divides."),
        (curvature / 2, "upside down: steeper losses need smaller rates."),
    )
    reject_usual(lr, usual, given, rtol=2e-2)
    require(lr > 2 / curvature, f"with {given}: too cautious, a larger rate still settles.")
    wrong(f"with {given}: too large, a descent runs away a little below it.")


Surface = Callable[[float, float], float]


def _of_errors(
    error: Callable[[float, float, float, float], float], combine: Callable[..., float]
) -> Surface:
    return lambda w, b: combine([error(w, b, x, y) for x, y in zip(X5, Y5, strict=True)])


def _mean_of_squares(errors: list[float]) -> float:
    return sum(error**2 for error in errors) / len(errors)


def _error(w: float, b: float, x: float, y: float) -> float:
    return w * x + b - y


#: What a test must tell apart: a surface, whether it is the true one, and what a wrong verdict means.
SURFACES: tuple[tuple[Surface, bool, str], ...] = (
    (_of_errors(_error, _mean_of_squares), True, "the true landscape is turned down."),
    (
        _of_errors(lambda w, b, x, y: y - w * x + b, _mean_of_squares),
        False,
        "the copied surface, with the wrong sign of b, passes.",
    ),
    (
        _of_errors(lambda w, b, x, y: y + w * x - b, _mean_of_squares),
        False,
        "a surface with the wrong sign of w passes.",
    ),
    (
        _of_errors(_error, lambda errors: sum(error**2 for error in errors)),
        False,
        "the sum of the squares passes; its minimum is right, and its height is not.",
    ),
    (
        _of_errors(_error, lambda errors: sum(map(abs, errors)) / len(errors)),
        False,
        "the mean of the absolute errors passes; its minimum is right, its height and slope are not.",
    ),
    (
        _of_errors(lambda w, b, x, y: w + b - y, _mean_of_squares),
        False,
        "a surface that forgets x passes.",
    ),
    (
        lambda w, b: 38 - 40 * (w - 1) - 12 * b,
        False,
        "a plane through the start with the right slopes passes: look at a second place.",
    ),
    (
        lambda w, b: 38 * ((w - 2) ** 2 + (b - 3) ** 2) / 10,
        False,
        "a round bowl with the right minimum and the right height at (1, 0) passes: look at its slopes.",
    ),
)


@exercise
@in_float64
def is_the_landscape(answer: object) -> str:
    """Judge a function ``surface -> bool`` by the true landscape and seven faulty ones."""
    test = function(answer)
    for surface, true, reason in SURFACES:
        result = call(test, surface, given="one of the surfaces")
        require(truth(result, "what the test returns") == true, reason)
    return f"{len(SURFACES) - 1} faulty surfaces are caught, and the true one passes."
