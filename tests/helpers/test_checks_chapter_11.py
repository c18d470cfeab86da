"""Chapter 11's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import copy
import random

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch import nn
from torch.utils.data import Subset, random_split

from helpers import training
from helpers.checks import chapter_11


@torch.inference_mode()
def exact_loss(model, loader, loss_fn):
    model.eval()
    total = count = 0
    for X, y in loader:
        total += loss_fn(model(X), y).item() * len(y)
        count += len(y)
    return total / count


def measured(share, *, mode="eval", grad=False):
    """Make an evaluation that turns the batches' (mean, size) into a number by ``share``."""

    def measure(model, loader, loss_fn):
        getattr(model, mode)()
        with torch.set_grad_enabled(grad):
            return share([(loss_fn(model(X), y).item(), len(y)) for X, y in loader])

    return measure


def exact(pairs):
    return sum(mean * size for mean, size in pairs) / sum(size for _, size in pairs)


def leaves_gradients_off(model, loader, loss_fn):
    torch.set_grad_enabled(False)
    try:
        return exact_loss(model, loader, loss_fn)
    finally:
        AFTERWARDS.append(True)


AFTERWARDS = []


def by_the_dataset(model, loader, loss_fn):
    model.eval()
    total = 0
    with torch.no_grad():
        for _, (X, y) in enumerate(loader):
            total += loss_fn(model(X), y) * X.size(0)
    return total / len(loader.dataset)


def by_the_whole_set(model, loader, loss_fn):
    model.eval()
    X, y = zip(*loader, strict=True)
    with torch.inference_mode():
        return float(loss_fn(model(torch.cat(X)), torch.cat(y)))


def by_numpys_average(model, loader, loss_fn):
    model.eval()
    with torch.no_grad():
        losses, sizes = zip(*[(loss_fn(model(X), y).item(), len(y)) for X, y in loader], strict=True)
    return np.average(losses, weights=sizes)


def by_a_sum(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    summed = type(loss_fn)(reduction="sum")
    with torch.no_grad():
        total = sum(summed(model(X), y).item() for X, y in loader)
    model.train(was_training)
    return total / len(loader.dataset)


def by_a_copy(model, loader, loss_fn):
    return exact_loss(copy.deepcopy(model), loader, loss_fn)


def one_by_one(model, loader, loss_fn):
    model.eval()
    with torch.no_grad():
        losses = [loss_fn(model(X[None]), y[None]) for X, y in loader.dataset]
    return torch.stack(losses).mean()


def by_batch_size(model, loader, loss_fn):
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(X), y).item() * loader.batch_size for X, y in loader)
    return total / len(loader.dataset)


def of_the_first(model, loader, loss_fn):
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            return loss_fn(model(X), y).item()


def freezes(model, loader, loss_fn):
    model.eval().requires_grad_(False)
    return measured(exact, grad=True)(model, loader, loss_fn)


def measures_with(loss):
    """Make an evaluation with a loss of its own, given the loss handed over, prediction and target."""

    def measure(model, loader, loss_fn):
        return exact_loss(model, loader, lambda y_hat, y: loss(loss_fn, y_hat, y))

    return measure


def squares(loss_fn, y_hat, y):
    return nn.functional.mse_loss(y_hat, y)


def target_first(loss_fn, y_hat, y):
    return loss_fn(y, y_hat)


def train_epoch(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for X, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def epoch_with(order="zero forward backward step", *, before="", after="", result=exact, train=True):
    """Make a loop out of words, so that steps can be left out, moved or swapped."""

    def epoch(model, loader, loss_fn, optimizer):
        if train:
            model.train()
        seen, loss = [], None
        actions = {"zero": optimizer.zero_grad, "step": optimizer.step, "backward": lambda: loss.backward()}
        for word in before.split():
            actions[word]()
        for X, y in loader:
            for word in order.split():
                if word == "forward":
                    loss = loss_fn(model(X), y)
                else:
                    actions[word]()
            seen.append((loss.item(), len(y)))
            if after == "return":
                break
        for word in after.replace("return", "").split():
            actions[word]()
        return result(seen)

    return epoch


def empties_after_the_step(model, loader, loss_fn, optimizer):
    model.train()
    losses = 0
    for X, y in loader:
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses += loss.detach() * len(X)
    return losses / len(loader.dataset)


def empties_by(empty):
    """Make a loop with another way to empty the gradients."""

    def epoch(model, loader, loss_fn, optimizer):
        model.train()
        total = 0.0
        for _, (X, y) in enumerate(iter(loader), start=1):
            loss = loss_fn(model(X), y)
            empty(model, optimizer)
            loss.backward()
            optimizer.step()
            total += float(loss) * y.shape[0]
        return np.float64(total / len(loader.dataset))

    return epoch


def sets_none(model, optimizer):
    for parameter in model.parameters():
        parameter.grad = None


def fills_zeros(model, optimizer):
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.zero_()


def steps_by_a_closure(model, loader, loss_fn, optimizer):
    model.train()
    pairs = []
    for X, y in loader:

        def closure(X=X, y=y):
            optimizer.zero_grad(set_to_none=False)
            loss = loss_fn(model(X), y)
            loss.backward()
            return loss

        pairs.append((optimizer.step(closure).item(), len(y)))
    return exact(pairs)


def evaluates_at_the_end(model, loader, loss_fn, optimizer):
    loss = train_epoch(model, loader, loss_fn, optimizer)
    model.eval()
    return loss


def asks_for_gradients(model, loader, loss_fn, optimizer):
    model.train()
    pairs = []
    for X, y in loader:
        loss = loss_fn(model(X), y)
        parameters = list(model.parameters())
        for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            parameter.grad = gradient
        optimizer.step()
        pairs.append((loss.tolist(), len(y)))
    return exact(pairs)


def measures_afterwards(model, loader, loss_fn, optimizer):
    train_epoch(model, loader, loss_fn, optimizer)
    loss = exact_loss(model, loader, loss_fn)
    model.train()
    return loss


def trains_with(loss):
    """Make an epoch with a loss of its own, as ``measures_with`` does."""

    def epoch(model, loader, loss_fn, optimizer):
        return train_epoch(model, loader, lambda y_hat, y: loss(loss_fn, y_hat, y), optimizer)

    return epoch


def own_optimizer(model, loader, loss_fn, optimizer):
    return train_epoch(model, loader, loss_fn, torch.optim.SGD(model.parameters(), lr=0.1))


def without_a_graph(model, loader, loss_fn, optimizer):
    with torch.no_grad():
        return train_epoch(model, loader, loss_fn, optimizer)


def names_backward(model, loader, loss_fn, optimizer):
    for X, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        _ = loss.backward  # no brackets
        optimizer.step()
    return loss.item()


def adds_graphs(model, loader, loss_fn, optimizer):
    model.train()
    total = 0
    for X, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        total = total + loss * len(y)
    return total / len(loader.dataset)


def returns_tensor(model, loader, loss_fn, optimizer):
    train_epoch(model, loader, loss_fn, optimizer)
    return sum(loss_fn(model(X), y) for X, y in loader)


def drops_the_short_batch(model, loader, loss_fn, optimizer):
    batches = list(loader)
    full = [batch for batch in batches if len(batch[1]) == len(batches[0][1])]
    return train_epoch(model, full, loss_fn, optimizer)


def early_stop(val_losses, patience):
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best + 1, epoch + 1


def compares_with_previous(val_losses, patience):
    best, bad = 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        bad = bad + 1 if epoch and loss >= val_losses[epoch - 1] else 0
        if bad >= patience:
            break
    return best + 1, epoch + 1


def never_resets(val_losses, patience):
    best, bad = 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch:
            bad += 1
        if bad >= patience:
            break
    return best + 1, epoch + 1


def shifted(best, last):
    def rule(losses, patience):
        found = early_stop(losses, patience)
        return found[0] + best, found[1] + last

    return rule


def counts_bad_epochs(val_losses, patience):
    best_loss, best_epoch, bad = float("inf"), 0, 0
    for i in range(len(val_losses)):
        if val_losses[i] < best_loss:
            best_loss, best_epoch, bad = val_losses[i], i + 1, 0
        else:
            bad += 1
        if bad == patience:
            return [best_epoch, i + 1]
    return [best_epoch, len(val_losses)]


def by_argmin(val_losses, patience):
    losses = np.array(val_losses)
    for end in range(1, len(losses) + 1):
        best = losses[:end].argmin()
        if end - 1 - best >= patience:
            break
    return np.array([best + 1, end])


def by_prefix_minima(val_losses, patience):
    best = torch.tensor(val_losses).cummin(dim=0).indices  # of equal losses the last one's place
    best = torch.tensor([val_losses.index(val_losses[place]) for place in best.tolist()])
    waited = torch.arange(len(val_losses)) - best
    stops = (waited >= patience).nonzero().flatten().tolist()
    last = stops[0] if stops else len(val_losses) - 1
    return best[last] + 1, torch.tensor(last + 1)


def takes_equals(val_losses, patience):
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss <= val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best + 1, epoch + 1


def goes_to_the_end(val_losses, patience):
    return val_losses.index(min(val_losses)) + 1, len(val_losses)


def gives_the_loss(val_losses, patience):
    best, last = early_stop(val_losses, patience)
    return val_losses[best - 1], last


def seeded_split(dataset, sizes, seed):
    return random_split(dataset, sizes, generator=torch.Generator().manual_seed(seed))


def seeds_everything(dataset, sizes, seed):
    torch.manual_seed(seed)
    return random_split(dataset, sizes)


def cuts(dataset, order, sizes):
    ends = np.cumsum(sizes)
    return tuple(
        Subset(dataset, order[end - size : end]) for size, end in zip(sizes, ends.tolist(), strict=True)
    )


def by_randperm(dataset, sizes, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    return cuts(dataset, torch.randperm(len(dataset), generator=generator).tolist(), sizes)


def by_numpys_generator(dataset, sizes, seed):
    return cuts(dataset, np.random.default_rng(seed).permutation(len(dataset)), sizes)


def by_pythons_generator(dataset, sizes, seed):
    order = list(range(len(dataset)))
    random.Random(seed).shuffle(order)
    return [[dataset[i] for i in part.indices] for part in cuts(dataset, order, sizes)]


def in_a_fork(dataset, sizes, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return random_split(dataset, sizes)


def puts_back(dataset, sizes, seed):
    state = torch.get_rng_state()
    parts = seeds_everything(dataset, sizes, seed)
    torch.set_rng_state(state)
    return parts


def seeds_numpy(dataset, sizes, seed):
    np.random.seed(seed)
    return cuts(dataset, np.random.permutation(len(dataset)), sizes)


def seeds_python(dataset, sizes, seed):
    random.seed(seed)
    return cuts(dataset, random.sample(range(len(dataset)), len(dataset)), sizes)


def indices_alone(dataset, sizes, seed):
    return [part.indices for part in seeded_split(dataset, sizes, seed)]


def rows_of_indices(dataset, sizes, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randperm(len(dataset), generator=generator).split(sizes)


def in_order(dataset, sizes, seed):
    ends = torch.tensor(sizes).cumsum(0).tolist()
    return [
        torch.utils.data.Subset(dataset, range(end - size, end))
        for size, end in zip(sizes, ends, strict=True)
    ]


def with_repeats(dataset, sizes, seed):
    generator = torch.Generator().manual_seed(seed)
    return [
        torch.utils.data.Subset(dataset, torch.randperm(50, generator=generator)[:size].tolist())
        for size in sizes
    ]


def accumulated_step(model, micro_batches, loss_fn, optimizer):
    count = sum(len(y) for _, y in micro_batches)
    optimizer.zero_grad()
    for X, y in micro_batches:
        (loss_fn(model(X), y) * len(y) / count).backward()
    optimizer.step()


def empties_at_the_end(model, micro_batches, loss_fn, optimizer):
    count = sum([X.shape[0] for X, _ in micro_batches])
    for X, y in micro_batches:
        loss = loss_fn(model(X), y)
        loss *= len(X) / count
        loss.backward()
    optimizer.step()
    model.zero_grad()


def one_backward(model, micro_batches, loss_fn, optimizer):
    optimizer.zero_grad(set_to_none=False)
    losses = torch.stack([loss_fn(model(X), y) for X, y in micro_batches])
    shares = torch.tensor([len(y) for _, y in micro_batches], dtype=losses.dtype)
    (losses @ (shares / shares.sum())).backward()
    optimizer.step()


def scales_gradients(model, micro_batches, loss_fn, optimizer):
    model.zero_grad()
    count = 0
    for X, y in micro_batches:
        loss_fn(model(X), y).mul(len(y)).backward()
        count += len(y)
    for parameter in model.parameters():
        parameter.grad /= count
    return optimizer.step()


def by_a_closure(model, micro_batches, loss_fn, optimizer):
    def closure():
        optimizer.zero_grad()
        count = len(torch.cat([y for _, y in micro_batches]))
        losses = [loss_fn(model(X), y) * len(y) / count for X, y in micro_batches]
        for loss in losses:
            loss.backward()
        return sum(loss.item() for loss in losses)

    return optimizer.step(closure)


def by_sums(model, micro_batches, loss_fn, optimizer):
    summed = type(loss_fn)(reduction="sum")
    optimizer.zero_grad()
    for X, y in micro_batches:
        (summed(model(X), y) / sum(len(y) for _, y in micro_batches)).backward()
    optimizer.step()


def by_functional_gradients(model, micro_batches, loss_fn, optimizer):
    parameters, count = list(model.parameters()), sum(len(y) for _, y in micro_batches)
    gradients = [
        torch.autograd.grad(loss_fn(model(X), y) * (len(y) / count), parameters) for X, y in micro_batches
    ]
    for parameter, parts in zip(parameters, zip(*gradients, strict=True), strict=True):
        parameter.grad = sum(parts)
    optimizer.step()


def never_empties(model, micro_batches, loss_fn, optimizer):
    count = sum(len(y) for _, y in micro_batches)
    for X, y in micro_batches:
        (loss_fn(model(X), y) * len(y) / count).backward()
    optimizer.step()


def joins(model, micro_batches, loss_fn, optimizer):
    X, y = (torch.cat(column) for column in zip(*micro_batches, strict=True))
    optimizer.zero_grad()
    loss_fn(model(X), y).backward()
    optimizer.step()


def accumulates_with(loss):
    def update(model, micro_batches, loss_fn, optimizer):
        accumulated_step(model, micro_batches, lambda y_hat, y: loss(loss_fn, y_hat, y), optimizer)

    return update


def stops_after_the_first(model, micro_batches, loss_fn, optimizer):
    optimizer.zero_grad()
    for X, y in micro_batches:
        (loss_fn(model(X), y) / len(micro_batches)).backward()
        optimizer.step()
        return


def accumulates(share, *, inside=False, steps=False, step=True):
    """Make an accumulation that scales each loss by ``share(len(y), number, count)``."""

    def update(model, micro_batches, loss_fn, optimizer):
        count = sum(len(y) for _, y in micro_batches)
        optimizer.zero_grad()
        for X, y in micro_batches:
            if inside:
                optimizer.zero_grad()
            (loss_fn(model(X), y) * share(len(y), len(micro_batches), count)).backward()
            if steps:
                optimizer.step()
        if step and not steps:
            optimizer.step()

    return update


RIGHT = {
    "stops_after": [6, 6.0, np.int64(6), torch.tensor(6), np.array([6])],
    "exact_loss": [
        exact_loss,
        lambda *arguments: training.evaluate(*arguments).loss,
        by_the_dataset,
        by_the_whole_set,
        by_numpys_average,
        by_a_sum,
        by_a_copy,
        one_by_one,
    ],
    "train_epoch": [
        train_epoch,
        training.train_loop,
        empties_after_the_step,
        empties_by(lambda model, optimizer: optimizer.zero_grad()),
        empties_by(lambda model, optimizer: optimizer.zero_grad(set_to_none=False)),
        empties_by(lambda model, optimizer: model.zero_grad()),
        empties_by(sets_none),
        empties_by(fills_zeros),
        steps_by_a_closure,
        evaluates_at_the_end,
        asks_for_gradients,
    ],
    "early_stop": [early_stop, counts_bad_epochs, by_argmin, by_prefix_minima],
    "seeded_split": [
        seeded_split,
        by_randperm,
        by_numpys_generator,
        by_pythons_generator,
        in_a_fork,
        puts_back,
    ],
    "accumulated_step": [
        accumulated_step,
        empties_at_the_end,
        one_backward,
        scales_gradients,
        by_a_closure,
        by_sums,
        by_functional_gradients,
    ],
}

WRONG = {
    "stops_after": [
        (3, "best loss so far"),
        (7, "never gets to see it"),
        (5, "two epochs"),
        (4, "less than the patience"),
        (2, "every loss is a new best"),
        (12, "seven epochs"),
    ],
    "exact_loss": [
        (measured(exact, mode="train"), "training mode"),
        (measured(lambda p: sum(m for m, _ in p) / len(p)), "counts too much"),
        (measured(lambda p: sum(m * n for m, n in p)), "a sum over the samples"),
        (measured(lambda p: sum(m for m, _ in p)), "undivided"),
        (measured(lambda p: p[-1][0]), "only the last batch"),
        (measured(lambda p: sum(m * n for m, n in p) / len(p)), "divided by the number of batches"),
        (measured(lambda p: sum(m * n for m, n in p) / (len(p) * p[0][1])), "were full"),
        (measured(lambda p: 2 * exact(p)), "not the mean loss"),
        (measured(exact, grad=True), "records a graph"),
        (leaves_gradients_off, "stay switched off"),
        (lambda *_: None, "is a return missing"),
        (by_batch_size, "as if its batch were full"),
        (of_the_first, "only the first batch"),
        (measured(lambda p: sum(m for m, _ in p) / sum(n for _, n in p)), "weigh each by its own"),
        (freezes, "frozen afterwards"),
        (measures_with(squares), "is loss_fn used?"),
        (measures_with(target_first), "a loss takes the prediction"),
        (lambda model, loader: 0.0, "raises TypeError"),
    ],
    "train_epoch": [
        (epoch_with("zero forward backward"), "where they were"),
        (epoch_with("zero forward step"), "where they were"),
        (epoch_with("forward backward zero step"), "where they were"),
        (epoch_with("forward backward step"), "pile up over the batches"),
        (epoch_with("forward backward step", before="zero"), "pile up over the batches"),
        (epoch_with("zero forward backward", after="step"), "step belongs inside"),
        (epoch_with("forward backward", before="zero", after="step"), "belong inside the loop"),
        (epoch_with(after="return"), "only the first batch"),
        (drops_the_short_batch, "short last batch is left out"),
        (epoch_with("zero forward backward step step"), "elsewhere"),
        (epoch_with(train=False), "in evaluation mode"),
        (epoch_with(result=lambda p: sum(m for m, _ in p) / len(p)), "counts too much"),
        (epoch_with(result=lambda p: sum(m for m, _ in p)), "undivided"),
        (epoch_with(result=lambda p: p[-1][0]), "only the last batch"),
        (returns_tensor, "still holds its graph"),
        (epoch_with(result=lambda p: None), "is a return missing"),
        (epoch_with("zero forward step backward"), "where they were"),
        (names_backward, "where they were"),
        (without_a_graph, "raises RuntimeError"),
        (own_optimizer, "elsewhere"),
        (adds_graphs, "still holds its graph"),
        (measures_afterwards, "measured after the epoch"),
        (trains_with(squares), "is loss_fn used?"),
        (trains_with(target_first), "a loss takes the prediction"),
        (epoch_with(result=lambda p: sum(m * n for m, n in p)), "a sum over the samples"),
        (epoch_with(result=lambda p: sum(m * n for m, n in p) / len(p)), "divided by the number of batches"),
    ],
    "early_stop": [
        (lambda losses, patience: early_stop(losses, patience)[0], "a pair is expected"),
        (shifted(-1, -1), "one too small"),
        (lambda *a: early_stop(*a)[::-1], "swapped"),
        (lambda losses, patience: early_stop(losses, patience + 1), "one epoch too long"),
        (
            lambda losses, patience: (losses.index(min(losses)) + 1, early_stop(losses, patience)[1]),
            "never run",
        ),
        (compares_with_previous, "is no new best"),
        (never_resets, "back to zero"),
        (shifted(-1, 0), "the best epoch is one too small"),
        (shifted(0, -1), "one epoch too soon"),
        (takes_equals, "no improvement"),
        (goes_to_the_end, "never run"),
        (gives_the_loss, "its epoch is asked"),
        (lambda losses, patience: "4, 4", "a pair is expected"),
    ],
    "seeded_split": [
        (lambda d, s, seed: random_split(d, s), "with the same seed"),
        (lambda d, s, seed: seeded_split(d, s, 0), "another seed"),
        (seeds_everything, "generator of its own"),
        (in_order, "as they are stored"),
        (with_repeats, "in both parts"),
        (lambda d, s, seed: seeded_split(d, [30, 20], seed), "parts of 40 and 10"),
        (lambda d, s, seed: seeded_split(d, s, seed)[0], "a list of parts"),
        (seeds_numpy, "NumPy's global stream"),
        (seeds_python, "Python's global stream"),
        (indices_alone, "bare numbers"),
        (rows_of_indices, "bare numbers"),
        (lambda d, s, seed: random_split(d, s, generator=torch.Generator()), "another seed"),
        (lambda d, s, seed: random_split(d, s, generator=seed), "raises"),
    ],
    "accumulated_step": [
        (accumulates(lambda n, k, count: n / count, step=False), "have not moved"),
        (accumulates(lambda n, k, count: 1), "not divided"),
        (accumulates(lambda n, k, count: 1 / k), "not equally large"),
        (accumulates(lambda n, k, count: n / count, inside=True), "only the last one's"),
        (accumulates(lambda n, k, count: n / count, steps=True), "exactly one step"),
        (lambda *_: 1 / 0, "raises ZeroDivisionError"),
        (never_empties, "empty .grad"),
        (accumulates(lambda n, k, count: n), "the sum over the samples"),
        (accumulates(lambda n, k, count: 1 / count), "each mean counts for several"),
        (joins, "the whole batch at once"),
        (accumulates_with(squares), "is loss_fn used?"),
        (accumulates_with(target_first), "a loss takes the prediction"),
        (stops_after_the_first, "only the first one counts"),
    ],
}


class TestChapter11(
    ExerciseCases, chapter=chapter_11, right=RIGHT, wrong=WRONG, secrets={"stops_after": ["6", "six"]}
):
    """The answers above, judged by the chapter's checks."""
