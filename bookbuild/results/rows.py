"""The rows of `make results`: what is trained, and on which data."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn
from torchvision import datasets

from bookbuild.bench import timing
from helpers import data, recipes, training
from helpers.batches import TensorBatches
from helpers.convnets import count_parameters
from helpers.recipes import Recipe

Pictures = tuple[Tensor, Tensor]
Trained = tuple[nn.Module, int]


@dataclass(frozen=True)
class Entry:
    """A row to measure.

    Attributes
    ----------
    name, title : str
        As in :class:`helpers.results.Row`.
    data_set : {"FashionMNIST", "CIFAR10"}
    train : callable
        ``train(X, y, seed)`` trains on uint8 pictures (N, C, H, W) and returns the model, which takes such
        pictures, and the number of epochs.
    seeds : int
        How many seeds, from 0 on.
    kinds : tuple of str
        On which pictures: "real", "stand-in".
    validated : int
        With how many seeds the row is judged by validation pictures too: it is one to choose from.
    """

    name: str
    title: str
    data_set: str
    train: Callable[[Tensor, Tensor, int], Trained]
    seeds: int = 3
    kinds: tuple[str, ...] = ("real",)
    validated: int = 0


BOTH = ("real", "stand-in")

#: Training pictures that judge what is chosen between; the same ones for all rows and seeds.
NUM_VALIDATION = 5_000

#: Readings of the pictures by chapter 12's dense networks.
DENSE_EPOCHS = 10


def by_recipe(recipe: Recipe) -> Callable[[Tensor, Tensor, int], Trained]:
    """Return a function that trains a recipe."""

    def train(X: Tensor, y: Tensor, seed: int) -> Trained:
        return recipes.train(recipe, X, y, seed=seed)[0], recipe.num_epochs

    return train


class Grey(nn.Module):
    """A network for grey pictures as floats, given bytes: chapter 12's own scaling."""

    def __init__(self, network: nn.Module, mean: float, std: float) -> None:
        super().__init__()
        self.network, self.mean, self.std = network, mean, std

    def forward(self, pixels: Tensor) -> Tensor:
        """Return logits."""
        return self.network((pixels / 255 - self.mean) / self.std)


def dense(widths: tuple[int, ...]) -> nn.Sequential:
    """Return a network of linear layers and ReLU from 784 pixels to ten logits."""
    sizes = (784, *widths)
    hidden = (layer for pair in pairwise(sizes) for layer in (nn.Linear(*pair), nn.ReLU()))
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(sizes[-1], 10))


def small(lr: float, X: Tensor, y: Tensor, seed: int) -> Trained:
    """Train the small dense network of many introductions by plain SGD, as chapter 12 does."""
    torch.manual_seed(seed)
    model = Grey(dense((128, 64, 32)), 0.0, 1.0)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return _fit(model, X, y, seed, optimizer, batch_size=128)


def wider(X: Tensor, y: Tensor, seed: int) -> Trained:
    """Train chapter 12's better dense network: centred inputs, AdamW, a cosine schedule."""
    torch.manual_seed(seed)
    scaled = X / 255
    model = Grey(dense((512, 256)), scaled.mean().item(), scaled.std().item())
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=DENSE_EPOCHS)
    return _fit(model, X, y, seed, optimizer, batch_size=256, scheduler=scheduler)


def _fit(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    seed: int,
    optimizer: torch.optim.Optimizer,
    *,
    batch_size: int,
    scheduler: torch.optim.lr_scheduler.LRScheduler | None = None,
) -> Trained:
    order = torch.Generator().manual_seed(seed)
    batches = TensorBatches(X, y, batch_size=batch_size, shuffle=True, generator=order)
    follow = {"num_epochs": DENSE_EPOCHS, "scheduler": scheduler}
    training.fit(model, batches, nn.CrossEntropyLoss(), optimizer, **follow)
    return model, DENSE_EPOCHS


def cifar10(name: str, title: str, recipe: Recipe, **options: Any) -> Entry:
    """Return a row of chapter 13, which chooses between its rows."""
    return Entry(name, title, "CIFAR10", by_recipe(recipe), **options)


def _ablation() -> list[Entry]:
    """Return the short residual run, and the same with one choice undone at a time."""
    base = recipes.RESIDUAL_SHORT
    network = partial(recipes.residual_net, 16)
    undone = {
        "no one-cycle: constant lr 0.003": {"one_cycle": False, "optimizer": partial(recipes.adamw, lr=3e-3)},
        "no crops or mirror images": {"augment": False, "flip": False, "small_epochs": 0},
        "no small crops first": {"small_epochs": 0},
        "no batch norm": {"network": partial(network, norm=False)},
        "no skip": {"network": partial(network, skip=False)},
        "no label smoothing": {"label_smoothing": 0.0},
        "no whitened first layer": {"whitened": False},
        "channels first": {"channels_last": False},
        "batches of 64": {"batch_size": 64, "optimizer": partial(recipes.adamw, lr=5e-3)},
    }
    return [
        cifar10(f"without-{place}", title, replace(base, **change), seeds=1, validated=1)
        for place, (title, change) in enumerate(undone.items(), start=1)
    ]


ROWS: tuple[Entry, ...] = (
    Entry("cnn-short", "CNN, short", "FashionMNIST", by_recipe(recipes.PLAIN_SHORT), kinds=BOTH),
    Entry("cnn", "CNN, whole", "FashionMNIST", by_recipe(recipes.PLAIN)),
    Entry("small", "784-128-64-32-10, SGD at its default", "FashionMNIST", partial(small, 1e-3)),
    Entry("small-lr", "the same with lr 0.1", "FashionMNIST", partial(small, 0.1)),
    Entry("dense", "784-512-256-10, AdamW, cosine", "FashionMNIST", wider),
    cifar10("tutorial", "tutorial's network and loop", recipes.TUTORIAL, kinds=BOTH, validated=3),
    cifar10(
        "tutorial-better",
        "the same network, better trained",
        recipes.TUTORIAL_BETTER,
        kinds=BOTH,
        validated=3,
    ),
    cifar10(
        "residual-short", "residual net of width 16, short", recipes.RESIDUAL_SHORT, kinds=BOTH, validated=3
    ),
    cifar10("residual", "residual net of width 32", recipes.RESIDUAL, validated=1),
    *_ablation(),
)


def pictures(data_set: str) -> tuple[Pictures, Pictures]:
    """Return training and test pictures, uint8 (N, C, H, W), with labels; of clothes chapter 12's 50,000."""
    root = data.folder(data_set)
    if data_set == "CIFAR10":
        sets = (data.CIFAR10(root=root, train=train) for train in (True, False))
        return tuple(
            (torch.from_numpy(one.data).permute(0, 3, 1, 2), torch.tensor(one.targets)) for one in sets
        )
    train_set, test_set = (datasets.FashionMNIST(root=root, train=train) for train in (True, False))
    part = torch.randperm(60_000, generator=torch.Generator().manual_seed(0))[:50_000]
    return (train_set.data[part, None], train_set.targets[part]), (test_set.data[:, None], test_set.targets)


def hold_out(X: Tensor, y: Tensor) -> tuple[Pictures, Pictures]:
    """Split training pictures into those to train on and `NUM_VALIDATION` to judge by, always the same."""
    order = torch.randperm(len(X), generator=torch.Generator().manual_seed(0))
    rest, held = order[NUM_VALIDATION:], order[:NUM_VALIDATION]
    return (X[rest], y[rest]), (X[held], y[held])


def run_named(name: str, seed: int, judges: str) -> dict[str, object]:
    """As `run`, by the row's name."""
    return run({entry.name: entry for entry in ROWS}[name], seed, judges)


def run(entry: Entry, seed: int, judges: str) -> dict[str, object]:
    """Train one seed and return its numbers; seconds are those of training, without loading or judging.

    Parameters
    ----------
    entry : Entry
    seed : int
    judges : {"test", "validation"}
        The pictures that give the accuracy; with "validation" they are taken from the training pictures.
    """
    (X, y), judging = pictures(entry.data_set)
    if judges == "validation":
        (X, y), judging = hold_out(X, y)
    begun = perf_counter()
    model, epochs = entry.train(X, y, seed)
    seconds = perf_counter() - begun
    accuracy = recipes.accuracy(model, *judging)
    status = data.status(entry.data_set)
    return {
        "accuracy": round(accuracy, 4),
        "seconds": round(seconds, 1),
        "memory": timing.peak_memory(),
        "parameters": count_parameters(model),
        "epochs": epochs,
        "device": _device(X),
        "data": data.describe(entry.data_set),
        "kind": "stand-in" if status.is_standin else "real",
    }


def _device(X: Tensor) -> str:
    if X.device.type == "cpu":
        return f"{torch.get_num_threads()} of {os.cpu_count()} CPU cores ({platform.machine()})"
    return torch.cuda.get_device_name(X.device)
