/**
 * What a network holds and what flows through it, counted as torch counts.
 */
import { product } from "../kit/tensors.js";

export function parameterCount(layer) {
  return layer.parameters.reduce((sum, [, shape]) => sum + product(shape), 0);
}

/** How many numbers a layer returns for each sample; 0 if it was never called. */
export function numbersPerSample(layer) {
  return layer.shape ? product(layer.shape.slice(1)) : 0;
}

/** The parameters of all layers, their sum, each one's share, and the place of the largest. */
export function census(layers) {
  const counts = layers.map(parameterCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    counts,
    total,
    shares: counts.map((count) => (total ? count / total : 0)),
    largest: counts.indexOf(Math.max(...counts)),
  };
}

/** A layer that takes `inputs` numbers and, if it is Linear, returns `outputs`. */
function refit(layer, inputs, outputs) {
  const shape = [...layer.shape.slice(0, -1), outputs];
  if (layer.kind !== "Linear") return { ...layer, shape };
  const parameters = layer.parameters.map((
    [name],
  ) => [name, name === "weight" ? [outputs, inputs] : [outputs]]);
  return { ...layer, shape, parameters, spec: `${inputs} → ${outputs}` };
}

/** The layers after the one at `place`, a Linear layer of a plain chain, was given another width. */
export function withWidth(layers, place, width) {
  let flowing = null; // the width between the changed layer and the next Linear one
  return layers.map((layer, i) => {
    if (i === place) {
      flowing = width;
      return refit(layer, layer.parameters[0][1][1], width);
    }
    if (flowing === null) return layer;
    const changed = refit(layer, flowing, layer.kind === "Linear" ? layer.shape.at(-1) : flowing);
    if (layer.kind === "Linear") flowing = null;
    return changed;
  });
}
