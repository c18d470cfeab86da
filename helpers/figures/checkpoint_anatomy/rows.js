/**
 * What CheckpointAnatomy shows of each part of a file: rows of names, shapes and bytes.
 */
import { format } from "../kit/numbers.js";
import { tuple } from "../kit/tensors.js";
import { bytesOf, census, shapeAt } from "./maths.js";

export const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
export const bytesText = (count) => `${thousands(count)} ${count === 1 ? "byte" : "bytes"}`;

/** The parts of the file: { key, name, bytes, words, segments: [[role, bytes, label]] }. */
export function partsOf(sizes, optimizer) {
  const { model, parameters, buffers, optimizer: state, random, pickle, rest, times } = sizes;
  const averages = { SGD: [], momentum: ["momentum_buffer"], AdamW: ["exp_avg", "exp_avg_sq"] }[optimizer];
  const part = (key, name, bytes, segments) => ({ key, name, bytes, segments, words: bytesText(bytes) });
  return [
    part("model", "model", model, [["model", parameters, "weights"], ["buffer", buffers, ""]]),
    {
      ...part(
        "optimizer",
        "optimizer",
        state,
        averages.map((label) => ["gradient", state / averages.length, label]),
      ),
      words: `${bytesText(state)} = ${format(times)} × weights`,
    },
    { ...part("scheduler", "scheduler", 0, []), words: "plain numbers" },
    { ...part("epoch", "epoch", 0, []), words: "a plain number" },
    part("random", "random states", random, [["path", random, ""]]),
    part("file", "the file itself", pickle + rest, [["muted", pickle + rest, ""]]),
  ];
}

/** Where each part's row begins, and how high it is; parts that are plain numbers have no bar. */
export function placesOf(parts) {
  let y = 0;
  return parts.map(({ key }) => {
    const place = { y, height: key === "scheduler" || key === "epoch" ? 30 : 52 };
    y += place.height;
    return place;
  });
}

const shapeText = (shape) => (shape.length ? tuple(shape) : "()");

/** The rows of an open part: { key, name, detail, bytes, words }. */
export function rowsOf(part, { width, optimizer }, data) {
  const { keys_in_model: keys, states, plain } = data;
  if (part === "model") return keys.map((entry) => tensorRow(entry, width));
  if (part === "optimizer") {
    return [...stateRows(states[optimizer], width), ...plain[optimizer].optimizer.map(plainRow)];
  }
  if (part === "random") return plain[optimizer].random.map(streamRow);
  if (part === "file") return fileRows(census(data, optimizer, width));
  return plain[optimizer][part].map(plainRow);
}

function streamRow([key, count]) {
  const words = `uint8, ${bytesText(Number(count))}: where the stream of random numbers stands`;
  return {
    key,
    name: key === "loader" ? "the loader's generator" : "torch's generator",
    detail: `(${count},)`,
    bytes: Number(count),
    words,
  };
}

function tensorRow(entry, width) {
  const [key, shape, dtype, each, isParameter] = entry;
  const kind = isParameter ? "a parameter" : "a buffer: no gradient, but learned from the batches";
  const sizes = shapeAt(shape, width);
  const numbers = sizes.length ? `${sizes.join(" × ")} numbers` : "one number";
  const bytes = bytesOf(entry, width);
  return {
    key,
    name: key,
    detail: shapeText(sizes),
    bytes,
    words: `${kind}; ${numbers}, ${dtype}, ${each} bytes each: ${bytesText(bytes)}`,
  };
}

/** One row for each parameter: what the optimizer keeps for it in its shape; the step counts together. */
function stateRows(entries, width) {
  const [averages, steps] = [
    entries.filter(([name]) => name !== "step"),
    entries.filter(([name]) => name === "step"),
  ];
  const places = [...new Set(averages.map(([, , , , place]) => place))];
  if (!places.length) {
    return [{ key: "none", name: "state: {}", detail: "", bytes: 0, words: "plain SGD remembers nothing" }];
  }
  const rows = places.map((place) =>
    averagesRow(place, averages.filter((entry) => entry[4] === place), width)
  );
  if (!steps.length) return rows;
  return [...rows, {
    key: "steps",
    name: `step, ${steps.length} times`,
    detail: "()",
    bytes: 4 * steps.length,
    words: "how many updates each parameter has had; float32",
  }];
}

function averagesRow(place, group, width) {
  const bytes = group.reduce((sum, entry) => sum + bytesOf(entry, width), 0);
  const [[, shape, dtype, , , parameter]] = group;
  return {
    key: `state ${place}`,
    name: `${place}: ${group.map(([name]) => name).join(", ")}`,
    detail: shapeText(shapeAt(shape, width)),
    bytes,
    words: `kept for parameter number ${place}, ${parameter}; ${dtype}, ${bytesText(bytes)} together`,
  };
}

function plainRow([key, value]) {
  const short = value.length > 20 ? "plain numbers" : value;
  return { key, name: key, detail: short, bytes: null, words: `${value}; plain numbers, in the pickle` };
}

function fileRows({ pickle, rest }) {
  return [{
    key: "pickle",
    name: "data.pkl",
    detail: "",
    bytes: pickle,
    words: `names, shapes and plain numbers, ${bytesText(pickle)}; no code, no architecture`,
  }, {
    key: "zip",
    name: "zip archive",
    detail: "",
    bytes: rest,
    words: `a directory of the tensors, and padding between them, ${bytesText(rest)}`,
  }];
}
