"""The order in which descent reads its samples, and the batches that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import torch


def shuffled_orders(num_samples: int, num_epochs: int, seed: int = 0) -> list[list[int]]:
    """One random order of the samples for each epoch, the same for the same seed."""
    generator = torch.Generator().manual_seed(seed)
    return [torch.randperm(num_samples, generator=generator).tolist() for _ in range(num_epochs)]


def batches_of(orders: Sequence[Sequence[int]], batch_size: int) -> Iterator[list[int]]:
    """Cut each epoch's order into batches; the last of an epoch is short where they do not divide."""
    for order in orders:
        for first in range(0, len(order), batch_size):
            yield list(order[first : first + batch_size])


def reading_orders(
    num_samples: int,
    num_epochs: int,
    *,
    shuffle: bool = False,
    seed: int = 0,
    orders: Sequence[Sequence[int]] | None = None,
) -> Sequence[Sequence[int]]:
    """One order for each epoch: as given (used in turn), shuffled from ``seed``, or as stored.

    Raises
    ------
    ValueError
        When ``orders`` comes together with ``shuffle``, is empty, or holds anything but
        permutations of ``0 ... num_samples - 1``.
    """
    if orders is None:
        if shuffle:
            return shuffled_orders(num_samples, num_epochs, seed)
        return [range(num_samples)] * num_epochs
    if shuffle:
        raise ValueError("give either shuffle=True or orders, not both")
    check_orders(orders, num_samples)
    # As plain ints: a list of True and False would be taken for a mask.
    plain = [[int(index) for index in order] for order in orders]
    return [plain[epoch % len(plain)] for epoch in range(num_epochs)]


def check_orders(orders: Sequence[Sequence[int]], num_samples: int) -> None:
    """Raise ValueError unless every order is a permutation of ``0 ... num_samples - 1``."""
    if not isinstance(orders, Iterable):
        raise ValueError(f"orders must be a list of orders of the samples, got {orders!r}")
    if len(orders) == 0:
        raise ValueError("orders must hold at least one order of the samples")
    for index, order in enumerate(orders):
        if not _is_permutation(order, num_samples):
            raise ValueError(f"orders[{index}] must hold each of 0 ... {num_samples - 1} exactly once")


def _is_permutation(order: Sequence[int], num_samples: int) -> bool:
    try:
        return sorted(order) == list(range(num_samples))
    except TypeError:  # no list, or one of things that cannot be sorted
        return False
