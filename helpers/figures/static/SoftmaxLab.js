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
function dragging(target, { grab, drag }) {
  keepTouches(target);
  target.addEventListener("pointerdown", (event) => {
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", drag);
    grab();
    event.preventDefault();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    target.addEventListener(end, () => target.removeEventListener("pointermove", drag));
  }
}
function keepTouches(node) {
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
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
function toggle({ label, checked = false, onChange }) {
  const input = html("input", { type: "checkbox", onchange: () => onChange(input.checked) });
  input.checked = checked;
  return { root: html("label", { class: "bf-toggle" }, input, html("span", {}, label)), input };
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

// helpers/figures/softmax_lab/maths.js
var total = (values) => values.reduce((sum, value) => sum + value, 0);
function logSumExp(logits) {
  const most = Math.max(...logits);
  return most + Math.log(total(logits.map((z) => Math.exp(z - most))));
}
function softmax(logits) {
  const level = logSumExp(logits);
  return logits.map((z) => Math.exp(z - level));
}
function oneHot(count, target) {
  return Array.from({ length: count }, (_, i) => i === target ? 1 : 0);
}
function readByLoss(logits, twice) {
  return twice ? softmax(logits) : logits;
}
function crossEntropy(logits, target, twice = false) {
  const read = readByLoss(logits, twice);
  return logSumExp(read) - read[target];
}
function lossGradient(logits, target, twice = false) {
  const y = oneHot(logits.length, target);
  const gap = softmax(readByLoss(logits, twice)).map((p2, i) => p2 - y[i]);
  if (!twice) return gap;
  const p = softmax(logits);
  const mean = total(gap.map((value, i) => value * p[i]));
  return gap.map((value, i) => p[i] * (value - mean));
}
function lossFloor(count, twice) {
  return twice ? Math.log(1 + (count - 1) / Math.E) : 0;
}
function afterStep(logits, target, { twice, lr, span }) {
  return lossGradient(logits, target, twice).map(
    (slope, i) => Math.min(Math.max(logits[i] - lr * slope, -span), span)
  );
}

// helpers/figures/softmax_lab/views.js
var STEP = 0.1;
var PUSH = 44;
var TALLEST = 12;
var signed = (value) => value > 0 ? `+${format(value)}` : format(value);
function classPanel(classes, { title, label, describe }) {
  const panel2 = panel({
    title,
    describe,
    y: { label },
    x: { ticks: classes.length, format: (i) => classes[i] ?? "" }
  });
  Object.assign(panel2.margin, { left: 40, bottom: 24 });
  return {
    panel: panel2,
    domain: [-0.5, classes.length - 0.5],
    nearest: (x) => clamp(Math.round(x), 0, classes.length - 1)
  };
}
var bar = (panel2, i, from, to, half) => ({
  x: panel2.x(i) - half,
  width: 2 * half,
  y: Math.min(panel2.y(from), panel2.y(to)),
  height: Math.abs(panel2.y(from) - panel2.y(to))
});
function logitsView({ classes, now, change }) {
  const { panel: panel2, domain, nearest } = classPanel(classes, {
    title: "Logits z: drag the knobs",
    label: "arrows: where descent pushes",
    describe: "The logit of each class as a bar to drag, with an arrow that shows where descent pushes it"
  });
  const zero = svg("line", { class: "sm-zero" });
  const [bars, pushes] = ["sm-logit", "sm-push"].map(
    (name) => classes.map(() => svg(name === "sm-push" ? "path" : "rect", { class: name }))
  );
  panel2.marks.append(...bars, zero);
  panel2.over.append(...pushes);
  const put = (i, value) => {
    const snapped = clamp(Number((Math.round(value / STEP) * STEP).toPrecision(12)), -SPAN, SPAN);
    change({ logits: now().logits.map((old, j) => j === i ? snapped : old) });
  };
  const knobs = classes.map(
    (name, i) => logitKnob(panel2, name, { get: () => now().logits[i], put: (value) => put(i, value) })
  );
  panel2.svg.addEventListener("click", (event) => {
    if (
      /** @type {Element} */
      event.target.classList.contains("bf-hit")
    ) return;
    const [x, z] = panel2.toData(event);
    put(nearest(x), z);
  });
  function layout(width, height) {
    panel2.layout({ width, height, x: domain, y: [-SPAN - 0.9, SPAN + 0.9] });
    set(zero, { x1: panel2.x(domain[0]), x2: panel2.x(domain[1]), y1: panel2.y(0), y2: panel2.y(0) });
  }
  function draw({ logits, slopes }) {
    const half = Math.min(14, (panel2.x(1) - panel2.x(0)) / 4.5);
    logits.forEach((z, i) => {
      set(bars[i], bar(panel2, i, 0, z, half));
      set(pushes[i], { d: arrow(panel2.x(i) + half + 7, panel2.y(z), PUSH * slopes[i]) });
      knobs[i].place(panel2.x(i), panel2.y(z));
    });
  }
  return { panel: panel2, layout, draw };
}
function arrow(x, y, length) {
  if (Math.abs(length) < 1) return "";
  const head = Math.sign(length) * Math.min(6, Math.abs(length));
  const wing = Math.min(4, 0.7 * Math.abs(length));
  return `M${x},${y}v${length}m${-wing},${-head}l${wing},${head}l${wing},${-head}`;
}
function logitKnob(panel2, name, { get, put }) {
  const knob2 = knob({ dot: "sm-knob" });
  panel2.over.append(knob2.root);
  const input = html("input", {
    type: "range",
    min: -SPAN,
    max: SPAN,
    step: STEP,
    "aria-label": `logit of ${name}`
  });
  panel2.root.append(html("span", { class: "bf-hidden" }, input));
  let before = get();
  const drag = (event) => put(panel2.toData(event)[1]);
  set(input, {
    onfocus: () => {
      before = get();
      knob2.focus(true);
    },
    onblur: () => knob2.focus(false),
    oninput: () => put(Number(input.value)),
    onkeydown: (event) => knobKey(event, { get, put, before })
  });
  dragging(knob2.hit, {
    drag,
    grab: () => {
      before = get();
      input.focus({ preventScroll: true });
    }
  });
  return {
    place(x, y) {
      knob2.place(x, y);
      input.value = get();
      input.setAttribute("aria-valuetext", `${format(get())} of −${SPAN} to ${SPAN}`);
    }
  };
}
function knobKey(event, { get, put, before }) {
  const ways = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
  if (event.key === "Escape") put(before);
  else if (event.shiftKey && ways[event.key]) put(get() + 10 * STEP * ways[event.key]);
  else return;
  event.preventDefault();
}
function probabilitiesView({ classes, change }) {
  const { panel: panel2, domain, nearest } = classPanel(classes, {
    title: "Probabilities",
    label: "",
    describe: "The probability of each class, its target, and the gradient as the gap between the two"
  });
  const kinds = ["sm-target", "sm-once", "sm-probability", "sm-gap"];
  const [targets, outlines, bars, gaps] = kinds.map(
    (name) => classes.map(() => svg(name === "sm-gap" ? "path" : "rect", { class: name }))
  );
  const flag = svg(
    "text",
    { class: "sm-flag", "text-anchor": "middle", "aria-hidden": "true" },
    "true class"
  );
  panel2.marks.append(...targets, ...bars, ...outlines);
  panel2.over.append(...gaps, flag);
  panel2.svg.addEventListener("click", (event) => change({ target: nearest(panel2.toData(event)[0]) }));
  const layout = (width, height) => panel2.layout({ width, height, x: domain, y: [0, 1] });
  function draw({ p, q, y, slopes, twice, target }) {
    const half = Math.min(14, (panel2.x(1) - panel2.x(0)) / 4.5);
    q.forEach((share, i) => {
      set(bars[i], bar(panel2, i, 0, share, half));
      set(outlines[i], { ...bar(panel2, i, 0, p[i], half), visibility: twice ? "visible" : "hidden" });
      set(targets[i], { ...bar(panel2, i, 0, 1, half), visibility: i === target ? "visible" : "hidden" });
      set(gaps[i], {
        d: arrow(panel2.x(i) + half + 7, panel2.y(y[i]), panel2.y(y[i] + slopes[i]) - panel2.y(y[i]))
      });
    });
    set(flag, { x: clamp(panel2.x(target), 75, panel2.x.range[1] - 32), y: panel2.y(1) - 7 });
    panel2.title.replaceChildren(
      twice ? "softmax(softmax(z)), " : "p = softmax(z), ",
      html("span", { class: "sm-word-gradient" }, twice ? "gradient" : "gradient p − y")
    );
  }
  return { panel: panel2, layout, draw };
}
function tableView({ classes }) {
  const body = html("tbody");
  const head = html(
    "tr",
    {},
    html("td"),
    classes.map((name) => html("th", { scope: "col" }, name))
  );
  const root = html("table", { class: "sm-table" }, html("thead", {}, head), body);
  const line = (kind, name, values) => html(
    "tr",
    { class: `sm-row-${kind}` },
    html("th", { scope: "row" }, name),
    values.map((value) => html("td", {}, value))
  );
  function draw({ logits, p, q, y, slopes, twice, width }) {
    const digits = width < 340 ? 2 : 3;
    const tiny = (value) => digits === 3 ? format(value, 1) : "0.00";
    const share = (value) => value < 0.5 * 10 ** -digits ? tiny(value) : value.toFixed(digits);
    const slope = (value) => `${value > 0 ? "+" : "−"}${share(Math.abs(value))}`;
    clear(
      body,
      line("logit", "logit z", logits.map((z) => z.toFixed(1).replace("-", "−"))),
      line("probability", "p = softmax(z)", p.map(share)),
      twice ? line("probability", "softmax(p)", q.map(share)) : [],
      line("target", "target y", y.map(String)),
      line("gradient", twice ? "gradient" : "gradient p − y", slopes.map(slope))
    );
  }
  return { root, draw };
}
function lossView({ classes, now, change }) {
  const panel2 = panel({
    title: "Loss",
    x: { label: "" },
    y: { label: "" },
    describe: "The loss over the logit of the true class, the other logits held, with its slope at the present place"
  });
  Object.assign(panel2.margin, { top: 8, left: 40 });
  const [floor, ghost, curve, slope] = ["sm-floor", "sm-ghost", "sm-curve", "sm-slope"].map(
    (name) => svg("path", { class: name })
  );
  const here = svg("circle", { class: "sm-here bf-dot", r: 6 });
  const slopeName = svg("text", { class: "sm-slope-name", "aria-hidden": "true" });
  panel2.marks.append(floor, ghost, curve, slope, here);
  panel2.over.append(slopeName);
  const places = Array.from({ length: 121 }, (_, i) => SPAN * (i / 60 - 1));
  panel2.svg.addEventListener("click", (event) => {
    const z = clamp(Math.round(panel2.toData(event)[0] / STEP) * STEP, -SPAN, SPAN);
    change({ logits: now().logits.map((old, i) => i === now().target ? Number(z.toPrecision(12)) : old) });
  });
  const layout = (width, height) => panel2.layout({ width, height, x: [-SPAN, SPAN], y: [0, TALLEST] });
  function draw({ logits, target, twice, loss, slopes, q, floor: least }) {
    const lossAt = (z, mode) => crossEntropy(logits.map((old, i) => i === target ? z : old), target, mode);
    const along = (mode) => panel2.line(places.map((z) => [z, lossAt(z, mode)]));
    set(curve, { d: along(twice) });
    set(ghost, { d: twice ? along(false) : "" });
    set(floor, { d: twice ? panel2.line([[-SPAN, least], [SPAN, least]]) : "" });
    const [x, height] = [logits[target], Math.min(loss, TALLEST)];
    set(here, { cx: panel2.x(x), cy: panel2.y(height) });
    set(slope, { d: panel2.line([-2, 2].map((way) => [x + way, height + way * slopes[target]])) });
    const begin = Math.min(panel2.x(x) + 12, panel2.x.range[1] - 104);
    set(slopeName, {
      x: begin,
      y: Math.max(panel2.y(Math.max(lossAt(panel2.x.invert(begin), twice), height)) - 10, 20)
    });
    slopeName.textContent = `slope ${signed(slopes[target])}`;
    panel2.svg.querySelector(".bf-axis-label").textContent = `logit of ${classes[target]}`;
    panel2.title.replaceChildren(
      "Loss = −log ",
      html("span", { class: "sm-word-probability" }, format(q[target])),
      " = ",
      html("span", { class: "sm-word-loss" }, format(loss)),
      twice ? `; no logits get it below ${format(least)}` : ""
    );
  }
  return { panel: panel2, layout, draw };
}

// helpers/figures/softmax_lab/figure.js
var SPAN = 6;
var RATE = 1;
function seen({ logits, target, twice }) {
  const read = readByLoss(logits, twice);
  return {
    p: softmax(logits),
    q: softmax(read),
    // the probabilities the loss works with: p itself unless softmax is applied twice
    y: oneHot(logits.length, target),
    loss: crossEntropy(logits, target, twice),
    slopes: lossGradient(logits, target, twice),
    floor: lossFloor(logits.length, twice)
  };
}
function sentence({ classes, now }) {
  const { target, twice, q, loss, slopes } = { ...now(), ...seen(now()) };
  return `True class ${classes[target]}: probability ${format(q[target])}, loss ${format(loss)}, gradient of its logit ${format(slopes[target])}${twice ? ", with softmax applied twice" : ""}.`;
}
function makeControls({ classes, now, change }, opening) {
  const truth = choice({
    label: "True class",
    value: now().target,
    options: classes.map((label, value) => ({ value, label })),
    onChange: (target) => change({ target })
  });
  const twice = toggle({
    label: "mistake: softmax before the loss",
    checked: now().twice,
    onChange: (checked) => change({ twice: checked })
  });
  const step = button({
    label: "Step of descent",
    icon: "step",
    onClick: () => change({ logits: afterStep(now().logits, now().target, { twice: now().twice, lr: RATE, span: SPAN }) })
  });
  const reset = button({ label: "Reset", icon: "reset", onClick: () => change(opening) });
  const refresh = ({ target, twice: on }) => {
    truth.root.querySelectorAll("input").forEach((input, i) => {
      input.checked = i === target;
    });
    twice.input.checked = on;
  };
  return {
    refresh,
    root: controls(
      truth.root,
      twice.root,
      html("div", { class: "bf-buttons" }, step.root, reset.root)
    )
  };
}
function render({ model, el }) {
  const classes = model.get("classes");
  const traits2 = traits(model, ["logits", "target", "twice"]);
  const stage2 = stage({
    model,
    el,
    name: "SoftmaxLab",
    label: "Logits, probabilities, cross-entropy loss and its gradient",
    state: traits2
  });
  const now = () => ({ ...stage2.state, target: classes.indexOf(stage2.state.target) });
  const change = ({ target = now().target, ...patch }) => stage2.set({ ...patch, target: classes[target] });
  const lab = { classes, now, change };
  const [logits, probabilities, table, loss] = [
    logitsView(lab),
    probabilitiesView(lab),
    tableView(lab),
    lossView(lab)
  ];
  const inputs = makeControls(lab, now());
  stage2.body.append(
    row(logits.panel.root, probabilities.panel.root),
    table.root,
    inputs.root,
    html("div", { class: "sm-losses" }, loss.panel.root)
  );
  for (const name of Object.keys(traits2)) model.on?.(`change:${name}`, () => follow(name));
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage2.state[name])) {
      stage2.set({ [name]: model.get(name) });
    }
  }
  stage2.onDraw(({ width }) => {
    const stacked = width < 560;
    const half = stacked ? width : (width - 24) / 2;
    logits.layout(half, stacked ? 250 : 270);
    probabilities.layout(half, stacked ? 200 : 270);
    loss.layout(width, 170);
    const drawn = { ...now(), ...seen(now()), width };
    for (const view of [logits, probabilities, table, loss]) view.draw(drawn);
    inputs.refresh(drawn);
  });
  stage2.say(() => sentence(lab));
  return stage2.start();
}
var figure_default = { render };
export {
  SPAN,
  figure_default as default,
  seen
};
