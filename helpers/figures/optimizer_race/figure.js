/**
 * OptimizerRace: five optimizers from one start, on a landscape of the reader's choice.
 *
 * The runs are computed anew at every change; nothing is replayed.
 */
import * as kit from "../kit/index.js";
import { LADDER, LANDSCAPES, raceOne, RULES, tunedRate, winnersOf } from "./maths.js";
import { lossView, NAMES, resultTable } from "./views.js";
import { planeView } from "./plane.js";

const TITLES = {
  ravine: "Ravine: a narrow, slanted valley",
  saddle: "Saddle: flat between two minima",
  bumps: "Bumps: many local minima",
};

/** The learning rates of a race: those given, the others tuned to the start. */
export function ratesFor({ landscape, start, numSteps, given = {} }) {
  return Object.fromEntries(
    Object.keys(RULES).map((
      optimizer,
    ) => [optimizer, given[optimizer] ?? tunedRate({ landscape, optimizer, start, numSteps })]),
  );
}

const runsOf = ({ landscape, start, rates, numSteps }) =>
  Object.fromEntries(
    Object.keys(RULES).map((
      optimizer,
    ) => [optimizer, raceOne({ landscape, optimizer, lr: rates[optimizer], start, numSteps })]),
  );

/** What the reader sees, as one sentence made from the state. */
function sentence({ landscape, runs, shown, at, chosen, rates }) {
  const first = winnersOf(Object.fromEntries(Object.entries(runs).filter(([name]) => shown[name])));
  const verdict = first.length
    ? `${first.join(" and ")} first, at step ${runs[first[0]].arrival}`
    : "none arrives";
  const losses = Object.keys(runs).filter((name) => shown[name]).map((name) =>
    `${name} ${kit.format(runs[name].losses[at], 2)}`
  );
  return `On the ${landscape}: ${verdict}. ${chosen} has learning rate ${
    kit.format(rates[chosen])
  }. Losses after step ${at}: ${losses.join(", ")}.`;
}

function openingOf(model) {
  const [landscape, numSteps] = [model.get("landscape"), model.get("num_steps")];
  const start = [...model.get("start")];
  const rates = ratesFor({ landscape, start, numSteps, given: model.get("learning_rates") });
  const shown = Object.fromEntries(NAMES.map((name) => [name, true]));
  return { landscape, start, numSteps, rates, shown, at: numSteps, chosen: "SGD", touched: false };
}

/** The slider moves along the ladder; a rate given in the notebook stays as it was given. */
function rateSlider(stage, change) {
  const stepOf = (lr) => Math.round(8 * Math.log10(lr));
  const rate = kit.slider({
    label: "learning rate",
    min: -24,
    max: 0,
    step: 1,
    value: stepOf(stage.state.rates[stage.state.chosen]),
    format: (step) => {
      const current = stage.state.rates[stage.state.chosen];
      return kit.format(stepOf(current) === step ? current : LADDER[step + 24]);
    },
    onInput: (step) => change({ rates: { ...stage.state.rates, [stage.state.chosen]: LADDER[step + 24] } }),
  });
  return {
    root: rate.root,
    refresh: () => {
      rate.value = stepOf(stage.state.rates[stage.state.chosen]);
    },
  };
}

function render({ model, el }) {
  const opening = () => {
    const state = openingOf(model);
    return { ...state, runs: runsOf(state) };
  };
  const begun = opening();
  const stage = kit.stage({
    model,
    el,
    name: "OptimizerRace",
    label: "Five optimizers from one start on a landscape",
    state: begun,
  });
  const { numSteps } = begun;

  function change(patch) {
    const next = { ...stage.state, ...patch };
    // The landscape and the start stay out of the saved state: the figure opens as the notebook says.
    Object.assign(stage.state, patch, { runs: runsOf(next), touched: next.touched || "start" in patch });
    stage.set({});
    refresh();
  }
  const travel = (landscape) => {
    const { start } = landscape === begun.landscape ? begun : LANDSCAPES[landscape];
    const given = landscape === begun.landscape ? model.get("learning_rates") : {};
    change({ landscape, start, rates: ratesFor({ landscape, start, numSteps, given }) });
  };
  const retune = () => change({ rates: ratesFor(stage.state) });
  const moveTo = (at) => {
    stage.set({ at });
    player.refresh();
  };

  const where = kit.choice({
    label: "Landscape",
    value: begun.landscape,
    onChange: travel,
    options: Object.keys(LANDSCAPES).map((value) => ({ value, label: value })),
  });
  const whose = kit.choice({
    label: "Change the learning rate of",
    value: begun.chosen,
    options: NAMES.map((value) => ({ value, label: value })),
    onChange: (chosen) => {
      stage.set({ chosen });
      rate.refresh();
    },
  });
  const title = kit.html("div", { class: "bf-title" });
  const plane = planeView(stage, change);
  plane.root.prepend(title);
  const results = resultTable({
    numSteps,
    onToggle: (name, on) => stage.set({ shown: { ...stage.state.shown, [name]: on } }),
  });
  const loss = lossView({ numSteps, moveTo });
  const rate = rateSlider(stage, change);
  const tune = kit.button({ label: "Tune all for this start", onClick: retune });
  const player = kit.player(stage, {
    length: () => numSteps + 1,
    at: () => stage.state.at,
    home: () => numSteps,
    label: "step",
    onMove: (at) => stage.set({ at }),
    onReset: () => {
      Object.assign(stage.state, opening());
      refresh();
    },
    describe: (at) => `${at} of ${numSteps}`,
  });
  results.root.append(tune.root);
  stage.body.append(
    kit.html("div", { class: "or-choice" }, where.root),
    kit.row(plane.root, results.root),
    loss.root,
    player.root,
    kit.html("div", { class: "or-choice" }, whose.root),
    kit.controls(rate.root),
  );

  function refresh() {
    rate.refresh();
    for (const [{ root }, value] of [[where, stage.state.landscape], [whose, stage.state.chosen]]) {
      root.querySelectorAll("label").forEach((label) => {
        label.firstChild.checked = label.textContent === value;
      });
    }
  }

  let laidOut = 0;
  stage.onDraw(({ width, state }) => {
    const across = width < 600 ? width : Math.round(0.57 * width);
    title.textContent = TITLES[state.landscape];
    plane.layout(across, Math.round((across - 56) * (3.4 / 4.4) + 58), state);
    if (laidOut !== width) loss.layout(width, width < 600 ? 190 : 180);
    laidOut = width;
    for (const view of [plane, results, loss]) view.draw(state);
  });
  stage.say(() => sentence(stage.state));
  return stage.start();
}

export default { render };
