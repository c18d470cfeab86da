/**
 * JacobianLab's two planes. Each has `panel`, `layout(size)` and `draw(scene)`; a scene is the reader's
 * state with all that follows from it (see `sceneOf`). What can be dragged ends in a dot, what is
 * computed ends in an arrowhead.
 */
import * as kit from "../kit/index.js";
import { pushforward, squareBorder, valueAt } from "./maths.js";

const WINDOW = [-2, 2];
const GRID_STEP = 0.5;

const add = (/** @type {number[]} */ [a, b], /** @type {number[]} */ [c, d]) => [a + c, b + d];
const range = (low, high, step) =>
  Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);

/** Lines of the grid with one coordinate fixed, as points of the input plane. */
function gridLine(grid, axis, value) {
  const [low, high] = grid[1 - axis];
  return range(low, high, (high - low) / 48).map((along) => (axis === 0 ? [value, along] : [along, value]));
}

function gridLines(grid) {
  return [0, 1].flatMap((axis) =>
    range(...grid[axis], GRID_STEP).map((value) => gridLine(grid, axis, value))
  );
}

function circle(radius) {
  return range(0, 2 * Math.PI, Math.PI / 36).map((
    turn,
  ) => [radius * Math.cos(turn), radius * Math.sin(turn)]);
}

/** A panel with what both planes hold, each shape a path that `trace(shape, points)` draws in data units. */
function plane(title, shown, describe) {
  const axes = { x: { label: "" }, y: { label: "" } };
  const panel = kit.panel({ title, ...axes, equal: true, describe });
  const shapes = {};
  for (const name of ["grid", "cross", "patch", "tangent", "circle", "axes"]) {
    shapes[name] = kit.svg("path", { class: `jl-${name}` });
    panel.marks.append(shapes[name]);
  }
  const trace = (name, ...lines) =>
    kit.set(shapes[name], { d: lines.map((line) => panel.line(line)).join("") });
  const layout = (size, names) => {
    [axes.x.label, axes.y.label] = names;
    panel.layout({ width: size, height: size + 2, x: WINDOW, y: WINDOW }); // a square inside its margins
  };
  panel.title.append(
    ...shown.map(([classes, name]) => kit.html("span", { class: `jl-key ${classes}` }, name)),
  );
  return { panel, trace, layout };
}

/** An arrow from a point along a vector; `dot: true` leaves room at its end for a handle. */
function arrow(panel, { classes, name, dot = false }) {
  const shaft = kit.svg("path", { class: `jl-arrow ${classes}` });
  const head = kit.svg("path", { class: `jl-head ${classes}`, d: "M1,0L-11,5.5L-8,0L-11,-5.5Z" });
  const label = kit.svg("text", {
    class: `jl-name ${classes}`,
    "text-anchor": "middle",
    "aria-hidden": "true",
  }, name);
  panel.marks.append(shaft, dot ? "" : head);
  panel.over.append(label);
  return (from, vector) => {
    const [x0, y0] = [panel.x(from[0]), panel.y(from[1])];
    const [x1, y1] = [panel.x(from[0] + vector[0]), panel.y(from[1] + vector[1])];
    const [length, turn] = [Math.hypot(x1 - x0, y1 - y0), Math.atan2(y1 - y0, x1 - x0)];
    const short = dot ? 8 : Math.min(7, length);
    kit.set(shaft, {
      d: length > short ? `M${x0},${y0}L${x1 - short * Math.cos(turn)},${y1 - short * Math.sin(turn)}` : "",
    });
    kit.set(head, {
      transform: `translate(${x1},${y1}) rotate(${(turn * 180) / Math.PI})`,
      visibility: length < 4 ? "hidden" : null,
    });
    placeName(panel, label, x1 + 20 * Math.cos(turn), y1 + 18 * Math.sin(turn) + 5);
  };
}

/** A name near its mark, kept inside the frame. */
function placeName(panel, label, x, y) {
  const [[left, right], [bottom, top]] = [panel.x.range, panel.y.range];
  kit.set(label, { x: kit.clamp(x, left + 14, right - 14), y: kit.clamp(y, top + 14, bottom - 6) });
}

/** The panel as a handle sees it whose numbers count from a point that moves. */
function seenFrom(panel, origin) {
  return {
    root: panel.root,
    svg: panel.svg,
    over: panel.over,
    x: (value) => panel.x(value + origin()[0]),
    y: (value) => panel.y(value + origin()[1]),
    toData: (event) => panel.toData(event).map((value, i) => value - origin()[i]),
  };
}

const LONGEST = 0.8;
const component = (label) => ({ label, min: -LONGEST, max: LONGEST, step: 0.05 });

/** The tip of a vector to drag, in numbers relative to where the vector begins. */
function tipHandle(stage, panel, { name, key, role, origin, change }) {
  return kit.handle(seenFrom(panel, origin), {
    x: component(`${name}, first component`),
    y: component(`${name}, second component`),
    role,
    tap: false,
    get: () => stage.state[key],
    onInput: (vector) => change({ [key]: vector }),
  });
}

// ---------------------------------------------------------------- input plane

export function inputPlane(stage, change) {
  const { panel, trace, layout } = plane("Input space", [["jl-here", "x"], ["jl-push", "v"], [
    "jl-pull",
    "vᵀJ",
  ]], "The input plane: a straight grid, the point, the vector v and the pulled-back vector");
  const pulled = arrow(panel, { classes: "jl-pull", name: "vᵀJ" });
  const given = arrow(panel, { classes: "jl-push", name: "v", dot: true });
  const axes = [0, 1].map((i) => ({
    label: `point, ${["first", "second"][i]} coordinate`,
    min: -1,
    max: 1,
    step: 0.05,
  }));
  const movePoint = (point) => change({ point });
  const place = kit.handle(panel, {
    x: axes[0],
    y: axes[1],
    role: "data",
    tap: false,
    get: () => stage.state.point,
    onInput: movePoint,
  });
  const tip = tipHandle(stage, panel, {
    name: "v in input space",
    key: "v_in",
    role: "path",
    origin: () => stage.state.point,
    change,
  });
  const label = kit.svg(
    "text",
    { class: "jl-name jl-here", "text-anchor": "middle", "aria-hidden": "true" },
    "x",
  );
  panel.over.append(label);
  panel.svg.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).classList.contains("bf-hit")) return;
    const spot = panel.toData(event);
    const { point, v_in: v } = stage.state;
    const away = (to) => Math.hypot(spot[0] - to[0], spot[1] - to[1]);
    // A tap moves whichever of the two stands nearer.
    if (away(add(point, v)) < away(point)) {
      change({ v_in: spot.map((value, i) => settle(value - point[i], component(""))) });
    } else movePoint(spot.map((value, i) => settle(value, axes[i])));
  });

  function draw({ map, point, v_in: v, patch, pulledBack }) {
    map.ranges.forEach(([min, max], i) => {
      Object.assign(axes[i], { min, max });
      kit.set(place.inputs[i], { min, max });
    });
    trace("grid", ...gridLines(map.grid));
    trace("cross", gridLine(map.grid, 0, point[0]), gridLine(map.grid, 1, point[1]));
    trace("patch", squareBorder(patch).map((offset) => add(point, offset)));
    trace("circle", circle(1).map((offset) => add(point, offset)));
    pulled(point, pulledBack);
    given(point, v);
    placeName(panel, label, panel.x(point[0]) - 13, panel.y(point[1]) - 11);
    place.place();
    tip.place();
  }
  return { panel, layout: (size, map) => layout(size, map.inputs), draw };
}

/** A place inside an axis's ends, on its steps. */
function settle(value, { min, max, step }) {
  return kit.clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max);
}

// ---------------------------------------------------------------- output plane

export function outputPlane(stage, change) {
  const { panel, trace, layout } = plane("Output space", [["jl-here", "f(x)"], ["jl-push", "Jv"], [
    "jl-pull",
    "v",
  ]], "The output plane: the bent grid, the image of the point, the pushed-forward vector and the vector v");
  const curve = kit.svg("path", { class: "jl-curve" });
  const truth = kit.svg("circle", { class: "jl-truth", r: 4.5 });
  const dot = kit.svg("circle", { class: "jl-image bf-dot", r: 6 });
  panel.marks.append(curve, truth);
  const pushed = arrow(panel, { classes: "jl-push", name: "Jv" });
  const given = arrow(panel, { classes: "jl-pull", name: "v", dot: true });
  panel.marks.append(dot);
  const sigmas = [0, 1].map(() =>
    kit.svg("text", { class: "jl-name jl-sigma", "text-anchor": "middle", "aria-hidden": "true" })
  );
  const label = kit.svg(
    "text",
    { class: "jl-name jl-here", "text-anchor": "middle", "aria-hidden": "true" },
    "f(x)",
  );
  panel.over.append(...sigmas, label);
  const image = () => valueAt(stage.state.plane, stage.state.point);
  const tip = tipHandle(stage, panel, {
    name: "v in output space",
    key: "v_out",
    role: "gradient",
    origin: image,
    change,
  });
  panel.svg.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).classList.contains("bf-hit")) return;
    const origin = image();
    change({ v_out: panel.toData(event).map((value, i) => settle(value - origin[i], component(""))) });
  });

  function draw({ map, point, v_in: v, v_out: given_v, patch, y, J, pushedForward, half }) {
    const bend = (line) => line.map((x) => valueAt(map, x));
    const tangent = (offsets) => offsets.map((offset) => add(y, pushforward(J, offset)));
    trace("grid", ...gridLines(map.grid).map(bend));
    trace("cross", bend(gridLine(map.grid, 0, point[0])), bend(gridLine(map.grid, 1, point[1])));
    trace("patch", bend(squareBorder(patch).map((offset) => add(point, offset))));
    trace("tangent", tangent(squareBorder(patch, 1)));
    trace("circle", tangent(circle(1)));
    trace("axes", ...half.map(({ to }) => [y, add(y, to)]));
    half.forEach(({ sigma, to }, i) => {
      sigmas[i].textContent = `σ${"₁₂"[i]}`;
      const size = Math.max(Math.hypot(...to), 1e-9);
      placeName(
        panel,
        sigmas[i],
        panel.x(y[0] + to[0]) + (13 * to[0]) / size,
        panel.y(y[1] + to[1]) - (13 * to[1]) / size + 5,
      );
      kit.set(sigmas[i], { visibility: sigma < 0.12 ? "hidden" : null });
    });
    const along = range(0, 1, 1 / 24).map((share) =>
      valueAt(map, add(point, v.map((value) => share * value)))
    );
    kit.set(curve, { d: panel.line(along) });
    kit.set(truth, { cx: panel.x(along.at(-1)[0]), cy: panel.y(along.at(-1)[1]) });
    kit.set(dot, { cx: panel.x(y[0]), cy: panel.y(y[1]) });
    pushed(y, pushedForward);
    given(y, given_v);
    placeName(panel, label, panel.x(y[0]) - 20, panel.y(y[1]) - 11);
    tip.place();
  }
  return { panel, layout: (size, map) => layout(size, map.outputs), draw };
}
