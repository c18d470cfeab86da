/**
 * One index expression on a tensor: what it takes, and what writing into it changes.
 * What torch made of an expression when the figure was built (`results`) is shown as it was recorded; what
 * the reader types or drags beyond that is worked out by the expressions beside this file.
 */
import * as kit from "../kit/index.js";
import { outcome } from "./expressions.js";

const WRITTEN = 99;

// ---------------------------------------------------------------- slices to drag

/** A slice as one writes it: what equals the default is left out. */
export function writeSlice({ start, stop, step }, size) {
  const tail = step === 1 ? "" : `:${step}`;
  return `${start === 0 ? "" : start}:${stop === size ? "" : stop}${tail}`;
}

/** The slices of an expression that takes nothing but slices, one an axis, in full; null for any other. */
export function slicesOf(expression, shape) {
  const inside = /^x\[([^[\]]*)\]$/.exec(expression.trim());
  const items = inside ? inside[1].split(",").map((item) => item.trim()) : [];
  if (
    !items.length || items.length > shape.length || !items.every((item) => /^\d*:\d*(:[1-9]\d*)?$/.test(item))
  ) return null;
  return shape.map((size, axis) => {
    const [start, stop, step] = (items[axis] ?? ":").split(":");
    const end = stop ? Math.min(Number(stop), size) : size;
    return { start: Math.min(Number(start || 0), size), stop: end, step: Number(step || 1) };
  });
}

/** The expression that takes a block of a grid, from one corner to another, keeping each axis's step. */
function blockExpression(from, to, slices, shape) {
  const parts = shape.map((size, axis) =>
    writeSlice({
      start: Math.min(from[axis], to[axis]),
      stop: Math.max(from[axis], to[axis]) + 1,
      step: slices?.[axis].step ?? 1,
    }, size)
  );
  return `x[${parts.join(", ")}]`;
}

// ---------------------------------------------------------------- drawing

/** What the two grids print after the write: { source, result }, each a list of numbers. */
function afterWrite({ elements = [], shares }, values, write) {
  const reaches = write === "source" || (write === "result" && shares);
  const source = values.map((value, place) => (reaches && elements.includes(place) ? WRITTEN : value));
  const result = elements.map((
    place,
  ) => (write === "result" || (write === "source" && shares) ? WRITTEN : values[place]));
  return { source, result };
}

function render({ model, el }) {
  const x = model.get("source");
  const recorded = model.get("results");
  const places = kit.readView(x);
  const stage = kit.stage({
    model,
    el,
    name: "IndexLab",
    label: "An index expression on a tensor",
    state: { expression: model.get("expression"), write: model.get("write"), lit: places.at(-1) },
  });
  const found = () => recorded[stage.state.expression] ?? outcome(stage.state.expression, x);
  const writeExpression = (expression) => stage.set({ expression });
  const entry = expressionEntry(stage, writeExpression);
  const source = sourceGrid(stage, { x, places, writeExpression });
  const result = resultGrid(stage);
  const ranges = x.shape.length === 2 ? rangeSliders(stage, x.shape, writeExpression) : null;
  const writes = kit.choice({
    label: "then write",
    value: stage.state.write,
    onChange: (write) => stage.set({ write }),
    options: [{ value: "none", label: "nothing" }, { value: "result", label: "y.fill_(99)" }, {
      value: "source",
      label: "x[…] = 99",
    }],
  });
  stage.body.append(
    entry.root,
    kit.html("div", { class: "bf-index-pair" }, source.root, result.root),
    writes.root,
    ranges ? ranges.root : "",
  );

  stage.onDraw(({ width, state }) => {
    const taken = found();
    const written = afterWrite(taken, x.values, state.write);
    const each = width < 560 ? width : (width - 24) / 2;
    const cell = kit.fitCell([x.shape], each, { most: 44, stacked: width < 560 });
    entry.draw();
    source.draw({ cell, taken, numbers: written.source, stacked: width < 560 });
    result.draw({ taken, numbers: written.result, width: each, most: cell.width, x });
    ranges?.draw();
  });
  stage.say(() => sentence(found(), stage.state));
  return stage.start();
}

/** What happened, in one sentence. */
function sentence({ error, shape, elements, shares }, { write, expression }) {
  if (error) return error;
  const what = `${expression} has shape ${kit.tuple(shape)} and ${
    shares ? "shares the storage of x" : "is a copy"
  }.`;
  if (write === "none" || !elements.length) return what;
  const changed = write === "source" || shares
    ? `${new Set(elements).size} elements of x changed.`
    : "x is unchanged.";
  return `${what} After the write, ${changed}`;
}

/** The expression to type, and the first examples as buttons. */
function expressionEntry(stage, write) {
  const examples = stage.model.get("examples");
  const entry = kit.codeEntry({
    label: "index expression",
    get: () => stage.state.expression,
    write,
    examples,
  });
  entry.root.prepend(kit.html("span", { class: "bf-code" }, "y = "));
  const chips = examples.slice(0, 4).map((text) =>
    kit.html("button", { type: "button", class: "bf-chip", onclick: () => write(text) }, text)
  );
  return {
    root: kit.html("div", {}, entry.root, kit.html("div", { class: "bf-chips" }, chips)),
    draw: entry.draw,
  };
}

/** x: press a cell and drag to another to take the block between them. */
function sourceGrid(stage, { x, places, writeExpression }) {
  let anchor = null;
  const indexOf = (place) => kit.unravel(places.indexOf(place), x.shape);
  const take = (place) =>
    writeExpression(
      blockExpression(
        indexOf(anchor ?? place),
        indexOf(place),
        slicesOf(stage.state.expression, x.shape),
        x.shape,
      ),
    );
  const grid = kit.cells({
    label: "x",
    current: () => stage.state.lit,
    onPick: (lit) => {
      stage.set({ lit });
      if (anchor !== null) take(lit);
    },
    onPress: (lit) => {
      anchor = lit;
      take(lit);
    },
  });
  for (const end of ["pointerup", "pointercancel"]) {
    grid.root.addEventListener(end, () => {
      anchor = null;
    });
  }
  grid.root.addEventListener("keyup", () => {
    anchor = null;
  });
  const frames = kit.svg("g");
  const picture = kit.svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const title = kit.html("div", { class: "bf-title" }, "x");
  const draw = ({ cell, taken, numbers, stacked }) => {
    const drawn = kit.nestedGrid(x.shape, { cell, stacked });
    const chosen = new Set(taken.elements ?? []);
    kit.set(picture, { width: drawn.width, height: drawn.height });
    kit.drawFrames(frames, drawn.frames);
    grid.draw(
      drawn.places.map((at, order) => ({
        key: places[order],
        ...cell,
        ...at,
        text: String(numbers[places[order]]),
        classes: `${chosen.has(places[order]) ? "bf-taken" : ""} ${
          numbers[places[order]] === WRITTEN ? "bf-written" : ""
        }`,
        label: `x at ${kit.tuple(kit.unravel(order, x.shape))}: ${numbers[places[order]]}${
          chosen.has(places[order]) ? ", taken" : ""
        }`,
      })),
    );
  };
  return { root: kit.html("div", { class: "bf-panel" }, title, picture), draw };
}

/** y: its cells, and whether writing into them reaches x. */
function resultGrid(stage) {
  const grid = kit.cells({
    label: "y",
    touch: "pan-y",
    current: () => stage.state.at ?? 0,
    onPick: (at) => stage.set({ at, lit: order[at] }),
  });
  const frames = kit.svg("g");
  const picture = kit.svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const facts = kit.html("div", { class: "bf-facts" });
  const verdict = kit.html("div", { class: "bf-verdict-line" });
  let order = [];
  const draw = ({ taken, numbers, width, most, x }) => {
    order = taken.elements ?? [];
    if ((stage.state.at ?? 0) >= order.length) stage.state.at = 0;
    const cell = kit.fitCell([taken.shape ?? [1]], width, { most });
    const drawn = kit.nestedGrid(taken.shape ?? [], { cell });
    kit.set(picture, { width: Math.min(width, drawn.width), height: taken.error ? 1 : drawn.height });
    kit.drawFrames(frames, taken.error ? [] : drawn.frames);
    grid.draw(
      taken.error ? [] : drawn.places.map((at, i) => ({
        key: i,
        ...cell,
        ...at,
        text: String(numbers[i]),
        classes: `bf-taken ${taken.shares ? "" : "bf-copied"} ${numbers[i] === WRITTEN ? "bf-written" : ""}`,
        label: `y at ${kit.tuple(kit.unravel(i, taken.shape))}: ${numbers[i]}`,
      })),
    );
    kit.clear(facts, factLine(taken, x));
    kit.clear(verdict, verdictLine(taken, stage.state.write));
    verdict.classList.toggle("bf-error", Boolean(taken.error));
  };
  return {
    root: kit.html(
      "div",
      { class: "bf-panel" },
      kit.html("div", { class: "bf-title" }, "y"),
      picture,
      facts,
      verdict,
    ),
    draw,
  };
}

function factLine({ error, shape, stride, offset, shares }, x) {
  if (error) return "";
  if (!shares) return `shape ${kit.tuple(shape)}`;
  return `shape ${kit.tuple(shape)} · strides ${kit.tuple(stride)} (of x: ${
    kit.tuple(x.stride)
  }) · offset ${offset}`;
}

function verdictLine({ error, shares, elements }, write) {
  if (error) return error;
  const kind = shares ? "y shares x's storage" : "y is a copy";
  if (write === "none" || !elements.length) return `${kind}.`;
  if (write === "source") {
    return shares
      ? `${kind}: assigning through the index changes both.`
      : `${kind}, but assigning through the index changes x.`;
  }
  return shares ? `${kind}: writing into y changed x.` : `${kind}: writing into y left x alone.`;
}

/** Start, stop and step of each axis, for expressions made of slices. */
function rangeSliders(stage, shape, writeExpression) {
  const current = () =>
    slicesOf(stage.state.expression, shape) ?? shape.map((size) => ({ start: 0, stop: size, step: 1 }));
  const change = (axis, part) => (value) => {
    const slices = current().with(axis, { ...current()[axis], [part]: value });
    writeExpression(`x[${slices.map((slice, i) => writeSlice(slice, shape[i])).join(", ")}]`);
  };
  const sliders = shape.flatMap((size, axis) =>
    ["start", "stop", "step"].map((part) => ({
      axis,
      part,
      control: kit.slider({
        label: `axis ${axis} ${part}`,
        min: part === "step" ? 1 : 0,
        max: part === "step" ? 3 : size,
        step: 1,
        value: current()[axis][part],
        format: String,
        onInput: change(axis, part),
      }),
    }))
  );
  const draw = () =>
    sliders.forEach(({ axis, part, control }) => {
      control.value = current()[axis][part];
    });
  return { root: kit.html("div", { class: "bf-ranges" }, sliders.map(({ control }) => control.root)), draw };
}

export default { render };
