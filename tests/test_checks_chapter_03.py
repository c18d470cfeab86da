"""Chapter 3's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import torch
from exercise_cases import ExerciseCases
from own_autograd import engine

from helpers.checks import chapter_03

Value = engine()["Value"]


def by_hand(*, error=1.0, factor=2.0, slope=True, inner=True, penalty=lambda w: 2 * w, square=False):
    """Return a gradient of (tanh(w x) - y)² + w², with something changed."""

    def compute(w, x, y):
        t = math.tanh(w * x)
        chain = factor * error * (t - y)
        chain *= (1 - (w * x) ** 2 if square else 1 - t * t) if slope else 1
        return chain * (x if inner else 1) + penalty(w)

    return compute


def times_penalty(w, x, y):
    t = math.tanh(w * x)
    return 2 * (t - y) * (1 - t * t) * x * 2 * w


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


def between(first, second, w):
    h = first(w)
    return torch.autograd.grad(second(h), h)[0]


def between_by_retain(first, second, w):
    h = first(w)
    h.retain_grad()
    second(h).backward()
    return h.grad


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


RIGHT = {
    "accumulated": [15],
    "gradient_by_hand": [by_hand()],
    "backward_in_parts": [in_parts(share)],
    "gradient_in_between": [between],
    "sigmoid": [sigmoid(lambda s: s * (1 - s)), sigmoid_of_the_engines_own_parts],
    "numerical_gradient": [differences()],
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
    ],
    "gradient_in_between": [
        (between_by_w, "the gradient by w, not by first(w)"),
        (between_by_retain, "w.grad was filled on the way"),
        (lambda first, second, w: first(w), "the value first(w), not a gradient"),
        (lambda first, second, w: torch.autograd.grad(second(first(w)), w), "a tuple is returned"),
        (lambda first, second, w: second(first(w)), "not the gradient of the result"),
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
