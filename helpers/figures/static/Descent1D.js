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
  format: show = (number2) => format(number2),
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

// helpers/figures/descent_1d/maths.js
var DIVERGENCE_FACTOR = 1e4;
function valueAt(coefficients, w) {
  return coefficients.reduceRight((sum, c) => sum * w + c, 0);
}
function slopeAt(coefficients, w) {
  return valueAt(coefficients.slice(1).map((c, i) => (i + 1) * c), w);
}
function descend(coefficients, start, lr, numSteps) {
  const points = [start];
  const losses = [valueAt(coefficients, start)];
  const slopes = [slopeAt(coefficients, start)];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], valueAt(coefficients, 0));
  for (let step = 1; step <= numSteps; step += 1) {
    points.push(points.at(-1) - lr * slopes.at(-1));
    losses.push(valueAt(coefficients, points.at(-1)));
    slopes.push(slopeAt(coefficients, points.at(-1)));
    if (!(losses.at(-1) <= limit)) return { points, losses, slopes, divergedAt: step };
  }
  return { points, losses, slopes, divergedAt: null };
}
function factorOf(coefficients, lr) {
  return 1 - lr * 2 * coefficients[2];
}

// helpers/figures/descent_1d/words.js
var number = (value) => format(value, 3);
var signed = (value) => value < 0 ? `(${number(value)})` : number(value);
function verdict({ coefficients, minima }, lr, run) {
  const gone = run.divergedAt ? `; diverged at step ${run.divergedAt}` : "";
  if (coefficients.length === 3) return `${parabolaVerdict(factorOf(coefficients, lr), run)}${gone}`;
  if (gone) return gone.slice(2);
  const end = run.points.at(-1);
  const nearest = minima.reduce((best, w) => Math.abs(w - end) < Math.abs(best - end) ? w : best);
  const settled = Math.abs(run.points.at(-2) - end) < 0.01;
  return settled ? `settles in the valley at w = ${nearest}` : `still moving after ${run.points.length - 1} steps, near w = ${nearest}`;
}
function parabolaVerdict(factor, run) {
  const size = Math.abs(factor);
  if (Math.abs(run.slopes[0]) < 1e-9) return "at the minimum: slope 0, no step";
  const times = `distance to the minimum × ${factor < 0 ? `(−${size.toFixed(2)})` : size.toFixed(2)} each step`;
  if (size < 5e-3) return `${times}: there in one`;
  if (Math.abs(size - 1) < 5e-3) return `${times}: bounces for ever`;
  return `${times}: ${size > 1 ? "grows" : "shrinks"}${factor < 0 && !run.divergedAt ? " from side to side" : ""}`;
}
function sentence({ lr, run, at }, curve) {
  return `Learning rate ${number(lr)}, step ${at}: w is ${number(run.points[at])}, the loss is ${number(run.losses[at])}, the slope is ${number(run.slopes[at])}; ${verdict(curve, lr, run)}.`;
}

// helpers/figures/descent_1d/views.js
var far = (pixel) => Number.isFinite(pixel) ? clamp(pixel, -5e3, 5e3) : -5e3;
var HEIGHTS = [-12, 100];
function curveView(stage2, { range, curveOf, change, opening }) {
  const panel2 = panel({
    title: "The loss of one parameter",
    y: { label: "loss" },
    describe: "The loss over the parameter w, its slope at the ball, and the steps of descent"
  });
  Object.assign(panel2.margin, { bottom: 22 });
  const [area, line, path, dots, tangent, drop] = ["area", "curve", "path", "dots", "tangent", "drop"].map((name) => svg("path", { class: `d1-${name}` }));
  const step = svg("path", { class: "d1-step" });
  const here = svg("circle", { class: "d1-here bf-dot", r: 6 });
  panel2.marks.append(area, line, path, dots, tangent, drop, step, here);
  const names = svg("g", { "aria-hidden": "true" });
  panel2.over.append(names);
  const handle2 = handle(panel2, {
    x: { label: "start w", min: range[0], max: range[1], step: 0.05 },
    get: () => [stage2.state.start, valueAt(curveOf().coefficients, stage2.state.start)],
    onInput: ([start]) => change({ start, at: 0 })
  });
  function layout(width, height) {
    panel2.layout({ width, height, x: range, y: HEIGHTS });
  }
  function draw({ run, at, start }) {
    const { coefficients, minima } = curveOf();
    const ws = Array.from({ length: 121 }, (_, i) => range[0] + (range[1] - range[0]) * i / 120);
    const outline = panel2.line(ws.map((w) => [w, valueAt(coefficients, w)]));
    set(line, { d: outline });
    set(area, {
      d: `${outline}L${panel2.x(range[1])},${panel2.y(HEIGHTS[0])}L${panel2.x(range[0])},${panel2.y(HEIGHTS[0])}Z`
    });
    const places = run.points.map((w, i) => [far(panel2.x(w)), far(panel2.y(run.losses[i]))]);
    set(path, { d: linePath(places) });
    set(dots, { d: places.map(([x2, y2]) => `M${x2 - 3},${y2}a3,3 0 1 0 6,0a3,3 0 1 0 -6,0`).join("") });
    const [x, y] = places[at];
    const slope = -run.slopes[at] / ((panel2.x(1) - panel2.x(0)) / (panel2.y(0) - panel2.y(1)));
    const reach = 90 / Math.hypot(1, slope);
    set(tangent, { d: `M${x - reach},${y - reach * slope}L${x + reach},${y + reach * slope}` });
    drawStep(places[at], places[at + 1]);
    set(here, { cx: x, cy: y, visibility: at === 0 ? "hidden" : "visible" });
    clear(
      names,
      minima.map((w) => note(panel2.x(w), panel2.y(valueAt(coefficients, w)) + 17, "minimum")),
      slopeName(run, at, [x, y], slope),
      start === opening.start && at === 0 ? note(panel2.x(start) + 20, places[0][1] - 14, "drag the ball", "start") : null
    );
    handle2.place();
  }
  function drawStep(from, to) {
    set(step, {
      d: to ? `M${from[0]},${from[1]}H${to[0]}${arrowHead(to[0], from[1], Math.sign(to[0] - from[0]), Math.abs(to[0] - from[0]))}` : ""
    });
    set(drop, { d: to ? `M${to[0]},${from[1]}V${to[1]}` : "" });
  }
  function slopeName(run, at, [x, y], slope) {
    const [left, right] = panel2.x.range;
    if (x < left || x > right || y < panel2.y.range[1]) return null;
    const outside = slope < 0 ? clamp(x + 22, left + 4, right - 90) : clamp(x - 22, left + 90, right - 4);
    const low = clamp(y + (right - left < 400 ? 62 : 44), 20, panel2.y.range[0] - 6);
    return svg("text", {
      class: "d1-slope",
      x: outside,
      y: low,
      "text-anchor": slope < 0 ? "start" : "end"
    }, `slope ${number(run.slopes[at])}`);
  }
  return { panel: panel2, layout, draw };
}
function note(x, y, text, anchor = "middle") {
  return svg("text", { class: "d1-note", x, y, "text-anchor": anchor }, text);
}
function arrowHead(x, y, way, length) {
  const size = Math.min(9, length);
  return `M${x - way * size},${y - size / 2}L${x},${y}L${x - way * size},${y + size / 2}`;
}
function stepsView({ range, curveOf, numSteps, moveTo }) {
  const panel2 = panel({
    x: { label: "w" },
    y: { label: "step", ticks: 4, format: (value) => String(-value) },
    describe: "The parameter w after each step, steps counted downwards"
  });
  Object.assign(panel2.margin, { top: 20 });
  const [floor, before, path, dots] = ["floor", "before", "path", "dots"].map(
    (name) => svg("path", { class: `d1-${name}` })
  );
  const here = svg("circle", { class: "d1-here bf-dot", r: 6 });
  panel2.marks.append(floor, before, path, dots, here);
  panel2.svg.addEventListener("click", (event) => moveTo(Math.round(-panel2.toData(event)[1])));
  function layout(width, height) {
    panel2.layout({ width, height, x: range, y: [-numSteps - 1, numSteps / 20] });
  }
  const placesOf = ({ points }) => points.map((w, i) => [far(panel2.x(w)), panel2.y(-i)]);
  function draw({ run, at, previous }) {
    const places = placesOf(run);
    set(before, { d: previous ? linePath(placesOf(previous)) : "" });
    set(floor, {
      d: curveOf().minima.map((w) => `M${panel2.x(w)},${panel2.y.range[1]}V${panel2.y.range[0]}`).join("")
    });
    set(path, { d: linePath(places) });
    set(dots, {
      d: places.map(([x, y]) => `M${x - 2.5},${y}a2.5,2.5 0 1 0 5,0a2.5,2.5 0 1 0 -5,0`).join("")
    });
    set(here, { cx: places[at][0], cy: places[at][1] });
  }
  return { panel: panel2, layout, draw };
}

// helpers/figures/descent_1d/figure.js
var STEP = 0.01;
function makeControls(stage2, { curveOf, curves, change, opening }) {
  const share = () => stage2.state.lr / curveOf().limit;
  const rateAt = (value) => Math.abs(share() - value) <= STEP / 2 ? stage2.state.lr : value * curveOf().limit;
  const rate = slider({
    label: "learning rate",
    min: STEP,
    max: 1.1,
    step: STEP,
    value: share(),
    ticks: [{ value: 0.5, label: "1/λ" }, { value: 1, label: "limit 2/λ" }],
    format: (value) => number(rateAt(value)),
    onInput: (value) => change({ lr: rateAt(value) })
  });
  const kinds = choice({
    label: "Loss with",
    value: stage2.state.curve,
    options: Object.keys(curves).map((name) => ({ value: name, label: name })),
    // Each curve has its own limit. The second opens calm, so that the start alone decides.
    onChange: (curve) => change({
      curve,
      lr: curve === opening.curve ? opening.lr : 0.2 * curves[curve].limit,
      at: 0
    })
  });
  const refresh = () => {
    const [first, limit] = rate.root.querySelectorAll(".bf-tickmark");
    first.textContent = `1/λ = ${number(curveOf().limit / 2)}`;
    limit.textContent = `2/λ = ${number(curveOf().limit)}`;
    rate.value = share();
    for (const input of kinds.root.querySelectorAll("input")) {
      input.checked = input.parentNode.textContent === stage2.state.curve;
    }
  };
  refresh();
  return { root: controls(rate.root, kinds.root), refresh };
}
function formula({ lr, run, at }) {
  if (at + 1 >= run.points.length) {
    return [`after step ${at}: w = ${number(run.points[at])}, loss ${number(run.losses[at])}`];
  }
  const part = (name, text) => html("span", { class: `d1-${name}` }, text);
  return [
    `step ${at + 1}: w ← `,
    number(run.points[at]),
    " − ",
    number(lr),
    " · ",
    part("gradient", signed(run.slopes[at])),
    " = ",
    html("b", {}, number(run.points[at + 1]))
  ];
}
function render({ model, el }) {
  const [curves, range, numSteps] = ["curves", "w_range", "num_steps"].map((name) => model.get(name));
  const opening = traits(model, ["start", "curve", "lr"]);
  const runOf = ({ curve: curve2, start, lr }) => descend(curves[curve2].coefficients, start, lr, numSteps);
  const stage2 = stage({
    model,
    el,
    name: "Descent1D",
    label: "Gradient descent on a loss of one parameter",
    state: { ...opening, at: 0, run: runOf(opening), previous: null }
  });
  const curveOf = () => curves[stage2.state.curve];
  const last = () => stage2.state.run.points.length - 1;
  let changed = -Infinity;
  function change(patch) {
    const next = { ...stage2.state, ...patch };
    const run = runOf(next);
    const sameGesture = performance.now() - changed < 600;
    const previous = "curve" in patch ? null : sameGesture ? stage2.state.previous : stage2.state.run;
    changed = performance.now();
    stage2.set({ ...patch, run, previous, at: Math.min(next.at, run.points.length - 1) });
    inputs.refresh();
    player2.refresh();
  }
  const moveTo = (at) => {
    stage2.set({ at: clamp(at, 0, last()) });
    player2.refresh();
  };
  const curve = curveView(stage2, { range, curveOf, change, opening });
  const steps = stepsView({ range, curveOf, numSteps, moveTo });
  const [update, fate] = ["d1-update", "d1-fate"].map((name) => html("p", { class: name }));
  const inputs = makeControls(stage2, { curveOf, curves, change, opening });
  const player2 = player(stage2, {
    length: () => last() + 1,
    at: () => stage2.state.at,
    label: "step through the run",
    onMove: (at) => stage2.set({ at }),
    onReset: () => change({ ...opening, at: 0 }),
    describe: (at) => `step ${at} of ${last()}`
  });
  stage2.body.append(curve.panel.root, update, steps.panel.root, fate, inputs.root, player2.root);
  for (const name of Object.keys(opening)) {
    model.on?.(`change:${name}`, () => {
      if (model.get(name) !== stage2.state[name]) change({ [name]: model.get(name) });
    });
  }
  stage2.onDraw(({ width, state }) => {
    stage2.body.dataset.narrow = String(width < 480);
    curve.layout(width, width < 560 ? 250 : 290);
    steps.layout(width, width < 560 ? 150 : 180);
    curve.draw(state);
    steps.draw(state);
    clear(update, formula(state));
    fate.textContent = verdict(curveOf(), state.lr, state.run);
    fate.dataset.diverges = String(/grows|diverged/.test(fate.textContent));
  });
  stage2.say(() => sentence(stage2.state, curveOf()));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
