/**
 * Descent1D: gradient descent on a loss of one parameter. A curve with its slope at the ball and the steps
 * from there; below, on the same axis, the steps against their number. Every change computes the run anew.
 */
import * as kit from "../kit/index.js";

// ---------------------------------------------------------------- maths, held to torch by tests/figures/test_descent_1d.py

/** As helpers.descent.DIVERGENCE_FACTOR. */
export const DIVERGENCE_FACTOR = 1e4;

/** A polynomial's value and slope at w; its coefficients come with the constant first. */
export function valueAt(coefficients, w) {
  return coefficients.reduceRight((sum, c) => sum * w + c, 0);
}

function slopeAt(coefficients, w) {
  return valueAt(coefficients.slice(1).map((c, i) => (i + 1) * c), w);
}

/** A run { points, losses, slopes, divergedAt }: numSteps updates w -= lr slope, fewer when it diverges. */
export function descend(coefficients, start, lr, numSteps) {
  const points = [start];
  const losses = [valueAt(coefficients, start)];
  const slopes = [slopeAt(coefficients, start)];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], valueAt(coefficients, 0));
  for (let step = 1; step <= numSteps; step += 1) {
    points.push(points.at(-1) - lr * slopes.at(-1));
    losses.push(valueAt(coefficients, points.at(-1)));
    slopes.push(slopeAt(coefficients, points.at(-1)));
    // Written so that a loss that is not a number counts as diverged too.
    if (!(losses.at(-1) <= limit)) return { points, losses, slopes, divergedAt: step };
  }
  return { points, losses, slopes, divergedAt: null };
}

/** What each step multiplies the distance to a parabola's minimum by: 1 - lr curvature. */
export function factorOf(coefficients, lr) {
  return 1 - lr * 2 * coefficients[2];
}

// ---------------------------------------------------------------- words

const number = (value) => kit.format(value, 3);
const signed = (value) => (value < 0 ? `(${number(value)})` : number(value));

/** In words, what becomes of the run. */
export function verdict({ coefficients, minima }, lr, run) {
  const gone = run.divergedAt ? `; diverged at step ${run.divergedAt}` : "";
  if (coefficients.length === 3) return `${parabolaVerdict(factorOf(coefficients, lr), run)}${gone}`;
  if (gone) return gone.slice(2);
  const end = run.points.at(-1);
  const nearest = minima.reduce((best, w) => (Math.abs(w - end) < Math.abs(best - end) ? w : best));
  const settled = Math.abs(run.points.at(-2) - end) < 0.01;
  return settled
    ? `settles in the valley at w = ${nearest}`
    : `still moving after ${run.points.length - 1} steps, near w = ${nearest}`;
}

function parabolaVerdict(factor, run) {
  const size = Math.abs(factor);
  if (Math.abs(run.slopes[0]) < 1e-9) return "at the minimum: slope 0, no step";
  const times = `distance to the minimum × ${
    factor < 0 ? `(−${size.toFixed(2)})` : size.toFixed(2)
  } each step`;
  if (size < 0.005) return `${times}: there in one`;
  if (Math.abs(size - 1) < 0.005) return `${times}: bounces for ever`;
  return `${times}: ${size > 1 ? "grows" : "shrinks"}${
    factor < 0 && !run.divergedAt ? " from side to side" : ""
  }`;
}

function sentence({ lr, run, at }, curve) {
  return `Learning rate ${number(lr)}, step ${at}: w is ${number(run.points[at])}, the loss is ${
    number(run.losses[at])
  }, ` +
    `the slope is ${number(run.slopes[at])}; ${verdict(curve, lr, run)}.`;
}

// ---------------------------------------------------------------- the curve

const far = (pixel) => (Number.isFinite(pixel) ? kit.clamp(pixel, -5e3, 5e3) : -5e3);
const HEIGHTS = [-12, 100]; // of the loss axis: both curves, and room for words below them

function curveView(stage, { range, curveOf, change, opening }) {
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

// ---------------------------------------------------------------- the steps against their number

function stepsView({ range, curveOf, numSteps, moveTo }) {
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

// ---------------------------------------------------------------- the figure

const STEP = 0.01; // of the rate's slider, in units of the limit

function makeControls(stage, { curveOf, curves, change, opening }) {
  const share = () => stage.state.lr / curveOf().limit;
  // A rate given in the notebook stays as it was given.
  const rateAt = (
    value,
  ) => (Math.abs(share() - value) <= STEP / 2 ? stage.state.lr : value * curveOf().limit);
  const rate = kit.slider({
    label: "learning rate",
    min: STEP,
    max: 1.1,
    step: STEP,
    value: share(),
    ticks: [{ value: 0.5, label: "1/λ" }, { value: 1, label: "limit 2/λ" }],
    format: (value) => number(rateAt(value)),
    onInput: (value) => change({ lr: rateAt(value) }),
  });
  const kinds = kit.choice({
    label: "Loss with",
    value: stage.state.curve,
    options: Object.keys(curves).map((name) => ({ value: name, label: name })),
    // Each curve has its own limit. The second opens calm, so that the start alone decides.
    onChange: (curve) =>
      change({
        curve,
        lr: curve === opening.curve ? opening.lr : 0.2 * curves[curve].limit,
        at: 0,
      }),
  });
  const refresh = () => {
    const [first, limit] = rate.root.querySelectorAll(".bf-tickmark");
    first.textContent = `1/λ = ${number(curveOf().limit / 2)}`;
    limit.textContent = `2/λ = ${number(curveOf().limit)}`;
    rate.value = share();
    for (const input of kinds.root.querySelectorAll("input")) {
      input.checked = input.parentNode.textContent === stage.state.curve;
    }
  };
  refresh();
  return { root: kit.controls(rate.root, kinds.root), refresh };
}

function formula({ lr, run, at }) {
  if (at + 1 >= run.points.length) {
    return [`after step ${at}: w = ${number(run.points[at])}, loss ${number(run.losses[at])}`];
  }
  const part = (name, text) => kit.html("span", { class: `d1-${name}` }, text);
  return [
    `step ${at + 1}: w ← `,
    number(run.points[at]),
    " − ",
    number(lr),
    " · ",
    part("gradient", signed(run.slopes[at])),
    " = ",
    kit.html("b", {}, number(run.points[at + 1])),
  ];
}

function render({ model, el }) {
  const [curves, range, numSteps] = ["curves", "w_range", "num_steps"].map((name) => model.get(name));
  const opening = kit.traits(model, ["start", "curve", "lr"]);
  const runOf = ({ curve, start, lr }) => descend(curves[curve].coefficients, start, lr, numSteps);
  const stage = kit.stage({
    model,
    el,
    name: "Descent1D",
    label: "Gradient descent on a loss of one parameter",
    state: { ...opening, at: 0, run: runOf(opening), previous: null },
  });
  const curveOf = () => curves[stage.state.curve];
  const last = () => stage.state.run.points.length - 1;

  let changed = -Infinity; // when a setting was last changed, in milliseconds

  function change(patch) {
    const next = { ...stage.state, ...patch };
    const run = runOf(next);
    // One gesture makes many changes; the run to compare with is the one before the gesture, on the same curve.
    const sameGesture = performance.now() - changed < 600;
    const previous = "curve" in patch ? null : sameGesture ? stage.state.previous : stage.state.run;
    changed = performance.now();
    stage.set({ ...patch, run, previous, at: Math.min(next.at, run.points.length - 1) });
    inputs.refresh();
    player.refresh();
  }

  const moveTo = (at) => {
    stage.set({ at: kit.clamp(at, 0, last()) });
    player.refresh();
  };
  const curve = curveView(stage, { range, curveOf, change, opening });
  const steps = stepsView({ range, curveOf, numSteps, moveTo });
  const [update, fate] = ["d1-update", "d1-fate"].map((name) => kit.html("p", { class: name }));
  const inputs = makeControls(stage, { curveOf, curves, change, opening });
  const player = kit.player(stage, {
    length: () => last() + 1,
    at: () => stage.state.at,
    label: "step through the run",
    onMove: (at) => stage.set({ at }),
    onReset: () => change({ ...opening, at: 0 }),
    describe: (at) => `step ${at} of ${last()}`,
  });
  stage.body.append(curve.panel.root, update, steps.panel.root, fate, inputs.root, player.root);
  for (const name of Object.keys(opening)) {
    model.on?.(`change:${name}`, () => {
      if (model.get(name) !== stage.state[name]) change({ [name]: model.get(name) });
    });
  }
  stage.onDraw(({ width, state }) => {
    stage.body.dataset.narrow = String(width < 480);
    curve.layout(width, width < 560 ? 250 : 290);
    steps.layout(width, width < 560 ? 150 : 180);
    curve.draw(state);
    steps.draw(state);
    kit.clear(update, formula(state));
    fate.textContent = verdict(curveOf(), state.lr, state.run);
    fate.dataset.diverges = String(/grows|diverged/.test(fate.textContent));
  });
  stage.say(() => sentence(stage.state, curveOf()));
  return stage.start();
}

export default { render };
