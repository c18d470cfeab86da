/**
 * NetworkAnatomy's drawings: one bar for all parameters, and a row for each layer.
 */
import * as kit from "../kit/index.js";
import { WIDEST } from "./figure.js";
import { census, numbersPerSample, parameterCount, withWidth } from "./maths.js";
import { nameOf, shapeText, specOf, thousands } from "./words.js";

/** All parameters as one bar: each layer a piece, the largest one dark, the chosen one outlined. */
export function shareBar(width, { layers, layer: chosen }) {
  const { shares, largest } = census(layers);
  let x = 0;
  return layers.flatMap((layer, i) => {
    const piece = { x, width: shares[i] * width };
    x += piece.width;
    if (!shares[i]) return [];
    const label = [`${layer.name}: ${kit.percent(shares[i])}`, kit.percent(shares[i])].find((text) =>
      7.5 * text.length < piece.width
    );
    return [
      kit.svg("rect", {
        class: `na-piece${i === largest ? " na-largest" : ""}${i === chosen ? " na-chosen" : ""}`,
        y: 2,
        height: 30,
        ...piece,
      }),
      label ? kit.svg("text", { x: piece.x + piece.width / 2, y: 22, "text-anchor": "middle" }, label) : null,
    ];
  });
}

/** Where names, numbers and parameters stand: side by side, or on a narrow page in two lines. */
export function columns(width, layers) {
  if (width < 560) {
    return {
      narrow: true,
      row: 58,
      head: 22,
      flow: 8,
      flowRoom: 0.5 * width - 66,
      holds: 0.5 * width + 8,
      holdsRoom: 0.5 * width - 66,
    };
  }
  const longest = Math.max(...layers.map((layer) => 8 * nameOf(layer).length + 7 * specOf(layer).length));
  const flow = kit.clamp(longest + 24, 180, 260);
  return {
    narrow: false,
    row: 36,
    head: 24,
    flow,
    flowRoom: 96,
    holds: flow + 210,
    holdsRoom: width - flow - 334,
  };
}

/** The ends of both axes: as far as any bar can be dragged. */
export function limitsOf(layers, inputShape) {
  const widest = layers.reduce((all, layer, i) => (layer.editable ? withWidth(all, i, WIDEST) : all), layers);
  const flows = [kit.product(inputShape.slice(1)), ...widest.map(numbersPerSample)];
  return { flow: Math.max(...flows), holds: Math.max(1, ...widest.map(parameterCount)) };
}

function flowBar(count, shape, at, y, place) {
  const length = at.flowRoom * (count / place.flow);
  return [
    kit.svg("rect", { class: "na-flow", x: at.flow, y, width: Math.max(length, count ? 1 : 0), height: 12 }),
    kit.svg(
      "text",
      { class: "bf-tick", x: at.flow + length + 12, y: y + 10 },
      at.narrow && count ? thousands(count) : shape,
    ),
  ];
}

function holdsBar(count, before, share, at, y, place) {
  const [length, old] = [count, before].map((held) => at.holdsRoom * (held / place.holds));
  const ghost = before === count
    ? null
    : kit.svg("rect", { class: "na-ghost", x: at.holds, y: y - 3, width: old, height: 18 });
  const words = !count ? "0" : at.narrow ? thousands(count) : `${thousands(count)}  ·  ${kit.percent(share)}`;
  return [
    ghost,
    kit.svg("rect", {
      class: "na-holds",
      x: at.holds,
      y,
      width: Math.max(length, count ? 1 : 0),
      height: 12,
    }),
    kit.svg("text", { class: "bf-tick", x: at.holds + Math.max(length, old) + 6, y: y + 10 }, words),
  ];
}

function rowWords(name, spec, shape, width, at, y) {
  return [
    kit.svg(
      "text",
      { x: 8, y },
      kit.svg("tspan", { class: "na-name" }, name),
      spec ? kit.svg("tspan", { dx: 8 }, spec) : null,
    ),
    at.narrow ? kit.svg("text", { class: "bf-tick", x: width - 8, y, "text-anchor": "end" }, shape) : null,
  ];
}

export function drawRows(group, width, opening, inputShape, place, { layers }) {
  const at = columns(width, opening);
  const { counts, shares } = census(layers);
  const line = (i) => at.head + at.row * (i + 1);
  const barY = (i) => line(i) + (at.narrow ? 32 : 12);
  /** @type {[number, string][]} */
  const heads = [[at.flow, at.narrow ? "numbers out" : "output"], [at.holds, "parameters"]];
  kit.clear(
    group,
    heads.map(([x, text]) => kit.svg("text", { class: "na-head", x, y: 14 }, text)),
    rowWords("input", "", kit.tuple(inputShape), width, at, line(-1) + 22),
    flowBar(kit.product(inputShape.slice(1)), kit.tuple(inputShape), at, barY(-1), place),
    layers.flatMap((layer, i) => [
      ...rowWords(nameOf(layer), specOf(layer), shapeText(layer), width, at, line(i) + 22),
      ...flowBar(numbersPerSample(layer), shapeText(layer), at, barY(i), place),
      ...holdsBar(counts[i], parameterCount(opening[i]), shares[i], at, barY(i), place),
    ]),
  );
  return { at, line, barY, height: line(layers.length) + 3 };
}
