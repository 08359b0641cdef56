import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_BYTES, SEGMENT_MASK, SEGMENT_SHIFT } from './address';
import { Arena } from './arena';
import { ArenaError, ArenaFullError } from './arena-errors';
import type { ArenaHost } from './arena-host';

/** Sizes of every kind: fine and coarse classes, their edges, runs of pages. */
const anySize = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 3, arbitrary: fc.integer({ min: 257, max: 33_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 32_000, max: 3_000_000 }) },
);

function bytesOf(arena: Arena, address: Address, length: number): Buffer {
  const start = (address & SEGMENT_MASK) * 8;
  return arena.bytes[address >>> SEGMENT_SHIFT]!.subarray(start, start + length);
}

/** Steps of a random run: what is allocated, a number to pick something by, and whether a record is freed instead. */
const anySteps = fc.array(fc.tuple(anySize, fc.nat(), fc.boolean()), { maxLength: 400 });

/** A host of pages of some size that writes rubbish over what is given back to it. */
function hostOf(pageBytes: number, onDiscard: (bytes: number) => void = () => {}): ArenaHost {
  return {
    pageBytes,
    offsetInPage: () => 0,
    discard: (memory) => {
      const start = Math.ceil(memory.byteOffset / pageBytes) * pageBytes - memory.byteOffset;
      const end = Math.floor((memory.byteOffset + memory.length) / pageBytes) * pageBytes - memory.byteOffset;
      if (end <= start) return;
      onDiscard(end - start);
      memory.fill(0xdb, start, end);
    },
  };
}

/** Ends the round that is under way, if one is, and does `rounds` whole ones. */
function discardIn(arena: Arena, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    while (!arena.discardSome());
    arena.beginDiscarding();
  }
  while (!arena.discardSome());
}

describe('Arena', () => {
  it('allocates records that keep their bytes, never overlap and are counted exactly', () => {
    fc.assert(
      fc.property(anySteps, fc.constantFrom(4096, 16_384, 65_536), (steps, hostPageBytes) => {
        const arena = new Arena({ debug: true, host: hostOf(hostPageBytes) });
        const live: { address: Address; bytes: number; fill: number }[] = [];
        let used = 0;
        const release = (index: number) => {
          const record = live[index]!;
          expect(bytesOf(arena, record.address, record.bytes).every((byte) => byte === record.fill)).toBe(true);
          used -= arena.usableBytes(record.address);
          arena.free(record.address);
          live[index] = live.at(-1)!;
          live.pop();
        };
        steps.forEach(([bytes, pick, frees], step) => {
          if (frees && live.length > 0) {
            release(pick % live.length);
          } else {
            const address = arena.allocate(bytes);
            expect(arena.usableBytes(address)).toBe(arena.allocationBytes(bytes));
            expect(arena.usableBytes(address)).toBeGreaterThanOrEqual(bytes);
            used += arena.usableBytes(address);
            bytesOf(arena, address, bytes).fill(step & 0x7f);
            live.push({ address, bytes, fill: step & 0x7f });
          }
          if (pick % 32 === 0) arena.beginDiscarding();
          if (pick % 8 === 0) arena.discardSome();
          if (pick % 128 === 0) arena.trim();
          if (arena.used !== used || arena.reserved < used)
            expect.fail(`used ${arena.used}, not ${used}, at step ${step}`);
        });
        while (live.length > 0) release(live.length - 1);
        expect(arena.used).toBe(0);
        arena.trim();
        expect(arena.reserved).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('wastes at most 12.5 % by rounding, and at most 7 bytes of small records', () => {
    const arena = new Arena();
    const wasteful: number[] = [];
    for (let bytes = 1; bytes <= 300_000; bytes += bytes < 70_000 ? 1 : 997) {
      const taken = arena.allocationBytes(bytes);
      if (taken < bytes || taken - bytes > Math.max(7, taken / 8)) wasteful.push(bytes);
    }
    expect(wasteful).toEqual([]);
  });

  it('reuses the memory of one size class for others', () => {
    const arena = new Arena();
    const fill = (bytes: number) => {
      const records: Address[] = [];
      for (let taken = 0; taken < 2 << 20; taken += bytes) records.push(arena.allocate(bytes));
      const reserved = arena.reserved;
      for (const record of records) arena.free(record);
      return reserved;
    };
    const first = fill(24);
    for (const bytes of [72, 200, 1000, 5000, 100_000]) expect(fill(bytes)).toBeLessThan(first * 1.1);
  });

  it('gives empty segments back to the host, except one spare', () => {
    const arena = new Arena();
    const records: Address[] = [];
    for (let i = 0; i < 300; i++) records.push(arena.allocate(1 << 20));
    expect(arena.words.length).toBeGreaterThanOrEqual(5);
    for (const record of records) arena.free(record);
    expect(arena.bytes.filter((bytes) => bytes.length > 0)).toHaveLength(1);
    arena.trim();
    expect(arena.bytes.filter((bytes) => bytes.length > 0)).toHaveLength(0);
    expect(arena.allocate(100) >>> SEGMENT_SHIFT).toBe(0);
  });

  describe('with a host that can discard memory', () => {
    const fill = (arena: Arena, count: number, bytes = 1 << 20) =>
      Array.from({ length: count }, () => arena.allocate(bytes));
    const freeAll = (arena: Arena, records: readonly Address[]) => {
      for (const record of records) arena.free(record);
    };

    it('gives back what was empty for a whole round, in steps', () => {
      const arena = new Arena({ debug: true, host: hostOf(4096) });
      freeAll(arena, fill(arena, 150));
      const full = arena.reserved;
      discardIn(arena, 1);
      expect(arena.reserved).toBe(full);
      expect(arena.hasSurplus).toBe(true);
      arena.beginDiscarding();
      let steps = 0;
      for (let before = full; !arena.discardSome(); before = arena.reserved, steps++) {
        expect(before - arena.reserved).toBeLessThanOrEqual(2 << 20);
      }
      expect(steps).toBeGreaterThan(60);
      expect(arena.reserved).toBeLessThan(2 << 20);
      discardIn(arena, 1);
      expect(arena.hasSurplus).toBe(false);
    });

    it('keeps what is used again between two rounds', () => {
      let discarded = 0;
      const host = hostOf(4096, (bytes) => {
        discarded += bytes;
      });
      const arena = new Arena({ host });
      for (let round = 0; round < 5; round++) {
        freeAll(arena, fill(arena, 100));
        discardIn(arena, 1);
        freeAll(arena, fill(arena, 100));
      }
      expect(discarded).toBeLessThan(2 << 20);
    });

    it('uses pages again that were given back, before it takes another segment', () => {
      const arena = new Arena({ debug: true, host: hostOf(4096) });
      freeAll(arena, fill(arena, 150));
      const segments = arena.words.length;
      discardIn(arena, 3);
      const records = fill(arena, 150);
      expect(arena.words.length).toBe(segments);
      expect(arena.reserved).toBeGreaterThan(arena.used);
      freeAll(arena, records);
    });

    it('does not discard memory that is used again', () => {
      const arena = new Arena({ debug: true, host: hostOf(4096) });
      freeAll(arena, fill(arena, 150));
      discardIn(arena, 1);
      const records = fill(arena, 150);
      for (const record of records) bytesOf(arena, record, 1 << 20).fill(7);
      discardIn(arena, 3);
      const sevens = Buffer.alloc(1 << 20, 7);
      expect(records.every((record) => bytesOf(arena, record, 1 << 20).equals(sevens))).toBe(true);
    });

    it.each([
      [4096, 100_000, 1.05],
      [16_384, 100_000, 1.2],
      [65_536, 100_000, 2.5],
      [4096, 1028, 5],
      [4096, 20_000, 1.5],
      [4096, 300, 20],
    ])(
      'gives pages of %i bytes back between records of %i bytes that live, which leaves at most %f times their memory',
      (pageBytes, bytes, most) => {
        const arena = new Arena({ host: hostOf(pageBytes) });
        const records = fill(arena, Math.floor((100 << 20) / bytes), bytes);
        const live = records.filter((_, index) => index % 100 === 0);
        for (const record of live) bytesOf(arena, record, bytes).fill(7);
        freeAll(
          arena,
          records.filter((_, index) => index % 100 !== 0),
        );
        discardIn(arena, 3);
        expect(arena.reserved).toBeLessThan(arena.used * most + (2 << 20));
        const sevens = Buffer.alloc(bytes, 7);
        expect(live.every((record) => bytesOf(arena, record, bytes).equals(sevens))).toBe(true);
        const reserved = arena.reserved;
        const more = fill(arena, records.length - live.length, bytes);
        expect(new Set([...live, ...more]).size).toBe(records.length);
        expect(arena.words.length).toBeLessThanOrEqual(2);
        expect(arena.reserved).toBeGreaterThan(reserved);
        freeAll(arena, [...live, ...more]);
        expect(arena.used).toBe(0);
      },
    );

    it('keeps its records under random allocations, frees and rounds of discarding', () => {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom(24, 200, 1028, 5000, 30_000), fc.nat({ max: 2000 }), fc.nat()), {
            maxLength: 60,
          }),
          fc.constantFrom(4096, 16_384),
          (steps, pageBytes) => {
            const arena = new Arena({ debug: true, host: hostOf(pageBytes) });
            const live = new Map<Address, number>();
            let tag = 0;
            for (const [bytes, count, pick] of steps) {
              if (pick % 3 !== 0) {
                for (let i = 0; i < count >>> (bytes > 1000 ? 4 : 0); i++) {
                  const record = arena.allocate(bytes);
                  bytesOf(arena, record, 4).writeUInt32LE(++tag);
                  if (live.has(record)) expect.fail('a record was allocated twice');
                  live.set(record, tag);
                }
              } else {
                const share = pick % 100;
                for (const [record, value] of live) {
                  if (bytesOf(arena, record, 4).readUInt32LE() !== value) expect.fail('a record was overwritten');
                  if ((Math.imul(value, 2654435761) >>> 8) % 100 < share) continue;
                  arena.free(record);
                  live.delete(record);
                }
              }
              if (pick % 2 === 0) discardIn(arena, 1 + (pick % 3));
              else if (pick % 7 === 0) arena.trim();
            }
            for (const record of live.keys()) arena.free(record);
            arena.trim();
            expect([arena.used, arena.reserved]).toEqual([0, 0]);
          },
        ),
        { numRuns: 30 },
      );
    });

    it('gives the memory of a record that is larger than a segment back in steps', () => {
      const arena = new Arena({ debug: true, host: hostOf(4096) });
      const address = arena.allocate(3 * SEGMENT_BYTES);
      arena.free(address);
      expect(arena.used).toBe(0);
      expect(arena.reserved).toBe(3 * SEGMENT_BYTES);
      let steps = 0;
      while (!arena.discardSome()) steps++;
      expect(steps).toBe(3 * 64);
      expect(arena.reserved).toBe(0);
    });

    it('discards memory before it throws at its limit', () => {
      const arena = new Arena({ debug: true, host: hostOf(4096), limitBytes: 3 * SEGMENT_BYTES });
      freeAll(arena, fill(arena, 180));
      expect(arena.allocate(2 * SEGMENT_BYTES - (1 << 20))).not.toBe(0);
      expect(arena.reserved).toBeLessThanOrEqual(3 * SEGMENT_BYTES);
    });

    it('gives all unused memory back when it is trimmed', () => {
      const arena = new Arena({ debug: true, host: hostOf(4096) });
      freeAll(arena, [...fill(arena, 150), arena.allocate(SEGMENT_BYTES + 1)]);
      arena.trim();
      expect(arena.reserved).toBe(0);
      expect(arena.bytes.filter((bytes) => bytes.length > 0)).toHaveLength(0);
    });
  });

  it('gives a record that is larger than a segment a slot to itself, and reuses the slot', () => {
    const arena = new Arena({ debug: true });
    const bytes = SEGMENT_BYTES + 5;
    const address = arena.allocate(bytes);
    expect(address & SEGMENT_MASK).toBe(0);
    expect(address).not.toBe(0);
    expect(arena.usableBytes(address)).toBe(arena.allocationBytes(bytes));
    expect(arena.used).toBe(arena.usableBytes(address));
    bytesOf(arena, address, bytes)[bytes - 1] = 7;
    expect(arena.bytes[address >>> SEGMENT_SHIFT]![bytes - 1]).toBe(7);
    arena.free(address);
    expect(arena.used).toBe(0);
    expect(arena.reserved).toBe(0);
    expect(arena.allocate(SEGMENT_BYTES)).toBe(address);
  });

  it('throws ArenaFullError at its limit, still serves what fits, and recovers when memory is freed', () => {
    const arena = new Arena({ limitBytes: 4 << 20, debug: true });
    const records: Address[] = [];
    expect(() => {
      for (;;) records.push(arena.allocate(50_000));
    }).toThrow(ArenaFullError);
    const used = arena.used;
    expect(() => arena.allocate(100_000_000)).toThrow(ArenaFullError);
    expect(arena.used).toBe(used);
    expect(arena.reserved).toBeLessThanOrEqual(4 << 20);
    arena.free(records.pop()!);
    expect(() => records.push(arena.allocate(50_000))).not.toThrow();
  });

  it('rejects sizes that are not valid', () => {
    const arena = new Arena();
    expect(() => arena.allocate(-8)).toThrow(RangeError);
    expect(() => arena.allocate(2 ** 33)).toThrow(ArenaFullError);
  });

  it('detects double frees, unknown addresses and writes after free in debug mode', () => {
    const arena = new Arena({ debug: true });
    const record = arena.allocate(40);
    const other = arena.allocate(40);
    expect(() => arena.free(record + 1)).toThrow(ArenaError);
    expect(() => arena.free(0)).toThrow(ArenaError);
    arena.free(record);
    expect(() => arena.free(record)).toThrow(ArenaError);
    bytesOf(arena, record, 40)[20] = 1;
    expect(() => arena.allocate(40)).toThrow(ArenaError);
    arena.free(other);
  });
});
