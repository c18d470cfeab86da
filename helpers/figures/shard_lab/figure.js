/**
 * ShardLab: one update of data-parallel training. The samples are dealt to processes; each finds the gradient
 * of its own; the mean of these is what every process steps along.
 */
import * as kit from "../kit/index.js";
import { curvature, leastSquares, meanSquaredError, windowAround } from "../descent_lab/maths.js";
import { dataView, rings } from "../descent_lab/views.js";
import { parallelGradients, shardsOf } from "./maths.js";

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

const zeroOr = (value) => (Math.abs(value) < 1e-9 ? "0" : kit.format(value));

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

// ---------------------------------------------------------------- parameter space

function updatePlane(stage, problem) {
  const { x, best, view } = problem;
  const panel = kit.panel({
    title: "One update in parameter space",
    x: { label: "w" },
    y: { label: "b" },
    equal: true,
    describe:
      "Lines of equal loss over w and b; from the current point, the step of each process and the step of their mean",
  });
  const bowl = kit.svg("g");
  const cross = kit.svg("path", { class: "sh-cross", d: "M-7,-7L7,7M-7,7L7,-7" });
  const crossName = kit.svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "minimum",
  );
  const arrows = kit.svg("g", { "aria-hidden": "true" });
  panel.marks.append(bowl, cross, crossName);
  panel.over.append(arrows);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle = kit.handle(panel, {
    x: axis("slope w", view.w),
    y: axis("intercept b", view.b),
    get: () => stage.state.point,
    onInput: (point) => stage.set({ point }),
  });

  function layout(width, height) {
    panel.layout({ width, height, x: view.w, y: view.b });
    const [cx, cy] = [panel.x(best[0]), panel.y(best[1])];
    const turn = `translate(${cx},${cy}) rotate(${(-curvature(x).angle * 180) / Math.PI})`;
    kit.clear(bowl, kit.svg("g", { transform: turn }, rings(x, problem.excess, panel.x(1) - panel.x(0))));
    kit.set(cross, { transform: `translate(${cx},${cy})` });
    kit.set(crossName, { x: cx, y: cy + 25 });
  }

  function draw({ point, rank }, { each, mean, whole }) {
    const tip = (gradient) => point.map((value, k) => value - problem.lr * gradient[k]);
    /** @returns {[number, number]} */
    const place = (/** @type {number[]} */ [w, b]) => [panel.x(w), panel.y(b)];
    const from = place(point);
    kit.clear(
      arrows,
      each.map((gradient, i) =>
        arrow(from, place(tip(gradient)), {
          name: String(i),
          classes: i === rank ? "sh-each sh-chosen" : "sh-each",
        })
      ),
      arrow(from, place(tip(mean)), { classes: "sh-mean" }),
      kit.svg("circle", { class: "sh-whole", cx: place(tip(whole))[0], cy: place(tip(whole))[1], r: 9 }),
      kit.svg("text", { class: "dl-hint", x: from[0], y: from[1] - 18, "text-anchor": "middle" }, "drag me"),
    );
    handle.place();
  }
  return { panel, layout, draw };
}

/** An arrow between two pixels, named at its tip. */
function arrow([x0, y0], [x1, y1], { name = "", classes }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ux, uy] = length ? [(x1 - x0) / length, (y1 - y0) / length] : [0, 0];
  const head = Math.min(9, length);
  const barb = (side) => `${x1 - head * (ux + side * 0.5 * uy)},${y1 - head * (uy - side * 0.5 * ux)}`;
  return kit.svg(
    "g",
    { class: classes },
    kit.svg("path", { d: `M${x0},${y0}L${x1},${y1}M${barb(1)}L${x1},${y1}L${barb(-1)}` }),
    name
      ? kit.svg(
        "text",
        { class: "sh-name", x: x1 + 11 * ux, y: y1 + 11 * uy + 4, "text-anchor": "middle" },
        name,
      )
      : null,
  );
}

// ---------------------------------------------------------------- who reads what

function shardCells(stage, size) {
  const key = ([rank, slot]) => rank * size + slot;
  const cells = kit.cells({
    label: "Samples of each process",
    touch: "pan-y",
    current: () => key([stage.state.rank, stage.state.slot]),
    onPick: (at) => stage.set({ rank: Math.floor(at / size), slot: at % size }),
  });
  const names = kit.svg("g");
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Samples of each process" },
    names,
    cells.root,
  );

  function draw(width, { rank }, { shards }) {
    const left = 78;
    const longest = Math.max(...shards.map((shard) => shard.length));
    const step = Math.min(40, (width - left - 2) / longest);
    const seen = new Set();
    // Dealt in turn: a sample met before, slot by slot, is one that fills up the shards.
    const again = new Set();
    for (let slot = 0; slot < longest; slot += 1) {
      shards.forEach((shard, i) => {
        if (stage.state.sampled && seen.has(shard[slot])) again.add(key([i, slot]));
        seen.add(shard[slot]);
      });
    }
    kit.set(picture, { width, height: shards.length * 36 + 2 });
    kit.clear(names, shards.map((_, i) => kit.svg("text", { x: 0, y: i * 36 + 21 }, `process ${i}`)));
    cells.draw(shards.flatMap((shard, i) =>
      shard.map((sample, slot) => ({
        key: key([i, slot]),
        x: left + slot * step,
        y: i * 36 + 1,
        width: step - 4,
        height: 30,
        text: String(sample),
        label: `process ${i} reads sample ${sample}${again.has(key([i, slot])) ? " again" : ""}`,
        pressed: i === rank,
        classes: [i === rank ? "bf-lit" : "", again.has(key([i, slot])) ? "bf-faint" : ""].join(" "),
      }))
    ));
  }
  return {
    root: kit.html(
      "div",
      { class: "sh-shards" },
      kit.html("div", { class: "bf-title" }, "Who reads what"),
      picture,
    ),
    draw,
  };
}

function gradientTable() {
  const root = kit.html("table", { class: "sh-table" });
  const row = (name, [dw, db], classes) =>
    kit.html(
      "tr",
      { class: classes },
      kit.html("th", { scope: "row" }, name),
      kit.html("td", {}, zeroOr(dw)),
      kit.html("td", {}, zeroOr(db)),
    );
  const head = kit.html(
    "tr",
    {},
    kit.html("td", {}),
    ...["∂L/∂w", "∂L/∂b"].map((name) => kit.html("th", { scope: "col" }, name)),
  );
  const draw = ({ each, mean, whole }, { rank }, size) =>
    kit.clear(
      root,
      kit.html(
        "tbody",
        {},
        head,
        ...each.map((gradient, i) => row(`process ${i}`, gradient, i === rank ? "sh-chosen-row" : "")),
        row(each.length > 1 ? "their mean" : "its mean", mean, "sh-mean-row"),
        row(`all ${size} samples at once`, whole, "sh-whole-row"),
      ),
    );
  return { root, draw };
}

// ---------------------------------------------------------------- the figure

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
