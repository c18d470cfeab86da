/**
 * LoaderLab's sentences.
 */
import { labelCounts } from "./maths.js";

/** "4, 4 and 2" */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export function factLines({ order, batches, kept, labels, current, run }, { epoch }) {
  const missing = labels.map((_, i) => i).filter((i) => !order.slice(0, kept).includes(i));
  const counted = (read) => listed(labelCounts(read, labels).map(([label, count]) => `${count} × ${label}`));
  return [
    [
      `Batch ${current}`,
      `reads dataset[i] for i = ${batches[current].join(", ")}: ${
        batches[current].map((i) => labels[i]).join(", ")
      }.`,
    ],
    [
      `Epoch ${epoch}`,
      `has len(loader) = ${batches.length} ${batches.length === 1 ? "batch" : "batches"} of ${
        listed(batches.map((batch) => batch.length))
      }. ` +
      `It reads ${counted(order.slice(0, kept))}${missing.length ? `; not ${listed(missing)}` : ""}.`,
    ],
    [`${run.length} epochs`, `read ${counted(run.flatMap((one) => one.slice(0, kept)))}.`],
  ];
}

export const TITLES = {
  sequential: "The dataset, and its indices in stored order",
  shuffle: "The dataset stays as it is; its indices are shuffled",
  weighted: "The dataset stays as it is; indices are drawn by weight",
};

const NAMES = { sequential: "In stored order", shuffle: "Shuffled", weighted: "Drawn by weight" };

export function sentence(found, state) {
  const [[batch, what], [epoch, sizes]] = factLines(found, state);
  return `${NAMES[state.sampler]}. ${epoch} ${sizes} ${batch} ${what}`;
}
