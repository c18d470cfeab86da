/**
 * EarlyStop: two losses against epochs with a line to drag, and the network's function at that epoch.
 * The runs come from torch; the browser finds minima and stops, and keeps the test loss hidden until a choice.
 */
import * as kit from "../kit/index.js";
import { decodeFits, diagnosis, lowest, patienceStop } from "./maths.js";
import { curvesView, fitView } from "./views.js";

function readRuns(model) {
  const every = model.get("every");
  const runs = model.get("runs").map((run) => ({ ...run, fits: decodeFits(run.fits, run.train.length) }));
  return {
    runs,
    every,
    sizes: model.get("sizes"),
    numEpochs: model.get("num_epochs"),
    points: model.get("points"),
  };
}

/** What the reader sees, as one sentence made from the state. */
function sentence({ runs, every }, { size, at, chosen }) {
  const run = runs[size];
  const told = chosen ? ` Test loss of your choice: ${kit.format(runs[chosen.size].test[chosen.at])}.` : "";
  return `Hidden units a layer: ${run.width}; after epoch ${at * every}: training loss ${
    kit.format(run.train[at])
  }, ` +
    `validation loss ${kit.format(run.val[at])}; ${diagnosis(run, at)}.${told}`;
}

/** What the test says, once asked, about the choice and about the two epochs one might rather have had. */
function testWords({ runs, every }, { size, at, chosen }) {
  if (!chosen) {
    return "The test samples are still sealed: choose a size and an epoch first, by validation loss alone.";
  }
  const { width, val, test } = runs[chosen.size];
  const value = (i) => `${kit.format(test[i])} at epoch ${i * every}`;
  const best = chosen.at === lowest(val)
    ? ", where validation loss is lowest"
    : `. Where validation loss is lowest: ${value(lowest(val))}`;
  const asked = `Your choice, ${width} a layer: test loss ${value(chosen.at)}${best}. At the end: ${
    value(test.length - 1)
  }.`;
  const moved = chosen.size !== size || chosen.at !== at;
  return moved ? `${asked} You have seen the test: a choice made now is no longer blind to it.` : asked;
}

function makeControls(stage, problem, { choose, moveTo }) {
  const { runs, every, sizes } = problem;
  const weights = (width) => `${width} (${runs[sizes.indexOf(width)].num_weights} weights)`;
  const size = kit.slider({
    label: "hidden units per layer",
    values: sizes,
    value: sizes[stage.state.size],
    format: weights,
    ticks: sizes.map((value) => ({ value, label: String(value) })),
    onInput: (width) => choose({ size: sizes.indexOf(width) }),
  });
  const patience = kit.slider({
    label: "stop by patience",
    min: 1,
    max: 30,
    step: 1,
    value: stage.state.patience,
    format: (checks) => `${checks * every} epochs`,
    onInput: (checks) => choose({ patience: checks, byPatience: true }),
  });
  const others = kit.toggle({
    label: "four other seeds: other samples, other weights",
    checked: true,
    onChange: (checked) => stage.set({ others: checked }),
  });
  const words = kit.html("p", { class: "es-test" });
  const reveal = kit.button({
    label: "Reveal the test loss",
    onClick: () => {
      const { size: at, at: epoch, chosen } = stage.state;
      stage.set({ chosen: chosen ? null : { size: at, at: epoch } });
    },
  });
  const player = kit.player(stage, {
    length: () => runs[0].train.length,
    at: () => stage.state.at,
    home: () => runs[0].train.length - 1,
    label: "epoch",
    onMove: moveTo,
    onReset: () => choose({ ...openingOf(problem) }),
    describe: (at) => String(at * every),
  });
  const refresh = () => {
    size.value = sizes[stage.state.size];
    patience.value = stage.state.patience;
    others.input.checked = stage.state.others;
    player.refresh();
  };
  const draw = (state) => {
    words.textContent = testWords(problem, state);
    reveal.relabel(state.chosen ? "Seal the test again" : "Reveal the test loss");
  };
  return {
    refresh,
    draw,
    roots: [
      player.root,
      kit.controls(size.root, patience.root),
      kit.html("div", { class: "es-asked" }, reveal.root, words),
      kit.html("div", {}, others.root),
    ],
  };
}

/** The largest network at the end of its training. */
const openingOf = ({ runs }) => ({
  size: runs.length - 1,
  at: runs[0].train.length - 1,
  patience: 4,
  byPatience: false,
  others: true,
  chosen: null,
});

function render({ model, el }) {
  const problem = readRuns(model);
  const stage = kit.stage({
    model,
    el,
    name: "EarlyStop",
    label: "Training and validation loss by epoch, and the network at a chosen epoch",
    state: openingOf(problem),
  });

  /** Patience, where it rules, says which epoch's weights are kept. */
  function choose(patch) {
    const next = { ...stage.state, ...patch };
    const kept = next.byPatience ? { at: patienceStop(problem.runs[next.size].val, next.patience)[0] } : {};
    stage.set({ ...patch, ...kept });
    inputs.refresh();
  }
  const moveTo = (at) => choose({ at, byPatience: false });
  const curves = curvesView(stage, problem, moveTo);
  const fit = fitView(problem);
  const inputs = makeControls(stage, problem, {
    choose,
    moveTo: (at) => stage.set({ at, byPatience: false }),
  });
  stage.body.append(kit.row(curves.root, fit.root), ...inputs.roots);

  let laidOut = 0;
  stage.onDraw(({ width, state }) => {
    const stacked = width < 560;
    if (laidOut !== width) {
      curves.layout(stacked ? width : Math.round(0.56 * width), stacked ? 250 : 300);
      fit.layout(stacked ? width : Math.round(0.44 * width) - 24, stacked ? 220 : 300);
    }
    laidOut = width;
    for (const view of [curves, fit, inputs]) view.draw(state);
  });
  stage.say(() => sentence(problem, stage.state));
  return stage.start();
}

export default { render };
