/**
 * OptimizerRace's views of the run: the losses step by step, and the table of results.
 * Each has `root`, `layout(...)` for what changes with the size, and `draw(state)` for what changes with the race.
 */
import * as kit from "../kit/index.js";
import { GOAL, winnersOf } from "./maths.js";
import { headOf } from "./plane.js";

/** Each optimizer keeps its colour and its dashes everywhere in this figure. */
const LOOKS = {
  SGD: { role: "ink", dash: null },
  momentum: { role: "data", dash: null },
  RMSprop: { role: "model", dash: "7 3" },
  Adam: { role: "gradient", dash: null },
  AdamW: { role: "path", dash: "2 3" },
};

export const NAMES = Object.keys(LOOKS);

export const lookOf = (name) => ({
  style: `stroke: var(--bf-${LOOKS[name].role})`,
  "stroke-dasharray": LOOKS[name].dash,
});

export const inkOf = (name) => ({ style: `fill: var(--bf-${LOOKS[name].role})` });
export const visible = ({ shown }) => NAMES.filter((name) => shown[name]);

// ---------------------------------------------------------------- the losses

export function lossView({ numSteps, moveTo }) {
  const panel = kit.panel({
    title: "Loss after each step",
    x: { label: "step" },
    y: { log: true },
    describe: "The loss of each optimizer against its steps, on a logarithmic axis",
  });
  Object.assign(panel.margin, { top: 6, right: 96 }); // room for the names at the curves' ends
  const [goal, cursor] = [kit.svg("line", { class: "or-goal" }), kit.svg("line", { class: "or-cursor" })];
  const goalName = kit.svg(
    "text",
    { class: "or-hint", "text-anchor": "end", "aria-hidden": "true" },
    "goal 0.01",
  );
  const [curves, tags] = [kit.svg("g"), kit.svg("g", { "aria-hidden": "true" })];
  panel.marks.append(goal, cursor, curves);
  panel.over.append(goalName, tags);
  const lowest = 1e-5;

  function layout(width, height) {
    panel.layout({ width, height, x: [0, numSteps], y: [lowest, 20] });
    kit.set(goal, { x1: panel.x(0), x2: panel.x(numSteps), y1: panel.y(GOAL), y2: panel.y(GOAL) });
    kit.set(goalName, { x: panel.x(0) + 64, y: panel.y(GOAL) + 15 });
  }

  function draw(state) {
    const { runs, at } = state;
    const height = (loss) => kit.clamp(panel.y(Math.max(loss, lowest / 9)), -1e4, 1e4);
    kit.set(cursor, { x1: panel.x(at), x2: panel.x(at), y1: panel.y.range[0], y2: panel.y.range[1] });
    kit.clear(
      curves,
      visible(state).flatMap((name) => [
        kit.svg("path", {
          class: "or-line",
          ...lookOf(name),
          d: kit.linePath(runs[name].losses.map((loss, t) => [panel.x(t), height(loss)])),
        }),
        headOf(name, [
          panel.x(at),
          Number.isFinite(runs[name].losses[at]) ? height(runs[name].losses[at]) : -1e4,
        ]),
      ]),
    );
    const ends = visible(state).map((name) => ({
      name,
      y: kit.clamp(height(runs[name].losses.at(-1)) + 4, 14, panel.y.range[0]),
    }));
    kit.clear(
      tags,
      pushedApart(ends).map(({ name, y }) =>
        kit.svg("text", { class: "or-name", ...inkOf(name), x: panel.x.range[1] + 8, y }, name)
      ),
    );
  }

  panel.svg.addEventListener(
    "click",
    (event) => moveTo(kit.clamp(Math.round(panel.toData(event)[0]), 0, numSteps)),
  );
  return { root: panel.root, layout, draw };
}

/** Names at the curves' ends that would touch, pushed upwards from the lowest. */
function pushedApart(ends) {
  const sorted = [...ends].sort((one, other) => other.y - one.y);
  sorted.forEach((end, i) => {
    if (i) end.y = Math.min(end.y, sorted[i - 1].y - 15);
  });
  return sorted;
}

// ---------------------------------------------------------------- the results

export function resultTable({ numSteps, onToggle }) {
  const rows = NAMES.map((name) => {
    const box = kit.toggle({ label: name, checked: true, onChange: (checked) => onToggle(name, checked) });
    const sample = kit.svg(
      "svg",
      { viewBox: "0 0 22 8", "aria-hidden": "true", class: "or-sample" },
      kit.svg("path", { class: "or-line", d: "M0,4H22", ...lookOf(name) }),
    );
    box.root.append(sample);
    const [rate, result] = [kit.html("td", {}), kit.html("td", {})];
    return {
      name,
      box,
      rate,
      result,
      root: kit.html("tr", {}, kit.html("th", { scope: "row" }, box.root), rate, result),
    };
  });
  const heads = ["optimizer", "learning rate", "arrives at step"].map((text) =>
    kit.html("th", { scope: "col" }, text)
  );
  const verdict = kit.html("p", { class: "or-verdict" });
  const table = kit.html(
    "table",
    { class: "or-table" },
    kit.html("thead", {}, kit.html("tr", {}, heads)),
    kit.html("tbody", {}, rows.map(({ root }) => root)),
  );

  function draw({ runs, rates, shown }) {
    const first = winnersOf(Object.fromEntries(Object.entries(runs).filter(([name]) => shown[name])));
    for (const { name, box, rate, result, root } of rows) {
      box.input.checked = shown[name];
      rate.textContent = kit.format(rates[name]);
      result.textContent = resultOf(runs[name]);
      kit.set(root, { "data-first": first.includes(name), "data-off": !shown[name] });
    }
    verdict.textContent = first.length
      ? `First here: ${first.join(" and ")}`
      : `None arrives within ${numSteps} steps`;
  }
  return {
    root: kit.html(
      "div",
      { class: "or-results" },
      verdict,
      table,
      kit.html(
        "p",
        { class: "or-note" },
        "Arrived: from this step on the loss stays under 0.01. Otherwise: the last loss.",
      ),
    ),
    draw,
  };
}

function resultOf({ losses, arrival }) {
  if (arrival !== null) return String(arrival);
  return Number.isFinite(losses.at(-1)) && losses.at(-1) < 1e6
    ? `no: ${kit.format(losses.at(-1), 2)}`
    : "diverged";
}
