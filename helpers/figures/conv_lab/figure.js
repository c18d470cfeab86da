/**
 * ConvLab: a kernel slides over a picture and asks each place the same question.
 *
 * Everything is computed anew at every change, as F.conv2d, relu and F.max_pool2d do.
 */
import * as kit from "../kit/index.js";
import { kernelButtons, makeControls } from "./controls.js";
import {
  conv2d,
  nearestWindow,
  padded,
  POOL,
  result,
  scaleOf,
  sizeOf,
  unreadAtEnd,
  withWeight,
} from "./maths.js";
import { frameAt, gridCells, layout, pixelLook, signClass, stillCells, titleAt, valueLook } from "./views.js";
import { short, sizeText, sizeWords, sumText } from "./words.js";

const SETTINGS = /** @type {const} */ (["kernel", "stride", "padding", "relu", "pool", "cell"]);

// ---------------------------------------------------------------- the grids that answer a finger

/** The picture: a press or a drag brings the window there, arrows move it by one stride. */
function pictureCells(image, state, change) {
  const columns = () => image[0].length + 2 * state.padding;
  const middle = () =>
    result(image, state).lit.map((at, axis) =>
      at * state.stride + Math.floor((sizeOf(state.kernel)[axis] - 1) / 2)
    );
  const current = () => middle()[0] * columns() + middle()[1];
  const onPick = (key, by) => {
    const { lit, map } = result(image, state);
    const place = [Math.floor(key / columns()), key % columns()];
    const way = place.map((at, axis) => at - middle()[axis]);
    const isStep = by === "key" && Math.abs(way[0]) + Math.abs(way[1]) === 1;
    change({
      cell: place.map((
        at,
        axis,
      ) => (isStep
        ? lit[axis] + way[axis]
        : nearestWindow(at, sizeOf(state.kernel)[axis], state.stride, sizeOf(map)[axis]))
      ),
    });
  };
  return kit.cells({ label: "picture", current, onPick });
}

function mapCells(image, state, change) {
  const columns = () => conv2d(image, state.kernel, state)[0].length;
  const current = () => {
    const { lit } = result(image, state);
    return lit[0] * columns() + lit[1];
  };
  return kit.cells({
    label: "feature map",
    current,
    onPick: (key) => change({ cell: [Math.floor(key / columns()), key % columns()] }),
  });
}

/** The kernel: a press chooses a weight, a drag from it paints its value onto others; + and − change it. */
function kernelCells(state, change) {
  const columns = state.kernel[0].length;
  const place = (key) => [Math.floor(key / columns), key % columns];
  const valueAt = (/** @type {number[]} */ [row, column]) => state.kernel[row][column];
  let paint = 0;
  const onPick = (key, by) => {
    if (by === "press") paint = valueAt(place(key));
    change({
      weight: place(key),
      ...(by === "drag" ? { kernel: withWeight(state.kernel, place(key), paint) } : {}),
    });
  };
  const cells = kit.cells({
    label: "kernel",
    current: () => state.weight[0] * columns + state.weight[1],
    onPick,
  });
  cells.root.addEventListener("keydown", ({ key }) => {
    const by = { "+": 1, "-": -1 }[key];
    if (by) change({ kernel: withWeight(state.kernel, state.weight, valueAt(state.weight) + by) });
  });
  return cells;
}

/** Escape takes back what the last press or drag in these cells has changed. */
function takeBack(cells, state, change) {
  let before = null;
  cells.root.addEventListener("pointerdown", () => {
    before = { cell: state.cell, kernel: state.kernel, weight: state.weight };
  }, true);
  cells.root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && before) change(before);
  });
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const image = model.get("image");
  const opening = () => kit.traits(model, SETTINGS);
  const first = structuredClone(opening());
  const stage = kit.stage({
    model,
    el,
    name: "ConvLab",
    label: "A kernel on a picture, and the map it makes",
    state: { ...first, weight: [0, 0] },
  });
  const { state } = stage;
  const change = (patch) => stage.set(patch);
  const [picture, kernel, map] = [
    pictureCells(image, state, change),
    kernelCells(state, change),
    mapCells(image, state, change),
  ];
  for (const cells of [picture, kernel, map]) takeBack(cells, state, change);
  const [still, frames] = [kit.svg("g", { class: "cl-still" }), kit.svg("g", { class: "cl-still" })];
  const drawing = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "picture, kernel and feature map" },
    picture.root,
    kernel.root,
    map.root,
    still,
    frames,
  );
  const [sum, size] = [kit.html("p", { class: "cl-sum" }), kit.html("p", { class: "cl-size" })];
  const inputs = makeControls(stage, image, change);
  stage.body.append(
    drawing,
    sum,
    size,
    kernelButtons(state, change, () => change(structuredClone(first))),
    inputs.root,
  );
  stage.onDraw(({ width }) => {
    const found = result(image, state);
    const places = layout(width, { ...sizesOf(image, state, found), relu: state.relu, pool: state.pool });
    kit.set(drawing, { width, height: places.height });
    drawTouchable({ picture, kernel, map }, image, state, found, places);
    kit.clear(still, ...stillParts(image, state, found, places));
    kit.clear(frames, ...framesOf(state, found, places));
    sum.textContent = sumText(state.kernel, found.products, found.value, found.lit);
    size.textContent = sizeText(image[0].length, state.kernel[0].length, state.stride, state.padding);
    inputs.refresh();
  });
  stage.say(() => {
    const { products, value, lit } = result(image, state);
    return sumText(state.kernel, products, value, lit);
  });
  return stage.start();
}

function sizesOf(image, { kernel, padding }, { map, pooled }) {
  return {
    picture: sizeOf(image).map((length) => length + 2 * padding),
    kernel: sizeOf(kernel),
    map: sizeOf(map),
    pooled: sizeOf(pooled),
  };
}

function drawTouchable({ picture, kernel, map }, image, state, { map: values, lit }, places) {
  const lost = sizeOf(image).map((length, axis) =>
    unreadAtEnd(length, sizeOf(state.kernel)[axis], state.stride, state.padding)
  );
  const isInWindow = (...place) =>
    place.every((at, axis) =>
      at >= lit[axis] * state.stride && at < lit[axis] * state.stride + sizeOf(state.kernel)[axis]
    );
  picture.draw(
    gridCells(
      padded(image, state.padding),
      places.picture,
      pixelLook(image, state.padding, lost, isInWindow),
    ),
  );
  const strongest = Math.max(...state.kernel.flat().map(Math.abs), 1e-9);
  kernel.draw(
    gridCells(
      state.kernel,
      places.kernel,
      (value, i, j) => ({
        ...valueLook(strongest)(value),
        label: `weight at row ${i}, column ${j}: ${short(value)}`,
        ...(i === state.weight[0] && j === state.weight[1] ? { classes: `${signClass(value)} bf-also` } : {}),
      }),
    ),
  );
  map.draw(
    gridCells(
      values,
      places.map,
      (value, i, j) => ({
        ...valueLook(scaleOf(state.kernel))(value),
        label: `out at row ${i}, column ${j}: ${short(value)}`,
        classes: `${signClass(value)} ${i === lit[0] && j === lit[1] ? "bf-lit" : ""}`,
      }),
    ),
  );
}

/** What is looked at and not touched: titles, products, and the maps after ReLU and pooling. */
function stillParts(image, state, { map, kept, pooled, products, value }, places) {
  const scale = scaleOf(state.kernel);
  const below = { x: places.products.x, y: places.products.y + products.length * places.products.cell + 16 };
  return [
    titleAt(places.picture, `picture ${sizeWords(image)}${state.padding ? ", padded" : ""}`),
    titleAt(places.kernel, `kernel ${sizeWords(state.kernel)}`),
    titleAt(places.map, `feature map ${sizeWords(map)}`),
    titleAt(places.products, "× pixels"),
    ...stillCells(products, places.products, valueLook(Math.max(...state.kernel.flat().map(Math.abs), 1e-9))),
    kit.svg("text", { class: "cl-title", ...below }, `sum ${short(value)}`),
    ...(state.relu
      ? [
        titleAt(places.relu, `after ReLU ${sizeWords(kept)}`),
        ...stillCells(kept, places.relu, valueLook(scale)),
      ]
      : []),
    ...(state.pool
      ? [
        titleAt(places.pool, `pooled ${sizeWords(pooled)}`),
        ...stillCells(pooled, places.pool, valueLook(scale)),
      ]
      : []),
  ];
}

/** Frames around the window, and around what became of its number further on. */
function framesOf({ kernel, stride, relu: cut, pool }, { lit, pooled }, places) {
  const pooledTo = lit.map((at) => Math.floor(at / POOL));
  const inside = pooledTo[0] < pooled.length && pooledTo[1] < pooled[0].length;
  const group = pooledTo.map((at) => at * POOL);
  return [
    frameAt(places.picture, lit.map((at) => at * stride), sizeOf(kernel), "cl-window"),
    ...(cut ? [frameAt(places.relu, lit, [1, 1], "cl-frame")] : []),
    ...(pool && inside
      ? [
        frameAt(cut ? places.relu : places.map, group, [POOL, POOL], "cl-group"),
        frameAt(places.pool, pooledTo, [1, 1], "cl-frame"),
      ]
      : []),
  ];
}

export default { render };
