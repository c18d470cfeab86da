/**
 * The drawing kit: what every interactive figure of the book shares.
 *
 * `base.py` joins this file and `kit_controls.js` in front of a figure's own module, since a module loaded
 * from a blob cannot import a sibling. Everything exported here is reached through one name, `kit`:
 *
 *   function render({ model, el }) {
 *     const stage = kit.stage({ model, el, name: "DescentLab", label: "Gradient descent on a line" });
 *     const plane = kit.panel({ title: "Parameter space", x: { label: "w" }, y: { label: "b" } });
 *     const rate = kit.slider(stage, { label: "learning rate", min: 0, max: 1, step: 0.01, value: 0.1,
 *                                      onInput: (lr) => stage.set({ lr }) });
 *     stage.body.append(kit.row(plane.root), kit.controls(rate.root));
 *     stage.onDraw(({ width }) => { plane.layout({ width, height: 300, x: [-1, 1], y: [0, 2] }); ... });
 *     stage.say(() => "After 3 updates the loss is 0.5.");
 *     return stage.start();           // draws, marks the figure ready, returns the clean-up
 *   }
 *   export default { render };
 *
 * Elements  html, svg, set, clear, serial  Numbers  format, percent, plural, clamp
 * Scales    scale, linePath                Frames   stage, panel, row, controls, reducedMotion
 * Controls  slider, toggle, choice, button, player, handle, sliderKnob, dragging, focusAnew (kit_controls.js)
 * Cells     cells: SVG cells with one tab stop, roaming arrows, drag (kit_grid.js)
 * Tensors   product, contiguousStride, isContiguous, readView, wrapAxis, unravel, tuple, freshTensor,
 *           elementsOf, insertAxis, describeResult, refuse, orRefusal, codeEntry, nestedGrid, fitCell,
 *           drawFrames (kit_tensors.js)
 *
 * Colours are CSS variables, one meaning each: var(--bf-data), --bf-model, --bf-loss, --bf-gradient,
 * --bf-path, --bf-highlight, --bf-muted, --bf-ink, --bf-ground, --bf-panel (`helpers/palette.py`).
 */

// ---------------------------------------------------------------- elements

function fill(node, attributes, children) {
  set(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Set attributes; `onclick: f` listens, `false`/`null`/`undefined` removes. */
export function set(node, attributes = {}) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === false || value === null || value === undefined) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : value);
  }
  return node;
}

export function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Remove a node's children and put `children` in their place. */
export function clear(node, ...children) {
  node.replaceChildren(...children.flat());
  return node;
}

/**
 * A number for ids and radio groups, never saved. Each kind of figure brings its own copy of this kit, so
 * the count is kept by the page: two copies that both began at 0 would clip each other's drawings.
 */
export function serial() {
  window.bookFigureParts = (window.bookFigureParts ?? 0) + 1;
  return window.bookFigureParts;
}

export function row(...children) {
  return html("div", { class: "bf-row" }, children);
}

export function controls(...children) {
  return html("div", { class: "bf-controls" }, children);
}

// ---------------------------------------------------------------- numbers

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** Three significant digits, a true minus, powers of ten outside 10^-3 .. 10^4. */
export function format(value, digits = 3) {
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

export function percent(fraction) {
  return `${(100 * fraction).toFixed(1)} %`;
}

/** "1 sample", "2 samples". */
export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

// ---------------------------------------------------------------- scales

/** Map `domain` to `range` (both [from, to]); `log: true` for a base-10 logarithmic axis. */
export function scale(domain, range, { log = false } = {}) {
  const bend = log ? Math.log10 : (value) => value;
  const straighten = log ? (value) => 10 ** value : (value) => value;
  const [low, high] = domain.map(bend);
  const map = (value) => range[0] + ((bend(value) - low) / (high - low)) * (range[1] - range[0]);
  map.invert = (pixel) => straighten(low + ((pixel - range[0]) / (range[1] - range[0])) * (high - low));
  map.domain = domain;
  map.range = range;
  map.ticks = (count = 5) => (log ? decades(low, high, count) : roundTicks(domain[0], domain[1], count));
  return map;
}

function roundTicks(low, high, count) {
  const raw = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples of the step, cleaned of binary dust: 3 * 0.1 is 0.30000000000000004 in JS.
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

/** The `d` of a polyline through [[x, y], ...] in pixels; points that are not finite break the line. */
export function linePath(points) {
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

// ---------------------------------------------------------------- panel: axes and layers

/**
 * A framed plot. `layout({ width, height, x, y })` sets its size and its domains ([low, high] each) and
 * redraws the axes; with `equal: true` one unit is the same number of pixels on both axes (right angles
 * stay right). Draw into `marks` (clipped to the frame) or `over` (not clipped), with `panel.x(...)`,
 * `panel.y(...)` in pixels. `toData(event)` gives a pointer's place in data units.
 * `x.log`, `y.log`: logarithmic axes; `x.ticks`: how many.
 */
export function panel({ title = "", x = {}, y = {}, equal = false, describe = "" }) {
  const margin = { top: 22, right: 10, bottom: 36, left: 46 };
  const clipId = `bf-clip-${serial()}`;
  const clip = svg("rect");
  const axes = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", { "clip-path": `url(#${clipId})` });
  const over = svg("g");
  const picture = svg("svg", { class: "bf-panel-svg", role: "img", "aria-label": describe || title },
    svg("defs", {}, svg("clipPath", { id: clipId }, clip)), axes, marks, over);
  const root = html("div", { class: "bf-panel" }, title ? html("div", { class: "bf-title" }, title) : null, picture);
  const self = { root, svg: picture, marks, over, margin, x: null, y: null };

  self.layout = ({ width, height, x: xDomain, y: yDomain }) => {
    const right = width - margin.right;
    const bottom = height - margin.bottom;
    if (equal) [xDomain, yDomain] = equalUnits(xDomain, yDomain, right - margin.left, bottom - margin.top);
    self.x = scale(xDomain, [margin.left, right], x);
    self.y = scale(yDomain, [bottom, margin.top], y);
    set(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
    set(clip, { x: margin.left, y: margin.top, width: right - margin.left, height: bottom - margin.top });
    drawAxes(axes, self, { x, y, right, bottom, margin });
    return self;
  };
  self.toData = (event) => {
    const box = picture.getBoundingClientRect();
    return [self.x.invert(event.clientX - box.left), self.y.invert(event.clientY - box.top)];
  };
  self.line = (points) => linePath(points.map(([a, b]) => [self.x(a), self.y(b)]));
  return self;
}

/** Widen the tighter of two domains about its middle, so that a unit has one length on both axes. */
export function equalUnits(xDomain, yDomain, width, height) {
  const unit = Math.max((xDomain[1] - xDomain[0]) / width, (yDomain[1] - yDomain[0]) / height);
  const about = ([low, high], pixels) => {
    const middle = (low + high) / 2;
    return [middle - (unit * pixels) / 2, middle + (unit * pixels) / 2];
  };
  return [about(xDomain, width), about(yDomain, height)];
}

function drawAxes(group, { x: xScale, y: yScale }, { x, y, right, bottom, margin }) {
  const columns = xScale.ticks(x.ticks ?? Math.max(2, Math.round((right - margin.left) / 70)));
  const rows = yScale.ticks(y.ticks ?? Math.max(2, Math.round((bottom - margin.top) / 50)));
  const name = (value, axis) => (axis.format ?? tickName)(value, axis);
  clear(group,
    columns.map((value) => svg("line", { class: "bf-grid", x1: xScale(value), x2: xScale(value), y1: margin.top, y2: bottom })),
    rows.map((value) => svg("line", { class: "bf-grid", x1: margin.left, x2: right, y1: yScale(value), y2: yScale(value) })),
    svg("path", { class: "bf-axis", d: `M${margin.left},${margin.top}V${bottom}H${right}` }),
    columns.map((value) => svg("text", { class: "bf-tick", x: xScale(value), y: bottom + 15, "text-anchor": "middle" }, name(value, x))),
    rows.map((value) => svg("text", { class: "bf-tick", x: margin.left - 6, y: yScale(value) + 4, "text-anchor": "end" }, name(value, y))),
    svg("text", { class: "bf-axis-label", x: right, y: bottom + 31, "text-anchor": "end" }, x.label ?? ""),
    svg("text", { class: "bf-axis-label", x: 2, y: margin.top - 9 }, y.label ?? ""));
}

function tickName(value, { log = false }) {
  if (log && (value >= 1e3 || value < 1e-1)) return `10${[...String(Math.round(Math.log10(value)))].map((sign) => SUPERSCRIPT[sign]).join("")}`;
  return Math.abs(value) >= 1e4 ? format(value, 2) : String(value).replace("-", "−");
}

// ---------------------------------------------------------------- stage: one mounted figure

export function reducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** "dark" or "light", as the page says (Sphinx, JupyterLab, VS Code, Colab), else as the system says. */
export function pageTheme() {
  const { documentElement: page, body } = document;
  const named = page.dataset.theme ?? page.getAttribute("theme");
  if (named === "dark" || named === "light") return named;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  if (body.dataset.vscodeThemeKind) return body.dataset.vscodeThemeKind.includes("dark") ? "dark" : "light";
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * Mount a figure: root element, caption, keys, theme, live sentence, redraw once a frame, clean-up.
 *
 * `stage.state` holds what the reader can change; `stage.set(patch)` changes it, sends traits of the same
 * name back to Python, and asks for a redraw. `stage.onDraw(f)` registers the drawing, called with
 * `{ width, state }`. `stage.say(f)` registers the sentence a screen reader hears 500 ms after a change.
 * `stage.onCleanup(f)`; `stage.start()` draws for the first time and returns the clean-up.
 */
export function stage({ model, el, name, label, state = {} }) {
  const body = html("div", { class: "bf-body" });
  const live = html("p", { class: "bf-hidden", "aria-live": "polite" });
  const caption = html("figcaption", { class: "bf-caption" }, model.get("caption") ?? "");
  const root = html("figure", { class: "book-figure", "data-figure": name, "aria-label": label }, body, live, caption);
  const draws = [];
  const cleanups = [];
  const self = { root, body, model, state: { ...state }, width: 0 };
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
  self.invalidate = () => {
    if (!frame) frame = requestAnimationFrame(drawNow);
  };
  self.set = (patch, { quiet = false } = {}) => {
    Object.assign(self.state, patch);
    sendToPython(model, patch);
    self.invalidate();
    if (!quiet) speak();
  };
  self.onDraw = (draw) => draws.push(draw);
  self.onCleanup = (cleanup) => cleanups.push(cleanup);
  self.say = (makeSentence) => { sentence = makeSentence; };
  self.start = () => {
    el.append(root);
    keepKeys(self);
    followTheme(self);
    followWidth(self);
    drawNow();
    self.onCleanup(() => { cancelAnimationFrame(frame); clearTimeout(timer); root.remove(); });
    return () => cleanups.splice(0).forEach((cleanup) => cleanup());
  };
  return self;
}

function sendToPython(model, patch) {
  const synced = Object.entries(patch).filter(([key]) => model.get(key) !== undefined);
  for (const [key, value] of synced) model.set(key, value);
  if (synced.length) model.save_changes();
}

/**
 * JupyterLab takes the keys pressed in a notebook for its own (`b` adds a cell, `x` cuts one, arrows lead from
 * cell to cell) unless the element in focus is marked; a mark on the figure would not do. Whatever comes into
 * focus is marked here, so that a control drawn later is too, and a text that the browser lets scroll. Saving
 * stays JupyterLab's: it listens on the document, so the window hears of the key in time.
 */
function keepKeys({ root, onCleanup }) {
  const mark = ({ target, key, ctrlKey, metaKey }) => {
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (root.contains(target)) set(target, { "data-lm-suppress-shortcuts": saves ? null : "true" });
  };
  root.addEventListener("focusin", mark);
  window.addEventListener("keydown", mark, true);
  onCleanup(() => window.removeEventListener("keydown", mark, true));
}

function followTheme({ root, invalidate, onCleanup }) {
  const apply = () => { root.dataset.theme = pageTheme(); invalidate(); };
  const observer = new MutationObserver(apply);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", apply);
  onCleanup(() => { observer.disconnect(); system.removeEventListener("change", apply); });
  root.dataset.theme = pageTheme();
}

function followWidth(self) {
  // Only a new width asks for a redraw: the figure itself sets its height.
  const observer = new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) !== self.width) self.invalidate();
  });
  observer.observe(self.body);
  self.onCleanup(() => observer.disconnect());
}
