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

// helpers/figures/transform_lab/views.js
function pictureView(stage2, sheets) {
  const clipId = `tl-clip-${pictureView.count++}`;
  const clip = svg("rect", { x: 0, y: 0 });
  const [right, left, over] = [svg("g"), svg("g", { "clip-path": `url(#${clipId})` }), svg("g")];
  const line = svg("line", { class: "tl-divider" });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg tl-picture", role: "img" },
    svg("defs", {}, svg("clipPath", { id: clipId }, clip)),
    right,
    left,
    line,
    over
  );
  const names = [html("span", {}), html("span", {})];
  const root = html(
    "div",
    { class: "bf-panel tl-view" },
    html("div", { class: "tl-names" }, names),
    picture
  );
  const box = {
    root,
    svg: picture,
    over,
    x: null,
    y: null,
    toData: (event) => [box.x.invert(event.clientX - picture.getBoundingClientRect().left), 50]
  };
  const handle2 = handle(box, {
    x: { label: "divider", min: 0, max: 100, step: 1 },
    role: "model",
    get: () => [stage2.state.divider, 50],
    onInput: ([divider]) => stage2.set({ divider })
  });
  function draw(size, { order, angle, divider, against }) {
    [box.x, box.y] = [scale([0, 100], [0, size]), scale([0, 100], [0, size])];
    const other = order.toReversed();
    set(picture, {
      width: size,
      height: size,
      viewBox: `0 0 ${size} ${size}`,
      "aria-label": `Left of the divider ${arrow(order)}, right of it ${against === "reverse" ? arrow(other) : "the original"}`
    });
    clear(left, sheets.result(order, angle, { size }));
    clear(
      right,
      against === "reverse" ? sheets.result(other, angle, { size }) : sheets.original({ size })
    );
    const x = box.x(divider);
    set(clip, { width: Math.max(x, 0), height: size });
    set(line, { x1: x, x2: x, y1: 0, y2: size });
    names[0].textContent = `◂ ${arrow(order)}`;
    names[1].textContent = `${against === "reverse" ? arrow(other) : "original"} ▸`;
    root.style.width = `${size}px`;
    handle2.place();
  }
  return { root, draw };
}
pictureView.count = 0;
function chipRow(stage2, change) {
  const root = html("div", {
    class: "tl-chips",
    role: "group",
    "aria-label": "order of the transforms: drag one past another"
  });
  let [held, before, dragged] = [-1, null, false];
  const order = () => stage2.state.order;
  const move = (to) => {
    if (held < 0 || to === held || to < 0 || to >= order().length) return;
    change({ order: moved(order(), held, to) });
    [held, dragged] = [to, true];
  };
  const chipAt = (x) => [...root.children].findIndex((chip) => x < chip.getBoundingClientRect().right);
  set(root, {
    onpointerdown: (event) => {
      held = [...root.children].indexOf(event.target.closest("button"));
      [before, dragged] = [order(), false];
      if (held >= 0) root.setPointerCapture(event.pointerId);
    },
    onpointermove: (event) => {
      if (root.hasPointerCapture(event.pointerId)) move(chipAt(event.clientX));
    },
    onpointerup: () => {
      if (held >= 0 && !dragged) move((held + 1) % order().length);
      held = -1;
    },
    onkeydown: (event) => {
      const pace = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape" && before) change({ order: before });
      if (!pace) return;
      held = [...root.children].indexOf(event.target);
      before = order();
      move(held + pace);
      draw(stage2.state);
      root.children[held].focus();
      held = -1;
      event.preventDefault();
    }
  });
  function draw({ order: names, angle }) {
    while (root.children.length > names.length) root.lastChild.remove();
    while (root.children.length < names.length) {
      root.append(html("button", { type: "button", class: "tl-chip" }));
    }
    names.forEach((name, i) => {
      root.children[i].textContent = name === "rotate" ? `rotate ${angle}°` : name;
      set(root.children[i], {
        "data-name": name,
        "aria-label": `${name}, number ${i + 1} of ${names.length}; arrow keys move it`
      });
    });
  }
  return { root, draw };
}
function stepsView(sheets) {
  const picture = svg("svg", { class: "tl-steps", role: "img" });
  const draw = (width, { order, angle }) => {
    const size = Math.min(76, Math.floor((width - 16 * order.length) / (order.length + 1)));
    const stops = Array.from({ length: order.length + 1 }, (_, i) => order.slice(0, i));
    set(picture, {
      width,
      height: size + 20,
      viewBox: `0 0 ${width} ${size + 20}`,
      "aria-label": `From the original through ${arrow(order)}`
    });
    clear(
      picture,
      stops.flatMap((done, i) => {
        const x = i * (size + 16);
        return [
          sheets.step(done, angle, { x, size }),
          i ? svg("path", { class: "tl-arrow", d: `M${x - 13},${size / 2}h8m-4,-4l4,4l-4,4` }) : null,
          svg(
            "text",
            { x: x + size / 2, y: size + 15, "text-anchor": "middle" },
            i ? order[i - 1] : "original"
          )
        ].filter(Boolean);
      })
    );
  };
  return { root: picture, draw };
}

// helpers/figures/transform_lab/words.js
var TITLES = {
  rotate: (angle) => `v2.RandomRotation((${angle}, ${angle}),
        interpolation=BILINEAR)`,
  crop: (_angle, size) => `v2.CenterCrop(${size})`,
  flip: () => "v2.RandomHorizontalFlip(p=1.0)"
};
function codeOf(order, angle, cropSize) {
  return ["v2.Compose([", ...order.map((name) => `    ${TITLES[name](angle, cropSize)},`), "])"].join("\n");
}
function verdictOf(share) {
  if (share === 0) return "Not a single pixel differs: these two orders commute.";
  return `${Math.max(1, Math.round(100 * share))} % of the pixels differ from the reverse order.`;
}
function sentence(sheets, { order, angle, against }) {
  const words = against === "reverse" ? verdictOf(sheets.difference(order, angle)) : "Compared with the original.";
  return `${arrow(order)}, by ${angle} degrees. ${words}`;
}

// helpers/figures/transform_lab/figure.js
function moved(list, from, to) {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}
var withFlip = (order, on) => [...order.filter((name) => name !== "flip"), ...on ? ["flip"] : []];
var arrow = (order) => order.join(" → ");
function readSheets(model) {
  const [sizes, angles, orders, prefixes] = ["sizes", "angles", "orders", "prefixes"].map(
    (name) => model.get(name)
  );
  const [results, steps, original] = ["results", "steps", "original"].map((name) => model.get(name));
  const row = (angle) => angles.indexOf(angle);
  const cut = (href, column, line, [cell, columns, lines], { x = 0, y = 0, size }) => svg("svg", {
    x,
    y,
    width: size,
    height: size,
    viewBox: `${column * cell + 1.5} ${line * cell + 1.5} ${cell - 3} ${cell - 3}`,
    overflow: "hidden"
  }, svg("image", { href, width: cell * columns, height: cell * lines }));
  return {
    sizes,
    angles,
    result: (order, angle, place) => cut(
      results,
      orders.indexOf(order.join()),
      row(angle),
      [sizes.crop, orders.length, angles.length],
      place
    ),
    original: (place) => cut(original, 0, 0, [sizes.side, 1, 1], place),
    difference: (order, angle) => model.get("differences")[orders.indexOf(order.join())][row(angle)],
    /** A small view after the first transforms of a pipeline; whole results come from the large sheet. */
    step(order, angle, { x, size }) {
      const place = prefixes.indexOf(order.join());
      if (place >= 0) {
        return cut(steps, place, row(angle), [sizes.small, prefixes.length, angles.length], { x, size });
      }
      const inner = size * sizes.crop / sizes.side;
      return this.result(order, angle, { x: x + (size - inner) / 2, y: (size - inner) / 2, size: inner });
    }
  };
}
function render({ model, el }) {
  const sheets = readSheets(model);
  const opening = () => ({
    order: [...model.get("order")],
    angle: model.get("angle"),
    divider: 50,
    against: "reverse"
  });
  const begun = opening();
  const stage2 = stage({
    model,
    el,
    name: "TransformLab",
    label: "Transforms in an order, and the picture they make",
    state: begun
  });
  const change = (patch) => {
    Object.assign(stage2.state, patch);
    stage2.set({});
    refresh();
  };
  const view = pictureView(stage2, sheets);
  const chips = chipRow(stage2, change);
  const steps = stepsView(sheets);
  const code = html("pre", { class: "bf-code tl-code" });
  const verdict = html("p", { class: "tl-verdict" });
  const angle = slider({
    label: "angle of the rotation",
    values: sheets.angles,
    value: begun.angle,
    format: (value) => `${value}°`,
    ticks: sheets.angles.map((value) => ({ value, label: String(value) })),
    onInput: (value) => change({ angle: value })
  });
  const flip = toggle({
    label: "flip as well",
    onChange: (on) => change({ order: withFlip(stage2.state.order, on) })
  });
  const against = choice({
    label: "right of the divider",
    value: begun.against,
    onChange: (value) => change({ against: value }),
    options: [{ value: "reverse", label: "the reverse order" }, { value: "original", label: "the original" }]
  });
  const reset = button({ label: "Reset", icon: "reset", onClick: () => change(opening()) });
  const side = html(
    "div",
    { class: "tl-side" },
    html("div", { class: "bf-label" }, "Drag a chip past another:"),
    chips.root,
    steps.root,
    code,
    verdict
  );
  stage2.body.append(
    html("div", { class: "bf-row" }, view.root, side),
    controls(angle.root, flip.root),
    controls(against.root, reset.root)
  );
  function refresh() {
    angle.value = stage2.state.angle;
    flip.input.checked = stage2.state.order.includes("flip");
    [...against.root.querySelectorAll("input")].forEach((input, i) => {
      input.checked = i === 0 === (stage2.state.against === "reverse");
    });
  }
  refresh();
  stage2.onDraw(({ width, state }) => {
    const stacked = width < 560;
    const size = stacked ? Math.min(width, 320) : 320;
    view.draw(size, state);
    chips.draw(state);
    steps.draw(stacked ? width : width - size - 24, state);
    code.textContent = codeOf(state.order, state.angle, sheets.sizes.crop);
    verdict.textContent = verdictOf(sheets.difference(state.order, state.angle));
  });
  stage2.say(() => sentence(sheets, stage2.state));
  return stage2.start();
}
var figure_default = { render };
export {
  arrow,
  figure_default as default,
  moved
};
