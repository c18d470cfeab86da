"""What loading a batch costs: one by one or at once, from tensors or from files, with and without workers.

Each number is the median of several rounds.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from statistics import median
from time import perf_counter, sleep

import torch
from torch.utils.data import ConcatDataset, DataLoader, Dataset
from torchvision import datasets
from torchvision.transforms import v2

from bookbuild.bench import timing
from bookbuild.execute import execution
from helpers import data, loading, pictures
from helpers.batches import TensorBatches

#: Chapter 5 shows what this file holds.
RECORD = loading.RECORD
ROUNDS = 5
BATCHES, BATCH_SIZE = 24, 128
COPIES = 10  # of the book's sixteen pictures: an epoch of 160
WAIT = 0.005  # seconds for a file from the store that we imitate


def batch_ways(count: int) -> dict[str, Iterable]:
    """Loaders that give the same ``count`` pictures of FashionMNIST in ever fewer steps."""
    to_float = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    root = data.folder("FashionMNIST")
    opened = datasets.FashionMNIST(root=root, train=True, transform=to_float)
    images, labels = opened.data[:count].clone(), opened.targets[:count].clone()
    opened.data, opened.targets = images, labels
    one_by_one, whole = loading.OneByOne(images, labels), loading.WholeBatch(images, labels)
    return {
        "PIL image, then transform": DataLoader(opened, BATCH_SIZE),
        "the same in 2 workers": DataLoader(opened, BATCH_SIZE, num_workers=2, persistent_workers=True),
        "tensor, one by one": DataLoader(one_by_one, BATCH_SIZE),
        "tensor, whole batch by __getitems__": DataLoader(whole, BATCH_SIZE, collate_fn=loading.as_it_is),
        "tensor, sliced without a DataLoader": TensorBatches(images / 255, labels, batch_size=BATCH_SIZE),
    }


class SlowStore(Dataset):
    """The samples of another data set, each after a wait, as from a network drive."""

    def __init__(self, dataset: Dataset, wait: float) -> None:
        self.dataset, self.wait = dataset, wait

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.dataset)

    def __getitem__(self, index: int) -> object:
        """Wait, then return a sample."""
        sleep(self.wait)
        return self.dataset[index]


def worker_ways(copies: int, wait: float = 0.0) -> dict[str, DataLoader]:
    """Loaders that decode the book's picture files, with 0, 1 and 2 workers."""
    shape = v2.Compose([v2.Resize((64, 64)), v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    files = ConcatDataset([loading.PictureSet(pictures.folder(), shape)] * copies)
    store = SlowStore(files, wait) if wait else files
    loaders = {
        f"{count} worker{'s' * (count != 1)}": DataLoader(store, 32, num_workers=count) for count in (0, 1, 2)
    }
    kept = DataLoader(store, 32, num_workers=2, persistent_workers=True)
    return {**loaders, "2 workers, kept from epoch to epoch": kept}


def epoch(loader: Iterable) -> tuple[float, float]:
    """Return the milliseconds of one epoch, and of its first batch."""
    begun = perf_counter()
    batches = iter(loader)
    next(batches)
    first = perf_counter() - begun
    for _ in batches:
        pass
    return 1000 * (perf_counter() - begun), 1000 * first


def medians(ways: dict[str, Iterable], rounds: int) -> dict[str, tuple[float, float]]:
    """Measure every way ``rounds`` times, after one round that does not count."""
    times = timing.in_rounds(ways, lambda name: epoch(ways[name]), rounds, warm_up=1)
    return {name: tuple(map(median, zip(*found, strict=True))) for name, found in times.items()}


def measure(rounds: int = ROUNDS, batches: int = BATCHES, copies: int = COPIES) -> dict:
    """Return the whole record, as `helpers.loading.table` shows it."""
    load = execution.load()
    by_batch = medians(batch_ways(batches * BATCH_SIZE), rounds)
    disk, store = medians(worker_ways(copies), rounds), medians(worker_ways(copies, WAIT), rounds)
    return {
        "machine": timing.machine("torch", "pillow"),
        "date": datetime.date.today().isoformat(),
        "rounds": rounds,
        "load": load,
        "batches": {name: round(whole / batches, 3) for name, (whole, _) in by_batch.items()},
        "workers": {
            name: [round(first), round(whole), round(store[name][0])] for name, (whole, first) in disk.items()
        },
    }


def run() -> dict:
    """Print what loading costs, with one thread a process; return what chapter 5 shows."""
    torch.set_num_threads(1)
    record = measure()
    print(loading.table(record))
    return record
