"""Checks of chapter 8's exercises: batch, stochastic and mini-batch gradient descent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from helpers import descent
from helpers.checks.report import call, exercise, function, number, reject, require, same, whole_number, wrong
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
        x, y = _samples(size, seed=size)
        given = f"a batch of {size}"
        gradient = two_numbers(call(compute, 0.5, -1.0, x, y, given=given), given)
        _diagnose_gradient(gradient, descent.gradient(x, y, 0.5, -1.0), size)
    return "on batches of 4, 1 and 7 samples the function returns what autograd returns."


def _diagnose_gradient(gradient: Tensor, expected: Tensor, size: int) -> None:
    if same(gradient, expected, rtol=1e-4):
        return
    reject(same(gradient, -expected, rtol=1e-4), "the sign is turned: the error is prediction minus target.")
    reject(
        same(gradient, expected / 2, rtol=1e-4), "exactly half: the derivative of a square has a factor 2."
    )
    reject(same(gradient, expected.flip(0), rtol=1e-4), "the two are swapped: dw comes first, then db.")
    reject(
        same(gradient[0], gradient[1]) and same(gradient[1], expected[1], rtol=1e-4),
        "dw equals db: the factor x of the chain rule is missing in dw.",
    )
    reject(
        same(gradient, size * expected, rtol=1e-4),
        f"with {size} samples it is exactly {size} times too large: a sum where the loss takes the mean.",
    )
    reject(same(gradient[0], expected[0], rtol=1e-4), f"with {size} samples, dw is right and db is not.")
    reject(same(gradient[1], expected[1], rtol=1e-4), f"with {size} samples, db is right and dw is not.")
    wrong(f"with {size} samples, neither dw nor db is what autograd finds.")


@exercise
def split_into_batches(answer: object) -> str:
    """Judge a function ``(order, batch_size) -> list of batches`` by what every sample must go through."""
    split = function(answer)
    for count, batch_size in ((10, 4), (8, 4), (3, 5), (5, 1)):
        order = list(range(count))[::-1]
        given = f"{count} samples in batches of {batch_size}"
        result = call(split, order, batch_size, given=given)
        require(isinstance(result, (list, tuple)), f"with {given}: a list of batches is expected.")
        require(
            all(isinstance(batch, (list, tuple)) for batch in result),
            f"with {given}: every batch must be a list, also one of a single sample.",
        )
        _diagnose_batches([list(batch) for batch in result], order, batch_size, given)
    return "every sample is in exactly one batch, in order, and only the last batch may be short."


def _diagnose_batches(batches: list[list[int]], order: list[int], batch_size: int, given: str) -> None:
    samples = [index for batch in batches for index in batch]
    reject([] in batches, f"with {given}: there is an empty batch.")
    reject(len(samples) < len(order), f"with {given}: {len(order) - len(samples)} samples are in no batch.")
    reject(len(samples) > len(order), f"with {given}: some sample is in more than one batch.")
    reject(sorted(samples) != sorted(order), f"with {given}: the batches hold other samples than the order.")
    reject(samples != order, f"with {given}: the samples do not come in the given order.")
    reject(any(len(batch) > batch_size for batch in batches), f"with {given}: a batch is too large.")
    require(
        all(len(batch) == batch_size for batch in batches[:-1]),
        f"with {given}: a batch before the last one is short.",
    )


@exercise
def sgd_epoch(answer: object) -> str:
    """Judge a function ``(X, y, w, b, lr, batch_size) -> (w, b)`` against the path that torch takes."""
    epoch = function(answer)
    for count, batch_size in ((6, 6), (6, 3), (7, 3), (4, 1)):
        X, y = _samples(count, seed=count)
        given = f"{count} samples in batches of {batch_size}"
        result = call(epoch, X.clone(), y.clone(), 0.5, -1.0, 0.05, batch_size, given=given)
        _diagnose_epoch(two_numbers(result, given), X, y, batch_size, given)
    return "full, even, short and single-sample batches all end where torch's own descent ends."


def _diagnose_epoch(end: Tensor, X: Tensor, y: Tensor, batch_size: int, given: str) -> None:
    start, lr = (0.5, -1.0), 0.05

    def reached(rate: float = lr, size: int = batch_size, samples: int = len(X)) -> Tensor:
        walk = descent.path(X[:samples], y[:samples], start=start, lr=rate, batch_size=size)
        return walk.points[-1]

    if same(end, reached(), rtol=1e-4):
        return
    batches = [list(range(first, min(first + batch_size, len(X)))) for first in range(0, len(X), batch_size)]
    usual = (
        (torch.tensor(start), "w and b are where they started: is the update made on them?"),
        (reached(size=len(X)), "that is one update with all samples: an update for each batch is expected."),
        (
            reached(samples=len(X) // batch_size * batch_size),
            "the short last batch is left out; its samples count too.",
        ),
        (
            reached(rate=lr / 2),
            "each step is half as long as it should be: the square's factor 2 is missing.",
        ),
        (
            _piled_up(X, y, batches, start, lr),
            "old gradients are added to the new ones: empty .grad each time.",
        ),
        (
            _all_at_start(X, y, batches, start, lr),
            "every gradient is taken at the start, not where w and b are by then.",
        ),
        (
            reached(rate=lr * batch_size),
            "each step is too long by the size of the batch: sum instead of mean.",
        ),
    )
    reject_usual(end, usual, given, rtol=1e-4)
    before, after = (descent.mean_squared_error(X, y, *point) for point in (torch.tensor(start), end))
    reject(after > before, f"with {given}: the loss rises. Does the update go against the gradient?")
    wrong(f"with {given}: the loss falls, but w and b end elsewhere than torch's own descent.")


def _piled_up(X: Tensor, y: Tensor, batches: list[list[int]], start: Sequence[float], lr: float) -> Tensor:
    point, pile = torch.tensor(start, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)
    for batch in batches:
        pile = pile + descent.gradient(X[batch], y[batch], *point.tolist())
        point = point - lr * pile
    return point


def _all_at_start(
    X: Tensor, y: Tensor, batches: list[list[int]], start: Sequence[float], lr: float
) -> Tensor:
    steps = [descent.gradient(X[batch], y[batch], *start) for batch in batches]
    return torch.tensor(start, dtype=torch.float64) - lr * torch.stack(steps).sum(0)


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
    slope_only = 1 / X.double().square().mean()
    reject(
        same(lr, slope_only, rtol=1e-3),
        f"with {given}: only the curvature of w is in it; w and b pull on each other.",
    )
    smallest, largest = torch.linalg.eigvalsh(curvature)
    reject(
        same(lr, 2 / smallest, rtol=1e-3),
        f"with {given}: the steepest direction sets the limit, not the flattest.",
    )
    reject(
        same(lr, 1 / largest, rtol=1e-3),
        f"with {given}: one step at this rate lands on the valley floor, a longer one may still converge.",
    )
    require(_growth(1.02 * lr, curvature) > 1, f"with {given}: too cautious, a larger rate still converges.")
    wrong(f"with {given}: too large, descent already diverges a little below it.")


def _growth(lr: float, curvature: Tensor) -> float:
    """Factor by which one full-batch step stretches the distance to the minimum, in its worst direction."""
    step = torch.eye(2, dtype=torch.float64) - lr * curvature
    return float(torch.linalg.eigvalsh(step).abs().max())


#: Losses of the epochs so far, whether to stop (tolerance 0.1, patience 3), and what a wrong answer forgets.
STOPPING_CASES = (
    ([5.0, 4.0, 3.0, 2.0, 1.0], False, "the loss still falls by 1 in each epoch: do not stop."),
    ([5.0, 1.0, 1.0, 1.0, 1.0], True, "nothing has improved for three epochs: stop."),
    ([5.0, 4.0], False, "fewer epochs than the patience have been run: do not stop."),
    ([5.0, 4.0, 3.0, 2.0, 2.0], False, "one epoch without progress is less than the patience: do not stop."),
    (
        [3.0, 3.0, 3.0],
        False,
        "three epochs leave nothing before the last three to compare with: do not stop.",
    ),
    ([5.0, 1.0, 2.0, 3.0, 4.0], True, "the loss rises, which is no progress either: stop."),
    (
        [5.0, 1.0, 1.5, 0.5, 1.5],
        False,
        "one of the last three epochs was the best so far by 0.5: do not stop.",
    ),
    ([5.0, 1.0, 0.98, 0.97, 0.96], True, "the best loss fell by less than the tolerance: stop."),
)


@exercise
def should_stop(answer: object) -> str:
    """Judge a function ``(losses, tolerance, patience) -> bool`` on runs that a rule must tell apart."""
    rule: Callable[..., object] = function(answer)
    for losses, stop, reason in STOPPING_CASES:
        given = f"losses {losses}, tolerance 0.1, patience 3"
        result = call(rule, list(losses), 0.1, 3, given=given)
        truth = isinstance(result, (bool, torch.Tensor)) or result in (0, 1)
        require(truth, f"with {given}, the function returns {result!r}: True or False is expected.")
        require(bool(result) == stop, f"with {given}: {reason}")
    return f"{len(STOPPING_CASES)} runs are told apart, among them short, rising and noisy ones."


def _samples(count: int, seed: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    X = 1.5 + torch.randn(count, generator=generator)
    return X, 2 * X - 0.5 + torch.randn(count, generator=generator)
