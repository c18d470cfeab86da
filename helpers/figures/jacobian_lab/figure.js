/**
 * JacobianLab: a map of the plane, its Jacobian at a point, J v in output space and vᵀJ in input space.
 *
 * Everything is computed anew at every change.
 */
import * as kit from "../kit/index.js";
import {
  determinant,
  jacobianAt,
  largestGap,
  principalAxes,
  pullback,
  pushforward,
  valueAt,
} from "./maths.js";
import { inputPlane, outputPlane } from "./views.js";

const SETTINGS = /** @type {const} */ (["map", "point", "v_in", "v_out", "patch"]);

/** The reader's state with all that follows from it. */
export function sceneOf(/** @type {Record<typeof SETTINGS[number] | "plane", any>} */ { plane, ...state }) {
  const [y, J] = [valueAt(plane, state.point), jacobianAt(plane, state.point)];
  const half = principalAxes(J);
  const [pushedForward, pulledBack] = [pushforward(J, state.v_in), pullback(J, state.v_out)];
  const either = state.v_out[0] * pushedForward[0] + state.v_out[1] * pushedForward[1];
  return { ...state, map: plane, y, J, half, pushedForward, pulledBack, either };
}

// ---------------------------------------------------------------- read-outs

/** Two decimals with a true minus, and no minus before zero. */
export function twoDecimals(value) {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : text.replace("-", "−");
}

const pair = (vector) => `(${vector.map(twoDecimals).join(", ")})`;

function matrix(rows, classes = "") {
  return kit.html("span", {
    class: `jl-matrix ${classes}`,
    style: `grid-template-columns: repeat(${rows[0].length}, auto)`,
  }, rows.flat().map((value) => kit.html("span", {}, twoDecimals(value))));
}

function equation(name, words, { parts, spoken }) {
  return kit.html(
    "div",
    { class: "jl-equation" },
    kit.html("div", { class: "jl-words" }, kit.html("strong", { class: name }, words[0]), words[1]),
    kit.html("div", { class: "jl-sum", role: "img", "aria-label": spoken }, parts),
  );
}

function readOuts({ J, v_in: v, v_out: u, pushedForward, pulledBack }) {
  const column = (vector) => vector.map((value) => [value]);
  return [
    equation("jl-push", ["Jv", ": from input to output"], {
      spoken: `J times ${pair(v)} is ${pair(pushedForward)}`,
      parts: [matrix(J), matrix(column(v), "jl-push"), "=", matrix(column(pushedForward), "jl-push")],
    }),
    equation("jl-pull", ["vᵀJ", ": from output to input"], {
      spoken: `${pair(u)} times J is ${pair(pulledBack)}`,
      parts: [matrix([u], "jl-pull"), matrix(J), "=", matrix([pulledBack], "jl-pull")],
    }),
  ];
}

function facts({ J, half, either }) {
  const fact = (words, value) =>
    kit.html("span", { class: "jl-fact" }, `${words} `, kit.html("b", {}, value));
  return [
    fact("σ₁ =", twoDecimals(half[0].sigma)),
    fact("σ₂ =", twoDecimals(half[1].sigma)),
    fact("det J =", twoDecimals(determinant(J))),
    fact("vᵀ(Jv) = (vᵀJ)v =", twoDecimals(either)),
  ];
}

/** How far the tangent patch is from the bent one, at most. */
function gapText({ plane, point }, half) {
  const gap = largestGap(plane, point, half);
  return gap < 5e-7 ? "0" : kit.format(gap, 2);
}

function sentence({ map, point, J, v_in: v, v_out: u, pushedForward, pulledBack, half }) {
  return `${map.title} at ${pair(point)}: the rows of J are ${J.map(pair).join(" and ")}. ` +
    `It pushes ${pair(v)} forward to ${pair(pushedForward)} and pulls ${pair(u)} back to ${
      pair(pulledBack)
    }. ` +
    `Its singular values are ${half.map(({ sigma }) => twoDecimals(sigma)).join(" and ")}.`;
}

// ---------------------------------------------------------------- the figure

function render({ model, el }) {
  const maps = Object.fromEntries(model.get("maps").map((map) => [map.name, map]));
  const read = () => kit.traits(model, SETTINGS);
  const opening = read();
  const stage = kit.stage({
    model,
    el,
    name: "JacobianLab",
    label: "A map of the plane and its Jacobian at a point",
    state: { ...opening, plane: maps[opening.map] },
  });
  const inside = ({ ranges }, point) => point.map((value, i) => kit.clamp(value, ranges[i][0], ranges[i][1]));

  function change(patch) {
    const plane = maps[patch.map ?? stage.state.map];
    stage.set({ ...patch, plane, point: inside(plane, patch.point ?? stage.state.point) });
  }

  const choose = kit.choice({
    label: "Map",
    value: opening.map,
    onChange: (map) => change({ map }),
    options: Object.values(maps).map(({ name, title }) => ({ value: name, label: title })),
  });
  const formula = kit.html("div", { class: "jl-formula" });
  const planes = [inputPlane(stage, change), outputPlane(stage, change)];
  const [equations, numbers] = ["jl-equations", "jl-facts"].map((name) => kit.html("div", { class: name }));
  const size = kit.slider({
    label: "patch size",
    min: 0.05,
    max: 0.6,
    step: 0.05,
    value: opening.patch,
    format: (half) => `${(2 * half).toFixed(1)} wide, up to ${gapText(stage.state, half)} off`,
    onInput: (patch) => change({ patch }),
  });
  const reset = kit.button({ label: "Reset", icon: "reset", onClick: () => change(opening) });
  stage.body.append(
    kit.html("div", { class: "jl-top" }, choose.root, formula),
    kit.row(...planes.map(({ panel }) => panel.root)),
    equations,
    numbers,
    kit.controls(size.root, reset.root),
  );
  for (const name of SETTINGS) model.on?.(`change:${name}`, () => follow(name));

  /** A setting that Python changed. */
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage.state[name])) {
      change({ [name]: model.get(name) });
    }
  }

  let laidOut = "";
  stage.onDraw(({ width, state }) => {
    const scene = sceneOf(state);
    const side = width < 560 ? Math.min(width, 330) : (width - 24) / 2;
    if (laidOut !== `${side} ${state.map}`) { for (const { layout } of planes) layout(side, scene.map); }
    laidOut = `${side} ${state.map}`;
    for (const { draw } of planes) draw(scene);
    kit.clear(equations, readOuts(scene));
    kit.clear(numbers, facts(scene));
    formula.textContent = scene.map.formula;
    size.value = state.patch;
    for (const [i, input] of choose.root.querySelectorAll("input").entries()) {
      input.checked = Object.keys(maps)[i] === state.map;
    }
  });
  stage.say(() => sentence(sceneOf(stage.state)));
  return stage.start();
}

export default { render };
