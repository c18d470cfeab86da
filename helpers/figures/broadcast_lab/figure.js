/**
 * Two shapes aligned at their last axis. A stretched axis has stride 0: its cells are hatched, since they
 * are read again and not stored again.
 */
import * as kit from "../kit/index.js";

// ---------------------------------------------------------------- the rule

/** The common shape of two shapes: { shape }, or { error, axis } at the last axis that does not fit. */
export function broadcastShapes(a, b) {
  const ndim = Math.max(a.length, b.length);
  const shape = [];
  for (let axis = -1; axis >= -ndim; axis -= 1) {
    const [left, right] = [a.at(axis) ?? 1, b.at(axis) ?? 1]; // an axis that is missing counts as 1
    if (left !== right && left !== 1 && right !== 1) {
      return {
        axis,
        error: `Axis ${axis}: ${left} against ${right}. Neither is 1, so torch refuses.`.replace("-", "−"),
      };
    }
    shape.unshift(left === 1 ? right : left);
  }
  return { shape };
}

/** The strides of a contiguous tensor stretched to a wider shape: 0 where it is read again. */
function stretchedStride(shape, wide) {
  if (shape.length === 0) return wide.map(() => 0);
  const own = kit.contiguousStride(shape);
  const added = wide.length - shape.length;
  const stride = [...wide];
  for (let axis = wide.length - 1; axis >= 0; axis -= 1) {
    const size = axis >= added ? shape[axis - added] : 1;
    const step = axis >= added ? own[axis - added] : (wide[axis + 1] ?? 1) * (stride[axis + 1] ?? 1);
    stride[axis] = size === wide[axis] ? step : 0;
  }
  return stride;
}

/** What adding tensors of two shapes gives: { shape, strides, sums } or { error, axis }. */
export function outcome(a, b) {
  const { shape, error, axis } = broadcastShapes(a, b);
  if (error) return { error, axis };
  const strides = [stretchedStride(a, shape), stretchedStride(b, shape)];
  const [left, right] = strides.map((stride) => kit.readView({ shape, stride, offset: 0 }));
  return { shape, strides, sums: left.map((place, i) => 10 * place + right[i]) };
}

/** Shapes keep no gap: an axis that goes takes those before it along, one that comes brings those behind it. */
export function resized(shape, axis, size) {
  const length = size === 0 ? -axis - 1 : Math.max(shape.length, -axis);
  const sizes = Array.from({ length }, (_, i) => shape[shape.length - length + i] ?? 1);
  return size === 0 ? sizes : sizes.with(length + axis, size);
}

// ---------------------------------------------------------------- drawing

function hatch() {
  const id = `bf-hatch-${hatch.count++}`;
  const lines = kit.svg("path", {
    d: "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6",
    stroke: "var(--bf-muted)",
    "stroke-opacity": 0.6,
    "stroke-width": 1.2,
  });
  const pattern = kit.svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, lines);
  return { defs: kit.svg("defs", {}, pattern), fill: `url(#${id})` };
}
hatch.count = 0; // patterns need ids that are unique on the page; they are never saved

/** One axis of one shape: its size, large, above its slider. */
function sizeCell(stage, name, axis, most) {
  const size = () => stage.state[name].at(axis) ?? 0;
  const visible = () => (stage.state[name].length >= -axis ? size() : 0);
  const number = kit.html("span", { class: "bf-size", "aria-hidden": "true" });
  const control = kit.slider({
    label: `${name}, axis ${axis}`.replace("-", "−"),
    min: 0,
    max: most,
    step: 1,
    value: visible(),
    format: (value) => (value === 0 ? "no axis" : String(value)),
    onInput: (value) => stage.set({ [name]: resized(stage.state[name], axis, value) }),
  });
  const draw = ({ stretched, refused }) => {
    control.value = visible();
    number.textContent = visible() === 0 ? "–" : String(visible());
    root.classList.toggle("bf-stretched", stretched);
    root.classList.toggle("bf-clash", refused);
  };
  const root = kit.html("div", { class: "bf-size-cell" }, number, control.root);
  return { root, draw };
}

function shapeTable(stage, largest) {
  const axes = [-3, -2, -1];
  const rows = ["a", "b"].map((name) => axes.map((axis, i) => sizeCell(stage, name, axis, largest[i])));
  const sums = axes.map(() => kit.html("div", { class: "bf-size-cell bf-size" }));
  const head = axes.map((axis) =>
    kit.html("div", { class: "bf-axis-name" }, `axis ${axis}`.replace("-", "−"))
  );
  const named = (name, cells) => [kit.html("div", { class: "bf-row-name" }, name), ...cells];
  const root = kit.html(
    "div",
    { class: "bf-shapes" },
    named("", head),
    named("a", rows[0].map((cell) => cell.root)),
    named("b", rows[1].map((cell) => cell.root)),
    named("a + b", sums),
  );
  const draw = (result) =>
    axes.forEach((axis, i) => {
      const refused = result.axis === axis;
      const wide = result.shape?.at(axis);
      rows.forEach((cells, which) => {
        const shape = stage.state["ab"[which]];
        const own = shape.length >= -axis ? shape.at(axis) : 1;
        const inside = result.shape && result.shape.length >= -axis;
        cells[i].draw({ refused, stretched: Boolean(inside && own === 1 && wide > 1) });
      });
      sums[i].classList.toggle("bf-clash", refused);
      sums[i].textContent = refused
        ? "refused"
        : result.shape
        ? (result.shape.length >= -axis ? wide : "–")
        : "";
    });
  return { root, draw };
}

/** One of the three grids; `read` says for each place of the result which element it shows. */
function gridPanel(stage, { title, label, interactive = false }) {
  const grid = kit.cells({ label, current: () => stage.state.lit, onPick: (lit) => stage.set({ lit }) });
  const frames = kit.svg("g");
  const { defs, fill } = hatch();
  const picture = kit.svg("svg", { class: "bf-panel-svg", role: "group" }, defs, frames, grid.root);
  const facts = kit.html("div", { class: "bf-facts" });
  const root = kit.html(
    "div",
    { class: "bf-panel" },
    kit.html("div", { class: "bf-title" }, title),
    picture,
    facts,
  );
  const draw = ({ shape, cell, texts, isVirtual, lit, words }) => {
    const drawn = kit.nestedGrid(shape, { cell, stacked: true });
    kit.set(picture, { width: drawn.width, height: drawn.height });
    kit.drawFrames(frames, drawn.frames);
    grid.draw(
      drawn.places.map((at, place) => ({
        key: place,
        ...cell,
        ...at,
        text: String(texts[place]),
        fill: isVirtual(place) ? fill : null,
        classes: `${lit(place)} ${isVirtual(place) ? "bf-virtual" : interactive ? "" : "bf-stored"}`,
        label: `${label} at ${kit.tuple(kit.unravel(place, shape))}: ${texts[place]}${
          isVirtual(place) ? ", read again" : ""
        }`,
      })),
    );
    kit.clear(facts, words);
  };
  return { root, draw };
}

function render({ model, el }) {
  const recorded = model.get("results");
  const stage = kit.stage({
    model,
    el,
    name: "BroadcastLab",
    label: "Broadcasting two shapes",
    state: { a: model.get("a"), b: model.get("b"), lit: 6 },
  });
  const found = () => {
    const { a, b } = stage.state;
    const { axis } = broadcastShapes(a, b);
    return { ...(recorded[`${a}|${b}`] ?? outcome(a, b)), axis };
  };
  const table = shapeTable(stage, model.get("largest"));
  const panels = {
    a: gridPanel(stage, { title: "a, stretched", label: "a" }),
    b: gridPanel(stage, { title: "b, stretched", label: "b" }),
    sum: gridPanel(stage, { title: "a + b", label: "a + b", interactive: true }),
  };
  const line = kit.html("p", { class: "bf-sum-line" });
  const pairs = kit.html(
    "div",
    { class: "bf-buttons" },
    model.get("examples").map(([a, b]) =>
      kit.button({ label: `${kit.tuple(a)} + ${kit.tuple(b)}`, onClick: () => stage.set({ a, b }) }).root
    ),
  );
  stage.body.append(
    table.root,
    kit.html("div", { class: "bf-three" }, panels.a.root, panels.b.root, panels.sum.root),
    line,
    pairs,
  );

  stage.onDraw(({ width, state }) => {
    const result = found();
    const count = kit.product(result.shape ?? [1]);
    state.lit = Math.min(state.lit, count - 1);
    table.draw(result);
    const cell = kit.fitCell([result.shape ?? state.a, result.shape ?? state.b], (width - 32) / 3, {
      most: 38,
      stacked: true,
      least: 17,
    });
    for (const which of [0, 1]) drawOperand(panels["ab"[which]], { which, result, state, cell });
    panels.sum.root.hidden = Boolean(result.error);
    if (!result.error) drawSum(panels.sum, { result, state, cell });
    line.textContent = result.error ?? sumText(result, state);
    line.classList.toggle("bf-error", Boolean(result.error));
  });
  stage.say(() =>
    found().error ??
      `${kit.tuple(stage.state.a)} and ${kit.tuple(stage.state.b)} give ${kit.tuple(found().shape)}. ${
        sumText(found(), stage.state)
      }`
  );
  return stage.start();
}

function drawOperand(panel, { which, result, state, cell }) {
  const own = state["ab"[which]];
  const shape = result.shape ?? own;
  const stride = result.strides?.[which] ?? kit.contiguousStride(own);
  const places = kit.readView({ shape, stride, offset: 0 });
  const first = (place) => places.indexOf(places[place]) === place;
  const source = places[state.lit];
  panel.draw({
    shape,
    cell,
    texts: places.map((place) => place * (which === 0 ? 10 : 1)),
    isVirtual: (place) => !first(place),
    lit: (
      place,
    ) => (result.error || places[place] !== source
      ? ""
      : first(place)
      ? "bf-lit"
      : place === state.lit
      ? "bf-also"
      : ""),
    words: result.error ? `shape ${kit.tuple(own)}` : `shape ${kit.tuple(own)}, strides ${kit.tuple(stride)}`,
  });
}

function drawSum(panel, { result, state, cell }) {
  panel.draw({
    shape: result.shape,
    cell,
    texts: result.sums,
    isVirtual: () => false,
    lit: (place) => (place === state.lit ? "bf-lit" : ""),
    words: `shape ${kit.tuple(result.shape)}`,
  });
}

/** Where one sum comes from, as a formula. */
export function sumText({ shape, strides, sums }, { a, b, lit }) {
  const index = kit.unravel(lit, shape);
  const place = strides.map((stride) => index.reduce((sum, i, axis) => sum + i * stride[axis], 0));
  const at = (
    name,
    sizes,
    where,
  ) => (sizes.length ? `${name}[${kit.unravel(where, sizes).join(", ")}]` : name);
  const target = shape.length ? `(a + b)[${index.join(", ")}]` : "a + b";
  return `${target} = ${at("a", a, place[0])} + ${at("b", b, place[1])} = ${10 * place[0]} + ${place[1]} = ${
    sums[lit]
  }`;
}

export default { render };
