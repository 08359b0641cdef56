import { beforeEach, describe, expect, it } from 'vitest';
import { createInstance } from '../../../test/harness/instance-fixture';
import { InProcessClient } from '../../clients/in-process-client';
import type { Instance } from '../../instance';
import { ManualClock } from '../../runtime/clock';
import { commands } from '..';

describe('the effects of a command on a key', () => {
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
  ])('%s does not update the recency of the key', (command) => {
    call(command);
    clock.advance(1000);
    expect(call('OBJECT IDLETIME k')).toBe(':21');
  });

  it.each(['TOUCH k', 'GET k', 'EXPIRE k 100', 'PERSIST k', 'COPY k c', 'RENAMENX k other', 'RENAME k k', 'MOVE k 0'])(
    '%s updates the recency of the key, unless it fails before the look-up',
    (command) => {
      const hasFailed = call(command).startsWith('-');
      clock.advance(1000);
      expect(call('OBJECT IDLETIME k')).toBe(hasFailed ? ':21' : ':1');
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
  ])('%s counts %i changes', (command, changes) => {
    const before = instance.keyspace.changes.dirty;
    call(command);
    expect(instance.keyspace.changes.dirty - before).toBe(changes);
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
  ])('%s publishes the events %j', (command, events) => {
    const { keyspace } = instance;
    const seen: string[] = [];
    // All classes but that of new keys.
    keyspace.changes.notifiedClasses = 0x7ff;
    keyspace.changes.onEvent = (event) => seen.push(event.name);
    call(command);
    expect(seen).toEqual(events);
  });

  it('a look-up after the deadline removes the key, and is counted as a miss', () => {
    clock.advance(979_999);
    expect([call('TTL k'), call('PTTL k'), call('EXISTS k')]).toEqual([':0', ':1', ':1']);
    clock.advance(1);
    const { misses } = instance.keyspace;
    expect([call('TTL k'), call('DBSIZE'), call('EXISTS k')]).toEqual([':-2', ':1', ':0']);
    expect(instance.keyspace.misses - misses).toBe(2);
  });

  it('a transaction sees no key expire, because its time does not advance', () => {
    call('MULTI');
    for (const command of ['SET p v PX 1', 'PTTL p', 'EXISTS p']) call(command);
    expect(call('EXEC').split('\r\n')).toEqual(['*3', '+OK', ':1', ':1']);
    clock.advance(1);
    expect(call('EXISTS p')).toBe(':0');
  });
});
