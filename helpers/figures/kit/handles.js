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
 * What is dragged in a drawing: a dot, the ring that shows the focus, and 44 pixels for a finger. Put `root` into
 * an <svg>, give `hit` to `dragging`, call `place(x, y)` in the drawing and `focus(on)` when the input has it.
 *
 * @param {object} options
 * @param {string} [options.dot] the class that colours the dot
 * @param {string | null} [options.style] or its style
 * @param {number} [options.size] the dot's radius
 * @param {number} [options.ring] the ring's radius
 * @param {SVGElement[]} [options.marks] what lies between the dot and the finger
 */
export function knob({ dot = "", style = null, size = 8, ring = size + 5, marks = [] }) {
  const hit = svg("circle", { r: 22, class: "bf-hit" });
  const root = svg(
    "g",
    { class: "bf-handle", "aria-hidden": "true" },
    svg("circle", { r: ring, class: "bf-focus-ring" }),
    svg("circle", { r: size, class: `bf-dot ${dot}`, style }),
    marks,
    hit,
  );
  return {
    root,
    hit,
    focus: (/** @type {boolean} */ on) => root.classList.toggle("bf-focused", on),
    place: (/** @type {number} */ x, /** @type {number} */ y) =>
      set(root, { transform: `translate(${x},${y})` }),
  };
}

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
  const grip = knob({ style: `fill: var(--bf-${role})` });
  panel.over.append(grip.root);
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
        grip.focus(true);
      },
      onblur: () => grip.focus(false),
      oninput: () => put(get().map((old, i) => (i === index ? Number(input.value) : old))),
      onkeydown: (event) => handleKey(event, { index, axes, get, put, before: () => before }),
    });
    return input;
  }
  const drag = (event) => put(panel.toData(event));
  dragging(grip.hit, {
    drag,
    grab: () => {
      before = get();
      inputs[0].focus({ preventScroll: true });
    },
  });
  if (tap) {
    panel.svg.addEventListener("click", (event) => {
      if (event.target !== grip.hit) drag(event);
    });
  }
  return {
    inputs,
    place() {
      const point = get();
      grip.place(panel.x(point[0]), panel.y(point[1]));
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
  const { root, hit, focus, place } = knob({ dot, ring: 11 });
  dragging(hit, {
    grab: () => focusAnew(slider.input),
    drag: (event) => onInput(toValue(event.clientX - hit.ownerSVGElement.getBoundingClientRect().left)),
  });
  slider.input.addEventListener("focus", () => focus(true));
  slider.input.addEventListener("blur", () => focus(false));
  return { knob: root, place };
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
