// helpers/figures/kit/elements.js
function fill(node, attributes, children) {
  set(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== void 0));
  return node;
}
function set(node, attributes = {}) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === false || value === null || value === void 0) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  return node;
}
function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}
function clear(node, ...children) {
  node.replaceChildren(...children.flat());
  return node;
}
function serial() {
  globalThis.bookFigureParts = (globalThis.bookFigureParts ?? 0) + 1;
  return globalThis.bookFigureParts;
}

// helpers/figures/kit/numbers.js
var SUPERSCRIPT = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹"
};
function format(value, digits = 3) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e4 || size < 1e-3) return powerOfTen(value, digits);
  const rounded = value.toPrecision(digits);
  return (rounded.includes("e") ? String(Number(rounded)) : rounded).replace("-", "−");
}
function powerOfTen(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const raised = [...exponent.replace("+", "")].map((sign) => SUPERSCRIPT[sign]).join("");
  return `${mantissa.replace("-", "−")}×10${raised}`;
}
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

// helpers/figures/kit/handles.js
function keepTouches(node) {
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
}

// helpers/figures/kit/cells.js
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function cells({ label, current, onPick, onPress = () => {
}, touch = "none" }) {
  const root = svg("g", { class: "bf-cells", role: "group", "aria-label": label });
  const nodes = /* @__PURE__ */ new Map();
  let list = [];
  let last = null;
  let wantsFocus = false;
  const pick = (key, by) => {
    if (key === null) return;
    last = key;
    wantsFocus = true;
    onPick(key, by);
  };
  const under = (event) => {
    const box = root.ownerSVGElement.getBoundingClientRect();
    return cellUnder(list, event.clientX - box.left, event.clientY - box.top);
  };
  const drag = (event) => {
    const key = under(event);
    if (key !== last) pick(key, "drag");
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    root.addEventListener("pointermove", drag);
    event.preventDefault();
    const key = under(event);
    if (key === null) return;
    pick(key, "press");
    onPress(key);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    root.addEventListener(end, () => root.removeEventListener("pointermove", drag));
  }
  if (touch === "none") keepTouches(root);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") onPress(current());
    else if (event.key in ARROWS || event.key === "Home" || event.key === "End") {
      pick(cellTowards(list, current(), event.key), "key");
    } else return;
    event.preventDefault();
  });
  const draw = (wanted) => {
    list = wanted;
    if (touch !== "none") root.ownerSVGElement.style.touchAction = touch;
    drawCells(root, nodes, list, current());
    if (wantsFocus) nodes.get(current())?.focus({ preventScroll: true });
    wantsFocus = false;
  };
  return { root, draw };
}
function cellUnder(list, x, y) {
  const away = ({ x: left, y: top, width, height }) => Math.hypot(x - clamp(x, left, left + width), y - clamp(y, top, top + height));
  const nearest = closest(list, away);
  return nearest && away(nearest) <= 12 ? nearest.key : null;
}
function cellTowards(list, key, arrow) {
  const open = list.filter(({ skip }) => !skip);
  if (arrow === "Home") return open.at(0)?.key ?? null;
  if (arrow === "End") return open.at(-1)?.key ?? null;
  const way = ARROWS[arrow];
  const middle = (cell) => [cell.x + cell.width / 2, cell.y + cell.height / 2];
  const from = middle(list.find((cell) => cell.key === key));
  const along = (cell) => (middle(cell)[0] - from[0]) * way[0] + (middle(cell)[1] - from[1]) * way[1];
  const across = (cell) => Math.abs((middle(cell)[0] - from[0]) * way[1]) + Math.abs((middle(cell)[1] - from[1]) * way[0]);
  const found = closest(open.filter((cell) => along(cell) > 1), (cell) => along(cell) + 3 * across(cell));
  return found ? found.key : null;
}
function closest(list, distance) {
  return list.reduce((best, cell) => best === null || distance(cell) < distance(best) ? cell : best, null);
}
function drawCells(root, nodes, list, current) {
  const keys = new Set(list.map(({ key }) => key));
  for (const [key, node] of nodes) {
    if (!keys.has(key)) {
      node.remove();
      nodes.delete(key);
    }
  }
  list.forEach((cell, place) => {
    if (!nodes.has(cell.key)) nodes.set(cell.key, svg("g", {}, svg("rect"), svg("text")));
    const node = nodes.get(cell.key);
    paintCell(node, cell, cell.key === current);
    if (root.children[place] !== node) root.insertBefore(node, root.children[place] ?? null);
  });
}
function paintCell(node, { x, y, width, height, text = "", label, classes = "", fill: fill2 = null, pressed = null }, isCurrent) {
  set(node, {
    class: `bf-cell ${classes}`,
    role: "button",
    tabindex: isCurrent ? 0 : -1,
    "aria-label": label ?? text,
    "aria-pressed": String(pressed ?? isCurrent),
    style: `transform: translate(${x}px, ${y}px)`
  });
  set(node.firstChild, { width, height, rx: 4, style: fill2 ? `fill: ${fill2}` : null });
  set(node.lastChild, { x: width / 2, y: height / 2 + 4.5, "text-anchor": "middle" });
  node.lastChild.textContent = text;
}
function drawFrames(group, frames) {
  clear(group, frames.map((frame) => svg("rect", { class: "bf-frame", rx: 5, ...frame })));
}

// helpers/figures/kit/stage.js
function pageTheme() {
  const { documentElement: page, body } = document;
  const named = page.dataset.theme ?? page.getAttribute("theme");
  if (named === "dark" || named === "light") return named;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  if (body.dataset.vscodeThemeKind) return body.dataset.vscodeThemeKind.includes("dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function stage({ model, el, name, label, state }) {
  const body = html("div", { class: "bf-body" });
  const live = html("p", { class: "bf-hidden", "aria-live": "polite" });
  const caption = html("figcaption", { class: "bf-caption" }, model.get("caption") ?? "");
  const root = html(
    "figure",
    { class: "book-figure", "data-figure": name, "aria-label": label },
    body,
    live,
    caption
  );
  const draws = [];
  const cleanups = [];
  let frame = 0;
  let sentence2 = null;
  let timer = 0;
  const drawNow = () => {
    frame = 0;
    self.width = Math.round(body.getBoundingClientRect().width) || 700;
    for (const draw of draws) draw({ width: self.width, state: self.state });
    root.dataset.ready = "true";
  };
  const speak = () => {
    clearTimeout(timer);
    timer = setTimeout(() => sentence2 && (live.textContent = sentence2()), 500);
  };
  const self = {
    root,
    body,
    model,
    state: { ...state },
    width: 0,
    invalidate() {
      if (!frame) frame = requestAnimationFrame(drawNow);
    },
    set(patch, { quiet = false } = {}) {
      Object.assign(self.state, patch);
      sendToPython(model, patch);
      self.invalidate();
      if (!quiet) speak();
    },
    onDraw: (draw) => draws.push(draw),
    onCleanup: (cleanup) => cleanups.push(cleanup),
    say(makeSentence) {
      sentence2 = makeSentence;
    },
    start() {
      el.append(root);
      keepKeys(self);
      followTheme(self);
      followWidth(self);
      drawNow();
      self.onCleanup(() => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        root.remove();
      });
      return () => cleanups.splice(0).forEach((cleanup) => cleanup());
    }
  };
  return self;
}
function sendToPython(model, patch) {
  const synced = Object.entries(patch).filter(([key]) => model.get(key) !== void 0);
  for (const [key, value] of synced) model.set(key, value);
  if (synced.length) model.save_changes();
}
function keepKeys({ root, onCleanup }) {
  const mark = ({ target, key, ctrlKey, metaKey }) => {
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (root.contains(target)) set(target, { "data-lm-suppress-shortcuts": saves ? null : "true" });
  };
  root.addEventListener("focusin", mark);
  addEventListener("keydown", mark, true);
  onCleanup(() => removeEventListener("keydown", mark, true));
}
function followTheme({ root, invalidate, onCleanup }) {
  const apply = () => {
    root.dataset.theme = pageTheme();
    invalidate();
  };
  const observer = new MutationObserver(apply);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", apply);
  onCleanup(() => {
    observer.disconnect();
    system.removeEventListener("change", apply);
  });
  root.dataset.theme = pageTheme();
}
function followWidth(self) {
  const observer = new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) !== self.width) self.invalidate();
  });
  observer.observe(self.body);
  self.onCleanup(() => observer.disconnect());
}

// helpers/figures/kit/controls.js
function slider({
  label,
  min = 0,
  max = 1,
  step = 0.01,
  values = null,
  value,
  ticks = [],
  format: show = (number) => format(number),
  onInput
}) {
  const [low, high, pace] = values ? [0, values.length - 1, 1] : [min, max, step];
  const toValue = (position) => values ? values[position] : position;
  const toPosition = (wanted) => values ? Math.max(0, values.indexOf(wanted)) : wanted;
  const input = html("input", { type: "range", min: low, max: high, step: pace, "aria-label": label });
  const output = html("output", { class: "bf-value", "aria-hidden": "true" });
  const refresh = () => {
    output.textContent = show(toValue(Number(input.value)));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  const move = (position) => {
    input.value = position;
    refresh();
    onInput(toValue(Number(input.value)));
  };
  let before = 0;
  const remember = () => {
    before = Number(input.value);
  };
  set(input, { onfocus: remember, onpointerdown: remember, oninput: () => move(Number(input.value)) });
  input.addEventListener("keydown", (event) => sliderKey(event, { input, pace, move, before: () => before }));
  const marks = ticks.map((tick) => tickButton(tick, { low, high, toPosition, move }));
  const root = html(
    "label",
    { class: "bf-slider" },
    html("span", { class: "bf-label" }, label),
    output,
    html(
      "span",
      { class: "bf-track" },
      input,
      marks.length ? html("span", { class: "bf-ticks" }, marks) : null
    )
  );
  const self = {
    root,
    input,
    get value() {
      return toValue(Number(input.value));
    },
    set value(wanted) {
      input.value = toPosition(wanted);
      refresh();
    }
  };
  self.value = value;
  return self;
}
function sliderKey(event, { input, pace, move, before }) {
  const arrows = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
  if (event.key === "Escape") move(before());
  else if (event.shiftKey && arrows[event.key]) move(Number(input.value) + 10 * pace * arrows[event.key]);
  else return;
  event.preventDefault();
}
function tickButton({ value, label }, { low, high, toPosition, move }) {
  const share = (toPosition(value) - low) / (high - low);
  const centre = share < 0.05 ? "12px" : share > 0.95 ? "calc(100% - 12px)" : "50%";
  const place = `left: calc(10px + ${share} * (100% - 20px)); --centre: ${centre}`;
  return html("button", {
    type: "button",
    class: "bf-tickmark",
    style: place,
    onclick: (event) => {
      event.preventDefault();
      move(toPosition(value));
    }
  }, label);
}
function choice({ label, options, value, onChange }) {
  const group = `bf-choice-${serial()}`;
  const radios = options.map((option) => {
    const input = html("input", { type: "radio", name: group, onchange: () => onChange(option.value) });
    input.checked = option.value === value;
    return html("label", { class: "bf-option" }, input, html("span", {}, option.label));
  });
  return {
    root: html("fieldset", { class: "bf-choice" }, html("legend", { class: "bf-label" }, label), radios)
  };
}
function codeEntry({ label, get, write, examples }) {
  const input = html("input", {
    type: "text",
    class: "bf-code-input",
    "aria-label": label,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    oninput: () => write(input.value)
  });
  const choose = () => {
    write(menu.value);
    menu.value = "";
  };
  const menu = html(
    "select",
    { class: "bf-examples", "aria-label": `examples: ${label}`, onchange: choose },
    html("option", { value: "" }, "examples"),
    examples.map((text) => html("option", { value: text }, text))
  );
  const draw = () => {
    if (input.value !== get()) input.value = get();
  };
  return { root: html("div", { class: "bf-write" }, input, menu), draw };
}

// helpers/figures/kit/tensors.js
function contiguousStride(shape) {
  let step = 1;
  return shape.toReversed().map((size) => {
    const stride = step;
    step *= Math.max(size, 1);
    return stride;
  }).toReversed();
}
function readView({ shape, stride, offset }) {
  return shape.reduce(
    (places, size, axis) => places.flatMap((place) => Array.from({ length: size }, (_, index) => place + index * stride[axis])),
    [offset]
  );
}
function unravel(place, shape) {
  return contiguousStride(shape).map((step, axis) => Math.floor(place / step) % shape[axis]);
}
function tuple(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}
var Refusal = class extends Error {
};
function refuse(reason) {
  throw new Refusal(reason);
}
function orRefusal(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}
function freshTensor(shape, elements) {
  return { shape, stride: contiguousStride(shape), offset: 0, storage: elements };
}
function elementsOf(tensor) {
  return readView(tensor).map((place) => tensor.storage[place]);
}
function insertAxis(tensor, axis) {
  const step = axis < tensor.shape.length ? tensor.shape[axis] * tensor.stride[axis] : 1;
  return {
    ...tensor,
    shape: tensor.shape.toSpliced(axis, 0, 1),
    stride: tensor.stride.toSpliced(axis, 0, step)
  };
}
function describeResult(result, x) {
  const { shape, stride, offset, storage } = result;
  return { shape, stride, offset, elements: elementsOf(result), shares: storage === x.storage };
}
var FRAME = 5;
function nestedGrid(shape, { cell, stacked = false, bare = false }) {
  if (shape.length === 0) {
    return { width: cell.width, height: cell.height, places: [{ x: 0, y: 0 }], frames: [] };
  }
  const inner = nestedGrid(shape.slice(1), { cell, stacked, bare });
  const sideways = shape.length === 1 || shape.length === 3 && !stacked;
  const pad = bare ? 0 : FRAME;
  const gap = shape.length === 1 ? 2 : 3 + 5 * (shape.length - 2);
  const step = [sideways ? inner.width + gap : 0, sideways ? 0 : inner.height + gap];
  const copies = Array.from(
    { length: shape[0] },
    (_, index) => [pad + index * step[0], pad + index * step[1]]
  );
  const moved = (items) => copies.flatMap(([x, y]) => items.map((item) => ({ ...item, x: item.x + x, y: item.y + y })));
  const extent = (size, along) => size * Math.min(shape[0], 1) + along * Math.max(shape[0] - 1, 0) + 2 * pad;
  const width = Math.max(extent(inner.width, step[0]), 16);
  const height = Math.max(extent(inner.height, step[1]), cell.height);
  const frames = bare ? [] : [{ x: 0, y: 0, width, height }, ...moved(inner.frames)];
  return { width, height, places: moved(inner.places), frames };
}
function fitCell(shapes, width, { most = 44, least = 14, ratio = 0.8, ...options } = {}) {
  const sized = (size) => ({ width: size, height: Math.round(Math.max(size * ratio, 20)) });
  const fits = (size) => shapes.every((shape) => nestedGrid(shape, { cell: sized(size), ...options }).width <= width);
  for (let size = most; size > least; size -= 1) if (fits(size)) return sized(size);
  return sized(least);
}

// helpers/figures/index_lab/expressions.js
function splitItems(text) {
  const items = [""];
  let depth = 0;
  for (const sign of text) {
    depth += { "[": 1, "]": -1 }[sign] ?? 0;
    if (sign === "," && depth === 0) items.push("");
    else items[items.length - 1] += sign;
  }
  if (items.length > 1 && items.at(-1).trim() === "") items.pop();
  return items.map((item) => item.trim());
}
function bracketGroups(text) {
  const groups = [];
  let depth = 0;
  let from = 0;
  [...text].forEach((sign, at) => {
    if (sign === "[" && depth++ === 0) from = at + 1;
    else if (sign === "]" && --depth === 0) groups.push(text.slice(from, at));
    else if (depth <= 0 && sign.trim()) refuse("write x[...], with an index in brackets");
  });
  if (depth !== 0) refuse("a bracket is open");
  return groups.length ? groups : refuse("write x[...], with an index in brackets");
}
var SLICE = /^(-?\d*)\s*:\s*(-?\d*)\s*(?::\s*(-?\d*))?$/;
var COMPARE = /^x\s*(==|!=|<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$/;
var HOLDS = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b
};
function readItem(text, values) {
  const slice = SLICE.exec(text);
  const compare = COMPARE.exec(text);
  if (text === "...") return { kind: "..." };
  if (text === "None") return { kind: "None" };
  if (/^-?\d+$/.test(text)) return { kind: "int", at: Number(text) };
  if (slice) return readSlice(slice.slice(1));
  if (text.startsWith("[")) return readList(text);
  if (compare) {
    return {
      kind: "mask",
      whole: true,
      flags: values.map((value) => HOLDS[compare[1]](value, Number(compare[2])))
    };
  }
  return refuse(`cannot read ${text || "an empty index"}`);
}
function readSlice(parts) {
  const [start, stop, step] = parts.map((part) => {
    if (part === "-") refuse("a minus needs a number");
    return part === "" || part === void 0 ? null : Number(part);
  });
  if (step !== null && step <= 0) refuse("torch takes only positive steps");
  return { kind: "slice", start, stop, step: step ?? 1 };
}
function readList(text) {
  const items = splitItems(text.slice(1, -1));
  const inside = items.length === 1 && items[0] === "" ? [] : items;
  if (inside.length && inside.every((item) => item === "True" || item === "False")) {
    return { kind: "mask", whole: false, flags: inside.map((item) => item === "True") };
  }
  if (!inside.every((item) => /^-?\d+$/.test(item))) refuse(`${text} is no list of whole numbers`);
  return { kind: "list", at: inside.map(Number) };
}
function select(tensor, axis, at) {
  const size = tensor.shape[axis];
  if (at < -size || at >= size) {
    refuse(`index ${at} is out of bounds for axis ${axis}, which has size ${size}`);
  }
  return {
    ...tensor,
    offset: tensor.offset + (at + size) % size * tensor.stride[axis],
    shape: tensor.shape.toSpliced(axis, 1),
    stride: tensor.stride.toSpliced(axis, 1)
  };
}
function sliceExtent({ start, stop, step }, size) {
  const place = (at) => clamp(at < 0 ? at + size : at, 0, size);
  const from = place(start ?? 0);
  return { from, count: Math.max(0, Math.ceil((place(stop ?? size) - from) / step)) };
}
function narrow(tensor, axis, slice) {
  const { from, count } = sliceExtent(slice, tensor.shape[axis]);
  return {
    ...tensor,
    offset: tensor.offset + from * tensor.stride[axis],
    shape: tensor.shape.with(axis, count),
    stride: tensor.stride.with(axis, tensor.stride[axis] * slice.step)
  };
}
function inBounds(tensor, lists) {
  const axes = Object.keys(lists);
  const kept = tensor.shape.filter((_, axis) => !axes.includes(String(axis)));
  const nothing = axes.some((axis) => lists[axis].length === 0);
  const empty = nothing || kept.includes(0);
  return Object.fromEntries(axes.map((axis) => [
    axis,
    lists[axis].map((index) => {
      const size = tensor.shape[axis];
      if (size === 0 && !nothing || !empty && (index < -size || index >= size)) {
        refuse(`index ${index} is out of bounds for axis ${axis}, which has size ${size}`);
      }
      return size === 0 ? 0 : (index % size + size) % size;
    })
  ]));
}
function maskLists({ whole, flags }, tensor, axis, source) {
  const shape = whole ? source.shape : [flags.length];
  if (shape.some((size, i) => size !== tensor.shape[axis + i])) {
    refuse(
      `the mask has shape ${tuple(shape)}, which does not fit axis ${axis} of ${tuple(tensor.shape)}`
    );
  }
  const hits = flags.flatMap((flag, place) => flag ? [unravel(place, shape)] : []);
  return shape.map((_, i) => hits.map((index) => index[i]));
}
function gather(tensor, raw) {
  const axes = Object.keys(raw).map(Number);
  const lists = inBounds(tensor, raw);
  const counts = new Set(axes.map((axis) => lists[axis].length).filter((count2) => count2 !== 1));
  if (counts.size > 1) refuse(`lists of ${[...counts].join(" and ")} cannot be paired`);
  const count = counts.size ? [...counts][0] : 1;
  const together = axes.at(-1) - axes[0] === axes.length - 1;
  const front = together ? axes[0] : 0;
  const kept = tensor.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const points = Array.from(
    { length: count },
    (_, i) => axes.reduce(
      (offset, axis) => offset + lists[axis][lists[axis].length === 1 ? 0 : i] * tensor.stride[axis],
      0
    )
  );
  const before = kept.slice(0, front);
  const after = kept.slice(front);
  const part = (list, offset) => readView({
    shape: list.map((axis) => tensor.shape[axis]),
    stride: list.map((axis) => tensor.stride[axis]),
    offset
  });
  const places = part(before, tensor.offset).flatMap(
    (base) => points.flatMap((point) => part(after, base + point))
  );
  const shape = [
    ...before.map((axis) => tensor.shape[axis]),
    count,
    ...after.map((axis) => tensor.shape[axis])
  ];
  return freshTensor(shape, places.map((place) => tensor.storage[place]));
}
function taken(item, source) {
  if (item.kind === "mask") return item.whole ? source.shape.length : 1;
  return item.kind === "None" || item.kind === "..." ? 0 : 1;
}
function applyIndex(tensor, items, source) {
  const wanted = items.reduce((sum, item) => sum + taken(item, source), 0);
  if (wanted > tensor.shape.length) refuse(`too many indices: ${wanted} for ${tensor.shape.length} axes`);
  if (items.filter(({ kind }) => kind === "...").length > 1) refuse("only one ... is allowed");
  const skipped = tensor.shape.length - wanted;
  const lists = {};
  let view = tensor;
  let axis = 0;
  for (const item of items) {
    if (item.kind === "int") view = select(view, axis, item.at);
    else if (item.kind === "slice") view = narrow(view, axis++, item);
    else if (item.kind === "None") view = insertAxis(view, axis++);
    else if (item.kind === "...") axis += skipped;
    else if (item.kind === "list") lists[axis++] = item.at;
    else for (const list of maskLists(item, view, axis, source)) lists[axis++] = list;
  }
  return Object.keys(lists).length ? gather(view, lists) : view;
}
function outcome(expression, source) {
  const x = { ...source, storage: source.storage ?? source.values.map((_, place) => place) };
  const values = readView(x).map((place) => source.values[place]);
  return orRefusal(() => {
    const text = expression.trim();
    if (!text.startsWith("x")) refuse("write x[...], with an index in brackets");
    const indices = bracketGroups(text.slice(1)).map(
      (group) => splitItems(group).map((item) => readItem(item, values))
    );
    return describeResult(indices.reduce((tensor, items) => applyIndex(tensor, items, x), x), x);
  });
}

// helpers/figures/index_lab/figure.js
var WRITTEN = 99;
function writeSlice({ start, stop, step }, size) {
  const tail = step === 1 ? "" : `:${step}`;
  return `${start === 0 ? "" : start}:${stop === size ? "" : stop}${tail}`;
}
function slicesOf(expression, shape) {
  const inside = /^x\[([^[\]]*)\]$/.exec(expression.trim());
  const items = inside ? inside[1].split(",").map((item) => item.trim()) : [];
  if (!items.length || items.length > shape.length || !items.every((item) => /^\d*:\d*(:[1-9]\d*)?$/.test(item))) return null;
  return shape.map((size, axis) => {
    const [start, stop, step] = (items[axis] ?? ":").split(":");
    const end = stop ? Math.min(Number(stop), size) : size;
    return { start: Math.min(Number(start || 0), size), stop: end, step: Number(step || 1) };
  });
}
function blockExpression(from, to, slices, shape) {
  const parts = shape.map(
    (size, axis) => writeSlice({
      start: Math.min(from[axis], to[axis]),
      stop: Math.max(from[axis], to[axis]) + 1,
      step: slices?.[axis].step ?? 1
    }, size)
  );
  return `x[${parts.join(", ")}]`;
}
function afterWrite({ elements = [], shares }, values, write) {
  const reaches = write === "source" || write === "result" && shares;
  const source = values.map((value, place) => reaches && elements.includes(place) ? WRITTEN : value);
  const result = elements.map((place) => write === "result" || write === "source" && shares ? WRITTEN : values[place]);
  return { source, result };
}
function render({ model, el }) {
  const x = model.get("source");
  const recorded = model.get("results");
  const places = readView(x);
  const stage2 = stage({
    model,
    el,
    name: "IndexLab",
    label: "An index expression on a tensor",
    state: { expression: model.get("expression"), write: model.get("write"), lit: places.at(-1) }
  });
  const found = () => recorded[stage2.state.expression] ?? outcome(stage2.state.expression, x);
  const writeExpression = (expression) => stage2.set({ expression });
  const entry = expressionEntry(stage2, writeExpression);
  const source = sourceGrid(stage2, { x, places, writeExpression });
  const result = resultGrid(stage2);
  const ranges = x.shape.length === 2 ? rangeSliders(stage2, x.shape, writeExpression) : null;
  const writes = choice({
    label: "then write",
    value: stage2.state.write,
    onChange: (write) => stage2.set({ write }),
    options: [{ value: "none", label: "nothing" }, { value: "result", label: "y.fill_(99)" }, {
      value: "source",
      label: "x[…] = 99"
    }]
  });
  stage2.body.append(
    entry.root,
    html("div", { class: "bf-index-pair" }, source.root, result.root),
    writes.root,
    ranges ? ranges.root : ""
  );
  stage2.onDraw(({ width, state }) => {
    const taken2 = found();
    const written = afterWrite(taken2, x.values, state.write);
    const each = width < 560 ? width : (width - 24) / 2;
    const cell = fitCell([x.shape], each, { most: 44, stacked: width < 560 });
    entry.draw();
    source.draw({ cell, taken: taken2, numbers: written.source, stacked: width < 560 });
    result.draw({ taken: taken2, numbers: written.result, width: each, most: cell.width, x });
    ranges?.draw();
  });
  stage2.say(() => sentence(found(), stage2.state));
  return stage2.start();
}
function sentence({ error, shape, elements, shares }, { write, expression }) {
  if (error) return error;
  const what = `${expression} has shape ${tuple(shape)} and ${shares ? "shares the storage of x" : "is a copy"}.`;
  if (write === "none" || !elements.length) return what;
  const changed = write === "source" || shares ? `${new Set(elements).size} elements of x changed.` : "x is unchanged.";
  return `${what} After the write, ${changed}`;
}
function expressionEntry(stage2, write) {
  const examples = stage2.model.get("examples");
  const entry = codeEntry({
    label: "index expression",
    get: () => stage2.state.expression,
    write,
    examples
  });
  entry.root.prepend(html("span", { class: "bf-code" }, "y = "));
  const chips = examples.slice(0, 4).map(
    (text) => html("button", { type: "button", class: "bf-chip", onclick: () => write(text) }, text)
  );
  return {
    root: html("div", {}, entry.root, html("div", { class: "bf-chips" }, chips)),
    draw: entry.draw
  };
}
function sourceGrid(stage2, { x, places, writeExpression }) {
  let anchor = null;
  const indexOf = (place) => unravel(places.indexOf(place), x.shape);
  const take = (place) => writeExpression(
    blockExpression(
      indexOf(anchor ?? place),
      indexOf(place),
      slicesOf(stage2.state.expression, x.shape),
      x.shape
    )
  );
  const grid = cells({
    label: "x",
    current: () => stage2.state.lit,
    onPick: (lit) => {
      stage2.set({ lit });
      if (anchor !== null) take(lit);
    },
    onPress: (lit) => {
      anchor = lit;
      take(lit);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    grid.root.addEventListener(end, () => {
      anchor = null;
    });
  }
  grid.root.addEventListener("keyup", () => {
    anchor = null;
  });
  const frames = svg("g");
  const picture = svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const title = html("div", { class: "bf-title" }, "x");
  const draw = ({ cell, taken: taken2, numbers, stacked }) => {
    const drawn = nestedGrid(x.shape, { cell, stacked });
    const chosen = new Set(taken2.elements ?? []);
    set(picture, { width: drawn.width, height: drawn.height });
    drawFrames(frames, drawn.frames);
    grid.draw(
      drawn.places.map((at, order) => ({
        key: places[order],
        ...cell,
        ...at,
        text: String(numbers[places[order]]),
        classes: `${chosen.has(places[order]) ? "bf-taken" : ""} ${numbers[places[order]] === WRITTEN ? "bf-written" : ""}`,
        label: `x at ${tuple(unravel(order, x.shape))}: ${numbers[places[order]]}${chosen.has(places[order]) ? ", taken" : ""}`
      }))
    );
  };
  return { root: html("div", { class: "bf-panel" }, title, picture), draw };
}
function resultGrid(stage2) {
  const grid = cells({
    label: "y",
    touch: "pan-y",
    current: () => stage2.state.at ?? 0,
    onPick: (at) => stage2.set({ at, lit: order[at] })
  });
  const frames = svg("g");
  const picture = svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const facts = html("div", { class: "bf-facts" });
  const verdict = html("div", { class: "bf-verdict-line" });
  let order = [];
  const draw = ({ taken: taken2, numbers, width, most, x }) => {
    order = taken2.elements ?? [];
    if ((stage2.state.at ?? 0) >= order.length) stage2.state.at = 0;
    const cell = fitCell([taken2.shape ?? [1]], width, { most });
    const drawn = nestedGrid(taken2.shape ?? [], { cell });
    set(picture, { width: Math.min(width, drawn.width), height: taken2.error ? 1 : drawn.height });
    drawFrames(frames, taken2.error ? [] : drawn.frames);
    grid.draw(
      taken2.error ? [] : drawn.places.map((at, i) => ({
        key: i,
        ...cell,
        ...at,
        text: String(numbers[i]),
        classes: `bf-taken ${taken2.shares ? "" : "bf-copied"} ${numbers[i] === WRITTEN ? "bf-written" : ""}`,
        label: `y at ${tuple(unravel(i, taken2.shape))}: ${numbers[i]}`
      }))
    );
    clear(facts, factLine(taken2, x));
    clear(verdict, verdictLine(taken2, stage2.state.write));
    verdict.classList.toggle("bf-error", Boolean(taken2.error));
  };
  return {
    root: html(
      "div",
      { class: "bf-panel" },
      html("div", { class: "bf-title" }, "y"),
      picture,
      facts,
      verdict
    ),
    draw
  };
}
function factLine({ error, shape, stride, offset, shares }, x) {
  if (error) return "";
  if (!shares) return `shape ${tuple(shape)}`;
  return `shape ${tuple(shape)} · strides ${tuple(stride)} (of x: ${tuple(x.stride)}) · offset ${offset}`;
}
function verdictLine({ error, shares, elements }, write) {
  if (error) return error;
  const kind = shares ? "y shares x's storage" : "y is a copy";
  if (write === "none" || !elements.length) return `${kind}.`;
  if (write === "source") {
    return shares ? `${kind}: assigning through the index changes both.` : `${kind}, but assigning through the index changes x.`;
  }
  return shares ? `${kind}: writing into y changed x.` : `${kind}: writing into y left x alone.`;
}
function rangeSliders(stage2, shape, writeExpression) {
  const current = () => slicesOf(stage2.state.expression, shape) ?? shape.map((size) => ({ start: 0, stop: size, step: 1 }));
  const change = (axis, part) => (value) => {
    const slices = current().with(axis, { ...current()[axis], [part]: value });
    writeExpression(`x[${slices.map((slice, i) => writeSlice(slice, shape[i])).join(", ")}]`);
  };
  const sliders = shape.flatMap(
    (size, axis) => ["start", "stop", "step"].map((part) => ({
      axis,
      part,
      control: slider({
        label: `axis ${axis} ${part}`,
        min: part === "step" ? 1 : 0,
        max: part === "step" ? 3 : size,
        step: 1,
        value: current()[axis][part],
        format: String,
        onInput: change(axis, part)
      })
    }))
  );
  const draw = () => sliders.forEach(({ axis, part, control }) => {
    control.value = current()[axis][part];
  });
  return { root: html("div", { class: "bf-ranges" }, sliders.map(({ control }) => control.root)), draw };
}
var figure_default = { render };
export {
  figure_default as default,
  slicesOf,
  writeSlice
};
