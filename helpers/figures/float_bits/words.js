/**
 * FloatBits' words: formulas, digits and errors.
 */
import * as kit from "../kit/index.js";
import { bias, decode, exactDecimal, largest, numberText, smallestNormal, spacing } from "./formats.js";

export const fieldOf = (
  format,
  bit,
) => (bit === 0 ? "sign" : bit <= format.exponent ? "exponent" : "fraction");

const raised = (...words) => kit.html("sup", {}, words);

/** What the reader sees of a number that was typed or set: as short as it can be, with a true minus. */
export function shortText(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "−inf";
  return numberText(number).replaceAll("-", "−");
}

export function formulaNodes(format, { sign, exponent, fraction, kind }) {
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
export function shortened(decimal, room = 58) {
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

export function titleNodes(format, { kind }) {
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

export function valueNodes(format, pattern, number) {
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

export function tradeSentence(formats) {
  return formats.map((format) =>
    `${format.name} holds normal numbers from ${kit.format(smallestNormal(format))} to ${
      kit.format(largest(format))
    } with ${digitsOf(format).toFixed(1)} digits`
  ).join("; ");
}

export const digitsOf = ({ fraction }) => (fraction + 1) * Math.log10(2);
