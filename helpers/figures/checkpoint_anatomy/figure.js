/**
 * CheckpointAnatomy: what a training checkpoint weighs, part by part, and what loading says to a wrong one.
 */
import * as kit from "../kit/index.js";
import { census, editedState, editLines, loadAnswer, shapeAt } from "./maths.js";
import { barsPanel, consolePanel, keysPanel } from "./views.js";
import { bytesText, partsOf, rowsOf } from "./rows.js";

const SENT = /** @type {const} */ (["keys_in_model", "states", "plain", "files", "widths", "sayings"]); // the traits that nobody changes
const FATES = [["", "as saved"], ["dropped", "drop it"], ["renamed", "rename it"], [
  "reshaped",
  "one row more",
]];

/** The program as text: what is built, what is changed, what is loaded. */
export function programLines({ width, program, fates, strict }, keys) {
  const changes = editLines(keys, fates, width);
  return [
    `model = network(width=${program})`,
    `state = torch.load("checkpoint.pt")["model"]`,
    ...changes,
    `model.load_state_dict(state${strict ? "" : ", strict=False"})`,
  ];
}

/** What torch answers in this state of the figure. */
export function answerOf({ width, program, fates, strict }, { keys_in_model: keys, sayings }) {
  const wanted = keys.map(([key, shape]) => [key, shapeAt(shape, program)]);
  return loadAnswer(editedState(keys, fates, width), wanted, strict, sayings);
}

/** One sentence on the answer, in plain words. */
export function verdict({ ok, missing, unexpected, mismatched }, { width, program, strict }) {
  const count = (
    keys,
    what,
  ) => (keys.length ? [`${keys.length} ${keys.length === 1 ? "name is" : "names are"} ${what}`] : []);
  const shapes = mismatched.length
    ? [`${mismatched.length} ${mismatched.length === 1 ? "shape differs" : "shapes differ"}`]
    : [];
  if (!ok && width !== program) {
    return `Refused: the file holds shapes for width ${width}, and the program has built width ${program}.`;
  }
  if (!ok) {
    return `Refused: ${
      [...(strict ? [...count(missing, "missing"), ...count(unexpected, "unknown")] : []), ...shapes].join(
        ", ",
      )
    }.`;
  }
  return missing.length
    ? `Loaded, but ${
      missing.length === 1 ? "one tensor keeps its" : `${missing.length} tensors keep their`
    } start values.`
    : "Loaded.";
}

/** The optimizers, the one that keeps least first. */
function optimizersOf({ states }) {
  return Object.keys(states).sort((one, other) => states[one].length - states[other].length);
}

function makeControls(stage, data, reset) {
  const { state } = stage;
  const names = optimizersOf(data);
  const width = kit.slider({
    label: "width of the saved network",
    values: data.widths,
    value: state.width,
    format: (units) => `${units} hidden units`,
    onInput: (units) => stage.set({ width: units }),
  });
  const optimizer = kit.choice({
    label: "Optimizer",
    value: state.optimizer,
    options: names.map((name) => ({ value: name, label: name })),
    onChange: (name) => stage.set({ optimizer: name, part: "optimizer", key: null }),
  });
  const fate = kit.choice({
    label: "This key",
    value: "",
    options: FATES.map(([value, label]) => ({ value, label })),
    onChange: (value) => stage.set({ fates: { ...state.fates, [state.key]: value } }),
  });
  const strict = kit.toggle({ label: "strict=False", onChange: (loose) => stage.set({ strict: !loose }) });
  const rebuild = kit.button({
    label: "Build this width in the program",
    onClick: () => stage.set({ program: state.width }),
  });
  const again = kit.button({ label: "Reset", icon: "reset", onClick: reset });
  const refresh = () => {
    width.value = state.width;
    strict.input.checked = !state.strict;
    radiosOf(optimizer).forEach((input, i) => {
      input.checked = names[i] === state.optimizer;
    });
    kit.set(rebuild.root, { disabled: state.width === state.program });
    refreshFate(fate, state, data.keys_in_model);
  };
  return { width, optimizer, strict, rebuild, again, fate, refresh };
}

const radiosOf = (choice) => [...choice.root.querySelectorAll("input")];

/** Show what becomes of the chosen key; only the model's keys can be changed. */
function refreshFate(fate, { part, key, fates }, keys) {
  const shape = keys.find(([name]) => name === key)?.[1] ?? [];
  fate.root.style.visibility = part === "model" ? "visible" : "hidden";
  fate.root.querySelector("legend").textContent = `${key} in the program's copy`;
  radiosOf(fate).forEach((input, i) => {
    input.checked = FATES[i][0] === (fates[key] ?? "");
    input.disabled = FATES[i][0] === "reshaped" && !shape.length; // a single number has no rows
  });
}

function render({ model, el }) {
  const data = kit.traits(model, SENT);
  const [start, optimizer] = [model.get("width"), model.get("optimizer")];
  const opening = {
    width: start,
    program: start,
    optimizer,
    part: "model",
    key: data.keys_in_model[0][0],
    fates: {},
    strict: true,
  };
  const stage = kit.stage({
    model,
    el,
    name: "CheckpointAnatomy",
    label: "What a checkpoint file holds, and what loading it says",
    state: opening,
  });
  const { state } = stage;
  const use = makeControls(stage, data, () => stage.set(opening));
  const [bars, keys, output] = [barsPanel(stage, data, use.width, start), keysPanel(stage), consolePanel()];
  stage.body.append(
    kit.row(bars.root, keys.root),
    keys.line,
    kit.controls(use.width.root, use.optimizer.root),
    kit.controls(use.fate.root, use.strict.root),
    output.root,
    output.judged,
    kit.html("div", { class: "bf-buttons" }, use.rebuild.root, use.again.root),
  );

  stage.onDraw(({ width }) => {
    const narrow = width < 560;
    const room = narrow ? width : (width - 24) / 2;
    for (const { root } of [bars, keys]) root.style.width = `${room}px`;
    const rows = rowsOf(state.part, state, data);
    if (!rows.some(({ key }) => key === state.key)) state.key = rows[0].key;
    const sizes = census(data, state.optimizer, state.width);
    const parts = partsOf(sizes, state.optimizer);
    bars.draw(room, sizes, parts, census(data, optimizer, start));
    keys.draw(
      room,
      rows,
      parts.find(({ key }) => key === state.part).name,
      narrow ? 0 : data.keys_in_model.length,
    );
    const answer = answerOf(state, data);
    output.draw(programLines(state, data.keys_in_model), answer, verdict(answer, state));
    use.refresh();
  });
  stage.say(() => {
    const { file, times } = census(data, state.optimizer, state.width);
    return `${bytesText(file)}; ${state.optimizer} keeps ${kit.format(times)} times the weights. ${
      verdict(answerOf(state, data), state)
    }`;
  });
  return stage.start();
}

export default { render };
