/**
 * Which samples each process of a data-parallel run reads, and the gradients that follow, without DOM:
 * held to torch's DistributedSampler and autograd by tests/figures/test_shard_lab.py.
 */
import { batchGradient } from "../descent_lab/maths.js";

/**
 * The indices that each of `count` processes reads, as torch.utils.data.DistributedSampler deals them out of
 * `order`: in turn, after repeating the first ones (or, with `dropLast`, leaving out the last ones) until
 * every process gets equally many.
 */
export function shardsOf(order, count, dropLast = false) {
  const each = dropLast ? Math.floor(order.length / count) : Math.ceil(order.length / count);
  const dealt = Array.from({ length: each * count }, (_, i) => order[i % order.length]);
  return Array.from({ length: count }, (_, rank) => dealt.filter((_, i) => i % count === rank));
}

/** The mean of gradients [[dw, db], ...]: what all processes hold after their gradients were averaged. */
function meanGradient(gradients) {
  return [0, 1].map((k) => gradients.reduce((sum, gradient) => sum + gradient[k], 0) / gradients.length);
}

/** One update of a data-parallel run at [w, b]: each shard's gradient, their mean, and that of all samples at once. */
export function parallelGradients(x, y, [w, b], shards) {
  const each = shards.map((shard) => batchGradient(x, y, w, b, shard));
  const mean = meanGradient(each);
  const whole = batchGradient(x, y, w, b, x.map((_, i) => i));
  return { each, mean, whole, apart: Math.hypot(mean[0] - whole[0], mean[1] - whole[1]) };
}
