/**
 * CheckpointAnatomy's drawings: the bars of bytes, and the rows of the part that is open.
 */

const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const bytesText = (count) => `${thousands(count)} ${count === 1 ? "byte" : "bytes"}`;

const KEY_HEIGHT = 30;
const BAR = { top: 23, height: 18 }; // inside a part's row

// ---------------------------------------------------------------- what there is to show

/** The parts of the file: { key, name, bytes, words, segments: [[role, bytes, label]] }. */
export function partsOf(sizes, optimizer) {
  const { model, parameters, buffers, optimizer: state, random, pickle, rest, times } = sizes;
  const averages = { SGD: [], momentum: ["momentum_buffer"], AdamW: ["exp_avg", "exp_avg_sq"] }[optimizer];
  const part = (key, name, bytes, segments) => ({ key, name, bytes, segments, words: bytesText(bytes) });
  return [
    part("model", "model", model, [["model", parameters, "weights"], ["buffer", buffers, ""]]),
    { ...part("optimizer", "optimizer", state, averages.map((label) => ["gradient", state / averages.length, label])),
      words: `${bytesText(state)} = ${kit.format(times)} × weights` },
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

const shapeText = (shape) => (shape.length ? kit.tuple(shape) : "()");

/** The rows of an open part: { key, name, detail, bytes, words }. */
export function rowsOf(part, { width, optimizer }, data) {
  const { keys_in_model: keys, states, plain } = data;
  if (part === "model") return keys.map((entry) => tensorRow(entry, width, entry[4] ? "a parameter" : "a buffer: no gradient, but learned from the batches"));
  if (part === "optimizer") return [...stateRows(states[optimizer], width), ...plain[optimizer].optimizer.map(plainRow)];
  if (part === "random") return plain[optimizer].random.map(([name, count]) => ({ key: name, name: name === "loader" ? "the loader's generator" : "torch's generator",
    detail: `(${count},)`, bytes: Number(count), words: `uint8, ${bytesText(Number(count))}: where the stream of random numbers stands` }));
  if (part === "file") return fileRows(census(data, optimizer, width));
  return plain[optimizer][part].map(plainRow);
}

function tensorRow(entry, width, kind) {
  const [key, shape, dtype, each] = entry;
  const sizes = shapeAt(shape, width);
  const numbers = sizes.length ? `${sizes.join(" × ")} numbers` : "one number";
  const bytes = bytesOf(entry, width);
  return { key, name: key, detail: shapeText(sizes), bytes, words: `${kind}; ${numbers}, ${dtype}, ${each} bytes each: ${bytesText(bytes)}` };
}

/** One row for each parameter: what the optimizer keeps for it in its shape; the step counts together. */
function stateRows(entries, width) {
  const averages = entries.filter(([name]) => name !== "step");
  const places = [...new Set(averages.map(([, , , , place]) => place))];
  const steps = entries.filter(([name]) => name === "step");
  const rows = places.map((place) => {
    const group = averages.filter((entry) => entry[4] === place);
    const bytes = group.reduce((sum, entry) => sum + bytesOf(entry, width), 0);
    const names = group.map(([name]) => name).join(", ");
    return { key: `state ${place}`, name: `${place}: ${names}`, detail: shapeText(shapeAt(group[0][1], width)), bytes,
      words: `kept for parameter number ${place}, ${group[0][5]}; ${group[0][2]}, ${bytesText(bytes)} together` };
  });
  const last = { key: "steps", name: `step, ${steps.length} times`, detail: "()", bytes: 4 * steps.length, words: "how many updates each parameter has had; float32" };
  return steps.length ? [...rows, last] : rows.length ? rows : [{ key: "none", name: "state: {}", detail: "", bytes: 0, words: "plain SGD remembers nothing" }];
}

function plainRow([key, value]) {
  const short = value.length > 20 ? "plain numbers" : value;
  return { key, name: key, detail: short, bytes: null, words: `${value}; plain numbers, in the pickle` };
}

function fileRows({ pickle, rest }) {
  return [{ key: "pickle", name: "data.pkl", detail: "", bytes: pickle, words: `names, shapes and plain numbers, ${bytesText(pickle)}; no code, no architecture` },
    { key: "zip", name: "zip archive", detail: "", bytes: rest, words: `a directory of the tensors, and padding between them, ${bytesText(rest)}` }];
}

// ---------------------------------------------------------------- drawing

/** The bars, with dashed outlines of the opening's; `toX` leads from bytes to pixels, `right` is the edge. */
export function drawBars(group, parts, before, toX, right) {
  const places = placesOf(parts);
  kit.clear(group, parts.flatMap((part, i) => {
    const y = places[i].y;
    const [end, old] = [toX(part.bytes), toX(before[i].bytes)];
    return [kit.svg("text", { class: "ca-name", x: toX(0), y: y + 18 }, part.name),
      kit.svg("text", { x: right, y: y + 18, "text-anchor": "end" }, part.words),
      ...segmentsOf(part, y + BAR.top, toX),
      Math.abs(old - end) < 4 ? null : kit.svg("rect", { class: "ca-ghost", x: toX(0), y: y + BAR.top - 3, width: old - toX(0), height: BAR.height + 6 })];
  }));
}

function segmentsOf({ segments }, y, toX) {
  let x = toX(0);
  return segments.flatMap(([role, bytes, label]) => {
    const piece = { x, y, width: Math.max(toX(bytes) - toX(0), bytes ? 1 : 0), height: BAR.height };
    x += piece.width;
    const fits = label && 6.8 * label.length + 12 < piece.width;
    return [kit.svg("rect", { class: `ca-piece ca-${role}`, ...piece }),
      fits ? kit.svg("text", { class: "ca-inside", x: piece.x + (piece.width - 8) / 2, y: y + 13, "text-anchor": "middle" }, label) : null];
  });
}

export function drawKeys(group, rows, fates, width) {
  kit.clear(group, rows.flatMap(({ key, name, detail, bytes }, i) => {
    const y = i * KEY_HEIGHT + 20;
    const fate = fates[key];
    const shown = fate === "renamed" ? `module.${name}` : name;
    return [kit.svg("text", { class: `ca-key${fate ? " ca-changed" : ""}${fate === "dropped" ? " ca-dropped" : ""}`, x: 8, y }, shown),
      kit.svg("text", { class: "ca-detail", x: width - 70, y, "text-anchor": "end" }, fate === "reshaped" ? "one more" : fate === "renamed" ? "" : detail),
      kit.svg("text", { class: "ca-detail", x: width - 6, y, "text-anchor": "end" }, bytes === null ? "" : thousands(bytes))];
  }));
}

/** A dot at the end of the model's bar that drags the width of the network, as the slider does. */
export function widthHandle(slider, toWidth, change) {
  const hit = kit.svg("circle", { r: 22, class: "bf-hit" });
  const knob = kit.svg("g", { class: "bf-handle", "aria-hidden": "true" }, kit.svg("circle", { r: 11, class: "bf-focus-ring" }),
    kit.svg("circle", { r: 8, class: "bf-dot ca-dot" }), hit);
  const drag = (event) => change(toWidth(event.clientX - hit.ownerSVGElement.getBoundingClientRect().left));
  kit.keepTouches(hit);
  hit.addEventListener("pointerdown", (event) => {
    hit.setPointerCapture(event.pointerId);
    hit.addEventListener("pointermove", drag);
    slider.input.blur(); // so that the slider remembers this width, to which Escape leads back
    slider.input.focus({ preventScroll: true });
    event.preventDefault();
  });
  for (const end of ["pointerup", "pointercancel"]) hit.addEventListener(end, () => hit.removeEventListener("pointermove", drag));
  slider.input.addEventListener("focus", () => knob.classList.add("bf-focused"));
  slider.input.addEventListener("blur", () => knob.classList.remove("bf-focused"));
  return { knob, place: (x, y) => kit.set(knob, { transform: `translate(${x},${y})` }) };
}
