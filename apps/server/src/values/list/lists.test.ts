import { Arena, ArenaFullError } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoding } from '../entry';
import { PackingLimits } from '../packing-limits';
import { ListEnd } from './list-end';
import { Lists } from './lists';

/** One list; its methods take strings, one byte per character. */
class ListFixture {
  readonly limits = new PackingLimits();
  readonly lists: Lists;
  readonly list: number;

  constructor(
    readonly arena: Arena = new Arena({ debug: true }),
    nodeSize = -2,
  ) {
    this.limits.listNodeSize = nodeSize;
    this.lists = new Lists(arena, this.limits);
    this.list = this.lists.create();
  }

  get text(): string {
    const { bytes, start, end } = this.lists.element;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', start, end);
  }

  push(end: ListEnd, text: string): void {
    this.pass(text, (bytes, from, to) => this.lists.push(this.list, end, bytes, from, to));
  }

  pop(end: ListEnd): string {
    this.lists.peek(this.list, end);
    const { text } = this;
    this.lists.pop(this.list, end);
    expect(this.text).toBe(text);
    return text;
  }

  /** The elements; checks that walking backward gives the same. */
  contents(list = this.list): string[] {
    const texts: string[] = [];
    this.lists.seek(list, 0);
    while (this.lists.readForward()) texts.push(this.text);
    const reversed: string[] = [];
    for (let isOn = this.lists.seek(list, -1); isOn; ) {
      isOn = this.lists.readBackward();
      reversed.push(this.text);
    }
    expect(reversed.reverse()).toEqual(texts);
    expect(this.lists.length(list)).toBe(texts.length);
    return texts;
  }

  /** Passes a text as bytes in the middle of others. */
  pass<T>(text: string, use: (bytes: Buffer, from: number, to: number) => T): T {
    const bytes = Buffer.from(`<${text}>`, 'latin1');
    return use(bytes, 1, bytes.length - 1);
  }
}

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'b', '0', '7', '-1', '300', '01') },
  { weight: 2, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: fc.integer({ min: 50, max: 5000 }).map((length) => 'x'.repeat(length)) },
);
const end = fc.constantFrom(ListEnd.front, ListEnd.back);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('push' as const), end, text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pop' as const), end }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('insert' as const), at: fc.nat(), isBefore: fc.boolean(), text }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replace' as const), at: fc.nat(), text }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('remove' as const), text, isBackward: fc.boolean(), most: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dropMany' as const), end, count: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('keepOnly' as const), first: fc.nat(), last: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('nodeSize' as const), size: fc.constantFrom(-5, -1, 1, 2, 5) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Applies a step to the fixture and to the model; both are not empty if the step needs that. */
function perform(fixture: ListFixture, model: string[], action: Step): void {
  const { lists, list } = fixture;
  if (action.do === 'push') {
    fixture.push(action.end, action.text);
    if (action.end === ListEnd.front) model.unshift(action.text);
    else model.push(action.text);
  } else if (action.do === 'nodeSize') {
    fixture.limits.listNodeSize = action.size;
  } else if (model.length === 0) {
    expect(lists.seek(list, 0)).toBe(false);
    expect(lists.readForward()).toBe(false);
  } else if (action.do === 'pop') {
    expect(fixture.pop(action.end)).toBe(action.end === ListEnd.front ? model.shift() : model.pop());
  } else if (action.do === 'insert') {
    const at = action.at % model.length;
    lists.seek(list, at);
    fixture.pass(action.text, (bytes, from, to) => lists.insert(action.isBefore, bytes, from, to));
    model.splice(action.isBefore ? at : at + 1, 0, action.text);
  } else if (action.do === 'replace') {
    const at = action.at % model.length;
    lists.seek(list, at - model.length);
    fixture.pass(action.text, (bytes, from, to) => lists.replace(bytes, from, to));
    model[at] = action.text;
  } else if (action.do === 'remove') {
    const indexes = model.flatMap((element, i) => (element === action.text ? [i] : []));
    const removed = (action.isBackward ? indexes.reverse() : indexes).slice(0, action.most);
    let left = action.most;
    let isOn = lists.seek(list, action.isBackward ? -1 : 0);
    const find = () =>
      fixture.pass(action.text, (bytes, from, to) =>
        lists.find(bytes, from, to, action.isBackward, Number.POSITIVE_INFINITY),
      );
    for (; isOn && left > 0 && find(); left--) isOn = lists.remove(action.isBackward);
    expect(action.most - left).toBe(removed.length);
    for (const index of removed.sort((a, b) => b - a)) model.splice(index, 1);
  } else if (action.do === 'dropMany') {
    const count = Math.min(action.count, model.length);
    lists.dropMany(list, action.end, count);
    model.splice(action.end === ListEnd.front ? 0 : model.length - count, count);
  } else {
    const first = action.first % model.length;
    const last = first + (action.last % (model.length - first));
    lists.keepOnly(list, first, last);
    model.splice(last + 1);
    model.splice(0, first);
  }
}

describe('Lists', () => {
  it('behaves like an array, and frees all its memory', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(-2, 1, 3, -1), (steps, nodeSize) => {
        const fixture = new ListFixture(undefined, nodeSize);
        const model: string[] = [];
        for (const action of steps) {
          perform(fixture, model, action);
          expect(fixture.contents()).toEqual(model);
        }
        fixture.lists.free(fixture.list);
        expect(fixture.arena.used).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('finds an element within the maximum number of comparisons, in either direction', () => {
    const fixture = new ListFixture();
    for (const letter of 'abcabc') fixture.push(ListEnd.back, letter);
    const { lists, list } = fixture;
    const find = (from: number, isBackward: boolean, most: number): number => {
      lists.seek(list, from);
      return fixture.pass('c', (bytes, start, stop) => lists.find(bytes, start, stop, isBackward, most))
        ? lists.index
        : -1;
    };
    expect(find(0, false, 9)).toBe(2);
    expect(find(0, false, 3)).toBe(2);
    expect(find(0, false, 2)).toBe(-1);
    expect(find(3, false, 9)).toBe(5);
    expect(find(-2, true, 9)).toBe(2);
    expect(find(1, true, 9)).toBe(-1);
  });

  it('copies a list, and the copy is independent', () => {
    const fixture = new ListFixture();
    const texts = Array.from({ length: 2000 }, (_, i) => `element ${i}`);
    for (const element of texts) fixture.push(ListEnd.back, element);
    const copy = fixture.lists.copy(fixture.list);
    fixture.lists.drop(copy, ListEnd.front);
    expect(fixture.contents(copy)).toEqual(texts.slice(1));
    expect(fixture.contents()).toEqual(texts);
    fixture.lists.free(copy);
    fixture.lists.free(fixture.list);
    expect(fixture.arena.used).toBe(0);
  });

  it('frees a large list in slices, and reports the effort of freeing it', () => {
    const fixture = new ListFixture();
    for (let i = 0; i < 5000; i++) fixture.push(ListEnd.back, 'x'.repeat(40));
    const { lists, list, arena } = fixture;
    expect(lists.freeEffort(list)).toBe(lists.nodeCount(list));
    let slices = 1;
    for (let used = arena.used; !lists.freeSome(list, Encoding.quicklist, 3); used = arena.used, slices++) {
      expect(arena.used).toBeLessThan(used);
    }
    expect(slices).toBeGreaterThan(5);
    expect(arena.used).toBe(0);
  });

  it('reports exactly the memory of a list', () => {
    const fixture = new ListFixture(undefined, 3);
    for (let i = 0; i < 100; i++) fixture.push(ListEnd.back, 'x'.repeat(i * 10));
    expect(fixture.lists.memoryOf(fixture.list)).toBe(fixture.arena.used);
  });

  it('changes nothing when the arena is full', () => {
    const fixture = new ListFixture(new Arena({ debug: true, limitBytes: 512 * 1024 }));
    fixture.push(ListEnd.back, 'a');
    fixture.push(ListEnd.back, 'b');
    const huge = 'x'.repeat(2 ** 20);
    const { lists, list } = fixture;
    expect(() => fixture.push(ListEnd.front, huge)).toThrow(ArenaFullError);
    lists.seek(list, 0);
    expect(() => fixture.pass(huge, (bytes, from, to) => lists.insert(true, bytes, from, to))).toThrow(ArenaFullError);
    lists.seek(list, 1);
    expect(() => fixture.pass(huge, (bytes, from, to) => lists.replace(bytes, from, to))).toThrow(ArenaFullError);
    expect(fixture.contents()).toEqual(['a', 'b']);
  });
});
