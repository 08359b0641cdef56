import { beforeEach, describe, expect, it } from 'vitest';
import { createInstance } from '../../test/harness/instance-fixture';
import { commands } from '../commands';
import type { Instance } from '../instance';
import { ManualClock } from '../runtime/clock';
import { InProcessClient } from './in-process-client';

describe('a client of the process itself', () => {
  let instance: Instance;
  let client: InProcessClient;

  beforeEach(() => {
    instance = createInstance(new ManualClock(), commands);
    client = new InProcessClient(instance);
  });

  async function call(...args: string[]): Promise<string> {
    return String(await client.execute(args));
  }

  it('gets a new session with the call behind QUIT, as a client that connects again', async () => {
    await call('SELECT', '3');
    await call('MULTI');
    const id = await call('CLIENT', 'ID');
    expect(await call('QUIT')).toBe('+OK\r\n');
    expect(instance.sessions.size).toBe(0);
    expect(await call('SADD', 's', 'member')).toBe(':1\r\n');
    expect(await call('SRANDMEMBER', 's', '-2')).toBe('*2\r\n$6\r\nmember\r\n$6\r\nmember\r\n');
    expect(await call('CLIENT', 'ID')).not.toBe(id);
    expect(instance.keyspace.databases[0]!.size).toBe(1);
    expect(instance.sessions.size).toBe(1);
  });

  it('waits in a session that ends with the reply', async () => {
    const popped = call('BLPOP', 'k', '0');
    expect(instance.sessions.size).toBe(2);
    await call('RPUSH', 'k', 'x');
    expect(await popped).toBe('*2\r\n$1\r\nk\r\n$1\r\nx\r\n');
    expect(instance.sessions.size).toBe(1);
  });

  it('rejects a call that waits when the server stops', async () => {
    const check = expect(call('BLPOP', 'k', '0')).rejects.toThrow('stopped');
    instance.stop();
    await check;
    client.close();
    expect(instance.sessions.size).toBe(0);
  });

  it('leaves what it watched and queued when it is closed', async () => {
    await call('WATCH', 'k');
    await call('MULTI');
    client.close();
    expect(instance.sessions.size).toBe(0);
    expect(instance.keyspace.changes.watched.count).toBe(0);
  });
});
