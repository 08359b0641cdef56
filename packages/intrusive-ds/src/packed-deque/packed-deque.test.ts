import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../arena/address';
import { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import { ElementView } from '../packed-list/element-view';
import { anyText } from '../packed-list/texts.fixture';
import { DequeCursor } from './deque-cursor';
import { PackedDeque } from './packed-deque';

const view = new ElementView();

function dequeOf(texts: readonly string[], fill = -2, arena = new Arena({ debug: true })) {
  const deques = new PackedDeque(arena, fill);
  const root = deques.create();
  for (const text of texts) deques.pushBack(root, Buffer.from(text), 0, Buffer.byteLength(text));
  return { arena, deques, root };
}

function seen(): string {
  return Buffer.from(view.bytes.subarray(view.start, view.end)).toString('latin1');
}

function forwards(deques: PackedDeque, root: Address): string[] {
  const cursor = new DequeCursor();
  const texts: string[] = [];
  deques.seek(root, 0, cursor);
  while (deques.readNext(cursor, view)) texts.push(seen());
  return texts;
}

function backwards(deques: PackedDeque, root: Address): string[] {
  const cursor = new DequeCursor();
  const texts: string[] = [];
  for (let on = deques.seek(root, -1, cursor); on; on = deques.backward(cursor)) {
    deques.read(cursor, view);
    texts.push(seen());
  }
  return texts;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `number ${i}`);
const actions = [
  'pushBack',
  'pushBack',
  'pushFront',
  'pushFront',
  'removeBack',
  'removeFront',
  'popBack',
  'popFront',
  'insertBefore',
  'insertAfter',
  'replace',
  'remove',
  'removeRange',
  'copy',
] as const;

describe('PackedDeque', () => {
  it('behaves like an array under random operations, with nodes of any size', () => {
    const step = fc.record({
      action: fc.constantFrom(...actions),
      index: fc.nat(),
      count: fc.integer({ min: 1, max: 12 }),
      text: anyText,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(1, 2, 5, 100, -1, -2), (steps, fill) => {
        const { arena, deques, root: created } = dequeOf([], fill);
        let root = created;
        const model: string[] = [];
        const cursor = new DequeCursor();
        for (const { action, index, count, text } of steps) {
          const latin = text.toString('latin1');
          const bytes = Buffer.concat([Buffer.from('0'), text, Buffer.from('0')]);
          const end = 1 + text.length;
          const place = model.length === 0 ? -1 : index % model.length;
          if (action === 'pushBack') {
            for (let i = 0; i < count; i++) deques.pushBack(root, bytes, 1, end);
            model.push(...Array(count).fill(latin));
          } else if (action === 'pushFront') {
            for (let i = 0; i < count; i++) deques.pushFront(root, bytes, 1, end);
            model.unshift(...Array(count).fill(latin));
          } else if (action === 'removeBack') {
            expect(deques.peekBack(root, view)).toBe(model.length > 0);
            if (model.length > 0) expect(seen()).toBe(model.at(-1));
            expect(deques.removeBack(root)).toBe(model.length > 0);
            model.pop();
          } else if (action === 'removeFront') {
            expect(deques.peekFront(root, view)).toBe(model.length > 0);
            if (model.length > 0) expect(seen()).toBe(model[0]);
            expect(deques.removeFront(root)).toBe(model.length > 0);
            model.shift();
          } else if (action === 'popBack') {
            expect(deques.popBack(root, view)).toBe(model.length > 0);
            if (model.length > 0) expect(seen()).toBe(model.pop());
          } else if (action === 'popFront') {
            expect(deques.popFront(root, view)).toBe(model.length > 0);
            if (model.length > 0) expect(seen()).toBe(model.shift());
          } else if (action === 'removeRange') {
            deques.removeRange(root, Math.max(place, 0), count);
            model.splice(Math.max(place, 0), count);
          } else if (action === 'copy') {
            const twin = deques.copy(root);
            deques.destroy(root);
            root = twin;
          } else if (deques.seek(root, place, cursor)) {
            if (action === 'insertBefore') {
              deques.insertBefore(cursor, bytes, 1, end);
              model.splice(place, 0, latin);
              expect(cursor.index).toBe(place + 1);
            } else if (action === 'insertAfter') {
              deques.insertAfter(cursor, bytes, 1, end);
              model.splice(place + 1, 0, latin);
              expect(cursor.index).toBe(place);
            } else if (action === 'replace') {
              deques.replace(cursor, bytes, 1, end);
              model[place] = latin;
              expect(cursor.index).toBe(place);
            } else {
              model.splice(place, 1);
              expect(deques.remove(cursor)).toBe(place < model.length);
              expect(cursor.index).toBe(place);
            }
            expect(cursor.node !== 0).toBe(cursor.index < model.length);
            if (cursor.node !== 0) {
              deques.read(cursor, view);
              expect(seen()).toBe(model[cursor.index]);
            }
          }
          expect(deques.count(root)).toBe(model.length);
        }
        expect(forwards(deques, root)).toEqual(model);
        expect(backwards(deques, root).reverse()).toEqual(model);
        for (let i = -model.length; i < model.length; i++) {
          expect(deques.seek(root, i, cursor)).toBe(true);
          deques.read(cursor, view);
          expect(seen()).toBe(model.at(i));
        }
        expect(deques.bytes(root)).toBe(arena.used);
        if (fill > 0) expect(deques.nodeCount(root)).toBeGreaterThanOrEqual(Math.ceil(model.length / fill));
        while (deques.removeFront(root));
        expect(deques.bytes(root)).toBe(16);
        deques.destroy(root);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('removes elements during an iteration in either direction', () => {
    const few = fc.constantFrom('a', 'bb', '17', 'some other text');
    fc.assert(
      fc.property(
        fc.array(few, { maxLength: 400 }),
        few,
        fc.integer({ min: 0, max: 200 }),
        fc.boolean(),
        fc.constantFrom(3, 100, -1),
        (texts, sought, most, isBackward, fill) => {
          const { arena, deques, root } = dequeOf(texts, fill);
          const cursor = new DequeCursor();
          let left = most;
          deques.seek(root, isBackward ? -1 : 0, cursor);
          while (cursor.node !== 0 && left > 0) {
            deques.read(cursor, view);
            if (seen() !== sought) {
              if (isBackward) deques.backward(cursor);
              else deques.forward(cursor);
              continue;
            }
            deques.remove(cursor);
            if (isBackward) deques.backward(cursor);
            left--;
          }
          let kept = most;
          const model = isBackward ? [...texts].reverse() : texts;
          const expected = model.filter((text) => text !== sought || kept-- <= 0);
          expect(forwards(deques, root)).toEqual(isBackward ? expected.reverse() : expected);
          expect(backwards(deques, root).length).toBe(deques.count(root));
          deques.destroy(root);
          expect(arena.used).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('fills nodes as the fill option says, which may change', () => {
    const { deques, root } = dequeOf(numbers(10), 3);
    expect(deques.fill).toBe(3);
    expect(deques.nodeCount(root)).toBe(4);
    deques.fill = 100;
    for (const text of numbers(97)) deques.pushFront(root, Buffer.from(text), 0, text.length);
    expect(deques.nodeCount(root)).toBe(4);
    deques.fill = -1;
    for (let i = 0; i < 100; i++) deques.pushBack(root, Buffer.alloc(1000, '. '), 0, 1000);
    expect(deques.nodeCount(root)).toBe(4 + 24);
    expect(deques.count(root)).toBe(207);
  });

  it('gives an element that is larger than a node a node to itself', () => {
    const { arena, deques, root } = dequeOf(['first', 'last']);
    const cursor = new DequeCursor();
    const large = Buffer.alloc(200_000, 'large! ');
    deques.pushFront(root, large, 0, large.length);
    deques.pushBack(root, large, 0, 9000);
    deques.seek(root, 2, cursor);
    deques.insertBefore(cursor, large, 0, 66_000);
    deques.insertAfter(cursor, large, 0, 65_000);
    expect(forwards(deques, root).map((text) => text.length)).toEqual([200_000, 5, 66_000, 4, 65_000, 9000]);
    expect(deques.nodeCount(root)).toBe(6);
    deques.seek(root, 2, cursor);
    deques.replace(cursor, large, 0, 3);
    deques.seek(root, 1, cursor);
    deques.replace(cursor, large, 0, 100_000);
    expect(forwards(deques, root).map((text) => text.length)).toEqual([200_000, 100_000, 3, 4, 65_000, 9000]);
    expect(backwards(deques, root).map((text) => text.length)).toEqual([9000, 65_000, 4, 3, 100_000, 200_000]);
    deques.popFront(root, view);
    expect(seen()).toBe(large.toString('latin1'));
    deques.removeRange(root, 0, 5);
    expect(arena.used).toBe(16);
  });

  it('does not grow while elements pass through a short queue', () => {
    const { deques, root } = dequeOf(numbers(10));
    let most = 0;
    for (let i = 10; i < 5000; i++) {
      const text = `number ${i}`;
      deques.pushBack(root, Buffer.from(text), 0, text.length);
      deques.popFront(root, view);
      expect(seen()).toBe(`number ${i - 10}`);
      most = Math.max(most, deques.bytes(root));
    }
    expect(most).toBeLessThan(512);
  });

  it('frees memory when elements are removed, at the ends and in the middle', () => {
    const { deques, root } = dequeOf(numbers(20_000));
    const cursor = new DequeCursor();
    deques.seek(root, 0, cursor);
    const kept: string[] = [];
    for (let i = 0; cursor.node !== 0; i++) {
      if (i % 100 !== 0) {
        deques.remove(cursor);
        continue;
      }
      kept.push(`number ${i}`);
      deques.forward(cursor);
    }
    expect(forwards(deques, root)).toEqual(kept);
    expect(deques.bytes(root)).toBeLessThan(8000);
    for (let i = 0; i < 195; i++) deques.removeBack(root);
    expect(deques.bytes(root)).toBeLessThan(600);
    expect(forwards(deques, root)).toEqual(kept.slice(0, 5));
  });

  it('is destroyed in slices, and valid between them', () => {
    const { arena, deques, root } = dequeOf(numbers(5000), 100);
    expect(deques.nodeCount(root)).toBe(50);
    expect(deques.destroySome(root, 20)).toBe(false);
    expect(forwards(deques, root)).toEqual(numbers(5000).slice(2000));
    expect(deques.destroySome(root, 30)).toBe(false);
    expect(deques.count(root)).toBe(0);
    expect(deques.destroySome(root, 1)).toBe(true);
    expect(arena.used).toBe(0);
  });

  it('has changed no element when there is no memory', () => {
    const arena = new Arena({ debug: true, limitBytes: 1 << 20 });
    const { deques, root } = dequeOf(numbers(200), -2, arena);
    const cursor = new DequeCursor();
    const text = Buffer.alloc(500, 'a text ');
    let full = 0;
    const isFull = (change: () => void): boolean => {
      const before = forwards(deques, root);
      try {
        change();
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(ArenaFullError);
        full++;
        expect(forwards(deques, root)).toEqual(before);
        expect(backwards(deques, root)).toEqual(before.reverse());
        expect(deques.count(root)).toBe(before.length);
        return true;
      }
    };
    const middle = () => deques.seek(root, 100, cursor);
    while (!isFull(() => middle() && deques.insertBefore(cursor, text, 0, 500)));
    while (!isFull(() => middle() && deques.insertAfter(cursor, text, 0, 200)));
    while (!isFull(() => deques.pushBack(root, text, 0, 500)));
    while (!isFull(() => deques.pushFront(root, text, 0, 500)));
    isFull(() => deques.copy(root));
    const large = Buffer.alloc(100_000);
    isFull(() => middle() && deques.replace(cursor, large, 0, large.length));
    expect(full).toBe(6);
    deques.removeRange(root, 1, 1e9);
    expect(forwards(deques, root).length).toBe(1);
  });

  it('keeps a text that was copied out while its deque changes', () => {
    const { deques, root } = dequeOf(numbers(20));
    for (let i = 0; i < 40; i++) {
      deques.peekBack(root, view);
      view.keep();
      deques.pushFront(root, view.bytes, view.start, view.end);
      deques.removeBack(root);
    }
    expect(forwards(deques, root)).toEqual(numbers(20));
  });
});
