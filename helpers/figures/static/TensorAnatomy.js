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
function tuple(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}

// helpers/figures/tensor_anatomy/maths.js
function addressTerms(view, index) {
  return view.stride.map((stride, axis) => ({
    axis,
    index: index[axis],
    stride,
    product: index[axis] * stride
  }));
}
function storagePlace(view, index) {
  return addressTerms(view, index).reduce((sum, { product }) => sum + product, view.offset);
}
function allIndices(shape) {
  return shape.reduce(
    (found, size) => found.flatMap((front) => Array.from({ length: size }, (_, last) => [...front, last])),
    [[]]
  );
}
function placesOf(views) {
  return views.map((view) => allIndices(view.shape).map((index) => storagePlace(view, index)));
}
function indexReading(view, place) {
  return allIndices(view.shape).find((index) => storagePlace(view, index) === place) ?? null;
}
function hops(view, index) {
  let from = view.offset;
  return addressTerms(view, index).flatMap(
    ({ axis, index: steps, stride }) => Array.from({ length: stride === 0 ? 0 : steps }, () => ({ axis, from, to: from += stride }))
  );
}
var GAP = 4;
var BRACKET = 9;
var TICK = 16;
function gridLayout(shape, { cellWidth, cellHeight, width }) {
  const block = (prefix) => {
    const left = shape.length - prefix.length;
    if (left === 0) {
      return {
        ...emptyBlock(),
        width: cellWidth,
        height: cellHeight,
        cells: [{ index: prefix, x: 0, y: 0 }]
      };
    }
    const children = Array.from({ length: shape[prefix.length] }, (_, place) => block([...prefix, place]));
    const together = children.reduce((sum, child) => sum + child.width + 3 * GAP, 2 * BRACKET);
    return bracketed(children, {
      axis: prefix.length,
      sideways: left === 1 || left === 3 && together <= width,
      // Rows under one another need the column numbers only once.
      numbered: left > 1 || (prefix.at(-1) ?? 0) === 0,
      gap: left === 1 ? GAP : left * GAP
    });
  };
  return block([]);
}
function emptyBlock() {
  return { width: 0, height: 0, top: 0, cells: [], brackets: [], ticks: [] };
}
function bracketed(children, { axis, sideways, numbered, gap }) {
  const whole = { ...emptyBlock(), top: sideways && numbered ? TICK : 0 };
  const start = sideways ? 0 : TICK;
  let [x, y] = [start + BRACKET, whole.top];
  children.forEach((child, place) => {
    adopt(whole, child, x, y);
    if (numbered) whole.ticks.push({ axis, index: place, ...tickPlace(child, { x, y, sideways }) });
    if (sideways) x += child.width + gap;
    else y += child.height + gap;
  });
  const inner = { axis, y: whole.top + children[0].top, height: whole.height - whole.top - children[0].top };
  whole.brackets.push({ ...inner, x: start, way: 1 }, { ...inner, x: whole.width + BRACKET, way: -1 });
  whole.width += BRACKET;
  return whole;
}
function adopt(whole, child, x, y) {
  for (const kind of ["cells", "brackets", "ticks"]) {
    whole[kind].push(...child[kind].map((item) => ({ ...item, x: item.x + x, y: item.y + y })));
  }
  whole.width = Math.max(whole.width, x + child.width);
  whole.height = Math.max(whole.height, y + child.height);
}
function tickPlace(child, { x, y, sideways }) {
  if (sideways) return { x: x + child.width / 2, y: y - 4, anchor: "middle" };
  return { x: TICK - 4, y: y + (child.top + child.height) / 2 + 4, anchor: "end" };
}

// helpers/figures/tensor_anatomy/words.js
var bracketName = (view, index) => index.length ? `${simpleName(view.name)}[${index.join(", ")}]` : view.name;
var simpleName = (name) => /^[\w.]+$/.test(name) ? name : `(${name})`;
function sentence({ view, index, storage, missed }) {
  if (missed !== null) return `${view.name} never reads element ${missed} of the storage.`;
  const place = storagePlace(view, index);
  const sum = addressTerms(view, index).map(({ index: i, stride }) => ` plus ${i} times ${stride}`).join("");
  return `${bracketName(view, index)} reads element ${place} of the storage, ${storage[place]}: ${view.offset}${sum}.`;
}

// helpers/figures/tensor_anatomy/views.js
var ARCS = 44;
var COLOURS = ["model", "path", "loss", "gradient"];
var colour = (axis) => `var(--bf-${COLOURS[axis]})`;
function gridPart({ chosen, onPick }) {
  const cells2 = cells({
    label: "Elements of the tensor",
    current: () => chosen().index.join(),
    onPick: (key) => onPick(key === "" ? [] : key.split(",").map(Number))
  });
  const frame = svg("g", { "aria-hidden": "true" });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Grid" },
    frame,
    cells2.root
  );
  const root = html("div", { class: "bf-ta-grid" }, picture);
  const draw = ({ width, cellWidth }) => {
    const { view, index, storage } = chosen();
    const layout = gridLayout(view.shape, { cellWidth, cellHeight: 32, width });
    const lit = storagePlace(view, index);
    set(picture, { width: layout.width + 2, height: layout.height + 2 });
    clear(frame, layout.brackets.map(bracketNode), layout.ticks.map((tick) => tickNode(tick, index)));
    cells2.draw(layout.cells.map(({ index: place, x, y }) => {
      const reads = storagePlace(view, place);
      const here = place.join() === index.join();
      return {
        key: place.join(),
        x,
        y,
        width: cellWidth,
        height: 32,
        text: storage[reads],
        label: `${bracketName(view, place)} is ${storage[reads]}`,
        classes: here ? "bf-lit" : reads === lit ? "bf-also" : ""
      };
    }));
  };
  return { root, draw };
}
function bracketNode({ axis, x, y, height, way }) {
  const d = `M${x + way * 6},${y}H${x + way * 1}V${y + height}H${x + way * 6}`;
  return svg("path", { d, fill: "none", stroke: colour(axis), "stroke-width": 2 });
}
function tickNode({ axis, index: place, x, y, anchor }, index) {
  const active = index[axis] === place;
  const style = active ? `fill: ${colour(axis)}; font-weight: 700` : null;
  return svg("text", { class: "bf-tick", x, y, "text-anchor": anchor, style }, String(place));
}
function sumPart({ chosen, showsBytes }) {
  const head = html("div", { class: "bf-ta-head" });
  const terms = html("div", { class: "bf-ta-terms" });
  const foot = html("div", { class: "bf-ta-foot" });
  const bytes = html("div", { class: "bf-ta-bytes" });
  const root = html("div", { class: "bf-ta-sum" }, head, terms, foot, bytes);
  const draw = () => {
    const { view, index, storage, itemsize, missed } = chosen();
    const place = storagePlace(view, index);
    const name = html("span", { class: "bf-ta-lit" }, bracketName(view, index));
    clear(
      head,
      missed === null ? [name, " reads the storage at offset + index × stride ="] : html("strong", {}, `${view.name} never reads element ${missed}.`)
    );
    clear(
      terms,
      term(view.offset, "offset"),
      addressTerms(view, index).flatMap(({ axis, index: i, stride }) => ["+", term([html("b", {}, i), " × ", stride], `axis ${axis}`, axis)])
    );
    clear(
      foot,
      "= element ",
      html("b", {}, place),
      ", which is ",
      html("span", { class: "bf-ta-lit" }, storage[place])
    );
    bytes.hidden = !showsBytes();
    bytes.textContent = `${place} × ${itemsize} bytes each = byte ${place * itemsize} of the storage`;
  };
  return { root, draw };
}
function term(words, below, axis = null) {
  const style = axis === null ? null : `color: ${colour(axis)}`;
  return html(
    "span",
    { class: "bf-ta-term", style },
    html("span", {}, words),
    html("small", {}, below)
  );
}
function storagePart({ chosen, onPick }) {
  const cells2 = cells({
    label: "Storage",
    touch: "pan-y",
    current: () => storagePlace(chosen().view, chosen().index),
    onPick
  });
  const under = svg("g", { "aria-hidden": "true" });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Storage" },
    under,
    cells2.root
  );
  const root = html(
    "div",
    {},
    html("div", { class: "bf-title" }, "Storage: one flat row of numbers"),
    picture
  );
  const draw = ({ width, cellWidth }) => {
    const { view, index, storage } = chosen();
    const size = Math.min(Math.max(cellWidth, Math.floor(width / storage.length)), 46, Math.floor(width / 8));
    const strip = { perRow: Math.floor((width - 2) / size), size, arcs: ARCS, step: ARCS + 32 + 22 };
    const read = new Set(placesOf([view])[0]);
    const lit = storagePlace(view, index);
    set(picture, { width, height: Math.ceil(storage.length / strip.perRow) * strip.step });
    clear(
      under,
      storage.map((_, place) => placeNumber(place, strip, place === lit)),
      arcRows(view, index, strip, storage.length)
    );
    cells2.draw(
      storage.map((text, place) => ({
        key: place,
        ...cellPlace(place, strip),
        width: size - 3,
        height: 32,
        text,
        label: `element ${place} is ${text}`,
        classes: place === lit ? "bf-lit" : read.has(place) ? "" : "bf-faint",
        skip: !read.has(place)
      }))
    );
  };
  return { root, draw };
}
function cellPlace(place, { perRow, size, arcs, step }) {
  return { x: 1 + place % perRow * size, y: Math.floor(place / perRow) * step + arcs };
}
function placeNumber(place, strip, lit) {
  const { x, y } = cellPlace(place, strip);
  return svg("text", {
    class: "bf-tick",
    x: x + (strip.size - 3) / 2,
    y: y + 46,
    "text-anchor": "middle",
    style: lit ? "fill: var(--bf-ink); font-weight: 700" : null
  }, String(place));
}
function arcRows(view, index, strip, count) {
  const jumps = hops(view, index);
  return Array.from({ length: Math.ceil(count / strip.perRow) }, (_, row) => {
    const first = row * strip.perRow;
    const here = jumps.filter(({ from, to }) => to >= first && from < first + strip.perRow);
    const window = svg("svg", {
      x: 0,
      y: row * strip.step,
      width: 2 + strip.perRow * strip.size,
      height: strip.arcs,
      overflow: "hidden"
    });
    window.append(
      ...here.flatMap((jump) => arcNodes(jump, first, strip)),
      ...startNode(view.offset, first, strip)
    );
    return window;
  });
}
function arcNodes({ axis, from, to }, first, { perRow, size, arcs }) {
  const middle = (place) => 1 + (place - first) * size + (size - 3) / 2;
  const [x0, x1, floor] = [middle(from), middle(to), arcs - 4];
  const height = Math.min(46, 20 + 5 * (to - from));
  const paint = `stroke: ${colour(axis)}; fill: none; stroke-width: 2`;
  const top = (x0 + x1) / 2;
  const labelled = top >= 0 && top < perRow * size;
  return [
    svg("path", { d: `M${x0},${floor}Q${top},${floor - height} ${x1},${floor}`, style: paint }),
    svg("path", { d: `M${x1 - 5},${floor - 5}L${x1},${floor + 1}L${x1 + 3},${floor - 7}`, style: paint }),
    ...labelled ? [
      svg("text", {
        x: clamp(top, 12, perRow * size - 12),
        y: floor - height / 2 - 4,
        "text-anchor": "middle",
        style: `fill: ${colour(axis)}; font-size: 12px`
      }, `+${to - from}`)
    ] : []
  ];
}
function startNode(offset, first, { perRow, size, arcs }) {
  if (offset < first || offset >= first + perRow) return [];
  const x = 1 + (offset - first) * size + (size - 3) / 2;
  return [svg("circle", { cx: x, cy: arcs - 4, r: 4, style: "fill: var(--bf-ink)" })];
}
function factsPart({ chosen }) {
  const root = html("div", { class: "bf-ta-facts" });
  const draw = () => {
    const { view } = chosen();
    const facts = [["shape", tuple(view.shape)], ["stride", tuple(view.stride)], [
      "offset",
      view.offset
    ], [
      "dtype",
      view.dtype
    ]];
    clear(
      root,
      facts.map(([name, value]) => html("span", {}, `${name} `, html("b", {}, String(value))))
    );
  };
  return { root, draw };
}

// helpers/figures/tensor_anatomy/figure.js
function sliderPart(stage2, { chosen, onPick }) {
  const move = (axis) => (place) => onPick(chosen().index.map((old, i) => i === axis ? place : old));
  const most = Math.max(...stage2.model.get("views").map(({ shape }) => shape.length));
  const sliders = Array.from({ length: most }, (_, axis) => slider({
    label: `index on axis ${axis}`,
    min: 0,
    max: 1,
    step: 1,
    value: 0,
    format: String,
    onInput: move(axis)
  }));
  sliders.forEach(({ input }, axis) => {
    input.style.accentColor = colour(axis);
  });
  const draw = () => sliders.forEach((slider2, axis) => {
    const { view, index } = chosen();
    slider2.root.hidden = axis >= view.shape.length;
    slider2.input.disabled = slider2.root.hidden;
    if (slider2.root.hidden) return;
    set(slider2.input, { max: view.shape[axis] - 1 });
    slider2.value = index[axis];
  });
  return { roots: sliders.map(({ root }) => root), draw };
}
function render({ model, el }) {
  const views = model.get("views");
  const stage2 = stage({
    model,
    el,
    name: "TensorAnatomy",
    label: "A tensor taken apart",
    state: {
      chosen: model.get("chosen"),
      index: model.get("index"),
      show_bytes: model.get("show_bytes"),
      missed: null
    }
  });
  const [storage, itemsize] = [model.get("storage"), model.get("itemsize")];
  const chosen = () => ({
    view: views[stage2.state.chosen],
    index: stage2.state.index,
    missed: stage2.state.missed,
    storage,
    itemsize
  });
  const show = (index) => stage2.set({ index, missed: null });
  const showPlace = (place) => {
    const index = indexReading(chosen().view, place);
    stage2.set(index ? { index, missed: null } : { missed: place });
  };
  const choose = (number) => {
    const index = indexReading(views[number], storagePlace(chosen().view, chosen().index));
    stage2.set({ chosen: number, index: index ?? views[number].shape.map(() => 0), missed: null });
  };
  const options = views.map(({ name }, value) => ({ value, label: name }));
  const choice2 = choice({
    label: "The same storage, read as",
    options,
    value: stage2.state.chosen,
    onChange: choose
  });
  const bytes = toggle({
    label: "show bytes",
    checked: stage2.state.show_bytes,
    onChange: (on) => stage2.set({ show_bytes: on })
  });
  const parts = [
    factsPart({ chosen }),
    gridPart({ chosen, onPick: show }),
    sumPart({ chosen, showsBytes: () => stage2.state.show_bytes }),
    storagePart({ chosen, onPick: showPlace })
  ];
  const [facts, grid, sum, strip] = parts;
  const sliders = sliderPart(stage2, { chosen, onPick: show });
  if (views.length > 1) stage2.body.append(choice2.root);
  stage2.body.append(
    facts.root,
    html("div", { class: "bf-ta-top" }, grid.root, sum.root),
    strip.root,
    controls(...sliders.roots, bytes.root)
  );
  const longest = Math.max(...storage.map((text) => text.length));
  stage2.onDraw(({ width }) => {
    const cellWidth = Math.max(width < 480 ? 29 : 36, 8 * longest + 10);
    for (const part of [...parts, sliders]) part.draw({ width, cellWidth });
  });
  stage2.say(() => sentence(chosen()));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
