/* Runs saved figures in a built page: no kernel, no network.
 *
 * Classic scripts, since browsers refuse module scripts on file://. The page carries
 *   <script src="figures/NAME.js">       puts the figure into `bookFigures.NAME`, once a class
 *   <script type="application/vnd.book.figures+json">  place -> { class, traits, buffers }
 *   <div class="live-figure" data-state="PLACE"><noscript>still picture or words</noscript></div>
 */
(() => {
  "use strict";

  const STATES = 'script[type="application/vnd.book.figures+json"]';

  const isObject = (value) => value !== null && typeof value === "object";

  function same(a, b) {
    if (Object.is(a, b)) return true;
    if (!isObject(a) || !isObject(b) || ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return false;
    return JSON.stringify(a) === JSON.stringify(b);
  }

  function bytesOf(buffer) {
    const text = buffer.encoding === "hex"
      ? buffer.data.match(/../g).map((pair) => String.fromCharCode(parseInt(pair, 16))).join("")
      : atob(buffer.data);
    return new DataView(Uint8Array.from(text, (char) => char.charCodeAt(0)).buffer);
  }

  /* The traits of one saved figure, with its buffers put back in place. */
  function traitsOf({ traits, buffers = [] }) {
    const whole = { ...traits };
    for (const buffer of buffers) {
      const path = [...buffer.path];
      const last = path.pop();
      path.reduce((inner, key) => inner[key], whole)[last] = bytesOf(buffer);
    }
    return whole;
  }

  /* The model of anywidget's front-end interface. Without a kernel nothing is sent anywhere. */
  class Model {
    constructor(traits) {
      this.traits = traits;
      this.listeners = new Map();
    }
    get(name) {
      return this.traits[name];
    }
    set(nameOrObject, value) {
      const changes = isObject(nameOrObject) ? nameOrObject : { [nameOrObject]: value };
      const changed = Object.entries(changes).filter(([name, next]) => !same(this.traits[name], next));
      for (const [name, next] of changed) this.traits[name] = next;
      for (const [name, next] of changed) this.emit(`change:${name}`, this, next);
      if (changed.length) this.emit("change", this);
    }
    save_changes() {}
    send() {}
    on(events, callback) {
      for (const event of events.split(/\s+/)) {
        this.listeners.set(event, [...(this.listeners.get(event) || []), callback]);
      }
    }
    off(events, callback) {
      if (!events) return this.listeners.clear();
      for (const event of events.split(/\s+/)) {
        const kept = (this.listeners.get(event) || []).filter((known) => callback && known !== callback);
        this.listeners.set(event, kept);
      }
    }
    emit(event, ...values) {
      for (const callback of [...(this.listeners.get(event) || [])]) callback(...values);
    }
  }

  /* The still waits inside <noscript>, where a browser with scripts keeps it as plain text. */
  function showStill(place, error) {
    const still = place.querySelector("noscript")?.textContent || "";
    const message = document.createElement("p");
    message.className = "live-figure-error";
    message.setAttribute("role", "status");
    message.textContent = `This figure could not start (${error.message}). ` +
      (still ? "Its still picture is shown instead." : "The text around it carries the lesson.");
    place.replaceChildren(...new DOMParser().parseFromString(still, "text/html").body.childNodes, message);
    place.dataset.failed = "true";
    console.error("live figure:", error);
  }

  function mount(place, state, cleanups) {
    try {
      if (!state) throw new Error("its state was not saved with the page");
      const figure = globalThis.bookFigures?.[state.class];
      if (!figure) throw new Error(`its script ${state.class}.js was not loaded`);
      const el = document.createElement("div");
      place.append(el);
      place.model = new Model(traitsOf(state));
      cleanups.push(figure.render({ model: place.model, el }));
      place.dataset.mounted = "true";
    } catch (error) {
      showStill(place, error);
    }
  }

  function start() {
    const cleanups = [];
    const states = {};
    for (const tag of document.querySelectorAll(STATES)) Object.assign(states, JSON.parse(tag.textContent));
    /** @type {NodeListOf<HTMLElement>} */
    const places = document.querySelectorAll(".live-figure");
    for (const place of places) {
      mount(place, states[place.dataset.state], cleanups);
    }
    addEventListener("pagehide", (event) => {
      // A page kept for the back button keeps its figures too.
      if (!event.persisted) { for (const clean of cleanups) if (typeof clean === "function") clean(); }
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
