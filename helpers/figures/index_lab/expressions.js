/**
 * Index expressions, worked out on strides as torch does: what the reader types into IndexLab.
 *
 * A tensor is { shape, stride, offset, storage }; `storage` lists element numbers. An index that reads
 * through strides keeps the very array; one that gathers elements makes a new one.
 */
import { clamp } from "../kit/numbers.js";
import {
  describeResult,
  freshTensor,
  insertAxis,
  orRefusal,
  readView,
  refuse,
  tuple,
  unravel,
} from "../kit/tensors.js";

// ---------------------------------------------------------------- reading

/** Split at the commas that stand outside all brackets. */
function splitItems(text) {
  const items = [""];
  let depth = 0;
  for (const sign of text) {
    depth += { "[": 1, "]": -1 }[sign] ?? 0;
    if (sign === "," && depth === 0) items.push("");
    else items[items.length - 1] += sign;
  }
  if (items.length > 1 && items.at(-1).trim() === "") items.pop();
  return items.map((item) => item.trim());
}

/** The texts inside the brackets of `x[...][...]`, one for each pair that follows another. */
function bracketGroups(text) {
  const groups = [];
  let depth = 0;
  let from = 0;
  [...text].forEach((sign, at) => {
    if (sign === "[" && depth++ === 0) from = at + 1;
    else if (sign === "]" && --depth === 0) groups.push(text.slice(from, at));
    else if (depth <= 0 && sign.trim()) refuse("write x[...], with an index in brackets");
  });
  if (depth !== 0) refuse("a bracket is open");
  return groups.length ? groups : refuse("write x[...], with an index in brackets");
}

const SLICE = /^(-?\d*)\s*:\s*(-?\d*)\s*(?::\s*(-?\d*))?$/;
const COMPARE = /^x\s*(==|!=|<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$/;
const HOLDS = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

/** One item of an index: { kind: "int" | "slice" | "list" | "mask" | "None" | "...", ... }. */
function readItem(text, values) {
  const slice = SLICE.exec(text);
  const compare = COMPARE.exec(text);
  if (text === "...") return { kind: "..." };
  if (text === "None") return { kind: "None" };
  if (/^-?\d+$/.test(text)) return { kind: "int", at: Number(text) };
  if (slice) return readSlice(slice.slice(1));
  if (text.startsWith("[")) return readList(text);
  if (compare) {
    return {
      kind: "mask",
      whole: true,
      flags: values.map((value) => HOLDS[compare[1]](value, Number(compare[2]))),
    };
  }
  return refuse(`cannot read ${text || "an empty index"}`);
}

function readSlice(parts) {
  const [start, stop, step] = parts.map((part) => {
    if (part === "-") refuse("a minus needs a number");
    return part === "" || part === undefined ? null : Number(part);
  });
  if (step !== null && step <= 0) refuse("torch takes only positive steps");
  return { kind: "slice", start, stop, step: step ?? 1 };
}

function readList(text) {
  const items = splitItems(text.slice(1, -1));
  const inside = items.length === 1 && items[0] === "" ? [] : items;
  if (inside.length && inside.every((item) => item === "True" || item === "False")) {
    return { kind: "mask", whole: false, flags: inside.map((item) => item === "True") };
  }
  if (!inside.every((item) => /^-?\d+$/.test(item))) refuse(`${text} is no list of whole numbers`);
  return { kind: "list", at: inside.map(Number) };
}

// ---------------------------------------------------------------- evaluating

function select(tensor, axis, at) {
  const size = tensor.shape[axis];
  if (at < -size || at >= size) {
    refuse(`index ${at} is out of bounds for axis ${axis}, which has size ${size}`);
  }
  return {
    ...tensor,
    offset: tensor.offset + ((at + size) % size) * tensor.stride[axis],
    shape: tensor.shape.toSpliced(axis, 1),
    stride: tensor.stride.toSpliced(axis, 1),
  };
}

/** Start and number of elements that a slice takes from an axis. */
function sliceExtent({ start, stop, step }, size) {
  const place = (at) => clamp(at < 0 ? at + size : at, 0, size);
  const from = place(start ?? 0);
  return { from, count: Math.max(0, Math.ceil((place(stop ?? size) - from) / step)) };
}

function narrow(tensor, axis, slice) {
  const { from, count } = sliceExtent(slice, tensor.shape[axis]);
  return {
    ...tensor,
    offset: tensor.offset + from * tensor.stride[axis],
    shape: tensor.shape.with(axis, count),
    stride: tensor.stride.with(axis, tensor.stride[axis] * slice.step),
  };
}

/** The lists with negative places counted from the front; refused if a place does not exist. */
function inBounds(tensor, lists) {
  const axes = Object.keys(lists);
  const kept = tensor.shape.filter((_, axis) => !axes.includes(String(axis)));
  // torch looks up no place when the result is empty, unless the lists name one on an axis of size 0.
  const nothing = axes.some((axis) => lists[axis].length === 0);
  const empty = nothing || kept.includes(0);
  return Object.fromEntries(axes.map((axis) => [
    axis,
    lists[axis].map((index) => {
      const size = tensor.shape[axis];
      if ((size === 0 && !nothing) || (!empty && (index < -size || index >= size))) {
        refuse(`index ${index} is out of bounds for axis ${axis}, which has size ${size}`);
      }
      return size === 0 ? 0 : ((index % size) + size) % size;
    }),
  ]));
}

/** A mask as one list of places for each axis that it covers. */
function maskLists({ whole, flags }, tensor, axis, source) {
  const shape = whole ? source.shape : [flags.length];
  if (shape.some((size, i) => size !== tensor.shape[axis + i])) {
    refuse(
      `the mask has shape ${tuple(shape)}, which does not fit axis ${axis} of ${tuple(tensor.shape)}`,
    );
  }
  const hits = flags.flatMap((flag, place) => (flag ? [unravel(place, shape)] : []));
  return shape.map((_, i) => hits.map((index) => index[i]));
}

/** Gather the elements that the lists name: paired lists name points. `lists`: axis -> places. */
function gather(tensor, raw) {
  const axes = Object.keys(raw).map(Number);
  const lists = inBounds(tensor, raw);
  const counts = new Set(axes.map((axis) => lists[axis].length).filter((count) => count !== 1));
  if (counts.size > 1) refuse(`lists of ${[...counts].join(" and ")} cannot be paired`);
  const count = counts.size ? [...counts][0] : 1;
  // The new axis takes the lists' place if they stand side by side, else the front.
  const together = axes.at(-1) - axes[0] === axes.length - 1;
  const front = together ? axes[0] : 0;
  const kept = tensor.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const points = Array.from(
    { length: count },
    (_, i) =>
      axes.reduce(
        (offset, axis) => offset + lists[axis][lists[axis].length === 1 ? 0 : i] * tensor.stride[axis],
        0,
      ),
  );
  const before = kept.slice(0, front);
  const after = kept.slice(front);
  const part = (list, offset) =>
    readView({
      shape: list.map((axis) => tensor.shape[axis]),
      stride: list.map((axis) => tensor.stride[axis]),
      offset,
    });
  const places = part(before, tensor.offset).flatMap((base) =>
    points.flatMap((point) => part(after, base + point))
  );
  const shape = [
    ...before.map((axis) => tensor.shape[axis]),
    count,
    ...after.map((axis) => tensor.shape[axis]),
  ];
  return freshTensor(shape, places.map((place) => tensor.storage[place]));
}

function taken(item, source) {
  if (item.kind === "mask") return item.whole ? source.shape.length : 1;
  return item.kind === "None" || item.kind === "..." ? 0 : 1;
}

/** Apply one pair of brackets. `source` is the figure's x, whose shape a comparison's mask has. */
function applyIndex(tensor, items, source) {
  const wanted = items.reduce((sum, item) => sum + taken(item, source), 0);
  if (wanted > tensor.shape.length) refuse(`too many indices: ${wanted} for ${tensor.shape.length} axes`);
  if (items.filter(({ kind }) => kind === "...").length > 1) refuse("only one ... is allowed");
  const skipped = tensor.shape.length - wanted;
  const lists = {};
  let view = tensor;
  let axis = 0;
  for (const item of items) {
    if (item.kind === "int") view = select(view, axis, item.at);
    else if (item.kind === "slice") view = narrow(view, axis++, item);
    else if (item.kind === "None") view = insertAxis(view, axis++);
    else if (item.kind === "...") axis += skipped;
    else if (item.kind === "list") lists[axis++] = item.at;
    else for (const list of maskLists(item, view, axis, source)) lists[axis++] = list;
  }
  return Object.keys(lists).length ? gather(view, lists) : view;
}

/** What an expression over x gives: { shape, stride, offset, elements, shares } or { error }. */
export function outcome(expression, source) {
  const x = { ...source, storage: source.storage ?? source.values.map((_, place) => place) };
  const values = readView(x).map((place) => source.values[place]);
  return orRefusal(() => {
    const text = expression.trim();
    if (!text.startsWith("x")) refuse("write x[...], with an index in brackets");
    const indices = bracketGroups(text.slice(1)).map((group) =>
      splitItems(group).map((item) => readItem(item, values))
    );
    return describeResult(indices.reduce((tensor, items) => applyIndex(tensor, items, x), x), x);
  });
}
