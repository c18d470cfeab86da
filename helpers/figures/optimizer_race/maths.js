/**
 * Three landscapes and five update rules, without DOM: the counterpart of helpers/landscapes.py, held to
 * torch.optim by tests/figures/test_optimizer_race.py. A point is [x, y]; every landscape's least loss is 0.
 */

/** As helpers.landscapes.GOAL, LEARNING_RATES and WEIGHT_DECAY. */
export const GOAL = 0.01;
export const LADDER = Array.from({ length: 25 }, (_, i) => 10 ** ((i - 24) / 8));
export const WEIGHT_DECAY = 0.01;

const ANGLE = Math.PI / 6;
const [COS, SIN] = [Math.cos(ANGLE), Math.sin(ANGLE)];
const [RAVINE_X, RAVINE_Y] = [1.2, 0.5];
const [BUMPS_X, BUMPS_Y] = [1, 0.5];

/** The ravine's own axes: along its floor and across it. */
const alongAcross = (x, y) => {
  const [right, up] = [x - RAVINE_X, y - RAVINE_Y];
  return [right * COS + up * SIN, up * COS - right * SIN];
};

/** name -> { loss(x, y), gradient(x, y), start, minima }. */
export const LANDSCAPES = {
  ravine: {
    loss(x, y) {
      const [along, across] = alongAcross(x, y);
      return (along ** 2 + 200 * across ** 2) / 40;
    },
    gradient(x, y) {
      const [along, across] = alongAcross(x, y);
      return [(along * COS - 200 * across * SIN) / 20, (along * SIN + 200 * across * COS) / 20];
    },
    start: [-1.8, -0.2],
    minima: [[RAVINE_X, RAVINE_Y]],
  },
  saddle: {
    loss: (x, y) => 2 * x ** 2 + 0.05 * (y ** 2 - 1) ** 2,
    gradient: (x, y) => [4 * x, 0.2 * y * (y ** 2 - 1)],
    start: [-1.6, 0.01],
    minima: [[0, 1], [0, -1]],
  },
  bumps: {
    loss(x, y) {
      const [right, up] = [x - BUMPS_X, y - BUMPS_Y];
      return 0.1 * (right ** 2 + up ** 2) + 0.1 * (2 - Math.cos(4 * right) - Math.cos(4 * up));
    },
    gradient: (x, y) =>
      [[x, BUMPS_X], [y, BUMPS_Y]].map(([at, middle]) =>
        0.2 * (at - middle) + 0.4 * Math.sin(4 * (at - middle))
      ),
    start: [-1.6, -1.3],
    minima: [[BUMPS_X, BUMPS_Y]],
  },
};

/**
 * One parameter's update by each of torch.optim's rules: `rule(p, g, memory, lr, t)` returns the new p.
 * `memory` starts as { m: 0, v: 0 } and belongs to that parameter; t counts steps from 1.
 */
export const RULES = {
  SGD: (p, g, _memory, lr) => p - lr * g,
  momentum(p, g, memory, lr) {
    memory.m = 0.9 * memory.m + g;
    return p - lr * memory.m;
  },
  RMSprop(p, g, memory, lr) {
    memory.v = 0.99 * memory.v + 0.01 * g * g;
    return p - (lr * g) / (Math.sqrt(memory.v) + 1e-8);
  },
  Adam(p, g, memory, lr, t) {
    memory.m = 0.9 * memory.m + 0.1 * g;
    memory.v = 0.999 * memory.v + 0.001 * g * g;
    const [m, v] = [memory.m / (1 - 0.9 ** t), memory.v / (1 - 0.999 ** t)];
    return p - (lr * m) / (Math.sqrt(v) + 1e-8);
  },
  AdamW: (p, g, memory, lr, t) => RULES.Adam(p * (1 - lr * WEIGHT_DECAY), g, memory, lr, t),
};

/** A run of `numSteps`: { points, losses, arrival }, as helpers.landscapes.run; arrival null if it does not stay. */
export function raceOne({ landscape, optimizer, lr, start, numSteps }) {
  const [{ loss, gradient }, rule] = [LANDSCAPES[landscape], RULES[optimizer]];
  const memories = [{ m: 0, v: 0 }, { m: 0, v: 0 }];
  let point = [...start];
  const [points, losses] = [[point], [loss(...point)]];
  for (let t = 1; t <= numSteps; t += 1) {
    const slope = gradient(...point);
    point = point.map((p, i) => rule(p, slope[i], memories[i], lr, t));
    points.push(point);
    losses.push(loss(...point));
  }
  return { points, losses, arrival: arrivalOf(losses) };
}

/** The step from which on the loss stays below the goal, or null. */
export function arrivalOf(losses) {
  // Written so that a loss that is not a number counts as above.
  const step = losses.findLastIndex((loss) => !(loss < GOAL)) + 1;
  return step < losses.length ? step : null;
}

/**
 * The best rate of the ladder: the earliest arrival, of equals the least loss at worst in the last 20 steps;
 * as helpers.landscapes.tuned_lr.
 */
export function tunedRate({ landscape, optimizer, start, numSteps }) {
  let best = null;
  for (const lr of LADDER) {
    const { losses, arrival } = raceOne({ landscape, optimizer, lr, start, numSteps });
    const worst = Math.max(...losses.slice(-20));
    const rank = [arrival ?? numSteps + 1, Number.isFinite(worst) ? worst : Infinity];
    if (!best || rank[0] < best.rank[0] || (rank[0] === best.rank[0] && rank[1] < best.rank[1])) {
      best = { lr, rank };
    }
  }
  return best.lr;
}

/** The names that arrive first (equals share the place); [] where none arrives. */
export function winnersOf(runs) {
  const arrived = Object.entries(runs).filter(([, { arrival }]) => arrival !== null);
  const first = Math.min(...arrived.map(([, { arrival }]) => arrival));
  return arrived.filter(([, { arrival }]) => arrival === first).map(([name]) => name);
}
