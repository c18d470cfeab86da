/* Runs saved anywidget figures in a built page: no kernel, no network.
 *
 * A classic script, since browsers refuse module scripts on file://. The page carries
 *   <script type="application/vnd.jupyter.widget-state+json">  every model; texts shared by models
 *       ("sources") once
 *   <div class="live-figure" data-model="ID"><noscript>still picture</noscript></div>  its place
 * Each distinct module is imported once (through a blob URL) and each distinct style sheet added once.
 */
(() => {
  "use strict";

  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const modules = new Map(); // text of a module -> promise of the imported module
  const sheets = new Set(); // texts of the style sheets already in the page

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

  /* The traits of one saved model, with its buffers and its shared texts put back in place. */
  function traitsOf(entry, sources) {
    const traits = { ...entry.state };
    for (const [name, index] of Object.entries(entry.sources || {})) traits[name] = sources[index];
    for (const buffer of entry.buffers || []) {
      const path = [...buffer.path];
      const last = path.pop();
      path.reduce((inner, key) => inner[key], traits)[last] = bytesOf(buffer);
    }
    return traits;
  }

  /* The model of anywidget's front-end interface. Without a kernel nothing is sent anywhere. */
  class Model {
    constructor(traits, manager) {
      this.traits = traits;
      this.listeners = new Map();
      this.widget_manager = manager;
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

  function load(text) {
    if (!modules.has(text)) {
      const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      modules.set(text, import(address).finally(() => URL.revokeObjectURL(address)));
    }
    return modules.get(text);
  }

  function addStyle(text) {
    if (!text || sheets.has(text)) return;
    sheets.add(text);
    document.head.append(Object.assign(document.createElement("style"), { textContent: text }));
  }

  /* A module exports `render`/`initialize`, or a default object or function that gives them. */
  async function definitionOf(module) {
    const given = module.default ?? module;
    return typeof given === "function" ? await given() : given;
  }

  /* One model, initialised once however many views it has. */
  function open(entry, sources, manager, cleanups) {
    let opened;
    return () => (opened ??= (async () => {
      const traits = traitsOf(entry, sources);
      if (!traits._esm) throw new Error("the saved figure has no code");
      addStyle(traits._css);
      const definition = await definitionOf(await load(traits._esm));
      const model = new Model(traits, manager);
      const controller = new AbortController();
      cleanups.push(() => controller.abort());
      const context = { model, signal: controller.signal, experimental: { invoke: noKernel } };
      cleanups.push(await definition.initialize?.(context));
      return { definition, model, context };
    })());
  }

  function noKernel() {
    return Promise.reject(new Error("this page has no Python kernel"));
  }

  /* The still picture waits inside <noscript>, where a browser with scripts keeps it as plain text. */
  function showStill(place, error) {
    const still = place.querySelector("noscript")?.textContent || "";
    const message = document.createElement("p");
    message.className = "live-figure-error";
    message.setAttribute("role", "status");
    message.textContent = `This figure could not start (${error.message}). `
      + (still ? "Its still picture is shown instead." : "The text around it carries the lesson.");
    place.replaceChildren(...new DOMParser().parseFromString(still, "text/html").body.childNodes, message);
    place.dataset.failed = "true";
    console.error("live figure:", error);
  }

  async function mount(place, openers, cleanups) {
    try {
      const opener = openers.get(place.dataset.model);
      if (!opener) throw new Error("its state was not saved with the page");
      const { definition, model, context } = await opener();
      const el = document.createElement("div");
      place.append(el);
      cleanups.push(await definition.render?.({ ...context, model, el }));
      place.dataset.mounted = "true";
    } catch (error) {
      showStill(place, error);
    }
  }

  function start() {
    const openers = new Map();
    const cleanups = [];
    const manager = { get_model: async (id) => (await openers.get(id.replace("IPY_MODEL_", ""))()).model };
    for (const tag of document.querySelectorAll(STATE)) {
      const saved = JSON.parse(tag.textContent);
      for (const [id, entry] of Object.entries(saved.state)) {
        openers.set(id, open(entry, saved.sources || [], manager, cleanups));
      }
    }
    for (const place of document.querySelectorAll(".live-figure")) mount(place, openers, cleanups);
    addEventListener("pagehide", (event) => {
      // A page kept for the back button keeps its figures too.
      if (!event.persisted) for (const clean of cleanups) if (typeof clean === "function") clean();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
