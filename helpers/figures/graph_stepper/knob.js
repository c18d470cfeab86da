/**
 * The knob on a leaf of GraphStepper, the twin of its slider.
 */
import * as kit from "../kit/index.js";

/** A knob on a track inside a leaf's node; the slider of the same leaf is its twin for keys. */
export function leafKnob({ node, range, get, onInput, twin }) {
  const track = kit.svg("line", { class: "gs-track" });
  const knob = kit.knob({ dot: "gs-knob", size: 7 });
  const root = kit.svg("g", { "aria-hidden": "true" }, track, knob.root);
  let scale = kit.scale(range, [0, 1]);
  const [low, high] = range;
  const drag = (event) =>
    onInput(
      kit.clamp(scale.invert(event.clientX - root.ownerSVGElement.getBoundingClientRect().left), low, high),
    );
  kit.dragging(knob.hit, { drag, grab: () => kit.focusAnew(twin()) });
  const place = ({ x, y, width }) => {
    scale = kit.scale(range, [x + 14, x + width - 14]);
    kit.set(track, { x1: x + 12, x2: x + width - 12, y1: y + 34, y2: y + 34 });
    knob.place(scale(get()), y + 34);
  };
  return { root, node, place, focus: knob.focus };
}
