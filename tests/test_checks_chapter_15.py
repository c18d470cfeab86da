"""Chapter 15's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import pytest
import torch

from helpers.checks import chapter_15 as check
from helpers.checks.report import exercises


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


RIGHT = [
    (check.updates_per_epoch, 391),
    (check.deal_in_turn, deal),
    (check.combine, combine),
    (check.average_gradients, average),
    (check.exact_accuracy, accuracy),
]

WRONG = [
    (check.updates_per_epoch, 1563, "a single process"),
    (check.updates_per_epoch, 4 * 391, "do not count it once for each"),
    (check.updates_per_epoch, 390, "in no batch"),
    (check.updates_per_epoch, 12_500, "one update for each sample"),
    (check.updates_per_epoch, 98, "do not hold one shard"),
    (check.deal_in_turn, 3, "a function is expected"),
    (check.deal_in_turn, lambda order, processes: order, "a list of lists"),
    (check.deal_in_turn, lambda order, processes: deal(order, processes)[:1], "one for each"),
    (check.deal_in_turn, lambda order, n: [order[r::n] for r in range(n)], "different lengths"),
    (
        check.deal_in_turn,
        lambda order, n: [order[r::n][: len(order) // n] for r in range(n)],
        "some index is in no list",
    ),
    (check.deal_in_turn, lambda order, n: deal([0, *order[1:]], n), "some index is in no list"),
    (check.deal_in_turn, lambda order, n: [[*shard, -1] for shard in deal(order, n)], "not in the order"),
    (check.deal_in_turn, in_blocks, "cut into blocks"),
    (check.deal_in_turn, doubling, "more indices are repeated"),
    (check.deal_in_turn, repeating_the_last, "others are repeated"),
    (check.deal_in_turn, backwards, "not in turn"),
    (check.combine, lambda gradients, sizes: gradients.mean(0), "a mean of means"),
    (check.combine, lambda gradients, sizes: gradients.sum(0), "added up"),
    (check.combine, lambda g, sizes: (torch.tensor(sizes)[:, None] * g).sum(0), "not divided"),
    (check.combine, lambda g, sizes: (torch.tensor(sizes)[:, None] * g).mean(0), "number of processes"),
    (check.combine, lambda g, sizes: -combine(g, sizes), "not the gradient of all samples"),
    (check.combine, lambda g, sizes: combine(g, sizes)[:2], "shape"),
    (check.average_gradients, averaging(untouched), "still this process's own"),
    (check.average_gradients, averaging(summed), "the sum, not the mean"),
    (check.average_gradients, averaging(never_sent), "nothing added to it"),
    (check.average_gradients, averaging(divided_first), "divided before the sum"),
    (check.average_gradients, averaging(deleted), "a gradient is gone"),
    (check.average_gradients, averaging(squared), "neither the sum nor the mean"),
    (check.average_gradients, filling_in, "has got one"),
    (
        check.exact_accuracy,
        lambda lists, right: sum(right[i] for i in flat(lists)) / len(flat(lists)),
        "twice",
    ),
    (check.exact_accuracy, lambda lists, right: sum(right[i] for i in set(flat(lists))), "a count of right"),
    (
        check.exact_accuracy,
        lambda lists, right: sum(right[i] for i in flat(lists)) / len(set(flat(lists))),
        "a right answer that was dealt twice",
    ),
    (
        check.exact_accuracy,
        lambda lists, right: sum(right[i] for i in set(flat(lists))) / len(flat(lists)),
        "in the divisor",
    ),
    (check.exact_accuracy, lambda lists, right: sum(right) / len(right), "nobody has evaluated"),
    (check.exact_accuracy, lambda lists, right: 0.123, "not the share"),
]


@pytest.mark.parametrize(("judge", "answer"), RIGHT)
def test_a_right_answer_passes(judge, answer, capsys):
    judge(answer)
    assert capsys.readouterr().out.startswith("Right:")


@pytest.mark.parametrize(("judge", "answer", "diagnosis"), WRONG)
def test_a_wrong_answer_gets_its_diagnosis(judge, answer, diagnosis, capsys):
    judge(answer)
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("Not yet:")
    assert diagnosis in said


def test_every_exercise_is_tested():
    assert {judge.__name__ for judge, _ in RIGHT} == set(exercises(check))
    assert {judge.__name__ for judge, *_ in WRONG} == set(exercises(check))
