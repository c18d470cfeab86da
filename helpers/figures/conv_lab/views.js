/**
 * ConvLab's grids: where they stand, how a number is coloured, and what is drawn in each.
 */
import * as kit from "../kit/index.js";
import { short } from "./words.js";

const GAP = 2;

/** Red for more than zero, blue for less, paler the smaller; ink stays readable on all of them. */
export function tint(value, largest) {
  if (value === 0) return null;
  const share = Math.min(Math.abs(value) / largest, 1);
  return `color-mix(in srgb, ${value > 0 ? "var(--bf-plus)" : "var(--bf-minus)"} ${
    Math.round(10 + 50 * share)
  }%, var(--bf-ground))`;
}

export const signClass = (value) => (value > 0 ? "cl-plus" : value < 0 ? "cl-minus" : "");

/** The size of the cells of a grid that must fit into a width. */
const cellSize = (room, count, most) => Math.max(8, Math.min(most, Math.floor(room / count)));

/** Where each grid stands: { x, y, cell } each, and the height of all. */
export function layout(width, { picture, kernel, map, pooled, relu, pool }) {
  const narrow = width < 560;
  const head = 22; // a line of title above each grid
  const side = Math.max(...picture);
  const pictureCell = cellSize(narrow ? width : 288, side, 28);
  const kernelCell = cellSize(narrow ? 102 : 108, Math.max(...kernel), 36);
  const top = narrow ? picture[0] * pictureCell + 2 * head + 8 : head;
  const kernelX = narrow ? 0 : 312;
  const mapX = narrow ? 126 : 464;
  const mapCell = cellSize(width - mapX, map[1], 29);
  const products = top + kernel[0] * kernelCell + head + 10;
  const bottom = Math.max(
    head + picture[0] * pictureCell,
    products + kernel[0] * kernelCell + 26,
    top + map[0] * mapCell,
  );
  const second = bottom + head + 12;
  const stageCell = cellSize(narrow ? 0.6 * width - 14 : 288, map[1], narrow ? 25 : 28);
  const poolX = relu ? (narrow ? Math.round(0.6 * width) : 312) : 0;
  const poolCell = cellSize(width - poolX, pooled[1], narrow ? 30 : 36);
  const ends = [bottom, relu ? second + map[0] * stageCell : 0, pool ? second + pooled[0] * poolCell : 0];
  return {
    picture: {
      x: narrow ? Math.max(0, (width - picture[1] * pictureCell) / 2) : 0,
      y: head,
      cell: pictureCell,
    },
    kernel: { x: kernelX, y: top, cell: kernelCell },
    products: { x: kernelX, y: products, cell: kernelCell },
    map: { x: mapX, y: top, cell: mapCell },
    relu: { x: 0, y: second, cell: stageCell },
    pool: { x: poolX, y: second, cell: poolCell },
    height: Math.max(...ends) + 6,
  };
}

export const titleAt = ({ x, y }, text) => kit.svg("text", { class: "cl-title", x, y: y - 8 }, text);

/** The cells of a grid for kit.cells; `look(value, i, j)` gives { text, classes, fill, label }. */
export function gridCells(values, { x, y, cell }, look) {
  const columns = values[0].length;
  return values.flatMap((row, i) =>
    row.map((value, j) => {
      const { text = short(value), ...rest } = look(value, i, j);
      const fits = 6.8 * text.length + 3 <= cell;
      return {
        key: i * columns + j,
        x: x + j * cell,
        y: y + i * cell,
        width: cell - GAP,
        height: cell - GAP,
        text: fits ? text : "",
        ...rest,
      };
    })
  );
}

/** A picture that cannot be touched, drawn as the touchable ones are. */
export function stillCells(values, place, look) {
  return gridCells(values, place, look).map((cell) =>
    kit.svg(
      "g",
      { class: `bf-cell ${cell.classes ?? ""}`, transform: `translate(${cell.x},${cell.y})` },
      kit.svg("rect", {
        width: cell.width,
        height: cell.height,
        rx: 3,
        style: cell.fill ? `fill: ${cell.fill}` : null,
      }),
      kit.svg("text", { x: cell.width / 2, y: cell.height / 2 + 4.5, "text-anchor": "middle" }, cell.text),
    )
  );
}

/**
 * A frame around `rows` x `columns` cells whose first one is at [row, column].
 *
 * @param {{ x: number, y: number, cell: number }} grid
 * @param {number[]} place
 * @param {number[]} size
 * @param {string} name
 */
export function frameAt({ x, y, cell }, [row, column], [rows, columns], name) {
  return kit.svg("rect", {
    class: name,
    x: x + column * cell - 2,
    y: y + row * cell - 2,
    width: columns * cell + 2,
    height: rows * cell + 2,
    rx: 4,
  });
}

/** How a pixel looks: shaded by its value, dashed in the padding, crossed out where no window reads it. */
export function pixelLook(image, padding, unread, isInWindow) {
  const [rows, columns] = [image.length + 2 * padding, image[0].length + 2 * padding];
  return (value, i, j) => {
    const outside = i < padding || j < padding || i >= rows - padding || j >= columns - padding;
    const lost = i >= rows - unread[0] || j >= columns - unread[1];
    const kind = outside ? "padding" : "pixel";
    return {
      pressed: isInWindow(i, j),
      classes: `${outside ? "bf-faint" : ""} ${lost ? "cl-lost" : ""}`,
      fill: outside || value === 0 ? null : shade(value),
      label: `${kind} at row ${i - padding}, column ${j - padding}: ${short(value)}${
        lost ? ", never read" : ""
      }`,
    };
  };
}

const shade = (value) =>
  `color-mix(in srgb, var(--bf-ink) ${Math.round(38 * kit.clamp(Math.abs(value), 0, 1))}%, var(--bf-ground))`;

export const valueLook = (largest) => (value) => ({ fill: tint(value, largest), classes: signClass(value) });
