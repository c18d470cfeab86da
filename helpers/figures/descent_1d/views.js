/**
 * Descent1D's views: the curve with its ball, and the steps against their number.
 */
import * as kit from "../kit/index.js";
import { valueAt } from "./maths.js";
import { number } from "./words.js";

const far = (pixel) => (Number.isFinite(pixel) ? kit.clamp(pixel, -5e3, 5e3) : -5e3);
const HEIGHTS = [-12, 100]; // of the loss axis: both curves, and room for words below them

export function curveView(stage, { range, curveOf, change, opening }) {
  const panel = kit.panel({
    title: "The loss of one parameter",
    y: { label: "loss" },
    describe: "The loss over the parameter w, its slope at the ball, and the steps of descent",
  });
  Object.assign(panel.margin, { bottom: 22 });
  const [area, line, path, dots, tangent, drop] = ["area", "curve", "path", "dots", "tangent", "drop"].map((
    name,
  ) => kit.svg("path", { class: `d1-${name}` }));
  const step = kit.svg("path", { class: "d1-step" });
  const here = kit.svg("circle", { class: "d1-here bf-dot", r: 6 });
  panel.marks.append(area, line, path, dots, tangent, drop, step, here);
  const names = kit.svg("g", { "aria-hidden": "true" });
  panel.over.append(names);
  const handle = kit.handle(panel, {
    x: { label: "start w", min: range[0], max: range[1], step: 0.05 },
    get: () => [stage.state.start, valueAt(curveOf().coefficients, stage.state.start)],
    onInput: ([start]) => change({ start, at: 0 }),
  });

  function layout(width, height) {
    panel.layout({ width, height, x: range, y: HEIGHTS });
  }

  function draw({ run, at, start }) {
    const { coefficients, minima } = curveOf();
    const ws = Array.from({ length: 121 }, (_, i) => range[0] + ((range[1] - range[0]) * i) / 120);
    const outline = panel.line(ws.map((w) => [w, valueAt(coefficients, w)]));
    kit.set(line, { d: outline });
    kit.set(area, {
      d: `${outline}L${panel.x(range[1])},${panel.y(HEIGHTS[0])}L${panel.x(range[0])},${
        panel.y(HEIGHTS[0])
      }Z`,
    });
    const places = run.points.map((w, i) => [far(panel.x(w)), far(panel.y(run.losses[i]))]);
    kit.set(path, { d: kit.linePath(places) });
    kit.set(dots, { d: places.map(([x, y]) => `M${x - 3},${y}a3,3 0 1 0 6,0a3,3 0 1 0 -6,0`).join("") });
    const [x, y] = places[at];
    const slope = -run.slopes[at] / ((panel.x(1) - panel.x(0)) / (panel.y(0) - panel.y(1))); // of pixels, y down
    const reach = 90 / Math.hypot(1, slope);
    kit.set(tangent, { d: `M${x - reach},${y - reach * slope}L${x + reach},${y + reach * slope}` });
    drawStep(places[at], places[at + 1]);
    kit.set(here, { cx: x, cy: y, visibility: at === 0 ? "hidden" : "visible" });
    kit.clear(
      names,
      minima.map((w) => note(panel.x(w), panel.y(valueAt(coefficients, w)) + 17, "minimum")),
      slopeName(run, at, [x, y], slope),
      start === opening.start && at === 0
        ? note(panel.x(start) + 20, places[0][1] - 14, "drag the ball", "start")
        : null,
    );
    handle.place();
  }

  /** The update as the reader reads it: sideways by lr times slope, then down or up to the curve. */
  function drawStep(from, to) {
    kit.set(step, {
      d: to
        ? `M${from[0]},${from[1]}H${to[0]}${
          arrowHead(to[0], from[1], Math.sign(to[0] - from[0]), Math.abs(to[0] - from[0]))
        }`
        : "",
    });
    kit.set(drop, { d: to ? `M${to[0]},${from[1]}V${to[1]}` : "" });
  }

  /** On the outer side of the ball, where neither the curve nor the step runs. */
  function slopeName(run, at, [x, y], slope) {
    const [left, right] = panel.x.range;
    if (x < left || x > right || y < panel.y.range[1]) return null;
    const outside = slope < 0
      ? kit.clamp(x + 22, left + 4, right - 90)
      : kit.clamp(x - 22, left + 90, right - 4);
    const low = kit.clamp(y + (right - left < 400 ? 62 : 44), 20, panel.y.range[0] - 6);
    return kit.svg("text", {
      class: "d1-slope",
      x: outside,
      y: low,
      "text-anchor": slope < 0 ? "start" : "end",
    }, `slope ${number(run.slopes[at])}`);
  }
  return { panel, layout, draw };
}

function note(x, y, text, anchor = "middle") {
  return kit.svg("text", { class: "d1-note", x, y, "text-anchor": anchor }, text);
}

function arrowHead(x, y, way, length) {
  const size = Math.min(9, length);
  return `M${x - way * size},${y - size / 2}L${x},${y}L${x - way * size},${y + size / 2}`;
}

export function stepsView({ range, curveOf, numSteps, moveTo }) {
  const panel = kit.panel({
    x: { label: "w" },
    y: { label: "step", ticks: 4, format: (value) => String(-value) },
    describe: "The parameter w after each step, steps counted downwards",
  });
  Object.assign(panel.margin, { top: 20 });
  const [floor, before, path, dots] = ["floor", "before", "path", "dots"].map((name) =>
    kit.svg("path", { class: `d1-${name}` })
  );
  const here = kit.svg("circle", { class: "d1-here bf-dot", r: 6 });
  panel.marks.append(floor, before, path, dots, here);
  panel.svg.addEventListener("click", (event) => moveTo(Math.round(-panel.toData(event)[1])));

  function layout(width, height) {
    panel.layout({ width, height, x: range, y: [-numSteps - 1, numSteps / 20] });
  }

  const placesOf = ({ points }) => points.map((w, i) => [far(panel.x(w)), panel.y(-i)]);

  function draw({ run, at, previous }) {
    const places = placesOf(run);
    kit.set(before, { d: previous ? kit.linePath(placesOf(previous)) : "" });
    kit.set(floor, {
      d: curveOf().minima.map((w) => `M${panel.x(w)},${panel.y.range[1]}V${panel.y.range[0]}`).join(""),
    });
    kit.set(path, { d: kit.linePath(places) });
    kit.set(dots, {
      d: places.map(([x, y]) => `M${x - 2.5},${y}a2.5,2.5 0 1 0 5,0a2.5,2.5 0 1 0 -5,0`).join(""),
    });
    kit.set(here, { cx: places[at][0], cy: places[at][1] });
  }
  return { panel, layout, draw };
}
