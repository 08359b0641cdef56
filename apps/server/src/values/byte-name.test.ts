import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byteName } from './byte-name';

const nameOf = (bytes: Uint8Array): string => byteName(bytes, 0, bytes.length);

it('is the same for the same bytes, wherever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), (bytes, offset) => {
      const elsewhere = new Uint8Array(bytes.length + offset + 3);
      elsewhere.set(bytes, offset);
      expect(byteName(elsewhere, offset, offset + bytes.length)).toBe(nameOf(bytes));
    }),
  );
});

it('differs for different bytes of any length', () => {
  const names = new Set<string>();
  for (let length = 0; length < 300; length++) {
    names.add(nameOf(Buffer.alloc(length, 'a')));
    names.add(nameOf(Buffer.alloc(length + 1, 'a').fill('b', length)));
  }
  expect(names.size).toBe(600);
});

it('tells the digest of long bytes from short bytes that look like it', () => {
  const name = nameOf(Buffer.alloc(1000, 'a'));
  expect(nameOf(Buffer.from(name, 'latin1'))).not.toBe(name);
  expect(nameOf(Buffer.from(name.slice(1), 'latin1'))).not.toBe(name);
});

it('is short for a megabyte', () => {
  expect(nameOf(Buffer.alloc(1 << 20)).length).toBeLessThanOrEqual(65);
});
