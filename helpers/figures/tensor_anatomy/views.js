/**
 * TensorAnatomy's parts: the nested grid, the sum of strides, the storage with its jumps, and the facts.
 */
import * as kit from "../kit/index.js";
import { addressTerms, gridLayout, hops, placesOf, storagePlace } from "./maths.js";
import { bracketName } from "./words.js";

const ARCS = 44; // room above the storage for the jumps
const COLOURS = ["model", "path", "loss", "gradient"]; // of axes 0 to 3; each also carries its number
export const colour = (axis) => `var(--bf-${COLOURS[axis]})`;

/** The nested grid: cells inside the brackets that Python would write. */
export function gridPart({ chosen, onPick }) {
  const cells = kit.cells({
    label: "Elements of the tensor",
    current: () => chosen().index.join(),
    onPick: (key) => onPick(key === "" ? [] : key.split(",").map(Number)),
  });
  const frame = kit.svg("g", { "aria-hidden": "true" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Grid" },
    frame,
    cells.root,
  );
  const root = kit.html("div", { class: "bf-ta-grid" }, picture);
  const draw = ({ width, cellWidth }) => {
    const { view, index, storage } = chosen();
    const layout = gridLayout(view.shape, { cellWidth, cellHeight: 32, width });
    const lit = storagePlace(view, index);
    kit.set(picture, { width: layout.width + 2, height: layout.height + 2 });
    kit.clear(frame, layout.brackets.map(bracketNode), layout.ticks.map((tick) => tickNode(tick, index)));
    cells.draw(layout.cells.map(({ index: place, x, y }) => {
      const reads = storagePlace(view, place);
      const here = place.join() === index.join();
      return {
        key: place.join(),
        x,
        y,
        width: cellWidth,
        height: 32,
        text: storage[reads],
        label: `${bracketName(view, place)} is ${storage[reads]}`,
        classes: here ? "bf-lit" : reads === lit ? "bf-also" : "",
      };
    }));
  };
  return { root, draw };
}

function bracketNode({ axis, x, y, height, way }) {
  const d = `M${x + way * 6},${y}H${x + way * 1}V${y + height}H${x + way * 6}`;
  return kit.svg("path", { d, fill: "none", stroke: colour(axis), "stroke-width": 2 });
}

function tickNode({ axis, index: place, x, y, anchor }, index) {
  const active = index[axis] === place;
  const style = active ? `fill: ${colour(axis)}; font-weight: 700` : null;
  return kit.svg("text", { class: "bf-tick", x, y, "text-anchor": anchor, style }, String(place));
}

/** The sum: offset + index × stride + … = place, each term under its axis's name. */
export function sumPart({ chosen, showsBytes }) {
  const head = kit.html("div", { class: "bf-ta-head" });
  const terms = kit.html("div", { class: "bf-ta-terms" });
  const foot = kit.html("div", { class: "bf-ta-foot" });
  const bytes = kit.html("div", { class: "bf-ta-bytes" });
  const root = kit.html("div", { class: "bf-ta-sum" }, head, terms, foot, bytes);
  const draw = () => {
    const { view, index, storage, itemsize, missed } = chosen();
    const place = storagePlace(view, index);
    const name = kit.html("span", { class: "bf-ta-lit" }, bracketName(view, index));
    kit.clear(
      head,
      missed === null
        ? [name, " reads the storage at offset + index × stride ="]
        : kit.html("strong", {}, `${view.name} never reads element ${missed}.`),
    );
    kit.clear(
      terms,
      term(view.offset, "offset"),
      addressTerms(view, index).flatMap((
        { axis, index: i, stride },
      ) => ["+", term([kit.html("b", {}, i), " × ", stride], `axis ${axis}`, axis)]),
    );
    kit.clear(
      foot,
      "= element ",
      kit.html("b", {}, place),
      ", which is ",
      kit.html("span", { class: "bf-ta-lit" }, storage[place]),
    );
    bytes.hidden = !showsBytes();
    bytes.textContent = `${place} × ${itemsize} bytes each = byte ${place * itemsize} of the storage`;
  };
  return { root, draw };
}

function term(words, below, axis = null) {
  const style = axis === null ? null : `color: ${colour(axis)}`;
  return kit.html(
    "span",
    { class: "bf-ta-term", style },
    kit.html("span", {}, words),
    kit.html("small", {}, below),
  );
}

/** The flat storage, with a jump of one stride for every step of the index. */
export function storagePart({ chosen, onPick }) {
  const cells = kit.cells({
    label: "Storage",
    touch: "pan-y",
    current: () => storagePlace(chosen().view, chosen().index),
    onPick,
  });
  const under = kit.svg("g", { "aria-hidden": "true" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Storage" },
    under,
    cells.root,
  );
  const root = kit.html(
    "div",
    {},
    kit.html("div", { class: "bf-title" }, "Storage: one flat row of numbers"),
    picture,
  );
  const draw = ({ width, cellWidth }) => {
    const { view, index, storage } = chosen();
    const size = Math.min(Math.max(cellWidth, Math.floor(width / storage.length)), 46, Math.floor(width / 8));
    const strip = { perRow: Math.floor((width - 2) / size), size, arcs: ARCS, step: ARCS + 32 + 22 };
    const read = new Set(placesOf([view])[0]);
    const lit = storagePlace(view, index);
    kit.set(picture, { width, height: Math.ceil(storage.length / strip.perRow) * strip.step });
    kit.clear(
      under,
      storage.map((_, place) => placeNumber(place, strip, place === lit)),
      arcRows(view, index, strip, storage.length),
    );
    cells.draw(
      storage.map((text, place) => ({
        key: place,
        ...cellPlace(place, strip),
        width: size - 3,
        height: 32,
        text,
        label: `element ${place} is ${text}`,
        classes: place === lit ? "bf-lit" : read.has(place) ? "" : "bf-faint",
        skip: !read.has(place),
      })),
    );
  };
  return { root, draw };
}

function cellPlace(place, { perRow, size, arcs, step }) {
  return { x: 1 + (place % perRow) * size, y: Math.floor(place / perRow) * step + arcs };
}

function placeNumber(place, strip, lit) {
  const { x, y } = cellPlace(place, strip);
  return kit.svg("text", {
    class: "bf-tick",
    x: x + (strip.size - 3) / 2,
    y: y + 46,
    "text-anchor": "middle",
    style: lit ? "fill: var(--bf-ink); font-weight: 700" : null,
  }, String(place));
}

/** The jumps, drawn once in every row of the strip that they touch: what runs out of one enters the next. */
function arcRows(view, index, strip, count) {
  const jumps = hops(view, index);
  return Array.from({ length: Math.ceil(count / strip.perRow) }, (_, row) => {
    const first = row * strip.perRow;
    const here = jumps.filter(({ from, to }) => to >= first && from < first + strip.perRow);
    const window = kit.svg("svg", {
      x: 0,
      y: row * strip.step,
      width: 2 + strip.perRow * strip.size,
      height: strip.arcs,
      overflow: "hidden",
    });
    window.append(
      ...here.flatMap((jump) => arcNodes(jump, first, strip)),
      ...startNode(view.offset, first, strip),
    );
    return window;
  });
}

function arcNodes({ axis, from, to }, first, { perRow, size, arcs }) {
  const middle = (place) => 1 + (place - first) * size + (size - 3) / 2;
  const [x0, x1, floor] = [middle(from), middle(to), arcs - 4];
  const height = Math.min(46, 20 + 5 * (to - from));
  const paint = `stroke: ${colour(axis)}; fill: none; stroke-width: 2`;
  const top = (x0 + x1) / 2;
  // A jump over the edge of a row carries its length only in the row that holds its middle.
  const labelled = top >= 0 && top < perRow * size;
  return [
    kit.svg("path", { d: `M${x0},${floor}Q${top},${floor - height} ${x1},${floor}`, style: paint }),
    kit.svg("path", { d: `M${x1 - 5},${floor - 5}L${x1},${floor + 1}L${x1 + 3},${floor - 7}`, style: paint }),
    ...(labelled
      ? [
        kit.svg("text", {
          x: kit.clamp(top, 12, perRow * size - 12),
          y: floor - height / 2 - 4,
          "text-anchor": "middle",
          style: `fill: ${colour(axis)}; font-size: 12px`,
        }, `+${to - from}`),
      ]
      : []),
  ];
}

function startNode(offset, first, { perRow, size, arcs }) {
  if (offset < first || offset >= first + perRow) return [];
  const x = 1 + (offset - first) * size + (size - 3) / 2;
  return [kit.svg("circle", { cx: x, cy: arcs - 4, r: 4, style: "fill: var(--bf-ink)" })];
}

export function factsPart({ chosen }) {
  const root = kit.html("div", { class: "bf-ta-facts" });
  const draw = () => {
    const { view } = chosen();
    const facts = [["shape", kit.tuple(view.shape)], ["stride", kit.tuple(view.stride)], [
      "offset",
      view.offset,
    ], [
      "dtype",
      view.dtype,
    ]];
    kit.clear(
      root,
      facts.map(([name, value]) => kit.html("span", {}, `${name} `, kit.html("b", {}, String(value)))),
    );
  };
  return { root, draw };
}
