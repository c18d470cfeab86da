/**
 * SoftmaxLab's views: logits with handles, probabilities with the gradient as a gap, a table of all four
 * rows, and the loss over the true class's logit. Each has `layout(...)` and `draw(now)`.
 */
import * as kit from "../kit/index.js";
import { SPAN } from "./figure.js";
import { crossEntropy } from "./maths.js";

const STEP = 0.1; // of a logit
const PUSH = 44; // pixels of the arrow that stands for a gradient of 1
const TALLEST = 12; // top of the loss axis

const signed = (value) => (value > 0 ? `+${kit.format(value)}` : kit.format(value));

/** One column for each class, its name below it. */
function classPanel(classes, { title, label, describe }) {
  const panel = kit.panel({
    title,
    describe,
    y: { label },
    x: { ticks: classes.length, format: (i) => classes[i] ?? "" },
  });
  Object.assign(panel.margin, { left: 40, bottom: 24 });
  return {
    panel,
    domain: [-0.5, classes.length - 0.5],
    nearest: (x) => kit.clamp(Math.round(x), 0, classes.length - 1),
  };
}

const bar = (panel, i, from, to, half) => ({
  x: panel.x(i) - half,
  width: 2 * half,
  y: Math.min(panel.y(from), panel.y(to)),
  height: Math.abs(panel.y(from) - panel.y(to)),
});

// ---------------------------------------------------------------- logits

export function logitsView({ classes, now, change }) {
  const { panel, domain, nearest } = classPanel(classes, {
    title: "Logits z: drag the knobs",
    label: "arrows: where descent pushes",
    describe: "The logit of each class as a bar to drag, with an arrow that shows where descent pushes it",
  });
  const zero = kit.svg("line", { class: "sm-zero" });
  const [bars, pushes] = ["sm-logit", "sm-push"].map((name) =>
    classes.map(() => kit.svg(name === "sm-push" ? "path" : "rect", { class: name }))
  );
  panel.marks.append(...bars, zero);
  panel.over.append(...pushes);
  const put = (i, value) => {
    const snapped = kit.clamp(Number((Math.round(value / STEP) * STEP).toPrecision(12)), -SPAN, SPAN);
    change({ logits: now().logits.map((old, j) => (j === i ? snapped : old)) });
  };
  const knobs = classes.map((name, i) =>
    logitKnob(panel, name, { get: () => now().logits[i], put: (value) => put(i, value) })
  );
  panel.svg.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).classList.contains("bf-hit")) return;
    const [x, z] = panel.toData(event);
    put(nearest(x), z);
  });

  function layout(width, height) {
    panel.layout({ width, height, x: domain, y: [-SPAN - 0.9, SPAN + 0.9] });
    kit.set(zero, { x1: panel.x(domain[0]), x2: panel.x(domain[1]), y1: panel.y(0), y2: panel.y(0) });
  }
  function draw({ logits, slopes }) {
    const half = Math.min(14, (panel.x(1) - panel.x(0)) / 4.5);
    logits.forEach((z, i) => {
      kit.set(bars[i], bar(panel, i, 0, z, half));
      kit.set(pushes[i], { d: arrow(panel.x(i) + half + 7, panel.y(z), PUSH * slopes[i]) });
      knobs[i].place(panel.x(i), panel.y(z));
    });
  }
  return { panel, layout, draw };
}

/** A vertical arrow from y by `length` pixels, downwards when positive; a stump too short for a head has none. */
function arrow(x, y, length) {
  if (Math.abs(length) < 1) return "";
  const head = Math.sign(length) * Math.min(6, Math.abs(length));
  const wing = Math.min(4, 0.7 * Math.abs(length));
  return `M${x},${y}v${length}m${-wing},${-head}l${wing},${head}l${wing},${-head}`;
}

/** A knob that moves up and down: a labelled range for keys and screen readers, 44 pixels for fingers. */
function logitKnob(panel, name, { get, put }) {
  const knob = kit.knob({ dot: "sm-knob" });
  panel.over.append(knob.root);
  const input = kit.html("input", {
    type: "range",
    min: -SPAN,
    max: SPAN,
    step: STEP,
    "aria-label": `logit of ${name}`,
  });
  panel.root.append(kit.html("span", { class: "bf-hidden" }, input));
  let before = get();
  const drag = (event) => put(panel.toData(event)[1]);
  kit.set(input, {
    onfocus: () => {
      before = get();
      knob.focus(true);
    },
    onblur: () => knob.focus(false),
    oninput: () => put(Number(input.value)),
    onkeydown: (event) => knobKey(event, { get, put, before }),
  });
  kit.dragging(knob.hit, {
    drag,
    grab: () => {
      before = get();
      input.focus({ preventScroll: true });
    },
  });
  return {
    place(x, y) {
      knob.place(x, y);
      input.value = get();
      input.setAttribute("aria-valuetext", `${kit.format(get())} of −${SPAN} to ${SPAN}`);
    },
  };
}

function knobKey(event, { get, put, before }) {
  const ways = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
  if (event.key === "Escape") put(before);
  else if (event.shiftKey && ways[event.key]) put(get() + 10 * STEP * ways[event.key]);
  else return;
  event.preventDefault();
}

// ---------------------------------------------------------------- probabilities

export function probabilitiesView({ classes, change }) {
  const { panel, domain, nearest } = classPanel(classes, {
    title: "Probabilities",
    label: "",
    describe: "The probability of each class, its target, and the gradient as the gap between the two",
  });
  const kinds = ["sm-target", "sm-once", "sm-probability", "sm-gap"];
  const [targets, outlines, bars, gaps] = kinds.map((name) =>
    classes.map(() => kit.svg(name === "sm-gap" ? "path" : "rect", { class: name }))
  );
  const flag = kit.svg(
    "text",
    { class: "sm-flag", "text-anchor": "middle", "aria-hidden": "true" },
    "true class",
  );
  panel.marks.append(...targets, ...bars, ...outlines);
  panel.over.append(...gaps, flag);
  panel.svg.addEventListener("click", (event) => change({ target: nearest(panel.toData(event)[0]) }));

  const layout = (width, height) => panel.layout({ width, height, x: domain, y: [0, 1] });
  function draw({ p, q, y, slopes, twice, target }) {
    const half = Math.min(14, (panel.x(1) - panel.x(0)) / 4.5);
    q.forEach((share, i) => {
      kit.set(bars[i], bar(panel, i, 0, share, half));
      kit.set(outlines[i], { ...bar(panel, i, 0, p[i], half), visibility: twice ? "visible" : "hidden" });
      kit.set(targets[i], { ...bar(panel, i, 0, 1, half), visibility: i === target ? "visible" : "hidden" });
      // From the target by the gradient: with one softmax it ends exactly on the bar.
      kit.set(gaps[i], {
        d: arrow(panel.x(i) + half + 7, panel.y(y[i]), panel.y(y[i] + slopes[i]) - panel.y(y[i])),
      });
    });
    kit.set(flag, { x: kit.clamp(panel.x(target), 75, panel.x.range[1] - 32), y: panel.y(1) - 7 });
    panel.title.replaceChildren(
      twice ? "softmax(softmax(z)), " : "p = softmax(z), ",
      kit.html("span", { class: "sm-word-gradient" }, twice ? "gradient" : "gradient p − y"),
    );
  }
  return { panel, layout, draw };
}

// ---------------------------------------------------------------- the four rows

export function tableView({ classes }) {
  const body = kit.html("tbody");
  const head = kit.html(
    "tr",
    {},
    kit.html("td"),
    classes.map((name) => kit.html("th", { scope: "col" }, name)),
  );
  const root = kit.html("table", { class: "sm-table" }, kit.html("thead", {}, head), body);
  const line = (kind, name, values) =>
    kit.html(
      "tr",
      { class: `sm-row-${kind}` },
      kit.html("th", { scope: "row" }, name),
      values.map((value) => kit.html("td", {}, value)),
    );
  function draw({ logits, p, q, y, slopes, twice, width }) {
    const digits = width < 340 ? 2 : 3;
    const tiny = (value) => (digits === 3 ? kit.format(value, 1) : "0.00");
    const share = (value) => (value < 0.5 * 10 ** -digits ? tiny(value) : value.toFixed(digits));
    const slope = (value) => `${value > 0 ? "+" : "−"}${share(Math.abs(value))}`;
    kit.clear(
      body,
      line("logit", "logit z", logits.map((z) => z.toFixed(1).replace("-", "−"))),
      line("probability", "p = softmax(z)", p.map(share)),
      twice ? line("probability", "softmax(p)", q.map(share)) : [],
      line("target", "target y", y.map(String)),
      line("gradient", twice ? "gradient" : "gradient p − y", slopes.map(slope)),
    );
  }
  return { root, draw };
}

// ---------------------------------------------------------------- loss

export function lossView({ classes, now, change }) {
  const panel = kit.panel({
    title: "Loss",
    x: { label: "" },
    y: { label: "" },
    describe:
      "The loss over the logit of the true class, the other logits held, with its slope at the present place",
  });
  Object.assign(panel.margin, { top: 8, left: 40 });
  const [floor, ghost, curve, slope] = ["sm-floor", "sm-ghost", "sm-curve", "sm-slope"].map((name) =>
    kit.svg("path", { class: name })
  );
  const here = kit.svg("circle", { class: "sm-here bf-dot", r: 6 });
  const slopeName = kit.svg("text", { class: "sm-slope-name", "aria-hidden": "true" });
  panel.marks.append(floor, ghost, curve, slope, here);
  panel.over.append(slopeName);
  const places = Array.from({ length: 121 }, (_, i) => SPAN * (i / 60 - 1));
  panel.svg.addEventListener("click", (event) => {
    const z = kit.clamp(Math.round(panel.toData(event)[0] / STEP) * STEP, -SPAN, SPAN);
    change({ logits: now().logits.map((old, i) => (i === now().target ? Number(z.toPrecision(12)) : old)) });
  });

  const layout = (width, height) => panel.layout({ width, height, x: [-SPAN, SPAN], y: [0, TALLEST] });
  function draw({ logits, target, twice, loss, slopes, q, floor: least }) {
    const lossAt = (z, mode) => crossEntropy(logits.map((old, i) => (i === target ? z : old)), target, mode);
    const along = (mode) => panel.line(places.map((z) => [z, lossAt(z, mode)]));
    kit.set(curve, { d: along(twice) });
    kit.set(ghost, { d: twice ? along(false) : "" });
    kit.set(floor, { d: twice ? panel.line([[-SPAN, least], [SPAN, least]]) : "" });
    const [x, height] = [logits[target], Math.min(loss, TALLEST)];
    kit.set(here, { cx: panel.x(x), cy: panel.y(height) });
    kit.set(slope, { d: panel.line([-2, 2].map((way) => [x + way, height + way * slopes[target]])) });
    // The curve falls: a name that begins on it, or to its right, is free above it.
    const begin = Math.min(panel.x(x) + 12, panel.x.range[1] - 104);
    kit.set(slopeName, {
      x: begin,
      y: Math.max(panel.y(Math.max(lossAt(panel.x.invert(begin), twice), height)) - 10, 20),
    });
    slopeName.textContent = `slope ${signed(slopes[target])}`;
    panel.svg.querySelector(".bf-axis-label").textContent = `logit of ${classes[target]}`;
    panel.title.replaceChildren(
      "Loss = −log ",
      kit.html("span", { class: "sm-word-probability" }, kit.format(q[target])),
      " = ",
      kit.html("span", { class: "sm-word-loss" }, kit.format(loss)),
      twice ? `; no logits get it below ${kit.format(least)}` : "",
    );
  }
  return { panel, layout, draw };
}
