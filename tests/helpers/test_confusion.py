"""The confusion matrix is what a naive double loop counts, and what follows from it is what it says."""

import itertools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from helpers.confusion import Confusion, confusion, neighbours, surest_first


@st.composite
def answered(draw):
    """Draw some labels and answers, and say how many classes there are."""
    size = draw(st.integers(1, 5))
    pairs = draw(st.lists(st.tuples(*[st.integers(0, size - 1)] * 2), min_size=1, max_size=60))
    labels, answers = (torch.tensor(column) for column in zip(*pairs, strict=True))
    return labels, answers, size


def counted(labels, answers, size):
    counts = [[0] * size for _ in range(size)]
    for label, answer in zip(labels.tolist(), answers.tolist(), strict=True):
        counts[label][answer] += 1
    return counts


@given(answered())
def test_counts_are_those_of_a_loop(case):
    labels, answers, size = case
    assert confusion(*case).counts.tolist() == counted(labels, answers, size)


@given(answered())
def test_sums_are_what_was_counted(case):
    labels, answers, size = case
    matrix = confusion(*case)
    assert matrix.counts.sum(dim=1).tolist() == labels.bincount(minlength=size).tolist()
    assert matrix.counts.sum(dim=0).tolist() == answers.bincount(minlength=size).tolist()
    assert matrix.accuracy == pytest.approx((labels == answers).double().mean().item())
    occurs = labels.bincount(minlength=size) > 0
    assert torch.allclose(matrix.shares.sum(dim=1), occurs.double())
    assert matrix.errors.sum() == (labels != answers).sum()


@given(answered())
def test_labels_and_answers_exchanged_transpose_it(case):
    labels, answers, size = case
    matrix, turned = confusion(labels, answers, size), confusion(answers, labels, size)
    assert torch.equal(matrix.counts, turned.counts.T)
    assert matrix.recall == turned.precision


@given(answered(), st.randoms(use_true_random=False))
def test_samples_in_another_order_and_classes_renamed(case, random):
    labels, answers, size = case
    matrix = confusion(*case)
    shuffled = torch.tensor(random.sample(range(len(labels)), len(labels)))
    assert torch.equal(confusion(labels[shuffled], answers[shuffled], size).counts, matrix.counts)
    names = torch.tensor(random.sample(range(size), size))
    renamed = confusion(names[labels], names[answers], size)
    assert torch.equal(renamed.counts[names][:, names], matrix.counts)
    assert [renamed.recall[name] for name in names] == matrix.recall


def test_recall_and_precision_by_hand():
    matrix = confusion([0, 0, 0, 1], [0, 0, 1, 1], 3)
    assert matrix.recall == [2 / 3, 1, None]
    assert matrix.precision == [1, 1 / 2, None]
    assert matrix.accuracy == 3 / 4
    assert matrix.shares[0].tolist() == pytest.approx([2 / 3, 1 / 3, 0])


def test_mistakes_begin_with_the_most_frequent_and_leave_the_diagonal_out():
    assert Confusion(torch.tensor([[90, 2, 7], [7, 80, 0], [1, 9, 99]])).mistakes() == [
        (2, 1), (0, 2), (1, 0), (0, 1), (2, 0),
    ]  # fmt: skip
    assert Confusion(torch.eye(3, dtype=torch.int64)).mistakes() == []


@given(answered(), st.data())
def test_each_sample_lies_in_its_cell_the_surest_first(case, data):
    labels, answers, _ = case
    numbers = st.lists(st.sampled_from([0.3, 0.5, 0.9]), min_size=len(labels), max_size=len(labels))
    confidence = torch.tensor(data.draw(numbers))
    cells = surest_first(confidence, labels, answers)
    assert sorted(itertools.chain(*cells.values())) == list(range(len(labels)))
    for (label, answer), places in cells.items():
        assert (labels[places] == label).all()
        assert (answers[places] == answer).all()
        assert places == sorted(places, key=lambda place: (-confidence[place], place))


def length(errors, order):
    return sum(
        errors[label][answer] * abs(i - j) for i, label in enumerate(order) for j, answer in enumerate(order)
    )


@given(answered())
def test_no_order_brings_the_confused_classes_closer(case):
    matrix = confusion(*case)
    order = neighbours(matrix)
    errors = matrix.errors.tolist()
    best = min(length(errors, other) for other in itertools.permutations(range(case[2])))
    assert sorted(order) == list(range(case[2]))
    assert length(errors, order) == best


def test_without_mistakes_the_classes_stay_in_their_order():
    assert neighbours(Confusion(10 * torch.eye(10, dtype=torch.int64))) == list(range(10))


@pytest.mark.parametrize(
    ("labels", "answers", "complaint"),
    [
        ([0, 3], [0, 1], "labels must be class numbers from 0 to 2, got 0 to 3"),
        ([0, 1], [-1, 1], "answers must be class numbers from 0 to 2, got -1 to 1"),
        ([0, 1], [0], "labels and answers must be equally many, got 2 and 1"),
        ([0.0], [0], "labels must be integers, got torch.float32"),
        ([0], [True], "answers must be integers, got torch.bool"),
        ([], [], r"labels must have the shape \(N,\) with at least one sample, got \(0,\)"),
        ([[0]], [0], r"labels must have the shape \(N,\) .* got \(1, 1\)"),
    ],
)
def test_a_bad_argument_is_named(labels, answers, complaint):
    with pytest.raises(ValueError, match=complaint):
        confusion(labels, answers, 3)


def test_there_is_a_class_at_least():
    with pytest.raises(ValueError, match="num_classes must be at least 1, got 0"):
        confusion([0], [0], 0)
