import { beforeEach, describe, expect, it } from 'vitest';
import { createInstance } from '../../../test/harness/instance-fixture';
import { InProcessClient } from '../../clients/in-process-client';
import type { Instance } from '../../instance';
import { EventClass } from '../../keyspace/key-event';
import { ManualClock } from '../../runtime/clock';
import { commands } from '..';

describe('keyspace events and dirty count of changes to a hash', () => {
  let instance: Instance;
  let client: InProcessClient;
  const call = (command: string): string => client.execute(command.split(' ')).toString('latin1').trim();

  beforeEach(() => {
    instance = createInstance(new ManualClock(), commands);
    client = new InProcessClient(instance);
    call('HSET h a 1 b 2');
    call('SET s v');
  });

  // As redis-server 7.0.15 publishes and counts them.
  it.each([
    ['HSET n a 1 b 2', 2, ['new n', 'hset n']],
    ['HSET h a 1', 1, ['hset h']],
    ['HMSET h a 1 c 3 c 4', 3, ['hset h']],
    ['HSETNX h a 2', 0, []],
    ['HSETNX h c 2', 1, ['hset h']],
    ['HSETNX n c 2', 1, ['new n', 'hset n']],
    ['HDEL h x y', 0, []],
    ['HDEL h a x', 1, ['hdel h']],
    ['HDEL h a b x', 2, ['hdel h', 'del h']],
    ['HINCRBY h a 1', 1, ['hincrby h']],
    ['HINCRBY n a 1', 1, ['new n', 'hincrby n']],
    ['HINCRBYFLOAT h a 1.5', 1, ['hincrbyfloat h']],
    ['HINCRBYFLOAT n a 1.5', 1, ['new n', 'hincrbyfloat n']],
    ['HINCRBYFLOAT n a inf', 0, []],
    ['HSET s a 1', 0, []],
    ['HSET h a', 0, []],
    ['HGETALL h', 0, []],
  ])('%s counts %i changes', (command, changes, expected) => {
    const { keyspace } = instance;
    const { keyMiss: _, ...classes } = EventClass;
    const events: string[] = [];
    keyspace.changes.notifiedClasses = Object.values(classes).reduce((bits, bit) => bits | bit, 0);
    keyspace.changes.onEvent = (event, _database, key, start, end) => {
      events.push(`${event.name} ${Buffer.from(key).toString('latin1', start, end)}`);
    };
    const before = keyspace.changes.dirty;
    call(command);
    expect(keyspace.changes.dirty - before).toBe(changes);
    expect(events).toEqual(expected);
  });
});
