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
function percent(fraction) {
  return `${(100 * fraction).toFixed(1)} %`;
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
function choice({ label, options, value, onChange: onChange2 }) {
  const group = `bf-choice-${serial()}`;
  const radios = options.map((option) => {
    const input = html("input", { type: "radio", name: group, onchange: () => onChange2(option.value) });
    input.checked = option.value === value;
    return html("label", { class: "bf-option" }, input, html("span", {}, option.label));
  });
  return {
    root: html("fieldset", { class: "bf-choice" }, html("legend", { class: "bf-label" }, label), radios)
  };
}

// helpers/figures/kit/decode.js
function shortZeros(text) {
  const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const values = [];
  for (let at = 0; at < packed.length; at += 1) {
    if (packed[at]) values.push(packed[at]);
    else for (let left = packed[at += 1]; left > 0; left -= 1) values.push(0);
  }
  return values;
}

// helpers/figures/feature_maps/maths.js
function mapsOf(text, layers) {
  const bytes = shortZeros(text);
  let at = 0;
  return layers.map(
    ({ channels, size: [rows, columns], signed }) => channels.map(() => {
      const values = bytes.slice(at, at += rows * columns);
      return values.map((byte) => signed ? (byte > 127 ? byte - 256 : byte) / 127 : byte / 255);
    })
  );
}
function shades(shares, { largest, extents }, picture, map, scale2) {
  const factor = scale2 === "map" ? 1 : extents[picture] && largest[picture][map] / extents[picture];
  return shares.map((share) => share * factor);
}
function strongestUnit(shares, [rows, columns]) {
  const best = Math.max(...shares);
  if (best === Math.min(...shares)) return [Math.floor(rows / 2), Math.floor(columns / 2)];
  const place = shares.indexOf(best);
  return [Math.floor(place / columns), place % columns];
}
function fieldOf({ rows, columns }, [row2, column]) {
  const [[top, bottom], [left, right]] = [rows[row2], columns[column]];
  return { top, left, rows: bottom - top + 1, columns: right - left + 1 };
}
function unitAt({ rows, columns }, [y, x]) {
  return [[rows, y], [columns, x]].map(([spans, at]) => {
    const away = ([first, last]) => Math.abs((first + last + 1) / 2 - at);
    return spans.reduce((best, span, unit) => away(span) < away(spans[best]) ? unit : best, 0);
  });
}
function widestField({ rows, columns }) {
  return [rows, columns].map((spans) => Math.max(...spans.map(([first, last]) => last - first + 1)));
}
function rgbOf(hex) {
  return [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
}
var mix = (one, other, share) => one.map((part, i) => part + share * (other[i] - part));
function shadeOf(share, { ground, model, data, ink }) {
  const colour = share < 0 ? data : model;
  const size = Math.min(Math.abs(share), 1);
  const turn = 0.6;
  const mixed = size < turn ? mix(ground, colour, size / turn) : mix(colour, ink, 0.6 * ((size - turn) / (1 - turn)));
  return mixed.map(Math.round);
}
function fieldWords({ rows, columns }, [height, width]) {
  if (rows <= 0 || columns <= 0) return "no pixel, only padding";
  if (rows === height && columns === width) return "the whole picture";
  return `${rows} × ${columns} of ${height} × ${width} pixels`;
}
function silenceWords({ count, silent, dead }, picture, pictures) {
  if (!silent[picture]) {
    return count === 1 ? "Its map is positive somewhere." : `All ${count} maps are positive somewhere on this picture.`;
  }
  const here = `${silent[picture]} of ${plural(count, "map")} ${silent[picture] === 1 ? "is" : "are"} never positive on this picture`;
  return pictures > 1 ? `${here}, ${dead || "none"} on any of the ${pictures}.` : `${here}.`;
}
function unitWords(layer, map, [row2, column], value, side) {
  const place = `Map ${layer.channels[map]} of ${layer.title}, row ${row2}, column ${column}: ${format(value)}`;
  return `${place}. This unit sees ${fieldWords(fieldOf(layer, [row2, column]), side)}.`;
}
function answerWords({ label, guess, probability }) {
  const said = guess === null ? null : `the network says ${guess}, ${percent(probability)}`;
  return [label, said].filter((part) => part !== null).join("; ");
}

// helpers/figures/feature_maps/views.js
function fitted([rows, columns], side) {
  const unit = side / Math.max(rows, columns);
  return { unit, width: columns * unit, height: rows * unit };
}
function shadedPictures() {
  const made = /* @__PURE__ */ new Map();
  return (key, shares, [rows, columns], colours) => {
    const name = `${key} ${Object.values(colours).join()}`;
    if (!made.has(name)) made.set(name, shadedPicture(shares, rows, columns, colours));
    return made.get(name);
  };
}
function shadedPicture(shares, height, width, colours) {
  const canvas = html("canvas", { width, height });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  shares.forEach((share, place) => pixels.data.set([...shadeOf(share, colours), 255], 4 * place));
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}
var image = (href, place) => svg("image", { class: "fm-pixels", href, preserveAspectRatio: "none", ...place });
function onChange() {
  let before = null;
  return (parts, draw) => {
    const now = parts.join();
    if (now !== before) draw();
    before = now;
  };
}
function coloursOf(root) {
  const style = getComputedStyle(root);
  return Object.fromEntries(
    ["ground", "model", "data", "ink"].map((role) => [role, rgbOf(style.getPropertyValue(`--bf-${role}`).trim())])
  );
}
function pictureView(data, look) {
  const [shot, shade, frames] = [
    svg("g"),
    svg("path", { class: "fm-unseen", "fill-rule": "evenodd" }),
    svg("g")
  ];
  const picture = svg("svg", { class: "bf-panel-svg fm-picture", role: "img" }, shot, shade, frames);
  const title = html("div", { class: "bf-title" }, "the picture");
  const anew = onChange();
  let unit = 1;
  const drag = (event) => {
    const box = picture.getBoundingClientRect();
    look([(event.clientY - box.top) / unit, (event.clientX - box.left) / unit]);
  };
  dragging(picture, { drag, grab: () => {
  } });
  picture.addEventListener("pointerdown", drag);
  function draw(side, { picture: chosen }, field) {
    const size = fitted([data.height, data.width], side);
    ({ unit } = size);
    set(picture, {
      width: size.width,
      height: size.height,
      "aria-label": pictureLabel(data, chosen, field)
    });
    anew(
      [chosen, side],
      () => clear(shot, image(data.pictures[chosen], { width: size.width, height: size.height }))
    );
    const seen = {
      x: field.left * unit,
      y: field.top * unit,
      width: field.columns * unit,
      height: field.rows * unit
    };
    const inside = field.rows > 0 && field.columns > 0;
    const hole = inside ? `M${seen.x},${seen.y}h${seen.width}v${seen.height}h${-seen.width}z` : "";
    set(shade, { d: `M0,0H${size.width}V${size.height}H0z${hole}` });
    clear(
      frames,
      inside ? ["fm-halo", "fm-frame"].map((name) => svg("rect", { class: name, ...seen })) : []
    );
  }
  return { root: html("div", { class: "bf-panel" }, title, picture), draw };
}
function pictureLabel({ answers, height, width }, chosen, field) {
  const { label } = answers[chosen];
  const where = field.rows > 0 && field.columns > 0 ? `, from row ${field.top} and column ${field.left} on` : "";
  return `Picture ${chosen + 1}${label ? `, ${label}` : ""}; the unit sees ${fieldWords(field, [height, width])}${where}`;
}
function mapView(stage2, onUnit) {
  const [shot, frames, over] = [svg("g"), svg("g"), svg("g")];
  const picture = svg("svg", { class: "bf-panel-svg fm-map", role: "img" }, shot, frames, over);
  const title = html("div", { class: "bf-title" });
  const root = html("div", { class: "bf-panel" }, title, picture);
  const anew = onChange();
  let unit = 1;
  const box = {
    root,
    svg: picture,
    over,
    x: (column) => (column + 0.5) * unit,
    y: (up) => (0.5 - up) * unit,
    toData(event) {
      const { left, top } = picture.getBoundingClientRect();
      return [(event.clientX - left) / unit - 0.5, 0.5 - (event.clientY - top) / unit];
    }
  };
  const [x, y] = [{ label: "column of the unit", min: 0, max: 1, step: 1 }, {
    label: "row of the unit",
    min: -1,
    max: 0,
    step: 1
  }];
  const handle2 = handle(box, {
    x,
    y,
    role: "path",
    get: () => [stage2.state.unit[1], -stage2.state.unit[0]],
    onInput: ([column, up]) => onUnit([Math.abs(up), column])
  });
  function draw(side, layer, { map, unit: [row2, column] }, href) {
    const size = fitted(layer.size, side);
    ({ unit } = size);
    [x.max, y.min] = [layer.size[1] - 1, 1 - layer.size[0]];
    set(handle2.inputs[0], { max: x.max });
    set(handle2.inputs[1], { min: y.min });
    title.textContent = `map ${layer.channels[map]} of ${layer.title}`;
    set(picture, {
      width: size.width,
      height: size.height,
      "aria-label": `Map ${layer.channels[map]} of ${layer.title}, ${layer.size.join(" × ")} units`
    });
    anew(
      [href, layer.size, side],
      () => clear(shot, image(href, { width: size.width, height: size.height }))
    );
    clear(
      frames,
      svg("rect", { class: "fm-edge", width: size.width, height: size.height }),
      ...["fm-halo", "fm-frame"].map(
        (name) => svg("rect", { class: name, x: column * unit, y: row2 * unit, width: unit, height: unit })
      )
    );
    handle2.place();
    set(handle2.inputs[1], { "aria-valuetext": String(row2) });
  }
  return { root, draw };
}
function legendView() {
  const picture = svg("svg", { class: "bf-panel-svg fm-legend", role: "img" });
  const anew = onChange();
  const draw = (width, colours, { signed }, extent) => anew([width, signed, extent, ...Object.values(colours)], () => {
    const [left, right] = [signed ? -1 : 0, 1];
    const steps = Array.from({ length: 40 }, (_, i) => left + (right - left) * (i + 0.5) / 40);
    const bar = steps.map(
      (share, i) => svg("rect", {
        x: i * width / 40,
        width: width / 40 + 0.5,
        height: 10,
        fill: `rgb(${shadeOf(share, colours)})`
      })
    );
    const ends = [[0, "start", left * extent], [width, "end", extent]];
    set(picture, {
      width,
      height: 26,
      "aria-label": `Shades from ${format(left * extent)} to ${format(extent)}`
    });
    clear(
      picture,
      bar,
      svg("rect", { class: "fm-edge", width, height: 10 }),
      ends.map(
        ([x, anchor, value]) => svg("text", { class: "bf-tick", x, y: 24, "text-anchor": anchor }, format(value))
      )
    );
  });
  return { root: picture, draw };
}

// helpers/figures/feature_maps/chooser.js
var MAP_KEY = 100;
var MAP_GAP = 5;
var ROW_TITLE = 21;
function chooserView(stage2, data, choose) {
  const cells2 = cells({
    label: "Pictures",
    touch: "pan-y",
    current: () => stage2.state.picture,
    onPick: choose
  });
  const [still, anew] = [svg("g", { class: "fm-still" }), onChange()];
  const root = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Pictures to choose from" },
    cells2.root,
    still
  );
  const draw = (width) => anew([width, stage2.state.picks], () => {
    const count = data.pictures.length;
    const side = Math.min(52, Math.floor((width + MAP_GAP) / count) - MAP_GAP);
    const at = (i) => i * (side + MAP_GAP) + 1.5;
    set(root, { width, height: side + 3 });
    cells2.draw(
      data.answers.map((answer, i) => ({
        key: i,
        x: at(i),
        y: 1.5,
        width: side,
        height: side,
        classes: i === stage2.state.picture ? "bf-lit" : "",
        label: `picture ${i + 1}${answer.label ? `: ${answer.label}` : ""}`
      }))
    );
    clear(
      still,
      data.pictures.map((href, i) => centred(href, [data.height, data.width], at(i), 1.5, side))
    );
  });
  return { root, draw };
}
function centred(href, size, x, y, side) {
  const { width, height } = fitted(size, side - 8);
  return image(href, { x: x + (side - width) / 2, y: y + (side - height) / 2, width, height });
}
function placesOf(layers, width) {
  const most = Math.max(...layers.map(({ channels }) => channels.length));
  const side = Math.min(50, Math.floor((width - 3 + MAP_GAP) / most) - MAP_GAP);
  const step = side + ROW_TITLE + 5;
  const places = layers.flatMap(
    ({ channels }, layer) => channels.map((_, map) => ({ layer, map, x: 1.5 + map * (side + MAP_GAP), y: layer * step + ROW_TITLE }))
  );
  return { places, side, step, height: layers.length * step };
}
function rowsView(stage2, data, choose, hrefOf) {
  const { state } = stage2;
  const onPick = (key) => choose({ layer: Math.floor(key / MAP_KEY), map: key % MAP_KEY });
  const cells2 = cells({
    label: "Maps",
    touch: "pan-y",
    current: () => state.layer * MAP_KEY + state.map,
    onPick
  });
  const still = svg("g", { class: "fm-still" });
  const root = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "The strongest maps of each layer" },
    cells2.root,
    still
  );
  const [touched, shown] = [onChange(), onChange()];
  const draw = (width, colours) => {
    const { places, side, step, height } = placesOf(data.layers, width);
    set(root, { width, height });
    touched(
      [width, state.picks],
      () => cells2.draw(
        places.map(({ layer, map, x, y }) => ({
          key: layer * MAP_KEY + map,
          x,
          y,
          width: side,
          height: side,
          classes: layer === state.layer && map === state.map ? "bf-lit" : "",
          label: cellLabel(data.layers[layer], map, state.picture)
        }))
      )
    );
    shown(
      [width, state.picture, state.scale, ...Object.values(colours)],
      () => clear(
        still,
        places.map(
          ({ layer, map, x, y }) => centred(hrefOf(layer, map), data.layers[layer].size, x, y, side)
        ),
        data.layers.flatMap(
          (layer, i) => rowTitle(layer, state.picture, [data.height, data.width], i * step + 14, width)
        )
      )
    );
  };
  return { root, draw };
}
function cellLabel({ title, channels, count, largest }, map, picture) {
  const weakest = map === channels.length - 1 && count > channels.length ? ", the weakest" : "";
  return `${title}, map ${channels[map]}${weakest}: at most ${format(largest[picture][map])}`;
}
function rowTitle(layer, picture, side, y, width) {
  const [rows, columns] = widestField(layer);
  const whole = rows === side[0] && columns === side[1];
  const silent = layer.silent[picture] ? `, ${layer.silent[picture]} silent` : "";
  const of = width < 420 ? "×" : "maps of";
  const name = svg("tspan", { class: "fm-name" }, layer.title);
  const maps = svg("tspan", { dx: 9 }, `${layer.count} ${of} ${layer.size.join(" × ")}${silent}`);
  return [
    svg("text", { x: 2, y }, name, maps),
    svg(
      "text",
      { x: width - 4, y, "text-anchor": "end" },
      whole ? "sees everything" : `sees ${rows} × ${columns}`
    )
  ];
}

// helpers/figures/feature_maps/figure.js
var SENT = (
  /** @type {const} */
  ["height", "width", "pictures", "answers", "layers", "maps"]
);
var SCALES = [["map", "each map by itself"], ["layer", "all maps of a layer alike"]];
function valueAt(shares, { size: [, columns], largest }, picture, map, [row2, column]) {
  return shares[row2 * columns + column] * largest[picture][map];
}
function makeControls(stage2, change, reset) {
  const scale2 = choice({
    label: "Shade",
    value: stage2.state.scale,
    options: SCALES.map(([value, label]) => ({ value, label })),
    onChange: (value) => change({ scale: value })
  });
  const again = button({ label: "Reset", icon: "reset", onClick: reset });
  const refresh = () => scale2.root.querySelectorAll("input").forEach((input, i) => {
    input.checked = SCALES[i][0] === stage2.state.scale;
  });
  return { root: controls(scale2.root, again.root), refresh };
}
function readingsOf(data, colours) {
  const maps = data.maps.map((text) => mapsOf(text, data.layers));
  const shaded = shadedPictures();
  return {
    strongest: ({ picture, layer, map }) => strongestUnit(maps[picture][layer][map], data.layers[layer].size),
    href({ picture, scale: scale2 }, layer, map) {
      const shares = shades(maps[picture][layer][map], data.layers[layer], picture, map, scale2);
      return shaded([picture, layer, map, scale2].join("-"), shares, data.layers[layer].size, colours());
    },
    extent({ picture, layer, map, scale: scale2 }) {
      const { largest, extents } = data.layers[layer];
      return scale2 === "map" ? largest[picture][map] : extents[picture];
    },
    words({ picture, layer, map, unit }) {
      const chosen = data.layers[layer];
      const value = valueAt(maps[picture][layer][map], chosen, picture, map, unit);
      return [
        unitWords(chosen, map, unit, value, [data.height, data.width]),
        `${chosen.title}: ${silenceWords(chosen, picture, data.pictures.length)}`
      ];
    }
  };
}
function themedColours(root) {
  let [theme, colours] = [null, null];
  return () => {
    if (theme !== root.dataset.theme) colours = coloursOf(root);
    theme = root.dataset.theme;
    return colours;
  };
}
function render({ model, el }) {
  const data = traits(model, SENT);
  const opening = traits(model, ["picture", "layer", "map", "scale"]);
  const stage2 = stage({
    model,
    el,
    name: "FeatureMaps",
    label: "What the layers of a network make of a picture",
    state: { ...opening, unit: (
      /** @type {[number, number]} */
      [0, 0]
    ), picks: 0 }
  });
  const { state } = stage2;
  const colours = themedColours(stage2.root);
  const read = readingsOf(data, colours);
  state.unit = read.strongest(state);
  const choose = (patch) => stage2.set({ ...patch, unit: read.strongest({ ...state, ...patch }), picks: state.picks + 1 });
  const toUnit = (unit2) => stage2.set({ unit: unit2 });
  const [picture, map, legend] = [
    pictureView(data, (place) => toUnit(unitAt(data.layers[state.layer], place))),
    mapView(stage2, toUnit),
    legendView()
  ];
  const chooser = chooserView(stage2, data, (chosen) => choose({ picture: chosen }));
  const rows = rowsView(stage2, data, choose, (layer, at) => read.href(state, layer, at));
  const [answer, unit, silence] = ["answer", "unit", "silence"].map(
    (name) => html("p", { class: `fm-${name}` })
  );
  const use = makeControls(stage2, (patch) => stage2.set(patch), () => choose(opening));
  const large = html(
    "div",
    { class: "fm-large" },
    picture.root,
    html("div", {}, map.root, legend.root)
  );
  const small = html("div", { class: "fm-small" }, chooser.root, answer, rows.root);
  stage2.body.append(row(large, small), unit, silence, use.root);
  stage2.onDraw(({ width }) => {
    const narrow = width < 600;
    const square = narrow ? Math.floor((width - 14) / 2) : 228;
    const room = narrow ? width : width - square - 24;
    const layer = data.layers[state.layer];
    large.style.width = `${narrow ? width : square}px`;
    small.style.width = `${room}px`;
    picture.draw(square, state, fieldOf(layer, state.unit));
    map.draw(square, layer, state, read.href(state, state.layer, state.map));
    legend.draw(square, colours(), layer, read.extent(state));
    chooser.draw(room);
    rows.draw(room, colours());
    answer.textContent = answerWords(data.answers[state.picture]);
    [unit.textContent, silence.textContent] = read.words(state);
    use.refresh();
  });
  stage2.say(() => read.words(state).join(" "));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default,
  valueAt
};
