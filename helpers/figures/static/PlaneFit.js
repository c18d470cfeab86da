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
function knob({ dot = "", style = null, size = 8, ring = size + 5, marks = [] }) {
  const hit = svg("circle", { r: 22, class: "bf-hit" });
  const root = svg(
    "g",
    { class: "bf-handle", "aria-hidden": "true" },
    svg("circle", { r: ring, class: "bf-focus-ring" }),
    svg("circle", { r: size, class: `bf-dot ${dot}`, style }),
    marks,
    hit
  );
  return {
    root,
    hit,
    focus: (on) => root.classList.toggle("bf-focused", on),
    place: (x, y) => set(root, { transform: `translate(${x},${y})` })
  };
}
function keepTouches(node) {
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
}

// helpers/figures/kit/stage.js
function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
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
function player(stage2, { length, at, onMove, onReset = () => {
}, home = () => 0, label = "progress", describe = String }) {
  let frame = 0;
  const last = () => Math.max(0, length() - 1);
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    toggleButton.relabel("Play", "play");
  };
  const go = (position) => {
    onMove(clamp(position, 0, last()));
    refresh();
  };
  const play = () => {
    if (reducedMotion()) return go(last());
    const from = at() >= last() ? 0 : at();
    const pace = Math.min(400, 6e3 / Math.max(1, last()));
    const begun = performance.now();
    toggleButton.relabel("Pause", "pause");
    const tick = (now) => {
      go(from + Math.floor((now - begun) / pace));
      if (at() >= last()) stop();
      else frame = requestAnimationFrame(tick);
    };
    go(from);
    frame = requestAnimationFrame(tick);
  };
  const toggleButton = button({ label: "Play", icon: "play", onClick: () => frame ? stop() : play() });
  const stepButton = button({
    label: "Step",
    icon: "step",
    onClick: () => {
      stop();
      go(at() + 1);
    }
  });
  const resetButton = button({
    label: "Reset",
    icon: "reset",
    onClick: () => {
      stop();
      onReset();
      go(home());
    }
  });
  const scrub = slider({
    label,
    min: 0,
    max: last(),
    step: 1,
    value: at(),
    format: describe,
    onInput: (position) => {
      stop();
      onMove(position);
    }
  });
  const refresh = () => {
    set(scrub.input, { max: last() });
    scrub.value = at();
  };
  const offscreen = new IntersectionObserver(([entry]) => {
    if (frame && !entry.isIntersecting) stop();
  });
  offscreen.observe(stage2.root);
  stage2.onCleanup(() => {
    stop();
    offscreen.disconnect();
  });
  const buttons = html("div", { class: "bf-buttons" }, toggleButton.root, stepButton.root, resetButton.root);
  return { root: html("div", { class: "bf-player" }, buttons, scrub.root), refresh, stop };
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

// helpers/figures/plane_fit/maths.js
var DIVERGENCE_FACTOR = 1e4;
function predict([w1, w2, b], [x1, x2]) {
  return w1 * x1 + w2 * x2 + b;
}
function residuals(X, y, parameters) {
  return X.map((x, i) => predict(parameters, x) - y[i]);
}
function planeLoss(X, y, parameters) {
  return residuals(X, y, parameters).reduce((sum, error) => sum + error * error, 0) / y.length;
}
function planeGradient(X, y, parameters, batch) {
  const total = [0, 0, 0];
  for (const i of batch) {
    const error = predict(parameters, X[i]) - y[i];
    [X[i][0], X[i][1], 1].forEach((input, k) => {
      total[k] += 2 * error * input;
    });
  }
  return total.map((value) => value / batch.length);
}
function planeBatches(orders, batchSize) {
  return orders.flatMap(
    (order) => Array.from(
      { length: Math.ceil(order.length / batchSize) },
      (_, k) => order.slice(k * batchSize, (k + 1) * batchSize)
    )
  );
}
function planePath({ X, y, start, lr, batchSize, orders }) {
  const points = [[...start]];
  const losses = [planeLoss(X, y, start)];
  const batches = [];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], planeLoss(X, y, [0, 0, 0]));
  for (const batch of planeBatches(orders, batchSize)) {
    const gradient = planeGradient(X, y, points.at(-1), batch);
    points.push(points.at(-1).map((value, k) => value - lr * gradient[k]));
    losses.push(planeLoss(X, y, points.at(-1)));
    batches.push(batch);
    if (!(losses.at(-1) <= limit)) return { points, losses, batches, divergedAt: batches.length };
  }
  return { points, losses, batches, divergedAt: null };
}
function trend(inputs, values) {
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, height] = [mean(inputs), mean(values)];
  const slope = mean(inputs.map((input, i) => (input - middle) * (values[i] - height))) / mean(inputs.map((input) => (input - middle) ** 2));
  return [slope, height - slope * middle];
}
function heightsOf([w1, w2, b]) {
  return [b - w1 - w2, b + w1 - w2, b - w1 + w2];
}
function planeThrough([origin, along1, along2]) {
  const [w1, w2] = [(along1 - origin) / 2, (along2 - origin) / 2];
  return [w1, w2, origin + w1 + w2];
}
function project([u, v, z], { turn, tilt }) {
  const [a, t] = [turn * Math.PI / 180, tilt * Math.PI / 180];
  const near = u * Math.sin(a) + v * Math.cos(a);
  return [
    u * Math.cos(a) - v * Math.sin(a),
    z * Math.cos(t) - near * Math.sin(t),
    near * Math.cos(t) + z * Math.sin(t)
  ];
}
function edgeOn([w1, w2]) {
  return Math.atan2(-w2, w1) * 180 / Math.PI;
}
function seenFromAbove(slope, { turn, tilt }) {
  const [a, t] = [turn * Math.PI / 180, tilt * Math.PI / 180];
  return Math.sin(t) - Math.cos(t) * (slope[0] * Math.sin(a) + slope[1] * Math.cos(a)) > 0;
}

// helpers/figures/plane_fit/views.js
var NAMES = ["x₁", "x₂"];
function residualView({ X, y, opening }, input) {
  const panel2 = panel({
    x: { label: NAMES[input], ticks: 3 },
    y: { ticks: 4 },
    describe: `The residuals against ${NAMES[input]}, and the straight line that runs through them`
  });
  Object.assign(panel2.margin, { left: 30, top: 6, right: 4, bottom: 34 });
  const title = html("div", { class: "bf-title pf-small" });
  panel2.root.prepend(title);
  const reach = Math.ceil(
    1.05 * Math.max(...y.map(Math.abs), ...residuals(X, y, opening.start).map(Math.abs))
  );
  const zero = svg("line", { class: "bf-axis" });
  const slope = svg("line", { class: "pf-trend" });
  const sticks = X.map(() => svg("line", { class: "pf-stick" }));
  const dots = X.map(() => svg("circle", { class: "pf-sample", r: 2.5 }));
  panel2.marks.append(zero, ...sticks, ...dots, slope);
  function layout(width, height) {
    panel2.layout({ width, height, x: [-1.08, 1.08], y: [-reach, reach] });
    set(zero, { x1: panel2.x(-1.08), x2: panel2.x(1.08), y1: panel2.y(0), y2: panel2.y(0) });
  }
  function draw({ run, at }) {
    const parameters = run.points[at];
    const lit = new Set(at > 0 ? run.batches[at - 1] : []);
    const errors = residuals(X, y, parameters);
    const pixel = (error) => clamp(panel2.y(error), -1e4, 1e4);
    errors.forEach((error, i) => {
      const place = panel2.x(X[i][input]);
      set(sticks[i], { x1: place, x2: place, y1: panel2.y(0), y2: pixel(error), "data-lit": lit.has(i) });
      set(dots[i], { cx: place, cy: pixel(error) });
    });
    const [tilt, middle] = trend(X.map((x) => x[input]), errors);
    set(slope, { x1: panel2.x(-1), y1: pixel(middle - tilt), x2: panel2.x(1), y2: pixel(middle + tilt) });
    const pull = planeGradient(X, y, parameters, X.map((_, i) => i))[input];
    title.textContent = `∂L/∂w${"₁₂"[input]} = ${format(pull)}`;
  }
  return { panel: panel2, layout, draw };
}
function lossOverRun(problem, moveTo, state) {
  const { X, y, best, orders } = problem;
  const least = planeLoss(X, y, best);
  const panel2 = panel({
    x: { label: "epoch" },
    y: { log: true, label: "" },
    describe: "The loss on all samples along the run, on a logarithmic axis"
  });
  Object.assign(panel2.margin, { left: 40, top: 6, right: 14 });
  const title = html("div", { class: "bf-title" });
  panel2.root.prepend(title);
  const bottom = 0.6 * Math.max(least, 1e-4);
  const floor = svg("line", { class: "pf-floor" });
  const floorName = svg("text", { class: "pf-hint" }, "least squares");
  const [previous, rest, done] = ["pf-previous", "pf-rest", "pf-done"].map(
    (name) => svg("path", { class: name })
  );
  const here = svg("circle", { class: "pf-here bf-dot", r: 6 });
  panel2.marks.append(floor, previous, rest, done, here);
  panel2.over.append(floorName);
  const perEpoch = (run) => Math.ceil(X.length / run.batches[0].length);
  const curve = (run, from = 0, to = run.losses.length) => linePath(
    run.losses.slice(from, to).map((loss, i) => [panel2.x((from + i) / perEpoch(run)), clamp(panel2.y(Math.max(loss, bottom)), -1e4, 1e4)])
  );
  function layout(width, height) {
    const top = Math.max(10, 2 * planeLoss(X, y, [0, 0, 0]));
    panel2.layout({ width, height, x: [0, orders.length], y: [bottom, top] });
    set(floor, { x1: panel2.x(0), x2: panel2.x(orders.length), y1: panel2.y(least), y2: panel2.y(least) });
    set(floorName, { x: panel2.x(0) + 6, y: panel2.y(least) - 5 });
  }
  function draw({ run, at, previous: old }) {
    set(done, { d: curve(run, 0, at + 1) });
    set(rest, { d: curve(run, at) });
    set(previous, { d: old ? curve(old) : "" });
    set(here, {
      cx: panel2.x(at / perEpoch(run)),
      cy: clamp(panel2.y(Math.max(run.losses[at], bottom)), -1e4, 1e4)
    });
    clear(title, "Loss: ", html("span", { class: "pf-loss" }, fateOf(run, at)));
  }
  panel2.svg.addEventListener("click", (event) => {
    const { run } = state();
    moveTo(clamp(Math.round(panel2.toData(event)[0] * perEpoch(run)), 0, run.points.length - 1));
  });
  return { panel: panel2, layout, draw };
}
var fateOf = (run, at) => run.divergedAt ? `diverged at step ${run.divergedAt}` : format(run.losses[at]);

// helpers/figures/plane_fit/hands.js
var CORNERS = [[-1, -1], [1, -1], [-1, 1], [1, 1]];
function hiddenRange({ label, min, max, step, get, put, text, onFocus = () => {
}, onBlur = () => {
} }) {
  const input = html("input", { type: "range", min, max, step, "aria-label": label });
  let before = get();
  const move = (value) => put(clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max));
  set(input, {
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
    }
  });
  return {
    input,
    move,
    refresh: () => {
      input.value = get();
      input.setAttribute("aria-valuetext", text(get()));
    }
  };
}
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
function turning(stage2, root, hit) {
  const degrees = (value) => `${Math.round(value)} degrees`;
  const axis = (name, label, min, max) => hiddenRange({
    label,
    min,
    max,
    step: 5,
    text: degrees,
    get: () => stage2.state[name],
    put: (value) => stage2.set({ [name]: value }),
    onFocus: () => root.classList.add("pf-focused"),
    onBlur: () => root.classList.remove("pf-focused")
  });
  const axes = [axis("turn", "view: turn", -180, 180), axis("tilt", "view: tilt", 0, 90)];
  root.append(html("span", { class: "bf-hidden" }, axes.map(({ input }) => input)));
  let from = {};
  const around = (turn) => ((turn + 180) % 360 + 360) % 360 - 180;
  draggable(hit, {
    begin: () => {
      const { turn, tilt } = stage2.state;
      from = { turn, tilt };
    },
    move: (right, down) => stage2.set({ turn: around(from.turn + right / 2), tilt: clamp(from.tilt + down / 2, 0, 90) }),
    cancel: () => stage2.set(from)
  });
  return { place: () => axes.forEach((range) => range.refresh()) };
}
function cornerHandle(stage2, root, layer, corner, { low, high, change, unit }) {
  const heights = () => heightsOf(stage2.state.run.points[stage2.state.at]);
  const put = (value) => change({ start: planeThrough(heights().map((old, i) => i === corner ? value : old)), at: 0 });
  const arrows = svg("path", { class: "pf-arrows", d: "M-3,-11L0,-15L3,-11M-3,11L0,15L3,11" });
  const knob2 = knob({ dot: "pf-knob", size: 7, marks: [arrows] });
  knob2.hit.classList.add("pf-lift");
  layer.append(knob2.root);
  const where = `x₁ = ${CORNERS[corner][0]}, x₂ = ${CORNERS[corner][1]}`.replaceAll("-", "−");
  const range = hiddenRange({
    label: `height of the plane at ${where}`,
    min: low,
    max: high,
    step: 0.1,
    get: () => heights()[corner],
    put,
    text: (value) => format(value),
    onFocus: () => knob2.focus(true),
    onBlur: () => knob2.focus(false)
  });
  root.append(html("span", { class: "bf-hidden" }, range.input));
  let [from, before] = [0, null];
  keepTouches(knob2.hit);
  draggable(knob2.hit, {
    begin: () => {
      const { start, at } = stage2.state;
      [from, before] = [clamp(heights()[corner], low, high), { start, at }];
      range.input.focus({ preventScroll: true });
    },
    // Seen from straight above, heights have no length on the screen.
    move: (_right, down) => range.move(from - down / Math.max(unit().pixels, 12)),
    cancel: () => change(before)
  });
  return {
    place: ([x, y], { width, height }) => {
      knob2.place(clamp(x, 12, width - 12), clamp(y, 16, height - 16));
      range.refresh();
    }
  };
}

// helpers/figures/plane_fit/space.js
function boxOf(y) {
  const room = 0.1 * (Math.max(...y) - Math.min(...y));
  return [Math.floor(2 * (Math.min(...y) - room)) / 2, Math.ceil(2 * (Math.max(...y) + room)) / 2];
}
function spaceView(stage2, problem, change) {
  const { X, y } = problem;
  const [low, high] = boxOf(y);
  const z = (value) => 2 * (clamp(value, low - 9 * (high - low), high + 9 * (high - low)) - low) / (high - low) - 1;
  const clipId = `pf-clip-${serial()}`;
  const clip = svg("rect", { x: 0, y: 0 });
  const [box, behind, sheet, front, knobs] = Array.from(
    { length: 5 },
    () => svg("g", { "aria-hidden": "true" })
  );
  const turnHit = svg("rect", { class: "bf-hit pf-turn" });
  const picture = svg(
    "svg",
    {
      class: "bf-panel-svg pf-space",
      role: "img",
      "aria-label": "The samples in the space of x1, x2 and y, and the model's plane with a stick from each sample to it"
    },
    svg("defs", {}, svg("clipPath", { id: clipId }, clip)),
    box,
    svg("g", { "clip-path": `url(#${clipId})` }, behind, sheet, front),
    turnHit,
    knobs
  );
  const hint = svg(
    "text",
    { class: "pf-hint", "text-anchor": "end", "aria-hidden": "true" },
    "drag to turn, lift a corner"
  );
  picture.append(hint);
  const title = html("div", { class: "bf-title" });
  const root = html("div", { class: "bf-panel" }, title, picture);
  const eye = turning(stage2, root, turnHit);
  const handles = [0, 1, 2].map(
    (corner) => cornerHandle(stage2, root, knobs, corner, { low, high, change, unit: () => unitOf() })
  );
  let size = { width: 338, height: 330 };
  const zoom = () => Math.min(size.width / 3.35, size.height / 3.15);
  const unitOf = () => ({
    pixels: zoom() * TALL * Math.cos(stage2.state.tilt * Math.PI / 180) * 2 / (high - low)
  });
  const at = ([u, v, height]) => {
    const [right, up] = project([u, v, TALL * height], stage2.state);
    return [size.width / 2 + zoom() * right, size.height / 2 - 4 - zoom() * up];
  };
  function layout(width, height) {
    size = { width, height };
    for (const node of [picture, clip, turnHit]) set(node, { width, height });
    set(picture, { viewBox: `0 0 ${width} ${height}` });
    set(hint, { x: width - 4, y: 16 });
  }
  function draw({ run, at: update, turn, tilt }) {
    const parameters = run.points[update];
    const lit = new Set(update > 0 ? run.batches[update - 1] : []);
    const height = (u, v) => z(predict(parameters, [u, v]));
    const above = seenFromAbove(parameters.slice(0, 2).map((w) => TALL * 2 * w / (high - low)), {
      turn,
      tilt
    });
    const [hidden, visible] = [[], []];
    X.forEach((x, i) => {
      const [sample, foot] = [at([...x, z(y[i])]), at([...x, height(...x)])];
      (y[i] > predict(parameters, x) === above ? visible : hidden).push(
        sampleMarks(sample, foot, lit.has(i))
      );
    });
    clear(box, boxMarks(at, { low, high, turn, tilt }));
    clear(behind, hidden);
    clear(front, visible);
    clear(sheet, sheetMarks(at, height));
    handles.forEach(
      (handle, corner) => handle.place(at([...CORNERS[corner], height(...CORNERS[corner])]), size)
    );
    eye.place();
    clear(title, equation(parameters));
  }
  return { root, layout, draw };
}
var TALL = 0.85;
function equation(parameters) {
  const [w1, w2, b] = parameters.map((value) => format(Math.abs(value)));
  const sign = (value) => value < 0 ? "−" : "+";
  const text = `ŷ = ${parameters[0] < 0 ? "−" : ""}${w1} x₁ ${sign(parameters[1])} ${w2} x₂ ${sign(parameters[2])} ${b}`;
  return html("span", { class: "pf-model" }, text);
}
function sampleMarks([x, y], [footX, footY], lit) {
  return svg(
    "g",
    {},
    svg("line", { class: "pf-stick", x1: x, y1: y, x2: footX, y2: footY, "data-lit": lit }),
    lit ? svg("circle", { class: "pf-light", cx: x, cy: y, r: 7.5 }) : null,
    svg("circle", { class: "pf-sample", cx: x, cy: y, r: 4 })
  );
}
function sheetMarks(at, height) {
  const spot = (u, v) => at([u, v, height(u, v)]);
  const ring = linePath([spot(-1, -1), spot(1, -1), spot(1, 1), spot(-1, 1)]);
  const mesh = [-0.5, 0, 0.5].flatMap((k) => [linePath([spot(k, -1), spot(k, 1)]), linePath([spot(-1, k), spot(1, k)])]);
  return [
    svg("path", { class: "pf-sheet", d: `${ring}Z` }),
    svg("path", { class: "pf-mesh", d: mesh.join("") })
  ];
}
function boxMarks(at, { low, high, turn, tilt }) {
  const nearest = (u, v) => project([u, v, 0], { turn, tilt: 0 })[2];
  const side1 = nearest(0, 1) > 0 ? 1 : -1;
  const side2 = nearest(1, 0) > 0 ? 1 : -1;
  const line = (from, to, cls = "bf-grid") => svg("path", { class: `${cls} pf-edge`, d: linePath([at(from), at(to)]) });
  const floor = [-1, -0.5, 0, 0.5, 1].flatMap((k) => [line([k, -1, -1], [k, 1, -1]), line([-1, k, -1], [1, k, -1])]);
  const near = CORNERS.reduce((best, corner) => nearest(...corner) > nearest(...best) ? corner : best);
  const posts = CORNERS.filter((corner) => corner !== near).map(
    (corner) => line([...corner, -1], [...corner, 1], "bf-axis")
  );
  const lefts = CORNERS.filter((corner) => corner !== near).sort(
    (a, b) => at([...a, 0])[0] - at([...b, 0])[0]
  );
  const lower = tilt < 14 ? 18 : 0;
  return [
    ...floor,
    ...posts,
    ...edgeNames(at, (k) => [k, 1.14 * side1, -1], NAMES[0], 0),
    ...edgeNames(at, (k) => [1.14 * side2, k, -1], NAMES[1], lower),
    ...heightNames(at, lefts[0], low, high)
  ];
}
function edgeNames(at, along, name, lower) {
  const [from, to] = [at(along(-1)), at(along(1))];
  if (Math.abs(from[0] - to[0]) < 50 && Math.abs(from[1] - to[1]) < 50) return [];
  const text = ([x, y], words, cls) => svg("text", { class: cls, x, y: y + 12 + lower, "text-anchor": "middle" }, words);
  return [
    ...[-1, 1].map((k) => text(at(along(k)), String(k).replace("-", "−"), "bf-tick")),
    text(at(along(0)), name, "bf-axis-label")
  ];
}
function heightNames(at, corner, low, high) {
  const place = (value) => at([...corner, 2 * (value - low) / (high - low) - 1]);
  const ticks = scale([low, high], [0, 1]).ticks(4);
  const [x, top] = place(high);
  return [
    ...ticks.map(
      (value) => svg("text", {
        class: "bf-tick",
        x: place(value)[0] - 6,
        y: place(value)[1] + 4,
        "text-anchor": "end"
      }, String(value).replace("-", "−"))
    ),
    svg("text", { class: "bf-axis-label", x: x - 6, y: top - 10, "text-anchor": "end" }, "y")
  ];
}

// helpers/figures/plane_fit/figure.js
var SETTINGS = (
  /** @type {const} */
  ["start", "lr", "batch_size"]
);
var CORNER_VIEW = { turn: 25, tilt: 22 };
function runOf({ X, y, orders }, { start, lr, batch_size: batchSize }) {
  return planePath({ X, y, start, lr, batchSize, orders });
}
function planeSizes(count, given) {
  return [...new Set([1, 2, 3, 5, 10, 20, 50].filter((size) => size < count).concat(given, count))].sort((a, b) => a - b);
}
function placeOf({ run, at }, { X }) {
  const perEpoch = Math.ceil(X.length / run.batches[0].length);
  return at === 0 ? "before the first update" : `epoch ${Math.ceil(at / perEpoch)}, update ${at} of ${run.points.length - 1}`;
}
function sentence(problem, { run, at, lr, batch_size: size }) {
  const rule = `Batches of ${size}, learning rate ${format(lr)}`;
  if (run.divergedAt) return `${rule}: diverged at step ${run.divergedAt}.`;
  const [w1, w2, b] = run.points[at].map((value) => format(value));
  const least = format(planeLoss(problem.X, problem.y, problem.best));
  return `${rule}: at ${placeOf({ run, at }, problem)} w1 is ${w1}, w2 is ${w2}, b is ${b}, and the loss is ${format(run.losses[at])}; the least possible is ${least}.`;
}
function makeControls(stage2, problem, change) {
  const limit = { value: Number(problem.limit.toPrecision(3)), label: `limit ${format(problem.limit)}` };
  const given = { value: problem.opening.lr, label: format(problem.opening.lr) };
  const apart = Math.abs(problem.rates.indexOf(given.value) - problem.rates.indexOf(limit.value)) > 3;
  const rate = slider({
    label: "learning rate",
    values: problem.rates,
    value: stage2.state.lr,
    format: (value) => format(value),
    ticks: apart ? [given, limit] : [limit],
    onInput: (lr) => change({ lr })
  });
  const size = slider({
    label: "batch size",
    values: planeSizes(problem.X.length, problem.opening.batch_size),
    value: stage2.state.batch_size,
    format: (value) => value === problem.X.length ? `all ${value}` : String(value),
    onInput: (value) => change({ batch_size: value })
  });
  const corner = button({ label: "From a corner", onClick: () => stage2.set(CORNER_VIEW) });
  const edge = button({
    label: "Along the plane",
    onClick: () => stage2.set({ turn: edgeOn(stage2.state.run.points[stage2.state.at]), tilt: 0 })
  });
  const looks = html(
    "div",
    { class: "bf-buttons pf-looks", role: "group", "aria-label": "Look" },
    html("span", { class: "bf-label" }, "Look"),
    corner.root,
    edge.root
  );
  return {
    root: controls(rate.root, size.root),
    looks,
    refresh: () => {
      rate.value = stage2.state.lr;
      size.value = stage2.state.batch_size;
    }
  };
}
function render({ model, el }) {
  const problem = {
    ...traits(model, ["X", "y", "orders", "rates", "limit", "best"]),
    opening: traits(model, [...SETTINGS, "at"])
  };
  const opening = () => ({
    ...problem.opening,
    ...CORNER_VIEW,
    run: runOf(problem, problem.opening),
    previous: null
  });
  const stage2 = stage({
    model,
    el,
    name: "PlaneFit",
    label: "A plane trained to fit its samples",
    state: opening()
  });
  stage2.state.at = Math.min(stage2.state.at, stage2.state.run.points.length - 1);
  const last = () => stage2.state.run.points.length - 1;
  let changed = -Infinity;
  function change(patch) {
    const { run, at, previous } = stage2.state;
    const fresh = runOf(problem, { ...stage2.state, ...patch });
    const sameGesture = performance.now() - changed < 600;
    changed = performance.now();
    const share = Math.round(at / last() * (fresh.points.length - 1));
    stage2.set({ ...patch, run: fresh, at: patch.at ?? share, previous: sameGesture ? previous : run });
    refresh();
  }
  const moveTo = (at) => {
    stage2.set({ at });
    refresh();
  };
  const space = spaceView(stage2, problem, change);
  const along = [residualView(problem, 0), residualView(problem, 1)];
  const loss = lossOverRun(problem, moveTo, () => stage2.state);
  const inputs = makeControls(stage2, problem, change);
  const player2 = player(stage2, {
    length: () => last() + 1,
    at: () => stage2.state.at,
    home: () => problem.opening.at,
    label: "progress",
    onMove: (at) => stage2.set({ at }),
    onReset: () => {
      stage2.set(opening());
      inputs.refresh();
    },
    describe: (at) => placeOf({ run: stage2.state.run, at }, problem)
  });
  const refresh = () => {
    inputs.refresh();
    player2.refresh();
  };
  const heading = html("div", { class: "bf-title" }, "Residuals ŷ − y, and the slope left in them");
  const slopes = html(
    "div",
    {},
    heading,
    html("div", { class: "pf-pair" }, along.map(({ panel: panel2 }) => panel2.root))
  );
  const columns = [
    html("div", { class: "pf-column" }, space.root, inputs.looks, player2.root),
    html("div", { class: "pf-column" }, slopes, loss.panel.root, inputs.root)
  ];
  stage2.body.append(row(...columns));
  for (const name of SETTINGS) {
    model.on?.(`change:${name}`, () => {
      if (JSON.stringify(model.get(name)) !== JSON.stringify(stage2.state[name])) {
        change({ [name]: model.get(name) });
      }
    });
  }
  let laidOut = 0;
  stage2.onDraw(({ width, state }) => {
    const half = width < 560 ? width : (width - 24) / 2;
    if (laidOut !== width) {
      for (const column of columns) column.style.width = `${half}px`;
      space.layout(half, Math.min(330, 0.93 * half));
      for (const view of along) view.layout((half - 10) / 2, 150);
      loss.layout(half, 150);
    }
    laidOut = width;
    for (const view of [space, ...along, loss]) view.draw(state);
  });
  stage2.say(() => sentence(problem, stage2.state));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
