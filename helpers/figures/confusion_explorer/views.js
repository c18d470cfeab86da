/**
 * ConfusionExplorer's views: the matrix with its margins, and the pictures of the chosen cell.
 */
import * as kit from "../kit/index.js";
import {
  cellWords,
  darkest,
  picturesOf,
  picturesWords,
  rowShares,
  scores,
  scoreText,
  shareText,
  shortened,
  sureText,
} from "./maths.js";

const STRONGEST = 68; // percent of colour: numbers in ink stay readable on it, light and dark

/**
 * Sizes in pixels: names left and below, square cells, a column and a row for recall and precision. On a narrow
 * page names are shortened, and then recall and precision left out, before cells get too small for a finger.
 */
function matrixGeometry(width, classes) {
  const room = Math.min(width, 420);
  const wanted = Math.min(11, Math.max(...classes.map((name) => name.length)));
  const fitting = (margin) => Math.min(wanted, Math.floor((room - margin - 24 * classes.length - 10) / 6.8));
  const margin = fitting(34) >= Math.min(wanted, 9) ? 34 : 0;
  const longest = Math.max(4, fitting(margin));
  const left = Math.max(10 + 6.8 * longest, margin ? 72 : 48);
  const side = Math.min(44, (room - left - margin) / classes.length);
  const top = 22;
  const foot = top + side * classes.length;
  return {
    margin,
    longest,
    left,
    side,
    top,
    right: left + side * classes.length,
    foot,
    height: foot + (margin ? 22 : 0) + 14 + 5.6 * longest,
  };
}

/** The fill of a cell: its share of the row, against the largest mistake. The diagonal is left out. */
export function cellFill(share, most) {
  return share
    ? `color-mix(in srgb, var(--bf-loss) ${
      (STRONGEST * (share / most) ** 0.7).toFixed(1)
    }%, var(--bf-ground))`
    : null;
}

export function matrixView(stage, { counts, classes }) {
  const shares = rowShares(counts);
  const most = darkest(shares);
  const { recall, precision } = scores(counts);
  const key = (/** @type {number[]} */ [label, answer]) => `${label},${answer}`;
  const cells = kit.cells({
    label: "Confusion matrix: rows are labels, columns are answers",
    touch: "pan-y",
    current: () => key(stage.state.selected),
    onPick: (picked) => stage.set({ selected: picked.split(",").map(Number) }),
  });
  const words = kit.svg("g", { "aria-hidden": "true" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Rows are labels, columns are answers" },
    words,
    cells.root,
  );
  const root = kit.html("div", { class: "bf-panel" }, picture);
  let last = "";

  /** One cell; `row` and `column` are its place, which the order of the classes decides. */
  function cellOf(label, answer, row, column, g, { selected, numbers }) {
    const count = counts[label][answer];
    const [lit, twin] = [[label, answer], [answer, label]].map((cell) => key(cell) === key(selected));
    const text = numbers === "count" ? String(count || "") : shareText(shares[label][answer]);
    const muted = label === answer ? "ce-right" : "";
    return {
      key: key([label, answer]),
      x: g.left + g.side * column + 1,
      y: g.top + g.side * row + 1,
      width: g.side - 2,
      height: g.side - 2,
      text,
      fill: lit || muted ? null : cellFill(shares[label][answer], most),
      classes: `${muted} ${text.length > 3 ? "ce-long" : ""} ${lit ? "bf-lit" : twin ? "bf-also" : ""}`,
      label: `label ${classes[label]}, answer ${classes[answer]}: ${count}, ${
        kit.percent(shares[label][answer])
      } of the row`,
    };
  }

  function draw(width, state) {
    const { order } = state;
    const g = matrixGeometry(width, classes);
    root.classList.toggle("bf-moving", last === String(width)); // cells glide to a new order, not to a new layout
    last = String(width);
    kit.set(picture, { width: g.right + g.margin, height: g.height });
    kit.clear(words, names(g, state), g.margin ? margins(g, state) : []);
    cells.draw(
      order.flatMap((label, row) =>
        order.map((answer, column) => cellOf(label, answer, row, column, g, state))
      ),
    );
  }

  const bold = (chosen) => (chosen ? "ce-chosen" : "");

  function names(g, { order, selected: [label, answer] }) {
    const below = g.foot + (g.margin ? 22 : 0) + 12;
    return [
      text(g.left, 14, "answer →", "bf-tick"),
      text(g.left - 6, 14, "label ↓", "bf-tick ce-end"),
      order.map((name, k) =>
        text(
          g.left - 6,
          g.top + g.side * (k + 0.5) + 4.5,
          shortened(classes[name], g.longest),
          `ce-end ${bold(name === label)}`,
        )
      ),
      order.map((name, k) => {
        const x = g.left + g.side * (k + 0.5) + 4;
        return kit.set(
          text(x, below, shortened(classes[name], g.longest), `ce-end ${bold(name === answer)}`),
          { transform: `rotate(-50 ${x} ${below})` },
        );
      }),
    ].flat();
  }

  function margins(g, { order, selected: [label, answer] }) {
    const [x, y] = [g.right + g.margin, g.foot + 16];
    return [
      text(x, 14, "recall %", "bf-tick ce-end"),
      text(g.left - 6, y, "precision %", "bf-tick ce-end"),
      order.map((name, k) =>
        text(
          x - 8,
          g.top + g.side * (k + 0.5) + 4.5,
          scoreText(recall[name]),
          `ce-end ${bold(name === label)}`,
        )
      ),
      order.map((name, k) =>
        text(g.left + g.side * (k + 0.5), y, scoreText(precision[name]), `ce-middle ${bold(name === answer)}`)
      ),
    ].flat();
  }
  return {
    root,
    draw,
    width: (available) => {
      const g = matrixGeometry(available, classes);
      return g.right + g.margin;
    },
  };
}

const text = (x, y, words, classes) => kit.svg("text", { x, y, class: classes }, words);

// ---------------------------------------------------------------- the pictures of the chosen cell

/** One picture from the sheet, twice as large or more, its pixels left as squares. */
function pictureItem(
  { x, y, sure, truth, place },
  { width, height, block_width: wide, block_height: high, columns, rows },
  names,
  side,
) {
  const zoom = side / Math.max(width, height);
  const style =
    `width: ${width * zoom}px; height: ${height * zoom}px; background-position: ${-x * zoom}px ${
      -y * zoom
    }px; ` +
    `background-size: ${columns * wide * zoom}px ${rows * high * zoom}px`;
  const doubt = names.label === names.answer ? "" : `, ${names.label} ${sureText(truth)}`;
  const label = `Picture ${place}: ${names.answer} ${sureText(sure)}${doubt}`;
  return kit.html(
    "li",
    {},
    kit.html("span", { class: "ce-picture", role: "img", "aria-label": label, title: label, style }),
    kit.html("span", { "aria-hidden": "true" }, sureText(sure)),
  );
}

export function picturesView(stage, { counts, classes, pictures, sizes }) {
  const title = kit.html("div", { class: "bf-title" });
  const count = kit.html("p", {});
  const twin = kit.button({
    label: "",
    onClick: () => stage.set({ selected: stage.state.selected.toReversed() }),
  });
  const list = kit.html("ul", { class: "ce-pictures" });
  const heading = kit.html("p", { class: "ce-heading" });
  const root = kit.html(
    "div",
    { class: "ce-side", role: "region", "aria-label": "Pictures of the chosen cell" },
    title,
    count,
    twin.root,
    heading,
    list,
  );

  function draw(width, { selected }) {
    const [label, answer] = selected;
    const words = cellWords(counts, classes, selected);
    const shown = picturesOf(pictures, selected, sizes);
    const found = counts[label][answer];
    title.textContent = words.title;
    count.textContent = words.count;
    twin.root.hidden = words.twin === null;
    twin.relabel(`The other way round: ${words.twin}`);
    heading.textContent = picturesWords(shown.length, found, classes[answer]);
    const columns = width >= 340 ? 6 : 4;
    const side = Math.min(60, Math.floor(width / columns) - 7);
    kit.clear(
      list,
      shown.map((picture) =>
        pictureItem(picture, sizes, { label: classes[label], answer: classes[answer] }, side)
      ),
    );
    list.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
  }
  return { root, draw };
}
