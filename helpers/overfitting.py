"""Small networks that learn a noisy wave until they learn its noise, and where patience stops them.

The networks of several seeds train side by side, as slices of one set of tensors: each seed has its own
samples and its own initial weights, and the sum of their losses keeps their gradients apart. All numbers are
float64. Nothing is drawn here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

#: Standard deviation of the noise; no model can have an expected loss below its square.
NOISE = 0.5

#: Samples to train on, to validate on, and to test on.
NUM_SAMPLES = {"train": 16, "val": 16, "test": 500}

LEARNING_RATE = 0.006


@dataclass(frozen=True, eq=False)
class Training:
    """What S networks of one size did, at E moments of their training.

    Attributes
    ----------
    width : int
        Units in each of the two hidden layers.
    num_weights : int
        Weights and biases of one network.
    epochs : tuple of int, length E
        After how many epochs the losses were measured; the first is 0.
    train_loss, val_loss, test_loss : Tensor, shape (S, E)
        Mean squared errors on the three sets of samples of each seed.
    fits : Tensor, shape (E, G)
        Predictions of the first seed's network on the grid that was given.
    """

    width: int
    num_weights: int
    epochs: tuple[int, ...]
    train_loss: Tensor
    val_loss: Tensor
    test_loss: Tensor
    fits: Tensor


def wave(x: Tensor) -> Tensor:
    """Return what there is to learn: ``sin(4 x)``."""
    return torch.sin(4 * x)


def samples(seed: int) -> dict[str, tuple[Tensor, Tensor]]:
    """Draw the samples of one seed: name of the set -> ``(x, y)``, N numbers each.

    The ``x`` are spread over -1 ... 1, one at random in each of N equal parts; ``y`` is the wave with noise.
    """
    generator = torch.Generator().manual_seed(seed)
    drawn = {}
    for name, num in NUM_SAMPLES.items():
        shares = torch.arange(num) + torch.rand(num, generator=generator, dtype=torch.float64)
        x = 2 * shares / num - 1
        drawn[name] = (x, wave(x) + NOISE * torch.randn(num, generator=generator, dtype=torch.float64))
    return drawn


def train(width: int, *, seeds: Sequence[int], num_epochs: int, every: int, grid: Tensor) -> Training:
    """Train networks with two hidden layers of ``width`` tanh units by Adam on all samples at once.

    Parameters
    ----------
    width : int
        Units in each hidden layer.
    seeds : sequence of S ints
        One network for each, with its own samples and initial weights.
    num_epochs, every : int
        How long to train, and after how many epochs to measure, again and again.
    grid : Tensor, shape (G,)
        Where to record the function that the first seed's network computes.
    """
    weights = _initial_weights(width, seeds)
    optimizer = torch.optim.Adam(weights, lr=LEARNING_RATE)
    drawn = [samples(seed) for seed in seeds]
    sets = {
        name: [torch.stack(part)[..., None] for part in zip(*(d[name] for d in drawn), strict=True)]
        for name in NUM_SAMPLES
    }
    losses: dict[str, list[Tensor]] = {name: [] for name in sets}
    fits = []
    for epoch in range(num_epochs + 1):
        if epoch % every == 0:
            with torch.no_grad():
                for name, (x, y) in sets.items():
                    losses[name].append(_losses(weights, x, y))
                fits.append(_predict([w[:1] for w in weights], grid[None, :, None]).flatten())
        optimizer.zero_grad()
        _losses(weights, *sets["train"]).sum().backward()
        optimizer.step()
    curves = {f"{name}_loss": torch.stack(values, dim=1) for name, values in losses.items()}
    num_weights = sum(w[0].numel() for w in weights)
    return Training(
        width, num_weights, tuple(range(0, num_epochs + 1, every)), **curves, fits=torch.stack(fits)
    )


def patience_stop(val_losses: Sequence[float], patience: int) -> tuple[int, int]:
    """Return ``(best, stopped)``: where early stopping keeps the weights, and where it ends the training.

    Both count the entries of ``val_losses`` from 0. Training ends at the first entry that is the
    ``patience``-th in a row without a new lowest loss, or at the last one there is.
    """
    best = 0
    for now, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = now
        elif now - best >= patience:
            return best, now
    return best, len(val_losses) - 1


def _initial_weights(width: int, seeds: Sequence[int]) -> list[Tensor]:
    """Draw three layers uniformly, as ``nn.Linear`` does; the first layer three times as wide."""
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    weights = []
    for inputs, outputs in ((1, width), (width, width), (width, 1)):
        bound = 3.0 if inputs == 1 and not weights else 1 / math.sqrt(inputs)
        for rows in (inputs, 1):
            drawn = [torch.rand(rows, outputs, generator=g, dtype=torch.float64) for g in generators]
            weights.append(((2 * torch.stack(drawn) - 1) * bound).requires_grad_())
    return weights


def _predict(weights: Sequence[Tensor], x: Tensor) -> Tensor:
    """Return predictions of shape (S, N, 1) for inputs of shape (S, N, 1)."""
    w1, b1, w2, b2, w3, b3 = weights
    hidden = torch.tanh(torch.baddbmm(b1, x, w1))
    hidden = torch.tanh(torch.baddbmm(b2, hidden, w2))
    return torch.baddbmm(b3, hidden, w3)


def _losses(weights: Sequence[Tensor], x: Tensor, y: Tensor) -> Tensor:
    """Mean squared error of each seed's network, shape (S,)."""
    return ((_predict(weights, x) - y) ** 2).mean(dim=(1, 2))
