/**
 * A number as several floating-point formats store it: sign, exponent, fraction; every bit can be flipped.
 * What the bits are worth is worked out in the file beside this one.
 */
import * as kit from "../kit/index.js";
import { bias, decode, encode, exactDecimal, largest, smallestNormal, spacing, width } from "./formats.js";

// ---------------------------------------------------------------- one state for all rows

/** The pattern a format shows: the one whose bits the reader set, else the nearest to the number. */
function patternShown(format, { number, pinned }) {
  return pinned.name === format.name ? BigInt(pinned.pattern) : encode(format, Number(number));
}

/** The state after one bit of one format is flipped; bit 0 is the sign. */
export function afterFlip(format, state, bit) {
  return withBit(format, state, bit, !bitAt(format, state, bit));
}

function bitAt(format, state, bit) {
  return (patternShown(format, state) >> BigInt(width(format) - 1 - bit)) & 1n;
}

/** The state after one bit of one format is set: its value becomes the number of all rows. */
function withBit(format, state, bit, on) {
  const mask = 1n << BigInt(width(format) - 1 - bit);
  const before = patternShown(format, state);
  const pattern = on ? before | mask : before & ~mask;
  return {
    number: numberText(decode(format, pattern).value),
    pinned: { name: format.name, pattern: String(pattern) },
  };
}

// ---------------------------------------------------------------- words

const fieldOf = (format, bit) => (bit === 0 ? "sign" : bit <= format.exponent ? "exponent" : "fraction");
const numberText = (number) => (Object.is(number, -0) ? "-0" : String(number));
const raised = (...words) => kit.html("sup", {}, words);

/** What the reader sees of a number that was typed or set: as short as it can be, with a true minus. */
function shortText(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "−inf";
  return numberText(number).replaceAll("-", "−");
}

function formulaNodes(format, { sign, exponent, fraction, kind }) {
  const field = (name, ...words) => kit.html("span", { class: `bf-fb-${name}` }, words);
  const plus = field("sign", sign ? "−" : "+");
  if (kind === "infinity") {
    return [
      plus,
      " infinity: ",
      field("exponent", "exponent all ones"),
      ", ",
      field("fraction", "fraction 0"),
    ];
  }
  if (kind === "not a number") {
    return [
      "not a number: ",
      field("exponent", "exponent all ones"),
      ", ",
      field("fraction", "fraction not 0"),
    ];
  }
  if (kind === "zero") {
    return [plus, " zero: ", field("exponent", "exponent 0"), ", ", field("fraction", "fraction 0")];
  }
  const lead = kind === "subnormal" ? "0" : "1";
  return [
    plus,
    " 2",
    raised(field("exponent", Math.max(exponent, 1)), `−${bias(format)}`),
    " × (",
    lead,
    " + ",
    field("fraction", fraction, "/2", raised(format.fraction)),
    ")",
    kind === "subnormal" ? "  (subnormal: no leading 1)" : "",
  ];
}

/** The digits, cut in the middle when they would fill lines. */
function shortened(decimal, room = 58) {
  if (decimal.length <= room) return decimal;
  const digits = decimal.replace(/\D/g, "").replace(/^0+/, "").length;
  return `${decimal.slice(0, room - 12)}… (${digits} digits)`;
}

function errorText(number, value) {
  if (Object.is(number, value) || number === value) return "exact";
  if (!Number.isFinite(number) || !Number.isFinite(value)) {
    return Number.isFinite(number) ? "too large for it" : "";
  }
  if (value === 0) return "too small for it";
  return `off by ${kit.format((100 * Math.abs(value - number)) / Math.abs(number))} %`;
}

// ---------------------------------------------------------------- a format's row

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

function rowPart(stage, format) {
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

function titleNodes(format, { kind }) {
  const field = (name, words) => kit.html("span", { class: `bf-fb-${name}` }, words);
  return [
    kit.html("strong", {}, format.name),
    field("sign", "sign 1"),
    field("exponent", `exponent ${format.exponent}`),
    field("fraction", `fraction ${format.fraction}`),
    kit.html("span", {}, `up to ${largest(format) < 1e6 ? largest(format) : kit.format(largest(format))}`),
    kind === "normal" ? null : kit.html("span", { class: "bf-fb-kind" }, kind),
  ].filter(Boolean);
}

function valueNodes(format, pattern, number) {
  const { value } = decode(format, pattern);
  const gap = spacing(format, pattern);
  const note = [errorText(number, value), Number.isNaN(gap) ? "" : `next number ${kit.format(gap)} away`]
    .filter(Boolean);
  return [
    "= ",
    kit.html("b", {}, shortened(exactDecimal(format, pattern))),
    kit.html("span", { class: "bf-fb-note" }, note.join(", ")),
  ];
}

// ---------------------------------------------------------------- range against digits

/** @type {[number, number]} */
const POWERS = [-46, 40]; // of ten: from below float32's smallest number to above its largest

/**
 * What the bits buy: a bar of range (exponent bits) and a bar of digits (fraction bits) for each format.
 * A drag along the range sets the number.
 */
function tradePart(stage, formats, onPower) {
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

const digitsOf = ({ fraction }) => (fraction + 1) * Math.log10(2);

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

function tradeSentence(formats) {
  return formats.map((format) =>
    `${format.name} holds normal numbers from ${kit.format(smallestNormal(format))} to ${
      kit.format(largest(format))
    } with ${digitsOf(format).toFixed(1)} digits`
  ).join("; ");
}

// ---------------------------------------------------------------- the figure

const TRY = ["1e-40", "1e-8", "0.1", "1", "257", "2049", "70000", "Infinity", "NaN"];

/** Ten to a power, to three digits: a number a reader would write. */
function roundNumber(power) {
  return Number((10 ** power).toPrecision(3));
}

function numberField(onNumber) {
  const input = kit.html("input", {
    type: "text",
    class: "bf-fb-input",
    inputmode: "text",
    "aria-label": "number to store",
    size: 8,
    spellcheck: "false",
  });
  const read = () => {
    const number = Number(input.value.trim().replace("−", "-").replace(/^(-?)inf$/i, "$1Infinity"));
    const meant = input.value.trim() !== "" && (!Number.isNaN(number) || /^nan$/i.test(input.value.trim()));
    input.setAttribute("aria-invalid", String(!meant));
    if (meant) onNumber(number);
  };
  input.addEventListener("change", read);
  return { root: kit.html("label", { class: "bf-fb-field" }, "number ", input), input };
}

function sentence(formats, state) {
  const each = formats.map((format) =>
    `${format.name} stores ${shortened(exactDecimal(format, patternShown(format, state)), 24)}`
  );
  return `${shortText(Number(state.number))}: ${each.join("; ")}.`;
}

function render({ model, el }) {
  const formats = model.get("formats");
  const stage = kit.stage({
    model,
    el,
    name: "FloatBits",
    label: "The bits of floating-point numbers",
    state: { number: model.get("number"), pinned: model.get("pinned") ?? {} },
  });
  const show = (number) => stage.set({ number: numberText(number), pinned: {} });
  const field = numberField(show);
  const tries = kit.html(
    "div",
    { class: "bf-fb-tries" },
    TRY.map((text) => kit.button({ label: shortText(Number(text)), onClick: () => show(Number(text)) }).root),
  );
  const size = kit.slider({
    label: "size of the number",
    min: POWERS[0],
    max: POWERS[1],
    step: 0.25,
    value: 0,
    format: () => shortText(Number(stage.state.number)),
    onInput: (power) => show(roundNumber(power)),
  });
  const trade = tradePart(stage, formats, (power) => show(roundNumber(power)));
  const rows = formats.map((format) => rowPart(stage, format));
  stage.body.append(
    kit.html("div", { class: "bf-fb-top" }, field.root, tries),
    trade.root,
    kit.controls(size.root),
    kit.html("div", { class: "bf-fb-rows" }, rows.map(({ root }) => root)),
  );
  stage.onDraw(({ width: room, state }) => {
    if (document.activeElement !== field.input) field.input.value = shortText(Number(state.number));
    const number = Math.abs(Number(state.number));
    size.value = number > 0 && number < Infinity
      ? kit.clamp(Math.log10(number), ...POWERS)
      : number === Infinity
      ? POWERS[1]
      : POWERS[0];
    for (const part of [...rows, trade]) {
      part.draw({ width: room, size: room >= 640 ? Math.min(26, Math.floor((room - 16) / 32)) : 28 });
    }
  });
  stage.say(() => sentence(formats, stage.state));
  return stage.start();
}

export default { render };
