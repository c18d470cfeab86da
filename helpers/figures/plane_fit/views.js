/**
 * PlaneFit's views of the run: the residuals along each input, the loss along the run.
 */
import * as kit from "../kit/index.js";
import { planeGradient, planeLoss, residuals, trend } from "./maths.js";

export const NAMES = ["x₁", "x₂"];

// ---------------------------------------------------------------- residuals along one input

export function residualView({ X, y, opening }, input) {
  const panel = kit.panel({
    x: { label: NAMES[input], ticks: 3 },
    y: { ticks: 4 },
    describe: `The residuals against ${NAMES[input]}, and the straight line that runs through them`,
  });
  Object.assign(panel.margin, { left: 30, top: 6, right: 4, bottom: 34 });
  const title = kit.html("div", { class: "bf-title pf-small" });
  panel.root.prepend(title);
  const reach = Math.ceil(
    1.05 * Math.max(...y.map(Math.abs), ...residuals(X, y, opening.start).map(Math.abs)),
  );
  const zero = kit.svg("line", { class: "bf-axis" });
  const slope = kit.svg("line", { class: "pf-trend" });
  const sticks = X.map(() => kit.svg("line", { class: "pf-stick" }));
  const dots = X.map(() => kit.svg("circle", { class: "pf-sample", r: 2.5 }));
  panel.marks.append(zero, ...sticks, ...dots, slope);

  function layout(width, height) {
    panel.layout({ width, height, x: [-1.08, 1.08], y: [-reach, reach] });
    kit.set(zero, { x1: panel.x(-1.08), x2: panel.x(1.08), y1: panel.y(0), y2: panel.y(0) });
  }

  function draw({ run, at }) {
    const parameters = run.points[at];
    const lit = new Set(at > 0 ? run.batches[at - 1] : []);
    const errors = residuals(X, y, parameters);
    const pixel = (error) => kit.clamp(panel.y(error), -1e4, 1e4);
    errors.forEach((error, i) => {
      const place = panel.x(X[i][input]);
      kit.set(sticks[i], { x1: place, x2: place, y1: panel.y(0), y2: pixel(error), "data-lit": lit.has(i) });
      kit.set(dots[i], { cx: place, cy: pixel(error) });
    });
    const [tilt, middle] = trend(X.map((x) => x[input]), errors);
    kit.set(slope, { x1: panel.x(-1), y1: pixel(middle - tilt), x2: panel.x(1), y2: pixel(middle + tilt) });
    const pull = planeGradient(X, y, parameters, X.map((_, i) => i))[input];
    title.textContent = `∂L/∂w${"₁₂"[input]} = ${kit.format(pull)}`;
  }
  return { panel, layout, draw };
}

// ---------------------------------------------------------------- loss along the run

export function lossOverRun(problem, moveTo, state) {
  const { X, y, best, orders } = problem;
  const least = planeLoss(X, y, best);
  const panel = kit.panel({
    x: { label: "epoch" },
    y: { log: true, label: "" },
    describe: "The loss on all samples along the run, on a logarithmic axis",
  });
  Object.assign(panel.margin, { left: 40, top: 6, right: 14 });
  const title = kit.html("div", { class: "bf-title" });
  panel.root.prepend(title);
  const bottom = 0.6 * Math.max(least, 1e-4);
  const floor = kit.svg("line", { class: "pf-floor" });
  const floorName = kit.svg("text", { class: "pf-hint" }, "least squares");
  const [previous, rest, done] = ["pf-previous", "pf-rest", "pf-done"].map((name) =>
    kit.svg("path", { class: name })
  );
  const here = kit.svg("circle", { class: "pf-here bf-dot", r: 6 });
  panel.marks.append(floor, previous, rest, done, here);
  panel.over.append(floorName);
  const perEpoch = (run) => Math.ceil(X.length / run.batches[0].length);
  const curve = (run, from = 0, to = run.losses.length) =>
    kit.linePath(
      run.losses.slice(from, to).map((
        loss,
        i,
      ) => [panel.x((from + i) / perEpoch(run)), kit.clamp(panel.y(Math.max(loss, bottom)), -1e4, 1e4)]),
    );

  function layout(width, height) {
    const top = Math.max(10, 2 * planeLoss(X, y, [0, 0, 0]));
    panel.layout({ width, height, x: [0, orders.length], y: [bottom, top] });
    kit.set(floor, { x1: panel.x(0), x2: panel.x(orders.length), y1: panel.y(least), y2: panel.y(least) });
    kit.set(floorName, { x: panel.x(0) + 6, y: panel.y(least) - 5 });
  }

  function draw({ run, at, previous: old }) {
    kit.set(done, { d: curve(run, 0, at + 1) });
    kit.set(rest, { d: curve(run, at) });
    kit.set(previous, { d: old ? curve(old) : "" });
    kit.set(here, {
      cx: panel.x(at / perEpoch(run)),
      cy: kit.clamp(panel.y(Math.max(run.losses[at], bottom)), -1e4, 1e4),
    });
    kit.clear(title, "Loss: ", kit.html("span", { class: "pf-loss" }, fateOf(run, at)));
  }
  panel.svg.addEventListener("click", (event) => {
    const { run } = state();
    moveTo(kit.clamp(Math.round(panel.toData(event)[0] * perEpoch(run)), 0, run.points.length - 1));
  });
  return { panel, layout, draw };
}

const fateOf = (
  run,
  at,
) => (run.divergedAt ? `diverged at step ${run.divergedAt}` : kit.format(run.losses[at]));
