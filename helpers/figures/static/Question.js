// helpers/figures/kit/elements.js
function fill(node, attributes, children) {
  set(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== void 0));
  return node;
}
function set(node, attributes = {}) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === false || value === null || value === void 0) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  return node;
}
function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

// helpers/figures/kit/stage.js
function pageTheme() {
  const { documentElement: page, body } = document;
  const named = page.dataset.theme ?? page.getAttribute("theme");
  if (named === "dark" || named === "light") return named;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  if (body.dataset.vscodeThemeKind) return body.dataset.vscodeThemeKind.includes("dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function stage({ model, el, name, label, state }) {
  const body = html("div", { class: "bf-body" });
  const live = html("p", { class: "bf-hidden", "aria-live": "polite" });
  const caption = html("figcaption", { class: "bf-caption" }, model.get("caption") ?? "");
  const root = html(
    "figure",
    { class: "book-figure", "data-figure": name, "aria-label": label },
    body,
    live,
    caption
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
    }
  };
  return self;
}
function sendToPython(model, patch) {
  const synced = Object.entries(patch).filter(([key]) => model.get(key) !== void 0);
  for (const [key, value] of synced) model.set(key, value);
  if (synced.length) model.save_changes();
}
function keepKeys({ root, onCleanup }) {
  const mark2 = ({ target, key, ctrlKey, metaKey }) => {
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (root.contains(target)) set(target, { "data-lm-suppress-shortcuts": saves ? null : "true" });
  };
  root.addEventListener("focusin", mark2);
  addEventListener("keydown", mark2, true);
  onCleanup(() => removeEventListener("keydown", mark2, true));
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
  const observer = new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) !== self.width) self.invalidate();
  });
  observer.observe(self.body);
  self.onCleanup(() => observer.disconnect());
}

// helpers/figures/kit/controls.js
var ICONS = {
  play: "M4,2 L14,8 L4,14 Z",
  pause: "M4,2 H7 V14 H4 Z M9,2 H12 V14 H9 Z",
  step: "M3,2 L10,8 L3,14 Z M11,2 H13 V14 H11 Z",
  reset: "M8,2 A6,6 0 1 0 14,8 H12 A4,4 0 1 1 8,4 V6.5 L12,3.2 L8,0 Z"
};
function button({ label, icon = null, onClick }) {
  const shape = svg("path", { d: ICONS[icon] ?? "" });
  const text = html("span", {}, label);
  const picture = icon ? svg("svg", { viewBox: "0 0 16 16", class: "bf-icon", "aria-hidden": "true" }, shape) : null;
  const root = html("button", { type: "button", class: "bf-button", onclick: onClick }, picture, text);
  const relabel = (name, newIcon = null) => {
    text.textContent = name;
    if (newIcon) set(shape, { d: ICONS[newIcon] });
  };
  return { root, relabel };
}

// helpers/figures/question/figure.js
function judge(correct, picked) {
  if (picked.length === 0) return "none";
  if (picked.some((index) => !correct[index])) return "wrong";
  return picked.length === correct.filter(Boolean).length ? "right" : "incomplete";
}
var VERDICTS = {
  none: "Choose an answer first.",
  right: "Right.",
  wrong: "Not yet. Read why, and choose again.",
  incomplete: "Right so far, but something is missing."
};
function richNodes(pieces) {
  return pieces.map(([kind, content]) => {
    if (kind === "code") return html("code", {}, content);
    if (kind === "math") return mathNode(content);
    return document.createTextNode(content);
  });
}
function mathNode(markup) {
  const parsed = new DOMParser().parseFromString(markup, "application/xml");
  return document.importNode(parsed.documentElement, true);
}
function mark(right) {
  const shape = right ? "M3,9 L7,13 L14,4" : "M4,4 L13,13 M13,4 L4,13";
  return svg(
    "svg",
    { viewBox: "0 0 17 17", class: "bf-mark", "aria-hidden": "true" },
    svg("path", { d: shape })
  );
}
function answerNode(option, { type, group, onChange }) {
  const input = html("input", { type, name: group, onchange: onChange });
  const words = html("span", {}, richNodes(option.text));
  const place = html("div", { "aria-live": "polite" });
  const root = html(
    "div",
    { class: "bf-answer" },
    html("label", { class: "bf-answer-choice" }, input, words),
    place
  );
  const explain = () => {
    if (!place.firstChild) place.append(explanationNode(option));
  };
  return { root, input, explain };
}
function explanationNode({ correct, explanation }) {
  const verdict = html("strong", {}, correct ? "Right. " : "Not this one. ");
  return html(
    "p",
    { class: `bf-explanation ${correct ? "bf-right" : "bf-wrong"}` },
    mark(correct),
    html("span", {}, verdict, richNodes(explanation))
  );
}
function render({ model, el }) {
  const options = model.get("options");
  const several = model.get("choose") === "several";
  const stage2 = stage({
    model,
    el,
    name: "Question",
    label: "Quick question",
    state: { verdict: "", shown: [] }
  });
  const group = `bf-question-${render.count++}`;
  const onChange = () => stage2.set({ verdict: "" }, { quiet: true });
  const answers = options.map(
    (option) => answerNode(option, { type: several ? "checkbox" : "radio", group, onChange })
  );
  const picked = () => answers.flatMap(({ input }, index) => input.checked ? [index] : []);
  const check = () => {
    const verdict = judge(options.map(({ correct }) => correct), picked());
    stage2.set({ verdict, shown: [.../* @__PURE__ */ new Set([...stage2.state.shown, ...picked()])] });
  };
  const showAll = () => stage2.set({ shown: options.map((_, index) => index) });
  const checkButton = button({ label: "Check", onClick: check });
  const restButton = button({ label: "Explain the other options", onClick: showAll });
  const verdictLine = html("p", { class: "bf-verdict" });
  const hint = several ? " (choose all that are true)" : "";
  stage2.body.append(
    html(
      "fieldset",
      { class: "bf-question" },
      html("legend", { class: "bf-prompt" }, html("span", {}, richNodes(model.get("prompt"))), hint),
      answers.map(({ root }) => root)
    ),
    html("div", { class: "bf-question-actions" }, checkButton.root, restButton.root, verdictLine)
  );
  stage2.onDraw(({ state: { verdict, shown } }) => {
    shown.forEach((index) => answers[index].explain());
    verdictLine.textContent = VERDICTS[verdict] ?? "";
    restButton.root.hidden = verdict !== "right" || shown.length === options.length;
  });
  stage2.say(() => VERDICTS[stage2.state.verdict] ?? "");
  return stage2.start();
}
render.count = 0;
var figure_default = { render };
export {
  figure_default as default,
  judge
};
