"""Measuring a row, seed by seed, and recording it.

Each seed of each row is trained in a process of its own, on all cores, so that memory and seconds are its
own. A row is recorded as soon as it is complete. The data are those of BOOK_DATA, as everywhere: once with
the real pictures and once with BOOK_DATA=standin fills both halves of the record.

What chapter 13 chooses between is trained a second time, without the validation pictures, and judged by
them. That number does not depend on the machine, so it can be had on a slow one.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import yaml

from bookbuild import records
from bookbuild.bench import timing
from bookbuild.results import rows
from bookbuild.results.rows import ROWS, Entry
from helpers import results


def measure(entry: Entry, seed: int, judges: str = "test") -> dict[str, Any]:
    """Train one seed of a row in a fresh process and return its numbers.

    Parameters
    ----------
    entry : Entry
    seed : int
    judges : {"test", "validation"}
        The pictures that judge the network; in the second case it is trained without them.
    """
    return timing.in_own_process(rows.run_named, entry.name, seed, judges)


def measure_row(entry: Entry) -> tuple[str, dict[str, Any]]:
    """Train all seeds of a row; return on which kind of pictures, and what `measured.yaml` holds of it."""
    runs = [measure(entry, seed) for seed in range(entry.seeds)]
    return runs[0]["kind"], {
        "title": entry.title,
        "accuracies": [run["accuracy"] for run in runs],
        "seconds": [run["seconds"] for run in runs],
        "memory": max(run["memory"] for run in runs),
        "parameters": runs[0]["parameters"],
        "epochs": runs[0]["epochs"],
        "machine": timing.machine("torch", "torchvision", device=runs[0]["device"]),
        "date": datetime.date.today().isoformat(),
        "data": runs[0]["data"],
        **(measure_validation(entry)[1] if entry.validated and runs[0]["kind"] == "real" else {}),
    }


def measure_validation(entry: Entry) -> tuple[str, dict[str, Any]]:
    """Train all seeds of a row without the validation pictures, and let these judge; return as above."""
    runs = [measure(entry, seed, "validation") for seed in range(entry.validated)]
    return runs[0]["kind"], {"validation": [run["accuracy"] for run in runs]}


def record(data_set: str, kind: str, name: str, fields: dict[str, Any], path: Path = results.RECORD) -> None:
    """Put fields of one row into the record; all else stays as it is, and rows keep the order of the list."""
    known = (yaml.safe_load(path.read_text("utf-8")) or {}) if path.exists() else {}
    recorded = known.setdefault(data_set, {}).setdefault(kind, {})
    recorded[name] = {**recorded.get(name, {}), **fields}
    order = [entry.name for entry in ROWS]
    known[data_set][kind] = {key: recorded[key] for key in sorted(recorded, key=order.index)}
    records.write(known, path)
