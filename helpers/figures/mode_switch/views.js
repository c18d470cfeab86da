/**
 * ModeSwitch's views: the grid of both switches, the table of what each decides, what happens inside the
 * layer pass by pass, and the output of the same input pass by pass. Each has `layout` and `draw(now)`.
 */
import * as kit from "../kit/index.js";
import { decided } from "./maths.js";

// ---------------------------------------------------------------- the two switches

const MODES = [true, false]; // rows: training, evaluation
const RECORDS = [false, true]; // columns: no_grad off, on

export function switchView(stage) {
  const key = (training, noGrad) => `${training ? "train" : "eval"}/${noGrad ? "no_grad" : "grad"}`;
  const cells = kit.cells({
    label: "Both switches",
    current: () => key(stage.state.training, stage.state.no_grad),
    onPick: (picked) =>
      stage.set({ training: picked.startsWith("train"), no_grad: picked.endsWith("no_grad") }),
  });
  const names = kit.svg("g", { "aria-hidden": "true" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "train() or eval(), with or without no_grad()" },
    names,
    cells.root,
  );
  const root = kit.html(
    "div",
    { class: "bf-panel" },
    kit.html("div", { class: "bf-title" }, "Two switches: tap a cell"),
    picture,
  );
  let [width, height, left] = [0, 0, 0];

  function layout(room) {
    width = room;
    left = 62;
    height = 46;
    kit.set(picture, { width: room, height: 26 + 2 * (height + 6) });
    const middle = (column) => left + (width - left) * (column / 2 + 0.25);
    kit.clear(
      names,
      ["gradients on", "no_grad()"].map((name, column) =>
        kit.svg("text", { class: "ms-code", x: middle(column), y: 16, "text-anchor": "middle" }, name)
      ),
      ["train()", "eval()"].map((name, row) =>
        kit.svg("text", { class: "ms-code", x: 0, y: 26 + row * (height + 6) + height / 2 + 5 }, name)
      ),
    );
  }
  function draw({ training, no_grad: noGrad }) {
    const wide = (width - left) / 2;
    cells.draw(MODES.flatMap((mode, row) =>
      RECORDS.map((quiet, column) => {
        const { random, requiresGrad } = decided({ training: mode, no_grad: quiet });
        const text = `${random ? "random" : "fixed"}, ${
          requiresGrad ? "graph" : wide < 120 ? "none" : "no graph"
        }`;
        return {
          key: key(mode, quiet),
          x: left + column * wide + 1,
          y: 26 + row * (height + 6),
          width: wide - 6,
          height,
          text,
          label: `${mode ? "train()" : "eval()"} ${quiet ? "under no_grad()" : "with gradients on"}: ${text}`,
          classes: mode === training && quiet === noGrad ? "bf-lit" : "",
        };
      })
    ));
  }
  return { root, layout, draw };
}

// ---------------------------------------------------------------- who decides what

export function factsView() {
  const body = kit.html("tbody");
  const root = kit.html("table", { class: "ms-facts" }, body);
  const values = new Map();
  const group = (name) =>
    kit.html("tr", { class: "ms-group" }, kit.html("th", { colspan: 2, scope: "colgroup" }, name));
  const fact = (name, value) => {
    const changed = values.has(name) && values.get(name) !== value;
    values.set(name, value);
    return kit.html(
      "tr",
      {},
      kit.html("th", { scope: "row" }, name),
      kit.html("td", { class: changed ? "ms-changed" : null }, value),
    );
  };
  function draw(now) {
    const { random, requiresGrad } = decided(now);
    kit.clear(
      body,
      group("train() or eval() decides"),
      fact("training", now.training ? "True" : "False"),
      fact("20 passes", now.refused ? "an error" : random ? "vary" : "all equal"),
      now.layer === "dropout"
        ? fact("kept units", random ? `× ${kit.format(1 / (1 - now.p))}` : "× 1, none dropped")
        : fact(
          "running_mean",
          now.refused
            ? "stays 0"
            : random
            ? `0 → ${kit.format(now.passes.at(-1).mean)}`
            : `stays ${kit.format(now.passes.at(-1).mean)}`,
        ),
      group("no_grad() decides"),
      fact("requires_grad", requiresGrad ? "True" : "False"),
      fact("backward()", now.refused ? "not reached" : requiresGrad ? "fills .grad" : "RuntimeError"),
    );
  }
  return { root, draw, forget: () => values.clear() };
}

// ---------------------------------------------------------------- pass by pass

const PASSES = 20;

function passPanel({ describe, label, yAxis }) {
  const panel = kit.panel({ title: " ", describe, x: { label, ticks: 5 }, y: yAxis });
  Object.assign(panel.margin, { top: 8, left: 34, bottom: label ? 36 : 20 });
  return panel;
}

/** What happens inside: which units are kept, or which batch the sample is in and what the buffer does. */
export function insideView() {
  const yAxis = {};
  const panel = passPanel({
    describe: "What happens inside the layer in each of 20 forward passes",
    label: "",
    yAxis,
  });
  const marks = kit.svg("g");
  panel.marks.append(marks);
  function draw(now, { width, height }) {
    yAxis.ticks = now.layer === "dropout" ? 1 : 4; // the units have no numbers
    panel.layout({
      width,
      height,
      x: [0.4, PASSES + 0.6],
      y: now.layer === "dropout" ? [0.4, 8.6] : [-1.5, 5.5],
    });
    kit.clear(marks, now.layer === "dropout" ? unitMarks(panel, now) : batchMarks(panel, now));
    panel.title.replaceChildren(...(now.layer === "dropout" ? unitTitle(now) : batchTitle()));
  }
  return { panel, draw };
}

function unitMarks(panel, { passes }) {
  const side = Math.min(panel.x(2) - panel.x(1), panel.y(1) - panel.y(2)) - 3;
  return passes.flatMap(({ units }, pass) =>
    units.map((value, unit) =>
      kit.svg("rect", {
        class: value > 0 ? "ms-kept" : "ms-dropped",
        x: panel.x(pass + 1) - side / 2,
        y: panel.y(unit + 1) - side / 2,
        width: side,
        height: side,
        rx: 2,
      })
    )
  );
}

function unitTitle({ training, p }) {
  if (!training) return ["Inside: all 8 units pass, each as it is"];
  return [
    "Inside: 8 units, each dropped with p = ",
    kit.format(p, 2),
    "; kept ones × 1/(1 − p) = ",
    kit.format(1 / (1 - p)),
  ];
}

function batchMarks(panel, { batches, passes, start }) {
  const dots = batches.flatMap((batch, pass) =>
    batch.map((x, i) =>
      kit.svg("circle", {
        class: i ? "ms-companion" : "ms-sample",
        r: i ? 3 : 4.5,
        cx: panel.x(pass + 1),
        cy: panel.y(x),
      })
    )
  );
  const means = passes.map(({ batchMean }, pass) =>
    kit.svg("path", { class: "ms-mean", d: panel.line([[pass + 0.65, batchMean], [pass + 1.35, batchMean]]) })
  );
  const running = kit.svg("path", {
    class: "ms-running",
    d: panel.line([[0.4, start], ...passes.map(({ mean }, pass) => [pass + 1, mean])]),
  });
  return [...dots, ...means, running];
}

function batchTitle() {
  const word = (kind, text) => kit.html("span", { class: `ms-word-${kind}` }, text);
  return [
    "Inside: ",
    word("sample", "the sample, x = 3"),
    ", companions, batch mean (bar), ",
    word("running", "running_mean (dotted)"),
  ];
}

/** The output of the same input in each pass, beside the one value of evaluation. */
export function outputView() {
  const panel = passPanel({
    describe: "The output for the same input in each of 20 forward passes",
    label: "forward pass",
    yAxis: { ticks: 4 },
  });
  const line = kit.svg("path", { class: "ms-eval" });
  const name = kit.svg("text", { class: "ms-eval-name", "text-anchor": "end", "aria-hidden": "true" });
  const dots = kit.svg("g");
  panel.marks.append(line, dots);
  panel.over.append(name);
  const dot = (kind, [pass, value]) =>
    kit.svg("circle", { class: `ms-output ${kind}`, r: 4.5, cx: panel.x(pass), cy: panel.y(value) });

  function draw(now, { width, height }) {
    panel.layout({
      width,
      height,
      x: [0.4, PASSES + 0.6],
      y: now.layer === "dropout" ? [0, 3] : [-2.7, 2.7],
    });
    const places = (values) => values.map((value, pass) => [pass + 1, value]);
    kit.set(line, { d: panel.line([[0.4, now.fixed], [PASSES + 0.6, now.fixed]]) });
    kit.clear(
      dots,
      now.training ? [] : places(now.ghosts).map((at) => dot("ms-ghost", at)),
      places(now.outputs).map((at) => dot("ms-now", at)),
    );
    kit.set(name, { x: panel.x(PASSES + 0.6), y: 20 });
    name.textContent = `dashed: eval() gives ${kit.format(now.fixed)}`;
    panel.title.replaceChildren(...outputTitle(now));
  }
  return { panel, draw };
}

function outputTitle({ outputs, layer, refused }) {
  const what = layer === "dropout" ? "Output (mean of the units)" : "Output of the sample";
  if (refused) return [`${what}: none`];
  const [least, most] = [Math.min(...outputs), Math.max(...outputs)];
  if (most - least < 1e-9) return [`${what}: 20 times ${kit.format(most)}`];
  const mean = outputs.reduce((sum, value) => sum + value, 0) / outputs.length;
  return [`${what}: ${kit.format(least)} to ${kit.format(most)}, on average ${kit.format(mean)}`];
}
