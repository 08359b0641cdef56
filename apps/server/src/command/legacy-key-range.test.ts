import { describe, expect, it } from 'vitest';
import { type KeySpecification, keyAt, keysFrom } from './key-specification';
import { legacyKeyRange } from './legacy-key-range';

const counted: KeySpecification = {
  flags: ['RO'],
  begin: { index: 2 },
  find: { keyCountIndex: 0, firstKey: 1, step: 1 },
};

describe('legacyKeyRange', () => {
  it('is zero for a command without keys', () => {
    expect(legacyKeyRange([])).toEqual({ first: 0, last: 0, step: 0, isPartial: false });
  });

  it('is the range of a single specification, whatever its step', () => {
    expect(legacyKeyRange([keysFrom(1, ['OW'], 2)])).toEqual({ first: 1, last: -1, step: 2, isPartial: false });
  });

  it('joins ranges that follow one another', () => {
    expect(legacyKeyRange([keyAt(1, ['RO']), keyAt(2, ['OW'])])).toEqual({
      first: 1,
      last: 2,
      step: 1,
      isPartial: false,
    });
    expect(legacyKeyRange([keyAt(2, ['OW']), keysFrom(3, ['RO'])])).toEqual({
      first: 2,
      last: -1,
      step: 1,
      isPartial: false,
    });
  });

  it('is partial where keys stand apart, are counted, unknown or incomplete', () => {
    expect(legacyKeyRange([keyAt(1, ['RO']), keyAt(3, ['RO'])])).toMatchObject({ first: 1, last: 1, isPartial: true });
    expect(legacyKeyRange([keyAt(1, ['OW']), counted])).toMatchObject({ first: 1, last: 1, isPartial: true });
    expect(legacyKeyRange([counted])).toEqual({ first: 0, last: 0, step: 0, isPartial: true });
    expect(legacyKeyRange([keyAt(1, ['RW', 'incomplete'])])).toMatchObject({ first: 1, last: 1, isPartial: true });
  });
});
