import { createHash } from 'node:crypto';

/** Longer bytes are known by their digest, so a name takes little of V8's heap. */
const MAX_PLAIN_BYTES = 64;

/**
 * A short string for bytes of any length, as the key of a Map: equal for equal bytes only. It can not be turned back into
 * the bytes. O(length).
 */
export function byteName(bytes: Uint8Array, start: number, end: number): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  if (end - start <= MAX_PLAIN_BYTES) return `=${view.toString('latin1')}`;
  return `#${createHash('sha256').update(view).digest('base64url')}`;
}
