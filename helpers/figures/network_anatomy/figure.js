/**
 * NetworkAnatomy: the layers of a model as rows, what flows through them and what they hold.
 *
 * A layer is { name, kind, spec, shape, parameters: [[name, shape]], calls, editable }, as torch's hooks
 * found it. Where a width may change, the figure counts anew: in * out + out for each Linear layer.
 */
import * as kit from "../kit/index.js";

const WIDEST = 1024; // as far as a width can be dragged

// ---------------------------------------------------------------- counting

function parameterCount(layer) {
  return layer.parameters.reduce((sum, [, shape]) => sum + kit.product(shape), 0);
}

/** How many numbers a layer returns for each sample; 0 if it was never called. */
function numbersPerSample(layer) {
  return layer.shape ? kit.product(layer.shape.slice(1)) : 0;
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

// ---------------------------------------------------------------- words

const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const specOf = ({ spec, calls }) => (calls > 1 ? `${spec}, ${calls} calls` : spec);
const nameOf = (layer) => [layer.name, layer.kind].filter(Boolean).join("  ");

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
  return bytes < 1e6 ? `${kit.format(bytes / 1e3)} kB` : `${kit.format(bytes / 1e6)} MB`;
}

function sentence({ layers, layer: place }) {
  const { counts, total, shares, largest } = census(layers);
  const rank = place === largest ? ", more than any other layer" : "";
  return `Layer ${nameOf(layers[place])}: ${thousands(counts[place])} of ${thousands(total)} parameters, ` +
    `${kit.percent(shares[place])}${rank}.`;
}

// ---------------------------------------------------------------- one bar for all parameters

/** All parameters as one bar: each layer a piece, the largest one dark, the chosen one outlined. */
function shareBar(width, { layers, layer: chosen }) {
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

// ---------------------------------------------------------------- the rows

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
function limitsOf(layers, inputShape) {
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

const shapeText = ({ shape }) => (shape ? kit.tuple(shape) : "not called");

function drawRows(group, width, opening, inputShape, place, { layers }) {
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

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const [opening, inputShape] = [model.get("layers"), model.get("input_shape")];
  const limits = limitsOf(opening, inputShape);
  const stage = kit.stage({
    model,
    el,
    name: "NetworkAnatomy",
    label: "The layers of a network: what flows through them and what they hold",
    state: { layers: opening, layer: model.get("layer") },
  });
  const { state } = stage;
  const change = (i, width) => stage.set({ layer: i, layers: withWidth(state.layers, i, width) });
  const sliders = opening.flatMap((
    layer,
    i,
  ) => (layer.editable ? [{ i, ...widthControl(layer, i, change) }] : []));
  const rows = kit.cells({
    label: "Layers",
    touch: "pan-y",
    current: () => state.layer,
    onPick: (i) => stage.set({ layer: i }),
  });
  const [words, handles, pieces] = [kit.svg("g", { class: "na-words" }), kit.svg("g"), kit.svg("g")];
  const bar = kit.svg("svg", { class: "bf-panel-svg", "aria-hidden": "true", height: 34 }, pieces);
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "One row for each layer" },
    rows.root,
    words,
    handles,
  );
  const [title, line] = [kit.html("div", { class: "bf-title" }), kit.html("p", { class: "na-line" })];
  const toWidth = (x) => {
    const { flow, flowRoom } = columns(stage.width, opening);
    return kit.clamp(Math.round(((x - flow) / flowRoom) * limits.flow), 1, WIDEST);
  };
  const knobs = sliders.map(({ i, slider }) => {
    slider.input.addEventListener("focus", () => stage.set({ layer: i }));
    return {
      i,
      ...kit.sliderKnob(slider, { toValue: toWidth, onInput: (width) => change(i, width), dot: "na-dot" }),
    };
  });
  handles.append(...knobs.map(({ knob }) => knob));
  const reset = kit.button({
    label: "Reset",
    icon: "reset",
    onClick: () => stage.set({ layers: opening, layer: model.get("layer") }),
  });
  const inputs = sliders.length
    ? [kit.controls(...sliders.map(({ slider }) => slider.root), reset.root)]
    : [];
  stage.body.append(title, bar, picture, line, ...inputs);
  stage.onDraw(({ width }) => {
    const { total } = census(state.layers);
    const before = census(opening).total;
    title.textContent = `${thousands(total)} parameters, ${bytesText(total)} as float32` +
      (total === before ? "" : ` (at first ${thousands(before)})`);
    kit.set(bar, { width });
    kit.clear(pieces, shareBar(width, state));
    const { at, line: top, barY, height } = drawRows(words, width, opening, inputShape, limits, state);
    kit.set(picture, { width, height });
    rows.draw(
      state.layers.map((layer, i) => ({
        key: i,
        x: 1.5,
        y: top(i) + 1,
        width: width - 3,
        height: at.row - 2,
        classes: i === state.layer ? "bf-lit" : "",
        label: `${nameOf(layer)} ${specOf(layer)}: ${sumText(layer)}`,
      })),
    );
    for (const { i, place } of knobs) {
      place(at.flow + at.flowRoom * (numbersPerSample(state.layers[i]) / limits.flow), barY(i) + 6);
    }
    for (const { i, slider } of sliders) slider.value = numbersPerSample(state.layers[i]);
    line.textContent = `${nameOf(state.layers[state.layer])}: ${sumText(state.layers[state.layer])}`;
  });
  stage.say(() => sentence(state));
  return stage.start();
}

function widthControl(layer, i, change) {
  const slider = kit.slider({
    label: `width of layer ${layer.name}`,
    min: 1,
    max: WIDEST,
    step: 1,
    value: numbersPerSample(layer),
    format: (width) => `${width} ${width === 1 ? "number" : "numbers"}`,
    onInput: (width) => change(i, width),
  });
  return { slider };
}

export default { render };
