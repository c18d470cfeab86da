/**
 * DescentLab: gradient descent on a line, in data space and in parameter space at once.
 *
 * The first half is mathematics without DOM, exported and held to torch by tests/test_descent_lab.py. The
 * second half draws. Parameters come in the order (w, b); the loss is the mean squared error.
 */

// ---------------------------------------------------------------- mathematics

/** As helpers.descent.DIVERGENCE_FACTOR. */
export const DIVERGENCE_FACTOR = 1e4;

export function meanSquaredError(x, y, w, b) {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += (w * x[i] + b - y[i]) ** 2;
  return sum / x.length;
}

/** Gradient [dw, db] of the loss of the samples `batch` (indices). */
export function batchGradient(x, y, w, b, batch) {
  let [dw, db] = [0, 0];
  for (const i of batch) {
    const error = w * x[i] + b - y[i];
    dw += 2 * error * x[i];
    db += 2 * error;
  }
  return [dw / batch.length, db / batch.length];
}

/** The batches of `numEpochs` epochs; `orders` are used in turn, the last batch of an epoch may be short. */
export function batchesOf(orders, batchSize, numEpochs) {
  const batches = [];
  for (let epoch = 0; epoch < numEpochs; epoch += 1) {
    const order = orders[epoch % orders.length];
    for (let i = 0; i < order.length; i += batchSize) batches.push(order.slice(i, i + batchSize));
  }
  return batches;
}

/**
 * A run of descent by torch.optim.SGD's rule: v = momentum v + gradient, parameters -= lr v.
 * Returns { points, losses, batches, samplesSeen, divergedAt }, as helpers.descent.path does.
 */
export function descentPath({ x, y, start, lr, batchSize, numEpochs, momentum, orders }) {
  const points = [[...start]];
  const losses = [meanSquaredError(x, y, ...start)];
  const [batches, samplesSeen] = [[], [0]];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], meanSquaredError(x, y, 0, 0));
  let [w, b] = start;
  let [vw, vb] = [0, 0];
  for (const batch of batchesOf(orders, batchSize, numEpochs)) {
    const [dw, db] = batchGradient(x, y, w, b, batch);
    [vw, vb] = [momentum * vw + dw, momentum * vb + db];
    [w, b] = [w - lr * vw, b - lr * vb];
    points.push([w, b]);
    losses.push(meanSquaredError(x, y, w, b));
    batches.push(batch);
    samplesSeen.push(samplesSeen.at(-1) + batch.length);
    // Written so that a loss that is not a number counts as diverged too.
    if (!(losses.at(-1) <= limit)) return { points, losses, batches, samplesSeen, divergedAt: batches.length };
  }
  return { points, losses, batches, samplesSeen, divergedAt: null };
}

/** Loss on a grid: rows of `bs`, columns of `ws`. */
export function lossSurface(x, y, ws, bs) {
  return bs.map((b) => ws.map((w) => meanSquaredError(x, y, w, b)));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The [w, b] of the smallest loss. */
export function leastSquares(x, y) {
  const [middleX, middleY] = [mean(x), mean(y)];
  const slope = mean(x.map((value, i) => (value - middleX) * (y[i] - middleY))) / mean(x.map((value) => (value - middleX) ** 2));
  return [slope, middleY - slope * middleX];
}

/** Eigenvalues of the loss's Hessian and the angle of the sharp direction, in radians from the w axis. */
export function curvature(x) {
  const [ww, wb, bb] = [2 * mean(x.map((value) => value * value)), 2 * mean(x), 2];
  const [middle, spread] = [(ww + bb) / 2, Math.hypot((ww - bb) / 2, wb)];
  return { sharp: middle + spread, flat: middle - spread, angle: 0.5 * Math.atan2(2 * wb, ww - bb) };
}

/** Largest learning rate of full-batch descent, 2 (1 + momentum) / largest eigenvalue. */
export function learningRateLimit(x, momentum) {
  return (2 * (1 + momentum)) / curvature(x).sharp;
}

/** The line of equal loss `excess` above the minimum: an ellipse with these half-axes. */
export function contourRadii(x, excess) {
  const { sharp, flat } = curvature(x);
  return [Math.sqrt((2 * excess) / sharp), Math.sqrt((2 * excess) / flat)];
}

/** A window on the plane, 4 wide by 3 high, that shows both points with room to overshoot. */
export function windowAround([w0, b0], [w1, b1]) {
  const span = Math.max(1.7 * Math.abs(w1 - w0), (4 / 3) * 1.7 * Math.abs(b1 - b0), 1);
  const step = 10 ** Math.floor(Math.log10(span / 40)) / 2;
  const about = (middle, half) => [middle - half, middle + half].map((end) => Number((Math.round(end / step) * step).toPrecision(12)));
  return { w: about((w0 + w1) / 2, span / 2), b: about((b0 + b1) / 2, (span * 3) / 8), step };
}

/** 1, 2, 4, ... and the whole data. */
export function batchSizeLadder(numSamples) {
  const sizes = [];
  for (let size = 1; size < numSamples; size *= 2) sizes.push(size);
  return [...sizes, numSamples];
}

// ---------------------------------------------------------------- what the figure shows

const SETTINGS = ["start", "lr", "batch_size", "momentum", "shuffle"];

function readProblem(model) {
  const [x, y] = [model.get("x"), model.get("y")];
  const opening = Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
  const best = leastSquares(x, y);
  const view = windowAround(opening.start, best);
  const corners = view.w.flatMap((w) => view.b.map((b) => meanSquaredError(x, y, w, b)));
  const [least, most] = [meanSquaredError(x, y, ...best), Math.max(...corners)];
  const numEpochs = model.get("num_epochs");
  return { x, y, opening, best, view, least, most, numEpochs, orders: model.get("orders"), sizes: model.get("compare") };
}

function runOf({ x, y, numEpochs, orders }, { start, lr, momentum, shuffle }, batchSize) {
  const read = shuffle ? orders : [x.map((_, i) => i)];
  return descentPath({ x, y, start, lr, batchSize, numEpochs, momentum, orders: read });
}

const runsOf = (problem, settings) => ({
  run: runOf(problem, settings, settings.batch_size),
  others: problem.sizes.filter((size) => size !== settings.batch_size).map((size) => ({ size, run: runOf(problem, settings, size) })),
});

const sizeName = (size, { x }) => (size === x.length ? `all ${size}` : String(size));
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What the reader sees, as one sentence made from the state. */
function sentence(problem, { run, at, lr, batch_size: size, momentum }) {
  const rule = `Batches of ${sizeName(size, problem)}, learning rate ${kit.format(lr)}, momentum ${kit.format(momentum, 2)}`;
  if (run.divergedAt) return `${rule}: diverged at step ${run.divergedAt}.`;
  const [w, b] = run.points[at].map((value) => kit.format(value));
  return `${rule}: after ${plural(at, "update")} and ${plural(run.samplesSeen[at], "sample")} w is ${w}, b is ${b}, ` +
    `and the loss is ${kit.format(run.losses[at])}; the least possible is ${kit.format(problem.least)}.`;
}

// ---------------------------------------------------------------- data space

function dataView({ x, y }) {
  const panel = kit.panel({ title: "Data space", x: { label: "x" }, y: { label: "y" },
    describe: "The samples, the current line, and the error of each sample as a stick" });
  const padded = (values, share) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [low - share * (high - low), high + share * (high - low)];
  };
  const [xDomain, yDomain] = [padded(x, 0.06), padded(y, 0.15)];
  const sticks = x.map(() => kit.svg("line", { class: "dl-stick" }));
  const lights = x.map(() => kit.svg("circle", { class: "dl-light", r: 8 }));
  const dots = x.map(() => kit.svg("circle", { class: "dl-sample", r: 4 }));
  const line = kit.svg("line", { class: "dl-line" });
  panel.marks.append(...lights, ...sticks, line, ...dots);

  function layout(width, height) {
    panel.layout({ width, height, x: xDomain, y: yDomain });
    x.forEach((value, i) => {
      for (const circle of [dots[i], lights[i]]) kit.set(circle, { cx: panel.x(value), cy: panel.y(y[i]) });
      kit.set(sticks[i], { x1: panel.x(value), x2: panel.x(value), y1: panel.y(y[i]) });
    });
  }

  function draw({ run, at }) {
    const [w, b] = run.points[at];
    const lit = new Set(at > 0 ? run.batches[at - 1] : []);
    const height = (value) => kit.clamp(panel.y(w * value + b), -1e4, 1e4);
    sticks.forEach((stick, i) => {
      kit.set(stick, { y2: height(x[i]), "data-lit": lit.has(i) });
      kit.set(lights[i], { "data-lit": lit.has(i) });
    });
    kit.set(line, { x1: panel.x(xDomain[0]), x2: panel.x(xDomain[1]), y1: height(xDomain[0]), y2: height(xDomain[1]) });
    const sign = b < 0 ? "−" : "+";
    panel.root.firstChild.replaceChildren("Data space: ", kit.html("span", { class: "dl-model" },
      `y = ${kit.format(w)} x ${sign} ${kit.format(Math.abs(b))}`));
  }
  return { panel, layout, draw };
}

// ---------------------------------------------------------------- parameter space

function planeView(stage, problem, change) {
  const { x, best, view, least, most } = problem;
  const panel = kit.panel({ title: "Parameter space", x: { label: "w" }, y: { label: "b" }, equal: true,
    describe: "Lines of equal loss over w and b, the path of descent and the least-squares minimum" });
  const bowl = kit.svg("g");
  const [previous, others, rest, done, last] = ["dl-previous", "dl-others", "dl-rest", "dl-done", "dl-last"].map((name) =>
    kit.svg(name === "dl-others" ? "g" : "path", { class: name }));
  const cross = kit.svg("path", { class: "dl-cross", d: "M-9,-9L9,9M-9,9L9,-9" });
  const crossName = kit.svg("text", { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" }, "minimum");
  const here = kit.svg("circle", { class: "dl-here bf-dot", r: 6 });
  panel.marks.append(bowl, previous, others, rest, done, last, cross, here);
  const names = kit.svg("g", { "aria-hidden": "true" });
  panel.over.append(names);
  const startName = kit.svg("text", { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" }, "drag the start");
  panel.over.append(startName, crossName);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle = kit.handle(stage, panel, { x: axis("start: slope w", view.w), y: axis("start: intercept b", view.b),
    get: () => stage.state.start, onInput: (start) => change({ start }) });

  function layout(width, height) {
    panel.layout({ width, height, x: view.w, y: view.b });
    const [cx, cy] = [panel.x(best[0]), panel.y(best[1])];
    kit.set(cross, { transform: `translate(${cx},${cy})` });
    kit.set(crossName, { x: cx, y: cy + 30 });
    const unit = panel.x(1) - panel.x(0);
    const turn = `translate(${cx},${cy}) rotate(${(-curvature(x).angle * 180) / Math.PI})`;
    kit.clear(bowl, kit.svg("g", { transform: turn }, rings(x, most - least, unit)));
  }

  function draw({ run, others: runs, previous: old, at, comparing, batch_size: size }) {
    kit.set(done, { d: panel.line(run.points.slice(0, at + 1)) });
    kit.set(rest, { d: panel.line(run.points.slice(at)) + dotsOf(panel, run) });
    kit.set(last, { d: at > 0 ? panel.line(run.points.slice(at - 1, at + 1)) : "" });
    kit.set(previous, { d: old ? panel.line(old.points) : "" });
    kit.clear(others, comparing ? runs.map(({ run: other }) => kit.svg("path", { d: panel.line(other.points) + dotsOf(panel, other) })) : []);
    const shown = comparing ? [...runs, { size, run, current: true }] : [];
    kit.clear(names, shown.map(nameInPlane).filter(Boolean));
    kit.set(startName, { x: panel.x(run.points[0][0]), y: panel.y(run.points[0][1]) - 16 });
    kit.set(here, { cx: kit.clamp(panel.x(run.points[at][0]), -1e4, 1e4), cy: kit.clamp(panel.y(run.points[at][1]), -1e4, 1e4) });
    const fate = run.divergedAt ? `diverged at step ${run.divergedAt}` : `loss ${kit.format(run.losses[at])}`;
    panel.root.firstChild.replaceChildren("Parameter space: ", kit.html("span", { class: "dl-loss" }, fate));
    handle.place();
  }

  /** A run's name: the current one's half-way, a ghost's where it strays farthest in its last quarter. */
  function nameInPlane({ size, run, current }) {
    const away = ([w, b]) => Math.hypot(w - best[0], b - best[1]);
    const inside = run.points.filter(([w, b]) => w > view.w[0] && w < view.w[1] && b > view.b[0] && b < view.b[1]);
    if (!inside.length) return null;
    const late = inside.slice(-Math.ceil(inside.length / 4));
    const halfWay = inside.find((point) => away(point) < away(run.points[0]) / 2);
    const [w, b] = current && halfWay ? halfWay : late.reduce((one, other) => (away(other) > away(one) ? other : one));
    const right = current || run.points.length <= 40 || w >= best[0];
    return nameTag(sizeName(size, problem), panel.x(w) + (right ? 9 : -9), panel.y(b) + (current || b >= best[1] ? -5 : 13), { right, current });
  }
  return { panel, layout, draw };
}

/** A small dot at each update of a run with few updates, as part of its path. */
function dotsOf(panel, run) {
  if (run.points.length > 40) return "";
  return run.points.map(([w, b]) => `M${panel.x(w) - 2},${panel.y(b)}a2,2 0 1 0 4,0a2,2 0 1 0 -4,0`).join("");
}

function nameTag(text, x, y, { current = false, right = true }) {
  return kit.svg("text", { class: current ? "dl-name dl-current" : "dl-name", x, y, "text-anchor": right ? "start" : "end" }, text);
}

/** Rings between lines of equal loss, denser in colour the higher they lie; evenly apart on a parabola. */
function rings(x, excess, unit, count = 12) {
  const ellipse = (share) => {
    const [rx, ry] = contourRadii(x, excess * share ** 2).map((radius) => radius * unit);
    return `M${-rx},0A${rx},${ry} 0 1 0 ${rx},0A${rx},${ry} 0 1 0 ${-rx},0Z`;
  };
  return Array.from({ length: count }, (_, i) => kit.svg("path", { class: "dl-ring", "fill-rule": "evenodd",
    "fill-opacity": (0.02 + 0.2 * (i / count)).toFixed(3), d: ellipse((i + 1) / count) + (i ? ellipse(i / count) : "") }));
}

// ---------------------------------------------------------------- loss against updates or samples seen

function lossView(stage, problem, moveTo) {
  const { x, least } = problem;
  const panel = kit.panel({ x: { label: "samples seen" }, y: { log: true },
    describe: "The loss on all samples along the run, on a logarithmic axis" });
  Object.assign(panel.margin, { top: 6, right: 48 }); // room for the curves' names at their ends
  const floor = kit.svg("line", { class: "dl-floor" });
  const [previous, others, rest, done] = ["dl-previous", "dl-others", "dl-rest", "dl-done"].map((name) =>
    kit.svg(name === "dl-others" ? "g" : "path", { class: name }));
  const [here, names] = [kit.svg("circle", { class: "dl-here bf-dot", r: 6 }), kit.svg("g", { "aria-hidden": "true" })];
  panel.marks.append(floor, previous, others, rest, done, here);
  panel.over.append(names);
  // Data on a line leave no error at all; a logarithmic axis needs some lower end.
  const bottom = Math.max(least, problem.most * 1e-6) * 0.7;
  // In half powers of ten, so that the axis rests while the start is dragged.
  const topOf = (loss) => 10 ** (Math.ceil(2 * Math.log10(Math.max(1.2 * loss, 3 * bottom))) / 2);
  const countOf = (run, i) => (stage.state.against === "samples" ? run.samplesSeen[i] : i);
  const curve = (run, from = 0, to = run.losses.length) =>
    kit.linePath(run.losses.slice(from, to).map((loss, i) => [panel.x(countOf(run, from + i)), panel.y(Math.max(loss, bottom / 2))]));
  let laidOut = "";

  function layout(width, height, { against, batch_size: size, run }) {
    const updates = problem.numEpochs * Math.ceil(x.length / size);
    const last = against === "samples" ? problem.numEpochs * x.length : Math.max(updates, 2);
    const top = topOf(run.losses[0]);
    if (laidOut === `${width} ${against} ${last} ${top}`) return;
    laidOut = `${width} ${against} ${last} ${top}`;
    panel.layout({ width, height, x: [0, last], y: [bottom, top] });
    panel.svg.querySelector(".bf-axis-label").textContent = against === "samples" ? "samples seen" : "updates";
    kit.set(floor, { x1: panel.x(0), x2: panel.x(last), y1: panel.y(Math.max(least, bottom)), y2: panel.y(Math.max(least, bottom)) });
  }

  function draw({ run, others: runs, previous: old, at, comparing, batch_size: size }) {
    kit.set(done, { d: curve(run, 0, at + 1) });
    kit.set(rest, { d: curve(run, at) });
    kit.set(previous, { d: old ? curve(old) : "" });
    kit.clear(others, comparing ? runs.map(({ run: other }) => kit.svg("path", { d: curve(other) })) : []);
    const y = panel.y(run.losses[at]);
    kit.set(here, { cx: panel.x(countOf(run, at)), cy: Number.isFinite(y) ? kit.clamp(y, -1e4, 1e4) : -1e4 });
    const shown = comparing ? [{ size, run, current: true }, ...runs] : [];
    kit.clear(names, namesAtEnds(shown));
  }

  /** The curves' names at their ends, pushed apart where they would touch. */
  function namesAtEnds(shown) {
    const [right, foot] = [panel.x.range[1], panel.y.range[0]];
    const ends = shown.map(({ size, run, current }) => {
      const seen = run.losses.filter((_, i) => panel.x(countOf(run, i)) <= right + 0.5);
      // A noisy curve ends anywhere; its name stands at the middle of its last tenth.
      const tail = seen.slice(-Math.ceil(seen.length / 10)).sort((one, other) => one - other);
      const y = panel.y(Math.max(tail[tail.length >> 1], bottom));
      return { size, current, x: panel.x(countOf(run, seen.length - 1)) + 8, y: kit.clamp(y, 12, foot) + 4 };
    }).sort((one, other) => other.y - one.y);
    ends.forEach((end, i) => { if (i && ends[i - 1].y - end.y < 15 && Math.abs(ends[i - 1].x - end.x) < 40) end.y = ends[i - 1].y - 15; });
    return ends.map(({ size, current, x: left, y }) => nameTag(sizeName(size, problem), left, y, { current }));
  }

  panel.svg.addEventListener("click", (event) => {
    const [count] = panel.toData(event);
    const { run } = stage.state;
    const after = run.samplesSeen.findIndex((_, i) => countOf(run, i) >= count);
    moveTo(after < 0 ? run.losses.length - 1 : after);
  });
  return { panel, layout, draw };
}

// ---------------------------------------------------------------- controls

function makeControls(stage, problem, change) {
  const { x } = problem;
  const limit = () => learningRateLimit(x, stage.state.momentum);
  const step = 0.01;
  // The slider moves in hundredths of the limit; a rate given in the notebook stays as it was given.
  const rateAt = (share) => (Math.abs(stage.state.lr / limit() - share) <= step / 2 ? stage.state.lr : Number((share * limit()).toPrecision(3)));
  const rate = kit.slider(stage, { label: "learning rate", min: step, max: 1.1, step, value: stage.state.lr / limit(),
    ticks: [{ value: 1, label: "limit" }], format: (share) => kit.format(rateAt(share)),
    onInput: (share) => change({ lr: rateAt(share) }) });
  const sizes = batchSizeLadder(x.length);
  const size = kit.slider(stage, { label: "batch size", values: [...new Set([...sizes, stage.state.batch_size])].sort((a, b) => a - b),
    value: stage.state.batch_size, format: (value) => sizeName(value, problem),
    ticks: problem.sizes.map((value) => ({ value, label: value === x.length ? "all" : String(value) })), onInput: (value) => change({ batch_size: value }) });
  const momentum = kit.slider(stage, { label: "momentum", min: 0, max: 0.95, step: 0.05, value: stage.state.momentum,
    format: (value) => value.toFixed(2), onInput: (value) => change({ momentum: value }) });
  const shuffle = kit.toggle({ label: "reshuffle every epoch", checked: stage.state.shuffle, onChange: (checked) => change({ shuffle: checked }) });
  const comparing = kit.toggle({ label: `compare batches of ${problem.sizes.map((value) => sizeName(value, problem)).join(", ")}`,
    checked: stage.state.comparing, onChange: (checked) => stage.set({ comparing: checked }) });
  const against = kit.choice({ label: "Loss against", value: stage.state.against,
    options: [{ value: "samples", label: "samples seen" }, { value: "updates", label: "updates" }], onChange: (value) => stage.set({ against: value }) });
  const refresh = () => {
    rate.root.querySelector(".bf-tickmark").textContent = `limit ${kit.format(limit())}`;
    rate.value = stage.state.lr / limit();
    size.value = stage.state.batch_size;
    momentum.value = stage.state.momentum;
    shuffle.input.checked = stage.state.shuffle;
  };
  refresh();
  return { refresh, against: against.root, root: kit.controls(rate.root, size.root, momentum.root, shuffle.root, comparing.root) };
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const problem = readProblem(model);
  const opening = () => ({ ...problem.opening, ...runsOf(problem, problem.opening) });
  const stage = kit.stage({ model, el, name: "DescentLab", label: "Gradient descent on a line, in data space and in parameter space",
    state: { ...opening(), previous: null, comparing: problem.sizes.length > 0, against: "samples" } });
  const last = () => stage.state.run.points.length - 1;
  stage.state.at = last();
  let changed = 0;

  function change(patch) {
    const { run, at, previous, ...settings } = { ...stage.state, ...patch };
    settings.lr = Math.min(settings.lr, 1.1 * learningRateLimit(problem.x, settings.momentum));
    const runs = runsOf(problem, settings);
    // One gesture makes many changes; the run to compare with is the one before the gesture.
    const sameGesture = performance.now() - changed < 600;
    changed = performance.now();
    const share = at / last();
    stage.set({ ...patch, lr: settings.lr, ...runs, at: Math.round(share * (runs.run.points.length - 1)), previous: sameGesture ? previous : run });
    inputs.refresh();
    player.refresh();
  }

  const moveTo = (at) => { stage.set({ at }); player.refresh(); };
  const data = dataView(problem);
  const plane = planeView(stage, problem, change);
  const loss = lossView(stage, problem, moveTo);
  const inputs = makeControls(stage, problem, change);
  const player = kit.player(stage, { length: () => last() + 1, at: () => stage.state.at, home: last, label: "step through the run",
    onMove: (at) => stage.set({ at }), onReset: () => { stage.set({ ...opening(), previous: null }); inputs.refresh(); },
    describe: (at) => `update ${at} of ${last()}` });
  stage.body.append(kit.row(data.panel.root, plane.panel.root), kit.html("div", { class: "dl-below" }, inputs.against), loss.panel.root, player.root, inputs.root);
  for (const name of SETTINGS) model.on?.(`change:${name}`, () => follow(name));

  /** A setting that Python changed. */
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage.state[name])) change({ [name]: model.get(name) });
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
