/**
 * GraphStepper: the graph of a small expression, forward and backward, step by step.
 *
 * A graph of single numbers is live: each change of a leaf computes values and gradients anew. A graph of
 * tensors shows what torch computed.
 */
import * as kit from "../kit/index.js";
import { openingStep, snapshot, timeline } from "./maths.js";
import { graphView } from "./views.js";
import { leafKnob } from "./knob.js";
import {
  arrivals,
  happening,
  liveTexts,
  nameOf,
  numberText,
  recordedTexts,
  savedText,
  stepText,
} from "./words.js";

const TRAITS =
  /** @type {const} */ (["nodes", "edges", "output", "order", "ran", "refusal", "live", "width"]);

/** Tenths, or hundredths where a leaf was given more finely. */
const stepOf = (value) => (Number.isInteger(Number((10 * value).toFixed(6))) ? 0.1 : 0.01);

/** How far a leaf can be dragged: to whole numbers on both sides, at least from -3 to 3. */
export function rangeOf(value) {
  const reach = Math.max(3, Math.ceil(2 * Math.abs(value)));
  return [-reach, reach];
}

// ---------------------------------------------------------------- the card: one node in words

function cardNodes(graph, texts, snap, selected) {
  const node = graph.nodes[selected];
  const line = (name, ...content) => [kit.html("dt", {}, name), kit.html("dd", {}, content)];
  const red = (text) => kit.html("b", { class: "gs-gradient" }, text);
  const value = snap.known[selected]
    ? kit.html("b", { class: "gs-value" }, texts.value(selected))
    : "not computed yet";
  const sum = arrivals(graph, texts, snap, selected);
  const lines = [
    line("value", value),
    sum ? line("gradient", red(sum)) : [],
    ...passedOn(graph, texts, snap, selected).map(([name, text]) => line(name, red(text))),
    line(".grad", gradWords(graph, texts, snap, selected)),
    node.name ? [] : line("saved", savedWords(graph, texts, snap, selected)),
  ];
  const title = kit.html("p", { class: "gs-title" }, kit.html("code", {}, node.name || node.code));
  const made = kit.html(
    "p",
    { class: "gs-made-by" },
    node.name
      ? `a leaf${node.function ? ", gradient by AccumulateGrad" : ""}`
      : `grad_fn: ${node.function || "None"}`,
  );
  return [title, made, kit.html("dl", {}, lines.flat())];
}

function passedOn(graph, texts, snap, selected) {
  const places = snap.carried.filter((place) => graph.edges[place].source === selected);
  return places.map((place) => [`to ${nameOf(graph, graph.edges[place].target)}`, texts.product(place)]);
}

function gradWords(graph, texts, snap, selected) {
  const { name, function: made } = graph.nodes[selected];
  if (!name) return made ? "None: not a leaf" : "None";
  if (!made) return "None: requires no gradient";
  const times = snap.accumulated[selected];
  return times ? kit.html("b", { class: "gs-gradient" }, texts.grad(selected, times)) : "None so far";
}

function savedWords(graph, texts, snap, selected) {
  const kept = savedText(graph, texts, selected);
  if (!kept) return "nothing";
  if (!snap.known[selected]) return "–";
  return snap.freed[selected] ? kit.html("s", {}, kept) : kept;
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const graph = kit.traits(model, TRAITS);
  const opening = () => {
    const retain = model.get("retain_graph");
    const steps = timeline(graph, retain);
    const at = openingStep(graph, steps, model.get("at"));
    return { retain, steps, step: at, changed: {}, selected: nodeOf(graph, steps[at]) };
  };
  const stage = kit.stage({
    model,
    el,
    name: "GraphStepper",
    label: `Autograd on ${graph.nodes[graph.output].code}`,
    state: opening(),
  });
  const { state } = stage;
  const texts = (length) => (graph.live ? liveTexts(graph, state.changed) : recordedTexts(graph, length));
  const snap = () => snapshot(graph, state.steps, state.step, state.retain);
  const moveTo = (step) => stage.set({ step, selected: nodeOf(graph, state.steps[step]) });
  const leaves = graph.live
    ? graph.nodes.flatMap((
      { name },
      node,
    ) => (name && name !== "constant" ? [leafControl(stage, graph, node)] : []))
    : [];
  const view = graphView(stage, graph, {
    onPick: (selected) => stage.set({ selected }),
    knobs: leaves.map(({ knob }) => knob),
  });
  const [phase, words, card] = ["gs-phase", "gs-now", "gs-card"].map((name) =>
    kit.html(name === "gs-card" ? "div" : "p", { class: name })
  );
  const retain = kit.toggle({
    label: "retain_graph=True",
    checked: state.retain,
    onChange: (checked) => {
      const steps = timeline(graph, checked);
      stage.set({ retain: checked, steps, step: Math.min(state.step, steps.length - 1) });
      player.refresh();
    },
  });
  const player = kit.player(stage, {
    length: () => state.steps.length,
    at: () => state.step,
    label: "step",
    onMove: moveTo,
    home: () => openingStep(graph, state.steps, model.get("at")),
    describe: (step) => stepText(state.steps[step]),
    onReset: () => {
      stage.set(opening());
      retain.input.checked = state.retain;
    },
  });
  const code = kit.html(
    "p",
    { class: "gs-expression" },
    kit.html("code", {}, graph.nodes[graph.output].code),
  );
  const parts = kit.html(
    "div",
    { class: "gs-parts" },
    code,
    kit.html("div", { class: "gs-graph" }, view.root),
    kit.html("div", { class: "gs-side" }, phase, words, card),
    player.root,
    kit.html("div", { class: "bf-controls gs-leaves" }, leaves.map(({ slider }) => slider.root), retain.root),
  );
  stage.body.append(parts);
  stage.onDraw(({ width }) => {
    const wide = width >= 620;
    parts.dataset.stacked = String(!wide);
    const [seen, said] = [snap(), texts(1)];
    for (const leaf of leaves) leaf.refresh();
    view.draw({
      width: wide ? width - 244 : width,
      pitch: wide ? 88 : 78,
      side: wide ? 34 : 8,
      wordy: wide,
      snap: seen,
      texts: texts(0),
    });
    phase.textContent = phaseText(seen);
    words.textContent = happening(graph, said, seen);
    kit.clear(card, cardNodes(graph, said, seen, state.selected));
  });
  stage.say(() => `${stepText(state.steps[state.step])}. ${happening(graph, texts(1), snap())}`);
  return stage.start();
}

const nodeOf = (graph, { node }) => node ?? graph.output;

function phaseText({ kind, pass }) {
  if (kind === "refused") return "Second backward: refused";
  return ["Forward", "Backward", "Second backward"][pass];
}

/** The slider of a leaf, and the knob inside its node. */
function leafControl(stage, graph, node) {
  const { name, value } = graph.nodes[node];
  const [range, step] = [rangeOf(value), stepOf(value)];
  const get = () => stage.state.changed[node] ?? value;
  const onInput = (wanted) =>
    stage.set({
      changed: { ...stage.state.changed, [node]: Number((Math.round(wanted / step) * step).toFixed(6)) },
    });
  const slider = kit.slider({
    label: name,
    min: range[0],
    max: range[1],
    step,
    value,
    format: () => numberText(get()),
    onInput,
  });
  const knob = leafKnob({ node, range, get, onInput, twin: () => slider.input });
  slider.input.addEventListener("focus", () => knob.focus(true));
  slider.input.addEventListener("blur", () => knob.focus(false));
  return {
    slider,
    knob,
    refresh: () => {
      slider.value = get();
    },
  };
}

export default { render };
