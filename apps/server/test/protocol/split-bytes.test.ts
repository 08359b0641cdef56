import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeRequest } from '../harness/command-line';
import { describeWithOracle, useBothServers } from '../harness/oracle-cases';
import type { Side } from '../harness/oracle-run';
import { CLOSED_MARK, SILENCE_MARK } from '../harness/raw-client';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';

const request = fc.oneof(
  fc
    .constantFrom('PING\r\n', '\r\n', 'SET k "a b"\r\n', 'GET k\n', '*0\r\n', 'FOO a\r\n')
    .map((line) => Buffer.from(line)),
  fc.uint8Array({ maxLength: 40 }).map((value) => encodeRequest(['SET', 'k', Buffer.from(value)])),
  fc.nat(40_000).map((length) => encodeRequest(['ECHO', 'e'.repeat(length)])),
  fc.constantFrom('GET k', 'APPEND k x', 'STRLEN k', 'GET', 'MULTI', 'EXEC', 'INCR n').map(encodeRequest),
);

/** Sends the pieces one by one, each in a packet of its own as far as the kernel allows, and reads all replies. */
async function exchange(side: Side, pieces: readonly Buffer[], end: string): Promise<Buffer> {
  await side.begin();
  const client = await side.client('main', 2);
  for (const piece of pieces) {
    client.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  // RESET ends a transaction that the stream may have left open, which would queue the ECHO.
  client.write(Buffer.concat([encodeRequest('RESET'), encodeRequest(['ECHO', end])]));
  const replies: Buffer[] = [];
  for (;;) {
    const reply = await client.next();
    replies.push(reply);
    if (reply.includes(end) || reply === CLOSED_MARK || reply === SILENCE_MARK) break;
  }
  await side.finish();
  return Buffer.concat(replies);
}

describeWithOracle('a stream of requests, cut anywhere', () => {
  const servers = useBothServers();

  it('gets the same replies as from redis-server', { timeout: 30_000 }, async () => {
    const requests = fc.array(request, { minLength: 1, maxLength: 25 });
    const cuts = fc.array(fc.nat(200_000), { maxLength: 30 });
    await holdsFor(2500, fc.tuple(requests, cuts), async ([sent, places]) => {
      const stream = Buffer.concat(sent);
      const edges = [0, ...places.map((place) => place % (stream.length + 1)).sort((a, b) => a - b), stream.length];
      const pieces = edges.slice(1).map((edge, i) => stream.subarray(edges[i], edge));
      const [expected, actual] = await Promise.all([
        exchange(servers.oracle, [stream], 'the-end-of-this-stream'),
        exchange(servers.subject, pieces, 'the-end-of-this-stream'),
      ]);
      expect(escapeBytes(actual, 4000)).toBe(escapeBytes(expected, 4000));
      expect(actual.equals(expected)).toBe(true);
    });
  });
});
