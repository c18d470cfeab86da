/**
 * A training run: loss, accuracy and learning rate over one epoch axis, with one crosshair through all.
 * While it trains a bar moves and the seconds are counted; both belong to the page alone.
 */
import * as kit from "../kit/index.js";
import {
  alignRange,
  dragOver,
  drawCrosshair,
  drawCurves,
  heightRange,
  LINES,
  PANELS,
  plotOf,
  progressBar,
} from "./views.js";
import { epochSentence, lowestEpoch } from "./words.js";

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
