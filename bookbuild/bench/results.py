"""Train what chapters 12 and 13 report, and record what came out: `make results`.

    python -m bookbuild.bench.results                    everything that the data at hand allow
    python -m bookbuild.bench.results residual cnn       these rows
    python -m bookbuild.bench.results --validation cnn   only what these rows reach on validation pictures
    python -m bookbuild.bench.results --list             what there is

Each seed of each row is trained in a process of its own, on all cores, so that memory and seconds are its
own. A row is recorded as soon as it is complete. The data are those of BOOK_DATA, as everywhere: once with
the real pictures and once with BOOK_DATA=standin fills both halves of the record.

What chapter 13 chooses between is trained a second time, without the validation pictures, and judged by
them. That number does not depend on the machine, so it can be had on a slow one: `--validation`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bookbuild.bench.results_rows import ROWS, Entry
from helpers import data, results


def measure(entry: Entry, seed: int, judges: str = "test") -> dict[str, Any]:
    """Train one seed of a row in a fresh process and return its numbers.

    Parameters
    ----------
    entry : Entry
    seed : int
    judges : {"test", "validation"}
        The pictures that judge the network; in the second case it is trained without them.

    Raises
    ------
    RuntimeError
        The process failed; the message ends with what it said.
    """
    command = (sys.executable, "-m", "bookbuild.bench.results_rows", entry.name, str(seed), judges)
    threads = {"OMP_NUM_THREADS": str(os.cpu_count())}  # unless the environment asks for fewer
    run = subprocess.run(command, env={**threads, **os.environ}, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"{entry.name}, seed {seed}: {run.stderr.strip()[-2000:]}")
    return json.loads(run.stdout.splitlines()[-1])


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
        "machine": machine(runs[0]["device"]),
        "date": datetime.date.today().isoformat(),
        "data": runs[0]["data"],
        **(measure_validation(entry)[1] if entry.validated and runs[0]["kind"] == "real" else {}),
    }


def measure_validation(entry: Entry) -> tuple[str, dict[str, Any]]:
    """Train all seeds of a row without the validation pictures, and let these judge; return as above."""
    runs = [measure(entry, seed, "validation") for seed in range(entry.validated)]
    return runs[0]["kind"], {"validation": [run["accuracy"] for run in runs]}


def machine(device: str) -> str:
    """Return where the numbers come from."""
    versions = ", ".join(f"{name} {version(name).split('+')[0]}" for name in ("torch", "torchvision"))
    return f"{device}, {platform.system()}, Python {platform.python_version()}, {versions}"


def record(data_set: str, kind: str, name: str, fields: dict[str, Any], path: Path = results.RECORD) -> None:
    """Put fields of one row into the record; all else stays as it is, and rows keep the order of the list."""
    known = (yaml.safe_load(path.read_text("utf-8")) or {}) if path.exists() else {}
    rows = known.setdefault(data_set, {}).setdefault(kind, {})
    rows[name] = {**rows.get(name, {}), **fields}
    order = [entry.name for entry in ROWS]
    known[data_set][kind] = {key: rows[key] for key in sorted(rows, key=order.index)}
    unfinished = path.with_suffix(".part")
    unfinished.write_text(yaml.safe_dump(known, sort_keys=False, allow_unicode=True, width=110), "utf-8")
    unfinished.replace(path)


def _chosen(names: Sequence[str]) -> list[Entry]:
    """Return the rows named; without names all that belong to the pictures at hand."""
    entries = {entry.name: entry for entry in ROWS}
    if unknown := sorted(set(names) - set(entries)):
        raise SystemExit(f"results: no row is called {', '.join(unknown)}; there are {', '.join(entries)}")
    if names:
        return [entries[name] for name in names]
    kinds = {name: "stand-in" if data.status(name).is_standin else "real" for name in data.NAMES}
    return [entry for entry in ROWS if kinds[entry.data_set] in entry.kinds]


def main(arguments: list[str] | None = None) -> None:
    """Measure the rows named, or all, and record each."""
    parser = argparse.ArgumentParser(
        prog="python -m bookbuild.bench.results", description=__doc__.split("\n")[0]
    )
    parser.add_argument("rows", nargs="*", help="rows to measure; all of them when none is named")
    parser.add_argument("--list", action="store_true", help="only list the rows")
    parser.add_argument(
        "--validation", action="store_true", help="only judge by validation pictures; other numbers stay"
    )
    chosen = parser.parse_args(arguments)
    if chosen.list:
        print("\n".join(f"{one.name:24}{one.data_set:14}{one.title}" for one in ROWS))
        return
    for entry in _chosen(chosen.rows):
        if not chosen.validation:
            kind, fields = measure_row(entry)
            record(entry.data_set, kind, entry.name, fields)
            row = results.row(entry.data_set, entry.name, standin=kind == "stand-in")
            print(results.table([row]), flush=True)
        elif entry.validated:
            kind, fields = measure_validation(entry)
            record(entry.data_set, kind, entry.name, fields)
            print(f"{entry.title}: {fields['validation']} on validation pictures", flush=True)


if __name__ == "__main__":
    main()
