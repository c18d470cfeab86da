/**
 * The knob on a leaf of GraphStepper, the twin of its slider.
 */
import * as kit from "../kit/index.js";

/** A knob on a track inside a leaf's node; the slider of the same leaf is its twin for keys. */
export function leafKnob({ node, range, get, onInput, twin }) {
  const track = kit.svg("line", { class: "gs-track" });
  const [ring, dot, hit] = [[12, "bf-focus-ring"], [7, "bf-dot gs-knob"], [22, "bf-hit"]].map(([r, name]) =>
    kit.svg("circle", { r, class: name })
  );
  const knob = kit.svg("g", { class: "gs-handle" }, ring, dot, hit);
  const root = kit.svg("g", { "aria-hidden": "true" }, track, knob);
  let scale = kit.scale(range, [0, 1]);
  const [low, high] = range;
  const drag = (event) =>
    onInput(
      kit.clamp(scale.invert(event.clientX - root.ownerSVGElement.getBoundingClientRect().left), low, high),
    );
  kit.dragging(hit, { drag, grab: () => kit.focusAnew(twin()) });
  const focus = (on) => knob.classList.toggle("bf-focused", on);
  const place = ({ x, y, width }) => {
    scale = kit.scale(range, [x + 14, x + width - 14]);
    kit.set(track, { x1: x + 12, x2: x + width - 12, y1: y + 34, y2: y + 34 });
    kit.set(knob, { transform: `translate(${scale(get())},${y + 34})` });
  };
  return { root, node, place, focus };
}
