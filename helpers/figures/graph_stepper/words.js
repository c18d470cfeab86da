/**
 * GraphStepper's texts: numbers, products, sums, and what happens at a step. The numbers come from the script
 * where the graph is live, and from torch's record where it holds tensors.
 */
import { format } from "../kit/numbers.js";
import { backward, forward, incoming, slopesOf } from "./maths.js";

/** Three significant digits without trailing zeros, and a true minus. */
export function numberText(value) {
  const size = Math.abs(value);
  if (value !== 0 && !(size >= 1e-3 && size < 1e4)) return format(value);
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);

/** "2 + 8 = 10", or "2" alone. */
export function sumText(terms, total) {
  return terms.length < 2 ? total : `${terms[0]} + ${terms.slice(1).map(bracketed).join(" + ")} = ${total}`;
}

/** Texts for a graph of numbers, computed from the leaves as they are now. */
export function liveTexts(graph, changed) {
  const values = forward(graph.nodes, changed);
  const slopes = slopesOf(graph, values);
  const { arrived, carried } = backward(graph, slopes);
  const text = (list) => (index) => numberText(list[index]);
  const product = (place) =>
    `${numberText(arrived[graph.edges[place].source])} × ${bracketed(numberText(slopes[place]))} = ${
      numberText(carried[place])
    }`;
  return {
    value: text(values),
    carried: text(carried),
    slope: text(slopes),
    product,
    arrived: text(arrived),
    grad: (node, times) => numberText(times * arrived[node]),
  };
}

/** Texts for a graph of tensors, as torch computed them: `at` 0 in a few characters, 1 in full. */
export function recordedTexts({ nodes, edges }, at) {
  const carried = (place) => edges[place].carried[at];
  return {
    value: (node) => nodes[node].shown[at],
    carried,
    slope: () => null,
    product: carried,
    arrived: (node) => nodes[node].arrived[at],
    grad: (node, times) => nodes[node].grads[times - 1][at],
  };
}

/** What has arrived at a node in this pass: "", a number, or a sum as far as it goes. */
export function arrivals(graph, texts, snap, node) {
  if (node === graph.output && snap.seeded) return "1";
  const came = snap.carried.filter((place) => graph.edges[place].target === node);
  if (came.length === 0) return "";
  if (came.length === incoming(graph, node).length) {
    return sumText(came.map(texts.carried), texts.arrived(node));
  }
  return `${came.map(texts.carried).join(" + ")} + …`;
}

export const nameOf = (graph, node) => graph.nodes[node].name || graph.nodes[node].code;

/** "backward 5 of 8", as the step's slider says it. */
export function stepText({ kind, pass, count, of }) {
  if (kind === "leaves") return "the leaves";
  if (kind === "forward") return `forward ${count} of ${of}`;
  return `${pass === 1 ? "backward" : "second backward"} ${count} of ${of}`;
}

/** What happens at a step, in words. */
export function happening(graph, texts, snap) {
  return {
    leaves: () => "The leaves are given. Nothing is computed yet.",
    forward: forwardWords,
    seed: seedWords,
    backward: backwardWords,
    accumulate: accumulateWords,
    refused: refusedWords,
  }[snap.kind](graph, texts, snap);
}

function forwardWords(graph, texts, { node }) {
  const { code, saved, function: made } = graph.nodes[node];
  if (!made) return `${code} is computed, and autograd keeps nothing of it.`;
  const kept = saved.length
    ? `It keeps ${savedText(graph, texts, node)} for backward.`
    : "It needs to keep nothing.";
  return `${code} = ${texts.value(node)}, and ${made} is noted. ${kept}`;
}

/** "w = 1, x = 2": what a node keeps. */
export function savedText(graph, texts, node) {
  const known = (what) => (typeof what === "number" ? `${nameOf(graph, what)} = ${texts.value(what)}` : what);
  return graph.nodes[node].saved.map(([, what]) => known(what)).join(" and ");
}

function seedWords(_graph, _texts, { pass }) {
  const start = "the derivative of the result by itself is 1.";
  return pass === 1
    ? `Backward begins at the result: ${start}`
    : `backward() once more, through the same graph: again ${start}`;
}

function backwardWords(graph, texts, snap) {
  const passed = snap.active.map((place) =>
    `${texts.product(place)} to ${nameOf(graph, graph.edges[place].target)}`
  );
  const what = graph.live
    ? "incoming × local derivative"
    : "the incoming gradient times the local derivative";
  const forks = [...new Set(snap.active.map((place) => graph.edges[place].target))].filter((node) =>
    incoming(graph, node).length > 1
  );
  const sums = forks.map((node) => forkWords(graph, texts, snap, node));
  return [`${graph.nodes[snap.node].function} sends back ${what}: ${passed.join(", ")}.`, ...sums].join(" ");
}

function forkWords(graph, texts, snap, node) {
  const [all, came] = [
    incoming(graph, node),
    snap.carried.filter((place) => graph.edges[place].target === node),
  ];
  const often = all.length === 2 ? "twice" : `${all.length} times`;
  if (came.length < all.length) {
    return `${nameOf(graph, node)} is used ${often}, so it waits for what is still to come.`;
  }
  return `${nameOf(graph, node)} is used ${often}, so its gradients add up: ${
    arrivals(graph, texts, snap, node)
  }.`;
}

function accumulateWords(graph, texts, { node, pass }) {
  const { name } = graph.nodes[node];
  if (pass === 1) return `${name} is a leaf: ${name}.grad was None and becomes ${texts.grad(node, 1)}.`;
  const sum = graph.live ? `${texts.grad(node, 1)} + ${bracketed(texts.grad(node, 1))} = ` : "";
  return `backward adds: ${name}.grad is now ${sum}${
    texts.grad(node, 2)
  }, twice the gradient. Nobody emptied it.`;
}

function refusedWords(graph, texts, { node }) {
  return `${graph.nodes[node].function} needs ${
    savedText(graph, texts, node)
  } again, and it is gone. RuntimeError: ${graph.refusal}`;
}
