/**
 * LoaderLab's picture: the indices in stored and in read order, the threads between, and the batches.
 */
import * as kit from "../kit/index.js";
import { TITLES } from "./words.js";

const MARGIN = 14; // half a handle's target: the last edge may stand at the figure's rim
const CHIP = 26;

function geometry(width, count) {
  const pitch = Math.min(70, (width - 2 * MARGIN) / count);
  const side = Math.floor(pitch - (pitch > 50 ? 10 : 4));
  const left = (width - pitch * count) / 2;
  const top = 22;
  const chips = top + side + 20 + (width < 560 ? 84 : 96);
  return {
    pitch,
    side,
    width,
    top,
    chips,
    thumbs: chips + CHIP + 4,
    foot: chips + CHIP + side + 14,
    height: chips + CHIP + side + 48,
    edge: (place) => left + place * pitch,
    at: (place) => left + (place + 0.5) * pitch - side / 2,
    middle: (place) => left + (place + 0.5) * pitch,
  };
}

/** A thread from a stored sample down to its place in the order. */
function thread(g, sample, place) {
  const [from, to] = [g.top + g.side + 20, g.chips - 2];
  const bend = (from + to) / 2;
  return `M${g.middle(sample)},${from}C${g.middle(sample)},${bend} ${g.middle(place)},${bend} ${
    g.middle(place)
  },${to}`;
}

/** One SVG pattern a sample, so that any rectangle can be filled with its picture. */
export function patterns(images) {
  const group = `bf-loader-${patterns.count++}`;
  const node = kit.svg(
    "defs",
    {},
    images.map((href, i) =>
      kit.svg("pattern", {
        id: `${group}-${i}`,
        width: 1,
        height: 1,
        patternContentUnits: "objectBoundingBox",
      }, kit.svg("image", { href, width: 1, height: 1, preserveAspectRatio: "none" }))
    ),
  );
  return { node, fill: (sample) => (images.length ? `url(#${group}-${sample})` : null) };
}
patterns.count = 0; // ids must be unique on the page; they are never saved

export function loaderPicture(stage, { labels, now, change, fills }) {
  const stored = kit.cells({
    label: "dataset",
    current: () => now().lit,
    onPick: (sample) => {
      const place = now().order.indexOf(sample);
      if (place >= 0) stage.set({ place });
    },
  });
  const keys = (order) =>
    order.map((sample, place) =>
      `${sample}:${order.slice(0, place).filter((other) => other === sample).length}`
    );
  const chips = kit.cells({
    label: "order of the indices",
    current: () => keys(now().order)[stage.state.place],
    onPick: (key) => stage.set({ place: keys(now().order).indexOf(key) }),
  });
  const layer = (name) => kit.svg("g", { class: `bf-${name}`, "aria-hidden": "true" });
  const layers = {
    threads: layer("threads"),
    bands: layer("bands"),
    words: layer("words"),
    thumbs: layer("thumbs"),
  };
  const over = kit.svg("g");
  const svg = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "the dataset above, the batches below" },
    fills.node,
    layers.threads,
    layers.bands,
    layers.thumbs,
    layers.words,
    stored.root,
    chips.root,
    over,
  );
  const root = kit.html("div", { class: "bf-panel" }, svg);
  let g = geometry(0, labels.length);
  const edge = batchEdge(stage, { root, svg, over, count: labels.length, now: () => g, change });

  const draw = (width) => {
    svg.classList.toggle("bf-moving", width === g.width); // indices glide to a new order, not to a new layout
    g = geometry(width, labels.length);
    const found = now();
    const { order, kept, lit } = found;
    kit.set(svg, { width, height: g.height });
    stored.draw(
      labels.map((label, i) => ({
        key: i,
        x: g.at(i),
        y: g.top,
        width: g.side,
        height: g.side,
        fill: fills.fill(i),
        text: fills.fill(i) ? "" : label.slice(0, 4),
        label: `sample ${i}: ${label}${order.slice(0, kept).includes(i) ? "" : ", not read in this epoch"}`,
        classes: `${i === lit ? "bf-lit" : ""} ${order.slice(0, kept).includes(i) ? "" : "bf-unread"}`,
      })),
    );
    chips.draw(
      order.map((sample, place) => ({
        key: keys(order)[place],
        x: g.at(place),
        y: g.chips,
        width: g.side,
        height: CHIP,
        text: String(sample),
        label: `place ${place}: index ${sample}`,
        classes: place === stage.state.place ? "bf-lit" : place < kept ? "" : "bf-faint",
      })),
    );
    drawThreads(layers.threads, g, found, stage.state);
    drawBands(layers, g, found, stage.state, fills);
    edge.place();
  };
  return { root, draw };
}

/** The handle on the first edge between batches; the other edges follow it. */
function batchEdge(stage, { root, svg, over, count, now, change }) {
  const x = (size) => now().edge(size);
  const panel = {
    root,
    svg,
    over,
    x,
    y: () => now().foot + 8,
    toData: (event) => {
      const pixels = event.clientX - svg.getBoundingClientRect().left;
      return [(pixels - x(0)) / now().pitch, 0];
    },
  };
  const grip = kit.svg("path", { class: "bf-grip", "aria-hidden": "true" });
  over.append(grip);
  const handle = kit.handle(panel, {
    x: { label: "edge of the first batch", min: 1, max: count, step: 1 },
    tap: false,
    role: "model",
    get: () => [stage.state.batch_size, 0],
    onInput: ([size]) => change({ batch_size: size }),
  });
  const place = () => {
    const [at, y] = [x(stage.state.batch_size), panel.y()];
    kit.set(grip, {
      d: `M${at},${now().chips - 8}V${y - 9}M${at - 13},${y - 4}l-5,4l5,4M${at + 13},${y - 4}l5,4l-5,4`,
    });
    handle.place();
  };
  return { place };
}

function drawThreads(layer, g, { order, kept, current }, { batch_size: size, place: lit }) {
  const kind = (
    place,
  ) => (place === lit
    ? "bf-lit-thread"
    : place >= kept
    ? "bf-cut-thread"
    : Math.floor(place / size) === current
    ? "bf-batch-thread"
    : "");
  while (layer.children.length < order.length) layer.append(kit.svg("path"));
  // The lit thread is drawn last, over the others; nodes keep their place, so that they can glide.
  order.forEach((sample, place) =>
    kit.set(layer.children[place], { class: `bf-thread ${kind(place)}`, d: thread(g, sample, place) })
  );
}

function drawBands(
  { bands, words, thumbs },
  g,
  { order, batches, kept, current },
  { batch_size: size, sampler },
  fills,
) {
  const starts = batches.map((_, number) => number * size);
  const box = (from, to, classes) =>
    kit.svg("rect", {
      class: `bf-band ${classes}`,
      x: g.edge(from) + 1.5,
      width: g.edge(to) - g.edge(from) - 3,
      y: g.chips - 5,
      height: CHIP + g.side + 14,
      rx: 8,
    });
  const name = (from, to, text, classes = "") =>
    kit.svg("text", {
      class: classes,
      x: (g.edge(from) + g.edge(to)) / 2,
      y: g.foot + 30,
      "text-anchor": "middle",
    }, text);
  const end = (number) => starts[number] + batches[number].length;
  const long = g.pitch * size > 64;
  kit.clear(
    bands,
    batches.map((_, number) => box(starts[number], end(number), number === current ? "bf-current" : "")),
    kept < order.length ? box(kept, order.length, "bf-dropped") : [],
  );
  kit.clear(
    thumbs,
    fills.fill(0)
      ? order.map((sample, place) =>
        kit.svg("rect", {
          x: g.at(place),
          y: g.thumbs,
          width: g.side,
          height: g.side,
          rx: 4,
          class: place < kept ? "" : "bf-unread",
          style: `fill: ${fills.fill(sample)}`,
        })
      )
      : [],
  );
  kit.clear(
    words,
    kit.svg("text", { x: g.edge(0) + 2, y: 14 }, TITLES[sampler]),
    order.map((_, i) =>
      kit.svg(
        "text",
        { class: "bf-tick", x: g.middle(i), y: g.top + g.side + 14, "text-anchor": "middle" },
        i,
      )
    ),
    batches.map((_, number) =>
      name(
        starts[number],
        end(number),
        long || batches.length < 2 ? `batch ${number}` : number,
        number === current ? "bf-current-name" : "",
      )
    ),
    kept < order.length ? name(kept, order.length, "dropped") : [],
  );
}
