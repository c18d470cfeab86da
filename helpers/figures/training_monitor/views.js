/**
 * TrainingMonitor's plots: the curves of a panel, its crosshair, and the bar of progress.
 */
import * as kit from "../kit/index.js";
import { niceCeiling, progressText, shareDone, shortNumber } from "./words.js";

export const LINES = {
  train_loss: { name: "training", role: "data", dash: null },
  val_loss: { name: "validation", role: "model", dash: "6 4" },
  accuracy: { name: "validation", role: "model", dash: "6 4" },
  lr: { name: "", role: "ink", dash: null },
};

export const PANELS = [
  { title: "Loss", curves: ["train_loss", "val_loss"], height: 176, show: (value) => kit.format(value) },
  { title: "Accuracy", curves: ["accuracy"], height: 138, show: kit.percent },
  { title: "Learning rate", curves: ["lr"], height: 96, show: (value) => shortNumber(value, 3) },
];

const LEFT = 52;

function lineSample({ role, dash }) {
  return kit.svg(
    "svg",
    { viewBox: "0 0 22 8", "aria-hidden": "true" },
    kit.svg("path", {
      d: "M0,4H22",
      class: "tm-curve",
      style: `stroke: var(--bf-${role})`,
      "stroke-dasharray": dash,
    }),
  );
}

/** A panel with its heading, which carries the key and the values under the crosshair. */
export function plotOf({ title, curves, height, show }, { numEpochs, isLast }) {
  const tickName = title === "Accuracy" ? (value) => `${Math.round(100 * value)} %` : shortNumber;
  const panel = kit.panel({
    describe: `${title} against epochs`,
    x: { label: isLast ? "epoch" : "", ticks: Math.min(numEpochs, 10) },
    // Before the first epoch there is no scale yet.
    y: {
      ticks: height > 120 ? 4 : 3,
      format: (value) => (self.isEmpty && title !== "Accuracy" ? "" : tickName(value)),
    },
  });
  Object.assign(panel.margin, { top: 8, bottom: isLast ? 36 : 20, left: LEFT });
  const values = curves.map(() => kit.html("b", {}));
  const keys = curves.map((name, i) =>
    kit.html("span", { class: "tm-key" }, lineSample(LINES[name]), LINES[name].name, values[i])
  );
  const head = kit.html(
    "div",
    { class: "tm-head", "aria-hidden": "true" },
    kit.html("strong", {}, title),
    keys,
  );
  const root = kit.html("div", {}, head, panel.root);
  const self = { root, panel, values, keys, curves, show, isEmpty: true, height: height + (isLast ? 16 : 0) };
  return self;
}

function highest(curves, names) {
  return Math.max(0, ...names.flatMap((name) => curves[name]).filter((value) => value !== null));
}

/** The vertical axis: fixed ends, and a little air so that a curve at the top is not cut. */
export function heightRange({ curves: names }, model, curves) {
  const given = {
    accuracy: model.get("accuracy_range"),
    train_loss: model.get("loss_limit") && [0, model.get("loss_limit")],
  };
  const [low, high] = given[names[0]] ?? [0, niceCeiling(highest(curves, names))];
  return [low, high + 0.05 * (high - low)];
}

export function drawCurves({ panel, curves: names }, { curves, best }) {
  const points = (name) => curves[name].map((value, i) => [i + 1, value ?? NaN]);
  const lines = names.map((name) =>
    kit.svg("path", {
      class: "tm-curve",
      d: panel.line(points(name)),
      style: `stroke: var(--bf-${LINES[name].role})`,
      "stroke-dasharray": LINES[name].dash,
    })
  );
  const ring = best > 1 && names.includes("val_loss")
    ? kit.svg("circle", { class: "tm-best", r: 8, cx: panel.x(best), cy: panel.y(curves.val_loss[best - 1]) })
    : null;
  kit.clear(panel.marks, lines);
  kit.clear(panel.over, [ring].filter(Boolean));
}

export function drawCrosshair({ panel, curves: names, keys, values, show }, { curves, at }) {
  names.forEach((name, i) => {
    const value = curves[name][at - 1] ?? null;
    values[i].textContent = value === null ? (at > 0 ? "–" : "") : show(value);
    keys[i].hidden = at > 0 && curves[name].length === 0;
  });
  if (at === 0) return;
  const [x, [bottom, top]] = [panel.x(at), panel.y.range];
  const dots = names.filter((name) => Number.isFinite(curves[name][at - 1] ?? NaN)).map((name) =>
    kit.svg("circle", {
      class: "tm-dot",
      r: 5,
      cx: x,
      cy: kit.clamp(panel.y(curves[name][at - 1]), top, bottom),
      style: `fill: var(--bf-${LINES[name].role})`,
    })
  );
  panel.over.append(kit.svg("line", { class: "tm-cross", x1: x, x2: x, y1: top, y2: bottom }), ...dots);
}

/** Drag or tap anywhere in a plot moves the crosshair; the range keeps the focus, so arrows go on from there. */
export function dragOver({ panel }, { move, input }) {
  const follow = (event) => move(Math.round(panel.toData(event)[0]));
  panel.svg.addEventListener("pointerdown", (event) => {
    panel.svg.setPointerCapture(event.pointerId);
    panel.svg.addEventListener("pointermove", follow);
    input.focus({ preventScroll: true });
    follow(event);
    event.preventDefault();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    panel.svg.addEventListener(end, () => panel.svg.removeEventListener("pointermove", follow));
  }
}

export function progressBar() {
  const fill = kit.html("span", {});
  const bar = kit.html("div", {
    class: "tm-bar",
    role: "progressbar",
    "aria-label": "training",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  }, fill);
  const words = kit.html("span", {});
  const draw = (run, seconds) => {
    const share = shareDone(run);
    bar.hidden = share === 1;
    fill.style.width = `${100 * share}%`;
    kit.set(bar, { "aria-valuenow": Math.round(100 * share) });
    words.textContent = progressText({ ...run, seconds });
  };
  return { root: kit.html("div", { class: "tm-progress" }, bar, words), draw };
}

/** Lay the range under the epoch axis, so that its thumb stands below the crosshair. */
export function alignRange(root, panel, numEpochs) {
  const [thumb, left] = [9, panel.x(1)];
  root.style.marginLeft = `${left - thumb}px`;
  root.style.width = `${Math.max(80, panel.x(numEpochs) - left + 2 * thumb)}px`;
}
