import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeRequest } from '../harness/command-line';
import { SUBJECT_IS_REAL, startOurServer } from '../harness/our-server';
import { CLOSED_MARK, RawClient } from '../harness/raw-client';
import type { ComparedServer } from '../harness/real-server';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';

const secret = 'only-the-control-connection-has-this';
const commands = [
  'SET k v',
  'GET k',
  'APPEND k xyz',
  'INCRBYFLOAT n 1.5',
  'MSET a 1 b 2',
  'SETRANGE k 100 x',
  'BITFIELD k SET u8 0 255 GET i5 3',
  'LCS k a IDX',
  'SCAN 0 MATCH * COUNT 10',
  'CLIENT LIST',
  'CLIENT SETNAME x',
  'HELLO 3',
  'HELLO 2',
  'COMMAND DOCS get',
  'OBJECT ENCODING k',
  'MULTI',
  'EXEC',
  'WATCH k',
  'RESET',
  'INFO',
  'CONFIG GET *',
  'DEBUG PROTOCOL map',
  'SELECT 3',
  'COPY k j',
  'EXPIRE k 100',
  'QUIT',
  'CLIENT REPLY OFF',
  'SLOWLOG GET',
];

const valid = fc.constantFrom(...commands).map(encodeRequest);
const mutated = fc
  .tuple(valid, fc.array(fc.tuple(fc.nat(200), fc.nat(255), fc.nat(2)), { minLength: 1, maxLength: 4 }))
  .map(([bytes, changes]) => {
    let out = Buffer.from(bytes);
    for (const [place, byte, kind] of changes) {
      const at = place % (out.length + 1);
      const middle = kind === 2 ? Buffer.alloc(0) : Buffer.from([byte]);
      out = Buffer.concat([out.subarray(0, at), middle, out.subarray(kind === 1 ? at : at + 1)]);
    }
    return out;
  });
const headers = fc
  .tuple(
    fc.constantFrom('*', '$', '*1\r\n$', '*3\r\n$3\r\nSET\r\n$'),
    fc.constantFrom('-1', '0', '1', '99999', '536870912', '4294967296', '1e3', ''),
  )
  .map(([start, count]) => Buffer.from(`${start}${count}\r\n`));
const hostile = fc.oneof(
  { weight: 3, arbitrary: valid },
  { weight: 4, arbitrary: mutated },
  { weight: 2, arbitrary: headers },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 100, unit: 'binary' }).map((text) => Buffer.from(`${text}\r\n`)) },
);
const script = fc.array(fc.tuple(fc.nat(3), hostile), { minLength: 1, maxLength: 60 });

describe('hostile bytes', () => {
  let server: ComparedServer;
  let control: RawClient;

  beforeAll(async () => {
    server = await startOurServer();
    control = await RawClient.open(server.address);
  });
  afterAll(async () => {
    control.close();
    await server.stop();
  });

  it('never end the server, nor mix the replies of connections', { timeout: 60_000 }, async () => {
    let round = 0;
    await holdsFor(5000, script, async (steps) => {
      const attackers = await Promise.all([0, 1, 2, 3].map(() => RawClient.open(server.address)));
      for (const [who, bytes] of steps) {
        attackers[who]!.write(bytes);
        if (round++ % 8 === 0) {
          const token = `${secret}-${round}`;
          expect((await control.call(['ECHO', token])).toString()).toBe(`$${token.length}\r\n${token}\r\n`);
        }
      }
      const seen = await Promise.all(attackers.map((attacker) => attacker.drain(5)));
      for (const attacker of attackers) attacker.close();
      for (const { bytes } of seen) expect(bytes.includes(secret), escapeBytes(bytes)).toBe(false);
      expect((await control.call('PING')).toString()).toBe('+PONG\r\n');
    });
  });

  it('leave no connection behind', async () => {
    await expect
      .poll(async () => (await control.call('INFO clients')).toString(), { timeout: 3000 })
      .toMatch(/connected_clients:1\r\n/);
  });

  it.skipIf(SUBJECT_IS_REAL)(
    'cost bounded memory when a request is announced and never sent',
    { timeout: 20_000 },
    async () => {
      const before = process.memoryUsage.rss();
      const announcers = await Promise.all(Array.from({ length: 50 }, () => RawClient.open(server.address)));
      for (const client of announcers) client.write('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$500000000\r\nabc');
      expect((await control.call('PING')).toString()).toBe('+PONG\r\n');
      for (const client of announcers) client.write('*1048576\r\n');
      expect((await control.call('PING')).toString()).toBe('+PONG\r\n');
      expect(process.memoryUsage.rss() - before).toBeLessThan(256 << 20);
      for (const client of announcers) client.close();
    },
  );

  it('do no harm when a client disconnects in the middle of a reply', async () => {
    expect((await control.call(['SET', 'big', Buffer.alloc(4 << 20, 'x')])).toString()).toBe('+OK\r\n');
    for (let i = 0; i < 10; i++) {
      const client = await RawClient.open(server.address);
      client.write('GET big\r\nGET big\r\n');
      await new Promise((resolve) => client.socket.once('data', resolve));
      client.socket.resetAndDestroy();
    }
    expect((await control.call('STRLEN big')).toString()).toBe(`:${4 << 20}\r\n`);
    expect(await control.call('DEL big')).not.toBe(CLOSED_MARK);
  });
});
