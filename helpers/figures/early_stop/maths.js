/**
 * EarlyStop's arithmetic, without DOM; tests/figures/test_early_stop.py holds it to helpers/overfitting.py.
 */
import { twelveBits } from "../kit/decode.js";

const FIT_LIMIT = 3;

/** As helpers.overfitting.patience_stop: [best, stopped], both places in the list. */
export function patienceStop(losses, patience) {
  let best = 0;
  for (let now = 0; now < losses.length; now += 1) {
    if (losses[now] < losses[best]) best = now;
    else if (now - best >= patience) return [best, now];
  }
  return [best, losses.length - 1];
}

/** The place of the least loss, the first of equals. */
export const lowest = (losses) => losses.reduce((best, loss, i) => (loss < losses[best] ? i : best), 0);

/** Rows of numbers from their text; each row is a function at one epoch. */
export function decodeFits(text, numRows) {
  const values = twelveBits(text, FIT_LIMIT);
  const size = values.length / numRows;
  return Array.from({ length: numRows }, (_, row) => values.slice(row * size, (row + 1) * size));
}

/** Which way the two losses are going at a place of the run, in words. */
export function diagnosis({ train, val }, at) {
  const best = lowest(val);
  if (val[at] - train[at] < 0.1 && train.at(-1) > 0.3) return "underfitting: both losses stay high";
  if (at === best) return "lowest validation loss";
  if (at < best) return "still learning: validation loss falls further on";
  return val[at] > 1.15 * val[best]
    ? "overfitting: training loss falls, validation loss rose"
    : "past the best epoch";
}
