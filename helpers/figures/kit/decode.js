/**
 * What `helpers/figures/encode.py` packs into text, unpacked again.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The numbers of `twelve_bits`, each from -`limit` to `limit`.
 *
 * @param {string} text
 * @param {number} limit
 */
export function twelveBits(text, limit) {
  const codes = Array.from(
    { length: text.length / 2 },
    (_, i) => 64 * LETTERS.indexOf(text[2 * i]) + LETTERS.indexOf(text[2 * i + 1]),
  );
  return codes.map((code) => ((2 * code) / 4095 - 1) * limit);
}

/**
 * The bytes of `short_zeros`: a zero stands for as many as the byte after it says.
 *
 * @param {string} text
 */
export function shortZeros(text) {
  const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const values = [];
  for (let at = 0; at < packed.length; at += 1) {
    if (packed[at]) values.push(packed[at]);
    else for (let left = packed[at += 1]; left > 0; left -= 1) values.push(0);
  }
  return values;
}
