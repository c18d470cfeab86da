/**
 * What the figures of tensors share: how a view reads a storage, and where its elements are drawn.
 *
 * @typedef {{ shape: number[], stride: number[], offset: number }} View Stride and offset count elements.
 * @typedef {View & { storage: any[] }} Tensor
 */

/** @param {number[]} sizes */
export function product(sizes) {
  return sizes.reduce((all, size) => all * size, 1);
}

/**
 * The strides of a tensor of this shape whose elements lie in a row without gaps.
 *
 * @param {number[]} shape
 */
export function contiguousStride(shape) {
  let step = 1;
  return shape.toReversed().map((size) => {
    const stride = step;
    step *= Math.max(size, 1);
    return stride;
  }).toReversed();
}

/**
 * Whether a view reads its storage in order, without gaps; the stride of an axis of size 1 says nothing.
 *
 * @param {Pick<View, "shape" | "stride">} view
 */
export function isContiguous({ shape, stride }) {
  const wanted = contiguousStride(shape);
  return product(shape) === 0 || shape.every((size, axis) => size === 1 || stride[axis] === wanted[axis]);
}

/**
 * The places in the storage that a view reads, in the order in which its elements are printed.
 *
 * @param {View} view
 */
export function readView({ shape, stride, offset }) {
  return shape.reduce(
    (places, size, axis) =>
      places.flatMap((place) => Array.from({ length: size }, (_, index) => place + index * stride[axis])),
    [offset],
  );
}

/**
 * Axis `dim` counted from the front; null if a tensor of `ndim` axes has no such axis.
 *
 * @param {number} dim
 * @param {number} ndim
 */
export function wrapAxis(dim, ndim) {
  return Number.isInteger(dim) && dim >= -ndim && dim < ndim ? (dim + ndim) % ndim : null;
}

/**
 * The index of an element in its tensor, given its place in printing order.
 *
 * @param {number} place
 * @param {number[]} shape
 */
export function unravel(place, shape) {
  return contiguousStride(shape).map((step, axis) => Math.floor(place / step) % shape[axis]);
}

/** @param {number[]} sizes */
export function tuple(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}

// ---------------------------------------------------------------- tensors, worked out as torch does

/** What torch refuses, the figures refuse by throwing this; its message says why. */
export class Refusal extends Error {}

/**
 * @param {string} reason
 * @returns {never}
 */
export function refuse(reason) {
  throw new Refusal(reason);
}

/**
 * The result of `work()`, or { error } if it was refused.
 *
 * @template R
 * @param {() => R} work
 * @returns {R | { error: string }}
 */
export function orRefusal(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}

/**
 * A contiguous tensor on a storage of its own.
 *
 * @param {number[]} shape
 * @param {any[]} elements
 * @returns {Tensor}
 */
export function freshTensor(shape, elements) {
  return { shape, stride: contiguousStride(shape), offset: 0, storage: elements };
}

/**
 * The elements of a tensor in the order in which they are printed.
 *
 * @param {Tensor} tensor
 */
export function elementsOf(tensor) {
  return readView(tensor).map((place) => tensor.storage[place]);
}

/**
 * A view with an axis of size 1 put in; its stride is what torch writes there.
 *
 * @template {View} T
 * @param {T} tensor
 * @param {number} axis
 * @returns {T}
 */
export function insertAxis(tensor, axis) {
  const step = axis < tensor.shape.length ? tensor.shape[axis] * tensor.stride[axis] : 1;
  return {
    ...tensor,
    shape: tensor.shape.toSpliced(axis, 0, 1),
    stride: tensor.stride.toSpliced(axis, 0, step),
  };
}

/**
 * What a figure shows of a result: shape, stride, offset, elements, and whether it reads the storage of `x`.
 *
 * @param {Tensor} result
 * @param {Tensor} x
 */
export function describeResult(result, x) {
  const { shape, stride, offset, storage } = result;
  return { shape, stride, offset, elements: elementsOf(result), shares: storage === x.storage };
}

// ---------------------------------------------------------------- where the elements are drawn

const FRAME = 5; // room between a frame and what it holds

/**
 * @typedef {{ width: number, height: number }} Size
 * @typedef {object} GridOptions
 * @property {boolean} [stacked]
 * @property {boolean} [bare] without frames
 */

/**
 * Draw a tensor as `print` writes it: a frame for every pair of brackets, so that an axis more is a frame
 * more. The last axis runs to the right, the one before it down, one before those to the right
 * (`stacked: true`: down), and so on.
 *
 * @param {number[]} shape
 * @param {GridOptions & { cell: Size }} options
 * @returns {Size & { places: { x: number, y: number }[], frames: ({ x: number, y: number } & Size)[] }}
 */
export function nestedGrid(shape, { cell, stacked = false, bare = false }) {
  if (shape.length === 0) {
    return { width: cell.width, height: cell.height, places: [{ x: 0, y: 0 }], frames: [] };
  }
  const inner = nestedGrid(shape.slice(1), { cell, stacked, bare });
  const sideways = shape.length === 1 || (shape.length === 3 && !stacked);
  const pad = bare ? 0 : FRAME;
  const gap = shape.length === 1 ? 2 : 3 + 5 * (shape.length - 2);
  const step = [sideways ? inner.width + gap : 0, sideways ? 0 : inner.height + gap];
  const copies = Array.from(
    { length: shape[0] },
    (_, index) => [pad + index * step[0], pad + index * step[1]],
  );
  const moved = (items) =>
    copies.flatMap(([x, y]) => items.map((item) => ({ ...item, x: item.x + x, y: item.y + y })));
  const extent = (size, along) => size * Math.min(shape[0], 1) + along * Math.max(shape[0] - 1, 0) + 2 * pad;
  const width = Math.max(extent(inner.width, step[0]), 16);
  const height = Math.max(extent(inner.height, step[1]), cell.height);
  const frames = bare ? [] : [{ x: 0, y: 0, width, height }, ...moved(inner.frames)];
  return { width, height, places: moved(inner.places), frames };
}

/**
 * The widest cells, up to `most`, with which every one of the shapes fits into a width.
 *
 * @param {number[][]} shapes
 * @param {number} width
 * @param {GridOptions & { most?: number, least?: number, ratio?: number }} [options]
 * @returns {Size}
 */
export function fitCell(shapes, width, { most = 44, least = 14, ratio = 0.8, ...options } = {}) {
  const sized = (size) => ({ width: size, height: Math.round(Math.max(size * ratio, 20)) });
  const fits = (size) =>
    shapes.every((shape) => nestedGrid(shape, { cell: sized(size), ...options }).width <= width);
  for (let size = most; size > least; size -= 1) if (fits(size)) return sized(size);
  return sized(least);
}
