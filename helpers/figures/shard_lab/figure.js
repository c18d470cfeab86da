/**
 * ShardLab: one update of data-parallel training. The samples are dealt to processes; each finds the gradient
 * of its own; the mean of these is what every process steps along.
 */
import * as kit from "../kit/index.js";
import { leastSquares, meanSquaredError, windowAround } from "../descent_lab/maths.js";
import { dataView } from "../descent_lab/views.js";
import { parallelGradients, shardsOf } from "./maths.js";
import { gradientTable, shardCells, updatePlane } from "./views.js";

const SETTINGS = /** @type {const} */ (["start", "processes", "epoch", "sampled", "drop_last"]);

function readProblem(model) {
  const [x, y, lr, orders] = ["x", "y", "lr", "orders"].map((name) => model.get(name));
  const opening = kit.traits(model, SETTINGS);
  const best = leastSquares(x, y);
  const view = windowAround(opening.start, best);
  const corners = view.w.flatMap((w) => view.b.map((b) => meanSquaredError(x, y, w, b)));
  return {
    x,
    y,
    lr,
    orders,
    opening,
    best,
    view,
    excess: Math.max(...corners) - meanSquaredError(x, y, ...best),
  };
}

/** What follows from the reader's choices: who reads what, and the gradients. */
function updateOf({ x, y, orders }, { point, processes, epoch, sampled, drop_last: dropLast }) {
  const shards = sampled
    ? shardsOf(orders[epoch], processes, dropLast)
    : Array.from({ length: processes }, () => orders[epoch]);
  return { shards, ...parallelGradients(x, y, point, shards) };
}

export const zeroOr = (value) => (Math.abs(value) < 1e-9 ? "0" : kit.format(value));

/** How the mean of the processes' gradients compares with the gradient of all samples. */
function verdict({ processes, sampled }, { shards, apart }, size) {
  if (!sampled) {
    return `Every process reads all ${size} samples: ${processes} times the work, and nothing gained.`;
  }
  if (apart < 1e-9) return `The mean of the processes' gradients is the gradient of all ${size} samples.`;
  const read = shards.flat();
  const twice = read.length - new Set(read).size;
  return twice
    ? `${kit.plural(twice, "sample")} read twice, so that the shards are equally long: the mean is off by ${
      kit.format(apart)
    }.`
    : `${kit.plural(size - read.length, "sample")} left out: the mean is off by ${kit.format(apart)}.`;
}

function makeControls(stage, problem) {
  const { state } = stage;
  const processes = kit.slider({
    label: "processes",
    min: 1,
    max: 5,
    step: 1,
    value: state.processes,
    format: String,
    onInput: (count) => stage.set({ processes: count, rank: Math.min(state.rank, count - 1), slot: 0 }),
  });
  const epoch = kit.slider({
    label: "set_epoch",
    min: 0,
    max: problem.orders.length - 1,
    step: 1,
    value: state.epoch,
    format: String,
    onInput: (number) => stage.set({ epoch: number }),
  });
  const sampled = kit.toggle({
    label: "DistributedSampler",
    checked: state.sampled,
    onChange: (checked) => stage.set({ sampled: checked, slot: 0 }),
  });
  const dropLast = kit.toggle({
    label: "drop_last",
    checked: state.drop_last,
    onChange: (checked) => stage.set({ drop_last: checked, slot: 0 }),
  });
  const step = kit.button({
    label: "Step",
    icon: "step",
    onClick: () => {
      const { mean } = updateOf(problem, state);
      stage.set({ point: state.point.map((value, k) => value - problem.lr * mean[k]) });
    },
  });
  const reset = kit.button({
    label: "Reset",
    icon: "reset",
    onClick: () => stage.set(openingState(problem)),
  });
  const refresh = () => {
    processes.value = state.processes;
    epoch.value = state.epoch;
    sampled.input.checked = state.sampled;
    dropLast.input.checked = state.drop_last;
    dropLast.input.disabled = !state.sampled;
  };
  const buttons = kit.html("div", { class: "bf-buttons" }, step.root, reset.root);
  return { refresh, root: kit.controls(processes.root, epoch.root, sampled.root, dropLast.root, buttons) };
}

const openingState = (
  /** @type {ReturnType<typeof readProblem>} */ { opening: { start, ...settings } },
) => ({
  ...settings,
  point: [...start],
  rank: 0,
  slot: 0,
});

function render({ model, el }) {
  const problem = readProblem(model);
  const size = problem.x.length;
  const stage = kit.stage({
    model,
    el,
    name: "ShardLab",
    label: "One update of data-parallel training",
    state: openingState(problem),
  });
  const data = dataView(problem);
  const plane = updatePlane(stage, problem);
  const shards = shardCells(stage, size);
  const table = gradientTable();
  const said = kit.html("p", { class: "sh-verdict" });
  const inputs = makeControls(stage, problem);
  stage.body.append(
    kit.row(plane.panel.root, data.panel.root),
    said,
    kit.row(shards.root, table.root),
    inputs.root,
  );

  stage.onDraw(({ width, state }) => {
    const stacked = width < 560;
    const half = stacked ? width : (width - 24) / 2;
    const square = Math.round((half - 56) * 0.75 + 58);
    plane.layout(half, square);
    data.layout(half, stacked ? 190 : square);
    const update = updateOf(problem, state);
    plane.draw(state, update);
    data.draw({ run: { points: [state.point, state.point], batches: [update.shards[state.rank]] }, at: 1 });
    shards.draw(half, state, update);
    table.draw(update, state, size);
    said.textContent = verdict(state, update, size);
    inputs.refresh();
  });
  stage.say(() => verdict(stage.state, updateOf(problem, stage.state), size));
  return stage.start();
}

export default { render };
