/**
 * JacobianPasses: a Jacobian of m rows and n columns, filled a column a pass (forward mode) or a row a pass
 * (reverse mode), beside recorded times of jacfwd and jacrev. A map of all sizes says which one was faster.
 */
import * as kit from "../kit/index.js";

const MODES = [
  { key: "forward", arrow: "→", title: "forward", call: "jacfwd", each: "column" },
  { key: "reverse", arrow: "←", title: "reverse", call: "jacrev", each: "row" },
];

/** Passes of each mode for n inputs and m outputs. */
export function passes({ n, m }) {
  return { forward: n, reverse: m };
}

/** Recorded milliseconds of each mode, from lines [n, m, forward, reverse]. */
export function timesOf(times, { n, m }) {
  const [, , forward, reverse] = times.find(([inputs, outputs]) => inputs === n && outputs === m);
  return { forward, reverse };
}

/** Which of two amounts is smaller, and by which factor; within a tenth they tie. */
export function compare({ forward, reverse }) {
  const factor = Math.max(forward, reverse) / Math.min(forward, reverse);
  return { winner: factor < 1.1 ? "tie" : forward < reverse ? "forward" : "reverse", factor };
}

const factorText = (factor) => (factor < 10 ? factor.toFixed(1) : String(Math.round(factor)));

/** Count and clock, in one sentence. */
function verdict(state) {
  const [count, clock] = [compare(passes(state)), compare(timesOf(state.times, state))];
  const name = { forward: "forward mode", reverse: "reverse mode" };
  const counted = count.winner === "tie"
    ? "Both modes need equally many passes"
    : `By the count, ${name[count.winner]} needs ${Math.round(count.factor)} times fewer passes`;
  const agree = clock.winner === count.winner ? "" : "but ";
  const measured = clock.winner === "tie"
    ? "both took about as long"
    : `${{ forward: "jacfwd", reverse: "jacrev" }[clock.winner]} was ${
      factorText(clock.factor)
    } times faster`;
  return `${counted}; ${agree}measured, ${measured}.`;
}

// ---------------------------------------------------------------- the matrix, by columns and by rows

const side = (size) => 22 + 6.6 * Math.log2(size);

/** The matrix of one mode: as many stripes as passes, while they can be told apart; the first one lit. */
function matrixNodes({ key }, { n, m }, { x, y }) {
  const [width, height] = [side(n), side(m)];
  const [count, length] = key === "forward" ? [n, width] : [m, height];
  const place = (
    from,
    to,
  ) => (key === "forward"
    ? { x: x + from, y, width: to - from, height }
    : { x, y: y + from, width, height: to - from });
  const shown = Math.min(count, Math.floor(length / 3));
  const cut = (i) => (length * i) / shown;
  return [
    kit.svg("rect", { class: `jp-matrix jp-${key}`, x, y, width, height }),
    kit.svg("rect", { class: `jp-first jp-${key}`, ...place(0, Math.max(cut(1), 4)) }),
    Array.from({ length: shown - 1 }, (_, i) =>
      kit.svg("path", {
        class: "jp-cut",
        d: key === "forward" ? `M${x + cut(i + 1)},${y}v${height}` : `M${x},${y + cut(i + 1)}h${width}`,
      })),
  ].flat();
}

function matrixPicture() {
  const picture = kit.svg("svg", { class: "bf-panel-svg", role: "img" });
  const root = kit.html("div", {}, picture);
  const draw = (state, width) => {
    const room = Math.min(width / 2, 190);
    const top = 20;
    const [wide, high] = [side(state.n), side(state.m)];
    kit.set(picture, {
      width,
      height: top + side(state.sizes.at(-1)) + 20,
      "aria-label": `A Jacobian of ${kit.plural(state.m, "row")} and ${kit.plural(state.n, "column")}`,
    });
    kit.clear(
      picture,
      MODES.flatMap((mode, i) => {
        const x = i * room;
        const count = passes(state)[mode.key];
        return [
          kit.svg(
            "text",
            { x, y: 12, class: `jp-title jp-${mode.key}` },
            count === 1 ? "all in 1 pass" : `a ${mode.each} a pass`,
          ),
          ...matrixNodes(mode, state, { x: x + 1, y: top }),
          kit.svg("text", {
            class: "bf-tick",
            x: x + Math.max(wide / 2, 18),
            y: top + high + 14,
            "text-anchor": "middle",
          }, `${state.m} × ${state.n}`),
        ];
      }),
    );
  };
  return { root, draw };
}

// ---------------------------------------------------------------- bars

/** Two bars on one linear scale. */
function barRows(words, amounts, show) {
  const most = Math.max(...Object.values(amounts));
  const rows = MODES.map(({ key, arrow, title, call }) =>
    kit.html(
      "div",
      { class: "jp-bar-row" },
      kit.html("span", { class: "jp-bar-name" }, `${arrow} ${words === "passes" ? title : call}`),
      kit.html(
        "span",
        { class: "jp-bar-room" },
        kit.html("span", { class: `jp-bar jp-${key}`, style: `width: ${(100 * amounts[key]) / most}%` }),
      ),
      kit.html("b", { class: "jp-bar-value" }, show(amounts[key])),
    )
  );
  return kit.html("div", { class: "jp-bars" }, kit.html("div", { class: "jp-bars-title" }, words), rows);
}

// ---------------------------------------------------------------- the map of all sizes

function sizesMap(stage, change) {
  const { sizes, times } = stage.state;
  const keyOf = ({ n, m }) => sizes.indexOf(m) * sizes.length + sizes.indexOf(n);
  const sizeAt = (key) => ({ n: sizes[key % sizes.length], m: sizes[Math.floor(key / sizes.length)] });
  const cells = kit.cells({
    label: "Numbers of inputs and outputs",
    current: () => keyOf(stage.state),
    onPick: (key) => change(sizeAt(key)),
  });
  const axes = kit.svg("g", { "aria-hidden": "true" });
  const picture = kit.svg(
    "svg",
    {
      class: "bf-panel-svg",
      role: "group",
      "aria-label": "Which mode was faster, for each number of inputs and outputs",
    },
    axes,
    cells.root,
  );
  const title = kit.html("div", { class: "bf-title" }, "The faster mode, and its factor");
  const root = kit.html("div", { class: "jp-map" }, title, picture);

  function draw(width) {
    const [left, top] = [46, 34];
    const size = Math.floor(Math.min(46, (width - left - 2) / sizes.length));
    kit.set(picture, { width: left + size * sizes.length + 2, height: top + size * sizes.length + 2 });
    kit.clear(
      axes,
      kit.svg("text", { x: 0, y: 12 }, "m outputs ↓"),
      kit.svg("text", { x: left + 48, y: 12 }, "n inputs →"),
      sizes.map((n, i) =>
        kit.svg(
          "text",
          { class: "bf-tick", x: left + size * (i + 0.5), y: top - 6, "text-anchor": "middle" },
          String(n),
        )
      ),
      sizes.map((m, i) =>
        kit.svg("text", {
          class: "bf-tick",
          x: left - 6,
          y: top + size * (i + 0.5) + 4,
          "text-anchor": "end",
        }, String(m))
      ),
    );
    cells.draw(
      Array.from(
        { length: sizes.length ** 2 },
        (_, key) => sizeCell(key, { ...sizeAt(key), size, left, top, lit: key === keyOf(stage.state) }),
      ),
    );
  }

  function sizeCell(key, { n, m, size, left, top, lit }) {
    const { winner, factor } = compare(timesOf(times, { n, m }));
    const arrow = MODES.find((mode) => mode.key === winner)?.arrow ?? "";
    const words = winner === "tie" ? "about as fast" : `${winner} mode ${factorText(factor)} times faster`;
    return {
      key,
      x: left + size * (key % sizes.length) + 1,
      y: top + size * Math.floor(key / sizes.length) + 1,
      width: size - 2,
      height: size - 2,
      text: winner === "tie" ? "=" : `${arrow}${factorText(factor)}`,
      label: `${kit.plural(n, "input")}, ${kit.plural(m, "output")}: ${words}`,
      classes: `jp-cell-${winner} ${lit ? "bf-lit" : ""}`,
    };
  }
  return { root, draw };
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const opening = { n: model.get("n"), m: model.get("m") };
  const sizes = model.get("sizes");
  const stage = kit.stage({
    model,
    el,
    name: "JacobianPasses",
    label: "Passes of forward and reverse mode for a Jacobian",
    state: { ...opening, sizes, times: model.get("times") },
  });
  const change = (patch) => stage.set(patch);
  const ladder = (name, label) =>
    kit.slider({
      label,
      values: sizes,
      value: opening[name],
      format: String,
      onInput: (value) => change({ [name]: value }),
    });
  const [inputs, outputs] = [ladder("n", "n, inputs"), ladder("m", "m, outputs")];
  const map = sizesMap(stage, change);
  const matrices = matrixPicture();
  const [bars, words] = [kit.html("div", { class: "jp-all-bars" }), kit.html("p", { class: "jp-verdict" })];
  stage.body.append(
    kit.controls(inputs.root, outputs.root),
    kit.html(
      "div",
      { class: "jp-parts" },
      kit.html("div", { class: "jp-count" }, matrices.root, bars),
      map.root,
    ),
    words,
    kit.html("p", { class: "jp-source" }, model.get("source")),
  );
  for (const name of ["n", "m"]) {
    model.on?.(`change:${name}`, () => {
      if (model.get(name) !== stage.state[name]) change({ [name]: model.get(name) });
    });
  }

  stage.onDraw(({ width, state }) => {
    const half = width < 560 ? width : (width - 24) / 2;
    matrices.draw(state, half);
    kit.clear(
      bars,
      barRows("passes", passes(state), String),
      barRows("milliseconds", timesOf(state.times, state), (value) => kit.format(value)),
    );
    map.draw(half);
    words.textContent = verdict(state);
    [inputs.value, outputs.value] = [state.n, state.m];
  });
  stage.say(() =>
    `${kit.plural(stage.state.n, "input")}, ${kit.plural(stage.state.m, "output")}. ${verdict(stage.state)}`
  );
  return stage.start();
}

export default { render };
