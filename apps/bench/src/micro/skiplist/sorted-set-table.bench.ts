/**
 * The operations of SortedSetTable, one after the other, in CPU time per operation. Members are like "member:000000012345", with random
 * scores. For a profile: arguments are the number of members and the beginning of the name of the only operation to run.
 *   npm run bench:packages -- skiplist/sorted-set-table
 */
import { Arena } from '@nanoredis/intrusive-ds';
import { ElementCursor, SortedSetTable } from '@nanoredis/skiplist';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const OPERATIONS = 300_000;
const MEMBER_BYTES = 19;
const ONLY = process.argv[3] ?? '';

let state = 1;
function random(): number {
  state = (state + 0x9e3779b9) | 0;
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const arena = new Arena();
const table = new SortedSetTable(arena, { k0: 0x01234567, k1: 0x89abcdef }, random);
const cursor = new ElementCursor(arena);
const input = Buffer.alloc(MEMBER_BYTES);
input.latin1Write('member:000000000000', 0);
const output = Buffer.alloc(1 << 16);

/** Writes the digits of a member into the input, where a parser would find them. */
function writeMember(number: number): void {
  let rest = number;
  for (let at = MEMBER_BYTES - 1; at >= 7; at--) {
    const tenth = (rest / 10) | 0;
    input[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
}

let found = 0;
function find(root: number, number: number): number {
  writeMember(number);
  return table.find(root, input, 0, MEMBER_BYTES);
}

function copyRange(first: number, count: number): void {
  let element = cursor.toRank(root, first);
  let at = 0;
  for (let i = 0; i < count && element !== 0; i++) {
    const bytes = table.memberBytes(element);
    const start = table.memberStart(element);
    const length = table.memberLength(element);
    for (let j = 0; j < length; j++) output[at++] = bytes[start + j]!;
    found += table.scoreOf(element);
    element = cursor.next();
  }
}

function measure(name: string, operations: number, run: () => void): void {
  if (ONLY !== '' && !name.startsWith(ONLY) && !name.startsWith('insert')) return;
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  console.log(`${name.padEnd(40)} ${(((user + system) * 1e3) / operations).toFixed(0).padStart(6)} ns`);
}

const root = table.create();
measure('insert, random scores', COUNT, () => {
  for (let i = 0; i < COUNT; i++) {
    writeMember(i);
    if (table.find(root, input, 0, MEMBER_BYTES) === 0) table.insert(root, input, 0, MEMBER_BYTES, random());
  }
});
console.log(`${(table.bytes(root) / COUNT).toFixed(1)} bytes for each member`);
measure('find', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) found += find(root, random() % COUNT) & 1;
});
measure('rank: find, rankOf', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) found += table.rankOf(root, find(root, random() % COUNT));
});
measure('at', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) found += table.at(root, random() % COUNT) & 1;
});
measure('range of 100 by rank, copied', OPERATIONS / 10, () => {
  for (let i = 0; i < OPERATIONS / 10; i++) copyRange(random() % COUNT, 100);
});
measure('score range: firstAtOrAbove', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) found += table.firstAtOrAbove(root, random(), false) & 1;
});
measure('countInScoreRange', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) found += table.countInScoreRange(root, random(), false, 2 ** 32, true);
});
measure('setScore, random scores', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) table.setScore(root, find(root, random() % COUNT), random());
});
measure('setScore, small steps', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) {
    const element = find(root, random() % COUNT);
    table.setScore(root, element, table.scoreOf(element) + 1);
  }
});
measure('remove and insert again', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) {
    table.remove(root, find(root, random() % COUNT));
    table.insert(root, input, 0, MEMBER_BYTES, random());
  }
});
measure('pop first', OPERATIONS, () => {
  for (let i = 0; i < OPERATIONS; i++) table.remove(root, table.first(root));
});
measure('destroy', table.size(root), () => table.destroy(root));
if (found < 0) throw new Error('unreachable');
