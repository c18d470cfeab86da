/**
 * ShardLab's views: the update in parameter space, who reads which sample, and the gradients in numbers.
 */
import * as kit from "../kit/index.js";
import { curvature } from "../descent_lab/maths.js";
import { rings } from "../descent_lab/views.js";
import { zeroOr } from "./figure.js";

export function updatePlane(stage, problem) {
  const { x, best, view } = problem;
  const panel = kit.panel({
    title: "One update in parameter space",
    x: { label: "w" },
    y: { label: "b" },
    equal: true,
    describe:
      "Lines of equal loss over w and b; from the current point, the step of each process and the step of their mean",
  });
  const bowl = kit.svg("g");
  const cross = kit.svg("path", { class: "sh-cross", d: "M-7,-7L7,7M-7,7L7,-7" });
  const crossName = kit.svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "minimum",
  );
  const arrows = kit.svg("g", { "aria-hidden": "true" });
  panel.marks.append(bowl, cross, crossName);
  panel.over.append(arrows);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle = kit.handle(panel, {
    x: axis("slope w", view.w),
    y: axis("intercept b", view.b),
    get: () => stage.state.point,
    onInput: (point) => stage.set({ point }),
  });

  function layout(width, height) {
    panel.layout({ width, height, x: view.w, y: view.b });
    const [cx, cy] = [panel.x(best[0]), panel.y(best[1])];
    const turn = `translate(${cx},${cy}) rotate(${(-curvature(x).angle * 180) / Math.PI})`;
    kit.clear(bowl, kit.svg("g", { transform: turn }, rings(x, problem.excess, panel.x(1) - panel.x(0))));
    kit.set(cross, { transform: `translate(${cx},${cy})` });
    kit.set(crossName, { x: cx, y: cy + 25 });
  }

  function draw({ point, rank }, { each, mean, whole }) {
    const tip = (gradient) => point.map((value, k) => value - problem.lr * gradient[k]);
    /** @returns {[number, number]} */
    const place = (/** @type {number[]} */ [w, b]) => [panel.x(w), panel.y(b)];
    const from = place(point);
    kit.clear(
      arrows,
      each.map((gradient, i) =>
        arrow(from, place(tip(gradient)), {
          name: String(i),
          classes: i === rank ? "sh-each sh-chosen" : "sh-each",
        })
      ),
      arrow(from, place(tip(mean)), { classes: "sh-mean" }),
      kit.svg("circle", { class: "sh-whole", cx: place(tip(whole))[0], cy: place(tip(whole))[1], r: 9 }),
      kit.svg("text", { class: "dl-hint", x: from[0], y: from[1] - 18, "text-anchor": "middle" }, "drag me"),
    );
    handle.place();
  }
  return { panel, layout, draw };
}

/** An arrow between two pixels, named at its tip. */
function arrow([x0, y0], [x1, y1], { name = "", classes }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ux, uy] = length ? [(x1 - x0) / length, (y1 - y0) / length] : [0, 0];
  const head = Math.min(9, length);
  const barb = (side) => `${x1 - head * (ux + side * 0.5 * uy)},${y1 - head * (uy - side * 0.5 * ux)}`;
  return kit.svg(
    "g",
    { class: classes },
    kit.svg("path", { d: `M${x0},${y0}L${x1},${y1}M${barb(1)}L${x1},${y1}L${barb(-1)}` }),
    name
      ? kit.svg(
        "text",
        { class: "sh-name", x: x1 + 11 * ux, y: y1 + 11 * uy + 4, "text-anchor": "middle" },
        name,
      )
      : null,
  );
}

export function shardCells(stage, size) {
  const key = ([rank, slot]) => rank * size + slot;
  const cells = kit.cells({
    label: "Samples of each process",
    touch: "pan-y",
    current: () => key([stage.state.rank, stage.state.slot]),
    onPick: (at) => stage.set({ rank: Math.floor(at / size), slot: at % size }),
  });
  const names = kit.svg("g");
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Samples of each process" },
    names,
    cells.root,
  );

  function draw(width, { rank }, { shards }) {
    const left = 78;
    const longest = Math.max(...shards.map((shard) => shard.length));
    const step = Math.min(40, (width - left - 2) / longest);
    const seen = new Set();
    // Dealt in turn: a sample met before, slot by slot, is one that fills up the shards.
    const again = new Set();
    for (let slot = 0; slot < longest; slot += 1) {
      shards.forEach((shard, i) => {
        if (stage.state.sampled && seen.has(shard[slot])) again.add(key([i, slot]));
        seen.add(shard[slot]);
      });
    }
    kit.set(picture, { width, height: shards.length * 36 + 2 });
    kit.clear(names, shards.map((_, i) => kit.svg("text", { x: 0, y: i * 36 + 21 }, `process ${i}`)));
    cells.draw(shards.flatMap((shard, i) =>
      shard.map((sample, slot) => ({
        key: key([i, slot]),
        x: left + slot * step,
        y: i * 36 + 1,
        width: step - 4,
        height: 30,
        text: String(sample),
        label: `process ${i} reads sample ${sample}${again.has(key([i, slot])) ? " again" : ""}`,
        pressed: i === rank,
        classes: [i === rank ? "bf-lit" : "", again.has(key([i, slot])) ? "bf-faint" : ""].join(" "),
      }))
    ));
  }
  return {
    root: kit.html(
      "div",
      { class: "sh-shards" },
      kit.html("div", { class: "bf-title" }, "Who reads what"),
      picture,
    ),
    draw,
  };
}

export function gradientTable() {
  const root = kit.html("table", { class: "sh-table" });
  const row = (name, [dw, db], classes) =>
    kit.html(
      "tr",
      { class: classes },
      kit.html("th", { scope: "row" }, name),
      kit.html("td", {}, zeroOr(dw)),
      kit.html("td", {}, zeroOr(db)),
    );
  const head = kit.html(
    "tr",
    {},
    kit.html("td", {}),
    ...["∂L/∂w", "∂L/∂b"].map((name) => kit.html("th", { scope: "col" }, name)),
  );
  const draw = ({ each, mean, whole }, { rank }, size) =>
    kit.clear(
      root,
      kit.html(
        "tbody",
        {},
        head,
        ...each.map((gradient, i) => row(`process ${i}`, gradient, i === rank ? "sh-chosen-row" : "")),
        row(each.length > 1 ? "their mean" : "its mean", mean, "sh-mean-row"),
        row(`all ${size} samples at once`, whole, "sh-whole-row"),
      ),
    );
  return { root, draw };
}
