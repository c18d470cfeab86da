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

// helpers/figures/conv_lab/maths.js
function outputSize(size, kernel, stride, padding) {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}
var grid = (rows, columns, value) => Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_2, j) => value(i, j)));
function padded(image, padding) {
  const [rows, columns] = [image.length + 2 * padding, image[0].length + 2 * padding];
  return grid(rows, columns, (i, j) => image[i - padding]?.[j - padding] ?? 0);
}
function productsAt(image, kernel, { stride, padding }, [row, column]) {
  const read = padded(image, padding);
  return kernel.map(
    (weights, i) => weights.map((weight, j) => weight * read[row * stride + i][column * stride + j])
  );
}
var sum = (rows) => rows.flat().reduce((total2, value) => total2 + value, 0);
function conv2d(image, kernel, { stride, padding }) {
  const read = padded(image, padding);
  const rows = outputSize(image.length, kernel.length, stride, padding);
  const columns = outputSize(image[0].length, kernel[0].length, stride, padding);
  return grid(
    rows,
    columns,
    (row, column) => sum(
      kernel.map(
        (weights, i) => weights.map((weight, j) => weight * read[row * stride + i][column * stride + j])
      )
    )
  );
}
function relu(map) {
  return map.map((row) => row.map((value) => Math.max(value, 0)));
}
function maxPool2d(map, size) {
  const [rows, columns] = [map.length, map[0].length].map((length) => outputSize(length, size, size, 0));
  return grid(
    rows,
    columns,
    (row, column) => Math.max(
      ...map.slice(row * size, row * size + size).flatMap(
        (values) => values.slice(column * size, column * size + size)
      )
    )
  );
}
function unreadAtEnd(size, kernel, stride, padding) {
  const full = size + 2 * padding;
  return full - ((outputSize(size, kernel, stride, padding) - 1) * stride + kernel);
}
function nearestWindow(at, kernel, stride, count) {
  return clamp(Math.round((at - (kernel - 1) / 2) / stride), 0, count - 1);
}
var POOL = 2;
function result(image, { kernel, stride, padding, relu: cut, cell }) {
  const map = conv2d(image, kernel, { stride, padding });
  const kept = cut ? relu(map) : map;
  const lit = [clamp(cell[0], 0, map.length - 1), clamp(cell[1], 0, map[0].length - 1)];
  const products = productsAt(image, kernel, { stride, padding }, lit);
  return { map, kept, lit, products, pooled: maxPool2d(kept, POOL), value: map[lit[0]][lit[1]] };
}
function withWeight(kernel, [row, column], value) {
  return kernel.map((weights, i) => weights.map((weight, j) => i === row && j === column ? value : weight));
}
var sizeOf = (rows) => [rows.length, rows[0].length];
var total = (weights, sign) => weights.flat().reduce((sum2, weight) => sum2 + Math.max(sign * weight, 0), 0);
var scaleOf = (kernel) => Math.max(total(kernel, 1), total(kernel, -1), 1e-9);

// helpers/figures/conv_lab/words.js
function short(value) {
  const rounded = Number(value.toPrecision(2));
  return String(rounded).replace("-", "−");
}
function sumText(kernel, products, value, [row, column]) {
  const paren = (number) => number < 0 ? `(${short(number)})` : short(number);
  const terms = kernel.flatMap(
    (weights, i) => weights.flatMap((weight, j) => weight === 0 ? [] : [`${paren(weight)}·${paren(products[i][j] / weight)}`])
  );
  return `out[${row}, ${column}] = ${terms.join(" + ") || "0"} = ${short(value)}`;
}
function sizeText(size, kernel, stride, padding) {
  const lost = unreadAtEnd(size, kernel, stride, padding);
  const [all, way] = [
    `⌊(${size} + 2·${padding} − ${kernel}) / ${stride}⌋ + 1`,
    outputSize(size, kernel, stride, padding)
  ];
  const words = lost > padding ? `; the last ${lost - padding === 1 ? "column is" : `${lost - padding} columns are`} never read` : "";
  return `width of the map: ${all} = ${way}${words}`;
}
var sizeWords = (rows) => sizeOf(rows).join(" × ");

// helpers/figures/conv_lab/controls.js
var KERNELS = {
  "vertical edge": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
  "horizontal edge": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
  outline: [[0, -1, 0], [-1, 4, -1], [0, -1, 0]],
  sum: [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
  copy: [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
};
function makeControls(stage2, image, change) {
  const { state } = stage2;
  const out = () => sizeOf(conv2d(image, state.kernel, state));
  const lit = () => result(image, state).lit;
  const move = (axis) => (at) => change({ cell: lit().map((old, i) => i === axis ? at : old) });
  const [row, column] = ["window's row", "window's column"].map(
    (label, axis) => slider({
      label,
      min: 0,
      max: out()[axis] - 1,
      step: 1,
      value: lit()[axis],
      format: String,
      onInput: move(axis)
    })
  );
  const widest = Math.max(4, ...state.kernel.flat().map(Math.abs));
  const weightAt = () => state.kernel[state.weight[0]][state.weight[1]];
  const weight = slider({
    label: "chosen weight",
    min: -widest,
    max: widest,
    step: 0.5,
    value: weightAt(),
    format: short,
    onInput: (value) => change({ kernel: withWeight(state.kernel, state.weight, value) })
  });
  const stride = slider({
    label: "stride",
    min: 1,
    max: 3,
    step: 1,
    value: state.stride,
    format: String,
    onInput: (value) => change({ stride: value })
  });
  const padding = slider({
    label: "padding",
    min: 0,
    max: 2,
    step: 1,
    value: state.padding,
    format: String,
    onInput: (value) => change({ padding: value })
  });
  const relu2 = toggle({
    label: "then ReLU",
    checked: state.relu,
    onChange: (checked) => change({ relu: checked })
  });
  const pool = toggle({
    label: `then max-pool ${POOL} × ${POOL}`,
    checked: state.pool,
    onChange: (checked) => change({ pool: checked })
  });
  const refresh = () => {
    [row, column].forEach((slider2, axis) => {
      set(slider2.input, { max: out()[axis] - 1 });
      slider2.value = lit()[axis];
    });
    weight.value = weightAt();
    [stride.value, padding.value] = [state.stride, state.padding];
    [relu2.input.checked, pool.input.checked] = [state.relu, state.pool];
  };
  return {
    refresh,
    root: controls(row.root, column.root, stride.root, padding.root, weight.root, relu2.root, pool.root)
  };
}
function kernelButtons(state, change, reset) {
  const fits = Object.entries(KERNELS).filter(
    ([, kernel]) => sizeOf(kernel).join() === sizeOf(state.kernel).join()
  );
  const choices = fits.map(([label, kernel]) => button({ label, onClick: () => change({ kernel }) }));
  return html(
    "div",
    { class: "bf-buttons cl-kernels", role: "group", "aria-label": "kernels" },
    [...choices, button({ label: "Reset", icon: "reset", onClick: reset })].map(({ root }) => root)
  );
}

// helpers/figures/conv_lab/views.js
var GAP = 2;
function tint(value, largest) {
  if (value === 0) return null;
  const share = Math.min(Math.abs(value) / largest, 1);
  return `color-mix(in srgb, ${value > 0 ? "var(--bf-plus)" : "var(--bf-minus)"} ${Math.round(10 + 50 * share)}%, var(--bf-ground))`;
}
var signClass = (value) => value > 0 ? "cl-plus" : value < 0 ? "cl-minus" : "";
var cellSize = (room, count, most) => Math.max(8, Math.min(most, Math.floor(room / count)));
function layout(width, { picture, kernel, map, pooled, relu: relu2, pool }) {
  const narrow = width < 560;
  const head = 22;
  const side = Math.max(...picture);
  const pictureCell = cellSize(narrow ? width : 288, side, 28);
  const kernelCell = cellSize(narrow ? 102 : 108, Math.max(...kernel), 36);
  const top = narrow ? picture[0] * pictureCell + 2 * head + 8 : head;
  const kernelX = narrow ? 0 : 312;
  const mapX = narrow ? 126 : 464;
  const mapCell = cellSize(width - mapX, map[1], 29);
  const products = top + kernel[0] * kernelCell + head + 10;
  const bottom = Math.max(
    head + picture[0] * pictureCell,
    products + kernel[0] * kernelCell + 26,
    top + map[0] * mapCell
  );
  const second = bottom + head + 12;
  const stageCell = cellSize(narrow ? 0.6 * width - 14 : 288, map[1], narrow ? 25 : 28);
  const poolX = relu2 ? narrow ? Math.round(0.6 * width) : 312 : 0;
  const poolCell = cellSize(width - poolX, pooled[1], narrow ? 30 : 36);
  const ends = [bottom, relu2 ? second + map[0] * stageCell : 0, pool ? second + pooled[0] * poolCell : 0];
  return {
    picture: {
      x: narrow ? Math.max(0, (width - picture[1] * pictureCell) / 2) : 0,
      y: head,
      cell: pictureCell
    },
    kernel: { x: kernelX, y: top, cell: kernelCell },
    products: { x: kernelX, y: products, cell: kernelCell },
    map: { x: mapX, y: top, cell: mapCell },
    relu: { x: 0, y: second, cell: stageCell },
    pool: { x: poolX, y: second, cell: poolCell },
    height: Math.max(...ends) + 6
  };
}
var titleAt = ({ x, y }, text) => svg("text", { class: "cl-title", x, y: y - 8 }, text);
function gridCells(values, { x, y, cell }, look) {
  const columns = values[0].length;
  return values.flatMap(
    (row, i) => row.map((value, j) => {
      const { text = short(value), ...rest } = look(value, i, j);
      const fits = 6.8 * text.length + 3 <= cell;
      return {
        key: i * columns + j,
        x: x + j * cell,
        y: y + i * cell,
        width: cell - GAP,
        height: cell - GAP,
        text: fits ? text : "",
        ...rest
      };
    })
  );
}
function stillCells(values, place, look) {
  return gridCells(values, place, look).map(
    (cell) => svg(
      "g",
      { class: `bf-cell ${cell.classes ?? ""}`, transform: `translate(${cell.x},${cell.y})` },
      svg("rect", {
        width: cell.width,
        height: cell.height,
        rx: 3,
        style: cell.fill ? `fill: ${cell.fill}` : null
      }),
      svg("text", { x: cell.width / 2, y: cell.height / 2 + 4.5, "text-anchor": "middle" }, cell.text)
    )
  );
}
function frameAt({ x, y, cell }, [row, column], [rows, columns], name) {
  return svg("rect", {
    class: name,
    x: x + column * cell - 2,
    y: y + row * cell - 2,
    width: columns * cell + 2,
    height: rows * cell + 2,
    rx: 4
  });
}
function pixelLook(image, padding, unread, isInWindow) {
  const [rows, columns] = [image.length + 2 * padding, image[0].length + 2 * padding];
  return (value, i, j) => {
    const outside = i < padding || j < padding || i >= rows - padding || j >= columns - padding;
    const lost = i >= rows - unread[0] || j >= columns - unread[1];
    const kind = outside ? "padding" : "pixel";
    return {
      pressed: isInWindow(i, j),
      classes: `${outside ? "bf-faint" : ""} ${lost ? "cl-lost" : ""}`,
      fill: outside || value === 0 ? null : shade(value),
      label: `${kind} at row ${i - padding}, column ${j - padding}: ${short(value)}${lost ? ", never read" : ""}`
    };
  };
}
var shade = (value) => `color-mix(in srgb, var(--bf-ink) ${Math.round(38 * clamp(Math.abs(value), 0, 1))}%, var(--bf-ground))`;
var valueLook = (largest) => (value) => ({ fill: tint(value, largest), classes: signClass(value) });

// helpers/figures/conv_lab/figure.js
var SETTINGS = (
  /** @type {const} */
  ["kernel", "stride", "padding", "relu", "pool", "cell"]
);
function pictureCells(image, state, change) {
  const columns = () => image[0].length + 2 * state.padding;
  const middle = () => result(image, state).lit.map(
    (at, axis) => at * state.stride + Math.floor((sizeOf(state.kernel)[axis] - 1) / 2)
  );
  const current = () => middle()[0] * columns() + middle()[1];
  const onPick = (key, by) => {
    const { lit, map } = result(image, state);
    const place = [Math.floor(key / columns()), key % columns()];
    const way = place.map((at, axis) => at - middle()[axis]);
    const isStep = by === "key" && Math.abs(way[0]) + Math.abs(way[1]) === 1;
    change({
      cell: place.map(
        (at, axis) => isStep ? lit[axis] + way[axis] : nearestWindow(at, sizeOf(state.kernel)[axis], state.stride, sizeOf(map)[axis])
      )
    });
  };
  return cells({ label: "picture", current, onPick });
}
function mapCells(image, state, change) {
  const columns = () => conv2d(image, state.kernel, state)[0].length;
  const current = () => {
    const { lit } = result(image, state);
    return lit[0] * columns() + lit[1];
  };
  return cells({
    label: "feature map",
    current,
    onPick: (key) => change({ cell: [Math.floor(key / columns()), key % columns()] })
  });
}
function kernelCells(state, change) {
  const columns = state.kernel[0].length;
  const place = (key) => [Math.floor(key / columns), key % columns];
  const valueAt = ([row, column]) => state.kernel[row][column];
  let paint = 0;
  const onPick = (key, by) => {
    if (by === "press") paint = valueAt(place(key));
    change({
      weight: place(key),
      ...by === "drag" ? { kernel: withWeight(state.kernel, place(key), paint) } : {}
    });
  };
  const cells2 = cells({
    label: "kernel",
    current: () => state.weight[0] * columns + state.weight[1],
    onPick
  });
  cells2.root.addEventListener("keydown", ({ key }) => {
    const by = { "+": 1, "-": -1 }[key];
    if (by) change({ kernel: withWeight(state.kernel, state.weight, valueAt(state.weight) + by) });
  });
  return cells2;
}
function takeBack(cells2, state, change) {
  let before = null;
  cells2.root.addEventListener("pointerdown", () => {
    before = { cell: state.cell, kernel: state.kernel, weight: state.weight };
  }, true);
  cells2.root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && before) change(before);
  });
}
function render({ model, el }) {
  const image = model.get("image");
  const opening = () => traits(model, SETTINGS);
  const first = structuredClone(opening());
  const stage2 = stage({
    model,
    el,
    name: "ConvLab",
    label: "A kernel on a picture, and the map it makes",
    state: { ...first, weight: [0, 0] }
  });
  const { state } = stage2;
  const change = (patch) => stage2.set(patch);
  const [picture, kernel, map] = [
    pictureCells(image, state, change),
    kernelCells(state, change),
    mapCells(image, state, change)
  ];
  for (const cells2 of [picture, kernel, map]) takeBack(cells2, state, change);
  const [still, frames] = [svg("g", { class: "cl-still" }), svg("g", { class: "cl-still" })];
  const drawing = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "picture, kernel and feature map" },
    picture.root,
    kernel.root,
    map.root,
    still,
    frames
  );
  const [sum2, size] = [html("p", { class: "cl-sum" }), html("p", { class: "cl-size" })];
  const inputs = makeControls(stage2, image, change);
  stage2.body.append(
    drawing,
    sum2,
    size,
    kernelButtons(state, change, () => change(structuredClone(first))),
    inputs.root
  );
  stage2.onDraw(({ width }) => {
    const found = result(image, state);
    const places = layout(width, { ...sizesOf(image, state, found), relu: state.relu, pool: state.pool });
    set(drawing, { width, height: places.height });
    drawTouchable({ picture, kernel, map }, image, state, found, places);
    clear(still, ...stillParts(image, state, found, places));
    clear(frames, ...framesOf(state, found, places));
    sum2.textContent = sumText(state.kernel, found.products, found.value, found.lit);
    size.textContent = sizeText(image[0].length, state.kernel[0].length, state.stride, state.padding);
    inputs.refresh();
  });
  stage2.say(() => {
    const { products, value, lit } = result(image, state);
    return sumText(state.kernel, products, value, lit);
  });
  return stage2.start();
}
function sizesOf(image, { kernel, padding }, { map, pooled }) {
  return {
    picture: sizeOf(image).map((length) => length + 2 * padding),
    kernel: sizeOf(kernel),
    map: sizeOf(map),
    pooled: sizeOf(pooled)
  };
}
function drawTouchable({ picture, kernel, map }, image, state, { map: values, lit }, places) {
  const lost = sizeOf(image).map(
    (length, axis) => unreadAtEnd(length, sizeOf(state.kernel)[axis], state.stride, state.padding)
  );
  const isInWindow = (...place) => place.every(
    (at, axis) => at >= lit[axis] * state.stride && at < lit[axis] * state.stride + sizeOf(state.kernel)[axis]
  );
  picture.draw(
    gridCells(
      padded(image, state.padding),
      places.picture,
      pixelLook(image, state.padding, lost, isInWindow)
    )
  );
  const strongest = Math.max(...state.kernel.flat().map(Math.abs), 1e-9);
  kernel.draw(
    gridCells(
      state.kernel,
      places.kernel,
      (value, i, j) => ({
        ...valueLook(strongest)(value),
        label: `weight at row ${i}, column ${j}: ${short(value)}`,
        ...i === state.weight[0] && j === state.weight[1] ? { classes: `${signClass(value)} bf-also` } : {}
      })
    )
  );
  map.draw(
    gridCells(
      values,
      places.map,
      (value, i, j) => ({
        ...valueLook(scaleOf(state.kernel))(value),
        label: `out at row ${i}, column ${j}: ${short(value)}`,
        classes: `${signClass(value)} ${i === lit[0] && j === lit[1] ? "bf-lit" : ""}`
      })
    )
  );
}
function stillParts(image, state, { map, kept, pooled, products, value }, places) {
  const scale2 = scaleOf(state.kernel);
  const below = { x: places.products.x, y: places.products.y + products.length * places.products.cell + 16 };
  return [
    titleAt(places.picture, `picture ${sizeWords(image)}${state.padding ? ", padded" : ""}`),
    titleAt(places.kernel, `kernel ${sizeWords(state.kernel)}`),
    titleAt(places.map, `feature map ${sizeWords(map)}`),
    titleAt(places.products, "× pixels"),
    ...stillCells(products, places.products, valueLook(Math.max(...state.kernel.flat().map(Math.abs), 1e-9))),
    svg("text", { class: "cl-title", ...below }, `sum ${short(value)}`),
    ...state.relu ? [
      titleAt(places.relu, `after ReLU ${sizeWords(kept)}`),
      ...stillCells(kept, places.relu, valueLook(scale2))
    ] : [],
    ...state.pool ? [
      titleAt(places.pool, `pooled ${sizeWords(pooled)}`),
      ...stillCells(pooled, places.pool, valueLook(scale2))
    ] : []
  ];
}
function framesOf({ kernel, stride, relu: cut, pool }, { lit, pooled }, places) {
  const pooledTo = lit.map((at) => Math.floor(at / POOL));
  const inside = pooledTo[0] < pooled.length && pooledTo[1] < pooled[0].length;
  const group = pooledTo.map((at) => at * POOL);
  return [
    frameAt(places.picture, lit.map((at) => at * stride), sizeOf(kernel), "cl-window"),
    ...cut ? [frameAt(places.relu, lit, [1, 1], "cl-frame")] : [],
    ...pool && inside ? [
      frameAt(cut ? places.relu : places.map, group, [POOL, POOL], "cl-group"),
      frameAt(places.pool, pooledTo, [1, 1], "cl-frame")
    ] : []
  ];
}
var figure_default = { render };
export {
  figure_default as default
};
