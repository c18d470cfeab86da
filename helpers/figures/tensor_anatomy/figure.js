/**
 * One element of a tensor lit in three places: the nested grid, the sum of index times stride, the storage.
 */
import * as kit from "../kit/index.js";
import { indexReading, storagePlace } from "./maths.js";
import { colour, factsPart, gridPart, storagePart, sumPart } from "./views.js";
import { sentence } from "./words.js";

// ---------------------------------------------------------------- the parts of the figure

/** A slider an axis; those of axes that the view lacks are hidden. */
function sliderPart(stage, { chosen, onPick }) {
  const move = (axis) => (place) => onPick(chosen().index.map((old, i) => (i === axis ? place : old)));
  const most = Math.max(...stage.model.get("views").map(({ shape }) => shape.length));
  const sliders = Array.from({ length: most }, (_, axis) =>
    kit.slider({
      label: `index on axis ${axis}`,
      min: 0,
      max: 1,
      step: 1,
      value: 0,
      format: String,
      onInput: move(axis),
    }));
  sliders.forEach(({ input }, axis) => {
    input.style.accentColor = colour(axis);
  });
  const draw = () =>
    sliders.forEach((slider, axis) => {
      const { view, index } = chosen();
      slider.root.hidden = axis >= view.shape.length;
      slider.input.disabled = slider.root.hidden;
      if (slider.root.hidden) return;
      kit.set(slider.input, { max: view.shape[axis] - 1 });
      slider.value = index[axis];
    });
  return { roots: sliders.map(({ root }) => root), draw };
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const views = model.get("views");
  const stage = kit.stage({
    model,
    el,
    name: "TensorAnatomy",
    label: "A tensor taken apart",
    state: {
      chosen: model.get("chosen"),
      index: model.get("index"),
      show_bytes: model.get("show_bytes"),
      missed: null,
    },
  });
  const [storage, itemsize] = [model.get("storage"), model.get("itemsize")];
  const chosen = () => ({
    view: views[stage.state.chosen],
    index: stage.state.index,
    missed: stage.state.missed,
    storage,
    itemsize,
  });
  const show = (index) => stage.set({ index, missed: null });
  const showPlace = (place) => {
    const index = indexReading(chosen().view, place);
    stage.set(index ? { index, missed: null } : { missed: place });
  };
  // The same element stays lit if the other view reads it, so that only its index changes.
  const choose = (number) => {
    const index = indexReading(views[number], storagePlace(chosen().view, chosen().index));
    stage.set({ chosen: number, index: index ?? views[number].shape.map(() => 0), missed: null });
  };
  const options = views.map(({ name }, value) => ({ value, label: name }));
  const choice = kit.choice({
    label: "The same storage, read as",
    options,
    value: stage.state.chosen,
    onChange: choose,
  });
  const bytes = kit.toggle({
    label: "show bytes",
    checked: stage.state.show_bytes,
    onChange: (on) => stage.set({ show_bytes: on }),
  });
  const parts = [
    factsPart({ chosen }),
    gridPart({ chosen, onPick: show }),
    sumPart({ chosen, showsBytes: () => stage.state.show_bytes }),
    storagePart({ chosen, onPick: showPlace }),
  ];
  const [facts, grid, sum, strip] = parts;
  const sliders = sliderPart(stage, { chosen, onPick: show });
  if (views.length > 1) stage.body.append(choice.root);
  stage.body.append(
    facts.root,
    kit.html("div", { class: "bf-ta-top" }, grid.root, sum.root),
    strip.root,
    kit.controls(...sliders.roots, bytes.root),
  );

  const longest = Math.max(...storage.map((text) => text.length));
  stage.onDraw(({ width }) => {
    const cellWidth = Math.max(width < 480 ? 29 : 36, 8 * longest + 10);
    for (const part of [...parts, sliders]) part.draw({ width, cellWidth });
  });
  stage.say(() => sentence(chosen()));
  return stage.start();
}

export default { render };
