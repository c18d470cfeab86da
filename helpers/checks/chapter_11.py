"""Checks of chapter 11's exercises: the training loop."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset, TensorDataset

from helpers.batches import TensorBatches
from helpers.checks.loops import Watched, diagnose_mean, flat, losses_seen, samples, walk
from helpers.checks.report import (
    UnattemptedError,
    call,
    exercise,
    function,
    number,
    refuse_placeholders,
    reject,
    require,
    same,
    whole_number,
    wrong,
)
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
    for count, batch_size in ((9, 4), (10, 5), (3, 8)):
        X, y = samples(count)
        model = Watched().train()
        given = f"{count} samples in batches of {batch_size}"
        before = torch.is_grad_enabled()
        result = call(measure, model, TensorBatches(X, y, batch_size=batch_size), nn.MSELoss(), given=given)
        require(torch.is_grad_enabled() == before, "gradients stay switched off after the call.")
        reject(any(model.modes), f"with {given}: the model runs in training mode, so dropout is at work.")
        with torch.no_grad():
            errors = (model.linear(X) - y).square()[:, 0]
        diagnose_mean(number(result, "the loss"), errors.split(batch_size), given)
        reject(model.recorded, f"with {given}: the number is right, but autograd records a graph.")
    return "short batches count by their samples, dropout is off, and no gradients are recorded."


# ---------------------------------------------------------------- the loop


@exercise
def train_epoch(answer: object) -> str:
    """Judge a function ``(model, loader, loss_fn, optimizer) -> loss`` against the five steps."""
    epoch = function(answer)
    for count, batch_size in ((12, 4), (10, 4)):
        given = f"{count} samples in batches of {batch_size}"
        X, y = samples(count)
        model = nn.Linear(2, 1).double()
        start = copy.deepcopy(model)
        model.eval()
        # A gradient left over from before the epoch must not count either.
        (5 * model(X[:1])).sum().backward()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        batches = TensorBatches(X, y, batch_size=batch_size)
        result = call(epoch, model, batches, nn.MSELoss(), optimizer, given=given)
        _diagnose_end(flat(model), start, X, y, batch_size, given)
        require(
            model.training, f"with {given}: the parameters are right, but the model is in evaluation mode."
        )
        reject(
            isinstance(result, Tensor) and result.requires_grad,
            f"with {given}: the loss still holds its graph; return a plain number.",
        )
        diagnose_mean(number(result, "the loss"), losses_seen(start, X, y, batch_size), given)
    return "even and short batches end where the five steps end, and the loss is the mean over the samples."


def _diagnose_end(end: Tensor, start: nn.Module, X: Tensor, y: Tensor, batch_size: int, given: str) -> None:
    if same(end, walk(start, X, y, batch_size)):
        return
    reject(
        same(end, flat(start)),
        f"with {given}: the parameters are where they were. Is there a backward and a step, and are the "
        "gradients still there when step reads them?",
    )
    usual = (
        (walk(start, X, y, batch_size, empty=False, left=5.0), "gradients pile up over the batches."),
        (
            walk(start, X, y, batch_size, empty=False),
            "the gradients are emptied once, before the first batch; they pile up after it.",
        ),
        (
            walk(start, X, y, batch_size, each=False),
            "a single update, made with the last batch's gradient: step belongs inside the loop.",
        ),
        (
            walk(start, X, y, batch_size, empty=False, each=False),
            "a single update with all gradients added up: zero_grad and step belong inside the loop.",
        ),
        (
            walk(start, X[:batch_size], y[:batch_size], batch_size),
            "only the first batch is trained on. Does the return stand inside the loop?",
        ),
        (
            walk(start, X[: len(X) // batch_size * batch_size], y, batch_size),
            "the short last batch is left out.",
        ),
    )
    reject_usual(end, usual, given)
    wrong(f"with {given}: the parameters end elsewhere than the five steps lead.")


# ---------------------------------------------------------------- patience

#: Validation losses, patience, (best epoch, last epoch).
PATIENCE_CASES = (
    ([5.0, 4.0, 3.0, 2.0], 2, (4, 4), "every epoch is a new best, so the run goes to its end"),
    ([5.0, 3.0, 4.0, 4.5, 1.0], 2, (2, 4), "two epochs without a new best end the run, whatever comes later"),
    ([5.0, 3.0, 4.0, 3.5, 3.2, 1.0], 3, (2, 5), "an epoch better than the one before it is no new best"),
    ([5.0, 6.0, 4.0, 5.0, 3.0, 4.0], 2, (5, 6), "a new best sets the count back to zero"),
    ([5.0, 3.0, 3.0, 3.0, 2.0], 2, (2, 4), "a loss equal to the best is no improvement"),
    ([4.0, 5.0], 1, (1, 2), "patience 1 ends the run after one epoch without a new best"),
)


@exercise
def early_stop(answer: object) -> str:
    """Judge a function ``(val_losses, patience) -> (best_epoch, last_epoch)``."""
    rule: Callable[..., object] = function(answer)
    for losses, patience, (best, last), reason in PATIENCE_CASES:
        given = f"losses {losses}, patience {patience}"
        result = call(rule, list(losses), patience, given=given)
        pair = isinstance(result, (tuple, list)) and len(result) == 2
        require(pair, f"with {given}: a pair is expected, the best epoch and the last one.")
        found = tuple(whole_number(value, f"with {given}, an epoch") for value in result)
        if found == (best, last):
            continue
        reject(found == (best - 1, last - 1), f"with {given}: both are one too small; epochs count from 1.")
        reject(found == (last, best), f"with {given}: the two are swapped; the best epoch comes first.")
        reject(found[1] == last + 1, f"with {given}: the run goes on one epoch too long; {reason}.")
        reject(
            found[0] == losses.index(min(losses)) + 1 and found[0] > last,
            f"with {given}: the best epoch is one that was never run: the run had ended.",
        )
        wrong(f"with {given}: {reason}.")
    return f"{len(PATIENCE_CASES)} runs end where they should, and the best epoch is known."


# ---------------------------------------------------------------- a split that stays


@exercise
def seeded_split(answer: object) -> str:
    """Judge a function ``(dataset, sizes, seed) -> parts`` by what every seeded split must keep."""
    split = function(answer)
    dataset = TensorDataset(torch.arange(50))
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
    _diagnose_seeds(split, dataset, members)
    three = [_members(part) for part in _parts(split, dataset, (20, 20, 10), 3)]
    require([len(members) for members in three] == [20, 20, 10], "three sizes must give three parts.")
    return "the same seed deals out the same samples, another seed others, and nobody else's numbers change."


def _diagnose_seeds(split: Callable[..., object], dataset: Dataset, members: list[list[int]]) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(123)
        again = [_members(part) for part in _parts(split, dataset, (40, 10), 0)]
        drawn = torch.rand(1)
        torch.manual_seed(123)
        untouched = torch.rand(1)
    require(again == members, "called again with the same seed, it deals out other samples.")
    other = [_members(part) for part in _parts(split, dataset, (40, 10), 1)]
    reject(other == members, "another seed deals out the same samples: is the seed used?")
    reject(
        not same(drawn, untouched),
        "the split is right, but it moves torch's global stream: give it a generator of its own.",
    )


def _parts(split: Callable[..., object], dataset: Dataset, sizes: tuple[int, ...], seed: int) -> list[object]:
    given = f"50 samples, sizes {sizes}, seed {seed}"
    result = call(split, dataset, list(sizes), seed, given=given)
    require(isinstance(result, (list, tuple)), f"with {given}: a list of parts is expected.")
    require(len(result) == len(sizes), f"with {given}: {len(result)} parts; {len(sizes)} are expected.")
    return list(result)


def _members(part: object) -> list[int]:
    require(hasattr(part, "__getitem__") and hasattr(part, "__len__"), "a part can not be read by index.")
    return [int(part[place][0]) for place in range(len(part))]


# ---------------------------------------------------------------- accumulation


@exercise
def accumulated_step(answer: object) -> str:
    """Judge a function ``(model, micro_batches, loss_fn, optimizer)`` by the whole batch's update."""
    step = function(answer)
    X, y = samples(12)
    for sizes in ((4, 4, 4), (5, 5, 2), (12,)):
        given = f"micro-batches of {', '.join(map(str, sizes))}"
        model = nn.Linear(2, 1).double()
        start = copy.deepcopy(model)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        micro = list(zip(X.split(sizes), y.split(sizes), strict=True))
        try:
            refuse_placeholders([step(model, micro, nn.MSELoss(), optimizer)])
        except UnattemptedError:
            raise
        except Exception as error:  # whatever the reader's code raises is theirs to read
            wrong(f"with {given}, the function raises {type(error).__name__}: {error}")
        _diagnose_accumulation(flat(model), start, micro, given)
    return "equal and unequal micro-batches move the parameters exactly as the whole batch does."


def _diagnose_accumulation(
    end: Tensor, start: nn.Module, micro: Sequence[tuple[Tensor, Tensor]], given: str
) -> None:
    count = sum(len(y) for _, y in micro)

    def moved(shares: Sequence[float]) -> Tensor:
        model = copy.deepcopy(start)
        losses = [
            share * nn.functional.mse_loss(model(X), y) for share, (X, y) in zip(shares, micro, strict=True)
        ]
        gradients = torch.autograd.grad(sum(losses), list(model.parameters()))
        return flat(model) - 0.1 * torch.cat([gradient.flatten() for gradient in gradients])

    if same(end, moved([len(y) / count for _, y in micro])):
        return
    reject(same(end, flat(start)), f"with {given}: the parameters have not moved.")
    reject(same(end, moved([1] * len(micro))), f"with {given}: the sum of the means; it is not divided.")
    reject(
        same(end, moved([1 / len(micro)] * len(micro))),
        f"with {given}: divided by their number, but they are not equally large.",
    )
    last = [0.0] * (len(micro) - 1)
    reject(
        any(same(end, moved([*last, share])) for share in (1, 1 / len(micro), len(micro[-1][1]) / count)),
        f"with {given}: only the last one's gradient is left. Is zero_grad inside the loop?",
    )
    wrong(f"with {given}: not the whole batch's update. Is there exactly one step, after the loop?")
