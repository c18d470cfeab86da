/**
 * Two expressions on one tensor: elements keep their colour and move to their new place.
 * What torch made of an expression when the figure was built (`results`) is shown as it was recorded; what
 * the reader types or drags beyond that is worked out by the operations beside this file.
 */
import * as kit from "../kit/index.js";
import { dragAxis, outcome } from "./operations.js";

const HUES = ["data", "model", "path", "loss", "gradient", "muted"];

/** The colour of an element: a hue a row of x (then of y), a tint along the row. */
function elementFill(element, shape) {
  const rows = shape.find((size) => size > 1) ?? 1;
  const along = kit.product(shape) / rows;
  const share = 18 + (34 * (element % along)) / Math.max(along - 1, 1);
  return `color-mix(in srgb, var(--bf-${HUES[Math.floor(element / along) % HUES.length]}) ${
    share.toFixed(0)
  }%, var(--bf-ground))`;
}

/** Chips, one an axis, to be dragged past each other; arrow keys and taps move them too. */
function axisTags(onMove) {
  const root = kit.html("div", {
    class: "bf-axes",
    role: "group",
    "aria-label": "axes of the result: drag one past another",
  });
  let held = null;
  let moved = false;
  const count = () => root.children.length;
  const move = (to) => {
    if (to === held || to < 0 || to >= count()) return;
    onMove(held, to);
    held = to;
    moved = true;
  };
  root.addEventListener("pointerdown", (event) => {
    held = [...root.children].indexOf(/** @type {Element} */ (event.target).closest("button"));
    moved = false;
    if (held >= 0) root.setPointerCapture(event.pointerId);
  });
  root.addEventListener("pointermove", (event) => {
    if (held === null || held < 0 || !root.hasPointerCapture(event.pointerId)) return;
    move([...root.children].findIndex((tag) => event.clientX < tag.getBoundingClientRect().right));
  });
  root.addEventListener("pointerup", () => {
    if (held >= 0 && !moved && count() > 1) move((held + 1) % count());
    held = null;
  });
  root.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    held = [...root.children].indexOf(/** @type {Element} */ (event.target));
    move(held + step);
    /** @type {HTMLElement} */ (root.children[held]).focus();
    event.preventDefault();
  });
  const draw = (shape) => {
    while (count() > shape.length) root.lastChild.remove();
    while (count() < shape.length) root.append(kit.html("button", { type: "button", class: "bf-axis-tag" }));
    shape.forEach((size, axis) => {
      root.children[axis].textContent = `axis ${axis}: ${size}`;
    });
  };
  return { root, draw };
}

/** One of the two expressions: what it is, its elements, its axes, its storage. */
function resultPanel(stage, side, { shape, recorded }) {
  const expression = () => stage.state[side];
  const write = (text) => stage.set({ [side]: text });
  const found = () => recorded[expression()] ?? outcome(expression(), shape);
  const entry = kit.codeEntry({
    label: `expression on the ${side}`,
    get: expression,
    write,
    examples: stage.model.get("examples"),
  });
  const grid = kit.cells({
    label: `elements on the ${side}`,
    touch: "pan-y",
    current: () => stage.state.lit,
    onPick: (lit) => stage.set({ lit }),
  });
  const frames = kit.svg("g");
  const picture = kit.svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const tags = axisTags((from, to) => write(dragAxis(expression(), found().shape.length, from, to)));
  const strip = kit.svg("svg", { class: "bf-panel-svg", "aria-hidden": "true" });
  const facts = kit.html("div", { class: "bf-facts" });
  const root = kit.html("div", { class: "bf-panel bf-result" }, entry.root, picture, tags.root, facts, strip);
  const draw = ({ width, height, cell }) => {
    const result = found();
    entry.draw();
    grid.root.classList.toggle("bf-moving", stage.state.sliding === false);
    kit.set(picture, { width, height });
    grid.draw(
      placeElements(result, { shape, width, cell, move: stage.state.move, lit: stage.state.lit, frames }),
    );
    tags.draw(result.shape ?? []);
    kit.clear(facts, ...factLines(result));
    drawStrip(strip, result, { shape, width, lit: stage.state.lit });
    kit.set(root, { style: `width: ${width}px` });
  };
  return { root, draw, found };
}

/** Where each element starts: x alone, or x and y under one another. */
function startShape(result, shape) {
  return (result.elements ?? []).length > kit.product(shape) ? [2, ...shape] : shape;
}

function placeElements(result, { shape, width, cell, move, lit, frames }) {
  const centred = (sizes) => {
    const drawn = kit.nestedGrid(sizes, { cell, stacked: true });
    const shift = (item) => ({ ...item, x: item.x + (width - drawn.width) / 2 });
    return { places: drawn.places.map(shift), frames: drawn.frames.map(shift) };
  };
  const from = centred(startShape(result, shape));
  const to = result.error ? from : centred(result.shape);
  kit.drawFrames(frames, result.error || move < 1 ? [] : to.frames);
  const elements = result.elements ?? from.places.map((_, element) => element);
  return elements.map((element, place) => ({
    key: element,
    ...cell,
    text: String(element),
    fill: element === lit ? null : elementFill(element, shape),
    x: from.places[element].x + move * (to.places[place].x - from.places[element].x),
    y: from.places[element].y + move * (to.places[place].y - from.places[element].y),
    classes: (element === lit ? "bf-lit" : "") + (result.error ? " bf-refused" : ""),
    label: result.error
      ? `element ${element}`
      : `element ${element} at index ${kit.tuple(kit.unravel(place, result.shape))}`,
  }));
}

/** What the panel says below the elements. */
function factLines({ error, shape, stride, offset, shares }) {
  if (error) return [kit.html("span", { class: "bf-error" }, error)];
  const numbers = [
    `shape ${kit.tuple(shape)}`,
    `strides ${kit.tuple(stride)}`,
    offset ? `offset ${offset}` : "",
  ];
  return [
    ...numbers.map((words) => kit.html("span", {}, words)),
    kit.html("strong", {}, shares ? "shares x's storage:" : "copies into new storage:"),
  ];
}

/** The storage in memory order: x's own, or the new one. */
function drawStrip(picture, { error, elements, shares }, { shape, width, lit }) {
  const count = kit.product(shape);
  const stored = error || shares ? Array.from({ length: count }, (_, i) => i) : elements;
  const step = Math.min(26, (width - 2) / stored.length);
  kit.set(picture, { width, height: 24, class: `bf-panel-svg bf-strip${error || shares ? "" : " bf-new"}` });
  kit.clear(
    picture,
    stored.map((element, place) =>
      kit.svg(
        "g",
        {
          class: `bf-cell${element === lit ? " bf-lit" : ""}`,
          transform: `translate(${1 + place * step},2)`,
        },
        kit.svg("rect", {
          width: step - 1,
          height: 20,
          style: element === lit ? null : `fill: ${elementFill(element, shape)}`,
        }),
        step < (stored.length > 10 ? 18 : 12)
          ? null
          : kit.svg("text", { x: (step - 1) / 2, y: 14.5, "text-anchor": "middle" }, element),
      )
    ),
  );
}

/** One sentence on the two results: the point of the figure. */
export function compare(left, right) {
  if (left.error || right.error) return "";
  if (String(left.shape) !== String(right.shape)) return "Different shapes.";
  const same = String(left.elements) === String(right.elements);
  return same ? "Equal shapes, equal contents." : "Equal shapes, different contents.";
}

/** x itself, above the two results. */
function sourceView(stage, { shape, recorded }) {
  const grid = kit.cells({
    label: "x",
    touch: "pan-y",
    current: () => stage.state.lit,
    onPick: (lit) => stage.set({ lit }),
  });
  const frames = kit.svg("g");
  const picture = kit.svg("svg", { class: "bf-panel-svg", role: "group" }, frames, grid.root);
  const numbers = [`shape ${kit.tuple(shape)}`, `strides ${kit.tuple(recorded.x.stride)}`].map((words) =>
    kit.html("span", {}, words)
  );
  const twin = kit.html("span", {}, `y: the same shape, counting on from ${kit.product(shape)}`);
  const words = kit.html("div", { class: "bf-facts" }, kit.html("strong", {}, "x"), numbers, twin);
  const draw = ({ cell, showsTwin, width }) => {
    const { lit } = stage.state;
    twin.hidden = !showsTwin;
    const drawn = kit.nestedGrid(shape, { cell, stacked: width < 480 });
    kit.set(picture, { width: drawn.width, height: drawn.height });
    kit.drawFrames(frames, drawn.frames);
    grid.draw(drawn.places.map((place, element) => ({
      key: element,
      ...cell,
      ...place,
      text: String(element),
      label: `x at ${kit.tuple(kit.unravel(element, shape))}: ${element}`,
      fill: element === lit ? null : elementFill(element, shape),
      classes: element === lit ? "bf-lit" : "",
    })));
  };
  return { root: kit.html("div", { class: "bf-source" }, picture, words), draw };
}

function render({ model, el }) {
  const shape = model.get("shape");
  const recorded = model.get("results");
  const stage = kit.stage({
    model,
    el,
    name: "ShapeLab",
    label: "Two operations on one tensor",
    state: { left: model.get("left"), right: model.get("right"), move: 1, lit: 1, sliding: true },
  });
  const source = sourceView(stage, { shape, recorded });
  const panels = ["left", "right"].map((side) => resultPanel(stage, side, { shape, recorded }));
  const verdict = kit.html("p", { class: "bf-compare" });
  const slide = kit.slider({
    label: "from x to the results",
    min: 0,
    max: 1,
    step: 0.02,
    value: 1,
    format: (part) => `${Math.round(100 * part)} %`,
    onInput: (move) => stage.set({ move, sliding: true }),
  });
  const replay = kit.button({
    label: "Move again",
    icon: "play",
    onClick: () => {
      stage.set({ move: 0, sliding: true });
      requestAnimationFrame(() => requestAnimationFrame(() => stage.set({ move: 1, sliding: false })));
    },
  });
  stage.body.append(
    source.root,
    kit.html("div", { class: "bf-pair" }, panels.map(({ root }) => root)),
    verdict,
    kit.controls(slide.root, replay.root),
  );

  let written = "";
  stage.onDraw(({ width, state }) => {
    const results = panels.map(({ found }) => found());
    const half = (width - (width < 480 ? 12 : 24)) / 2;
    const shapes = results.flatMap((
      result,
    ) => [startShape(result, shape), ...(result.error ? [] : [result.shape])]);
    const cell = kit.fitCell(shapes, half, { stacked: true, most: 40 });
    const height = Math.max(...shapes.map((sizes) => kit.nestedGrid(sizes, { cell, stacked: true }).height));
    if (!results.flatMap(({ elements = [] }) => elements).concat(0).includes(state.lit)) state.lit = 0;
    // A new expression moves its elements; the slider places them itself.
    if (written && written !== state.left + state.right) state.sliding = false;
    written = state.left + state.right;
    slide.value = state.move;
    source.draw({
      cell,
      width,
      showsTwin: results.some(({ elements = [] }) => elements.length > kit.product(shape)),
    });
    panels.forEach((panel) => panel.draw({ width: half, height, cell }));
    verdict.textContent = compare(...results);
  });
  stage.say(() =>
    ["left", "right"].map((side, i) => `${stage.state[side]}: ${spoken(panels[i].found())}`).join(" ")
  );
  return stage.start();
}

function spoken({ error, shape, shares }) {
  return error ?? `shape ${kit.tuple(shape)}, ${shares ? "shares the storage of x" : "a copy"}.`;
}

export default { render };
