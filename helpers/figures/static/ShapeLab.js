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
function controls(...children) {
  return html("div", { class: "bf-controls" }, ...children);
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
  let sentence = null;
  let timer = 0;
  const drawNow = () => {
    frame = 0;
    self.width = Math.round(body.getBoundingClientRect().width) || 700;
    for (const draw of draws) draw({ width: self.width, state: self.state });
    root.dataset.ready = "true";
  };
  const speak = () => {
    clearTimeout(timer);
    timer = setTimeout(() => sentence && (live.textContent = sentence()), 500);
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
      sentence = makeSentence;
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
var ICONS = {
  play: "M4,2 L14,8 L4,14 Z",
  pause: "M4,2 H7 V14 H4 Z M9,2 H12 V14 H9 Z",
  step: "M3,2 L10,8 L3,14 Z M11,2 H13 V14 H11 Z",
  reset: "M8,2 A6,6 0 1 0 14,8 H12 A4,4 0 1 1 8,4 V6.5 L12,3.2 L8,0 Z"
};
function button({ label, icon = null, onClick }) {
  const shape = svg("path", { d: ICONS[icon] ?? "" });
  const text = html("span", {}, label);
  const picture = icon ? svg("svg", { viewBox: "0 0 16 16", class: "bf-icon", "aria-hidden": "true" }, shape) : null;
  const root = html("button", { type: "button", class: "bf-button", onclick: onClick }, picture, text);
  const relabel = (name, newIcon = null) => {
    text.textContent = name;
    if (newIcon) set(shape, { d: ICONS[newIcon] });
  };
  return { root, relabel };
}
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
function product(sizes) {
  return sizes.reduce((all, size) => all * size, 1);
}
function contiguousStride(shape) {
  let step = 1;
  return shape.toReversed().map((size) => {
    const stride = step;
    step *= Math.max(size, 1);
    return stride;
  }).toReversed();
}
function isContiguous({ shape, stride }) {
  const wanted = contiguousStride(shape);
  return product(shape) === 0 || shape.every((size, axis) => size === 1 || stride[axis] === wanted[axis]);
}
function readView({ shape, stride, offset }) {
  return shape.reduce(
    (places, size, axis) => places.flatMap((place) => Array.from({ length: size }, (_, index) => place + index * stride[axis])),
    [offset]
  );
}
function wrapAxis(dim, ndim) {
  return Number.isInteger(dim) && dim >= -ndim && dim < ndim ? (dim + ndim) % ndim : null;
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

// helpers/figures/shape_lab/operations.js
function axisOf(dim, ndim) {
  const axis = wrapAxis(dim, Math.max(ndim, 1));
  return axis ?? refuse(`axis ${dim} does not exist: x has ${ndim} here`);
}
function runs({ shape, stride }) {
  const found = [];
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const run = found.at(-1);
    if (run && (shape[axis] === 1 || stride[axis] === run.size * run.base)) run.size *= shape[axis];
    else found.push({ size: shape[axis], base: stride[axis] });
  }
  return found.length ? found : [{ size: 1, base: 1 }];
}
function viewStride(tensor, wanted) {
  const left = runs(tensor);
  const stride = [];
  let taken = 1;
  for (const size of wanted.toReversed()) {
    if (size !== 1 && taken === left[0].size) {
      left.shift();
      taken = 1;
    }
    if (!left.length || left[0].size % (taken * size)) return null;
    stride.unshift(taken * left[0].base);
    taken *= size;
  }
  return stride;
}
function inferShape(sizes, count) {
  if (sizes.some((size) => size < -1)) refuse(`a size cannot be ${Math.min(...sizes)}`);
  if (sizes.filter((size) => size === -1).length > 1) refuse("only one size can be left to torch as -1");
  const known = product(sizes.filter((size) => size !== -1));
  const full = sizes.map((size) => size === -1 ? count / known : size);
  if (product(full) !== count || !full.every(Number.isInteger)) {
    refuse(`(${sizes.join(", ")}) cannot hold ${count} elements`);
  }
  return full;
}
function view(tensor, sizes) {
  const shape = inferShape(sizes, product(tensor.shape));
  const stride = viewStride(tensor, shape);
  if (!stride) refuse(`no strides read this storage as ${tuple(shape)}: view cannot, reshape copies`);
  return { ...tensor, shape, stride };
}
function reshape(tensor, sizes) {
  const shape = inferShape(sizes, product(tensor.shape));
  const stride = viewStride(tensor, shape);
  return stride ? { ...tensor, shape, stride } : freshTensor(shape, elementsOf(tensor));
}
function permute(tensor, dims) {
  const order = dims.map((dim) => axisOf(dim, tensor.shape.length));
  if (order.length !== tensor.shape.length || new Set(order).size !== order.length) {
    refuse(`permute names each of the ${tensor.shape.length} axes once, got (${dims.join(", ")})`);
  }
  return {
    ...tensor,
    shape: order.map((axis) => tensor.shape[axis]),
    stride: order.map((axis) => tensor.stride[axis])
  };
}
function transpose(tensor, dims) {
  if (dims.length !== 2) refuse("transpose takes two axes");
  const [a, b] = dims.map((dim) => axisOf(dim, tensor.shape.length));
  const order = tensor.shape.map((_, axis) => axis === a ? b : axis === b ? a : axis);
  return permute(tensor, order);
}
function squeeze(tensor, dims) {
  const asked = dims.map((dim) => axisOf(dim, tensor.shape.length));
  const keep = tensor.shape.map((size, axis) => size !== 1 || dims.length > 0 && !asked.includes(axis));
  return {
    ...tensor,
    shape: tensor.shape.filter((_, axis) => keep[axis]),
    stride: tensor.stride.filter((_, axis) => keep[axis])
  };
}
function unsqueeze(tensor, dims) {
  const ndim = tensor.shape.length;
  if (dims.length !== 1) refuse("unsqueeze takes one axis");
  const axis = axisOf(dims[0], ndim + 1);
  return insertAxis(tensor, axis);
}
function transposed(tensor, name) {
  const ndim = tensor.shape.length;
  if (name === "T") return permute(tensor, tensor.shape.map((_, axis) => ndim - 1 - axis));
  if (ndim === 1) refuse(".mT needs at least two axes");
  return ndim === 0 ? tensor : transpose(tensor, [-2, -1]);
}
var OPERATIONS = {
  view,
  reshape,
  permute,
  transpose,
  squeeze,
  unsqueeze,
  flatten: (tensor) => reshape(tensor, [-1]),
  contiguous: (tensor) => isContiguous(tensor) ? tensor : freshTensor(tensor.shape, elementsOf(tensor))
};
function cat(tensors, dim) {
  const [first, ...others] = tensors;
  const axis = axisOf(dim, first.shape.length);
  if (first.shape.length === 0) refuse("cat needs an axis to join along: use stack");
  for (const { shape } of others) {
    const fits = shape.length === first.shape.length && shape.every((size, i) => i === axis || size === first.shape[i]);
    if (!fits) refuse(`cat needs equal sizes on every axis but ${axis}`);
  }
  const inner = (tensor) => product(tensor.shape.slice(axis));
  const outer = product(first.shape.slice(0, axis));
  const parts = tensors.map((tensor) => ({ width: inner(tensor), elements: elementsOf(tensor) }));
  const joined = Array.from(
    { length: outer },
    (_, i) => parts.flatMap(({ width, elements }) => elements.slice(i * width, (i + 1) * width))
  ).flat();
  const total = tensors.reduce((sum, { shape }) => sum + shape[axis], 0);
  return freshTensor(first.shape.with(axis, total), joined);
}
function stack(tensors, dim) {
  const [first, ...others] = tensors;
  if (others.some(({ shape }) => String(shape) !== String(first.shape))) {
    refuse("stack needs equal shapes");
  }
  const axis = axisOf(dim, first.shape.length + 1);
  return cat(tensors.map((tensor) => unsqueeze(tensor, [axis])), axis);
}
var CALL = /^\.(\w+)(?:\(\s*([([]?[^()[\]]*[)\]]?)\s*\))?/;
var JOIN = /^torch\.(stack|cat)\(\s*[([]\s*([\w\s,]*?),?\s*[)\]]\s*(?:,\s*(?:dim\s*=\s*)?(-?\d+)\s*)?\)/;
function integers(text) {
  const inside = text.replace(/^\s*[([](.*?),?\s*[)\]]\s*$/, "$1");
  const words = inside.split(",").map((word) => word.replace(/^\s*dim\d?\s*=/, "").trim());
  if (words.length === 1 && words[0] === "") return [];
  if (words.at(-1) === "") words.pop();
  return words.map((word) => /^-?\d+$/.test(word) ? Number(word) : refuse(`${word || "nothing"} is not a whole number`));
}
function start(text, tensors) {
  const named = /^[a-z]\b/.exec(text);
  if (named) return [tensors[named[0]] ?? refuse(`there is no ${named[0]} here`), named[0].length];
  const join = JOIN.exec(text);
  if (!join) refuse("start with x, torch.stack((x, y)) or torch.cat((x, y))");
  const parts = join[2].split(",").map(
    (name) => tensors[name.trim()] ?? refuse(`there is no ${name.trim()} here`)
  );
  return [(join[1] === "stack" ? stack : cat)(parts, Number(join[3] ?? 0)), join[0].length];
}
function evaluate(expression, tensors) {
  let [tensor, at] = start(expression.trim(), tensors);
  let rest = expression.trim().slice(at);
  while (rest) {
    const [whole, name, args] = CALL.exec(rest) ?? refuse(`cannot read ${rest}`);
    if (args === void 0 && (name === "T" || name === "mT")) tensor = transposed(tensor, name);
    else if (args === void 0 || !OPERATIONS[name]) {
      refuse(`.${name} is not among what this figure knows`);
    } else tensor = OPERATIONS[name](tensor, integers(args));
    rest = rest.slice(whole.length);
  }
  return tensor;
}
function sources(shape) {
  const count = product(shape);
  const from = (first) => freshTensor(shape, Array.from({ length: count }, (_, i) => first + i));
  return { x: from(0), y: from(count) };
}
function outcome(expression, shape) {
  const tensors = sources(shape);
  return orRefusal(() => describeResult(evaluate(expression, tensors), tensors.x));
}
function dragAxis(expression, ndim, from, to) {
  const order = Array.from({ length: ndim }, (_, axis) => axis);
  const [, before, list] = /^(.*?)(?:\.permute\(([-\d,\s]*)\))?$/.exec(expression.trim());
  const current = list === void 0 ? order : integers(list).map((dim) => axisOf(dim, ndim));
  const moved = current.toSpliced(from, 1);
  moved.splice(to, 0, current[from]);
  return String(moved) === String(order) ? before : `${before}.permute(${moved.join(", ")})`;
}

// helpers/figures/shape_lab/figure.js
var HUES = ["data", "model", "path", "loss", "gradient", "muted"];
function elementFill(element, shape) {
  const rows = shape.find((size) => size > 1) ?? 1;
  const along = product(shape) / rows;
  const share = 18 + 34 * (element % along) / Math.max(along - 1, 1);
  return `color-mix(in srgb, var(--bf-${HUES[Math.floor(element / along) % HUES.length]}) ${share.toFixed(0)}%, var(--bf-ground))`;
}
function axisTags(onMove) {
  const root = html("div", {
    class: "bf-axes",
    role: "group",
    "aria-label": "axes of the result: drag one past another"
  });
  let held = null;
  let moved = false;
  const count = () => root.children.length;
  const move = (to) => {
    if (to === held || to < 0 || to >= count()) return;
    onMove(held, to);
    held = to;
    moved = true;
  };
  root.addEventListener("pointerdown", (event) => {
    held = [...root.children].indexOf(
      /** @type {Element} */
      event.target.closest("button")
    );
    moved = false;
    if (held >= 0) root.setPointerCapture(event.pointerId);
  });
  root.addEventListener("pointermove", (event) => {
    if (held === null || held < 0 || !root.hasPointerCapture(event.pointerId)) return;
    move([...root.children].findIndex((tag) => event.clientX < tag.getBoundingClientRect().right));
  });
  root.addEventListener("pointerup", () => {
    if (held >= 0 && !moved && count() > 1) move((held + 1) % count());
    held = null;
  });
  root.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    held = [...root.children].indexOf(
      /** @type {Element} */
      event.target
    );
    move(held + step);
    root.children[held].focus();
    event.preventDefault();
  });
  const draw = (shape) => {
    while (count() > shape.length) root.lastChild.remove();
    while (count() < shape.length) root.append(html("button", { type: "button", class: "bf-axis-tag" }));
    shape.forEach((size, axis) => {
      root.children[axis].textContent = `axis ${axis}: ${size}`;
    });
  };
  return { root, draw };
}
function resultPanel(stage2, side, { shape, recorded }) {
  const expression = () => stage2.state[side];
  const write = (text) => stage2.set({ [side]: text });
  const found = () => recorded[expression()] ?? outcome(expression(), shape);
  const entry = codeEntry({
    label: `expression on the ${side}`,
    get: expression,
    write,
    examples: stage2.model.get("examples")
  });
  const grid = cells({
    label: `elements on the ${side}`,
    touch: "pan-y",
    current: () => stage2.state.lit,
    onPick: (lit) => stage2.set({ lit })
  });
  const frames = svg("g");
  const picture = svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const tags = axisTags((from, to) => write(dragAxis(expression(), found().shape.length, from, to)));
  const strip = svg("svg", { class: "bf-panel-svg", "aria-hidden": "true" });
  const facts = html("div", { class: "bf-facts" });
  const root = html("div", { class: "bf-panel bf-result" }, entry.root, picture, tags.root, facts, strip);
  const draw = ({ width, height, cell }) => {
    const result = found();
    entry.draw();
    grid.root.classList.toggle("bf-moving", stage2.state.sliding === false);
    set(picture, { width, height });
    grid.draw(
      placeElements(result, { shape, width, cell, move: stage2.state.move, lit: stage2.state.lit, frames })
    );
    tags.draw(result.shape ?? []);
    clear(facts, ...factLines(result));
    drawStrip(strip, result, { shape, width, lit: stage2.state.lit });
    set(root, { style: `width: ${width}px` });
  };
  return { root, draw, found };
}
function startShape(result, shape) {
  return (result.elements ?? []).length > product(shape) ? [2, ...shape] : shape;
}
function placeElements(result, { shape, width, cell, move, lit, frames }) {
  const centred = (sizes) => {
    const drawn = nestedGrid(sizes, { cell, stacked: true });
    const shift = (item) => ({ ...item, x: item.x + (width - drawn.width) / 2 });
    return { places: drawn.places.map(shift), frames: drawn.frames.map(shift) };
  };
  const from = centred(startShape(result, shape));
  const to = result.error ? from : centred(result.shape);
  drawFrames(frames, result.error || move < 1 ? [] : to.frames);
  const elements = result.elements ?? from.places.map((_, element) => element);
  return elements.map((element, place) => ({
    key: element,
    ...cell,
    text: String(element),
    fill: element === lit ? null : elementFill(element, shape),
    x: from.places[element].x + move * (to.places[place].x - from.places[element].x),
    y: from.places[element].y + move * (to.places[place].y - from.places[element].y),
    classes: (element === lit ? "bf-lit" : "") + (result.error ? " bf-refused" : ""),
    label: result.error ? `element ${element}` : `element ${element} at index ${tuple(unravel(place, result.shape))}`
  }));
}
function factLines({ error, shape, stride, offset, shares }) {
  if (error) return [html("span", { class: "bf-error" }, error)];
  const numbers = [
    `shape ${tuple(shape)}`,
    `strides ${tuple(stride)}`,
    offset ? `offset ${offset}` : ""
  ];
  return [
    ...numbers.map((words) => html("span", {}, words)),
    html("strong", {}, shares ? "shares x's storage:" : "copies into new storage:")
  ];
}
function drawStrip(picture, { error, elements, shares }, { shape, width, lit }) {
  const count = product(shape);
  const stored = error || shares ? Array.from({ length: count }, (_, i) => i) : elements;
  const step = Math.min(26, (width - 2) / stored.length);
  set(picture, { width, height: 24, class: `bf-panel-svg bf-strip${error || shares ? "" : " bf-new"}` });
  clear(
    picture,
    stored.map(
      (element, place) => svg(
        "g",
        {
          class: `bf-cell${element === lit ? " bf-lit" : ""}`,
          transform: `translate(${1 + place * step},2)`
        },
        svg("rect", {
          width: step - 1,
          height: 20,
          style: element === lit ? null : `fill: ${elementFill(element, shape)}`
        }),
        step < (stored.length > 10 ? 18 : 12) ? null : svg("text", { x: (step - 1) / 2, y: 14.5, "text-anchor": "middle" }, element)
      )
    )
  );
}
function compare(left, right) {
  if (left.error || right.error) return "";
  if (String(left.shape) !== String(right.shape)) return "Different shapes.";
  const same = String(left.elements) === String(right.elements);
  return same ? "Equal shapes, equal contents." : "Equal shapes, different contents.";
}
function sourceView(stage2, { shape, recorded }) {
  const grid = cells({
    label: "x",
    touch: "pan-y",
    current: () => stage2.state.lit,
    onPick: (lit) => stage2.set({ lit })
  });
  const frames = svg("g");
  const picture = svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const numbers = [`shape ${tuple(shape)}`, `strides ${tuple(recorded.x.stride)}`].map(
    (words2) => html("span", {}, words2)
  );
  const twin = html("span", {}, `y: the same shape, counting on from ${product(shape)}`);
  const words = html("div", { class: "bf-facts" }, html("strong", {}, "x"), numbers, twin);
  const draw = ({ cell, showsTwin, width }) => {
    const { lit } = stage2.state;
    twin.hidden = !showsTwin;
    const drawn = nestedGrid(shape, { cell, stacked: width < 480 });
    set(picture, { width: drawn.width, height: drawn.height });
    drawFrames(frames, drawn.frames);
    grid.draw(drawn.places.map((place, element) => ({
      key: element,
      ...cell,
      ...place,
      text: String(element),
      label: `x at ${tuple(unravel(element, shape))}: ${element}`,
      fill: element === lit ? null : elementFill(element, shape),
      classes: element === lit ? "bf-lit" : ""
    })));
  };
  return { root: html("div", { class: "bf-source" }, picture, words), draw };
}
function render({ model, el }) {
  const shape = model.get("shape");
  const recorded = model.get("results");
  const stage2 = stage({
    model,
    el,
    name: "ShapeLab",
    label: "Two operations on one tensor",
    state: { left: model.get("left"), right: model.get("right"), move: 1, lit: 1, sliding: true }
  });
  const source = sourceView(stage2, { shape, recorded });
  const panels = ["left", "right"].map((side) => resultPanel(stage2, side, { shape, recorded }));
  const verdict = html("p", { class: "bf-compare" });
  const slide = slider({
    label: "from x to the results",
    min: 0,
    max: 1,
    step: 0.02,
    value: 1,
    format: (part) => `${Math.round(100 * part)} %`,
    onInput: (move) => stage2.set({ move, sliding: true })
  });
  const replay = button({
    label: "Move again",
    icon: "play",
    onClick: () => {
      stage2.set({ move: 0, sliding: true });
      requestAnimationFrame(() => requestAnimationFrame(() => stage2.set({ move: 1, sliding: false })));
    }
  });
  stage2.body.append(
    source.root,
    html("div", { class: "bf-pair" }, panels.map(({ root }) => root)),
    verdict,
    controls(slide.root, replay.root)
  );
  let written = "";
  stage2.onDraw(({ width, state }) => {
    const results = panels.map(({ found }) => found());
    const half = (width - (width < 480 ? 12 : 24)) / 2;
    const shapes = results.flatMap((result) => [startShape(result, shape), ...result.error ? [] : [result.shape]]);
    const cell = fitCell(shapes, half, { stacked: true, most: 40 });
    const height = Math.max(...shapes.map((sizes) => nestedGrid(sizes, { cell, stacked: true }).height));
    if (!results.flatMap(({ elements = [] }) => elements).concat(0).includes(state.lit)) state.lit = 0;
    if (written && written !== state.left + state.right) state.sliding = false;
    written = state.left + state.right;
    slide.value = state.move;
    source.draw({
      cell,
      width,
      showsTwin: results.some(({ elements = [] }) => elements.length > product(shape))
    });
    panels.forEach((panel) => panel.draw({ width: half, height, cell }));
    verdict.textContent = compare(...results);
  });
  stage2.say(
    () => ["left", "right"].map((side, i) => `${stage2.state[side]}: ${spoken(panels[i].found())}`).join(" ")
  );
  return stage2.start();
}
function spoken({ error, shape, shares }) {
  return error ?? `shape ${tuple(shape)}, ${shares ? "shares the storage of x" : "a copy"}.`;
}
var figure_default = { render };
export {
  compare,
  figure_default as default
};
