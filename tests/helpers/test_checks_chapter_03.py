"""Chapter 3's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math
from fractions import Fraction

import numpy as np
import torch
from exercise_cases import ExerciseCases
from own_autograd import engine

from helpers.checks import chapter_03

Value = engine()["Value"]


def by_hand(
    *,
    error=1.0,
    factor=2.0,
    local=lambda t: 1 - t * t,
    slope=True,
    inner=True,
    also=lambda w, x: 1,
    penalty=lambda w: 2 * w,
    square=False,
):
    """Return a gradient of (tanh(w x) - y)² + w², with something changed."""

    def compute(w, x, y):
        t = math.tanh(w * x)
        chain = factor * error * (t - y)
        chain *= (1 - (w * x) ** 2 if square else local(t)) if slope else 1
        return chain * (x if inner else also(w, x)) + penalty(w)

    return compute


def times_penalty(w, x, y):
    t = math.tanh(w * x)
    return 2 * (t - y) * (1 - t * t) * x * 2 * w


def tanh_of(module, convert=float):
    """Return a right gradient that takes tanh from another module, and numbers as it likes them."""

    def compute(w, x, y):
        w, x, y = convert(w), convert(x), convert(y)
        t = module.tanh(w * x)
        return 2 * x * (t - y) * (1 - t * t) + 2 * w

    return compute


def formula(w, x, y):
    return (torch.tanh(w * x) - y) ** 2 + w**2


def by_backward(w, x, y):
    w = torch.tensor(w, requires_grad=True)
    formula(w, x, y).backward()
    return w.grad


def by_autograd_grad(w, x, y):
    w = torch.tensor(w, requires_grad=True)
    return torch.autograd.grad(formula(w, x, y), w)[0].item()


def by_func_grad(w, x, y):
    return torch.func.grad(formula)(torch.tensor(w), x, y)


def in_parts(weight, *, empty=False, take=lambda parts: parts, give=lambda w: w.grad):
    """Return an answer that weighs the loss of each part by ``weight(part, X, size, number of parts)``."""

    def run(w, X, y, size):
        parts = torch.arange(len(X)).split(size)
        for part in take(parts):
            if empty:
                w.grad = None
            loss = ((w * X[part] - y[part]) ** 2).mean()
            (loss * weight(part, X, size, len(parts))).backward()
        return give(w)

    return run


def share(part, X, size, count):
    return len(part) / len(X)


def parts_and_a_step(w, X, y, size):
    in_parts(share)(w, X, y, size)
    with torch.no_grad():
        w -= 0.1 * w.grad
    return w.grad


def parts_by_slices(w, X, y, size):
    for start in range(0, len(X), size):
        error = w * X[start : start + size] - y[start : start + size]
        (error.square().sum() / X.numel()).backward()
    return w.grad


def parts_by_loader(w, X, y, size):
    data = torch.utils.data.TensorDataset(X, y)
    for inputs, targets in torch.utils.data.DataLoader(data, batch_size=size):
        loss = torch.nn.functional.mse_loss(w * inputs, targets, reduction="sum")
        loss.backward(torch.tensor(1 / len(data)))
    return w.grad


def parts_divided_last(w, X, y, size):
    w.grad = None
    for inputs, targets in zip(X.split(size), y.split(size), strict=True):
        ((w * inputs - targets) ** 2).sum().backward()
    w.grad /= len(X)
    return w.grad.clone()


def single_samples(w, X, y, size):
    return parts_by_slices(w, X, y, 1)


def all_at_once(w, X, y, size):
    ((w * X - y) ** 2).mean().backward()
    return w.grad


def one_backward_for_all_parts(w, X, y, size):
    total = 0
    for inputs, targets in zip(X.split(size), y.split(size), strict=True):
        total = total + ((w * inputs - targets) ** 2).sum()
    (total / len(X)).backward()
    return w.grad


def parts_in_place(w, X, y, size):
    y.neg_()
    for inputs, targets in zip(X.split(size), y.split(size), strict=True):
        (((w * inputs + targets) ** 2).sum() / len(X)).backward()
    return w.grad


def between(first, second, w):
    h = first(w)
    return torch.autograd.grad(second(h), h)[0]


def between_by_retain(first, second, w):
    h = first(w)
    h.retain_grad()
    second(h).backward()
    return h.grad


def between_detached(first, second, w):
    h = first(w).detach().requires_grad_()
    second(h).backward()
    return h.grad


def between_by_inputs(first, second, w):
    h = first(w)
    h.retain_grad()
    second(h).backward(inputs=[h])
    return h.grad


def between_by_hook(first, second, w):
    found = []
    h = first(w)
    h.register_hook(found.append)
    torch.autograd.grad(second(h), w)
    return found[0]


def between_and_emptied(first, second, w):
    gradient = between_by_retain(first, second, w)
    w.grad = None
    return gradient


def between_and_zeroed(first, second, w):
    gradient = between_by_retain(first, second, w)
    w.grad.zero_()
    return gradient


def between_twice(first, second, w):
    return torch.autograd.grad(second(first(w)), first(w))[0]


def between_after_a_step(first, second, w):
    gradient = between(first, second, w)
    with torch.no_grad():
        w -= gradient.sum()
    return gradient


def between_by_w(first, second, w):
    return torch.autograd.grad(second(first(w)), w)[0]


def sigmoid(local):
    """Return a sigmoid with the local derivative ``local(s)``."""

    def compute(a):
        s = 1 / (1 + math.exp(-a.data))
        return Value(s, [(a, local(s))])

    return compute


def sigmoid_of_the_engines_own_parts(a):
    return 1 / (1 + (-a).exp())


def sigmoid_by_tanh(a):
    return (a * 0.5).tanh() * 0.5 + 0.5


def sigmoid_of_torch(a):
    s = torch.sigmoid(torch.tensor(a.data))
    return Value(s, ((a, s * (1 - s)),))


def sigmoid_of_numpy(a):
    s = 1 / (1 + np.exp(-a.data))
    return Value(s, [(a, s * (1 - s))])


def sigmoid_in_place(a):
    s = 1 / (1 + math.exp(-a.data))
    a.data = s
    return Value(s, [(a, s * (1 - s))])


def local_is_a_value(a):
    s = 1 / (1 + (-a).exp())
    return Value(s.data, [(a, s * (1 - s))])


def value_in_a_value(a):
    return Value(1 / (1 + (-a).exp()), [(a, 0.2)])


def parents_are_no_pairs(a):
    return Value(1 / (1 + math.exp(-a.data)), [a])


def without_parents(a):
    return Value(1 / (1 + math.exp(-a.data)))


def differences(scale=1.0, *, two_sided=True, keep=True, each=True):
    """Return a gradient by finite differences, with something changed."""

    def compute(function, v, h=1e-5):
        gradient = torch.zeros_like(v)
        for i in range(v.numel()):
            nudge = torch.zeros_like(v) if each else torch.full_like(v, h)
            nudge.view(-1)[i] = h
            back = v - nudge if two_sided else v
            width = 2 * h if two_sided else h
            gradient.view(-1)[i] = scale * (function(v + nudge) - function(back)) / width
        if not keep:
            v += 1e-3
        return gradient

    return compute


def flat_differences(function, v, h=1e-5):
    return differences()(function, v, h).flatten()


def nudged_in_place(function, v, h=1e-5):
    gradient = torch.zeros_like(v)
    for i in range(v.numel()):
        flat = v.view(-1)
        flat[i] += h
        above = function(v)
        flat[i] -= 2 * h
        gradient.view(-1)[i] = (above - function(v)) / (2 * h)
        flat[i] += h
    return gradient


def by_rows_of_eye(function, v, h=1e-5):
    nudges = h * torch.eye(v.numel(), dtype=v.dtype).view(-1, *v.shape)
    slopes = [(function(v + nudge) - function(v - nudge)) / (2 * h) for nudge in nudges]
    return torch.stack(slopes).view(v.shape)


def by_indices(function, v, h=1e-5):
    gradient = torch.empty(v.shape)
    for index in np.ndindex(*v.shape):
        up, down = v.clone(), v.clone()
        up[index] += h
        down[index] -= h
        gradient[index] = (function(up) - function(down)).item() / (2 * h)
    return gradient


def by_vmap(function, v, h=1e-5):
    nudges = h * torch.eye(v.numel(), dtype=v.dtype).view(-1, *v.shape)
    slope = torch.vmap(lambda nudge: (function(v + nudge) - function(v - nudge)) / (2 * h))
    return slope(nudges).view(v.shape)


def never_put_back(function, v, h=1e-5):
    gradient = differences()(function, v, h)
    v.view(-1)[0] += h
    return gradient


def of_rows_only(function, v, h=1e-5):
    gradient = torch.zeros(len(v))
    for i in range(len(v)):
        nudge = torch.zeros_like(v)
        nudge[i] = h
        gradient[i] = (function(v + nudge) - function(v - nudge)) / (2 * h)
    return gradient


def by_leaf(function, v, h=1e-5):
    leaf = v.clone().requires_grad_()
    function(leaf).backward()
    return leaf.grad


def backward_difference(function, v, h=1e-5):
    return differences(two_sided=False)(function, v, -h)


def with_h(h):
    return lambda function, v: differences()(function, v, h)


RIGHT = {
    "accumulated": [15, 15.0, torch.tensor(15.0), np.float32(15), np.array([15]), Fraction(15)],
    "gradient_by_hand": [
        by_hand(),
        tanh_of(np),
        tanh_of(torch, torch.tensor),
        tanh_of(np, np.float32),
        lambda w, x, y: 2 * (math.tanh(w * x) - y) / math.cosh(w * x) ** 2 * x + 2 * w,
    ],
    "backward_in_parts": [
        in_parts(share),
        parts_by_slices,
        parts_by_loader,
        parts_divided_last,
        single_samples,
    ],
    "gradient_in_between": [
        between,
        between_detached,
        between_by_inputs,
        between_by_hook,
        lambda first, second, w: torch.func.grad(second)(first(w)),
        lambda first, second, w: torch.autograd.functional.jacobian(second, first(w)),
        lambda first, second, w: torch.autograd.functional.vjp(second, first(w))[1],
    ],
    "sigmoid": [
        sigmoid(lambda s: s * (1 - s)),
        sigmoid_of_the_engines_own_parts,
        sigmoid_by_tanh,
        sigmoid_of_torch,
        sigmoid_of_numpy,
        lambda a: a.exp() / (a.exp() + 1),
        lambda a: (1 + (-a).exp()) ** -1,
    ],
    "numerical_gradient": [differences(), nudged_in_place, by_rows_of_eye, by_indices, by_vmap],
}

#: exercise -> wrong answers, each with a piece of the diagnosis it must get
WRONG = {
    "accumulated": [
        (4, "the last gradient alone"),
        (11, "before the last call"),
        (17, "at the new w"),
        (14, "leaves .grad alone"),
        (9, "one of the three gradients is missing"),
        (10, "one of the three gradients is missing"),
        (28, "these are the values of the formulas"),
        (3, "each call adds the derivative"),
        ("15", "the answer is a str"),
        ((6, 5, 4), "the answer is a tuple"),
        (torch.tensor([6.0, 11.0, 15.0]), "one number is expected"),
        (None, "the answer is None"),
        (True, "a truth value"),
    ],
    "gradient_by_hand": [
        (by_hand(penalty=lambda w: 0), "the second use of w, in w², is missing"),
        (by_hand(inner=False), "the derivative of w x by w"),
        (by_hand(slope=False), "the derivative of tanh is missing"),
        (by_hand(factor=1.0), "a factor 2"),
        (by_hand(penalty=lambda w: w), "the derivative of w² is not w"),
        (by_hand(penalty=lambda w: w * w), "w² itself is added"),
        (by_hand(error=-1.0), "the error has the wrong sign"),
        (by_hand(square=True), "not 1 - u²"),
        (times_penalty, "two paths: add them"),
        (lambda w, x, y: 1.0, "not what autograd finds"),
        (by_hand(inner=False, factor=2.0, also=lambda w, x: w), "by w is x, not w"),
        (by_hand(local=lambda t: t), "not tanh itself"),
        (by_hand(local=lambda t: 1 - t), "not squared"),
        (by_hand(penalty=lambda w: 2), "the derivative of w² is 2 w, not 2"),
        (by_backward, "without autograd"),
        (by_autograd_grad, "without autograd"),
        (by_func_grad, "without autograd"),
        (lambda w, x, y: formula(torch.tensor(w), x, y), "the value of L"),
        (lambda w, x, y: [by_hand()(w, x, y)], "the result is a list"),
        (lambda w, x, y: (math.tanh(w @ x) - y) ** 2, "raises TypeError"),
        (3.0, "a function is expected"),
    ],
    "backward_in_parts": [
        (in_parts(lambda *_: 1.0), "a sum of means"),
        (in_parts(lambda part, X, size, count: 1 / count), "weigh it by its size"),
        (in_parts(lambda part, X, size, count: len(part)), "the sum over all samples"),
        (in_parts(share, empty=True), "w.grad is not the gradient of the mean"),
        (in_parts(lambda *_: 1.0, empty=True), "only the last part is in it"),
        (in_parts(lambda *_: 1.0, take=lambda parts: parts[:1]), "only the first part is in it"),
        (in_parts(lambda part, X, size, count: size / len(X)), "the last one may have fewer"),
        (in_parts(lambda part, X, size, count: 1 / size), "divided by the size of a part"),
        (in_parts(share, give=lambda w: None), "the function returns None"),
        (in_parts(share, give=lambda w: w.grad * 2), "w.grad is expected as the result"),
        (lambda w, X, y, size: torch.tensor(0.0), "w.grad is None"),
        (parts_and_a_step, "w itself was changed"),
        (all_at_once, "in fewer calls than there are parts"),
        (one_backward_for_all_parts, "in fewer calls than there are parts"),
        (parts_in_place, "X or y was changed"),
        (lambda w, X, y, size: parts_by_slices(w, X, y, size).item(), "a float; a torch.Tensor is expected"),
        (lambda w, X, y, size: (parts_by_slices(w, X, y, size), w), "a tuple; a torch.Tensor is expected"),
        (lambda w, X, y, size: parts_by_slices(w.detach(), X, y, size), "raises RuntimeError"),
        (lambda w, X, y, size: w.grad.zero_(), "raises AttributeError"),
    ],
    "gradient_in_between": [
        (between_by_w, "the gradient by w, not by first(w)"),
        (between_by_retain, "w.grad was changed on the way"),
        (lambda first, second, w: first(w), "the value first(w), not a gradient"),
        (lambda first, second, w: torch.autograd.grad(second(first(w)), w), "a tuple is returned"),
        (lambda first, second, w: second(first(w)), "not the gradient of the result"),
        (between_and_emptied, "leave it as it was"),
        (between_and_zeroed, "leave it as it was"),
        (between_after_a_step, "w itself was changed"),
        (between_twice, "raises RuntimeError"),
        (
            lambda first, second, w: list(torch.autograd.grad(second(h := first(w)), [h])),
            "a list is returned",
        ),
        (lambda first, second, w: between(first, second, w).sum(), "has the shape of what it is taken by"),
        (lambda first, second, w: -between(first, second, w), "not the gradient of the result"),
        (lambda first, second, w: between(first, second, w).tolist(), "torch.Tensor is expected"),
        (lambda first, second, w: torch.ones(7), "has the shape of what it is taken by"),
        (lambda first, second, w: None, "the function returns None"),
    ],
    "sigmoid": [
        (without_parents, "are the parents given"),
        (sigmoid(lambda s: s), "the rule of exp"),
        (sigmoid(lambda s: 1 - s * s), "the one of tanh"),
        (sigmoid(lambda s: 1.0), "as for a sum"),
        (sigmoid(lambda s: -s * (1 - s)), "wrong sign"),
        (sigmoid(lambda s: 1 - s), "a factor is missing"),
        (sigmoid(lambda s: 0.123), "the gradient is not"),
        (lambda a: Value(math.exp(-a.data), [(a, 1.0)]), "the number is not"),
        (lambda a: 1 / (1 + math.exp(-a.data)), "a Value is expected"),
        (sigmoid_in_place, "a itself was changed"),
        (local_is_a_value, "a.grad is a Value; a number is expected"),
        (value_in_a_value, "its .data is a Value; a number is expected"),
        (parents_are_no_pairs, "raises TypeError"),
        (lambda a: 1 / (1 + a.exp()), "the number is not"),
        (lambda a: (sigmoid(lambda s: s * (1 - s))(a), 1.0), "a Value is expected"),
        (lambda a: torch.sigmoid(torch.tensor(a.data)), "a Value is expected"),
        (lambda a: Value(1 / (1 + math.exp(-a.data)), [(Value(a.data), 0.2)]), "no gradient passes"),
        (lambda a: 1 / (1 + math.exp(-a)), "raises TypeError"),
        (lambda a: Value(None, [(a, 1.0)]), "its .data is None; a number is expected"),
    ],
    "numerical_gradient": [
        (differences(2.0), "twice too large"),
        (differences(0.5), "half of it"),
        (differences(2e-5), "not divided by the nudge"),
        (differences(each=False), "one at a time is needed"),
        (differences(-1.0), "the sign is turned"),
        (differences(two_sided=False), "nudge to both sides"),
        (differences(keep=False), "v was changed"),
        (flat_differences, "in its shape"),
        (differences(0.1), "this is not the gradient"),
        (lambda function, v: None, "the function returns None"),
        (by_leaf, "takes the gradient from autograd"),
        (torch.autograd.functional.jacobian, "takes the gradient from autograd"),
        (lambda function, v: torch.func.grad(function)(v), "takes the gradient from autograd"),
        (backward_difference, "nudge to both sides"),
        (with_h(1e-2), "The nudge is too large"),
        (with_h(1e-12), "The nudge is too small"),
        (never_put_back, "v was changed"),
        (of_rows_only, "in its shape"),
        (lambda function, v: differences()(function, v).tolist(), "a list; a torch.Tensor is expected"),
        (lambda function, v: function(v), "in its shape"),
        (lambda function, v, h: differences()(function, v, h), "raises TypeError"),
    ],
}


class TestChapter03(
    ExerciseCases,
    chapter=chapter_03,
    right=RIGHT,
    wrong=WRONG,
    secrets={"accumulated": ["15"]},
    also_given={"sigmoid": (Value,)},
):
    """The answers above, judged by the chapter's checks."""
