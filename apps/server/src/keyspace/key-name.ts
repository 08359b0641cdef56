/**
 * One string for a key of a database, to find it by in a Map of the JS heap; for the few keys that somebody waits for.
 * O(length).
 */
export function keyName(databaseIndex: number, key: Uint8Array, start: number, end: number): string {
  return `${databaseIndex}:${Buffer.from(key.buffer, key.byteOffset + start, end - start).toString('latin1')}`;
}
