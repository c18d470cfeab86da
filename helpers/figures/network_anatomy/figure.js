/**
 * NetworkAnatomy: the layers of a model as rows, what flows through them and what they hold.
 *
 * A layer is { name, kind, spec, shape, parameters: [[name, shape]], calls, editable }, as torch's hooks
 * found it. Where a width may change, the figure counts anew: in * out + out for each Linear layer.
 */
import * as kit from "../kit/index.js";
import { census, numbersPerSample, withWidth } from "./maths.js";
import { columns, drawRows, limitsOf, shareBar } from "./views.js";
import { bytesText, nameOf, sentence, specOf, sumText, thousands } from "./words.js";

export const WIDEST = 1024; // as far as a width can be dragged

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
