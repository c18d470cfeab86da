"""Chapter 10's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import torch
from exercise_cases import ExerciseCases
from torch.nn import functional

from helpers.checks import chapter_10


def stable(logits, y):
    return (logits.logsumexp(dim=1) - logits[range(len(y)), y]).mean()


def by_hand(logits, y):
    z = logits - logits.max(dim=1, keepdim=True).values
    return (z.exp().sum(dim=1).log() - z[range(len(y)), y]).mean().item()


def naive(logits, y):
    exp = logits.exp()
    return -(exp / exp.sum(dim=1, keepdim=True))[range(len(y)), y].log().mean()


def over_the_samples(logits, y):
    return -logits.log_softmax(dim=0)[range(len(y)), y].mean()


def gradient(z, y):
    return (z.sigmoid() - y) / z.numel()


def slope(z):
    return z.sigmoid() * (1 - z.sigmoid())


def with_velocity(step):
    def update(w, grad, memory, lr=0.02, beta=0.9):
        old = memory.get("v", 0 * grad)
        memory["v"] = beta * old + grad
        return w - lr * step(grad, old, memory["v"], beta)

    return update


nesterov = with_velocity(lambda g, old, v, beta: g + beta * v)


def fixed_nesterov(w, grad, memory, lr, beta):
    return nesterov(w, grad, memory, 0.02, 0.9)


def forgetful_nesterov(w, grad, memory, lr, beta):
    return nesterov(w, grad, {}, lr, beta)


def half(t):
    return 0.5 * (1 + math.cos(math.pi * t))


def schedule(step, warmup, total, rise=1, fall=half):
    if step < warmup:
        return (step + rise) / warmup
    return fall((step - warmup) / (total - warmup))


def over_the_whole_run(step, warmup, total):
    return (step + 1) / warmup if step < warmup else half(step / total)


def evaluation(model, loss_fn, X, y, *, switch=True, restore=True, record=False, plain=True):
    was_training = model.training
    if switch:
        model.eval()
    with torch.set_grad_enabled(record):
        loss = loss_fn(model(X), y)
    if restore:
        model.train(was_training)
    return loss.item() if plain else loss


def evaluating(**settings):
    return lambda *arguments: evaluation(*arguments, **settings)


def always_back_to_training(model, loss_fn, X, y):
    loss = evaluation(model, loss_fn, X, y)
    model.train()
    return loss


RIGHT = {
    "first_loss": [math.log(200), 5.3, torch.tensor(200.0).log()],
    "cross_entropy": [stable, by_hand, functional.cross_entropy],
    "bce_gradient": [gradient],
    "nesterov": [nesterov],
    "warmup_cosine": [schedule],
    "evaluate": [evaluation],
}

WRONG = {
    "first_loss": [
        (1 / 200, "the probability of one class"),
        (-5.3, "never negative"),
        (199 / 200, "the share of wrong guesses"),
        (math.log10(200), "a logarithm to base 10"),
        (math.log2(200), "base 2"),
        (math.log(10), "chance for ten classes"),
        (0, "would not get an equal share"),
        (200, "would not get an equal share"),
        ("log 200", "a str; a number is expected"),
    ],
    "cross_entropy": [
        (naive, "inf or nan: is the largest logit taken out first?"),
        (lambda logits, y: -stable(logits, y), "the sign is turned"),
        (lambda logits, y: len(y) * stable(logits, y), "it is a sum over the samples"),
        (lambda logits, y: stable(logits.softmax(dim=1), y), "softmax is applied twice"),
        (lambda logits, y: logits.softmax(dim=1)[range(len(y)), y].mean(), "its logarithm is missing"),
        (lambda logits, y: -logits[range(len(y)), y].mean(), "the true logit alone"),
        (over_the_samples, "softmax runs over the classes"),
        (lambda logits, y: -logits.log_softmax(dim=1).mean(), "only the true one counts"),
        (lambda logits, y: functional.cross_entropy(logits, y, reduction="none"), "average them"),
        (lambda logits, y: 1.0, "not what the formula gives"),
        (lambda logits: 1.0, "raises TypeError"),
        (lambda logits, y: stable(logits.clamp(max=50), y), "with logits of size 1000 the value is off"),
    ],
    "bce_gradient": [
        (lambda z, y: -gradient(z, y), "the sign is turned"),
        (lambda z, y: z.sigmoid() - y, "the loss is a mean"),
        (lambda z, y: (z.sigmoid() - y) / len(z), "divided by one axis only"),
        (lambda z, y: (z - y) / z.numel(), "the logit stands where its probability belongs"),
        (lambda z, y: gradient(z, y) / slope(z), "by the probability, not by the logit"),
        (lambda z, y: gradient(z, y) * slope(z), "in this loss it cancels"),
        (lambda z, y: gradient(z, y).sum(), "expected (4,)"),
        (lambda z, y: 0 * z, "not what autograd finds"),
    ],
    "nesterov": [
        (lambda w, grad, memory, lr, beta: w, "stay where they are"),
        (with_velocity(lambda g, old, v, beta: g), "is the velocity kept in memory?"),
        (with_velocity(lambda g, old, v, beta: v), "this is plain momentum"),
        (forgetful_nesterov, "every velocity starts from zero"),
        (with_velocity(lambda g, old, v, beta: g + v), "not its share beta"),
        (with_velocity(lambda g, old, v, beta: -g - beta * v), "goes uphill"),
        (fixed_nesterov, "lr and beta are not used"),
        (with_velocity(lambda g, old, v, beta: 2 * g), "not the one of torch.optim.SGD"),
        (lambda w, grad, memory, lr, beta: w.sum(), "expected (2,)"),
    ],
    "warmup_cosine": [
        (lambda *arguments: schedule(*arguments, rise=0), "the first factor is 0"),
        (lambda step, warmup, total: half(step / total), "do not rise in equal parts"),
        (over_the_whole_run, "it must begin where the warm-up ends"),
        (lambda *arguments: schedule(*arguments, fall=lambda t: half(2 * t)), "a whole wave"),
        (
            lambda *arguments: schedule(*arguments, fall=lambda t: math.cos(math.pi * t)),
            "without the halving",
        ),
        (lambda *arguments: schedule(*arguments, fall=lambda t: 1 - t), "a straight line"),
        (lambda *arguments: schedule(*arguments, fall=lambda t: 1 - half(t)), "the cosine's sign is turned"),
        (lambda *arguments: schedule(*arguments, fall=lambda t: 1.0), "leave the half cosine"),
        (lambda step, warmup, total: "small", "a str; a number is expected"),
    ],
    "evaluate": [
        (evaluating(switch=False), "called in training mode"),
        (evaluating(record=True), "no_grad() is missing"),
        (evaluating(restore=False), "left in the other mode"),
        (always_back_to_training, "left in the other mode"),
        (evaluating(plain=False), ".item() makes a plain number"),
        (lambda model, loss_fn, X, y: 0.5, "the model is never called"),
        (lambda *arguments: 2 * evaluation(*arguments), "not that of the model on X, y"),
    ],
}


class TestChapter10(
    ExerciseCases, chapter=chapter_10, right=RIGHT, wrong=WRONG, secrets={"first_loss": ["5.3", "5.29"]}
):
    """The answers above, judged by the chapter's checks."""
