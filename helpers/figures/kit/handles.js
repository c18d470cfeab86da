/**
 * The kit's handles: points to drag in a drawing, each with a native range that a keyboard reaches.
 */
import { html, set, svg } from "./elements.js";
import { clamp, format } from "./numbers.js";

/**
 * @typedef {{ label: string, min: number, max: number, step: number }} Range
 *
 * @typedef {object} Surface What a handle needs of a panel.
 * @property {HTMLElement} root
 * @property {SVGSVGElement} svg
 * @property {SVGGElement} over
 * @property {(value: number) => number} x
 * @property {(value: number) => number} y
 * @property {import("./panel.js").Panel["toData"]} toData
 */

/**
 * A point to drag in a panel: two labelled ranges that share one ring, so that a keyboard and a screen
 * reader have what a finger has. `get()` gives [x, y];
 * `onInput([x, y])` is told. Left/right move x, up/down move y, Shift ten times as far, Home/End go to the
 * ends, Escape takes a drag back. With `tap: true` a tap anywhere in the panel moves the point there.
 * Without `y` the point moves along x alone: one range, and only the x that `onInput` is told counts.
 * Call `place()` in the drawing.
 *
 * @param {Surface} panel
 * @param {object} options
 * @param {Range} options.x
 * @param {Range | null} [options.y]
 * @param {() => number[]} options.get
 * @param {(point: number[]) => void} options.onInput
 * @param {string} [options.role] a colour's name
 * @param {boolean} [options.tap]
 */
export function handle(panel, { x, y = null, get, onInput, role = "path", tap = true }) {
  const ring = svg("circle", { r: 13, class: "bf-focus-ring" });
  const dot = svg("circle", { r: 8, class: "bf-dot", style: `fill: var(--bf-${role})` });
  const hit = svg("circle", { r: 22, class: "bf-hit" });
  const knob = svg("g", { class: "bf-handle", "aria-hidden": "true" }, ring, dot, hit);
  panel.over.append(knob);
  const axes = [x, y].filter(Boolean);
  const put = (point) => onInput(point.map((value, i) => (axes[i] ? snap(value, axes[i]) : value)));
  const inputs = axes.map(rangeOf);
  panel.root.append(html("span", { class: "bf-hidden" }, inputs));
  let before = get();

  function rangeOf(axis, index) {
    const input = html("input", {
      type: "range",
      min: axis.min,
      max: axis.max,
      step: axis.step,
      "aria-label": axis.label,
    });
    set(input, {
      onfocus: () => {
        before = get();
        knob.classList.add("bf-focused");
      },
      onblur: () => knob.classList.remove("bf-focused"),
      oninput: () => put(get().map((old, i) => (i === index ? Number(input.value) : old))),
      onkeydown: (event) => handleKey(event, { index, axes, get, put, before: () => before }),
    });
    return input;
  }
  const drag = (event) => put(panel.toData(event));
  dragging(hit, {
    drag,
    grab: () => {
      before = get();
      inputs[0].focus({ preventScroll: true });
    },
  });
  if (tap) {
    panel.svg.addEventListener("click", (event) => {
      if (event.target !== hit) drag(event);
    });
  }
  return {
    inputs,
    place() {
      const point = get();
      set(knob, { transform: `translate(${panel.x(point[0])},${panel.y(point[1])})` });
      inputs.forEach((input, i) => {
        input.value = String(point[i]);
        input.setAttribute("aria-valuetext", format(point[i]));
      });
    },
  };
}

/**
 * A knob to drag that is a slider's twin in a drawing: keys, name and Escape are the slider's. Put `knob` into
 * an <svg> and call `place(x, y)` in the drawing; `onInput(toValue(x))` is told the pointer's x in pixels of
 * that <svg>. `dot` is the class that colours it.
 *
 * @param {import("./controls.js").Slider} slider
 * @param {{ toValue: (x: number) => number, onInput: (value: number) => void, dot: string }} options
 */
export function sliderKnob(slider, { toValue, onInput, dot }) {
  const hit = svg("circle", { r: 22, class: "bf-hit" });
  const knob = svg(
    "g",
    { class: "bf-handle", "aria-hidden": "true" },
    svg("circle", { r: 11, class: "bf-focus-ring" }),
    svg("circle", { r: 8, class: `bf-dot ${dot}` }),
    hit,
  );
  dragging(hit, {
    grab: () => focusAnew(slider.input),
    drag: (event) => onInput(toValue(event.clientX - hit.ownerSVGElement.getBoundingClientRect().left)),
  });
  slider.input.addEventListener("focus", () => knob.classList.add("bf-focused"));
  slider.input.addEventListener("blur", () => knob.classList.remove("bf-focused"));
  return { knob, place: (x, y) => set(knob, { transform: `translate(${x},${y})` }) };
}

/**
 * Focus a slider's input as if for the first time: it then remembers the value to which Escape leads back.
 *
 * @param {HTMLInputElement} input
 */
export function focusAnew(input) {
  input.blur();
  input.focus({ preventScroll: true });
}

/**
 * Call `grab()` when `target` is pressed, then `drag(event)` at each move until it is let go.
 *
 * @param {SVGElement} target
 * @param {{ grab: () => void, drag: (event: PointerEvent) => void }} options
 */
export function dragging(target, { grab, drag }) {
  keepTouches(target);
  target.addEventListener("pointerdown", (event) => {
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", drag);
    grab();
    event.preventDefault();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    target.addEventListener(end, () => target.removeEventListener("pointermove", drag));
  }
}

/**
 * Keep a finger's movement from scrolling the page, which would cancel the drag. CSS alone does not:
 * browsers heed touch-action on an <svg>, but not on the shapes inside it.
 *
 * @param {Element} node
 */
export function keepTouches(node) {
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
}

function snap(value, { min, max, step }) {
  return clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max);
}

function handleKey(event, { index, axes, get, put, before }) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  if (axes.length === 1) Object.assign(moves, { ArrowDown: moves.ArrowLeft, ArrowUp: moves.ArrowRight });
  const ends = { Home: "min", End: "max" };
  const point = get();
  const many = event.shiftKey ? 10 : 1;
  if (event.key === "Escape") put(before());
  else if (moves[event.key]) {
    put(point.map((old, i) => old + many * moves[event.key][i] * (axes[i]?.step ?? 0)));
  } else if (ends[event.key]) put(point.map((old, i) => (i === index ? axes[i][ends[event.key]] : old)));
  else return;
  event.preventDefault();
}
