"""Progress and curves of a training run: live while it trains, a finished run to read off afterwards."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import traitlets

from helpers.figures.base import Figure
from helpers.figures.parameters import Number, Numbers, Parameter, Whole

#: The curves, by the names that `update` takes.
CURVES = ("train_loss", "val_loss", "accuracy", "lr")

#: How often at most the progress within an epoch is sent to the page.
STEPS_AN_EPOCH = 20


_CURVE = "one number an epoch; one that is not finite leaves a gap"


def _curve(name: str) -> Callable[[Sequence[float], TrainingMonitor], list[float | None]]:
    return lambda values, monitor: [_shown(name, value) for value in values]


def _shown(name: str, value: float | None) -> float | None:
    """Return a value as it is sent: six digits, which no axis resolves, and None for what is not finite."""
    value = math.nan if value is None else float(value)
    if name == "accuracy" and math.isfinite(value) and not 0.0 <= value <= 1.0:
        raise ValueError(f"accuracy must lie in [0, 1], got {value}")
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _long_enough(num_epochs: int, monitor: TrainingMonitor) -> int:
    if (done := monitor.epochs_given()) > num_epochs:
        raise ValueError(f"num_epochs must be at least the {done} epochs given, got {num_epochs}")
    return num_epochs


def _increasing(ends: list[float], monitor: TrainingMonitor) -> list[float]:
    if ends[0] >= ends[1]:
        raise ValueError(f"accuracy_range must be (low, high) with low < high, got {ends}")
    return ends


def _common_length(curves: dict[str, Sequence[float]]) -> int:
    lengths = {name: len(values) for name, values in curves.items() if len(values)}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"curves must have one value an epoch each, got lengths {lengths}")
    if lengths and "train_loss" not in lengths:
        raise ValueError("train_loss must be given when other curves are")
    return max(lengths.values(), default=0)


class TrainingMonitor(Figure):
    """Loss, accuracy and learning rate against epochs, with a crosshair, and a bar while it trains.

    It takes plain numbers, so it follows any loop::

        monitor = TrainingMonitor(num_epochs=8)
        display(monitor)
        history = fit(..., on_batch=monitor.progress, on_epoch=monitor.update)

    and shows a finished run by ``TrainingMonitor(**vars(history))``. Seconds appear only in the page, while
    it trains; they are not part of the state, so the same run saves the same bytes.
    """

    train_loss = Parameter((), _CURVE, _curve("train_loss"), help="The training loss.")
    val_loss = Parameter((), _CURVE, _curve("val_loss"), help="The validation loss.")
    accuracy = Parameter((), _CURVE, _curve("accuracy"), help="Accuracy on the validation set, in [0, 1].")
    lr = Parameter((), _CURVE, _curve("lr"), help="The learning rate.")
    num_epochs = Whole(
        lambda monitor: monitor.epochs_given(),
        low=1,
        check=_long_enough,
        help="Length of the epoch axis; by default the number of epochs given.",
    )
    loss_limit = Number(
        None,
        above=0,
        help="Top of the loss axis, which starts at 0; by default a round number above the largest loss.",
    )
    accuracy_range = Numbers(
        (0.0, 1.0),
        names="low, high",
        each=Number(low=0, high=1),
        check=_increasing,
        help="Ends of the accuracy axis.",
    )
    epoch = traitlets.Int(0).tag(sync=True)
    batch = traitlets.Int(0).tag(sync=True)
    num_batches = traitlets.Int(0).tag(sync=True)
    shown = ("num_epochs",)

    def derive(self) -> None:
        """Stand at the end of what is given."""
        self.epoch = self.epochs_given()

    def epochs_given(self) -> int:
        """Return how many epochs the curves hold."""
        return _common_length({name: getattr(self, name) for name in CURVES})

    def progress(self, *, epoch: int, batch: int, num_batches: int | None = None) -> None:
        """Say that a batch is done; give it to ``fit`` as ``on_batch``.

        Parameters
        ----------
        epoch, batch : int
            Both counted from 1. Batch 1 of epoch 1 begins a new run: the old curves are dropped.
        num_batches : int, optional
            Batches in an epoch, if known.
        """
        epoch, batch = _whole("epoch", epoch), _whole("batch", batch)
        if epoch == batch == 1:
            self.reset()
        total = 0 if num_batches is None else _whole("num_batches", num_batches)
        if batch == 1 or batch == total or batch % max(1, total // STEPS_AN_EPOCH) == 0:
            with self.hold_sync():
                self.epoch, self.batch, self.num_batches = epoch, batch, total

    def update(
        self,
        *,
        train_loss: float,
        val_loss: float | None = None,
        accuracy: float | None = None,
        lr: float | None = None,
    ) -> None:
        """Add the values of one finished epoch; give it to ``fit`` as ``on_epoch``.

        Raises
        ------
        ValueError
            All ``num_epochs`` epochs are there already, a value is out of range, or one is missing that
            earlier epochs had (or the other way round).
        """
        done = len(self.train_loss)
        if done >= self.num_epochs:
            raise ValueError(f"all {self.num_epochs} epochs are recorded; call reset() to follow another run")
        values = dict(zip(CURVES, (train_loss, val_loss, accuracy, lr), strict=True))
        measured = {name for name, value in values.items() if value is not None}
        expected = {name for name in CURVES if getattr(self, name)} if done else measured
        if measured != expected:
            raise ValueError(f"every epoch must have the same values: expected {sorted(expected)}")
        with self.hold_sync():
            for name in measured:
                setattr(self, name, [*getattr(self, name), _shown(name, values[name])])
            self.epoch = done + 1

    def reset(self) -> None:
        """Drop the curves, to follow another run."""
        with self.hold_sync():
            for name in CURVES:
                setattr(self, name, [])
            self.epoch = self.batch = self.num_batches = 0


def _whole(name: str, value: int) -> int:
    if not math.isfinite(value) or value != int(value) or value < 1:
        raise ValueError(f"{name} must be a whole number, at least 1, got {value}")
    return int(value)
