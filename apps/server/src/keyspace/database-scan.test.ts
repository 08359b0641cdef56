import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';

describe('Database.scan', () => {
  it('sees every key that is there from beginning to end, while others come, go, grow, move and expire', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 120 }), (seed, staying) => {
        const fixture = new KeyspaceFixture(seed, 2);
        const database = fixture.database(0);
        const random = fixture.keyspace.randomUint32;
        for (let i = 0; i < staying; i++) fixture.set(`stays:${i}`);
        const passing: string[] = [];
        const seen = new Set<string>();
        let serial = 0;
        let target = 0;
        let cursor = 0;
        do {
          if (random() % 8 === 0) target = random() % 500;
          for (let moves = 0; moves < 40 && passing.length !== target; moves++) {
            if (passing.length > target) {
              const name = passing.splice(random() % passing.length, 1)[0]!;
              if (fixture.find(name) !== 0) fixture.remove(name);
            } else {
              const name = `passes:${serial++}`;
              fixture.set(name);
              if (serial % 3 === 0) fixture.expireIn(name, random() % 20);
              passing.push(name);
            }
          }
          // Keys that stay may get another record under way: by a value of another size, a deadline, or none.
          const name = `stays:${random() % staying}`;
          const change = random() % 4;
          if (change === 0) fixture.set(name, 'x'.repeat(random() % 2000));
          else if (change === 1) fixture.expireIn(name, 10 ** 9);
          else if (change === 2) database.clearDeadline(fixture.find(name));
          fixture.advance(random() % 3);
          if (random() % 4 === 0) fixture.keyspace.expireDue(() => true);
          cursor = database.scan(cursor, (entry) => seen.add(fixture.nameOf(entry)));
        } while (cursor !== 0);
        for (let i = 0; i < staying; i++) expect(seen).toContain(`stays:${i}`);
      }),
      { numRuns: 15 },
    );
  });

  it('sees no key that was not there at any time', () => {
    const fixture = new KeyspaceFixture();
    const names = Array.from({ length: 200 }, (_, i) => `k${i}`);
    for (const name of names) fixture.set(name);
    for (const name of names.slice(100)) fixture.remove(name);
    const seen: string[] = [];
    let cursor = 0;
    do cursor = fixture.database(0).scan(cursor, (entry) => seen.push(fixture.nameOf(entry)));
    while (cursor !== 0);
    expect(seen.sort()).toEqual(names.slice(0, 100).sort());
  });
});
