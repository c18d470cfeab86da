"""How fast the interactive figures answer, measured in Chromium with a real mouse.

An *answer* lasts from the browser's time stamp of an input event until the frame that shows its effect
has been handed over for display. *Work* is the part of it that the figure spends: its handlers, its
drawing, and the style and layout that follow; the rest is waiting for the screen's next frame.
A benchmark of a new figure is one more entry in `BENCHMARKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bookbuild.bench import timing
from bookbuild.browser import open_browser
from bookbuild.execute.figures import saved
from bookbuild.figures.live import open_figure
from helpers.figures import DescentLab, FeatureMaps, JacobianLab, LoaderLab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from helpers.figures.base import Figure

#: Inputs answered before the clock counts: the first ones compile the script.
WARM_UP = 20
#: Inputs that count, each benchmark.
INPUTS = 200

# The first frame callback is asked for before the figure asks for its own, the last one after: between
# them lies the drawing. A message sent from a frame callback arrives once that frame is painted.
WATCH = """() => {
  window.answers = [];
  let first = 0;
  document.addEventListener("input", (event) => {
    event.begun = performance.now();
    requestAnimationFrame(() => { first = performance.now(); });
  }, true);
  document.addEventListener("input", (event) => {
    const handled = performance.now() - event.begun;
    requestAnimationFrame(() => {
      document.body.getBoundingClientRect();
      const work = handled + performance.now() - first;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.answers.push([performance.now() - event.timeStamp, work]);
      port2.postMessage(null);
    });
  });
}"""


@dataclass(frozen=True)
class Benchmark:
    """What is measured: a figure, and what the mouse drags in it.

    Attributes
    ----------
    name : str
        Figure and gesture.
    figure : callable
        Makes the figure.
    drag : callable
        Given the page, drags and returns after the last answer.
    width : int
        Width of the page in CSS pixels.
    """

    name: str
    figure: Callable[[], Figure]
    drag: Callable[[Page, int], None]
    width: int = 740


@dataclass(frozen=True)
class Timing:
    """Milliseconds from input to shown answer, and the figure's own work in them."""

    answer: list[float]
    work: list[float]


def drag_slider(label: str) -> Callable[[Page, int], None]:
    """Drag the slider ``label`` to and fro with the mouse until it has been answered often enough."""

    def drag(page: Page, count: int) -> None:
        slider = page.get_by_role("slider", name=label, exact=True)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        places = [
            (box["x"] + 12 + share * (box["width"] - 24), box["y"] + box["height"] / 2) for share in _sweep()
        ]
        _drag_until(page, places, count)

    return drag


def drag_handle(page: Page, count: int) -> None:
    """Drag the figure's handle around in its panel."""
    handle: Locator = page.locator(".bf-hit").first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    places = [(x + 80 * share, y + 60 * (1 - share) * share) for share in _sweep()]
    _drag_until(page, places, count)


def _sweep(steps: int = 45) -> list[float]:
    """Shares of the way, there and back."""
    there = [step / steps for step in range(steps + 1)]
    return there + there[-2:0:-1]


def _drag_until(page: Page, places: Sequence[tuple[float, float]], count: int) -> None:
    page.mouse.move(*places[0])
    page.mouse.down()
    for turn in range(20 * count):
        page.mouse.move(*places[turn % len(places)])
        if turn % 10 == 0 and page.evaluate("window.answers.length") >= count:
            break
    page.mouse.up()


def _answers_to_handles() -> str:
    # A handle is dragged by pointer events; they answer as inputs do.
    return WATCH.replace('"input"', '"pointermove"')


def _untrained_maps() -> FeatureMaps:
    """Make FeatureMaps as full as it gets: what it draws does not depend on the weights."""
    import torch
    from torch import nn

    from helpers import feature_trace

    sides = (32, 32, 16, 16, 8, 8, 4, 4)
    parts = [nn.Sequential(nn.LazyConv2d(16, 3, padding=1), nn.AdaptiveMaxPool2d(side)) for side in sides]
    return FeatureMaps(feature_trace.trace(nn.Sequential(*parts), torch.rand(6, 3, 32, 32)))


BENCHMARKS = [
    Benchmark("DescentLab, learning rate", DescentLab, drag_slider("learning rate")),
    Benchmark(
        "DescentLab, momentum, batches of 1",
        lambda: DescentLab(batch_size=1, lr=0.02),
        drag_slider("momentum"),
    ),
    Benchmark("DescentLab, drag the start", DescentLab, drag_handle),
    Benchmark("DescentLab, learning rate, 390 px", DescentLab, drag_slider("learning rate"), width=390),
    Benchmark("FeatureMaps, drag the unit", _untrained_maps, drag_handle),
    Benchmark("JacobianLab, drag the point", JacobianLab, drag_handle),
    Benchmark("LoaderLab, batch size", LoaderLab, drag_slider("batch_size")),
]


def measure(browser: Browser, benchmark: Benchmark, count: int) -> Timing:
    """Run one benchmark and return ``count`` timings.

    Raises
    ------
    RuntimeError
        When the figure did not answer often enough.
    """
    with open_figure(browser, saved(benchmark.figure()), width=benchmark.width) as page:
        page.evaluate(_answers_to_handles() if benchmark.drag is drag_handle else WATCH)
        benchmark.drag(page, count + WARM_UP)
        answers = page.evaluate("window.answers")[WARM_UP:]
    if len(answers) < count:
        raise RuntimeError(f"{benchmark.name}: {len(answers)} answers, expected {count}")
    return Timing([answer for answer, _ in answers], [work for _, work in answers])


def summary(values: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return median(values), quantiles(values, n=20)[-1]


def run(only: str = "") -> None:
    """Print a table of answer times, of the benchmarks whose name starts with ``only``.

    Raises
    ------
    ValueError
        No benchmark's name starts so.
    BrowserMissingError
        There is no browser.
    """
    selected = [benchmark for benchmark in BENCHMARKS if benchmark.name.startswith(only)]
    if not selected:
        names = "; ".join(benchmark.name for benchmark in BENCHMARKS)
        raise ValueError(f"no benchmark of a figure starts with {only!r}; there are {names}")
    with open_browser() as browser:
        print(timing.machine("anywidget"), f"Chromium {browser.version} (headless)", sep=", ")
        print(f"{f'milliseconds, {INPUTS} inputs each':38}{'answer':>16}{'work':>18}")
        print(f"{'':38}{'median':>8}{'95 %':>8}{'median':>10}{'95 %':>8}")
        for benchmark in selected:
            times = measure(browser, benchmark, INPUTS)
            (answer, late), (work, heavy) = summary(times.answer), summary(times.work)
            print(f"{benchmark.name:38}{answer:8.1f}{late:8.1f}{work:10.1f}{heavy:8.1f}", flush=True)
