/**
 * DescentLab's three views: samples and line, lines of equal loss and path, loss along the run. Each has
 * `panel`, `layout(...)` for what changes with the size, and `draw(state)` for what changes with the run.
 */
import * as kit from "../kit/index.js";
import { sizeName } from "./figure.js";
import { contourRadii, curvature } from "./maths.js";

// ---------------------------------------------------------------- data space

export function dataView({ x, y, yDomain: wanted = null }) {
  const panel = kit.panel({
    title: "Data space",
    x: { label: "x" },
    y: { label: "y" },
    describe: "The samples, the current line, and the error of each sample as a stick",
  });
  const padded = (values, share) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [low - share * (high - low), high + share * (high - low)];
  };
  const [xDomain, yDomain] = [padded(x, 0.06), wanted ?? padded(y, 0.15)];
  const sticks = x.map(() => kit.svg("line", { class: "dl-stick" }));
  const lights = x.map(() => kit.svg("circle", { class: "dl-light", r: 8 }));
  const dots = x.map(() => kit.svg("circle", { class: "dl-sample", r: 4 }));
  const line = kit.svg("line", { class: "dl-line" });
  panel.marks.append(...lights, ...sticks, line, ...dots);

  function layout(width, height) {
    panel.layout({ width, height, x: xDomain, y: yDomain });
    x.forEach((value, i) => {
      for (const circle of [dots[i], lights[i]]) kit.set(circle, { cx: panel.x(value), cy: panel.y(y[i]) });
      kit.set(sticks[i], { x1: panel.x(value), x2: panel.x(value), y1: panel.y(y[i]) });
    });
  }

  function draw({ run, at }) {
    const [w, b] = run.points[at];
    const lit = new Set(at > 0 ? run.batches[at - 1] : []);
    const height = (value) => kit.clamp(panel.y(w * value + b), -1e4, 1e4);
    sticks.forEach((stick, i) => {
      kit.set(stick, { y2: height(x[i]), "data-lit": lit.has(i) });
      kit.set(lights[i], { "data-lit": lit.has(i) });
    });
    kit.set(line, {
      x1: panel.x(xDomain[0]),
      x2: panel.x(xDomain[1]),
      y1: height(xDomain[0]),
      y2: height(xDomain[1]),
    });
    const sign = b < 0 ? "−" : "+";
    panel.title.replaceChildren(
      "Data space: ",
      kit.html("span", { class: "dl-model" }, `y = ${kit.format(w)} x ${sign} ${kit.format(Math.abs(b))}`),
    );
  }
  return { panel, layout, draw };
}

// ---------------------------------------------------------------- parameter space

export function planeView(stage, problem, change) {
  const { x, best, view, least, most } = problem;
  const panel = kit.panel({
    title: "Parameter space",
    x: { label: "w" },
    y: { label: "b" },
    equal: true,
    describe: "Lines of equal loss over w and b, the path of descent and the least-squares minimum",
  });
  const bowl = kit.svg("g");
  const [previous, others, rest, done, last] = ["dl-previous", "dl-others", "dl-rest", "dl-done", "dl-last"]
    .map((name) => kit.svg(name === "dl-others" ? "g" : "path", { class: name }));
  const cross = kit.svg("path", { class: "dl-cross", d: "M-9,-9L9,9M-9,9L9,-9" });
  const crossName = kit.svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "minimum",
  );
  const here = kit.svg("circle", { class: "dl-here bf-dot", r: 6 });
  panel.marks.append(bowl, previous, others, rest, done, last, cross, here);
  const names = kit.svg("g", { "aria-hidden": "true" });
  panel.over.append(names);
  const startName = kit.svg(
    "text",
    { class: "dl-hint", "text-anchor": "middle", "aria-hidden": "true" },
    "drag the start",
  );
  panel.over.append(startName, crossName);
  const axis = (label, [min, max]) => ({ label, min, max, step: view.step });
  const handle = kit.handle(panel, {
    x: axis("start: slope w", view.w),
    y: axis("start: intercept b", view.b),
    get: () => stage.state.start,
    onInput: (start) => change({ start }),
  });

  function layout(width, height) {
    panel.layout({ width, height, x: view.w, y: view.b });
    const [cx, cy] = [panel.x(best[0]), panel.y(best[1])];
    kit.set(cross, { transform: `translate(${cx},${cy})` });
    kit.set(crossName, { x: cx, y: cy + 30 });
    const unit = panel.x(1) - panel.x(0);
    const turn = `translate(${cx},${cy}) rotate(${(-curvature(x).angle * 180) / Math.PI})`;
    kit.clear(bowl, kit.svg("g", { transform: turn }, rings(x, most - least, unit)));
  }

  function draw({ run, others: runs, previous: old, at, comparing, batch_size: size }) {
    kit.set(done, { d: panel.line(run.points.slice(0, at + 1)) });
    kit.set(rest, { d: panel.line(run.points.slice(at)) + dotsOf(panel, run) });
    kit.set(last, { d: at > 0 ? panel.line(run.points.slice(at - 1, at + 1)) : "" });
    kit.set(previous, { d: old ? panel.line(old.points) : "" });
    kit.clear(
      others,
      comparing
        ? runs.map(({ run: other }) =>
          kit.svg("path", { d: panel.line(other.points) + dotsOf(panel, other) })
        )
        : [],
    );
    const shown = comparing ? [...runs, { size, run, current: true }] : [];
    const places = spread(shown.map(placeOfName).filter(Boolean));
    kit.clear(names, places.map(({ size: named, ...place }) => nameTag(sizeName(named, problem), place)));
    kit.set(startName, { x: panel.x(run.points[0][0]), y: panel.y(run.points[0][1]) - 16 });
    startName.textContent = run.points[0].every((value, i) => value === problem.opening.start[i])
      ? "drag the start"
      : "start";
    kit.set(here, {
      cx: kit.clamp(panel.x(run.points[at][0]), -1e4, 1e4),
      cy: kit.clamp(panel.y(run.points[at][1]), -1e4, 1e4),
    });
    const fate = run.divergedAt ? `diverged at step ${run.divergedAt}` : `loss ${kit.format(run.losses[at])}`;
    panel.title.replaceChildren("Parameter space: ", kit.html("span", { class: "dl-loss" }, fate));
    handle.place();
  }

  /** A run's name: the current one's half-way, a ghost's where it strays farthest in its last quarter. */
  function placeOfName({ size, run, current }) {
    const away = ([w, b]) => Math.hypot(w - best[0], b - best[1]);
    const inside = run.points.filter(([w, b]) =>
      w > view.w[0] && w < view.w[1] && b > view.b[0] && b < view.b[1]
    );
    if (!inside.length) return null;
    const late = inside.slice(-Math.ceil(inside.length / 4));
    const halfWay = inside.find((point) => away(point) < away(run.points[0]) / 2);
    const [w, b] = current && halfWay
      ? halfWay
      : late.reduce((one, other) => (away(other) > away(one) ? other : one));
    const [left, end] = panel.x.range.map((edge) => Math.abs(panel.x(w) - edge));
    const right = left < 70 || (end > 70 && (current || run.points.length <= 40 || w >= best[0]));
    return {
      size,
      right,
      current,
      x: panel.x(w) + (right ? 9 : -9),
      y: panel.y(b) + (current || b >= best[1] ? -5 : 13),
    };
  }
  return { panel, layout, draw };
}

/** A small dot at each update of a run with few updates, as part of its path. */
function dotsOf(panel, run) {
  if (run.points.length > 40) return "";
  return run.points.map(([w, b]) => `M${panel.x(w) - 2},${panel.y(b)}a2,2 0 1 0 4,0a2,2 0 1 0 -4,0`).join("");
}

/** Rings between lines of equal loss, denser in colour the higher they lie; evenly apart on a parabola. */
export function rings(x, excess, unit, count = 12) {
  const ellipse = (share) => {
    const [rx, ry] = contourRadii(x, excess * share ** 2).map((radius) => radius * unit);
    return `M${-rx},0A${rx},${ry} 0 1 0 ${rx},0A${rx},${ry} 0 1 0 ${-rx},0Z`;
  };
  return Array.from(
    { length: count },
    (_, i) =>
      kit.svg("path", {
        class: "dl-ring",
        "fill-rule": "evenodd",
        "fill-opacity": (0.02 + 0.2 * (i / count)).toFixed(3),
        d: ellipse((i + 1) / count) + (i ? ellipse(i / count) : ""),
      }),
  );
}

/** Names that would touch, pushed upwards from the lowest. */
function spread(places) {
  const sorted = [...places].sort((one, other) => other.y - one.y);
  sorted.forEach((place, i) => {
    const touching = (lower) => Math.abs(lower.x - place.x) < 110 && lower.y - place.y < 15;
    for (const lower of sorted.slice(0, i)) if (touching(lower)) place.y = lower.y - 15;
  });
  return sorted;
}

function nameTag(text, { x, y, current = false, right = true }) {
  return kit.svg("text", {
    class: current ? "dl-name dl-current" : "dl-name",
    x,
    y,
    "text-anchor": right ? "start" : "end",
  }, text);
}

// ---------------------------------------------------------------- loss against updates or samples seen

export function lossView(stage, problem, moveTo) {
  const { x, least } = problem;
  const panel = kit.panel({
    x: { label: "samples seen" },
    y: { log: true },
    describe: "The loss on all samples along the run, on a logarithmic axis",
  });
  Object.assign(panel.margin, { top: 6, right: 70 }); // room for the curves' names at their ends
  const floor = kit.svg("line", { class: "dl-floor" });
  const [previous, others, rest, done] = ["dl-previous", "dl-others", "dl-rest", "dl-done"].map((name) =>
    kit.svg(name === "dl-others" ? "g" : "path", { class: name })
  );
  const [here, names] = [
    kit.svg("circle", { class: "dl-here bf-dot", r: 6 }),
    kit.svg("g", { "aria-hidden": "true" }),
  ];
  panel.marks.append(floor, previous, others, rest, done, here);
  panel.over.append(names);
  // Data on a line leave no error at all; a logarithmic axis needs some lower end.
  const bottom = Math.max(least, problem.most * 1e-6) * 0.7;
  // In half powers of ten, so that the axis rests while the start is dragged.
  const topOf = (loss) => 10 ** (Math.ceil(2 * Math.log10(Math.max(1.2 * loss, 3 * bottom))) / 2);
  const countOf = (run, i) => (stage.state.against === "samples" ? run.samplesSeen[i] : i);
  const curve = (run, from = 0, to = run.losses.length) =>
    kit.linePath(
      run.losses.slice(from, to).map((
        loss,
        i,
      ) => [panel.x(countOf(run, from + i)), panel.y(Math.max(loss, bottom / 2))]),
    );
  let laidOut = "";

  function layout(width, height, { against, batch_size: size, run }) {
    const updates = problem.numEpochs * Math.ceil(x.length / size);
    const last = against === "samples" ? problem.numEpochs * x.length : Math.max(updates, 2);
    const top = topOf(run.losses[0]);
    if (laidOut === `${width} ${against} ${last} ${top}`) return;
    laidOut = `${width} ${against} ${last} ${top}`;
    panel.layout({ width, height, x: [0, last], y: [bottom, top] });
    panel.svg.querySelector(".bf-axis-label").textContent = against === "samples"
      ? "samples seen"
      : "updates";
    kit.set(floor, {
      x1: panel.x(0),
      x2: panel.x(last),
      y1: panel.y(Math.max(least, bottom)),
      y2: panel.y(Math.max(least, bottom)),
    });
  }

  function draw({ run, others: runs, previous: old, at, comparing, batch_size: size }) {
    kit.set(done, { d: curve(run, 0, at + 1) });
    kit.set(rest, { d: curve(run, at) });
    kit.set(previous, { d: old ? curve(old) : "" });
    kit.clear(others, comparing ? runs.map(({ run: other }) => kit.svg("path", { d: curve(other) })) : []);
    const y = panel.y(run.losses[at]);
    kit.set(here, { cx: panel.x(countOf(run, at)), cy: Number.isFinite(y) ? kit.clamp(y, -1e4, 1e4) : -1e4 });
    const shown = comparing ? [{ size, run, current: true }, ...runs] : [];
    kit.clear(names, namesAtEnds(shown));
  }

  /** The curves' names at their ends, pushed apart where they would touch. */
  function namesAtEnds(shown) {
    const [right, foot] = [panel.x.range[1], panel.y.range[0]];
    const ends = shown.map(({ size, run, current }) => {
      const seen = run.losses.filter((_, i) => panel.x(countOf(run, i)) <= right + 0.5);
      // A noisy curve ends anywhere; its name stands at the middle of its last tenth.
      const tail = seen.slice(-Math.ceil(seen.length / 10)).sort((one, other) => one - other);
      const y = panel.y(Math.max(tail[tail.length >> 1], bottom));
      return { size, current, x: panel.x(countOf(run, seen.length - 1)) + 8, y: kit.clamp(y, 12, foot) + 4 };
    });
    return spread(ends).map(({ size, ...place }) => nameTag(sizeName(size, problem), place));
  }

  panel.svg.addEventListener("click", (event) => {
    const [count] = panel.toData(event);
    const { run } = stage.state;
    const after = run.samplesSeen.findIndex((_, i) => countOf(run, i) >= count);
    moveTo(after < 0 ? run.losses.length - 1 : after);
  });
  return { panel, layout, draw };
}
