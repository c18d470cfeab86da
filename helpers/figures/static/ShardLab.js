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
function cellTowards(list, key, arrow2) {
  const open = list.filter(({ skip }) => !skip);
  if (arrow2 === "Home") return open.at(0)?.key ?? null;
  if (arrow2 === "End") return open.at(-1)?.key ?? null;
  const way = ARROWS[arrow2];
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
function toggle({ label, checked = false, onChange }) {
  const input = html("input", { type: "checkbox", onchange: () => onChange(input.checked) });
  input.checked = checked;
  return { root: html("label", { class: "bf-toggle" }, input, html("span", {}, label)), input };
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
var mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
function leastSquares(x, y) {
  const [middleX, middleY] = [mean(x), mean(y)];
  const slope = mean(x.map((value, i) => (value - middleX) * (y[i] - middleY))) / mean(x.map((value) => (value - middleX) ** 2));
  return [slope, middleY - slope * middleX];
}
function curvature(x) {
  const [ww, wb, bb] = [2 * mean(x.map((value) => value * value)), 2 * mean(x), 2];
  const [middle, spread] = [(ww + bb) / 2, Math.hypot((ww - bb) / 2, wb)];
  return { sharp: middle + spread, flat: middle - spread, angle: 0.5 * Math.atan2(2 * wb, ww - bb) };
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

// helpers/figures/shard_lab/maths.js
function shardsOf(order, count, dropLast = false) {
  const each = dropLast ? Math.floor(order.length / count) : Math.ceil(order.length / count);
  const dealt = Array.from({ length: each * count }, (_, i) => order[i % order.length]);
  return Array.from({ length: count }, (_, rank) => dealt.filter((_2, i) => i % count === rank));
}
function meanGradient(gradients) {
  return [0, 1].map((k) => gradients.reduce((sum, gradient) => sum + gradient[k], 0) / gradients.length);
}
function parallelGradients(x, y, [w, b], shards) {
  const each = shards.map((shard) => batchGradient(x, y, w, b, shard));
  const mean2 = meanGradient(each);
  const whole = batchGradient(x, y, w, b, x.map((_, i) => i));
  return { each, mean: mean2, whole, apart: Math.hypot(mean2[0] - whole[0], mean2[1] - whole[1]) };
}

// helpers/figures/shard_lab/views.js
function updatePlane(stage2, problem) {
  const { x, best, view } = problem;
  const panel2 = panel({
    title: "One update in parameter space",
    x: { label: "w" },
    y: { label: "b" },
    equal: true,
    describe: "Lines of equal loss over w and b; from the current point, the step of each process and the step of their mean"
  });
  const bowl = svg("g");
  const cross = svg("path", { class: "sh-cross", d: "M-7,-7L7,7M-7,7L7,-7" });
  const crossName = svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "minimum"
  );
  const arrows = svg("g", { "aria-hidden": "true" });
  panel2.marks.append(bowl, cross, crossName);
  panel2.over.append(arrows);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle2 = handle(panel2, {
    x: axis("slope w", view.w),
    y: axis("intercept b", view.b),
    get: () => stage2.state.point,
    onInput: (point) => stage2.set({ point })
  });
  function layout(width, height) {
    panel2.layout({ width, height, x: view.w, y: view.b });
    const [cx, cy] = [panel2.x(best[0]), panel2.y(best[1])];
    const turn = `translate(${cx},${cy}) rotate(${-curvature(x).angle * 180 / Math.PI})`;
    clear(bowl, svg("g", { transform: turn }, rings(x, problem.excess, panel2.x(1) - panel2.x(0))));
    set(cross, { transform: `translate(${cx},${cy})` });
    set(crossName, { x: cx, y: cy + 25 });
  }
  function draw({ point, rank }, { each, mean: mean2, whole }) {
    const tip = (gradient) => point.map((value, k) => value - problem.lr * gradient[k]);
    const place = ([w, b]) => [panel2.x(w), panel2.y(b)];
    const from = place(point);
    clear(
      arrows,
      each.map(
        (gradient, i) => arrow(from, place(tip(gradient)), {
          name: String(i),
          classes: i === rank ? "sh-each sh-chosen" : "sh-each"
        })
      ),
      arrow(from, place(tip(mean2)), { classes: "sh-mean" }),
      svg("circle", { class: "sh-whole", cx: place(tip(whole))[0], cy: place(tip(whole))[1], r: 9 }),
      svg("text", { class: "dl-hint", x: from[0], y: from[1] - 18, "text-anchor": "middle" }, "drag me")
    );
    handle2.place();
  }
  return { panel: panel2, layout, draw };
}
function arrow([x0, y0], [x1, y1], { name = "", classes }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ux, uy] = length ? [(x1 - x0) / length, (y1 - y0) / length] : [0, 0];
  const head = Math.min(9, length);
  const barb = (side) => `${x1 - head * (ux + side * 0.5 * uy)},${y1 - head * (uy - side * 0.5 * ux)}`;
  return svg(
    "g",
    { class: classes },
    svg("path", { d: `M${x0},${y0}L${x1},${y1}M${barb(1)}L${x1},${y1}L${barb(-1)}` }),
    name ? svg(
      "text",
      { class: "sh-name", x: x1 + 11 * ux, y: y1 + 11 * uy + 4, "text-anchor": "middle" },
      name
    ) : null
  );
}
function shardCells(stage2, size) {
  const key = ([rank, slot]) => rank * size + slot;
  const cells2 = cells({
    label: "Samples of each process",
    touch: "pan-y",
    current: () => key([stage2.state.rank, stage2.state.slot]),
    onPick: (at) => stage2.set({ rank: Math.floor(at / size), slot: at % size })
  });
  const names = svg("g");
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Samples of each process" },
    names,
    cells2.root
  );
  function draw(width, { rank }, { shards }) {
    const left = 78;
    const longest = Math.max(...shards.map((shard) => shard.length));
    const step = Math.min(40, (width - left - 2) / longest);
    const seen = /* @__PURE__ */ new Set();
    const again = /* @__PURE__ */ new Set();
    for (let slot = 0; slot < longest; slot += 1) {
      shards.forEach((shard, i) => {
        if (stage2.state.sampled && seen.has(shard[slot])) again.add(key([i, slot]));
        seen.add(shard[slot]);
      });
    }
    set(picture, { width, height: shards.length * 36 + 2 });
    clear(names, shards.map((_, i) => svg("text", { x: 0, y: i * 36 + 21 }, `process ${i}`)));
    cells2.draw(shards.flatMap(
      (shard, i) => shard.map((sample, slot) => ({
        key: key([i, slot]),
        x: left + slot * step,
        y: i * 36 + 1,
        width: step - 4,
        height: 30,
        text: String(sample),
        label: `process ${i} reads sample ${sample}${again.has(key([i, slot])) ? " again" : ""}`,
        pressed: i === rank,
        classes: [i === rank ? "bf-lit" : "", again.has(key([i, slot])) ? "bf-faint" : ""].join(" ")
      }))
    ));
  }
  return {
    root: html(
      "div",
      { class: "sh-shards" },
      html("div", { class: "bf-title" }, "Who reads what"),
      picture
    ),
    draw
  };
}
function gradientTable() {
  const root = html("table", { class: "sh-table" });
  const row2 = (name, [dw, db], classes) => html(
    "tr",
    { class: classes },
    html("th", { scope: "row" }, name),
    html("td", {}, zeroOr(dw)),
    html("td", {}, zeroOr(db))
  );
  const head = html(
    "tr",
    {},
    html("td", {}),
    ...["∂L/∂w", "∂L/∂b"].map((name) => html("th", { scope: "col" }, name))
  );
  const draw = ({ each, mean: mean2, whole }, { rank }, size) => clear(
    root,
    html(
      "tbody",
      {},
      head,
      ...each.map((gradient, i) => row2(`process ${i}`, gradient, i === rank ? "sh-chosen-row" : "")),
      row2(each.length > 1 ? "their mean" : "its mean", mean2, "sh-mean-row"),
      row2(`all ${size} samples at once`, whole, "sh-whole-row")
    )
  );
  return { root, draw };
}

// helpers/figures/shard_lab/figure.js
var SETTINGS = (
  /** @type {const} */
  ["start", "processes", "epoch", "sampled", "drop_last"]
);
function readProblem(model) {
  const [x, y, lr, orders] = ["x", "y", "lr", "orders"].map((name) => model.get(name));
  const opening = traits(model, SETTINGS);
  const best = leastSquares(x, y);
  const view = windowAround(opening.start, best);
  const corners = view.w.flatMap((w) => view.b.map((b) => meanSquaredError(x, y, w, b)));
  return {
    x,
    y,
    lr,
    orders,
    opening,
    best,
    view,
    excess: Math.max(...corners) - meanSquaredError(x, y, ...best)
  };
}
function updateOf({ x, y, orders }, { point, processes, epoch, sampled, drop_last: dropLast }) {
  const shards = sampled ? shardsOf(orders[epoch], processes, dropLast) : Array.from({ length: processes }, () => orders[epoch]);
  return { shards, ...parallelGradients(x, y, point, shards) };
}
var zeroOr = (value) => Math.abs(value) < 1e-9 ? "0" : format(value);
function verdict({ processes, sampled }, { shards, apart }, size) {
  if (!sampled) {
    return `Every process reads all ${size} samples: ${processes} times the work, and nothing gained.`;
  }
  if (apart < 1e-9) return `The mean of the processes' gradients is the gradient of all ${size} samples.`;
  const read = shards.flat();
  const twice = read.length - new Set(read).size;
  return twice ? `${plural(twice, "sample")} read twice, so that the shards are equally long: the mean is off by ${format(apart)}.` : `${plural(size - read.length, "sample")} left out: the mean is off by ${format(apart)}.`;
}
function makeControls(stage2, problem) {
  const { state } = stage2;
  const processes = slider({
    label: "processes",
    min: 1,
    max: 5,
    step: 1,
    value: state.processes,
    format: String,
    onInput: (count) => stage2.set({ processes: count, rank: Math.min(state.rank, count - 1), slot: 0 })
  });
  const epoch = slider({
    label: "set_epoch",
    min: 0,
    max: problem.orders.length - 1,
    step: 1,
    value: state.epoch,
    format: String,
    onInput: (number) => stage2.set({ epoch: number })
  });
  const sampled = toggle({
    label: "DistributedSampler",
    checked: state.sampled,
    onChange: (checked) => stage2.set({ sampled: checked, slot: 0 })
  });
  const dropLast = toggle({
    label: "drop_last",
    checked: state.drop_last,
    onChange: (checked) => stage2.set({ drop_last: checked, slot: 0 })
  });
  const step = button({
    label: "Step",
    icon: "step",
    onClick: () => {
      const { mean: mean2 } = updateOf(problem, state);
      stage2.set({ point: state.point.map((value, k) => value - problem.lr * mean2[k]) });
    }
  });
  const reset = button({
    label: "Reset",
    icon: "reset",
    onClick: () => stage2.set(openingState(problem))
  });
  const refresh = () => {
    processes.value = state.processes;
    epoch.value = state.epoch;
    sampled.input.checked = state.sampled;
    dropLast.input.checked = state.drop_last;
    dropLast.input.disabled = !state.sampled;
  };
  const buttons = html("div", { class: "bf-buttons" }, step.root, reset.root);
  return { refresh, root: controls(processes.root, epoch.root, sampled.root, dropLast.root, buttons) };
}
var openingState = ({ opening: { start, ...settings } }) => ({
  ...settings,
  point: [...start],
  rank: 0,
  slot: 0
});
function render({ model, el }) {
  const problem = readProblem(model);
  const size = problem.x.length;
  const stage2 = stage({
    model,
    el,
    name: "ShardLab",
    label: "One update of data-parallel training",
    state: openingState(problem)
  });
  const data = dataView(problem);
  const plane = updatePlane(stage2, problem);
  const shards = shardCells(stage2, size);
  const table = gradientTable();
  const said = html("p", { class: "sh-verdict" });
  const inputs = makeControls(stage2, problem);
  stage2.body.append(
    row(plane.panel.root, data.panel.root),
    said,
    row(shards.root, table.root),
    inputs.root
  );
  stage2.onDraw(({ width, state }) => {
    const stacked = width < 560;
    const half = stacked ? width : (width - 24) / 2;
    const square = Math.round((half - 56) * 0.75 + 58);
    plane.layout(half, square);
    data.layout(half, stacked ? 190 : square);
    const update = updateOf(problem, state);
    plane.draw(state, update);
    data.draw({ run: { points: [state.point, state.point], batches: [update.shards[state.rank]] }, at: 1 });
    shards.draw(half, state, update);
    table.draw(update, state, size);
    said.textContent = verdict(state, update, size);
    inputs.refresh();
  });
  stage2.say(() => verdict(stage2.state, updateOf(problem, stage2.state), size));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default,
  zeroOr
};
