/**
 * A double as C's printf prints it with `%.<digits>f`: exact, ties to even, never an exponent; `inf`, `-inf`, `nan`.
 * O(digits); more for numbers of 10^21 and up.
 * @param digits number of decimal places, 1 … 20.
 */
export function formatFixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
  const size = Math.abs(x);
  const text = size >= 1e21 ? `${BigInt(size)}.${'0'.repeat(digits)}` : toFixedEven(size, digits);
  return x < 0 || Object.is(x, -0) ? `-${text}` : text;
}

/** `toFixed` with ties to even; `Number.prototype.toFixed` rounds ties up. */
function toFixedEven(size: number, digits: number): string {
  const text = size.toFixed(digits);
  // A tie is an odd multiple of half the last digit, so it has exactly `digits + 1` binary places.
  const halves = size * 2 ** (digits + 1);
  if (!Number.isInteger(halves) || Number.isInteger(halves / 2)) return text;
  const isOdd = (text.charCodeAt(text.length - 1) & 1) === 1;
  return isOdd ? previousDigit(text) : text;
}

/** The text with its last digit, which is odd, decremented. */
function previousDigit(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) - 1);
}
