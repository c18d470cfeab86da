/**
 * TransformLab: chips in an order, the picture they make, and a divider between this order and another.
 * Every picture shown was made by torchvision; this script only looks them up.
 */
import * as kit from "../kit/index.js";
import { chipRow, pictureView, stepsView } from "./views.js";
import { codeOf, sentence, verdictOf } from "./words.js";

/** A list with the entry at `from` moved to `to`. */
export function moved(list, from, to) {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}

/** The flip goes to the end of the pipeline, or out of it. */
const withFlip = (order, on) => [...order.filter((name) => name !== "flip"), ...(on ? ["flip"] : [])];
export const arrow = (order) => order.join(" → ");

// ---------------------------------------------------------------- what lies on the sheets

function readSheets(model) {
  const [sizes, angles, orders, prefixes] = ["sizes", "angles", "orders", "prefixes"].map((name) =>
    model.get(name)
  );
  const [results, steps, original] = ["results", "steps", "original"].map((name) => model.get(name));
  const row = (angle) => angles.indexOf(angle);
  /** One cell of a sheet, drawn as a square of `size` pixels at (x, y), less the rim into which WebP smears its neighbours. */
  const cut = (href, column, line, [cell, columns, lines], { x = 0, y = 0, size }) =>
    kit.svg("svg", {
      x,
      y,
      width: size,
      height: size,
      viewBox: `${column * cell + 1.5} ${line * cell + 1.5} ${cell - 3} ${cell - 3}`,
      overflow: "hidden",
    }, kit.svg("image", { href, width: cell * columns, height: cell * lines }));
  return {
    sizes,
    angles,
    result: (order, angle, place) =>
      cut(
        results,
        orders.indexOf(order.join()),
        row(angle),
        [sizes.crop, orders.length, angles.length],
        place,
      ),
    original: (place) => cut(original, 0, 0, [sizes.side, 1, 1], place),
    difference: (order, angle) => model.get("differences")[orders.indexOf(order.join())][row(angle)],
    /** A small view after the first transforms of a pipeline; whole results come from the large sheet. */
    step(order, angle, { x, size }) {
      const place = prefixes.indexOf(order.join());
      if (place >= 0) {
        return cut(steps, place, row(angle), [sizes.small, prefixes.length, angles.length], { x, size });
      }
      const inner = (size * sizes.crop) / sizes.side;
      return this.result(order, angle, { x: x + (size - inner) / 2, y: (size - inner) / 2, size: inner });
    },
  };
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const sheets = readSheets(model);
  const opening = () => ({
    order: [...model.get("order")],
    angle: model.get("angle"),
    divider: 50,
    against: "reverse",
  });
  const begun = opening();
  const stage = kit.stage({
    model,
    el,
    name: "TransformLab",
    label: "Transforms in an order, and the picture they make",
    state: begun,
  });
  // Order and angle stay out of the saved state: the figure opens as the notebook says.
  const change = (patch) => {
    Object.assign(stage.state, patch);
    stage.set({});
    refresh();
  };
  const view = pictureView(stage, sheets);
  const chips = chipRow(stage, change);
  const steps = stepsView(sheets);
  const code = kit.html("pre", { class: "bf-code tl-code" });
  const verdict = kit.html("p", { class: "tl-verdict" });
  const angle = kit.slider({
    label: "angle of the rotation",
    values: sheets.angles,
    value: begun.angle,
    format: (value) => `${value}°`,
    ticks: sheets.angles.map((value) => ({ value, label: String(value) })),
    onInput: (value) => change({ angle: value }),
  });
  const flip = kit.toggle({
    label: "flip as well",
    onChange: (on) => change({ order: withFlip(stage.state.order, on) }),
  });
  const against = kit.choice({
    label: "right of the divider",
    value: begun.against,
    onChange: (value) => change({ against: value }),
    options: [{ value: "reverse", label: "the reverse order" }, { value: "original", label: "the original" }],
  });
  const reset = kit.button({ label: "Reset", icon: "reset", onClick: () => change(opening()) });
  const side = kit.html(
    "div",
    { class: "tl-side" },
    kit.html("div", { class: "bf-label" }, "Drag a chip past another:"),
    chips.root,
    steps.root,
    code,
    verdict,
  );
  stage.body.append(
    kit.html("div", { class: "bf-row" }, view.root, side),
    kit.controls(angle.root, flip.root),
    kit.controls(against.root, reset.root),
  );

  function refresh() {
    angle.value = stage.state.angle;
    flip.input.checked = stage.state.order.includes("flip");
    [...against.root.querySelectorAll("input")].forEach((input, i) => {
      input.checked = (i === 0) === (stage.state.against === "reverse");
    });
  }
  refresh();

  stage.onDraw(({ width, state }) => {
    const stacked = width < 560;
    const size = stacked ? Math.min(width, 320) : 320;
    view.draw(size, state);
    chips.draw(state);
    steps.draw(stacked ? width : width - size - 24, state);
    code.textContent = codeOf(state.order, state.angle, sheets.sizes.crop);
    verdict.textContent = verdictOf(sheets.difference(state.order, state.angle));
  });
  stage.say(() => sentence(sheets, stage.state));
  return stage.start();
}

export default { render };
