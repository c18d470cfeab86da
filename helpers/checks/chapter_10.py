"""Checks of chapter 10's exercises: losses, optimizers, schedules and modes."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from helpers.checks.report import call, exercise, function, number, reject, require, same, tensor, wrong
from helpers.checks.usual import reject_usual


@exercise
def first_loss(answer: object) -> str:
    """Judge the cross-entropy that 200 equally likely classes give."""
    value = number(answer)
    chance = 1 / 200
    reject(same(value, chance, rtol=1e-2), "that is the probability of one class, not its loss.")
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
    logits = torch.tensor([[1000.0, 0.0], [0.0, -1000.0]])
    loss = call(compute, logits, torch.tensor([1, 0]), given="logits of size 1000")
    finite = torch.isfinite(torch.as_tensor(loss)).all()
    require(
        finite, "with logits of size 1000 the result is inf or nan: is the largest logit taken out first?"
    )
    require(same(loss, 500.0), "with logits of size 1000 the value is off.")
    return "ordinary batches give torch's loss, and logits of size 1000 stay finite."


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
        result = tensor(
            call(compute, z.clone(), y.clone(), given=given), shape, name=f"with {given}, the result"
        )
        _diagnose_bce(result, z, y, given)
    return "for three shapes the function returns what autograd returns."


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
    )
    reject_usual(result, usual, given, rtol=1e-4)
    wrong(f"with {given}, the result is not what autograd finds.")


@exercise
def nesterov(answer: object) -> str:
    """Judge an update function ``(w, grad, memory, lr, beta) -> w`` against torch's Nesterov momentum."""
    update = function(answer)
    _diagnose_nesterov(_walk(update))
    return "over 30 steps, with two settings, it goes where torch.optim.SGD(..., nesterov=True) goes."


#: (lr, beta) of the walks that an update function is judged by.
SETTINGS = ((0.05, 0.9), (0.02, 0.5))


def _walk(update: Callable[..., object]) -> list[Tensor]:
    """Weights after each of 30 steps on a bowl, for each setting."""
    points = []
    for lr, beta in SETTINGS:
        w, memory = torch.tensor([1.0, -2.0], dtype=torch.float64), {}
        for step in range(1, 31):
            given = f"step {step} at lr={lr}, beta={beta}"
            result = call(update, w.clone(), _slope(w), memory, lr, beta, given=given)
            w = tensor(result, (2,), name=f"with {given}, the returned weights").double()
            points.append(w)
    return points


def _slope(w: Tensor) -> Tensor:
    return torch.tensor([1.0, 10.0], dtype=torch.float64) * w


def _diagnose_nesterov(walk: list[Tensor]) -> None:
    def walks_like(other: Callable[..., object]) -> bool:
        return same(torch.stack(walk), torch.stack(_walk(other)), rtol=1e-5)

    if walks_like(_by_torch):
        return
    # Each takes the gradient, the velocity before and after its update, and beta.
    usual: tuple[tuple[Callable[..., Tensor], str], ...] = (
        (lambda g, old, v, beta: 0 * g, "the weights stay where they are."),
        (lambda g, old, v, beta: g, "no step depends on an earlier one: is the velocity kept in memory?"),
        (lambda g, old, v, beta: v, "this is plain momentum: the look ahead is missing in the step."),
        (lambda g, old, v, beta: (1 + beta) * g, "every velocity starts from zero: is it kept in memory?"),
        (
            lambda g, old, v, beta: g + v,
            "the step adds all of the velocity to the gradient, not its share beta.",
        ),
        (lambda g, old, v, beta: -g - beta * v, "the step goes uphill."),
    )
    for step, diagnosis in usual:
        reject(walks_like(_with_velocity(step)), diagnosis)
    fixed = walks_like(lambda w, g, memory, lr, beta: _by_torch(w, g, memory, 0.02, 0.9))
    reject(fixed, "the arguments lr and beta are not used: the walk is always that of 0.02 and 0.9.")
    wrong("the walk is not the one of torch.optim.SGD(..., nesterov=True).")


def _with_velocity(step: Callable[..., Tensor]) -> Callable[..., Tensor]:
    def update(w: Tensor, grad: Tensor, memory: dict, lr: float, beta: float) -> Tensor:
        old = memory.get("v", torch.zeros_like(w))
        memory["v"] = beta * old + grad
        return w - lr * step(grad, old, memory["v"], beta)

    return update


def _by_torch(w: Tensor, grad: Tensor, memory: dict, lr: float, beta: float) -> Tensor:
    """One step of torch's own class, which keeps its state in ``memory``."""
    if "optimizer" not in memory:
        memory["w"] = w.clone()
        memory["optimizer"] = torch.optim.SGD([memory["w"]], lr=lr, momentum=beta, nesterov=True)
    memory["w"].copy_(w)
    memory["w"].grad = grad
    memory["optimizer"].step()
    return memory["w"].clone()


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
    reject(
        warmup > 1 and same(rise, [step / warmup for step in range(warmup)]),
        f"with {given}: the first factor is 0, so the first update would move nothing.",
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
    )
    reject_usual(fall, usual, given, atol=1e-6)
    require(
        same(fall, [_half_cosine(t) for t in way], atol=1e-6),
        f"with {given}: after the warm-up the factors leave the half cosine.",
    )


def _half_cosine(t: float) -> float:
    return 0.5 * (1 + math.cos(math.pi * t))


class _Spy(nn.Module):
    """A model whose layers differ by mode and which notes how it was called."""

    def __init__(self) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        self.linear, self.norm, self.dropout = nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Dropout(0.5)
        with torch.no_grad():
            self.linear.weight.copy_(torch.randn(3, 4, generator=generator))
            self.linear.bias.zero_()
        self.calls: list[tuple[bool, bool]] = []

    def forward(self, X: Tensor) -> Tensor:
        self.calls.append((self.training, torch.is_grad_enabled()))
        return self.dropout(self.norm(self.linear(X)))


@exercise
def evaluate(answer: object) -> str:
    """Judge a function ``(model, loss_fn, X, y) -> loss`` by what it does to the model's mode and buffers."""
    measure = function(answer)
    X, y = torch.randn(6, 4, generator=torch.Generator().manual_seed(1)), torch.tensor([0, 1, 2, 0, 1, 2])
    for was_training in (True, False):
        model = _Spy().train(was_training)
        expected = _true_loss(X, y)
        given = f"a model in {'training' if was_training else 'evaluation'} mode"
        result = call(measure, model, nn.CrossEntropyLoss(), X, y, given=given)
        _diagnose_evaluation(model, result, given)
        require(
            same(number(result), expected, rtol=1e-4),
            f"with {given}: the loss is not that of the model on X, y.",
        )
        require(
            model.training == was_training and model.dropout.training == was_training,
            f"with {given}: the model is left in the other mode than it was found in.",
        )
    return "the loss is right, nothing is recorded, and the model is left as it was found, in both modes."


def _true_loss(X: Tensor, y: Tensor) -> Tensor:
    with torch.no_grad():
        return functional.cross_entropy(_Spy().eval()(X), y)


def _diagnose_evaluation(model: _Spy, result: object, given: str) -> None:
    require(model.calls, f"with {given}: the model is never called.")
    trained, recorded = model.calls[-1]
    reject(
        trained, f"with {given}: it is called in training mode; dropout draws and batch norm's buffers move."
    )
    reject(recorded, f"with {given}: autograd records the call: no_grad() is missing.")
    plain = not isinstance(result, Tensor)
    require(plain, f"with {given}: a tensor comes back; .item() makes a plain number of it.")
