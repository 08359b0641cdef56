/**
 * hash, find and insert against a Map of strings, with keys of 16 bytes such as "key:000000012345".
 *   npm run bench:packages -- intrusive-ds/hash-table
 */
import { Arena, HashTable, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { compare } from '../../harness/compare';

const COUNT = Number(process.argv[2] ?? 100_000);
const LOOKUPS = 1_000_000;
const KEY_BYTES = 16;
const Entry = { chain: 0, hash: 4, keyLength: 8, key: 16, bytes: 32 } as const;

const arena = new Arena();
const table = new HashTable(arena, Entry, { k0: 0x01234567, k1: 0x89abcdef });
const input = Buffer.alloc(KEY_BYTES);
input.latin1Write('key:000000000000', 0);

/** Writes the digits of a key into the input, where a parser would find them. */
function writeKey(number: number): void {
  let rest = number;
  for (let at = KEY_BYTES - 1; at >= 8; at--) {
    const tenth = (rest / 10) | 0;
    input[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
}

function insertAll(root: number): void {
  for (let i = 0; i < COUNT; i++) {
    writeKey(i);
    const record = arena.allocate(Entry.bytes);
    arena.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + 2] = KEY_BYTES;
    const bytes = arena.bytes[record >>> SEGMENT_SHIFT]!;
    const at = ((record & SEGMENT_MASK) << 3) + Entry.key;
    for (let j = 0; j < KEY_BYTES; j++) bytes[at + j] = input[j]!;
    table.insert(root, record, table.hash(input, 0, KEY_BYTES));
  }
}

function removeAll(root: number): void {
  table.forEach(root, (record) => arena.free(record));
  table.destroy(root);
}

let root = 0;
let map = new Map<string, number>();
let found = 0;
const picks = Uint32Array.from({ length: LOOKUPS }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0).map(
  (word) => word % COUNT,
);

const rounds = COUNT > 1e6 ? 2 : 9;
compare(
  `insert, ${COUNT} keys`,
  [
    {
      name: 'arena: allocate, copy key, hash, insert',
      operations: COUNT,
      prepare: () => {
        if (root !== 0) removeAll(root);
        root = table.create();
      },
      run: () => insertAll(root),
    },
    {
      name: 'Map: latin1 string, set',
      operations: COUNT,
      prepare: () => {
        map = new Map();
      },
      run: () => {
        for (let i = 0; i < COUNT; i++) {
          writeKey(i);
          map.set(input.latin1Slice(0, KEY_BYTES), i);
        }
      },
    },
  ],
  rounds,
);

compare(
  `random look-ups, ${COUNT} keys`,
  [
    {
      name: 'arena: write key, hash, find',
      operations: LOOKUPS,
      run: () => {
        for (let i = 0; i < LOOKUPS; i++) {
          writeKey(picks[i]!);
          if (table.find(root, input, 0, KEY_BYTES, table.hash(input, 0, KEY_BYTES)) !== 0) found++;
        }
      },
    },
    {
      name: 'Map: write key, latin1 string, get',
      operations: LOOKUPS,
      run: () => {
        for (let i = 0; i < LOOKUPS; i++) {
          writeKey(picks[i]!);
          if (map.get(input.latin1Slice(0, KEY_BYTES)) !== undefined) found++;
        }
      },
    },
    {
      name: 'write key, hash',
      operations: LOOKUPS,
      run: () => {
        for (let i = 0; i < LOOKUPS; i++) {
          writeKey(picks[i]!);
          found += table.hash(input, 0, KEY_BYTES) & 1;
        }
      },
    },
    {
      name: 'write key',
      operations: LOOKUPS,
      run: () => {
        for (let i = 0; i < LOOKUPS; i++) {
          writeKey(picks[i]!);
          found += input[15]! & 1;
        }
      },
    },
  ],
  rounds,
);
if (found === 0) throw new Error('nothing was found');
