import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { OutputChunkPool } from './output-chunks';
import { OutputQueue } from './output-queue';

type Step =
  | { readonly kind: 'write'; readonly queue: number; readonly length: number; readonly isPrivate: boolean }
  | { readonly kind: 'share'; readonly queue: number; readonly length: number }
  | { readonly kind: 'consume'; readonly queue: number; readonly share: number }
  | { readonly kind: 'gather' | 'isolate' | 'clear'; readonly queue: number };

const queueIndex = fc.integer({ min: 0, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      queue: queueIndex,
      length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 20_000 })),
      isPrivate: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('share' as const),
      queue: queueIndex,
      length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 20_000 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('consume' as const),
      queue: queueIndex,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('gather' as const, 'isolate' as const, 'clear' as const),
      queue: queueIndex,
    }),
  },
);

function contentOf(queue: OutputQueue): Buffer {
  const parts: Buffer[] = [];
  for (let region = queue.first; region !== null; region = region.next) {
    parts.push(region.chunk.bytes.subarray(region.start, region.end));
  }
  return Buffer.concat(parts);
}

test('queues in shared chunks behave like separate byte strings', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const pool = new OutputChunkPool(4096, () => 0);
      const queues = Array.from({ length: 4 }, () => new OutputQueue());
      const models: Buffer[] = Array.from({ length: 4 }, () => Buffer.alloc(0));
      let stamp = 0;
      for (const { kind, queue: index, ...rest } of steps) {
        const queue = queues[index] as OutputQueue;
        const model = models[index] as Buffer;
        if (kind === 'write') {
          const { length, isPrivate } = rest as { length: number; isPrivate: boolean };
          const chunk = isPrivate ? pool.openPrivate(length, null)! : pool.open(length)!;
          const start = chunk.used;
          chunk.bytes.fill(++stamp & 0xff, start, start + length);
          chunk.used = start + length;
          queue.append(pool, chunk, start, start + length);
          pool.unlock(chunk);
          if (isPrivate) pool.release(chunk);
          models[index] = Buffer.concat([model, Buffer.alloc(length, stamp & 0xff)]);
        } else if (kind === 'share') {
          // To this queue, and to all before it.
          const bytes = Buffer.alloc((rest as { length: number }).length, ++stamp & 0xff);
          const region = pool.place(bytes, 0, bytes.length)!;
          for (let i = 0; i <= index; i++) {
            queues[i]?.append(pool, region.chunk, region.start, region.end);
            models[i] = Buffer.concat([models[i] as Buffer, bytes]);
          }
          pool.releaseRegion(region);
        } else if (kind === 'consume') {
          const count = Math.floor((rest as { share: number }).share * model.length);
          queue.consume(pool, count);
          models[index] = model.subarray(count);
        } else if (kind === 'clear') {
          queue.clear(pool);
          models[index] = Buffer.alloc(0);
        } else queue[kind](pool);
        for (const [i, each] of queues.entries()) {
          expect(each.bytes).toBe(models[i]?.length);
          expect(contentOf(each).equals(models[i] as Buffer)).toBe(true);
          if (each.first === null) expect(each.last).toBe(null);
          else expect(each.last?.next).toBe(null);
        }
      }
      for (const queue of queues) queue.clear(pool);
      // Only the chunks that the pool keeps are left.
      expect(pool.reservedBytes % 4096).toBe(0);
      expect(pool.open(4096)!.used).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test('isolate moves everything out of chunks that other queues use', () => {
  const pool = new OutputChunkPool(4096, () => 0);
  const queue = new OutputQueue();
  const other = new OutputQueue();
  for (let i = 0; i < 50; i++) {
    const chunk = pool.open(1000)!;
    const start = chunk.used;
    chunk.used = start + 1000;
    (i % 2 === 0 ? queue : other).append(pool, chunk, start, start + 1000);
    pool.unlock(chunk);
  }
  queue.isolate(pool);
  for (let region = queue.first; region !== null; region = region.next) expect(region.chunk.isShared).toBe(false);
  expect(queue.bytes).toBe(25_000);
});

test('isolate does not copy a region that fills its chunk', () => {
  const pool = new OutputChunkPool(4096, () => 0);
  const queue = new OutputQueue();
  for (let i = 0; i < 50; i++) {
    const chunk = pool.open(1000)!;
    const start = chunk.used;
    chunk.bytes.fill(i, start, start + 1000);
    chunk.used = start + 1000;
    queue.append(pool, chunk, start, start + 1000);
    pool.unlock(chunk);
  }
  const reserved = pool.reservedBytes;
  const content = contentOf(queue);
  queue.isolate(pool);
  expect(contentOf(queue).equals(content)).toBe(true);
  expect(pool.reservedBytes).toBeLessThan(reserved + 16 * 1024 + 1);
});

test('dropped chunks and unneeded pooled ones return their memory a mebibyte at a time', () => {
  let discarded = 0;
  const memory = {
    pageBytes: 4096,
    offsetInPage: () => 0,
    discard: (bytes: Uint8Array) => {
      expect(bytes.length).toBeLessThanOrEqual(2 ** 20);
      discarded += bytes.length;
    },
    trim: () => {},
  };
  const pool = new OutputChunkPool(64 * 1024, () => 0, memory);
  const queue = new OutputQueue();
  for (const min of [64 * 1024, 5_000_000, 64 * 1024, 64 * 1024, 64 * 1024, 64 * 1024]) {
    const chunk = pool.open(min)!;
    chunk.used = min;
    queue.append(pool, chunk, 0, min);
    pool.unlock(chunk);
  }
  queue.clear(pool);
  let steps = 1;
  while (!pool.discardSome()) steps++;
  expect(steps).toBe(5);
  expect(discarded).toBeGreaterThanOrEqual(5_000_000);
  pool.shrink(false);
  const reserved = pool.reservedBytes;
  pool.shrink(false);
  expect(pool.reservedBytes).toBeLessThan(reserved);
  pool.shrink(true);
  while (!pool.discardSome());
  expect(discarded).toBeGreaterThanOrEqual(5_000_000 + 3 * 64 * 1024);
});

test('gather copies many small regions into one', () => {
  const pool = new OutputChunkPool(64 * 1024, () => 0);
  const queues = [new OutputQueue(), new OutputQueue()];
  for (let i = 0; i < 200; i++) {
    const chunk = pool.open(10)!;
    const start = chunk.used;
    chunk.used = start + 10;
    queues[i % 2]?.append(pool, chunk, start, start + 10);
    pool.unlock(chunk);
  }
  queues[0]?.gather(pool);
  expect(queues[0]?.first).toBe(queues[0]?.last);
  expect(queues[0]?.bytes).toBe(1000);
});

test('successive shared output of the same queues is one region of each', () => {
  const pool = new OutputChunkPool(4096, () => 0);
  const queues = [new OutputQueue(), new OutputQueue()];
  for (let i = 0; i < 10; i++) {
    const own = pool.open(10)!;
    const region = pool.place(Buffer.from(`(message ${i})`), 1, 10)!;
    for (const queue of queues) queue.append(pool, region.chunk, region.start, region.end);
    pool.releaseRegion(region);
    pool.unlock(own);
  }
  for (const queue of queues) {
    expect(queue.first).toBe(queue.last);
    expect(contentOf(queue).toString()).toBe(Array.from({ length: 10 }, (_, i) => `message ${i}`).join(''));
  }
});

describe('without memory', () => {
  const noMemory = (): never => {
    throw new RangeError('Array buffer allocation failed');
  };
  afterEach(() => vi.restoreAllMocks());

  function writeRegions(pool: OutputChunkPool, queue: OutputQueue, count: number): void {
    const other = new OutputQueue();
    for (let i = 0; i < 2 * count; i++) {
      const chunk = pool.open(1000)!;
      const start = chunk.used;
      chunk.bytes.fill(i, start, start + 1000);
      chunk.used = start + 1000;
      (i % 2 === 0 ? queue : other).append(pool, chunk, start, start + 1000);
      pool.unlock(chunk);
    }
  }

  test('a pool returns null, changes nothing, and works again afterwards', () => {
    const pool = new OutputChunkPool(4096, () => 0);
    const queue = new OutputQueue();
    writeRegions(pool, queue, 10);
    const reserved = pool.reservedBytes;
    const content = contentOf(queue);
    vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(noMemory);
    expect(pool.open(4096)).toBeNull();
    expect(pool.open(100_000)).toBeNull();
    expect(pool.openPrivate(10, null)).toBeNull();
    expect(pool.place(Buffer.alloc(10), 0, 10)).toBeNull();
    expect(pool.place(Buffer.alloc(10_000), 0, 10_000)).toBeNull();
    expect(pool.reservedBytes).toBe(reserved);
    expect(contentOf(queue).equals(content)).toBe(true);
    vi.restoreAllMocks();
    writeRegions(pool, queue, 10);
    expect(queue.bytes).toBe(20_000);
  });

  test('queues keep their regions where a copy would save something', () => {
    const pool = new OutputChunkPool(4096, () => 0);
    const queue = new OutputQueue();
    writeRegions(pool, queue, 10);
    const content = contentOf(queue);
    vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(noMemory);
    queue.gather(pool);
    queue.isolate(pool);
    expect(contentOf(queue).equals(content)).toBe(true);
  });

  test('a pool cannot be created', () => {
    vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(noMemory);
    expect(() => new OutputChunkPool(4096, () => 0)).toThrow('not enough memory for 4096 bytes');
  });
});
