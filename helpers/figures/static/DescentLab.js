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
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
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

// helpers/figures/descent_lab/maths.js
var DIVERGENCE_FACTOR = 1e4;
function meanSquaredError(x, y, w, b) {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += (w * x[i] + b - y[i]) ** 2;
  return sum / x.length;
}
function batchGradient(x, y, w, b, batch) {
  let [dw, db] = [0, 0];
  for (const i of batch) {
    const error = w * x[i] + b - y[i];
    dw += 2 * error * x[i];
    db += 2 * error;
  }
  return [dw / batch.length, db / batch.length];
}
function batchesOf(orders, batchSize, numEpochs) {
  const batches = [];
  for (let epoch = 0; epoch < numEpochs; epoch += 1) {
    const order = orders[epoch % orders.length];
    for (let i = 0; i < order.length; i += batchSize) batches.push(order.slice(i, i + batchSize));
  }
  return batches;
}
function descentPath({ x, y, start, lr, batchSize, numEpochs, momentum, orders }) {
  const points = [[...start]];
  const losses = [meanSquaredError(x, y, ...start)];
  const [batches, samplesSeen] = [[], [0]];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], meanSquaredError(x, y, 0, 0));
  let [w, b] = start;
  let [vw, vb] = [0, 0];
  for (const batch of batchesOf(orders, batchSize, numEpochs)) {
    const [dw, db] = batchGradient(x, y, w, b, batch);
    [vw, vb] = [momentum * vw + dw, momentum * vb + db];
    [w, b] = [w - lr * vw, b - lr * vb];
    points.push([w, b]);
    losses.push(meanSquaredError(x, y, w, b));
    batches.push(batch);
    samplesSeen.push(samplesSeen.at(-1) + batch.length);
    if (!(losses.at(-1) <= limit)) {
      return { points, losses, batches, samplesSeen, divergedAt: batches.length };
    }
  }
  return { points, losses, batches, samplesSeen, divergedAt: null };
}
var mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
function leastSquares(x, y) {
  const [middleX, middleY] = [mean(x), mean(y)];
  const slope = mean(x.map((value, i) => (value - middleX) * (y[i] - middleY))) / mean(x.map((value) => (value - middleX) ** 2));
  return [slope, middleY - slope * middleX];
}
function curvature(x) {
  const [ww, wb, bb] = [2 * mean(x.map((value) => value * value)), 2 * mean(x), 2];
  const [middle, spread2] = [(ww + bb) / 2, Math.hypot((ww - bb) / 2, wb)];
  return { sharp: middle + spread2, flat: middle - spread2, angle: 0.5 * Math.atan2(2 * wb, ww - bb) };
}
function learningRateLimit(x, momentum) {
  return 2 * (1 + momentum) / curvature(x).sharp;
}
function contourRadii(x, excess) {
  const { sharp, flat } = curvature(x);
  return [Math.sqrt(2 * excess / sharp), Math.sqrt(2 * excess / flat)];
}
function windowAround([w0, b0], [w1, b1]) {
  const span = Math.max(1.7 * Math.abs(w1 - w0), 4 / 3 * 1.7 * Math.abs(b1 - b0), 1);
  const step = 10 ** Math.floor(Math.log10(span / 40)) / 2;
  const about = (middle, half) => [middle - half, middle + half].map((end) => Number((Math.round(end / step) * step).toPrecision(12)));
  return { w: about((w0 + w1) / 2, span / 2), b: about((b0 + b1) / 2, span * 3 / 8), step };
}
function batchSizeLadder(numSamples) {
  const sizes = [];
  for (let size = 1; size < numSamples; size *= 2) sizes.push(size);
  return [...sizes, numSamples];
}

// helpers/figures/descent_lab/views.js
function dataView({ x, y, yDomain: wanted = null }) {
  const panel2 = panel({
    title: "Data space",
    x: { label: "x" },
    y: { label: "y" },
    describe: "The samples, the current line, and the error of each sample as a stick"
  });
  const padded = (values, share) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [low - share * (high - low), high + share * (high - low)];
  };
  const [xDomain, yDomain] = [padded(x, 0.06), wanted ?? padded(y, 0.15)];
  const sticks = x.map(() => svg("line", { class: "dl-stick" }));
  const lights = x.map(() => svg("circle", { class: "dl-light", r: 8 }));
  const dots = x.map(() => svg("circle", { class: "dl-sample", r: 4 }));
  const line = svg("line", { class: "dl-line" });
  panel2.marks.append(...lights, ...sticks, line, ...dots);
  function layout(width, height) {
    panel2.layout({ width, height, x: xDomain, y: yDomain });
    x.forEach((value, i) => {
      for (const circle of [dots[i], lights[i]]) set(circle, { cx: panel2.x(value), cy: panel2.y(y[i]) });
      set(sticks[i], { x1: panel2.x(value), x2: panel2.x(value), y1: panel2.y(y[i]) });
    });
  }
  function draw({ run, at }) {
    const [w, b] = run.points[at];
    const lit = new Set(at > 0 ? run.batches[at - 1] : []);
    const height = (value) => clamp(panel2.y(w * value + b), -1e4, 1e4);
    sticks.forEach((stick, i) => {
      set(stick, { y2: height(x[i]), "data-lit": lit.has(i) });
      set(lights[i], { "data-lit": lit.has(i) });
    });
    set(line, {
      x1: panel2.x(xDomain[0]),
      x2: panel2.x(xDomain[1]),
      y1: height(xDomain[0]),
      y2: height(xDomain[1])
    });
    const sign = b < 0 ? "−" : "+";
    panel2.title.replaceChildren(
      "Data space: ",
      html("span", { class: "dl-model" }, `y = ${format(w)} x ${sign} ${format(Math.abs(b))}`)
    );
  }
  return { panel: panel2, layout, draw };
}
function planeView(stage2, problem, change) {
  const { x, best, view, least, most } = problem;
  const panel2 = panel({
    title: "Parameter space",
    x: { label: "w" },
    y: { label: "b" },
    equal: true,
    describe: "Lines of equal loss over w and b, the path of descent and the least-squares minimum"
  });
  const bowl = svg("g");
  const [previous, others, rest, done, last] = ["dl-previous", "dl-others", "dl-rest", "dl-done", "dl-last"].map((name) => svg(name === "dl-others" ? "g" : "path", { class: name }));
  const cross = svg("path", { class: "dl-cross", d: "M-9,-9L9,9M-9,9L9,-9" });
  const crossName = svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "minimum"
  );
  const here = svg("circle", { class: "dl-here bf-dot", r: 6 });
  panel2.marks.append(bowl, previous, others, rest, done, last, cross, here);
  const names = svg("g", { "aria-hidden": "true" });
  panel2.over.append(names);
  const startName = svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "drag the start"
  );
  panel2.over.append(startName, crossName);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle2 = handle(panel2, {
    x: axis("start: slope w", view.w),
    y: axis("start: intercept b", view.b),
    get: () => stage2.state.start,
    onInput: (start) => change({ start })
  });
  function layout(width, height) {
    panel2.layout({ width, height, x: view.w, y: view.b });
    const [cx, cy] = [panel2.x(best[0]), panel2.y(best[1])];
    set(cross, { transform: `translate(${cx},${cy})` });
    set(crossName, { x: cx, y: cy + 30 });
    const unit = panel2.x(1) - panel2.x(0);
    const turn = `translate(${cx},${cy}) rotate(${-curvature(x).angle * 180 / Math.PI})`;
    clear(bowl, svg("g", { transform: turn }, rings(x, most - least, unit)));
  }
  function draw({ run, others: runs, previous: old, at, comparing, batch_size: size }) {
    set(done, { d: panel2.line(run.points.slice(0, at + 1)) });
    set(rest, { d: panel2.line(run.points.slice(at)) + dotsOf(panel2, run) });
    set(last, { d: at > 0 ? panel2.line(run.points.slice(at - 1, at + 1)) : "" });
    set(previous, { d: old ? panel2.line(old.points) : "" });
    clear(
      others,
      comparing ? runs.map(
        ({ run: other }) => svg("path", { d: panel2.line(other.points) + dotsOf(panel2, other) })
      ) : []
    );
    const shown = comparing ? [...runs, { size, run, current: true }] : [];
    const places = spread(shown.map(placeOfName).filter(Boolean));
    clear(names, places.map(({ size: named, ...place }) => nameTag(sizeName(named, problem), place)));
    set(startName, { x: panel2.x(run.points[0][0]), y: panel2.y(run.points[0][1]) - 16 });
    startName.textContent = run.points[0].every((value, i) => value === problem.opening.start[i]) ? "drag the start" : "start";
    set(here, {
      cx: clamp(panel2.x(run.points[at][0]), -1e4, 1e4),
      cy: clamp(panel2.y(run.points[at][1]), -1e4, 1e4)
    });
    const fate = run.divergedAt ? `diverged at step ${run.divergedAt}` : `loss ${format(run.losses[at])}`;
    panel2.title.replaceChildren("Parameter space: ", html("span", { class: "dl-loss" }, fate));
    handle2.place();
  }
  function placeOfName({ size, run, current }) {
    const away = ([w2, b2]) => Math.hypot(w2 - best[0], b2 - best[1]);
    const inside = run.points.filter(
      ([w2, b2]) => w2 > view.w[0] && w2 < view.w[1] && b2 > view.b[0] && b2 < view.b[1]
    );
    if (!inside.length) return null;
    const late = inside.slice(-Math.ceil(inside.length / 4));
    const halfWay = inside.find((point) => away(point) < away(run.points[0]) / 2);
    const [w, b] = current && halfWay ? halfWay : late.reduce((one, other) => away(other) > away(one) ? other : one);
    const [left, end] = panel2.x.range.map((edge) => Math.abs(panel2.x(w) - edge));
    const right = left < 70 || end > 70 && (current || run.points.length <= 40 || w >= best[0]);
    return {
      size,
      right,
      current,
      x: panel2.x(w) + (right ? 9 : -9),
      y: panel2.y(b) + (current || b >= best[1] ? -5 : 13)
    };
  }
  return { panel: panel2, layout, draw };
}
function dotsOf(panel2, run) {
  if (run.points.length > 40) return "";
  return run.points.map(([w, b]) => `M${panel2.x(w) - 2},${panel2.y(b)}a2,2 0 1 0 4,0a2,2 0 1 0 -4,0`).join("");
}
function rings(x, excess, unit, count = 12) {
  const ellipse = (share) => {
    const [rx, ry] = contourRadii(x, excess * share ** 2).map((radius) => radius * unit);
    return `M${-rx},0A${rx},${ry} 0 1 0 ${rx},0A${rx},${ry} 0 1 0 ${-rx},0Z`;
  };
  return Array.from(
    { length: count },
    (_, i) => svg("path", {
      class: "dl-ring",
      "fill-rule": "evenodd",
      "fill-opacity": (0.02 + 0.2 * (i / count)).toFixed(3),
      d: ellipse((i + 1) / count) + (i ? ellipse(i / count) : "")
    })
  );
}
function spread(places) {
  const sorted = [...places].sort((one, other) => other.y - one.y);
  sorted.forEach((place, i) => {
    const touching = (lower) => Math.abs(lower.x - place.x) < 110 && lower.y - place.y < 15;
    for (const lower of sorted.slice(0, i)) if (touching(lower)) place.y = lower.y - 15;
  });
  return sorted;
}
function nameTag(text, { x, y, current = false, right = true }) {
  return svg("text", {
    class: current ? "dl-name dl-current" : "dl-name",
    x,
    y,
    "text-anchor": right ? "start" : "end"
  }, text);
}
function lossView(stage2, problem, moveTo) {
  const { x, least } = problem;
  const panel2 = panel({
    x: { label: "samples seen" },
    y: { log: true },
    describe: "The loss on all samples along the run, on a logarithmic axis"
  });
  Object.assign(panel2.margin, { top: 6, right: 70 });
  const floor = svg("line", { class: "dl-floor" });
  const [previous, others, rest, done] = ["dl-previous", "dl-others", "dl-rest", "dl-done"].map(
    (name) => svg(name === "dl-others" ? "g" : "path", { class: name })
  );
  const [here, names] = [
    svg("circle", { class: "dl-here bf-dot", r: 6 }),
    svg("g", { "aria-hidden": "true" })
  ];
  panel2.marks.append(floor, previous, others, rest, done, here);
  panel2.over.append(names);
  const bottom = Math.max(least, problem.most * 1e-6) * 0.7;
  const topOf = (loss) => 10 ** (Math.ceil(2 * Math.log10(Math.max(1.2 * loss, 3 * bottom))) / 2);
  const countOf = (run, i) => stage2.state.against === "samples" ? run.samplesSeen[i] : i;
  const curve = (run, from = 0, to = run.losses.length) => linePath(
    run.losses.slice(from, to).map((loss, i) => [panel2.x(countOf(run, from + i)), panel2.y(Math.max(loss, bottom / 2))])
  );
  let laidOut = "";
  function layout(width, height, { against, batch_size: size, run }) {
    const updates = problem.numEpochs * Math.ceil(x.length / size);
    const last = against === "samples" ? problem.numEpochs * x.length : Math.max(updates, 2);
    const top = topOf(run.losses[0]);
    if (laidOut === `${width} ${against} ${last} ${top}`) return;
    laidOut = `${width} ${against} ${last} ${top}`;
    panel2.layout({ width, height, x: [0, last], y: [bottom, top] });
    panel2.svg.querySelector(".bf-axis-label").textContent = against === "samples" ? "samples seen" : "updates";
    set(floor, {
      x1: panel2.x(0),
      x2: panel2.x(last),
      y1: panel2.y(Math.max(least, bottom)),
      y2: panel2.y(Math.max(least, bottom))
    });
  }
  function draw({ run, others: runs, previous: old, at, comparing, batch_size: size }) {
    set(done, { d: curve(run, 0, at + 1) });
    set(rest, { d: curve(run, at) });
    set(previous, { d: old ? curve(old) : "" });
    clear(others, comparing ? runs.map(({ run: other }) => svg("path", { d: curve(other) })) : []);
    const y = panel2.y(run.losses[at]);
    set(here, { cx: panel2.x(countOf(run, at)), cy: Number.isFinite(y) ? clamp(y, -1e4, 1e4) : -1e4 });
    const shown = comparing ? [{ size, run, current: true }, ...runs] : [];
    clear(names, namesAtEnds(shown));
  }
  function namesAtEnds(shown) {
    const [right, foot] = [panel2.x.range[1], panel2.y.range[0]];
    const ends = shown.map(({ size, run, current }) => {
      const seen = run.losses.filter((_, i) => panel2.x(countOf(run, i)) <= right + 0.5);
      const tail = seen.slice(-Math.ceil(seen.length / 10)).sort((one, other) => one - other);
      const y = panel2.y(Math.max(tail[tail.length >> 1], bottom));
      return { size, current, x: panel2.x(countOf(run, seen.length - 1)) + 8, y: clamp(y, 12, foot) + 4 };
    });
    return spread(ends).map(({ size, ...place }) => nameTag(sizeName(size, problem), place));
  }
  panel2.svg.addEventListener("click", (event) => {
    const [count] = panel2.toData(event);
    const { run } = stage2.state;
    const after = run.samplesSeen.findIndex((_, i) => countOf(run, i) >= count);
    moveTo(after < 0 ? run.losses.length - 1 : after);
  });
  return { panel: panel2, layout, draw };
}

// helpers/figures/descent_lab/figure.js
var SETTINGS = (
  /** @type {const} */
  ["start", "lr", "batch_size", "momentum", "shuffle"]
);
function readProblem(model) {
  const [x, y] = [model.get("x"), model.get("y")];
  const opening = traits(model, SETTINGS);
  const best = leastSquares(x, y);
  const view = windowAround(opening.start, best);
  const corners = view.w.flatMap((w) => view.b.map((b) => meanSquaredError(x, y, w, b)));
  const [least, most] = [meanSquaredError(x, y, ...best), Math.max(...corners)];
  const numEpochs = model.get("num_epochs");
  return {
    x,
    y,
    opening,
    best,
    view,
    least,
    most,
    numEpochs,
    orders: model.get("orders"),
    sizes: model.get("compare")
  };
}
function runOf({ x, y, numEpochs, orders }, { start, lr, momentum, shuffle }, batchSize) {
  const read = shuffle ? orders : [x.map((_, i) => i)];
  return descentPath({ x, y, start, lr, batchSize, numEpochs, momentum, orders: read });
}
var runsOf = (problem, settings) => ({
  run: runOf(problem, settings, settings.batch_size),
  others: problem.sizes.filter((size) => size !== settings.batch_size).map((size) => ({
    size,
    run: runOf(problem, settings, size)
  }))
});
var sizeName = (size, { x }) => size === x.length ? `all ${size}` : `batch ${size}`;
function sentence(problem, { run, at, lr, batch_size: size, momentum }) {
  const rule = `Batches of ${size}, learning rate ${format(lr)}, momentum ${format(momentum, 2)}`;
  if (run.divergedAt) return `${rule}: diverged at step ${run.divergedAt}.`;
  const [w, b] = run.points[at].map((value) => format(value));
  return `${rule}: after ${plural(at, "update")} and ${plural(run.samplesSeen[at], "sample")} w is ${w}, b is ${b}, and the loss is ${format(run.losses[at])}; the least possible is ${format(problem.least)}.`;
}
function makeControls(stage2, problem, change) {
  const { x } = problem;
  const limit = () => learningRateLimit(x, stage2.state.momentum);
  const step = 0.01;
  const rateAt = (share) => Math.abs(stage2.state.lr / limit() - share) <= step / 2 ? stage2.state.lr : Number((share * limit()).toPrecision(3));
  const rate = slider({
    label: "learning rate",
    min: step,
    max: 1.1,
    step,
    value: stage2.state.lr / limit(),
    ticks: [{ value: 1, label: "limit" }],
    format: (share) => format(rateAt(share)),
    onInput: (share) => change({ lr: rateAt(share) })
  });
  const sizes = batchSizeLadder(x.length);
  const size = slider({
    label: "batch size",
    values: [.../* @__PURE__ */ new Set([...sizes, stage2.state.batch_size])].sort((a, b) => a - b),
    value: stage2.state.batch_size,
    format: (value) => value === x.length ? `all ${value}` : String(value),
    ticks: problem.sizes.map((value) => ({ value, label: value === x.length ? "all" : String(value) })),
    onInput: (value) => change({ batch_size: value })
  });
  const momentum = slider({
    label: "momentum",
    min: 0,
    max: 0.95,
    step: 0.05,
    value: stage2.state.momentum,
    format: (value) => value.toFixed(2),
    onInput: (value) => change({ momentum: value })
  });
  const shuffle = toggle({
    label: "reshuffle every epoch",
    checked: stage2.state.shuffle,
    onChange: (checked) => change({ shuffle: checked })
  });
  const comparing = toggle({
    label: `compare with batches of ${problem.sizes.join(", ")}`,
    checked: stage2.state.comparing,
    onChange: (checked) => stage2.set({ comparing: checked })
  });
  const against = choice({
    label: "Loss against",
    value: stage2.state.against,
    options: [{ value: "samples", label: "samples seen" }, { value: "updates", label: "updates" }],
    onChange: (value) => stage2.set({ against: value })
  });
  const refresh = () => {
    rate.root.querySelector(".bf-tickmark").textContent = `limit ${format(limit())}`;
    rate.value = stage2.state.lr / limit();
    size.value = stage2.state.batch_size;
    momentum.value = stage2.state.momentum;
    shuffle.input.checked = stage2.state.shuffle;
  };
  refresh();
  return {
    refresh,
    against: against.root,
    root: controls(rate.root, size.root, momentum.root, shuffle.root, comparing.root)
  };
}
function render({ model, el }) {
  const problem = readProblem(model);
  const opening = () => ({ ...problem.opening, ...runsOf(problem, problem.opening) });
  const begun = opening();
  const stage2 = stage({
    model,
    el,
    name: "DescentLab",
    label: "Gradient descent on a line, in data space and in parameter space",
    state: {
      ...begun,
      at: begun.run.points.length - 1,
      previous: null,
      comparing: problem.sizes.length > 0,
      against: "samples"
    }
  });
  const last = () => stage2.state.run.points.length - 1;
  let changed = -Infinity;
  function change(patch) {
    const { run, at, previous, ...settings } = { ...stage2.state, ...patch };
    settings.lr = Math.min(settings.lr, 1.1 * learningRateLimit(problem.x, settings.momentum));
    const runs = runsOf(problem, settings);
    const sameGesture = performance.now() - changed < 600;
    changed = performance.now();
    const share = at / last();
    stage2.set({
      ...patch,
      lr: settings.lr,
      ...runs,
      at: Math.round(share * (runs.run.points.length - 1)),
      previous: sameGesture ? previous : run
    });
    inputs.refresh();
    player2.refresh();
  }
  const moveTo = (at) => {
    stage2.set({ at });
    player2.refresh();
  };
  const data = dataView(problem);
  const plane = planeView(stage2, problem, change);
  const loss = lossView(stage2, problem, moveTo);
  const inputs = makeControls(stage2, problem, change);
  const player2 = player(stage2, {
    length: () => last() + 1,
    at: () => stage2.state.at,
    home: last,
    label: "step through the run",
    onMove: (at) => stage2.set({ at }),
    onReset: () => {
      stage2.set({ ...opening(), previous: null });
      inputs.refresh();
    },
    describe: (at) => `update ${at} of ${last()}`
  });
  stage2.body.append(
    row(data.panel.root, plane.panel.root),
    html("div", { class: "dl-below" }, inputs.against),
    loss.panel.root,
    player2.root,
    inputs.root
  );
  for (const name of SETTINGS) model.on?.(`change:${name}`, () => follow(name));
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage2.state[name])) {
      change({ [name]: model.get(name) });
    }
  }
  let laidOut = 0;
  stage2.onDraw(({ width, state }) => {
    const stacked = width < 560;
    const half = stacked ? width : (width - 24) / 2;
    const square = Math.round((half - 56) * 0.75 + 58);
    if (laidOut !== width) {
      data.layout(half, stacked ? 210 : square);
      plane.layout(half, square);
    }
    laidOut = width;
    loss.layout(width, 170, state);
    for (const view of [data, plane, loss]) view.draw(state);
  });
  stage2.say(() => sentence(problem, stage2.state));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default,
  sizeName
};
