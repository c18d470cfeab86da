/**
 * What a view reads of its storage, and where the cells of its nested grid go.
 * A view is { name, shape, stride, offset, dtype, contiguous } as torch gave them; strides count elements.
 */

/** The terms of an element's address: [{ axis, index, stride, product }]. */
export function addressTerms(view, index) {
  return view.stride.map((stride, axis) => ({
    axis,
    index: index[axis],
    stride,
    product: index[axis] * stride,
  }));
}

/** The place in the storage, counted in elements, that a view reads at an index. */
export function storagePlace(view, index) {
  return addressTerms(view, index).reduce((sum, { product }) => sum + product, view.offset);
}

/** Every index of a shape, the last axis running fastest. */
export function allIndices(shape) {
  return shape.reduce(
    (found, size) => found.flatMap((front) => Array.from({ length: size }, (_, last) => [...front, last])),
    [[]],
  );
}

/** For each view, the places of all its elements, in the order of their indices. */
export function placesOf(views) {
  return views.map((view) => allIndices(view.shape).map((index) => storagePlace(view, index)));
}

/** The first index at which a view reads a place of the storage, or null. */
export function indexReading(view, place) {
  return allIndices(view.shape).find((index) => storagePlace(view, index) === place) ?? null;
}

/** The jumps from the offset to an element: one a step of the index, each as long as its axis's stride. */
export function hops(view, index) {
  let from = view.offset;
  return addressTerms(view, index).flatMap(({ axis, index: steps, stride }) =>
    Array.from({ length: stride === 0 ? 0 : steps }, () => ({ axis, from, to: from += stride }))
  );
}

const GAP = 4;
const BRACKET = 9; // room for a bracket on either side
const TICK = 16; // room for the numbers along an axis

/**
 * Where the cells, brackets and index numbers of a nested grid go, in pixels.
 * The last axis runs to the right, the one before it down; an axis before those to the right if there is
 * room, else down. Returns { width, height, cells: [{ index, x, y }], brackets, ticks }.
 */
export function gridLayout(shape, { cellWidth, cellHeight, width }) {
  const block = (prefix) => {
    const left = shape.length - prefix.length;
    if (left === 0) {
      return {
        ...emptyBlock(),
        width: cellWidth,
        height: cellHeight,
        cells: [{ index: prefix, x: 0, y: 0 }],
      };
    }
    const children = Array.from({ length: shape[prefix.length] }, (_, place) => block([...prefix, place]));
    const together = children.reduce((sum, child) => sum + child.width + 3 * GAP, 2 * BRACKET);
    return bracketed(children, {
      axis: prefix.length,
      sideways: left === 1 || (left === 3 && together <= width),
      // Rows under one another need the column numbers only once.
      numbered: left > 1 || (prefix.at(-1) ?? 0) === 0,
      gap: left === 1 ? GAP : left * GAP,
    });
  };
  return block([]);
}

function emptyBlock() {
  return { width: 0, height: 0, top: 0, cells: [], brackets: [], ticks: [] };
}

function bracketed(children, { axis, sideways, numbered, gap }) {
  const whole = { ...emptyBlock(), top: sideways && numbered ? TICK : 0 };
  const start = sideways ? 0 : TICK;
  let [x, y] = [start + BRACKET, whole.top];
  children.forEach((child, place) => {
    adopt(whole, child, x, y);
    if (numbered) whole.ticks.push({ axis, index: place, ...tickPlace(child, { x, y, sideways }) });
    if (sideways) x += child.width + gap;
    else y += child.height + gap;
  });
  const inner = { axis, y: whole.top + children[0].top, height: whole.height - whole.top - children[0].top };
  whole.brackets.push({ ...inner, x: start, way: 1 }, { ...inner, x: whole.width + BRACKET, way: -1 });
  whole.width += BRACKET;
  return whole;
}

function adopt(whole, child, x, y) {
  for (const kind of ["cells", "brackets", "ticks"]) {
    whole[kind].push(...child[kind].map((item) => ({ ...item, x: item.x + x, y: item.y + y })));
  }
  whole.width = Math.max(whole.width, x + child.width);
  whole.height = Math.max(whole.height, y + child.height);
}

function tickPlace(child, { x, y, sideways }) {
  if (sideways) return { x: x + child.width / 2, y: y - 4, anchor: "middle" };
  return { x: TICK - 4, y: y + (child.top + child.height) / 2 + 4, anchor: "end" };
}
