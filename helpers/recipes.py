"""How the networks of chapters 12 and 13 are trained: every choice a field, so that one can be changed alone.

    model, history = recipes.train(recipes.RESIDUAL, X, y, seed=0)
    slower = dataclasses.replace(recipes.RESIDUAL, one_cycle=False)

Pictures are uint8 tensors that lie on the device as a whole. Batches are cut out of them, cropped and
mirrored at once, and turned into floats by the model itself. The loop is the one of chapter 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.optim import SGD, AdamW, Optimizer
from torch.optim.lr_scheduler import OneCycleLR

from helpers import training
from helpers.augmentation import CropAndFlip
from helpers.batches import TensorBatches
from helpers.convnets import plain_net, residual_net, tutorial_net, whiten
from helpers.precision import quick_in_bf16

adamw = partial(AdamW, lr=1e-2, weight_decay=0.05, fused=True)


@dataclass(frozen=True)
class Recipe:
    """A network and the way it is trained.

    Attributes
    ----------
    network : callable
        Returns a fresh network.
    num_epochs, batch_size : int
        Readings of the training pictures, and pictures in a batch; a short last batch is left out.
    optimizer : callable
        ``optimizer(parameters)`` returns an optimizer; its learning rate is the highest of the run.
    one_cycle : bool
        Whether the learning rate rises over the first quarter of the steps and falls over the others.
    label_smoothing : float
        Share of the target probability that is spread over all classes.
    augment, padding : bool, int
        Whether training pictures are cropped at random, after ``padding`` pixels were added on each side.
    flip : bool
        Whether the mirror image counts as the same: in training, and in answers, which average both.
    small_epochs, small_size : int
        The first epochs read crops of so many pixels only, at a fraction of the price.
    whitened : bool
        Whether the network's first layer is computed from the pictures, and then left as it is.
    bf16 : bool, optional
        Whether layers compute in bfloat16; without a choice they do where the device is quicker at it.
    channels_last : bool
        Whether pictures are stored pixel by pixel.
    """

    network: Callable[[], nn.Module]
    num_epochs: int
    batch_size: int = 256
    optimizer: Callable[[Iterable[nn.Parameter]], Optimizer] = adamw
    one_cycle: bool = True
    label_smoothing: float = 0.1
    augment: bool = True
    padding: int = 4
    flip: bool = True
    small_epochs: int = 0
    small_size: int = 24
    whitened: bool = False
    bf16: bool | None = None
    channels_last: bool = True


class FromPixels(nn.Module):
    """A network that takes pictures as they are stored, and gives logits as float32.

    Parameters
    ----------
    network : nn.Module
        Is given pictures of mean 0 and spread 1.
    pixels : uint8 Tensor, shape (N, C, H, W)
        Where each channel's mean and spread come from: the training pictures.
    bf16, flip : bool
        As in :class:`Recipe`; ``flip`` concerns answers in evaluation mode.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, network: nn.Module, pixels: Tensor, *, bf16: bool, flip: bool) -> None:
        super().__init__()
        self.network, self.bf16, self.flip = network, bf16, flip
        sample = pixels[:5000].float()
        self.register_buffer("mean", sample.mean(dim=(0, 2, 3), keepdim=True))
        self.register_buffer("std", sample.std(dim=(0, 2, 3), keepdim=True))

    def scaled(self, pixels: Tensor) -> Tensor:
        """Return pictures of mean 0 and spread 1, float32."""
        return (pixels.float() - self.mean) / self.std

    def forward(self, pixels: Tensor) -> Tensor:
        """Return logits, shape (N, classes); with ``flip``, answers are means over both mirror images."""
        x = self.scaled(pixels)
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self.bf16):
            logits = self.network(x).float()
            if self.flip and not self.training:
                logits = (logits + self.network(x.flip(3)).float()) / 2
        return logits


#: No schedule, no smoothing, pictures as they are, float32: for recipes that do without.
PLAINLY = {
    **{"one_cycle": False, "label_smoothing": 0, "augment": False, "flip": False},
    **{"bf16": False, "channels_last": False},
}

#: The tutorials' network and how they train it: 2 epochs of 12,500 steps.
TUTORIAL = Recipe(
    tutorial_net,
    num_epochs=2,
    batch_size=4,
    optimizer=partial(SGD, lr=1e-3, momentum=0.9),
    **PLAINLY,
)

#: The same network with larger batches, AdamW, one cycle and mirror images.
TUTORIAL_BETTER = Recipe(
    tutorial_net,
    num_epochs=4,
    batch_size=64,
    optimizer=partial(AdamW, lr=4e-3, weight_decay=0.01, fused=True),
    **{"label_smoothing": 0, "augment": False, "bf16": False, "channels_last": False},
)

#: Chapter 12's convolutional network, whole and as short as its chapter can afford.
PLAIN = Recipe(plain_net, num_epochs=10, padding=2)
PLAIN_SHORT = replace(PLAIN, num_epochs=1)

#: Chapter 13's residual network: as short as its chapter can afford, and whole.
RESIDUAL_SHORT = Recipe(
    partial(residual_net, 16),
    num_epochs=3,
    optimizer=partial(adamw, lr=1.5e-2),
    small_epochs=2,
    whitened=True,
)
RESIDUAL = replace(RESIDUAL_SHORT, network=partial(residual_net, 32), num_epochs=9, small_epochs=5)

#: The same for a GPU: wider and longer.
RESIDUAL_GPU = replace(
    RESIDUAL, network=partial(residual_net, 64), num_epochs=24, small_epochs=8, batch_size=512
)


class Batches:
    """Training batches of a recipe: each reading is an epoch, and knows whether it reads small crops."""

    def __init__(self, recipe: Recipe, X: Tensor, y: Tensor, seed: int) -> None:
        order = torch.Generator().manual_seed(seed)
        shuffled = {"shuffle": True, "drop_last": True, "generator": order}
        self.batches = TensorBatches(X, y, batch_size=recipe.batch_size, **shuffled)
        small = CropAndFlip(recipe.small_size, padding=0, flip=recipe.flip)
        # Without padding there is only one place to cut, so that the picture stays whole.
        whole = CropAndFlip(X.shape[-1], padding=recipe.padding if recipe.augment else 0, flip=recipe.flip)
        self.transforms = iter([small] * recipe.small_epochs + [whole] * recipe.num_epochs)

    def __len__(self) -> int:
        """Return the batches of an epoch."""
        return len(self.batches)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of the next epoch."""
        transform = next(self.transforms)
        for X, y in self.batches:
            yield transform(X), y


def prepare(recipe: Recipe, X: Tensor) -> FromPixels:
    """Return the recipe's network on the device of ``X``, not yet trained."""
    bf16 = quick_in_bf16(X.device) if recipe.bf16 is None else recipe.bf16
    model = FromPixels(recipe.network(), X, bf16=bf16, flip=recipe.flip).to(X.device)
    if recipe.whitened:
        stem = next(module for module in model.modules() if isinstance(module, nn.Conv2d))
        whiten(stem, model.scaled(X[:5000]))
    return model.to(memory_format=torch.channels_last) if recipe.channels_last else model


def train(
    recipe: Recipe, X: Tensor, y: Tensor, *, seed: int = 0, **followers: Any
) -> tuple[FromPixels, training.History]:
    """Train a recipe's network.

    Parameters
    ----------
    recipe : Recipe
        What to train, and how.
    X : uint8 Tensor, shape (N, C, H, W)
        Training pictures, all of them, on the device that trains.
    y : int64 Tensor, shape (N,)
        Their classes.
    seed : int
        Decides the first weights, the order of the pictures and their crops.
    **followers
        ``val_loader``, ``on_batch`` and ``on_epoch`` of :func:`helpers.training.fit`.

    Returns
    -------
    (FromPixels, History)

    Raises
    ------
    ValueError
        ``X`` or ``y`` are not as described, or there are fewer pictures than a batch holds.
    """
    _refuse(recipe, X, y)
    torch.manual_seed(seed)
    model = prepare(recipe, X)
    return model, fit(recipe, model, X, y, seed=seed, **followers)


def fit(
    recipe: Recipe, model: FromPixels, X: Tensor, y: Tensor, *, seed: int = 0, **followers: Any
) -> training.History:
    """Train a model of :func:`prepare`; the other arguments are those of :func:`train`."""
    batches = Batches(recipe, X, y, seed)
    optimizer = recipe.optimizer([p for p in model.parameters() if p.requires_grad])
    scheduler = _one_cycle(optimizer, len(batches) * recipe.num_epochs) if recipe.one_cycle else None
    on_batch = followers.pop("on_batch", None)

    def each_batch(**place: Any) -> None:
        if scheduler is not None:
            scheduler.step()
        if on_batch is not None:
            on_batch(**place)

    loss_fn = nn.CrossEntropyLoss(label_smoothing=recipe.label_smoothing)
    options = {"num_epochs": recipe.num_epochs, "on_batch": each_batch, **followers}
    return training.fit(model, batches, loss_fn, optimizer, **options)


def _one_cycle(optimizer: Optimizer, steps: int) -> OneCycleLR:
    highest = optimizer.param_groups[0]["lr"]
    shape = {"pct_start": 0.25, "anneal_strategy": "linear", "div_factor": 10, "final_div_factor": 100}
    return OneCycleLR(optimizer, highest, total_steps=steps, cycle_momentum=False, **shape)


def _refuse(recipe: Recipe, X: Tensor, y: Tensor) -> None:
    if X.dtype != torch.uint8 or X.ndim != 4:
        raise ValueError(f"X must be uint8 pictures (N, C, H, W), got {X.dtype} of shape {tuple(X.shape)}")
    if y.shape != (len(X),):
        raise ValueError(f"y must have a class for each of the {len(X)} pictures, got shape {tuple(y.shape)}")
    if len(X) < recipe.batch_size:
        raise ValueError(f"X must hold at least a batch of {recipe.batch_size} pictures, got {len(X)}")


def accuracy(model: nn.Module, X: Tensor, y: Tensor) -> float:
    """Return the share of pictures whose largest logit is that of their class."""
    score = training.evaluate(model, TensorBatches(X, y, batch_size=1000), nn.CrossEntropyLoss())
    return cast("float", score.accuracy)  # measured, since the targets are classes
