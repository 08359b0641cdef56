import { describe, expect, it } from 'vitest';
import { approx, ignore, masked, type StepLike, toStep } from './steps';
import { findSuspicion } from './suspicion';

const exchanged = (...pairs: [StepLike, string][]) =>
  pairs.map(([like, reply]) => ({ step: toStep(like), reply: Buffer.from(`${reply}\r\n`) }));

describe('a case is suspected', () => {
  it('when a name in it is no command, unless it says so', () => {
    const exchanges = exchanged(
      ['SET k v', '+OK'],
      ['GETT k', "-ERR unknown command 'GETT', with args beginning with: 'k' "],
    );
    expect(findSuspicion('reads what was written', exchanges)).toContain('no such command');
    expect(findSuspicion('refuses', exchanges)).toBeNull();
    const meant = exchanged(['PING', '+PONG'], ['FOO', "-ERR unknown command 'FOO', with args beginning with: "]);
    expect(findSuspicion('answers in order', meant)).toBeNull();
  });

  it('when it compares loosely and gets an error, whatever it says', () => {
    for (const loose of [approx('TTL k x'), masked(/x/g, 'TTL k x')]) {
      expect(findSuspicion('refuses', exchanged([loose, '-ERR wrong number of arguments']))).toContain(
        'is compared by',
      );
    }
    expect(findSuspicion('refuses', exchanged([ignore('TTL k x'), '-ERR'], ['PING', '+PONG']))).toBeNull();
  });

  it('when nothing but errors comes back, unless it says so', () => {
    const errors = exchanged(['SET k v EXX 1', '-ERR syntax error'], ['SET k v PXX 1', '-ERR syntax error']);
    expect(findSuspicion('expires', errors)).toContain('nothing but errors');
    expect(findSuspicion('refuses other options', errors)).toBeNull();
    expect(findSuspicion('expires', [...errors, ...exchanged(['SET k v', '+OK'])])).toBeNull();
  });
});
