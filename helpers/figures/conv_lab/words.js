/**
 * ConvLab's sentences and numbers.
 */
import { outputSize, sizeOf, unreadAtEnd } from "./maths.js";

/** A number short enough for a cell: whole if it is, else two digits. */
export function short(value) {
  const rounded = Number(value.toPrecision(2));
  return String(rounded).replace("-", "−");
}

/**
 * The weighted sum of the lit window, written out without the terms whose weight is zero.
 *
 * @param {number[][]} kernel
 * @param {number[][]} products
 * @param {number} value
 * @param {number[]} place
 */
export function sumText(kernel, products, value, [row, column]) {
  const paren = (number) => (number < 0 ? `(${short(number)})` : short(number));
  const terms = kernel.flatMap((weights, i) =>
    weights.flatMap((
      weight,
      j,
    ) => (weight === 0 ? [] : [`${paren(weight)}·${paren(products[i][j] / weight)}`]))
  );
  return `out[${row}, ${column}] = ${terms.join(" + ") || "0"} = ${short(value)}`;
}

/** The size of the output by torch's formula, and what a stride that does not divide leaves unread. */
export function sizeText(size, kernel, stride, padding) {
  const lost = unreadAtEnd(size, kernel, stride, padding);
  const [all, way] = [
    `⌊(${size} + 2·${padding} − ${kernel}) / ${stride}⌋ + 1`,
    outputSize(size, kernel, stride, padding),
  ];
  const words = lost > padding
    ? `; the last ${lost - padding === 1 ? "column is" : `${lost - padding} columns are`} never read`
    : "";
  return `width of the map: ${all} = ${way}${words}`;
}

export const sizeWords = (rows) => sizeOf(rows).join(" × ");
