import { byteName } from '../values/byte-name';

/** A short string for a key of a database, as the key of a Map; for the few keys that clients watch or wait for. O(length). */
export function keyName(databaseIndex: number, key: Uint8Array, start: number, end: number): string {
  return `${databaseIndex}${byteName(key, start, end)}`;
}
