/**
 * TensorAnatomy's sentences and names.
 */
import { addressTerms, storagePlace } from "./maths.js";

export const bracketName = (
  view,
  index,
) => (index.length ? `${simpleName(view.name)}[${index.join(", ")}]` : view.name);

const simpleName = (name) => (/^[\w.]+$/.test(name) ? name : `(${name})`);

export function sentence({ view, index, storage, missed }) {
  if (missed !== null) return `${view.name} never reads element ${missed} of the storage.`;
  const place = storagePlace(view, index);
  const sum = addressTerms(view, index).map(({ index: i, stride }) => ` plus ${i} times ${stride}`).join("");
  return `${bracketName(view, index)} reads element ${place} of the storage, ${
    storage[place]
  }: ${view.offset}${sum}.`;
}
