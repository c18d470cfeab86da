/** KitGallery: one part of the kit, alive. appendix/kit.md shows each function below beside what it makes. */
import * as kit from "../kit/index.js";

/** @typedef {kit.Stage<any>} Stage */

/** @param {Stage} stage */
function controls(stage) {
  const rate = kit.slider({
    label: "learning rate",
    value: 0.1,
    ticks: [{ value: 0.5, label: "half" }],
    onInput: (lr) => stage.set({ heard: `lr is ${kit.format(lr)}` }),
  });
  const shuffle = kit.toggle({
    label: "shuffle",
    onChange: (on) => stage.set({ heard: `shuffle is ${on}` }),
  });
  const update = kit.choice({
    label: "update with",
    options: [{ value: "mean", label: "the mean" }, { value: "sum", label: "the sum" }],
    value: "mean",
    onChange: (chosen) => stage.set({ heard: `update is ${chosen}` }),
  });
  const reset = kit.button({
    label: "Reset",
    icon: "reset",
    onClick: () => {
      rate.value = 0.1; // tells nobody
      stage.set({ heard: "reset was pressed" });
    },
  });
  stage.body.append(kit.controls(rate.root, shuffle.root, update.root, reset.root));
}

/** @param {Stage} stage */
function player(stage) {
  const run = kit.player(stage, {
    label: "step",
    length: () => 21,
    at: () => stage.state.step,
    onMove: (step) => stage.set({ step, heard: `step is ${step}` }),
    describe: (step) => `${step} of 20`,
  });
  stage.body.append(run.root);
  stage.onDraw(() => run.refresh());
}

/** @param {Stage} stage */
function panel(stage) {
  const plot = kit.panel({ title: "A loss of one parameter", x: { label: "w" }, y: { label: "loss" } });
  const curve = kit.svg("path", { class: "kg-curve" });
  plot.marks.append(curve);
  const ball = kit.handle(plot, {
    x: { label: "w", min: -1, max: 1, step: 0.05 },
    get: () => [stage.state.w, stage.state.w ** 2],
    onInput: ([w]) => stage.set({ w, heard: `w is ${kit.format(w)}` }),
    role: "loss",
  });
  stage.body.append(plot.root);
  stage.onDraw(({ width }) => {
    plot.layout({ width, height: 240, x: [-1.1, 1.1], y: [-0.1, 1.2] });
    const places = Array.from({ length: 45 }, (_, i) => -1.1 + i / 20);
    kit.set(curve, { d: plot.line(places.map((w) => [w, w ** 2])) });
    ball.place();
  });
}

/** @param {Stage} stage */
function cells(stage) {
  const row = kit.cells({
    label: "a row of numbers",
    current: () => stage.state.cell,
    onPick: (cell) => stage.set({ cell, heard: `cell ${cell} is lit` }),
  });
  stage.body.append(kit.svg("svg", { role: "group", width: 268, height: 40 }, row.root));
  stage.onDraw(({ state }) => {
    const box = { y: 2, width: 40, height: 36 };
    row.draw([3, 1, 4, 1, 5, 9].map((number, key) => ({
      ...box,
      key,
      x: 2 + 44 * key,
      text: String(number),
      label: `cell ${key}: ${number}`,
      classes: key === state.cell ? "bf-lit" : "",
    })));
  });
}

/** @param {Stage} stage */
function tensors(stage) {
  const shape = [2, 2, 3];
  const index = (place) => `x[${kit.unravel(place, shape).join(", ")}]`;
  const frames = kit.svg("g");
  const elements = kit.cells({
    label: "x",
    current: () => stage.state.cell,
    onPick: (cell) => stage.set({ cell, heard: `${index(cell)} is lit` }),
  });
  const picture = kit.svg("svg", { role: "group" }, frames, elements.root);
  stage.body.append(picture);
  stage.onDraw(({ width, state }) => {
    const cell = kit.fitCell([shape], width);
    const grid = kit.nestedGrid(shape, { cell });
    kit.set(picture, { width: grid.width, height: grid.height });
    kit.drawFrames(frames, grid.frames);
    elements.draw(grid.places.map((place, key) => ({
      ...place,
      ...cell,
      key,
      text: String(key),
      label: `${index(key)} = ${key}`,
      classes: key === state.cell ? "bf-lit" : "",
    })));
  });
}

/** @param {Stage} stage */
function colours(stage) {
  const roles = stage.model.get("roles");
  const swatches = kit.cells({
    label: "colours",
    current: () => stage.state.cell,
    onPick: (cell) => stage.set({ cell, heard: `var(--bf-${roles[cell]})` }),
  });
  const names = kit.svg("g", { "aria-hidden": "true" });
  const height = 2 + 40 * Math.ceil(roles.length / 2);
  stage.body.append(kit.svg("svg", { role: "group", width: 280, height }, swatches.root, names));
  const spot = (key) => ({ x: 2 + 140 * (key % 2), y: 2 + 40 * Math.floor(key / 2) });
  kit.clear(
    names,
    roles.map((role, key) => kit.svg("text", { x: spot(key).x + 54, y: spot(key).y + 24 }, role)),
  );
  stage.onDraw(({ state }) => {
    const box = { width: 44, height: 36 };
    swatches.draw(roles.map((role, key) => ({
      ...spot(key),
      ...box,
      key,
      label: role,
      fill: `var(--bf-${role})`,
      classes: key === state.cell ? "bf-also" : "",
    })));
  });
}

// ---------------------------------------------------------------- the figure around a part

const PARTS = { controls, player, panel, cells, tensors, colours };

function render({ model, el }) {
  const part = model.get("part");
  const stage = kit.stage({
    model,
    el,
    name: "KitGallery",
    label: `The kit: ${part}`,
    state: { heard: "nothing yet", step: 0, w: 0.6, cell: 0 },
  });
  PARTS[part](stage);
  const heard = kit.html("p", { class: "kg-heard" });
  stage.body.append(heard);
  stage.onDraw(({ state }) => {
    heard.textContent = `The figure heard: ${state.heard}.`;
  });
  stage.say(() => `The figure heard: ${stage.state.heard}.`);
  return stage.start();
}

export default { render };
