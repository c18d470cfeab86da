/** Scales from data to pixels, ticks, and lines. */

/**
 * @typedef {object} Scaling
 * @property {(pixel: number) => number} invert
 * @property {number[]} domain
 * @property {number[]} range
 * @property {(count?: number) => number[]} ticks
 *
 * @typedef {((value: number) => number) & Scaling} Scale
 */

/**
 * Map `domain` to `range` (both [from, to]); `log: true` for a base-10 logarithmic axis.
 *
 * @param {number[]} domain
 * @param {number[]} range
 * @param {{ log?: boolean }} [options]
 * @returns {Scale}
 */
export function scale(domain, range, { log = false } = {}) {
  const bend = log ? Math.log10 : (value) => value;
  const straighten = log ? (value) => 10 ** value : (value) => value;
  const [low, high] = domain.map(bend);
  const map = (value) => range[0] + ((bend(value) - low) / (high - low)) * (range[1] - range[0]);
  map.invert = (pixel) => straighten(low + ((pixel - range[0]) / (range[1] - range[0])) * (high - low));
  map.domain = domain;
  map.range = range;
  map.ticks = (count = 5) => (log ? decades(low, high, count) : roundTicks(domain[0], domain[1], count));
  return map;
}

function roundTicks(low, high, count) {
  const raw = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples of the step, cleaned of binary dust: 3 * 0.1 is 0.30000000000000004 in JS.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function decades(low, high, count) {
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const exponents = [];
  for (let exponent = first; exponent <= last; exponent += stride) exponents.push(exponent);
  return exponents.map((exponent) => 10 ** exponent);
}

/**
 * The `d` of a polyline through [[x, y], ...] in pixels; points that are not finite break the line.
 *
 * @param {number[][]} points
 */
export function linePath(points) {
  let pen = "M";
  let path = "";
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = "M";
      continue;
    }
    path += `${pen}${x.toFixed(2)},${y.toFixed(2)}`;
    pen = "L";
  }
  return path;
}
