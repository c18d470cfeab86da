"""What training reached where it was measured: tables for chapters 12 and 13, and bands to hold runs to.

``make results`` measures; `measured.yaml` holds the numbers; nothing here trains.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

import yaml

#: What `make results` wrote: data set -> "real" or "stand-in" -> row -> numbers.
RECORD = Path(__file__).parent / "measured.yaml"

#: Spread of an accuracy over seeds that three of them may hide: that of counting right answers, of 90 % among
#: 10,000 test pictures and of 80 % among 5,000 of validation.
LEAST_SPREAD, LEAST_VALIDATION_SPREAD = 0.003, 0.006


@dataclass(frozen=True)
class Row:
    """One way of training, measured with some seeds.

    Attributes
    ----------
    name, title : str
        How the row is called, in code and for the reader.
    accuracies : tuple of float
        On the test set, one a seed, in [0, 1]. It is read once, after training; nothing is chosen by it.
    seconds : tuple of float
        Of training, one a seed, on all cores.
    memory : int
        Most memory that the process held, in MiB: libraries and pictures included.
    parameters, epochs : int
        Of the network, and of its training.
    machine, date, data : str
        Where, when and on what it was measured.
    validation : tuple of float
        Accuracies to choose by, one a seed: on validation pictures, cut from the training set, of networks
        trained without them. Empty where nothing is chosen.
    """

    name: str
    title: str
    accuracies: tuple[float, ...]
    seconds: tuple[float, ...]
    memory: int
    parameters: int
    epochs: int
    machine: str
    date: str
    data: str
    validation: tuple[float, ...] = ()

    @property
    def mean(self) -> float:
        """Mean accuracy over the seeds."""
        return statistics.fmean(self.accuracies)

    @property
    def spread(self) -> float | None:
        """Sample standard deviation of the accuracy over the seeds; None with one seed."""
        return statistics.stdev(self.accuracies) if len(self.accuracies) > 1 else None

    @property
    def fastest(self) -> float:
        """Seconds of the fastest seed: whatever else a machine does only adds to them."""
        return min(self.seconds)

    @property
    def band(self) -> tuple[float, float]:
        """Ends of the accuracies that another run may be expected to have: three spreads on each side.

        Raises
        ------
        ValueError
            With fewer than three seeds, which say too little about the spread.
        """
        return _band(self.name, self.accuracies, LEAST_SPREAD)

    @property
    def validation_mean(self) -> float:
        """Mean accuracy on the validation pictures.

        Raises
        ------
        ValueError
            The row was not judged on any.
        """
        if not self.validation:
            raise ValueError(f"{self.name} was not judged on validation pictures")
        return statistics.fmean(self.validation)

    @property
    def validation_band(self) -> tuple[float, float]:
        """As `band`, for the accuracies on the validation pictures."""
        return _band(self.name, self.validation, LEAST_VALIDATION_SPREAD)


def _band(name: str, accuracies: tuple[float, ...], least_spread: float) -> tuple[float, float]:
    if len(accuracies) < 3:
        raise ValueError(f"{name}: a band needs three seeds, there are {len(accuracies)}")
    mean, margin = statistics.fmean(accuracies), 3 * max(statistics.stdev(accuracies), least_spread)
    return mean - margin, mean + margin


def rows(data_set: str, *, standin: bool = False, path: Path = RECORD) -> dict[str, Row]:
    """Return what was measured on a data set, by the names of the rows.

    Parameters
    ----------
    data_set : {"FashionMNIST", "CIFAR10"}
    standin : bool
        Whether on the pictures drawn in its place.
    path : Path
        The record.

    Raises
    ------
    ValueError
        The record holds nothing of the kind; the message says what it holds.
    """
    record = yaml.safe_load(path.read_text("utf-8"))
    kind = "stand-in" if standin else "real"
    try:
        found = record[data_set][kind]
    except KeyError:
        known = ", ".join(f"{name} ({kind})" for name, kinds in record.items() for kind in kinds)
        raise ValueError(f"nothing was measured on {data_set} ({kind}); {path.name} holds {known}") from None
    return {name: _row(name, fields) for name, fields in found.items()}


def _row(name: str, fields: dict) -> Row:
    lists = {key: tuple(fields.get(key, ())) for key in ("accuracies", "seconds", "validation")}
    return Row(name=name, **{**fields, **lists})


def row(data_set: str, name: str, *, standin: bool = False) -> Row:
    """Return one row of :func:`rows`; KeyError names those there are."""
    found = rows(data_set, standin=standin)
    if name not in found:
        raise KeyError(f"no row {name!r} of {data_set}; there are {', '.join(found)}")
    return found[name]


def table(chosen: Iterable[Row]) -> str:
    """Return rows as text: test accuracy as mean ± spread in per cent, seconds, memory, and their origin.

    The spread is that of three seeds; a row without one was trained with one. Seconds are those of the
    fastest seed.

    Raises
    ------
    ValueError
        No row was given.
    """
    chosen = list(chosen)
    if not chosen:
        raise ValueError("chosen must hold at least one row")
    lines = [f"{'':37}{'parameters':>10}{'test, %':>14}{'seconds':>9}{'MiB':>6}"]
    lines += [_line(one) for one in chosen]
    origins = [one.data for one in chosen] + [f"{one.machine}; {one.date}" for one in chosen]
    return "\n".join([*lines, *(fill(origin, len(lines[0])) for origin in dict.fromkeys(origins))])


def _line(one: Row) -> str:
    spread = "" if one.spread is None else f" ± {100 * one.spread:.1f}"
    accuracy = f"{100 * one.mean:.1f}{spread or '      '}"
    return f"{one.title:37}{one.parameters:10,}{accuracy:>14}{one.fastest:9.0f}{one.memory:6,}"
