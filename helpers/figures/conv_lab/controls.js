/**
 * ConvLab's sliders, switches and ready kernels.
 */
import * as kit from "../kit/index.js";
import { conv2d, POOL, result, sizeOf, withWeight } from "./maths.js";
import { short } from "./words.js";

const KERNELS = {
  "vertical edge": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
  "horizontal edge": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
  outline: [[0, -1, 0], [-1, 4, -1], [0, -1, 0]],
  sum: [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
  copy: [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
};

export function makeControls(stage, image, change) {
  const { state } = stage;
  const out = () => sizeOf(conv2d(image, state.kernel, state));
  const lit = () => result(image, state).lit;
  const move = (axis) => (at) => change({ cell: lit().map((old, i) => (i === axis ? at : old)) });
  const [row, column] = ["window's row", "window's column"].map((label, axis) =>
    kit.slider({
      label,
      min: 0,
      max: out()[axis] - 1,
      step: 1,
      value: lit()[axis],
      format: String,
      onInput: move(axis),
    })
  );
  const widest = Math.max(4, ...state.kernel.flat().map(Math.abs));
  const weightAt = () => state.kernel[state.weight[0]][state.weight[1]];
  const weight = kit.slider({
    label: "chosen weight",
    min: -widest,
    max: widest,
    step: 0.5,
    value: weightAt(),
    format: short,
    onInput: (value) => change({ kernel: withWeight(state.kernel, state.weight, value) }),
  });
  const stride = kit.slider({
    label: "stride",
    min: 1,
    max: 3,
    step: 1,
    value: state.stride,
    format: String,
    onInput: (value) => change({ stride: value }),
  });
  const padding = kit.slider({
    label: "padding",
    min: 0,
    max: 2,
    step: 1,
    value: state.padding,
    format: String,
    onInput: (value) => change({ padding: value }),
  });
  const relu = kit.toggle({
    label: "then ReLU",
    checked: state.relu,
    onChange: (checked) => change({ relu: checked }),
  });
  const pool = kit.toggle({
    label: `then max-pool ${POOL} × ${POOL}`,
    checked: state.pool,
    onChange: (checked) => change({ pool: checked }),
  });
  const refresh = () => {
    [row, column].forEach((slider, axis) => {
      kit.set(slider.input, { max: out()[axis] - 1 });
      slider.value = lit()[axis];
    });
    weight.value = weightAt();
    [stride.value, padding.value] = [state.stride, state.padding];
    [relu.input.checked, pool.input.checked] = [state.relu, state.pool];
  };
  return {
    refresh,
    root: kit.controls(row.root, column.root, stride.root, padding.root, weight.root, relu.root, pool.root),
  };
}

export function kernelButtons(state, change, reset) {
  const fits = Object.entries(KERNELS).filter(([, kernel]) =>
    sizeOf(kernel).join() === sizeOf(state.kernel).join()
  );
  const choices = fits.map(([label, kernel]) => kit.button({ label, onClick: () => change({ kernel }) }));
  return kit.html(
    "div",
    { class: "bf-buttons cl-kernels", role: "group", "aria-label": "kernels" },
    [...choices, kit.button({ label: "Reset", icon: "reset", onClick: reset })].map(({ root }) => root),
  );
}
