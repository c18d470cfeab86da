"""Six broken training loops and the one they should be: small runs on data of their own, seconds in all.

The data are points in the plane: ten clouds along a spiral, one for each class. A :class:`Recipe` says
what a loop does; :data:`HEALTHY` does everything right, and each of :data:`BROKEN` differs from it in
one thing. :func:`run` trains by a recipe, :func:`examine` makes the six tests that tell the bugs apart.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from helpers.batches import TensorBatches

NUM_CLASSES = 10

#: Loss of a model that finds all ten classes equally likely.
CHANCE = math.log(NUM_CLASSES)


@dataclass(frozen=True)
class Recipe:
    """What a training loop does; the defaults are right.

    Attributes
    ----------
    softmax : bool
        Whether the model ends in a softmax, which the loss takes a second time.
    shuffle : bool
        Whether each epoch reads the samples in a new order; stored, they lie class by class.
    eval_mode : bool
        Whether the model is put in evaluation mode to be measured.
    number : bool
        Whether a number is predicted (how far the point lies from the middle) instead of a class.
    column : bool
        Whether those targets have the shape (N, 1) of the outputs instead of (N,).
    zero_grad : bool
        Whether the gradients are emptied before each backward pass.
    lr : float
        Learning rate of Adam.
    """

    softmax: bool = False
    shuffle: bool = True
    eval_mode: bool = True
    number: bool = False
    column: bool = True
    zero_grad: bool = True
    lr: float = 0.01


HEALTHY = Recipe()

#: name of the bug -> the recipe that has it
BROKEN: dict[str, Recipe] = {
    "no shuffle": Recipe(shuffle=False),
    "softmax twice": Recipe(softmax=True),
    "no zero_grad": Recipe(zero_grad=False),
    "[N, 1] against [N]": Recipe(number=True, column=False),
    "no eval": Recipe(eval_mode=False),
    "lr too high": Recipe(lr=0.3),
}

#: The same under letters, so that a reader can guess first.
PATIENTS: dict[str, Recipe] = dict(zip("ABCDEF", BROKEN.values(), strict=True))


def repaired(recipe: Recipe) -> Recipe:
    """Return the recipe with every bug taken out; what is predicted stays the same."""
    return replace(HEALTHY, number=recipe.number)


class Course(NamedTuple):
    """Losses of a run, one an epoch; the accuracy stays empty where a number is predicted."""

    train_loss: list[float]
    val_loss: list[float]
    accuracy: list[float]


class Findings(NamedTuple):
    """What the tests of :func:`examine` measure on a fresh model.

    Attributes
    ----------
    labels : int
        Different labels among the twenty of the first batch.
    one_batch : float
        Loss on twenty samples after 300 updates with these alone.
    leftover : float
        How far the gradient of the second update is from that of its batch alone, as a share of the
        latter: 0 when nothing is left of the first.
    same_shape : bool
        Whether numbers to predict and predictions have one shape.
    spread : float
        Largest difference between two answers of one and the same model to the same samples.
    step : float
        Length of the first update, as a share of the length of all parameters.
    """

    labels: int
    one_batch: float
    leftover: float
    same_shape: bool
    spread: float
    step: float


def spiral_clouds(count: int, *, seed: int) -> tuple[Tensor, Tensor]:
    """Draw ``count`` points of each of ten clouds along a spiral, stored class by class.

    Returns
    -------
    X : Tensor of float32, shape (10 * count, 2)
    y : Tensor of int64, shape (10 * count,)
    """
    generator = torch.Generator().manual_seed(seed)
    y = torch.arange(NUM_CLASSES).repeat_interleave(count)
    angle, radius = 0.9 * y, 0.6 + 0.16 * y
    centres = radius[:, None] * torch.stack([angle.cos(), angle.sin()], dim=1)
    return centres + 0.18 * torch.randn(len(y), 2, generator=generator), y


def run(recipe: Recipe, *, num_epochs: int = 12, seed: int = 0) -> Course:
    """Train by a recipe and return the losses after each epoch; warnings are kept quiet."""
    course = Course([], [], [])
    with warnings.catch_warnings(), torch.random.fork_rng(devices=[]):
        warnings.simplefilter("ignore")
        train, val = (
            _targets(recipe, *spiral_clouds(count, seed=seed + k)) for k, count in ((0, 60), (1, 30))
        )
        model, optimizer = _fresh(recipe, seed)
        batches = _batches(recipe, *train, seed=seed)
        for _ in range(num_epochs):
            course.train_loss.append(_train(recipe, model, optimizer, batches))
            loss, accuracy = _measure(recipe, model, *val)
            course.val_loss.append(loss)
            if accuracy is not None:
                course.accuracy.append(accuracy)
    return course


def examine(recipe: Recipe, *, seed: int = 0) -> Findings:
    """Make the six tests on fresh models; the recipe's own training is not run."""
    with warnings.catch_warnings(), torch.random.fork_rng(devices=[]):
        warnings.simplefilter("ignore")
        X, y = _targets(recipe, *spiral_clouds(60, seed=seed))
        first, mixed = next(iter(_batches(recipe, X, y, seed=seed))), (X[::30], y[::30])
        model, _ = _fresh(recipe, seed)
        model.train(not recipe.eval_mode)
        return Findings(
            labels=len(first[1].unique()),
            one_batch=_one_batch(recipe, *mixed, seed=seed),
            leftover=_leftover(recipe, first, mixed, seed=seed),
            same_shape=not recipe.number or model(X).shape == y.shape,
            spread=(model(X) - model(X)).abs().max().item(),
            step=_first_step(recipe, *mixed, seed=seed),
        )


def _one_batch(recipe: Recipe, X: Tensor, y: Tensor, *, seed: int) -> float:
    model, optimizer = _fresh(recipe, seed)
    for _ in range(300):
        _update(recipe, model, optimizer, X, y)
    return _measure(recipe, model, X, y)[0]


def _leftover(recipe: Recipe, first: Sequence[Tensor], second: tuple[Tensor, Tensor], *, seed: int) -> float:
    model, optimizer = _fresh(recipe, seed)
    model.eval()  # the gradients compared shall differ by the first batch, not by dropout
    _update(recipe, model, optimizer, *first)
    alone = torch.autograd.grad(_loss(recipe, model(second[0]), second[1]), list(model.parameters()))
    if recipe.zero_grad:
        optimizer.zero_grad()
    _loss(recipe, model(second[0]), second[1]).backward()
    found = [parameter.grad for parameter in model.parameters() if parameter.grad is not None]
    return _norm([a - b for a, b in zip(found, alone, strict=True)]) / _norm(alone)


def _first_step(recipe: Recipe, X: Tensor, y: Tensor, *, seed: int) -> float:
    model, optimizer = _fresh(recipe, seed)
    before = [parameter.detach().clone() for parameter in model.parameters()]
    _update(recipe, model, optimizer, X, y)
    moved = [after.detach() - old for after, old in zip(model.parameters(), before, strict=True)]
    return _norm(moved) / _norm(before)


def _norm(tensors: Iterable[Tensor]) -> float:
    return torch.cat([tensor.flatten() for tensor in tensors]).norm().item()


def _fresh(recipe: Recipe, seed: int) -> tuple[nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(seed)
    layers = [nn.Linear(2, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, 64), nn.ReLU(), nn.Dropout()]
    layers.append(nn.Linear(64, 1 if recipe.number else NUM_CLASSES))
    if recipe.softmax:
        layers.append(nn.Softmax(dim=1))
    model = nn.Sequential(*layers)
    return model, torch.optim.Adam(model.parameters(), lr=recipe.lr)


def _targets(recipe: Recipe, X: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    if not recipe.number:
        return X, y
    return X, X.norm(dim=1, keepdim=recipe.column)


def _batches(recipe: Recipe, X: Tensor, y: Tensor, *, seed: int) -> TensorBatches:
    order = torch.Generator().manual_seed(seed)
    return TensorBatches(X, y, batch_size=20, shuffle=recipe.shuffle, generator=order)


def _loss(recipe: Recipe, y_hat: Tensor, y: Tensor) -> Tensor:
    return functional.mse_loss(y_hat, y) if recipe.number else functional.cross_entropy(y_hat, y)


def _update(
    recipe: Recipe, model: nn.Module, optimizer: torch.optim.Optimizer, X: Tensor, y: Tensor
) -> float:
    if recipe.zero_grad:
        optimizer.zero_grad()
    loss = _loss(recipe, model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def _train(
    recipe: Recipe,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    batches: Iterable[Sequence[Tensor]],
) -> float:
    model.train()
    losses = [_update(recipe, model, optimizer, X, y) for X, y in batches]
    return sum(losses) / len(losses)


@torch.no_grad()
def _measure(recipe: Recipe, model: nn.Module, X: Tensor, y: Tensor) -> tuple[float, float | None]:
    model.train(not recipe.eval_mode)
    y_hat = model(X)
    accuracy = None if recipe.number else (y_hat.argmax(dim=1) == y).float().mean().item()
    return _loss(recipe, y_hat, y).item(), accuracy
