/**
 * The drawing kit: what the interactive figures of the book share.
 *
 *   import * as kit from "../kit/index.js";
 *
 *   function render({ model, el }) {
 *     const state = kit.traits(model, ["lr"]);
 *     const stage = kit.stage({ model, el, name: "MyFigure", label: "What a reader sees here", state });
 *     const plane = kit.panel({ title: "Parameter space", x: { label: "w" }, y: { label: "b" } });
 *     const rate = kit.slider({ label: "learning rate", value: state.lr, onInput: (lr) => stage.set({ lr }) });
 *     stage.body.append(plane.root, kit.controls(rate.root));
 *     stage.onDraw(({ width, state }) => { plane.layout({ width, height: 300, x: [-1, 1], y: [0, 2] }); ... });
 *     stage.say(() => `The learning rate is ${kit.format(stage.state.lr)}.`);
 *     return stage.start(); // draws, marks the figure ready, returns the clean-up
 *   }
 *
 *   export default { render };
 *
 * What a function takes and gives stands beside it. Modules that only compute import `./numbers.js`,
 * `./tensors.js` or `./decode.js` alone: those touch no document.
 *
 * Colours are CSS variables, one meaning each: `var(--bf-data)` and so on, from `helpers/palette.py`.
 */

export * from "./cells.js"; // elements touched one at a time, with one tab stop
export * from "./controls.js"; // buttons, sliders, choices, a player, a line of code
export * from "./elements.js"; // HTML and SVG nodes
export * from "./handles.js"; // points to drag
export * from "./numbers.js"; // numbers as a reader sees them
export * from "./panel.js"; // a framed plot
export * from "./scales.js"; // from data to pixels, and lines
export * from "./stage.js"; // one mounted figure
export * from "./tensors.js"; // views, storages, and where their elements are drawn
