"""Chapter 4's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import pytest
import torch
from exercise_cases import ExerciseCases
from torch.func import grad, hessian, jacrev, jvp, vmap

from helpers.checks import chapter_04

# torch's own use of torch.jit.script, on the first call of jvp or jacfwd.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:FutureWarning")


def by_hand(x):
    a, b = x.tolist()
    return torch.tensor([[2 * a * b, a * a], [0, math.cos(b)], [1, 4]])


def changed(row, column, make):
    def jacobian(x):
        J = by_hand(x)
        J[row, column] = make(*x.tolist())
        return J

    return jacobian


def rows(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    return torch.stack([torch.autograd.grad(y, x, e, retain_graph=True)[0] for e in torch.eye(len(y))])


def rows_by_backward(f, x, *, copy, empty):
    x = x.detach().requires_grad_()
    y, found = f(x), []
    for e in torch.eye(len(y)):
        if x.grad is not None and empty:
            x.grad.zero_()
        y.backward(e, retain_graph=True)
        found.append(x.grad.clone() if copy else x.grad)
    return torch.stack(found)


def summed_rows(f, x):
    x = x.detach().requires_grad_()
    f(x).sum().backward()
    return x.grad


def mode(source, target):
    n, m = math.prod(source), math.prod(target)
    return ("forward", n) if n < m else ("reverse", m)


def other_count(source, target):
    return mode(source, target)[0], max(math.prod(source), math.prod(target))


def first_sizes(source, target):
    n, m = (shape[0] if shape else 1 for shape in (source, target))
    return mode(source, target)[0], min(n, m)


def scalars_count_nothing(source, target):
    n, m = (math.prod(shape) if shape else 0 for shape in (source, target))
    return ("forward", n) if n < m else ("reverse", m)


def forward_on_a_tie(source, target):
    n, m = math.prod(source), math.prod(target)
    return ("forward", n) if n <= m else ("reverse", m)


def each(loss, w, X, y):
    return vmap(grad(loss), in_dims=(None, 0, 0))(w, X, y)


def clipped(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    return (found * (limit / found.norm(dim=1, keepdim=True)).clamp(max=1)).mean(dim=0)


def clipped_each(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    return found * (limit / found.norm(dim=1, keepdim=True)).clamp(max=1)


def clipped_mean(loss, w, X, y, limit):
    mean = each(loss, w, X, y).mean(dim=0)
    return mean * min(1, limit / mean.norm())


def stretched(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    return (found * limit / found.norm(dim=1, keepdim=True)).mean(dim=0)


def curvature(g, x, v):
    return v @ jvp(grad(g), (x,), (v,))[1]


def curvature_by_double_backward(g, x, v):
    x = x.requires_grad_()
    (gradient,) = torch.autograd.grad(g(x), x, create_graph=True)
    (product,) = torch.autograd.grad(gradient, x, v)
    return product @ v


RIGHT = {
    "shapes": [((2, 3, 4), (4,), (2, 3))],
    "jacobian_by_hand": [by_hand],
    "jacobian_by_rows": [rows, lambda f, x: rows_by_backward(f, x, copy=True, empty=True)],
    "cheaper_mode": [mode],
    "clipped_gradient": [clipped],
    "curvature": [curvature, curvature_by_double_backward],
}

WRONG = {
    "shapes": [
        (((4, 2, 3), (4,), (2, 3)), "two halves swapped"),
        (((6, 4), (4,), (2, 3)), "flattens the output"),
        (((2, 3), (4,), (2, 3)), "an axis for each of the output's and the input's"),
        (((2, 3, 4), (2, 3), (4,)), "the two v are swapped"),
        (((2, 3, 4), (2, 3), (2, 3)), "a direction in which the input moves"),
        (((2, 3, 4), (4,), (4,)), "a weight for each output"),
        (((2, 3, 4), 4, (2, 3)), "the shape of jvp's v must be a tuple"),
    ],
    "jacobian_by_hand": [
        (lambda x: by_hand(x).T, "a row for each output is expected"),
        (lambda x: by_hand(x).flip(1), "the columns are swapped"),
        (changed(1, 1, lambda a, b: -math.cos(b)), "wrong sign"),
        (changed(1, 1, lambda a, b: math.sin(b)), "not differentiated"),
        (changed(0, 0, lambda a, b: a * b), "factor 2 of the square"),
        (changed(2, 1, lambda a, b: 1), "output 3 by input 2 is not right, and 5 of 6 entries are"),
        (lambda x: by_hand(x).sum(dim=0), "shape (2,); it is no 3 x 2 table"),
        (lambda x: [[1, 2]], "a list; a torch.Tensor is expected"),
    ],
    "jacobian_by_rows": [
        (lambda f, x: rows(f, x).T, "outputs are rows"),
        (summed_rows, "the gradient of the sum of all outputs"),
        (lambda f, x: rows_by_backward(f, x, copy=True, empty=False), "also holds the rows above it"),
        (lambda f, x: rows_by_backward(f, x, copy=False, empty=False), "at its last value"),
        (lambda f, x: rows_by_backward(f, x, copy=False, empty=True), "every row is the last one"),
        (lambda f, x: -rows(f, x), "the shape is right, and the entries are not"),
        (lambda f, x: rows(f, x)[:1], "a row for each output is expected"),
        (lambda f, x: f(x).backward(), "raises RuntimeError"),
    ],
    "cheaper_mode": [
        (lambda source, target: ("reverse", math.prod(target)), "the other mode needs fewer passes"),
        (lambda source, target: (mode(target, source)[0], 1), "the other mode needs fewer passes"),
        (other_count, "counts the other's"),
        (first_sizes, "how many elements are there?"),
        (scalars_count_nothing, "a scalar, of shape (), is one number"),
        (lambda source, target: (mode(source, target)[0], 0), "at least one pass is needed"),
        (forward_on_a_tie, "this is a tie"),
        (lambda source, target: "forward", "a pair (mode, passes) is expected"),
        (lambda source, target: ("jacrev", 1), 'the mode is "forward" or "reverse"'),
    ],
    "clipped_gradient": [
        (clipped_each, "a gradient for each sample; their mean is asked for"),
        (lambda *given: clipped_each(*given).sum(dim=0), "the sum of the shortened gradients"),
        (lambda loss, w, X, y, limit: each(loss, w, X, y).mean(dim=0), "nothing is shortened"),
        (clipped_mean, "the mean is shortened"),
        (stretched, "stretched to it"),
        (lambda loss, w, X, y, limit: each(loss, w, X, y).clamp(-limit, limit).mean(dim=0), "by itself"),
        (lambda *given: -clipped(*given), "the sign is turned"),
        (lambda *given: clipped(*given).norm(), "the shape is (); w's is expected"),
        (lambda *given: clipped(*given) + 1, "not the mean of the shortened gradients"),
    ],
    "curvature": [
        (lambda g, x, v: hessian(g)(x) @ v, "that is Hv, a vector"),
        (lambda g, x, v: v @ grad(g)(x), "the slope along v"),
        (lambda g, x, v: v @ (jacrev(jacrev(g))(x).diag() * v), "mixed derivatives are missing"),
        (lambda g, x, v: (hessian(g)(x) @ v).sum(), "the sum of Hv"),
        (lambda g, x, v: (hessian(g)(x) @ v).norm(), "the length of Hv"),
        (lambda g, x, v: curvature(g, x, v) / (v @ v), "divided by the square of v's length"),
        (lambda g, x, v: curvature(g, x, v) / 2, "exactly half"),
        (lambda g, x, v: curvature(g, x, v) + 1, "not what the whole Hessian gives"),
        (lambda g, x, v: hessian(g)(x), "one number is expected"),
    ],
}  # fmt: skip


class TestChapter04(
    ExerciseCases,
    chapter=chapter_04,
    right=RIGHT,
    wrong=WRONG,
    secrets={"shapes": ["2, 3, 4", "(4,), (2, 3)"]},
    spread=("shapes",),
):
    """The answers above, judged by the chapter's checks."""
