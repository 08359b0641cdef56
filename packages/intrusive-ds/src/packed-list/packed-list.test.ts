import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../arena/address';
import { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import { ElementView } from './element-view';
import { PackedList } from './packed-list';
import { anyText } from './texts.fixture';

function listOf(texts: readonly Buffer[], arena = new Arena({ debug: true })) {
  const lists = new PackedList(arena);
  let list = lists.create();
  for (const text of texts) list = lists.append(list, text, 0, text.length);
  return { arena, lists, list };
}

function textsOf(lists: PackedList, list: Address): string[] {
  const view = new ElementView();
  const texts: string[] = [];
  for (let position = lists.first(list); position !== -1; ) {
    position = lists.read(list, position, view);
    texts.push(Buffer.from(view.bytes.subarray(view.start, view.end)).toString('latin1'));
  }
  return texts;
}

/** The text between other bytes, as a parser leaves it. */
function framed(text: Buffer): readonly [Buffer, number, number] {
  return [Buffer.concat([Buffer.from('$1'), text, Buffer.from('00')]), 2, 2 + text.length];
}

describe('PackedList', () => {
  it('behaves like an array under random insertions, replacements and removals', () => {
    const step = fc.record({
      action: fc.constantFrom('append', 'append', 'prepend', 'insert', 'pair', 'replace', 'remove', 'copy'),
      index: fc.nat(),
      count: fc.integer({ min: 0, max: 4 }),
      text: anyText,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { arena, lists, list: created } = listOf([]);
        let list = created;
        const model: string[] = [];
        for (const { action, index, count, text } of steps) {
          const latin = text.toString('latin1');
          const [bytes, start, end] = framed(text);
          const place = model.length === 0 ? 0 : index % model.length;
          const position = lists.at(list, place);
          if (action === 'append' || (model.length === 0 && action !== 'prepend')) {
            list = lists.append(list, bytes, start, end);
            model.push(latin);
          } else if (action === 'prepend') {
            list = lists.prepend(list, bytes, start, end);
            model.unshift(latin);
          } else if (action === 'insert') {
            list = lists.insertBefore(list, position, bytes, start, end);
            model.splice(place, 0, latin);
          } else if (action === 'pair') {
            list = lists.insertPairBefore(list, position, bytes, start, end, Buffer.from('12'), 0, 2);
            model.splice(place, 0, latin, '12');
          } else if (action === 'replace') {
            list = lists.replace(list, position, bytes, start, end);
            model[place] = latin;
          } else if (action === 'remove') {
            list = lists.removeRange(list, position, count);
            model.splice(place, count);
          } else {
            const twin = lists.copy(list);
            lists.free(list);
            list = twin;
          }
          expect(lists.count(list)).toBe(model.length);
          expect(textsOf(lists, list)).toEqual(model);
          expect(arena.usableBytes(list)).toBeGreaterThanOrEqual(lists.bytes(list));
        }
        lists.free(list);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('steps in both directions, and counts from both ends', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), (texts) => {
        const { lists, list } = listOf(texts);
        const forward: number[] = [];
        for (let at = lists.first(list); at !== -1; at = lists.next(list, at)) forward.push(at);
        const backward: number[] = [];
        for (let at = lists.last(list); at !== -1; at = lists.previous(list, at)) backward.push(at);
        expect(backward.reverse()).toEqual(forward);
        expect(forward.length).toBe(texts.length);
        for (let i = 0; i < texts.length; i++) {
          expect(lists.at(list, i)).toBe(forward[i]);
          expect(lists.at(list, i - texts.length)).toBe(forward[i]);
          expect(lists.elementLength(list, forward[i]!)).toBe(texts[i]!.length);
          const target = Buffer.alloc(texts[i]!.length + 2, 0xee);
          expect(lists.copyElement(list, forward[i]!, target, 1)).toBe(texts[i]!.length);
          expect(target).toEqual(Buffer.concat([Buffer.of(0xee), texts[i]!, Buffer.of(0xee)]));
        }
        expect(lists.at(list, texts.length)).toBe(-1);
        expect(lists.at(list, -1 - texts.length)).toBe(-1);
      }),
    );
  });

  it('finds the first equal element among those of a stride, and no other', () => {
    const few = fc.oneof(
      fc.constantFrom('a', 'b', '1', '01', '0001', 'x0001', '-1').map((text) => Buffer.from(text)),
      anyText,
    );
    fc.assert(
      fc.property(
        fc.array(few, { maxLength: 12 }),
        few,
        fc.constantFrom(1, 2, 3),
        fc.nat(2),
        (texts, sought, stride, offset) => {
          const { lists, list } = listOf(texts);
          const [bytes, start, end] = framed(sought);
          const index = texts.findIndex((text, i) => i >= offset && (i - offset) % stride === 0 && text.equals(sought));
          expect(lists.find(list, bytes, start, end, stride, offset)).toBe(index < 0 ? -1 : lists.at(list, index));
          texts.forEach((text, i) => {
            expect(lists.isEqual(list, lists.at(list, i), bytes, start, end)).toBe(text.equals(sought));
          });
        },
      ),
    );
  });

  it('keeps its count when it grows beyond what its header can hold, and when it shrinks again', () => {
    const { arena, lists, list: created } = listOf([]);
    let list = created;
    const text = Buffer.from('x'.repeat(999));
    for (let i = 0; i < 3000; i++) list = lists.append(list, text, 0, 999);
    expect(lists.count(list)).toBe(3000);
    expect(lists.bytes(list)).toBe(4 + 3000 * 1001);
    expect(lists.at(list, -1)).toBe(4 + 2999 * 1001);
    list = lists.removeRange(list, lists.at(list, 60), 3000);
    expect(lists.count(list)).toBe(60);
    expect(lists.bytes(list)).toBe(4 + 60 * 1001);
    list = lists.removeRange(list, lists.first(list), 60);
    for (let i = 0; i < 66_000; i++) list = lists.append(list, Buffer.of(0x30 + (i % 10)), 0, 1);
    expect(lists.count(list)).toBe(66_000);
    expect(lists.copyElement(list, lists.at(list, 65_539), Buffer.alloc(1), 0)).toBe(1);
    lists.free(list);
    expect(arena.used).toBe(0);
  });

  it('frees memory when elements are removed', () => {
    const { arena, lists, list } = listOf(Array.from({ length: 100 }, (_, i) => Buffer.from(`some text ${i}`)));
    const before = arena.used;
    lists.removeRange(list, lists.at(list, 2), 98);
    expect(arena.used).toBeLessThan(before / 10);
  });

  it('has changed nothing when there is no memory', () => {
    const arena = new Arena({ debug: true, limitBytes: 512 * 1024 });
    const { lists, list: created } = listOf([Buffer.from('first'), Buffer.from('second')], arena);
    let list = created;
    const large = Buffer.alloc(600 * 1024, 0x61);
    expect(() => lists.append(list, large, 0, large.length)).toThrow(ArenaFullError);
    expect(() => lists.prepend(list, large, 0, large.length)).toThrow(ArenaFullError);
    expect(() => lists.replace(list, lists.first(list), large, 0, large.length)).toThrow(ArenaFullError);
    expect(textsOf(lists, list)).toEqual(['first', 'second']);
    list = lists.append(list, large, 0, 10);
    expect(textsOf(lists, list)).toEqual(['first', 'second', 'aaaaaaaaaa']);
  });
});
