"""Checks of chapter 5's exercises: data sets and loaders."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from helpers.checks.report import (
    a_kind,
    call,
    exercise,
    function,
    items_of,
    number,
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
    asked = "two numbers are expected: how many batches, and the size of the last one."
    pair = items_of(answer, asked)
    require(len(pair) == 2, asked)
    count, last = (whole_number(value, "one of the numbers") for value in pair)
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
    """Judge a function ``labels -> {label: number}``: 0, 1, ..., whatever the order and the session."""
    number_them = function(answer)
    files = (["dog", "cat", "cat", "bird", "dog", "owl", "bee", "fox"], ["b", "a"], ["owl", "owl"])
    for labels in files:
        given = f"the labels {', '.join(labels)}"
        first, later, turned = (
            _numbers(call(number_them, [_Word(word, session) for word in order], given=given), labels, given)
            for order, session in ((labels, 1), (labels, 2), (labels[::-1], 1))
        )
        reject(first != later, f"with {given}: a set has no order, and another session gives other numbers.")
        require(
            first == turned,
            f"with {given}: the numbers follow neither the alphabet nor anything that another file would "
            "repeat: classes sorted by name get the same numbers everywhere.",
        )
    return "each class has one number, and the order of the file does not matter."


class _Word(str):
    """A word whose place in a set is another one in each session, as it is with Python's own."""

    __slots__ = ("session",)

    def __new__(cls, word: str, session: int) -> _Word:
        made = super().__new__(cls, word)
        made.session = session
        return made

    def __hash__(self) -> int:
        return hash((self.session, str(self)))


def _numbers(result: Any, labels: list[str], given: str) -> dict[str, int]:
    require(isinstance(result, Mapping), f"with {given}: a dict is expected, not {a_kind(result)}.")
    classes, values = sorted(set(labels)), list(result.values())
    turned = bool(values) and all(isinstance(value, str) for value in values)
    reject(turned, f"with {given}: turned around; label -> number is expected.")
    found = {str(name): value for name, value in result.items()}
    require(set(found) == set(classes), f"with {given}: the keys are not the classes that occur.")
    numbers = {name: whole_number(found[name], f"with {given}, a value") for name in classes}
    reject(numbers == Counter(labels), f"with {given}: that is how often each class occurs, not its number.")
    reject(len(set(numbers.values())) < len(numbers), f"with {given}: two classes share a number.")
    reject(min(numbers.values()) == 1, f"with {given}: the numbers start at 1; an index starts at 0.")
    gaps = sorted(numbers.values()) != list(range(len(classes)))
    reject(gaps, f"with {given}: the numbers leave gaps.")
    return numbers


@exercise
def only(answer: object) -> str:
    """Judge a class ``Only(dataset, label)``: a data set of the samples that have this label."""
    make = function(answer)
    labels = [1, 0, 2, 1, 1, 0, 2]
    samples = [(Image.new("L", (2, 2), level), label) for level, label in enumerate(labels)]
    for label in (1, 2):
        given = f"the label {label} of {len(samples)} samples"
        part = call(make, _Samples(samples), label, given=given)
        refuse_placeholders(list(getattr(part, "__dict__", {}).values()))
        _diagnose_part(part, samples, [sample for sample in samples if sample[1] == label], given)
    return "it holds exactly the samples with the label, in their old order."


class _Samples(Dataset):
    """A data set as the chapter makes them: a length, and samples by their index."""

    def __init__(self, samples: Sequence[tuple[Image.Image, int]]) -> None:
        self._samples = samples

    def __len__(self) -> int:
        return len(self._samples)

    def __getitem__(self, index: int) -> tuple[Image.Image, int]:
        return self._samples[index]


def _diagnose_part(part: Any, samples: Sequence[Any], expected: Sequence[Any], given: str) -> None:
    size = call(lambda: len(part), given=given)
    reject(size == len(samples), f"with {given}: its length is that of the whole set; nothing is left out.")
    require(size == len(expected), f"with {given}: it has {size} samples, not as many as have the label.")
    found = [call(lambda i=i: part[i], given=f"{given}, index {i}") for i in range(size)]
    found = [tuple(sample) if isinstance(sample, list) else sample for sample in found]
    if found == list(expected):
        return
    reject(found == list(samples[:size]), f"with {given}: index i gives sample i of the whole set.")
    pictures, labels = ([sample[part] for sample in expected] for part in (0, 1))
    reject(
        found in (pictures, labels),
        f"with {given}: a sample is a pair, picture and label; one of them is lost.",
    )
    reject(found == [i for i, sample in enumerate(samples) if sample in expected],
           f"with {given}: the index comes back instead of the sample that it names.")  # fmt: skip
    pairs = all(isinstance(sample, tuple) and len(sample) == 2 for sample in found)
    require(pairs, f"with {given}: a sample is a pair, picture and label.")
    reject(found == [pair[::-1] for pair in expected], f"with {given}: picture first, then label.")
    reject(
        [x for x, _ in found] == pictures,
        f"with {given}: the pictures are right, and their labels have changed.",
    )
    reject(
        any(found == list(order) for order in itertools.permutations(expected)),
        f"with {given}: the right samples come, in another order than before.",
    )
    wrong(f"with {given}: other samples come than those with the label.")


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
        X, y = result
        _diagnose_padding(X, y, samples, given)
    return "pictures of any sizes become one tensor, their pixels untouched, their labels another."


def _seed(number: int) -> torch.Generator:
    return torch.Generator().manual_seed(number)


def _diagnose_padding(X: Any, y: Any, samples: list[tuple[Tensor, int]], given: str) -> None:
    images, labels = [image for image, _ in samples], [label for _, label in samples]
    mixed = isinstance(X, Tensor) and isinstance(y, Tensor) and X.ndim < 2 < y.ndim
    reject(mixed, f"with {given}: the pictures come first, then the labels.")
    y = tensor(y, (len(labels),), name=f"with {given}: the tensor of labels")
    require(y.tolist() == labels, f"with {given}: the labels are not those of the samples, in order.")
    require(isinstance(X, Tensor), f"with {given}: the pictures are {a_kind(X)}; one tensor is expected.")
    height, width = (max(image.shape[axis] for image in images) for axis in (1, 2))
    smallest = min(image.shape[2] for image in images)
    reject(
        X.ndim == 4 and tuple(X.shape[2:]) != (height, width) and X.shape[-1] <= smallest,
        f"with {given}: pictures were cut to the smallest; padding keeps every pixel.",
    )
    X = tensor(X, (len(images), len(images[0]), height, width), name=f"with {given}: the batch")
    for place, (row, image) in enumerate(zip(X, images, strict=True)):
        _, h, w = image.shape
        inside = same(row[:, :h, :w], image)
        reject(
            not inside and _holds(row, image),
            f"with {given}: picture {place} is padded at the left or above.",
        )
        require(inside, f"with {given}: the pixels of picture {place} have changed.")
        rest = row.clone()
        rest[:, :h, :w] = 0
        require(not rest.any(), f"with {given}: what is added to picture {place} is not 0.")


def _holds(row: Tensor, image: Tensor) -> bool:
    """Tell whether a picture lies somewhere in a row, and nothing beside it."""
    _, h, w = image.shape
    places = itertools.product(range(row.shape[1] - h + 1), range(row.shape[2] - w + 1))
    found = any(same(row[:, top : top + h, left : left + w], image) for top, left in places)
    return found and same(row.sum(), image.sum())


@exercise
def sample_weights(answer: object) -> str:
    """Judge a function ``targets -> weights`` after which a weighted sampler draws all classes alike."""
    weigh: Callable = function(answer)
    for labels in ([0, 0, 0, 1], [2, 0, 2, 2, 1, 1, 2, 2], [0, 1]):
        targets, given = torch.tensor(labels), f"the targets {labels}"
        weights = call(weigh, targets.clone(), given=given)
        _diagnose_weights(_as_tensor(weights, given), targets, given)
    return "the weights of each class add up to the same, so a draw is fair between them."


def _as_tensor(weights: Any, given: str) -> Tensor:
    """Return the weights, which the sampler takes as a sequence of any kind, as a tensor."""
    if isinstance(weights, Tensor):
        return weights
    reject(
        isinstance(weights, Sampler), f"with {given}: that is the sampler itself; its weights are asked for."
    )
    sequence = isinstance(weights, (list, tuple, np.ndarray))
    require(sequence, f"with {given}: a tensor is expected, or a list, not {a_kind(weights)}.")
    return torch.tensor([number(weight, f"with {given}, a weight") for weight in weights])


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
