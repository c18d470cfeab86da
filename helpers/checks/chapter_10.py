"""Checks of chapter 10's exercises: losses, optimizers, schedules and modes."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from helpers.checks.optimizers import diagnose_nesterov, walk
from helpers.checks.report import call, exercise, function, number, reject, require, same, tensor, wrong
from helpers.checks.usual import reject_usual


@exercise
def first_loss(answer: object) -> str:
    """Judge the cross-entropy that 200 equally likely classes give."""
    value = number(answer)
    chance = 1 / 200
    reject(same(value, chance, rtol=1e-2), "that is the probability of one class, not its loss.")
    reject(same(value, 200), "that is the number of classes; the loss is a logarithm.")
    reject(value == 0, "that is the loss of a network that is sure and right.")
    reject(value < 0, "a negative logarithm of a probability is never negative.")
    reject(same(value, 1 - chance, rtol=1e-3), "that is the share of wrong guesses, not the loss.")
    reject(same(value, -math.log2(chance), rtol=1e-2), "that is a logarithm to base 2; this one is natural.")
    reject(same(value, math.log(10), rtol=2e-2), "that is chance for ten classes, or a logarithm to base 10.")
    require(
        abs(math.exp(-value) / chance - 1) < 0.1, "with that loss, each class would not get an equal share."
    )
    return "a loss of this size gives each of the classes an equal share."


@exercise
def cross_entropy(answer: object) -> str:
    """Judge a function ``(logits, y) -> mean loss`` on ordinary batches and on logits of size 1000."""
    compute = function(answer)
    for size, classes in ((4, 3), (1, 5), (6, 2)):
        logits, y = _batch(size, classes)
        given = f"{size} sample{'s' * (size > 1)} of {classes} classes"
        loss = call(compute, logits.clone(), y.clone(), given=given)
        each = isinstance(loss, Tensor) and loss.ndim == 1 and len(loss) == size > 1
        reject(each, f"with {given}, one loss for each sample comes back: average them.")
        _diagnose_cross_entropy(number(loss, f"the loss of {given}"), logits, y, given)
    _diagnose_extreme(compute)
    return "ordinary batches give torch's loss, and logits of size 1000 stay finite."


def _diagnose_extreme(compute: Callable[..., object]) -> None:
    given = "logits of size 1000"
    logits = torch.tensor([[1000.0, 0.0], [0.0, -1000.0]])
    loss = call(compute, logits, torch.tensor([1, 0]), given=given)
    require(
        torch.isfinite(torch.as_tensor(loss)).all(),
        f"with {given} the result is inf or nan: is the largest logit of each row taken out first?",
    )
    value = number(loss, f"with {given} the result")
    reject(0 <= value < 499, f"with {given} the loss is too small: is a logit or a probability cut off?")
    require(same(value, 500.0), f"with {given} the value is off.")


def _batch(size: int, classes: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(size)
    return 2 * torch.randn(size, classes, generator=generator), torch.arange(size).flip(0) % classes


def _diagnose_cross_entropy(loss: float, logits: Tensor, y: Tensor, given: str) -> None:
    expected = functional.cross_entropy(logits, y)
    if same(loss, expected, rtol=1e-4):
        return
    p = logits.softmax(dim=1)
    by_column = -logits.log_softmax(dim=0)[range(len(y)), y].mean()
    usual = (
        (-expected, "the sign is turned: the loss is a negative logarithm."),
        (len(y) * expected, "it is a sum over the samples; take the mean."),
        (functional.cross_entropy(p, y), "softmax is applied twice."),
        (p[range(len(y)), y].mean(), "that is the mean probability: its logarithm is missing."),
        (
            -logits[range(len(y)), y].mean(),
            "the sum over the classes is missing: this is the true logit alone.",
        ),
        (by_column, "the sum runs over the samples (dim=0); softmax runs over the classes."),
        (-logits.log_softmax(dim=1).mean(), "all classes are averaged; only the true one counts."),
        (expected / math.log(2), "the logarithm is to base 2; this one is natural."),
        (expected / math.log(10), "the logarithm is to base 10; this one is natural."),
        (
            expected - logits.max(dim=1).values.mean(),
            "the largest logit is taken out of the sum, but not out of the true logit.",
        ),
        (
            functional.cross_entropy(logits - logits.max(dim=0).values, y),
            "the largest logit of each column is taken out; it must be that of the row.",
        ),
    )
    reject_usual(loss, usual, given, rtol=1e-4)
    wrong(f"with {given}, the loss is not what the formula gives.")


@exercise
def bce_gradient(answer: object) -> str:
    """Judge a function ``(z, y) -> gradient`` of the mean binary cross-entropy against autograd."""
    compute = function(answer)
    for shape in ((4,), (1,), (3, 2)):
        generator = torch.Generator().manual_seed(len(shape))
        z = 2 * torch.randn(shape, generator=generator)
        y = torch.randint(2, shape, generator=generator).float()
        given = f"logits of shape {shape}"
        with _BackwardSeen() as seen:
            result = call(compute, z.clone(), y.clone(), given=given)
        _diagnose_bce(tensor(result, shape, name=f"with {given}, the result"), z, y, given)
        reject(seen.found, f"with {given}: right, but autograd found it; derive the formula.")
    return "for three shapes the function returns what autograd returns."


class _BackwardSeen(torch.overrides.TorchFunctionMode):
    """Notes whether autograd is asked for a gradient while it is entered."""

    found = False

    def __torch_function__(
        self, func: Callable[..., object], types: object, args: tuple = (), kwargs: dict | None = None
    ) -> object:
        self.found |= func in (torch.autograd.grad, torch.autograd.backward, Tensor.backward)
        return func(*args, **(kwargs or {}))


def _diagnose_bce(result: Tensor, z: Tensor, y: Tensor, given: str) -> None:
    leaf = z.clone().requires_grad_()
    (expected,) = torch.autograd.grad(functional.binary_cross_entropy_with_logits(leaf, y), leaf)
    if same(result, expected, rtol=1e-4):
        return
    p, count = z.sigmoid(), z.numel()
    usual = (
        (-expected, "the sign is turned: prediction minus target."),
        (count * expected, f"each number is {count} times too large: the loss is a mean."),
        ((p - y) / len(z), "divided by one axis only: the mean runs over all elements."),
        ((z - y) / count, "the logit stands where its probability belongs."),
        ((p - y) / (p * (1 - p)) / count, "that is the gradient by the probability, not by the logit."),
        ((p - y) * p * (1 - p) / count, "the sigmoid's slope is in it; in this loss it cancels."),
        ((z.softmax(dim=0) - y) / count, "softmax shares one probability; each sample has its own: sigmoid."),
        (((z > 0).to(z) - y) / count, "an answer of 0 or 1 stands where its probability belongs."),
    )
    reject_usual(result, usual, given, rtol=1e-4)
    wrong(f"with {given}, the result is not what autograd finds.")


@exercise
def nesterov(answer: object) -> str:
    """Judge an update function ``(w, grad, memory, lr, beta) -> w`` against torch's Nesterov momentum."""
    update = function(answer)
    diagnose_nesterov(walk(update))
    return "over 30 steps, with two settings, it goes where torch.optim.SGD(..., nesterov=True) goes."


@exercise
def warmup_cosine(answer: object) -> str:
    """Judge a function ``(step, warmup, total) -> factor`` at every step of three schedules."""
    factor = function(answer)
    for warmup, total in ((4, 20), (1, 10), (10, 40)):
        found = [
            number(
                call(factor, step, warmup, total, given=f"step {step} of {total}, warmup {warmup}"),
                f"the factor at step {step}",
            )
            for step in range(total + 1)
        ]
        _diagnose_schedule(found, warmup, total)
    return "three schedules rise in equal parts, peak once, and end at zero along a cosine."


def _diagnose_schedule(found: list[float], warmup: int, total: int) -> None:
    given = f"warmup {warmup}, total {total}"
    rise, fall = found[:warmup], found[warmup:]
    expected_rise = [(step + 1) / warmup for step in range(warmup)]
    reject(same(rise[0], 0), f"with {given}: the first factor is 0, so the first update would move nothing.")
    scaled = [factor / (rise[-1] or 1) for factor in rise]
    reject(
        same(scaled, expected_rise) and not same(rise[-1], 1),
        f"with {given}: the warm-up rises in equal parts, but not to 1: it is a factor on lr.",
    )
    require(
        same(rise, expected_rise),
        f"with {given}: the factors of the warm-up do not rise in equal parts to 1.",
    )
    span = total - warmup
    way = [i / span for i in range(span + 1)]
    over_the_run = [_half_cosine((warmup + i) / total) for i in range(span + 1)]
    usual = (
        (over_the_run, "t runs over the whole run; it must begin where the warm-up ends."),
        ([_half_cosine(2 * t) for t in way], "that is a whole wave: it comes down and goes up again."),
        ([math.cos(math.pi * t) for t in way], "that is a quarter of a wave, cos without the halving."),
        ([1 - t for t in way], "a straight line leads down, not a cosine."),
        ([1 - _half_cosine(t) for t in way], "it rises after the warm-up: the cosine's sign is turned."),
        ([1 + math.cos(math.pi * t) for t in way], "the half before the bracket is missing."),
        ([0.5 * (1 + math.cos(t)) for t in way], "t runs to 1, not to pi: pi is missing in the cosine."),
        (
            [_half_cosine(t + 1 / span) for t in way],
            "t is 0 at step = warmup; here the cosine begins one update too early.",
        ),
        ([1 + 1 / warmup, *(_half_cosine(t) for t in way[1:])], "at step = warmup it still rises."),
    )
    reject_usual(fall, usual, given, atol=1e-6)
    reject(
        same(fall[:-1], [_half_cosine(i / max(span - 1, 1)) for i in range(span)], atol=1e-6),
        f"with {given}: t reaches 1 one update too early.",
    )
    require(
        same(fall, [_half_cosine(t) for t in way], atol=1e-6),
        f"with {given}: after the warm-up the factors leave the half cosine.",
    )


def _half_cosine(t: float) -> float:
    return 0.5 * (1 + math.cos(math.pi * t))


class _Notes(list):
    """A list that a deep copy shares, so that calls of a copied model are noted too."""

    def __deepcopy__(self, memo: dict) -> _Notes:
        return self


class _Spy(nn.Module):
    """A model whose layers differ by mode and which notes how it was called."""

    def __init__(self) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        self.linear, self.norm, self.dropout = nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Dropout(0.5)
        with torch.no_grad():
            self.linear.weight.copy_(torch.randn(3, 4, generator=generator))
            self.linear.bias.zero_()
        #: Of each call: whether it was in training mode, and whether a graph was recorded.
        self.calls: list[tuple[bool, bool]] = _Notes()

    def forward(self, X: Tensor) -> Tensor:
        logits = self.dropout(self.norm(self.linear(X)))
        self.calls.append((self.training, logits.requires_grad))
        return logits


@exercise
def evaluate(answer: object) -> str:
    """Judge a function ``(model, loss_fn, X, y) -> loss`` by what it does to the model's mode and buffers."""
    measure = function(answer)
    X, y = torch.randn(6, 4, generator=torch.Generator().manual_seed(1)), torch.tensor([0, 1, 2, 0, 1, 2])
    for was_training in (True, False):
        # A loss with a setting of its own shows code that brings its own loss along.
        model, loss_fn = _Spy().train(was_training), nn.CrossEntropyLoss(label_smoothing=0.2)
        given = f"a model in {'training' if was_training else 'evaluation'} mode"
        result = call(measure, model, loss_fn, X.clone(), y.clone(), given=given)
        _diagnose_evaluation(model, result, given)
        _diagnose_loss(number(result), loss_fn, X, y, given)
        require(
            model.training == was_training and model.dropout.training == was_training,
            f"with {given}: the model is left in the other mode than it was found in.",
        )
        frozen = not all(parameter.requires_grad for parameter in model.parameters())
        reject(frozen, f"with {given}: the parameters are frozen afterwards.")
    return "the loss is right, nothing is recorded, and the model is left as it was found, in both modes."


def _diagnose_loss(result: float, loss_fn: nn.Module, X: Tensor, y: Tensor, given: str) -> None:
    with torch.no_grad():
        logits = _Spy().eval()(X)
        expected = loss_fn(logits, y)
        usual = (
            (functional.cross_entropy(logits, y), "that is another loss: is loss_fn used?"),
            (len(y) * expected, "loss_fn is a mean already; here it is a sum over the samples."),
            (expected / len(y), "loss_fn is a mean already; here it is divided once more."),
            (loss_fn(logits.softmax(dim=1), y), "the loss takes logits; here they went through a softmax."),
            ((logits.argmax(dim=1) == y).float().mean(), "that is the accuracy; the loss is asked."),
        )
    if same(result, expected, rtol=1e-4):
        return
    reject_usual(result, usual, given, rtol=1e-4)
    wrong(f"with {given}: the loss is not that of the model on X, y.")


def _diagnose_evaluation(model: _Spy, result: object, given: str) -> None:
    require(torch.is_grad_enabled(), f"with {given}: gradients stay switched off after the call.")
    require(model.calls, f"with {given}: the model is never called.")
    trained, recorded = (any(notes) for notes in zip(*model.calls, strict=True))
    reject(
        trained, f"with {given}: it is called in training mode; dropout draws and batch norm's buffers move."
    )
    reject(recorded, f"with {given}: autograd records the call: no_grad() is missing.")
    plain = not isinstance(result, Tensor)
    require(plain, f"with {given}: a tensor comes back; .item() makes a plain number of it.")
