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
function scale(domain, range2, { log = false } = {}) {
  const bend = log ? Math.log10 : (value) => value;
  const straighten = log ? (value) => 10 ** value : (value) => value;
  const [low, high] = domain.map(bend);
  const map = (value) => range2[0] + (bend(value) - low) / (high - low) * (range2[1] - range2[0]);
  map.invert = (pixel) => straighten(low + (pixel - range2[0]) / (range2[1] - range2[0]) * (high - low));
  map.domain = domain;
  map.range = range2;
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

// helpers/figures/jacobian_lab/maths.js
var FORMULAE = {
  linear: {
    value: ([a, b], { matrix: matrix2 }) => matrix2.map(([left, right]) => left * a + right * b),
    jacobian: (_, { matrix: matrix2 }) => matrix2
  },
  polar: {
    value: ([r, angle]) => [r * Math.cos(angle), r * Math.sin(angle)],
    jacobian: ([r, angle]) => [[Math.cos(angle), -r * Math.sin(angle)], [Math.sin(angle), r * Math.cos(angle)]]
  },
  square: {
    value: ([a, b]) => [(a * a - b * b) / 2, a * b],
    jacobian: ([a, b]) => [[a, -b], [b, a]]
  },
  swirl: {
    value: ([a, b], { turn }) => {
      const angle = turn * Math.exp(-(a * a + b * b));
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return [cos * a - sin * b, sin * a + cos * b];
    },
    // The turn itself, and the change of its angle, -2 angle (a, b), times where a turning point heads.
    jacobian: ([a, b], { turn }) => {
      const angle = turn * Math.exp(-(a * a + b * b));
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [u, v] = [-sin * a - cos * b, cos * a - sin * b];
      return [[cos - 2 * angle * a * u, -sin - 2 * angle * b * u], [
        sin - 2 * angle * a * v,
        cos - 2 * angle * b * v
      ]];
    }
  },
  layer: {
    value: ([a, b], { weight, bias }) => weight.map(([left, right], i) => Math.tanh(left * a + right * b + bias[i])),
    jacobian: (x, numbers) => FORMULAE.layer.value(x, numbers).map((y, i) => numbers.weight[i].map((w) => (1 - y * y) * w))
  }
};
function valueAt({ name, numbers }, x) {
  return FORMULAE[name].value(x, numbers);
}
function jacobianAt({ name, numbers }, x) {
  return FORMULAE[name].jacobian(x, numbers);
}
function pushforward([[a, b], [c, d]], [v1, v2]) {
  return [a * v1 + b * v2, c * v1 + d * v2];
}
function pullback([[a, b], [c, d]], [v1, v2]) {
  return [v1 * a + v2 * c, v1 * b + v2 * d];
}
function determinant([[a, b], [c, d]]) {
  return a * d - b * c;
}
function principalAxes(J) {
  const [[a, b], [c, d]] = J;
  const angle = 0.5 * Math.atan2(2 * (a * b + c * d), a * a + c * c - b * b - d * d);
  const [even, odd] = [Math.hypot(a + d, c - b), Math.hypot(a - d, b + c)];
  return [[(even + odd) / 2, angle], [Math.abs(even - odd) / 2, angle + Math.PI / 2]].map(([sigma, turn]) => {
    const from = [Math.cos(turn), Math.sin(turn)];
    return { sigma, from, to: pushforward(J, from) };
  });
}
function squareBorder(half, perSide = 12) {
  const points = [];
  for (const [fromX, fromY, stepX, stepY] of [[-1, -1, 1, 0], [1, -1, 0, 1], [1, 1, -1, 0], [-1, 1, 0, -1]]) {
    for (let i = 0; i < perSide; i += 1) {
      const t = 2 * i / perSide;
      points.push([half * (fromX + stepX * t), half * (fromY + stepY * t)]);
    }
  }
  return [...points, points[0]];
}
function largestGap(map, x, half) {
  const [y, J] = [valueAt(map, x), jacobianAt(map, x)];
  return Math.max(
    ...squareBorder(half).map((offset) => {
      const [true1, true2] = valueAt(map, [x[0] + offset[0], x[1] + offset[1]]);
      const [step1, step2] = pushforward(J, offset);
      return Math.hypot(true1 - y[0] - step1, true2 - y[1] - step2);
    })
  );
}

// helpers/figures/jacobian_lab/views.js
var WINDOW = [-2, 2];
var GRID_STEP = 0.5;
var add = ([a, b], [c, d]) => [a + c, b + d];
var range = (low, high, step) => Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
function gridLine(grid, axis, value) {
  const [low, high] = grid[1 - axis];
  return range(low, high, (high - low) / 48).map((along) => axis === 0 ? [value, along] : [along, value]);
}
function gridLines(grid) {
  return [0, 1].flatMap(
    (axis) => range(...grid[axis], GRID_STEP).map((value) => gridLine(grid, axis, value))
  );
}
function circle(radius) {
  return range(0, 2 * Math.PI, Math.PI / 36).map((turn) => [radius * Math.cos(turn), radius * Math.sin(turn)]);
}
function plane(title, shown, describe) {
  const axes = { x: { label: "" }, y: { label: "" } };
  const panel2 = panel({ title, ...axes, equal: true, describe });
  const shapes = {};
  for (const name of ["grid", "cross", "patch", "tangent", "circle", "axes"]) {
    shapes[name] = svg("path", { class: `jl-${name}` });
    panel2.marks.append(shapes[name]);
  }
  const trace = (name, ...lines) => set(shapes[name], { d: lines.map((line) => panel2.line(line)).join("") });
  const layout = (size, names) => {
    [axes.x.label, axes.y.label] = names;
    panel2.layout({ width: size, height: size + 2, x: WINDOW, y: WINDOW });
  };
  panel2.title.append(
    ...shown.map(([classes, name]) => html("span", { class: `jl-key ${classes}` }, name))
  );
  return { panel: panel2, trace, layout };
}
function arrow(panel2, { classes, name, dot = false }) {
  const shaft = svg("path", { class: `jl-arrow ${classes}` });
  const head = svg("path", { class: `jl-head ${classes}`, d: "M1,0L-11,5.5L-8,0L-11,-5.5Z" });
  const label = svg("text", {
    class: `jl-name ${classes}`,
    "text-anchor": "middle",
    "aria-hidden": "true"
  }, name);
  panel2.marks.append(shaft, dot ? "" : head);
  panel2.over.append(label);
  return (from, vector) => {
    const [x0, y0] = [panel2.x(from[0]), panel2.y(from[1])];
    const [x1, y1] = [panel2.x(from[0] + vector[0]), panel2.y(from[1] + vector[1])];
    const [length, turn] = [Math.hypot(x1 - x0, y1 - y0), Math.atan2(y1 - y0, x1 - x0)];
    const short = dot ? 8 : Math.min(7, length);
    set(shaft, {
      d: length > short ? `M${x0},${y0}L${x1 - short * Math.cos(turn)},${y1 - short * Math.sin(turn)}` : ""
    });
    set(head, {
      transform: `translate(${x1},${y1}) rotate(${turn * 180 / Math.PI})`,
      visibility: length < 4 ? "hidden" : null
    });
    placeName(panel2, label, x1 + 20 * Math.cos(turn), y1 + 18 * Math.sin(turn) + 5);
  };
}
function placeName(panel2, label, x, y) {
  const [[left, right], [bottom, top]] = [panel2.x.range, panel2.y.range];
  set(label, { x: clamp(x, left + 14, right - 14), y: clamp(y, top + 14, bottom - 6) });
}
function seenFrom(panel2, origin) {
  return {
    root: panel2.root,
    svg: panel2.svg,
    over: panel2.over,
    x: (value) => panel2.x(value + origin()[0]),
    y: (value) => panel2.y(value + origin()[1]),
    toData: (event) => panel2.toData(event).map((value, i) => value - origin()[i])
  };
}
var LONGEST = 0.8;
var component = (label) => ({ label, min: -LONGEST, max: LONGEST, step: 0.05 });
function tipHandle(stage2, panel2, { name, key, role, origin, change }) {
  return handle(seenFrom(panel2, origin), {
    x: component(`${name}, first component`),
    y: component(`${name}, second component`),
    role,
    tap: false,
    get: () => stage2.state[key],
    onInput: (vector) => change({ [key]: vector })
  });
}
function inputPlane(stage2, change) {
  const { panel: panel2, trace, layout } = plane("Input space", [["jl-here", "x"], ["jl-push", "v"], [
    "jl-pull",
    "vᵀJ"
  ]], "The input plane: a straight grid, the point, the vector v and the pulled-back vector");
  const pulled = arrow(panel2, { classes: "jl-pull", name: "vᵀJ" });
  const given = arrow(panel2, { classes: "jl-push", name: "v", dot: true });
  const axes = [0, 1].map((i) => ({
    label: `point, ${["first", "second"][i]} coordinate`,
    min: -1,
    max: 1,
    step: 0.05
  }));
  const movePoint = (point) => change({ point });
  const place = handle(panel2, {
    x: axes[0],
    y: axes[1],
    role: "data",
    tap: false,
    get: () => stage2.state.point,
    onInput: movePoint
  });
  const tip = tipHandle(stage2, panel2, {
    name: "v in input space",
    key: "v_in",
    role: "path",
    origin: () => stage2.state.point,
    change
  });
  const label = svg(
    "text",
    { class: "jl-name jl-here", "text-anchor": "middle", "aria-hidden": "true" },
    "x"
  );
  panel2.over.append(label);
  panel2.svg.addEventListener("click", (event) => {
    if (
      /** @type {Element} */
      event.target.classList.contains("bf-hit")
    ) return;
    const spot = panel2.toData(event);
    const { point, v_in: v } = stage2.state;
    const away = (to) => Math.hypot(spot[0] - to[0], spot[1] - to[1]);
    if (away(add(point, v)) < away(point)) {
      change({ v_in: spot.map((value, i) => settle(value - point[i], component(""))) });
    } else movePoint(spot.map((value, i) => settle(value, axes[i])));
  });
  function draw({ map, point, v_in: v, patch, pulledBack }) {
    map.ranges.forEach(([min, max], i) => {
      Object.assign(axes[i], { min, max });
      set(place.inputs[i], { min, max });
    });
    trace("grid", ...gridLines(map.grid));
    trace("cross", gridLine(map.grid, 0, point[0]), gridLine(map.grid, 1, point[1]));
    trace("patch", squareBorder(patch).map((offset) => add(point, offset)));
    trace("circle", circle(1).map((offset) => add(point, offset)));
    pulled(point, pulledBack);
    given(point, v);
    placeName(panel2, label, panel2.x(point[0]) - 13, panel2.y(point[1]) - 11);
    place.place();
    tip.place();
  }
  return { panel: panel2, layout: (size, map) => layout(size, map.inputs), draw };
}
function settle(value, { min, max, step }) {
  return clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max);
}
function outputPlane(stage2, change) {
  const { panel: panel2, trace, layout } = plane("Output space", [["jl-here", "f(x)"], ["jl-push", "Jv"], [
    "jl-pull",
    "v"
  ]], "The output plane: the bent grid, the image of the point, the pushed-forward vector and the vector v");
  const curve = svg("path", { class: "jl-curve" });
  const truth = svg("circle", { class: "jl-truth", r: 4.5 });
  const dot = svg("circle", { class: "jl-image bf-dot", r: 6 });
  panel2.marks.append(curve, truth);
  const pushed = arrow(panel2, { classes: "jl-push", name: "Jv" });
  const given = arrow(panel2, { classes: "jl-pull", name: "v", dot: true });
  panel2.marks.append(dot);
  const sigmas = [0, 1].map(
    () => svg("text", { class: "jl-name jl-sigma", "text-anchor": "middle", "aria-hidden": "true" })
  );
  const label = svg(
    "text",
    { class: "jl-name jl-here", "text-anchor": "middle", "aria-hidden": "true" },
    "f(x)"
  );
  panel2.over.append(...sigmas, label);
  const image = () => valueAt(stage2.state.plane, stage2.state.point);
  const tip = tipHandle(stage2, panel2, {
    name: "v in output space",
    key: "v_out",
    role: "gradient",
    origin: image,
    change
  });
  panel2.svg.addEventListener("click", (event) => {
    if (
      /** @type {Element} */
      event.target.classList.contains("bf-hit")
    ) return;
    const origin = image();
    change({ v_out: panel2.toData(event).map((value, i) => settle(value - origin[i], component(""))) });
  });
  function draw({ map, point, v_in: v, v_out: given_v, patch, y, J, pushedForward, half }) {
    const bend = (line) => line.map((x) => valueAt(map, x));
    const tangent = (offsets) => offsets.map((offset) => add(y, pushforward(J, offset)));
    trace("grid", ...gridLines(map.grid).map(bend));
    trace("cross", bend(gridLine(map.grid, 0, point[0])), bend(gridLine(map.grid, 1, point[1])));
    trace("patch", bend(squareBorder(patch).map((offset) => add(point, offset))));
    trace("tangent", tangent(squareBorder(patch, 1)));
    trace("circle", tangent(circle(1)));
    trace("axes", ...half.map(({ to }) => [y, add(y, to)]));
    half.forEach(({ sigma, to }, i) => {
      sigmas[i].textContent = `σ${"₁₂"[i]}`;
      const size = Math.max(Math.hypot(...to), 1e-9);
      placeName(
        panel2,
        sigmas[i],
        panel2.x(y[0] + to[0]) + 13 * to[0] / size,
        panel2.y(y[1] + to[1]) - 13 * to[1] / size + 5
      );
      set(sigmas[i], { visibility: sigma < 0.12 ? "hidden" : null });
    });
    const along = range(0, 1, 1 / 24).map(
      (share) => valueAt(map, add(point, v.map((value) => share * value)))
    );
    set(curve, { d: panel2.line(along) });
    set(truth, { cx: panel2.x(along.at(-1)[0]), cy: panel2.y(along.at(-1)[1]) });
    set(dot, { cx: panel2.x(y[0]), cy: panel2.y(y[1]) });
    pushed(y, pushedForward);
    given(y, given_v);
    placeName(panel2, label, panel2.x(y[0]) - 20, panel2.y(y[1]) - 11);
    tip.place();
  }
  return { panel: panel2, layout: (size, map) => layout(size, map.outputs), draw };
}

// helpers/figures/jacobian_lab/figure.js
var SETTINGS = (
  /** @type {const} */
  ["map", "point", "v_in", "v_out", "patch"]
);
function sceneOf({ plane: plane2, ...state }) {
  const [y, J] = [valueAt(plane2, state.point), jacobianAt(plane2, state.point)];
  const half = principalAxes(J);
  const [pushedForward, pulledBack] = [pushforward(J, state.v_in), pullback(J, state.v_out)];
  const either = state.v_out[0] * pushedForward[0] + state.v_out[1] * pushedForward[1];
  return { ...state, map: plane2, y, J, half, pushedForward, pulledBack, either };
}
function twoDecimals(value) {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : text.replace("-", "−");
}
var pair = (vector) => `(${vector.map(twoDecimals).join(", ")})`;
function matrix(rows, classes = "") {
  return html("span", {
    class: `jl-matrix ${classes}`,
    style: `grid-template-columns: repeat(${rows[0].length}, auto)`
  }, rows.flat().map((value) => html("span", {}, twoDecimals(value))));
}
function equation(name, words, { parts, spoken }) {
  return html(
    "div",
    { class: "jl-equation" },
    html("div", { class: "jl-words" }, html("strong", { class: name }, words[0]), words[1]),
    html("div", { class: "jl-sum", role: "img", "aria-label": spoken }, parts)
  );
}
function readOuts({ J, v_in: v, v_out: u, pushedForward, pulledBack }) {
  const column = (vector) => vector.map((value) => [value]);
  return [
    equation("jl-push", ["Jv", ": from input to output"], {
      spoken: `J times ${pair(v)} is ${pair(pushedForward)}`,
      parts: [matrix(J), matrix(column(v), "jl-push"), "=", matrix(column(pushedForward), "jl-push")]
    }),
    equation("jl-pull", ["vᵀJ", ": from output to input"], {
      spoken: `${pair(u)} times J is ${pair(pulledBack)}`,
      parts: [matrix([u], "jl-pull"), matrix(J), "=", matrix([pulledBack], "jl-pull")]
    })
  ];
}
function facts({ J, half, either }) {
  const fact = (words, value) => html("span", { class: "jl-fact" }, `${words} `, html("b", {}, value));
  return [
    fact("σ₁ =", twoDecimals(half[0].sigma)),
    fact("σ₂ =", twoDecimals(half[1].sigma)),
    fact("det J =", twoDecimals(determinant(J))),
    fact("vᵀ(Jv) = (vᵀJ)v =", twoDecimals(either))
  ];
}
function gapText({ plane: plane2, point }, half) {
  const gap = largestGap(plane2, point, half);
  return gap < 5e-7 ? "0" : format(gap, 2);
}
function sentence({ map, point, J, v_in: v, v_out: u, pushedForward, pulledBack, half }) {
  return `${map.title} at ${pair(point)}: the rows of J are ${J.map(pair).join(" and ")}. It pushes ${pair(v)} forward to ${pair(pushedForward)} and pulls ${pair(u)} back to ${pair(pulledBack)}. Its singular values are ${half.map(({ sigma }) => twoDecimals(sigma)).join(" and ")}.`;
}
function render({ model, el }) {
  const maps = Object.fromEntries(model.get("maps").map((map) => [map.name, map]));
  const read = () => traits(model, SETTINGS);
  const opening = read();
  const stage2 = stage({
    model,
    el,
    name: "JacobianLab",
    label: "A map of the plane and its Jacobian at a point",
    state: { ...opening, plane: maps[opening.map] }
  });
  const inside = ({ ranges }, point) => point.map((value, i) => clamp(value, ranges[i][0], ranges[i][1]));
  function change(patch) {
    const plane2 = maps[patch.map ?? stage2.state.map];
    stage2.set({ ...patch, plane: plane2, point: inside(plane2, patch.point ?? stage2.state.point) });
  }
  const choose = choice({
    label: "Map",
    value: opening.map,
    onChange: (map) => change({ map }),
    options: Object.values(maps).map(({ name, title }) => ({ value: name, label: title }))
  });
  const formula = html("div", { class: "jl-formula" });
  const planes = [inputPlane(stage2, change), outputPlane(stage2, change)];
  const [equations, numbers] = ["jl-equations", "jl-facts"].map((name) => html("div", { class: name }));
  const size = slider({
    label: "patch size",
    min: 0.05,
    max: 0.6,
    step: 0.05,
    value: opening.patch,
    format: (half) => `${(2 * half).toFixed(1)} wide, up to ${gapText(stage2.state, half)} off`,
    onInput: (patch) => change({ patch })
  });
  const reset = button({ label: "Reset", icon: "reset", onClick: () => change(opening) });
  stage2.body.append(
    html("div", { class: "jl-top" }, choose.root, formula),
    row(...planes.map(({ panel: panel2 }) => panel2.root)),
    equations,
    numbers,
    controls(size.root, reset.root)
  );
  for (const name of SETTINGS) model.on?.(`change:${name}`, () => follow(name));
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage2.state[name])) {
      change({ [name]: model.get(name) });
    }
  }
  let laidOut = "";
  stage2.onDraw(({ width, state }) => {
    const scene = sceneOf(state);
    const side = width < 560 ? Math.min(width, 330) : (width - 24) / 2;
    if (laidOut !== `${side} ${state.map}`) {
      for (const { layout } of planes) layout(side, scene.map);
    }
    laidOut = `${side} ${state.map}`;
    for (const { draw } of planes) draw(scene);
    clear(equations, readOuts(scene));
    clear(numbers, facts(scene));
    formula.textContent = scene.map.formula;
    size.value = state.patch;
    for (const [i, input] of choose.root.querySelectorAll("input").entries()) {
      input.checked = Object.keys(maps)[i] === state.map;
    }
  });
  stage2.say(() => sentence(sceneOf(stage2.state)));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default,
  sceneOf,
  twoDecimals
};
