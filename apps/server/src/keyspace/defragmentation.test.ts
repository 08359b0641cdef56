import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInstance } from '../../test/harness/instance-fixture';
import { type CallArgument, InProcessClient } from '../clients/in-process-client';
import { commands } from '../commands';
import { ManualClock } from '../runtime/clock';

/** A server that is asked by commands, and whose records are moved where a test wants it. */
class Subject {
  readonly clock = new ManualClock(1_000_000);
  readonly instance = createInstance(this.clock, commands);
  readonly #client = new InProcessClient(this.instance);

  call(...command: CallArgument[]): string {
    return this.#client.execute(command).toString('latin1');
  }

  get defragmentation() {
    return this.instance.activeDefrag.defragmentation;
  }

  /** Does `steps` steps of a pass, and begins one if none is under way. */
  defragment(steps: number): void {
    this.defragmentation.begin();
    for (let step = 0; step < steps; step++) if (this.defragmentation.run(() => true)) return;
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.instance.keyspace.setTime(this.clock.nowMs());
    while (!this.instance.keyspace.expireDue(() => false));
  }
}

const KEYS = 400;

/** Commands that write element `i` of key `k`: one for each kind of record that can move. */
const writes: readonly ((k: number, i: number) => CallArgument[])[] = [
  (k, i) => ['SET', `short:${k}`, `value:${i}`],
  (k, i) => ['SET', `volatile:${k}`, `value:${i}`, 'PX', 1000 + ((k * 7919 + i) % 100_000)],
  (k, i) => ['SET', `long:${k}`, 'x'.repeat(600 + (i % 3000))],
  (k, i) => ['APPEND', `append:${k}`, `part:${i}`.repeat(9)],
  (k, i) => ['HSET', `packed:${k % 40}`, `f${i % 20}`, i],
  (k, i) => ['HSET', `hash:${k % 3}`, `field:${k}:${i % 50}`, `value:${i}`.repeat(1 + (i % 9))],
  (k, i) => ['HSET', `wide:${k % 40}`, `f${i % 5}`, 'v'.repeat(100 + (i % 50))],
  (k, i) => ['RPUSH', `list:${k % 5}`, `${i}`.repeat(1 + (i % 700))],
  (k, i) => ['SADD', `integers:${k % 40}`, i % 100],
  (k, i) => ['SADD', `set:${k % 3}`, `member:${k}:${i % 50}`],
  (k, i) => ['ZADD', `pairs:${k % 40}`, i % 7, `m${i % 20}`],
  (k, i) => ['ZADD', `sorted:${k % 3}`, (i * 31) % 97, `member:${k}:${i % 50}`],
];

/** Commands that take something away. */
const removals: readonly ((k: number, i: number) => CallArgument[])[] = [
  (k) => ['DEL', `short:${k}`],
  (k) => ['DEL', `volatile:${k}`],
  (k) => ['DEL', `long:${k}`],
  (k) => ['UNLINK', `append:${k}`],
  (k) => ['DEL', `packed:${k % 40}`],
  (k, i) => ['HDEL', `hash:${k % 3}`, `field:${k}:${i % 50}`],
  (k) => ['DEL', `wide:${k % 40}`],
  (k, i) => (i % 2 === 0 ? ['LPOP', `list:${k % 5}`, 3] : ['LREM', `list:${k % 5}`, 0, `${i}`]),
  (k, i) => ['SREM', `integers:${k % 40}`, i % 100],
  (k, i) => ['SREM', `set:${k % 3}`, `member:${k}:${i % 50}`],
  (k, i) => ['ZREM', `pairs:${k % 40}`, `m${i % 20}`],
  (k, i) => ['ZREM', `sorted:${k % 3}`, `member:${k}:${i % 50}`],
  (k) => ['PERSIST', `volatile:${k}`],
  (k) => ['PEXPIRE', `short:${k}`, 50_000],
  (k) => ['RENAME', `long:${k}`, `long:${KEYS + k}`],
];

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('write' as const), count: fc.nat(1500), seed: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('remove' as const), count: fc.nat(3000), seed: fc.nat() }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('move' as const), count: fc.nat(200), seed: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), count: fc.nat(40_000), seed: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('swap' as const), count: fc.nat(1), seed: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('abandon' as const), count: fc.nat(1), seed: fc.nat() }) },
);

/** All elements in order, with scores: what a walk through the moved structures finds. */
function ordered(subject: Subject): string {
  let text = '';
  for (let k = 0; k < 5; k++)
    text += subject.call('LRANGE', `list:${k}`, 0, -1) + subject.call('LRANGE', `list:${k}`, -50, -1);
  for (let k = 0; k < 3; k++) {
    text += subject.call('ZRANGE', `sorted:${k}`, 0, -1, 'WITHSCORES');
    text += subject.call('ZRANGE', `sorted:${k}`, 30, 60, 'BYSCORE') + subject.call('ZCOUNT', `sorted:${k}`, 10, 50);
    text += subject.call('HLEN', `hash:${k}`) + subject.call('SCARD', `set:${k}`);
  }
  return text;
}

describe('Defragmentation', () => {
  it('changes no value and no deadline, whatever is written, removed and expires between its steps', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const moved = new Subject();
        const model = new Subject();
        moved.defragmentation.maxElementsAtOnce = 20;
        for (const { does, count, seed } of steps) {
          let random = seed;
          const next = (): number => {
            random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
            return random >>> 8;
          };
          if (does === 'write' || does === 'remove') {
            const makers = does === 'write' ? writes : removals;
            for (let n = 0; n < count; n++) {
              const command = makers[next() % makers.length]!(next() % KEYS, next() % 1000);
              if (moved.call(...command) !== model.call(...command)) expect.fail(`${command.join(' ')} differs`);
              if (n % 100 === 99) moved.defragment(1);
            }
          } else if (does === 'move') {
            moved.defragment(count);
          } else if (does === 'abandon') {
            moved.defragmentation.abandon();
          } else if (does === 'swap') {
            for (const subject of [moved, model]) subject.call('SWAPDB', 0, 1);
          } else {
            for (const subject of [moved, model]) subject.advance(count);
          }
          while (!moved.instance.keyspace.arena.discardSome());
          if (seed % 2 === 0) moved.instance.keyspace.arena.beginDiscarding();
        }
        expect(moved.call('DEBUG', 'DIGEST')).toBe(model.call('DEBUG', 'DIGEST'));
        expect(moved.call('DBSIZE')).toBe(model.call('DBSIZE'));
        expect(ordered(moved)).toBe(ordered(model));
        moved.defragmentation.abandon();
        expect(moved.defragmentation.run(() => false)).toBe(true);
        expect(moved.instance.keyspace.arena.used).toBe(model.instance.keyspace.arena.used);
        for (const subject of [moved, model]) subject.advance(200_000);
        expect(moved.call('DEBUG', 'DIGEST')).toBe(model.call('DEBUG', 'DIGEST'));
        for (const subject of [moved, model]) subject.call('FLUSHALL');
        expect(moved.instance.keyspace.arena.used).toBe(model.instance.keyspace.arena.used);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it.each([
    ['short strings', (i: number) => ['SET', `key:${i}`, `value:${i}`], (i: number) => ['DEL', `key:${i}`]],
    ['volatile strings', (i: number) => ['SET', `key:${i}`, i, 'EX', 1000], (i: number) => ['DEL', `key:${i}`]],
    ['long strings', (i: number) => ['SET', `key:${i}`, 'x'.repeat(1000)], (i: number) => ['DEL', `key:${i}`]],
    ['fields', (i: number) => ['HSET', 'hash', `field:${i}`, 'value'], (i: number) => ['HDEL', 'hash', `field:${i}`]],
    ['members', (i: number) => ['SADD', 'set', `member:${i}`], (i: number) => ['SREM', 'set', `member:${i}`]],
    [
      'scores',
      (i: number) => ['ZADD', 'sorted', i % 97, `member:${i}`],
      (i: number) => ['ZREM', 'sorted', `member:${i}`],
    ],
    ['lists', (i: number) => ['RPUSH', `list:${i}`, 'x'.repeat(60)], (i: number) => ['DEL', `list:${i}`]],
    ['sets of integers', (i: number) => ['SADD', `set:${i}`, 1, 2, 3], (i: number) => ['DEL', `set:${i}`]],
  ])(
    'brings the memory of %s near what they need after 98 % of them were removed at random',
    (_name, write, remove) => {
      const subject = new Subject();
      const { arena } = subject.instance.keyspace;
      const idle = arena.active;
      for (let i = 0; i < 60_000; i++) subject.call(...write(i));
      for (let i = 0; i < 60_000; i++) if (Math.imul(i, 2654435761) >>> 8 > 0.02 * 2 ** 24) subject.call(...remove(i));
      const digest = subject.call('DEBUG', 'DIGEST');
      const sparse = arena.active;
      subject.defragmentation.begin();
      expect(subject.defragmentation.run(() => false)).toBe(true);
      expect(subject.call('DEBUG', 'DIGEST')).toBe(digest);
      expect(sparse - idle).toBeGreaterThan(1_000_000);
      expect(arena.active - idle).toBeLessThan(1.3 * arena.used + 2_000_000);
      expect(subject.defragmentation.hits).toBeGreaterThan(300);
      subject.defragmentation.begin();
      const { hits } = subject.defragmentation;
      subject.defragmentation.run(() => false);
      expect(subject.defragmentation.hits - hits).toBeLessThan(hits / 4);
    },
  );
});
