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
function percent(fraction) {
  return `${(100 * fraction).toFixed(1)} %`;
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

// helpers/figures/kit/tensors.js
function product(sizes) {
  return sizes.reduce((all, size) => all * size, 1);
}
function tuple(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}

// helpers/figures/network_anatomy/maths.js
function parameterCount(layer) {
  return layer.parameters.reduce((sum, [, shape]) => sum + product(shape), 0);
}
function numbersPerSample(layer) {
  return layer.shape ? product(layer.shape.slice(1)) : 0;
}
function census(layers) {
  const counts = layers.map(parameterCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    counts,
    total,
    shares: counts.map((count) => total ? count / total : 0),
    largest: counts.indexOf(Math.max(...counts))
  };
}
function refit(layer, inputs, outputs) {
  const shape = [...layer.shape.slice(0, -1), outputs];
  if (layer.kind !== "Linear") return { ...layer, shape };
  const parameters = layer.parameters.map(([name]) => [name, name === "weight" ? [outputs, inputs] : [outputs]]);
  return { ...layer, shape, parameters, spec: `${inputs} → ${outputs}` };
}
function withWidth(layers, place, width) {
  let flowing = null;
  return layers.map((layer, i) => {
    if (i === place) {
      flowing = width;
      return refit(layer, layer.parameters[0][1][1], width);
    }
    if (flowing === null) return layer;
    const changed = refit(layer, flowing, layer.kind === "Linear" ? layer.shape.at(-1) : flowing);
    if (layer.kind === "Linear") flowing = null;
    return changed;
  });
}

// helpers/figures/network_anatomy/words.js
var thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
var specOf = ({ spec, calls }) => calls > 1 ? `${spec}, ${calls} calls` : spec;
var nameOf = (layer) => [layer.name, layer.kind].filter(Boolean).join("  ");
function sumText(layer) {
  if (layer.calls === 0) return "never called: the forward pass leaves it out";
  if (!layer.parameters.length) return "no parameters: it computes, and learns nothing";
  const terms = layer.parameters.map(([name, shape]) => `${name} ${shape.join(" × ")}`).join(" + ");
  return `${terms} = ${thousands(parameterCount(layer))} parameters`;
}
function bytesText(count) {
  const bytes = 4 * count;
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${format(bytes / 1e3)} kB` : `${format(bytes / 1e6)} MB`;
}
function sentence({ layers, layer: place }) {
  const { counts, total, shares, largest } = census(layers);
  const rank = place === largest ? ", more than any other layer" : "";
  return `Layer ${nameOf(layers[place])}: ${thousands(counts[place])} of ${thousands(total)} parameters, ${percent(shares[place])}${rank}.`;
}
var shapeText = ({ shape }) => shape ? tuple(shape) : "not called";

// helpers/figures/network_anatomy/views.js
function shareBar(width, { layers, layer: chosen }) {
  const { shares, largest } = census(layers);
  let x = 0;
  return layers.flatMap((layer, i) => {
    const piece = { x, width: shares[i] * width };
    x += piece.width;
    if (!shares[i]) return [];
    const label = [`${layer.name}: ${percent(shares[i])}`, percent(shares[i])].find(
      (text) => 7.5 * text.length < piece.width
    );
    return [
      svg("rect", {
        class: `na-piece${i === largest ? " na-largest" : ""}${i === chosen ? " na-chosen" : ""}`,
        y: 2,
        height: 30,
        ...piece
      }),
      label ? svg("text", { x: piece.x + piece.width / 2, y: 22, "text-anchor": "middle" }, label) : null
    ];
  });
}
function columns(width, layers) {
  if (width < 560) {
    return {
      narrow: true,
      row: 58,
      head: 22,
      flow: 8,
      flowRoom: 0.5 * width - 66,
      holds: 0.5 * width + 8,
      holdsRoom: 0.5 * width - 66
    };
  }
  const longest = Math.max(...layers.map((layer) => 8 * nameOf(layer).length + 7 * specOf(layer).length));
  const flow = clamp(longest + 24, 180, 260);
  return {
    narrow: false,
    row: 36,
    head: 24,
    flow,
    flowRoom: 96,
    holds: flow + 210,
    holdsRoom: width - flow - 334
  };
}
function limitsOf(layers, inputShape) {
  const widest = layers.reduce((all, layer, i) => layer.editable ? withWidth(all, i, WIDEST) : all, layers);
  const flows = [product(inputShape.slice(1)), ...widest.map(numbersPerSample)];
  return { flow: Math.max(...flows), holds: Math.max(1, ...widest.map(parameterCount)) };
}
function flowBar(count, shape, at, y, place) {
  const length = at.flowRoom * (count / place.flow);
  return [
    svg("rect", { class: "na-flow", x: at.flow, y, width: Math.max(length, count ? 1 : 0), height: 12 }),
    svg(
      "text",
      { class: "bf-tick", x: at.flow + length + 12, y: y + 10 },
      at.narrow && count ? thousands(count) : shape
    )
  ];
}
function holdsBar(count, before, share, at, y, place) {
  const [length, old] = [count, before].map((held) => at.holdsRoom * (held / place.holds));
  const ghost = before === count ? null : svg("rect", { class: "na-ghost", x: at.holds, y: y - 3, width: old, height: 18 });
  const words = !count ? "0" : at.narrow ? thousands(count) : `${thousands(count)}  ·  ${percent(share)}`;
  return [
    ghost,
    svg("rect", {
      class: "na-holds",
      x: at.holds,
      y,
      width: Math.max(length, count ? 1 : 0),
      height: 12
    }),
    svg("text", { class: "bf-tick", x: at.holds + Math.max(length, old) + 6, y: y + 10 }, words)
  ];
}
function rowWords(name, spec, shape, width, at, y) {
  return [
    svg(
      "text",
      { x: 8, y },
      svg("tspan", { class: "na-name" }, name),
      spec ? svg("tspan", { dx: 8 }, spec) : null
    ),
    at.narrow ? svg("text", { class: "bf-tick", x: width - 8, y, "text-anchor": "end" }, shape) : null
  ];
}
function drawRows(group, width, opening, inputShape, place, { layers }) {
  const at = columns(width, opening);
  const { counts, shares } = census(layers);
  const line = (i) => at.head + at.row * (i + 1);
  const barY = (i) => line(i) + (at.narrow ? 32 : 12);
  const heads = [[at.flow, at.narrow ? "numbers out" : "output"], [at.holds, "parameters"]];
  clear(
    group,
    heads.map(([x, text]) => svg("text", { class: "na-head", x, y: 14 }, text)),
    rowWords("input", "", tuple(inputShape), width, at, line(-1) + 22),
    flowBar(product(inputShape.slice(1)), tuple(inputShape), at, barY(-1), place),
    layers.flatMap((layer, i) => [
      ...rowWords(nameOf(layer), specOf(layer), shapeText(layer), width, at, line(i) + 22),
      ...flowBar(numbersPerSample(layer), shapeText(layer), at, barY(i), place),
      ...holdsBar(counts[i], parameterCount(opening[i]), shares[i], at, barY(i), place)
    ])
  );
  return { at, line, barY, height: line(layers.length) + 3 };
}

// helpers/figures/network_anatomy/figure.js
var WIDEST = 1024;
function render({ model, el }) {
  const [opening, inputShape] = [model.get("layers"), model.get("input_shape")];
  const limits = limitsOf(opening, inputShape);
  const stage2 = stage({
    model,
    el,
    name: "NetworkAnatomy",
    label: "The layers of a network: what flows through them and what they hold",
    state: { layers: opening, layer: model.get("layer") }
  });
  const { state } = stage2;
  const change = (i, width) => stage2.set({ layer: i, layers: withWidth(state.layers, i, width) });
  const sliders = opening.flatMap((layer, i) => layer.editable ? [{ i, ...widthControl(layer, i, change) }] : []);
  const rows = cells({
    label: "Layers",
    touch: "pan-y",
    current: () => state.layer,
    onPick: (i) => stage2.set({ layer: i })
  });
  const [words, handles, pieces] = [svg("g", { class: "na-words" }), svg("g"), svg("g")];
  const bar = svg("svg", { class: "bf-panel-svg", "aria-hidden": "true", height: 34 }, pieces);
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "One row for each layer" },
    rows.root,
    words,
    handles
  );
  const [title, line] = [html("div", { class: "bf-title" }), html("p", { class: "na-line" })];
  const toWidth = (x) => {
    const { flow, flowRoom } = columns(stage2.width, opening);
    return clamp(Math.round((x - flow) / flowRoom * limits.flow), 1, WIDEST);
  };
  const knobs = sliders.map(({ i, slider: slider2 }) => {
    slider2.input.addEventListener("focus", () => stage2.set({ layer: i }));
    return {
      i,
      ...sliderKnob(slider2, { toValue: toWidth, onInput: (width) => change(i, width), dot: "na-dot" })
    };
  });
  handles.append(...knobs.map(({ knob: knob2 }) => knob2));
  const reset = button({
    label: "Reset",
    icon: "reset",
    onClick: () => stage2.set({ layers: opening, layer: model.get("layer") })
  });
  const inputs = sliders.length ? [controls(...sliders.map(({ slider: slider2 }) => slider2.root), reset.root)] : [];
  stage2.body.append(title, bar, picture, line, ...inputs);
  stage2.onDraw(({ width }) => {
    const { total } = census(state.layers);
    const before = census(opening).total;
    title.textContent = `${thousands(total)} parameters, ${bytesText(total)} as float32` + (total === before ? "" : ` (at first ${thousands(before)})`);
    set(bar, { width });
    clear(pieces, shareBar(width, state));
    const { at, line: top, barY, height } = drawRows(words, width, opening, inputShape, limits, state);
    set(picture, { width, height });
    rows.draw(
      state.layers.map((layer, i) => ({
        key: i,
        x: 1.5,
        y: top(i) + 1,
        width: width - 3,
        height: at.row - 2,
        classes: i === state.layer ? "bf-lit" : "",
        label: `${nameOf(layer)} ${specOf(layer)}: ${sumText(layer)}`
      }))
    );
    for (const { i, place } of knobs) {
      place(at.flow + at.flowRoom * (numbersPerSample(state.layers[i]) / limits.flow), barY(i) + 6);
    }
    for (const { i, slider: slider2 } of sliders) slider2.value = numbersPerSample(state.layers[i]);
    line.textContent = `${nameOf(state.layers[state.layer])}: ${sumText(state.layers[state.layer])}`;
  });
  stage2.say(() => sentence(state));
  return stage2.start();
}
function widthControl(layer, i, change) {
  const slider2 = slider({
    label: `width of layer ${layer.name}`,
    min: 1,
    max: WIDEST,
    step: 1,
    value: numbersPerSample(layer),
    format: (width) => `${width} ${width === 1 ? "number" : "numbers"}`,
    onInput: (width) => change(i, width)
  });
  return { slider: slider2 };
}
var figure_default = { render };
export {
  WIDEST,
  figure_default as default
};
