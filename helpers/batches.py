"""Batches of tensors that are already in memory."""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.utils.data import TensorDataset


class TensorBatches:
    """Batches cut out of tensors that are already in memory; read like a ``DataLoader``.

    A ``DataLoader`` fetches the samples one by one and stacks them; here one indexing fetches a batch.

    Parameters
    ----------
    *tensors : Tensor, shapes (N, ...)
        One row a sample, as many rows in each: usually the inputs and the labels.
    batch_size : int
        Samples in a batch; the last one of an epoch is short when this does not divide N.
    shuffle : bool
        Whether each epoch reads the samples in a new random order.
    generator : torch.Generator, optional
        Where the orders come from. Seed it, and the same epochs come again.
    drop_last : bool
        Whether a short last batch is left out.

    Attributes
    ----------
    dataset : TensorDataset
        The samples, as a ``DataLoader`` would hold them; the arguments are attributes too.

    Raises
    ------
    ValueError
        No tensor, tensors of different lengths, or a batch size below 1.
    """

    def __init__(
        self,
        *tensors: Tensor,
        batch_size: int,
        shuffle: bool = False,
        generator: torch.Generator | None = None,
        drop_last: bool = False,
    ) -> None:
        if not tensors or any(tensor.ndim == 0 for tensor in tensors):
            raise ValueError("tensors must be at least one tensor with a row for each sample")
        lengths = [len(tensor) for tensor in tensors]
        if len(set(lengths)) > 1:
            raise ValueError(f"tensors must hold equally many samples, got {lengths}")
        self.dataset = TensorDataset(*tensors)
        self.batch_size = whole_number("batch_size", batch_size)
        self.shuffle = shuffle
        self.generator = generator
        self.drop_last = drop_last

    def __len__(self) -> int:
        """Return the number of batches in an epoch."""
        whole, rest = divmod(len(self.dataset), self.batch_size)
        return whole if self.drop_last or rest == 0 else whole + 1

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        """Yield the batches of one epoch."""
        order = torch.randperm(len(self.dataset), generator=self.generator) if self.shuffle else None
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            rows = slice(start, start + self.batch_size)
            # A slice shares the tensor's memory, an index copies: without an order nothing is copied.
            chosen = rows if order is None else order[rows]
            yield tuple(tensor[chosen] for tensor in self.dataset.tensors)


def whole_number(name: str, value: int) -> int:
    """Return ``value`` as an int, or say that the argument ``name`` must be a whole number from 1 on."""
    if not math.isfinite(value) or value != int(value) or value < 1:
        raise ValueError(f"{name} must be a whole number, at least 1, got {value}")
    return int(value)
