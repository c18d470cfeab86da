/**
 * Descent on the plane y = w1 x1 + w2 x2 + b with the mean squared error, and its drawing's geometry,
 * without DOM; held to torch by tests/figures/test_plane_fit.py. Parameters come in the order (w1, w2, b);
 * a residual is prediction minus target, as in the loss's gradient.
 */

/** A run has diverged once its loss exceeds this many times the larger of its first loss and that of predicting zero. */
export const DIVERGENCE_FACTOR = 1e4;

export function predict([w1, w2, b], [x1, x2]) {
  return w1 * x1 + w2 * x2 + b;
}

export function residuals(X, y, parameters) {
  return X.map((x, i) => predict(parameters, x) - y[i]);
}

export function planeLoss(X, y, parameters) {
  return residuals(X, y, parameters).reduce((sum, error) => sum + error * error, 0) / y.length;
}

/** Gradient [dw1, dw2, db] of the loss of the samples `batch` (indices). */
export function planeGradient(X, y, parameters, batch) {
  const total = [0, 0, 0];
  for (const i of batch) {
    const error = predict(parameters, X[i]) - y[i];
    [X[i][0], X[i][1], 1].forEach((input, k) => {
      total[k] += 2 * error * input;
    });
  }
  return total.map((value) => value / batch.length);
}

/** Each epoch's order cut into batches; the last of an epoch may be short. */
function planeBatches(orders, batchSize) {
  return orders.flatMap((order) =>
    Array.from(
      { length: Math.ceil(order.length / batchSize) },
      (_, k) => order.slice(k * batchSize, (k + 1) * batchSize),
    )
  );
}

/** A run of torch.optim.SGD without momentum: { points, losses, batches, divergedAt }. */
export function planePath({ X, y, start, lr, batchSize, orders }) {
  const points = [[...start]];
  const losses = [planeLoss(X, y, start)];
  const batches = [];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], planeLoss(X, y, [0, 0, 0]));
  for (const batch of planeBatches(orders, batchSize)) {
    const gradient = planeGradient(X, y, points.at(-1), batch);
    points.push(points.at(-1).map((value, k) => value - lr * gradient[k]));
    losses.push(planeLoss(X, y, points.at(-1)));
    batches.push(batch);
    // Written so that a loss that is not a number counts as diverged too.
    if (!(losses.at(-1) <= limit)) return { points, losses, batches, divergedAt: batches.length };
  }
  return { points, losses, batches, divergedAt: null };
}

/** The straight line through values over inputs with the smallest squared error: [slope, intercept]. */
export function trend(inputs, values) {
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, height] = [mean(inputs), mean(values)];
  const slope = mean(inputs.map((input, i) => (input - middle) * (values[i] - height))) /
    mean(inputs.map((input) => (input - middle) ** 2));
  return [slope, height - slope * middle];
}

/** Heights at the corners (-1, -1), (1, -1), (-1, 1) of the unit square, and the plane through three heights. */
export function heightsOf([w1, w2, b]) {
  return [b - w1 - w2, b + w1 - w2, b - w1 + w2];
}

/** @param {number[]} heights */
export function planeThrough([origin, along1, along2]) {
  const [w1, w2] = [(along1 - origin) / 2, (along2 - origin) / 2];
  return [w1, w2, origin + w1 + w2];
}

/**
 * Orthographic projection of a point of the cube [-1, 1]^3 seen from `turn` and `tilt` (degrees; tilt 0
 * looks along the floor, 90 straight down). Returns [right, up, nearness].
 */
export function project([u, v, z], { turn, tilt }) {
  const [a, t] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const near = u * Math.sin(a) + v * Math.cos(a);
  return [
    u * Math.cos(a) - v * Math.sin(a),
    z * Math.cos(t) - near * Math.sin(t),
    near * Math.cos(t) + z * Math.sin(t),
  ];
}

/** The turn (degrees, in -180 ... 180) from which the plane is seen exactly on its edge, at tilt 0. */
export function edgeOn([w1, w2]) {
  // The line of sight (sin, cos) must lie in the plane, so be perpendicular to its gradient.
  return (Math.atan2(-w2, w1) * 180) / Math.PI;
}

/** Whether the eye sees the plane's upper side. `slope`: its gradient in the cube's own units. */
export function seenFromAbove(slope, { turn, tilt }) {
  const [a, t] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  return Math.sin(t) - Math.cos(t) * (slope[0] * Math.sin(a) + slope[1] * Math.cos(a)) > 0;
}
