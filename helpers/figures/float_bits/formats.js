/**
 * Floating-point formats laid out as sign, exponent, fraction: what a pattern of bits is worth, and back.
 * A format is { name, exponent, fraction } (widths in bits). A pattern is a BigInt of 1 + exponent + fraction
 * bits. A JS number is a float64, which holds every value of every format here exactly.
 */

export const bias = ({ exponent }) => 2 ** (exponent - 1) - 1;
export const width = ({ exponent, fraction }) => 1 + exponent + fraction;
const topExponent = ({ exponent }) => 2 ** exponent - 1; // all ones: inf and nan

/** Take a pattern apart: { sign, exponent, fraction (BigInt), kind, value, power, significand (BigInt) }. */
export function decode(format, pattern) {
  const fraction = pattern & ((1n << BigInt(format.fraction)) - 1n);
  const exponent = Number((pattern >> BigInt(format.fraction)) & BigInt(topExponent(format)));
  const sign = Number(pattern >> BigInt(format.exponent + format.fraction));
  const kind = kindOf(format, exponent, fraction);
  // A subnormal number has the smallest normal one's power, and no leading 1.
  const power = Math.max(exponent, 1) - bias(format);
  const significand = exponent === 0 ? fraction : fraction + (1n << BigInt(format.fraction));
  const size = { infinity: Infinity, "not a number": NaN }[kind] ??
    Number(significand) * 2 ** (power - format.fraction);
  return { sign, exponent, fraction, kind, power, significand, value: sign ? -size : size };
}

function kindOf(format, exponent, fraction) {
  if (exponent === topExponent(format)) return fraction === 0n ? "infinity" : "not a number";
  if (exponent === 0) return fraction === 0n ? "zero" : "subnormal";
  return "normal";
}

/**
 * The pattern nearest to a number, ties to the even one; beyond the largest, infinity.
 * As torch does, a number goes to a 16-bit format by way of float32, which rounds it a first time.
 */
export function encode(format, number) {
  const start = width(format) <= 32 ? Math.fround(number) : number;
  const top = BigInt(topExponent(format)) << BigInt(format.fraction);
  if (Number.isNaN(start)) return top + (1n << BigInt(format.fraction - 1));
  const sign = Object.is(start, -0) || start < 0 ? 1n << BigInt(width(format) - 1) : 0n;
  const size = Math.abs(start);
  if (size === Infinity) return sign + top;
  const smallest = 1 - bias(format);
  const power = Math.max(powerOf(size), smallest);
  // Counted in steps of the last fraction bit, the number with its leading 1 runs on into the exponent.
  const steps = roundToEven((size / 2 ** power) * 2 ** format.fraction);
  const pattern = (BigInt(power - smallest) << BigInt(format.fraction)) + BigInt(steps);
  return sign + (pattern < top ? pattern : top);
}

/** The exponent of the power of two at or below a positive float64; below the smallest normal one, -1023. */
function powerOf(size) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  return (view.getUint16(0) >> 4) - 1023;
}

function roundToEven(value) {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** A pattern's value written out in full: every digit, no rounding. */
export function exactDecimal(format, pattern) {
  const { sign, kind, power, significand } = decode(format, pattern);
  const minus = sign ? "−" : "";
  if (kind === "not a number") return "nan";
  if (kind === "infinity") return `${minus}inf`;
  const shift = power - format.fraction; // the value is significand × 2^shift
  if (shift >= 0) return minus + (significand << BigInt(shift));
  // 2^-n is 5^n / 10^n: n digits behind the point.
  const digits = String(significand * 5n ** BigInt(-shift)).padStart(1 - shift, "0");
  const behind = digits.slice(shift).replace(/0+$/, "");
  return minus + digits.slice(0, shift) + (behind && `.${behind}`);
}

/** The distance from a pattern's value to its neighbour farther from zero; nan for inf and nan. */
export function spacing(format, pattern) {
  const { kind, power } = decode(format, pattern);
  return kind === "infinity" || kind === "not a number" ? NaN : 2 ** (power - format.fraction);
}

export function largest(format) {
  return decode(format, (BigInt(topExponent(format)) << BigInt(format.fraction)) - 1n).value;
}

export function smallestNormal(format) {
  return 2 ** (1 - bias(format));
}

// The same for lists of patterns as decimal texts: JSON has no BigInt.
export function valuesOf(format, patterns) {
  return patterns.map((pattern) => decode(format, BigInt(pattern)).value);
}

export function patternsOf(format, numbers) {
  return numbers.map((number) => String(encode(format, number)));
}

export function decimalsOf(format, patterns) {
  return patterns.map((pattern) => exactDecimal(format, BigInt(pattern)));
}

export function spacingOf(format, patterns) {
  return patterns.map((pattern) => spacing(format, BigInt(pattern)));
}

/** The pattern a format shows: the one whose bits the reader set, else the nearest to the number. */
export function patternShown(format, { number, pinned }) {
  return pinned.name === format.name ? BigInt(pinned.pattern) : encode(format, Number(number));
}

/** The state after one bit of one format is flipped; bit 0 is the sign. */
export function afterFlip(format, state, bit) {
  return withBit(format, state, bit, !bitAt(format, state, bit));
}

export function bitAt(format, state, bit) {
  return (patternShown(format, state) >> BigInt(width(format) - 1 - bit)) & 1n;
}

/** The state after one bit of one format is set: its value becomes the number of all rows. */
export function withBit(format, state, bit, on) {
  const mask = 1n << BigInt(width(format) - 1 - bit);
  const before = patternShown(format, state);
  const pattern = on ? before | mask : before & ~mask;
  return {
    number: numberText(decode(format, pattern).value),
    pinned: { name: format.name, pattern: String(pattern) },
  };
}

export const numberText = (number) => (Object.is(number, -0) ? "-0" : String(number));
