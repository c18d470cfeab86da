"""Start a figure: a small one that works, with its test, to be changed into what it should show.

    python -m bookbuild.figures.new_figure tide_pool

Writes the figure's folder, its place in ``helpers.figures`` and its test, and bundles its script.
"""

from __future__ import annotations

import argparse
import keyword
import re
import shutil
import sys
from pathlib import Path

from bookbuild.figures import bundle
from bookbuild.figures.bundle import BundleError, class_name
from bookbuild.model.notebooks import ROOT

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_IMPORT = re.compile(r"from helpers\.figures\.\w+ import \w+")
_LISTED = re.compile(r' {4}"\w+",')

#: The classes that every new figure imports.
IMPORTED = ("Figure", "Number")

PYTHON = '''\
"""TidePool: a wave whose frequency a slider sets. Put what your figure shows in its place."""

from __future__ import annotations

import traitlets

from helpers.figures.base import Figure
from helpers.figures.parameters import Number

#: The slider's ends.
LOWEST, HIGHEST = 0.5, 5.0


class TidePool(Figure):
    """A sine wave; a slider sets its frequency."""

    frequency = Number(1.0, low=LOWEST, high=HIGHEST, help="Radians from one unit of x to the next.")
    ends = traitlets.List([LOWEST, HIGHEST]).tag(sync=True)
    shown = ("frequency",)
'''

MATHS = """\
/** What TidePool computes, without DOM: held to torch by tests/figures/test_tide_pool.py. */

/**
 * The height of the wave at each of `places`.
 *
 * @param {number[]} places
 * @param {number} frequency radians from one unit to the next
 */
export function heights(places, frequency) {
  return places.map((x) => Math.sin(frequency * x));
}
"""

SCRIPT = """\
/** TidePool: a wave whose frequency a slider sets. */
import * as kit from "../kit/index.js";
import { heights } from "./maths.js";

const PLACES = Array.from({ length: 201 }, (_, i) => i / 20);

function render({ model, el }) {
  const [min, max] = model.get("ends");
  const stage = kit.stage({
    model,
    el,
    name: "TidePool",
    label: "A wave whose frequency a slider sets",
    state: kit.traits(model, ["frequency"]),
  });
  const plot = kit.panel({ title: "The wave", x: { label: "x" }, y: { label: "height" } });
  const wave = kit.svg("path", { class: "wave" });
  plot.marks.append(wave);
  const slider = kit.slider({
    label: "frequency",
    min,
    max,
    step: 0.1,
    value: stage.state.frequency,
    onInput: (frequency) => stage.set({ frequency }),
  });
  stage.body.append(plot.root, kit.controls(slider.root));

  stage.onDraw(({ width, state }) => {
    plot.layout({ width, height: 260, x: [0, 10], y: [-1.1, 1.1] });
    const drawn = heights(PLACES, state.frequency);
    kit.set(wave, { d: plot.line(PLACES.map((x, i) => [x, drawn[i]])) });
  });
  stage.say(() => `The wave repeats every ${kit.format(2 * Math.PI / stage.state.frequency)} units of x.`);
  return stage.start();
}

export default { render };
"""

STYLE = """\
.book-figure[data-figure="TidePool"] .wave { fill: none; stroke: var(--bf-model); stroke-width: 2; }
"""

TEST = '''\
"""TidePool: its JavaScript held to torch, its argument, and what a key does."""

import pytest
import torch
from closeness import close
from hands import answered, look

from helpers.figures import TidePool


def test_the_heights_are_torchs(run_js):
    x = torch.linspace(0, 10, 50, dtype=torch.float64)
    for frequency in (0.5, 1.7, 5.0):
        close(run_js("tide_pool/maths", "heights", x.tolist(), frequency), torch.sin(frequency * x))


@pytest.mark.parametrize(
    ("frequency", "error"), [(0.1, ValueError), (float("nan"), ValueError), ("fast", TypeError)]
)
def test_a_bad_argument_is_named(frequency, error):
    with pytest.raises(error, match="frequency must be"):
        TidePool(frequency=frequency)


def test_its_text():
    assert repr(TidePool()) == "TidePool(frequency=1.0)"


def test_a_key_moves_the_wave(mount):
    page = mount(TidePool())
    figure = page.locator("[data-figure]")
    before = look(figure)
    page.get_by_role("slider", name="frequency").press("ArrowRight")
    assert answered(figure, before)
    assert page.evaluate("traits.frequency") == pytest.approx(1.1)
    page.wait_for_function("document.querySelector('[aria-live]').textContent.includes('every 5.71 units')")
'''

CELL = """\
from helpers.figures import TidePool

TidePool(frequency=1.0, caption="What to try, in a sentence.")"""


def files(name: str, root: Path = ROOT) -> dict[Path, str]:
    """Return the files of a figure that is called ``name``, and the text of each."""
    folder = root / "helpers" / "figures" / name
    texts = {"__init__.py": PYTHON, "figure.js": SCRIPT, "maths.js": MATHS, "figure.css": STYLE}
    written = {folder / file: named(text, name) for file, text in texts.items()}
    return {**written, root / "tests" / "figures" / f"test_{name}.py": named(TEST, name)}


def named(text: str, name: str) -> str:
    """Return a text of this module as it reads for the figure that is called ``name``."""
    return text.replace("TidePool", class_name(name)).replace("tide_pool", name)


def with_figure(listing: str, name: str) -> str:
    """Return the text of ``helpers/figures/__init__.py`` with the figure in its two lists."""
    lines = listing.splitlines()
    added = {
        f"from helpers.figures.{name} import {class_name(name)}": _IMPORT,
        f'    "{class_name(name)}",': _LISTED,
    }
    for line, pattern in added.items():
        places = [place for place, known in enumerate(lines) if pattern.fullmatch(known)]
        lines[places[0] : places[-1] + 1] = sorted([line, *(lines[place] for place in places)])
    return "\n".join(lines) + "\n"


def _refuse(name: str, root: Path) -> None:
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or class_name(name) in IMPORTED:
        raise ValueError(f"name must be words in lower case joined by _, like tide_pool; got {name!r}")
    folder = root / "helpers" / "figures"
    taken = [path for path in (folder / name, folder / f"{name}.py", *files(name, root)) if path.exists()]
    if taken:
        raise ValueError(f"{name} is taken: {taken[0].relative_to(root)} exists")
    if f'"{class_name(name)}"' in (folder / "__init__.py").read_text("utf-8"):
        raise ValueError(f"{name} is taken: helpers.figures has a {class_name(name)}")


def create(name: str, root: Path = ROOT) -> list[Path]:
    """Write the figure's files, bundle them, list the figure, and return the paths of the files.

    Parameters
    ----------
    name
        Words in lower case, ``"tide_pool"``; the class will be ``TidePool``.
    root
        Root of the repository.

    Raises
    ------
    ValueError
        When the name cannot be used or is taken. Nothing is written then.
    BundleError
        When the script could not be bundled. What was written is removed.
    """
    _refuse(name, root)
    texts = files(name, root)
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    try:
        bundle.write(bundle.build())
    except BundleError:
        *_, test = texts
        test.unlink()
        shutil.rmtree(root / "helpers" / "figures" / name)
        raise
    listing = root / "helpers" / "figures" / "__init__.py"
    listing.write_text(with_figure(listing.read_text("utf-8"), name), "utf-8")
    return [*texts, listing]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Start a figure, and print how to test it and to show it in a notebook."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.figures.new_figure", description=main.__doc__)
    parser.add_argument("name", help="words in lower case: tide_pool")
    name = parser.parse_args(arguments).name
    try:
        written = create(name, root)
    except (BundleError, ValueError) as error:
        print(f"new figure: {error}", file=sys.stderr)
        return 1
    print("Written:", *(path.relative_to(root) for path in written), sep="\n  ")
    print(f"Bundled, and to be committed too: helpers/figures/static/{class_name(name)}.*")
    print(f"Test it: .venv/bin/pytest tests/figures/test_{name}.py")
    print("After a change of its script: .venv/bin/python -m bookbuild.figures.bundle")
    print("In a notebook:", *named(CELL, name).splitlines(), sep="\n  ")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
