"""What executing each chapter costs: measured by refresh, kept in a plain list, shown in the appendix.

The notebooks themselves stay the same bytes whatever the machine; the numbers live beside them.
"""

from __future__ import annotations

import datetime
import os
import platform
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

from bookbuild import records
from bookbuild.model.notebooks import ROOT

RECORD = ROOT / "appendix" / "execution.yaml"

#: Packages whose versions decide how long a chapter takes.
PACKAGES = ("torch", "torchvision", "numpy", "matplotlib")

_HEADER = "# Written by `make refresh`: each chapter's row is replaced when that chapter is executed.\n"
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True)
class Spent:
    """What one execution took."""

    seconds: float  #: from starting the kernel to stopping it
    peak_mib: int | None  #: most memory the kernel's process ever held; None where the system does not say
    load: float | None  #: programs that wanted to run, on average over the minute before


def peak_memory(pid: int) -> int | None:
    """Return the most memory a running process has held so far, in MiB; None where there is no ``/proc``.

    Not ``ru_maxrss``: a new process inherits that number from the one that started it.
    """
    try:
        found = _PEAK.search(Path("/proc", str(pid), "status").read_text("utf-8"))
    except OSError:
        return None
    return round(int(found[1]) / 1024) if found else None


def load() -> float | None:
    """Return the load average of the last minute; None on systems that keep none."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def machine() -> str:
    """Return what this computer is, in a few words."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU cores"


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that matter."""
    packages = {name: version(name).partition("+")[0] for name in PACKAGES}
    return {"python": platform.python_version(), **packages}


def read(path: Path = RECORD) -> dict[str, dict]:
    """Return the rows by chapter; none when nothing was measured yet.

    Raises
    ------
    ValueError
        When the file holds something else; the message names it and the row.
    """
    rows = yaml.safe_load(path.read_text("utf-8")) if path.exists() else None
    if rows is None:
        return {}
    if not isinstance(rows, dict):
        raise ValueError(f"{path.name}: expected a row for each chapter, got {type(rows).__name__}")
    for name, row in rows.items():
        if not isinstance(row, dict) or not isinstance(row.get("seconds"), (int, float)):
            raise ValueError(
                f"{path.name}, {name}: expected a row with `seconds`; run make refresh NB={name}"
            )
    return rows


def record(name: str, spent: Spent, path: Path = RECORD) -> None:
    """Replace the row of one chapter; all others stay."""
    row = {
        "seconds": round(spent.seconds, 1),
        "peak_memory_mib": spent.peak_mib,
        "load": spent.load,
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "versions": versions(),
    }
    rows = dict(sorted({**read(path), name: row}.items()))
    records.write(rows, path, _HEADER)
