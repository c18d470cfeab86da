/**
 * DescentLab: gradient descent on a line, in data space and in parameter space at once.
 *
 * The path is computed anew at every change; the views draw it and the reader's state decides how.
 */
import * as kit from "../kit/index.js";
import {
  batchSizeLadder,
  descentPath,
  learningRateLimit,
  leastSquares,
  meanSquaredError,
  windowAround,
} from "./maths.js";
import { dataView, lossView, planeView } from "./views.js";

// ---------------------------------------------------------------- what the figure shows

const SETTINGS = /** @type {const} */ (["start", "lr", "batch_size", "momentum", "shuffle"]);

function readProblem(model) {
  const [x, y] = [model.get("x"), model.get("y")];
  const opening = kit.traits(model, SETTINGS);
  const best = leastSquares(x, y);
  const view = windowAround(opening.start, best);
  const corners = view.w.flatMap((w) => view.b.map((b) => meanSquaredError(x, y, w, b)));
  const [least, most] = [meanSquaredError(x, y, ...best), Math.max(...corners)];
  const numEpochs = model.get("num_epochs");
  return {
    x,
    y,
    opening,
    best,
    view,
    least,
    most,
    numEpochs,
    orders: model.get("orders"),
    sizes: model.get("compare"),
  };
}

function runOf({ x, y, numEpochs, orders }, { start, lr, momentum, shuffle }, batchSize) {
  const read = shuffle ? orders : [x.map((_, i) => i)];
  return descentPath({ x, y, start, lr, batchSize, numEpochs, momentum, orders: read });
}

const runsOf = (problem, settings) => ({
  run: runOf(problem, settings, settings.batch_size),
  others: problem.sizes.filter((size) => size !== settings.batch_size).map((size) => ({
    size,
    run: runOf(problem, settings, size),
  })),
});

/** How a run of this batch size is called beside its curve. */
export const sizeName = (size, { x }) => (size === x.length ? `all ${size}` : `batch ${size}`);

/** What the reader sees, as one sentence made from the state. */
function sentence(problem, { run, at, lr, batch_size: size, momentum }) {
  const rule = `Batches of ${size}, learning rate ${kit.format(lr)}, momentum ${kit.format(momentum, 2)}`;
  if (run.divergedAt) return `${rule}: diverged at step ${run.divergedAt}.`;
  const [w, b] = run.points[at].map((value) => kit.format(value));
  return `${rule}: after ${kit.plural(at, "update")} and ${
    kit.plural(run.samplesSeen[at], "sample")
  } w is ${w}, b is ${b}, ` +
    `and the loss is ${kit.format(run.losses[at])}; the least possible is ${kit.format(problem.least)}.`;
}

// ---------------------------------------------------------------- controls

function makeControls(stage, problem, change) {
  const { x } = problem;
  const limit = () => learningRateLimit(x, stage.state.momentum);
  const step = 0.01;
  // The slider moves in hundredths of the limit; a rate given in the notebook stays as it was given.
  const rateAt = (
    share,
  ) => (Math.abs(stage.state.lr / limit() - share) <= step / 2
    ? stage.state.lr
    : Number((share * limit()).toPrecision(3)));
  const rate = kit.slider({
    label: "learning rate",
    min: step,
    max: 1.1,
    step,
    value: stage.state.lr / limit(),
    ticks: [{ value: 1, label: "limit" }],
    format: (share) => kit.format(rateAt(share)),
    onInput: (share) => change({ lr: rateAt(share) }),
  });
  const sizes = batchSizeLadder(x.length);
  const size = kit.slider({
    label: "batch size",
    values: [...new Set([...sizes, stage.state.batch_size])].sort((a, b) => a - b),
    value: stage.state.batch_size,
    format: (value) => (value === x.length ? `all ${value}` : String(value)),
    ticks: problem.sizes.map((value) => ({ value, label: value === x.length ? "all" : String(value) })),
    onInput: (value) => change({ batch_size: value }),
  });
  const momentum = kit.slider({
    label: "momentum",
    min: 0,
    max: 0.95,
    step: 0.05,
    value: stage.state.momentum,
    format: (value) => value.toFixed(2),
    onInput: (value) => change({ momentum: value }),
  });
  const shuffle = kit.toggle({
    label: "reshuffle every epoch",
    checked: stage.state.shuffle,
    onChange: (checked) => change({ shuffle: checked }),
  });
  const comparing = kit.toggle({
    label: `compare with batches of ${problem.sizes.join(", ")}`,
    checked: stage.state.comparing,
    onChange: (checked) => stage.set({ comparing: checked }),
  });
  const against = kit.choice({
    label: "Loss against",
    value: stage.state.against,
    options: [{ value: "samples", label: "samples seen" }, { value: "updates", label: "updates" }],
    onChange: (value) => stage.set({ against: value }),
  });
  const refresh = () => {
    rate.root.querySelector(".bf-tickmark").textContent = `limit ${kit.format(limit())}`;
    rate.value = stage.state.lr / limit();
    size.value = stage.state.batch_size;
    momentum.value = stage.state.momentum;
    shuffle.input.checked = stage.state.shuffle;
  };
  refresh();
  return {
    refresh,
    against: against.root,
    root: kit.controls(rate.root, size.root, momentum.root, shuffle.root, comparing.root),
  };
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const problem = readProblem(model);
  const opening = () => ({ ...problem.opening, ...runsOf(problem, problem.opening) });
  const begun = opening();
  const stage = kit.stage({
    model,
    el,
    name: "DescentLab",
    label: "Gradient descent on a line, in data space and in parameter space",
    state: {
      ...begun,
      at: begun.run.points.length - 1,
      previous: null,
      comparing: problem.sizes.length > 0,
      against: "samples",
    },
  });
  const last = () => stage.state.run.points.length - 1;
  let changed = -Infinity; // when a setting was last changed, in milliseconds

  function change(patch) {
    const { run, at, previous, ...settings } = { ...stage.state, ...patch };
    settings.lr = Math.min(settings.lr, 1.1 * learningRateLimit(problem.x, settings.momentum));
    const runs = runsOf(problem, settings);
    // One gesture makes many changes; the run to compare with is the one before the gesture.
    const sameGesture = performance.now() - changed < 600;
    changed = performance.now();
    const share = at / last();
    stage.set({
      ...patch,
      lr: settings.lr,
      ...runs,
      at: Math.round(share * (runs.run.points.length - 1)),
      previous: sameGesture ? previous : run,
    });
    inputs.refresh();
    player.refresh();
  }

  const moveTo = (at) => {
    stage.set({ at });
    player.refresh();
  };
  const data = dataView(problem);
  const plane = planeView(stage, problem, change);
  const loss = lossView(stage, problem, moveTo);
  const inputs = makeControls(stage, problem, change);
  const player = kit.player(stage, {
    length: () => last() + 1,
    at: () => stage.state.at,
    home: last,
    label: "step through the run",
    onMove: (at) => stage.set({ at }),
    onReset: () => {
      stage.set({ ...opening(), previous: null });
      inputs.refresh();
    },
    describe: (at) => `update ${at} of ${last()}`,
  });
  stage.body.append(
    kit.row(data.panel.root, plane.panel.root),
    kit.html("div", { class: "dl-below" }, inputs.against),
    loss.panel.root,
    player.root,
    inputs.root,
  );
  for (const name of SETTINGS) model.on?.(`change:${name}`, () => follow(name));

  /** A setting that Python changed. */
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage.state[name])) {
      change({ [name]: model.get(name) });
    }
  }

  let laidOut = 0;
  stage.onDraw(({ width, state }) => {
    const stacked = width < 560;
    const half = stacked ? width : (width - 24) / 2;
    const square = Math.round((half - 56) * 0.75 + 58); // the plane's window is 4 by 3, in equal units
    if (laidOut !== width) {
      data.layout(half, stacked ? 210 : square);
      plane.layout(half, square);
    }
    laidOut = width;
    loss.layout(width, 170, state);
    for (const view of [data, plane, loss]) view.draw(state);
  });
  stage.say(() => sentence(problem, stage.state));
  return stage.start();
}

export default { render };
