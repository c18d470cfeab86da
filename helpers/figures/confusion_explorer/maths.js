/**
 * ConfusionExplorer's numbers: all that follows from counts[label][answer], and where pictures lie on the sheet.
 */
import { percent, plural } from "../kit/numbers.js";

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const ratio = (part, whole) => (whole ? part / whole : null);

/** Each row divided by its sum; the row of a class that never occurs stays zero. */
export function rowShares(counts) {
  return counts.map((row) => row.map((count) => ratio(count, sum(row)) ?? 0));
}

/**
 * Accuracy, and for each class its recall (of those that are of the class, the share named so) and precision
 * (of those named so, the share that is of the class); null where there are none.
 */
export function scores(counts) {
  const right = counts.map((row, i) => row[i]);
  return {
    total: sum(counts.flat()),
    accuracy: ratio(sum(right), sum(counts.flat())),
    recall: counts.map((row, i) => ratio(right[i], sum(row))),
    precision: counts.map((_, i) => ratio(right[i], sum(counts.map((row) => row[i])))),
  };
}

/** The cells [label, answer] beside the diagonal that hold pictures, those with most pictures first. */
export function mistakes(counts) {
  const cells = counts.flatMap((row, i) =>
    row.map((count, j) => ({ cell: [i, j], count: i === j ? 0 : count }))
  );
  return cells.filter(({ count }) => count).sort((a, b) => b.count - a.count).map(({ cell }) => cell);
}

/** The largest share beside the diagonal: the darkest colour. */
export function darkest(shares) {
  return Math.max(...shares.flatMap((row, i) => row.filter((_, j) => i !== j)));
}

/** What is chosen when the next mistake is asked for: the most frequent one after the last. */
export function nextMistake(counts, [label, answer]) {
  const all = mistakes(counts);
  const place = all.findIndex(([i, j]) => i === label && j === answer);
  return all.length ? all[(place + 1) % all.length] : [label, answer];
}

/** The shown pictures of a cell: { place, sure, truth } each with its left and top pixel on the sheet. */
export function picturesOf(pictures, [label, answer], { columns, block_width: width, block_height: height }) {
  let first = 0;
  for (const [i, j, found] of pictures) {
    if (i === label && j === answer) {
      return found.map(([place, sure, truth], k) => ({
        place,
        sure,
        truth,
        x: ((first + k) % columns) * width,
        y: Math.floor((first + k) / columns) * height,
      }));
    }
    first += found.length;
  }
  return [];
}

// ---------------------------------------------------------------- words

/** A share as it fits into a cell: whole percents from 10 on, one decimal below, nothing for none. */
export function shareText(share) {
  if (!share) return "";
  const percents = 100 * share;
  if (percents < 0.05) return "<.1";
  return percents < 9.95 ? percents.toFixed(1) : percents.toFixed(0);
}

/** How sure the network was; only certainty is written 100 %. */
export function sureText(probability) {
  return probability >= 0.9995 && probability < 1 ? "> 99.9 %" : percent(probability);
}

/** A recall or precision in whole percents; only what is perfect is written 100. */
export function scoreText(score) {
  if (score === null) return "–";
  return score >= 0.995 && score < 1 ? ">99" : (100 * score).toFixed(0);
}

/** A name cut to `longest` letters. */
export function shortened(name, longest) {
  return name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name;
}

/** The chosen cell in words: what it is, how many pictures, the cell the other way round. */
export function cellWords(counts, classes, [label, answer]) {
  const count = counts[label][answer];
  const row = sum(counts[label]);
  const part = row ? `, ${percent(count / row)} of the ${row.toLocaleString("en")} with this label` : "";
  const title = label === answer
    ? `${classes[label]}, named correctly`
    : `${classes[label]}, called ${classes[answer]}`;
  return {
    title,
    count: `${plural(count, "picture")}${part}.`,
    twin: label === answer ? null : counts[answer][label],
  };
}

/** What stands over the pictures: how many of how many, and what the numbers below them are. */
export function picturesWords(shown, count, answer) {
  if (!count) return "It never happened.";
  const how = count === 1
    ? ""
    : shown < count
    ? `${shown} of ${count}, the surest first. `
    : `All ${count}, the surest first. `;
  return `${how}Below: the probability of ${answer}.`;
}
