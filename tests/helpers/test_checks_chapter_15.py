"""Chapter 15's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_cases import ExerciseCases, said
from torch import distributed as dist

from helpers.checks import chapter_15, processes


def deal(order, processes):
    each = -(-len(order) // processes)
    padded = [order[i % len(order)] for i in range(each * processes)]
    return [padded[rank::processes] for rank in range(processes)]


def in_blocks(order, processes):
    each = -(-len(order) // processes)
    padded = [order[i % len(order)] for i in range(each * processes)]
    return [padded[rank * each : (rank + 1) * each] for rank in range(processes)]


def repeating_the_last(order, processes):
    padded = order + [order[-1]] * (-len(order) % processes)
    return [padded[rank::processes] for rank in range(processes)]


def doubling(order, processes):
    return deal(order + order, processes)


def backwards(order, processes):
    return deal(order, processes)[::-1]


def combine(gradients, sizes):
    weights = torch.tensor(sizes) / sum(sizes)
    return (weights[:, None] * gradients).sum(0)


def average(parameters, all_reduce, world_size):
    for parameter in parameters:
        if parameter.grad is not None:
            all_reduce(parameter.grad)
            parameter.grad /= world_size
    return parameters


def averaging(step):
    """Make an answer that treats each gradient by `step(parameter, all_reduce, world_size)`."""

    def answer(parameters, all_reduce, world_size):
        for parameter in parameters:
            if parameter.grad is not None:
                step(parameter, all_reduce, world_size)
        return parameters

    return answer


def never_sent(parameter, all_reduce, world_size):
    parameter.grad /= world_size


def summed(parameter, all_reduce, world_size):
    all_reduce(parameter.grad)


def untouched(parameter, all_reduce, world_size):
    pass


def deleted(parameter, all_reduce, world_size):
    parameter.grad = None


def squared(parameter, all_reduce, world_size):
    all_reduce(parameter.grad)
    parameter.grad /= world_size**2


def against_the_gradient(parameter, all_reduce, world_size):
    all_reduce(parameter.grad)
    parameter.grad /= -world_size


def filling_in(parameters, all_reduce, world_size):
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
        all_reduce(parameter.grad)
        parameter.grad /= world_size
    return parameters


def accuracy(lists, right):
    once = {index for part in lists for index in part}
    return sum(right[index] for index in once) / len(once)


def flat(lists):
    return [index for part in lists for index in part]


# ---------------------------------------------------------------- as readers write it


def deal_as_a_table(order, processes):
    each = math.ceil(len(order) / processes)
    return torch.tensor((order * processes)[: each * processes]).reshape(each, processes).T


def deal_with_numpy(order, processes):
    padded = np.resize(order, -(-len(order) // processes) * processes)
    return [padded[rank::processes] for rank in range(processes)]


def deal_by_popping(order, processes):
    shards, size, turn = [[] for _ in range(processes)], len(order), 0
    while turn < size or turn % processes:
        order.append(order[0])
        shards[turn % processes].append(order.pop(0))
        turn += 1
    return tuple(map(tuple, shards))


def deal_with_cycle(order, processes):
    each, endless = -(-len(order) // processes), itertools.cycle(order)
    rounds = [[next(endless) for _ in range(processes)] for _ in range(each)]
    return list(zip(*rounds, strict=True))


def padding_once(order, processes):
    padded = order + order[: -len(order) % processes]
    return [padded[rank::processes] for rank in range(processes)]


def zipped_short(order, processes):
    return [list(shard) for shard in zip(*[iter(order)] * processes, strict=False)]


def combine_repeating(gradients, sizes):
    return gradients.repeat_interleave(torch.tensor(sizes), dim=0).mean(0)


def combine_in_a_loop(gradients, sizes):
    total = 0
    for gradient, size in zip(gradients, sizes, strict=True):
        gradient *= size / sum(sizes)
        total += gradient
    return total


def average_in_one_vector(parameters, all_reduce, world_size):
    held = [parameter for parameter in parameters if parameter.grad is not None]
    flat = torch.cat([parameter.grad.flatten() for parameter in held])
    all_reduce(flat)
    flat /= world_size
    for parameter, part in zip(held, flat.split([p.numel() for p in held]), strict=True):
        parameter.grad.copy_(part.view_as(parameter))
    return parameters


def average_of_copies(parameters, all_reduce, world_size):
    for parameter in parameters:
        if parameter.grad is not None:
            grad = parameter.grad.clone()
            all_reduce(grad, op=dist.ReduceOp.SUM)
            parameter.grad = grad / world_size
    return tuple(parameters)


def average_of_views(parameters, all_reduce, world_size):
    for grad in (p.grad for p in parameters if p.grad is not None):
        all_reduce(grad.view(-1))
        grad.div_(world_size)
    return [*parameters]


def divided_first(parameter, all_reduce, world_size):
    parameter.grad /= world_size
    all_reduce(parameter.grad)


def divided_twice(parameter, all_reduce, world_size):
    divided_first(parameter, all_reduce, world_size)
    parameter.grad /= world_size


def averaging_the_weights(parameter, all_reduce, world_size):
    with torch.no_grad():
        all_reduce(parameter)


def using_what_it_returns(parameter, all_reduce, world_size):
    parameter.grad = all_reduce(parameter.grad) / world_size


def asking_for_the_greatest(parameter, all_reduce, world_size):
    all_reduce(parameter.grad, op=dist.ReduceOp.MAX)


def only_the_first(parameters, all_reduce, world_size):
    all_reduce(parameters[0].grad)
    parameters[0].grad /= world_size
    return parameters


def every_grad(parameters, all_reduce, world_size):
    for parameter in parameters:
        all_reduce(parameter.grad)
        parameter.grad /= world_size
    return parameters


def returning_the_gradients(parameters, all_reduce, world_size):
    return [parameter.grad for parameter in average(parameters, all_reduce, world_size)]


def accuracy_by_mask(lists, right):
    evaluated = np.zeros(len(right), dtype=bool)
    evaluated[list(itertools.chain(*lists))] = True
    return np.array(right)[evaluated].mean()


def accuracy_of_tensors(lists, right):
    once = torch.cat([torch.tensor(part) for part in lists]).unique()
    return torch.tensor(right)[once].double().mean()


def accuracy_as_a_fraction(lists, right):
    once = set().union(*lists)
    return Fraction(sum(map(right.__getitem__, once)), len(once))


def mean_of_shares(lists, right):
    seen, shares = set(), []
    for part in lists:
        new = set(part) - seen
        seen |= new
        shares.append(sum(right[i] for i in new) / len(new))
    return sum(shares) / len(shares)


RIGHT = {
    "updates_per_epoch": [
        391,
        391.0,
        np.int64(391),
        torch.tensor(391),
        np.ceil(12_500 / 32),
        len(range(0, 12_500, 32)),
        Fraction(391),
    ],
    "deal_in_turn": [deal, deal_as_a_table, deal_with_numpy, deal_by_popping, deal_with_cycle],
    "combine": [
        combine,
        combine_repeating,
        combine_in_a_loop,
        lambda g, sizes: torch.tensor(sizes, dtype=g.dtype) @ g / sum(sizes),
        lambda g, sizes: torch.einsum("pk,p->k", g, torch.tensor(sizes) / sum(sizes)),
        lambda g, sizes: torch.from_numpy(np.average(g.numpy(), axis=0, weights=sizes)),
        lambda g, sizes: sum(n * row for n, row in zip(sizes, g, strict=True)) / sum(sizes),
    ],
    "average_gradients": [
        average,
        averaging(divided_first),
        average_in_one_vector,
        average_of_copies,
        average_of_views,
    ],
    "exact_accuracy": [
        accuracy,
        accuracy_by_mask,
        accuracy_of_tensors,
        accuracy_as_a_fraction,
        lambda lists, right: np.array(right)[np.unique(lists)].mean(),
        lambda lists, right: np.mean([right[i] for i in np.unique(np.concatenate(lists))]),
        lambda lists, right: torch.tensor([right[i] for i in {*sum(lists, [])}]).float().mean(),  # noqa: RUF017
    ],
}

WRONG = {
    "updates_per_epoch": [
        (1563, "a single process"),
        (4 * 391, "do not count it once for each"),
        (390, "in no batch"),
        (12_500, "one update for each sample"),
        (98, "divided among the processes twice"),
        (97, "divided among the processes twice"),
        (392, "do not hold one shard"),
        (12_500 / 32, "not a whole number"),
        (torch.tensor([391, 391]), "one number is expected"),
        ("50000 / 4 / 32", "a number is expected"),
        (True, "a truth value"),
    ],
    "deal_in_turn": [
        (3, "a function is expected"),
        (lambda order, processes: order, "a list of lists"),
        (lambda order, processes: deal(order, processes)[:1], "one for each"),
        (lambda order, n: [order[r::n] for r in range(n)], "different lengths"),
        (lambda order, n: [order[r::n][: len(order) // n] for r in range(n)], "some index is in no list"),
        (lambda order, n: deal([0, *order[1:]], n), "some index is in no list"),
        (lambda order, n: [[*shard, -1] for shard in deal(order, n)], "not in the order"),
        (in_blocks, "cut into blocks"),
        (doubling, "more indices are repeated"),
        (repeating_the_last, "others are repeated"),
        (backwards, "not in turn"),
        (padding_once, "different lengths"),
        (zipped_short, "one for each"),
        (lambda order, n: (order[r::n] for r in range(n)), "a list of lists"),
        (lambda order, n: dict(enumerate(deal(order, n))), "a list of lists"),
        (lambda order, n: torch.tensor(deal(order, n)).flatten(), "a list of lists"),
        (lambda order, n: deal_as_a_table(order, n).T, "one for each"),
        (lambda order, n: np.array_split(np.array(order), n), "cut into blocks"),
        (lambda order, n: [range(r, len(order), n) for r in range(n)], "some index is in no list"),
        (lambda order, n: [[[i] for i in shard] for shard in deal(order, n)], "a number is expected"),
        (lambda order, n: deal(sorted(order), n), "not in turn"),
    ],
    "combine": [
        (lambda gradients, sizes: gradients.mean(0), "a mean of means"),
        (lambda gradients, sizes: gradients.sum(0), "added up"),
        (lambda g, sizes: (torch.tensor(sizes)[:, None] * g).sum(0), "not divided"),
        (lambda g, sizes: (torch.tensor(sizes)[:, None] * g).mean(0), "number of processes"),
        (lambda g, sizes: -combine(g, sizes), "not the gradient of all samples"),
        (lambda g, sizes: combine(g, sizes)[:2], "shape"),
        (lambda g, sizes: combine(g, sizes)[None], "shape"),
        (lambda g, sizes: combine(g, sizes).tolist(), "a torch.Tensor is expected"),
        (lambda g, sizes: np.average(g.numpy(), axis=0, weights=sizes), "a torch.Tensor is expected"),
        (lambda g, sizes: combine(g, sizes[::-1]), "not the gradient of all samples"),
        (lambda g, sizes: g / sum(sizes), "shape"),
        (lambda g, sizes: g * sizes, "raises"),
    ],
    "average_gradients": [
        (averaging(untouched), "still this process's own"),
        (averaging(summed), "the sum, not the mean"),
        (averaging(never_sent), "nothing added to it"),
        (averaging(divided_twice), "divided twice"),
        (averaging(averaging_the_weights), "a parameter has changed itself"),
        (averaging(using_what_it_returns), "raises TypeError"),
        (averaging(asking_for_the_greatest), "adds up, and does nothing else"),
        (only_the_first, "still this process's own"),
        (every_grad, "raises AttributeError"),
        (returning_the_gradients, "does not return the parameters"),
        (lambda *given: average(*given)[0], "does not return the parameters"),
        (lambda *given: average(*given) and None, "is a return missing"),
        (averaging(deleted), "a gradient is gone"),
        (averaging(squared), "divided twice"),
        (averaging(against_the_gradient), "neither the sum nor the mean"),
        (filling_in, "has got one"),
    ],
    "exact_accuracy": [
        (lambda lists, right: sum(right[i] for i in flat(lists)) / len(flat(lists)), "twice"),
        (lambda lists, right: sum(right[i] for i in set(flat(lists))), "a count of right"),
        (
            lambda lists, right: sum(right[i] for i in flat(lists)) / len(set(flat(lists))),
            "a right answer that was dealt twice",
        ),
        (lambda lists, right: sum(right[i] for i in set(flat(lists))) / len(flat(lists)), "in the divisor"),
        (lambda lists, right: sum(right) / len(right), "nobody has evaluated"),
        (lambda lists, right: 0.123, "not the share"),
        (mean_of_shares, "a mean of the processes' shares"),
        (lambda lists, right: 1 - accuracy(lists, right), "share of wrong answers"),
        (lambda lists, right: 100 * accuracy(lists, right), "a percentage"),
        (lambda lists, right: [accuracy(lists, right)], "a number is expected"),
        (lambda lists, right: f"{accuracy(lists, right):.0%}", "a number is expected"),
    ],
}


class TestChapter15(
    ExerciseCases, chapter=chapter_15, right=RIGHT, wrong=WRONG, secrets={"updates_per_epoch": ["391"]}
):
    """The answers above, judged by the chapter's checks."""


def test_processes_that_wait_for_each_other_are_told_so(monkeypatch, capsys):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    calls = itertools.count()

    def one_of_them(parameters, all_reduce, world_size):
        if next(calls) % world_size == 0:
            all_reduce(parameters[0].grad)
        return parameters

    chapter_15.average_gradients(one_of_them)
    assert "one process waits in `all_reduce` for others that never come" in said(capsys)


@pytest.mark.parametrize("name", RIGHT)
def test_a_session_of_the_readers_own_changes_no_verdict(name, capsys):
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    torch.manual_seed(5)
    state = torch.get_rng_state()
    try:
        for answer in RIGHT[name]:
            getattr(chapter_15, name)(answer)
            assert said(capsys).startswith("Right: ")
        for answer, diagnosis in WRONG[name]:
            getattr(chapter_15, name)(answer)
            assert diagnosis in said(capsys)
        assert torch.equal(torch.get_rng_state(), state)
    finally:
        torch.set_default_dtype(before)
        torch.set_grad_enabled(True)
