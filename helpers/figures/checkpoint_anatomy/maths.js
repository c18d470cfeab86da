/**
 * CheckpointAnatomy's arithmetic: bytes from shapes, and the answers of load_state_dict.
 *
 * `data` is what Python sends: `keys_in_model` lists [key, shape, dtype, bytes of a number, is a parameter],
 * `states[optimizer]` lists [key, shape, dtype, bytes of a number, number of the parameter, its name]; in a
 * shape "W" stands for the hidden width. `files[optimizer]` lists [bytes of the file, bytes of its pickle],
 * one pair for each of `widths`.
 */
import { product, tuple } from "../kit/tensors.js";

/** A shape with the width filled in. */
export function shapeAt(shape, width) {
  return shape.map((size) => (size === "W" ? width : size));
}

export function bytesOf([, shape, , each], width) {
  return each * product(shapeAt(shape, width));
}

const total = (entries, width) => entries.reduce((sum, entry) => sum + bytesOf(entry, width), 0);

/** Bytes of each part of the file; `rest` is what the file holds beside tensors and pickle. */
export function census({ keys_in_model: keys, states, plain, files, widths }, optimizer, width) {
  const [file, pickle] = files[optimizer][widths.indexOf(width)];
  const parameters = total(keys.filter(([, , , , isParameter]) => isParameter), width);
  const model = total(keys, width);
  const state = total(states[optimizer], width);
  const random = plain[optimizer].random.reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    file,
    pickle,
    parameters,
    buffers: model - parameters,
    model,
    optimizer: state,
    random,
    rest: file - pickle - model - state - random,
    times: state / parameters,
  };
}

// ---------------------------------------------------------------- a changed state_dict

/** What becomes of a key: the shape it has in the program's copy, or null when the key is gone. */
function changed([key, shape], fate, width) {
  const sizes = shapeAt(shape, width);
  if (fate === "dropped" || fate === "renamed") return null;
  return [key, fate === "reshaped" ? [sizes[0] + 1, ...sizes.slice(1)] : sizes];
}

/** The entries [key, shape] after all changes; what is renamed stands at the end, as `pop` leaves it. */
export function editedState(keys, fates, width) {
  const kept = keys.map((entry) => changed(entry, fates[entry[0]], width)).filter(Boolean);
  const renamed = keys.filter(([key]) => fates[key] === "renamed");
  return [...kept, ...renamed.map(([key, shape]) => [`module.${key}`, shapeAt(shape, width)])];
}

/** The lines of Python that make these changes. */
export function editLines(keys, fates, width) {
  return keys.flatMap(([key, shape]) => {
    const sizes = shapeAt(shape, width);
    if (fates[key] === "dropped") return [`del state["${key}"]`];
    if (fates[key] === "renamed") return [`state["module.${key}"] = state.pop("${key}")`];
    if (fates[key] === "reshaped") {
      return [`state["${key}"] = torch.zeros${tuple([sizes[0] + 1, ...sizes.slice(1)])}`];
    }
    return [];
  });
}

const torchSize = (shape) => `torch.Size([${shape.join(", ")}])`;
const fill = (saying, gaps) => saying.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);

/**
 * What load_state_dict returns or raises: { ok, text, missing, unexpected, mismatched }.
 * `state` and `wanted` list [key, shape]: in the dictionary, and in the model that the program has built.
 */
export function loadAnswer(state, wanted, strict, sayings) {
  const [given, built] = [new Map(state), new Map(wanted)];
  const missing = wanted.map(([key]) => key).filter((key) => !given.has(key));
  const unexpected = state.map(([key]) => key).filter((key) => !built.has(key));
  const mismatched = wanted.filter(([key, shape]) =>
    given.has(key) && String(given.get(key)) !== String(shape)
  );
  const found = { missing, unexpected, mismatched: mismatched.map(([key]) => key) };
  const quoted = (keys) => keys.map((key) => `"${key}"`).join(", ");
  const lines = [
    ...(strict && missing.length ? [fill(sayings.missing, { keys: quoted(missing) })] : []),
    ...(strict && unexpected.length ? [fill(sayings.unexpected, { keys: quoted(unexpected) })] : []),
    ...mismatched.map(([key, shape]) =>
      fill(sayings.mismatch, { key, saved: torchSize(given.get(key)), wanted: torchSize(shape) })
    ),
  ];
  if (lines.length) return { ok: false, text: [sayings.head, ...lines].join("\n"), ...found };
  if (!missing.length && !unexpected.length) return { ok: true, text: sayings.matched, ...found };
  const listed = (keys) => keys.map((key) => `'${key}'`).join(", ");
  const text = fill(sayings.loose, { missing: listed(missing) }).replace(
    "unexpected_keys=[]",
    `unexpected_keys=[${listed(unexpected)}]`,
  );
  return { ok: true, text, ...found };
}
