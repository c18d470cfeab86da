"""Measure how fast figures answer, what Jacobians and loaders cost, and how long training takes.

python -m bookbuild.bench                            everything
python -m bookbuild.bench figures --only DescentLab  figures whose name starts so
python -m bookbuild.bench loaders --write            and record the numbers that the book shows
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from bookbuild import records
from bookbuild.bench import figures, jacobians, loaders, training

SUBJECTS = ("figures", "jacobians", "loaders", "training")
#: Subjects whose numbers the book shows, and the file that keeps them.
RECORDS = {"jacobians": jacobians.RECORD, "loaders": loaders.RECORD}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bookbuild.bench", description=__doc__.split("\n")[0])
    parser.add_argument(
        "subjects", nargs="*", choices=(*SUBJECTS, "all"), default="all", help="what to measure"
    )
    parser.add_argument("--only", default="", help="only figures whose name starts so")
    parser.add_argument("--write", action="store_true", help=f"record the numbers of {', '.join(RECORDS)}")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Measure the subjects named, or all; return 1 if one of them can't be measured."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    subjects = SUBJECTS if "all" in chosen.subjects else chosen.subjects
    if chosen.write and not set(subjects) & set(RECORDS):
        parser.error(f"--write: only {', '.join(RECORDS)} keep a record, not {', '.join(subjects)}")
    runs = {
        "figures": partial(figures.run, chosen.only),
        "jacobians": jacobians.run,
        "loaders": loaders.run,
        "training": training.run,
    }
    try:
        for subject in subjects:
            record = runs[subject]()
            if chosen.write and subject in RECORDS:
                records.write(record, RECORDS[subject])
    except (RuntimeError, ValueError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
