/**
 * What SoftmaxLab computes: softmax, cross-entropy and its gradient, all of plain lists of numbers.
 * A test holds each to torch.
 */

const total = (values) => values.reduce((sum, value) => sum + value, 0);

/** log(sum(exp(z))), taken at the largest value so that nothing overflows. */
function logSumExp(logits) {
  const most = Math.max(...logits);
  return most + Math.log(total(logits.map((z) => Math.exp(z - most))));
}

export function softmax(logits) {
  const level = logSumExp(logits);
  return logits.map((z) => Math.exp(z - level));
}

/** 1 for the true class, else 0. */
export function oneHot(count, target) {
  return Array.from({ length: count }, (_, i) => (i === target ? 1 : 0));
}

/** What the loss reads: the logits, or by mistake their softmax. */
export function readByLoss(logits, twice) {
  return twice ? softmax(logits) : logits;
}

export function crossEntropy(logits, target, twice = false) {
  const read = readByLoss(logits, twice);
  return logSumExp(read) - read[target];
}

/** Derivative of the loss by each logit: p - y; through a second softmax, by the chain rule. */
export function lossGradient(logits, target, twice = false) {
  const y = oneHot(logits.length, target);
  const gap = softmax(readByLoss(logits, twice)).map((p, i) => p - y[i]);
  if (!twice) return gap;
  const p = softmax(logits);
  const mean = total(gap.map((value, i) => value * p[i]));
  return gap.map((value, i) => p[i] * (value - mean));
}

/** The least loss that can be reached: none on logits, and a floor on probabilities, which end at 0 and 1. */
export function lossFloor(count, twice) {
  return twice ? Math.log(1 + (count - 1) / Math.E) : 0;
}

/** The logits after one step of descent, kept within `span` on both sides. */
export function afterStep(logits, target, { twice, lr, span }) {
  return lossGradient(logits, target, twice).map((slope, i) =>
    Math.min(Math.max(logits[i] - lr * slope, -span), span)
  );
}
