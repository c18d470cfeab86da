"""Three losses of two parameters, and the paths that torch's optimizers take down them.

Each landscape is hard in its own way, its least loss is 0, and all numbers are float64. The functions return
small frozen records which the interactive figure draws; nothing is drawn here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Integral, Real

import torch
from torch import Tensor
from torch.optim import SGD, Adam, AdamW, Optimizer, RMSprop

#: An optimizer has arrived once its loss stays below this.
GOAL = 0.01

#: The learning rates that :func:`tuned_lr` tries: eight in each power of ten, from 0.001 to 1.
LEARNING_RATES: tuple[float, ...] = tuple(10 ** (step / 8) for step in range(-24, 1))

#: How far weights shrink towards 0 under AdamW; torch's own default.
WEIGHT_DECAY = 0.01

#: The angle between the ravine's floor and the x axis, in radians, and the place of its minimum.
RAVINE_ANGLE = math.radians(30)
RAVINE_MINIMUM = (1.2, 0.5)
BUMPS_MINIMUM = (1.0, 0.5)


def ravine(x: Tensor, y: Tensor) -> Tensor:
    """Return the height of a narrow slanted valley: 200 times as curved across as along."""
    x, y = x - RAVINE_MINIMUM[0], y - RAVINE_MINIMUM[1]
    along = x * math.cos(RAVINE_ANGLE) + y * math.sin(RAVINE_ANGLE)
    across = y * math.cos(RAVINE_ANGLE) - x * math.sin(RAVINE_ANGLE)
    return (along**2 + 200 * across**2) / 40


def saddle(x: Tensor, y: Tensor) -> Tensor:
    """Return the height of a steep valley with a flat floor: minima at (0, ±1), a saddle between them."""
    return 2 * x**2 + 0.05 * (y**2 - 1) ** 2


def bumps(x: Tensor, y: Tensor) -> Tensor:
    """Return the height of a wavy bowl: many local minima, of which only the middle one is 0."""
    x, y = x - BUMPS_MINIMUM[0], y - BUMPS_MINIMUM[1]
    waves = 2 - torch.cos(4 * x) - torch.cos(4 * y)
    return 0.1 * (x**2 + y**2) + 0.1 * waves


@dataclass(frozen=True)
class Landscape:
    """A loss of two parameters.

    Attributes
    ----------
    loss : callable
        Takes tensors ``x`` and ``y`` of one shape and returns the loss in the same shape.
    start : (x, y)
        Where a race begins.
    minima : tuple of (x, y)
        Where the loss is 0.
    """

    loss: Callable[[Tensor, Tensor], Tensor]
    start: tuple[float, float]
    minima: tuple[tuple[float, float], ...]


LANDSCAPES: dict[str, Landscape] = {
    "ravine": Landscape(ravine, (-1.8, -0.2), (RAVINE_MINIMUM,)),
    "saddle": Landscape(saddle, (-1.6, 0.01), ((0.0, 1.0), (0.0, -1.0))),
    "bumps": Landscape(bumps, (-1.6, -1.3), (BUMPS_MINIMUM,)),
}

#: name -> the optimizer for parameters and a learning rate; whatever is not named is torch's default.
OPTIMIZERS: dict[str, Callable[[Sequence[Tensor], float], Optimizer]] = {
    "SGD": lambda parameters, lr: SGD(parameters, lr=lr),
    "momentum": lambda parameters, lr: SGD(parameters, lr=lr, momentum=0.9),
    "RMSprop": lambda parameters, lr: RMSprop(parameters, lr=lr),
    "Adam": lambda parameters, lr: Adam(parameters, lr=lr),
    "AdamW": lambda parameters, lr: AdamW(parameters, lr=lr, weight_decay=WEIGHT_DECAY),
}


@dataclass(frozen=True, eq=False)
class Run:
    """What one optimizer did.

    Attributes
    ----------
    points : Tensor, shape (T + 1, 2)
        The parameters before the first step and after each of the T steps.
    losses : Tensor, shape (T + 1,)
        The loss at each point.
    """

    points: Tensor
    losses: Tensor

    @property
    def arrival(self) -> int | None:
        """The step from which on the loss stays below :data:`GOAL`; None if it does not."""
        above = torch.nonzero(~(self.losses < GOAL)).flatten()
        step = int(above[-1]) + 1 if len(above) else 0
        return step if step < len(self.losses) else None


def run(
    landscape: str, optimizer: str, *, lr: float, start: Sequence[float] | None = None, num_steps: int = 100
) -> Run:
    """Let one of torch's optimizers walk down a landscape, with exact gradients from autograd.

    Parameters
    ----------
    landscape, optimizer : str
        Names in :data:`LANDSCAPES` and :data:`OPTIMIZERS`.
    lr : float
        Learning rate, positive.
    start : (x, y), optional
        Where to begin; the landscape's own start when omitted.
    num_steps : int
        How many steps to take.

    Raises
    ------
    ValueError
        When an argument is not as described; the message names it.
    """
    check_names(landscape, optimizer)
    begin = LANDSCAPES[landscape].start if start is None else start
    _check_run_arguments(lr, begin, num_steps)
    # Gradients are needed, whatever the caller has switched off.
    with torch.inference_mode(False), torch.enable_grad():
        point = torch.tensor(begin, dtype=torch.float64, requires_grad=True)
        return _walk(LANDSCAPES[landscape].loss, point, OPTIMIZERS[optimizer]([point], lr), num_steps)


def _walk(
    loss_of: Callable[[Tensor, Tensor], Tensor], point: Tensor, stepper: Optimizer, num_steps: int
) -> Run:
    points, losses = [], []
    for _ in range(num_steps):
        loss = loss_of(point[0], point[1])
        points.append(point.detach().clone())
        losses.append(loss.detach())
        stepper.zero_grad()
        loss.backward()
        stepper.step()
    points.append(point.detach().clone())
    return Run(torch.stack(points), torch.stack([*losses, loss_of(*points[-1])]))


def _check_run_arguments(lr: float, start: Sequence[float], num_steps: int) -> None:
    if not (isinstance(lr, Real) and math.isfinite(lr) and lr > 0):
        raise ValueError(f"lr must be a positive number, got {lr!r}")
    pair = isinstance(start, (Sequence, Tensor)) and len(start) == 2
    if not (pair and all(math.isfinite(value) for value in start)):
        raise ValueError(f"start must be two finite numbers (x, y), got {start!r}")
    if not isinstance(num_steps, Integral) or num_steps < 0:
        raise ValueError(f"num_steps must be a whole number, at least 0, got {num_steps!r}")


def tuned_lr(
    landscape: str, optimizer: str, *, start: Sequence[float] | None = None, num_steps: int = 100
) -> float:
    """Return the best of :data:`LEARNING_RATES`: the earliest arrival.

    Of equals, and where none arrives, the one whose worst loss among its last 20 is least. A rate so large
    that the path leaps about at random is not chosen for one lucky leap, unless that is the last step.
    """

    def rank(lr: float) -> tuple[float, float]:
        tried = run(landscape, optimizer, lr=lr, start=start, num_steps=num_steps)
        worst = float(tried.losses[-20:].max())
        arrival = num_steps + 1 if tried.arrival is None else tried.arrival
        return arrival, worst if math.isfinite(worst) else math.inf

    return min(LEARNING_RATES, key=rank)


def check_names(landscape: str, optimizer: str | None = None) -> None:
    """Raise a ``ValueError`` that lists the names there are, unless these are among them."""
    if landscape not in LANDSCAPES:
        raise ValueError(f"landscape must be one of {sorted(LANDSCAPES)}, got {landscape!r}")
    if optimizer is not None and optimizer not in OPTIMIZERS:
        raise ValueError(f"optimizer must be one of {sorted(OPTIMIZERS)}, got {optimizer!r}")
