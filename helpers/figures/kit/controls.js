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
 * A line of code to edit, and a menu of examples. `get()` gives the code, `write(code)` is told.
 *
 * @param {{ label: string, get: () => string, write: (code: string) => void, examples: string[] }} options
 */
export function codeEntry({ label, get, write, examples }) {
  const input = html("input", {
    type: "text",
    class: "bf-code-input",
    "aria-label": label,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    oninput: () => write(input.value),
  });
  const choose = () => {
    write(menu.value);
    menu.value = "";
  };
  const menu = html(
    "select",
    { class: "bf-examples", "aria-label": `examples: ${label}`, onchange: choose },
    html("option", { value: "" }, "examples"),
    examples.map((text) => html("option", { value: text }, text)),
  );
  const draw = () => {
    if (input.value !== get()) input.value = get();
  };
  return { root: html("div", { class: "bf-write" }, input, menu), draw };
}
