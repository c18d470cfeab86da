"""Chapter 7's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import torch
from exercise_cases import ExerciseCases

from helpers.checks import chapter_07


def slope(f, w, h=1e-4):
    return (f(w + h) - f(w - h)) / (2 * h)


def gradient(x, y, w, b):
    error = w * x + b - y
    return (2 * error * x).mean(), (2 * error).mean()


def walk(change):
    """Return a descent whose step is ``change(dw, db, pile_w, pile_b, number of points)``."""

    def descend(x, y, w, b, lr, num_steps):
        pile_w = pile_b = 0.0
        for _ in range(num_steps):
            dw, db = gradient(x, y, w, b)
            pile_w, pile_b = pile_w + dw, pile_b + db
            step_w, step_b = change(dw, db, pile_w, pile_b, len(x))
            w, b = w - lr * step_w, b - lr * step_b
        return w, b

    return descend


descend = walk(lambda dw, db, *_: (dw, db))


def in_turn(x, y, w, b, lr, num_steps):
    for _ in range(num_steps):
        w = w - lr * gradient(x, y, w, b)[0]
        b = b - lr * gradient(x, y, w, b)[1]
    return w, b


def with_autograd(x, y, w, b, lr, num_steps):
    w, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (w, b))
    for _ in range(num_steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad, b.grad = None, None
    return w, b


def curvature(f, w):
    return slope(lambda place: slope(f, place, h=1e-3), w, h=1e-3)


def close(surface, expected):
    dw, db = slope(lambda w: surface(w, 0.0), 1.0), slope(lambda b: surface(1.0, b), 0.0)
    found = {"height": surface(1.0, 0.0), "dw": dw, "db": db, "lowest": surface(2.0, 3.0)}
    return all(abs(found[name] - value) < 1e-3 for name, value in expected.items())


def landscape(surface):
    return close(surface, {"height": 38, "dw": -40, "db": -12, "lowest": 0})


def lowest_on_a_grid(surface):
    places = [(w / 2, b / 2) for w in range(-2, 11) for b in range(-16, 17)]
    return min(places, key=lambda place: surface(*place)) == (2.0, 3.0)


RIGHT = {
    "one_update": [(1.4, 0.6)],
    "slope_by_nudging": [slope],
    "descend": [descend, with_autograd],
    "lr_limit": [lambda f, w: 2 / curvature(f, w)],
    "is_the_landscape": [landscape],
}

WRONG = {
    "one_update": [
        ((0.0, 0.0), "where they started"),
        ((0.6, 1.4), "the two are swapped"),
        ((0.6, 0.6), "the factor x is missing"),
        ((0.7, 0.3), "the derivative of a square has a factor 2"),
        ((2.8, 1.2), "a sum where the loss takes the mean"),
        ((-1.4, -0.6), "the step goes up"),
        ((-14, -6), "that is the gradient"),
        ((14, 6), "the learning rate is missing"),
        ((0.4, 0.4), "only the first point"),
        ((2.4, 0.8), "only the second point"),
        ((1.4, 0.7), "w is right, b is not"),
        ((1.3, 0.6), "b is right, w is not"),
        ((5.0, 7.0), "neither w nor b is right"),
        (("1.4", 0.6), "w_new is a str; a number is expected"),
    ],
    "slope_by_nudging": [
        (lambda f, w, h: (f(w - h) - f(w + h)) / (2 * h), "the sign is turned"),
        (lambda f, w, h: (f(w + h) - f(w - h)) / h, "twice the slope"),
        (lambda f, w, h: f(w + h) - f(w - h), "divide by the width"),
        (lambda f, w, h: (f(w + h) - f(w)) / h, "nudged to one side only"),
        (lambda f, w, h: (f(w) - f(w - h)) / h, "nudged to one side only"),
        (lambda f, w, h: (f(w + h) - f(w - h)) / 2 * h, "multiplied by h"),
        (lambda f, w, h: 0.0, "that is not the slope"),
        (lambda f, w, h: None, "returns None"),
        (lambda f: 0.0, "raises TypeError"),
    ],
    "descend": [
        (lambda x, y, w, b, lr, num_steps: (w, b), "where they started"),
        (walk(lambda dw, db, *_: (db, db)), "the factor x is missing"),
        (walk(lambda dw, db, *_: (dw / 2, db / 2)), "factor 2 is missing"),
        (walk(lambda dw, db, pw, pb, n: (n * dw, n * db)), "5 times too long: a sum"),
        (walk(lambda dw, db, *_: (-dw, -db)), "the walk goes up"),
        (walk(lambda dw, db, pw, pb, n: (pw, pb)), "old gradients are added to the new ones"),
        (walk(lambda dw, db, *_: (dw, 0 * db)), "only w moves"),
        (walk(lambda dw, db, *_: (0 * dw, db)), "only b moves"),
        (in_turn, "b is updated with the new w already"),
        (lambda *given: descend(*given[:-1], 1), "that is one update"),
        (lambda *given: descend(*given[:-1], given[-1] + 1), "that is one too many"),
        (lambda *given: descend(*given[:-1], max(1, given[-1] - 1)), "that is one update too few"),
        (walk(lambda dw, db, *_: (1.1 * dw, db)), "end elsewhere than torch's own descent"),
        (lambda x, y, w, b, lr, num_steps: w, "two numbers are expected"),
    ],
    "lr_limit": [
        (lambda f, w: 1 / curvature(f, w), "lands in one step"),
        (lambda f, w: curvature(f, w), "that is the curvature"),
        (lambda f, w: 2 * curvature(f, w), "multiplied by the curvature"),
        (lambda f, w: curvature(f, w) / 2, "upside down"),
        (lambda f, w: 2 / abs(slope(f, w) + 1e-9), "the slope of the slope is asked"),
        (lambda f, w: -2 / curvature(f, w), "a learning rate is positive"),
        (lambda f, w: 0.01, "too cautious"),
        (lambda f, w: 0.1, "too large"),
    ],
    "is_the_landscape": [
        (lambda surface: True, "the wrong sign of b, passes"),
        (lambda surface: False, "the true landscape is turned down"),
        (lambda surface: close(surface, {"lowest": 0}), "the sum of the squares passes"),
        (lowest_on_a_grid, "the sum of the squares passes"),
        (lambda surface: close(surface, {"dw": -40, "db": -12}), "a plane through the start"),
        (lambda surface: close(surface, {"height": 38}), "the wrong sign of b, passes"),
        (lambda surface: close(surface, {"height": 38, "lowest": 0}), "a round bowl"),
        (lambda surface: surface(2.0, 3.0) < 1 < surface(1.0, 0.0) / 7, "the sum of the squares passes"),
        (lambda surface: "yes", "True or False is expected"),
    ],
}  # fmt: skip


class TestChapter07(
    ExerciseCases,
    chapter=chapter_07,
    right=RIGHT,
    wrong=WRONG,
    secrets={"one_update": ["1.4", "0.6"]},
    spread=("one_update",),
):
    """The answers above, judged by the chapter's checks."""


def test_the_surfaces_are_what_they_are_called():
    true, sign, _, total, absolute, *_ = [surface for surface, _, _ in chapter_07.SURFACES]
    assert true(1.0, 0.0) == 38
    assert sign(2.0, -3.0) == 0
    assert total(1.0, 0.0) == 190
    assert absolute(2.0, 3.0) == 0
    assert math.isclose(absolute(1.0, 0.0), 6)
