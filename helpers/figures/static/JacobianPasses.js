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
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
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

// helpers/figures/jacobian_passes/figure.js
var MODES = [
  { key: "forward", arrow: "→", title: "forward", call: "jacfwd", each: "column" },
  { key: "reverse", arrow: "←", title: "reverse", call: "jacrev", each: "row" }
];
function passes({ n, m }) {
  return { forward: n, reverse: m };
}
function timesOf(times, { n, m }) {
  const [, , forward, reverse] = times.find(([inputs, outputs]) => inputs === n && outputs === m);
  return { forward, reverse };
}
function compare({ forward, reverse }) {
  const factor = Math.max(forward, reverse) / Math.min(forward, reverse);
  return { winner: factor < 1.1 ? "tie" : forward < reverse ? "forward" : "reverse", factor };
}
var factorText = (factor) => factor < 10 ? factor.toFixed(1) : String(Math.round(factor));
function verdict(state) {
  const [count, clock] = [compare(passes(state)), compare(timesOf(state.times, state))];
  const name = { forward: "forward mode", reverse: "reverse mode" };
  const counted = count.winner === "tie" ? "Both modes need equally many passes" : `By the count, ${name[count.winner]} needs ${Math.round(count.factor)} times fewer passes`;
  const agree = clock.winner === count.winner ? "" : "but ";
  const measured = clock.winner === "tie" ? "both took about as long" : `${{ forward: "jacfwd", reverse: "jacrev" }[clock.winner]} was ${factorText(clock.factor)} times faster`;
  return `${counted}; ${agree}measured, ${measured}.`;
}
var side = (size) => 22 + 6.6 * Math.log2(size);
function matrixNodes({ key }, { n, m }, { x, y }) {
  const [width, height] = [side(n), side(m)];
  const [count, length] = key === "forward" ? [n, width] : [m, height];
  const place = (from, to) => key === "forward" ? { x: x + from, y, width: to - from, height } : { x, y: y + from, width, height: to - from };
  const shown = Math.min(count, Math.floor(length / 3));
  const cut = (i) => length * i / shown;
  return [
    svg("rect", { class: `jp-matrix jp-${key}`, x, y, width, height }),
    svg("rect", { class: `jp-first jp-${key}`, ...place(0, Math.max(cut(1), 4)) }),
    Array.from({ length: shown - 1 }, (_, i) => svg("path", {
      class: "jp-cut",
      d: key === "forward" ? `M${x + cut(i + 1)},${y}v${height}` : `M${x},${y + cut(i + 1)}h${width}`
    }))
  ].flat();
}
function matrixPicture() {
  const picture = svg("svg", { class: "bf-panel-svg", role: "img" });
  const root = html("div", {}, picture);
  const draw = (state, width) => {
    const room = Math.min(width / 2, 190);
    const top = 20;
    const [wide, high] = [side(state.n), side(state.m)];
    set(picture, {
      width,
      height: top + side(state.sizes.at(-1)) + 20,
      "aria-label": `A Jacobian of ${plural(state.m, "row")} and ${plural(state.n, "column")}`
    });
    clear(
      picture,
      MODES.flatMap((mode, i) => {
        const x = i * room;
        const count = passes(state)[mode.key];
        return [
          svg(
            "text",
            { x, y: 12, class: `jp-title jp-${mode.key}` },
            count === 1 ? "all in 1 pass" : `a ${mode.each} a pass`
          ),
          ...matrixNodes(mode, state, { x: x + 1, y: top }),
          svg("text", {
            class: "bf-tick",
            x: x + Math.max(wide / 2, 18),
            y: top + high + 14,
            "text-anchor": "middle"
          }, `${state.m} × ${state.n}`)
        ];
      })
    );
  };
  return { root, draw };
}
function barRows(words, amounts, show) {
  const most = Math.max(...Object.values(amounts));
  const rows = MODES.map(
    ({ key, arrow, title, call }) => html(
      "div",
      { class: "jp-bar-row" },
      html("span", { class: "jp-bar-name" }, `${arrow} ${words === "passes" ? title : call}`),
      html(
        "span",
        { class: "jp-bar-room" },
        html("span", { class: `jp-bar jp-${key}`, style: `width: ${100 * amounts[key] / most}%` })
      ),
      html("b", { class: "jp-bar-value" }, show(amounts[key]))
    )
  );
  return html("div", { class: "jp-bars" }, html("div", { class: "jp-bars-title" }, words), rows);
}
function sizesMap(stage2, change) {
  const { sizes, times } = stage2.state;
  const keyOf = ({ n, m }) => sizes.indexOf(m) * sizes.length + sizes.indexOf(n);
  const sizeAt = (key) => ({ n: sizes[key % sizes.length], m: sizes[Math.floor(key / sizes.length)] });
  const cells2 = cells({
    label: "Numbers of inputs and outputs",
    current: () => keyOf(stage2.state),
    onPick: (key) => change(sizeAt(key))
  });
  const axes = svg("g", { "aria-hidden": "true" });
  const picture = svg(
    "svg",
    {
      class: "bf-panel-svg",
      role: "group",
      "aria-label": "Which mode was faster, for each number of inputs and outputs"
    },
    axes,
    cells2.root
  );
  const title = html("div", { class: "bf-title" }, "The faster mode, and its factor");
  const root = html("div", { class: "jp-map" }, title, picture);
  function draw(width) {
    const [left, top] = [46, 34];
    const size = Math.floor(Math.min(46, (width - left - 2) / sizes.length));
    set(picture, { width: left + size * sizes.length + 2, height: top + size * sizes.length + 2 });
    clear(
      axes,
      svg("text", { x: 0, y: 12 }, "m outputs ↓"),
      svg("text", { x: left + 48, y: 12 }, "n inputs →"),
      sizes.map(
        (n, i) => svg(
          "text",
          { class: "bf-tick", x: left + size * (i + 0.5), y: top - 6, "text-anchor": "middle" },
          String(n)
        )
      ),
      sizes.map(
        (m, i) => svg("text", {
          class: "bf-tick",
          x: left - 6,
          y: top + size * (i + 0.5) + 4,
          "text-anchor": "end"
        }, String(m))
      )
    );
    cells2.draw(
      Array.from(
        { length: sizes.length ** 2 },
        (_, key) => sizeCell(key, { ...sizeAt(key), size, left, top, lit: key === keyOf(stage2.state) })
      )
    );
  }
  function sizeCell(key, { n, m, size, left, top, lit }) {
    const { winner, factor } = compare(timesOf(times, { n, m }));
    const arrow = MODES.find((mode) => mode.key === winner)?.arrow ?? "";
    const words = winner === "tie" ? "about as fast" : `${winner} mode ${factorText(factor)} times faster`;
    return {
      key,
      x: left + size * (key % sizes.length) + 1,
      y: top + size * Math.floor(key / sizes.length) + 1,
      width: size - 2,
      height: size - 2,
      text: winner === "tie" ? "=" : `${arrow}${factorText(factor)}`,
      label: `${plural(n, "input")}, ${plural(m, "output")}: ${words}`,
      classes: `jp-cell-${winner} ${lit ? "bf-lit" : ""}`
    };
  }
  return { root, draw };
}
function render({ model, el }) {
  const opening = { n: model.get("n"), m: model.get("m") };
  const sizes = model.get("sizes");
  const stage2 = stage({
    model,
    el,
    name: "JacobianPasses",
    label: "Passes of forward and reverse mode for a Jacobian",
    state: { ...opening, sizes, times: model.get("times") }
  });
  const change = (patch) => stage2.set(patch);
  const ladder = (name, label) => slider({
    label,
    values: sizes,
    value: opening[name],
    format: String,
    onInput: (value) => change({ [name]: value })
  });
  const [inputs, outputs] = [ladder("n", "n, inputs"), ladder("m", "m, outputs")];
  const map = sizesMap(stage2, change);
  const matrices = matrixPicture();
  const [bars, words] = [html("div", { class: "jp-all-bars" }), html("p", { class: "jp-verdict" })];
  stage2.body.append(
    controls(inputs.root, outputs.root),
    html(
      "div",
      { class: "jp-parts" },
      html("div", { class: "jp-count" }, matrices.root, bars),
      map.root
    ),
    words,
    html("p", { class: "jp-source" }, model.get("source"))
  );
  for (const name of ["n", "m"]) {
    model.on?.(`change:${name}`, () => {
      if (model.get(name) !== stage2.state[name]) change({ [name]: model.get(name) });
    });
  }
  stage2.onDraw(({ width, state }) => {
    const half = width < 560 ? width : (width - 24) / 2;
    matrices.draw(state, half);
    clear(
      bars,
      barRows("passes", passes(state), String),
      barRows("milliseconds", timesOf(state.times, state), (value) => format(value))
    );
    map.draw(half);
    words.textContent = verdict(state);
    [inputs.value, outputs.value] = [state.n, state.m];
  });
  stage2.say(
    () => `${plural(stage2.state.n, "input")}, ${plural(stage2.state.m, "output")}. ${verdict(stage2.state)}`
  );
  return stage2.start();
}
var figure_default = { render };
export {
  compare,
  figure_default as default,
  passes,
  timesOf
};
