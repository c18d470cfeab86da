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
function handle(panel2, { x, y = null, get, onInput, role = "path", tap = true }) {
  const grip = knob({ style: `fill: var(--bf-${role})` });
  panel2.over.append(grip.root);
  const axes = [x, y].filter(Boolean);
  const put = (point) => onInput(point.map((value, i) => axes[i] ? snap(value, axes[i]) : value));
  const inputs = axes.map(rangeOf);
  panel2.root.append(html("span", { class: "bf-hidden" }, inputs));
  let before = get();
  function rangeOf(axis, index) {
    const input = html("input", {
      type: "range",
      min: axis.min,
      max: axis.max,
      step: axis.step,
      "aria-label": axis.label
    });
    set(input, {
      onfocus: () => {
        before = get();
        grip.focus(true);
      },
      onblur: () => grip.focus(false),
      oninput: () => put(get().map((old, i) => i === index ? Number(input.value) : old)),
      onkeydown: (event) => handleKey(event, { index, axes, get, put, before: () => before })
    });
    return input;
  }
  const drag = (event) => put(panel2.toData(event));
  dragging(grip.hit, {
    drag,
    grab: () => {
      before = get();
      inputs[0].focus({ preventScroll: true });
    }
  });
  if (tap) {
    panel2.svg.addEventListener("click", (event) => {
      if (event.target !== grip.hit) drag(event);
    });
  }
  return {
    inputs,
    place() {
      const point = get();
      grip.place(panel2.x(point[0]), panel2.y(point[1]));
      inputs.forEach((input, i) => {
        input.value = String(point[i]);
        input.setAttribute("aria-valuetext", format(point[i]));
      });
    }
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
function snap(value, { min, max, step }) {
  return clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max);
}
function handleKey(event, { index, axes, get, put, before }) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  if (axes.length === 1) Object.assign(moves, { ArrowDown: moves.ArrowLeft, ArrowUp: moves.ArrowRight });
  const ends = { Home: "min", End: "max" };
  const point = get();
  const many = event.shiftKey ? 10 : 1;
  if (event.key === "Escape") put(before());
  else if (moves[event.key]) {
    put(point.map((old, i) => old + many * moves[event.key][i] * (axes[i]?.step ?? 0)));
  } else if (ends[event.key]) put(point.map((old, i) => i === index ? axes[i][ends[event.key]] : old));
  else return;
  event.preventDefault();
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

// helpers/figures/optimizer_race/maths.js
var GOAL = 0.01;
var LADDER = Array.from({ length: 25 }, (_, i) => 10 ** ((i - 24) / 8));
var WEIGHT_DECAY = 0.01;
var ANGLE = Math.PI / 6;
var [COS, SIN] = [Math.cos(ANGLE), Math.sin(ANGLE)];
var [RAVINE_X, RAVINE_Y] = [1.2, 0.5];
var [BUMPS_X, BUMPS_Y] = [1, 0.5];
var alongAcross = (x, y) => {
  const [right, up] = [x - RAVINE_X, y - RAVINE_Y];
  return [right * COS + up * SIN, up * COS - right * SIN];
};
var LANDSCAPES = {
  ravine: {
    loss(x, y) {
      const [along, across] = alongAcross(x, y);
      return (along ** 2 + 200 * across ** 2) / 40;
    },
    gradient(x, y) {
      const [along, across] = alongAcross(x, y);
      return [(along * COS - 200 * across * SIN) / 20, (along * SIN + 200 * across * COS) / 20];
    },
    start: [-1.8, -0.2],
    minima: [[RAVINE_X, RAVINE_Y]]
  },
  saddle: {
    loss: (x, y) => 2 * x ** 2 + 0.05 * (y ** 2 - 1) ** 2,
    gradient: (x, y) => [4 * x, 0.2 * y * (y ** 2 - 1)],
    start: [-1.6, 0.01],
    minima: [[0, 1], [0, -1]]
  },
  bumps: {
    loss(x, y) {
      const [right, up] = [x - BUMPS_X, y - BUMPS_Y];
      return 0.1 * (right ** 2 + up ** 2) + 0.1 * (2 - Math.cos(4 * right) - Math.cos(4 * up));
    },
    gradient: (x, y) => [[x, BUMPS_X], [y, BUMPS_Y]].map(
      ([at, middle]) => 0.2 * (at - middle) + 0.4 * Math.sin(4 * (at - middle))
    ),
    start: [-1.6, -1.3],
    minima: [[BUMPS_X, BUMPS_Y]]
  }
};
var RULES = {
  SGD: (p, g, _memory, lr) => p - lr * g,
  momentum(p, g, memory, lr) {
    memory.m = 0.9 * memory.m + g;
    return p - lr * memory.m;
  },
  RMSprop(p, g, memory, lr) {
    memory.v = 0.99 * memory.v + 0.01 * g * g;
    return p - lr * g / (Math.sqrt(memory.v) + 1e-8);
  },
  Adam(p, g, memory, lr, t) {
    memory.m = 0.9 * memory.m + 0.1 * g;
    memory.v = 0.999 * memory.v + 1e-3 * g * g;
    const [m, v] = [memory.m / (1 - 0.9 ** t), memory.v / (1 - 0.999 ** t)];
    return p - lr * m / (Math.sqrt(v) + 1e-8);
  },
  AdamW: (p, g, memory, lr, t) => RULES.Adam(p * (1 - lr * WEIGHT_DECAY), g, memory, lr, t)
};
function raceOne({ landscape, optimizer, lr, start, numSteps }) {
  const [{ loss, gradient }, rule] = [LANDSCAPES[landscape], RULES[optimizer]];
  const memories = [{ m: 0, v: 0 }, { m: 0, v: 0 }];
  let point = [...start];
  const [points, losses] = [[point], [loss(...point)]];
  for (let t = 1; t <= numSteps; t += 1) {
    const slope = gradient(...point);
    point = point.map((p, i) => rule(p, slope[i], memories[i], lr, t));
    points.push(point);
    losses.push(loss(...point));
  }
  return { points, losses, arrival: arrivalOf(losses) };
}
function arrivalOf(losses) {
  const step = losses.findLastIndex((loss) => !(loss < GOAL)) + 1;
  return step < losses.length ? step : null;
}
function tunedRate({ landscape, optimizer, start, numSteps }) {
  let best = null;
  for (const lr of LADDER) {
    const { losses, arrival } = raceOne({ landscape, optimizer, lr, start, numSteps });
    const worst = Math.max(...losses.slice(-20));
    const rank = [arrival ?? numSteps + 1, Number.isFinite(worst) ? worst : Infinity];
    if (!best || rank[0] < best.rank[0] || rank[0] === best.rank[0] && rank[1] < best.rank[1]) {
      best = { lr, rank };
    }
  }
  return best.lr;
}
function winnersOf(runs) {
  const arrived = Object.entries(runs).filter(([, { arrival }]) => arrival !== null);
  const first = Math.min(...arrived.map(([, { arrival }]) => arrival));
  return arrived.filter(([, { arrival }]) => arrival === first).map(([name]) => name);
}

// helpers/figures/optimizer_race/plane.js
var WINDOW = { x: [-2.2, 2.2], y: [-1.7, 1.7], step: 0.02 };
function planeView(stage2, change) {
  const panel2 = panel({
    x: { label: "x" },
    y: { label: "y" },
    equal: true,
    describe: "Lines of equal loss over x and y, and the path of each optimizer from one common start"
  });
  const picture = svg("image", { preserveAspectRatio: "none" });
  const [crosses, ahead, paths, heads] = Array.from({ length: 4 }, () => svg("g"));
  const tags = svg("g", { "aria-hidden": "true" });
  const hint = svg("text", { class: "or-hint", "aria-hidden": "true" });
  panel2.marks.append(picture, ahead, paths, crosses, heads);
  panel2.over.append(tags, hint);
  const axis = (name) => ({
    label: `start ${name}`,
    min: WINDOW[name][0],
    max: WINDOW[name][1],
    step: WINDOW.step
  });
  const handle2 = handle(panel2, {
    x: axis("x"),
    y: axis("y"),
    get: () => stage2.state.start,
    onInput: (start) => change({ start }),
    role: "loss"
  });
  let painted = "";
  function layout(width, height, { landscape }) {
    const key = `${width} ${landscape} ${stage2.root.dataset.theme}`;
    if (painted === key) return;
    painted = key;
    panel2.layout({ width, height, ...WINDOW });
    const [left, right] = panel2.x.range;
    const [bottom, top] = panel2.y.range;
    const colour = getComputedStyle(stage2.root).getPropertyValue("--bf-loss").trim();
    set(picture, {
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      href: bandsPicture(LANDSCAPES[landscape].loss, { x: panel2.x, y: panel2.y, colour })
    });
    clear(
      crosses,
      LANDSCAPES[landscape].minima.map(
        ([x, y]) => svg(
          "g",
          { transform: `translate(${panel2.x(x)},${panel2.y(y)})` },
          svg("path", { class: "or-cross", d: "M-9,-9L9,9M-9,9L9,-9" }),
          svg("text", {
            class: "or-hint",
            "text-anchor": "middle",
            y: y > 0.9 ? -15 : 28,
            "aria-hidden": "true"
          }, "minimum")
        )
      )
    );
  }
  function draw(state) {
    const { runs, at, start, touched } = state;
    const shown = visible(state);
    const lines = (from, to, kind) => shown.map(
      (name) => svg("path", { class: kind, ...lookOf(name), d: panel2.line(runs[name].points.slice(from, to)) })
    );
    clear(ahead, lines(at, void 0, "or-line or-ahead"));
    clear(paths, lines(0, at + 1, "or-line"));
    clear(
      heads,
      shown.map((name) => headOf(name, runs[name].points[at].map((value, i) => place(value, i))))
    );
    const begin = {
      name: "drag the start",
      x: clamp(panel2.x(start[0]) - 44, panel2.x.range[0] + 2, panel2.x.range[1] - 90),
      y: panel2.y(start[1]) - 16
    };
    set(hint, { x: begin.x, y: begin.y });
    hint.textContent = touched ? "" : begin.name;
    const drawn = Object.fromEntries(
      shown.map((name) => [name, runs[name].points.map((point) => point.map(place))])
    );
    const named = namesApart(drawn, frame(), touched ? [] : [begin]);
    clear(
      tags,
      named.map(({ name, x, y }) => svg("text", { class: "or-name", ...inkOf(name), x, y }, name))
    );
    handle2.place();
  }
  const place = (value, i) => clamp(i ? panel2.y(value) : panel2.x(value), -1e4, 1e4);
  const frame = () => ({
    left: panel2.x.range[0] + 4,
    right: panel2.x.range[1] - 4,
    top: panel2.y.range[1] + 16,
    bottom: panel2.y.range[0] - 4
  });
  return { root: panel2.root, layout, draw };
}
var headOf = (name, [cx, cy]) => svg("circle", { class: "bf-dot", r: 5, cx, cy, ...inkOf(name) });
function bandsPicture(loss, { x, y, colour }) {
  const fine = 2;
  const [width, height] = [x.range[1] - x.range[0], y.range[0] - y.range[1]].map(
    (size) => Math.round(size * fine)
  );
  const xs = Array.from({ length: width }, (_, i) => x.invert(x.range[0] + i / fine));
  const canvas = html("canvas", { width, height });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  const rgb = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  let above = new Int8Array(width);
  for (let j = 0; j < height; j += 1) {
    const row2 = bandsAlong(loss, xs, y.invert(y.range[1] + j / fine));
    for (let i = 0; i < width; i += 1) {
      const edge = j > 0 && above[i] !== row2[i] || i > 0 && row2[i - 1] !== row2[i];
      const place = 4 * (j * width + i);
      for (let channel = 0; channel < 3; channel += 1) pixels.data[place + channel] = rgb[channel];
      pixels.data[place + 3] = 255 * ((edge ? 0.35 : 0) + 0.02 * row2[i]);
    }
    above = row2;
  }
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}
var bandsAlong = (loss, xs, y) => Int8Array.from(xs, (x) => Math.max(0, Math.ceil(Math.log2(loss(x, y) / GOAL))));
function namesApart(paths, { left, right, top, bottom }, taken) {
  const placed = [];
  for (const [name, points] of Object.entries(paths)) {
    const others = Object.entries(paths).flatMap(([other, those]) => other === name ? [] : those.filter((_, i) => i % 2));
    const width = 8 * name.length;
    const options = points.filter((_, i) => i % 2).flatMap(([x, y]) => [[x + 8, y - 7], [x + 8, y + 16], [x - 8 - width, y - 7]]).filter(([x, y]) => x > left && x + width < right && y > top && y < bottom);
    if (!options.length) continue;
    const words = [...taken, ...placed];
    const room = ([x, y]) => Math.min(
      60,
      ...others.map((point) => awayFrom(point, { x, y, width })),
      ...words.map(
        (word) => awayFrom([word.x + 4 * word.name.length, word.y - 5], {
          x: x - 4 * word.name.length,
          y,
          width: width + 8 * word.name.length
        })
      )
    );
    const best = options.reduce((one, other) => room(other) > room(one) ? other : one);
    placed.push({ name, x: best[0], y: best[1] });
  }
  return placed;
}
var awayFrom = ([a, b], { x, y, width }) => Math.hypot(Math.max(x - a, 0, a - x - width), Math.max(y - 12 - b, 0, b - y - 2));

// helpers/figures/optimizer_race/views.js
var LOOKS = {
  SGD: { role: "ink", dash: null },
  momentum: { role: "data", dash: null },
  RMSprop: { role: "model", dash: "7 3" },
  Adam: { role: "gradient", dash: null },
  AdamW: { role: "path", dash: "2 3" }
};
var NAMES = Object.keys(LOOKS);
var lookOf = (name) => ({
  style: `stroke: var(--bf-${LOOKS[name].role})`,
  "stroke-dasharray": LOOKS[name].dash
});
var inkOf = (name) => ({ style: `fill: var(--bf-${LOOKS[name].role})` });
var visible = ({ shown }) => NAMES.filter((name) => shown[name]);
function lossView({ numSteps, moveTo }) {
  const panel2 = panel({
    title: "Loss after each step",
    x: { label: "step" },
    y: { log: true },
    describe: "The loss of each optimizer against its steps, on a logarithmic axis"
  });
  Object.assign(panel2.margin, { top: 6, right: 96 });
  const [goal, cursor] = [svg("line", { class: "or-goal" }), svg("line", { class: "or-cursor" })];
  const goalName = svg(
    "text",
    { class: "or-hint", "text-anchor": "end", "aria-hidden": "true" },
    "goal 0.01"
  );
  const [curves, tags] = [svg("g"), svg("g", { "aria-hidden": "true" })];
  panel2.marks.append(goal, cursor, curves);
  panel2.over.append(goalName, tags);
  const lowest = 1e-5;
  function layout(width, height) {
    panel2.layout({ width, height, x: [0, numSteps], y: [lowest, 20] });
    set(goal, { x1: panel2.x(0), x2: panel2.x(numSteps), y1: panel2.y(GOAL), y2: panel2.y(GOAL) });
    set(goalName, { x: panel2.x(0) + 64, y: panel2.y(GOAL) + 15 });
  }
  function draw(state) {
    const { runs, at } = state;
    const height = (loss) => clamp(panel2.y(Math.max(loss, lowest / 9)), -1e4, 1e4);
    set(cursor, { x1: panel2.x(at), x2: panel2.x(at), y1: panel2.y.range[0], y2: panel2.y.range[1] });
    clear(
      curves,
      visible(state).flatMap((name) => [
        svg("path", {
          class: "or-line",
          ...lookOf(name),
          d: linePath(runs[name].losses.map((loss, t) => [panel2.x(t), height(loss)]))
        }),
        headOf(name, [
          panel2.x(at),
          Number.isFinite(runs[name].losses[at]) ? height(runs[name].losses[at]) : -1e4
        ])
      ])
    );
    const ends = visible(state).map((name) => ({
      name,
      y: clamp(height(runs[name].losses.at(-1)) + 4, 14, panel2.y.range[0])
    }));
    clear(
      tags,
      pushedApart(ends).map(
        ({ name, y }) => svg("text", { class: "or-name", ...inkOf(name), x: panel2.x.range[1] + 8, y }, name)
      )
    );
  }
  panel2.svg.addEventListener(
    "click",
    (event) => moveTo(clamp(Math.round(panel2.toData(event)[0]), 0, numSteps))
  );
  return { root: panel2.root, layout, draw };
}
function pushedApart(ends) {
  const sorted = [...ends].sort((one, other) => other.y - one.y);
  sorted.forEach((end, i) => {
    if (i) end.y = Math.min(end.y, sorted[i - 1].y - 15);
  });
  return sorted;
}
function resultTable({ numSteps, onToggle }) {
  const rows = NAMES.map((name) => {
    const box = toggle({ label: name, checked: true, onChange: (checked) => onToggle(name, checked) });
    const sample = svg(
      "svg",
      { viewBox: "0 0 22 8", "aria-hidden": "true", class: "or-sample" },
      svg("path", { class: "or-line", d: "M0,4H22", ...lookOf(name) })
    );
    box.root.append(sample);
    const [rate, result] = [html("td", {}), html("td", {})];
    return {
      name,
      box,
      rate,
      result,
      root: html("tr", {}, html("th", { scope: "row" }, box.root), rate, result)
    };
  });
  const heads = ["optimizer", "learning rate", "arrives at step"].map(
    (text) => html("th", { scope: "col" }, text)
  );
  const verdict = html("p", { class: "or-verdict" });
  const table = html(
    "table",
    { class: "or-table" },
    html("thead", {}, html("tr", {}, heads)),
    html("tbody", {}, rows.map(({ root }) => root))
  );
  function draw({ runs, rates, shown }) {
    const first = winnersOf(Object.fromEntries(Object.entries(runs).filter(([name]) => shown[name])));
    for (const { name, box, rate, result, root } of rows) {
      box.input.checked = shown[name];
      rate.textContent = format(rates[name]);
      result.textContent = resultOf(runs[name]);
      set(root, { "data-first": first.includes(name), "data-off": !shown[name] });
    }
    verdict.textContent = first.length ? `First here: ${first.join(" and ")}` : `None arrives within ${numSteps} steps`;
  }
  return {
    root: html(
      "div",
      { class: "or-results" },
      verdict,
      table,
      html(
        "p",
        { class: "or-note" },
        "Arrived: from this step on the loss stays under 0.01. Otherwise: the last loss."
      )
    ),
    draw
  };
}
function resultOf({ losses, arrival }) {
  if (arrival !== null) return String(arrival);
  return Number.isFinite(losses.at(-1)) && losses.at(-1) < 1e6 ? `no: ${format(losses.at(-1), 2)}` : "diverged";
}

// helpers/figures/optimizer_race/figure.js
var TITLES = {
  ravine: "Ravine: a narrow, slanted valley",
  saddle: "Saddle: flat between two minima",
  bumps: "Bumps: many local minima"
};
function ratesFor({ landscape, start, numSteps, given = {} }) {
  return Object.fromEntries(
    Object.keys(RULES).map((optimizer) => [optimizer, given[optimizer] ?? tunedRate({ landscape, optimizer, start, numSteps })])
  );
}
var runsOf = ({ landscape, start, rates, numSteps }) => Object.fromEntries(
  Object.keys(RULES).map((optimizer) => [optimizer, raceOne({ landscape, optimizer, lr: rates[optimizer], start, numSteps })])
);
function sentence({ landscape, runs, shown, at, chosen, rates }) {
  const first = winnersOf(Object.fromEntries(Object.entries(runs).filter(([name]) => shown[name])));
  const verdict = first.length ? `${first.join(" and ")} first, at step ${runs[first[0]].arrival}` : "none arrives";
  const losses = Object.keys(runs).filter((name) => shown[name]).map(
    (name) => `${name} ${format(runs[name].losses[at], 2)}`
  );
  return `On the ${landscape}: ${verdict}. ${chosen} has learning rate ${format(rates[chosen])}. Losses after step ${at}: ${losses.join(", ")}.`;
}
function openingOf(model) {
  const [landscape, numSteps] = [model.get("landscape"), model.get("num_steps")];
  const start = [...model.get("start")];
  const rates = ratesFor({ landscape, start, numSteps, given: model.get("learning_rates") });
  const shown = Object.fromEntries(NAMES.map((name) => [name, true]));
  return { landscape, start, numSteps, rates, shown, at: numSteps, chosen: "SGD", touched: false };
}
function rateSlider(stage2, change) {
  const stepOf = (lr) => Math.round(8 * Math.log10(lr));
  const rate = slider({
    label: "learning rate",
    min: -24,
    max: 0,
    step: 1,
    value: stepOf(stage2.state.rates[stage2.state.chosen]),
    format: (step) => {
      const current = stage2.state.rates[stage2.state.chosen];
      return format(stepOf(current) === step ? current : LADDER[step + 24]);
    },
    onInput: (step) => change({ rates: { ...stage2.state.rates, [stage2.state.chosen]: LADDER[step + 24] } })
  });
  return {
    root: rate.root,
    refresh: () => {
      rate.value = stepOf(stage2.state.rates[stage2.state.chosen]);
    }
  };
}
function render({ model, el }) {
  const opening = () => {
    const state = openingOf(model);
    return { ...state, runs: runsOf(state) };
  };
  const begun = opening();
  const stage2 = stage({
    model,
    el,
    name: "OptimizerRace",
    label: "Five optimizers from one start on a landscape",
    state: begun
  });
  const { numSteps } = begun;
  function change(patch) {
    const next = { ...stage2.state, ...patch };
    Object.assign(stage2.state, patch, { runs: runsOf(next), touched: next.touched || "start" in patch });
    stage2.set({});
    refresh();
  }
  const travel = (landscape) => {
    const { start } = landscape === begun.landscape ? begun : LANDSCAPES[landscape];
    const given = landscape === begun.landscape ? model.get("learning_rates") : {};
    change({ landscape, start, rates: ratesFor({ landscape, start, numSteps, given }) });
  };
  const retune = () => change({ rates: ratesFor(stage2.state) });
  const moveTo = (at) => {
    stage2.set({ at });
    player2.refresh();
  };
  const where = choice({
    label: "Landscape",
    value: begun.landscape,
    onChange: travel,
    options: Object.keys(LANDSCAPES).map((value) => ({ value, label: value }))
  });
  const whose = choice({
    label: "Change the learning rate of",
    value: begun.chosen,
    options: NAMES.map((value) => ({ value, label: value })),
    onChange: (chosen) => {
      stage2.set({ chosen });
      rate.refresh();
    }
  });
  const title = html("div", { class: "bf-title" });
  const plane = planeView(stage2, change);
  plane.root.prepend(title);
  const results = resultTable({
    numSteps,
    onToggle: (name, on) => stage2.set({ shown: { ...stage2.state.shown, [name]: on } })
  });
  const loss = lossView({ numSteps, moveTo });
  const rate = rateSlider(stage2, change);
  const tune = button({ label: "Tune all for this start", onClick: retune });
  const player2 = player(stage2, {
    length: () => numSteps + 1,
    at: () => stage2.state.at,
    home: () => numSteps,
    label: "step",
    onMove: (at) => stage2.set({ at }),
    onReset: () => {
      Object.assign(stage2.state, opening());
      refresh();
    },
    describe: (at) => `${at} of ${numSteps}`
  });
  results.root.append(tune.root);
  stage2.body.append(
    html("div", { class: "or-choice" }, where.root),
    row(plane.root, results.root),
    loss.root,
    player2.root,
    html("div", { class: "or-choice" }, whose.root),
    controls(rate.root)
  );
  function refresh() {
    rate.refresh();
    for (const [{ root }, value] of [[where, stage2.state.landscape], [whose, stage2.state.chosen]]) {
      root.querySelectorAll("label").forEach((label) => {
        label.firstChild.checked = label.textContent === value;
      });
    }
  }
  let laidOut = 0;
  stage2.onDraw(({ width, state }) => {
    const across = width < 600 ? width : Math.round(0.57 * width);
    title.textContent = TITLES[state.landscape];
    plane.layout(across, Math.round((across - 56) * (3.4 / 4.4) + 58), state);
    if (laidOut !== width) loss.layout(width, width < 600 ? 190 : 180);
    laidOut = width;
    for (const view of [plane, results, loss]) view.draw(state);
  });
  stage2.say(() => sentence(stage2.state));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default,
  ratesFor
};
