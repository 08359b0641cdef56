/** The longest text that is hashed here. V8 keeps the hash of a string in it, so that for longer ones a Map is faster. */
const LONGEST_TEXT = 32;

/** Whether a key is a short text or an integer of 32 bits, which `hashOfKey` serves. */
export function isHashable(key: unknown): key is string | number {
  if (typeof key === 'string') return key.length <= LONGEST_TEXT;
  return typeof key === 'number' && (key | 0) === key;
}

/**
 * 32 bits of a hashable key under a seed: FNV-1a of the UTF-16 units, of which the high bits are folded into the low ones. O(length).
 *
 * @param from how many units of a text are left out, because all texts have the same there; reading one takes 1 ns, most of a look-up.
 */
export function hashOfKey(key: string | number, seed: number, from: number): number {
  let hash = seed;
  if (typeof key === 'string') {
    const { length } = key;
    for (let i = from; i < length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  } else {
    hash = Math.imul(hash ^ key, 0x9e3779b1);
  }
  return hash ^ (hash >>> 15);
}

/** With how many of the units `prefix` a text begins. O(prefix). */
export function commonLength(text: string, prefix: Uint16Array): number {
  let length = 0;
  while (length < prefix.length && length < text.length && text.charCodeAt(length) === prefix[length]) length++;
  return length;
}
