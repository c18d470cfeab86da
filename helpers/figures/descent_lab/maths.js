/**
 * Descent on the line y = w x + b with the mean squared error, without DOM: the counterpart of
 * helpers/descent.py and helpers/regression.py, held to torch by tests/figures/test_descent_lab.py.
 * Parameters come in the order (w, b).
 */

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
    if (!(losses.at(-1) <= limit)) {
      return { points, losses, batches, samplesSeen, divergedAt: batches.length };
    }
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
  const slope = mean(x.map((value, i) => (value - middleX) * (y[i] - middleY))) /
    mean(x.map((value) => (value - middleX) ** 2));
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

/**
 * A window on the plane, 4 wide by 3 high, that shows both points with room to overshoot.
 *
 * @param {number[]} from
 * @param {number[]} to
 */
export function windowAround([w0, b0], [w1, b1]) {
  const span = Math.max(1.7 * Math.abs(w1 - w0), (4 / 3) * 1.7 * Math.abs(b1 - b0), 1);
  const step = 10 ** Math.floor(Math.log10(span / 40)) / 2;
  const about = (middle, half) =>
    [middle - half, middle + half].map((end) => Number((Math.round(end / step) * step).toPrecision(12)));
  return { w: about((w0 + w1) / 2, span / 2), b: about((b0 + b1) / 2, (span * 3) / 8), step };
}

/** 1, 2, 4, ... and the whole data. */
export function batchSizeLadder(numSamples) {
  const sizes = [];
  for (let size = 1; size < numSamples; size *= 2) sizes.push(size);
  return [...sizes, numSamples];
}
