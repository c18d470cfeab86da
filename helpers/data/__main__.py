"""Say which rung each data set is on, or prepare it.

python -m helpers.data                     what is there
python -m helpers.data --fetch             prepare all sets
python -m helpers.data --fetch CIFAR10     prepare one
"""

from __future__ import annotations

import argparse
import contextlib
import sys

from . import NAMES, DataError, look, places, status
from .catalogue import lookup
from .download import FAILURES


def _line(name: str, fetch: bool) -> str:
    now = status(name) if fetch else look(name)
    if now is None:
        return f"{name:14}not here yet; `python -m helpers.data --fetch {name}` prepares it"
    return f"{name:14}{now.rung:10}{now.root / lookup(name).folder}" + (
        f"\n{'':14}{now.note}" if now.note else ""
    )


def main(arguments: list[str] | None = None) -> int:
    """Print a line a data set; return 1 if one of them can't be had."""
    parser = argparse.ArgumentParser(prog="python -m helpers.data", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=NAMES, help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--fetch", action="store_true", help="unpack, download or draw what is missing")
    options = parser.parse_args(arguments)
    if options.fetch:  # whoever asks by name wants a fresh attempt
        with contextlib.suppress(OSError):
            (places.home() / "data" / FAILURES).unlink()
    failed = False
    for name in options.names:
        try:
            print(_line(name, options.fetch), flush=True)
        except (DataError, ValueError) as error:
            failed = True
            print(f"{name:14}{error}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
