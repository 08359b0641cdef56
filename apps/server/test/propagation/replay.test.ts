import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands';
import { randomCommand, unrepeatableCommand } from '../harness/random-commands';
import { ReplayedPair } from '../harness/replayed-pair';

/** Something that happens to the primary. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ client: fc.nat(2), words: randomCommand }) },
  { weight: 6, arbitrary: fc.record({ client: fc.nat(2), words: unrepeatableCommand }) },
  { weight: 2, arbitrary: fc.record({ ms: fc.nat(3000), isActive: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const steps = fc.array(step, { minLength: 1, maxLength: 80, size: 'max' });

function take(pair: ReplayedPair, step: Step): void {
  if ('words' in step) pair.execute(step.client, step.words);
  else pair.advance(step.ms, step.isActive);
}

/** Checks that what several commands have done at once was propagated as a transaction. */
function expectWholeTransactions(units: readonly (readonly string[])[]): void {
  for (const unit of units) {
    const inner = unit.filter((command) => command === 'MULTI' || command === 'EXEC');
    if (inner.length === 0) expect(unit.length === 1 || unit.every((line) => /^(DEL|UNLINK) /.test(line))).toBe(true);
    else expect([unit[0], unit.at(-1), inner.length]).toEqual(['MULTI', 'EXEC', 2]);
  }
}

/** Commands that would do something else if they were executed at another time, by another server, or by one that may not wait. */
const UNREPEATABLE =
  /^(?:EXPIRE|PEXPIRE|EXPIREAT|SETEX|PSETEX|GETEX|GETDEL|SPOP|INCRBYFLOAT|HINCRBYFLOAT|BLPOP|BRPOP|BLMOVE|BRPOPLPUSH|BLMPOP|BZPOPMIN|BZPOPMAX|BZMPOP|LMPOP|ZMPOP) /;

describe('what a server propagates, executed by another one', () => {
  it('leaves the same data, whatever clients send, wait for and let expire', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), steps, (seed, sequence) => {
        const pair = new ReplayedPair(commands, seed);
        try {
          for (const step of sequence) take(pair, step);
          const { primary, replica } = pair.describe();
          expect(replica).toEqual(primary);
          expectWholeTransactions(pair.units);
          for (const command of pair.units.flat()) expect(command).not.toMatch(UNREPEATABLE);
        } finally {
          pair.stop();
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves the same data under eviction', { timeout: 60_000 }, () => {
    const policies = fc.constantFrom('allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-ttl', 'volatile-random');
    const sizes = fc.array(fc.tuple(fc.nat(60), fc.nat(2000), fc.boolean()), {
      minLength: 50,
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(policies, fc.boolean(), sizes, (policy, isLazy, sets) => {
        const pair = new ReplayedPair(commands);
        try {
          const used = pair.primary.keyspace.arena.used;
          pair.execute(0, ['CONFIG', 'SET', 'maxmemory-policy', policy, 'maxmemory', String(used + 20_000)]);
          if (isLazy) pair.execute(0, ['CONFIG', 'SET', 'lazyfree-lazy-eviction', 'yes']);
          for (const [key, bytes, expires] of sets) {
            pair.execute(0, ['SET', `k${key}`, 'v'.repeat(bytes), ...(expires ? ['PX', '100000'] : [])]);
            if (bytes % 7 === 0) pair.execute(0, ['RPUSH', `l${key}`, 'a', 'b'.repeat(bytes)]);
            pair.advance(1, bytes % 5 === 0);
          }
          const { primary, replica } = pair.describe();
          expect(replica).toEqual(primary);
          if (!policy.startsWith('volatile')) expect(pair.primary.keyspace.evicted).toBeGreaterThan(0);
        } finally {
          pair.stop();
        }
      }),
      { numRuns: 20 },
    );
  });
});
