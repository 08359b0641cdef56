import fc from 'fast-check';

/** Texts of every kind that elements have, and at the bounds between the kinds. */
export const anyText: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(0, 1, 62, 63, 64, 65, 4159, 4160, 4161).map((length) => Buffer.alloc(length, 'text, not digits; ')),
  fc
    .oneof(fc.integer({ min: -300, max: 9000 }), fc.integer(), fc.maxSafeInteger())
    .map((value) => Buffer.from(String(value))),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((value) => Buffer.from(String(value))),
  fc
    .tuple(
      fc.stringMatching(/^[a-z:-]{0,9}$/),
      fc.stringMatching(/^[0-9a-f]{0,70}$/),
      fc.constantFrom('', '', 'A', ' '),
    )
    .map((parts) => Buffer.from(parts.join(''))),
  fc
    .tuple(
      fc.constantFrom(3, 4, 5, 7, 32, 33, 34, 35, 286, 289, 290),
      fc.stringMatching(/^[A-Za-z0-9:-]{1,5}$/),
      fc.constantFrom('', '', '', '.'),
    )
    .map(([length, text, last]) => Buffer.from(text.repeat(length).slice(0, length) + last)),
  fc
    .tuple(fc.constantFrom(250, 255, 256, 300), fc.nat())
    .map(([length, value]) => Buffer.from('p:'.padEnd(length, 'x') + value)),
);
