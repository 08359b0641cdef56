import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARSED, PROTOCOL_ERROR, ReplyWriter, Request, RequestLimits, RequestParser } from '../src/index';

const installed = spawnSync('redis-server', ['--version']).status === 0;
const PASSWORD = 'secret';
/** A request that both sides answer. When its reply has arrived, everything before it has been processed. */
const SENTINEL = '\r\nECHO sentinel\r\n';

const digits = '1'.repeat(70_000);
/** Lines without an end. If a long line has an end, the answer of Redis depends on the sizes of its reads. */
const endless: string[] = [`*${digits}`, `*1\r\n$${digits}`, digits];
const streams: string[] = [
  ...[
    '*1\r\n\r\n',
    '*1\r\n\n$4\r\n',
    '*1\r\n+4\r\n',
    '*1\r\n:4\r\n',
    '*1\r\n\xff4\r\n',
    '*2\r\n$4\r\nECHO\r\nPING\r\n',
  ],
  ...[
    '*2147483648\r\n',
    '*-0\r\n',
    '*00\r\n',
    '*01\r\n',
    '*+1\r\n',
    '* 1\r\n',
    '*1 \r\n',
    '*\r\n',
    '*\r\r\n',
    '*x\r\n',
  ],
  ...['*9223372036854775807\r\n', '*9223372036854775808\r\n', '*-9223372036854775809\r\n', `*${'9'.repeat(30)}\r\n`],
  ...[
    '*1\r\n$536870913\r\n',
    '*1\r\n$9223372036854775808\r\n',
    '*1\r\n$-0\r\n',
    '*1\r\n$-1\r\n',
    '*1\r\n$\r\n',
    '*1\r\n$4 \r\n',
  ],
  ...['ECHO "a\n', "ECHO 'a\n", 'ECHO "a"b\n', "'PI''NG'\n", 'ECHO "a\\\n', 'ECHO "\\x4\n'],
  // Redis accepts these, or skips them without a reply.
  ...[
    '*0\r\n',
    '*-1\r\n',
    '*-9223372036854775808\r\n',
    '\r\n\n   \r\n',
    '*1\rX$4\rYPINGZZ',
    '*2\r\n$4\r\nECHO\r\n$1\r\nAxx',
  ],
  ...[
    'ECHO "a\\x41\\xzz\\n\\r\\t\\b\\a\\q"\n',
    "ECHO 'a\\'b\\n'\n",
    'ECHO a"b c"\n',
    'ECHO \x0ba\x0bb\n',
    'ECHO ""\n',
    'ECHO "a"\x0b\n',
    'ECHO a\rb\n',
    'ECHO a\\nb\r\r\n',
  ],
];
const unauthenticated: string[] = ['*11\r\n', '*1\r\n$16385\r\n', '*9999999999\r\n', '*1\r\n$536870913\r\n'];

/** Returns our replies to a stream: ECHO replies with its argument, PING with PONG, an error ends the stream. */
function answers(stream: string, restricted: boolean): string {
  const request = new Request();
  const parser = new RequestParser(request, new RequestLimits({ maxArguments: 2 ** 31 - 1 }));
  parser.unauthenticated = restricted;
  const bytes = Buffer.from(stream, 'latin1');
  const reply = new ReplyWriter();
  parser.feed(bytes, 0, bytes.length);
  let outcome = parser.next();
  for (; outcome === PARSED; outcome = parser.next()) {
    if (request.equals(0, 'ping')) reply.simple('PONG');
    else if (request.equals(0, 'echo') && request.count === 2)
      reply.bulk(request.bytes, request.start(1), request.end(1));
    else reply.error("ERR wrong number of arguments for 'echo' command");
  }
  if (outcome === PROTOCOL_ERROR) reply.errorLatin1(`ERR ${parser.error}`);
  return reply.written().toString('latin1');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Sends a stream over a new connection; returns the replies up to the sentinel's reply or the close. */
function ask(port: number, stream: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(stream, 'latin1')));
    socket.on('data', (data) => {
      received += data.toString('latin1');
      if (received.endsWith('$8\r\nsentinel\r\n')) socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(received));
  });
}

describe.skipIf(!installed)('RequestParser beside redis-server (skipped where it is not installed)', () => {
  let server: ChildProcess;
  let directory = '';
  let port = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'resp-codec-'));
    port = await freePort();
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory];
    server = spawn('redis-server', options, { stdio: 'ignore' });
    for (let attempt = 0; attempt < 200; attempt++) {
      if ((await ask(port, SENTINEL).catch(() => '')) !== '') return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('redis-server does not answer');
  });

  afterAll(() => {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(streams)('replies to %j alike', async (stream) => {
    expect(answers(stream + SENTINEL, false)).toBe(await ask(port, stream + SENTINEL));
  });

  it('replies to endless lines alike', async () => {
    for (const stream of endless) expect(answers(stream, false)).toBe(await ask(port, stream));
  });

  it('replies to a client that has not authenticated alike', async () => {
    await ask(port, `CONFIG SET requirepass ${PASSWORD}${SENTINEL}`);
    for (const stream of unauthenticated) expect(answers(stream, true)).toBe(await ask(port, stream));
  });
});
