/**
 * What LossSurface computes, without DOM, on top of descent_maths.js; held to torch by
 * tests/figures/test_loss_surface.py. Parameters come in the order (w, b). `update` says whose gradient one update
 * subtracts: of the "mean" of the squared errors, of their "sum", or of one "sample", the samples in turn.
 */
import { batchGradient, descentPath, meanSquaredError } from "../descent_lab/maths.js";

const everyIndex = (x) => x.map((_, i) => i);

/** A run of at most numSteps updates, as descentPath returns it. */
export function surfaceRun({ x, y, start, lr, update, numSteps }) {
  const single = update === "sample";
  const run = descentPath({
    x,
    y,
    start,
    momentum: 0,
    batchSize: single ? 1 : x.length,
    orders: [everyIndex(x)],
    lr: update === "sum" ? lr * x.length : lr,
    numEpochs: single ? Math.ceil(numSteps / x.length) : numSteps,
  });
  const kept = numSteps + 1;
  return {
    ...run,
    points: run.points.slice(0, kept),
    losses: run.losses.slice(0, kept),
    batches: run.batches.slice(0, numSteps),
    divergedAt: run.divergedAt <= numSteps ? run.divergedAt : null,
  };
}

/** The samples that update number step + 1 asks. */
function batchAt(x, update, step) {
  return update === "sample" ? [step % x.length] : everyIndex(x);
}

/** What the update from (w, b) is made of: the loss it descends, its gradient, its samples. */
export function updateFrom({ x, y }, update, step, [w, b]) {
  const batch = batchAt(x, update, step);
  const times = update === "sum" ? x.length : 1;
  const [dw, db] = batchGradient(x, y, w, b, batch).map((value) => value * times);
  const loss = times * meanSquaredError(batch.map((i) => x[i]), batch.map((i) => y[i]), w, b);
  return { batch, loss, dw, db };
}

/** The place nearest to `target` on the straight line through `point` along `direction`. */
export function footOf(point, [dw, db], target) {
  const square = dw * dw + db * db;
  if (square === 0) return [...point];
  const far = ((target[0] - point[0]) * dw + (target[1] - point[1]) * db) / square;
  return [point[0] + far * dw, point[1] + far * db];
}

/**
 * A window on the plane, higher than wide, with both points in it; `share` is width over height.
 *
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} share
 */
export function tallWindow([w0, b0], [w1, b1], share) {
  const height = Math.max(2.6 * Math.abs(b1 - b0), (2.6 / share) * Math.abs(w1 - w0), 1);
  const step = 10 ** Math.floor(Math.log10(height / 40)) / 2;
  const about = (middle, half) =>
    [middle - half, middle + half].map((end) => Number((Math.round(end / step) * step).toPrecision(12)));
  return { w: about((w0 + w1) / 2, (height * share) / 2), b: about((b0 + b1) / 2, height / 2), step };
}
