"""Chapter 8's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math
from fractions import Fraction

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch import nn
from torch.nn import functional
from torch.utils.data import BatchSampler, DataLoader, TensorDataset

from helpers import descent
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


def gradient_by_autograd(w, b, x, y):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    functional.mse_loss(w * x + b, y).backward()
    return w.grad, b.grad


def gradient_by_numpy(w, b, x, y):
    error = w * x.numpy() + b - y.numpy()
    return np.array([np.dot(error, x.numpy()), error.sum()]) * 2 / len(x)


def gradient_in_place(w, b, x, y):
    error = y.neg_().add_(b).add_(x, alpha=w).mul_(2)
    return error.dot(x) / len(x), error.mean()


def gradient_with_a_loop(w, b, x, y):
    dw = db = 0
    for x_i, y_i in zip(x, y, strict=True):
        error = w * x_i + b - y_i
        dw, db = dw + 2 * error * x_i / len(x), db + 2 * error / len(x)
    return [dw.item(), db.item()]


def gradient_by_matrix(w, b, x, y):
    A = torch.column_stack([x, torch.ones_like(x)])
    return A.T @ (A @ torch.tensor([w, b]) - y) * (2 / len(x))


def gradient_by_jacobian(w, b, x, y):
    loss = lambda w, b: ((w * x + b - y) ** 2).mean()  # noqa: E731
    return torch.autograd.functional.jacobian(loss, (torch.tensor(w), torch.tensor(b)))


def batches_taken_off(order, size):
    found = []
    while order:
        found.append(order[:size])
        del order[:size]
    return found


def batches_appended(order, size):
    found = []
    for place, index in enumerate(order):
        if place % size == 0:
            found.append([])
        found[-1].append(index)
    return found


def batches_by_iterators(order, size):
    rest, found = iter(order), []
    while batch := [index for _, index in zip(range(size), rest, strict=False)]:
        found.append(batch)
    return found


def batches_that_lose_one(order, size):
    """Zip takes an index from the iterator before it finds that the range is at its end."""
    rest, found = iter(order), []
    while batch := [index for index, _ in zip(rest, range(size))]:  # noqa: B905
        found.append(batch)
    return found


def epoch_with_a_loader(X, y, w, b, lr, batch_size, **options):
    w, b = nn.Parameter(torch.tensor(w)), nn.Parameter(torch.tensor(b))
    optimizer = torch.optim.SGD([w, b], lr)
    for x_batch, y_batch in DataLoader(TensorDataset(X, y), batch_size, **options):
        loss = functional.mse_loss(w * x_batch + b, y_batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w.item(), b.item()


def epoch_with_a_module(X, y, w, b, lr, batch_size):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(w)
        model.bias.fill_(b)
    for x_batch, y_batch in zip(X.split(batch_size), y.split(batch_size), strict=True):
        nn.MSELoss()(model(x_batch[:, None]), y_batch[:, None]).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
                parameter.grad = None
    return model.weight, model.bias


def epoch_with_numpy(X, y, w, b, lr, batch_size):
    point = np.array([w, b])
    for batch in batches(np.arange(len(X)), batch_size):
        x, error = X.numpy()[batch], point[0] * X.numpy()[batch] + point[1] - y.numpy()[batch]
        point -= lr * 2 * np.array([np.mean(error * x), np.mean(error)])
    return point


def epoch_in_place(X, y, w, b, lr, batch_size):
    point = torch.tensor([w, b], requires_grad=True)
    for x_batch, y_batch in (
        zip(X.chunk(len(X)), y.chunk(len(X)), strict=True)
        if batch_size == 1
        else zip(X.split(batch_size), y.split(batch_size), strict=True)
    ):
        (point[0] * x_batch + point[1] - y_batch).square().mean().backward()
        point.data.sub_(lr * point.grad)
        point.grad.zero_()
    return point.detach()


def epoch_by_mixed_means(X, y, w, b, lr, batch_size):
    def grad(w, b, x, y):
        db = (2 * (w * x + b - y)).mean()
        return db * x.mean(), db

    return epoch(X, y, w, b, lr, batch_size, grad=grad)


def epoch_in_turn(X, y, w, b, lr, batch_size):
    for x, t in zip(X.split(batch_size), y.split(batch_size), strict=True):
        w = w - lr * gradient(w, b, x, t)[0]
        b = b - lr * gradient(w, b, x, t)[1]
    return w, b


def epoch_returning_early(X, y, w, b, lr, batch_size):
    for x, t in zip(X.split(batch_size), y.split(batch_size), strict=True):
        dw, db = gradient(w, b, x, t)
        return w - lr * dw, b - lr * db


def swapped(answer):
    return lambda *given: tuple(answer(*given))[::-1]


def limit_by_autograd(X):
    def loss(point):
        return (point[0] * X + point[1]).square().mean()

    return 2 / torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, torch.zeros(2))).max()


def limit_by_numpy(X):
    A = np.stack([X.numpy(), np.ones(len(X))], axis=1)
    return len(X) / np.linalg.norm(A, 2) ** 2


def limit_in_closed_form(X):
    a, c, d = X.square().mean() + 1, X.square().mean(), X.mean()
    return 2 / (a + (a**2 - 4 * (c - d**2)).sqrt())


def limit_by_tries(X):
    low, high, H = 0.0, 1.0, hessian(X)
    while high - low > 5e-4:
        lr, point = (low + high) / 2, torch.tensor([1.0, 0.3])
        for _ in range(300):
            point = point - lr * H @ point
            if point.norm() > 100:
                break
        low, high = (lr, high) if point.norm() < 2 else (low, lr)
    return low


def stop_with_a_loop(losses, tolerance, patience):
    best, waited = math.inf, 0
    for loss in losses[: len(losses) - patience]:
        best = min(best, loss)
    if best == math.inf:
        return False
    for loss in losses[-patience:]:
        waited += best - loss < tolerance
    return waited == patience


def stop_by_torch(losses, tolerance, patience):
    if len(losses) <= patience:
        return torch.tensor(False)
    losses = torch.tensor(losses)
    return losses[:-patience].min() - losses[-patience:].min() < tolerance


def stop_by_numpy(losses, tolerance, patience):
    if len(losses) <= patience:
        return np.False_
    return np.min(losses[:-patience]) - np.min(losses[-patience:]) < tolerance


def stop_popping(losses, tolerance, patience):
    recent = [losses.pop() for _ in range(min(patience, len(losses)))]
    return int(len(losses) > 0 and not min(recent) <= min(losses) - tolerance)


def stop_by_last(losses, tolerance, patience):
    """Compare with the loss just before, not with the best of all before."""
    before, recent = losses[:-patience], losses[-patience:]
    return bool(before) and before[-1] - min(recent) < tolerance


RIGHT = {
    "updates_made": [20 * (1000 // 64), np.int64(300), torch.tensor(300), 300.0, Fraction(300)],
    "batch_gradient": [
        gradient,
        gradient_by_autograd,
        gradient_by_numpy,
        gradient_in_place,
        gradient_with_a_loop,
        gradient_by_matrix,
        gradient_by_jacobian,
        lambda w, b, x, y: descent.gradient(x, y, w, b),
        lambda w, b, x, y: torch.stack(gradient(w, b, x, y)),
    ],
    "split_into_batches": [
        batches,
        batches_taken_off,
        batches_appended,
        batches_by_iterators,
        lambda order, size: list(BatchSampler(order, size, drop_last=False)),
        lambda order, size: [batch.tolist() for batch in DataLoader(order, batch_size=size)],
        lambda order, size: [tuple(batch.tolist()) for batch in torch.tensor(order).split(size)],
        lambda order, size: torch.tensor(order).split(size),
        lambda order, size: [list(batch) for batch in DataLoader(order, batch_size=size)],
        lambda order, size: np.array_split(order, range(size, len(order), size)),
    ],
    "sgd_epoch": [
        epoch,
        epoch_with_autograd,
        epoch_with_a_loader,
        epoch_with_a_module,
        epoch_with_numpy,
        epoch_in_place,
        lambda *given: torch.stack(epoch(*given)),
        lambda *given: list(epoch(*given)),
    ],
    "largest_stable_lr": [
        limit,
        limit_by_autograd,
        limit_by_numpy,
        limit_in_closed_form,
        limit_by_tries,
        descent.learning_rate_limit,
        lambda X: 2 / torch.linalg.matrix_norm(hessian(X), 2),
    ],
    "should_stop": [stop, stop_with_a_loop, stop_by_torch, stop_by_numpy, stop_popping],
}

WRONG = {
    "updates_made": [
        (20 * math.ceil(1000 / 64), "is a short batch still counted?"),
        (15, "the count of a single epoch at most"),
        (20, "one update for each epoch"),
        (20_000, "one update for each sample"),
        (20 * 1000 / 64, "not a whole number"),
        (311, "20 must divide the answer"),
        (20_000 // 64, "20 must divide the answer"),
        (20 * 14, "one epoch could make more full batches"),
        (0, "one epoch could make more full batches"),
        (-300, "one epoch could make more full batches"),
        (64 * 20, "is a short batch still counted?"),
        (torch.tensor([15, 20]), "a tensor of shape (2,); one number is expected"),
        ([15] * 20, "a list; a number is expected"),
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
        (lambda w, b, x, y: [v * len(x) / 5 for v in gradient(w, b, x, y)], "divided by 5"),
        (lambda w, b, x, y: [v * len(x) / 2 for v in gradient(w, b, x, y)], "factor 2 is missing"),
        (lambda w, b, x, y: [(2 * (w * x + b - y)).mean() * v.mean() for v in (x, x**0)], "the mean of x"),
        (lambda w, b, x, y: gradient(0.5, -1.0, x, y), "does not follow them"),
        (lambda w, b, x, y: gradient(w, b, x[:1], y[:1]), "neither dw nor db"),
        (lambda w, b, x, y: (2 * (w * x + b - y) * x, 2 * (w * x + b - y)), "a tensor of shape (4,)"),
        (lambda w, b, x, y: (gradient(w, b, x, y)[0] / 0, 0.0), "divided by zero"),
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
        (lambda order, size: [order[place::size] for place in range(size)], "do not come in the given order"),
        (lambda order, size: [[*b, *[None] * (size - len(b))] for b in batches(order, size)], "other"),
        (lambda order, size: [(*b, *order[: size - len(b)]) for b in batches(order, size)], "more than one"),
        (lambda order, size: batches(order, size)[0], "every batch must be a list"),
        (lambda order, size: np.array_split(order, math.ceil(len(order) / size)), "the last one is short"),
        (lambda order, size: (batch for batch in batches(order, size)), "a list of batches is expected"),
        (lambda order, size: DataLoader(order, batch_size=size), "a list of batches is expected"),
        (lambda order, size: batches(list(range(len(order))), size), "do not come in the given order"),
        (lambda order, size: [], "10 samples are in no batch"),
        (batches_that_lose_one, "are in no batch"),
    ],
    "sgd_epoch": [
        (lambda X, y, w, b, lr, size: (w, b), "where they started"),
        (lambda X, y, w, b, lr, size: epoch(X, y, w, b, lr, len(X)), "an update for each batch is expected"),
        (lambda *arguments: epoch(*arguments, drop_last=True), "short last batch is left out"),
        (epoch_piling_up, "old gradients are added to the new ones"),
        (epoch_from_the_start, "every gradient is taken at the start"),
        (scaled_epoch(lambda size: size), "a sum, not the mean"),
        (scaled_epoch(lambda size: 0.5), "factor 2 is missing"),
        (scaled_epoch(lambda size: -1), "the walk goes up"),
        (scaled_epoch(lambda size: 1.1), "end elsewhere than torch's own descent"),
        (scaled_epoch(lambda size: size / 5), "divided by 5"),
        (epoch_returning_early, "only the first batch made its update"),
        (lambda X, y, w, b, lr, size: epoch(X, y, w, b, lr, 1), "each sample makes its own update"),
        (lambda X, y, *given: epoch(X.flip(0), y.flip(0), *given), "the batches come in another order"),
        (lambda *given: epoch_with_a_loader(*given, shuffle=True), "are shuffled; they are read as stored"),
        (lambda X, y, w, b, *given: epoch(X, y, *epoch(X, y, w, b, *given), *given), "that is two epochs"),
        (lambda X, y, w, b, lr, size: epoch(X, y, w, b, 0.05, size), "the lr that is given is not used"),
        (lambda X, y, w, b, *given: epoch(X, y, -15.0, -10.0, *given), "that are given are not used"),
        (swapped(epoch), "the two are swapped"),
        (epoch_in_turn, "b is updated with the new w already"),
        (epoch_by_mixed_means, "times the mean of x"),
        (lambda *given: epoch(*given, grad=swapped(gradient)), "w moves by the derivative of b"),
        (lambda *given: epoch(*given, grad=lambda *at: (gradient(*at)[1],) * 2), "the factor x is missing"),
        (lambda X, y, w, b, lr, size: w, "two numbers are expected"),
        (lambda X, y, w, b, lr, size: print(end=""), "returns None"),
    ],
    "largest_stable_lr": [
        (lambda X: 2 / hessian(X)[0, 0].item(), "only the curvature of w"),
        (lambda X: 2 / torch.linalg.eigvalsh(hessian(X))[0].item(), "not the flattest"),
        (lambda X: limit(X) / 2, "one step at this rate lands on the valley floor"),
        (lambda X: 2 / torch.trace(hessian(X)).item(), "too cautious"),
        (lambda X: 2 * limit(X), "has a factor 2"),
        (lambda X: 1.5 * limit(X), "too large"),
        (lambda X: limit(X) / len(X), "the limit of a sum over the samples"),
        (lambda X: 2 / limit(X), "that is the curvature"),
        (lambda X: 1 / limit(X), "upside down"),
        (lambda X: -limit(X), "a learning rate is positive"),
        (lambda X: 0.3, "too cautious"),
        (lambda X: 0.9 * limit(X), "too cautious"),
        (lambda X: 1.05 * limit(X), "too large"),
        (lambda X: 2 / torch.linalg.eigvalsh(hessian(X)), "a tensor of shape (2,); one number is expected"),
        (lambda X: float("inf"), "divided by zero or grew without bound"),
        (lambda X: torch.linalg.eigvals(hessian(X)).max(), "the function raises"),
        (lambda X: 0, "a learning rate is positive"),
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
        (stop_by_last, "the best of all epochs before was the first"),
        (lambda losses, tolerance, patience: stop(losses, tolerance, 3), "the patience given is one epoch"),
        (lambda losses, tolerance, patience: stop(losses, 0.1, patience), "less than the tolerance given"),
        (lambda losses, tolerance, patience: stop(losses, tolerance + 1e-9, patience), "at least it"),
        (lambda losses, tolerance, patience: not stop(losses, tolerance, patience), "the loss still falls"),
        (lambda losses, tolerance, patience: len(losses) > patience, "the loss still falls"),
        (lambda losses, tolerance, patience: min(losses[:-patience]) < min(losses), "nothing has improved"),
        (lambda losses, tolerance, patience: torch.tensor(losses) < tolerance, "True or False is expected"),
        (lambda losses, tolerance, patience: losses[:-patience], "True or False is expected"),
        (lambda losses, tolerance, patience: "stop", "True or False is expected"),
    ],
}  # fmt: skip


class TestChapter08(
    ExerciseCases, chapter=chapter_08, right=RIGHT, wrong=WRONG, secrets={"updates_made": ["300"]}
):
    """The answers above, judged by the chapter's checks."""
