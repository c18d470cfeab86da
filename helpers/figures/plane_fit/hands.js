/**
 * PlaneFit's hands: what turns the plane, and what lifts a corner.
 */
import * as kit from "../kit/index.js";
import { heightsOf, planeThrough } from "./maths.js";

export const CORNERS = [[-1, -1], [1, -1], [-1, 1], [1, 1]];

/** A native range that is only heard and reached by keys; `get`, `put` and `undo` act on its value. */
function hiddenRange({ label, min, max, step, get, put, text, onFocus = () => {}, onBlur = () => {} }) {
  const input = kit.html("input", { type: "range", min, max, step, "aria-label": label });
  let before = get();
  const move = (value) => put(kit.clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max));
  kit.set(input, {
    onfocus: () => {
      before = get();
      onFocus();
    },
    onblur: onBlur,
    oninput: () => move(Number(input.value)),
    onkeydown: (event) => {
      const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
      if (event.key === "Escape") put(before);
      else if (ways[event.key]) move(get() + ways[event.key] * step * (event.shiftKey ? 10 : 1));
      else return;
      event.preventDefault();
    },
  });
  return {
    input,
    move,
    refresh: () => {
      input.value = get();
      input.setAttribute("aria-valuetext", text(get()));
    },
  };
}

/** Let `target` be dragged: `begin()`, then `move(right, down)` in pixels since the start. */
function draggable(target, { begin, move, cancel }) {
  target.addEventListener("pointerdown", (event) => {
    const from = [event.clientX, event.clientY];
    target.setPointerCapture(event.pointerId);
    begin();
    const go = (later) => move(later.clientX - from[0], later.clientY - from[1]);
    const key = (pressed) => {
      if (pressed.key === "Escape") {
        cancel();
        stop();
      }
    };
    const stop = () => {
      target.removeEventListener("pointermove", go);
      document.removeEventListener("keydown", key, true);
    };
    target.addEventListener("pointermove", go);
    document.addEventListener("keydown", key, true);
    for (const end of ["pointerup", "pointercancel"]) target.addEventListener(end, stop, { once: true });
    event.preventDefault();
  });
}

/** The view: dragging the background turns and tilts it; two labelled ranges do the same. */
export function turning(stage, root, hit) {
  const degrees = (value) => `${Math.round(value)} degrees`;
  const axis = (name, label, min, max) =>
    hiddenRange({
      label,
      min,
      max,
      step: 5,
      text: degrees,
      get: () => stage.state[name],
      put: (value) => stage.set({ [name]: value }),
      onFocus: () => root.classList.add("pf-focused"),
      onBlur: () => root.classList.remove("pf-focused"),
    });
  const axes = [axis("turn", "view: turn", -180, 180), axis("tilt", "view: tilt", 0, 90)];
  root.append(kit.html("span", { class: "bf-hidden" }, axes.map(({ input }) => input)));
  let from = {};
  const around = (turn) => ((((turn + 180) % 360) + 360) % 360) - 180;
  draggable(hit, {
    begin: () => {
      const { turn, tilt } = stage.state;
      from = { turn, tilt };
    },
    move: (right, down) =>
      stage.set({ turn: around(from.turn + right / 2), tilt: kit.clamp(from.tilt + down / 2, 0, 90) }),
    cancel: () => stage.set(from),
  });
  return { place: () => axes.forEach((range) => range.refresh()) };
}

/** One corner of the plane, to lift and to lower: training then starts from there. */
export function cornerHandle(stage, root, layer, corner, { low, high, change, unit }) {
  const heights = () => heightsOf(stage.state.run.points[stage.state.at]);
  const put = (value) =>
    change({ start: planeThrough(heights().map((old, i) => (i === corner ? value : old))), at: 0 });
  const arrows = kit.svg("path", { class: "pf-arrows", d: "M-3,-11L0,-15L3,-11M-3,11L0,15L3,11" });
  const knob = kit.knob({ dot: "pf-knob", size: 7, marks: [arrows] });
  knob.hit.classList.add("pf-lift");
  layer.append(knob.root);
  const where = `x₁ = ${CORNERS[corner][0]}, x₂ = ${CORNERS[corner][1]}`.replaceAll("-", "−");
  const range = hiddenRange({
    label: `height of the plane at ${where}`,
    min: low,
    max: high,
    step: 0.1,
    get: () => heights()[corner],
    put,
    text: (value) => kit.format(value),
    onFocus: () => knob.focus(true),
    onBlur: () => knob.focus(false),
  });
  root.append(kit.html("span", { class: "bf-hidden" }, range.input));
  let [from, before] = [0, null];
  kit.keepTouches(knob.hit);
  draggable(knob.hit, {
    begin: () => {
      const { start, at } = stage.state;
      [from, before] = [kit.clamp(heights()[corner], low, high), { start, at }];
      range.input.focus({ preventScroll: true });
    },
    // Seen from straight above, heights have no length on the screen.
    move: (_right, down) => range.move(from - down / Math.max(unit().pixels, 12)),
    cancel: () => change(before),
  });
  return {
    place: (/** @type {number[]} */ [x, y], { width, height }) => {
      knob.place(kit.clamp(x, 12, width - 12), kit.clamp(y, 16, height - 16));
      range.refresh();
    },
  };
}
