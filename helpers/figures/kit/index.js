/**
 * The drawing kit: what every interactive figure of the book shares.
 *
 * `base.py` joins this file and `kit_controls.js` in front of a figure's own module, since a module loaded
 * from a blob cannot import a sibling. Everything exported here is reached through one name, `kit`:
 *
 *   function render({ model, el }) {
 *     const stage = kit.stage({ model, el, name: "DescentLab", label: "Gradient descent on a line" });
 *     const plane = kit.panel({ title: "Parameter space", x: { label: "w" }, y: { label: "b" } });
 *     const rate = kit.slider({ label: "learning rate", min: 0, max: 1, step: 0.01, value: 0.1,
 *                                      onInput: (lr) => stage.set({ lr }) });
 *     stage.body.append(kit.row(plane.root), kit.controls(rate.root));
 *     stage.onDraw(({ width }) => { plane.layout({ width, height: 300, x: [-1, 1], y: [0, 2] }); ... });
 *     stage.say(() => "After 3 updates the loss is 0.5.");
 *     return stage.start();           // draws, marks the figure ready, returns the clean-up
 *   }
 *   export default { render };
 *
 * Elements  html, svg, set, clear, serial  Numbers  format, percent, plural, clamp
 * Scales    scale, linePath                Frames   stage, panel, row, controls, reducedMotion
 * Controls  slider, toggle, choice, button, player, handle, sliderKnob, dragging, focusAnew (kit_controls.js)
 * Cells     cells: SVG cells with one tab stop, roaming arrows, drag (kit_grid.js)
 * Tensors   product, contiguousStride, isContiguous, readView, wrapAxis, unravel, tuple, freshTensor,
 *           elementsOf, insertAxis, describeResult, refuse, orRefusal, codeEntry, nestedGrid, fitCell,
 *           drawFrames (kit_tensors.js)
 *
 * Colours are CSS variables, one meaning each: var(--bf-data), --bf-model, --bf-loss, --bf-gradient,
 * --bf-path, --bf-highlight, --bf-muted, --bf-ink, --bf-ground, --bf-panel (`helpers/palette.py`).
 */

export * from "./cells.js";
export * from "./controls.js";
export * from "./elements.js";
export * from "./numbers.js";
export * from "./panel.js";
export * from "./scales.js";
export * from "./stage.js";
export * from "./tensors.js";
