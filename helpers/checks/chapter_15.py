"""Checks of chapter 15's exercises: data-parallel training."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DistributedSampler, TensorDataset

from helpers.checks.processes import Processes
from helpers.checks.report import (
    call,
    exercise,
    function,
    items_of,
    number,
    reject,
    require,
    same,
    tensor,
    whole_number,
    wrong,
)


@exercise
def updates_per_epoch(answer: object) -> str:
    """Judge the updates of one epoch: 50,000 samples, 4 processes, batches of 32 in each."""
    count = whole_number(answer)
    samples, processes, batch_size = 50_000, 4, 32
    shard = samples // processes
    reject(
        count in (samples // batch_size, samples // batch_size + 1), "that is the count of a single process."
    )
    reject(
        count in (processes * (shard // batch_size), processes * (shard // batch_size + 1)),
        "the processes make each update together; do not count it once for each of them.",
    )
    reject(count * batch_size in range(shard - batch_size, shard), "some samples of a shard are in no batch.")
    reject(
        count in (shard // (processes * batch_size), shard // (processes * batch_size) + 1),
        "the samples are divided among the processes twice.",
    )
    reject(count == shard, "that is one update for each sample of a shard; each batch makes only one.")
    require(
        0 <= count * batch_size - shard < batch_size,
        "the batches of that many updates do not hold one shard.",
    )
    return "the batches of each process just hold its quarter of the samples, the short last one included."


@exercise
def deal_in_turn(answer: object) -> str:
    """Judge a function ``(order, num_processes) -> list of shards`` against torch's sampler."""
    deal = function(answer)
    for size, processes in ((8, 2), (10, 3), (10, 4), (3, 5), (2, 7)):
        order = [(7 * i + 3) % 11 + 100 for i in range(size)]
        given = f"{size} indices and {processes} processes"
        shards = call(deal, list(order), processes, given=given)
        _diagnose_deal(_lists(shards, given), order, processes, given)
    return "even and uneven numbers are dealt as torch's DistributedSampler deals them."


def _lists(shards: object, given: str) -> list[list[int]]:
    """Return lists of indices as plain numbers, or the rows of a tensor or an array."""
    expected = f"with {given}: a list of lists is expected."
    if isinstance(shards, (Tensor, np.ndarray)):
        require(shards.ndim == 2, expected)
        shards = shards.tolist()
    shards = [items_of(shard, expected) for shard in items_of(shards, expected)]
    return [[whole_number(index, f"with {given}, an index") for index in shard] for shard in shards]


def _diagnose_deal(shards: list[list[int]], order: list[int], processes: int, given: str) -> None:
    samples = TensorDataset(torch.tensor(order))
    expected = [
        [order[i] for i in DistributedSampler(samples, processes, rank, shuffle=False)]
        for rank in range(processes)
    ]
    if shards == expected:
        return
    lengths = {len(shard) for shard in shards}
    dealt = [index for shard in shards for index in shard]
    require(
        len(shards) == processes, f"with {given}: there are {len(shards)} lists; one for each is expected."
    )
    reject(
        len(lengths) > 1, f"with {given}: the lists have different lengths; their means would not average."
    )
    reject(not set(order) <= set(dealt), f"with {given}: some index is in no list.")
    reject(set(dealt) - set(order), f"with {given}: an index is dealt that is not in the order.")
    reject(
        any(_is_block(shard, rank, order) for rank, shard in enumerate(shards)),
        f"with {given}: the order is cut into blocks; dealt in turn, neighbours go to different processes.",
    )
    reject(len(dealt) > sum(map(len, expected)), f"with {given}: more indices are repeated than are needed.")
    reject(
        sorted(dealt) != sorted(index for shard in expected for index in shard),
        f"with {given}: others are repeated than the first ones.",
    )
    reject(True, f"with {given}: each index is dealt, but not in turn.")


def _is_block(shard: list[int], rank: int, order: list[int]) -> bool:
    """Tell whether a shard is a piece of the order, cut out where its rank stands; one index is no piece."""
    return len(shard) > 1 and shard == order[rank * len(shard) : (rank + 1) * len(shard)]


@exercise
def combine(answer: object) -> str:
    """Judge a function ``(gradients, sizes) -> gradient`` that weights shards by their sizes."""
    compute = function(answer)
    generator = torch.Generator().manual_seed(0)
    for sizes in ([1, 3], [5, 2, 9]):
        gradients = torch.randn(len(sizes), 4, generator=generator, dtype=torch.float32)
        given = f"shards of {' and '.join(map(str, sizes))} samples"
        result = call(compute, gradients.clone(), list(sizes), given=given)
        _diagnose_combined(tensor(result, (4,)), gradients, torch.tensor(sizes, dtype=torch.float32), given)
    return "each shard counts as much as it has samples, for two shards and for three."


def _diagnose_combined(result: Tensor, gradients: Tensor, sizes: Tensor, given: str) -> None:
    weighted = (sizes[:, None] * gradients).sum(0)
    if same(result, weighted / sizes.sum(), rtol=1e-4, atol=1e-6):
        return
    reject(
        same(result, gradients.mean(0), rtol=1e-4),
        f"with {given}: a mean of means; small shards count too much.",
    )
    reject(
        same(result, gradients.sum(0), rtol=1e-4), f"with {given}: the gradients are added up, not averaged."
    )
    reject(
        same(result, weighted, rtol=1e-4),
        f"with {given}: weighted by size, but not divided by the number of samples.",
    )
    reject(
        same(result, weighted / len(sizes), rtol=1e-4),
        f"with {given}: divided by the number of processes, where the number of samples is meant.",
    )
    reject(True, f"with {given}: that is not the gradient of all samples.")


@exercise
def average_gradients(answer: object) -> str:
    """Judge a function ``(parameters, all_reduce, world_size)`` that makes every gradient the mean."""
    average = function(answer)
    for world_size in (2, 3):
        given = f"{world_size} processes"
        held = [_parameters_with_gradients(world_size, rank) for rank in range(world_size)]
        before = [[_copy(parameter.grad) for parameter in parameters] for parameters in held]
        _run(average, held, given)
        for own, parameters in zip(before, held, strict=True):
            for parameter, own_grad, grads in zip(parameters, own, zip(*before, strict=True), strict=True):
                _diagnose_average(parameter, own_grad, grads, given)
    return "with 2 and 3 processes every gradient is the mean, and a parameter without one is left alone."


def _run(average: Callable[..., object], held: list[list[nn.Parameter]], given: str) -> None:
    """Let each process call the reader's function on the parameters that it holds."""

    def program(rank: int, all_reduce: Callable[..., None]) -> None:
        returned = call(average, held[rank], all_reduce, len(held), given=given)
        _diagnose_returned(returned, held[rank], given)

    Processes(len(held)).run(program, given)


def _copy(grad: Tensor | None) -> Tensor | None:
    return None if grad is None else grad.clone()


def _parameters_with_gradients(world_size: int, rank: int) -> list[nn.Parameter]:
    """Return parameters of ones: three with gradients that differ from rank to rank, and one without."""
    generator = torch.Generator().manual_seed(10 * world_size + rank)
    parameters = [nn.Parameter(torch.ones(shape)) for shape in ((2, 3), (3,), (1,), (2,))]
    for parameter in parameters[:3]:
        parameter.grad = torch.randn(parameter.shape, generator=generator)
    return parameters


def _diagnose_returned(returned: object, parameters: list[nn.Parameter], given: str) -> None:
    items = list(returned) if isinstance(returned, (list, tuple)) else [returned]
    require(
        len(items) == len(parameters) and all(map(lambda a, b: a is b, items, parameters)),
        f"with {given}: the function does not return the parameters.",
    )


def _diagnose_average(
    parameter: nn.Parameter, own: Tensor | None, grads: Sequence[Tensor | None], given: str
) -> None:
    grad, count = parameter.grad, len(grads)
    reject(
        not same(parameter, torch.ones(parameter.shape)),
        f"with {given}: a parameter has changed itself, and not its gradient alone.",
    )
    if own is None:
        require(grad is None, f"with {given}: a parameter without a gradient has got one.")
        return
    if grad is None:
        wrong(f"with {given}: a gradient is gone.")
    total = torch.stack([each for each in grads if each is not None]).sum(dim=0)
    for mistake, diagnosis in (
        (own, "a gradient is still this process's own."),
        (total, "a gradient is the sum, not the mean."),
        (own / count, "this process's own gradient was divided, and nothing added to it."),
        (total / count**2, "a gradient is divided twice."),
    ):
        reject(same(grad, mistake, rtol=1e-4, atol=1e-6), f"with {given}: {diagnosis}")
    require(
        same(grad, total / count, rtol=1e-4, atol=1e-6),
        f"with {given}: a gradient is neither the sum nor the mean.",
    )


@exercise
def exact_accuracy(answer: object) -> str:
    """Judge a function ``(index_lists, is_correct) -> accuracy`` that counts each sample once."""
    evaluate = function(answer)
    is_correct = [True, False, True, True, False, True, True, False, False, True]
    for lists, given in (
        ([[0, 3, 6, 9], [1, 4, 7, 0], [2, 5, 8, 1]], "10 samples dealt to 3 processes"),
        ([[0, 1], [2, 3]], "4 samples dealt to 2 processes"),
        ([[7, 5, 2], [1, 4, 7]], "a subset of 5 samples dealt to 2 processes"),
    ):
        found = number(call(evaluate, [list(part) for part in lists], list(is_correct), given=given))
        _diagnose_accuracy(found, lists, is_correct, given)
    return "padded, even and partial lists: every evaluated sample counts once."


def _diagnose_accuracy(found: float, lists: list[list[int]], is_correct: list[bool], given: str) -> None:
    dealt = [index for part in lists for index in part]
    right = sum(is_correct[index] for index in set(dealt))
    if same(found, right / len(set(dealt))):
        return
    read = sum(is_correct[index] for index in dealt)
    reject(same(found, right), f"with {given}: a count of right answers; divide it by the number of samples.")
    reject(same(found, read / len(dealt)), f"with {given}: samples that were dealt twice are counted twice.")
    reject(
        same(found, read / len(set(dealt))),
        f"with {given}: a right answer that was dealt twice is counted twice.",
    )
    reject(
        same(found, right / len(dealt)),
        f"with {given}: the repeated samples are in the divisor, but not in the count.",
    )
    reject(
        same(found, right / len(is_correct)) or same(found, sum(is_correct) / len(is_correct)),
        f"with {given}: samples that nobody has evaluated are counted.",
    )
    reject(
        same(found, _mean_of_shares(lists, is_correct)),
        f"with {given}: a mean of the processes' shares; a sample of a small list counts too much.",
    )
    share = right / len(set(dealt))
    reject(same(found, 1 - share), f"with {given}: that is the share of wrong answers.")
    reject(same(found, 100 * share), f"with {given}: that is a percentage; a share is at most 1.")
    reject(True, f"with {given}: that is not the share of right answers among the evaluated samples.")


def _mean_of_shares(lists: list[list[int]], is_correct: list[bool]) -> float:
    """Return what comes out if each process leaves out what an earlier one has evaluated."""
    seen: set[int] = set()
    shares = []
    for part in lists:
        new = [index for index in part if index not in seen]
        seen.update(new)
        shares.append(sum(is_correct[index] for index in new) / len(new))
    return sum(shares) / len(shares)
