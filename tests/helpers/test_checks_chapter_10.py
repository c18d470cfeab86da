"""Chapter 10's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import copy
import math

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch import nn
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


def by_gathering(logits, y):
    log_p = torch.log_softmax(logits, dim=-1)
    return -log_p.gather(1, y[:, None]).mean(dim=0)


def by_one_hot(logits, y):
    log_p = nn.LogSoftmax(dim=1)(logits)
    return -(functional.one_hot(y, logits.shape[1]) * log_p).sum(dim=1).mean()


def in_place(logits, y):
    logits -= logits.amax(dim=1, keepdim=True)
    logits -= logits.exp().sum(dim=1, keepdim=True).log_()
    return -logits[torch.arange(len(y)), y].mean()


def in_numpy(logits, y):
    z = logits.numpy()
    z = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), y.numpy()]).mean()


def sample_by_sample(logits, y):
    losses = []
    for z, target in zip(logits, y, strict=True):
        largest = max(z.tolist())
        log_sum = math.log(sum(math.exp(value - largest) for value in z.tolist()))
        losses.append(log_sum + largest - z[target].item())
    return sum(losses) / len(losses)


def by_a_distribution(logits, y):
    return -torch.distributions.Categorical(logits=logits).log_prob(y).mean()


def largest_of_all(logits, y):
    exp = (logits - logits.max()).exp()
    return -(exp / exp.sum(dim=1, keepdim=True))[range(len(y)), y].log().mean()


def largest_of_the_column(logits, y):
    z = logits - logits.max(dim=0, keepdim=True).values
    return (z.exp().sum(dim=1).log() - z[range(len(y)), y]).mean()


def largest_left_in(logits, y):
    z = logits - logits.max(dim=1, keepdim=True).values
    return (z.exp().sum(dim=1).log() - logits[range(len(y)), y]).mean()


def cut_off(logits, y):
    return -logits.softmax(dim=1)[range(len(y)), y].clamp(min=1e-9).log().mean()


def with_an_epsilon(logits, y):
    return -(logits.softmax(dim=1)[range(len(y)), y] + 1e-8).log().mean()


def gradient(z, y):
    return (z.sigmoid() - y) / z.numel()


def gradient_in_place(z, y):
    return z.sigmoid_().sub_(y).div_(y.numel())


def gradient_by_cases(z, y):
    p = 1 / (1 + torch.exp(-z))
    return torch.where(y == 1, p - 1, p) / torch.tensor(z.shape).prod()


def gradient_in_numpy(z, y):
    p = 1 / (1 + np.exp(-z.double().numpy()))
    return torch.from_numpy((p - y.numpy()) / p.size)


def gradient_with_the_chain(z, y):
    p = torch.sigmoid(z)
    by_p = (1 - y) / (1 - p) - y / p
    return by_p * p * (1 - p) / z.nelement()


def by_autograd(z, y):
    z.requires_grad_()
    functional.binary_cross_entropy_with_logits(z, y).backward()
    return z.grad


def by_autograds_function(z, y):
    leaf = z.clone().requires_grad_()
    (found,) = torch.autograd.grad(nn.BCEWithLogitsLoss()(leaf, y), leaf)
    return found


def by_torch_func(z, y):
    return torch.func.grad(functional.binary_cross_entropy_with_logits)(z, y)


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


def in_place_nesterov(w, grad, memory, lr=0.02, beta=0.9):
    if "velocity" not in memory:
        memory["velocity"] = torch.zeros_like(w)
    memory["velocity"].mul_(beta).add_(grad)
    w -= lr * grad.add(memory["velocity"], alpha=beta)
    return w


def sutskevers_nesterov(w, grad, memory, lr, beta):
    memory["v"] = beta * memory.get("v", 0.0) - lr * grad
    return w + beta * memory["v"] - lr * grad


def nesterov_by_torch(w, grad, memory, lr=0.02, beta=0.9):
    if not memory:
        memory["w"] = w
        memory["optimizer"] = torch.optim.SGD([w], lr, momentum=beta, nesterov=True)
    memory["w"].grad = grad
    memory["optimizer"].step()
    return memory["w"]


def nesterov_in_lists(w, grad, memory, lr, beta):
    old = memory.setdefault("v", [0.0] * len(w))
    memory["v"] = [beta * v + g for v, g in zip(old, grad.tolist(), strict=True)]
    steps = [g + beta * v for v, g in zip(memory["v"], grad.tolist(), strict=True)]
    return torch.tensor([x - lr * step for x, step in zip(w.tolist(), steps, strict=True)])


def mean_velocity(w, grad, memory, lr, beta):
    memory["v"] = beta * memory.get("v", 0) + (1 - beta) * grad
    return w - lr * (grad + beta * memory["v"])


def lr_twice(w, grad, memory, lr, beta):
    memory["v"] = beta * memory.get("v", 0) + lr * grad
    return w - lr * (grad + beta * memory["v"])


KEPT = {}


def kept_outside(w, grad, memory, lr, beta):
    if torch.equal(w, torch.tensor([1.0, -2.0], dtype=w.dtype)) and lr == 0.05:
        KEPT.clear()
    return nesterov(w, grad, KEPT, lr, beta)


def half(t):
    return 0.5 * (1 + math.cos(math.pi * t))


def schedule(step, warmup, total, rise=1, fall=half):
    if step < warmup:
        return (step + rise) / warmup
    return fall((step - warmup) / (total - warmup))


def over_the_whole_run(step, warmup, total):
    return (step + 1) / warmup if step < warmup else half(step / total)


def schedule_in_numpy(step, warmup, total):
    rise = np.minimum((step + 1) / warmup, 1)
    t = np.clip((step - warmup) / (total - warmup), 0, 1)
    return np.where(step < warmup, rise, (1 + np.cos(np.pi * t)) / 2)


def schedule_in_torch(step, warmup, total):
    if step >= warmup:
        t = torch.tensor((step - warmup) / (total - warmup))
        return (1 + torch.cos(torch.pi * t)) / 2
    return torch.tensor((step + 1) / warmup)


def schedule_by_a_sine(step, warmup, total):
    if step < warmup:
        return (1 + step) / warmup
    return math.cos(math.pi / 2 * (step - warmup) / (total - warmup)) ** 2


def schedule_by_scheduler(step, warmup, total):
    if step < warmup:
        return (step + 1) / warmup
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total - warmup)
    for _ in range(step - warmup):
        optimizer.step()
        scheduler.step()
    return scheduler.get_last_lr()[0]


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


def with_finally(model, loss_fn, X, y):
    mode = model.training
    try:
        model.train(False)
        with torch.inference_mode():
            return float(loss_fn(model(X), y))
    finally:
        model.train(mode)


@torch.no_grad()
def decorated(model, loss_fn, X, y):
    modes = [(module, module.training) for module in model.modules()]
    loss = loss_fn(model.eval()(X), y).tolist()
    for module, mode in modes:
        module.training = mode
    return loss


def of_a_copy(model, loss_fn, X, y):
    with torch.no_grad():
        return loss_fn(copy.deepcopy(model).eval()(X), y).item()


def switched_off_and_on(model, loss_fn, X, y):
    was_training = model.training
    model.eval()
    torch.set_grad_enabled(False)
    loss = loss_fn(model(X), y).numpy()
    torch.set_grad_enabled(True)
    if was_training:
        model.train()
    return loss


def left_switched_off(model, loss_fn, X, y):
    torch.set_grad_enabled(False)
    return evaluation(model, loss_fn, X, y)


def of_a_training_copy(model, loss_fn, X, y):
    with torch.no_grad():
        return loss_fn(copy.deepcopy(model)(X), y).item()


def looks_before(model, loss_fn, X, y):
    with torch.no_grad():
        model.train()(X)
    return evaluation(model, loss_fn, X, y)


def freezes(model, loss_fn, X, y):
    model.requires_grad_(False)
    return evaluation(model, loss_fn, X, y, record=True)


def computes_with(compute):
    """Make an evaluation that is right but for ``compute(loss_fn, logits, y)``."""
    return lambda model, loss_fn, X, y: evaluation(
        model, lambda logits, targets: compute(loss_fn, logits, targets), X, y
    )


RIGHT = {
    "first_loss": [
        math.log(200),
        5.3,
        torch.tensor(200.0).log(),
        np.log(200),
        -math.log(1 / 200),
        functional.cross_entropy(torch.zeros(1, 200), torch.tensor([3])),
        np.array([5.298]),
    ],
    "cross_entropy": [
        stable,
        by_hand,
        functional.cross_entropy,
        nn.CrossEntropyLoss(),
        by_gathering,
        by_one_hot,
        in_place,
        in_numpy,
        sample_by_sample,
        by_a_distribution,
        lambda logits, y: nn.NLLLoss()(logits.log_softmax(1), y),
    ],
    "bce_gradient": [
        gradient,
        gradient_in_place,
        gradient_by_cases,
        gradient_in_numpy,
        gradient_with_the_chain,
        lambda z, y: torch.mean(torch.ones_like(z)) * (torch.special.expit(z) - y) / z.numel(),
    ],
    "nesterov": [
        nesterov,
        in_place_nesterov,
        sutskevers_nesterov,
        nesterov_by_torch,
        nesterov_in_lists,
    ],
    "warmup_cosine": [
        schedule,
        schedule_in_numpy,
        schedule_in_torch,
        schedule_by_a_sine,
        schedule_by_scheduler,
    ],
    "evaluate": [evaluation, with_finally, decorated, of_a_copy, switched_off_and_on],
}

WRONG = {
    "first_loss": [
        (1 / 200, "the probability of one class"),
        (-5.3, "never negative"),
        (199 / 200, "the share of wrong guesses"),
        (math.log10(200), "a logarithm to base 10"),
        (math.log2(200), "base 2"),
        (math.log(10), "chance for ten classes"),
        (0, "sure and right"),
        (200, "the number of classes"),
        (math.log(2), "would not get an equal share"),
        (torch.zeros(2), "one number is expected"),
        (float("inf"), "grew without bound"),
        ("log 200", "a str; a number is expected"),
    ],
    "cross_entropy": [
        (naive, "inf or nan: is the largest logit of each row taken out first?"),
        (lambda logits, y: -stable(logits, y), "the sign is turned"),
        (lambda logits, y: len(y) * stable(logits, y), "it is a sum over the samples"),
        (lambda logits, y: stable(logits.softmax(dim=1), y), "softmax is applied twice"),
        (lambda logits, y: logits.softmax(dim=1)[range(len(y)), y].mean(), "its logarithm is missing"),
        (lambda logits, y: -logits[range(len(y)), y].mean(), "the true logit alone"),
        (over_the_samples, "softmax runs over the classes"),
        (lambda logits, y: -logits.log_softmax(dim=1).mean(), "only the true one counts"),
        (lambda logits, y: functional.cross_entropy(logits, y, reduction="none"), "average them"),
        (largest_of_all, "the largest logit of each row"),
        (largest_of_the_column, "of each column is taken out"),
        (largest_left_in, "not out of the true logit"),
        (cut_off, "cut off?"),
        (with_an_epsilon, "cut off?"),
        (lambda logits, y: stable(logits, y) / math.log(2), "to base 2"),
        (lambda logits, y: stable(logits, y) / math.log(10), "to base 10"),
        (lambda logits, y: nn.CrossEntropyLoss(), "a number is expected"),
        (lambda logits, y: stable(y, logits), "raises"),
        (lambda logits, y: None, "is a return missing?"),
        (lambda logits, y: 1.0, "not what the formula gives"),
        (lambda logits: 1.0, "raises TypeError"),
        (lambda logits, y: stable(logits.clamp(max=50), y), "too small"),
        (lambda logits, y: stable(logits, y) + (logits.abs().max() > 500), "the value is off"),
    ],
    "bce_gradient": [
        (lambda z, y: -gradient(z, y), "the sign is turned"),
        (lambda z, y: z.sigmoid() - y, "the loss is a mean"),
        (lambda z, y: (z.sigmoid() - y) / len(z), "divided by one axis only"),
        (lambda z, y: (z - y) / z.numel(), "the logit stands where its probability belongs"),
        (lambda z, y: gradient(z, y) / slope(z), "by the probability, not by the logit"),
        (lambda z, y: gradient(z, y) * slope(z), "in this loss it cancels"),
        (lambda z, y: gradient(z, y).sum(), "expected (4,)"),
        (by_autograd, "derive the formula"),
        (by_autograds_function, "derive the formula"),
        (by_torch_func, "derive the formula"),
        (lambda z, y: (z.softmax(dim=0) - y) / z.numel(), "sigmoid"),
        (lambda z, y: ((z > 0).float() - y) / z.numel(), "an answer of 0 or 1"),
        (lambda z, y: gradient(z, y).tolist(), "a torch.Tensor is expected"),
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
        (mean_velocity, "here it takes all of it"),
        (lr_twice, "counts twice"),
        (lambda w, grad, memory, lr, beta: nesterov(w, grad, memory, 0.02, beta), "lr is not used"),
        (lambda w, grad, memory, lr, beta: nesterov(w, grad, memory, lr), "beta is not used"),
        (kept_outside, "kept outside of memory?"),
        (with_velocity(lambda g, old, v, beta: g + beta * old), "plain momentum"),
        (with_velocity(lambda g, old, v, beta: beta * v), "the gradient is missing"),
        (lambda *arguments: (nesterov(*arguments), {}), "a torch.Tensor is expected"),
        (lambda w, grad: w, "raises TypeError"),
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
        (lambda step, warmup, total: 0.1 * schedule(step, warmup, total), "a factor on lr"),
        (lambda step, warmup, total: schedule(step, warmup, total, rise=0.5), "do not rise in equal parts"),
        (
            lambda step, warmup, total: step / (warmup - 1) if step < warmup else 1.0,
            "the first factor is 0",
        ),
        (
            lambda step, warmup, total: (
                (step + 1) / warmup if step <= warmup else schedule(step, warmup, total)
            ),
            "it still rises",
        ),
        (lambda *arguments: schedule(*arguments, fall=lambda t: 2 * half(t)), "the half before the bracket"),
        (
            lambda *arguments: schedule(*arguments, fall=lambda t: 0.5 * (1 + math.cos(t))),
            "pi is missing",
        ),
        (
            lambda step, warmup, total: (
                (step + 1) / warmup if step < warmup else half((step - warmup + 1) / (total - warmup))
            ),
            "begins one update too early",
        ),
        (
            lambda step, warmup, total: (
                (step + 1) / warmup if step < warmup else half((step - warmup) / (total - warmup - 1))
            ),
            "reaches 1 one update too early",
        ),
        (lambda step, warmup, total: None, "is a return missing?"),
    ],
    "evaluate": [
        (evaluating(switch=False), "called in training mode"),
        (evaluating(record=True), "no_grad() is missing"),
        (evaluating(restore=False), "left in the other mode"),
        (always_back_to_training, "left in the other mode"),
        (evaluating(plain=False), ".item() makes a plain number"),
        (lambda model, loss_fn, X, y: 0.5, "the model is never called"),
        (left_switched_off, "stay switched off"),
        (of_a_training_copy, "called in training mode"),
        (looks_before, "called in training mode"),
        (freezes, "frozen afterwards"),
        (computes_with(lambda loss_fn, logits, y: functional.cross_entropy(logits, y)), "is loss_fn used?"),
        (computes_with(lambda loss_fn, logits, y: loss_fn(logits, y) * len(y)), "a sum over the samples"),
        (computes_with(lambda loss_fn, logits, y: loss_fn(logits, y) / len(y)), "divided once more"),
        (computes_with(lambda loss_fn, logits, y: loss_fn(logits.softmax(dim=1), y)), "a softmax"),
        (computes_with(lambda loss_fn, logits, y: (logits.argmax(1) == y).float().mean()), "the accuracy"),
        (computes_with(lambda loss_fn, logits, y: loss_fn(y, logits)), "raises"),
        (lambda *arguments: 2 * evaluation(*arguments), "not that of the model on X, y"),
    ],
}


class TestChapter10(
    ExerciseCases, chapter=chapter_10, right=RIGHT, wrong=WRONG, secrets={"first_loss": ["5.3", "5.29"]}
):
    """The answers above, judged by the chapter's checks."""
