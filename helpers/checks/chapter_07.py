"""Checks of chapter 7's exercises: gradient descent by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from helpers import descent
from helpers.checks.report import call, exercise, function, number, reject, require, same, wrong
from helpers.checks.usual import reject_usual, two_numbers


@exercise
def one_update(w_answer: object, b_answer: object) -> str:
    """Judge w and b after one update on the points (1, 2), (3, 4) from (0, 0) with lr 0.1, on the mean."""
    x, y, lr = torch.tensor([1.0, 3.0]), torch.tensor([2.0, 4.0]), 0.1
    found = torch.tensor([number(w_answer, "w_new"), number(b_answer, "b_new")], dtype=torch.float64)
    expected = -lr * descent.gradient(x, y, 0.0, 0.0)
    if not same(found, expected, rtol=1e-3):
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


#: Name -> function, place, slope. Between them: rising, falling, flat, curved and not symmetric.
CURVES: dict[str, tuple[Callable[[float], float], float, float]] = {
    "f(w) = 11 (w - 2)^2 at w = 0": (lambda w: 11 * (w - 2) ** 2, 0.0, -44.0),
    "f(w) = w^3 at w = 1": (lambda w: w**3, 1.0, 3.0),
    "f(w) = exp(w) at w = 0.5": (math.exp, 0.5, math.exp(0.5)),
    "f(w) = 7 at w = 3": (lambda w: 7.0, 3.0, 0.0),
}


@exercise
def slope_by_nudging(answer: object) -> str:
    """Judge a function ``(f, w, h) -> slope`` on four curves, with a step that tells formulas apart."""
    slope = function(answer)
    h = 0.01
    for name, (f, w, expected) in CURVES.items():
        given = f"{name}, h = {h}"
        found = number(call(slope, f, w, h, given=given), f"with {given}, the slope")
        _diagnose_slope(found, f, w, h, given)
        require(
            abs(found - expected) < 1e-3 * max(1.0, abs(expected)), f"with {given}: that is not the slope."
        )
    return "on four curves the slope is right, up to the square of h."


def _diagnose_slope(found: float, f: Callable[[float], float], w: float, h: float, given: str) -> None:
    rise = f(w + h) - f(w - h)
    if same(found, rise / (2 * h), rtol=1e-6):
        return
    usual = (
        (-rise / (2 * h), "the sign is turned: f(w + h) comes first."),
        (rise / h, "twice the slope: between w - h and w + h lie two steps of h."),
        (rise / 2, "a difference, not yet a slope: divide by the width 2 h."),
        (rise, "a difference, not yet a slope: divide by the width 2 h."),
        ((f(w + h) - f(w)) / h, "nudged to one side only: the error is far larger than with both sides."),
        ((f(w) - f(w - h)) / h, "nudged to one side only: the error is far larger than with both sides."),
        (rise * h / 2, "multiplied by h where the width divides."),
        (rise / 2 * h, "multiplied by h: put brackets around the width 2 h."),
    )
    reject_usual(found, usual, given, rtol=1e-6)


@exercise
def descend(answer: object) -> str:
    """Judge a function ``(x, y, w, b, lr, num_steps) -> (w, b)`` against the path that torch takes."""
    walk = function(answer)
    for count, num_steps in ((5, 1), (5, 3), (3, 7), (8, 2)):
        x, y = _points(count)
        given = f"{count} points, {num_steps} update{'s' * (num_steps > 1)}"
        result = call(walk, x.clone(), y.clone(), 1.0, 0.5, 0.01, num_steps, given=given)
        _diagnose_walk(two_numbers(result, given), x, y, num_steps, given)
    return "one and many updates, with few and more points, end where torch's own descent ends."


Step = Callable[[Tensor, Tensor], Tensor]


def _diagnose_walk(end: Tensor, x: Tensor, y: Tensor, num_steps: int, given: str) -> None:
    def ends_at(step: Step) -> bool:
        point = torch.tensor([1.0, 0.5], dtype=torch.float64)
        pile = torch.zeros(2, dtype=torch.float64)
        for _ in range(num_steps):
            slope = descent.gradient(x, y, *point.tolist())
            pile = pile + slope
            point = point - 0.01 * step(slope, pile)
        return same(end, point, rtol=1e-4)

    if ends_at(lambda slope, _: slope):
        return
    start = torch.tensor([1.0, 0.5], dtype=torch.float64)
    reject(same(end, start), f"with {given}: w and b are where they started.")
    usual: tuple[tuple[Step, str], ...] = (
        (lambda slope, _: slope[[1, 1]], "w moves as far as b: the factor x is missing in its derivative."),
        (lambda slope, _: slope / 2, "each step is half as long: the square's factor 2 is missing."),
        (lambda slope, _: len(x) * slope, f"each step is {len(x)} times too long: a sum, not the mean."),
        (lambda slope, _: -slope, "the walk goes up: plus where the update has a minus."),
        (lambda slope, pile: pile, "old gradients are added to the new ones: empty .grad each time."),
        (lambda slope, _: slope * torch.tensor([1.0, 0.0]), "only w moves; b has a derivative too."),
        (lambda slope, _: slope * torch.tensor([0.0, 1.0]), "only b moves; w has a derivative too."),
    )
    for step, diagnosis in usual:
        reject(ends_at(step), f"with {given}: {diagnosis}")
    _diagnose_order(end, x, y, num_steps, given)
    wrong(f"with {given}: w and b end elsewhere than torch's own descent.")


def _diagnose_order(end: Tensor, x: Tensor, y: Tensor, num_steps: int, given: str) -> None:
    w, b = 1.0, 0.5
    for _ in range(num_steps):
        w -= 0.01 * float(descent.gradient(x, y, w, b)[0])
        b -= 0.01 * float(descent.gradient(x, y, w, b)[1])
    reject(
        same(end, torch.tensor([w, b]), rtol=1e-4),
        f"with {given}: b is updated with the new w already; take both derivatives first.",
    )
    for wanted, other in (
        (1, "one update"),
        (num_steps - 1, "one update too few"),
        (num_steps + 1, "one too many"),
    ):
        if wanted != num_steps and wanted > 0:
            walk = descent.path(x, y, start=(1.0, 0.5), lr=0.01, num_epochs=wanted)
            reject(same(end, walk.points[-1], rtol=1e-4), f"with {given}: that is {other}.")


#: Name -> loss, place of its minimum, curvature there.
LOSSES: dict[str, tuple[Callable[[float], float], float, float]] = {
    "f(w) = 11 (w - 2)^2": (lambda w: 11 * (w - 2) ** 2, 2.0, 22.0),
    "f(w) = 3 - cos(w)": (lambda w: 3 - math.cos(w), 0.0, 1.0),
    "f(w) = 6 w (w - 1.5) (w - 4), integrated": (
        lambda w: 1.5 * w**4 - 11 * w**3 + 18 * w**2 + 40,
        4.0,
        60.0,
    ),
}


@exercise
def lr_limit(answer: object) -> str:
    """Judge a function ``(f, w) -> lr`` on three losses with different curvatures."""
    limit = function(answer)
    for name, (f, w, curvature) in LOSSES.items():
        given = f"{name} and its minimum w = {w:g}"
        lr = number(call(limit, f, w, given=given), f"with {given}, the learning rate")
        _diagnose_limit(lr, curvature, given)
    return "on three losses your learning rate is the edge between settling and running away."


def _diagnose_limit(lr: float, curvature: float, given: str) -> None:
    reject(lr <= 0, f"with {given}: a learning rate is positive, this one is not.")
    if same(lr, 2 / curvature, rtol=2e-2):
        return
    close = 2e-2
    reject(
        same(lr, 1 / curvature, rtol=close),
        f"with {given}: that one lands in one step; twice as far still settles.",
    )
    reject(
        same(lr, curvature, rtol=close), f"with {given}: that is the curvature; the limit is 2 divided by it."
    )
    reject(
        same(lr, 2 * curvature, rtol=close), f"with {given}: multiplied by the curvature where it divides."
    )
    reject(
        same(lr, curvature / 2, rtol=close), f"with {given}: upside down: steeper losses need smaller rates."
    )
    reject(
        lr > 1e3, f"with {given}: very large. At a minimum the slope is 0; the slope of the slope is asked."
    )
    require(lr > 2 / curvature, f"with {given}: too cautious, a larger rate still settles.")
    wrong(f"with {given}: too large, a descent runs away a little below it.")


Surface = Callable[[float, float], float]

X5, Y5 = [1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 7.0, 9.0, 11.0, 13.0]


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
def is_the_landscape(answer: object) -> str:
    """Judge a function ``surface -> bool`` by the true landscape and seven faulty ones."""
    test = function(answer)
    for surface, true, reason in SURFACES:
        result = call(test, surface, given="one of the surfaces")
        verdict = isinstance(result, (bool, Tensor)) or result in (0, 1)
        require(verdict, f"the test returns {result!r}: True or False is expected.")
        require(bool(result) == true, reason)
    return f"{len(SURFACES) - 1} faulty surfaces are caught, and the true one passes."


def _points(count: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(count)
    x = 1.5 + torch.randn(count, generator=generator, dtype=torch.float64)
    return x, 2 * x - 0.5 + torch.randn(count, generator=generator, dtype=torch.float64)
