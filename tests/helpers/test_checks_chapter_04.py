"""Chapter 4's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import functools
import math

import numpy as np
import pytest
import torch
from exercise_cases import ExerciseCases
from torch.func import grad, hessian, jacfwd, jacrev, jvp, vjp, vmap

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


def by_hand_in_place(x):
    J = torch.zeros(3, 2, dtype=torch.float64)
    J[0, 0], J[0, 1] = 2 * x[0] * x[1], x[0] ** 2
    J[1, 1] = torch.cos(x[1])
    J[2] += torch.tensor([1, 4])
    return J


def by_hand_at_one_point(x):
    return by_hand(torch.tensor([2.0, 5.0]))


class _ByHand:
    def __call__(self, x):
        return torch.from_numpy(by_hand(x).numpy().astype(np.float32))


def three_outputs(x):
    return torch.stack([x[0] ** 2 * x[1], x[1].sin(), x[0] + 4 * x[1]])


def rows_in_place(f, x):
    x.requires_grad_(True)
    y = f(x)
    J = torch.empty(y.numel(), x.numel())
    for i, out in enumerate(y):
        (J[i],) = torch.autograd.grad(out, [x], retain_graph=True)
    return J


def rows_of_fresh_graphs(f, x):
    found = []
    for i in range(len(f(x))):
        leaf = x.clone().requires_grad_()
        f(leaf)[i].backward()
        found.append(leaf.grad)
    return torch.vstack(found)


def rows_at_once(f, x):
    x = x.requires_grad_()
    y = f(x)
    return torch.autograd.grad(y, x, torch.eye(len(y)), is_grads_batched=True)[0]


def rows_by_entry(f, x):
    x = x.requires_grad_()
    y = f(x)
    J = torch.zeros(len(y), len(x))
    for i in range(len(y)):
        for j in range(len(x)):
            J[i, j] = torch.autograd.grad(y[i], x, retain_graph=True)[0][j]
    return J


def by_differences(f, x, h=2**-7):
    return torch.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in torch.eye(len(x))], dim=1)


def numpy_mode(source, target):
    n, m = int(np.prod(source)), np.int64(np.prod(target))
    return ["forward", n] if n < m else ["reverse", m]


def tensor_mode(source, target):
    n, m = torch.zeros(source).numel(), torch.tensor(target).prod()
    return ("Forward", n) if n < m else ("Reverse", m)


def sums_of_sizes(source, target):
    n, m = sum(source), sum(target)
    return ("forward", n) if n < m else ("reverse", m)


def numbers_of_axes(source, target):
    n, m = len(source), len(target)
    return ("forward", n) if n < m else ("reverse", m)


def clipped_in_a_loop(loss, w, X, y, limit):
    total = torch.zeros_like(w)
    for sample, target in zip(X, y, strict=True):
        leaf = w.clone().requires_grad_()
        loss(leaf, sample, target).backward()
        torch.nn.utils.clip_grad_norm_([leaf], limit)
        total += leaf.grad
    return total / len(X)


def clipped_by_renorm(loss, w, X, y, limit):
    return jacrev(lambda w: vmap(loss, (None, 0, 0))(w, X, y))(w).renorm(2, 0, limit).mean(0)


def clipped_by_where(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    norms = torch.linalg.vector_norm(found, dim=1, keepdim=True)
    return torch.where(norms > limit, found / norms * limit, found).sum(0) / len(y)


def clipped_all_alike(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    return (found * min(1, limit / found.norm())).mean(dim=0)


def clipped_the_wrong_way(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    return (found * (limit / found.norm(dim=1, keepdim=True)).clamp(min=1)).mean(dim=0)


def clipped_along_samples(loss, w, X, y, limit):
    found = each(loss, w, X, y)
    return (found * (limit / found.norm(dim=0, keepdim=True)).clamp(max=1)).mean(dim=0)


def curvature_of_a_line(g, x, v):
    return hessian(lambda t: g(x + t * v))(torch.tensor(0.0)).item()


def curvature_by_two_jvps(g, x, v):
    def slope(x):
        return jvp(g, (x,), (v,))[1]

    return jvp(slope, (x,), (v,))[1].reshape(1)


def curvature_by_dot(g, x, v):
    x.requires_grad_()
    g(x).backward(create_graph=True)
    return np.float64(torch.dot(torch.autograd.grad(x.grad @ v, x)[0], v).item())


def curvature_by_vhp(g, x, v):
    return torch.autograd.functional.vhp(g, x, v)[1] @ v


def curvature_by_vjp(g, x, v):
    return (vjp(grad(g), x)[1](v)[0] * v).sum()


def curvature_with_matrix(g, x, v):
    return torch.einsum("i,ij,j", v, hessian(g)(x), v)


def curvature_of_stacked_rows(g, x, v):
    x = x.requires_grad_()
    (gradient,) = torch.autograd.grad(g(x), x, create_graph=True)
    H = torch.stack([torch.autograd.grad(one, x, retain_graph=True)[0] for one in gradient])
    return v @ H @ v


def curvature_by_differences(g, x, v, h=0.5):
    return (g(x + h * v) - 2 * g(x) + g(x - h * v)) / h**2


RIGHT = {
    "shapes": [
        ((2, 3, 4), (4,), (2, 3)),
        ([2, 3, 4], [4], [2, 3]),
        (torch.Size([2, 3, 4]), torch.zeros(4).shape, torch.zeros(2, 3).shape),
        (np.array([2, 3, 4]), torch.tensor([4]), (np.int64(2), 3.0)),
        ((2, 3, 4), np.zeros(4).shape, range(2, 4)),
    ],
    "jacobian_by_hand": [
        by_hand,
        by_hand_in_place,
        _ByHand(),
        functools.partial(lambda scale, x: by_hand(x) * scale, 1.0),
        lambda x: torch.stack([torch.stack([2 * x.prod(), x[0] ** 2]), torch.stack([0 * x[0], x[1].cos()]),
                               x.new_tensor([1, 4])]),
        lambda x: torch.tensor(np.array([[2 * x[0] * x[1], x[0] ** 2], [0, math.cos(x[1])], [1, 4]])),
        lambda x: torch.nn.Parameter(by_hand(x)),
    ],
    "jacobian_by_rows": [
        rows,
        lambda f, x: rows_by_backward(f, x, copy=True, empty=True),
        rows_in_place,
        rows_of_fresh_graphs,
        rows_at_once,
        torch.autograd.functional.jacobian,
    ],
    "cheaper_mode": [
        mode,
        numpy_mode,
        tensor_mode,
        lambda s, t: min((torch.Size(t).numel(), "reverse"), (torch.Size(s).numel(), "forward"),
                         key=lambda pair: pair[0])[::-1],
    ],
    "clipped_gradient": [
        clipped,
        clipped_in_a_loop,
        clipped_by_renorm,
        clipped_by_where,
        lambda loss, w, X, y, limit: sum(
            g * min(1.0, limit / g.norm().item()) for g in each(loss, w, X, y)) / X.shape[0],
    ],
    "curvature": [
        curvature,
        curvature_by_double_backward,
        curvature_of_a_line,
        curvature_by_two_jvps,
        curvature_by_dot,
        curvature_by_vhp,
        curvature_by_vjp,
    ],
}  # fmt: skip

WRONG = {
    "shapes": [
        (((4, 2, 3), (4,), (2, 3)), "two halves swapped"),
        (((6, 4), (4,), (2, 3)), "flattens the output"),
        (((2, 3), (4,), (2, 3)), "an axis for each of the output's and the input's"),
        (((2, 3, 4), (2, 3), (4,)), "the two v are swapped"),
        (((2, 3, 4), (2, 3), (2, 3)), "a direction in which the input moves"),
        (((2, 3, 4), (4,), (4,)), "a weight for each output"),
        (((2, 3, 4), 4, (2, 3)), "the shape of jvp's v must be a tuple"),
        (((2, 3, 4), (4,), (3, 2)), "a weight for each output"),
        (("(2, 3, 4)", (4,), (2, 3)), "the Jacobian's shape must be a tuple"),
        (((2, 3, 4), (4,), torch.zeros(2, 3)), "the shape of vjp's v must be a tuple"),
        ((torch.Size([2, 3, 4]), torch.Size([1]), torch.Size([1])), "a direction in which the input moves"),
        (((24,), (4,), (2, 3)), "an axis for each"),
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
        (by_hand_at_one_point, "the derivative of output 1 by input 1 is not right"),
        (lambda x: by_hand(x).tolist(), "a list; a torch.Tensor is expected"),
        (lambda x: by_hand(x).flatten(), "shape (6,); it is no 3 x 2 table"),
        (changed(1, 0, lambda a, b: math.cos(b)), "output 2 by input 1 is not right, and 5 of 6"),
        (changed(0, 1, lambda a, b: 2 * a), "output 1 by input 2 is not right"),
        (lambda x: jacrev(three_outputs)(x), "asks torch for the derivatives"),
        (lambda x: jacfwd(three_outputs)(x), "asks torch for the derivatives"),
        (lambda x: torch.autograd.functional.jacobian(three_outputs, x), "asks torch for the derivatives"),
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
        (lambda f, x: jacrev(f)(x), "torch.func"),
        (lambda f, x: jacfwd(f)(x), "torch.func"),
        (lambda f, x: vmap(vjp(f, x)[1])(torch.eye(len(f(x))))[0], "torch.func"),
        (by_differences, "no reverse pass"),
        (rows_by_entry, "6 reverse passes for 3 outputs"),
        (lambda f, x: list(rows(f, x)), "a list; a torch.Tensor is expected"),
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
        (lambda source, target: ("jacrev", 1), "expected one of 'forward', 'reverse'"),
        (sums_of_sizes, "a scalar, of shape (), is one number"),
        (numbers_of_axes, "the other mode needs fewer passes"),
        (lambda source, target: mode(source, target)[::-1], "the mode comes first"),
        (lambda source, target: dict(zip(("mode", "passes"), mode(source, target), strict=True)), "a pair"),
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
        (clipped_all_alike, "each sample's gradient has a length of its own"),
        (clipped_the_wrong_way, "turned round"),
        (clipped_along_samples, "along the samples"),
        (lambda loss, w, X, y, limit: grad(loss)(w, X[0], y[0]), "the first sample"),
        (lambda *given: clipped(*given).tolist(), "a list; a torch.Tensor is expected"),
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
        (curvature_with_matrix, "the whole matrix H"),
        (curvature_of_stacked_rows, "the whole matrix H"),
        (curvature_by_differences, "not what the whole Hessian gives"),
        (lambda g, x, v: jvp(grad(g), (x,), (v,))[1] * v, "not yet added up"),
        (lambda g, x, v: -curvature(g, x, v), "the sign is turned"),
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
