"""Checks of chapter 5's exercises: data sets and loaders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from helpers.checks.report import (
    a_kind,
    call,
    exercise,
    function,
    refuse_placeholders,
    reject,
    require,
    same,
    shape_text,
    tensor,
    whole_number,
    wrong,
)


@exercise
def batch_counts(answer: object) -> str:
    """Judge (number of batches, size of the last) for 1,437 samples in batches of 64, none dropped."""
    pair = isinstance(answer, (tuple, list)) and len(answer) == 2
    require(pair, "two numbers are expected: how many batches, and the size of the last one.")
    count, last = (whole_number(value, "one of the numbers") for value in answer)
    held = (count - 1) * 64 + last
    reject((last - 1) * 64 < 1437 <= last * 64, "the two are swapped: the number of batches comes first.")
    reject(
        last == 64 and held < 1437, "that many full batches leave some pictures over, and none is dropped."
    )
    reject(last == 64, "if the last batch were full as well, there would be more than 1,437 pictures.")
    reject(not 1 <= last <= 64, "the last batch holds at least one picture, and at most batch_size.")
    reject(held + 64 == 1437, "the short batch is a batch too: is it counted?")
    require(held == 1437, f"all batches together would hold {held:,} pictures.")
    return "full batches and one short one hold each of the 1,437 pictures once."


@exercise
def class_numbers(answer: object) -> str:
    """Judge a function ``labels -> {label: number}``: 0, 1, ... in alphabetical order."""
    number_them = function(answer)
    for labels in (["dog", "cat", "cat", "bird", "dog"], ["b", "a"], ["owl", "owl"]):
        given = f"the labels {', '.join(labels)}"
        result = call(number_them, list(labels), given=given)
        require(isinstance(result, Mapping), f"with {given}: a dict is expected, not {a_kind(result)}.")
        _diagnose_numbers(dict(result), labels, given)
    return "each class has one number, and the order of the file does not matter."


def _diagnose_numbers(result: dict, labels: list[str], given: str) -> None:
    classes = sorted(set(labels))
    reject(set(result.values()) == set(classes), f"with {given}: turned around; label -> number is expected.")
    require(set(result) == set(classes), f"with {given}: the keys are not the classes that occur.")
    numbers = [whole_number(result[name], "a number") for name in classes]
    reject(len(set(numbers)) < len(numbers), f"with {given}: two classes share a number.")
    reject(min(numbers) == 1, f"with {given}: the numbers start at 1; an index starts at 0.")
    require(sorted(numbers) == list(range(len(classes))), f"with {given}: the numbers leave gaps.")
    require(
        numbers == list(range(len(classes))),
        f"with {given}: the numbers follow neither the alphabet nor anything that another file would "
        "repeat: classes sorted by name get the same numbers everywhere.",
    )


@exercise
def only(answer: object) -> str:
    """Judge a class ``Only(dataset, label)``: a data set of the samples that have this label."""
    make = function(answer)
    samples = [(f"picture {i}", label) for i, label in enumerate([1, 0, 2, 1, 1, 0, 2])]
    for label in (1, 2):
        given = f"the label {label} of {len(samples)} samples"
        part = call(make, list(samples), label, given=given)
        refuse_placeholders(list(getattr(part, "__dict__", {}).values()))
        _diagnose_part(part, samples, [sample for sample in samples if sample[1] == label], given)
    return "it holds exactly the samples with the label, in their old order."


def _diagnose_part(part: Any, samples: Sequence[Any], expected: Sequence[Any], given: str) -> None:
    size = call(lambda: len(part), given=given)
    reject(size == len(samples), f"with {given}: its length is that of the whole set; nothing is left out.")
    require(size == len(expected), f"with {given}: it has {size} samples, not as many as have the label.")
    found = [call(lambda i=i: part[i], given=f"{given}, index {i}") for i in range(size)]
    reject(found == list(samples[:size]), f"with {given}: index i gives sample i of the whole set.")
    reject(
        found in ([x for x, _ in expected], [y for _, y in expected]),
        f"with {given}: a sample is a pair, picture and label; one of them is lost.",
    )
    reject(found == [i for i, sample in enumerate(samples) if sample in expected],
           f"with {given}: the index comes back instead of the sample that it names.")  # fmt: skip
    require(found == list(expected), f"with {given}: other samples come than those with the label.")


@exercise
def pad_batch(answer: object) -> str:
    """Judge a ``collate_fn`` that pads pictures at the right and below to the largest height and width."""
    collate = function(answer)
    for sizes in (((3, 2, 4), (3, 5, 3)), ((1, 3, 3), (1, 2, 2), (1, 1, 6)), ((3, 2, 2),)):
        samples = [(torch.rand(*size, generator=_seed(i)) + 0.1, 7 - i) for i, size in enumerate(sizes)]
        given = f"pictures of {', '.join(map(str, sizes))}"
        result = call(collate, samples, given=given)
        pair = isinstance(result, (tuple, list)) and len(result) == 2
        require(pair, f"with {given}: a pair is expected, the pictures and the labels.")
        _diagnose_padding(*result, samples, given)
    return "pictures of any sizes become one tensor, their pixels untouched, their labels another."


def _seed(number: int) -> torch.Generator:
    return torch.Generator().manual_seed(number)


def _diagnose_padding(X: object, y: object, samples: list[tuple[Tensor, int]], given: str) -> None:
    images, labels = [image for image, _ in samples], [label for _, label in samples]
    require(isinstance(y, Tensor), f"with {given}: the labels are {a_kind(y)}; a tensor is expected.")
    require(y.tolist() == labels, f"with {given}: the labels are not those of the samples, in order.")
    require(isinstance(X, Tensor), f"with {given}: the pictures are {a_kind(X)}; one tensor is expected.")
    height, width = (max(image.shape[axis] for image in images) for axis in (1, 2))
    reject(
        tuple(X.shape[2:]) != (height, width) and X.shape[-1] <= min(image.shape[2] for image in images),
        f"with {given}: pictures were cut to the smallest; padding keeps every pixel.",
    )
    X = tensor(X, (len(images), len(images[0]), height, width), name=f"with {given}: the batch")
    for place, (row, image) in enumerate(zip(X, images, strict=True)):
        _, h, w = image.shape
        reject(not same(row[:, :h, :w], image) and same(row[:, -h:, -w:], image),
               f"with {given}: picture {place} is padded at the left or above.")  # fmt: skip
        require(same(row[:, :h, :w], image), f"with {given}: the pixels of picture {place} have changed.")
        rest = row.clone()
        rest[:, :h, :w] = 0
        require(not rest.any(), f"with {given}: what is added to picture {place} is not 0.")


@exercise
def sample_weights(answer: object) -> str:
    """Judge a function ``targets -> weights`` after which a weighted sampler draws all classes alike."""
    weigh: Callable = function(answer)
    for labels in ([0, 0, 0, 1], [2, 0, 2, 2, 1, 1, 2, 2], [0, 1]):
        targets, given = torch.tensor(labels), f"the targets {labels}"
        weights = call(weigh, targets.clone(), given=given)
        require(isinstance(weights, Tensor), f"with {given}: a tensor is expected, not {a_kind(weights)}.")
        _diagnose_weights(weights, targets, given)
    return "the weights of each class add up to the same, so a draw is fair between them."


def _diagnose_weights(weights: Tensor, targets: Tensor, given: str) -> None:
    counts = targets.bincount()
    reject(
        weights.shape == counts.shape != targets.shape,
        f"with {given}: that is a weight for each class; the sampler wants one for each sample.",
    )
    require(
        weights.shape == targets.shape,
        f"with {given}: the weights have shape {shape_text(weights)}, the targets {shape_text(targets)}.",
    )
    weights = tensor(weights, name=f"with {given}: the answer").double()
    require((weights > 0).all(), f"with {given}: a weight must be positive, or its sample never comes.")
    totals = torch.zeros(len(counts), dtype=torch.double).index_add(0, targets, weights)
    if same(totals, totals.mean().expand_as(totals), rtol=1e-4):
        return
    reject(
        same(weights, weights.mean().expand_as(weights)),
        f"with {given}: all weights are equal, so frequent classes stay frequent.",
    )
    reject(
        totals.argmax() == counts.argmax() and same(totals / totals.sum(), _squares(counts)),
        f"with {given}: frequent classes weigh more than rare ones; it should be the other way round.",
    )
    wrong(f"with {given}: the weights of the classes do not add up to the same.")


def _squares(counts: Tensor) -> Tensor:
    return counts.double() ** 2 / (counts.double() ** 2).sum()
