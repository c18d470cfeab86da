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
  const raised2 = [...exponent.replace("+", "")].map((sign) => SUPERSCRIPT[sign]).join("");
  return `${mantissa.replace("-", "−")}×10${raised2}`;
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
  const away = ({ x: left, y: top, width: width2, height }) => Math.hypot(x - clamp(x, left, left + width2), y - clamp(y, top, top + height));
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
function paintCell(node, { x, y, width: width2, height, text = "", label, classes = "", fill: fill2 = null, pressed = null }, isCurrent) {
  set(node, {
    class: `bf-cell ${classes}`,
    role: "button",
    tabindex: isCurrent ? 0 : -1,
    "aria-label": label ?? text,
    "aria-pressed": String(pressed ?? isCurrent),
    style: `transform: translate(${x}px, ${y}px)`
  });
  set(node.firstChild, { width: width2, height, rx: 4, style: fill2 ? `fill: ${fill2}` : null });
  set(node.lastChild, { x: width2 / 2, y: height / 2 + 4.5, "text-anchor": "middle" });
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

// helpers/figures/float_bits/formats.js
var bias = ({ exponent }) => 2 ** (exponent - 1) - 1;
var width = ({ exponent, fraction }) => 1 + exponent + fraction;
var topExponent = ({ exponent }) => 2 ** exponent - 1;
function decode(format2, pattern) {
  const fraction = pattern & (1n << BigInt(format2.fraction)) - 1n;
  const exponent = Number(pattern >> BigInt(format2.fraction) & BigInt(topExponent(format2)));
  const sign = Number(pattern >> BigInt(format2.exponent + format2.fraction));
  const kind = kindOf(format2, exponent, fraction);
  const power = Math.max(exponent, 1) - bias(format2);
  const significand = exponent === 0 ? fraction : fraction + (1n << BigInt(format2.fraction));
  const size = { infinity: Infinity, "not a number": NaN }[kind] ?? Number(significand) * 2 ** (power - format2.fraction);
  return { sign, exponent, fraction, kind, power, significand, value: sign ? -size : size };
}
function kindOf(format2, exponent, fraction) {
  if (exponent === topExponent(format2)) return fraction === 0n ? "infinity" : "not a number";
  if (exponent === 0) return fraction === 0n ? "zero" : "subnormal";
  return "normal";
}
function encode(format2, number) {
  const start = width(format2) <= 32 ? Math.fround(number) : number;
  const top = BigInt(topExponent(format2)) << BigInt(format2.fraction);
  if (Number.isNaN(start)) return top + (1n << BigInt(format2.fraction - 1));
  const sign = Object.is(start, -0) || start < 0 ? 1n << BigInt(width(format2) - 1) : 0n;
  const size = Math.abs(start);
  if (size === Infinity) return sign + top;
  const smallest = 1 - bias(format2);
  const power = Math.max(powerOf(size), smallest);
  const steps = roundToEven(size / 2 ** power * 2 ** format2.fraction);
  const pattern = (BigInt(power - smallest) << BigInt(format2.fraction)) + BigInt(steps);
  return sign + (pattern < top ? pattern : top);
}
function powerOf(size) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  return (view.getUint16(0) >> 4) - 1023;
}
function roundToEven(value) {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || rest === 0.5 && below % 2 === 1 ? below + 1 : below;
}
function exactDecimal(format2, pattern) {
  const { sign, kind, power, significand } = decode(format2, pattern);
  const minus = sign ? "−" : "";
  if (kind === "not a number") return "nan";
  if (kind === "infinity") return `${minus}inf`;
  const shift = power - format2.fraction;
  if (shift >= 0) return minus + (significand << BigInt(shift));
  const digits = String(significand * 5n ** BigInt(-shift)).padStart(1 - shift, "0");
  const behind = digits.slice(shift).replace(/0+$/, "");
  return minus + digits.slice(0, shift) + (behind && `.${behind}`);
}
function spacing(format2, pattern) {
  const { kind, power } = decode(format2, pattern);
  return kind === "infinity" || kind === "not a number" ? NaN : 2 ** (power - format2.fraction);
}
function largest(format2) {
  return decode(format2, (BigInt(topExponent(format2)) << BigInt(format2.fraction)) - 1n).value;
}
function smallestNormal(format2) {
  return 2 ** (1 - bias(format2));
}
function patternShown(format2, { number, pinned }) {
  return pinned.name === format2.name ? BigInt(pinned.pattern) : encode(format2, Number(number));
}
function afterFlip(format2, state, bit) {
  return withBit(format2, state, bit, !bitAt(format2, state, bit));
}
function bitAt(format2, state, bit) {
  return patternShown(format2, state) >> BigInt(width(format2) - 1 - bit) & 1n;
}
function withBit(format2, state, bit, on) {
  const mask = 1n << BigInt(width(format2) - 1 - bit);
  const before = patternShown(format2, state);
  const pattern = on ? before | mask : before & ~mask;
  return {
    number: numberText(decode(format2, pattern).value),
    pinned: { name: format2.name, pattern: String(pattern) }
  };
}
var numberText = (number) => Object.is(number, -0) ? "-0" : String(number);

// helpers/figures/float_bits/words.js
var fieldOf = (format2, bit) => bit === 0 ? "sign" : bit <= format2.exponent ? "exponent" : "fraction";
var raised = (...words) => html("sup", {}, words);
function shortText(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "−inf";
  return numberText(number).replaceAll("-", "−");
}
function formulaNodes(format2, { sign, exponent, fraction, kind }) {
  const field = (name, ...words) => html("span", { class: `bf-fb-${name}` }, words);
  const plus = field("sign", sign ? "−" : "+");
  if (kind === "infinity") {
    return [
      plus,
      " infinity: ",
      field("exponent", "exponent all ones"),
      ", ",
      field("fraction", "fraction 0")
    ];
  }
  if (kind === "not a number") {
    return [
      "not a number: ",
      field("exponent", "exponent all ones"),
      ", ",
      field("fraction", "fraction not 0")
    ];
  }
  if (kind === "zero") {
    return [plus, " zero: ", field("exponent", "exponent 0"), ", ", field("fraction", "fraction 0")];
  }
  const lead = kind === "subnormal" ? "0" : "1";
  return [
    plus,
    " 2",
    raised(field("exponent", Math.max(exponent, 1)), `−${bias(format2)}`),
    " × (",
    lead,
    " + ",
    field("fraction", fraction, "/2", raised(format2.fraction)),
    ")",
    kind === "subnormal" ? "  (subnormal: no leading 1)" : ""
  ];
}
function shortened(decimal, room = 58) {
  if (decimal.length <= room) return decimal;
  const digits = decimal.replace(/\D/g, "").replace(/^0+/, "").length;
  return `${decimal.slice(0, room - 12)}… (${digits} digits)`;
}
function errorText(number, value) {
  if (Object.is(number, value) || number === value) return "exact";
  if (!Number.isFinite(number) || !Number.isFinite(value)) {
    return Number.isFinite(number) ? "too large for it" : "";
  }
  if (value === 0) return "too small for it";
  return `off by ${format(100 * Math.abs(value - number) / Math.abs(number))} %`;
}
function titleNodes(format2, { kind }) {
  const field = (name, words) => html("span", { class: `bf-fb-${name}` }, words);
  return [
    html("strong", {}, format2.name),
    field("sign", "sign 1"),
    field("exponent", `exponent ${format2.exponent}`),
    field("fraction", `fraction ${format2.fraction}`),
    html("span", {}, `up to ${largest(format2) < 1e6 ? largest(format2) : format(largest(format2))}`),
    kind === "normal" ? null : html("span", { class: "bf-fb-kind" }, kind)
  ].filter(Boolean);
}
function valueNodes(format2, pattern, number) {
  const { value } = decode(format2, pattern);
  const gap = spacing(format2, pattern);
  const note = [errorText(number, value), Number.isNaN(gap) ? "" : `next number ${format(gap)} away`].filter(Boolean);
  return [
    "= ",
    html("b", {}, shortened(exactDecimal(format2, pattern))),
    html("span", { class: "bf-fb-note" }, note.join(", "))
  ];
}
function tradeSentence(formats) {
  return formats.map(
    (format2) => `${format2.name} holds normal numbers from ${format(smallestNormal(format2))} to ${format(largest(format2))} with ${digitsOf(format2).toFixed(1)} digits`
  ).join("; ");
}
var digitsOf = ({ fraction }) => (fraction + 1) * Math.log10(2);

// helpers/figures/float_bits/views.js
var FIELD_GAP = 7;
var BIT_HEIGHT = 34;
function bitLayout(format2, { width: room, size }) {
  const oneLine = width(format2) * size + 2 * FIELD_GAP <= room;
  const perLine = oneLine ? width(format2) : Math.floor((room - 2 * FIELD_GAP) / size);
  const front = 1 + format2.exponent;
  return Array.from({ length: width(format2) }, (_, bit) => {
    const alone = bit >= front && !oneLine;
    const place = alone ? bit - front : bit;
    const line = Math.floor(place / perLine) + (alone ? Math.ceil(front / perLine) : 0);
    const gaps = alone || place >= perLine ? 0 : Number(bit > 0) + Number(bit >= front);
    return { bit, x: place % perLine * size + gaps * FIELD_GAP, y: line * (BIT_HEIGHT + 4) };
  });
}
function rowPart(stage2, format2) {
  let current = 0;
  let painted = false;
  const flip = (bit) => stage2.set(afterFlip(format2, stage2.state, bit));
  const move = (bit, by) => {
    current = bit;
    if (by === "press") painted = !bitAt(format2, stage2.state, bit);
    if (by === "drag") stage2.set(withBit(format2, stage2.state, bit, painted));
    else stage2.invalidate();
  };
  const cells2 = cells({
    label: `Bits of ${format2.name}`,
    touch: "pan-y",
    current: () => current,
    onPick: move,
    onPress: flip
  });
  const picture = svg("svg", {
    class: "bf-panel-svg",
    role: "group",
    "aria-label": `${format2.name}, bit by bit`
  }, cells2.root);
  const [title, formula, value] = ["bf-fb-title", "bf-fb-formula", "bf-fb-value"].map(
    (name) => html("div", { class: name })
  );
  const root = html("div", { class: "bf-fb-row" }, title, picture, formula, value);
  const draw = ({ width: room, size }) => {
    const pattern = patternShown(format2, stage2.state);
    const parts = decode(format2, pattern);
    const places = bitLayout(format2, { width: room, size });
    set(picture, { width: room, height: Math.max(...places.map(({ y }) => y)) + BIT_HEIGHT + 2 });
    cells2.draw(
      places.map(
        ({ bit, x, y }) => bitCell(format2, bit, bitAt(format2, stage2.state, bit), { x: x + 1, y: y + 1, size })
      )
    );
    clear(title, titleNodes(format2, parts));
    clear(formula, formulaNodes(format2, parts));
    clear(value, valueNodes(format2, pattern, Number(stage2.state.number)));
  };
  return { root, draw };
}
function bitCell(format2, bit, on, { x, y, size }) {
  const field = fieldOf(format2, bit);
  const place = field === "sign" ? "sign" : `${field} bit ${field === "exponent" ? format2.exponent - bit : width(format2) - 1 - bit}`;
  return {
    key: bit,
    x,
    y,
    width: size - 2,
    height: BIT_HEIGHT,
    text: on ? "1" : "0",
    pressed: on === 1n,
    label: `${format2.name} ${place}`,
    classes: `bf-fb-${field}-bit ${on ? "bf-fb-one" : ""}`
  };
}
var POWERS = [-46, 40];
function tradePart(stage2, formats, onPower) {
  const picture = svg("svg", {
    class: "bf-panel-svg bf-fb-trade",
    role: "img",
    "aria-label": tradeSentence(formats)
  });
  let axis = scale(POWERS, [0, 1]);
  const drag = (event) => onPower(clamp(axis.invert(event.clientX - picture.getBoundingClientRect().left), ...POWERS));
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    picture.addEventListener("pointermove", drag);
    event.preventDefault();
    drag(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    picture.addEventListener(end, () => picture.removeEventListener("pointermove", drag));
  }
  const draw = ({ width: room }) => {
    axis = scale(POWERS, [72, Math.round(room * 0.68)]);
    const most = Math.max(...formats.map(digitsOf));
    const digits = scale([0, most], [axis.range[1] + 24, room - 28]);
    const bottom = 22 + 24 * formats.length;
    set(picture, { width: room, height: bottom + 26 });
    clear(
      picture,
      headingNodes(axis, digits, room),
      formats.flatMap((format2, row) => barNodes(format2, { axis, digits, y: 24 + 24 * row })),
      tickNodes(axis, bottom),
      markerNodes(Number(stage2.state.number), axis, bottom)
    );
  };
  return { root: picture, draw };
}
function headingNodes(axis, digits, room) {
  const [exponent, fraction] = room < 480 ? ["range", "digits"] : ["exponent bits buy range", "fraction bits buy digits"];
  return [
    svg("text", { x: axis.range[0], y: 14, class: "bf-fb-buys-range" }, exponent),
    svg("text", { x: digits.range[0], y: 14, class: "bf-fb-buys-digits" }, fraction)
  ];
}
function barNodes(format2, { axis, digits, y }) {
  const tiny = Math.log10(smallestNormal(format2));
  const [from, middle, to] = [tiny - format2.fraction * Math.log10(2), tiny, Math.log10(largest(format2))].map((power) => axis(clamp(power, ...POWERS)));
  const count = digitsOf(format2);
  return [
    svg("text", { x: 0, y: y + 13 }, format2.name),
    svg("rect", { class: "bf-fb-subnormal", x: from, y, width: middle - from, height: 16 }),
    svg("rect", { class: "bf-fb-normal", x: middle, y, width: to - middle, height: 16 }),
    svg("rect", { class: "bf-fb-digits", x: digits(0), y, width: digits(count) - digits(0), height: 16 }),
    svg("text", { x: digits(count) + 6, y: y + 13 }, count.toFixed(1))
  ];
}
function tickNodes(axis, bottom) {
  const stride = axis.range[1] - axis.range[0] < 300 ? 20 : 10;
  return [-40, -30, -20, -10, 0, 10, 20, 30, 40].filter((power) => power % stride === 0).map(
    (power) => svg(
      "text",
      { class: "bf-tick", x: axis(power), y: bottom + 20, "text-anchor": "middle" },
      power === 0 ? "1" : format(Number(`1e${power}`), 1).replace("1×", "")
    )
  );
}
function markerNodes(number, axis, bottom) {
  if (number === 0 || !Number.isFinite(number)) return [];
  const x = axis(clamp(Math.log10(Math.abs(number)), ...POWERS));
  return [
    svg("path", { class: "bf-fb-marker", d: `M${x},20V${bottom}` }),
    svg("circle", { class: "bf-dot bf-fb-knob", cx: x, cy: bottom, r: 7 })
  ];
}

// helpers/figures/float_bits/figure.js
var TRY = ["1e-40", "1e-8", "0.1", "1", "257", "2049", "70000", "Infinity", "NaN"];
function roundNumber(power) {
  return Number((10 ** power).toPrecision(3));
}
function numberField(onNumber) {
  const input = html("input", {
    type: "text",
    class: "bf-fb-input",
    inputmode: "text",
    "aria-label": "number to store",
    size: 8,
    spellcheck: "false"
  });
  const read = () => {
    const number = Number(input.value.trim().replace("−", "-").replace(/^(-?)inf$/i, "$1Infinity"));
    const meant = input.value.trim() !== "" && (!Number.isNaN(number) || /^nan$/i.test(input.value.trim()));
    input.setAttribute("aria-invalid", String(!meant));
    if (meant) onNumber(number);
  };
  input.addEventListener("change", read);
  return { root: html("label", { class: "bf-fb-field" }, "number ", input), input };
}
function sentence(formats, state) {
  const each = formats.map(
    (format2) => `${format2.name} stores ${shortened(exactDecimal(format2, patternShown(format2, state)), 24)}`
  );
  return `${shortText(Number(state.number))}: ${each.join("; ")}.`;
}
function render({ model, el }) {
  const formats = model.get("formats");
  const stage2 = stage({
    model,
    el,
    name: "FloatBits",
    label: "The bits of floating-point numbers",
    state: { number: model.get("number"), pinned: model.get("pinned") ?? {} }
  });
  const show = (number) => stage2.set({ number: numberText(number), pinned: {} });
  const field = numberField(show);
  const tries = html(
    "div",
    { class: "bf-fb-tries" },
    TRY.map((text) => button({ label: shortText(Number(text)), onClick: () => show(Number(text)) }).root)
  );
  const size = slider({
    label: "size of the number",
    min: POWERS[0],
    max: POWERS[1],
    step: 0.25,
    value: 0,
    format: () => shortText(Number(stage2.state.number)),
    onInput: (power) => show(roundNumber(power))
  });
  const trade = tradePart(stage2, formats, (power) => show(roundNumber(power)));
  const rows = formats.map((format2) => rowPart(stage2, format2));
  stage2.body.append(
    html("div", { class: "bf-fb-top" }, field.root, tries),
    trade.root,
    controls(size.root),
    html("div", { class: "bf-fb-rows" }, rows.map(({ root }) => root))
  );
  stage2.onDraw(({ width: room, state }) => {
    if (document.activeElement !== field.input) field.input.value = shortText(Number(state.number));
    const number = Math.abs(Number(state.number));
    size.value = number > 0 && number < Infinity ? clamp(Math.log10(number), ...POWERS) : number === Infinity ? POWERS[1] : POWERS[0];
    for (const part of [...rows, trade]) {
      part.draw({ width: room, size: room >= 640 ? Math.min(26, Math.floor((room - 16) / 32)) : 28 });
    }
  });
  stage2.say(() => sentence(formats, stage2.state));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
