/**
 * Autograd on graphs of single numbers, without DOM, held to torch by tests/figures/test_graph_stepper.py. A graph is
 * { nodes, edges, order, ran, refusal, output } as helpers/figures/graph_stepper.py writes it.
 */

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** For each operation its value, and its derivatives by each argument; the names are autograd's. */
export const OPERATIONS = {
  add: { value: (a, b) => a + b, slopes: () => [1, 1] },
  sub: { value: (a, b) => a - b, slopes: () => [1, -1] },
  mul: { value: (a, b) => a * b, slopes: (a, b) => [b, a] },
  div: { value: (a, b) => a / b, slopes: (a, b) => [1 / b, -a / (b * b)] },
  pow: {
    value: (a, b) => a ** b,
    slopes: (a, b) => [b === 0 ? 0 : b * a ** (b - 1), a === 0 ? 0 : a ** b * Math.log(a)],
  },
  neg: { value: (a) => -a, slopes: () => [-1] },
  exp: { value: Math.exp, slopes: (a) => [Math.exp(a)] },
  log: { value: Math.log, slopes: (a) => [1 / a] },
  sin: { value: Math.sin, slopes: (a) => [Math.cos(a)] },
  cos: { value: Math.cos, slopes: (a) => [-Math.sin(a)] },
  tanh: { value: Math.tanh, slopes: (a) => [1 - Math.tanh(a) ** 2] },
  sigmoid: { value: sigmoid, slopes: (a) => [sigmoid(a) * (1 - sigmoid(a))] },
  relu: { value: (a) => Math.max(a, 0), slopes: (a) => [a > 0 ? 1 : 0] },
  abs: { value: Math.abs, slopes: (a) => [Math.sign(a)] },
  sqrt: { value: Math.sqrt, slopes: (a) => [0.5 / Math.sqrt(a)] },
  detach: { value: (a) => a, slopes: () => [0] },
  reciprocal: { value: (a) => 1 / a, slopes: (a) => [-1 / (a * a)] },
};

const argumentsOf = (node, values) =>
  node.args.map(({ node: index, number }) => (index === undefined ? number : values[index]));

/** The value of every node, given the values of leaves that were changed ({ index: value }). */
export function forward(nodes, changed = {}) {
  const values = [];
  nodes.forEach((node, index) => {
    values.push(
      node.name
        ? changed[index] ?? node.value
        : OPERATIONS[node.operation].value(...argumentsOf(node, values)),
    );
  });
  return values;
}

/** The local derivative of every edge: of the operation's result by that argument. */
export function slopesOf({ nodes, edges }, values) {
  return edges.map(({ source, slot }) =>
    OPERATIONS[nodes[source].operation].slopes(...argumentsOf(nodes[source], values))[slot]
  );
}

/** Reverse mode: what each edge carries back, incoming times local; and the sum that arrives at each node. */
export function backward({ nodes, edges, order, output }, slopes) {
  const arrived = nodes.map((_, index) => (index === output ? 1 : 0));
  const carried = edges.map(() => 0);
  for (const index of order) {
    edges.forEach(({ source, target, grad }, place) => {
      if (source !== index || !grad) return;
      carried[place] = arrived[index] * slopes[place];
      arrived[target] += carried[place];
    });
  }
  return { arrived, carried };
}

// ---------------------------------------------------------------- what happens, step by step

/** All steps: the leaves, one a forward operation, then two backward passes: { kind, node, pass, of, count }. */
export function timeline(graph, retain) {
  const operations = graph.nodes.flatMap(({ name }, node) => (name ? [] : [node]));
  const refused = !retain && graph.refusal !== "";
  const second = refused ? graph.ran : graph.order;
  return [
    { kind: "leaves", pass: 0 },
    ...operations.map((node, i) => ({ kind: "forward", pass: 0, node, count: i + 1, of: operations.length })),
    ...passSteps(graph, graph.order, 1, false),
    ...passSteps(graph, second, 2, refused),
  ];
}

function passSteps({ nodes, output }, order, pass, refused) {
  const steps = order.map((node, i) => ({
    kind: nodes[node].name ? "accumulate" : "backward",
    pass,
    node,
    count: i + 1,
    of: order.length,
  }));
  if (refused) steps[steps.length - 1].kind = "refused";
  return [{ kind: "seed", pass, node: output, count: 0, of: order.length }, ...steps];
}

/** The edges that will bring a gradient to a node. */
export function incoming({ edges, order }, node) {
  return edges.flatMap((
    { source, target, grad },
    place,
  ) => (grad && target === node && order.includes(source) ? [place] : []));
}

/**
 * Where things stand after step `at`: nodes that are `known`; edges that have `carried` a gradient in this
 * pass, in order; nodes that are `freed`; and how often each leaf has `accumulated`.
 */
export function snapshot(graph, steps, at, retain) {
  const now = steps[at];
  const past = steps.slice(0, at + 1);
  const known = graph.nodes.map(({ name }, node) =>
    name !== "" || past.some((step) => step.kind === "forward" && step.node === node)
  );
  const inPass = past.filter(({ kind, pass }) => kind === "backward" && pass === now.pass);
  const carried = inPass.flatMap(({ node }) => edgesFrom(graph, node));
  const accumulated = graph.nodes.map((_, node) =>
    past.filter((step) => step.kind === "accumulate" && step.node === node).length
  );
  const freed = graph.nodes.map((_, node) =>
    !retain && past.some((step) => step.kind === "backward" && step.node === node)
  );
  return {
    ...now,
    known,
    carried,
    accumulated,
    freed,
    seeded: now.pass > 0,
    active: activeEdges(graph, now),
  };
}

function edgesFrom({ edges }, node) {
  return edges.flatMap(({ source, grad }, place) => (grad && source === node ? [place] : []));
}

function activeEdges(graph, { kind, node }) {
  if (kind === "backward") return edgesFrom(graph, node);
  if (kind === "forward") return graph.edges.flatMap(({ source }, place) => (source === node ? [place] : []));
  return [];
}

/** The step where the last of several gradients arrives at a node, or where the first pass ends. */
function forkStep(graph, steps) {
  const forks = graph.nodes.map((_, node) => incoming(graph, node)).filter((edges) => edges.length > 1);
  const last = steps.findLastIndex(({ pass }) => pass === 1);
  const ends = forks.map((edges) =>
    Math.max(
      ...edges.map((place) =>
        steps.findIndex(({ kind, node }) => kind === "backward" && node === graph.edges[place].source)
      ),
    )
  );
  return ends.length ? Math.min(...ends) : last;
}

export function openingStep(graph, steps, where) {
  if (where === "start") return 0;
  return where === "end" ? steps.findLastIndex(({ pass }) => pass === 1) : forkStep(graph, steps);
}
