/**
 * What a loader does with its indices.
 */

/** Cut an order of indices into batches, as a DataLoader does. */
export function batchesOf(order, batchSize, dropLast) {
  const batches = [];
  for (let first = 0; first < order.length; first += batchSize) {
    batches.push(order.slice(first, first + batchSize));
  }
  if (dropLast && batches.at(-1).length < batchSize) batches.pop();
  return batches;
}

/** How often each label occurs among the samples of `order`: [[label, count], ...] in order of appearance in `labels`. */
export function labelCounts(order, labels) {
  return [...new Set(labels)].map((
    label,
  ) => [label, order.filter((index) => labels[index] === label).length]);
}

/** All that follows from the state: this epoch's order, its batches, the one that is lit. */
export function describe({ sampler, seed, epoch, batch_size: size, drop_last: drop, place }, orders, labels) {
  const order = orders[sampler][seed][epoch];
  const batches = batchesOf(order, size, drop);
  const kept = batches.flat().length;
  return {
    order,
    batches,
    kept,
    labels,
    run: orders[sampler][seed],
    current: Math.min(Math.floor(place / size), batches.length - 1),
    lit: order[Math.min(place, order.length - 1)],
  };
}
