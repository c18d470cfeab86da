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

// helpers/figures/broadcast_lab/figure.js
function broadcastShapes(a, b) {
  const ndim = Math.max(a.length, b.length);
  const shape = [];
  for (let axis = -1; axis >= -ndim; axis -= 1) {
    const [left, right] = [a.at(axis) ?? 1, b.at(axis) ?? 1];
    if (left !== right && left !== 1 && right !== 1) {
      return {
        axis,
        error: `Axis ${axis}: ${left} against ${right}. Neither is 1, so torch refuses.`.replace("-", "−")
      };
    }
    shape.unshift(left === 1 ? right : left);
  }
  return { shape };
}
function stretchedStride(shape, wide) {
  if (shape.length === 0) return wide.map(() => 0);
  const own = contiguousStride(shape);
  const added = wide.length - shape.length;
  const stride = [...wide];
  for (let axis = wide.length - 1; axis >= 0; axis -= 1) {
    const size = axis >= added ? shape[axis - added] : 1;
    const step = axis >= added ? own[axis - added] : (wide[axis + 1] ?? 1) * (stride[axis + 1] ?? 1);
    stride[axis] = size === wide[axis] ? step : 0;
  }
  return stride;
}
function outcome(a, b) {
  const { shape, error, axis } = broadcastShapes(a, b);
  if (error) return { error, axis };
  const strides = [stretchedStride(a, shape), stretchedStride(b, shape)];
  const [left, right] = strides.map((stride) => readView({ shape, stride, offset: 0 }));
  return { shape, strides, sums: left.map((place, i) => 10 * place + right[i]) };
}
function resized(shape, axis, size) {
  const length = size === 0 ? -axis - 1 : Math.max(shape.length, -axis);
  const sizes = Array.from({ length }, (_, i) => shape[shape.length - length + i] ?? 1);
  return size === 0 ? sizes : sizes.with(length + axis, size);
}
function hatch() {
  const id = `bf-hatch-${hatch.count++}`;
  const lines = svg("path", {
    d: "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6",
    stroke: "var(--bf-muted)",
    "stroke-opacity": 0.6,
    "stroke-width": 1.2
  });
  const pattern = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, lines);
  return { defs: svg("defs", {}, pattern), fill: `url(#${id})` };
}
hatch.count = 0;
function sizeCell(stage2, name, axis, most) {
  const size = () => stage2.state[name].at(axis) ?? 0;
  const visible = () => stage2.state[name].length >= -axis ? size() : 0;
  const number = html("span", { class: "bf-size", "aria-hidden": "true" });
  const control = slider({
    label: `${name}, axis ${axis}`.replace("-", "−"),
    min: 0,
    max: most,
    step: 1,
    value: visible(),
    format: (value) => value === 0 ? "no axis" : String(value),
    onInput: (value) => stage2.set({ [name]: resized(stage2.state[name], axis, value) })
  });
  const draw = ({ stretched, refused }) => {
    control.value = visible();
    number.textContent = visible() === 0 ? "–" : String(visible());
    root.classList.toggle("bf-stretched", stretched);
    root.classList.toggle("bf-clash", refused);
  };
  const root = html("div", { class: "bf-size-cell" }, number, control.root);
  return { root, draw };
}
function shapeTable(stage2, largest) {
  const axes = [-3, -2, -1];
  const rows = ["a", "b"].map((name) => axes.map((axis, i) => sizeCell(stage2, name, axis, largest[i])));
  const sums = axes.map(() => html("div", { class: "bf-size-cell bf-size" }));
  const head = axes.map(
    (axis) => html("div", { class: "bf-axis-name" }, `axis ${axis}`.replace("-", "−"))
  );
  const named = (name, cells2) => [html("div", { class: "bf-row-name" }, name), ...cells2];
  const root = html(
    "div",
    { class: "bf-shapes" },
    named("", head),
    named("a", rows[0].map((cell) => cell.root)),
    named("b", rows[1].map((cell) => cell.root)),
    named("a + b", sums)
  );
  const draw = (result) => axes.forEach((axis, i) => {
    const refused = result.axis === axis;
    const wide = result.shape?.at(axis);
    rows.forEach((cells2, which) => {
      const shape = stage2.state["ab"[which]];
      const own = shape.length >= -axis ? shape.at(axis) : 1;
      const inside = result.shape && result.shape.length >= -axis;
      cells2[i].draw({ refused, stretched: Boolean(inside && own === 1 && wide > 1) });
    });
    sums[i].classList.toggle("bf-clash", refused);
    sums[i].textContent = refused ? "refused" : result.shape ? result.shape.length >= -axis ? wide : "–" : "";
  });
  return { root, draw };
}
function gridPanel(stage2, { title, label, interactive = false }) {
  const grid = cells({ label, current: () => stage2.state.lit, onPick: (lit) => stage2.set({ lit }) });
  const frames = svg("g");
  const { defs, fill: fill2 } = hatch();
  const picture = svg("svg", { class: "bf-panel-svg", role: "group" }, defs, frames, grid.root);
  const facts = html("div", { class: "bf-facts" });
  const root = html(
    "div",
    { class: "bf-panel" },
    html("div", { class: "bf-title" }, title),
    picture,
    facts
  );
  const draw = ({ shape, cell, texts, isVirtual, lit, words }) => {
    const drawn = nestedGrid(shape, { cell, stacked: true });
    set(picture, { width: drawn.width, height: drawn.height });
    drawFrames(frames, drawn.frames);
    grid.draw(
      drawn.places.map((at, place) => ({
        key: place,
        ...cell,
        ...at,
        text: String(texts[place]),
        fill: isVirtual(place) ? fill2 : null,
        classes: `${lit(place)} ${isVirtual(place) ? "bf-virtual" : interactive ? "" : "bf-stored"}`,
        label: `${label} at ${tuple(unravel(place, shape))}: ${texts[place]}${isVirtual(place) ? ", read again" : ""}`
      }))
    );
    clear(facts, words);
  };
  return { root, draw };
}
function render({ model, el }) {
  const recorded = model.get("results");
  const stage2 = stage({
    model,
    el,
    name: "BroadcastLab",
    label: "Broadcasting two shapes",
    state: { a: model.get("a"), b: model.get("b"), lit: 6 }
  });
  const found = () => {
    const { a, b } = stage2.state;
    const { axis } = broadcastShapes(a, b);
    return { ...recorded[`${a}|${b}`] ?? outcome(a, b), axis };
  };
  const table = shapeTable(stage2, model.get("largest"));
  const panels = {
    a: gridPanel(stage2, { title: "a, stretched", label: "a" }),
    b: gridPanel(stage2, { title: "b, stretched", label: "b" }),
    sum: gridPanel(stage2, { title: "a + b", label: "a + b", interactive: true })
  };
  const line = html("p", { class: "bf-sum-line" });
  const pairs = html(
    "div",
    { class: "bf-buttons" },
    model.get("examples").map(
      ([a, b]) => button({ label: `${tuple(a)} + ${tuple(b)}`, onClick: () => stage2.set({ a, b }) }).root
    )
  );
  stage2.body.append(
    table.root,
    html("div", { class: "bf-three" }, panels.a.root, panels.b.root, panels.sum.root),
    line,
    pairs
  );
  stage2.onDraw(({ width, state }) => {
    const result = found();
    const count = product(result.shape ?? [1]);
    state.lit = Math.min(state.lit, count - 1);
    table.draw(result);
    const cell = fitCell([result.shape ?? state.a, result.shape ?? state.b], (width - 32) / 3, {
      most: 38,
      stacked: true,
      least: 17
    });
    for (const which of [0, 1]) drawOperand(panels["ab"[which]], { which, result, state, cell });
    panels.sum.root.hidden = Boolean(result.error);
    if (!result.error) drawSum(panels.sum, { result, state, cell });
    line.textContent = result.error ?? sumText(result, state);
    line.classList.toggle("bf-error", Boolean(result.error));
  });
  stage2.say(
    () => found().error ?? `${tuple(stage2.state.a)} and ${tuple(stage2.state.b)} give ${tuple(found().shape)}. ${sumText(found(), stage2.state)}`
  );
  return stage2.start();
}
function drawOperand(panel, { which, result, state, cell }) {
  const own = state["ab"[which]];
  const shape = result.shape ?? own;
  const stride = result.strides?.[which] ?? contiguousStride(own);
  const places = readView({ shape, stride, offset: 0 });
  const first = (place) => places.indexOf(places[place]) === place;
  const source = places[state.lit];
  panel.draw({
    shape,
    cell,
    texts: places.map((place) => place * (which === 0 ? 10 : 1)),
    isVirtual: (place) => !first(place),
    lit: (place) => result.error || places[place] !== source ? "" : first(place) ? "bf-lit" : place === state.lit ? "bf-also" : "",
    words: result.error ? `shape ${tuple(own)}` : `shape ${tuple(own)}, strides ${tuple(stride)}`
  });
}
function drawSum(panel, { result, state, cell }) {
  panel.draw({
    shape: result.shape,
    cell,
    texts: result.sums,
    isVirtual: () => false,
    lit: (place) => place === state.lit ? "bf-lit" : "",
    words: `shape ${tuple(result.shape)}`
  });
}
function sumText({ shape, strides, sums }, { a, b, lit }) {
  const index = unravel(lit, shape);
  const place = strides.map((stride) => index.reduce((sum, i, axis) => sum + i * stride[axis], 0));
  const at = (name, sizes, where) => sizes.length ? `${name}[${unravel(where, sizes).join(", ")}]` : name;
  const target = shape.length ? `(a + b)[${index.join(", ")}]` : "a + b";
  return `${target} = ${at("a", a, place[0])} + ${at("b", b, place[1])} = ${10 * place[0]} + ${place[1]} = ${sums[lit]}`;
}
var figure_default = { render };
export {
  broadcastShapes,
  figure_default as default,
  outcome,
  resized,
  sumText
};
