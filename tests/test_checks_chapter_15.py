"""Chapter 15's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import torch
from exercise_cases import ExerciseCases

from helpers.checks import chapter_15


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


def divided_first(parameter, all_reduce, world_size):
    parameter.grad /= world_size
    all_reduce(parameter.grad)


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


RIGHT = {
    "updates_per_epoch": [391],
    "deal_in_turn": [deal],
    "combine": [combine],
    "average_gradients": [average],
    "exact_accuracy": [accuracy],
}

WRONG = {
    "updates_per_epoch": [
        (1563, "a single process"),
        (4 * 391, "do not count it once for each"),
        (390, "in no batch"),
        (12_500, "one update for each sample"),
        (98, "do not hold one shard"),
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
    ],
    "combine": [
        (lambda gradients, sizes: gradients.mean(0), "a mean of means"),
        (lambda gradients, sizes: gradients.sum(0), "added up"),
        (lambda g, sizes: (torch.tensor(sizes)[:, None] * g).sum(0), "not divided"),
        (lambda g, sizes: (torch.tensor(sizes)[:, None] * g).mean(0), "number of processes"),
        (lambda g, sizes: -combine(g, sizes), "not the gradient of all samples"),
        (lambda g, sizes: combine(g, sizes)[:2], "shape"),
    ],
    "average_gradients": [
        (averaging(untouched), "still this process's own"),
        (averaging(summed), "the sum, not the mean"),
        (averaging(never_sent), "nothing added to it"),
        (averaging(divided_first), "divided before the sum"),
        (averaging(deleted), "a gradient is gone"),
        (averaging(squared), "neither the sum nor the mean"),
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
    ],
}


class TestChapter15(
    ExerciseCases, chapter=chapter_15, right=RIGHT, wrong=WRONG, secrets={"updates_per_epoch": ["391"]}
):
    """The answers above, judged by the chapter's checks."""
