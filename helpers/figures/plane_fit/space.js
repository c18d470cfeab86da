/**
 * PlaneFit's plane among its samples, to turn, to lift and to lower.
 */
import * as kit from "../kit/index.js";
import { cornerHandle, CORNERS, turning } from "./hands.js";
import { predict, project, seenFromAbove } from "./maths.js";
import { NAMES } from "./views.js";

/** Lowest and highest y of the drawn box, in steps of a half. */
function boxOf(y) {
  const room = 0.1 * (Math.max(...y) - Math.min(...y));
  return [Math.floor(2 * (Math.min(...y) - room)) / 2, Math.ceil(2 * (Math.max(...y) + room)) / 2];
}

export function spaceView(stage, problem, change) {
  const { X, y } = problem;
  const [low, high] = boxOf(y);
  const z = (value) =>
    (2 * (kit.clamp(value, low - 9 * (high - low), high + 9 * (high - low)) - low)) / (high - low) - 1;
  const clipId = `pf-clip-${kit.serial()}`;
  const clip = kit.svg("rect", { x: 0, y: 0 });
  const [box, behind, sheet, front, knobs] = Array.from(
    { length: 5 },
    () => kit.svg("g", { "aria-hidden": "true" }),
  );
  const turnHit = kit.svg("rect", { class: "bf-hit pf-turn" });
  const picture = kit.svg(
    "svg",
    {
      class: "bf-panel-svg pf-space",
      role: "img",
      "aria-label":
        "The samples in the space of x1, x2 and y, and the model's plane with a stick from each sample to it",
    },
    kit.svg("defs", {}, kit.svg("clipPath", { id: clipId }, clip)),
    box,
    kit.svg("g", { "clip-path": `url(#${clipId})` }, behind, sheet, front),
    turnHit,
    knobs,
  );
  const hint = kit.svg(
    "text",
    { class: "pf-hint", "text-anchor": "end", "aria-hidden": "true" },
    "drag to turn, lift a corner",
  );
  picture.append(hint);
  const title = kit.html("div", { class: "bf-title" });
  const root = kit.html("div", { class: "bf-panel" }, title, picture);
  const eye = turning(stage, root, turnHit);
  const handles = [0, 1, 2].map((corner) =>
    cornerHandle(stage, root, knobs, corner, { low, high, change, unit: () => unitOf() })
  );
  let size = { width: 338, height: 330 };
  const zoom = () => Math.min(size.width / 3.35, size.height / 3.15);
  const unitOf = () => ({
    pixels: (zoom() * TALL * Math.cos((stage.state.tilt * Math.PI) / 180) * 2) / (high - low),
  });
  /** @returns {[number, number]} */
  const at = (/** @type {number[]} */ [u, v, height]) => {
    const [right, up] = project([u, v, TALL * height], stage.state);
    return [size.width / 2 + zoom() * right, size.height / 2 - 4 - zoom() * up];
  };

  function layout(width, height) {
    size = { width, height };
    for (const node of [picture, clip, turnHit]) kit.set(node, { width, height });
    kit.set(picture, { viewBox: `0 0 ${width} ${height}` });
    kit.set(hint, { x: width - 4, y: 16 });
  }

  function draw({ run, at: update, turn, tilt }) {
    const parameters = run.points[update];
    const lit = new Set(update > 0 ? run.batches[update - 1] : []);
    const height = (u, v) => z(predict(parameters, [u, v]));
    const above = seenFromAbove(parameters.slice(0, 2).map((w) => (TALL * 2 * w) / (high - low)), {
      turn,
      tilt,
    });
    const [hidden, visible] = [[], []];
    X.forEach((x, i) => {
      const [sample, foot] = [at([...x, z(y[i])]), at([...x, height(...x)])];
      ((y[i] > predict(parameters, x)) === above ? visible : hidden).push(
        sampleMarks(sample, foot, lit.has(i)),
      );
    });
    kit.clear(box, boxMarks(at, { low, high, turn, tilt }));
    kit.clear(behind, hidden);
    kit.clear(front, visible);
    kit.clear(sheet, sheetMarks(at, height));
    handles.forEach((handle, corner) =>
      handle.place(at([...CORNERS[corner], height(...CORNERS[corner])]), size)
    );
    eye.place();
    kit.clear(title, equation(parameters));
  }
  return { root, layout, draw };
}

/** Height of the box as a share of its width. */
const TALL = 0.85;

function equation(parameters) {
  const [w1, w2, b] = parameters.map((value) => kit.format(Math.abs(value)));
  const sign = (value) => (value < 0 ? "−" : "+");
  const text = `ŷ = ${parameters[0] < 0 ? "−" : ""}${w1} x₁ ${sign(parameters[1])} ${w2} x₂ ${
    sign(parameters[2])
  } ${b}`;
  return kit.html("span", { class: "pf-model" }, text);
}

function sampleMarks([x, y], [footX, footY], lit) {
  return kit.svg(
    "g",
    {},
    kit.svg("line", { class: "pf-stick", x1: x, y1: y, x2: footX, y2: footY, "data-lit": lit }),
    lit ? kit.svg("circle", { class: "pf-light", cx: x, cy: y, r: 7.5 }) : null,
    kit.svg("circle", { class: "pf-sample", cx: x, cy: y, r: 4 }),
  );
}

function sheetMarks(at, height) {
  const spot = (u, v) => at([u, v, height(u, v)]);
  const ring = kit.linePath([spot(-1, -1), spot(1, -1), spot(1, 1), spot(-1, 1)]);
  const mesh = [-0.5, 0, 0.5].flatMap((
    k,
  ) => [kit.linePath([spot(k, -1), spot(k, 1)]), kit.linePath([spot(-1, k), spot(1, k)])]);
  return [
    kit.svg("path", { class: "pf-sheet", d: `${ring}Z` }),
    kit.svg("path", { class: "pf-mesh", d: mesh.join("") }),
  ];
}

/** The floor, the walls' far edges, and the numbers along the edges nearest to the eye. */
function boxMarks(at, { low, high, turn, tilt }) {
  const nearest = (u, v) => project([u, v, 0], { turn, tilt: 0 })[2];
  const side1 = nearest(0, 1) > 0 ? 1 : -1;
  const side2 = nearest(1, 0) > 0 ? 1 : -1;
  const line = (from, to, cls = "bf-grid") =>
    kit.svg("path", { class: `${cls} pf-edge`, d: kit.linePath([at(from), at(to)]) });
  const floor = [-1, -0.5, 0, 0.5, 1].flatMap((
    k,
  ) => [line([k, -1, -1], [k, 1, -1]), line([-1, k, -1], [1, k, -1])]);
  const near = CORNERS.reduce((best, corner) => (nearest(...corner) > nearest(...best) ? corner : best));
  const posts = CORNERS.filter((corner) => corner !== near).map((corner) =>
    line([...corner, -1], [...corner, 1], "bf-axis")
  );
  const lefts = CORNERS.filter((corner) => corner !== near).sort((a, b) =>
    at([...a, 0])[0] - at([...b, 0])[0]
  );
  const lower = tilt < 14 ? 18 : 0; // seen along the floor, both edges lie on one line
  return [
    ...floor,
    ...posts,
    ...edgeNames(at, (k) => [k, 1.14 * side1, -1], NAMES[0], 0),
    ...edgeNames(at, (k) => [1.14 * side2, k, -1], NAMES[1], lower),
    ...heightNames(at, lefts[0], low, high),
  ];
}

function edgeNames(at, along, name, lower) {
  const [from, to] = [at(along(-1)), at(along(1))];
  if (Math.abs(from[0] - to[0]) < 50 && Math.abs(from[1] - to[1]) < 50) return [];
  const text = ([x, y], words, cls) =>
    kit.svg("text", { class: cls, x, y: y + 12 + lower, "text-anchor": "middle" }, words);
  return [
    ...[-1, 1].map((k) => text(at(along(k)), String(k).replace("-", "−"), "bf-tick")),
    text(at(along(0)), name, "bf-axis-label"),
  ];
}

function heightNames(at, corner, low, high) {
  const place = (value) => at([...corner, (2 * (value - low)) / (high - low) - 1]);
  const ticks = kit.scale([low, high], [0, 1]).ticks(4);
  const [x, top] = place(high);
  return [
    ...ticks.map((value) =>
      kit.svg("text", {
        class: "bf-tick",
        x: place(value)[0] - 6,
        y: place(value)[1] + 4,
        "text-anchor": "end",
      }, String(value).replace("-", "−"))
    ),
    kit.svg("text", { class: "bf-axis-label", x: x - 6, y: top - 10, "text-anchor": "end" }, "y"),
  ];
}
