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
function linePath(points) {
  let pen = "M";
  let path = "";
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = "M";
      continue;
    }
    path += `${pen}${x.toFixed(2)},${y.toFixed(2)}`;
    pen = "L";
  }
  return path;
}

// helpers/figures/kit/panel.js
function panel({ title = "", x = {}, y = {}, equal = false, describe = "" }) {
  const margin = { top: 22, right: 10, bottom: 36, left: 46 };
  const clipId = `bf-clip-${serial()}`;
  const clip = svg("rect");
  const axes = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", { "clip-path": `url(#${clipId})` });
  const over = svg("g");
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "img", "aria-label": describe || title },
    svg("defs", {}, svg("clipPath", { id: clipId }, clip)),
    axes,
    marks,
    over
  );
  const heading = title ? html("div", { class: "bf-title" }, title) : null;
  const self = {
    root: html("div", { class: "bf-panel" }, heading, picture),
    title: heading,
    svg: picture,
    marks,
    over,
    margin,
    x: null,
    y: null,
    layout({ width, height, x: xDomain, y: yDomain }) {
      const right = width - margin.right;
      const bottom = height - margin.bottom;
      if (equal) [xDomain, yDomain] = equalUnits(xDomain, yDomain, right - margin.left, bottom - margin.top);
      self.x = scale(xDomain, [margin.left, right], x);
      self.y = scale(yDomain, [bottom, margin.top], y);
      set(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
      set(clip, { x: margin.left, y: margin.top, width: right - margin.left, height: bottom - margin.top });
      drawAxes(axes, self, { x, y, right, bottom, margin });
      return self;
    },
    toData(event) {
      const box = picture.getBoundingClientRect();
      return [self.x.invert(event.clientX - box.left), self.y.invert(event.clientY - box.top)];
    },
    line: (points) => linePath(points.map(([a, b]) => [self.x(a), self.y(b)]))
  };
  return self;
}
function equalUnits(xDomain, yDomain, width, height) {
  const unit = Math.max((xDomain[1] - xDomain[0]) / width, (yDomain[1] - yDomain[0]) / height);
  const about = ([low, high], pixels) => {
    const middle = (low + high) / 2;
    return [middle - unit * pixels / 2, middle + unit * pixels / 2];
  };
  return [about(xDomain, width), about(yDomain, height)];
}
function drawAxes(group, { x: xScale, y: yScale }, { x, y, right, bottom, margin }) {
  const columns = xScale.ticks(x.ticks ?? Math.max(2, Math.round((right - margin.left) / 70)));
  const rows = yScale.ticks(y.ticks ?? Math.max(2, Math.round((bottom - margin.top) / 50)));
  const name = (value, axis) => (axis.format ?? tickName)(value, axis);
  clear(
    group,
    columns.map(
      (value) => svg("line", { class: "bf-grid", x1: xScale(value), x2: xScale(value), y1: margin.top, y2: bottom })
    ),
    rows.map(
      (value) => svg("line", { class: "bf-grid", x1: margin.left, x2: right, y1: yScale(value), y2: yScale(value) })
    ),
    svg("path", { class: "bf-axis", d: `M${margin.left},${margin.top}V${bottom}H${right}` }),
    columns.map(
      (value) => svg(
        "text",
        { class: "bf-tick", x: xScale(value), y: bottom + 15, "text-anchor": "middle" },
        name(value, x)
      )
    ),
    rows.map(
      (value) => svg(
        "text",
        { class: "bf-tick", x: margin.left - 6, y: yScale(value) + 4, "text-anchor": "end" },
        name(value, y)
      )
    ),
    svg("text", { class: "bf-axis-label", x: right, y: bottom + 31, "text-anchor": "end" }, x.label ?? ""),
    svg("text", { class: "bf-axis-label", x: 2, y: margin.top - 9 }, y.label ?? "")
  );
}
function tickName(value, { log = false }) {
  if (log && (value >= 1e3 || value < 0.1)) {
    return `10${[...String(Math.round(Math.log10(value)))].map((sign) => SUPERSCRIPT[sign]).join("")}`;
  }
  return Math.abs(value) >= 1e4 ? format(value, 2) : String(value).replace("-", "−");
}

// helpers/figures/training_monitor/words.js
function niceCeiling(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * (1 - 1e-12));
  return Number((step * power).toPrecision(12));
}
function lowestEpoch(values) {
  let best = -1;
  values.forEach((value, i) => {
    if (value !== null && (best < 0 || value < values[best])) best = i;
  });
  return best + 1;
}
function shareDone({ finished, epoch, batch, numBatches, numEpochs }) {
  const within = epoch > finished && numBatches > 0 ? batch / numBatches : 0;
  return clamp((finished + within) / numEpochs, 0, 1);
}
function progressText({ finished, epoch, batch, numBatches, numEpochs, seconds }) {
  const time = seconds === null ? "" : ` · ${seconds.toFixed(1)} s`;
  if (finished >= numEpochs) return `Trained for ${numEpochs} ${numEpochs === 1 ? "epoch" : "epochs"}${time}`;
  if (epoch > finished) {
    const ofBatches = numBatches > 0 ? ` of ${numBatches}` : "";
    return `Epoch ${epoch} of ${numEpochs}, batch ${batch}${ofBatches}${time}`;
  }
  return finished === 0 ? "Not trained yet" : `${finished} of ${numEpochs} epochs done${time}`;
}
function epochSentence(epoch, curves) {
  const value = (name) => curves[name]?.[epoch - 1] ?? null;
  const named = {
    train_loss: "training loss",
    val_loss: "validation loss",
    accuracy: "accuracy",
    lr: "learning rate"
  };
  const parts = Object.entries(named).filter(([name]) => value(name) !== null).map(([name, words]) => `${words} ${name === "accuracy" ? percent(value(name)) : format(value(name))}`);
  return `Epoch ${epoch}: ${parts.join(", ") || "nothing measured"}.`;
}
function shortNumber(value, digits = 2) {
  if (!(value > 0 && value < 0.01)) return String(Number(value.toPrecision(digits)));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e-");
  const factor = Number(mantissa) === 1 ? "" : `${Number(mantissa)}×`;
  return `${factor}10⁻${[...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`;
}

// helpers/figures/training_monitor/views.js
var LINES = {
  train_loss: { name: "training", role: "data", dash: null },
  val_loss: { name: "validation", role: "model", dash: "6 4" },
  accuracy: { name: "validation", role: "model", dash: "6 4" },
  lr: { name: "", role: "ink", dash: null }
};
var PANELS = [
  { title: "Loss", curves: ["train_loss", "val_loss"], height: 176, show: (value) => format(value) },
  { title: "Accuracy", curves: ["accuracy"], height: 138, show: percent },
  { title: "Learning rate", curves: ["lr"], height: 96, show: (value) => shortNumber(value, 3) }
];
var LEFT = 52;
function lineSample({ role, dash }) {
  return svg(
    "svg",
    { viewBox: "0 0 22 8", "aria-hidden": "true" },
    svg("path", {
      d: "M0,4H22",
      class: "tm-curve",
      style: `stroke: var(--bf-${role})`,
      "stroke-dasharray": dash
    })
  );
}
function plotOf({ title, curves, height, show }, { numEpochs, isLast }) {
  const tickName2 = title === "Accuracy" ? (value) => `${Math.round(100 * value)} %` : shortNumber;
  const panel2 = panel({
    describe: `${title} against epochs`,
    x: { label: isLast ? "epoch" : "", ticks: Math.min(numEpochs, 10) },
    // Before the first epoch there is no scale yet.
    y: {
      ticks: height > 120 ? 4 : 3,
      format: (value) => self.isEmpty && title !== "Accuracy" ? "" : tickName2(value)
    }
  });
  Object.assign(panel2.margin, { top: 8, bottom: isLast ? 36 : 20, left: LEFT });
  const values = curves.map(() => html("b", {}));
  const keys = curves.map(
    (name, i) => html("span", { class: "tm-key" }, lineSample(LINES[name]), LINES[name].name, values[i])
  );
  const head = html(
    "div",
    { class: "tm-head", "aria-hidden": "true" },
    html("strong", {}, title),
    keys
  );
  const root = html("div", {}, head, panel2.root);
  const self = { root, panel: panel2, values, keys, curves, show, isEmpty: true, height: height + (isLast ? 16 : 0) };
  return self;
}
function highest(curves, names) {
  return Math.max(0, ...names.flatMap((name) => curves[name]).filter((value) => value !== null));
}
function heightRange({ curves: names }, model, curves) {
  const given = {
    accuracy: model.get("accuracy_range"),
    train_loss: model.get("loss_limit") && [0, model.get("loss_limit")]
  };
  const [low, high] = given[names[0]] ?? [0, niceCeiling(highest(curves, names))];
  return [low, high + 0.05 * (high - low)];
}
function drawCurves({ panel: panel2, curves: names }, { curves, best }) {
  const points = (name) => curves[name].map((value, i) => [i + 1, value ?? NaN]);
  const lines = names.map(
    (name) => svg("path", {
      class: "tm-curve",
      d: panel2.line(points(name)),
      style: `stroke: var(--bf-${LINES[name].role})`,
      "stroke-dasharray": LINES[name].dash
    })
  );
  const ring = best > 1 && names.includes("val_loss") ? svg("circle", { class: "tm-best", r: 8, cx: panel2.x(best), cy: panel2.y(curves.val_loss[best - 1]) }) : null;
  clear(panel2.marks, lines);
  clear(panel2.over, [ring].filter(Boolean));
}
function drawCrosshair({ panel: panel2, curves: names, keys, values, show }, { curves, at }) {
  names.forEach((name, i) => {
    const value = curves[name][at - 1] ?? null;
    values[i].textContent = value === null ? at > 0 ? "–" : "" : show(value);
    keys[i].hidden = at > 0 && curves[name].length === 0;
  });
  if (at === 0) return;
  const [x, [bottom, top]] = [panel2.x(at), panel2.y.range];
  const dots = names.filter((name) => Number.isFinite(curves[name][at - 1] ?? NaN)).map(
    (name) => svg("circle", {
      class: "tm-dot",
      r: 5,
      cx: x,
      cy: clamp(panel2.y(curves[name][at - 1]), top, bottom),
      style: `fill: var(--bf-${LINES[name].role})`
    })
  );
  panel2.over.append(svg("line", { class: "tm-cross", x1: x, x2: x, y1: top, y2: bottom }), ...dots);
}
function dragOver({ panel: panel2 }, { move, input }) {
  const follow = (event) => move(Math.round(panel2.toData(event)[0]));
  panel2.svg.addEventListener("pointerdown", (event) => {
    panel2.svg.setPointerCapture(event.pointerId);
    panel2.svg.addEventListener("pointermove", follow);
    input.focus({ preventScroll: true });
    follow(event);
    event.preventDefault();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    panel2.svg.addEventListener(end, () => panel2.svg.removeEventListener("pointermove", follow));
  }
}
function progressBar() {
  const fill2 = html("span", {});
  const bar = html("div", {
    class: "tm-bar",
    role: "progressbar",
    "aria-label": "training",
    "aria-valuemin": 0,
    "aria-valuemax": 100
  }, fill2);
  const words = html("span", {});
  const draw = (run, seconds) => {
    const share = shareDone(run);
    bar.hidden = share === 1;
    fill2.style.width = `${100 * share}%`;
    set(bar, { "aria-valuenow": Math.round(100 * share) });
    words.textContent = progressText({ ...run, seconds });
  };
  return { root: html("div", { class: "tm-progress" }, bar, words), draw };
}
function alignRange(root, panel2, numEpochs) {
  const [thumb, left] = [9, panel2.x(1)];
  root.style.marginLeft = `${left - thumb}px`;
  root.style.width = `${Math.max(80, panel2.x(numEpochs) - left + 2 * thumb)}px`;
}

// helpers/figures/training_monitor/figure.js
function readRun(model) {
  const curves = traits(model, Object.keys(LINES));
  return {
    curves,
    finished: curves.train_loss.length,
    epoch: model.get("epoch"),
    batch: model.get("batch"),
    numBatches: model.get("num_batches"),
    numEpochs: model.get("num_epochs")
  };
}
function stopwatch(stage2, { model, isDone }) {
  const patience = 5e3;
  let [begun, latest] = [null, 0];
  const isCounting = () => begun !== null && !isDone() && performance.now() < latest + patience;
  const timer = setInterval(() => {
    if (isCounting()) stage2.invalidate();
  }, 100);
  const heard = () => {
    latest = performance.now();
    if (begun === null || model.get("epoch") === 0) begun = latest;
  };
  const now = () => isDone() ? latest : Math.min(performance.now(), latest + patience);
  stage2.onCleanup(() => clearInterval(timer));
  return { heard, seconds: () => begun === null ? null : (now() - begun) / 1e3 };
}
function bestButton(onClick) {
  const { root } = button({ label: "Lowest validation loss", onClick });
  root.prepend(
    svg(
      "svg",
      { viewBox: "0 0 16 16", class: "bf-icon", "aria-hidden": "true" },
      svg("circle", { class: "tm-best", cx: 8, cy: 8, r: 6.5 })
    )
  );
  return root;
}
function render({ model, el }) {
  const stage2 = stage({
    model,
    el,
    name: "TrainingMonitor",
    label: "Training run: loss, accuracy and learning rate by epoch",
    state: { chosen: null }
  });
  let run = readRun(model);
  const at = () => run.finished === 0 ? 0 : clamp(stage2.state.chosen ?? run.finished, 1, run.finished);
  const best = () => lowestEpoch(run.curves.val_loss);
  const move = (epoch) => stage2.set({ chosen: clamp(epoch, 1, Math.max(1, run.finished)) });
  const bar = progressBar();
  const watch = stopwatch(stage2, { model, isDone: () => run.finished >= run.numEpochs });
  const plots = PANELS.map(
    (panel2, i) => plotOf(panel2, { numEpochs: run.numEpochs, isLast: i === PANELS.length - 1 })
  );
  const scrub = slider({
    label: "epoch",
    min: 1,
    max: run.numEpochs,
    step: 1,
    value: at(),
    format: (epoch) => `${epoch} of ${run.numEpochs}`,
    onInput: move
  });
  const jump = bestButton(() => move(best()));
  plots.forEach((plot) => dragOver(plot, { move, input: scrub.input }));
  stage2.body.append(
    bar.root,
    html("div", { class: "tm-plots" }, plots.map(({ root }) => root)),
    html("div", { class: "tm-foot" }, scrub.root, jump)
  );
  const changed = () => {
    run = readRun(model);
    if (run.epoch === 0) stage2.state.chosen = null;
    watch.heard();
    stage2.invalidate();
  };
  const heard = [...Object.keys(LINES), "epoch", "batch", "num_batches"].map((name) => `change:${name}`);
  heard.forEach((name) => model.on(name, changed));
  stage2.onCleanup(() => heard.forEach((name) => model.off(name, changed)));
  stage2.onDraw(({ width }) => {
    bar.draw(run, watch.seconds());
    for (const plot of plots) {
      plot.isEmpty = plot.curves.every((name) => run.curves[name].length === 0);
      plot.root.hidden = run.finished > 0 && plot.isEmpty;
      plot.panel.layout({
        width,
        height: plot.height,
        x: [0.5, run.numEpochs + 0.5],
        y: heightRange(plot, model, run.curves)
      });
      drawCurves(plot, { curves: run.curves, best: best() });
      drawCrosshair(plot, { curves: run.curves, at: at() });
    }
    set(scrub.input, { disabled: run.finished === 0 });
    scrub.value = Math.max(1, at());
    alignRange(scrub.root, plots[0].panel, run.numEpochs);
    jump.hidden = best() === 0;
  });
  stage2.say(() => epochSentence(at(), run.curves));
  return stage2.start();
}
var figure_default = { render };
export {
  figure_default as default
};
