import { ArenaFullError } from '@nanoredis/intrusive-ds';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createInstance } from '../../../test/harness/instance-fixture';
import { InProcessClient } from '../../clients/in-process-client';
import type { Instance } from '../../instance';
import { EventClass } from '../../keyspace/key-event';
import { ManualClock } from '../../runtime/clock';
import { commands } from '..';
import { digestDataset } from '../server/debug/dataset-digest';

let instance: Instance;
let client: InProcessClient;
const call = (command: string): string => client.execute(command.split(' ')).toString('latin1').trim();

/** The dirty count and the keyspace events of a command. */
function effectsOf(command: string): { changes: number; events: string[] } {
  const { keyspace } = instance;
  const { keyMiss: _, ...classes } = EventClass;
  const events: string[] = [];
  keyspace.changes.notifiedClasses = Object.values(classes).reduce((bits, bit) => bits | bit, 0);
  keyspace.changes.onEvent = (event, _database, key, start, end) => {
    events.push(`${event.name} ${Buffer.from(key).toString('latin1', start, end)}`);
  };
  const before = keyspace.changes.dirty;
  call(command);
  return { changes: keyspace.changes.dirty - before, events };
}

beforeEach(() => {
  instance = createInstance(new ManualClock(), commands);
  client = new InProcessClient(instance);
  call('SADD s 1 2 x');
  call('SADD one 1');
  call('SET string v');
});

describe('keyspace events and dirty count of changes to a set', () => {
  // As redis-server 7.0.15 publishes and counts them.
  it.each([
    ['SADD n 1 2', 2, ['new n', 'sadd n']],
    ['SADD s 1 3 4', 2, ['sadd s']],
    ['SADD s 1', 0, []],
    ['SREM s 1 x 9', 2, ['srem s']],
    ['SREM s 9', 0, []],
    ['SREM one 1 2', 1, ['srem one', 'del one']],
    ['SMOVE s n 1', 2, ['srem s', 'new n', 'sadd n']],
    ['SMOVE one s 1', 1, ['srem one', 'del one']],
    ['SMOVE s one 2', 2, ['srem s', 'sadd one']],
    ['SMOVE one n 1', 2, ['srem one', 'del one', 'new n', 'sadd n']],
    ['SMOVE s s 1', 0, []],
    ['SMOVE s n 9', 0, []],
    ['SPOP s', 1, ['spop s']],
    ['SPOP one', 1, ['spop one', 'del one']],
    ['SPOP s 2', 2, ['spop s']],
    ['SPOP s 7', 3, ['spop s', 'del s']],
    ['SPOP s 0', 0, []],
    ['SUNIONSTORE n s one', 1, ['new n', 'sunionstore n']],
    ['SINTERSTORE s s one', 1, ['sinterstore s']],
    ['SDIFFSTORE string s one', 1, ['sdiffstore string']],
    ['SINTERSTORE s s none', 1, ['del s']],
    ['SDIFFSTORE none one s', 0, []],
    ['SUNIONSTORE s string', 0, []],
    ['SADD string a', 0, []],
    ['SRANDMEMBER s -5', 0, []],
  ])('%s counts %i changes', (command, changes, events) => {
    expect(effectsOf(command)).toEqual({ changes, events });
  });

  it('expires a destination before a result is stored', () => {
    const clock = new ManualClock();
    instance = createInstance(clock, commands);
    client = new InProcessClient(instance);
    call('SADD a 1');
    call('SADD d 1');
    call('PEXPIRE d 10');
    clock.advance(20);
    expect(effectsOf('SUNIONSTORE d a').events).toEqual(['expired d', 'new d', 'sunionstore d']);
  });
});

describe('a set command that runs out of memory', () => {
  it.each([
    'SADD s y',
    'SADD s 1 y z',
    'SADD n y z',
    'SADD one 2 y 3 z',
    'SMOVE s one x',
    'SMOVE s n x',
    'SPOP big 55',
    'SUNIONSTORE string s one',
    'SUNION s one',
    'SDIFFSTORE s big one',
  ])('%s changes nothing', (command) => {
    call(`SADD big ${Array.from({ length: 60 }, (_, i) => `m${i}`).join(' ')}`);
    const { arena } = instance.keyspace;
    const digest = digestDataset(instance.keyspace).toString();
    const { used } = arena;
    let refusals = 0;
    // Fail the first allocation, then the second, and so on, until the command succeeds.
    for (let granted = 0; ; granted++) {
      const allocate = arena.allocate.bind(arena);
      let left = granted;
      const spy = vi.spyOn(arena, 'allocate').mockImplementation((bytes) => {
        if (left-- === 0) throw new ArenaFullError('full');
        return allocate(bytes);
      });
      const reply = call(command);
      spy.mockRestore();
      if (!reply.startsWith('-OOM')) break;
      refusals++;
      expect(digestDataset(instance.keyspace).toString()).toBe(digest);
      // An intset that was converted to a table remains one.
      if (!/^SADD one|^SMOVE s one/.test(command)) expect(arena.used).toBe(used);
    }
    expect(refusals).toBeGreaterThan(0);
  });
});

describe('random members', () => {
  it('are distinct if the count is positive, and any member may be among them', () => {
    call(`SADD many ${Array.from({ length: 100 }, (_, i) => `m${i}`).join(' ')}`);
    call(`SADD numbers ${Array.from({ length: 100 }, (_, i) => i).join(' ')}`);
    for (const key of ['many', 'numbers']) {
      for (const count of [1, 10, 33, 34, 60, 99]) {
        const seen = new Set<string>();
        for (let round = 0; round < 400 / count + 20; round++) {
          const drawn = call(`SRANDMEMBER ${key} ${count}`)
            .split('\r\n')
            .filter((_, i) => i > 0 && i % 2 === 0);
          expect(new Set(drawn).size).toBe(count);
          for (const member of drawn) seen.add(member);
        }
        expect(seen.size).toBeGreaterThan(count === 1 ? 90 : 99);
      }
    }
  });

  it('that SPOP returns are removed, and no others, for any count', () => {
    for (const prefix of ['m', '']) {
      for (const count of [1, 5, 50, 83, 84, 99]) {
        const members = Array.from({ length: 100 }, (_, i) => `${prefix}${i}`);
        call(`SADD k ${members.join(' ')}`);
        const taken = call(`SPOP k ${count}`)
          .split('\r\n')
          .filter((_, i) => i > 0 && i % 2 === 0);
        const left = call('SMEMBERS k')
          .split('\r\n')
          .filter((_, i) => i > 0 && i % 2 === 0);
        expect(taken.length).toBe(count);
        expect([...taken, ...left].sort()).toEqual(members.sort());
        call('DEL k');
      }
    }
  });
});

describe('SSCAN', () => {
  it('returns every member that is in the set throughout, whatever is added and removed meanwhile', () => {
    const members = Array.from({ length: 300 }, (_, i) => `stays:${i}`);
    call(`SADD k ${members.join(' ')}`);
    const seen = new Set<string>();
    let cursor = '0';
    let passing = 0;
    do {
      const [next, ...found] = call(`SSCAN k ${cursor} COUNT 7 MATCH stays:*`)
        .split('\r\n')
        .filter((line) => !/^[*$]/.test(line));
      for (const member of found) seen.add(member);
      cursor = next!;
      if (passing < 900) for (let i = 0; i < 30; i++) call(`SADD k passes:${passing++}`);
      else call(`SREM k ${Array.from({ length: 40 }, (_, i) => `passes:${passing - 900 + i}`).join(' ')}`);
    } while (cursor !== '0');
    expect([...seen].sort()).toEqual(members.sort());
  });
});

describe('the memory of sets', () => {
  it.each(['DEL k', 'UNLINK k', 'SPOP k 1000', 'SET k v', 'SDIFFSTORE k none', 'FLUSHALL ASYNC'])(
    'is freed by %s',
    (command) => {
      const { keyspace } = instance;
      call('SET k v');
      const { used } = keyspace.arena;
      for (const prefix of ['', 'm']) {
        call('DEL k');
        call(`SADD k ${Array.from({ length: 700 }, (_, i) => prefix + i).join(' ')}`);
        expect(keyspace.arena.used).toBeGreaterThan(used + 1000);
        if (command === 'FLUSHALL ASYNC') call('COPY k k2');
        call(command);
        keyspace.reclaimer.run(() => false);
        if (command === 'FLUSHALL ASYNC') ['SADD s 1 2 x', 'SADD one 1', 'SET string v'].map(call);
        call('SET k v');
        expect(keyspace.arena.used).toBe(used);
      }
    },
  );
});
