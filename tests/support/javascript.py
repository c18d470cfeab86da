"""Runs the figures' own modules outside a browser, so that their maths is held to torch's in milliseconds."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path
from typing import Any

from bookbuild.figures.bundle import FIGURES, deno

RUNNER = Path(__file__).with_name("javascript_runner.js")

#: JSON has no word for these; both sides write them as an object of one key.
SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


class JavaScriptError(RuntimeError):
    """A called function threw; the message is its."""


class Engine:
    """A process that calls the functions of the figures' modules."""

    def __enter__(self) -> Engine:
        command = [deno(), "run", "--no-config", "--no-lock", f"--allow-read={FIGURES}", str(RUNNER)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8")
        return self

    def __exit__(self, *problem: object) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def call(self, module: str, name: str, calls: list[list[Any]]) -> list[Any]:
        """Call a function that a module exports, once for each list of arguments.

        ``name`` may have dots: "LANDSCAPES.bumps.loss" is found inside the exported ``LANDSCAPES``.

        Raises
        ------
        JavaScriptError
            When the module has no such function, or the function throws.
        """
        request = {"module": (FIGURES / f"{module}.js").as_uri(), "name": name, "calls": _written(calls)}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline(), object_hook=_read)
        if "error" in answer:
            raise JavaScriptError(f"{module}.js, {name}: {answer['error']}")
        return answer["results"]


def _written(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items()}
    return [_written(item) for item in value] if isinstance(value, (list, tuple)) else value


def _read(value: dict[str, Any]) -> Any:
    return SPECIAL[value["$number"]] if "$number" in value else value
