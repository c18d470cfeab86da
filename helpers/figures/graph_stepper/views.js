/**
 * GraphStepper's picture: nodes as cells, edges with what flows along them, and above each leaf its .grad.
 */
import * as kit from "../kit/index.js";
import { arrivals } from "./words.js";

const HEIGHT = 48;

/** Pixels of everything, for a picture this wide with this much room at its sides: boxes, and each edge's two ends and the points between. */
export function geometry(graph, { width, pitch, side }) {
  const room = width - 2 * side; // for labels on the outer edges
  const box = kit.clamp(room / graph.width - 12, 72, 132);
  const unit = graph.width > 1 ? Math.min(box + 64, (room - box) / (graph.width - 1)) : 0;
  const left = (width - box - unit * (graph.width - 1)) / 2;
  const top = 40;
  const places = graph.nodes.map(({ row, column }) => ({
    x: left + unit * column,
    y: top + pitch * row,
    width: box,
    height: HEIGHT,
  }));
  const middle = ([column, row]) => [left + unit * column + box / 2, top + pitch * row];
  const ports = portsOf(graph, box);
  const paths = graph.edges.map(({ source, target, via }, place) => {
    const [start, end] = [places[target], places[source]];
    const passed = via.map(middle).flatMap(([x, y]) => [[x, y], [x, y + HEIGHT]]);
    return [[start.x + box / 2 + ports.lower[place], start.y + HEIGHT], ...passed, [
      end.x + box / 2 + ports.upper[place],
      end.y,
    ]];
  });
  const rows = Math.max(...graph.nodes.map(({ row }) => row));
  return { places, paths, width, height: top + pitch * rows + HEIGHT + 30, gap: pitch - HEIGHT };
}

/** Edges that meet at one side of a node end beside each other, in the order of their other ends. */
function portsOf({ nodes, edges }, box) {
  const spread = (end, other) =>
    edges.map((edge) => {
      const toward = (
        one,
      ) => (one.via.length ? one.via.at(end === "target" ? 0 : -1)[0] : nodes[one[other]].column);
      const together = edges.filter((one) => one[end] === edge[end]).sort((one, two) =>
        toward(one) - toward(two) || one.slot - two.slot
      );
      return (together.indexOf(edge) - (together.length - 1) / 2) *
        Math.min(34, (0.8 * box) / together.length);
    });
  return { lower: spread("target", "source"), upper: spread("source", "target") };
}

/** A curve through points that leaves and meets every row upright. */
function curve(points) {
  const [[x, y], ...rest] = points.map((point) => point.map((pixel) => Number(pixel.toFixed(1))));
  let path = `M${x},${y}`;
  rest.forEach(([toX, toY], i) => {
    const fromY = i === 0 ? y : rest[i - 1][1];
    const half = (fromY + toY) / 2;
    path += `C${i === 0 ? x : rest[i - 1][0]},${half} ${toX},${half} ${toX},${toY}`;
  });
  return path;
}

const arrow = ([x, y], way) => `M${x - 5},${y - 8 * way}L${x},${y}L${x + 5},${y - 8 * way}Z`;

export function graphView(stage, graph, { onPick, knobs }) {
  const boxes = kit.cells({
    label: "Nodes of the graph",
    current: () => stage.state.selected,
    onPick,
    touch: "pan-y",
  });
  const [edges, words, over] = ["gs-edges", "gs-words", "gs-knobs"].map((name) =>
    kit.svg("g", { class: name, "aria-hidden": name === "gs-knobs" ? null : "true" })
  );
  over.append(...knobs.map(({ root }) => root));
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": `The graph of ${graph.nodes[graph.output].code}` },
    edges,
    boxes.root,
    words,
    over,
  );

  function draw({ width, pitch, side, wordy, texts: said, snap: seen }) {
    const place = geometry(graph, { width, pitch, side });
    kit.set(picture, { width, height: place.height });
    kit.clear(
      edges,
      graph.edges.flatMap((_, i) => edgeNodes(graph, said, seen, place, i, wordy)),
      seedNodes(graph, seen, place),
    );
    boxes.draw(
      place.places.map((box, node) => ({
        key: node,
        ...box,
        text: "",
        label: spoken(graph, said, seen, node),
        classes: classesOf(seen, node, stage.state.selected),
      })),
    );
    kit.clear(words, graph.nodes.flatMap((_, node) => nodeWords(graph, said, seen, place, node)));
    for (const knob of knobs) knob.place(place.places[knob.node]);
  }
  return { root: picture, draw };
}

function classesOf({ node, known }, index, selected) {
  if (index === node) return "bf-lit";
  return `${known[index] ? "" : "bf-faint"} ${index === selected ? "bf-also" : ""}`;
}

function spoken(graph, texts, snap, node) {
  const { name, code, function: made } = graph.nodes[node];
  const value = snap.known[node] ? `is ${texts.value(node)}` : "is not computed yet";
  const sum = arrivals(graph, texts, snap, node);
  return `${name || code}${made && !name ? ` by ${made}` : ""} ${value}${sum ? `, gradient ${sum}` : ""}`;
}

// ---------------------------------------------------------------- edges

function edgeNodes(graph, texts, snap, place, index, wordy) {
  const edge = graph.edges[index];
  const points = place.paths[index];
  const carried = snap.carried.includes(index);
  const state = carried
    ? "gs-carried"
    : !edge.grad
    ? "gs-cut"
    : snap.known[edge.source]
    ? "gs-made"
    : "gs-open";
  const active = snap.active.includes(index);
  const tip = carried ? arrow(points[0], -1) : snap.known[edge.source] ? arrow(points.at(-1), 1) : "";
  const parts = [
    kit.svg("path", { class: `gs-edge ${state}`, "data-active": active, d: curve(points) }),
    kit.svg("path", { class: `gs-tip ${state}`, d: tip }),
  ];
  const label = edgeLabel(graph, texts, snap, index, carried, wordy);
  const written = label && labelNode(graph, place, index, label, carried ? "gs-gradient" : "gs-slope");
  return written ? [...parts, written] : parts;
}

/**
 * What is written on an edge, at length and in brief: what flowed back, or the local derivative that waits.
 *
 * @returns {[string, string] | null}
 */
function edgeLabel(graph, texts, snap, index, carried, wordy) {
  const { source, target } = graph.edges[index];
  if (carried) {
    const focus = snap.active.includes(index) ||
      snap.active.some((place) => graph.edges[place].target === target);
    const brief = texts.carried(index);
    return [wordy || focus ? texts.product(index) : brief, brief];
  }
  const slope = graph.edges[index].grad && snap.known[source] ? texts.slope(index) : null;
  return slope && snap.pass > 0 ? [`× ${slope}`, `× ${slope}`] : null;
}

/** The label stands on the outer side of its edge, near the argument, as far away as the edge leans. */
function labelNode(graph, { paths, gap, width }, index, [text, brief], role) {
  const side = outerSide(graph, paths, index);
  if (side === null) return null;
  const [[x, y], [nextX]] = paths[index];
  const away = 8 + Math.min(30, (9 * Math.abs(nextX - x)) / gap);
  const middle = (x + nextX) / 2;
  const room = side === "left" ? middle - away : width - middle - away;
  return kit.svg("text", {
    class: `gs-label ${role}`,
    x: middle + (side === "left" ? -away : away),
    y: y + gap / 2 + 5,
    "text-anchor": side === "left" ? "end" : "start",
  }, widthOf(text) <= room ? text : brief);
}

/** "left" or "right" of an edge; null where it runs between two others and has no outer side. */
function outerSide({ edges }, paths, index) {
  const rank = (end, point) => {
    const together = edges.flatMap((edge, other) => (edge[end] === edges[index][end] ? [other] : []));
    const before = together.filter((other) => paths[other].at(point)[0] < paths[index].at(point)[0]).length;
    return { before, after: together.length - 1 - before };
  };
  const [above, below] = [rank("target", 0), rank("source", -1)];
  const { before, after } = above.before + above.after ? above : below;
  if (before && after) return null;
  return after ? "left" : "right";
}

/** About how wide a label is drawn. */
const widthOf = (text) => 7.5 * text.length;

function seedNodes(graph, snap, { places }) {
  if (!snap.seeded) return [];
  const { x, y, width } = places[graph.output];
  const [middle, bottom] = [x + width / 2, y + HEIGHT];
  return [
    kit.svg("path", {
      class: "gs-edge gs-carried",
      "data-active": snap.kind === "seed",
      d: `M${middle},${bottom + 26}V${bottom}`,
    }),
    kit.svg("path", { class: "gs-tip gs-carried", d: arrow([middle, bottom], -1) }),
    kit.svg("text", { class: "gs-label gs-gradient", x: middle + 8, y: bottom + 22 }, "1"),
  ];
}

// ---------------------------------------------------------------- words in and above the nodes

function nodeWords(graph, texts, snap, place, index) {
  const node = graph.nodes[index];
  const box = place.places[index];
  const sum = arrivals(graph, texts, snap, index);
  const [left, right] = [box.x + 9, box.x + box.width - 9];
  const faint = snap.known[index] ? "" : " gs-faint";
  const words = [
    kit.svg("text", { class: `gs-sign${faint}`, x: left, y: box.y + 19 }, node.name || node.symbol),
  ];
  if (snap.known[index]) {
    words.push(
      kit.svg(
        "text",
        { class: "gs-value", x: right, y: box.y + 19, "text-anchor": "end" },
        texts.value(index),
      ),
    );
  }
  if (node.name) return [...words, ...leafWords(graph, texts, snap, place, index, sum)];
  const fits = 1.1 * widthOf(sum) <= box.width - 18;
  const below = sum
    ? kit.svg(
      "text",
      { class: "gs-sum", x: right, y: box.y + 39, "text-anchor": "end" },
      fits ? sum : sum.split(" = ").at(-1),
    )
    : kit.svg("text", {
      class: "gs-function",
      x: box.x + box.width / 2,
      y: box.y + 39,
      "text-anchor": "middle",
    }, node.function || "no gradient");
  return [...words, below];
}

function leafWords(graph, texts, snap, { places, width }, index, sum) {
  const { name, function: made } = graph.nodes[index];
  const box = places[index];
  const times = snap.accumulated[index];
  const middle = box.x + box.width / 2;
  if (!made) {
    return [
      kit.svg("text", { class: "gs-tag", x: middle, y: box.y - 8, "text-anchor": "middle" }, "no gradient"),
    ];
  }
  const waiting = sum && times < snap.pass;
  const tag = times ? `${name}.grad ${texts.grad(index, times)}` : `${name}.grad None`;
  const label = kit.svg("text", {
    class: times ? "gs-tag gs-filled" : "gs-tag",
    x: middle,
    y: box.y - 8,
    "text-anchor": "middle",
  }, tag);
  return waiting ? [label, ...pill(sum, middle, box.y - 26, width)] : [label];
}

/** What has arrived at a leaf and is not in its .grad yet. */
function pill(text, wanted, y, room) {
  const width = 8.4 * text.length + 12;
  const x = kit.clamp(wanted, width / 2, Math.max(width / 2, room - width / 2));
  return [
    kit.svg("rect", { class: "gs-pill", x: x - width / 2, y: y - 14, width, height: 19, rx: 5 }),
    kit.svg("text", { class: "gs-sum", x, y, "text-anchor": "middle" }, text),
  ];
}
