/**
 * ModeSwitch: train() or eval(), with or without no_grad(), and what the same input gives twenty times.
 */
import * as kit from "../kit/index.js";
import { average, batchNorm, decided, dropout, normPasses, trainedBuffers } from "./maths.js";
import { factsView, insideView, outputView, switchView } from "./views.js";

const UNITS = Array(8).fill(1); // what reaches the dropout layer
const NEW = { mean: 0, variance: 1 }; // the buffers of a new batch norm
const SETTINGS = /** @type {const} */ (["layer", "training", "no_grad", "p", "batch_size"]);

/** All that the views draw, from the switches, the draws and their number. */
function passesOf(state, { masks, batches }) {
  return state.layer === "dropout"
    ? dropoutPasses(state, masks[rateName(state.p)])
    : batchNormPasses(state, batches);
}

/** Python writes 0.0 where JavaScript writes 0. */
const rateName = (p) => (Number.isInteger(p) ? p.toFixed(1) : String(p));

function dropoutPasses({ training, p, draw }, draws) {
  const run = (mode) =>
    draws[draw % draws.length].map((mask) => {
      const units = dropout(UNITS, mask, p, mode);
      return { units, output: average(units) };
    });
  const passes = run(training);
  return {
    passes,
    outputs: passes.map(({ output }) => output),
    ghosts: run(true).map(({ output }) => output),
    fixed: average(UNITS),
    refused: false,
  };
}

function batchNormPasses({ training, batch_size: size, draw }, draws) {
  const batches = draws[draw % draws.length].map((batch) => batch.slice(0, size));
  const trained = trainedBuffers(draws[0]);
  const refused = training && size === 1;
  const trainRun = size > 1 ? normPasses(batches, NEW, true) : [];
  const passes = training ? trainRun : normPasses(batches, trained, false);
  return {
    passes,
    batches,
    start: training ? NEW.mean : trained.mean,
    refused,
    outputs: passes.map(({ output }) => output),
    ghosts: trainRun.map(({ output }) => output),
    fixed: batchNorm([draws[0][0][0]], trained, false).outputs[0],
  };
}

function sentence(now) {
  const { requiresGrad } = decided(now);
  const mode = `${now.training ? "Training" : "Evaluation"} mode, ${
    now.no_grad ? "under no_grad" : "gradients on"
  }`;
  const outputs = now.refused
    ? "a batch of one is refused"
    : `20 outputs from ${kit.format(Math.min(...now.outputs))} to ${kit.format(Math.max(...now.outputs))}`;
  return `${mode}: ${outputs}; requires_grad is ${requiresGrad ? "True" : "False"}.`;
}

function makeControls(stage, onReset, rates, largest) {
  const layer = kit.choice({
    label: "Layer",
    value: stage.state.layer,
    options: [{ value: "dropout", label: "Dropout" }, { value: "batchnorm", label: "BatchNorm1d" }],
    onChange: (value) => stage.set({ layer: value }),
  });
  const rate = kit.slider({
    label: "p, the share dropped",
    values: rates,
    value: stage.state.p,
    format: (p) => p.toFixed(2),
    onInput: (p) => stage.set({ p }),
  });
  const size = kit.slider({
    label: "batch size",
    min: 1,
    max: largest,
    step: 1,
    value: stage.state.batch_size,
    ticks: [{ value: 1, label: "1" }],
    format: (count) => `${count} sample${count === 1 ? "" : "s"}`,
    onInput: (count) => stage.set({ batch_size: count }),
  });
  const redraw = kit.button({
    label: "Draw again",
    icon: "play",
    onClick: () => stage.set({ draw: stage.state.draw + 1 }),
  });
  const reset = kit.button({ label: "Reset", icon: "reset", onClick: onReset });
  const slot = kit.html("div", { class: "ms-slot" });
  let shown = null;
  const refresh = ({ layer: name, p, batch_size: count }) => {
    rate.value = p;
    size.value = count;
    layer.root.querySelectorAll("input").forEach((input, i) => {
      input.checked = (i === 0) === (name === "dropout");
    });
    const wanted = name === "dropout" ? rate : size;
    if (shown !== wanted) kit.clear(slot, wanted.root);
    shown = wanted;
  };
  return {
    refresh,
    root: kit.controls(layer.root, slot, kit.html("div", { class: "bf-buttons" }, redraw.root, reset.root)),
  };
}

function render({ model, el }) {
  const draws = { masks: model.get("masks"), batches: model.get("batches") };
  const opening = { ...kit.traits(model, SETTINGS), draw: 0 };
  const stage = kit.stage({
    model,
    el,
    name: "ModeSwitch",
    label: "Training and evaluation mode, with and without gradients",
    state: opening,
  });
  const now = () => ({ ...stage.state, ...passesOf(stage.state, draws) });
  const [switches, facts, inside, output] = [switchView(stage), factsView(), insideView(), outputView()];
  const rates = Object.keys(draws.masks).map(Number).sort((one, other) => one - other);
  const onReset = () => {
    facts.forget();
    stage.set(opening);
  };
  const inputs = makeControls(stage, onReset, rates, draws.batches[0][0].length);
  const error = kit.html("p", { class: "ms-error" });
  stage.body.append(
    kit.row(switches.root, facts.root),
    kit.html("div", { class: "ms-passes" }, inside.panel.root, error, output.panel.root),
    inputs.root,
  );
  for (const name of SETTINGS) {
    model.on?.(
      `change:${name}`,
      () => stage.state[name] === model.get(name) || stage.set({ [name]: model.get(name) }),
    );
  }

  stage.onDraw(({ width }) => {
    const half = width < 560 ? width : (width - 24) / 2;
    const drawn = now();
    switches.layout(half);
    facts.root.style.width = `${half}px`;
    switches.draw(drawn);
    facts.draw(drawn);
    inside.draw(drawn, { width, height: 150 });
    output.draw(drawn, { width, height: 166 });
    error.textContent = drawn.refused ? model.get("refusal") : "";
    error.hidden = !drawn.refused;
    inputs.refresh(drawn);
  });
  stage.say(() => sentence(now()));
  return stage.start();
}

export default { render };
