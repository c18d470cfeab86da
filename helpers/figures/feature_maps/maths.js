/**
 * FeatureMaps' arithmetic: maps out of bytes, values in the network's own units, what a unit sees, shades.
 *
 * A layer is { title, size: [h, w], channels, count, dead, silent, signed, largest, extents, rows, columns }
 * as feature_maps.py sends it; a span of rows or columns is [first, last], both included.
 */
import { shortZeros } from "../kit/decode.js";
import { format, percent, plural } from "../kit/numbers.js";

/** The maps of every layer on one picture, each map a list of shares of its own largest value, -1 to 1. */
export function mapsOf(text, layers) {
  const bytes = shortZeros(text);
  let at = 0;
  return layers.map(({ channels, size: [rows, columns], signed }) =>
    channels.map(() => {
      const values = bytes.slice(at, at += rows * columns);
      return values.map((byte) => (signed ? (byte > 127 ? byte - 256 : byte) / 127 : byte / 255));
    })
  );
}

/** Shares of the largest value of the map, or of the layer: what the shade of a place stands for. */
export function shades(shares, { largest, extents }, picture, map, scale) {
  const factor = scale === "map" ? 1 : extents[picture] && largest[picture][map] / extents[picture];
  return shares.map((share) => share * factor);
}

/**
 * The unit [row, column] with the largest value; the middle one if no place differs from the others.
 *
 * @returns {[number, number]}
 */
export function strongestUnit(shares, [rows, columns]) {
  const best = Math.max(...shares);
  if (best === Math.min(...shares)) return [Math.floor(rows / 2), Math.floor(columns / 2)];
  const place = shares.indexOf(best);
  return [Math.floor(place / columns), place % columns];
}

/** What a unit sees: { top, left, rows, columns } in pixels; no rows or no columns if it reads padding alone. */
export function fieldOf({ rows, columns }, [row, column]) {
  const [[top, bottom], [left, right]] = [rows[row], columns[column]];
  return { top, left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** The unit whose field has its middle nearest to a place of the picture, both in pixels from its corner. */
export function unitAt({ rows, columns }, [y, x]) {
  return [[rows, y], [columns, x]].map(([spans, at]) => {
    const away = ([first, last]) => Math.abs((first + last + 1) / 2 - at);
    return spans.reduce((best, span, unit) => (away(span) < away(spans[best]) ? unit : best), 0);
  });
}

/** How many pixels the units of a layer see that see most: [rows, columns]. */
export function widestField({ rows, columns }) {
  return [rows, columns].map((spans) => Math.max(...spans.map(([first, last]) => last - first + 1)));
}

// ---------------------------------------------------------------- colours

export function rgbOf(hex) {
  return [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
}

const mix = (one, other, share) => one.map((part, i) => part + share * (other[i] - part));

/**
 * The colour of a share: the ground for 0, amber on the way to 1, blue on the way to -1, and halfway from
 * there towards the ink at the ends, so that it gets steadily darker (on a dark page, lighter).
 */
export function shadeOf(share, { ground, model, data, ink }) {
  const colour = share < 0 ? data : model;
  const size = Math.min(Math.abs(share), 1);
  const turn = 0.6;
  const mixed = size < turn
    ? mix(ground, colour, size / turn)
    : mix(colour, ink, 0.6 * ((size - turn) / (1 - turn)));
  return mixed.map(Math.round);
}

// ---------------------------------------------------------------- words

/** "20 × 20 pixels", or that it is the whole picture. */
export function fieldWords({ rows, columns }, [height, width]) {
  if (rows <= 0 || columns <= 0) return "no pixel, only padding";
  if (rows === height && columns === width) return "the whole picture";
  return `${rows} × ${columns} of ${height} × ${width} pixels`;
}

/** How much of a layer stays silent, in a sentence. */
export function silenceWords({ count, silent, dead }, picture, pictures) {
  if (!silent[picture]) {
    return count === 1
      ? "Its map is positive somewhere."
      : `All ${count} maps are positive somewhere on this picture.`;
  }
  const here = `${silent[picture]} of ${plural(count, "map")} ${
    silent[picture] === 1 ? "is" : "are"
  } never positive on this picture`;
  return pictures > 1 ? `${here}, ${dead || "none"} on any of the ${pictures}.` : `${here}.`;
}

/** The chosen unit: its value and what it sees. */
export function unitWords(layer, map, [row, column], value, side) {
  const place = `Map ${layer.channels[map]} of ${layer.title}, row ${row}, column ${column}: ${
    format(value)
  }`;
  return `${place}. This unit sees ${fieldWords(fieldOf(layer, [row, column]), side)}.`;
}

/** What a picture shows and what the network takes it for; "" if neither is known. */
export function answerWords({ label, guess, probability }) {
  const said = guess === null ? null : `the network says ${guess}, ${percent(probability)}`;
  return [label, said].filter((part) => part !== null).join("; ");
}
