/**
 * Descent1D's curves and its runs, held to torch.
 */

/** As helpers.descent.DIVERGENCE_FACTOR. */
export const DIVERGENCE_FACTOR = 1e4;

/** A polynomial's value and slope at w; its coefficients come with the constant first. */
export function valueAt(coefficients, w) {
  return coefficients.reduceRight((sum, c) => sum * w + c, 0);
}

function slopeAt(coefficients, w) {
  return valueAt(coefficients.slice(1).map((c, i) => (i + 1) * c), w);
}

/** A run { points, losses, slopes, divergedAt }: numSteps updates w -= lr slope, fewer when it diverges. */
export function descend(coefficients, start, lr, numSteps) {
  const points = [start];
  const losses = [valueAt(coefficients, start)];
  const slopes = [slopeAt(coefficients, start)];
  const limit = DIVERGENCE_FACTOR * Math.max(losses[0], valueAt(coefficients, 0));
  for (let step = 1; step <= numSteps; step += 1) {
    points.push(points.at(-1) - lr * slopes.at(-1));
    losses.push(valueAt(coefficients, points.at(-1)));
    slopes.push(slopeAt(coefficients, points.at(-1)));
    // Written so that a loss that is not a number counts as diverged too.
    if (!(losses.at(-1) <= limit)) return { points, losses, slopes, divergedAt: step };
  }
  return { points, losses, slopes, divergedAt: null };
}

/** What each step multiplies the distance to a parabola's minimum by: 1 - lr curvature. */
export function factorOf(coefficients, lr) {
  return 1 - lr * 2 * coefficients[2];
}
