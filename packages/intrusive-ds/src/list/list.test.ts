import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Arena } from '../arena/arena';
import { List } from './list';

const Node = { next: 8, previous: 12, bytes: 16 } as const;
const Ends = { first: 4, last: 8, bytes: 12 } as const;

const actions = [
  'push',
  'unshift',
  'insertBefore',
  'insertAfter',
  'pop',
  'shift',
  'remove',
  'move',
  'moveToEnd',
] as const;

describe('List', () => {
  it('keeps the order of an array under random insertions, removals and moves', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...actions), fc.nat()), { maxLength: 150 }), (steps) => {
        const arena = new Arena({ debug: true });
        const list = new List(arena, Node, Ends);
        const head = arena.allocate(Ends.bytes);
        list.clear(head);
        const model: Address[] = [];
        for (const [action, pick] of steps) {
          const index = model.length === 0 ? 0 : pick % model.length;
          const member = model[index];
          if (action === 'push' || action === 'unshift') {
            const record = arena.allocate(Node.bytes);
            list[action](head, record);
            model[action](record);
          } else if (action === 'pop' || action === 'shift') {
            expect(list[action](head)).toBe(model[action]() ?? 0);
            if (member !== undefined && !model.includes(member)) arena.free(member);
          } else if (member === undefined) {
            expect(list.first(head)).toBe(0);
          } else if (action === 'insertBefore' || action === 'insertAfter') {
            const record = arena.allocate(Node.bytes);
            list[action](head, member, record);
            model.splice(action === 'insertBefore' ? index : index + 1, 0, record);
          } else if (action === 'remove') {
            list.remove(head, member);
            arena.free(member);
            model.splice(index, 1);
          } else if (action === 'moveToEnd') {
            list.moveToEnd(head, member);
            model.push(model.splice(index, 1)[0]!);
          } else {
            const fresh = arena.allocate(Node.bytes);
            const words = arena.words[member >>> SEGMENT_SHIFT]!;
            const from = (member & SEGMENT_MASK) << 1;
            words.copyWithin((fresh & SEGMENT_MASK) << 1, from, from + Node.bytes / 4);
            arena.free(member);
            list.move(head, fresh);
            model[index] = fresh;
          }
          const forwards: Address[] = [];
          list.forEach(head, (record) => forwards.push(record));
          const backwards: Address[] = [];
          for (let record = list.last(head); record !== 0; record = list.previous(record)) backwards.unshift(record);
          expect(forwards).toEqual(model);
          expect(backwards).toEqual(model);
        }
      }),
    );
  });
});
