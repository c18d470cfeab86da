"""Chapter 11's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import torch
from exercise_cases import ExerciseCases
from torch.utils.data import random_split

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


def seeded_split(dataset, sizes, seed):
    return random_split(dataset, sizes, generator=torch.Generator().manual_seed(seed))


def seeds_everything(dataset, sizes, seed):
    torch.manual_seed(seed)
    return random_split(dataset, sizes)


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
    "stops_after": [6],
    "exact_loss": [exact_loss, lambda *arguments: training.evaluate(*arguments).loss],
    "train_epoch": [train_epoch, training.train_loop],
    "early_stop": [early_stop],
    "seeded_split": [seeded_split],
    "accumulated_step": [accumulated_step],
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
    ],
    "train_epoch": [
        (epoch_with("zero forward backward"), "where they were"),
        (epoch_with("zero forward step"), "where they were"),
        (epoch_with("forward backward zero step"), "where they were"),
        (epoch_with("forward backward step"), "pile up over the batches"),
        (epoch_with("forward backward step", before="zero"), "emptied once"),
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
    ],
    "seeded_split": [
        (lambda d, s, seed: random_split(d, s), "with the same seed"),
        (lambda d, s, seed: seeded_split(d, s, 0), "another seed"),
        (seeds_everything, "generator of its own"),
        (in_order, "as they are stored"),
        (with_repeats, "in both parts"),
        (lambda d, s, seed: seeded_split(d, [30, 20], seed), "parts of 40 and 10"),
        (lambda d, s, seed: seeded_split(d, s, seed)[0], "a list of parts"),
    ],
    "accumulated_step": [
        (accumulates(lambda n, k, count: n / count, step=False), "have not moved"),
        (accumulates(lambda n, k, count: 1), "not divided"),
        (accumulates(lambda n, k, count: 1 / k), "not equally large"),
        (accumulates(lambda n, k, count: n / count, inside=True), "only the last one's"),
        (accumulates(lambda n, k, count: n / count, steps=True), "exactly one step"),
        (lambda *_: 1 / 0, "raises ZeroDivisionError"),
    ],
}


class TestChapter11(
    ExerciseCases, chapter=chapter_11, right=RIGHT, wrong=WRONG, secrets={"stops_after": ["6", "six"]}
):
    """The answers above, judged by the chapter's checks."""
