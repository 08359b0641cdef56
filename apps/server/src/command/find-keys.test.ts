import { describe, expect, it } from 'vitest';
import { Arguments } from '../request/arguments';
import { type CommandDefinition, defineCommand } from './define-command';
import { findKeys, hasKeys } from './find-keys';
import { type KeySpecification, keyAt, keysFrom } from './key-specification';

function call(line: string): Arguments {
  const args = new Arguments();
  args.bytes = Buffer.from(line);
  for (const { index, 0: word } of line.matchAll(/\S+/g)) args.appendSpan(index, index + word.length);
  return args;
}

function command(keys: readonly KeySpecification[], findOwn?: CommandDefinition['findKeys']): CommandDefinition {
  return defineCommand({
    name: 'x',
    summary: '',
    since: '1.0.0',
    group: 'generic',
    arity: -2,
    flags: [],
    categories: [],
    keys,
    ...(findOwn === undefined ? {} : { findKeys: findOwn }),
    execute() {},
  });
}

function found(keys: readonly KeySpecification[], line: string): number[] {
  return findKeys(command(keys), call(line)).map(({ index }) => index);
}

const counted: KeySpecification = {
  flags: ['RO'],
  begin: { index: 2 },
  find: { keyCountIndex: 0, firstKey: 1, step: 1 },
};

describe('findKeys', () => {
  it('follows ranges with steps up to the last argument', () => {
    expect(found([keysFrom(1, ['OW'], 2)], 'mset a 1 b 2')).toEqual([1, 3]);
    expect(found([keyAt(1, ['RO']), keyAt(2, ['OW'])], 'copy a b')).toEqual([1, 2]);
  });

  it('takes the first half of what is left where the specification says so', () => {
    const streams: KeySpecification = {
      flags: ['RO'],
      begin: { keyword: 'STREAMS', startFrom: 1 },
      find: { lastKey: -1, step: 1, limit: 2 },
    };
    expect(found([streams], 'xread count 2 streams a b 0 0')).toEqual([4, 5]);
    expect(found([streams], 'xread count 2')).toEqual([]);
  });

  it('counts keys by the number in front of them', () => {
    expect(found([counted], 'eval script 2 a b c')).toEqual([3, 4]);
    for (const line of ['eval script 0 a', 'eval script 3 a b', 'eval script x a', 'eval script -1 a', 'eval script']) {
      expect(found([counted], line), line).toEqual([]);
    }
  });

  it('looks for a keyword counted from the end at that one place, as Redis does', () => {
    const migrate: KeySpecification = {
      flags: ['RW'],
      begin: { keyword: 'KEYS', startFrom: -2 },
      find: { lastKey: -1, step: 1, limit: 0 },
    };
    expect(found([migrate], 'migrate h p 0 t keys a')).toEqual([6]);
    expect(found([migrate], 'migrate h p 0 t keys a b')).toEqual([]);
  });

  it('finds nothing where a key is missing', () => {
    expect(found([keyAt(1, ['RO']), keyAt(2, ['OW'])], 'copy a')).toEqual([]);
  });

  it("leaves channels out, and asks the command where its keys' use depends on the arguments", () => {
    expect(hasKeys(command([keyAt(1, ['not_key'])]))).toBe(false);
    expect(found([keyAt(1, ['not_key'])], 'publish c m')).toEqual([]);
    const own = command([keyAt(1, ['RW', 'variable_flags'])], () => [{ index: 1, flags: ['OW'] }]);
    expect(findKeys(own, call('set a b'))).toEqual([{ index: 1, flags: ['OW'] }]);
  });
});
