/**
 * EarlyStop's two views: the losses against epochs with the line to drag, and the network over its samples.
 */
import * as kit from "../kit/index.js";
import { lowest, patienceStop } from "./maths.js";

const HIGHEST_LOSS = 1.25;

// ---------------------------------------------------------------- the losses

export function curvesView(stage, { runs, every, numEpochs }, moveTo) {
  const heading = kit.html("div", { class: "bf-title" });
  const panel = kit.panel({
    x: { label: "epoch" },
    y: { label: "loss" },
    describe: "Training and validation loss against epochs, with a line at the chosen epoch",
  });
  panel.root.prepend(heading);
  panel.margin.right = 84; // room for the curves' names at their ends
  const [ghosts, train, val] = [
    kit.svg("g"),
    kit.svg("path", { class: "es-curve es-train" }),
    kit.svg("path", { class: "es-curve es-val" }),
  ];
  const [line, stop, best, dots] = [
    kit.svg("line", { class: "es-line" }),
    kit.svg("line", { class: "es-stop" }),
    kit.svg("circle", { class: "es-best", r: 8 }),
    kit.svg("g"),
  ];
  const [tags, asked] = [
    kit.svg("g", { "aria-hidden": "true" }),
    kit.svg("path", { class: "es-asked-mark" }),
  ];
  panel.marks.append(ghosts, stop, line, train, val, best, dots);
  panel.over.append(tags, asked);
  const handle = kit.handle(panel, {
    role: "model",
    get: () => [stage.state.at * every, HIGHEST_LOSS],
    x: { label: "stop at epoch", min: 0, max: numEpochs, step: every },
    onInput: ([epoch]) => moveTo(epoch / every),
  });
  const pixels = (losses) => losses.map((loss, i) => [panel.x(i * every), panel.y(loss)]);

  function layout(width, height) {
    panel.layout({ width, height, x: [0, numEpochs], y: [0, HIGHEST_LOSS] });
  }

  function draw(state) {
    const { size, at, patience, byPatience, others, chosen } = state;
    const run = runs[size];
    kit.set(train, { d: kit.linePath(pixels(run.train)) });
    kit.set(val, { d: kit.linePath(pixels(run.val)) });
    kit.clear(ghosts, others ? run.others.flatMap((losses) => ghostOf(losses)) : []);
    const [x, [foot, top]] = [panel.x(at * every), panel.y.range];
    kit.set(line, { x1: x, x2: x, y1: foot, y2: top });
    const lowestAt = lowest(run.val);
    kit.set(best, { cx: panel.x(lowestAt * every), cy: panel.y(run.val[lowestAt]) });
    kit.clear(
      dots,
      [["train", run.train], ["val", run.val]].map(([name, losses]) =>
        kit.svg("circle", { class: `bf-dot es-dot-${name}`, r: 5, cx: x, cy: panel.y(losses[at]) })
      ),
    );
    drawStop(byPatience ? patienceStop(run.val, patience)[1] : null);
    kit.clear(tags, names(run, lowestAt, byPatience ? patienceStop(run.val, patience)[1] : null));
    drawAsked(chosen && chosen.size === size ? chosen.at : null);
    heading.replaceChildren(
      "Loss: ",
      word("training", run.train[at], "es-word-train"),
      ", ",
      word("validation", run.val[at], "es-word-val"),
    );
    handle.place();
  }

  const ghostOf = (
    losses,
  ) => [
    kit.svg("path", { class: "es-ghost", d: kit.linePath(pixels(losses)) }),
    kit.svg("circle", {
      class: "es-ghost-best",
      r: 4,
      cx: panel.x(lowest(losses) * every),
      cy: panel.y(losses[lowest(losses)]),
    }),
  ];
  const word = (name, value, kind) => kit.html("span", { class: kind }, `${name} ${kit.format(value)}`);

  function drawStop(stopped) {
    const x = panel.x((stopped ?? 0) * every);
    kit.set(stop, {
      x1: x,
      x2: x,
      y1: panel.y.range[0],
      y2: panel.y.range[1],
      visibility: stopped === null ? "hidden" : "visible",
    });
  }

  /** The test loss of the choice, as a diamond on the line it was made with. */
  function drawAsked(at) {
    const place = at === null
      ? ""
      : `translate(${panel.x(at * every)},${
        panel.y(Math.min(runs[stage.state.size].test[at], HIGHEST_LOSS))
      })`;
    kit.set(asked, { d: at === null ? "" : "M0,-8L8,0L0,8L-8,0Z", transform: place });
  }

  function names(run, lowestAt, stopped) {
    const [[left, right], foot] = [panel.x.range, panel.y.range[0]];
    const tag = (kind, x, y, text, anchor = "start") =>
      kit.svg("text", { class: `es-name ${kind}`, x, y, "text-anchor": anchor }, text);
    const ends = [run.train, run.val].map((losses) => panel.y(Math.min(losses.at(-1), HIGHEST_LOSS)) + 4);
    const near = Math.max(0, 16 - Math.abs(ends[0] - ends[1])) / 2; // names that would touch move apart
    const [trainY, valY] = ends.map((y, i) => y + (y > ends[1 - i] ? near : -near));
    const [x, y] = [panel.x(lowestAt * every), Math.min(panel.y(run.val[lowestAt]) + 25, foot - 6)];
    return [
      tag("es-word-train", right + 8, trainY, "training"),
      tag("es-word-val", right + 8, valY, "validation"),
      tag(
        "es-hint",
        x > right - 130 ? right - 4 : Math.max(left + 4, x - 6),
        y,
        `lowest: epoch ${lowestAt * every}`,
        x > right - 130 ? "end" : "start",
      ),
      stopped === null
        ? null
        : tag("es-hint", panel.x(stopped * every) + 5, panel.y.range[1] + 30, "training ends"),
    ].filter(Boolean);
  }
  return { root: panel.root, layout, draw };
}

// ---------------------------------------------------------------- the network over its samples

export function fitView({ runs, every, points }) {
  const heading = kit.html("div", { class: "bf-title" });
  const panel = kit.panel({
    x: { label: "x" },
    y: { label: "y" },
    describe: "Training and validation samples, the function of the network and the wave without noise",
  });
  panel.root.prepend(heading);
  const [truth, curve] = [kit.svg("path", { class: "es-truth" }), kit.svg("path", { class: "es-fit" })];
  const sets = ["train", "val"].map((name) =>
    points[name][0].map(() => kit.svg("circle", { class: `es-sample-${name}`, r: 4 }))
  );
  panel.marks.append(truth, curve, ...sets[1], ...sets[0]);
  const sample = (mark, name) => kit.html("span", {}, kit.svg("svg", { viewBox: "0 0 12 12" }, mark), name);
  const dot = (name) => kit.svg("circle", { class: `es-sample-${name}`, r: 4, cx: 6, cy: 6 });
  const dash = (name) => kit.svg("path", { class: `es-${name}`, d: "M0,6H12" });
  const key = kit.html(
    "p",
    { class: "es-key", "aria-hidden": "true" },
    sample(dot("train"), "training"),
    sample(dot("val"), "validation"),
    sample(dash("fit"), "network"),
    sample(dash("truth"), "sin 4x"),
  );
  const root = kit.html("div", {}, panel.root, key);

  function layout(width, height) {
    panel.layout({ width, height: height - 24, x: [-1.04, 1.04], y: [-2.9, 2.4] });
    root.style.width = `${width}px`;
    ["train", "val"].forEach((name, k) =>
      sets[k].forEach((circle, i) =>
        kit.set(circle, { cx: panel.x(points[name][0][i]), cy: panel.y(points[name][1][i]) })
      )
    );
    const xs = Array.from({ length: 81 }, (_, i) => -1 + i / 40);
    kit.set(truth, { d: panel.line(xs.map((x) => [x, Math.sin(4 * x)])) });
  }

  function draw({ size, at }) {
    const { width, fits } = runs[size];
    const fit = fits[at];
    kit.set(curve, {
      d: smoothPath(fit.map((y, i) => [panel.x(-1 + (2 * i) / (fit.length - 1)), panel.y(y)])),
    });
    heading.textContent = `${width} ${width === 1 ? "unit" : "units"} a layer, epoch ${at * every}`;
  }
  return { root, layout, draw };
}

/** A smooth curve through points that are equally far apart: cubic pieces whose slopes are the neighbours' secants. */
function smoothPath(points) {
  const slope = (i) => {
    const [before, after] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 1)]];
    return (after[1] - before[1]) / (after[0] - before[0]);
  };
  const third = (points[1][0] - points[0][0]) / 3;
  const piece = (
    [x, y],
    i,
  ) => (i === 0 ? `M${x.toFixed(2)},${y.toFixed(2)}` : `C${
    [
      points[i - 1][0] + third,
      points[i - 1][1] + third * slope(i - 1),
      x - third,
      y - third * slope(i),
      x,
      y,
    ].map((value) => value.toFixed(2)).join(",")
  }`);
  return points.map(piece).join("");
}
