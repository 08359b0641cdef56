/** Bits set in each byte value. */
const BITS_OF_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => bitsOfWord(byte));

/** Below this many bytes, creating a word view costs more than it saves. */
const MIN_VIEW_BYTES = 64;

/**
 * Number of bits set in `bytes[start, end)`. O(length). Long strings are read as words, eight at a time, and added up in
 * carry-save form (Harley and Seal), so that only one word in eight is counted. Short strings allocate nothing.
 */
export function countBits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let count = 0;
  if (end - start >= MIN_VIEW_BYTES) {
    while (((bytes.byteOffset + at) & 3) !== 0) count += BITS_OF_BYTE[bytes[at++]!]!;
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >>> 2);
    count += countBitsOfWords(words);
    at += words.length * 4;
  }
  while (at < end) count += BITS_OF_BYTE[bytes[at++]!]!;
  return count;
}

/** `ones`, `twos` and `fours` hold the count of each bit column modulo 8; each bit that overflows them counts eight. */
function countBitsOfWords(words: Int32Array): number {
  const blocked = words.length & ~7;
  let eights = 0;
  let ones = 0;
  let twos = 0;
  let fours = 0;
  for (let i = 0; i < blocked; i += 8) {
    const a = words[i]!;
    const b = words[i + 1]!;
    const sumAb = ones ^ a;
    const carryAb = (ones & a) | (sumAb & b);
    const onesAb = sumAb ^ b;
    const c = words[i + 2]!;
    const d = words[i + 3]!;
    const sumCd = onesAb ^ c;
    const carryCd = (onesAb & c) | (sumCd & d);
    const onesCd = sumCd ^ d;
    const twosSum = twos ^ carryAb;
    const carryAd = (twos & carryAb) | (twosSum & carryCd);
    const twosAd = twosSum ^ carryCd;
    const e = words[i + 4]!;
    const f = words[i + 5]!;
    const sumEf = onesCd ^ e;
    const carryEf = (onesCd & e) | (sumEf & f);
    const onesEf = sumEf ^ f;
    const g = words[i + 6]!;
    const h = words[i + 7]!;
    const sumGh = onesEf ^ g;
    const carryGh = (onesEf & g) | (sumGh & h);
    ones = sumGh ^ h;
    const twosSumEh = twosAd ^ carryEf;
    const carryEh = (twosAd & carryEf) | (twosSumEh & carryGh);
    twos = twosSumEh ^ carryGh;
    const foursSum = fours ^ carryAd;
    eights += bitsOfWord((fours & carryAd) | (foursSum & carryEh));
    fours = foursSum ^ carryEh;
  }
  let count = 8 * eights + 4 * bitsOfWord(fours) + 2 * bitsOfWord(twos) + bitsOfWord(ones);
  for (let i = blocked; i < words.length; i++) count += bitsOfWord(words[i]!);
  return count;
}

function bitsOfWord(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
