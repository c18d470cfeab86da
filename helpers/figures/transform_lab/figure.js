/**
 * TransformLab: chips in an order, the picture they make, and a divider between this order and another.
 * Every picture shown was made by torchvision; this script only looks them up.
 */
import * as kit from "../kit/index.js";

const TITLES = {
  rotate: (angle) => `v2.RandomRotation((${angle}, ${angle}),\n        interpolation=BILINEAR)`,
  crop: (_angle, size) => `v2.CenterCrop(${size})`,
  flip: () => "v2.RandomHorizontalFlip(p=1.0)",
};

/** The pipeline as Python code, one transform a line. */
export function codeOf(order, angle, cropSize) {
  return ["v2.Compose([", ...order.map((name) => `    ${TITLES[name](angle, cropSize)},`), "])"].join("\n");
}

/** A list with the entry at `from` moved to `to`. */
export function moved(list, from, to) {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}

/** The flip goes to the end of the pipeline, or out of it. */
const withFlip = (order, on) => [...order.filter((name) => name !== "flip"), ...(on ? ["flip"] : [])];

/** How much two orders differ, in words. */
function verdictOf(share) {
  if (share === 0) return "Not a single pixel differs: these two orders commute.";
  return `${Math.max(1, Math.round(100 * share))} % of the pixels differ from the reverse order.`;
}

const arrow = (order) => order.join(" → ");

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

// ---------------------------------------------------------------- the picture with its divider

function pictureView(stage, sheets) {
  const clipId = `tl-clip-${pictureView.count++}`;
  const clip = kit.svg("rect", { x: 0, y: 0 });
  const [right, left, over] = [kit.svg("g"), kit.svg("g", { "clip-path": `url(#${clipId})` }), kit.svg("g")];
  const line = kit.svg("line", { class: "tl-divider" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg tl-picture", role: "img" },
    kit.svg("defs", {}, kit.svg("clipPath", { id: clipId }, clip)),
    right,
    left,
    line,
    over,
  );
  const names = [kit.html("span", {}), kit.html("span", {})];
  const root = kit.html(
    "div",
    { class: "bf-panel tl-view" },
    kit.html("div", { class: "tl-names" }, names),
    picture,
  );
  const box = {
    root,
    svg: picture,
    over,
    x: null,
    y: null,
    toData: (event) => [box.x.invert(event.clientX - picture.getBoundingClientRect().left), 50],
  };
  const handle = kit.handle(box, {
    x: { label: "divider", min: 0, max: 100, step: 1 },
    role: "model",
    get: () => [stage.state.divider, 50],
    onInput: ([divider]) => stage.set({ divider }),
  });

  function draw(size, { order, angle, divider, against }) {
    [box.x, box.y] = [kit.scale([0, 100], [0, size]), kit.scale([0, 100], [0, size])];
    const other = order.toReversed();
    kit.set(picture, {
      width: size,
      height: size,
      viewBox: `0 0 ${size} ${size}`,
      "aria-label": `Left of the divider ${arrow(order)}, right of it ${
        against === "reverse" ? arrow(other) : "the original"
      }`,
    });
    kit.clear(left, sheets.result(order, angle, { size }));
    kit.clear(
      right,
      against === "reverse" ? sheets.result(other, angle, { size }) : sheets.original({ size }),
    );
    const x = box.x(divider);
    kit.set(clip, { width: Math.max(x, 0), height: size });
    kit.set(line, { x1: x, x2: x, y1: 0, y2: size });
    names[0].textContent = `◂ ${arrow(order)}`;
    names[1].textContent = `${against === "reverse" ? arrow(other) : "original"} ▸`;
    root.style.width = `${size}px`;
    handle.place();
  }
  return { root, draw };
}
pictureView.count = 0;

// ---------------------------------------------------------------- the chips

/** Chips to be dragged past each other; arrow keys and taps move them too, Escape takes a drag back. */
function chipRow(stage, change) {
  const root = kit.html("div", {
    class: "tl-chips",
    role: "group",
    "aria-label": "order of the transforms: drag one past another",
  });
  let [held, before, dragged] = [-1, null, false];
  const order = () => stage.state.order;
  const move = (to) => {
    if (held < 0 || to === held || to < 0 || to >= order().length) return;
    change({ order: moved(order(), held, to) });
    [held, dragged] = [to, true];
  };
  const chipAt = (x) => [...root.children].findIndex((chip) => x < chip.getBoundingClientRect().right);
  kit.set(root, {
    onpointerdown: (event) => {
      held = [...root.children].indexOf(event.target.closest("button"));
      [before, dragged] = [order(), false];
      if (held >= 0) root.setPointerCapture(event.pointerId);
    },
    onpointermove: (event) => {
      if (root.hasPointerCapture(event.pointerId)) move(chipAt(event.clientX));
    },
    onpointerup: () => {
      if (held >= 0 && !dragged) move((held + 1) % order().length);
      held = -1;
    },
    onkeydown: (event) => {
      const pace = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape" && before) change({ order: before });
      if (!pace) return;
      held = [...root.children].indexOf(event.target);
      before = order();
      move(held + pace);
      draw(stage.state);
      /** @type {HTMLElement} */ (root.children[held]).focus();
      held = -1;
      event.preventDefault();
    },
  });

  function draw({ order: names, angle }) {
    while (root.children.length > names.length) root.lastChild.remove();
    while (root.children.length < names.length) {
      root.append(kit.html("button", { type: "button", class: "tl-chip" }));
    }
    names.forEach((name, i) => {
      root.children[i].textContent = name === "rotate" ? `rotate ${angle}°` : name;
      kit.set(root.children[i], {
        "data-name": name,
        "aria-label": `${name}, number ${i + 1} of ${names.length}; arrow keys move it`,
      });
    });
  }
  return { root, draw };
}

// ---------------------------------------------------------------- the steps in between

function stepsView(sheets) {
  const picture = kit.svg("svg", { class: "tl-steps", role: "img" });
  const draw = (width, { order, angle }) => {
    const size = Math.min(76, Math.floor((width - 16 * order.length) / (order.length + 1)));
    const stops = Array.from({ length: order.length + 1 }, (_, i) => order.slice(0, i));
    kit.set(picture, {
      width,
      height: size + 20,
      viewBox: `0 0 ${width} ${size + 20}`,
      "aria-label": `From the original through ${arrow(order)}`,
    });
    kit.clear(
      picture,
      stops.flatMap((done, i) => {
        const x = i * (size + 16);
        return [
          sheets.step(done, angle, { x, size }),
          i ? kit.svg("path", { class: "tl-arrow", d: `M${x - 13},${size / 2}h8m-4,-4l4,4l-4,4` }) : null,
          kit.svg(
            "text",
            { x: x + size / 2, y: size + 15, "text-anchor": "middle" },
            i ? order[i - 1] : "original",
          ),
        ].filter(Boolean);
      }),
    );
  };
  return { root: picture, draw };
}

// ---------------------------------------------------------------- the figure

function sentence(sheets, { order, angle, against }) {
  const words = against === "reverse"
    ? verdictOf(sheets.difference(order, angle))
    : "Compared with the original.";
  return `${arrow(order)}, by ${angle} degrees. ${words}`;
}

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
