/**
 * Packed lists against an array of Buffers: writing 300 elements as RESP bulk strings; and against a Map: finding one of ten fields.
 *   npm run bench:packages -- intrusive-ds/packed-list
 */
import { Arena, ElementView, PackedList } from '@nanoredis/intrusive-ds';
import { compare } from '../../harness/compare';

const RANGE = 300;
const ROUNDS = 2000;
const LOOK_UPS = 500_000;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

const lists = new PackedList(new Arena());
const view = new ElementView();
const reply = Buffer.alloc(1 << 17);

function listOf(texts: readonly Buffer[]): number {
  let list = lists.create();
  for (const text of texts) list = lists.append(list, text, 0, text.length);
  return list;
}

/** Writes `$length\r\n`; the lengths here have one or two digits. */
function writeLength(at: number, length: number): number {
  let to = at;
  reply[to++] = 0x24;
  if (length > 9) reply[to++] = 0x30 + ((length / 10) | 0);
  reply[to++] = 0x30 + (length % 10);
  reply[to++] = CARRIAGE_RETURN;
  reply[to++] = LINE_FEED;
  return to;
}

function writePacked(list: number): number {
  let to = 0;
  for (let position = lists.first(list); position !== -1; ) {
    position = lists.read(list, position, view);
    to = writeLength(to, view.length);
    to += view.copyTo(reply, to);
    reply[to++] = CARRIAGE_RETURN;
    reply[to++] = LINE_FEED;
  }
  return to;
}

function writeBuffers(texts: readonly Buffer[]): number {
  let to = 0;
  for (const text of texts) {
    to = writeLength(to, text.length);
    to += text.copy(reply, to);
    reply[to++] = CARRIAGE_RETURN;
    reply[to++] = LINE_FEED;
  }
  return to;
}

let written = 0;
const shapes: Record<string, (i: number) => string> = {
  xxx: () => 'xxx',
  integers: (i) => String(i * 977),
  'element:000000012345': (i) => `element:${String(i).padStart(12, '0')}`,
  '16 letters': (i) => `member:${i}`.padEnd(16, 'x'),
  '20 other bytes': (i) => `a text, number ${i} `.padEnd(20, '.'),
};
for (const [name, textOf] of Object.entries(shapes)) {
  const texts = Array.from({ length: RANGE }, (_, i) => Buffer.from(textOf(i)));
  const list = listOf(texts);
  if (writePacked(list) !== writeBuffers(texts)) throw new Error('the replies differ');
  compare(
    `a range of ${RANGE} x ${name}, an element`,
    [
      {
        name: 'PackedList',
        operations: RANGE * ROUNDS,
        run: () => {
          for (let round = 0; round < ROUNDS; round++) written += writePacked(list);
        },
      },
      {
        name: 'array of Buffers',
        operations: RANGE * ROUNDS,
        run: () => {
          for (let round = 0; round < ROUNDS; round++) written += writeBuffers(texts);
        },
      },
    ],
    5,
  );
}

const fields = Array.from({ length: 10 }, (_, i) => Buffer.from(`field:${i}`));
const hash = listOf(fields.flatMap((field, i) => [field, Buffer.from(`value:${i}`.padEnd(16, 'x'))]));
const map = new Map(fields.map((field, i) => [field.toString('latin1'), i]));
const wire = Buffer.concat(fields);
compare('one of ten fields', [
  {
    name: 'PackedList.find',
    operations: LOOK_UPS,
    run: () => {
      for (let i = 0; i < LOOK_UPS; i++) written += lists.find(hash, wire, (i % 10) * 7, (i % 10) * 7 + 7, 2);
    },
  },
  {
    name: 'Map, the key made from bytes',
    operations: LOOK_UPS,
    run: () => {
      for (let i = 0; i < LOOK_UPS; i++) written += map.get(wire.latin1Slice((i % 10) * 7, (i % 10) * 7 + 7))!;
    },
  },
]);
if (written === 0) throw new Error('nothing was written');
