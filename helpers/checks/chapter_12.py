"""Checks of chapter 12's exercises: from the pixels of FashionMNIST to a trained network."""

from __future__ import annotations

import math
import numbers
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset, Subset

from helpers.checks.classifiers import small_classifier
from helpers.checks.loops import loader_of
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
from helpers.checks.usual import reject_usual

__all__ = ["accuracy", "class_counts", "first_loss", "small_classifier", "to_rows", "worst_mistake"]


@exercise
def first_loss(answer: object) -> str:
    """Judge a function ``num_classes -> loss`` of equally likely classes."""
    loss_of = function(answer)
    for classes in (10, 2, 1000):
        given = f"{classes} classes"
        loss = number(call(loss_of, classes, given=given), "the loss")
        expected = nn.functional.cross_entropy(torch.zeros(1, classes), torch.tensor([0])).item()
        if same(loss, expected, rtol=1e-4):
            continue
        usual = [
            (-expected, "a loss is minus the logarithm, so positive."),
            (1 / classes, "that is the probability; the loss is its -log."),
            (-1 / classes, "that is minus the probability; the loss is its -log."),
            (1 - 1 / classes, "that is how often a guess is wrong; the loss is -log of the probability."),
            (math.log10(classes), "PyTorch takes natural logarithms, not base 10."),
            (math.log2(classes), "PyTorch takes natural logarithms, not base 2."),
            (math.log(10), "the loss of 10 classes; use num_classes."),
            (classes * expected, "that is the sum over the classes; the loss looks at the right one alone."),
            (
                expected / classes,
                "the loss looks at the right class alone; nothing is divided by their number.",
            ),
        ]
        reject_usual(loss, usual, given, rtol=1e-4)
        reject(abs(loss - expected) < 0.006, f"with {given}: nearly; give all digits, not a rounded number.")
        wrong(f"with {given}: equal logits cost something else. What is the probability of each class?")
    return "with 2, 10 and 1,000 classes it is the cross-entropy of equal logits."


@exercise
def to_rows(answer: object) -> str:
    """Judge a function from ``uint8`` pictures to ``float32`` rows, on pictures without pure white."""
    convert = function(answer)
    for count in (5, 1):
        generator = torch.Generator().manual_seed(count)
        pictures = torch.randint(0, 200, (count, 28, 28), dtype=torch.uint8, generator=generator)
        before = pictures.clone()
        given = f"{count} pictures" if count > 1 else "a single picture"
        rows = call(convert, pictures, given=given)
        reject(
            not torch.equal(pictures, before), f"with {given}: the input was changed; return a new tensor."
        )
        _diagnose_rows(rows, before, given)
    return "five pictures, and a single one, become float32 rows from 0 to 1, and the input is untouched."


def _diagnose_rows(rows: Any, pictures: Tensor, given: str) -> None:
    rows = tensor(rows, name=f"with {given}, the result")
    reject(rows.dtype == torch.uint8, f"with {given}: still uint8, whole numbers from 0 to 255.")
    require(rows.dtype == torch.float32, f"with {given}: the dtype is {rows.dtype}, the weights are float32.")
    count = len(pictures)
    reject(rows.shape == (784,) and count == 1, f"with {given}: the axis of the pictures is lost; keep it.")
    reject(
        rows.shape == pictures.shape, f"with {given}: still squares of 28 x 28; one row a picture is asked."
    )
    reject(rows.numel() == 784 * count and rows.ndim == 1, f"with {given}: all pictures are in one row.")
    require(rows.shape == (count, 784), f"with {given}: the shape is {tuple(rows.shape)}, not (N, 784).")
    raw = pictures.flatten(start_dim=1).float()
    if same(rows, raw / 255, rtol=1e-5):
        return
    reject(same(rows, raw), f"with {given}: the values still go up to 255: the scale is missing.")
    reject(same(rows, raw / 256), f"with {given}: divided by 256, so white would be a bit less than 1.")
    reject(
        same(rows, raw / raw.max()),
        f"with {given}: scaled by the largest value present; 255 is white in all.",
    )
    reject(bool((rows == 0).all()), f"with {given}: all values are 0: is a division rounding down?")
    reject(same(rows, raw / 127.5 - 1, rtol=1e-4, atol=1e-5), f"with {given}: from -1 to 1; 0 to 1 is asked.")
    wrong(f"with {given}: the rows do not hold the pixels in their order, divided by the value of white.")


class _Labelled(Dataset):
    """Twelve pictures with labels, read like a data set of torchvision."""

    classes = ("boot", "coat", "dress", "shirt", "bag")

    def __init__(self) -> None:
        self.data = torch.arange(12 * 4, dtype=torch.uint8).reshape(12, 2, 2)
        self.targets = torch.tensor([3, 0, 0, 1, 3, 3, 1, 0, 3, 2, 2, 2])

    def __len__(self) -> int:
        return len(self.targets)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        return self.data[index], int(self.targets[index])


@exercise
def class_counts(answer: object) -> str:
    """Judge a function ``(subset, num_classes) -> counts`` on parts that lack some classes."""
    count = function(answer)
    targets = _Labelled().targets
    for indices in ([1, 3, 4, 5], [9, 8, 2, 7, 1, 0], [2, 7]):
        data = _Labelled()
        subset = Subset(data, list(indices))
        given = f"targets {targets[indices].tolist()} and 5 classes"
        found = call(count, subset, 5, given=given)
        kept = torch.equal(data.targets, targets) and list(subset.indices) == indices
        require(kept, f"with {given}: the subset or its data set was changed; only count.")
        _diagnose_counts(found, targets, indices, given)
    return "three parts are counted, classes that do not occur included."


def _diagnose_counts(result: object, targets: Tensor, indices: list[int], given: str) -> None:
    counts = tensor(result, name=f"with {given}, the result")
    expected = targets[indices].bincount(minlength=5)
    reject(
        torch.equal(counts, targets[indices]), f"with {given}: these are the targets themselves; count them."
    )
    reject(
        counts.ndim == 1 and len(counts) < 5,
        f"with {given}: only {counts.numel()} counts; a class that does not occur has the count 0.",
    )
    require(counts.shape == (5,), f"with {given}: the shape is {tuple(counts.shape)}, not (5,).")
    if same(counts, expected):
        return
    reject(same(counts, targets.bincount(minlength=5)), f"with {given}: that counts the whole data set.")
    reject(
        same(counts, targets[: len(indices)].bincount(minlength=5)),
        f"with {given}: that counts the first samples of the data set; the subset has its own indices.",
    )
    reject(
        same(counts, torch.tensor(indices).clamp(max=4).bincount(minlength=5)),
        f"with {given}: that counts the indices; look up their targets.",
    )
    reject(same(counts, expected / len(indices)), f"with {given}: these are shares; counts are asked.")
    wrong(f"with {given}: the counts are not those of the part.")


# Labels, answers, classes. In each case most answers are right, and one mistake is made more often than any
# other; in the third its label is not the one with most mistakes; in the last it has two digits.
_ANSWERED = (
    ([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3], [3, 0, 0, 0, 2, 2, 2, 2, 2, 1, 0, 0], 4),
    ([3, 3, 3, 3, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 3, 1, 2, 0, 1, 1, 1, 1], 4),
    ([2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 3, 1, 1, 0, 0, 0, 0, 0, 0], 4),
    ([11, 11, 11, 10, 10, 3, 3, 3], [10, 10, 11, 10, 11, 3, 3, 3], 12),
)


@exercise
def worst_mistake(answer: object) -> str:
    """Judge a function ``(labels, answers, num_classes) -> (label, answer)`` by the pair that occurs most."""
    find = function(answer)
    for labels, answers, classes in _ANSWERED:
        given = f"labels {labels}, answers {answers} and {classes} classes"
        before = torch.tensor(labels), torch.tensor(answers)
        taken = before[0].clone(), before[1].clone()
        found = call(find, *taken, classes, given=given)
        changed = any(not torch.equal(one, other) for one, other in zip(before, taken, strict=True))
        reject(changed, f"with {given}: labels or answers were changed; work on a copy.")
        counts = (classes * before[0] + before[1]).bincount(minlength=classes**2).reshape(classes, classes)
        _diagnose_mistake(found, counts.fill_diagonal_(0), given)
    return "in four cases it names the mistake made most often, label first."


def _diagnose_mistake(found: object, mistakes: Tensor, given: str) -> None:
    """Judge a pair by how often each mistake is made, shape (C, C), with a diagonal of zeros."""
    classes = len(mistakes)
    expected = divmod(int(mistakes.argmax()), classes)
    pair = _pair(found, mistakes, given)
    if pair == expected:
        return
    tens, own = 10 * expected[0] + expected[1], classes * expected[0] + expected[1]
    usual = divmod(tens, 10), divmod(tens, classes), divmod(own, 10)
    inside = all(0 <= value < classes for value in pair)
    reject(pair in usual and (classes > 10 or not inside), f"with {given}: is a 10 left for num_classes?")
    require(
        inside,
        f"with {given}: there are {classes} classes, from 0 to {classes - 1}.",
    )
    reject(pair[0] == pair[1], f"with {given}: label and answer agree, so it is no mistake.")
    reject(pair == expected[::-1], f"with {given}: label and answer are exchanged.")
    worst_label = int(mistakes.sum(dim=1).argmax())
    reject(
        pair[0] == worst_label != expected[0],
        f"with {given}: the label with most mistakes in all; one single pair is asked.",
    )
    reject(mistakes[pair] == 0, f"with {given}: that mistake is never made.")
    wrong(f"with {given}: another mistake is made more often.")


def _pair(found: object, mistakes: Tensor, given: str) -> tuple[int, ...]:
    several = f"with {given}: two class numbers are expected, the label and the answer."
    if isinstance(found, numbers.Real) or getattr(found, "ndim", None) == 0:
        count = number(found, f"with {given}, the answer")
        reject(count == int(mistakes.argmax()), f"with {given}: that is the number of the pair.")
        reject(count == int(mistakes.max()), f"with {given}: that is how often; which pair is it?")
    items = items_of(found, several)
    require(len(items) == 2, several)
    return tuple(whole_number(value, f"with {given}, a class") for value in items)


class _Watched(nn.Module):
    """Returns its input as logits, through dropout, and notes how it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.9)
        self.one = nn.Parameter(torch.ones(()))
        self.recorded = False
        self.trained = False

    def forward(self, X: Tensor) -> Tensor:
        self.trained |= self.training
        logits = self.dropout(self.one * X)
        self.recorded |= logits.requires_grad
        return logits


@exercise
def accuracy(answer: object) -> str:
    """Judge a function ``(model, loader) -> share`` with a model that notes its mode and its graph."""
    measure = function(answer)
    for count, batch_size in ((9, 4), (10, 5), (3, 8)):
        X = torch.eye(5)[torch.arange(count) % 5]
        y = torch.arange(count) % 5
        y[:2] = 4
        model = _Watched()
        loader = loader_of(X, y, batch_size)
        given = f"{count} samples in batches of {batch_size}"
        result = number(call(measure, model, loader, given=given), "the accuracy")
        _diagnose_accuracy(result, X, y, batch_size, model, given)
        require(
            model.one.requires_grad, f"with {given}: right, but the model's parameters are frozen for good."
        )
    return "short batches count by their samples, dropout is off, and no gradients are recorded."


def _diagnose_accuracy(
    result: float, X: Tensor, y: Tensor, batch_size: int, model: _Watched, given: str
) -> None:
    reject(
        model.trained, f"with {given}: the model runs in training mode, so dropout deletes logits at random."
    )
    hits = (X.argmax(dim=1) == y).float()
    if not same(result, hits.mean().item()):
        batches = hits.split(batch_size)
        means = sum(batch.mean().item() for batch in batches) / len(batches)
        share, right, first = hits.mean().item(), hits.sum().item(), batches[0].mean().item()
        usual = [
            (100 * share, "these are percent; a share is asked."),
            (right, "that is the number of right answers, undivided."),
            (means, "the mean of the batches' accuracies; the last batch is short."),
            (1 - share, "that is the share of wrong answers."),
            (right / (len(batches) * batch_size), "divided as if the last batch were full."),
            (right / len(batches), "divided by the number of batches; divide by that of the samples."),
            (batches[-1].mean().item(), "only the last batch is in it."),
            (first, "only the first batch is in it: does the return stand inside the loop?"),
        ]
        reject_usual(result, usual, given)
        reject(abs(result - share) < 0.006, f"with {given}: nearly; give all digits, not a rounded number.")
        wrong(f"with {given}: not the share of samples whose largest logit is that of their label.")
    reject(model.recorded, f"with {given}: right, but autograd records a graph; switch that off.")
