/**
 * The kit's cells: grids, matrices and storages whose elements are touched one at a time.
 */
import { clear, set, svg } from "./elements.js";
import { keepTouches } from "./handles.js";
import { clamp } from "./numbers.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @template K
 * @typedef {object} Cell Place and size are in pixels of the <svg>.
 * @property {K} key
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {string} [text]
 * @property {string} [label] what a screen reader says; the text if left out
 * @property {string} [classes] bf-lit (highlight, ink outline), bf-also (ink outline), bf-faint (dashed)
 * @property {string | null} [fill] a colour
 * @property {boolean | null} [pressed] what a screen reader hears; whether the cell is the current one if left out
 * @property {boolean} [skip] arrow keys pass over it
 */

/**
 * A group of cells drawn in SVG, with one tab stop. Put `root` (a <g>) into an <svg role="group">.
 *
 * In `draw(list)` nodes are kept by key, so a cell whose place changes can move (give `root` the class
 * `bf-moving`: 450 ms). `current()` names the cell that holds the tab stop. `onPick(key, by)` is told of a press, of
 * every cell that a drag enters, and of arrow keys, which lead to the nearest cell that way (Home, End:
 * first, last) and pass over cells with `skip`; `by` is "press", "drag" or "key". `onPress(key)` is told of
 * a press, of Enter and of the space bar. `touch: "pan-y"` leaves upward swipes to the page.
 *
 * @template K
 * @param {object} options
 * @param {string} options.label
 * @param {() => K} options.current
 * @param {(key: K, by: "press" | "drag" | "key") => void} options.onPick
 * @param {(key: K) => void} [options.onPress]
 * @param {string} [options.touch]
 * @returns {{ root: SVGGElement, draw: (list: Cell<K>[]) => void }}
 */
export function cells({ label, current, onPick, onPress = () => {}, touch = "none" }) {
  const root = svg("g", { class: "bf-cells", role: "group", "aria-label": label });
  const nodes = new Map();
  let list = [];
  let last = null;
  let wantsFocus = false;

  const pick = (key, by) => {
    if (key === null) return;
    last = key;
    wantsFocus = true;
    onPick(key, by);
  };
  const under = (event) => {
    const box = root.ownerSVGElement.getBoundingClientRect();
    return cellUnder(list, event.clientX - box.left, event.clientY - box.top);
  };
  const drag = (event) => {
    const key = under(event);
    if (key !== last) pick(key, "drag");
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    root.addEventListener("pointermove", drag);
    event.preventDefault();
    const key = under(event);
    if (key === null) return;
    pick(key, "press");
    onPress(key);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    root.addEventListener(end, () => root.removeEventListener("pointermove", drag));
  }
  if (touch === "none") keepTouches(root);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") onPress(current());
    else if (event.key in ARROWS || event.key === "Home" || event.key === "End") {
      pick(cellTowards(list, current(), event.key), "key");
    } else return;
    event.preventDefault();
  });
  const draw = (wanted) => {
    list = wanted;
    if (touch !== "none") root.ownerSVGElement.style.touchAction = touch;
    drawCells(root, nodes, list, current());
    if (wantsFocus) nodes.get(current())?.focus({ preventScroll: true });
    wantsFocus = false;
  };
  return { root, draw };
}

/**
 * The key of the cell that holds a point, or the nearest within 12 pixels, else null.
 *
 * @template K
 * @param {Cell<K>[]} list
 * @param {number} x
 * @param {number} y
 * @returns {K | null}
 */
export function cellUnder(list, x, y) {
  const away = ({ x: left, y: top, width, height }) =>
    Math.hypot(x - clamp(x, left, left + width), y - clamp(y, top, top + height));
  const nearest = closest(list, away);
  return nearest && away(nearest) <= 12 ? nearest.key : null;
}

/**
 * The key of the cell to which an arrow key, Home or End leads from `key`, or null at the edge.
 *
 * @template K
 * @param {Cell<K>[]} list
 * @param {K} key
 * @param {string} arrow
 * @returns {K | null}
 */
export function cellTowards(list, key, arrow) {
  const open = list.filter(({ skip }) => !skip);
  if (arrow === "Home") return open.at(0)?.key ?? null;
  if (arrow === "End") return open.at(-1)?.key ?? null;
  const way = ARROWS[arrow];
  const middle = (cell) => [cell.x + cell.width / 2, cell.y + cell.height / 2];
  const from = middle(list.find((cell) => cell.key === key));
  const along = (cell) => (middle(cell)[0] - from[0]) * way[0] + (middle(cell)[1] - from[1]) * way[1];
  const across = (cell) =>
    Math.abs((middle(cell)[0] - from[0]) * way[1]) + Math.abs((middle(cell)[1] - from[1]) * way[0]);
  // A cell straight ahead wins over a nearer one to the side.
  const found = closest(open.filter((cell) => along(cell) > 1), (cell) => along(cell) + 3 * across(cell));
  return found ? found.key : null;
}

function closest(list, distance) {
  return list.reduce((best, cell) => (best === null || distance(cell) < distance(best) ? cell : best), null);
}

function drawCells(root, nodes, list, current) {
  const keys = new Set(list.map(({ key }) => key));
  for (const [key, node] of nodes) {
    if (!keys.has(key)) {
      node.remove();
      nodes.delete(key);
    }
  }
  list.forEach((cell, place) => {
    if (!nodes.has(cell.key)) nodes.set(cell.key, svg("g", {}, svg("rect"), svg("text")));
    const node = nodes.get(cell.key);
    paintCell(node, cell, cell.key === current);
    // The list's order is what a screen reader meets; a node in its place stays, since moving it drops the focus.
    if (root.children[place] !== node) root.insertBefore(node, root.children[place] ?? null);
  });
}

function paintCell(
  node,
  { x, y, width, height, text = "", label, classes = "", fill = null, pressed = null },
  isCurrent,
) {
  set(node, {
    class: `bf-cell ${classes}`,
    role: "button",
    tabindex: isCurrent ? 0 : -1,
    "aria-label": label ?? text,
    "aria-pressed": String(pressed ?? isCurrent),
    style: `transform: translate(${x}px, ${y}px)`,
  });
  set(node.firstChild, { width, height, rx: 4, style: fill ? `fill: ${fill}` : null });
  set(node.lastChild, { x: width / 2, y: height / 2 + 4.5, "text-anchor": "middle" });
  node.lastChild.textContent = text;
}

/**
 * Draw the frames of a nested grid into a group.
 *
 * @param {SVGGElement} group
 * @param {ReturnType<typeof import("./tensors.js").nestedGrid>["frames"]} frames
 */
export function drawFrames(group, frames) {
  clear(group, frames.map((frame) => svg("rect", { class: "bf-frame", rx: 5, ...frame })));
}
