"""Bundle the figures' modules: one script and at most one style sheet a figure, committed and readable.

    python -m bookbuild.figures.bundle            write helpers/figures/static
    python -m bookbuild.figures.bundle --check    say which files there are older than their modules

A notebook's front end takes a figure as one text, and a page opened from a disk may load no modules; so
each figure's `figure.js` is joined with all it imports by esbuild, which leaves out what nobody uses. A
module's style lies beside it under its own name, `views.css` beside `views.js`, and goes into the figure's
style sheet; that of the kit is for all figures and stays alone.

Readers need none of this. Authors need the package registry once: deno fetches esbuild from it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bookbuild.model.notebooks import ROOT

FIGURES = ROOT / "helpers" / "figures"
STATIC = FIGURES / "static"
KIT = FIGURES / "kit"

ESBUILD = "npm:esbuild@0.28.2"
OPTIONS = ("--bundle", "--format=esm", "--charset=utf8", "--log-level=error")


class BundleError(RuntimeError):
    """The figures' scripts could not be bundled; the message is the bundler's."""


class BundlerMissingError(BundleError):
    """The bundler is not on this machine, and could not be fetched."""


def deno() -> str:
    """Return the path of deno, which comes with the environment.

    Raises
    ------
    BundlerMissingError
        When it is not installed.
    """
    found = shutil.which("deno", path=sysconfig.get_path("scripts")) or shutil.which("deno")
    if found is None:
        raise BundlerMissingError("deno of requirements.txt is not installed: run `make book` once")
    return found


def class_name(folder: str) -> str:
    """Return the name of the class whose figure lies in ``folder``: "descent_1d" gives "Descent1D"."""
    return folder.title().replace("_", "")


def entries() -> dict[str, Path]:
    """Return the module that draws each figure, by the name of the figure's class."""
    return {class_name(path.parent.name): path for path in sorted(FIGURES.glob("*/figure.js"))}


def build(figures: Mapping[str, Path] | None = None) -> dict[str, str]:
    """Bundle figures and return the text of each file of `STATIC`, by its name.

    Parameters
    ----------
    figures : mapping of str to Path, optional
        Class name -> module; all figures of the book when none are given.

    Raises
    ------
    BundlerMissingError
        When the bundler cannot be had.
    BundleError
        When a module has a fault; the message names file and line.
    """
    figures = entries() if figures is None else figures
    with tempfile.TemporaryDirectory(prefix="figures-") as folder:
        report = Path(folder, "report.json")
        _run(
            *OPTIONS,
            f"--outdir={folder}",
            f"--metafile={report}",
            *(f"{name}={path}" for name, path in figures.items()),
        )
        outputs = json.loads(report.read_text("utf-8"))["outputs"]
        built = {}
        for place, output in outputs.items():
            name = Path(place).name
            built[name] = (Path(folder) / name).read_text("utf-8")
            if style := _style([ROOT / part for part in output["inputs"]]):
                built[Path(name).with_suffix(".css").name] = style
    return built


def _style(modules: list[Path]) -> str:
    """Return the style sheets that lie beside a figure's modules, the figure's own last, so that it wins."""
    sheets = [path.with_suffix(".css") for path in modules if KIT not in path.parents]
    return "".join(path.read_text("utf-8") for path in sheets if path.is_file())


def _run(*arguments: str) -> None:
    command = [deno(), "run", "--allow-all", "--no-config", "--no-lock", ESBUILD, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True
    )
    if done.returncode == 0:
        return
    said, _, _ = done.stderr.partition("error: Uncaught")  # behind it stands deno's own trace
    if "[ERROR]" in said:
        raise BundleError(f"the figures could not be bundled:\n{said.strip()}")
    raise BundlerMissingError(f"esbuild could not be fetched:\n{said.strip()}")


def outdated(built: Mapping[str, str]) -> list[str]:
    """Return the names of the files of `STATIC` that are not what was built, or are nobody's."""
    stored = {path.name: path.read_text("utf-8") for path in STATIC.glob("*")}
    return sorted(name for name in built.keys() | stored.keys() if built.get(name) != stored.get(name))


def write(built: Mapping[str, str]) -> None:
    """Bring `STATIC` up to what was built."""
    STATIC.mkdir(exist_ok=True)
    for name in outdated(built):
        if name in built:
            (STATIC / name).write_text(built[name], "utf-8")
        else:
            (STATIC / name).unlink()


def main(arguments: list[str] | None = None) -> int:
    """Bundle the figures' scripts, or say which are older than their modules."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.figures.bundle", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args(arguments).check
    try:
        built = build()
        changed = outdated(built)
        if not check:
            write(built)
    except BundleError as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 1
    print("\n".join(changed) or "all figures' scripts are up to date")
    return int(check and bool(changed))


if __name__ == "__main__":
    raise SystemExit(main())
