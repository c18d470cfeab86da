"""Train and evaluate a model: the loops as the book teaches them, and a record of what they measured.

Nothing here knows of a data set or of a figure. A loader is anything that gives batches ``(X, y)``
each time it is read: a :class:`torch.utils.data.DataLoader`, or :class:`TensorBatches` over tensors
that are already in memory. The loops draw no random numbers of their own, so a seeded model and a
seeded loader give the same bits again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field, fields
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from helpers.batches import TensorBatches, whole_number

__all__ = ["History", "Score", "TensorBatches", "evaluate", "fit", "pick_device", "train_loop"]

#: Of each batch the inputs and the targets: a list from a DataLoader, a tuple from TensorBatches.
Loader = Iterable[Sequence[Tensor]]
LossFunction = Callable[[Tensor, Tensor], Tensor]


def pick_device() -> torch.device:
    """Return the accelerator of this machine if it has one that can be used, else the CPU."""
    # Unchecked, it also names a kind that this build supports and the machine lacks.
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")


class Score(NamedTuple):
    """What :func:`evaluate` measures.

    Attributes
    ----------
    loss : float
        Mean over all samples of the loss.
    accuracy : float or None
        Share of the samples whose largest output is that of their label, in [0, 1]; None where the
        targets are not class indices.
    """

    loss: float
    accuracy: float | None


@dataclass
class History:
    """One number an epoch; a list stays empty where its quantity was not measured.

    Attributes
    ----------
    train_loss : list of float
        Mean loss over the training samples, each taken when its batch was trained on, so while the
        model was changing.
    val_loss, accuracy : list of float
        Loss and accuracy on the validation samples at the end of the epoch.
    lr : list of float
        Learning rate of the optimizer's first group of parameters during the epoch.
    """

    train_loss: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    lr: list[float] = field(default_factory=list)

    @property
    def num_epochs(self) -> int:
        """Epochs recorded."""
        return len(self.train_loss)

    def append(self, **values: float | None) -> None:
        """Add one epoch's values by name; those that are None were not measured."""
        for name, value in values.items():
            if value is not None:
                getattr(self, name).append(float(value))


_NAMES = tuple(entry.name for entry in fields(History))


def train_loop(
    model: nn.Module,
    loader: Loader,
    loss_fn: LossFunction,
    optimizer: Optimizer,
    *,
    on_batch: Callable[[int], object] | None = None,
) -> float:
    """Train for one epoch: one update of the parameters for each batch.

    Parameters
    ----------
    model : nn.Module
        Is put in training mode. Batches are moved to the device of its parameters.
    loader : iterable of (X, y)
        Inputs and targets; class indices are int64.
    loss_fn : callable
        ``loss_fn(y_hat, y)`` is the mean over the samples of a batch.
    optimizer : Optimizer
        Over the model's parameters.
    on_batch : callable, optional
        Called with the number of batches done, after each.

    Returns
    -------
    float
        Mean loss over the samples of the epoch; a short last batch counts by its samples.

    Raises
    ------
    ValueError
        The loader gives no batch, outputs and targets do not fit, or the loss is not a mean.
    TypeError
        The labels are integers of another dtype than int64.
    """
    _refuse_sums(loss_fn)
    model.train()
    total, count = 0.0, 0
    for batch, (X, y) in enumerate(_on_device_of(model, loader), start=1):
        optimizer.zero_grad()
        loss = _loss(loss_fn, model(X), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
        if on_batch is not None:
            on_batch(batch)
    return _mean(total, count)


@torch.inference_mode()
def evaluate(model: nn.Module, loader: Loader, loss_fn: LossFunction) -> Score:
    """Measure the loss and, for class labels, the accuracy, over all samples of a loader.

    The model is put in evaluation mode and left in it; neither its parameters nor its buffers change.
    Parameters and errors are those of :func:`train_loop`.
    """
    _refuse_sums(loss_fn)
    model.eval()
    total, correct, count = 0.0, 0.0, 0
    for X, y in _on_device_of(model, loader):
        y_hat = model(X)
        total += _loss(loss_fn, y_hat, y).item() * len(y)
        correct += _count_correct(y_hat, y)
        count += len(y)
    loss = _mean(total, count)
    return Score(loss, None if math.isnan(correct) else correct / count)


def fit(
    model: nn.Module,
    train_loader: Loader,
    loss_fn: LossFunction,
    optimizer: Optimizer,
    *,
    num_epochs: int,
    val_loader: Loader | None = None,
    scheduler: LRScheduler | None = None,
    on_batch: Callable[..., object] | None = None,
    on_epoch: Callable[..., object] | None = None,
) -> History:
    """Train for some epochs, evaluate after each, and return what was measured.

    Parameters
    ----------
    model, train_loader, loss_fn, optimizer
        As in :func:`train_loop`.
    num_epochs : int
        How often the training samples are read, at least 1.
    val_loader : iterable of (X, y), optional
        Validation samples; without them only the training loss is recorded.
    scheduler : LRScheduler, optional
        Stepped after each epoch.
    on_batch : callable, optional
        Called after each batch with the keywords ``epoch``, ``batch`` (both from 1) and
        ``num_batches`` (None when the loader has no length).
    on_epoch : callable, optional
        Called after each epoch with the values of that epoch by the names of :class:`History`.

    Returns
    -------
    History

    Raises
    ------
    ValueError
        ``num_epochs`` below 1; and all errors of :func:`train_loop`.
    """
    history = History()
    for epoch in range(1, whole_number("num_epochs", num_epochs) + 1):
        each_batch = _batch_follower(on_batch, epoch, train_loader)
        lr = float(optimizer.param_groups[0]["lr"])
        train_loss = train_loop(model, train_loader, loss_fn, optimizer, on_batch=each_batch)
        measured = (None, None) if val_loader is None else evaluate(model, val_loader, loss_fn)
        values = dict(zip(_NAMES, (train_loss, *measured, lr), strict=True))
        history.append(**values)
        if scheduler is not None:
            scheduler.step()
        if on_epoch is not None:
            on_epoch(**values)
    return history


def _batch_follower(
    on_batch: Callable[..., object] | None, epoch: int, loader: Loader
) -> Callable[[int], object] | None:
    if on_batch is None:
        return None
    num_batches = len(loader) if isinstance(loader, Sized) else None
    return lambda batch: on_batch(epoch=epoch, batch=batch, num_batches=num_batches)


def _on_device_of(model: nn.Module, loader: Loader) -> Iterator[tuple[Tensor, Tensor]]:
    parameter = next(model.parameters(), None)
    device = torch.device("cpu") if parameter is None else parameter.device
    for X, y in loader:
        yield X.to(device), y.to(device)


def _holds_classes(y: Tensor) -> bool:
    return y.ndim == 1 and not (y.is_floating_point() or y.is_complex())


def _count_correct(y_hat: Tensor, y: Tensor) -> float:
    # Where there are no classes there is no count; NaN stays NaN in any sum.
    return float((y_hat.argmax(dim=1) == y).sum()) if _holds_classes(y) else math.nan


def _loss(loss_fn: LossFunction, y_hat: Tensor, y: Tensor) -> Tensor:
    if not _holds_classes(y):
        _refuse_unequal_shapes(y_hat, y)
    elif y.dtype != torch.int64:
        raise TypeError(f"labels must be class indices of dtype int64, got {y.dtype}; use labels.long()")
    return loss_fn(y_hat, y)


def _refuse_unequal_shapes(y_hat: Tensor, y: Tensor) -> None:
    # (N, 1) against (N,) would broadcast to (N, N): a loss comes out, and the model learns the mean.
    if y_hat.shape != y.shape:
        shapes = f"{tuple(y_hat.shape)} and {tuple(y.shape)}"
        raise ValueError(
            f"outputs and targets must have one shape, or class labels the shape (N,), got {shapes}"
        )


def _refuse_sums(loss_fn: LossFunction) -> None:
    reduction = getattr(loss_fn, "reduction", "mean")
    if reduction != "mean":
        raise ValueError(f"loss_fn must return the mean over a batch, got one with reduction={reduction!r}")


def _mean(total: float, count: int) -> float:
    if count == 0:
        raise ValueError("loader gives no sample: its data set is empty, or drop_last left nothing")
    return total / count
