/**
 * TransformLab's code and sentences.
 */
import { arrow } from "./figure.js";

const TITLES = {
  rotate: (angle) => `v2.RandomRotation((${angle}, ${angle}),\n        interpolation=BILINEAR)`,
  crop: (_angle, size) => `v2.CenterCrop(${size})`,
  flip: () => "v2.RandomHorizontalFlip(p=1.0)",
};

/** The pipeline as Python code, one transform a line. */
export function codeOf(order, angle, cropSize) {
  return ["v2.Compose([", ...order.map((name) => `    ${TITLES[name](angle, cropSize)},`), "])"].join("\n");
}

/** How much two orders differ, in words. */
export function verdictOf(share) {
  if (share === 0) return "Not a single pixel differs: these two orders commute.";
  return `${Math.max(1, Math.round(100 * share))} % of the pixels differ from the reverse order.`;
}

export function sentence(sheets, { order, angle, against }) {
  const words = against === "reverse"
    ? verdictOf(sheets.difference(order, angle))
    : "Compared with the original.";
  return `${arrow(order)}, by ${angle} degrees. ${words}`;
}
