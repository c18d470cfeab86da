/**
 * LossSurface's views: the plane of w and b, and the updates in numbers.
 */
import * as kit from "../kit/index.js";
import { contourRadii, curvature, meanSquaredError } from "../descent_lab/maths.js";
import { rings } from "../descent_lab/views.js";
import { footOf, updateFrom } from "./maths.js";

export function surfaceView(stage, problem, change) {
  const { x, best, view, least, most } = problem;
  const panel = kit.panel({
    title: "Parameter space",
    x: { label: "w" },
    y: { label: "b" },
    describe:
      "Lines of equal loss over w and b, the descent, its negative gradient and the least-squares minimum",
  });
  const bowl = kit.svg("g");
  const [level, ray, miss, path, dots, square, arrow, cross] = [
    "level",
    "ray",
    "miss",
    "path",
    "dots",
    "square",
    "arrow",
    "cross",
  ].map((name) => kit.svg("path", { class: `ls-${name}` }));
  const here = kit.svg("circle", { class: "ls-here bf-dot", r: 6 });
  const names = kit.svg("g", { "aria-hidden": "true" });
  panel.marks.append(bowl, level, ray, miss, path, dots, cross, square, arrow, here);
  panel.over.append(names);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle = kit.handle(panel, {
    x: axis("start: slope w", view.w),
    y: axis("start: intercept b", view.b),
    get: () => stage.state.start,
    onInput: (start) => change({ start, at: 0 }),
  });
  const place = (/** @type {number[]} */ [w, b]) =>
    [panel.x(w), panel.y(b)].map((pixel) => (Number.isFinite(pixel) ? kit.clamp(pixel, -5e3, 5e3) : -5e3));
  const units = () => [panel.x(1) - panel.x(0), panel.y(0) - panel.y(1)];
  /** A step of `pixels` in a direction of the plane, as the drawing's scales show it. */
  const along = ([dw, db], pixels) => {
    const [ux, uy] = units();
    const length = Math.hypot(dw * ux, db * uy) || 1;
    return [(dw * ux * pixels) / length, (-db * uy * pixels) / length];
  };

  function layout(width, height, stretched) {
    panel.layout({ width, height, x: stretched ? narrowed(view.w, best[0]) : view.w, y: view.b });
    const [[cx, cy], [ux, uy]] = [place(best), units()];
    const turn = (-curvature(x).angle * 180) / Math.PI;
    kit.clear(
      bowl,
      kit.svg(
        "g",
        { transform: `translate(${cx},${cy}) scale(1,${uy / ux}) rotate(${turn})` },
        rings(x, most - least, ux, 16),
      ),
    );
    kit.set(cross, { d: `M${cx - 8},${cy - 8}l16,16m0,-16l-16,16` });
  }

  function draw({ run, at, update }) {
    const from = run.points[at];
    const now = updateFrom(problem, update, at, from);
    const places = run.points.map(place);
    kit.set(path, { d: kit.linePath(places) });
    kit.set(dots, { d: places.map(([px, py]) => `M${px - 2},${py}a2,2 0 1 0 4,0a2,2 0 1 0 -4,0`).join("") });
    kit.set(here, { cx: places[at][0], cy: places[at][1], visibility: at === 0 ? "hidden" : "visible" });
    kit.set(level, levelLine(now, from));
    drawGradient(now, from);
    const [cx, cy] = place(best);
    const untouched = at === 0 && from.every((value, i) => value === problem.opening.start[i]);
    // The minimum's name stands on the side where the gradient's line does not pass.
    const below = footOf(from, [now.dw, now.db], best)[1] > best[1];
    kit.clear(
      names,
      hint(cx + 12, cy + (below ? 22 : -10), "minimum", "start"),
      missName(now, from),
      untouched ? hint(places[0][0], places[0][1] + 30, "drag the start") : null,
    );
    const fate = run.divergedAt
      ? `diverged at step ${run.divergedAt}`
      : `step ${at}, loss ${kit.format(now.loss)}`;
    panel.title.replaceChildren("Parameter space: ", kit.html("span", { class: "dl-loss" }, fate));
    handle.place();
  }

  /** The line of equal loss through a point: an ellipse, or for one sample a straight line. */
  function levelLine({ batch }, point) {
    const [px, py] = place(point);
    if (batch.length === 1) {
      const [dx, dy] = along([1, -x[batch[0]]], 2000);
      return { d: `M${px - dx},${py - dy}L${px + dx},${py + dy}`, transform: null };
    }
    const [[cx, cy], [ux, uy]] = [place(best), units()];
    const [rx, ry] = contourRadii(x, meanSquaredError(x, problem.y, ...point) - least).map((radius) =>
      radius * ux
    );
    if (!(Math.max(rx, ry) < 1e5)) return { d: "" };
    const turn = (-curvature(x).angle * 180) / Math.PI;
    return {
      d: `M${-rx},0A${rx},${ry} 0 1 0 ${rx},0A${rx},${ry} 0 1 0 ${-rx},0Z`,
      transform: `translate(${cx},${cy}) scale(1,${uy / ux}) rotate(${turn})`,
    };
  }

  function drawGradient({ dw, db }, point) {
    const flat = Math.hypot(dw, db) < 1e-6;
    const [px, py] = place(point);
    const [ax, ay] = along([-dw, -db], 52);
    const [hx, hy] = [ax * 0.19, ay * 0.19];
    kit.set(arrow, {
      d: flat
        ? ""
        : `M${px},${py}l${ax},${ay}m${-hx - hy * 0.6},${-hy + hx * 0.6}l${hx + hy * 0.6},${hy - hx * 0.6}l${
          -hx + hy * 0.6
        },${-hy - hx * 0.6}`,
    });
    const [rx, ry] = along([-dw, -db], 2000);
    kit.set(ray, { d: flat ? "" : `M${px},${py}l${rx},${ry}` });
    // The corner between the gradient and the line of equal loss, at its foot.
    const [[gx, gy], [tx, ty]] = [along([-dw, -db], 14), along([db, -dw], 14)];
    kit.set(square, { d: flat ? "" : `M${px + gx},${py + gy}l${tx},${ty}l${-gx},${-gy}` });
  }

  /** How far the gradient's straight line passes from the minimum, on the shortest way between the two. */
  function missName({ dw, db }, point) {
    const foot = footOf(point, [dw, db], best);
    const distance = Math.hypot(foot[0] - best[0], foot[1] - best[1]);
    const [[cx, cy], [fx, fy]] = [place(best), place(foot)];
    kit.set(miss, { d: `M${cx},${cy}L${fx},${fy}` });
    if (Math.hypot(dw, db) < 1e-6) return null;
    const text = distance < 0.05 ? "hits the minimum" : `misses by ${kit.format(distance, 2)}`;
    return kit.svg("text", {
      class: "ls-missname",
      x: Math.min((cx + fx) / 2 + 8, panel.x.range[1] - 98),
      y: kit.clamp((cy + fy) / 2, 40, panel.y.range[0] - 8) + (distance < 1 ? (fy > cy ? 26 : -16) : 5),
    }, text);
  }
  return { panel, layout, draw };
}

/** Half of a range, about a place in it: what a drawing with two scales shows. */
function narrowed([low, high], middle) {
  const half = (high - low) / 4;
  return [middle - half, middle + half];
}

function hint(x, y, text, anchor = "middle") {
  return kit.svg("text", { class: "dl-hint", x, y, "text-anchor": anchor }, text);
}

const ROWS = 7;

/** At most `most` significant digits and four decimals, as short as they can be, with a true minus. */
export function digits(value, most = 6) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e5 || (size > 0 && size < 0.001)) return kit.format(value);
  const short = size < 0.1
    ? Number(value.toPrecision(3))
    : Number(Number(value.toPrecision(most)).toFixed(4));
  return String(short).replace("-", "−");
}

export function tableView(problem) {
  const heads = [["step", "step"], ["path", "w"], ["path", "b"], ["loss", "loss"], ["gradient", "dw"], [
    "gradient",
    "db",
  ]];
  const head = kit.html(
    "tr",
    {},
    heads.map(([role, text]) => kit.html("th", { scope: "col", class: `ls-${role}-name` }, text)),
  );
  const body = kit.html("tbody");
  const title = kit.html("div", { class: "bf-title" });
  const table = kit.html(
    "table",
    { class: "ls-table", "aria-label": "The updates in numbers" },
    kit.html("thead", {}, head),
    body,
  );
  let most = 6;
  const layout = (width) => {
    most = width < 312 ? 4 : 6;
  };
  const draw = ({ run, at, update }) => {
    title.textContent = {
      mean: "loss: the mean of the squared errors",
      sum: "loss: the sum of the squared errors",
      sample: "loss: one sample's squared error",
    }[update];
    const first = kit.clamp(at - 2, 0, Math.max(0, run.points.length - ROWS));
    const steps = run.points.slice(first, first + ROWS).map((point, i) => [first + i, point]);
    kit.clear(body, steps.map(([step, point]) => rowOf(step, point, step === at, update)));
  };
  const rowOf = (step, point, current, update) => {
    const { batch, loss, dw, db } = updateFrom(problem, update, step, point);
    const name = update === "sample" ? `${step} · x ${digits(problem.x[batch[0]], 3)}` : String(step);
    return kit.html(
      "tr",
      { class: current ? "ls-current" : "", "aria-current": current ? "step" : null },
      kit.html("th", { scope: "row" }, name),
      [...point, loss, dw, db].map((value) => kit.html("td", {}, digits(value, most))),
    );
  };
  return { root: kit.html("div", { class: "ls-numbers" }, title, table), layout, draw };
}
