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
  const size2 = Math.abs(value);
  if (size2 >= 1e4 || size2 < 1e-3) return powerOfTen(value, digits);
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
function drawFrames(group, frames) {
  clear(group, frames.map((frame) => svg("rect", { class: "bf-frame", rx: 5, ...frame })));
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
function slider({
  label,
  min = 0,
  max = 1,
  step = 0.01,
  values = null,
  value,
  ticks = [],
  format: show2 = (number) => format(number),
  onInput
}) {
  const [low, high, pace] = values ? [0, values.length - 1, 1] : [min, max, step];
  const toValue = (position) => values ? values[position] : position;
  const toPosition = (wanted) => values ? Math.max(0, values.indexOf(wanted)) : wanted;
  const input = html("input", { type: "range", min: low, max: high, step: pace, "aria-label": label });
  const output = html("output", { class: "bf-value", "aria-hidden": "true" });
  const refresh = () => {
    output.textContent = show2(toValue(Number(input.value)));
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

// helpers/figures/kit/tensors.js
function tuple(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}
var FRAME = 5;
function nestedGrid(shape, { cell, stacked = false, bare = false }) {
  if (shape.length === 0) {
    return { width: cell.width, height: cell.height, places: [{ x: 0, y: 0 }], frames: [] };
  }
  const inner = nestedGrid(shape.slice(1), { cell, stacked, bare });
  const sideways = shape.length === 1 || shape.length === 3 && !stacked;
  const pad = bare ? 0 : FRAME;
  const gap = shape.length === 1 ? 2 : 3 + 5 * (shape.length - 2);
  const step = [sideways ? inner.width + gap : 0, sideways ? 0 : inner.height + gap];
  const copies = Array.from(
    { length: shape[0] },
    (_, index) => [pad + index * step[0], pad + index * step[1]]
  );
  const moved = (items) => copies.flatMap(([x, y]) => items.map((item) => ({ ...item, x: item.x + x, y: item.y + y })));
  const extent = (size2, along) => size2 * Math.min(shape[0], 1) + along * Math.max(shape[0] - 1, 0) + 2 * pad;
  const width = Math.max(extent(inner.width, step[0]), 16);
  const height = Math.max(extent(inner.height, step[1]), cell.height);
  const frames = bare ? [] : [{ x: 0, y: 0, width, height }, ...moved(inner.frames)];
  return { width, height, places: moved(inner.places), frames };
}
function fitCell(shapes, width, { most = 44, least = 14, ratio = 0.8, ...options } = {}) {
  const sized = (size2) => ({ width: size2, height: Math.round(Math.max(size2 * ratio, 20)) });
  const fits = (size2) => shapes.every((shape) => nestedGrid(shape, { cell: sized(size2), ...options }).width <= width);
  for (let size2 = most; size2 > least; size2 -= 1) if (fits(size2)) return sized(size2);
  return sized(least);
}

// helpers/figures/matmul_lab/figure.js
function terms(a, b, [row, column]) {
  let total = 0;
  return a[row].map((left, k) => {
    const right = b[k][column];
    total += left * right;
    return { left, right, product: left * right, sum: total };
  });
}
function show(value) {
  return Number.isInteger(value) ? String(value).replace("-", "−") : format(value);
}
function sumText(a, b, cell, count) {
  const written = terms(a, b, cell).slice(0, count);
  const paren = (value) => value < 0 ? `(${show(value)})` : show(value);
  const sum = written.map(({ left, right }) => `${paren(left)}·${paren(right)}`).join(" + ") || "0";
  return `C[${cell.join(", ")}] = ${sum} = ${show(written.at(-1)?.sum ?? 0)}`;
}
function size(matrix) {
  return [matrix.length, matrix[0].length];
}
function matrixCells({ label, name, matrix, current, onPick }) {
  const [, columns] = size(matrix);
  const key = ([row, column]) => row * columns + column;
  const cells2 = cells({
    label,
    current: () => key(current()),
    onPick: (at) => onPick([Math.floor(at / columns), at % columns])
  });
  const frames = svg("g");
  const title = svg("text", { class: "bf-matrix-name" }, name);
  const draw = ({ x, y, cell, classes, text }) => {
    const drawn = nestedGrid(size(matrix), { cell, bare: true });
    set(title, { x, y: y - 9 });
    drawFrames(frames, [{ x: x - 4, y: y - 4, width: drawn.width + 8, height: drawn.height + 8 }]);
    cells2.draw(drawn.places.map((at, place) => {
      const index = [Math.floor(place / columns), place % columns];
      return {
        key: place,
        ...cell,
        x: at.x + x,
        y: at.y + y,
        text: text(index),
        classes: classes(index),
        label: `${label} at row ${index[0]}, column ${index[1]}: ${text(index)}`
      };
    }));
    return drawn;
  };
  return { root: svg("g", {}, frames, title, cells2.root), draw };
}
function render({ model, el }) {
  const [a, b, product] = ["a", "b", "product"].map((name) => model.get(name));
  const inner = b.length;
  const stage2 = stage({
    model,
    el,
    name: "MatmulLab",
    label: "A matrix product, cell by cell",
    state: { cell: model.get("cell"), terms: model.get("terms") }
  });
  const { state } = stage2;
  const last = () => Math.max(0, state.terms - 1);
  const left = matrixCells({
    label: "A",
    name: `A  ${tuple(size(a))}`,
    matrix: a,
    current: () => [state.cell[0], last()],
    onPick: ([row, k]) => stage2.set({ cell: [row, state.cell[1]], terms: k + 1 })
  });
  const right = matrixCells({
    label: "B",
    name: `B  ${tuple(size(b))}`,
    matrix: b,
    current: () => [last(), state.cell[1]],
    onPick: ([k, column]) => stage2.set({ cell: [state.cell[0], column], terms: k + 1 })
  });
  const result = matrixCells({
    label: "C",
    name: `C = A @ B  ${tuple(size(product))}`,
    matrix: product,
    current: () => state.cell,
    onPick: (cell) => stage2.set({ cell, terms: inner })
  });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "A, B and their product" },
    left.root,
    right.root,
    result.root
  );
  const line = html("p", { class: "bf-sum-line" });
  const count = slider({
    label: "products added",
    min: 0,
    max: inner,
    step: 1,
    value: state.terms,
    format: (k) => `${k} of ${inner}`,
    onInput: (k) => stage2.set({ terms: k })
  });
  stage2.body.append(html("div", { class: "bf-matrices" }, picture), line, controls(count.root));
  stage2.onDraw(({ width }) => {
    const gap = 30;
    const cell = fitCell([[1, inner + product[0].length]], width - gap - 10, { most: 46, bare: true });
    const wide = nestedGrid(size(a), { cell, bare: true }).width;
    const top = 26;
    const second = { x: 5 + wide + gap, y: top };
    const above = right.draw({
      ...second,
      cell,
      text: ([k, j]) => show(b[k][j]),
      classes: ([k, j]) => rank(j === state.cell[1], k, state.terms, inner)
    });
    const below = top + above.height + gap + 4;
    left.draw({
      x: 5,
      y: below,
      cell,
      text: ([i, k]) => show(a[i][k]),
      classes: ([i, k]) => rank(i === state.cell[0], k, state.terms, inner)
    });
    const drawn = result.draw({
      x: second.x,
      y: below,
      cell,
      text: ([i, j]) => show(isAt([i, j], state.cell) ? partial(a, b, state, product) : product[i][j]),
      classes: ([i, j]) => isAt([i, j], state.cell) ? "bf-lit" : ""
    });
    set(picture, { width: second.x + drawn.width + 5, height: below + drawn.height + 5 });
    line.textContent = sumText(a, b, state.cell, state.terms);
    count.value = state.terms;
  });
  stage2.say(() => sumText(a, b, state.cell, state.terms));
  return stage2.start();
}
function isAt([i, j], [row, column]) {
  return i === row && j === column;
}
function partial(a, b, { cell, terms: count }, product) {
  return count === b.length ? product[cell[0]][cell[1]] : terms(a, b, cell)[count - 1]?.sum ?? 0;
}
function rank(inside, k, count, inner) {
  if (!inside) return "";
  return k === count - 1 && count < inner ? "bf-in bf-now" : k < count ? "bf-in" : "bf-in bf-later";
}
var figure_default = { render };
export {
  figure_default as default,
  sumText,
  terms
};
