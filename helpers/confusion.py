"""Which class is taken for which: the confusion matrix, what follows from it, and the pictures behind a cell.

Rows are labels, columns are the answers of a classifier; nothing here draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

Cell = tuple[int, int]  # (label, answer)


@dataclass(frozen=True)
class Confusion:
    """How often each label got each answer.

    Attributes
    ----------
    counts : Tensor of shape (C, C), int64
        ``counts[label, answer]``; the diagonal holds the correct answers.
    """

    counts: Tensor

    @property
    def shares(self) -> Tensor:
        """Counts divided by the sum of their row; a row of a class that never occurs stays zero."""
        return self.counts.double() / self.counts.sum(dim=1, keepdim=True).clamp(min=1)

    @property
    def errors(self) -> Tensor:
        """Counts with a diagonal of zeros."""
        return self.counts - self.counts.diag().diag()

    @property
    def accuracy(self) -> float:
        """Share of the correct answers."""
        return float(self.counts.trace()) / float(self.counts.sum())

    @property
    def recall(self) -> list[float | None]:
        """Of the samples of a class, the share that is named so; None for a class that never occurs."""
        return list(map(_ratio, self.counts.diag(), self.counts.sum(dim=1)))

    @property
    def precision(self) -> list[float | None]:
        """Of the samples named so, the share that is of the class; None for an answer never given."""
        return list(map(_ratio, self.counts.diag(), self.counts.sum(dim=0)))

    def mistakes(self) -> list[Cell]:
        """Return the cells beside the diagonal that hold samples, those with most samples first."""
        order = self.errors.flatten().argsort(descending=True, stable=True).tolist()
        cells = (divmod(place, len(self.counts)) for place in order)
        return [cell for cell in cells if self.errors[cell] > 0]


def confusion(labels: Any, answers: Any, num_classes: int) -> Confusion:
    """Count the pairs (label, answer): each is one number, ``label * num_classes + answer``.

    Parameters
    ----------
    labels, answers : tensors or arrays of shape (N,), integers from 0 to ``num_classes - 1``
        N is at least 1.
    num_classes : int
        At least 1.

    Raises
    ------
    ValueError
        A shape, a dtype or a class number is not as described; the message names it.
    """
    if num_classes < 1:
        raise ValueError(f"num_classes must be at least 1, got {num_classes}")
    labels = class_numbers("labels", labels, num_classes)
    answers = class_numbers("answers", answers, num_classes)
    if len(labels) != len(answers):
        raise ValueError(f"labels and answers must be equally many, got {len(labels)} and {len(answers)}")
    pairs = (labels * num_classes + answers).bincount(minlength=num_classes**2)
    return Confusion(pairs.reshape(num_classes, num_classes))


def class_numbers(name: str, values: Any, num_classes: int) -> Tensor:
    """Return ``values`` as int64 on the CPU, or raise ValueError unless they are (N,) class numbers."""
    numbers = torch.as_tensor(values).detach().cpu()
    if numbers.ndim != 1 or len(numbers) == 0:
        raise ValueError(
            f"{name} must have the shape (N,) with at least one sample, got {tuple(numbers.shape)}"
        )
    if numbers.is_floating_point() or numbers.is_complex() or numbers.dtype == torch.bool:
        raise ValueError(f"{name} must be integers, got {numbers.dtype}")
    numbers = numbers.long()
    if numbers.min() < 0 or numbers.max() >= num_classes:
        found = f"{numbers.min()} to {numbers.max()}"
        raise ValueError(f"{name} must be class numbers from 0 to {num_classes - 1}, got {found}")
    return numbers


def surest_first(confidence: Tensor, labels: Tensor, answers: Tensor) -> dict[Cell, list[int]]:
    """Return the samples of each cell that holds any, by their place in ``labels``, the surest first.

    Samples with equal confidence keep their order.
    """
    found: dict[Cell, list[int]] = {}
    for place in confidence.argsort(descending=True, stable=True).tolist():
        found.setdefault((int(labels[place]), int(answers[place])), []).append(place)
    return found


def neighbours(matrix: Confusion) -> list[int]:
    """Return the classes in an order that puts those which are mistaken for each other side by side.

    Of all orders it is one with the least sum, over the mistakes, of how far label and answer lie apart (a
    minimum linear arrangement). That sum is also the sum, over all places between two neighbours, of the
    mistakes that reach across; so the best order of a set of classes is found from those of its subsets,
    2^C of them. Where several orders are best, it is the first by class numbers from the end.
    """
    weights = (matrix.errors + matrix.errors.T).tolist()
    size = len(weights)
    reach, cost, last = [0] * 2**size, [0] * 2**size, [0] * 2**size
    for chosen in range(1, 2**size):
        members = [v for v in range(size) if chosen >> v & 1]
        # Mistakes from the set to outside: those of the set without one member, less those it takes inside.
        lead, rest = members[0], members[1:]
        without = chosen & ~(1 << lead)
        reach[chosen] = reach[without] + sum(weights[lead]) - 2 * sum(weights[lead][v] for v in rest)
        last[chosen] = min(reversed(members), key=lambda v: cost[chosen & ~(1 << v)])
        cost[chosen] = cost[chosen & ~(1 << last[chosen])] + reach[chosen]
    order: list[int] = []
    chosen = 2**size - 1
    while chosen:
        order.insert(0, last[chosen])
        chosen &= ~(1 << last[chosen])
    return order


def _ratio(part: Tensor, whole: Tensor) -> float | None:
    return float(part) / float(whole) if whole else None
