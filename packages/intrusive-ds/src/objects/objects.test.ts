import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectHeap, ObjectList } from '../objects';

class Job {
  next: Job | null = null;
  previous: Job | null = null;
  heapPosition = -1;
  priority: number;

  constructor(priority: number) {
    this.priority = priority;
  }
}

describe('ObjectList', () => {
  it('keeps the order of an array', () => {
    const actions = ['push', 'unshift', 'insertBefore', 'insertAfter', 'pop', 'shift', 'remove', 'moveToEnd'] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...actions), fc.nat()), { maxLength: 150 }), (steps) => {
        const list = new ObjectList<Job>();
        const model: Job[] = [];
        for (const [action, pick] of steps) {
          const index = model.length === 0 ? 0 : pick % model.length;
          const member = model[index];
          const job = new Job(pick);
          if (action === 'push' || action === 'unshift') {
            list[action](job);
            model[action](job);
          } else if (action === 'pop' || action === 'shift') {
            expect(list[action]()).toBe(model[action]() ?? null);
          } else if (member === undefined) {
            expect(list.first).toBe(null);
          } else if (action === 'insertBefore' || action === 'insertAfter') {
            list[action](member, job);
            model.splice(action === 'insertBefore' ? index : index + 1, 0, job);
          } else if (action === 'remove') {
            list.remove(member);
            expect([member.next, member.previous]).toEqual([null, null]);
            model.splice(index, 1);
          } else {
            list.moveToEnd(member);
            model.push(model.splice(index, 1)[0]!);
          }
          expect([...list].map((member) => member === model.shift() && model.push(member)).every(Boolean)).toBe(true);
          const backwards: Job[] = [];
          for (let member = list.last; member !== null; member = member.previous) backwards.unshift(member);
          expect(backwards.length === model.length && backwards.every((member, i) => member === model[i])).toBe(true);
          expect(list.size).toBe(model.length);
        }
      }),
    );
  });
});

describe('ObjectHeap', () => {
  it('pops the smallest of its members, under random pushes, removals and updates', () => {
    const step = fc.tuple(fc.constantFrom('push', 'push', 'pop', 'remove', 'update'), fc.nat(), fc.nat(50));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new ObjectHeap<Job>((a, b) => a.priority < b.priority);
        const model = new Set<Job>();
        const least = () => Math.min(...[...model].map((job) => job.priority));
        for (const [action, pick, priority] of steps) {
          const member = [...model][model.size === 0 ? 0 : pick % model.size];
          if (action === 'push' || member === undefined) {
            const job = new Job(priority);
            heap.push(job);
            model.add(job);
          } else if (action === 'update') {
            member.priority = priority;
            heap.update(member);
          } else if (action === 'pop') {
            const expected = least();
            const job = heap.pop()!;
            expect(job.priority).toBe(expected);
            expect(model.delete(job)).toBe(true);
          } else {
            heap.remove(member);
            model.delete(member);
          }
          expect(heap.size).toBe(model.size);
          if (model.size > 0) expect(heap.first!.priority).toBe(least());
          else expect(heap.first).toBe(null);
        }
      }),
    );
  });
});
