"""Checks of chapter 15's exercises: data-parallel training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.utils.data import DistributedSampler

from helpers.checks.report import (
    call,
    exercise,
    function,
    number,
    reject,
    require,
    same,
    tensor,
    whole_number,
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
    for size, processes in ((8, 2), (10, 3), (10, 4), (3, 5)):
        order = [(7 * i + 3) % 11 + 100 for i in range(size)]
        given = f"{size} indices and {processes} processes"
        shards = call(deal, list(order), processes, given=given)
        require(
            isinstance(shards, (list, tuple)) and all(isinstance(shard, (list, tuple)) for shard in shards),
            f"with {given}: a list of lists is expected.",
        )
        _diagnose_deal([list(shard) for shard in shards], order, processes, given)
    return "even and uneven numbers are dealt as torch's DistributedSampler deals them."


def _diagnose_deal(shards: list[list[int]], order: list[int], processes: int, given: str) -> None:
    expected = [
        [order[i] for i in DistributedSampler(order, processes, rank, shuffle=False)]
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
        any(shard == order[rank * len(shard) : (rank + 1) * len(shard)] for rank, shard in enumerate(shards)),
        f"with {given}: the order is cut into blocks; dealt in turn, neighbours go to different processes.",
    )
    reject(len(dealt) > sum(map(len, expected)), f"with {given}: more indices are repeated than are needed.")
    reject(
        sorted(dealt) != sorted(index for shard in expected for index in shard),
        f"with {given}: others are repeated than the first ones.",
    )
    reject(True, f"with {given}: each index is dealt, but not in turn.")


@exercise
def combine(answer: object) -> str:
    """Judge a function ``(gradients, sizes) -> gradient`` that weights shards by their sizes."""
    compute = function(answer)
    generator = torch.Generator().manual_seed(0)
    for sizes in ([1, 3], [5, 2, 9]):
        gradients = torch.randn(len(sizes), 4, generator=generator)
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
        parameters, others = _parameters_with_gradients(world_size)
        expected = [
            None if other is None else (parameter.grad + other) / world_size
            for parameter, other in zip(parameters, others, strict=True)
        ]
        given = f"{world_size} processes"
        call(average, parameters, _all_reduce_of(parameters, others), world_size, given=given)
        for parameter, other, mean in zip(parameters, others, expected, strict=True):
            _diagnose_average(parameter.grad, other, mean, world_size, given)
    return "with 2 and 3 processes every gradient is the mean, and a parameter without one is left alone."


def _parameters_with_gradients(world_size: int) -> tuple[list[nn.Parameter], list[Tensor | None]]:
    """Three parameters with gradients and one without; for each, the sum of the others' gradients."""
    generator = torch.Generator().manual_seed(world_size)
    parameters = [
        nn.Parameter(torch.randn(shape, generator=generator)) for shape in ((2, 3), (3,), (1,), (2,))
    ]
    for parameter in parameters[:3]:
        parameter.grad = torch.randn(parameter.shape, generator=generator)
    others = [torch.randn(parameter.shape, generator=generator) for parameter in parameters[:3]]
    return parameters, [*others, None]


def _all_reduce_of(
    parameters: Iterable[nn.Parameter], others: Sequence[Tensor | None]
) -> Callable[[Tensor], None]:
    by_shape = {parameter.shape: other for parameter, other in zip(parameters, others, strict=True)}

    def all_reduce(value: Tensor) -> None:
        with torch.no_grad():
            value += by_shape[value.shape] if by_shape[value.shape] is not None else 0

    return all_reduce


def _diagnose_average(
    grad: Tensor | None, other: Tensor | None, mean: Tensor | None, count: int, given: str
) -> None:
    if mean is None:
        require(grad is None, f"with {given}: a parameter without a gradient has got one.")
        return
    require(grad is not None, f"with {given}: a gradient is gone.")
    if same(grad, mean, rtol=1e-4, atol=1e-6):
        return
    own = count * mean - other
    reject(same(grad, own, rtol=1e-4, atol=1e-6), f"with {given}: a gradient is still this process's own.")
    reject(
        same(grad, count * mean, rtol=1e-4, atol=1e-6), f"with {given}: a gradient is the sum, not the mean."
    )
    reject(
        same(grad, own / count, rtol=1e-4, atol=1e-6),
        f"with {given}: this process's own gradient was divided, and nothing added to it.",
    )
    reject(
        same(grad, own / count + other, rtol=1e-4, atol=1e-6),
        f"with {given}: divided before the sum, but the other processes send theirs undivided.",
    )
    reject(True, f"with {given}: a gradient is neither the sum nor the mean.")


@exercise
def exact_accuracy(answer: object) -> str:
    """Judge a function ``(index_lists, is_correct) -> accuracy`` that counts each sample once."""
    evaluate = function(answer)
    is_correct = [True, False, True, True, False, True, True, False, True, True]
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
    reject(True, f"with {given}: that is not the share of right answers among the evaluated samples.")
