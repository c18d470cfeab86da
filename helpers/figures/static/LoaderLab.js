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
function handle(panel, { x, y = null, get, onInput, role = "path", tap = true }) {
  const grip = knob({ style: `fill: var(--bf-${role})` });
  panel.over.append(grip.root);
  const axes = [x, y].filter(Boolean);
  const put = (point) => onInput(point.map((value, i) => axes[i] ? snap(value, axes[i]) : value));
  const inputs = axes.map(rangeOf);
  panel.root.append(html("span", { class: "bf-hidden" }, inputs));
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
  const drag = (event) => put(panel.toData(event));
  dragging(grip.hit, {
    drag,
    grab: () => {
      before = get();
      inputs[0].focus({ preventScroll: true });
    }
  });
  if (tap) {
    panel.svg.addEventListener("click", (event) => {
      if (event.target !== grip.hit) drag(event);
    });
  }
  return {
    inputs,
    place() {
      const point = get();
      grip.place(panel.x(point[0]), panel.y(point[1]));
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
function cellTowards(list, key, arrow) {
  const open = list.filter(({ skip }) => !skip);
  if (arrow === "Home") return open.at(0)?.key ?? null;
  if (arrow === "End") return open.at(-1)?.key ?? null;
  const way = ARROWS[arrow];
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
}, home = () => 0, label = "progress", describe: describe2 = String }) {
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
    format: describe2,
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

// helpers/figures/loader_lab/maths.js
function batchesOf(order, batchSize, dropLast) {
  const batches = [];
  for (let first = 0; first < order.length; first += batchSize) {
    batches.push(order.slice(first, first + batchSize));
  }
  if (dropLast && batches.at(-1).length < batchSize) batches.pop();
  return batches;
}
function labelCounts(order, labels) {
  return [...new Set(labels)].map((label) => [label, order.filter((index) => labels[index] === label).length]);
}
function describe({ sampler, seed, epoch, batch_size: size, drop_last: drop, place }, orders, labels) {
  const order = orders[sampler][seed][epoch];
  const batches = batchesOf(order, size, drop);
  const kept = batches.flat().length;
  return {
    order,
    batches,
    kept,
    labels,
    run: orders[sampler][seed],
    current: Math.min(Math.floor(place / size), batches.length - 1),
    lit: order[Math.min(place, order.length - 1)]
  };
}

// helpers/figures/loader_lab/words.js
function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
function factLines({ order, batches, kept, labels, current, run }, { epoch }) {
  const missing = labels.map((_, i) => i).filter((i) => !order.slice(0, kept).includes(i));
  const counted = (read) => listed(labelCounts(read, labels).map(([label, count]) => `${count} × ${label}`));
  return [
    [
      `Batch ${current}`,
      `reads dataset[i] for i = ${batches[current].join(", ")}: ${batches[current].map((i) => labels[i]).join(", ")}.`
    ],
    [
      `Epoch ${epoch}`,
      `has len(loader) = ${batches.length} ${batches.length === 1 ? "batch" : "batches"} of ${listed(batches.map((batch) => batch.length))}. It reads ${counted(order.slice(0, kept))}${missing.length ? `; not ${listed(missing)}` : ""}.`
    ],
    [`${run.length} epochs`, `read ${counted(run.flatMap((one) => one.slice(0, kept)))}.`]
  ];
}
var TITLES = {
  sequential: "The dataset, and its indices in stored order",
  shuffle: "The dataset stays as it is; its indices are shuffled",
  weighted: "The dataset stays as it is; indices are drawn by weight"
};
var NAMES = { sequential: "In stored order", shuffle: "Shuffled", weighted: "Drawn by weight" };
function sentence(found, state) {
  const [[batch, what], [epoch, sizes]] = factLines(found, state);
  return `${NAMES[state.sampler]}. ${epoch} ${sizes} ${batch} ${what}`;
}

// helpers/figures/loader_lab/views.js
var MARGIN = 14;
var CHIP = 26;
function geometry(width, count) {
  const pitch = Math.min(70, (width - 2 * MARGIN) / count);
  const side = Math.floor(pitch - (pitch > 50 ? 10 : 4));
  const left = (width - pitch * count) / 2;
  const top = 22;
  const chips = top + side + 20 + (width < 560 ? 84 : 96);
  return {
    pitch,
    side,
    width,
    top,
    chips,
    thumbs: chips + CHIP + 4,
    foot: chips + CHIP + side + 14,
    height: chips + CHIP + side + 48,
    edge: (place) => left + place * pitch,
    at: (place) => left + (place + 0.5) * pitch - side / 2,
    middle: (place) => left + (place + 0.5) * pitch
  };
}
function thread(g, sample, place) {
  const [from, to] = [g.top + g.side + 20, g.chips - 2];
  const bend = (from + to) / 2;
  return `M${g.middle(sample)},${from}C${g.middle(sample)},${bend} ${g.middle(place)},${bend} ${g.middle(place)},${to}`;
}
function patterns(images) {
  const group = `bf-loader-${patterns.count++}`;
  const node = svg(
    "defs",
    {},
    images.map(
      (href, i) => svg("pattern", {
        id: `${group}-${i}`,
        width: 1,
        height: 1,
        patternContentUnits: "objectBoundingBox"
      }, svg("image", { href, width: 1, height: 1, preserveAspectRatio: "none" }))
    )
  );
  return { node, fill: (sample) => images.length ? `url(#${group}-${sample})` : null };
}
patterns.count = 0;
function loaderPicture(stage2, { labels, now, change, fills }) {
  const stored = cells({
    label: "dataset",
    current: () => now().lit,
    onPick: (sample) => {
      const place = now().order.indexOf(sample);
      if (place >= 0) stage2.set({ place });
    }
  });
  const keys = (order) => order.map(
    (sample, place) => `${sample}:${order.slice(0, place).filter((other) => other === sample).length}`
  );
  const chips = cells({
    label: "order of the indices",
    current: () => keys(now().order)[stage2.state.place],
    onPick: (key) => stage2.set({ place: keys(now().order).indexOf(key) })
  });
  const layer = (name) => svg("g", { class: `bf-${name}`, "aria-hidden": "true" });
  const layers = {
    threads: layer("threads"),
    bands: layer("bands"),
    words: layer("words"),
    thumbs: layer("thumbs")
  };
  const over = svg("g");
  const svg2 = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "the dataset above, the batches below" },
    fills.node,
    layers.threads,
    layers.bands,
    layers.thumbs,
    layers.words,
    stored.root,
    chips.root,
    over
  );
  const root = html("div", { class: "bf-panel" }, svg2);
  let g = geometry(0, labels.length);
  const edge = batchEdge(stage2, { root, svg: svg2, over, count: labels.length, now: () => g, change });
  const draw = (width) => {
    svg2.classList.toggle("bf-moving", width === g.width);
    g = geometry(width, labels.length);
    const found = now();
    const { order, kept, lit } = found;
    set(svg2, { width, height: g.height });
    stored.draw(
      labels.map((label, i) => ({
        key: i,
        x: g.at(i),
        y: g.top,
        width: g.side,
        height: g.side,
        fill: fills.fill(i),
        text: fills.fill(i) ? "" : label.slice(0, 4),
        label: `sample ${i}: ${label}${order.slice(0, kept).includes(i) ? "" : ", not read in this epoch"}`,
        classes: `${i === lit ? "bf-lit" : ""} ${order.slice(0, kept).includes(i) ? "" : "bf-unread"}`
      }))
    );
    chips.draw(
      order.map((sample, place) => ({
        key: keys(order)[place],
        x: g.at(place),
        y: g.chips,
        width: g.side,
        height: CHIP,
        text: String(sample),
        label: `place ${place}: index ${sample}`,
        classes: place === stage2.state.place ? "bf-lit" : place < kept ? "" : "bf-faint"
      }))
    );
    drawThreads(layers.threads, g, found, stage2.state);
    drawBands(layers, g, found, stage2.state, fills);
    edge.place();
  };
  return { root, draw };
}
function batchEdge(stage2, { root, svg: svg2, over, count, now, change }) {
  const x = (size) => now().edge(size);
  const panel = {
    root,
    svg: svg2,
    over,
    x,
    y: () => now().foot + 8,
    toData: (event) => {
      const pixels = event.clientX - svg2.getBoundingClientRect().left;
      return [(pixels - x(0)) / now().pitch, 0];
    }
  };
  const grip = svg("path", { class: "bf-grip", "aria-hidden": "true" });
  over.append(grip);
  const handle2 = handle(panel, {
    x: { label: "edge of the first batch", min: 1, max: count, step: 1 },
    tap: false,
    role: "model",
    get: () => [stage2.state.batch_size, 0],
    onInput: ([size]) => change({ batch_size: size })
  });
  const place = () => {
    const [at, y] = [x(stage2.state.batch_size), panel.y()];
    set(grip, {
      d: `M${at},${now().chips - 8}V${y - 9}M${at - 13},${y - 4}l-5,4l5,4M${at + 13},${y - 4}l5,4l-5,4`
    });
    handle2.place();
  };
  return { place };
}
function drawThreads(layer, g, { order, kept, current }, { batch_size: size, place: lit }) {
  const kind = (place) => place === lit ? "bf-lit-thread" : place >= kept ? "bf-cut-thread" : Math.floor(place / size) === current ? "bf-batch-thread" : "";
  while (layer.children.length < order.length) layer.append(svg("path"));
  order.forEach(
    (sample, place) => set(layer.children[place], { class: `bf-thread ${kind(place)}`, d: thread(g, sample, place) })
  );
}
function drawBands({ bands, words, thumbs }, g, { order, batches, kept, current }, { batch_size: size, sampler }, fills) {
  const starts = batches.map((_, number) => number * size);
  const box = (from, to, classes) => svg("rect", {
    class: `bf-band ${classes}`,
    x: g.edge(from) + 1.5,
    width: g.edge(to) - g.edge(from) - 3,
    y: g.chips - 5,
    height: CHIP + g.side + 14,
    rx: 8
  });
  const name = (from, to, text, classes = "") => svg("text", {
    class: classes,
    x: (g.edge(from) + g.edge(to)) / 2,
    y: g.foot + 30,
    "text-anchor": "middle"
  }, text);
  const end = (number) => starts[number] + batches[number].length;
  const long = g.pitch * size > 64;
  clear(
    bands,
    batches.map((_, number) => box(starts[number], end(number), number === current ? "bf-current" : "")),
    kept < order.length ? box(kept, order.length, "bf-dropped") : []
  );
  clear(
    thumbs,
    fills.fill(0) ? order.map(
      (sample, place) => svg("rect", {
        x: g.at(place),
        y: g.thumbs,
        width: g.side,
        height: g.side,
        rx: 4,
        class: place < kept ? "" : "bf-unread",
        style: `fill: ${fills.fill(sample)}`
      })
    ) : []
  );
  clear(
    words,
    svg("text", { x: g.edge(0) + 2, y: 14 }, TITLES[sampler]),
    order.map(
      (_, i) => svg(
        "text",
        { class: "bf-tick", x: g.middle(i), y: g.top + g.side + 14, "text-anchor": "middle" },
        i
      )
    ),
    batches.map(
      (_, number) => name(
        starts[number],
        end(number),
        long || batches.length < 2 ? `batch ${number}` : number,
        number === current ? "bf-current-name" : ""
      )
    ),
    kept < order.length ? name(kept, order.length, "dropped") : []
  );
}

// helpers/figures/loader_lab/figure.js
var OPENING = (
  /** @type {const} */
  ["batch_size", "drop_last", "sampler", "seed", "epoch"]
);
function render({ model, el }) {
  const labels = model.get("labels");
  const orders = model.get("orders");
  const opening = { ...traits(model, OPENING), place: 0 };
  const stage2 = stage({
    model,
    el,
    name: "LoaderLab",
    label: "How a loader orders samples and cuts them into batches",
    state: opening
  });
  const now = () => describe(stage2.state, orders, labels);
  const change = (patch) => {
    const sample = now().order[stage2.state.place];
    const next = { ...stage2.state, ...patch };
    const place = describe(next, orders, labels).order.indexOf(sample);
    stage2.set({ ...patch, place: place < 0 ? stage2.state.place : place });
    refresh();
  };
  const picture = loaderPicture(stage2, { labels, now, change, fills: patterns(model.get("images")) });
  const inputs = makeControls(stage2, { orders, change, count: labels.length });
  const player2 = player(stage2, {
    label: "batch by batch",
    length: () => orders.shuffle[0].length * now().batches.length,
    at: () => stage2.state.epoch * now().batches.length + now().current,
    onMove: (position) => stage2.set({
      epoch: Math.floor(position / now().batches.length),
      place: position % now().batches.length * stage2.state.batch_size
    }),
    onReset: () => {
      stage2.set(opening);
      inputs.refresh();
    },
    describe: (position) => `epoch ${Math.floor(position / now().batches.length)}, batch ${position % now().batches.length}`
  });
  function refresh() {
    inputs.refresh();
    player2.refresh();
  }
  const facts = html("div", { class: "bf-facts" });
  stage2.body.append(picture.root, facts, player2.root, inputs.root);
  stage2.onDraw(({ width }) => {
    picture.draw(width);
    clear(
      facts,
      factLines(now(), stage2.state).map(
        ([name, words]) => html("div", {}, html("strong", {}, name), ` ${words}`)
      )
    );
  });
  stage2.say(() => sentence(now(), stage2.state));
  return stage2.start();
}
function makeControls(stage2, { orders, change, count }) {
  const state = () => stage2.state;
  const size = slider({
    label: "batch_size",
    min: 1,
    max: count,
    step: 1,
    value: state().batch_size,
    format: String,
    onInput: (value) => change({ batch_size: value })
  });
  const seed = slider({
    label: "seed of the generator",
    min: 0,
    max: orders.shuffle.length - 1,
    step: 1,
    value: state().seed,
    format: String,
    onInput: (value) => change({ seed: value })
  });
  const drop = toggle({
    label: "drop_last",
    checked: state().drop_last,
    onChange: (checked) => change({ drop_last: checked })
  });
  const sampler = choice({
    label: "Order",
    value: state().sampler,
    onChange: (value) => change({ sampler: value }),
    options: [{ value: "sequential", label: "as stored" }, { value: "shuffle", label: "shuffle=True" }, {
      value: "weighted",
      label: "weighted sampler"
    }]
  });
  const radios = [...sampler.root.querySelectorAll("input")];
  const refresh = () => {
    size.value = state().batch_size;
    seed.value = state().seed;
    drop.input.checked = state().drop_last;
    radios.forEach((radio, i) => {
      radio.checked = ["sequential", "shuffle", "weighted"][i] === state().sampler;
    });
  };
  return { root: controls(sampler.root, drop.root, size.root, seed.root), refresh };
}
var figure_default = { render };
export {
  figure_default as default
};
