import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '../arena/arena';
import { ElementEncoder } from '../packed-list/element-encoder';
import { Node } from './deque-records';
import { fillLimit, limitOf, recordBytesFor } from './fill-limit';
import { PackedNodes, Side } from './packed-nodes';

const most = fillLimit(-1);
const encoder = new ElementEncoder();

/** Sizes of elements from one byte to more than two blocks. */
const sizes = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(17, 63, 64, 126, 127, 128, 129, 300));
const step = fc.record({
  action: fc.constantFrom(
    'append',
    'append',
    'prepend',
    'prepend',
    'dropFront',
    'dropBack',
    'makeRoom',
    'replace',
    'remove',
  ),
  side: fc.constantFrom(Side.front, Side.back),
  index: fc.nat(),
  size: sizes,
});

/** Prepares an element of so many bytes. */
function prepare(size: number): void {
  const length = size < 65 ? size - 1 : size - 2;
  encoder.prepare(Buffer.alloc(length, '  '), 0, length);
  expect(encoder.bytes).toBe(size);
}

describe('PackedNodes', () => {
  it('steps back from each element, under random changes at both ends and in the middle', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.constantFrom(Side.front, Side.back), (steps, first) => {
        const arena = new Arena({ debug: true });
        const nodes = new PackedNodes(arena);
        const node = nodes.create(2000, first);
        const model: number[] = [];
        for (const { action, side, index, size } of steps) {
          const place = model.length === 0 ? 0 : index % model.length;
          const at = (elements: number) =>
            nodes.word(node, Node.start) + model.slice(0, elements).reduce((sum, bytes) => sum + bytes, 0);
          if (action === 'append') {
            prepare(size);
            if (nodes.append(node, encoder, most)) model.push(size);
          } else if (action === 'prepend') {
            prepare(size);
            if (nodes.prepend(node, encoder, most)) model.unshift(size);
          } else if (action === 'makeRoom') {
            const bytes = nodes.word(node, Node.limit) - Node.headerBytes;
            if (nodes.bytes(node) + size <= bytes) nodes.makeSpace(node, size, side);
          } else if (model.length < 2) {
            continue;
          } else if (action === 'dropFront') {
            const removed = Math.min(place, 3);
            nodes.dropFront(node, at(removed), removed);
            model.splice(0, removed);
          } else if (action === 'dropBack') {
            const removed = Math.min(place, 3);
            nodes.dropBack(node, at(model.length - removed), removed);
            model.splice(model.length - removed, removed);
          } else if (action === 'replace') {
            prepare(size);
            const gap = nodes.openGap(node, at(place), model[place]!, size, 0);
            if (gap < 0) continue;
            nodes.write(node, gap, encoder);
            nodes.recount(node);
            model[place] = size;
          } else {
            nodes.openGap(node, at(place), model[place]!, 0, -1);
            nodes.recount(node);
            model.splice(place, 1);
          }
          const starts = [nodes.word(node, Node.start)];
          for (const bytes of model) starts.push(starts.at(-1)! + bytes);
          expect(nodes.word(node, Node.end)).toBe(starts.at(-1));
          expect(nodes.word(node, Node.count)).toBe(model.length);
          // Backwards each step is known from the one before, forwards none is.
          const backwards = starts
            .slice(1)
            .reverse()
            .map((position) => nodes.before(node, position));
          expect(backwards).toEqual(starts.slice(0, -1).reverse());
          expect(starts.slice(1).map((position) => nodes.before(node, position))).toEqual(starts.slice(0, -1));
          expect(model.map((_, i) => nodes.positionOf(node, i))).toEqual(starts.slice(0, -1));
        }
        arena.free(node);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('have a record that is just large enough for their elements', () => {
    for (const bytes of [1, 100, 103, 104, 105, 3000, 4000, 8104, 64_000, 64_999, 65_000, 65_536, 1e6]) {
      const record = recordBytesFor(bytes);
      expect(limitOf(record) - Node.headerBytes).toBeGreaterThanOrEqual(bytes);
      if (record < 65_536) expect(limitOf(record - 1) - Node.headerBytes).toBeLessThan(bytes);
    }
  });
});
