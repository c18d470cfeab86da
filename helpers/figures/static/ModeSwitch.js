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
function row(...children) {
  return html("div", { class: "bf-row" }, ...children);
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

// helpers/figures/kit/stage.js
function pageTheme() {
  const { documentElement: page, body } = document;
  const named = page.dataset.theme ?? page.getAttribute("theme");
  if (named === "dark" || named === "light") return named;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  if (body.dataset.vscodeThemeKind) return body.dataset.vscodeThemeKind.includes("dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function traits(model, names) {
  const values = (
    /** @type {Record<K, any>} */
    {}
  );
  for (const name of names) values[name] = model.get(name);
  return values;
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

// helpers/figures/kit/scales.js
function scale(domain, range, { log = false } = {}) {
  const bend = log ? Math.log10 : (value) => value;
  const straighten = log ? (value) => 10 ** value : (value) => value;
  const [low, high] = domain.map(bend);
  const map = (value) => range[0] + (bend(value) - low) / (high - low) * (range[1] - range[0]);
  map.invert = (pixel) => straighten(low + (pixel - range[0]) / (range[1] - range[0]) * (high - low));
  map.domain = domain;
  map.range = range;
  map.ticks = (count = 5) => log ? decades(low, high, count) : roundTicks(domain[0], domain[1], count);
  return map;
}
function roundTicks(low, high, count) {
  const raw = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
function decades(low, high, count) {
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const exponents = [];
  for (let exponent = first; exponent <= last; exponent += stride) exponents.push(exponent);
  return exponents.map((exponent) => 10 ** exponent);
}
function linePath(points) {
  let pen = "M";
  let path = "";
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = "M";
      continue;
    }
    path += `${pen}${x.toFixed(2)},${y.toFixed(2)}`;
    pen = "L";
  }
  return path;
}

// helpers/figures/kit/panel.js
function panel({ title = "", x = {}, y = {}, equal = false, describe = "" }) {
  const margin = { top: 22, right: 10, bottom: 36, left: 46 };
  const clipId = `bf-clip-${serial()}`;
  const clip = svg("rect");
  const axes = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", { "clip-path": `url(#${clipId})` });
  const over = svg("g");
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "img", "aria-label": describe || title },
    svg("defs", {}, svg("clipPath", { id: clipId }, clip)),
    axes,
    marks,
    over
  );
  const heading = title ? html("div", { class: "bf-title" }, title) : null;
  const self = {
    root: html("div", { class: "bf-panel" }, heading, picture),
    title: heading,
    svg: picture,
    marks,
    over,
    margin,
    x: null,
    y: null,
    layout({ width, height, x: xDomain, y: yDomain }) {
      const right = width - margin.right;
      const bottom = height - margin.bottom;
      if (equal) [xDomain, yDomain] = equalUnits(xDomain, yDomain, right - margin.left, bottom - margin.top);
      self.x = scale(xDomain, [margin.left, right], x);
      self.y = scale(yDomain, [bottom, margin.top], y);
      set(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
      set(clip, { x: margin.left, y: margin.top, width: right - margin.left, height: bottom - margin.top });
      drawAxes(axes, self, { x, y, right, bottom, margin });
      return self;
    },
    toData(event) {
      const box = picture.getBoundingClientRect();
      return [self.x.invert(event.clientX - box.left), self.y.invert(event.clientY - box.top)];
    },
    line: (points) => linePath(points.map(([a, b]) => [self.x(a), self.y(b)]))
  };
  return self;
}
function equalUnits(xDomain, yDomain, width, height) {
  const unit = Math.max((xDomain[1] - xDomain[0]) / width, (yDomain[1] - yDomain[0]) / height);
  const about = ([low, high], pixels) => {
    const middle = (low + high) / 2;
    return [middle - unit * pixels / 2, middle + unit * pixels / 2];
  };
  return [about(xDomain, width), about(yDomain, height)];
}
function drawAxes(group, { x: xScale, y: yScale }, { x, y, right, bottom, margin }) {
  const columns = xScale.ticks(x.ticks ?? Math.max(2, Math.round((right - margin.left) / 70)));
  const rows = yScale.ticks(y.ticks ?? Math.max(2, Math.round((bottom - margin.top) / 50)));
  const name = (value, axis) => (axis.format ?? tickName)(value, axis);
  clear(
    group,
    columns.map(
      (value) => svg("line", { class: "bf-grid", x1: xScale(value), x2: xScale(value), y1: margin.top, y2: bottom })
    ),
    rows.map(
      (value) => svg("line", { class: "bf-grid", x1: margin.left, x2: right, y1: yScale(value), y2: yScale(value) })
    ),
    svg("path", { class: "bf-axis", d: `M${margin.left},${margin.top}V${bottom}H${right}` }),
    columns.map(
      (value) => svg(
        "text",
        { class: "bf-tick", x: xScale(value), y: bottom + 15, "text-anchor": "middle" },
        name(value, x)
      )
    ),
    rows.map(
      (value) => svg(
        "text",
        { class: "bf-tick", x: margin.left - 6, y: yScale(value) + 4, "text-anchor": "end" },
        name(value, y)
      )
    ),
    svg("text", { class: "bf-axis-label", x: right, y: bottom + 31, "text-anchor": "end" }, x.label ?? ""),
    svg("text", { class: "bf-axis-label", x: 2, y: margin.top - 9 }, y.label ?? "")
  );
}
function tickName(value, { log = false }) {
  if (log && (value >= 1e3 || value < 0.1)) {
    return `10${[...String(Math.round(Math.log10(value)))].map((sign) => SUPERSCRIPT[sign]).join("")}`;
  }
  return Math.abs(value) >= 1e4 ? format(value, 2) : String(value).replace("-", "−");
}

// helpers/figures/mode_switch/maths.js
var average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
function dropout(units, mask, p, training) {
  return training ? units.map((unit, i) => mask[i] ? unit / (1 - p) : 0) : [...units];
}
function batchNorm(batch, { mean, variance }, training, { momentum = 0.1, eps = 1e-5 } = {}) {
  const normalised = (m, v) => batch.map((x) => (x - m) / Math.sqrt(v + eps));
  if (!training) return { outputs: normalised(mean, variance), mean, variance };
  const batchMean = average(batch);
  const spread = average(batch.map((x) => (x - batchMean) ** 2));
  const unbiased = spread * batch.length / (batch.length - 1);
  const towards = (old, now) => (1 - momentum) * old + momentum * now;
  return {
    outputs: normalised(batchMean, spread),
    mean: towards(mean, batchMean),
    variance: towards(variance, unbiased)
  };
}
function normPasses(batches, buffers, training) {
  let now = buffers;
  return batches.map((batch) => {
    now = batchNorm(batch, now, training);
    return { output: now.outputs[0], mean: now.mean, variance: now.variance, batchMean: average(batch) };
  });
}
function trainedBuffers(batches) {
  const { mean, variance } = normPasses(batches, { mean: 0, variance: 1 }, true).at(-1);
  return { mean, variance };
}
function decided({ training, no_grad: noGrad }) {
  return { random: training, buffersMove: training, requiresGrad: !noGrad };
}

// helpers/figures/mode_switch/views.js
var MODES = [true, false];
var RECORDS = [false, true];
function switchView(stage2) {
  const key = (training, noGrad) => `${training ? "train" : "eval"}/${noGrad ? "no_grad" : "grad"}`;
  const cells2 = cells({
    label: "Both switches",
    current: () => key(stage2.state.training, stage2.state.no_grad),
    onPick: (picked) => stage2.set({ training: picked.startsWith("train"), no_grad: picked.endsWith("no_grad") })
  });
  const names = svg("g", { "aria-hidden": "true" });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "train() or eval(), with or without no_grad()" },
    names,
    cells2.root
  );
  const root = html(
    "div",
    { class: "bf-panel" },
    html("div", { class: "bf-title" }, "Two switches: tap a cell"),
    picture
  );
  let [width, height, left] = [0, 0, 0];
  function layout(room) {
    width = room;
    left = 62;
    height = 46;
    set(picture, { width: room, height: 26 + 2 * (height + 6) });
    const middle = (column) => left + (width - left) * (column / 2 + 0.25);
    clear(
      names,
      ["gradients on", "no_grad()"].map(
        (name, column) => svg("text", { class: "ms-code", x: middle(column), y: 16, "text-anchor": "middle" }, name)
      ),
      ["train()", "eval()"].map(
        (name, row2) => svg("text", { class: "ms-code", x: 0, y: 26 + row2 * (height + 6) + height / 2 + 5 }, name)
      )
    );
  }
  function draw({ training, no_grad: noGrad }) {
    const wide = (width - left) / 2;
    cells2.draw(MODES.flatMap(
      (mode, row2) => RECORDS.map((quiet, column) => {
        const { random, requiresGrad } = decided({ training: mode, no_grad: quiet });
        const text = `${random ? "random" : "fixed"}, ${requiresGrad ? "graph" : wide < 120 ? "none" : "no graph"}`;
        return {
          key: key(mode, quiet),
          x: left + column * wide + 1,
          y: 26 + row2 * (height + 6),
          width: wide - 6,
          height,
          text,
          label: `${mode ? "train()" : "eval()"} ${quiet ? "under no_grad()" : "with gradients on"}: ${text}`,
          classes: mode === training && quiet === noGrad ? "bf-lit" : ""
        };
      })
    ));
  }
  return { root, layout, draw };
}
function factsView() {
  const body = html("tbody");
  const root = html("table", { class: "ms-facts" }, body);
  const values = /* @__PURE__ */ new Map();
  const group = (name) => html("tr", { class: "ms-group" }, html("th", { colspan: 2, scope: "colgroup" }, name));
  const fact = (name, value) => {
    const changed = values.has(name) && values.get(name) !== value;
    values.set(name, value);
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, name),
      html("td", { class: changed ? "ms-changed" : null }, value)
    );
  };
  function draw(now) {
    const { random, requiresGrad } = decided(now);
    clear(
      body,
      group("train() or eval() decides"),
      fact("training", now.training ? "True" : "False"),
      fact("20 passes", now.refused ? "an error" : random ? "vary" : "all equal"),
      now.layer === "dropout" ? fact("kept units", random ? `× ${format(1 / (1 - now.p))}` : "× 1, none dropped") : fact(
        "running_mean",
        now.refused ? "stays 0" : random ? `0 → ${format(now.passes.at(-1).mean)}` : `stays ${format(now.passes.at(-1).mean)}`
      ),
      group("no_grad() decides"),
      fact("requires_grad", requiresGrad ? "True" : "False"),
      fact("backward()", now.refused ? "not reached" : requiresGrad ? "fills .grad" : "RuntimeError")
    );
  }
  return { root, draw, forget: () => values.clear() };
}
var PASSES = 20;
function passPanel({ describe, label, yAxis }) {
  const panel2 = panel({ title: " ", describe, x: { label, ticks: 5 }, y: yAxis });
  Object.assign(panel2.margin, { top: 8, left: 34, bottom: label ? 36 : 20 });
  return panel2;
}
function insideView() {
  const yAxis = {};
  const panel2 = passPanel({
    describe: "What happens inside the layer in each of 20 forward passes",
    label: "",
    yAxis
  });
  const marks = svg("g");
  panel2.marks.append(marks);
  function draw(now, { width, height }) {
    yAxis.ticks = now.layer === "dropout" ? 1 : 4;
    panel2.layout({
      width,
      height,
      x: [0.4, PASSES + 0.6],
      y: now.layer === "dropout" ? [0.4, 8.6] : [-1.5, 5.5]
    });
    clear(marks, now.layer === "dropout" ? unitMarks(panel2, now) : batchMarks(panel2, now));
    panel2.title.replaceChildren(...now.layer === "dropout" ? unitTitle(now) : batchTitle());
  }
  return { panel: panel2, draw };
}
function unitMarks(panel2, { passes }) {
  const side = Math.min(panel2.x(2) - panel2.x(1), panel2.y(1) - panel2.y(2)) - 3;
  return passes.flatMap(
    ({ units }, pass) => units.map(
      (value, unit) => svg("rect", {
        class: value > 0 ? "ms-kept" : "ms-dropped",
        x: panel2.x(pass + 1) - side / 2,
        y: panel2.y(unit + 1) - side / 2,
        width: side,
        height: side,
        rx: 2
      })
    )
  );
}
function unitTitle({ training, p }) {
  if (!training) return ["Inside: all 8 units pass, each as it is"];
  return [
    "Inside: 8 units, each dropped with p = ",
    format(p, 2),
    "; kept ones × 1/(1 − p) = ",
    format(1 / (1 - p))
  ];
}
function batchMarks(panel2, { batches, passes, start }) {
  const dots = batches.flatMap(
    (batch, pass) => batch.map(
      (x, i) => svg("circle", {
        class: i ? "ms-companion" : "ms-sample",
        r: i ? 3 : 4.5,
        cx: panel2.x(pass + 1),
        cy: panel2.y(x)
      })
    )
  );
  const means = passes.map(
    ({ batchMean }, pass) => svg("path", { class: "ms-mean", d: panel2.line([[pass + 0.65, batchMean], [pass + 1.35, batchMean]]) })
  );
  const running = svg("path", {
    class: "ms-running",
    d: panel2.line([[0.4, start], ...passes.map(({ mean }, pass) => [pass + 1, mean])])
  });
  return [...dots, ...means, running];
}
function batchTitle() {
  const word = (kind, text) => html("span", { class: `ms-word-${kind}` }, text);
  return [
    "Inside: ",
    word("sample", "the sample, x = 3"),
    ", companions, batch mean (bar), ",
    word("running", "running_mean (dotted)")
  ];
}
function outputView() {
  const panel2 = passPanel({
    describe: "The output for the same input in each of 20 forward passes",
    label: "forward pass",
    yAxis: { ticks: 4 }
  });
  const line = svg("path", { class: "ms-eval" });
  const name = svg("text", { class: "ms-eval-name", "text-anchor": "end", "aria-hidden": "true" });
  const dots = svg("g");
  panel2.marks.append(line, dots);
  panel2.over.append(name);
  const dot = (kind, [pass, value]) => svg("circle", { class: `ms-output ${kind}`, r: 4.5, cx: panel2.x(pass), cy: panel2.y(value) });
  function draw(now, { width, height }) {
    panel2.layout({
      width,
      height,
      x: [0.4, PASSES + 0.6],
      y: now.layer === "dropout" ? [0, 3] : [-2.7, 2.7]
    });
    const places = (values) => values.map((value, pass) => [pass + 1, value]);
    set(line, { d: panel2.line([[0.4, now.fixed], [PASSES + 0.6, now.fixed]]) });
    clear(
      dots,
      now.training ? [] : places(now.ghosts).map((at) => dot("ms-ghost", at)),
      places(now.outputs).map((at) => dot("ms-now", at))
    );
    set(name, { x: panel2.x(PASSES + 0.6), y: 20 });
    name.textContent = `dashed: eval() gives ${format(now.fixed)}`;
    panel2.title.replaceChildren(...outputTitle(now));
  }
  return { panel: panel2, draw };
}
function outputTitle({ outputs, layer, refused }) {
  const what = layer === "dropout" ? "Output (mean of the units)" : "Output of the sample";
  if (refused) return [`${what}: none`];
  const [least, most] = [Math.min(...outputs), Math.max(...outputs)];
  if (most - least < 1e-9) return [`${what}: 20 times ${format(most)}`];
  const mean = outputs.reduce((sum, value) => sum + value, 0) / outputs.length;
  return [`${what}: ${format(least)} to ${format(most)}, on average ${format(mean)}`];
}

// helpers/figures/mode_switch/figure.js
var UNITS = Array(8).fill(1);
var NEW = { mean: 0, variance: 1 };
var SETTINGS = (
  /** @type {const} */
  ["layer", "training", "no_grad", "p", "batch_size"]
);
function passesOf(state, { masks, batches }) {
  return state.layer === "dropout" ? dropoutPasses(state, masks[rateName(state.p)]) : batchNormPasses(state, batches);
}
var rateName = (p) => Number.isInteger(p) ? p.toFixed(1) : String(p);
function dropoutPasses({ training, p, draw }, draws) {
  const run = (mode) => draws[draw % draws.length].map((mask) => {
    const units = dropout(UNITS, mask, p, mode);
    return { units, output: average(units) };
  });
  const passes = run(training);
  return {
    passes,
    outputs: passes.map(({ output }) => output),
    ghosts: run(true).map(({ output }) => output),
    fixed: average(UNITS),
    refused: false
  };
}
function batchNormPasses({ training, batch_size: size, draw }, draws) {
  const batches = draws[draw % draws.length].map((batch) => batch.slice(0, size));
  const trained = trainedBuffers(draws[0]);
  const refused = training && size === 1;
  const trainRun = size > 1 ? normPasses(batches, NEW, true) : [];
  const passes = training ? trainRun : normPasses(batches, trained, false);
  return {
    passes,
    batches,
    start: training ? NEW.mean : trained.mean,
    refused,
    outputs: passes.map(({ output }) => output),
    ghosts: trainRun.map(({ output }) => output),
    fixed: batchNorm([draws[0][0][0]], trained, false).outputs[0]
  };
}
function sentence(now) {
  const { requiresGrad } = decided(now);
  const mode = `${now.training ? "Training" : "Evaluation"} mode, ${now.no_grad ? "under no_grad" : "gradients on"}`;
  const outputs = now.refused ? "a batch of one is refused" : `20 outputs from ${format(Math.min(...now.outputs))} to ${format(Math.max(...now.outputs))}`;
  return `${mode}: ${outputs}; requires_grad is ${requiresGrad ? "True" : "False"}.`;
}
function makeControls(stage2, onReset, rates, largest) {
  const layer = choice({
    label: "Layer",
    value: stage2.state.layer,
    options: [{ value: "dropout", label: "Dropout" }, { value: "batchnorm", label: "BatchNorm1d" }],
    onChange: (value) => stage2.set({ layer: value })
  });
  const rate = slider({
    label: "p, the share dropped",
    values: rates,
    value: stage2.state.p,
    format: (p) => p.toFixed(2),
    onInput: (p) => stage2.set({ p })
  });
  const size = slider({
    label: "batch size",
    min: 1,
    max: largest,
    step: 1,
    value: stage2.state.batch_size,
    ticks: [{ value: 1, label: "1" }],
    format: (count) => `${count} sample${count === 1 ? "" : "s"}`,
    onInput: (count) => stage2.set({ batch_size: count })
  });
  const redraw = button({
    label: "Draw again",
    icon: "play",
    onClick: () => stage2.set({ draw: stage2.state.draw + 1 })
  });
  const reset = button({ label: "Reset", icon: "reset", onClick: onReset });
  const slot = html("div", { class: "ms-slot" });
  let shown = null;
  const refresh = ({ layer: name, p, batch_size: count }) => {
    rate.value = p;
    size.value = count;
    layer.root.querySelectorAll("input").forEach((input, i) => {
      input.checked = i === 0 === (name === "dropout");
    });
    const wanted = name === "dropout" ? rate : size;
    if (shown !== wanted) clear(slot, wanted.root);
    shown = wanted;
  };
  return {
    refresh,
    root: controls(layer.root, slot, html("div", { class: "bf-buttons" }, redraw.root, reset.root))
  };
}
function render({ model, el }) {
  const draws = { masks: model.get("masks"), batches: model.get("batches") };
  const opening = { ...traits(model, SETTINGS), draw: 0 };
  const stage2 = stage({
    model,
    el,
    name: "ModeSwitch",
    label: "Training and evaluation mode, with and without gradients",
    state: opening
  });
  const now = () => ({ ...stage2.state, ...passesOf(stage2.state, draws) });
  const [switches, facts, inside, output] = [switchView(stage2), factsView(), insideView(), outputView()];
  const rates = Object.keys(draws.masks).map(Number).sort((one, other) => one - other);
  const onReset = () => {
    facts.forget();
    stage2.set(opening);
  };
  const inputs = makeControls(stage2, onReset, rates, draws.batches[0][0].length);
  const error = html("p", { class: "ms-error" });
  stage2.body.append(
    row(switches.root, facts.root),
    html("div", { class: "ms-passes" }, inside.panel.root, error, output.panel.root),
    inputs.root
  );
  for (const name of SETTINGS) {
    model.on?.(
      `change:${name}`,
      () => stage2.state[name] === model.get(name) || stage2.set({ [name]: model.get(name) })
    );
  }
  stage2.onDraw(({ width }) => {
    const half = width < 560 ? width : (width - 24) / 2;
    const drawn = now();
    switches.layout(half);
    facts.root.style.width = `${half}px`;
    switches.draw(drawn);
    facts.draw(drawn);
    inside.draw(drawn, { width, height: 150 });
    output.draw(drawn, { width, height: 166 });
    error.textContent = drawn.refused ? model.get("refusal") : "";
    error.hidden = !drawn.refused;
    inputs.refresh(drawn);
  });
  stage2.say(() => sentence(now()));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
