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
function focusAnew(input) {
  input.blur();
  input.focus({ preventScroll: true });
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

// helpers/figures/graph_stepper/maths.js
var sigmoid = (a) => 1 / (1 + Math.exp(-a));
var OPERATIONS = {
  add: { value: (a, b) => a + b, slopes: () => [1, 1] },
  sub: { value: (a, b) => a - b, slopes: () => [1, -1] },
  mul: { value: (a, b) => a * b, slopes: (a, b) => [b, a] },
  div: { value: (a, b) => a / b, slopes: (a, b) => [1 / b, -a / (b * b)] },
  pow: {
    value: (a, b) => a ** b,
    slopes: (a, b) => [b === 0 ? 0 : b * a ** (b - 1), a === 0 ? 0 : a ** b * Math.log(a)]
  },
  neg: { value: (a) => -a, slopes: () => [-1] },
  exp: { value: Math.exp, slopes: (a) => [Math.exp(a)] },
  log: { value: Math.log, slopes: (a) => [1 / a] },
  sin: { value: Math.sin, slopes: (a) => [Math.cos(a)] },
  cos: { value: Math.cos, slopes: (a) => [-Math.sin(a)] },
  tanh: { value: Math.tanh, slopes: (a) => [1 - Math.tanh(a) ** 2] },
  sigmoid: { value: sigmoid, slopes: (a) => [sigmoid(a) * (1 - sigmoid(a))] },
  relu: { value: (a) => Math.max(a, 0), slopes: (a) => [a > 0 ? 1 : 0] },
  abs: { value: Math.abs, slopes: (a) => [Math.sign(a)] },
  sqrt: { value: Math.sqrt, slopes: (a) => [0.5 / Math.sqrt(a)] },
  detach: { value: (a) => a, slopes: () => [0] },
  reciprocal: { value: (a) => 1 / a, slopes: (a) => [-1 / (a * a)] }
};
var argumentsOf = (node, values) => node.args.map(({ node: index, number }) => index === void 0 ? number : values[index]);
function forward(nodes, changed = {}) {
  const values = [];
  nodes.forEach((node, index) => {
    values.push(
      node.name ? changed[index] ?? node.value : OPERATIONS[node.operation].value(...argumentsOf(node, values))
    );
  });
  return values;
}
function slopesOf({ nodes, edges }, values) {
  return edges.map(
    ({ source, slot }) => OPERATIONS[nodes[source].operation].slopes(...argumentsOf(nodes[source], values))[slot]
  );
}
function backward({ nodes, edges, order, output }, slopes) {
  const arrived = nodes.map((_, index) => index === output ? 1 : 0);
  const carried = edges.map(() => 0);
  for (const index of order) {
    edges.forEach(({ source, target, grad }, place) => {
      if (source !== index || !grad) return;
      carried[place] = arrived[index] * slopes[place];
      arrived[target] += carried[place];
    });
  }
  return { arrived, carried };
}
function timeline(graph, retain) {
  const operations = graph.nodes.flatMap(({ name }, node) => name ? [] : [node]);
  const refused = !retain && graph.refusal !== "";
  const second = refused ? graph.ran : graph.order;
  return [
    { kind: "leaves", pass: 0 },
    ...operations.map((node, i) => ({ kind: "forward", pass: 0, node, count: i + 1, of: operations.length })),
    ...passSteps(graph, graph.order, 1, false),
    ...passSteps(graph, second, 2, refused)
  ];
}
function passSteps({ nodes, output }, order, pass, refused) {
  const steps = order.map((node, i) => ({
    kind: nodes[node].name ? "accumulate" : "backward",
    pass,
    node,
    count: i + 1,
    of: order.length
  }));
  if (refused) steps[steps.length - 1].kind = "refused";
  return [{ kind: "seed", pass, node: output, count: 0, of: order.length }, ...steps];
}
function incoming({ edges, order }, node) {
  return edges.flatMap(({ source, target, grad }, place) => grad && target === node && order.includes(source) ? [place] : []);
}
function snapshot(graph, steps, at, retain) {
  const now = steps[at];
  const past = steps.slice(0, at + 1);
  const known = graph.nodes.map(
    ({ name }, node) => name !== "" || past.some((step) => step.kind === "forward" && step.node === node)
  );
  const inPass = past.filter(({ kind, pass }) => kind === "backward" && pass === now.pass);
  const carried = inPass.flatMap(({ node }) => edgesFrom(graph, node));
  const accumulated = graph.nodes.map(
    (_, node) => past.filter((step) => step.kind === "accumulate" && step.node === node).length
  );
  const freed = graph.nodes.map(
    (_, node) => !retain && past.some((step) => step.kind === "backward" && step.node === node)
  );
  return {
    ...now,
    known,
    carried,
    accumulated,
    freed,
    seeded: now.pass > 0,
    active: activeEdges(graph, now)
  };
}
function edgesFrom({ edges }, node) {
  return edges.flatMap(({ source, grad }, place) => grad && source === node ? [place] : []);
}
function activeEdges(graph, { kind, node }) {
  if (kind === "backward") return edgesFrom(graph, node);
  if (kind === "forward") return graph.edges.flatMap(({ source }, place) => source === node ? [place] : []);
  return [];
}
function forkStep(graph, steps) {
  const forks = graph.nodes.map((_, node) => incoming(graph, node)).filter((edges) => edges.length > 1);
  const last = steps.findLastIndex(({ pass }) => pass === 1);
  const ends = forks.map(
    (edges) => Math.max(
      ...edges.map(
        (place) => steps.findIndex(({ kind, node }) => kind === "backward" && node === graph.edges[place].source)
      )
    )
  );
  return ends.length ? Math.min(...ends) : last;
}
function openingStep(graph, steps, where) {
  if (where === "start") return 0;
  return where === "end" ? steps.findLastIndex(({ pass }) => pass === 1) : forkStep(graph, steps);
}

// helpers/figures/graph_stepper/words.js
function numberText(value) {
  const size = Math.abs(value);
  if (value !== 0 && !(size >= 1e-3 && size < 1e4)) return format(value);
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
var bracketed = (text) => text.startsWith("−") ? `(${text})` : text;
function sumText(terms, total) {
  return terms.length < 2 ? total : `${terms[0]} + ${terms.slice(1).map(bracketed).join(" + ")} = ${total}`;
}
function liveTexts(graph, changed) {
  const values = forward(graph.nodes, changed);
  const slopes = slopesOf(graph, values);
  const { arrived, carried } = backward(graph, slopes);
  const text = (list) => (index) => numberText(list[index]);
  const product = (place) => `${numberText(arrived[graph.edges[place].source])} × ${bracketed(numberText(slopes[place]))} = ${numberText(carried[place])}`;
  return {
    value: text(values),
    carried: text(carried),
    slope: text(slopes),
    product,
    arrived: text(arrived),
    grad: (node, times) => numberText(times * arrived[node])
  };
}
function recordedTexts({ nodes, edges }, at) {
  const carried = (place) => edges[place].carried[at];
  return {
    value: (node) => nodes[node].shown[at],
    carried,
    slope: () => null,
    product: carried,
    arrived: (node) => nodes[node].arrived[at],
    grad: (node, times) => nodes[node].grads[times - 1][at]
  };
}
function arrivals(graph, texts, snap, node) {
  if (node === graph.output && snap.seeded) return "1";
  const came = snap.carried.filter((place) => graph.edges[place].target === node);
  if (came.length === 0) return "";
  if (came.length === incoming(graph, node).length) {
    return sumText(came.map(texts.carried), texts.arrived(node));
  }
  return `${came.map(texts.carried).join(" + ")} + …`;
}
var nameOf = (graph, node) => graph.nodes[node].name || graph.nodes[node].code;
function stepText({ kind, pass, count, of }) {
  if (kind === "leaves") return "the leaves";
  if (kind === "forward") return `forward ${count} of ${of}`;
  return `${pass === 1 ? "backward" : "second backward"} ${count} of ${of}`;
}
function happening(graph, texts, snap) {
  return {
    leaves: () => "The leaves are given. Nothing is computed yet.",
    forward: forwardWords,
    seed: seedWords,
    backward: backwardWords,
    accumulate: accumulateWords,
    refused: refusedWords
  }[snap.kind](graph, texts, snap);
}
function forwardWords(graph, texts, { node }) {
  const { code, saved, function: made } = graph.nodes[node];
  if (!made) return `${code} is computed, and autograd keeps nothing of it.`;
  const kept = saved.length ? `It keeps ${savedText(graph, texts, node)} for backward.` : "It needs to keep nothing.";
  return `${code} = ${texts.value(node)}, and ${made} is noted. ${kept}`;
}
function savedText(graph, texts, node) {
  const known = (what) => typeof what === "number" ? `${nameOf(graph, what)} = ${texts.value(what)}` : what;
  return graph.nodes[node].saved.map(([, what]) => known(what)).join(" and ");
}
function seedWords(_graph, _texts, { pass }) {
  const start = "the derivative of the result by itself is 1.";
  return pass === 1 ? `Backward begins at the result: ${start}` : `backward() once more, through the same graph: again ${start}`;
}
function backwardWords(graph, texts, snap) {
  const passed = snap.active.map(
    (place) => `${texts.product(place)} to ${nameOf(graph, graph.edges[place].target)}`
  );
  const what = graph.live ? "incoming × local derivative" : "the incoming gradient times the local derivative";
  const forks = [...new Set(snap.active.map((place) => graph.edges[place].target))].filter(
    (node) => incoming(graph, node).length > 1
  );
  const sums = forks.map((node) => forkWords(graph, texts, snap, node));
  return [`${graph.nodes[snap.node].function} sends back ${what}: ${passed.join(", ")}.`, ...sums].join(" ");
}
function forkWords(graph, texts, snap, node) {
  const [all, came] = [
    incoming(graph, node),
    snap.carried.filter((place) => graph.edges[place].target === node)
  ];
  const often = all.length === 2 ? "twice" : `${all.length} times`;
  if (came.length < all.length) {
    return `${nameOf(graph, node)} is used ${often}, so it waits for what is still to come.`;
  }
  return `${nameOf(graph, node)} is used ${often}, so its gradients add up: ${arrivals(graph, texts, snap, node)}.`;
}
function accumulateWords(graph, texts, { node, pass }) {
  const { name } = graph.nodes[node];
  if (pass === 1) return `${name} is a leaf: ${name}.grad was None and becomes ${texts.grad(node, 1)}.`;
  const sum = graph.live ? `${texts.grad(node, 1)} + ${bracketed(texts.grad(node, 1))} = ` : "";
  return `backward adds: ${name}.grad is now ${sum}${texts.grad(node, 2)}, twice the gradient. Nobody emptied it.`;
}
function refusedWords(graph, texts, { node }) {
  return `${graph.nodes[node].function} needs ${savedText(graph, texts, node)} again, and it is gone. RuntimeError: ${graph.refusal}`;
}

// helpers/figures/graph_stepper/views.js
var HEIGHT = 48;
function geometry(graph, { width, pitch, side }) {
  const room = width - 2 * side;
  const box = clamp(room / graph.width - 12, 72, 132);
  const unit = graph.width > 1 ? Math.min(box + 64, (room - box) / (graph.width - 1)) : 0;
  const left = (width - box - unit * (graph.width - 1)) / 2;
  const top = 40;
  const places = graph.nodes.map(({ row, column }) => ({
    x: left + unit * column,
    y: top + pitch * row,
    width: box,
    height: HEIGHT
  }));
  const middle = ([column, row]) => [left + unit * column + box / 2, top + pitch * row];
  const ports = portsOf(graph, box);
  const paths = graph.edges.map(({ source, target, via }, place) => {
    const [start, end] = [places[target], places[source]];
    const passed = via.map(middle).flatMap(([x, y]) => [[x, y], [x, y + HEIGHT]]);
    return [[start.x + box / 2 + ports.lower[place], start.y + HEIGHT], ...passed, [
      end.x + box / 2 + ports.upper[place],
      end.y
    ]];
  });
  const rows = Math.max(...graph.nodes.map(({ row }) => row));
  return { places, paths, width, height: top + pitch * rows + HEIGHT + 30, gap: pitch - HEIGHT };
}
function portsOf({ nodes, edges }, box) {
  const spread = (end, other) => edges.map((edge) => {
    const toward = (one) => one.via.length ? one.via.at(end === "target" ? 0 : -1)[0] : nodes[one[other]].column;
    const together = edges.filter((one) => one[end] === edge[end]).sort(
      (one, two) => toward(one) - toward(two) || one.slot - two.slot
    );
    return (together.indexOf(edge) - (together.length - 1) / 2) * Math.min(34, 0.8 * box / together.length);
  });
  return { lower: spread("target", "source"), upper: spread("source", "target") };
}
function curve(points) {
  const [[x, y], ...rest] = points.map((point) => point.map((pixel) => Number(pixel.toFixed(1))));
  let path = `M${x},${y}`;
  rest.forEach(([toX, toY], i) => {
    const fromY = i === 0 ? y : rest[i - 1][1];
    const half = (fromY + toY) / 2;
    path += `C${i === 0 ? x : rest[i - 1][0]},${half} ${toX},${half} ${toX},${toY}`;
  });
  return path;
}
var arrow = ([x, y], way) => `M${x - 5},${y - 8 * way}L${x},${y}L${x + 5},${y - 8 * way}Z`;
function graphView(stage2, graph, { onPick, knobs }) {
  const boxes = cells({
    label: "Nodes of the graph",
    current: () => stage2.state.selected,
    onPick,
    touch: "pan-y"
  });
  const [edges, words, over] = ["gs-edges", "gs-words", "gs-knobs"].map(
    (name) => svg("g", { class: name, "aria-hidden": name === "gs-knobs" ? null : "true" })
  );
  over.append(...knobs.map(({ root }) => root));
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": `The graph of ${graph.nodes[graph.output].code}` },
    edges,
    boxes.root,
    words,
    over
  );
  function draw({ width, pitch, side, wordy, texts: said, snap: seen }) {
    const place = geometry(graph, { width, pitch, side });
    set(picture, { width, height: place.height });
    clear(
      edges,
      graph.edges.flatMap((_, i) => edgeNodes(graph, said, seen, place, i, wordy)),
      seedNodes(graph, seen, place)
    );
    boxes.draw(
      place.places.map((box, node) => ({
        key: node,
        ...box,
        text: "",
        label: spoken(graph, said, seen, node),
        classes: classesOf(seen, node, stage2.state.selected)
      }))
    );
    clear(words, graph.nodes.flatMap((_, node) => nodeWords(graph, said, seen, place, node)));
    for (const knob2 of knobs) knob2.place(place.places[knob2.node]);
  }
  return { root: picture, draw };
}
function classesOf({ node, known }, index, selected) {
  if (index === node) return "bf-lit";
  return `${known[index] ? "" : "bf-faint"} ${index === selected ? "bf-also" : ""}`;
}
function spoken(graph, texts, snap, node) {
  const { name, code, function: made } = graph.nodes[node];
  const value = snap.known[node] ? `is ${texts.value(node)}` : "is not computed yet";
  const sum = arrivals(graph, texts, snap, node);
  return `${name || code}${made && !name ? ` by ${made}` : ""} ${value}${sum ? `, gradient ${sum}` : ""}`;
}
function edgeNodes(graph, texts, snap, place, index, wordy) {
  const edge = graph.edges[index];
  const points = place.paths[index];
  const carried = snap.carried.includes(index);
  const state = carried ? "gs-carried" : !edge.grad ? "gs-cut" : snap.known[edge.source] ? "gs-made" : "gs-open";
  const active = snap.active.includes(index);
  const tip = carried ? arrow(points[0], -1) : snap.known[edge.source] ? arrow(points.at(-1), 1) : "";
  const parts = [
    svg("path", { class: `gs-edge ${state}`, "data-active": active, d: curve(points) }),
    svg("path", { class: `gs-tip ${state}`, d: tip })
  ];
  const label = edgeLabel(graph, texts, snap, index, carried, wordy);
  const written = label && labelNode(graph, place, index, label, carried ? "gs-gradient" : "gs-slope");
  return written ? [...parts, written] : parts;
}
function edgeLabel(graph, texts, snap, index, carried, wordy) {
  const { source, target } = graph.edges[index];
  if (carried) {
    const focus = snap.active.includes(index) || snap.active.some((place) => graph.edges[place].target === target);
    const brief = texts.carried(index);
    return [wordy || focus ? texts.product(index) : brief, brief];
  }
  const slope = graph.edges[index].grad && snap.known[source] ? texts.slope(index) : null;
  return slope && snap.pass > 0 ? [`× ${slope}`, `× ${slope}`] : null;
}
function labelNode(graph, { paths, gap, width }, index, [text, brief], role) {
  const side = outerSide(graph, paths, index);
  if (side === null) return null;
  const [[x, y], [nextX]] = paths[index];
  const away = 8 + Math.min(30, 9 * Math.abs(nextX - x) / gap);
  const middle = (x + nextX) / 2;
  const room = side === "left" ? middle - away : width - middle - away;
  return svg("text", {
    class: `gs-label ${role}`,
    x: middle + (side === "left" ? -away : away),
    y: y + gap / 2 + 5,
    "text-anchor": side === "left" ? "end" : "start"
  }, widthOf(text) <= room ? text : brief);
}
function outerSide({ edges }, paths, index) {
  const rank = (end, point) => {
    const together = edges.flatMap((edge, other) => edge[end] === edges[index][end] ? [other] : []);
    const before2 = together.filter((other) => paths[other].at(point)[0] < paths[index].at(point)[0]).length;
    return { before: before2, after: together.length - 1 - before2 };
  };
  const [above, below] = [rank("target", 0), rank("source", -1)];
  const { before, after } = above.before + above.after ? above : below;
  if (before && after) return null;
  return after ? "left" : "right";
}
var widthOf = (text) => 7.5 * text.length;
function seedNodes(graph, snap, { places }) {
  if (!snap.seeded) return [];
  const { x, y, width } = places[graph.output];
  const [middle, bottom] = [x + width / 2, y + HEIGHT];
  return [
    svg("path", {
      class: "gs-edge gs-carried",
      "data-active": snap.kind === "seed",
      d: `M${middle},${bottom + 26}V${bottom}`
    }),
    svg("path", { class: "gs-tip gs-carried", d: arrow([middle, bottom], -1) }),
    svg("text", { class: "gs-label gs-gradient", x: middle + 8, y: bottom + 22 }, "1")
  ];
}
function nodeWords(graph, texts, snap, place, index) {
  const node = graph.nodes[index];
  const box = place.places[index];
  const sum = arrivals(graph, texts, snap, index);
  const [left, right] = [box.x + 9, box.x + box.width - 9];
  const faint = snap.known[index] ? "" : " gs-faint";
  const words = [
    svg("text", { class: `gs-sign${faint}`, x: left, y: box.y + 19 }, node.name || node.symbol)
  ];
  if (snap.known[index]) {
    words.push(
      svg(
        "text",
        { class: "gs-value", x: right, y: box.y + 19, "text-anchor": "end" },
        texts.value(index)
      )
    );
  }
  if (node.name) return [...words, ...leafWords(graph, texts, snap, place, index, sum)];
  const fits = 1.1 * widthOf(sum) <= box.width - 18;
  const below = sum ? svg(
    "text",
    { class: "gs-sum", x: right, y: box.y + 39, "text-anchor": "end" },
    fits ? sum : sum.split(" = ").at(-1)
  ) : svg("text", {
    class: "gs-function",
    x: box.x + box.width / 2,
    y: box.y + 39,
    "text-anchor": "middle"
  }, node.function || "no gradient");
  return [...words, below];
}
function leafWords(graph, texts, snap, { places, width }, index, sum) {
  const { name, function: made } = graph.nodes[index];
  const box = places[index];
  const times = snap.accumulated[index];
  const middle = box.x + box.width / 2;
  if (!made) {
    return [
      svg("text", { class: "gs-tag", x: middle, y: box.y - 8, "text-anchor": "middle" }, "no gradient")
    ];
  }
  const waiting = sum && times < snap.pass;
  const tag = times ? `${name}.grad ${texts.grad(index, times)}` : `${name}.grad None`;
  const label = svg("text", {
    class: times ? "gs-tag gs-filled" : "gs-tag",
    x: middle,
    y: box.y - 8,
    "text-anchor": "middle"
  }, tag);
  return waiting ? [label, ...pill(sum, middle, box.y - 26, width)] : [label];
}
function pill(text, wanted, y, room) {
  const width = 8.4 * text.length + 12;
  const x = clamp(wanted, width / 2, Math.max(width / 2, room - width / 2));
  return [
    svg("rect", { class: "gs-pill", x: x - width / 2, y: y - 14, width, height: 19, rx: 5 }),
    svg("text", { class: "gs-sum", x, y, "text-anchor": "middle" }, text)
  ];
}

// helpers/figures/graph_stepper/knob.js
function leafKnob({ node, range, get, onInput, twin }) {
  const track = svg("line", { class: "gs-track" });
  const knob2 = knob({ dot: "gs-knob", size: 7 });
  const root = svg("g", { "aria-hidden": "true" }, track, knob2.root);
  let scale2 = scale(range, [0, 1]);
  const [low, high] = range;
  const drag = (event) => onInput(
    clamp(scale2.invert(event.clientX - root.ownerSVGElement.getBoundingClientRect().left), low, high)
  );
  dragging(knob2.hit, { drag, grab: () => focusAnew(twin()) });
  const place = ({ x, y, width }) => {
    scale2 = scale(range, [x + 14, x + width - 14]);
    set(track, { x1: x + 12, x2: x + width - 12, y1: y + 34, y2: y + 34 });
    knob2.place(scale2(get()), y + 34);
  };
  return { root, node, place, focus: knob2.focus };
}

// helpers/figures/graph_stepper/figure.js
var TRAITS = (
  /** @type {const} */
  ["nodes", "edges", "output", "order", "ran", "refusal", "live", "width"]
);
var stepOf = (value) => Number.isInteger(Number((10 * value).toFixed(6))) ? 0.1 : 0.01;
function rangeOf(value) {
  const reach = Math.max(3, Math.ceil(2 * Math.abs(value)));
  return [-reach, reach];
}
function cardNodes(graph, texts, snap, selected) {
  const node = graph.nodes[selected];
  const line = (name, ...content) => [html("dt", {}, name), html("dd", {}, content)];
  const red = (text) => html("b", { class: "gs-gradient" }, text);
  const value = snap.known[selected] ? html("b", { class: "gs-value" }, texts.value(selected)) : "not computed yet";
  const sum = arrivals(graph, texts, snap, selected);
  const lines = [
    line("value", value),
    sum ? line("gradient", red(sum)) : [],
    ...passedOn(graph, texts, snap, selected).map(([name, text]) => line(name, red(text))),
    line(".grad", gradWords(graph, texts, snap, selected)),
    node.name ? [] : line("saved", savedWords(graph, texts, snap, selected))
  ];
  const title = html("p", { class: "gs-title" }, html("code", {}, node.name || node.code));
  const made = html(
    "p",
    { class: "gs-made-by" },
    node.name ? `a leaf${node.function ? ", gradient by AccumulateGrad" : ""}` : `grad_fn: ${node.function || "None"}`
  );
  return [title, made, html("dl", {}, lines.flat())];
}
function passedOn(graph, texts, snap, selected) {
  const places = snap.carried.filter((place) => graph.edges[place].source === selected);
  return places.map((place) => [`to ${nameOf(graph, graph.edges[place].target)}`, texts.product(place)]);
}
function gradWords(graph, texts, snap, selected) {
  const { name, function: made } = graph.nodes[selected];
  if (!name) return made ? "None: not a leaf" : "None";
  if (!made) return "None: requires no gradient";
  const times = snap.accumulated[selected];
  return times ? html("b", { class: "gs-gradient" }, texts.grad(selected, times)) : "None so far";
}
function savedWords(graph, texts, snap, selected) {
  const kept = savedText(graph, texts, selected);
  if (!kept) return "nothing";
  if (!snap.known[selected]) return "–";
  return snap.freed[selected] ? html("s", {}, kept) : kept;
}
function render({ model, el }) {
  const graph = traits(model, TRAITS);
  const opening = () => {
    const retain2 = model.get("retain_graph");
    const steps = timeline(graph, retain2);
    const at = openingStep(graph, steps, model.get("at"));
    return { retain: retain2, steps, step: at, changed: {}, selected: nodeOf(graph, steps[at]) };
  };
  const stage2 = stage({
    model,
    el,
    name: "GraphStepper",
    label: `Autograd on ${graph.nodes[graph.output].code}`,
    state: opening()
  });
  const { state } = stage2;
  const texts = (length) => graph.live ? liveTexts(graph, state.changed) : recordedTexts(graph, length);
  const snap = () => snapshot(graph, state.steps, state.step, state.retain);
  const moveTo = (step) => stage2.set({ step, selected: nodeOf(graph, state.steps[step]) });
  const leaves = graph.live ? graph.nodes.flatMap(({ name }, node) => name && name !== "constant" ? [leafControl(stage2, graph, node)] : []) : [];
  const view = graphView(stage2, graph, {
    onPick: (selected) => stage2.set({ selected }),
    knobs: leaves.map(({ knob: knob2 }) => knob2)
  });
  const [phase, words, card] = ["gs-phase", "gs-now", "gs-card"].map(
    (name) => html(name === "gs-card" ? "div" : "p", { class: name })
  );
  const retain = toggle({
    label: "retain_graph=True",
    checked: state.retain,
    onChange: (checked) => {
      const steps = timeline(graph, checked);
      stage2.set({ retain: checked, steps, step: Math.min(state.step, steps.length - 1) });
      player2.refresh();
    }
  });
  const player2 = player(stage2, {
    length: () => state.steps.length,
    at: () => state.step,
    label: "step",
    onMove: moveTo,
    home: () => openingStep(graph, state.steps, model.get("at")),
    describe: (step) => stepText(state.steps[step]),
    onReset: () => {
      stage2.set(opening());
      retain.input.checked = state.retain;
    }
  });
  const code = html(
    "p",
    { class: "gs-expression" },
    html("code", {}, graph.nodes[graph.output].code)
  );
  const parts = html(
    "div",
    { class: "gs-parts" },
    code,
    html("div", { class: "gs-graph" }, view.root),
    html("div", { class: "gs-side" }, phase, words, card),
    player2.root,
    html("div", { class: "bf-controls gs-leaves" }, leaves.map(({ slider: slider2 }) => slider2.root), retain.root)
  );
  stage2.body.append(parts);
  stage2.onDraw(({ width }) => {
    const wide = width >= 620;
    parts.dataset.stacked = String(!wide);
    const [seen, said] = [snap(), texts(1)];
    for (const leaf of leaves) leaf.refresh();
    view.draw({
      width: wide ? width - 244 : width,
      pitch: wide ? 88 : 78,
      side: wide ? 34 : 8,
      wordy: wide,
      snap: seen,
      texts: texts(0)
    });
    phase.textContent = phaseText(seen);
    words.textContent = happening(graph, said, seen);
    clear(card, cardNodes(graph, said, seen, state.selected));
  });
  stage2.say(() => `${stepText(state.steps[state.step])}. ${happening(graph, texts(1), snap())}`);
  return stage2.start();
}
var nodeOf = (graph, { node }) => node ?? graph.output;
function phaseText({ kind, pass }) {
  if (kind === "refused") return "Second backward: refused";
  return ["Forward", "Backward", "Second backward"][pass];
}
function leafControl(stage2, graph, node) {
  const { name, value } = graph.nodes[node];
  const [range, step] = [rangeOf(value), stepOf(value)];
  const get = () => stage2.state.changed[node] ?? value;
  const onInput = (wanted) => stage2.set({
    changed: { ...stage2.state.changed, [node]: Number((Math.round(wanted / step) * step).toFixed(6)) }
  });
  const slider2 = slider({
    label: name,
    min: range[0],
    max: range[1],
    step,
    value,
    format: () => numberText(get()),
    onInput
  });
  const knob2 = leafKnob({ node, range, get, onInput, twin: () => slider2.input });
  slider2.input.addEventListener("focus", () => knob2.focus(true));
  slider2.input.addEventListener("blur", () => knob2.focus(false));
  return {
    slider: slider2,
    knob: knob2,
    refresh: () => {
      slider2.value = get();
    }
  };
}
var figure_default = { render };
export {
  figure_default as default,
  rangeOf
};
