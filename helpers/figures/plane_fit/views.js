/** PlaneFit's views: the plane among its samples, the residuals along each input, the loss along the run. */
import * as kit from "../kit/index.js";
import {
  heightsOf,
  planeGradient,
  planeLoss,
  planeThrough,
  predict,
  project,
  residuals,
  seenFromAbove,
  trend,
} from "./maths.js";

const NAMES = ["x₁", "x₂"];
const CORNERS = [[-1, -1], [1, -1], [-1, 1], [1, 1]];

// ---------------------------------------------------------------- the plane, seen from a side

/** Lowest and highest y of the drawn box, in steps of a half. */
function boxOf(y) {
  const room = 0.1 * (Math.max(...y) - Math.min(...y));
  return [Math.floor(2 * (Math.min(...y) - room)) / 2, Math.ceil(2 * (Math.max(...y) + room)) / 2];
}

export function spaceView(stage, problem, change) {
  const { X, y } = problem;
  const [low, high] = boxOf(y);
  const z = (value) =>
    (2 * (kit.clamp(value, low - 9 * (high - low), high + 9 * (high - low)) - low)) / (high - low) - 1;
  const clipId = `pf-clip-${kit.serial()}`;
  const clip = kit.svg("rect", { x: 0, y: 0 });
  const [box, behind, sheet, front, knobs] = Array.from(
    { length: 5 },
    () => kit.svg("g", { "aria-hidden": "true" }),
  );
  const turnHit = kit.svg("rect", { class: "bf-hit pf-turn" });
  const picture = kit.svg(
    "svg",
    {
      class: "bf-panel-svg pf-space",
      role: "img",
      "aria-label":
        "The samples in the space of x1, x2 and y, and the model's plane with a stick from each sample to it",
    },
    kit.svg("defs", {}, kit.svg("clipPath", { id: clipId }, clip)),
    box,
    kit.svg("g", { "clip-path": `url(#${clipId})` }, behind, sheet, front),
    turnHit,
    knobs,
  );
  const hint = kit.svg(
    "text",
    { class: "pf-hint", "text-anchor": "end", "aria-hidden": "true" },
    "drag to turn, lift a corner",
  );
  picture.append(hint);
  const title = kit.html("div", { class: "bf-title" });
  const root = kit.html("div", { class: "bf-panel" }, title, picture);
  const eye = turning(stage, root, turnHit);
  const handles = [0, 1, 2].map((corner) =>
    cornerHandle(stage, root, knobs, corner, { low, high, change, unit: () => unitOf() })
  );
  let size = { width: 338, height: 330 };
  const zoom = () => Math.min(size.width / 3.35, size.height / 3.15);
  const unitOf = () => ({
    pixels: (zoom() * TALL * Math.cos((stage.state.tilt * Math.PI) / 180) * 2) / (high - low),
  });
  /** @returns {[number, number]} */
  const at = (/** @type {number[]} */ [u, v, height]) => {
    const [right, up] = project([u, v, TALL * height], stage.state);
    return [size.width / 2 + zoom() * right, size.height / 2 - 4 - zoom() * up];
  };

  function layout(width, height) {
    size = { width, height };
    for (const node of [picture, clip, turnHit]) kit.set(node, { width, height });
    kit.set(picture, { viewBox: `0 0 ${width} ${height}` });
    kit.set(hint, { x: width - 4, y: 16 });
  }

  function draw({ run, at: update, turn, tilt }) {
    const parameters = run.points[update];
    const lit = new Set(update > 0 ? run.batches[update - 1] : []);
    const height = (u, v) => z(predict(parameters, [u, v]));
    const above = seenFromAbove(parameters.slice(0, 2).map((w) => (TALL * 2 * w) / (high - low)), {
      turn,
      tilt,
    });
    const [hidden, visible] = [[], []];
    X.forEach((x, i) => {
      const [sample, foot] = [at([...x, z(y[i])]), at([...x, height(...x)])];
      ((y[i] > predict(parameters, x)) === above ? visible : hidden).push(
        sampleMarks(sample, foot, lit.has(i)),
      );
    });
    kit.clear(box, boxMarks(at, { low, high, turn, tilt }));
    kit.clear(behind, hidden);
    kit.clear(front, visible);
    kit.clear(sheet, sheetMarks(at, height));
    handles.forEach((handle, corner) =>
      handle.place(at([...CORNERS[corner], height(...CORNERS[corner])]), size)
    );
    eye.place();
    kit.clear(title, equation(parameters));
  }
  return { root, layout, draw };
}

/** Height of the box as a share of its width. */
const TALL = 0.85;

function equation(parameters) {
  const [w1, w2, b] = parameters.map((value) => kit.format(Math.abs(value)));
  const sign = (value) => (value < 0 ? "−" : "+");
  const text = `ŷ = ${parameters[0] < 0 ? "−" : ""}${w1} x₁ ${sign(parameters[1])} ${w2} x₂ ${
    sign(parameters[2])
  } ${b}`;
  return kit.html("span", { class: "pf-model" }, text);
}

function sampleMarks([x, y], [footX, footY], lit) {
  return kit.svg(
    "g",
    {},
    kit.svg("line", { class: "pf-stick", x1: x, y1: y, x2: footX, y2: footY, "data-lit": lit }),
    lit ? kit.svg("circle", { class: "pf-light", cx: x, cy: y, r: 7.5 }) : null,
    kit.svg("circle", { class: "pf-sample", cx: x, cy: y, r: 4 }),
  );
}

function sheetMarks(at, height) {
  const spot = (u, v) => at([u, v, height(u, v)]);
  const ring = kit.linePath([spot(-1, -1), spot(1, -1), spot(1, 1), spot(-1, 1)]);
  const mesh = [-0.5, 0, 0.5].flatMap((
    k,
  ) => [kit.linePath([spot(k, -1), spot(k, 1)]), kit.linePath([spot(-1, k), spot(1, k)])]);
  return [
    kit.svg("path", { class: "pf-sheet", d: `${ring}Z` }),
    kit.svg("path", { class: "pf-mesh", d: mesh.join("") }),
  ];
}

/** The floor, the walls' far edges, and the numbers along the edges nearest to the eye. */
function boxMarks(at, { low, high, turn, tilt }) {
  const nearest = (u, v) => project([u, v, 0], { turn, tilt: 0 })[2];
  const side1 = nearest(0, 1) > 0 ? 1 : -1;
  const side2 = nearest(1, 0) > 0 ? 1 : -1;
  const line = (from, to, cls = "bf-grid") =>
    kit.svg("path", { class: `${cls} pf-edge`, d: kit.linePath([at(from), at(to)]) });
  const floor = [-1, -0.5, 0, 0.5, 1].flatMap((
    k,
  ) => [line([k, -1, -1], [k, 1, -1]), line([-1, k, -1], [1, k, -1])]);
  const near = CORNERS.reduce((best, corner) => (nearest(...corner) > nearest(...best) ? corner : best));
  const posts = CORNERS.filter((corner) => corner !== near).map((corner) =>
    line([...corner, -1], [...corner, 1], "bf-axis")
  );
  const lefts = CORNERS.filter((corner) => corner !== near).sort((a, b) =>
    at([...a, 0])[0] - at([...b, 0])[0]
  );
  const lower = tilt < 14 ? 18 : 0; // seen along the floor, both edges lie on one line
  return [
    ...floor,
    ...posts,
    ...edgeNames(at, (k) => [k, 1.14 * side1, -1], NAMES[0], 0),
    ...edgeNames(at, (k) => [1.14 * side2, k, -1], NAMES[1], lower),
    ...heightNames(at, lefts[0], low, high),
  ];
}

function edgeNames(at, along, name, lower) {
  const [from, to] = [at(along(-1)), at(along(1))];
  if (Math.abs(from[0] - to[0]) < 50 && Math.abs(from[1] - to[1]) < 50) return [];
  const text = ([x, y], words, cls) =>
    kit.svg("text", { class: cls, x, y: y + 12 + lower, "text-anchor": "middle" }, words);
  return [
    ...[-1, 1].map((k) => text(at(along(k)), String(k).replace("-", "−"), "bf-tick")),
    text(at(along(0)), name, "bf-axis-label"),
  ];
}

function heightNames(at, corner, low, high) {
  const place = (value) => at([...corner, (2 * (value - low)) / (high - low) - 1]);
  const ticks = kit.scale([low, high], [0, 1]).ticks(4);
  const [x, top] = place(high);
  return [
    ...ticks.map((value) =>
      kit.svg("text", {
        class: "bf-tick",
        x: place(value)[0] - 6,
        y: place(value)[1] + 4,
        "text-anchor": "end",
      }, String(value).replace("-", "−"))
    ),
    kit.svg("text", { class: "bf-axis-label", x: x - 6, y: top - 10, "text-anchor": "end" }, "y"),
  ];
}

// ---------------------------------------------------------------- hands

/** A native range that is only heard and reached by keys; `get`, `put` and `undo` act on its value. */
function hiddenRange({ label, min, max, step, get, put, text, onFocus = () => {}, onBlur = () => {} }) {
  const input = kit.html("input", { type: "range", min, max, step, "aria-label": label });
  let before = get();
  const move = (value) => put(kit.clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max));
  kit.set(input, {
    onfocus: () => {
      before = get();
      onFocus();
    },
    onblur: onBlur,
    oninput: () => move(Number(input.value)),
    onkeydown: (event) => {
      const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
      if (event.key === "Escape") put(before);
      else if (ways[event.key]) move(get() + ways[event.key] * step * (event.shiftKey ? 10 : 1));
      else return;
      event.preventDefault();
    },
  });
  return {
    input,
    move,
    refresh: () => {
      input.value = get();
      input.setAttribute("aria-valuetext", text(get()));
    },
  };
}

/** Let `target` be dragged: `begin()`, then `move(right, down)` in pixels since the start. */
function draggable(target, { begin, move, cancel }) {
  target.addEventListener("pointerdown", (event) => {
    const from = [event.clientX, event.clientY];
    target.setPointerCapture(event.pointerId);
    begin();
    const go = (later) => move(later.clientX - from[0], later.clientY - from[1]);
    const key = (pressed) => {
      if (pressed.key === "Escape") {
        cancel();
        stop();
      }
    };
    const stop = () => {
      target.removeEventListener("pointermove", go);
      document.removeEventListener("keydown", key, true);
    };
    target.addEventListener("pointermove", go);
    document.addEventListener("keydown", key, true);
    for (const end of ["pointerup", "pointercancel"]) target.addEventListener(end, stop, { once: true });
    event.preventDefault();
  });
}

/** The view: dragging the background turns and tilts it; two labelled ranges do the same. */
function turning(stage, root, hit) {
  const degrees = (value) => `${Math.round(value)} degrees`;
  const axis = (name, label, min, max) =>
    hiddenRange({
      label,
      min,
      max,
      step: 5,
      text: degrees,
      get: () => stage.state[name],
      put: (value) => stage.set({ [name]: value }),
      onFocus: () => root.classList.add("pf-focused"),
      onBlur: () => root.classList.remove("pf-focused"),
    });
  const axes = [axis("turn", "view: turn", -180, 180), axis("tilt", "view: tilt", 0, 90)];
  root.append(kit.html("span", { class: "bf-hidden" }, axes.map(({ input }) => input)));
  let from = {};
  const around = (turn) => ((((turn + 180) % 360) + 360) % 360) - 180;
  draggable(hit, {
    begin: () => {
      const { turn, tilt } = stage.state;
      from = { turn, tilt };
    },
    move: (right, down) =>
      stage.set({ turn: around(from.turn + right / 2), tilt: kit.clamp(from.tilt + down / 2, 0, 90) }),
    cancel: () => stage.set(from),
  });
  return { place: () => axes.forEach((range) => range.refresh()) };
}

/** One corner of the plane, to lift and to lower: training then starts from there. */
function cornerHandle(stage, root, layer, corner, { low, high, change, unit }) {
  const heights = () => heightsOf(stage.state.run.points[stage.state.at]);
  const put = (value) =>
    change({ start: planeThrough(heights().map((old, i) => (i === corner ? value : old))), at: 0 });
  const knob = kit.svg(
    "g",
    { class: "bf-handle" },
    kit.svg("circle", { r: 12, class: "bf-focus-ring" }),
    kit.svg("circle", { r: 7, class: "bf-dot pf-knob" }),
    kit.svg("path", { class: "pf-arrows", d: "M-3,-11L0,-15L3,-11M-3,11L0,15L3,11" }),
  );
  const hit = kit.svg("circle", { r: 22, class: "bf-hit pf-lift" });
  knob.append(hit);
  layer.append(knob);
  const where = `x₁ = ${CORNERS[corner][0]}, x₂ = ${CORNERS[corner][1]}`.replaceAll("-", "−");
  const range = hiddenRange({
    label: `height of the plane at ${where}`,
    min: low,
    max: high,
    step: 0.1,
    get: () => heights()[corner],
    put,
    text: (value) => kit.format(value),
    onFocus: () => knob.classList.add("bf-focused"),
    onBlur: () => knob.classList.remove("bf-focused"),
  });
  root.append(kit.html("span", { class: "bf-hidden" }, range.input));
  let [from, before] = [0, null];
  kit.keepTouches(hit);
  draggable(hit, {
    begin: () => {
      const { start, at } = stage.state;
      [from, before] = [kit.clamp(heights()[corner], low, high), { start, at }];
      range.input.focus({ preventScroll: true });
    },
    // Seen from straight above, heights have no length on the screen.
    move: (_right, down) => range.move(from - down / Math.max(unit().pixels, 12)),
    cancel: () => change(before),
  });
  return {
    place: (/** @type {number[]} */ [x, y], { width, height }) => {
      kit.set(knob, {
        transform: `translate(${kit.clamp(x, 12, width - 12)},${kit.clamp(y, 16, height - 16)})`,
      });
      range.refresh();
    },
  };
}

// ---------------------------------------------------------------- residuals along one input

export function residualView({ X, y, opening }, input) {
  const panel = kit.panel({
    x: { label: NAMES[input], ticks: 3 },
    y: { ticks: 4 },
    describe: `The residuals against ${NAMES[input]}, and the straight line that runs through them`,
  });
  Object.assign(panel.margin, { left: 30, top: 6, right: 4, bottom: 34 });
  const title = kit.html("div", { class: "bf-title pf-small" });
  panel.root.prepend(title);
  const reach = Math.ceil(
    1.05 * Math.max(...y.map(Math.abs), ...residuals(X, y, opening.start).map(Math.abs)),
  );
  const zero = kit.svg("line", { class: "bf-axis" });
  const slope = kit.svg("line", { class: "pf-trend" });
  const sticks = X.map(() => kit.svg("line", { class: "pf-stick" }));
  const dots = X.map(() => kit.svg("circle", { class: "pf-sample", r: 2.5 }));
  panel.marks.append(zero, ...sticks, ...dots, slope);

  function layout(width, height) {
    panel.layout({ width, height, x: [-1.08, 1.08], y: [-reach, reach] });
    kit.set(zero, { x1: panel.x(-1.08), x2: panel.x(1.08), y1: panel.y(0), y2: panel.y(0) });
  }

  function draw({ run, at }) {
    const parameters = run.points[at];
    const lit = new Set(at > 0 ? run.batches[at - 1] : []);
    const errors = residuals(X, y, parameters);
    const pixel = (error) => kit.clamp(panel.y(error), -1e4, 1e4);
    errors.forEach((error, i) => {
      const place = panel.x(X[i][input]);
      kit.set(sticks[i], { x1: place, x2: place, y1: panel.y(0), y2: pixel(error), "data-lit": lit.has(i) });
      kit.set(dots[i], { cx: place, cy: pixel(error) });
    });
    const [tilt, middle] = trend(X.map((x) => x[input]), errors);
    kit.set(slope, { x1: panel.x(-1), y1: pixel(middle - tilt), x2: panel.x(1), y2: pixel(middle + tilt) });
    const pull = planeGradient(X, y, parameters, X.map((_, i) => i))[input];
    title.textContent = `∂L/∂w${"₁₂"[input]} = ${kit.format(pull)}`;
  }
  return { panel, layout, draw };
}

// ---------------------------------------------------------------- loss along the run

export function lossOverRun(problem, moveTo, state) {
  const { X, y, best, orders } = problem;
  const least = planeLoss(X, y, best);
  const panel = kit.panel({
    x: { label: "epoch" },
    y: { log: true, label: "" },
    describe: "The loss on all samples along the run, on a logarithmic axis",
  });
  Object.assign(panel.margin, { left: 40, top: 6, right: 14 });
  const title = kit.html("div", { class: "bf-title" });
  panel.root.prepend(title);
  const bottom = 0.6 * Math.max(least, 1e-4);
  const floor = kit.svg("line", { class: "pf-floor" });
  const floorName = kit.svg("text", { class: "pf-hint" }, "least squares");
  const [previous, rest, done] = ["pf-previous", "pf-rest", "pf-done"].map((name) =>
    kit.svg("path", { class: name })
  );
  const here = kit.svg("circle", { class: "pf-here bf-dot", r: 6 });
  panel.marks.append(floor, previous, rest, done, here);
  panel.over.append(floorName);
  const perEpoch = (run) => Math.ceil(X.length / run.batches[0].length);
  const curve = (run, from = 0, to = run.losses.length) =>
    kit.linePath(
      run.losses.slice(from, to).map((
        loss,
        i,
      ) => [panel.x((from + i) / perEpoch(run)), kit.clamp(panel.y(Math.max(loss, bottom)), -1e4, 1e4)]),
    );

  function layout(width, height) {
    const top = Math.max(10, 2 * planeLoss(X, y, [0, 0, 0]));
    panel.layout({ width, height, x: [0, orders.length], y: [bottom, top] });
    kit.set(floor, { x1: panel.x(0), x2: panel.x(orders.length), y1: panel.y(least), y2: panel.y(least) });
    kit.set(floorName, { x: panel.x(0) + 6, y: panel.y(least) - 5 });
  }

  function draw({ run, at, previous: old }) {
    kit.set(done, { d: curve(run, 0, at + 1) });
    kit.set(rest, { d: curve(run, at) });
    kit.set(previous, { d: old ? curve(old) : "" });
    kit.set(here, {
      cx: panel.x(at / perEpoch(run)),
      cy: kit.clamp(panel.y(Math.max(run.losses[at], bottom)), -1e4, 1e4),
    });
    kit.clear(title, "Loss: ", kit.html("span", { class: "pf-loss" }, fateOf(run, at)));
  }
  panel.svg.addEventListener("click", (event) => {
    const { run } = state();
    moveTo(kit.clamp(Math.round(panel.toData(event)[0] * perEpoch(run)), 0, run.points.length - 1));
  });
  return { panel, layout, draw };
}

const fateOf = (
  run,
  at,
) => (run.divergedAt ? `diverged at step ${run.divergedAt}` : kit.format(run.losses[at]));
