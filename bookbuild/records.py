"""Files of what was measured: written whole or not at all, so that a stopped run loses no numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def write(record: dict[str, Any], path: Path, header: str = "") -> None:
    """Write a record as YAML, a line for each list or mapping of plain values, after a header of comments."""
    text = yaml.safe_dump(record, sort_keys=False, default_flow_style=None, allow_unicode=True, width=110)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(header + text, "utf-8")
    unfinished.replace(path)
