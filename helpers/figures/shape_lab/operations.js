/**
 * Operations on shapes, worked out on strides as torch does: what the reader types into ShapeLab.
 *
 * A tensor is { shape, stride, offset, storage }: `storage` lists element numbers. `x` holds 0 .. n-1 and
 * `y` holds n .. 2n-1. A result shares with `x` if its `storage` is the very array of `x`.
 */
import {
  describeResult,
  elementsOf,
  freshTensor,
  insertAxis,
  isContiguous,
  orRefusal,
  product,
  refuse,
  tuple,
  wrapAxis,
} from "../kit/tensors.js";

// ---------------------------------------------------------------- operations, as torch does them

function axisOf(dim, ndim) {
  const axis = wrapAxis(dim, Math.max(ndim, 1));
  return axis ?? refuse(`axis ${dim} does not exist: x has ${ndim} here`);
}

/** Axes of a view that lie behind one another without gaps, merged from the right: [{ size, base }]. */
function runs({ shape, stride }) {
  const found = [];
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const run = found.at(-1);
    if (run && (shape[axis] === 1 || stride[axis] === run.size * run.base)) run.size *= shape[axis];
    else found.push({ size: shape[axis], base: stride[axis] });
  }
  return found.length ? found : [{ size: 1, base: 1 }];
}

/** The strides with which the same storage reads as another shape, or null if none can. */
function viewStride(tensor, wanted) {
  const left = runs(tensor);
  const stride = [];
  let taken = 1;
  for (const size of wanted.toReversed()) {
    if (size !== 1 && taken === left[0].size) {
      left.shift();
      taken = 1;
    }
    // An axis must end where a run ends: it cannot jump from one run to the next.
    if (!left.length || left[0].size % (taken * size)) return null;
    stride.unshift(taken * left[0].base);
    taken *= size;
  }
  return stride;
}

/** A shape whose one -1 is filled in, checked against the number of elements. */
function inferShape(sizes, count) {
  if (sizes.some((size) => size < -1)) refuse(`a size cannot be ${Math.min(...sizes)}`);
  if (sizes.filter((size) => size === -1).length > 1) refuse("only one size can be left to torch as -1");
  const known = product(sizes.filter((size) => size !== -1));
  const full = sizes.map((size) => (size === -1 ? count / known : size));
  if (product(full) !== count || !full.every(Number.isInteger)) {
    refuse(`(${sizes.join(", ")}) cannot hold ${count} elements`);
  }
  return full;
}

function view(tensor, sizes) {
  const shape = inferShape(sizes, product(tensor.shape));
  const stride = viewStride(tensor, shape);
  if (!stride) refuse(`no strides read this storage as ${tuple(shape)}: view cannot, reshape copies`);
  return { ...tensor, shape, stride };
}

function reshape(tensor, sizes) {
  const shape = inferShape(sizes, product(tensor.shape));
  const stride = viewStride(tensor, shape);
  return stride ? { ...tensor, shape, stride } : freshTensor(shape, elementsOf(tensor));
}

function permute(tensor, dims) {
  const order = dims.map((dim) => axisOf(dim, tensor.shape.length));
  if (order.length !== tensor.shape.length || new Set(order).size !== order.length) {
    refuse(`permute names each of the ${tensor.shape.length} axes once, got (${dims.join(", ")})`);
  }
  return {
    ...tensor,
    shape: order.map((axis) => tensor.shape[axis]),
    stride: order.map((axis) => tensor.stride[axis]),
  };
}

function transpose(tensor, dims) {
  if (dims.length !== 2) refuse("transpose takes two axes");
  const [a, b] = dims.map((dim) => axisOf(dim, tensor.shape.length));
  const order = tensor.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
  return permute(tensor, order);
}

function squeeze(tensor, dims) {
  const asked = dims.map((dim) => axisOf(dim, tensor.shape.length));
  const keep = tensor.shape.map((size, axis) => size !== 1 || (dims.length > 0 && !asked.includes(axis)));
  return {
    ...tensor,
    shape: tensor.shape.filter((_, axis) => keep[axis]),
    stride: tensor.stride.filter((_, axis) => keep[axis]),
  };
}

function unsqueeze(tensor, dims) {
  const ndim = tensor.shape.length;
  if (dims.length !== 1) refuse("unsqueeze takes one axis");
  const axis = axisOf(dims[0], ndim + 1);
  return insertAxis(tensor, axis);
}

/** `.T` reverses all axes (deprecated beyond two of them), `.mT` swaps the last two. */
function transposed(tensor, name) {
  const ndim = tensor.shape.length;
  if (name === "T") return permute(tensor, tensor.shape.map((_, axis) => ndim - 1 - axis));
  if (ndim === 1) refuse(".mT needs at least two axes");
  return ndim === 0 ? tensor : transpose(tensor, [-2, -1]);
}

const OPERATIONS = {
  view,
  reshape,
  permute,
  transpose,
  squeeze,
  unsqueeze,
  flatten: (tensor) => reshape(tensor, [-1]),
  contiguous: (
    tensor,
  ) => (isContiguous(tensor) ? tensor : freshTensor(tensor.shape, elementsOf(tensor))),
};

/** Join tensors along an axis they have (`cat`). */
function cat(tensors, dim) {
  const [first, ...others] = tensors;
  const axis = axisOf(dim, first.shape.length);
  if (first.shape.length === 0) refuse("cat needs an axis to join along: use stack");
  for (const { shape } of others) {
    const fits = shape.length === first.shape.length &&
      shape.every((size, i) => i === axis || size === first.shape[i]);
    if (!fits) refuse(`cat needs equal sizes on every axis but ${axis}`);
  }
  const inner = (tensor) => product(tensor.shape.slice(axis));
  const outer = product(first.shape.slice(0, axis));
  const parts = tensors.map((tensor) => ({ width: inner(tensor), elements: elementsOf(tensor) }));
  const joined = Array.from(
    { length: outer },
    (_, i) => parts.flatMap(({ width, elements }) => elements.slice(i * width, (i + 1) * width)),
  ).flat();
  const total = tensors.reduce((sum, { shape }) => sum + shape[axis], 0);
  return freshTensor(first.shape.with(axis, total), joined);
}

/** Join tensors of one shape along a new axis (`stack`). */
function stack(tensors, dim) {
  const [first, ...others] = tensors;
  if (others.some(({ shape }) => String(shape) !== String(first.shape))) {
    refuse("stack needs equal shapes");
  }
  const axis = axisOf(dim, first.shape.length + 1);
  return cat(tensors.map((tensor) => unsqueeze(tensor, [axis])), axis);
}

// ---------------------------------------------------------------- reading an expression

const CALL = /^\.(\w+)(?:\(\s*([([]?[^()[\]]*[)\]]?)\s*\))?/;
const JOIN = /^torch\.(stack|cat)\(\s*[([]\s*([\w\s,]*?),?\s*[)\]]\s*(?:,\s*(?:dim\s*=\s*)?(-?\d+)\s*)?\)/;

function integers(text) {
  const inside = text.replace(/^\s*[([](.*?),?\s*[)\]]\s*$/, "$1");
  const words = inside.split(",").map((word) => word.replace(/^\s*dim\d?\s*=/, "").trim());
  if (words.length === 1 && words[0] === "") return [];
  if (words.at(-1) === "") words.pop();
  return words.map((
    word,
  ) => (/^-?\d+$/.test(word) ? Number(word) : refuse(`${word || "nothing"} is not a whole number`)));
}

function start(text, tensors) {
  const named = /^[a-z]\b/.exec(text);
  if (named) return [tensors[named[0]] ?? refuse(`there is no ${named[0]} here`), named[0].length];
  const join = JOIN.exec(text);
  if (!join) refuse("start with x, torch.stack((x, y)) or torch.cat((x, y))");
  const parts = join[2].split(",").map((name) =>
    tensors[name.trim()] ?? refuse(`there is no ${name.trim()} here`)
  );
  return [(join[1] === "stack" ? stack : cat)(parts, Number(join[3] ?? 0)), join[0].length];
}

/** Work out an expression such as `x.T.reshape(3, -1)`; throws where torch would refuse. */
export function evaluate(expression, tensors) {
  let [tensor, at] = start(expression.trim(), tensors);
  let rest = expression.trim().slice(at);
  while (rest) {
    const [whole, name, args] = CALL.exec(rest) ?? refuse(`cannot read ${rest}`);
    if (args === undefined && (name === "T" || name === "mT")) tensor = transposed(tensor, name);
    else if (args === undefined || !OPERATIONS[name]) {
      refuse(`.${name} is not among what this figure knows`);
    } else tensor = OPERATIONS[name](tensor, integers(args));
    rest = rest.slice(whole.length);
  }
  return tensor;
}

/** The two tensors of a figure: x counts from 0, y goes on from there. */
export function sources(shape) {
  const count = product(shape);
  const from = (first) => freshTensor(shape, Array.from({ length: count }, (_, i) => first + i));
  return { x: from(0), y: from(count) };
}

/** What `expression` makes of x and y: { shape, stride, offset, elements, shares } or { error }. */
export function outcome(expression, shape) {
  const tensors = sources(shape);
  return orRefusal(() => describeResult(evaluate(expression, tensors), tensors.x));
}

/** An expression with two axes of its result swapped: a permute at its end is adjusted or dropped. */
export function dragAxis(expression, ndim, from, to) {
  const order = Array.from({ length: ndim }, (_, axis) => axis);
  const [, before, list] = /^(.*?)(?:\.permute\(([-\d,\s]*)\))?$/.exec(expression.trim());
  const current = list === undefined ? order : integers(list).map((dim) => axisOf(dim, ndim));
  const moved = current.toSpliced(from, 1);
  moved.splice(to, 0, current[from]);
  return String(moved) === String(order) ? before : `${before}.permute(${moved.join(", ")})`;
}
