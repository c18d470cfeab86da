"""Chapter 7's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import itertools
import math
from fractions import Fraction

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch import nn
from torch.nn import functional

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


def sloped_vectorised(f, w, h):
    return np.diff(f(np.array([w - h, w + h]))) / (2 * h)


def sloped_by_torch(f, w, h):
    low, high = f(torch.tensor([w - h, w + h]))
    return (high - low).div(2 * h)


def sloped_in_float32(f, w, h):
    w = torch.tensor(w, dtype=torch.float32)
    return (f(w + h) - f(w - h)) / (2 * h)


def sloped_by_four_heights(f, w, h):
    return (8 * (f(w + h) - f(w - h)) - (f(w + 2 * h) - f(w - 2 * h))) / (12 * h)


def sloped_by_autograd(f, w, h):
    w = torch.tensor(w, requires_grad=True)
    f(w).backward()
    return w.grad


def with_optimizer(x, y, w, b, lr, num_steps):
    w, b = nn.Parameter(torch.tensor(w)), nn.Parameter(torch.tensor(b))
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for _ in range(num_steps):
        optimizer.zero_grad()
        functional.mse_loss(w * x + b, y).backward()
        optimizer.step()
    return w, b


def with_a_module(x, y, w, b, lr, num_steps):
    model, loss_fn = nn.Sequential(nn.Linear(1, 1)), nn.MSELoss()
    nn.init.constant_(model[0].weight, w)
    nn.init.constant_(model[0].bias, b)
    optimizer = torch.optim.SGD(model.parameters(), lr)
    for _ in range(num_steps):
        loss = loss_fn(model(x[:, None]), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model[0].weight, model[0].bias


def with_numpy(x, y, w, b, lr, num_steps):
    x, y, point = x.numpy(), y.numpy(), np.array([w, b])
    for _ in range(num_steps):
        error = point[0] * x + point[1] - y
        point -= lr * np.array([np.mean(2 * error * x), np.mean(2 * error)])
    return point


def with_plain_lists(x, y, w, b, lr, num_steps):
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    while num_steps:
        dw = sum(2 * (w * x_i + b - y_i) * x_i for x_i, y_i in points) / len(points)
        db = sum(2 * (w * x_i + b - y_i) for x_i, y_i in points) / len(points)
        w, b, num_steps = w - lr * dw, b - lr * db, num_steps - 1
    return [w, b]


def with_one_column(x, y, w, b, lr, num_steps):
    A, point = torch.stack([x, torch.ones_like(x)], dim=1), torch.tensor([[w], [b]])
    for _ in range(num_steps):
        point -= lr * 2 / len(x) * A.T @ (A @ point - y[:, None])
    return point


def over_the_input(x, y, w, b, lr, num_steps):
    y.sub_(b)
    for _ in range(num_steps):
        error = (w * x).sub_(y)
        step = lr * 2 * error.mean()
        w, b = w - lr * 2 * error.mul_(x).mean(), b - step
        y.add_(step)
    return w, b


def with_functional_gradients(x, y, w, b, lr, num_steps):
    point = torch.tensor([w, b])
    slope = torch.func.grad(lambda point: functional.mse_loss(point[0] * x + point[1], y))
    for _ in range(num_steps):
        point = point.add(slope(point), alpha=-lr)
    return point


def one_by_one(x, y, w, b, lr, num_steps):
    for _ in range(num_steps):
        for x_i, y_i in zip(x, y, strict=True):
            dw, db = gradient(x_i, y_i, w, b)
            w, b = w - lr * dw, b - lr * db
    return w, b


def a_point_for_each_update(x, y, w, b, lr, num_steps):
    for x_i, y_i in itertools.islice(itertools.cycle(zip(x, y, strict=True)), num_steps):
        dw, db = gradient(x_i, y_i, w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def slopes_before_the_loop(x, y, w, b, lr, num_steps):
    dw, db = gradient(x, y, w, b)
    for _ in range(num_steps):
        w, b = w - lr * dw, b - lr * db
    return w, b


def return_in_the_loop(x, y, w, b, lr, num_steps):
    for _ in range(num_steps):
        dw, db = gradient(x, y, w, b)
        w, b = w - lr * dw, b - lr * db
        return w, b


def optimizer_never_empties(x, y, w, b, lr, num_steps):
    w, b = nn.Parameter(torch.tensor(w)), nn.Parameter(torch.tensor(b))
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for _ in range(num_steps):
        functional.mse_loss(w * x + b, y).backward()
        optimizer.step()
    return w, b


def no_leaf_any_more(x, y, w, b, lr, num_steps):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    for _ in range(num_steps):
        functional.mse_loss(w * x + b, y).backward()
        w, b = w - lr * w.grad, b - lr * b.grad
    return w, b


def over_the_chapters_points(x, y, w, b, lr, num_steps):
    return descend(torch.arange(1.0, 6.0), 2 * torch.arange(1.0, 6.0) + 3, w, b, lr, num_steps)


def mixed_means(x, y, w, b, lr, num_steps):
    for _ in range(num_steps):
        db = (2 * (w * x + b - y)).mean()
        w, b = w - lr * db * x.mean(), b - lr * db
    return w, b


def whole_way(x, y, w, b, lr, num_steps):
    return [descend(x, y, w, b, lr, steps) for steps in range(num_steps + 1)]


def limit_by_autograd(f, w):
    return 2 / torch.autograd.functional.hessian(f, torch.tensor(w))


def limit_by_tries(f, w):
    """Halve between a rate that settles and one that runs away."""
    low, high = 0.0, 4.0
    while high - low > 1e-4:
        lr, place = (low + high) / 2, w + 1e-3
        for _ in range(200):
            place -= lr * slope(f, place)
            if abs(place - w) > 0.1:
                break
        low, high = (lr, high) if abs(place - w) < 1e-3 else (low, lr)
    return low


X5 = torch.arange(1.0, 6.0, dtype=torch.float64)


def landscape_on_a_grid(surface):
    w, b = torch.linspace(-1, 5, 7)[None, :, None], torch.linspace(-8, 8, 9)[:, None, None]
    true = ((w * X5 + b - 2 * X5 - 3) ** 2).mean(-1)
    return (surface(w[..., 0], b[..., 0]) - true).abs().max() < 1e-9


def landscape_with_numpy(surface):
    w, b = np.meshgrid(np.arange(-2.0, 3.0), np.arange(-2.0, 3.0))
    true = np.mean([(w * x + b - 2 * x - 3) ** 2 for x in range(1, 6)], axis=0)
    return np.allclose(surface(w, b), true)


def landscape_by_autograd(surface):
    w, b = torch.tensor(1.0, requires_grad=True), torch.tensor(0.0, requires_grad=True)
    height = surface(w, b)
    slopes = torch.autograd.grad(height, [w, b], allow_unused=True, materialize_grads=True)
    found = torch.stack([height.detach(), *slopes, torch.as_tensor(surface(2.0, 3.0))])
    return int(torch.allclose(found, torch.tensor([38.0, -40.0, -12.0, 0.0])))


def landscape_by_three_heights(surface):
    return [surface(1, 0), surface(2, 3), surface(0, 1)] == [38, 0, 72]


RIGHT = {
    "one_update": [
        (1.4, 0.6),
        (np.float64(1.4), np.float32(0.6)),
        (torch.tensor(1.4), torch.tensor([0.6], requires_grad=True)),
        (Fraction(7, 5), 0 - 0.1 * -6),
        (1.4, 0.6000000000000001),
    ],
    "slope_by_nudging": [
        slope,
        lambda f, w, h: (f(w + h) - f(w - h)) / 2 / h,
        lambda f, w, h: sum(side * f(w + side * h) for side in (1, -1)) / (2 * h),
        lambda f, w, h: (f(w + h) - f(w - h)) * (0.5 / h),
        lambda f, w, h: torch.tensor(f(w + h) - f(w - h)) / (2 * h),
        lambda f, w, h: np.gradient([f(w - h), f(w), f(w + h)], h)[1],
        sloped_vectorised,
        sloped_by_torch,
        sloped_in_float32,
        sloped_by_four_heights,
    ],
    "descend": [
        descend,
        with_autograd,
        with_optimizer,
        with_a_module,
        with_numpy,
        with_plain_lists,
        with_one_column,
        over_the_input,
        with_functional_gradients,
    ],
    "lr_limit": [
        lambda f, w: 2 / curvature(f, w),
        lambda f, w: 2 * 1e-3**2 / (f(w + 1e-3) - 2 * f(w) + f(w - 1e-3)),
        lambda f, w: 2 / torch.func.grad(torch.func.grad(f))(torch.tensor(w)),
        lambda f, w: np.float64(2) / curvature(f, np.float64(w)),
        limit_by_autograd,
        limit_by_tries,
    ],
    "is_the_landscape": [
        landscape,
        landscape_on_a_grid,
        landscape_with_numpy,
        landscape_by_autograd,
        landscape_by_three_heights,
    ],
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
        ((1.4, 0.04), "b is updated with the new w already"),
        ((1.4, 0.7), "w is right, b is not"),
        ((1.3, 0.6), "b is right, w is not"),
        ((5.0, 7.0), "neither w nor b is right"),
        (("1.4", 0.6), "w_new is a str; a number is expected"),
        (((1.4,), 0.6), "w_new is a tuple; a number is expected"),
        ((torch.tensor([1.4, 0.6]), 0.6), "w_new is a tensor of shape (2,)"),
        ((float("nan"), 0.6), "w_new is nan"),
    ],
    "slope_by_nudging": [
        (lambda f, w, h: (f(w - h) - f(w + h)) / (2 * h), "the sign is turned"),
        (lambda f, w, h: (f(w + h) - f(w - h)) / h, "twice the slope"),
        (lambda f, w, h: f(w + h) - f(w - h), "divide by the width"),
        (lambda f, w, h: (f(w + h) - f(w)) / h, "nudged to one side only"),
        (lambda f, w, h: (f(w) - f(w - h)) / h, "nudged to one side only"),
        (lambda f, w, h: (f(w + h) - f(w - h)) / 2 * h, "multiplied by h"),
        (lambda f, w, h: f(w + h) - f(w - h) / (2 * h), "brackets around the difference"),
        (lambda f, w, h: f(w + h) - f(w - h) / 2 * h, "brackets around the difference"),
        (lambda f, w, h: (f(w + h) + f(w - h)) / (2 * h), "the slope needs their difference"),
        (lambda f, w, h: ((w + h) - (w - h)) / (2 * h), "the slope of w itself"),
        (lambda f, w, h: slope(f, w, 1e-4), "not nudged by the h that is given"),
        (sloped_by_autograd, "not nudged by the h that is given"),
        (lambda f, w, h: round(slope(f, w, h), 1), "that is not the slope"),
        (lambda f, w, h: 0.0, "that is not the slope"),
        (lambda f, w, h: -44.0, "that is not the slope"),
        (lambda f, w, h: None, "returns None"),
        (lambda f, w, h: print(end=""), "returns None"),
        (lambda f, w, h: (f(w + h), f(w - h)), "the slope is a tuple; a number is expected"),
        (lambda f: 0.0, "raises TypeError"),
        (slope(lambda w: w, 1.0), "a function is expected"),
    ],
    "descend": [
        (lambda x, y, w, b, lr, num_steps: (w, b), "where they started"),
        (walk(lambda dw, db, *_: (db, db)), "the factor x is missing"),
        (walk(lambda dw, db, *_: (dw / 2, db / 2)), "factor 2 is missing"),
        (walk(lambda dw, db, pw, pb, n: (n * dw, n * db)), "a sum, not the mean"),
        (walk(lambda dw, db, *_: (-dw, -db)), "the walk goes up"),
        (walk(lambda dw, db, pw, pb, n: (pw, pb)), "old gradients are added to the new ones"),
        (optimizer_never_empties, "old gradients are added to the new ones"),
        (walk(lambda dw, db, *_: (dw, 0 * db)), "only w moves"),
        (walk(lambda dw, db, *_: (0 * dw, db)), "only b moves"),
        (walk(lambda dw, db, *_: (db, dw)), "w moves by the derivative of b"),
        (walk(lambda dw, db, pw, pb, n: (n * dw / 5, n * db / 5)), "divided by 5"),
        (mixed_means, "times the mean of x"),
        (in_turn, "b is updated with the new w already"),
        (slopes_before_the_loop, "every gradient is taken at the start"),
        (one_by_one, "each update takes one point"),
        (a_point_for_each_update, "each update takes one point"),
        (lambda x, y, *given: descend(x[:1], y[:1], *given), "each update takes one point"),
        (over_the_chapters_points, "the chapter's five points"),
        (lambda x, y, w, b, lr, steps: descend(x, y, w, b, 0.01, steps), "the lr that is given is not used"),
        (lambda x, y, w, b, *given: descend(x, y, 1.0, 0.0, *given), "the w and b that are given are not"),
        (lambda *given: descend(*given)[::-1], "the two are swapped"),
        (lambda *given: descend(*given[:-1], 1), "that is one update"),
        (return_in_the_loop, "that is one update"),
        (lambda *given: descend(*given[:-1], given[-1] + 1), "that is one too many"),
        (lambda *given: descend(*given[:-1], max(1, given[-1] - 1)), "that is one update too few"),
        (walk(lambda dw, db, *_: (1.1 * dw, db)), "end elsewhere than torch's own descent"),
        (lambda x, y, w, b, lr, num_steps: w, "two numbers are expected"),
        (whole_way, "a returned value is a tuple; a number is expected"),
        (lambda *given: {"w": 1.0, "b": 2.0}, "two numbers are expected"),
        (no_leaf_any_more, "raises TypeError"),
    ],
    "lr_limit": [
        (lambda f, w: 1 / curvature(f, w), "lands in one step"),
        (lambda f, w: curvature(f, w), "that is the curvature"),
        (lambda f, w: 2 * curvature(f, w), "multiplied by the curvature"),
        (lambda f, w: curvature(f, w) / 2, "upside down"),
        (lambda f, w: 2 / abs(slope(f, w) + 1e-9), "the slope of the slope is asked"),
        (lambda f, w: 2 / (slope(f, w) - 1e-9), "the slope of the slope is asked"),
        (lambda f, w: 2 / round(slope(f, w), 6), "the slope of the slope is asked"),
        (lambda f, w: np.float64(2) / (0 * w), "divided by zero"),
        (lambda f, w: -2 / curvature(f, w), "a learning rate is positive"),
        (lambda f, w: 2 / curvature(f, 0.0), "too large"),
        (lambda f, w: 2 / 22, "too cautious"),
        (lambda f, w: 0.01, "too cautious"),
        (lambda f, w: 0.1, "too large"),
        (lambda f, w: (0, 2 / curvature(f, w)), "the learning rate is a tuple; a number is expected"),
        (lambda f, w: 2 / w, "too large"),
        (lambda w: 2 / 22, "raises TypeError"),
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
        (lambda surface: surface(1.0, 0.0) == 38 and surface(2.0, 0.0) == 9, "the wrong sign of b, passes"),
        (lambda surface: surface(3.0, -3.0) == 16, "the true landscape is turned down"),
        (lambda surface: surface(1.0, 0.0) is not None, "the wrong sign of b, passes"),
        (lambda surface: "yes", "True or False is expected"),
        (lambda surface: torch.tensor([True, True]), "True or False is expected"),
        (lambda surface: surface(1.0, 0.0), "True or False is expected"),
        (lambda surface: surface, "True or False is expected"),
        (lambda surface, x, y: True, "raises TypeError"),
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
