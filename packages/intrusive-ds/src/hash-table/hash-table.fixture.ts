import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Arena } from '../arena/arena';
import { HashTable } from './hash-table';
import type { HashTableLayout } from './hash-table-layout';

/** Two layouts, so that no test depends on the offset of the key. */
export const Entry = { chain: 0, hash: 4, keyLength: 8, key: 12 } as const;
export const WideEntry = { ...Entry, key: 24 } as const;
const FLAGS = 0xa0000000;

/** A table with methods that take keys as strings, over an arena in debug mode. */
export function tableOf(layout: HashTableLayout = Entry) {
  const arena = new Arena({ debug: true });
  const table = new HashTable(arena, layout, { k0: 1, k1: 2 });
  const at = (record: Address) => (record & SEGMENT_MASK) * 8;
  const record = (key: string): Address => {
    const bytes = Buffer.from(key);
    const address = arena.allocate(layout.key + bytes.length);
    arena.words[address >>> SEGMENT_SHIFT]![at(address) / 4 + 2] = bytes.length | FLAGS;
    arena.bytes[address >>> SEGMENT_SHIFT]!.set(bytes, at(address) + layout.key);
    return address;
  };
  const keyOf = (address: Address): string => {
    const length = arena.words[address >>> SEGMENT_SHIFT]![at(address) / 4 + 2]! & 0x1fffffff;
    const start = at(address) + layout.key;
    return arena.bytes[address >>> SEGMENT_SHIFT]!.toString('utf8', start, start + length);
  };
  const find = (root: Address, key: string): Address => {
    const bytes = Buffer.from(`<${key}>`);
    return table.find(root, bytes, 1, bytes.length - 1, table.hash(bytes, 1, bytes.length - 1));
  };
  const insert = (root: Address, key: string): Address => {
    const address = record(key);
    const bytes = Buffer.from(key);
    table.insert(root, address, table.hash(bytes, 0, bytes.length));
    return address;
  };
  const remove = (root: Address, address: Address): void => {
    table.remove(root, address);
    arena.free(address);
  };
  return { arena, table, record, keyOf, find, insert, remove };
}

/** A random source of 32 bits that repeats for a seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}
