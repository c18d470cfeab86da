"""Checks of chapter 11's exercises: the training loop."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset, TensorDataset

from helpers.checks.loops import (
    BINARY,
    LR,
    SQUARED,
    Loss,
    Watched,
    diagnose_end,
    diagnose_loss,
    diagnose_mean,
    each_loss,
    flat,
    loader_of,
    losses_seen,
    mistaken,
    samples,
)
from helpers.checks.report import (
    UnattemptedError,
    call,
    exercise,
    function,
    items_of,
    number,
    refuse_placeholders,
    reject,
    require,
    same,
    whole_number,
    wrong,
)
from helpers.checks.session import stream_places
from helpers.checks.usual import reject_usual


@exercise
def stops_after(answer: object) -> str:
    """Judge the epoch after which patience 3 ends a run with seven validation losses."""
    epoch = whole_number(answer)
    reject(epoch == 3, "that is the epoch of the best loss so far; the rule waits before it gives up.")
    reject(epoch == 7, "the last loss is the best, but the rule never gets to see it.")
    reject(epoch == 4, "one epoch without a new best is less than the patience.")
    reject(
        epoch == 5, "two epochs without a new best are less than the patience. Did you count the best one?"
    )
    reject(epoch in (0, 1, 2), "until the third epoch every loss is a new best.")
    require(epoch == 6, "the run has seven epochs; the rule ends it after one of them.")
    return "three epochs in a row bring no new best, although one of them is better than the one before it."


# ---------------------------------------------------------------- exact means


@exercise
def exact_loss(answer: object) -> str:
    """Judge a function ``(model, loader, loss_fn) -> loss`` with a model that notes how it is called."""
    measure = function(answer)
    for count, batch_size, loss_fn in ((9, 4, SQUARED), (10, 5, BINARY), (3, 8, SQUARED)):
        X, y = samples(count, loss_fn)
        model = Watched().train()
        given = f"{count} samples in batches of {batch_size}"
        result = call(measure, model, loader_of(X, y, batch_size), loss_fn, given=given)
        require(torch.is_grad_enabled(), "gradients stay switched off after the call.")
        reject(any(model.modes), f"with {given}: the model runs in training mode, so dropout is at work.")
        diagnose_loss(number(result, "the loss"), model.linear(X), y, batch_size, loss_fn, given)
        reject(model.recorded, f"with {given}: the number is right, but autograd records a graph.")
        frozen = not all(parameter.requires_grad for parameter in model.parameters())
        reject(frozen, f"with {given}: the number is right, but the parameters are frozen afterwards.")
    return "short batches count by their samples, dropout is off, and no gradients are recorded."


# ---------------------------------------------------------------- the loop


@exercise
def train_epoch(answer: object) -> str:
    """Judge a function ``(model, loader, loss_fn, optimizer) -> loss`` against the five steps."""
    epoch = function(answer)
    for count, batch_size, loss_fn in ((12, 4, SQUARED), (10, 4, BINARY)):
        given = f"{count} samples in batches of {batch_size}"
        X, y = samples(count, loss_fn)
        model = Watched(dropout=0.0).eval()
        start = copy.deepcopy(model)
        optimizer = torch.optim.SGD(model.parameters(), lr=LR)
        result = call(epoch, model, loader_of(X, y, batch_size), loss_fn, optimizer, given=given)
        diagnose_end(flat(model), start, X, y, batch_size, loss_fn, given)
        require(
            any(model.modes),
            f"with {given}: the parameters are right, but the model is in evaluation mode.",
        )
        reject(
            isinstance(result, Tensor) and result.requires_grad,
            f"with {given}: the loss still holds its graph; return a plain number.",
        )
        seen = losses_seen(start, X, y, batch_size, loss_fn)
        after = each_loss(loss_fn, model.linear(X), y).mean()
        late = ((after, "measured after the epoch; each batch's loss is taken before its update."),)
        diagnose_mean(number(result, "the loss"), seen, given, late)
    return "even and short batches end where the five steps end, and the loss is the mean over the samples."


# ---------------------------------------------------------------- patience

#: Validation losses (none is an epoch's number), patience, (best epoch, last epoch).
PATIENCE_CASES = (
    ([0.5, 0.4, 0.3, 0.2], 2, (4, 4), "every epoch is a new best, so the run goes to its end"),
    (
        [0.5, 0.3, 0.4, 0.45, 0.47, 0.1],
        2,
        (2, 4),
        "two epochs without a new best end the run, whatever comes later",
    ),
    ([0.5, 0.3, 0.4, 0.35, 0.32, 0.1], 3, (2, 5), "an epoch better than the one before it is no new best"),
    ([0.5, 0.6, 0.4, 0.5, 0.3, 0.4], 2, (5, 6), "a new best sets the count back to zero"),
    ([0.5, 0.3, 0.3, 0.3, 0.2], 2, (2, 4), "a loss equal to the best is no improvement"),
    ([0.4, 0.5], 1, (1, 2), "patience 1 ends the run after one epoch without a new best"),
)


@exercise
def early_stop(answer: object) -> str:
    """Judge a function ``(val_losses, patience) -> (best_epoch, last_epoch)``."""
    rule: Callable[..., object] = function(answer)
    for losses, patience, (best, last), reason in PATIENCE_CASES:
        given = f"losses {losses}, patience {patience}"
        result = call(rule, list(losses), patience, given=given)
        pair = f"with {given}: a pair is expected, the best epoch and the last one."
        items = items_of(result, pair)
        require(len(items) == 2, pair)
        reject(
            items[0] == losses[best - 1] != best,
            f"with {given}: the best loss comes first; its epoch is asked.",
        )
        found = tuple(whole_number(value, f"with {given}, an epoch") for value in items)
        _diagnose_stop(found, (best, last), losses, given, reason)
    return f"{len(PATIENCE_CASES)} runs end where they should, and the best epoch is known."


def _diagnose_stop(
    found: tuple[int, ...], expected: tuple[int, int], losses: list[float], given: str, reason: str
) -> None:
    best, last = expected
    if found == expected:
        return
    reject(found == (best - 1, last - 1), f"with {given}: both are one too small; epochs count from 1.")
    reject(found == (best - 1, last), f"with {given}: the best epoch is one too small; they count from 1.")
    reject(found == (best, last - 1), f"with {given}: the run ends one epoch too soon; {reason}.")
    reject(found == (last, best), f"with {given}: the two are swapped; the best epoch comes first.")
    reject(found[1] == last + 1, f"with {given}: the run goes on one epoch too long; {reason}.")
    reject(
        found[0] == losses.index(min(losses)) + 1 and found[0] > last,
        f"with {given}: the best epoch is one that was never run: the run had ended.",
    )
    wrong(f"with {given}: {reason}.")


# ---------------------------------------------------------------- a split that stays


@exercise
def seeded_split(answer: object) -> str:
    """Judge a function ``(dataset, sizes, seed) -> parts`` by what every seeded split must keep."""
    split = function(answer)
    dataset, streams = TensorDataset(torch.arange(50)), stream_places()
    parts = _parts(split, dataset, (40, 10), 0)
    members = [_members(part) for part in parts]
    require(
        [len(part) for part in members] == [40, 10],
        "parts of 40 and 10 were asked, these hold " + " and ".join(str(len(part)) for part in members),
    )
    reject(set(members[0]) & set(members[1]), "a sample lies in both parts.")
    reject(
        sorted(members[0]) == list(range(40)),
        "the first 40 samples, as they are stored: draw them at random.",
    )
    moved = [name for name, place in stream_places().items() if place != streams[name]]
    again, other = ([_members(part) for part in _parts(split, dataset, (40, 10), seed)] for seed in (0, 1))
    require(again == members, "called again with the same seed, it deals out other samples.")
    reject(other == members, "another seed deals out the same samples: is the seed used?")
    reject(
        moved,
        f"the split is right, but it moves {' and '.join(moved)} global stream: give it a generator of its "
        "own.",
    )
    three = [_members(part) for part in _parts(split, dataset, (20, 20, 10), 3)]
    require([len(members) for members in three] == [20, 20, 10], "three sizes must give three parts.")
    return "the same seed deals out the same samples, another seed others, and nobody else's numbers change."


def _parts(split: Callable[..., object], dataset: Dataset, sizes: tuple[int, ...], seed: int) -> list[object]:
    given = f"50 samples, sizes {sizes}, seed {seed}"
    result = call(split, dataset, list(sizes), seed, given=given)
    require(isinstance(result, (list, tuple)), f"with {given}: a list of parts is expected.")
    require(len(result) == len(sizes), f"with {given}: {len(result)} parts; {len(sizes)} are expected.")
    return list(result)


def _members(part: Any) -> list[int]:
    readable = hasattr(part, "__getitem__") and hasattr(part, "__len__")
    require(readable, "a part cannot be read by index.")
    found = [
        call(lambda place=place: part[place], given=f"index {place} of a part") for place in range(len(part))
    ]
    bare = [not isinstance(sample, (tuple, list)) for sample in found]
    reject(any(bare), "a part gives bare numbers, perhaps indices; it must give the samples of the dataset.")
    return [int(sample[0]) for sample in found]


# ---------------------------------------------------------------- accumulation


@exercise
def accumulated_step(answer: object) -> str:
    """Judge a function ``(model, micro_batches, loss_fn, optimizer)`` by two updates of the whole batch."""
    step = function(answer)
    for sizes, loss_fn in (((4, 4, 4), SQUARED), ((5, 5, 2), BINARY), ((12,), SQUARED)):
        X, y = samples(12, loss_fn)
        micro = list(zip(X.split(sizes), y.split(sizes), strict=True))
        model = Watched(dropout=0.0)
        optimizer = torch.optim.SGD(model.parameters(), lr=LR)
        ends = [copy.deepcopy(model)]
        for nth in ("", ", the update after it"):
            given = f"micro-batches of {', '.join(map(str, sizes))}{nth}"
            _run(step, model, list(micro), loss_fn, optimizer, given)
            _diagnose_accumulation(flat(model), ends, micro, loss_fn, given)
            ends.append(copy.deepcopy(model))
        joined = max(model.sizes) > max(sizes)
        reject(joined, f"with {given}: right, but the model is given the whole batch at once.")
    return "equal and unequal micro-batches move the parameters as the whole batch does, twice in a row."


def _run(step: Callable[..., object], *arguments: object) -> None:
    *handed, given = arguments
    try:
        refuse_placeholders([step(*handed)])
    except UnattemptedError:
        raise
    except Exception as error:  # whatever the reader's code raises is theirs to read
        wrong(f"with {given}, the function raises {type(error).__name__}: {error}")


def _diagnose_accumulation(
    end: Tensor, ends: Sequence[nn.Module], micro: Sequence[tuple[Tensor, Tensor]], loss_fn: Loss, given: str
) -> None:
    start, sizes = ends[-1], [len(y) for _, y in micro]
    count, number_of = sum(sizes), len(sizes)

    def moved(shares: Sequence[float], by: Loss = loss_fn) -> Tensor:
        model = copy.deepcopy(start)
        losses = [share * by(model(X), y) for share, (X, y) in zip(shares, micro, strict=True)]
        gradients = torch.autograd.grad(sum(losses, torch.zeros(())), list(model.parameters()))
        return flat(model) - LR * torch.cat([gradient.flatten() for gradient in gradients])

    exact = [size / count for size in sizes]
    if same(end, moved(exact)):
        return
    reject(same(end, flat(start)), f"with {given}: the parameters have not moved.")
    before = flat(ends[-1]) - flat(ends[0])
    last = [0.0] * (number_of - 1)
    usual = (
        (moved(exact) + before, "the gradients of the update before are still there: empty .grad."),
        (moved([1] * number_of), "the sum of the means; it is not divided."),
        (moved([1 / number_of] * number_of), "divided by their number, but they are not equally large."),
        (moved(sizes), "the sum over the samples; it is not divided."),
        (moved([1 / count] * number_of), "divided by the samples; each mean counts for several of them."),
        *((moved(exact, other), diagnosis) for other, diagnosis in mistaken(loss_fn)),
        *(
            (moved([*last, share]), "only the last one's gradient is left. Is zero_grad inside the loop?")
            for share in (1, 1 / number_of, sizes[-1] / count)
        ),
        *(
            (moved([share, *last]), "only the first one counts. Does the loop end after it?")
            for share in (1, 1 / number_of, sizes[0] / count)
        ),
    )
    reject_usual(end, usual, given)
    wrong(f"with {given}: not the whole batch's update. Is there exactly one step, after the loop?")
