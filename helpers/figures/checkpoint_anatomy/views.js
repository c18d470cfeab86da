/**
 * CheckpointAnatomy's drawings: the bars of bytes, and the rows of the part that is open.
 */
import * as kit from "../kit/index.js";
import { census } from "./maths.js";
import { bytesText, partsOf, placesOf, thousands } from "./rows.js";

const KEY_HEIGHT = 30;
const BAR = { top: 23, height: 18 }; // inside a part's row

// ---------------------------------------------------------------- the bars

const rowsOfCells = (entries, current, room, placeOf) =>
  entries.map(({ key, name, words }, i) => ({
    key,
    x: 1,
    y: placeOf(i).y + 1,
    width: room - 2,
    height: placeOf(i).height - 2,
    classes: key === current ? "bf-lit" : "",
    label: `${name}: ${words}`,
  }));

/** The parts as bars of bytes; the dot at the end of the model's bar drags the width of the network. */
export function barsPanel(stage, data, slider, start) {
  const { state } = stage;
  const limit = Math.max(
    ...Object.keys(data.states).map((name) => census(data, name, data.widths.at(-1)).optimizer),
  );
  let room = 300;
  const toX = (bytes) => 8 + (bytes / limit) * (room - 20);
  const toWidth = (x) => {
    const bytes = kit.clamp((x - 8) / (room - 20), 0, 1) * limit;
    const away = (units) => Math.abs(census(data, state.optimizer, units).model - bytes);
    return data.widths.reduce((best, units) => (away(units) < away(best) ? units : best));
  };
  const cells = kit.cells({
    label: "Parts of the file",
    touch: "pan-y",
    current: () => state.part,
    onPick: (part) => stage.set({ part, key: null }),
  });
  const words = kit.svg("g", { class: "ca-words" });
  const handle = kit.sliderKnob(slider, {
    toValue: toWidth,
    onInput: (units) => stage.set({ width: units }),
    dot: "ca-dot",
  });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Bytes of each part" },
    cells.root,
    words,
    handle.knob,
  );
  const title = kit.html("div", { class: "bf-title" });
  const draw = (width, sizes, parts, opening) => {
    room = width;
    const places = placesOf(parts);
    const size = bytesText(sizes.file);
    title.textContent = opening.file === sizes.file
      ? `checkpoint.pt, ${size}`
      : `${size}; was ${thousands(opening.file)}`;
    kit.set(picture, { width, height: places.at(-1).y + places.at(-1).height });
    cells.draw(rowsOfCells(parts, state.part, width, (i) => places[i]));
    drawBars(words, parts, partsOf(census(data, state.optimizer, start), state.optimizer), toX, width - 8);
    handle.place(toX(sizes.model), BAR.top + BAR.height / 2);
  };
  return { root: kit.html("div", {}, title, picture), draw };
}

/** The bars, with dashed outlines of the opening's; `toX` leads from bytes to pixels, `right` is the edge. */
function drawBars(group, parts, before, toX, right) {
  const places = placesOf(parts);
  kit.clear(
    group,
    parts.flatMap((part, i) => {
      const { y } = places[i];
      return [
        kit.svg("text", { class: "ca-name", x: toX(0), y: y + 18 }, part.name),
        kit.svg("text", { x: right, y: y + 18, "text-anchor": "end" }, part.words),
        ...segmentsOf(part, y + BAR.top, toX),
        ghostOf(toX(before[i].bytes), toX(part.bytes), toX(0), y + BAR.top),
      ];
    }),
  );
}

function ghostOf(old, now, x, y) {
  if (Math.abs(old - now) < 4) return null; // the file itself grows by a few bytes, which are not seen
  return kit.svg("rect", { class: "ca-ghost", x, y: y - 3, width: old - x, height: BAR.height + 6 });
}

function segmentsOf({ segments }, y, toX) {
  let x = toX(0);
  return segments.flatMap(([role, bytes, label]) => {
    const piece = { x, y, width: Math.max(toX(bytes) - toX(0), bytes ? 1 : 0), height: BAR.height };
    x += piece.width;
    const fits = label && 6.8 * label.length + 12 < piece.width;
    return [
      kit.svg("rect", { class: `ca-piece ca-${role}`, ...piece }),
      fits
        ? kit.svg("text", {
          class: "ca-inside",
          x: piece.x + (piece.width - 8) / 2,
          y: y + 13,
          "text-anchor": "middle",
        }, label)
        : null,
    ];
  });
}

// ---------------------------------------------------------------- the open part

/** The rows of the open part; the line below says of the chosen one what it is. */
export function keysPanel(stage) {
  const { state } = stage;
  const cells = kit.cells({
    label: "What the part holds",
    touch: "pan-y",
    current: () => state.key,
    onPick: (key) => stage.set({ key }),
  });
  const words = kit.svg("g", { class: "ca-words" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Keys of the open part" },
    cells.root,
    words,
  );
  const [title, line] = [kit.html("div", { class: "bf-title" }), kit.html("p", { class: "ca-line" })];
  const draw = (width, rows, name, leastRows) => {
    title.textContent = `${name}: what is inside`;
    kit.set(picture, { width, height: Math.max(rows.length, leastRows) * KEY_HEIGHT + 2 });
    cells.draw(rowsOfCells(rows, state.key, width, (i) => ({ y: i * KEY_HEIGHT, height: KEY_HEIGHT })));
    kit.clear(
      words,
      rows.flatMap((row, i) =>
        keyWords(row, state.part === "model" ? state.fates[row.key] : "", i * KEY_HEIGHT + 20, width)
      ),
    );
    const chosen = rows.find(({ key }) => key === state.key);
    line.textContent = `${chosen.name}: ${chosen.words}.`;
  };
  return { root: kit.html("div", {}, title, picture), line, draw };
}

function keyWords({ name, detail, bytes }, fate, y, width) {
  const classes = ["ca-key", fate ? "ca-changed" : "", fate === "dropped" ? "ca-dropped" : ""].join(" ")
    .trim();
  const shape = { reshaped: "one more", renamed: "" }[fate] ?? detail; // a longer name needs the room
  return [
    kit.svg("text", { class: classes, x: 8, y }, fate === "renamed" ? `module.${name}` : name),
    kit.svg("text", { x: width - 70, y, "text-anchor": "end" }, shape),
    kit.svg("text", { x: width - 6, y, "text-anchor": "end" }, bytes === null ? "" : thousands(bytes)),
  ];
}

/** The program as the reader has changed it, and what torch answers. */
export function consolePanel() {
  const [code, said] = [kit.html("code"), kit.html("code", { class: "ca-said" })];
  const judged = kit.html("p", { class: "ca-verdict" });
  const root = kit.html(
    "pre",
    { class: "ca-console", tabindex: 0, role: "region", "aria-label": "The program and torch's answer" },
    code,
    said,
  );
  const draw = (lines, answer, summary) => {
    code.textContent = lines.map((text) => `>>> ${text}\n`).join("");
    said.textContent = answer.text;
    said.classList.toggle("ca-refused", !answer.ok);
    judged.textContent = summary;
  };
  return { root, judged, draw };
}
