/**
 * NetworkAnatomy's sentences and numbers.
 */
import { format, percent } from "../kit/numbers.js";
import { tuple } from "../kit/tensors.js";
import { census, parameterCount } from "./maths.js";

export const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
export const specOf = ({ spec, calls }) => (calls > 1 ? `${spec}, ${calls} calls` : spec);
export const nameOf = (layer) => [layer.name, layer.kind].filter(Boolean).join("  ");

/** How a layer's parameters add up: "weight 512 × 784 + bias 512 = 401,920 parameters". */
export function sumText(layer) {
  if (layer.calls === 0) return "never called: the forward pass leaves it out";
  if (!layer.parameters.length) return "no parameters: it computes, and learns nothing";
  const terms = layer.parameters.map(([name, shape]) => `${name} ${shape.join(" × ")}`).join(" + ");
  return `${terms} = ${thousands(parameterCount(layer))} parameters`;
}

export function bytesText(count) {
  const bytes = 4 * count;
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${format(bytes / 1e3)} kB` : `${format(bytes / 1e6)} MB`;
}

export function sentence({ layers, layer: place }) {
  const { counts, total, shares, largest } = census(layers);
  const rank = place === largest ? ", more than any other layer" : "";
  return `Layer ${nameOf(layers[place])}: ${thousands(counts[place])} of ${thousands(total)} parameters, ` +
    `${percent(shares[place])}${rank}.`;
}

export const shapeText = ({ shape }) => (shape ? tuple(shape) : "not called");
