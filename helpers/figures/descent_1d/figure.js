/**
 * Descent1D: gradient descent on a loss of one parameter. A curve with its slope at the ball and the steps
 * from there; below, on the same axis, the steps against their number. Every change computes the run anew.
 */
import * as kit from "../kit/index.js";
import { descend } from "./maths.js";
import { curveView, stepsView } from "./views.js";
import { number, sentence, signed, verdict } from "./words.js";

const STEP = 0.01; // of the rate's slider, in units of the limit

function makeControls(stage, { curveOf, curves, change, opening }) {
  const share = () => stage.state.lr / curveOf().limit;
  // A rate given in the notebook stays as it was given.
  const rateAt = (
    value,
  ) => (Math.abs(share() - value) <= STEP / 2 ? stage.state.lr : value * curveOf().limit);
  const rate = kit.slider({
    label: "learning rate",
    min: STEP,
    max: 1.1,
    step: STEP,
    value: share(),
    ticks: [{ value: 0.5, label: "1/λ" }, { value: 1, label: "limit 2/λ" }],
    format: (value) => number(rateAt(value)),
    onInput: (value) => change({ lr: rateAt(value) }),
  });
  const kinds = kit.choice({
    label: "Loss with",
    value: stage.state.curve,
    options: Object.keys(curves).map((name) => ({ value: name, label: name })),
    // Each curve has its own limit. The second opens calm, so that the start alone decides.
    onChange: (curve) =>
      change({
        curve,
        lr: curve === opening.curve ? opening.lr : 0.2 * curves[curve].limit,
        at: 0,
      }),
  });
  const refresh = () => {
    const [first, limit] = rate.root.querySelectorAll(".bf-tickmark");
    first.textContent = `1/λ = ${number(curveOf().limit / 2)}`;
    limit.textContent = `2/λ = ${number(curveOf().limit)}`;
    rate.value = share();
    for (const input of kinds.root.querySelectorAll("input")) {
      input.checked = input.parentNode.textContent === stage.state.curve;
    }
  };
  refresh();
  return { root: kit.controls(rate.root, kinds.root), refresh };
}

function formula({ lr, run, at }) {
  if (at + 1 >= run.points.length) {
    return [`after step ${at}: w = ${number(run.points[at])}, loss ${number(run.losses[at])}`];
  }
  const part = (name, text) => kit.html("span", { class: `d1-${name}` }, text);
  return [
    `step ${at + 1}: w ← `,
    number(run.points[at]),
    " − ",
    number(lr),
    " · ",
    part("gradient", signed(run.slopes[at])),
    " = ",
    kit.html("b", {}, number(run.points[at + 1])),
  ];
}

function render({ model, el }) {
  const [curves, range, numSteps] = ["curves", "w_range", "num_steps"].map((name) => model.get(name));
  const opening = kit.traits(model, ["start", "curve", "lr"]);
  const runOf = ({ curve, start, lr }) => descend(curves[curve].coefficients, start, lr, numSteps);
  const stage = kit.stage({
    model,
    el,
    name: "Descent1D",
    label: "Gradient descent on a loss of one parameter",
    state: { ...opening, at: 0, run: runOf(opening), previous: null },
  });
  const curveOf = () => curves[stage.state.curve];
  const last = () => stage.state.run.points.length - 1;

  let changed = -Infinity; // when a setting was last changed, in milliseconds

  function change(patch) {
    const next = { ...stage.state, ...patch };
    const run = runOf(next);
    // One gesture makes many changes; the run to compare with is the one before the gesture, on the same curve.
    const sameGesture = performance.now() - changed < 600;
    const previous = "curve" in patch ? null : sameGesture ? stage.state.previous : stage.state.run;
    changed = performance.now();
    stage.set({ ...patch, run, previous, at: Math.min(next.at, run.points.length - 1) });
    inputs.refresh();
    player.refresh();
  }

  const moveTo = (at) => {
    stage.set({ at: kit.clamp(at, 0, last()) });
    player.refresh();
  };
  const curve = curveView(stage, { range, curveOf, change, opening });
  const steps = stepsView({ range, curveOf, numSteps, moveTo });
  const [update, fate] = ["d1-update", "d1-fate"].map((name) => kit.html("p", { class: name }));
  const inputs = makeControls(stage, { curveOf, curves, change, opening });
  const player = kit.player(stage, {
    length: () => last() + 1,
    at: () => stage.state.at,
    label: "step through the run",
    onMove: (at) => stage.set({ at }),
    onReset: () => change({ ...opening, at: 0 }),
    describe: (at) => `step ${at} of ${last()}`,
  });
  stage.body.append(curve.panel.root, update, steps.panel.root, fate, inputs.root, player.root);
  for (const name of Object.keys(opening)) {
    model.on?.(`change:${name}`, () => {
      if (model.get(name) !== stage.state[name]) change({ [name]: model.get(name) });
    });
  }
  stage.onDraw(({ width, state }) => {
    stage.body.dataset.narrow = String(width < 480);
    curve.layout(width, width < 560 ? 250 : 290);
    steps.layout(width, width < 560 ? 150 : 180);
    curve.draw(state);
    steps.draw(state);
    kit.clear(update, formula(state));
    fate.textContent = verdict(curveOf(), state.lr, state.run);
    fate.dataset.diverges = String(/grows|diverged/.test(fate.textContent));
  });
  stage.say(() => sentence(stage.state, curveOf()));
  return stage.start();
}

export default { render };
