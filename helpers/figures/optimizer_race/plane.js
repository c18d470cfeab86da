/**
 * OptimizerRace's landscape with the paths of all optimizers.
 */
import * as kit from "../kit/index.js";
import { GOAL, LANDSCAPES } from "./maths.js";
import { inkOf, lookOf, visible } from "./views.js";

const WINDOW = { x: [-2.2, 2.2], y: [-1.7, 1.7], step: 0.02 };

export function planeView(stage, change) {
  const panel = kit.panel({
    x: { label: "x" },
    y: { label: "y" },
    equal: true,
    describe: "Lines of equal loss over x and y, and the path of each optimizer from one common start",
  });
  const picture = kit.svg("image", { preserveAspectRatio: "none" });
  const [crosses, ahead, paths, heads] = Array.from({ length: 4 }, () => kit.svg("g"));
  const tags = kit.svg("g", { "aria-hidden": "true" });
  const hint = kit.svg("text", { class: "or-hint", "aria-hidden": "true" });
  panel.marks.append(picture, ahead, paths, crosses, heads);
  panel.over.append(tags, hint);
  const axis = (name) => ({
    label: `start ${name}`,
    min: WINDOW[name][0],
    max: WINDOW[name][1],
    step: WINDOW.step,
  });
  const handle = kit.handle(panel, {
    x: axis("x"),
    y: axis("y"),
    get: () => stage.state.start,
    onInput: (start) => change({ start }),
    role: "loss",
  });
  let painted = "";

  function layout(width, height, { landscape }) {
    const key = `${width} ${landscape} ${stage.root.dataset.theme}`;
    if (painted === key) return;
    painted = key;
    panel.layout({ width, height, ...WINDOW });
    const [left, right] = panel.x.range;
    const [bottom, top] = panel.y.range;
    const colour = getComputedStyle(stage.root).getPropertyValue("--bf-loss").trim();
    kit.set(picture, {
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      href: bandsPicture(LANDSCAPES[landscape].loss, { x: panel.x, y: panel.y, colour }),
    });
    kit.clear(
      crosses,
      LANDSCAPES[landscape].minima.map(([x, y]) =>
        kit.svg(
          "g",
          { transform: `translate(${panel.x(x)},${panel.y(y)})` },
          kit.svg("path", { class: "or-cross", d: "M-9,-9L9,9M-9,9L9,-9" }),
          kit.svg("text", {
            class: "or-hint",
            "text-anchor": "middle",
            y: y > 0.9 ? -15 : 28,
            "aria-hidden": "true",
          }, "minimum"),
        )
      ),
    );
  }

  function draw(state) {
    const { runs, at, start, touched } = state;
    const shown = visible(state);
    const lines = (from, to, kind) =>
      shown.map((name) =>
        kit.svg("path", { class: kind, ...lookOf(name), d: panel.line(runs[name].points.slice(from, to)) })
      );
    kit.clear(ahead, lines(at, undefined, "or-line or-ahead"));
    kit.clear(paths, lines(0, at + 1, "or-line"));
    kit.clear(
      heads,
      shown.map((name) => headOf(name, runs[name].points[at].map((value, i) => place(value, i)))),
    );
    const begin = {
      name: "drag the start",
      x: kit.clamp(panel.x(start[0]) - 44, panel.x.range[0] + 2, panel.x.range[1] - 90),
      y: panel.y(start[1]) - 16,
    };
    kit.set(hint, { x: begin.x, y: begin.y });
    hint.textContent = touched ? "" : begin.name;
    const drawn = Object.fromEntries(
      shown.map((name) => [name, runs[name].points.map((point) => point.map(place))]),
    );
    const named = namesApart(drawn, frame(), touched ? [] : [begin]);
    kit.clear(
      tags,
      named.map(({ name, x, y }) => kit.svg("text", { class: "or-name", ...inkOf(name), x, y }, name)),
    );
    handle.place();
  }
  const place = (value, i) => kit.clamp(i ? panel.y(value) : panel.x(value), -1e4, 1e4);
  const frame = () => ({
    left: panel.x.range[0] + 4,
    right: panel.x.range[1] - 4,
    top: panel.y.range[1] + 16,
    bottom: panel.y.range[0] - 4,
  });
  return { root: panel.root, layout, draw };
}

export const headOf = (name, [cx, cy]) =>
  kit.svg("circle", { class: "bf-dot", r: 5, cx, cy, ...inkOf(name) });

/**
 * The loss as bands, each twice as high as the one inside it, with a line between them: a picture of the
 * panel's size, transparent where the loss is below the goal.
 */
function bandsPicture(loss, { x, y, colour }) {
  const fine = 2; // twice the screen's points, for screens that have them
  const [width, height] = [x.range[1] - x.range[0], y.range[0] - y.range[1]].map((size) =>
    Math.round(size * fine)
  );
  const xs = Array.from({ length: width }, (_, i) => x.invert(x.range[0] + i / fine));
  const canvas = kit.html("canvas", { width, height });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  const rgb = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  let above = new Int8Array(width);
  for (let j = 0; j < height; j += 1) {
    const row = bandsAlong(loss, xs, y.invert(y.range[1] + j / fine));
    for (let i = 0; i < width; i += 1) {
      const edge = (j > 0 && above[i] !== row[i]) || (i > 0 && row[i - 1] !== row[i]);
      const place = 4 * (j * width + i);
      for (let channel = 0; channel < 3; channel += 1) pixels.data[place + channel] = rgb[channel];
      pixels.data[place + 3] = 255 * ((edge ? 0.35 : 0) + 0.02 * row[i]);
    }
    above = row;
  }
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

const bandsAlong = (loss, xs, y) =>
  Int8Array.from(xs, (x) => Math.max(0, Math.ceil(Math.log2(loss(x, y) / GOAL))));

/** Where each name stands: beside its path, farthest from the other paths and from the words in `taken`. */
function namesApart(paths, { left, right, top, bottom }, taken) {
  const placed = [];
  for (const [name, points] of Object.entries(paths)) {
    const others = Object.entries(paths).flatMap((
      [other, those],
    ) => (other === name ? [] : those.filter((_, i) => i % 2)));
    const width = 8 * name.length;
    const options = points.filter((_, i) => i % 2).flatMap((
      [x, y],
    ) => [[x + 8, y - 7], [x + 8, y + 16], [x - 8 - width, y - 7]])
      .filter(([x, y]) => x > left && x + width < right && y > top && y < bottom);
    if (!options.length) continue;
    const words = [...taken, ...placed];
    const room = ([x, y]) =>
      Math.min(
        60,
        ...others.map((point) => awayFrom(point, { x, y, width })),
        // A word is as wide as 8 pixels a letter; its middle keeps clear of half of that on both sides.
        ...words.map((word) =>
          awayFrom([word.x + 4 * word.name.length, word.y - 5], {
            x: x - 4 * word.name.length,
            y,
            width: width + 8 * word.name.length,
          })
        ),
      );
    const best = options.reduce((one, other) => (room(other) > room(one) ? other : one));
    placed.push({ name, x: best[0], y: best[1] });
  }
  return placed;
}

/** Pixels between a point and a word that begins at (x, y). */
const awayFrom = ([a, b], { x, y, width }) =>
  Math.hypot(Math.max(x - a, 0, a - x - width), Math.max(y - 12 - b, 0, b - y - 2));
