/** A matrix product, one of its cells lit with the row and the column that make it. */
import * as kit from "../kit/index.js";

/** The products that add up to one cell: [{ left, right, product }], and their running sums. */
export function terms(a, b, [row, column]) {
  let total = 0;
  return a[row].map((left, k) => {
    const right = b[k][column];
    total += left * right;
    return { left, right, product: left * right, sum: total };
  });
}

function show(value) {
  return Number.isInteger(value) ? String(value).replace("-", "−") : kit.format(value);
}

/** The lit cell as a sum, its first `count` products written out. */
export function sumText(a, b, cell, count) {
  const written = terms(a, b, cell).slice(0, count);
  const paren = (value) => (value < 0 ? `(${show(value)})` : show(value));
  const sum = written.map(({ left, right }) => `${paren(left)}·${paren(right)}`).join(" + ") || "0";
  return `C[${cell.join(", ")}] = ${sum} = ${show(written.at(-1)?.sum ?? 0)}`;
}

function size(matrix) {
  return [matrix.length, matrix[0].length];
}

/** One matrix as a field of cells, each named by its row and column. */
function matrixCells({ label, name, matrix, current, onPick }) {
  const [, columns] = size(matrix);
  const key = ([row, column]) => row * columns + column;
  const cells = kit.cells({
    label,
    current: () => key(current()),
    onPick: (at) => onPick([Math.floor(at / columns), at % columns]),
  });
  const frames = kit.svg("g");
  const title = kit.svg("text", { class: "bf-matrix-name" }, name);
  const draw = ({ x, y, cell, classes, text }) => {
    const drawn = kit.nestedGrid(size(matrix), { cell, bare: true });
    kit.set(title, { x, y: y - 9 });
    kit.drawFrames(frames, [{ x: x - 4, y: y - 4, width: drawn.width + 8, height: drawn.height + 8 }]);
    cells.draw(drawn.places.map((at, place) => {
      const index = [Math.floor(place / columns), place % columns];
      return {
        key: place,
        ...cell,
        x: at.x + x,
        y: at.y + y,
        text: text(index),
        classes: classes(index),
        label: `${label} at row ${index[0]}, column ${index[1]}: ${text(index)}`,
      };
    }));
    return drawn;
  };
  return { root: kit.svg("g", {}, frames, title, cells.root), draw };
}

function render({ model, el }) {
  const [a, b, product] = ["a", "b", "product"].map((name) => model.get(name));
  const inner = b.length;
  const stage = kit.stage({
    model,
    el,
    name: "MatmulLab",
    label: "A matrix product, cell by cell",
    state: { cell: model.get("cell"), terms: model.get("terms") },
  });
  const { state } = stage;
  const last = () => Math.max(0, state.terms - 1);
  const left = matrixCells({
    label: "A",
    name: `A  ${kit.tuple(size(a))}`,
    matrix: a,
    current: () => [state.cell[0], last()],
    onPick: ([row, k]) => stage.set({ cell: [row, state.cell[1]], terms: k + 1 }),
  });
  const right = matrixCells({
    label: "B",
    name: `B  ${kit.tuple(size(b))}`,
    matrix: b,
    current: () => [last(), state.cell[1]],
    onPick: ([k, column]) => stage.set({ cell: [state.cell[0], column], terms: k + 1 }),
  });
  const result = matrixCells({
    label: "C",
    name: `C = A @ B  ${kit.tuple(size(product))}`,
    matrix: product,
    current: () => state.cell,
    onPick: (cell) => stage.set({ cell, terms: inner }),
  });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "A, B and their product" },
    left.root,
    right.root,
    result.root,
  );
  const line = kit.html("p", { class: "bf-sum-line" });
  const count = kit.slider({
    label: "products added",
    min: 0,
    max: inner,
    step: 1,
    value: state.terms,
    format: (k) => `${k} of ${inner}`,
    onInput: (k) => stage.set({ terms: k }),
  });
  stage.body.append(kit.html("div", { class: "bf-matrices" }, picture), line, kit.controls(count.root));

  stage.onDraw(({ width }) => {
    const gap = 30;
    const cell = kit.fitCell([[1, inner + product[0].length]], width - gap - 10, { most: 46, bare: true });
    const wide = kit.nestedGrid(size(a), { cell, bare: true }).width;
    const top = 26;
    const second = { x: 5 + wide + gap, y: top };
    const above = right.draw({
      ...second,
      cell,
      text: ([k, j]) => show(b[k][j]),
      classes: ([k, j]) => rank(j === state.cell[1], k, state.terms, inner),
    });
    const below = top + above.height + gap + 4;
    left.draw({
      x: 5,
      y: below,
      cell,
      text: ([i, k]) => show(a[i][k]),
      classes: ([i, k]) => rank(i === state.cell[0], k, state.terms, inner),
    });
    const drawn = result.draw({
      x: second.x,
      y: below,
      cell,
      text: ([i, j]) => show(isAt([i, j], state.cell) ? partial(a, b, state, product) : product[i][j]),
      classes: ([i, j]) => (isAt([i, j], state.cell) ? "bf-lit" : ""),
    });
    kit.set(picture, { width: second.x + drawn.width + 5, height: below + drawn.height + 5 });
    line.textContent = sumText(a, b, state.cell, state.terms);
    count.value = state.terms;
  });
  stage.say(() => sumText(a, b, state.cell, state.terms));
  return stage.start();
}

function isAt([i, j], [row, column]) {
  return i === row && j === column;
}

/** The lit cell as far as it is added up; complete, it is torch's own number. */
function partial(a, b, { cell, terms: count }, product) {
  return count === b.length ? product[cell[0]][cell[1]] : (terms(a, b, cell)[count - 1]?.sum ?? 0);
}

/** How a cell of the row or the column looks: the pair just added, a pair added before, one still to come. */
function rank(inside, k, count, inner) {
  if (!inside) return "";
  return k === count - 1 && count < inner ? "bf-in bf-now" : k < count ? "bf-in" : "bf-in bf-later";
}

export default { render };
