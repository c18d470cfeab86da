/**
 * ConvLab's arithmetic, held to torch: pictures, kernels and maps are lists of rows.
 */
import { clamp } from "../kit/numbers.js";

/** How often a window fits, as torch counts: a stride that does not divide is rounded down. */
export function outputSize(size, kernel, stride, padding) {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}

const grid = (rows, columns, value) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => value(i, j)));

/** The picture with `padding` zeros on each side. */
export function padded(image, padding) {
  const [rows, columns] = [image.length + 2 * padding, image[0].length + 2 * padding];
  return grid(rows, columns, (i, j) => image[i - padding]?.[j - padding] ?? 0);
}

/**
 * The products of kernel and window for the output cell at [row, column], in the kernel's shape.
 *
 * @param {number[][]} image
 * @param {number[][]} kernel
 * @param {{ stride: number, padding: number }} options
 * @param {number[]} place
 */
function productsAt(image, kernel, { stride, padding }, [row, column]) {
  const read = padded(image, padding);
  return kernel.map((weights, i) =>
    weights.map((weight, j) => weight * read[row * stride + i][column * stride + j])
  );
}

const sum = (rows) => rows.flat().reduce((total, value) => total + value, 0);

/** torch's F.conv2d for one channel, which does not flip the kernel. */
export function conv2d(image, kernel, { stride, padding }) {
  const read = padded(image, padding);
  const rows = outputSize(image.length, kernel.length, stride, padding);
  const columns = outputSize(image[0].length, kernel[0].length, stride, padding);
  return grid(
    rows,
    columns,
    (row, column) =>
      sum(
        kernel.map((weights, i) =>
          weights.map((weight, j) => weight * read[row * stride + i][column * stride + j])
        ),
      ),
  );
}

export function relu(map) {
  return map.map((row) => row.map((value) => Math.max(value, 0)));
}

/** torch's F.max_pool2d with windows side by side; rows and columns left over are dropped. */
export function maxPool2d(map, size) {
  const [rows, columns] = [map.length, map[0].length].map((length) => outputSize(length, size, size, 0));
  return grid(
    rows,
    columns,
    (row, column) =>
      Math.max(
        ...map.slice(row * size, row * size + size).flatMap((values) =>
          values.slice(column * size, column * size + size)
        ),
      ),
  );
}

/** How many rows (or columns) at the end of the padded picture no window reads. */
export function unreadAtEnd(size, kernel, stride, padding) {
  const full = size + 2 * padding;
  return full - ((outputSize(size, kernel, stride, padding) - 1) * stride + kernel);
}

/** The output row (or column) whose window has its middle nearest to place `at` of the padded picture. */
export function nearestWindow(at, kernel, stride, count) {
  return clamp(Math.round((at - (kernel - 1) / 2) / stride), 0, count - 1);
}

export const POOL = 2;

/** Every map and size that the settings lead to; the lit cell stays inside. */
export function result(image, { kernel, stride, padding, relu: cut, cell }) {
  const map = conv2d(image, kernel, { stride, padding });
  const kept = cut ? relu(map) : map;
  const lit = [clamp(cell[0], 0, map.length - 1), clamp(cell[1], 0, map[0].length - 1)];
  const products = productsAt(image, kernel, { stride, padding }, lit);
  return { map, kept, lit, products, pooled: maxPool2d(kept, POOL), value: map[lit[0]][lit[1]] };
}

/**
 * @param {number[][]} kernel
 * @param {number[]} place
 * @param {number} value
 */
export function withWeight(kernel, [row, column], value) {
  return kernel.map((weights, i) => weights.map((weight, j) => (i === row && j === column ? value : weight)));
}

export const sizeOf = (rows) => [rows.length, rows[0].length];
const total = (weights, sign) => weights.flat().reduce((sum, weight) => sum + Math.max(sign * weight, 0), 0);

/** The largest number a map can hold on pixels from 0 to 1: a scale that rests while the window moves. */
export const scaleOf = (kernel) => Math.max(total(kernel, 1), total(kernel, -1), 1e-9);
