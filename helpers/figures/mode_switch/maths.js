/**
 * What ModeSwitch computes: the arithmetic of dropout and batch norm on torch's own draws.
 * A test holds each to torch.
 */

export const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Dropout of one pass: kept units are scaled by 1 / (1 - p) in training, nothing happens in evaluation. */
export function dropout(units, mask, p, training) {
  return training ? units.map((unit, i) => (mask[i] ? unit / (1 - p) : 0)) : [...units];
}

/** Batch norm of one channel, as nn.BatchNorm1d(1) opens (scale 1, shift 0): outputs and new buffers. */
export function batchNorm(batch, { mean, variance }, training, { momentum = 0.1, eps = 1e-5 } = {}) {
  const normalised = (m, v) => batch.map((x) => (x - m) / Math.sqrt(v + eps));
  if (!training) return { outputs: normalised(mean, variance), mean, variance };
  const batchMean = average(batch);
  const spread = average(batch.map((x) => (x - batchMean) ** 2));
  // The output is divided by the batch's own variance; the buffer takes the unbiased one, n - 1 below.
  const unbiased = (spread * batch.length) / (batch.length - 1);
  const towards = (old, now) => (1 - momentum) * old + momentum * now;
  return {
    outputs: normalised(batchMean, spread),
    mean: towards(mean, batchMean),
    variance: towards(variance, unbiased),
  };
}

/** All passes of one layer: the first sample's output and the running mean after each. */
export function normPasses(batches, buffers, training) {
  let now = buffers;
  return batches.map((batch) => {
    now = batchNorm(batch, now, training);
    return { output: now.outputs[0], mean: now.mean, variance: now.variance, batchMean: average(batch) };
  });
}

/** The buffers that training leaves: those of a new layer, moved by every batch. */
export function trainedBuffers(batches) {
  const { mean, variance } = normPasses(batches, { mean: 0, variance: 1 }, true).at(-1);
  return { mean, variance };
}

/** What the two switches decide, each for itself. */
export function decided({ training, no_grad: noGrad }) {
  return { random: training, buffersMove: training, requiresGrad: !noGrad };
}
