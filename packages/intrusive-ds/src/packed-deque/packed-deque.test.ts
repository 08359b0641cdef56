import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../arena/address';
import { Arena } from '../arena/arena';
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
  it('answers as an array does, whatever is done to it, with nodes of any size', () => {
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
        while (deques.removeFront(root));
        expect(deques.bytes(root)).toBe(16);
        deques.destroy(root);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
