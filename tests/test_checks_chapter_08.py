"""Chapter 8's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import torch
from exercise_cases import ExerciseCases

from helpers.checks import chapter_08


def gradient(w, b, x, y):
    error = w * x + b - y
    return (2 * error * x).mean(), (2 * error).mean()


def batches(order, batch_size):
    return [order[first : first + batch_size] for first in range(0, len(order), batch_size)]


def epoch(X, y, w, b, lr, batch_size, *, grad=gradient, drop_last=False):
    for first in range(0, len(X), batch_size):
        part = slice(first, first + batch_size)
        if drop_last and len(X[part]) < batch_size:
            break
        dw, db = grad(w, b, X[part], y[part])
        w, b = w - lr * dw, b - lr * db
    return w, b


def epoch_piling_up(X, y, w, b, lr, batch_size):
    pile_w = pile_b = 0.0
    for first in range(0, len(X), batch_size):
        dw, db = gradient(w, b, X[first : first + batch_size], y[first : first + batch_size])
        pile_w, pile_b = pile_w + dw, pile_b + db
        w, b = w - lr * pile_w, b - lr * pile_b
    return w, b


def epoch_from_the_start(X, y, w, b, lr, batch_size):
    def at_start(_w, _b, x_batch, y_batch):
        return gradient(0.5, -1.0, x_batch, y_batch)

    return epoch(X, y, w, b, lr, batch_size, grad=at_start)


def scaled_epoch(by):
    def grad(w, b, x, y):
        dw, db = gradient(w, b, x, y)
        factor = by(len(x))
        return factor * dw, factor * db

    return lambda *arguments: epoch(*arguments, grad=grad)


def hessian(X):
    return 2 * torch.tensor([[X.square().mean(), X.mean()], [X.mean(), 1.0]])


def limit(X):
    return 2 / torch.linalg.eigvalsh(hessian(X))[-1].item()


def stop(losses, tolerance, patience):
    if len(losses) <= patience:
        return False
    return min(losses[:-patience]) - min(losses[-patience:]) < tolerance


def full_batches_only(order, size):
    return [part for part in batches(order, size) if len(part) == size]


def other_samples(order, size):
    return batches(list(range(1, 1 + len(order))), size)


def overlapping(order, size):
    return [order[first : first + size] for first in range(0, len(order), size - 1 or 1)]


def sum_of_gradients(w, b, x, y):
    return [len(x) * value for value in gradient(w, b, x, y)]


def stop_by_size_of_change(losses, tolerance, patience):
    return len(losses) > patience and abs(losses[-4] - losses[-1]) < tolerance


def stop_by_change(losses, tolerance, patience):
    return len(losses) > patience and losses[-4] - losses[-1] < tolerance


def stop_without_tolerance(losses, tolerance, patience):
    return stop(losses, 1e-9, patience)


def stop_one_epoch_early(losses, tolerance, patience):
    return len(losses) == patience or stop(losses, tolerance, patience)


def epoch_with_autograd(X, y, w, b, lr, batch_size):
    w, b = (torch.tensor(value, requires_grad=True) for value in (w, b))
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for first in range(0, len(X), batch_size):
        optimizer.zero_grad()
        error = w * X[first : first + batch_size] + b - y[first : first + batch_size]
        error.square().mean().backward()
        optimizer.step()
    return w, b


RIGHT = {
    "updates_made": [20 * (1000 // 64)],
    "batch_gradient": [gradient],
    "split_into_batches": [batches],
    "sgd_epoch": [epoch, epoch_with_autograd],
    "largest_stable_lr": [limit],
    "should_stop": [stop],
}

WRONG = {
    "updates_made": [
        (20 * math.ceil(1000 / 64), "is a short batch still counted?"),
        (15, "the count of a single epoch at most"),
        (20, "one update for each epoch"),
        (20_000, "one update for each sample"),
        (20 * 1000 / 64, "not a whole number"),
        (311, "20 must divide the answer"),
        (20 * 14, "one epoch could make more full batches"),
        (0, "one epoch could make more full batches"),
        ("300", "a str; a number is expected"),
    ],
    "batch_gradient": [
        (lambda w, b, x, y: [gradient(w, b, x, y)[1]] * 2, "factor x of the chain rule is missing"),
        (sum_of_gradients, "sum where the loss takes the mean"),
        (lambda w, b, x, y: [value / 2 for value in gradient(w, b, x, y)], "exactly half"),
        (lambda w, b, x, y: [-value for value in gradient(w, b, x, y)], "the sign is turned"),
        (lambda w, b, x, y: gradient(w, b, x, y)[::-1], "the two are swapped"),
        (lambda w, b, x, y: (gradient(w, b, x, y)[0], 0.0), "dw is right and db is not"),
        (lambda w, b, x, y: (0.0, gradient(w, b, x, y)[1]), "db is right and dw is not"),
        (lambda w, b, x, y: (1.0, 2.0), "neither dw nor db"),
        (lambda w, b, x, y: gradient(w, b, x, y)[0], "two numbers are expected"),
        (lambda w, b, x, y: (w * x, b), "a returned value is a tensor of shape (4,)"),
        (lambda w, b, x: (w, b), "raises TypeError"),
    ],
    "split_into_batches": [
        (full_batches_only, "2 samples are in no batch"),
        (lambda order, size: [*batches(order, size), []], "there is an empty batch"),
        (lambda order, size: batches(sorted(order), size), "do not come in the given order"),
        (lambda order, size: [order], "a batch is too large"),
        (lambda order, size: [[i] for i in order], "a batch before the last one is short"),
        (other_samples, "hold other samples than the order"),
        (overlapping, "more than one batch"),
        (lambda order, size: order, "every batch must be a list"),
        (lambda order, size: len(order), "a list of batches is expected"),
    ],
    "sgd_epoch": [
        (lambda X, y, w, b, lr, size: (w, b), "where they started"),
        (lambda X, y, w, b, lr, size: epoch(X, y, w, b, lr, len(X)), "an update for each batch is expected"),
        (lambda *arguments: epoch(*arguments, drop_last=True), "short last batch is left out"),
        (epoch_piling_up, "old gradients are added to the new ones"),
        (epoch_from_the_start, "every gradient is taken at the start"),
        (scaled_epoch(lambda size: size), "sum instead of mean"),
        (scaled_epoch(lambda size: 0.5), "factor 2 is missing"),
        (scaled_epoch(lambda size: -1), "the loss rises"),
        (scaled_epoch(lambda size: 1.1), "end elsewhere than torch's own descent"),
        (lambda X, y, w, b, lr, size: w, "two numbers are expected"),
    ],
    "largest_stable_lr": [
        (lambda X: 2 / hessian(X)[0, 0].item(), "only the curvature of w"),
        (lambda X: 2 / torch.linalg.eigvalsh(hessian(X))[0].item(), "not the flattest"),
        (lambda X: limit(X) / 2, "one step at this rate lands on the valley floor"),
        (lambda X: 2 / torch.trace(hessian(X)).item(), "too cautious"),
        (lambda X: 2 * limit(X), "too large"),
        (lambda X: -limit(X), "a learning rate is positive"),
        (lambda X: 0.3, "too cautious"),
    ],
    "should_stop": [
        (lambda losses, tolerance, patience: losses[-2] - losses[-1] < tolerance, "less than the patience"),
        (lambda losses, tolerance, patience: False, "nothing has improved for three epochs"),
        (lambda losses, tolerance, patience: True, "the loss still falls"),
        (lambda losses, tolerance, patience: losses[-4] - losses[-1] < tolerance, "raises IndexError"),
        (stop_by_size_of_change, "rises, which is no progress"),
        (stop_by_change, "was the best so far"),
        (stop_without_tolerance, "less than the tolerance"),
        (stop_one_epoch_early, "leave nothing before"),
        (lambda losses, tolerance, patience: "stop", "True or False is expected"),
    ],
}  # fmt: skip


class TestChapter08(
    ExerciseCases, chapter=chapter_08, right=RIGHT, wrong=WRONG, secrets={"updates_made": ["300"]}
):
    """The answers above, judged by the chapter's checks."""
