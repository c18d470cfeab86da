/**
 * A training run: loss, accuracy and learning rate over one epoch axis, with one crosshair through all.
 * While it trains a bar moves and the seconds are counted; both belong to the page alone.
 */
import * as kit from "../kit/index.js";

const LINES = {
  train_loss: { name: "training", role: "data", dash: null },
  val_loss: { name: "validation", role: "model", dash: "6 4" },
  accuracy: { name: "validation", role: "model", dash: "6 4" },
  lr: { name: "", role: "ink", dash: null },
};

const PANELS = [
  { title: "Loss", curves: ["train_loss", "val_loss"], height: 176, show: (value) => kit.format(value) },
  { title: "Accuracy", curves: ["accuracy"], height: 138, show: kit.percent },
  { title: "Learning rate", curves: ["lr"], height: 96, show: (value) => shortNumber(value, 3) },
];

const LEFT = 52;

/** The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is at least `value`. */
export function niceCeiling(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * (1 - 1e-12));
  return Number((step * power).toPrecision(12));
}

/** The epoch (from 1) with the smallest value, the first of equals; 0 where nothing was measured. */
export function lowestEpoch(values) {
  let best = -1;
  values.forEach((value, i) => {
    if (value !== null && (best < 0 || value < values[best])) best = i;
  });
  return best + 1;
}

/** Share of the whole run that is done, 0 .. 1: `finished` epochs, and `batch` of `numBatches` of the next. */
export function shareDone({ finished, epoch, batch, numBatches, numEpochs }) {
  const within = epoch > finished && numBatches > 0 ? batch / numBatches : 0;
  return kit.clamp((finished + within) / numEpochs, 0, 1);
}

/** What the run is doing, in words; `seconds` is null where no run was watched. */
export function progressText({ finished, epoch, batch, numBatches, numEpochs, seconds }) {
  const time = seconds === null ? "" : ` · ${seconds.toFixed(1)} s`;
  if (finished >= numEpochs) return `Trained for ${numEpochs} ${numEpochs === 1 ? "epoch" : "epochs"}${time}`;
  if (epoch > finished) {
    const ofBatches = numBatches > 0 ? ` of ${numBatches}` : "";
    return `Epoch ${epoch} of ${numEpochs}, batch ${batch}${ofBatches}${time}`;
  }
  return finished === 0 ? "Not trained yet" : `${finished} of ${numEpochs} epochs done${time}`;
}

/** Values at one epoch (from 1), one sentence for a screen reader. */
export function epochSentence(epoch, curves) {
  const value = (name) => curves[name]?.[epoch - 1] ?? null;
  const named = {
    train_loss: "training loss",
    val_loss: "validation loss",
    accuracy: "accuracy",
    lr: "learning rate",
  };
  const parts = Object.entries(named)
    .filter(([name]) => value(name) !== null)
    .map(([name, words]) =>
      `${words} ${name === "accuracy" ? kit.percent(value(name)) : kit.format(value(name))}`
    );
  return `Epoch ${epoch}: ${parts.join(", ") || "nothing measured"}.`;
}

function readRun(model) {
  const curves = kit.traits(model, Object.keys(LINES));
  return {
    curves,
    finished: curves.train_loss.length,
    epoch: model.get("epoch"),
    batch: model.get("batch"),
    numBatches: model.get("num_batches"),
    numEpochs: model.get("num_epochs"),
  };
}

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
function plotOf({ title, curves, height, show }, { numEpochs, isLast }) {
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

/** As few digits as the number needs: 2, 0.25, 5×10⁻⁴. */
export function shortNumber(value, digits = 2) {
  if (!(value > 0 && value < 0.01)) return String(Number(value.toPrecision(digits)));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e-");
  const factor = Number(mantissa) === 1 ? "" : `${Number(mantissa)}×`;
  return `${factor}10⁻${[...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`;
}

function highest(curves, names) {
  return Math.max(0, ...names.flatMap((name) => curves[name]).filter((value) => value !== null));
}

/** The vertical axis: fixed ends, and a little air so that a curve at the top is not cut. */
function heightRange({ curves: names }, model, curves) {
  const given = {
    accuracy: model.get("accuracy_range"),
    train_loss: model.get("loss_limit") && [0, model.get("loss_limit")],
  };
  const [low, high] = given[names[0]] ?? [0, niceCeiling(highest(curves, names))];
  return [low, high + 0.05 * (high - low)];
}

function drawCurves({ panel, curves: names }, { curves, best }) {
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

function drawCrosshair({ panel, curves: names, keys, values, show }, { curves, at }) {
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
function dragOver({ panel }, { move, input }) {
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

/**
 * Counts the seconds of a run that is watched, from the first news of it to its end. A run that was
 * interrupted sends nothing more, so the count stops some seconds after the last news.
 */
function stopwatch(stage, { model, isDone }) {
  const patience = 5000;
  let [begun, latest] = [null, 0];
  const isCounting = () => begun !== null && !isDone() && performance.now() < latest + patience;
  const timer = setInterval(() => {
    if (isCounting()) stage.invalidate();
  }, 100);
  const heard = () => {
    latest = performance.now();
    if (begun === null || model.get("epoch") === 0) begun = latest;
  };
  const now = () => (isDone() ? latest : Math.min(performance.now(), latest + patience));
  stage.onCleanup(() => clearInterval(timer));
  return { heard, seconds: () => (begun === null ? null : (now() - begun) / 1000) };
}

/** The button beside the range; its ring is the one drawn in the loss panel. */
function bestButton(onClick) {
  const { root } = kit.button({ label: "Lowest validation loss", onClick });
  root.prepend(
    kit.svg(
      "svg",
      { viewBox: "0 0 16 16", class: "bf-icon", "aria-hidden": "true" },
      kit.svg("circle", { class: "tm-best", cx: 8, cy: 8, r: 6.5 }),
    ),
  );
  return root;
}

/** Lay the range under the epoch axis, so that its thumb stands below the crosshair. */
function alignRange(root, panel, numEpochs) {
  const [thumb, left] = [9, panel.x(1)];
  root.style.marginLeft = `${left - thumb}px`;
  root.style.width = `${Math.max(80, panel.x(numEpochs) - left + 2 * thumb)}px`;
}

function progressBar() {
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

function render({ model, el }) {
  const stage = kit.stage({
    model,
    el,
    name: "TrainingMonitor",
    label: "Training run: loss, accuracy and learning rate by epoch",
    state: { chosen: null },
  });
  let run = readRun(model);
  const at = () => (run.finished === 0 ? 0 : kit.clamp(stage.state.chosen ?? run.finished, 1, run.finished));
  const best = () => lowestEpoch(run.curves.val_loss);
  const move = (epoch) => stage.set({ chosen: kit.clamp(epoch, 1, Math.max(1, run.finished)) });

  const bar = progressBar();
  const watch = stopwatch(stage, { model, isDone: () => run.finished >= run.numEpochs });
  const plots = PANELS.map((panel, i) =>
    plotOf(panel, { numEpochs: run.numEpochs, isLast: i === PANELS.length - 1 })
  );
  const scrub = kit.slider({
    label: "epoch",
    min: 1,
    max: run.numEpochs,
    step: 1,
    value: at(),
    format: (epoch) => `${epoch} of ${run.numEpochs}`,
    onInput: move,
  });
  const jump = bestButton(() => move(best()));
  plots.forEach((plot) => dragOver(plot, { move, input: scrub.input }));
  stage.body.append(
    bar.root,
    kit.html("div", { class: "tm-plots" }, plots.map(({ root }) => root)),
    kit.html("div", { class: "tm-foot" }, scrub.root, jump),
  );

  const changed = () => {
    run = readRun(model);
    if (run.epoch === 0) stage.state.chosen = null;
    watch.heard();
    stage.invalidate();
  };
  const heard = [...Object.keys(LINES), "epoch", "batch", "num_batches"].map((name) => `change:${name}`);
  heard.forEach((name) => model.on(name, changed));
  stage.onCleanup(() => heard.forEach((name) => model.off(name, changed)));

  stage.onDraw(({ width }) => {
    bar.draw(run, watch.seconds());
    for (const plot of plots) {
      plot.isEmpty = plot.curves.every((name) => run.curves[name].length === 0);
      plot.root.hidden = run.finished > 0 && plot.isEmpty;
      plot.panel.layout({
        width,
        height: plot.height,
        x: [0.5, run.numEpochs + 0.5],
        y: heightRange(plot, model, run.curves),
      });
      drawCurves(plot, { curves: run.curves, best: best() });
      drawCrosshair(plot, { curves: run.curves, at: at() });
    }
    kit.set(scrub.input, { disabled: run.finished === 0 });
    scrub.value = Math.max(1, at());
    alignRange(scrub.root, plots[0].panel, run.numEpochs);
    jump.hidden = best() === 0;
  });
  stage.say(() => epochSentence(at(), run.curves));
  return stage.start();
}

export default { render };
