/**
 * PlaneFit: the plane of a model with two inputs turning into its data.
 *
 * The run is computed anew at every change; the views draw it and the reader's state decides how.
 */
import * as kit from "../kit/index.js";
import { edgeOn, planeLoss, planePath } from "./maths.js";
import { lossOverRun, residualView } from "./views.js";
import { spaceView } from "./space.js";

const SETTINGS = /** @type {const} */ (["start", "lr", "batch_size"]);
const CORNER_VIEW = { turn: 25, tilt: 22 };

function runOf({ X, y, orders }, { start, lr, batch_size: batchSize }) {
  return planePath({ X, y, start, lr, batchSize, orders });
}

/** 1, 2, 3, 5, 10, 20, ... and the whole data. */
function planeSizes(count, given) {
  return [...new Set([1, 2, 3, 5, 10, 20, 50].filter((size) => size < count).concat(given, count))].sort((
    a,
    b,
  ) => a - b);
}

function placeOf({ run, at }, { X }) {
  const perEpoch = Math.ceil(X.length / run.batches[0].length);
  return at === 0
    ? "before the first update"
    : `epoch ${Math.ceil(at / perEpoch)}, update ${at} of ${run.points.length - 1}`;
}

function sentence(problem, { run, at, lr, batch_size: size }) {
  const rule = `Batches of ${size}, learning rate ${kit.format(lr)}`;
  if (run.divergedAt) return `${rule}: diverged at step ${run.divergedAt}.`;
  const [w1, w2, b] = run.points[at].map((value) => kit.format(value));
  const least = kit.format(planeLoss(problem.X, problem.y, problem.best));
  return `${rule}: at ${placeOf({ run, at }, problem)} w1 is ${w1}, w2 is ${w2}, b is ${b}, and the loss is ${
    kit.format(run.losses[at])
  }; the least possible is ${least}.`;
}

function makeControls(stage, problem, change) {
  const limit = { value: Number(problem.limit.toPrecision(3)), label: `limit ${kit.format(problem.limit)}` };
  const given = { value: problem.opening.lr, label: kit.format(problem.opening.lr) };
  // Two marks close together would cover each other.
  const apart = Math.abs(problem.rates.indexOf(given.value) - problem.rates.indexOf(limit.value)) > 3;
  const rate = kit.slider({
    label: "learning rate",
    values: problem.rates,
    value: stage.state.lr,
    format: (value) => kit.format(value),
    ticks: apart ? [given, limit] : [limit],
    onInput: (lr) => change({ lr }),
  });
  const size = kit.slider({
    label: "batch size",
    values: planeSizes(problem.X.length, problem.opening.batch_size),
    value: stage.state.batch_size,
    format: (value) => (value === problem.X.length ? `all ${value}` : String(value)),
    onInput: (value) => change({ batch_size: value }),
  });
  const corner = kit.button({ label: "From a corner", onClick: () => stage.set(CORNER_VIEW) });
  const edge = kit.button({
    label: "Along the plane",
    onClick: () => stage.set({ turn: edgeOn(stage.state.run.points[stage.state.at]), tilt: 0 }),
  });
  const looks = kit.html(
    "div",
    { class: "bf-buttons pf-looks", role: "group", "aria-label": "Look" },
    kit.html("span", { class: "bf-label" }, "Look"),
    corner.root,
    edge.root,
  );
  return {
    root: kit.controls(rate.root, size.root),
    looks,
    refresh: () => {
      rate.value = stage.state.lr;
      size.value = stage.state.batch_size;
    },
  };
}

function render({ model, el }) {
  const problem = {
    ...kit.traits(model, ["X", "y", "orders", "rates", "limit", "best"]),
    opening: kit.traits(model, [...SETTINGS, "at"]),
  };
  const opening = () => ({
    ...problem.opening,
    ...CORNER_VIEW,
    run: runOf(problem, problem.opening),
    previous: null,
  });
  const stage = kit.stage({
    model,
    el,
    name: "PlaneFit",
    label: "A plane trained to fit its samples",
    state: opening(),
  });
  stage.state.at = Math.min(stage.state.at, stage.state.run.points.length - 1);
  const last = () => stage.state.run.points.length - 1;
  let changed = -Infinity; // when a setting was last changed, in milliseconds

  function change(patch) {
    const { run, at, previous } = stage.state;
    const fresh = runOf(problem, { ...stage.state, ...patch });
    // One gesture makes many changes; the run to compare with is the one before the gesture.
    const sameGesture = performance.now() - changed < 600;
    changed = performance.now();
    const share = Math.round((at / last()) * (fresh.points.length - 1));
    stage.set({ ...patch, run: fresh, at: patch.at ?? share, previous: sameGesture ? previous : run });
    refresh();
  }
  const moveTo = (at) => {
    stage.set({ at });
    refresh();
  };
  const space = spaceView(stage, problem, change);
  const along = [residualView(problem, 0), residualView(problem, 1)];
  const loss = lossOverRun(problem, moveTo, () => stage.state);
  const inputs = makeControls(stage, problem, change);
  const player = kit.player(stage, {
    length: () => last() + 1,
    at: () => stage.state.at,
    home: () => problem.opening.at,
    label: "progress",
    onMove: (at) => stage.set({ at }),
    onReset: () => {
      stage.set(opening());
      inputs.refresh();
    },
    describe: (at) => placeOf({ run: stage.state.run, at }, problem),
  });
  const refresh = () => {
    inputs.refresh();
    player.refresh();
  };
  const heading = kit.html("div", { class: "bf-title" }, "Residuals ŷ − y, and the slope left in them");
  const slopes = kit.html(
    "div",
    {},
    heading,
    kit.html("div", { class: "pf-pair" }, along.map(({ panel }) => panel.root)),
  );
  // The plane and what moves it share a column, so that a narrow page shows both on one screen.
  const columns = [
    kit.html("div", { class: "pf-column" }, space.root, inputs.looks, player.root),
    kit.html("div", { class: "pf-column" }, slopes, loss.panel.root, inputs.root),
  ];
  stage.body.append(kit.row(...columns));
  for (const name of SETTINGS) {
    model.on?.(`change:${name}`, () => {
      if (JSON.stringify(model.get(name)) !== JSON.stringify(stage.state[name])) {
        change({ [name]: model.get(name) });
      }
    });
  }

  let laidOut = 0;
  stage.onDraw(({ width, state }) => {
    const half = width < 560 ? width : (width - 24) / 2;
    if (laidOut !== width) {
      for (const column of columns) column.style.width = `${half}px`;
      space.layout(half, Math.min(330, 0.93 * half));
      for (const view of along) view.layout((half - 10) / 2, 150);
      loss.layout(half, 150);
    }
    laidOut = width;
    for (const view of [space, ...along, loss]) view.draw(state);
  });
  stage.say(() => sentence(problem, stage.state));
  return stage.start();
}

export default { render };
