import { beforeEach, describe, expect, it } from 'vitest';
import { createInstance } from '../../../test/harness/instance-fixture';
import { InProcessClient } from '../../clients/in-process-client';
import type { Instance } from '../../instance';
import { ManualClock } from '../../runtime/clock';
import { commands } from '..';

describe('what a command leaves behind at a key', () => {
  let clock: ManualClock;
  let instance: Instance;
  let client: InProcessClient;
  const call = (command: string): string => client.execute(command.split(' ')).toString('latin1').trim();

  beforeEach(() => {
    clock = new ManualClock();
    instance = createInstance(clock, commands);
    client = new InProcessClient(instance);
    call('SET k v EX 1000');
    call('SET other w');
    clock.advance(20_000);
  });

  it.each([
    'EXISTS k',
    'TTL k',
    'PTTL k',
    'EXPIRETIME k',
    'PEXPIRETIME k',
    'TYPE k',
    'OBJECT ENCODING k',
    'OBJECT REFCOUNT k',
    'KEYS *',
    'SCAN 0 TYPE string',
    'RANDOMKEY',
    'WATCH k',
  ])('%s asks about the key without using it', (command) => {
    call(command);
    clock.advance(1000);
    expect(call('OBJECT IDLETIME k')).toBe(':21');
  });

  it.each(['TOUCH k', 'GET k', 'EXPIRE k 100', 'PERSIST k', 'COPY k c', 'RENAMENX k other', 'RENAME k k', 'MOVE k 0'])(
    '%s uses the key, or is refused before it looks at it',
    (command) => {
      const isRefused = call(command).startsWith('-');
      clock.advance(1000);
      expect(call('OBJECT IDLETIME k')).toBe(isRefused ? ':21' : ':1');
    },
  );

  it.each([
    ['RENAME k l', 1],
    ['RENAME k k', 0],
    ['RENAMENX k other', 0],
    ['MOVE k 1', 1],
    ['MOVE missing 1', 0],
    ['COPY k c', 1],
    ['COPY k other', 0],
    ['COPY k other REPLACE', 1],
    ['DEL k other missing', 2],
    ['UNLINK k k', 1],
    ['EXPIRE k 10', 1],
    ['EXPIRE k 10 NX', 0],
    ['EXPIRE k -1', 1],
    ['PERSIST k', 1],
    ['PERSIST other', 0],
    ['TOUCH k', 0],
  ])('%s counts as %i changes', (command, changes) => {
    const before = instance.keyspace.dirty;
    call(command);
    expect(instance.keyspace.dirty - before).toBe(changes);
  });

  it.each([
    ['SET k v', ['set']],
    ['RENAME k l', ['rename_from', 'rename_to']],
    ['COPY k c', ['copy_to']],
    ['MOVE k 1', ['move_from', 'move_to']],
    ['DEL k other', ['del', 'del']],
    ['EXPIRE k 0', ['del']],
    ['PEXPIRE k 5', ['expire']],
    ['PERSIST k', ['persist']],
    ['RENAME k k', []],
  ])('%s is notified of as %j', (command, events) => {
    const { keyspace } = instance;
    const seen: string[] = [];
    // Without the class of keys that are new.
    keyspace.notifiedClasses = 0x7ff;
    keyspace.onEvent = (event) => seen.push(event.name);
    call(command);
    expect(seen).toEqual(events);
  });

  it('is gone at its deadline for whoever asks, and counted as a miss', () => {
    clock.advance(979_999);
    expect([call('TTL k'), call('PTTL k'), call('EXISTS k')]).toEqual([':0', ':1', ':1']);
    clock.advance(1);
    const { misses } = instance.keyspace;
    expect([call('TTL k'), call('DBSIZE'), call('EXISTS k')]).toEqual([':-2', ':1', ':0']);
    expect(instance.keyspace.misses - misses).toBe(2);
  });

  it('is not seen by a transaction in which the time stands still', () => {
    call('MULTI');
    for (const command of ['SET p v PX 1', 'PTTL p', 'EXISTS p']) call(command);
    expect(call('EXEC').split('\r\n')).toEqual(['*3', '+OK', ':1', ':1']);
    clock.advance(1);
    expect(call('EXISTS p')).toBe(':0');
  });
});
