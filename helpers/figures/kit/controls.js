/**
 * The kit's controls: native inputs that answer mouse, touch and keyboard alike.
 */
import { html, serial, set, svg } from "./elements.js";
import { clamp, format } from "./numbers.js";
import { reducedMotion } from "./stage.js";

const ICONS = {
  play: "M4,2 L14,8 L4,14 Z",
  pause: "M4,2 H7 V14 H4 Z M9,2 H12 V14 H9 Z",
  step: "M3,2 L10,8 L3,14 Z M11,2 H13 V14 H11 Z",
  reset: "M8,2 A6,6 0 1 0 14,8 H12 A4,4 0 1 1 8,4 V6.5 L12,3.2 L8,0 Z",
};

/**
 * A button; its icon is drawn, since fonts differ.
 *
 * @param {{ label: string, icon?: keyof ICONS | null, onClick: (event: MouseEvent) => void }} options
 */
export function button({ label, icon = null, onClick }) {
  const shape = svg("path", { d: ICONS[icon] ?? "" });
  const text = html("span", {}, label);
  const picture = icon
    ? svg("svg", { viewBox: "0 0 16 16", class: "bf-icon", "aria-hidden": "true" }, shape)
    : null;
  const root = html("button", { type: "button", class: "bf-button", onclick: onClick }, picture, text);
  const relabel = (/** @type {string} */ name, /** @type {keyof ICONS | null} */ newIcon = null) => {
    text.textContent = name;
    if (newIcon) set(shape, { d: ICONS[newIcon] });
  };
  return { root, relabel };
}

/**
 * @typedef {object} SliderOptions
 * @property {string} label
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {number[] | null} [values]
 * @property {number} value
 * @property {{ value: number, label: string }[]} [ticks]
 * @property {(value: number) => string} [format]
 * @property {(value: number) => void} onInput
 *
 * @typedef {{ root: HTMLElement, input: HTMLInputElement, value: number }} Slider
 */

/**
 * A labelled range. `values` makes it a ladder over that list instead of min/max/step.
 * `format(value)` is what the reader sees and hears; `ticks: [{ value, label }]` are clickable marks.
 * Shift with an arrow steps ten times as far; Escape takes the change back.
 * Setting the `value` of what it returns does not call `onInput`.
 *
 * @param {SliderOptions} options
 * @returns {Slider}
 */
export function slider({
  label,
  min = 0,
  max = 1,
  step = 0.01,
  values = null,
  value,
  ticks = [],
  format: show = (number) => format(number),
  onInput,
}) {
  const [low, high, pace] = values ? [0, values.length - 1, 1] : [min, max, step];
  const toValue = (position) => (values ? values[position] : position);
  const toPosition = (wanted) => (values ? Math.max(0, values.indexOf(wanted)) : wanted);
  const input = html("input", { type: "range", min: low, max: high, step: pace, "aria-label": label });
  const output = html("output", { class: "bf-value", "aria-hidden": "true" });
  const refresh = () => {
    output.textContent = show(toValue(Number(input.value)));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  const move = (position) => {
    input.value = position;
    refresh();
    onInput(toValue(Number(input.value)));
  };
  let before = 0;
  const remember = () => {
    before = Number(input.value);
  };
  set(input, { onfocus: remember, onpointerdown: remember, oninput: () => move(Number(input.value)) });
  input.addEventListener("keydown", (event) => sliderKey(event, { input, pace, move, before: () => before }));
  const marks = ticks.map((tick) => tickButton(tick, { low, high, toPosition, move }));
  const root = html(
    "label",
    { class: "bf-slider" },
    html("span", { class: "bf-label" }, label),
    output,
    html(
      "span",
      { class: "bf-track" },
      input,
      marks.length ? html("span", { class: "bf-ticks" }, marks) : null,
    ),
  );
  const self = {
    root,
    input,
    get value() {
      return toValue(Number(input.value));
    },
    set value(wanted) {
      input.value = toPosition(wanted);
      refresh();
    },
  };
  self.value = value;
  return self;
}

function sliderKey(event, { input, pace, move, before }) {
  const arrows = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
  if (event.key === "Escape") move(before());
  else if (event.shiftKey && arrows[event.key]) move(Number(input.value) + 10 * pace * arrows[event.key]);
  else return;
  event.preventDefault();
}

function tickButton({ value, label }, { low, high, toPosition, move }) {
  const share = (toPosition(value) - low) / (high - low);
  // A range's thumb stops half its own width short of both ends of the track.
  const centre = share < 0.05 ? "12px" : share > 0.95 ? "calc(100% - 12px)" : "50%"; // no label leaves the figure
  const place = `left: calc(10px + ${share} * (100% - 20px)); --centre: ${centre}`;
  return html("button", {
    type: "button",
    class: "bf-tickmark",
    style: place,
    onclick: (event) => {
      event.preventDefault();
      move(toPosition(value));
    },
  }, label);
}

/**
 * A checkbox.
 *
 * @param {{ label: string, checked?: boolean, onChange: (checked: boolean) => void }} options
 */
export function toggle({ label, checked = false, onChange }) {
  const input = html("input", { type: "checkbox", onchange: () => onChange(input.checked) });
  input.checked = checked;
  return { root: html("label", { class: "bf-toggle" }, input, html("span", {}, label)), input };
}

/**
 * One of a few options, as radio buttons in a row.
 *
 * @template V
 * @param {object} options
 * @param {string} options.label
 * @param {{ value: V, label: string }[]} options.options
 * @param {V} options.value
 * @param {(value: V) => void} options.onChange
 */
export function choice({ label, options, value, onChange }) {
  const group = `bf-choice-${serial()}`;
  const radios = options.map((option) => {
    const input = html("input", { type: "radio", name: group, onchange: () => onChange(option.value) });
    input.checked = option.value === value;
    return html("label", { class: "bf-option" }, input, html("span", {}, option.label));
  });
  return {
    root: html("fieldset", { class: "bf-choice" }, html("legend", { class: "bf-label" }, label), radios),
  };
}

/**
 * Play, step, reset and a scrubbing range over `length()` positions 0 .. length() - 1.
 * The figure keeps the position: `at()` reads it, `onMove(position)` sets it, `home()` is where Reset goes. A run lasts 6 s at most,
 * stops at its end and when it leaves the screen; with reduced motion Play jumps to the end.
 *
 * @param {import("./stage.js").Stage<any>} stage
 * @param {object} options
 * @param {() => number} options.length
 * @param {() => number} options.at
 * @param {(position: number) => void} options.onMove
 * @param {() => void} [options.onReset]
 * @param {() => number} [options.home]
 * @param {string} [options.label]
 * @param {(position: number) => string} [options.describe]
 */
export function player(
  stage,
  { length, at, onMove, onReset = () => {}, home = () => 0, label = "progress", describe = String },
) {
  let frame = 0;
  const last = () => Math.max(0, length() - 1);
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    toggleButton.relabel("Play", "play");
  };
  const go = (position) => {
    onMove(clamp(position, 0, last()));
    refresh();
  };
  const play = () => {
    if (reducedMotion()) return go(last());
    const from = at() >= last() ? 0 : at();
    const pace = Math.min(400, 6000 / Math.max(1, last()));
    const begun = performance.now();
    toggleButton.relabel("Pause", "pause");
    const tick = (now) => {
      go(from + Math.floor((now - begun) / pace));
      if (at() >= last()) stop();
      else frame = requestAnimationFrame(tick);
    };
    go(from);
    frame = requestAnimationFrame(tick);
  };
  const toggleButton = button({ label: "Play", icon: "play", onClick: () => (frame ? stop() : play()) });
  const stepButton = button({
    label: "Step",
    icon: "step",
    onClick: () => {
      stop();
      go(at() + 1);
    },
  });
  const resetButton = button({
    label: "Reset",
    icon: "reset",
    onClick: () => {
      stop();
      onReset();
      go(home());
    },
  });
  const scrub = slider({
    label,
    min: 0,
    max: last(),
    step: 1,
    value: at(),
    format: describe,
    onInput: (position) => {
      stop();
      onMove(position);
    },
  });
  const refresh = () => {
    set(scrub.input, { max: last() });
    scrub.value = at();
  };
  const offscreen = new IntersectionObserver(([entry]) => {
    if (frame && !entry.isIntersecting) stop();
  });
  offscreen.observe(stage.root);
  stage.onCleanup(() => {
    stop();
    offscreen.disconnect();
  });
  const buttons = html("div", { class: "bf-buttons" }, toggleButton.root, stepButton.root, resetButton.root);
  return { root: html("div", { class: "bf-player" }, buttons, scrub.root), refresh, stop };
}

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
 * @param {Slider} slider
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
