"""Checks of chapter 8's exercises: batch, stochastic and mini-batch gradient descent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import torch
from torch import Tensor

from helpers import descent
from helpers.checks.descents import Walk, diagnose_walk, samples
from helpers.checks.report import (
    call,
    exercise,
    function,
    items_of,
    number,
    reject,
    require,
    same,
    truth,
    whole_number,
    wrong,
)
from helpers.checks.usual import reject_usual, two_numbers


@exercise
def updates_made(answer: object) -> str:
    """Judge the number of updates of 20 epochs over 1,000 samples, in batches of 64, short ones dropped."""
    count = whole_number(answer)
    per_epoch, remainder = divmod(count, 20)
    reject(count == 20, "that is one update for each epoch; each batch makes an update.")
    reject(count == 20 * 1000, "that is one update for each sample; each batch makes only one.")
    reject(0 < count < 20, "that is the count of a single epoch at most; there are 20 of them.")
    require(remainder == 0, "every epoch makes the same number of updates, so 20 must divide the answer.")
    reject(
        per_epoch * 64 > 1000, "one epoch would read more than 1,000 samples: is a short batch still counted?"
    )
    require((per_epoch + 1) * 64 > 1000, "one epoch could make more full batches than that.")
    return "each epoch makes as many full batches as 1,000 samples hold, and there are 20 epochs."


@exercise
def batch_gradient(answer: object) -> str:
    """Judge a function ``(w, b, x, y) -> (dw, db)`` against autograd, on batches of several sizes."""
    compute = function(answer)
    for size in (4, 1, 7):
        x, y = samples(size)
        given = f"a batch of {size}"
        gradient = two_numbers(call(compute, 0.5, -1.0, x.clone(), y.clone(), given=given), given)
        _diagnose_gradient(gradient, x, y)
    given = "a batch of 7 and other w and b"
    gradient = two_numbers(call(compute, -2.0, 1.5, x.clone(), y.clone(), given=given), given)
    right = same(gradient, descent.gradient(x, y, -2.0, 1.5), rtol=1e-4)
    require(right, f"with {given}: the gradient does not follow them.")
    return "on batches of 4, 1 and 7 samples the function returns what autograd returns."


def _diagnose_gradient(gradient: Tensor, x: Tensor, y: Tensor) -> None:
    size, expected = len(x), descent.gradient(x, y, 0.5, -1.0)
    if same(gradient, expected, rtol=1e-4):
        return
    given = f"{size} samples"
    mixed = torch.stack([expected[1] * x.double().mean(), expected[1]])
    usual = (
        (-expected, "the sign is turned: the error is prediction minus target."),
        (expected / 2, "exactly half: the derivative of a square has a factor 2."),
        (expected.flip(0), "the two are swapped: dw comes first, then db."),
        (expected[[1, 1]], "dw equals db: the factor x of the chain rule is missing in dw."),
        (size * expected, f"exactly {size} times too large: a sum where the loss takes the mean."),
        (size * expected / 2, "a sum where the loss takes the mean, and the square's factor 2 is missing."),
        (mixed, "the mean of 2 e x is not the mean of 2 e times the mean of x."),
        (size / 5 * expected, "the sum is divided by 5, whatever the number of samples."),
    )
    reject_usual(gradient, usual, given, rtol=1e-4)
    reject(same(gradient[0], expected[0], rtol=1e-4), f"with {given}, dw is right and db is not.")
    reject(same(gradient[1], expected[1], rtol=1e-4), f"with {given}, db is right and dw is not.")
    wrong(f"with {given}, neither dw nor db is what autograd finds.")


@exercise
def split_into_batches(answer: object) -> str:
    """Judge a function ``(order, batch_size) -> list of batches`` by what every sample must go through."""
    split = function(answer)
    for count, batch_size in ((10, 4), (8, 4), (3, 5), (5, 1)):
        order = list(range(count))[::-1]
        given = f"{count} samples in batches of {batch_size}"
        result = call(split, list(order), batch_size, given=given)
        require(isinstance(result, (list, tuple)), f"with {given}: a list of batches is expected.")
        every = f"with {given}: every batch must be a list, also one of a single sample."
        _diagnose_batches([items_of(batch, every) for batch in result], order, batch_size, given)
    return "every sample is in exactly one batch, in order, and only the last batch may be short."


def _diagnose_batches(batches: list[list[object]], order: list[int], batch_size: int, given: str) -> None:
    # Indices may come as numbers of torch or NumPy.
    read = [getattr(index, "tolist", lambda index=index: index)() for batch in batches for index in batch]
    reject([] in batches, f"with {given}: there is an empty batch.")
    others = [index for index in read if index not in order]
    reject(others, f"with {given}: the batches hold other samples than the order.")
    reject(len(set(read)) < len(read), f"with {given}: some sample is in more than one batch.")
    reject(len(read) < len(order), f"with {given}: {len(order) - len(read)} samples are in no batch.")
    reject(read != order, f"with {given}: the samples do not come in the given order.")
    reject(any(len(batch) > batch_size for batch in batches), f"with {given}: a batch is too large.")
    require(
        all(len(batch) == batch_size for batch in batches[:-1]),
        f"with {given}: a batch before the last one is short.",
    )


#: Number of samples, size of a batch, start and learning rate: between them, all differ.
EPOCHS = (
    (6, 6, (0.5, -1.0), 0.05),
    (6, 3, (0.5, -1.0), 0.05),
    (7, 3, (-2.0, 1.5), 0.03),
    (4, 1, (1.0, 0.5), 0.02),
)


@exercise
def sgd_epoch(answer: object) -> str:
    """Judge a function ``(X, y, w, b, lr, batch_size) -> (w, b)`` against the path that torch takes."""
    epoch = function(answer)
    for count, batch_size, start, lr in EPOCHS:
        X, y = samples(count)
        walk = Walk(X, y, start, lr, _batches(range(count), batch_size))
        place = f"start ({start[0]:g}, {start[1]:g}), lr = {lr:g}"
        given = f"{count} samples in batches of {batch_size}, {place}"
        result = call(epoch, X.clone(), y.clone(), *start, lr, batch_size, given=given)
        end = two_numbers(result, given)
        right = diagnose_walk(end, walk, _mistaken_epochs(walk, batch_size), given)
        require(right, f"with {given}: w and b end elsewhere than torch's own descent.")
    return "full, even, short and single-sample batches all end where torch's own descent ends."


def _batches(order: Sequence[int], batch_size: int) -> list[Sequence[int]]:
    return [order[first : first + batch_size] for first in range(0, len(order), batch_size)]


def _mistaken_epochs(walk: Walk, batch_size: int) -> list[tuple[Walk, str]]:
    """Return walks that make their updates with other batches."""
    everything = range(len(walk.X))
    full = [batch for batch in walk.batches if len(batch) == batch_size]
    plans = [
        ([everything], "that is one update with all samples: an update for each batch is expected."),
        (full, "the short last batch is left out; its samples count too."),
        (walk.batches[:1], "only the first batch made its update."),
        ([[i] for i in everything], "each sample makes its own update: batch_size of them make one."),
        (list(walk.batches) * 2, "that is two epochs; one pass is asked for."),
        (list(walk.batches)[::-1], "the batches come in another order; they are read as stored."),
    ]
    if 2 * batch_size == len(walk.X):
        halves = [[first, set(everything) - set(first)] for first in combinations(everything, batch_size)]
        plans += [(half, "the samples are shuffled; they are read as stored.") for half in halves]
    return [(replace(walk, batches=plan), diagnosis) for plan, diagnosis in plans]


@exercise
def largest_stable_lr(answer: object) -> str:
    """Judge a function ``X -> lr`` by what full-batch descent does a little below and above its value."""
    limit = function(answer)
    for name, X in (("centred", torch.linspace(-3, 3, 30)), ("off-centre", torch.linspace(1, 4, 20))):
        given = f"{name} X"
        lr = number(call(limit, X.clone(), given=given), "the learning rate")
        require(lr > 0, f"with {given}: a learning rate is positive, this one is not.")
        _diagnose_limit(lr, X, given)
    return "on two data sets, 2 % below your learning rate descent converges and 2 % above it diverges."


def _diagnose_limit(lr: float, X: Tensor, given: str) -> None:
    curvature = descent.hessian(X)
    if _growth(0.98 * lr, curvature) < 1 < _growth(1.02 * lr, curvature):
        return
    smallest, largest = torch.linalg.eigvalsh(curvature)
    usual = (
        (1 / X.double().square().mean(), "only the curvature of w is in it; w and b pull on each other."),
        (2 / smallest, "the steepest direction sets the limit, not the flattest."),
        (1 / largest, "one step at this rate lands on the valley floor, a longer one may still converge."),
        (4 / largest, "twice the limit: the second derivative of a square has a factor 2."),
        (2 / (len(X) * largest), "that is the limit of a sum over the samples; the loss is their mean."),
        (largest, "that is the curvature; the limit is 2 divided by it."),
        (largest / 2, "upside down: the limit is 2 divided by the curvature."),
    )
    reject_usual(lr, usual, given, rtol=1e-3)
    require(_growth(1.02 * lr, curvature) > 1, f"with {given}: too cautious, a larger rate still converges.")
    wrong(f"with {given}: too large, descent already diverges a little below it.")


def _growth(lr: float, curvature: Tensor) -> float:
    """Factor by which one full-batch step stretches the distance to the minimum, in its worst direction."""
    step = torch.eye(2, dtype=torch.float64) - lr * curvature
    return float(torch.linalg.eigvalsh(step).abs().max())


#: Losses of the epochs so far, tolerance, patience, whether to stop, and what a wrong answer forgets.
STOPPING_CASES = (
    ([5.0, 4.0, 3.0, 2.0, 1.0], 0.1, 3, False, "the loss still falls by 1 in each epoch: do not stop."),
    ([5.0, 1.0, 1.0, 1.0, 1.0], 0.1, 3, True, "nothing has improved for three epochs: stop."),
    ([5.0, 4.0], 0.1, 3, False, "fewer epochs than the patience have been run: do not stop."),
    ([5.0, 4.0, 3.0, 2.0, 2.0], 0.1, 3, False, "one epoch without progress is less than the patience."),
    ([3.0, 3.0, 3.0], 0.1, 3, False, "three epochs leave nothing before the last three: do not stop."),
    ([5.0, 1.0, 2.0, 3.0, 4.0], 0.1, 3, True, "the loss rises, which is no progress either: stop."),
    ([5.0, 1.0, 1.5, 0.5, 1.5], 0.1, 3, False, "one of the last three epochs was the best so far by 0.5."),
    ([5.0, 1.0, 0.98, 0.97, 0.96], 0.1, 3, True, "the best loss fell by less than the tolerance: stop."),
    ([1.0, 5.0, 5.0, 4.0, 3.0], 0.1, 3, True, "the best of all epochs before was the first: stop."),
    ([5.0, 1.0, 1.0], 0.1, 1, True, "the patience given is one epoch, and it brought nothing: stop."),
    ([2.0, 1.5, 1.5, 1.0], 1.0, 2, True, "a fall by 0.5 is less than the tolerance given: stop."),
    ([2.0, 1.5], 0.5, 1, False, "a fall by just the tolerance is a fall by at least it: do not stop."),
)


@exercise
def should_stop(answer: object) -> str:
    """Judge a function ``(losses, tolerance, patience) -> bool`` on runs that a rule must tell apart."""
    rule: Callable[..., object] = function(answer)
    for losses, tolerance, patience, stop, reason in STOPPING_CASES:
        given = f"losses {losses}, tolerance {tolerance}, patience {patience}"
        result = call(rule, list(losses), tolerance, patience, given=given)
        verdict = truth(result, f"with {given}, what the function returns")
        require(verdict == stop, f"with {given}: {reason}")
    return f"{len(STOPPING_CASES)} runs are told apart, among them short, rising and noisy ones."
