import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Arena } from '../arena/arena';
import { Heap } from './heap';

const Task = { priority: 0, position: 4, bytes: 8 } as const;

function heapOf() {
  const arena = new Arena({ debug: true });
  const priorityOf = (record: Address): number => arena.words[record >>> SEGMENT_SHIFT]![(record & SEGMENT_MASK) << 1]!;
  const setPriority = (record: Address, priority: number): void => {
    arena.words[record >>> SEGMENT_SHIFT]![(record & SEGMENT_MASK) << 1] = priority;
  };
  const task = (priority: number): Address => {
    const record = arena.allocate(Task.bytes);
    setPriority(record, priority);
    return record;
  };
  const heap = new Heap(arena, Task, (a, b) => priorityOf(a) < priorityOf(b));
  return { arena, heap, priorityOf, setPriority, task };
}

describe('Heap', () => {
  it('pops the smallest of its records, under random pushes, removals, updates and moves', () => {
    const step = fc.tuple(fc.constantFrom('push', 'push', 'pop', 'remove', 'update', 'move'), fc.nat(), fc.nat(50));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { arena, heap, priorityOf, setPriority, task } = heapOf();
        const model = new Map<Address, number>();
        for (const [action, pick, priority] of steps) {
          const member = [...model.keys()][model.size === 0 ? 0 : pick % model.size];
          if (action === 'push' || member === undefined) {
            const record = task(priority);
            heap.push(record);
            model.set(record, priority);
          } else if (action === 'update') {
            setPriority(member, priority);
            heap.update(member);
            model.set(member, priority);
          } else if (action === 'move') {
            const fresh = task(priorityOf(member));
            const words = arena.words[0]!;
            words[((fresh & SEGMENT_MASK) << 1) + 1] = words[((member & SEGMENT_MASK) << 1) + 1]!;
            model.set(fresh, model.get(member)!);
            model.delete(member);
            arena.free(member);
            heap.move(fresh);
          } else {
            const record = action === 'pop' ? heap.pop() : member;
            if (action === 'pop') expect(model.get(record)).toBe(Math.min(...model.values()));
            else heap.remove(record);
            model.delete(record);
            arena.free(record);
          }
          expect(heap.size).toBe(model.size);
          if (model.size > 0) expect(priorityOf(heap.first())).toBe(Math.min(...model.values()));
          else expect(heap.first()).toBe(0);
        }
      }),
    );
  });

  it('sorts many records over several chunks, and frees the chunks', () => {
    const { arena, heap, priorityOf, task } = heapOf();
    for (let i = 0; i < 20_000; i++) heap.push(task(Math.imul(i, 0x9e3779b1) >>> 0));
    const popped: number[] = [];
    for (let record = heap.pop(); record !== 0; record = heap.pop()) {
      popped.push(priorityOf(record));
      arena.free(record);
    }
    expect(popped).toHaveLength(20_000);
    expect(popped.every((priority, index) => index === 0 || priority >= popped[index - 1]!)).toBe(true);
    expect(arena.used).toBeLessThanOrEqual(16 * 1024);
    heap.clear();
    expect(arena.used).toBe(0);
  });
});
