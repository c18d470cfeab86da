"""Train what chapters 12 and 13 report, and record what came out.

python -m bookbuild.results                    everything that the data at hand allow
python -m bookbuild.results residual cnn       these rows
python -m bookbuild.results --validation cnn   only what these rows reach on validation pictures
python -m bookbuild.results --list             what there is
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bookbuild.results import measuring
from bookbuild.results.rows import ROWS, Entry
from helpers import data, results


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
    parser = argparse.ArgumentParser(prog="python -m bookbuild.results", description=__doc__.split("\n")[0])
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
            kind, fields = measuring.measure_row(entry)
            measuring.record(entry.data_set, kind, entry.name, fields)
            row = results.row(entry.data_set, entry.name, standin=kind == "stand-in")
            print(results.table([row]), flush=True)
        elif entry.validated:
            kind, fields = measuring.measure_validation(entry)
            measuring.record(entry.data_set, kind, entry.name, fields)
            print(f"{entry.title}: {fields['validation']} on validation pictures", flush=True)


if __name__ == "__main__":
    main()
