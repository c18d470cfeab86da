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

// helpers/figures/kit/decode.js
var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
function twelveBits(text, limit) {
  const codes = Array.from(
    { length: text.length / 2 },
    (_, i) => 64 * LETTERS.indexOf(text[2 * i]) + LETTERS.indexOf(text[2 * i + 1])
  );
  return codes.map((code) => (2 * code / 4095 - 1) * limit);
}

// helpers/figures/early_stop/maths.js
var FIT_LIMIT = 3;
function patienceStop(losses, patience) {
  let best = 0;
  for (let now = 0; now < losses.length; now += 1) {
    if (losses[now] < losses[best]) best = now;
    else if (now - best >= patience) return [best, now];
  }
  return [best, losses.length - 1];
}
var lowest = (losses) => losses.reduce((best, loss, i) => loss < losses[best] ? i : best, 0);
function decodeFits(text, numRows) {
  const values = twelveBits(text, FIT_LIMIT);
  const size = values.length / numRows;
  return Array.from({ length: numRows }, (_, row2) => values.slice(row2 * size, (row2 + 1) * size));
}
function diagnosis({ train, val }, at) {
  const best = lowest(val);
  if (val[at] - train[at] < 0.1 && train.at(-1) > 0.3) return "underfitting: both losses stay high";
  if (at === best) return "lowest validation loss";
  if (at < best) return "still learning: validation loss falls further on";
  return val[at] > 1.15 * val[best] ? "overfitting: training loss falls, validation loss rose" : "past the best epoch";
}

// helpers/figures/early_stop/views.js
var HIGHEST_LOSS = 1.25;
function curvesView(stage2, { runs, every, numEpochs }, moveTo) {
  const heading = html("div", { class: "bf-title" });
  const panel2 = panel({
    x: { label: "epoch" },
    y: { label: "loss" },
    describe: "Training and validation loss against epochs, with a line at the chosen epoch"
  });
  panel2.root.prepend(heading);
  panel2.margin.right = 84;
  const [ghosts, train, val] = [
    svg("g"),
    svg("path", { class: "es-curve es-train" }),
    svg("path", { class: "es-curve es-val" })
  ];
  const [line, stop, best, dots] = [
    svg("line", { class: "es-line" }),
    svg("line", { class: "es-stop" }),
    svg("circle", { class: "es-best", r: 8 }),
    svg("g")
  ];
  const [tags, asked] = [
    svg("g", { "aria-hidden": "true" }),
    svg("path", { class: "es-asked-mark" })
  ];
  panel2.marks.append(ghosts, stop, line, train, val, best, dots);
  panel2.over.append(tags, asked);
  const handle2 = handle(panel2, {
    role: "model",
    get: () => [stage2.state.at * every, HIGHEST_LOSS],
    x: { label: "stop at epoch", min: 0, max: numEpochs, step: every },
    onInput: ([epoch]) => moveTo(epoch / every)
  });
  const pixels = (losses) => losses.map((loss, i) => [panel2.x(i * every), panel2.y(loss)]);
  function layout(width, height) {
    panel2.layout({ width, height, x: [0, numEpochs], y: [0, HIGHEST_LOSS] });
  }
  function draw(state) {
    const { size, at, patience, byPatience, others, chosen } = state;
    const run = runs[size];
    set(train, { d: linePath(pixels(run.train)) });
    set(val, { d: linePath(pixels(run.val)) });
    clear(ghosts, others ? run.others.flatMap((losses) => ghostOf(losses)) : []);
    const [x, [foot, top]] = [panel2.x(at * every), panel2.y.range];
    set(line, { x1: x, x2: x, y1: foot, y2: top });
    const lowestAt = lowest(run.val);
    set(best, { cx: panel2.x(lowestAt * every), cy: panel2.y(run.val[lowestAt]) });
    clear(
      dots,
      [["train", run.train], ["val", run.val]].map(
        ([name, losses]) => svg("circle", { class: `bf-dot es-dot-${name}`, r: 5, cx: x, cy: panel2.y(losses[at]) })
      )
    );
    drawStop(byPatience ? patienceStop(run.val, patience)[1] : null);
    clear(tags, names(run, lowestAt, byPatience ? patienceStop(run.val, patience)[1] : null));
    drawAsked(chosen && chosen.size === size ? chosen.at : null);
    heading.replaceChildren(
      "Loss: ",
      word("training", run.train[at], "es-word-train"),
      ", ",
      word("validation", run.val[at], "es-word-val")
    );
    handle2.place();
  }
  const ghostOf = (losses) => [
    svg("path", { class: "es-ghost", d: linePath(pixels(losses)) }),
    svg("circle", {
      class: "es-ghost-best",
      r: 4,
      cx: panel2.x(lowest(losses) * every),
      cy: panel2.y(losses[lowest(losses)])
    })
  ];
  const word = (name, value, kind) => html("span", { class: kind }, `${name} ${format(value)}`);
  function drawStop(stopped) {
    const x = panel2.x((stopped ?? 0) * every);
    set(stop, {
      x1: x,
      x2: x,
      y1: panel2.y.range[0],
      y2: panel2.y.range[1],
      visibility: stopped === null ? "hidden" : "visible"
    });
  }
  function drawAsked(at) {
    const place = at === null ? "" : `translate(${panel2.x(at * every)},${panel2.y(Math.min(runs[stage2.state.size].test[at], HIGHEST_LOSS))})`;
    set(asked, { d: at === null ? "" : "M0,-8L8,0L0,8L-8,0Z", transform: place });
  }
  function names(run, lowestAt, stopped) {
    const [[left, right], foot] = [panel2.x.range, panel2.y.range[0]];
    const tag = (kind, x2, y2, text, anchor = "start") => svg("text", { class: `es-name ${kind}`, x: x2, y: y2, "text-anchor": anchor }, text);
    const ends = [run.train, run.val].map((losses) => panel2.y(Math.min(losses.at(-1), HIGHEST_LOSS)) + 4);
    const near = Math.max(0, 16 - Math.abs(ends[0] - ends[1])) / 2;
    const [trainY, valY] = ends.map((y2, i) => y2 + (y2 > ends[1 - i] ? near : -near));
    const [x, y] = [panel2.x(lowestAt * every), Math.min(panel2.y(run.val[lowestAt]) + 25, foot - 6)];
    return [
      tag("es-word-train", right + 8, trainY, "training"),
      tag("es-word-val", right + 8, valY, "validation"),
      tag(
        "es-hint",
        x > right - 130 ? right - 4 : Math.max(left + 4, x - 6),
        y,
        `lowest: epoch ${lowestAt * every}`,
        x > right - 130 ? "end" : "start"
      ),
      stopped === null ? null : tag("es-hint", panel2.x(stopped * every) + 5, panel2.y.range[1] + 30, "training ends")
    ].filter(Boolean);
  }
  return { root: panel2.root, layout, draw };
}
function fitView({ runs, every, points }) {
  const heading = html("div", { class: "bf-title" });
  const panel2 = panel({
    x: { label: "x" },
    y: { label: "y" },
    describe: "Training and validation samples, the function of the network and the wave without noise"
  });
  panel2.root.prepend(heading);
  const [truth, curve] = [svg("path", { class: "es-truth" }), svg("path", { class: "es-fit" })];
  const sets = ["train", "val"].map(
    (name) => points[name][0].map(() => svg("circle", { class: `es-sample-${name}`, r: 4 }))
  );
  panel2.marks.append(truth, curve, ...sets[1], ...sets[0]);
  const sample = (mark, name) => html("span", {}, svg("svg", { viewBox: "0 0 12 12" }, mark), name);
  const dot = (name) => svg("circle", { class: `es-sample-${name}`, r: 4, cx: 6, cy: 6 });
  const dash = (name) => svg("path", { class: `es-${name}`, d: "M0,6H12" });
  const key = html(
    "p",
    { class: "es-key", "aria-hidden": "true" },
    sample(dot("train"), "training"),
    sample(dot("val"), "validation"),
    sample(dash("fit"), "network"),
    sample(dash("truth"), "sin 4x")
  );
  const root = html("div", {}, panel2.root, key);
  function layout(width, height) {
    panel2.layout({ width, height: height - 24, x: [-1.04, 1.04], y: [-2.9, 2.4] });
    root.style.width = `${width}px`;
    ["train", "val"].forEach(
      (name, k) => sets[k].forEach(
        (circle, i) => set(circle, { cx: panel2.x(points[name][0][i]), cy: panel2.y(points[name][1][i]) })
      )
    );
    const xs = Array.from({ length: 81 }, (_, i) => -1 + i / 40);
    set(truth, { d: panel2.line(xs.map((x) => [x, Math.sin(4 * x)])) });
  }
  function draw({ size, at }) {
    const { width, fits } = runs[size];
    const fit = fits[at];
    set(curve, {
      d: smoothPath(fit.map((y, i) => [panel2.x(-1 + 2 * i / (fit.length - 1)), panel2.y(y)]))
    });
    heading.textContent = `${width} ${width === 1 ? "unit" : "units"} a layer, epoch ${at * every}`;
  }
  return { root, layout, draw };
}
function smoothPath(points) {
  const slope = (i) => {
    const [before, after] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 1)]];
    return (after[1] - before[1]) / (after[0] - before[0]);
  };
  const third = (points[1][0] - points[0][0]) / 3;
  const piece = ([x, y], i) => i === 0 ? `M${x.toFixed(2)},${y.toFixed(2)}` : `C${[
    points[i - 1][0] + third,
    points[i - 1][1] + third * slope(i - 1),
    x - third,
    y - third * slope(i),
    x,
    y
  ].map((value) => value.toFixed(2)).join(",")}`;
  return points.map(piece).join("");
}

// helpers/figures/early_stop/figure.js
function readRuns(model) {
  const every = model.get("every");
  const runs = model.get("runs").map((run) => ({ ...run, fits: decodeFits(run.fits, run.train.length) }));
  return {
    runs,
    every,
    sizes: model.get("sizes"),
    numEpochs: model.get("num_epochs"),
    points: model.get("points")
  };
}
function sentence({ runs, every }, { size, at, chosen }) {
  const run = runs[size];
  const told = chosen ? ` Test loss of your choice: ${format(runs[chosen.size].test[chosen.at])}.` : "";
  return `Hidden units a layer: ${run.width}; after epoch ${at * every}: training loss ${format(run.train[at])}, validation loss ${format(run.val[at])}; ${diagnosis(run, at)}.${told}`;
}
function testWords({ runs, every }, { size, at, chosen }) {
  if (!chosen) {
    return "The test samples are still sealed: choose a size and an epoch first, by validation loss alone.";
  }
  const { width, val, test } = runs[chosen.size];
  const value = (i) => `${format(test[i])} at epoch ${i * every}`;
  const best = chosen.at === lowest(val) ? ", where validation loss is lowest" : `. Where validation loss is lowest: ${value(lowest(val))}`;
  const asked = `Your choice, ${width} a layer: test loss ${value(chosen.at)}${best}. At the end: ${value(test.length - 1)}.`;
  const moved = chosen.size !== size || chosen.at !== at;
  return moved ? `${asked} You have seen the test: a choice made now is no longer blind to it.` : asked;
}
function makeControls(stage2, problem, { choose, moveTo }) {
  const { runs, every, sizes } = problem;
  const weights = (width) => `${width} (${runs[sizes.indexOf(width)].num_weights} weights)`;
  const size = slider({
    label: "hidden units per layer",
    values: sizes,
    value: sizes[stage2.state.size],
    format: weights,
    ticks: sizes.map((value) => ({ value, label: String(value) })),
    onInput: (width) => choose({ size: sizes.indexOf(width) })
  });
  const patience = slider({
    label: "stop by patience",
    min: 1,
    max: 30,
    step: 1,
    value: stage2.state.patience,
    format: (checks) => `${checks * every} epochs`,
    onInput: (checks) => choose({ patience: checks, byPatience: true })
  });
  const others = toggle({
    label: "four other seeds: other samples, other weights",
    checked: true,
    onChange: (checked) => stage2.set({ others: checked })
  });
  const words = html("p", { class: "es-test" });
  const reveal = button({
    label: "Reveal the test loss",
    onClick: () => {
      const { size: at, at: epoch, chosen } = stage2.state;
      stage2.set({ chosen: chosen ? null : { size: at, at: epoch } });
    }
  });
  const player2 = player(stage2, {
    length: () => runs[0].train.length,
    at: () => stage2.state.at,
    home: () => runs[0].train.length - 1,
    label: "epoch",
    onMove: moveTo,
    onReset: () => choose({ ...openingOf(problem) }),
    describe: (at) => String(at * every)
  });
  const refresh = () => {
    size.value = sizes[stage2.state.size];
    patience.value = stage2.state.patience;
    others.input.checked = stage2.state.others;
    player2.refresh();
  };
  const draw = (state) => {
    words.textContent = testWords(problem, state);
    reveal.relabel(state.chosen ? "Seal the test again" : "Reveal the test loss");
  };
  return {
    refresh,
    draw,
    roots: [
      player2.root,
      controls(size.root, patience.root),
      html("div", { class: "es-asked" }, reveal.root, words),
      html("div", {}, others.root)
    ]
  };
}
var openingOf = ({ runs }) => ({
  size: runs.length - 1,
  at: runs[0].train.length - 1,
  patience: 4,
  byPatience: false,
  others: true,
  chosen: null
});
function render({ model, el }) {
  const problem = readRuns(model);
  const stage2 = stage({
    model,
    el,
    name: "EarlyStop",
    label: "Training and validation loss by epoch, and the network at a chosen epoch",
    state: openingOf(problem)
  });
  function choose(patch) {
    const next = { ...stage2.state, ...patch };
    const kept = next.byPatience ? { at: patienceStop(problem.runs[next.size].val, next.patience)[0] } : {};
    stage2.set({ ...patch, ...kept });
    inputs.refresh();
  }
  const moveTo = (at) => choose({ at, byPatience: false });
  const curves = curvesView(stage2, problem, moveTo);
  const fit = fitView(problem);
  const inputs = makeControls(stage2, problem, {
    choose,
    moveTo: (at) => stage2.set({ at, byPatience: false })
  });
  stage2.body.append(row(curves.root, fit.root), ...inputs.roots);
  let laidOut = 0;
  stage2.onDraw(({ width, state }) => {
    const stacked = width < 560;
    if (laidOut !== width) {
      curves.layout(stacked ? width : Math.round(0.56 * width), stacked ? 250 : 300);
      fit.layout(stacked ? width : Math.round(0.44 * width) - 24, stacked ? 220 : 300);
    }
    laidOut = width;
    for (const view of [curves, fit, inputs]) view.draw(state);
  });
  stage2.say(() => sentence(problem, stage2.state));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
