/**
 * FloatBits' drawings: a row of bits for each format, and range against digits.
 */
import * as kit from "../kit/index.js";
import {
  afterFlip,
  bitAt,
  decode,
  largest,
  patternShown,
  smallestNormal,
  width,
  withBit,
} from "./formats.js";
import { digitsOf, fieldOf, formulaNodes, titleNodes, tradeSentence, valueNodes } from "./words.js";

const FIELD_GAP = 7;
const BIT_HEIGHT = 34;

/** Where a format's bits go: one line if they fit, else the fraction on lines of its own. */
export function bitLayout(format, { width: room, size }) {
  const oneLine = width(format) * size + 2 * FIELD_GAP <= room;
  const perLine = oneLine ? width(format) : Math.floor((room - 2 * FIELD_GAP) / size);
  const front = 1 + format.exponent;
  return Array.from({ length: width(format) }, (_, bit) => {
    const alone = bit >= front && !oneLine;
    const place = alone ? bit - front : bit;
    const line = Math.floor(place / perLine) + (alone ? Math.ceil(front / perLine) : 0);
    const gaps = alone || place >= perLine ? 0 : Number(bit > 0) + Number(bit >= front);
    return { bit, x: (place % perLine) * size + gaps * FIELD_GAP, y: line * (BIT_HEIGHT + 4) };
  });
}

export function rowPart(stage, format) {
  let current = 0;
  let painted = false;
  const flip = (bit) => stage.set(afterFlip(format, stage.state, bit));
  const move = (bit, by) => {
    current = bit;
    // A press flips, and the drag that follows gives every bit it meets the same value.
    if (by === "press") painted = !bitAt(format, stage.state, bit);
    if (by === "drag") stage.set(withBit(format, stage.state, bit, painted));
    else stage.invalidate();
  };
  const cells = kit.cells({
    label: `Bits of ${format.name}`,
    touch: "pan-y",
    current: () => current,
    onPick: move,
    onPress: flip,
  });
  const picture = kit.svg("svg", {
    class: "bf-panel-svg",
    role: "group",
    "aria-label": `${format.name}, bit by bit`,
  }, cells.root);
  const [title, formula, value] = ["bf-fb-title", "bf-fb-formula", "bf-fb-value"].map((name) =>
    kit.html("div", { class: name })
  );
  const root = kit.html("div", { class: "bf-fb-row" }, title, picture, formula, value);
  const draw = ({ width: room, size }) => {
    const pattern = patternShown(format, stage.state);
    const parts = decode(format, pattern);
    const places = bitLayout(format, { width: room, size });
    kit.set(picture, { width: room, height: Math.max(...places.map(({ y }) => y)) + BIT_HEIGHT + 2 });
    cells.draw(
      places.map(({ bit, x, y }) =>
        bitCell(format, bit, bitAt(format, stage.state, bit), { x: x + 1, y: y + 1, size })
      ),
    );
    kit.clear(title, titleNodes(format, parts));
    kit.clear(formula, formulaNodes(format, parts));
    kit.clear(value, valueNodes(format, pattern, Number(stage.state.number)));
  };
  return { root, draw };
}

function bitCell(format, bit, on, { x, y, size }) {
  const field = fieldOf(format, bit);
  const place = field === "sign"
    ? "sign"
    : `${field} bit ${field === "exponent" ? format.exponent - bit : width(format) - 1 - bit}`;
  return {
    key: bit,
    x,
    y,
    width: size - 2,
    height: BIT_HEIGHT,
    text: on ? "1" : "0",
    pressed: on === 1n,
    label: `${format.name} ${place}`,
    classes: `bf-fb-${field}-bit ${on ? "bf-fb-one" : ""}`,
  };
}

/** @type {[number, number]} */
export const POWERS = [-46, 40]; // of ten: from below float32's smallest number to above its largest

/**
 * What the bits buy: a bar of range (exponent bits) and a bar of digits (fraction bits) for each format.
 * A drag along the range sets the number.
 */
export function tradePart(stage, formats, onPower) {
  const picture = kit.svg("svg", {
    class: "bf-panel-svg bf-fb-trade",
    role: "img",
    "aria-label": tradeSentence(formats),
  });
  let axis = kit.scale(POWERS, [0, 1]);
  const drag = (event) =>
    onPower(kit.clamp(axis.invert(event.clientX - picture.getBoundingClientRect().left), ...POWERS));
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    picture.addEventListener("pointermove", drag);
    event.preventDefault();
    drag(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    picture.addEventListener(end, () => picture.removeEventListener("pointermove", drag));
  }
  const draw = ({ width: room }) => {
    axis = kit.scale(POWERS, [72, Math.round(room * 0.68)]);
    const most = Math.max(...formats.map(digitsOf));
    const digits = kit.scale([0, most], [axis.range[1] + 24, room - 28]);
    const bottom = 22 + 24 * formats.length;
    kit.set(picture, { width: room, height: bottom + 26 });
    kit.clear(
      picture,
      headingNodes(axis, digits, room),
      formats.flatMap((format, row) => barNodes(format, { axis, digits, y: 24 + 24 * row })),
      tickNodes(axis, bottom),
      markerNodes(Number(stage.state.number), axis, bottom),
    );
  };
  return { root: picture, draw };
}

function headingNodes(axis, digits, room) {
  const [exponent, fraction] = room < 480
    ? ["range", "digits"]
    : ["exponent bits buy range", "fraction bits buy digits"];
  return [
    kit.svg("text", { x: axis.range[0], y: 14, class: "bf-fb-buys-range" }, exponent),
    kit.svg("text", { x: digits.range[0], y: 14, class: "bf-fb-buys-digits" }, fraction),
  ];
}

function barNodes(format, { axis, digits, y }) {
  const tiny = Math.log10(smallestNormal(format));
  const [from, middle, to] = [tiny - format.fraction * Math.log10(2), tiny, Math.log10(largest(format))]
    .map((power) => axis(kit.clamp(power, ...POWERS)));
  const count = digitsOf(format);
  return [
    kit.svg("text", { x: 0, y: y + 13 }, format.name),
    kit.svg("rect", { class: "bf-fb-subnormal", x: from, y, width: middle - from, height: 16 }),
    kit.svg("rect", { class: "bf-fb-normal", x: middle, y, width: to - middle, height: 16 }),
    kit.svg("rect", { class: "bf-fb-digits", x: digits(0), y, width: digits(count) - digits(0), height: 16 }),
    kit.svg("text", { x: digits(count) + 6, y: y + 13 }, count.toFixed(1)),
  ];
}

function tickNodes(axis, bottom) {
  const stride = axis.range[1] - axis.range[0] < 300 ? 20 : 10;
  return [-40, -30, -20, -10, 0, 10, 20, 30, 40].filter((power) => power % stride === 0).map((power) =>
    kit.svg(
      "text",
      { class: "bf-tick", x: axis(power), y: bottom + 20, "text-anchor": "middle" },
      power === 0 ? "1" : kit.format(Number(`1e${power}`), 1).replace("1×", ""),
    )
  );
}

function markerNodes(number, axis, bottom) {
  if (number === 0 || !Number.isFinite(number)) return [];
  const x = axis(kit.clamp(Math.log10(Math.abs(number)), ...POWERS));
  return [
    kit.svg("path", { class: "bf-fb-marker", d: `M${x},20V${bottom}` }),
    kit.svg("circle", { class: "bf-dot bf-fb-knob", cx: x, cy: bottom, r: 7 }),
  ];
}
