/**
 * ConfusionExplorer: a confusion matrix whose cells open onto their pictures.
 */
import * as kit from "../kit/index.js";
import { cellWords, darkest, mistakes, nextMistake, rowShares, scores } from "./maths.js";
import { cellFill, matrixView, picturesView } from "./views.js";

function render({ model, el }) {
  const data = kit.traits(model, ["counts", "classes", "pictures", "sizes", "neighbours", "sheet"]);
  const numbered = data.classes.map((_, i) => i);
  const opening = { selected: model.get("selected"), numbers: "count", order: numbered };
  const stage = kit.stage({
    model,
    el,
    name: "ConfusionExplorer",
    label: "Confusion matrix: which class is taken for which",
    state: { ...opening },
  });
  stage.root.style.setProperty("--ce-sheet", `url("${data.sheet}")`);
  const matrix = matrixView(stage, data);
  const side = picturesView(stage, data);
  const inputs = makeControls(stage, data, opening);
  const title = kit.html("div", { class: "bf-title ce-total" }, totalText(data.counts));
  stage.body.append(
    title,
    kit.html("div", { class: "bf-row" }, kit.html("div", {}, matrix.root, legend(data.counts)), side.root),
    inputs.root,
  );
  model.on?.("change:selected", () => {
    if (String(model.get("selected")) !== String(stage.state.selected)) {
      stage.set({ selected: model.get("selected") });
    }
  });
  stage.onDraw(({ width, state }) => {
    const taken = matrix.width(width);
    const room = width - taken - 24;
    matrix.draw(width, state);
    side.root.style.width = `${room < 240 ? width : room}px`;
    side.draw(room < 240 ? width : room, state);
    inputs.refresh(state);
  });
  stage.say(() => sentence(data, stage.state));
  return stage.start();
}

function totalText(counts) {
  const { total, accuracy } = scores(counts);
  const wrong = mistakes(counts).reduce((sum, [i, j]) => sum + counts[i][j], 0);
  return `Accuracy ${kit.percent(accuracy)}: ${wrong.toLocaleString("en")} of ${
    total.toLocaleString("en")
  } pictures are named wrongly`;
}

/** What the colour means, from none to the largest mistake. */
function legend(counts) {
  const most = darkest(rowShares(counts));
  const steps = [0, 0.25, 0.5, 0.75, 1].map((part) =>
    kit.html("span", {
      class: "ce-step",
      style: `background: ${cellFill(part * most, most) ?? "var(--bf-panel)"}`,
    })
  );
  return kit.html(
    "p",
    { class: "ce-legend", hidden: most === 0 },
    "colour: share of the row, 0 ",
    kit.html("span", { class: "ce-steps", "aria-hidden": "true" }, steps),
    ` ${kit.percent(most)}`,
  );
}

function sentence({ counts, classes }, { selected }) {
  const { title, count, twin } = cellWords(counts, classes, selected);
  const { recall, precision } = scores(counts);
  const [label, answer] = selected;
  const named = (score) => (score === null ? "not defined" : kit.percent(score));
  return `${title}: ${count} ${twin === null ? "" : `The other way round: ${twin}. `}` +
    `Recall of ${classes[label]} ${named(recall[label])}, precision of ${classes[answer]} ${
      named(precision[answer])
    }.`;
}

function makeControls(stage, { counts, neighbours }, opening) {
  const numbers = kit.choice({
    label: "Numbers",
    value: opening.numbers,
    onChange: (value) => stage.set({ numbers: value }),
    options: [{ value: "count", label: "counts" }, { value: "share", label: "% of the row" }],
  });
  const sorted = kit.toggle({
    label: "confused classes side by side",
    onChange: (on) => stage.set({ order: on ? neighbours : opening.order }),
  });
  const next = kit.button({
    label: "Next mistake",
    icon: "step",
    onClick: () => stage.set({ selected: nextMistake(counts, stage.state.selected) }),
  });
  const reset = kit.button({ label: "Reset", icon: "reset", onClick: () => stage.set({ ...opening }) });
  next.root.disabled = mistakes(counts).length === 0;
  const radios = [...numbers.root.querySelectorAll("input")];
  const refresh = (state) => {
    radios.forEach((radio, i) => {
      radio.checked = (state.numbers === "count") === (i === 0);
    });
    sorted.input.checked = state.order === neighbours;
  };
  return {
    refresh,
    root: kit.controls(
      kit.html("div", { class: "bf-buttons" }, next.root, reset.root),
      numbers.root,
      sorted.root,
    ),
  };
}

export default { render };
