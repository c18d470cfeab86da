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
function sliderKnob(slider2, { toValue, onInput, dot }) {
  const { root, hit, focus, place } = knob({ dot, ring: 11 });
  dragging(hit, {
    grab: () => focusAnew(slider2.input),
    drag: (event) => onInput(toValue(event.clientX - hit.ownerSVGElement.getBoundingClientRect().left))
  });
  slider2.input.addEventListener("focus", () => focus(true));
  slider2.input.addEventListener("blur", () => focus(false));
  return { knob: root, place };
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
function paintCell(node, { x, y, width, height, text = "", label, classes = "", fill: fill3 = null, pressed = null }, isCurrent) {
  set(node, {
    class: `bf-cell ${classes}`,
    role: "button",
    tabindex: isCurrent ? 0 : -1,
    "aria-label": label ?? text,
    "aria-pressed": String(pressed ?? isCurrent),
    style: `transform: translate(${x}px, ${y}px)`
  });
  set(node.firstChild, { width, height, rx: 4, style: fill3 ? `fill: ${fill3}` : null });
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

// helpers/figures/kit/tensors.js
function product(sizes) {
  return sizes.reduce((all, size) => all * size, 1);
}
function tuple(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}

// helpers/figures/checkpoint_anatomy/maths.js
function shapeAt(shape, width) {
  return shape.map((size) => size === "W" ? width : size);
}
function bytesOf([, shape, , each], width) {
  return each * product(shapeAt(shape, width));
}
var total = (entries, width) => entries.reduce((sum, entry) => sum + bytesOf(entry, width), 0);
function census({ keys_in_model: keys, states, plain, files, widths }, optimizer, width) {
  const [file, pickle] = files[optimizer][widths.indexOf(width)];
  const parameters = total(keys.filter(([, , , , isParameter]) => isParameter), width);
  const model = total(keys, width);
  const state = total(states[optimizer], width);
  const random = plain[optimizer].random.reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    file,
    pickle,
    parameters,
    buffers: model - parameters,
    model,
    optimizer: state,
    random,
    rest: file - pickle - model - state - random,
    times: state / parameters
  };
}
function changed([key, shape], fate, width) {
  const sizes = shapeAt(shape, width);
  if (fate === "dropped" || fate === "renamed") return null;
  return [key, fate === "reshaped" ? [sizes[0] + 1, ...sizes.slice(1)] : sizes];
}
function editedState(keys, fates, width) {
  const kept = keys.map((entry) => changed(entry, fates[entry[0]], width)).filter(Boolean);
  const renamed = keys.filter(([key]) => fates[key] === "renamed");
  return [...kept, ...renamed.map(([key, shape]) => [`module.${key}`, shapeAt(shape, width)])];
}
function editLines(keys, fates, width) {
  return keys.flatMap(([key, shape]) => {
    const sizes = shapeAt(shape, width);
    if (fates[key] === "dropped") return [`del state["${key}"]`];
    if (fates[key] === "renamed") return [`state["module.${key}"] = state.pop("${key}")`];
    if (fates[key] === "reshaped") {
      return [`state["${key}"] = torch.zeros${tuple([sizes[0] + 1, ...sizes.slice(1)])}`];
    }
    return [];
  });
}
var torchSize = (shape) => `torch.Size([${shape.join(", ")}])`;
var fill2 = (saying, gaps) => saying.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
function loadAnswer(state, wanted, strict, sayings) {
  const [given, built] = [new Map(state), new Map(wanted)];
  const missing = wanted.map(([key]) => key).filter((key) => !given.has(key));
  const unexpected = state.map(([key]) => key).filter((key) => !built.has(key));
  const mismatched = wanted.filter(
    ([key, shape]) => given.has(key) && String(given.get(key)) !== String(shape)
  );
  const found = { missing, unexpected, mismatched: mismatched.map(([key]) => key) };
  const quoted = (keys) => keys.map((key) => `"${key}"`).join(", ");
  const lines = [
    ...strict && missing.length ? [fill2(sayings.missing, { keys: quoted(missing) })] : [],
    ...strict && unexpected.length ? [fill2(sayings.unexpected, { keys: quoted(unexpected) })] : [],
    ...mismatched.map(
      ([key, shape]) => fill2(sayings.mismatch, { key, saved: torchSize(given.get(key)), wanted: torchSize(shape) })
    )
  ];
  if (lines.length) return { ok: false, text: [sayings.head, ...lines].join("\n"), ...found };
  if (!missing.length && !unexpected.length) return { ok: true, text: sayings.matched, ...found };
  const listed = (keys) => keys.map((key) => `'${key}'`).join(", ");
  const text = fill2(sayings.loose, { missing: listed(missing) }).replace(
    "unexpected_keys=[]",
    `unexpected_keys=[${listed(unexpected)}]`
  );
  return { ok: true, text, ...found };
}

// helpers/figures/checkpoint_anatomy/rows.js
var thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
var bytesText = (count) => `${thousands(count)} ${count === 1 ? "byte" : "bytes"}`;
function partsOf(sizes, optimizer) {
  const { model, parameters, buffers, optimizer: state, random, pickle, rest, times } = sizes;
  const averages = { SGD: [], momentum: ["momentum_buffer"], AdamW: ["exp_avg", "exp_avg_sq"] }[optimizer];
  const part = (key, name, bytes, segments) => ({ key, name, bytes, segments, words: bytesText(bytes) });
  return [
    part("model", "model", model, [["model", parameters, "weights"], ["buffer", buffers, ""]]),
    {
      ...part(
        "optimizer",
        "optimizer",
        state,
        averages.map((label) => ["gradient", state / averages.length, label])
      ),
      words: `${bytesText(state)} = ${format(times)} × weights`
    },
    { ...part("scheduler", "scheduler", 0, []), words: "plain numbers" },
    { ...part("epoch", "epoch", 0, []), words: "a plain number" },
    part("random", "random states", random, [["path", random, ""]]),
    part("file", "the file itself", pickle + rest, [["muted", pickle + rest, ""]])
  ];
}
function placesOf(parts) {
  let y = 0;
  return parts.map(({ key }) => {
    const place = { y, height: key === "scheduler" || key === "epoch" ? 30 : 52 };
    y += place.height;
    return place;
  });
}
var shapeText = (shape) => shape.length ? tuple(shape) : "()";
function rowsOf(part, { width, optimizer }, data) {
  const { keys_in_model: keys, states, plain } = data;
  if (part === "model") return keys.map((entry) => tensorRow(entry, width));
  if (part === "optimizer") {
    return [...stateRows(states[optimizer], width), ...plain[optimizer].optimizer.map(plainRow)];
  }
  if (part === "random") return plain[optimizer].random.map(streamRow);
  if (part === "file") return fileRows(census(data, optimizer, width));
  return plain[optimizer][part].map(plainRow);
}
function streamRow([key, count]) {
  const words = `uint8, ${bytesText(Number(count))}: where the stream of random numbers stands`;
  return {
    key,
    name: key === "loader" ? "the loader's generator" : "torch's generator",
    detail: `(${count},)`,
    bytes: Number(count),
    words
  };
}
function tensorRow(entry, width) {
  const [key, shape, dtype, each, isParameter] = entry;
  const kind = isParameter ? "a parameter" : "a buffer: no gradient, but learned from the batches";
  const sizes = shapeAt(shape, width);
  const numbers = sizes.length ? `${sizes.join(" × ")} numbers` : "one number";
  const bytes = bytesOf(entry, width);
  return {
    key,
    name: key,
    detail: shapeText(sizes),
    bytes,
    words: `${kind}; ${numbers}, ${dtype}, ${each} bytes each: ${bytesText(bytes)}`
  };
}
function stateRows(entries, width) {
  const [averages, steps] = [
    entries.filter(([name]) => name !== "step"),
    entries.filter(([name]) => name === "step")
  ];
  const places = [...new Set(averages.map(([, , , , place]) => place))];
  if (!places.length) {
    return [{ key: "none", name: "state: {}", detail: "", bytes: 0, words: "plain SGD remembers nothing" }];
  }
  const rows = places.map(
    (place) => averagesRow(place, averages.filter((entry) => entry[4] === place), width)
  );
  if (!steps.length) return rows;
  return [...rows, {
    key: "steps",
    name: `step, ${steps.length} times`,
    detail: "()",
    bytes: 4 * steps.length,
    words: "how many updates each parameter has had; float32"
  }];
}
function averagesRow(place, group, width) {
  const bytes = group.reduce((sum, entry) => sum + bytesOf(entry, width), 0);
  const [[, shape, dtype, , , parameter]] = group;
  return {
    key: `state ${place}`,
    name: `${place}: ${group.map(([name]) => name).join(", ")}`,
    detail: shapeText(shapeAt(shape, width)),
    bytes,
    words: `kept for parameter number ${place}, ${parameter}; ${dtype}, ${bytesText(bytes)} together`
  };
}
function plainRow([key, value]) {
  const short = value.length > 20 ? "plain numbers" : value;
  return { key, name: key, detail: short, bytes: null, words: `${value}; plain numbers, in the pickle` };
}
function fileRows({ pickle, rest }) {
  return [{
    key: "pickle",
    name: "data.pkl",
    detail: "",
    bytes: pickle,
    words: `names, shapes and plain numbers, ${bytesText(pickle)}; no code, no architecture`
  }, {
    key: "zip",
    name: "zip archive",
    detail: "",
    bytes: rest,
    words: `a directory of the tensors, and padding between them, ${bytesText(rest)}`
  }];
}

// helpers/figures/checkpoint_anatomy/views.js
var KEY_HEIGHT = 30;
var BAR = { top: 23, height: 18 };
var rowsOfCells = (entries, current, room, placeOf) => entries.map(({ key, name, words }, i) => ({
  key,
  x: 1,
  y: placeOf(i).y + 1,
  width: room - 2,
  height: placeOf(i).height - 2,
  classes: key === current ? "bf-lit" : "",
  label: `${name}: ${words}`
}));
function barsPanel(stage2, data, slider2, start) {
  const { state } = stage2;
  const limit = Math.max(
    ...Object.keys(data.states).map((name) => census(data, name, data.widths.at(-1)).optimizer)
  );
  let room = 300;
  const toX = (bytes) => 8 + bytes / limit * (room - 20);
  const toWidth = (x) => {
    const bytes = clamp((x - 8) / (room - 20), 0, 1) * limit;
    const away = (units) => Math.abs(census(data, state.optimizer, units).model - bytes);
    return data.widths.reduce((best, units) => away(units) < away(best) ? units : best);
  };
  const cells2 = cells({
    label: "Parts of the file",
    touch: "pan-y",
    current: () => state.part,
    onPick: (part) => stage2.set({ part, key: null })
  });
  const words = svg("g", { class: "ca-words" });
  const handle = sliderKnob(slider2, {
    toValue: toWidth,
    onInput: (units) => stage2.set({ width: units }),
    dot: "ca-dot"
  });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Bytes of each part" },
    cells2.root,
    words,
    handle.knob
  );
  const title = html("div", { class: "bf-title" });
  const draw = (width, sizes, parts, opening) => {
    room = width;
    const places = placesOf(parts);
    const size = bytesText(sizes.file);
    title.textContent = opening.file === sizes.file ? `checkpoint.pt, ${size}` : `${size}; was ${thousands(opening.file)}`;
    set(picture, { width, height: places.at(-1).y + places.at(-1).height });
    cells2.draw(rowsOfCells(parts, state.part, width, (i) => places[i]));
    drawBars(words, parts, partsOf(census(data, state.optimizer, start), state.optimizer), toX, width - 8);
    handle.place(toX(sizes.model), BAR.top + BAR.height / 2);
  };
  return { root: html("div", {}, title, picture), draw };
}
function drawBars(group, parts, before, toX, right) {
  const places = placesOf(parts);
  clear(
    group,
    parts.flatMap((part, i) => {
      const { y } = places[i];
      return [
        svg("text", { class: "ca-name", x: toX(0), y: y + 18 }, part.name),
        svg("text", { x: right, y: y + 18, "text-anchor": "end" }, part.words),
        ...segmentsOf(part, y + BAR.top, toX),
        ghostOf(toX(before[i].bytes), toX(part.bytes), toX(0), y + BAR.top)
      ];
    })
  );
}
function ghostOf(old, now, x, y) {
  if (Math.abs(old - now) < 4) return null;
  return svg("rect", { class: "ca-ghost", x, y: y - 3, width: old - x, height: BAR.height + 6 });
}
function segmentsOf({ segments }, y, toX) {
  let x = toX(0);
  return segments.flatMap(([role, bytes, label]) => {
    const piece = { x, y, width: Math.max(toX(bytes) - toX(0), bytes ? 1 : 0), height: BAR.height };
    x += piece.width;
    const fits = label && 6.8 * label.length + 12 < piece.width;
    return [
      svg("rect", { class: `ca-piece ca-${role}`, ...piece }),
      fits ? svg("text", {
        class: "ca-inside",
        x: piece.x + (piece.width - 8) / 2,
        y: y + 13,
        "text-anchor": "middle"
      }, label) : null
    ];
  });
}
function keysPanel(stage2) {
  const { state } = stage2;
  const cells2 = cells({
    label: "What the part holds",
    touch: "pan-y",
    current: () => state.key,
    onPick: (key) => stage2.set({ key })
  });
  const words = svg("g", { class: "ca-words" });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Keys of the open part" },
    cells2.root,
    words
  );
  const [title, line] = [html("div", { class: "bf-title" }), html("p", { class: "ca-line" })];
  const draw = (width, rows, name, leastRows) => {
    title.textContent = `${name}: what is inside`;
    set(picture, { width, height: Math.max(rows.length, leastRows) * KEY_HEIGHT + 2 });
    cells2.draw(rowsOfCells(rows, state.key, width, (i) => ({ y: i * KEY_HEIGHT, height: KEY_HEIGHT })));
    clear(
      words,
      rows.flatMap(
        (row2, i) => keyWords(row2, state.part === "model" ? state.fates[row2.key] : "", i * KEY_HEIGHT + 20, width)
      )
    );
    const chosen = rows.find(({ key }) => key === state.key);
    line.textContent = `${chosen.name}: ${chosen.words}.`;
  };
  return { root: html("div", {}, title, picture), line, draw };
}
function keyWords({ name, detail, bytes }, fate, y, width) {
  const classes = ["ca-key", fate ? "ca-changed" : "", fate === "dropped" ? "ca-dropped" : ""].join(" ").trim();
  const shape = { reshaped: "one more", renamed: "" }[fate] ?? detail;
  return [
    svg("text", { class: classes, x: 8, y }, fate === "renamed" ? `module.${name}` : name),
    svg("text", { x: width - 70, y, "text-anchor": "end" }, shape),
    svg("text", { x: width - 6, y, "text-anchor": "end" }, bytes === null ? "" : thousands(bytes))
  ];
}
function consolePanel() {
  const [code, said] = [html("code"), html("code", { class: "ca-said" })];
  const judged = html("p", { class: "ca-verdict" });
  const root = html(
    "pre",
    { class: "ca-console", tabindex: 0, role: "region", "aria-label": "The program and torch's answer" },
    code,
    said
  );
  const draw = (lines, answer, summary) => {
    code.textContent = lines.map((text) => `>>> ${text}
`).join("");
    said.textContent = answer.text;
    said.classList.toggle("ca-refused", !answer.ok);
    judged.textContent = summary;
  };
  return { root, judged, draw };
}

// helpers/figures/checkpoint_anatomy/figure.js
var SENT = (
  /** @type {const} */
  ["keys_in_model", "states", "plain", "files", "widths", "sayings"]
);
var FATES = [["", "as saved"], ["dropped", "drop it"], ["renamed", "rename it"], [
  "reshaped",
  "one row more"
]];
function programLines({ width, program, fates, strict }, keys) {
  const changes = editLines(keys, fates, width);
  return [
    `model = network(width=${program})`,
    `state = torch.load("checkpoint.pt")["model"]`,
    ...changes,
    `model.load_state_dict(state${strict ? "" : ", strict=False"})`
  ];
}
function answerOf({ width, program, fates, strict }, { keys_in_model: keys, sayings }) {
  const wanted = keys.map(([key, shape]) => [key, shapeAt(shape, program)]);
  return loadAnswer(editedState(keys, fates, width), wanted, strict, sayings);
}
function verdict({ ok, missing, unexpected, mismatched }, { width, program, strict }) {
  const count = (keys, what) => keys.length ? [`${keys.length} ${keys.length === 1 ? "name is" : "names are"} ${what}`] : [];
  const shapes = mismatched.length ? [`${mismatched.length} ${mismatched.length === 1 ? "shape differs" : "shapes differ"}`] : [];
  if (!ok && width !== program) {
    return `Refused: the file holds shapes for width ${width}, and the program has built width ${program}.`;
  }
  if (!ok) {
    return `Refused: ${[...strict ? [...count(missing, "missing"), ...count(unexpected, "unknown")] : [], ...shapes].join(
      ", "
    )}.`;
  }
  return missing.length ? `Loaded, but ${missing.length === 1 ? "one tensor keeps its" : `${missing.length} tensors keep their`} start values.` : "Loaded.";
}
function optimizersOf({ states }) {
  return Object.keys(states).sort((one, other) => states[one].length - states[other].length);
}
function makeControls(stage2, data, reset) {
  const { state } = stage2;
  const names = optimizersOf(data);
  const width = slider({
    label: "width of the saved network",
    values: data.widths,
    value: state.width,
    format: (units) => `${units} hidden units`,
    onInput: (units) => stage2.set({ width: units })
  });
  const optimizer = choice({
    label: "Optimizer",
    value: state.optimizer,
    options: names.map((name) => ({ value: name, label: name })),
    onChange: (name) => stage2.set({ optimizer: name, part: "optimizer", key: null })
  });
  const fate = choice({
    label: "This key",
    value: "",
    options: FATES.map(([value, label]) => ({ value, label })),
    onChange: (value) => stage2.set({ fates: { ...state.fates, [state.key]: value } })
  });
  const strict = toggle({ label: "strict=False", onChange: (loose) => stage2.set({ strict: !loose }) });
  const rebuild = button({
    label: "Build this width in the program",
    onClick: () => stage2.set({ program: state.width })
  });
  const again = button({ label: "Reset", icon: "reset", onClick: reset });
  const refresh = () => {
    width.value = state.width;
    strict.input.checked = !state.strict;
    radiosOf(optimizer).forEach((input, i) => {
      input.checked = names[i] === state.optimizer;
    });
    set(rebuild.root, { disabled: state.width === state.program });
    refreshFate(fate, state, data.keys_in_model);
  };
  return { width, optimizer, strict, rebuild, again, fate, refresh };
}
var radiosOf = (choice2) => [...choice2.root.querySelectorAll("input")];
function refreshFate(fate, { part, key, fates }, keys) {
  const shape = keys.find(([name]) => name === key)?.[1] ?? [];
  fate.root.style.visibility = part === "model" ? "visible" : "hidden";
  fate.root.querySelector("legend").textContent = `${key} in the program's copy`;
  radiosOf(fate).forEach((input, i) => {
    input.checked = FATES[i][0] === (fates[key] ?? "");
    input.disabled = FATES[i][0] === "reshaped" && !shape.length;
  });
}
function render({ model, el }) {
  const data = traits(model, SENT);
  const [start, optimizer] = [model.get("width"), model.get("optimizer")];
  const opening = {
    width: start,
    program: start,
    optimizer,
    part: "model",
    key: data.keys_in_model[0][0],
    fates: {},
    strict: true
  };
  const stage2 = stage({
    model,
    el,
    name: "CheckpointAnatomy",
    label: "What a checkpoint file holds, and what loading it says",
    state: opening
  });
  const { state } = stage2;
  const use = makeControls(stage2, data, () => stage2.set(opening));
  const [bars, keys, output] = [barsPanel(stage2, data, use.width, start), keysPanel(stage2), consolePanel()];
  stage2.body.append(
    row(bars.root, keys.root),
    keys.line,
    controls(use.width.root, use.optimizer.root),
    controls(use.fate.root, use.strict.root),
    output.root,
    output.judged,
    html("div", { class: "bf-buttons" }, use.rebuild.root, use.again.root)
  );
  stage2.onDraw(({ width }) => {
    const narrow = width < 560;
    const room = narrow ? width : (width - 24) / 2;
    for (const { root } of [bars, keys]) root.style.width = `${room}px`;
    const rows = rowsOf(state.part, state, data);
    if (!rows.some(({ key }) => key === state.key)) state.key = rows[0].key;
    const sizes = census(data, state.optimizer, state.width);
    const parts = partsOf(sizes, state.optimizer);
    bars.draw(room, sizes, parts, census(data, optimizer, start));
    keys.draw(
      room,
      rows,
      parts.find(({ key }) => key === state.part).name,
      narrow ? 0 : data.keys_in_model.length
    );
    const answer = answerOf(state, data);
    output.draw(programLines(state, data.keys_in_model), answer, verdict(answer, state));
    use.refresh();
  });
  stage2.say(() => {
    const { file, times } = census(data, state.optimizer, state.width);
    return `${bytesText(file)}; ${state.optimizer} keeps ${format(times)} times the weights. ${verdict(answerOf(state, data), state)}`;
  });
  return stage2.start();
}
var figure_default = { render };
export {
  answerOf,
  figure_default as default,
  programLines,
  verdict
};
