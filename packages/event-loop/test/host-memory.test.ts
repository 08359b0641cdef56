import { describe, expect, test } from 'vitest';
import { loadHostMemory } from '../src/memory';

const memory = loadHostMemory();

describe.skipIf(memory === null)('the memory of this process', () => {
  const { pageBytes } = memory ?? { pageBytes: 0 };
  const filled = (pages: number) => new Uint8Array(new SharedArrayBuffer(pages * pageBytes)).fill(7);

  test('has a page size that machines use', () => {
    expect([4096, 16_384, 65_536]).toContain(pageBytes);
    expect(memory!.offsetInPage(filled(4))).toBeLessThan(pageBytes);
  });

  test('is returned in whole pages, and the bytes around them stay', () => {
    const bytes = filled(256);
    memory!.discard(bytes.subarray(64 * pageBytes, 128 * pageBytes));
    const kept = bytes.filter((byte) => byte === 7).length;
    expect(kept).toBeGreaterThanOrEqual(192 * pageBytes);
    expect(kept).toBeLessThanOrEqual(193 * pageBytes);
    const beside = Buffer.concat([bytes.subarray(0, 64 * pageBytes), bytes.subarray(128 * pageBytes)]);
    expect(beside.equals(Buffer.alloc(beside.length, 7))).toBe(true);
    expect(bytes[96 * pageBytes]).toBe(0);
    bytes[96 * pageBytes] = 9;
    expect(bytes[96 * pageBytes]).toBe(9);
  });

  test('is returned completely for an aligned range', () => {
    const bytes = filled(8);
    const start = (pageBytes - memory!.offsetInPage(bytes)) % pageBytes;
    memory!.discard(bytes.subarray(start, start + 2 * pageBytes));
    expect(bytes.filter((byte) => byte === 0)).toHaveLength(2 * pageBytes);
  });

  test('is not returned for less than a page', () => {
    const bytes = filled(256);
    memory!.discard(bytes.subarray(5, 100));
    memory!.discard(bytes.subarray(0, 0));
    expect(bytes.every((byte) => byte === 7)).toBe(true);
  });

  test('can be trimmed', () => {
    expect(() => memory!.trim()).not.toThrow();
  });
});
