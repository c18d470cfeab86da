/** Stage: one mounted figure, with its keys, theme, width and clean-up. */
import { html, set } from "./elements.js";

export function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** "dark" or "light", as the page says (Sphinx, JupyterLab, VS Code, Colab), else as the system says. */
function pageTheme() {
  const { documentElement: page, body } = document;
  const named = page.dataset.theme ?? page.getAttribute("theme");
  if (named === "dark" || named === "light") return named;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  if (body.dataset.vscodeThemeKind) return body.dataset.vscodeThemeKind.includes("dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * What a front end keeps of a figure's traits: anywidget's, or the pages' own without a kernel.
 *
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(events: string, callback: () => void) => void} on
 */

/**
 * @template S What the reader can change.
 * @typedef {object} Stage
 * @property {HTMLElement} root
 * @property {HTMLElement} body
 * @property {Model} model
 * @property {S} state
 * @property {number} width
 * @property {() => void} invalidate
 * @property {(patch: Partial<S>, options?: { quiet?: boolean }) => void} set
 * @property {(draw: (now: { width: number, state: S }) => void) => void} onDraw
 * @property {(cleanup: () => void) => void} onCleanup
 * @property {(makeSentence: () => string) => void} say
 * @property {() => () => void} start
 */

/**
 * The values of some of a figure's traits, by their names.
 *
 * @template {string} K
 * @param {Model} model
 * @param {readonly K[]} names
 * @returns {Record<K, any>}
 */
export function traits(model, names) {
  const values = /** @type {Record<K, any>} */ ({});
  for (const name of names) values[name] = model.get(name);
  return values;
}

/**
 * Mount a figure: root element, caption, keys, theme, live sentence, redraw once a frame, clean-up.
 *
 * `stage.state` holds what the reader can change; `stage.set(patch)` changes it, sends traits of the same
 * name back to Python, and asks for a redraw. `stage.onDraw(f)` registers the drawing, called with
 * `{ width, state }`. `stage.say(f)` registers the sentence a screen reader hears 500 ms after a change.
 * `stage.onCleanup(f)`; `stage.start()` draws for the first time and returns the clean-up.
 *
 * @template {{}} S
 * @param {{ model: Model, el: HTMLElement, name: string, label: string, state: S }} figure
 * @returns {Stage<S>}
 */
export function stage({ model, el, name, label, state }) {
  const body = html("div", { class: "bf-body" });
  const live = html("p", { class: "bf-hidden", "aria-live": "polite" });
  const caption = html("figcaption", { class: "bf-caption" }, model.get("caption") ?? "");
  const root = html(
    "figure",
    { class: "book-figure", "data-figure": name, "aria-label": label },
    body,
    live,
    caption,
  );
  const draws = [];
  const cleanups = [];
  let frame = 0;
  let sentence = null;
  let timer = 0;

  const drawNow = () => {
    frame = 0;
    self.width = Math.round(body.getBoundingClientRect().width) || 700;
    for (const draw of draws) draw({ width: self.width, state: self.state });
    root.dataset.ready = "true";
  };
  const speak = () => {
    clearTimeout(timer);
    timer = setTimeout(() => sentence && (live.textContent = sentence()), 500);
  };
  /** @type {Stage<S>} */
  const self = {
    root,
    body,
    model,
    state: { ...state },
    width: 0,
    invalidate() {
      if (!frame) frame = requestAnimationFrame(drawNow);
    },
    set(patch, { quiet = false } = {}) {
      Object.assign(self.state, patch);
      sendToPython(model, patch);
      self.invalidate();
      if (!quiet) speak();
    },
    onDraw: (draw) => draws.push(draw),
    onCleanup: (cleanup) => cleanups.push(cleanup),
    say(makeSentence) {
      sentence = makeSentence;
    },
    start() {
      el.append(root);
      keepKeys(self);
      followTheme(self);
      followWidth(self);
      drawNow();
      self.onCleanup(() => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        root.remove();
      });
      return () => cleanups.splice(0).forEach((cleanup) => cleanup());
    },
  };
  return self;
}

function sendToPython(model, patch) {
  const synced = Object.entries(patch).filter(([key]) => model.get(key) !== undefined);
  for (const [key, value] of synced) model.set(key, value);
  if (synced.length) model.save_changes();
}

/**
 * JupyterLab takes the keys pressed in a notebook for its own (`b` adds a cell, `x` cuts one, arrows lead from
 * cell to cell) unless the element in focus is marked; a mark on the figure would not do. Whatever comes into
 * focus is marked here, so that a control drawn later is too, and a text that the browser lets scroll. Saving
 * stays JupyterLab's: it listens on the document, so the window hears of the key in time.
 */
function keepKeys({ root, onCleanup }) {
  const mark = ({ target, key, ctrlKey, metaKey }) => {
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (root.contains(target)) set(target, { "data-lm-suppress-shortcuts": saves ? null : "true" });
  };
  root.addEventListener("focusin", mark);
  addEventListener("keydown", mark, true);
  onCleanup(() => removeEventListener("keydown", mark, true));
}

function followTheme({ root, invalidate, onCleanup }) {
  const apply = () => {
    root.dataset.theme = pageTheme();
    invalidate();
  };
  const observer = new MutationObserver(apply);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", apply);
  onCleanup(() => {
    observer.disconnect();
    system.removeEventListener("change", apply);
  });
  root.dataset.theme = pageTheme();
}

function followWidth(self) {
  // Only a new width asks for a redraw: the figure itself sets its height.
  const observer = new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) !== self.width) self.invalidate();
  });
  observer.observe(self.body);
  self.onCleanup(() => observer.disconnect());
}
