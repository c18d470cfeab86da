/**
 * CheckpointAnatomy: what a training checkpoint weighs, part by part, and what loading says to a wrong one.
 */
// joined with checkpoint_maths.js
// joined with checkpoint_views.js

const FATES = [["", "as saved"], ["dropped", "drop it"], ["renamed", "rename it"], ["reshaped", "one row more"]];

/** The program as text: what is built, what is changed, what is loaded. */
export function programLines({ width, program, fates, strict }, keys) {
  const changes = editLines(keys, fates, width);
  return [`model = network(width=${program})`, `state = torch.load("checkpoint.pt")["model"]`, ...changes, `model.load_state_dict(state${strict ? "" : ", strict=False"})`];
}

/** What torch answers in this state of the figure. */
export function answerOf({ width, program, fates, strict }, { keys_in_model: keys, sayings }) {
  const wanted = keys.map(([key, shape]) => [key, shapeAt(shape, program)]);
  return loadAnswer(editedState(keys, fates, width), wanted, strict, sayings);
}

/** One sentence on the answer, in plain words. */
export function verdict({ ok, missing, unexpected, mismatched }, { width, program, strict }) {
  const count = (keys, what) => (keys.length ? [`${keys.length} ${keys.length === 1 ? "name is" : "names are"} ${what}`] : []);
  const shapes = mismatched.length ? [`${mismatched.length} ${mismatched.length === 1 ? "shape differs" : "shapes differ"}`] : [];
  if (!ok && width !== program) return `Refused: the file holds shapes for width ${width}, and the program has built width ${program}.`;
  if (!ok) return `Refused: ${[...(strict ? [...count(missing, "missing"), ...count(unexpected, "unknown")] : []), ...shapes].join(", ")}.`;
  return missing.length ? `Loaded, but ${missing.length === 1 ? "one tensor keeps its" : `${missing.length} tensors keep their`} start values.` : "Loaded.";
}

/** The optimizers, the one that keeps least first. */
export function optimizersOf({ states }) {
  return Object.keys(states).sort((one, other) => states[one].length - states[other].length);
}

function makeControls(stage, data, reset) {
  const { state } = stage;
  const names = optimizersOf(data);
  const width = kit.slider(stage, { label: "width of the saved network", values: data.widths, value: state.width,
    format: (units) => `${units} hidden units`, onInput: (units) => stage.set({ width: units }) });
  const optimizer = kit.choice({ label: "Optimizer", value: state.optimizer, options: names.map((name) => ({ value: name, label: name })),
    onChange: (name) => stage.set({ optimizer: name, part: "optimizer", key: null }) });
  const strict = kit.toggle({ label: "strict=False", onChange: (loose) => stage.set({ strict: !loose }) });
  const rebuild = kit.button({ label: "Build this width in the program", onClick: () => stage.set({ program: state.width }) });
  const again = kit.button({ label: "Reset", icon: "reset", onClick: reset });
  const fate = kit.choice({ label: "This key", value: "", options: FATES.map(([value, label]) => ({ value, label })),
    onChange: (value) => stage.set({ fates: { ...state.fates, [state.key]: value } }) });
  const radios = (choice) => [...choice.root.querySelectorAll("input")];
  const refresh = () => {
    width.value = state.width;
    strict.input.checked = !state.strict;
    radios(optimizer).forEach((input, i) => { input.checked = names[i] === state.optimizer; });
    radios(fate).forEach((input, i) => { input.checked = FATES[i][0] === (state.fates[state.key] ?? ""); });
    // A single number has no rows to which one could be added.
    const shape = data.keys_in_model.find(([key]) => key === state.key)?.[1] ?? [];
    radios(fate)[3].disabled = !shape.length;
    fate.root.querySelector("legend").textContent = `${state.key} in the program's copy`;
    fate.root.style.visibility = state.part === "model" ? "visible" : "hidden";
    kit.set(rebuild.root, { disabled: state.width === state.program });
  };
  return { width, optimizer, strict, rebuild, again, fate, refresh };
}

function render({ model, el }) {
  const data = Object.fromEntries(["keys_in_model", "states", "plain", "files", "widths", "sayings"].map((name) => [name, model.get(name)]));
  const start = model.get("width");
  const opening = { width: start, program: start, optimizer: model.get("optimizer"), part: "model", key: data.keys_in_model[0][0], fates: {}, strict: true };
  const stage = kit.stage({ model, el, name: "CheckpointAnatomy", label: "What a checkpoint file holds, and what loading it says", state: opening });
  const { state } = stage;
  const use = makeControls(stage, data, () => stage.set(opening));
  const limit = Math.max(...Object.keys(data.states).map((name) => census(data, name, data.widths.at(-1)).optimizer));
  const before = () => partsOf(census(data, state.optimizer, start), state.optimizer);
  let room = 300;
  const toX = (bytes) => 8 + (bytes / limit) * (room - 20);
  const toWidth = (x) => {
    const wanted = (kit.clamp((x - 8) / (room - 20), 0, 1) * limit) / (census(data, state.optimizer, start).model / start);
    return data.widths.reduce((best, units) => (Math.abs(units - wanted) < Math.abs(best - wanted) ? units : best));
  };
  const bars = kit.cells({ label: "Parts of the file", touch: "pan-y", current: () => state.part, onPick: (part) => stage.set({ part, key: null }) });
  const list = kit.cells({ label: "What the part holds", touch: "pan-y", current: () => state.key, onPick: (key) => stage.set({ key }) });
  const [barWords, keyWords] = [kit.svg("g", { class: "ca-words" }), kit.svg("g", { class: "ca-words" })];
  const handle = widthHandle(use.width, toWidth, (units) => stage.set({ width: units }));
  const left = kit.svg("svg", { class: "bf-panel-svg", role: "group", "aria-label": "Bytes of each part" }, bars.root, barWords, handle.knob);
  const right = kit.svg("svg", { class: "bf-panel-svg", role: "group", "aria-label": "Keys of the open part" }, list.root, keyWords);
  const [title, open] = [kit.html("div", { class: "bf-title" }), kit.html("div", { class: "bf-title" })];
  const line = kit.html("p", { class: "ca-line" });
  const [code, said, judged] = [kit.html("code"), kit.html("code", { class: "ca-said" }), kit.html("p", { class: "ca-verdict" })];
  const output = kit.html("pre", { class: "ca-console", tabindex: 0, role: "region", "aria-label": "The program and torch's answer" }, code, said);
  const halves = [kit.html("div", {}, title, left), kit.html("div", {}, open, right)];
  stage.body.append(kit.row(...halves), line,
    kit.controls(use.width.root, use.optimizer.root), kit.controls(use.fate.root, use.strict.root), output, judged,
    kit.html("div", { class: "bf-buttons" }, use.rebuild.root, use.again.root));

  stage.onDraw(({ width }) => {
    room = width < 560 ? width : (width - 24) / 2;
    const rows = rowsOf(state.part, state, data);
    if (!rows.some(({ key }) => key === state.key)) state.key = rows[0].key;
    const sizes = census(data, state.optimizer, state.width);
    const parts = partsOf(sizes, state.optimizer);
    const places = placesOf(parts);
    const first = census(data, opening.optimizer, start).file;
    title.textContent = `checkpoint.pt, ${bytesText(sizes.file)}${sizes.file === first ? "" : `; was ${thousands(first)}`}`;
    open.textContent = `${parts.find(({ key }) => key === state.part).name}: what is inside`;
    for (const half of halves) half.style.width = `${room}px`;
    kit.set(left, { width: room, height: places.at(-1).y + places.at(-1).height });
    kit.set(right, { width: room, height: Math.max(rows.length, width < 560 ? 0 : 9) * KEY_HEIGHT + 2 });
    bars.draw(parts.map(({ key, name, words }, i) => ({ key, x: 1, y: places[i].y + 1, width: room - 2, height: places[i].height - 2,
      classes: key === state.part ? "bf-lit" : "", label: `${name}: ${words}` })));
    list.draw(rows.map(({ key, name, words }, i) => ({ key, x: 1, y: i * KEY_HEIGHT + 1, width: room - 2, height: KEY_HEIGHT - 2,
      classes: key === state.key ? "bf-lit" : "", label: `${name}: ${words}` })));
    drawBars(barWords, parts, before(), toX, room - 8);
    drawKeys(keyWords, rows, state.part === "model" ? state.fates : {}, room);
    handle.place(toX(sizes.model), BAR.top + BAR.height / 2);
    const chosen = rows.find(({ key }) => key === state.key);
    line.textContent = `${chosen.name}: ${chosen.words}.`;
    const answer = answerOf(state, data);
    code.textContent = programLines(state, data.keys_in_model).map((text) => `>>> ${text}\n`).join("");
    said.textContent = answer.text;
    said.classList.toggle("ca-refused", !answer.ok);
    judged.textContent = verdict(answer, state);
    use.refresh();
  });
  stage.say(() => {
    const { file, times } = census(data, state.optimizer, state.width);
    return `${bytesText(file)}; ${state.optimizer} keeps ${kit.format(times)} times the weights. ${verdict(answerOf(state, data), state)}`;
  });
  return stage.start();
}

export default { render };
