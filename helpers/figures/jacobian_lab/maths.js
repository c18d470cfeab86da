/**
 * Maps of the plane and their Jacobians, without DOM: the counterpart of helpers/jacobians.py, held to
 * torch.func.jacrev by tests/figures/test_jacobian_lab.py. A Jacobian is [[dy1/dx1, dy1/dx2], [dy2/dx1, dy2/dx2]]:
 * rows are outputs, columns are inputs.
 */

const FORMULAE = {
  linear: {
    value: ([a, b], { matrix }) => matrix.map(([left, right]) => left * a + right * b),
    jacobian: (_, { matrix }) => matrix,
  },
  polar: {
    value: ([r, angle]) => [r * Math.cos(angle), r * Math.sin(angle)],
    jacobian: (
      [r, angle],
    ) => [[Math.cos(angle), -r * Math.sin(angle)], [Math.sin(angle), r * Math.cos(angle)]],
  },
  square: {
    value: ([a, b]) => [(a * a - b * b) / 2, a * b],
    jacobian: ([a, b]) => [[a, -b], [b, a]],
  },
  swirl: {
    value: ([a, b], { turn }) => {
      const angle = turn * Math.exp(-(a * a + b * b));
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return [cos * a - sin * b, sin * a + cos * b];
    },
    // The turn itself, and the change of its angle, -2 angle (a, b), times where a turning point heads.
    jacobian: ([a, b], { turn }) => {
      const angle = turn * Math.exp(-(a * a + b * b));
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [u, v] = [-sin * a - cos * b, cos * a - sin * b];
      return [[cos - 2 * angle * a * u, -sin - 2 * angle * b * u], [
        sin - 2 * angle * a * v,
        cos - 2 * angle * b * v,
      ]];
    },
  },
  layer: {
    value: ([a, b], { weight, bias }) =>
      weight.map(([left, right], i) => Math.tanh(left * a + right * b + bias[i])),
    jacobian: (x, numbers) =>
      FORMULAE.layer.value(x, numbers).map((y, i) => numbers.weight[i].map((w) => (1 - y * y) * w)),
  },
};

/** The image of a point; `map` is { name, numbers }. */
export function valueAt({ name, numbers }, x) {
  return FORMULAE[name].value(x, numbers);
}

export function jacobianAt({ name, numbers }, x) {
  return FORMULAE[name].jacobian(x, numbers);
}

/**
 * J v: how the output moves when the input moves along v.
 *
 * @param {number[][]} J
 * @param {number[]} v
 */
export function pushforward([[a, b], [c, d]], [v1, v2]) {
  return [a * v1 + b * v2, c * v1 + d * v2];
}

/** vᵀJ: how fast v·y changes with each input. */
export function pullback([[a, b], [c, d]], [v1, v2]) {
  return [v1 * a + v2 * c, v1 * b + v2 * d];
}

export function determinant([[a, b], [c, d]]) {
  return a * d - b * c;
}

/** Half-axes of the unit circle's image, the longer first: [{ sigma, from, to }], where J from = to. */
export function principalAxes(J) {
  const [[a, b], [c, d]] = J;
  const angle = 0.5 * Math.atan2(2 * (a * b + c * d), a * a + c * c - b * b - d * d);
  const [even, odd] = [Math.hypot(a + d, c - b), Math.hypot(a - d, b + c)];
  return [[(even + odd) / 2, angle], [Math.abs(even - odd) / 2, angle + Math.PI / 2]].map(([sigma, turn]) => {
    const from = [Math.cos(turn), Math.sin(turn)];
    return { sigma, from, to: pushforward(J, from) };
  });
}

/** Points on the border of the square of half-width `half` about the origin, anticlockwise and closed. */
export function squareBorder(half, perSide = 12) {
  const points = [];
  for (const [fromX, fromY, stepX, stepY] of [[-1, -1, 1, 0], [1, -1, 0, 1], [1, 1, -1, 0], [-1, 1, 0, -1]]) {
    for (let i = 0; i < perSide; i += 1) {
      const t = (2 * i) / perSide;
      points.push([half * (fromX + stepX * t), half * (fromY + stepY * t)]);
    }
  }
  return [...points, points[0]];
}

/** The largest distance between f(x + d) and f(x) + J d over the border of the square of offsets d. */
export function largestGap(map, x, half) {
  const [y, J] = [valueAt(map, x), jacobianAt(map, x)];
  return Math.max(
    ...squareBorder(half).map((offset) => {
      const [true1, true2] = valueAt(map, [x[0] + offset[0], x[1] + offset[1]]);
      const [step1, step2] = pushforward(J, offset);
      return Math.hypot(true1 - y[0] - step1, true2 - y[1] - step2);
    }),
  );
}
