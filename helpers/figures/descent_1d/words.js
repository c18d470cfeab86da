/**
 * Descent1D's sentences and numbers.
 */
import { format } from "../kit/numbers.js";
import { factorOf } from "./maths.js";

export const number = (value) => format(value, 3);
export const signed = (value) => (value < 0 ? `(${number(value)})` : number(value));

/** In words, what becomes of the run. */
export function verdict({ coefficients, minima }, lr, run) {
  const gone = run.divergedAt ? `; diverged at step ${run.divergedAt}` : "";
  if (coefficients.length === 3) return `${parabolaVerdict(factorOf(coefficients, lr), run)}${gone}`;
  if (gone) return gone.slice(2);
  const end = run.points.at(-1);
  const nearest = minima.reduce((best, w) => (Math.abs(w - end) < Math.abs(best - end) ? w : best));
  const settled = Math.abs(run.points.at(-2) - end) < 0.01;
  return settled
    ? `settles in the valley at w = ${nearest}`
    : `still moving after ${run.points.length - 1} steps, near w = ${nearest}`;
}

function parabolaVerdict(factor, run) {
  const size = Math.abs(factor);
  if (Math.abs(run.slopes[0]) < 1e-9) return "at the minimum: slope 0, no step";
  const times = `distance to the minimum × ${
    factor < 0 ? `(−${size.toFixed(2)})` : size.toFixed(2)
  } each step`;
  if (size < 0.005) return `${times}: there in one`;
  if (Math.abs(size - 1) < 0.005) return `${times}: bounces for ever`;
  return `${times}: ${size > 1 ? "grows" : "shrinks"}${
    factor < 0 && !run.divergedAt ? " from side to side" : ""
  }`;
}

export function sentence({ lr, run, at }, curve) {
  return `Learning rate ${number(lr)}, step ${at}: w is ${number(run.points[at])}, the loss is ${
    number(run.losses[at])
  }, ` +
    `the slope is ${number(run.slopes[at])}; ${verdict(curve, lr, run)}.`;
}
