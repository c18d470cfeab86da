/**
 * LossSurface: the loss of a line over w and b, a start to drag, the negative gradient and all updates;
 * beside it the samples with the line, and the updates in numbers.
 */
import * as kit from "../kit/index.js";
import { leastSquares, meanSquaredError } from "../descent_lab/maths.js";
import { dataView } from "../descent_lab/views.js";
import { surfaceRun, tallWindow, updateFrom } from "./maths.js";
import { surfaceView, tableView } from "./views.js";

const SHARE = 0.86; // width over height of the window on the plane
const PLANE = 320; // pixels that the plane is wide beside the other views

function readProblem(model) {
  const [x, y] = [model.get("x"), model.get("y")];
  const opening = kit.traits(model, ["start", "lr", "update"]);
  const best = leastSquares(x, y);
  const view = tallWindow(opening.start, best, SHARE);
  const corners = view.w.flatMap((w) => view.b.map((b) => meanSquaredError(x, y, w, b)));
  return {
    x,
    y,
    opening,
    best,
    view,
    least: meanSquaredError(x, y, ...best),
    most: Math.max(...corners),
    limits: model.get("limits"),
    numSteps: model.get("num_steps"),
    yDomain: [Math.min(0, ...y), Math.max(...y) * 1.1],
  };
}

// ---------------------------------------------------------------- controls

const STEP = 0.01; // of the rate's slider, in units of the limit

function makeControls(stage, { limits }, change) {
  const limit = () => limits[stage.state.update];
  const share = () => stage.state.lr / limit();
  // A rate given in the notebook stays as it was given.
  const rateAt = (
    value,
  ) => (Math.abs(share() - value) <= STEP / 2 ? stage.state.lr : Number((value * limit()).toPrecision(3)));
  const rate = kit.slider({
    label: "learning rate",
    min: STEP,
    max: 1.1,
    step: STEP,
    value: share(),
    ticks: [{ value: 1, label: "limit" }],
    format: (value) => kit.format(rateAt(value)),
    onInput: (value) => change({ lr: rateAt(value) }),
  });
  const updates = kit.choice({
    label: "One update takes",
    value: stage.state.update,
    options: [{ value: "mean", label: "the mean" }, { value: "sum", label: "the sum" }, {
      value: "sample",
      label: "one sample",
    }],
    onChange: (update) => change({ update }),
  });
  const scale = kit.toggle({
    label: "one scale for w and b",
    checked: !stage.state.stretched,
    onChange: (checked) => stage.set({ stretched: !checked }),
  });
  const refresh = () => {
    rate.root.querySelector(".bf-tickmark").textContent = `limit ${kit.format(limit())}`;
    rate.value = share();
    updates.root.querySelectorAll("input").forEach((input, i) => {
      input.checked = ["mean", "sum", "sample"][i] === stage.state.update;
    });
    scale.input.checked = !stage.state.stretched;
  };
  refresh();
  return { root: kit.controls(rate.root, updates.root, scale.root), refresh };
}

// ---------------------------------------------------------------- the figure

function sentence(problem, { run, at, lr, update }) {
  const [w, b] = run.points[at].map((value) => kit.format(value));
  const { loss, dw, db } = updateFrom(problem, update, at, run.points[at]);
  const fate = run.divergedAt
    ? `it diverged at step ${run.divergedAt}`
    : `the gradient is ${kit.format(dw)} and ${kit.format(db)}`;
  return `Learning rate ${kit.format(lr)}, step ${at}: w is ${w}, b is ${b}, the loss is ${
    kit.format(loss)
  }; ${fate}.`;
}

function render({ model, el }) {
  const problem = readProblem(model);
  const runOf = (settings) => surfaceRun({ ...problem, ...settings });
  const stage = kit.stage({
    model,
    el,
    name: "LossSurface",
    label: "The loss of a line over its two parameters, and descent on it",
    state: { ...problem.opening, run: runOf(problem.opening), at: 0, stretched: false },
  });
  const last = () => stage.state.run.points.length - 1;

  function change(patch) {
    const { start, lr, update, at } = { ...stage.state, ...patch };
    const rate = Math.min(lr, 1.1 * problem.limits[update]);
    const run = runOf({ start, lr: rate, update });
    stage.set({ ...patch, lr: rate, run, at: Math.min(at, run.points.length - 1) });
    inputs.refresh();
    player.refresh();
  }

  const [plane, data, table] = [surfaceView(stage, problem, change), dataView(problem), tableView(problem)];
  const inputs = makeControls(stage, problem, change);
  const player = kit.player(stage, {
    length: () => last() + 1,
    at: () => stage.state.at,
    label: "step through the run",
    onMove: (at) => stage.set({ at }),
    onReset: () => change({ ...problem.opening, at: 0, stretched: false }),
    describe: (at) => `step ${at} of ${last()}`,
  });
  const side = kit.html("div", { class: "ls-side" }, data.panel.root, table.root);
  const grid = kit.html(
    "div",
    { class: "ls-grid" },
    plane.panel.root,
    side,
    kit.html("div", { class: "ls-controls" }, player.root, inputs.root),
  );
  stage.body.append(grid);
  for (const name of Object.keys(problem.opening)) {
    model.on?.(`change:${name}`, () => {
      if (JSON.stringify(model.get(name)) !== JSON.stringify(stage.state[name])) {
        change({ [name]: model.get(name) });
      }
    });
  }
  stage.onDraw(({ width, state }) => {
    const narrow = width < 560;
    grid.dataset.narrow = String(narrow);
    const planeWidth = narrow ? width : PLANE;
    // The window is SHARE times as wide as high, in equal units.
    plane.layout(planeWidth, Math.round((planeWidth - 56) / SHARE) + 58, state.stretched);
    const sideWidth = narrow ? width : width - PLANE - 20;
    data.layout(sideWidth, 170);
    table.layout(sideWidth);
    for (const view of [plane, data, table]) view.draw(state);
  });
  stage.say(() => sentence(problem, stage.state));
  return stage.start();
}

export default { render };
