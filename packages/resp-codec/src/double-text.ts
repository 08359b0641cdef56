/**
 * Formats a double as C's printf does with `%.17g`: 17 significant digits without trailing zeros, an exponent of at least two digits
 * below 1e-4 and from 1e17 on, `inf`, `-inf`, `nan`. Redis 7.0 formats scores in this way. O(1).
 */
export function formatDouble17g(x: number): string {
  if (Number.isInteger(x) && x < 1e17 && x > -1e17) return Object.is(x, -0) ? '-0' : exactInteger(x);
  if (!Number.isFinite(x)) return nonFinite(x);
  const sign = x < 0 ? '-' : '';
  const scientific = roundedToEven(Math.abs(x));
  const mark = scientific.indexOf('e');
  const exponent = Number(scientific.slice(mark + 1));
  const digits = withoutTrailingZeros(scientific[0]! + scientific.slice(2, mark));
  if (exponent < -4 || exponent >= 17) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const size = Math.abs(exponent);
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/**
 * Formats a double as Redis does for humans (`%.17Lf` without trailing zeros): no exponent, at most 17 digits after the point. The
 * digits are exact, rounded half to even. O(digits), which are up to 309 for 1e308.
 */
export function formatHumanDouble(x: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  if (Number.isInteger(x)) return x === 0 ? '0' : BigInt(x).toString();
  const fixed = fixed17(Math.abs(x));
  const text = `${fixed / 10n ** 17n}.${(fixed % 10n ** 17n).toString().padStart(17, '0')}`;
  const trimmed = withoutTrailingZeros(text);
  const size = trimmed.endsWith('.') ? trimmed.slice(0, -1) : trimmed;
  return x < 0 && size !== '0' ? `-${size}` : size;
}

/**
 * toExponential(16) of a positive double, but rounded half to even as C does. The results differ only if the exact value has 18 digits
 * and ends in 5. With k fraction bits, such a value is an odd m times 5^k / 10^k below 10^18, so k is at most 25. That is cheap to check.
 */
function roundedToEven(size: number): string {
  const rounded = size.toExponential(16);
  if (!Number.isInteger(size * 2 ** 25)) return rounded;
  // 60 digits distinguish an exact half from every other double.
  const exact = size.toExponential(60);
  const isHalf = exact[18] === '5' && /^0*e/.test(exact.slice(19));
  const lastKept = exact.charCodeAt(17) - 0x30;
  return isHalf && lastKept % 2 === 0 ? exact.slice(0, 18) + exact.slice(exact.indexOf('e')) : rounded;
}

/** The exact value of a positive double times 10^17, rounded half to even. */
function fixed17(size: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0 ? 0n : 0x10000000000000n);
  const shift = BigInt(1075 - Math.max(1, exponent));
  const scaled = mantissa * 10n ** 17n;
  if (shift <= 0n) return scaled << -shift;
  const quotient = scaled >> shift;
  const rest = scaled - (quotient << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

function exactInteger(x: number): string {
  return Number.isSafeInteger(x) ? x.toString() : BigInt(x).toString();
}

function nonFinite(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  return x > 0 ? 'inf' : '-inf';
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 1 && digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}
