import { describe, expect, it } from 'vitest';
import { GrowingBytes } from './growing-bytes';

const KIB = 1024;
const window = Buffer.alloc(16 * KIB, 'w');

/** Appends windows of 16 KiB up to `total` bytes; returns the sizes that the memory had meanwhile. */
function receive(bytes: GrowingBytes, total: number): number[] {
  const sizes: number[] = [];
  while (bytes.length < total) {
    const count = Math.min(window.length, total - bytes.length);
    bytes.append(window, 0, count, total - bytes.length - count);
    if (bytes.bytes.length !== sizes.at(-1)) sizes.push(bytes.bytes.length);
  }
  return sizes;
}

describe('GrowingBytes', () => {
  it('allocates a large value at once when a sixteenth of it has arrived', () => {
    const bytes = new GrowingBytes();
    expect(receive(bytes, 128 * KIB)).toEqual([144 * KIB]);
    bytes.release();
    expect(receive(bytes, 1024 * KIB)).toEqual([16 * KIB, 32 * KIB, 64 * KIB, 1152 * KIB]);
  });

  it('at least doubles its memory if no length is declared', () => {
    const bytes = new GrowingBytes();
    const sizes = new Set<number>();
    for (let i = 0; i < 8 * KIB; i++) {
      bytes.append(window, 0, 16, 0);
      sizes.add(bytes.bytes.length);
    }
    expect([...sizes].map((size) => Math.floor(Math.log2(size / KIB)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(bytes.bytes.subarray(0, bytes.length)).toEqual(Buffer.alloc(128 * KIB, 'w'));
  });

  it('reuses released memory, but no memory in use', () => {
    const first = new GrowingBytes();
    receive(first, 200 * KIB);
    const memory = first.bytes;
    const second = new GrowingBytes();
    receive(second, 200 * KIB);
    expect(second.bytes).not.toBe(memory);
    first.release();
    expect(first.bytes).toHaveLength(0);
    receive(first, 200 * KIB);
    expect(first.bytes).toBe(memory);
  });

  it('keeps up to 16 MiB of released memory, preferring the sizes of the current load', () => {
    for (const size of [1000 * KIB, 2000 * KIB]) {
      const many = Array.from({ length: 20 }, () => new GrowingBytes());
      for (const bytes of many) receive(bytes, size);
      const memory = new Set(many.map(({ bytes }) => bytes));
      for (const bytes of many) bytes.release();
      for (const bytes of many) receive(bytes, size);
      const kept = many.filter(({ bytes }) => memory.has(bytes)).length * many[0]!.bytes.length;
      expect(kept).toBeGreaterThan(12 * KIB * KIB);
      expect(kept).toBeLessThanOrEqual(16 * KIB * KIB);
      for (const bytes of many) bytes.release();
    }
  });
});
