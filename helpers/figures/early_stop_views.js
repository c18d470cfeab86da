/**
 * EarlyStop's two views: the losses against epochs with the line to drag, and the network over its samples.
 */

const HIGHEST_LOSS = 1.25;

// ---------------------------------------------------------------- the losses

function curvesView(stage, { runs, every, numEpochs }, moveTo) {
  const heading = kit.html("div", { class: "bf-title" });
  const panel = kit.panel({ x: { label: "epoch" }, y: { label: "loss" },
    describe: "Training and validation loss against epochs, with a line at the chosen epoch" });
  panel.root.prepend(heading);
  panel.margin.right = 16;
  const [ghosts, train, val] = [kit.svg("g"), kit.svg("path", { class: "es-curve es-train" }), kit.svg("path", { class: "es-curve es-val" })];
  const [line, stop, best, dots] = [kit.svg("line", { class: "es-line" }), kit.svg("line", { class: "es-stop" }),
    kit.svg("circle", { class: "es-best", r: 8 }), kit.svg("g")];
  const [tags, asked] = [kit.svg("g", { "aria-hidden": "true" }), kit.svg("path", { class: "es-asked-mark" })];
  panel.marks.append(ghosts, stop, line, train, val, best, dots);
  panel.over.append(tags, asked);
  const handle = kit.handle(stage, panel, { role: "model", get: () => [stage.state.at * every, HIGHEST_LOSS],
    x: { label: "stop at epoch", min: 0, max: numEpochs, step: every }, onInput: ([epoch]) => moveTo(epoch / every) });
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
    kit.clear(dots, [["train", run.train], ["val", run.val]].map(([name, losses]) =>
      kit.svg("circle", { class: `bf-dot es-dot-${name}`, r: 5, cx: x, cy: panel.y(losses[at]) })));
    drawStop(byPatience ? patienceStop(run.val, patience)[1] : null);
    kit.clear(tags, names(run, lowestAt, byPatience ? patienceStop(run.val, patience)[1] : null));
    drawAsked(chosen && chosen.size === size ? chosen.at : null);
    heading.replaceChildren("Loss: ", word("training", run.train[at], "es-word-train"), ", ", word("validation", run.val[at], "es-word-val"));
    handle.place();
  }

  const ghostOf = (losses) => [kit.svg("path", { class: "es-ghost", d: kit.linePath(pixels(losses)) }),
    kit.svg("circle", { class: "es-ghost-best", r: 4, cx: panel.x(lowest(losses) * every), cy: panel.y(losses[lowest(losses)]) })];
  const word = (name, value, kind) => kit.html("span", { class: kind }, `${name} ${kit.format(value)}`);

  function drawStop(stopped) {
    const x = panel.x((stopped ?? 0) * every);
    kit.set(stop, { x1: x, x2: x, y1: panel.y.range[0], y2: panel.y.range[1], visibility: stopped === null ? "hidden" : "visible" });
  }

  /** The test loss of the choice, as a diamond on the line it was made with. */
  function drawAsked(at) {
    const place = at === null ? "" : `translate(${panel.x(at * every)},${panel.y(Math.min(runs[stage.state.size].test[at], HIGHEST_LOSS))})`;
    kit.set(asked, { d: at === null ? "" : "M0,-8L8,0L0,8L-8,0Z", transform: place });
  }

  function names(run, lowestAt, stopped) {
    const right = panel.x.range[1];
    const quarter = Math.round(0.8 * run.train.length);
    const tag = (kind, x, y, text, anchor = "end") => kit.svg("text", { class: `es-name ${kind}`, x, y, "text-anchor": anchor }, text);
    const [trainY, valY] = [panel.y(run.train[quarter]), panel.y(run.val[quarter])];
    const valAbove = valY <= trainY;
    const bestX = panel.x(lowestAt * every);
    return [
      tag("es-word-train", right - 6, trainY + (valAbove ? 18 : -10), "training"),
      tag("es-word-val", right - 6, valY + (valAbove ? -10 : 18), "validation"),
      tag("es-hint", kit.clamp(bestX - 6, panel.x.range[0] + 4, right - 150), panel.y(run.val[lowestAt]) + 28, `lowest: epoch ${lowestAt * every}`, "start"),
      stopped === null ? null : tag("es-hint", kit.clamp(panel.x(stopped * every) + 5, 0, right - 76), panel.y.range[1] + 34, "training ends", "start"),
    ].filter(Boolean);
  }
  return { root: panel.root, layout, draw };
}

// ---------------------------------------------------------------- the network over its samples

function fitView({ runs, every, points }) {
  const heading = kit.html("div", { class: "bf-title" });
  const panel = kit.panel({ x: { label: "x" }, y: { label: "y" },
    describe: "Training and validation samples, the function of the network and the wave without noise" });
  panel.root.prepend(heading);
  const [truth, curve] = [kit.svg("path", { class: "es-truth" }), kit.svg("path", { class: "es-fit" })];
  const sets = ["train", "val"].map((name) => points[name][0].map(() => kit.svg("circle", { class: `es-sample-${name}`, r: 4 })));
  panel.marks.append(truth, curve, ...sets[1], ...sets[0]);
  const key = kit.html("p", { class: "es-key", "aria-hidden": "true" },
    ["train", "val"].map((name) => [kit.svg("svg", { viewBox: "0 0 12 12" }, kit.svg("circle", { class: `es-sample-${name}`, r: 4, cx: 6, cy: 6 })), name === "train" ? "training" : "validation"]),
    ["fit", "truth"].map((name) => [kit.svg("svg", { viewBox: "0 0 12 12" }, kit.svg("path", { class: `es-${name}`, d: "M0,6H12" })), name === "fit" ? "network" : "sin 4x"]));
  const root = kit.html("div", {}, panel.root, key);

  function layout(width, height) {
    panel.layout({ width, height: height - 24, x: [-1.04, 1.04], y: [-2.3, 2.3] });
    root.style.width = `${width}px`;
    ["train", "val"].forEach((name, k) => sets[k].forEach((circle, i) =>
      kit.set(circle, { cx: panel.x(points[name][0][i]), cy: panel.y(points[name][1][i]) })));
    const xs = Array.from({ length: 81 }, (_, i) => -1 + i / 40);
    kit.set(truth, { d: panel.line(xs.map((x) => [x, Math.sin(4 * x)])) });
  }

  function draw({ size, at }) {
    const { width, fits } = runs[size];
    const fit = fits[at];
    kit.set(curve, { d: panel.line(fit.map((y, i) => [-1 + (2 * i) / (fit.length - 1), y])) });
    heading.textContent = `${width} units a layer, epoch ${at * every}`;
  }
  return { root, layout, draw };
}
