/**
 * Packed deques against a ring of Buffers: pushes and pops at both ends, a queue of one element, iteration and seeking.
 *   npm run bench:packages -- intrusive-ds/packed-deque
 */
import { Arena, DequeCursor, ElementView, PackedDeque } from '@nanoredis/intrusive-ds';
import { compare } from '../../harness/compare';

const COUNT = 100_000;

/** A growing ring of Buffers, like denque: what a server would use without an arena. */
class Ring {
  #slots: (Buffer | undefined)[] = new Array(16).fill(undefined);
  #head = 0;
  #size = 0;

  pushBack(value: Buffer): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#size++) & (this.#slots.length - 1)] = value;
  }

  pushFront(value: Buffer): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#slots.length - 1);
    this.#slots[this.#head] = value;
    this.#size++;
  }

  popFront(): Buffer | undefined {
    if (this.#size === 0) return undefined;
    const value = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#size--;
    return value;
  }

  popBack(): Buffer | undefined {
    if (this.#size === 0) return undefined;
    const at = (this.#head + --this.#size) & (this.#slots.length - 1);
    const value = this.#slots[at];
    this.#slots[at] = undefined;
    return value;
  }

  #grow(): void {
    const { length } = this.#slots;
    const rotated = [...this.#slots.slice(this.#head), ...this.#slots.slice(0, this.#head)];
    this.#slots = rotated.concat(new Array(length).fill(undefined));
    this.#head = 0;
  }
}

const arena = new Arena();
const deques = new PackedDeque(arena);
const view = new ElementView();
const cursor = new DequeCursor();
let seen = 0;

for (const text of ['xxx', 'element:000000012345', 'some other text.']) {
  const wire = Buffer.from(text);
  const end = wire.length;
  const root = deques.create();
  const ring = new Ring();
  /** The copy that a server must make, because its input buffer is used again. */
  const copied = () => Buffer.from(wire);
  const each = (name: string, packed: () => void, plain: () => void) =>
    compare(
      `${name}, ${text}`,
      [
        { name: 'PackedDeque', operations: COUNT, run: () => loop(packed) },
        { name: 'ring of Buffers', operations: COUNT, run: () => loop(plain) },
      ],
      5,
    );
  const loop = (step: () => void) => {
    for (let i = 0; i < COUNT; i++) step();
  };
  const popped = (value: Buffer | undefined) => {
    seen += value === undefined ? 0 : value.length;
  };
  const front = () => {
    deques.popFront(root, view);
    seen += view.length;
  };
  const back = () => {
    deques.popBack(root, view);
    seen += view.length;
  };
  each(
    'pushBack',
    () => deques.pushBack(root, wire, 0, end),
    () => ring.pushBack(copied()),
  );
  each('popBack', back, () => popped(ring.popBack()));
  each(
    'pushFront',
    () => deques.pushFront(root, wire, 0, end),
    () => ring.pushFront(copied()),
  );
  each('popFront', front, () => popped(ring.popFront()));
  each(
    'a queue of one: pushBack and popFront',
    () => {
      deques.pushBack(root, wire, 0, end);
      front();
    },
    () => {
      ring.pushBack(copied());
      popped(ring.popFront());
    },
  );
  loop(() => deques.pushBack(root, wire, 0, end));
  compare(
    `walking and seeking, ${text}`,
    [
      {
        name: 'readNext',
        operations: COUNT,
        run: () => {
          for (deques.seek(root, 0, cursor); deques.readNext(cursor, view); ) seen += view.length;
        },
      },
      {
        name: 'backward and read',
        operations: COUNT,
        run: () => {
          for (let on = deques.seek(root, -1, cursor); on; on = deques.backward(cursor)) {
            deques.read(cursor, view);
            seen += view.length;
          }
        },
      },
      {
        name: 'seek anywhere',
        operations: COUNT / 10,
        run: () => {
          for (let i = 0; i < COUNT / 10; i++) deques.seek(root, Math.imul(i, 0x9e3779b1) >>> 16, cursor);
        },
      },
    ],
    5,
  );
  deques.destroy(root);
}
if (seen === 0 || arena.used !== 0) throw new Error('the bench is wrong');
