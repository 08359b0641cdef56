import { beforeEach, describe, expect, it } from 'vitest';
import { DispatcherFixture, madeUpCommand } from '../../test/harness/dispatcher-fixture';
import { ReplyError } from '../errors';
import { Arguments } from '../request/arguments';
import { Reply } from '../request/reply';
import { Gate } from '../session/gate';
import type { Invocation } from './invocation';

/** The arguments from `first` on as a request of their own. */
function rest(args: Arguments, first: number): Arguments {
  const request = new Arguments();
  request.bytes = args.bytes;
  for (let i = first; i < args.count; i++) request.appendSpan(args.start(i), args.end(i));
  return request;
}

/** What each call saw, outermost first. */
let seen: { mayBlock: boolean; depth: number; database: number }[] = [];

function depthOf(call: Invocation): number {
  return call.outer === null ? 0 : 1 + depthOf(call.outer);
}

const look = madeUpCommand({
  name: 'look',
  execute(_args, reply, call) {
    seen.push({ mayBlock: call.mayBlock, depth: depthOf(call), database: call.database.index });
    reply.ok();
  },
});

const pair = madeUpCommand({
  name: 'pair',
  execute(_args, reply) {
    reply.map(1);
    reply.bulkString('key');
    reply.integer(7);
  },
});

const long = madeUpCommand({
  name: 'long',
  execute(_args, reply) {
    const bytes = Buffer.alloc(100_000, 'x');
    reply.bulk(bytes, 0, bytes.length);
  },
});

const fail = madeUpCommand({
  name: 'fail',
  execute() {
    throw new ReplyError('ERR failed on purpose');
  },
});

const bug = madeUpCommand({
  name: 'bug',
  execute() {
    throw new TypeError('a bug');
  },
});

const select = madeUpCommand({
  name: 'select',
  execute(args, reply, call) {
    call.session.database = call.keyspace.databases[args.requireInteger(1)]!;
    reply.ok();
  },
});

const write = madeUpCommand({ name: 'write', flags: ['denyoom'], arity: 1, execute: (_args, reply) => reply.ok() });
const forClients = madeUpCommand({ name: 'forclients', flags: ['noscript'], execute: (_args, reply) => reply.ok() });

/** Executes the command behind its name, reads the reply, and replies how long it was and what it was. */
const within = madeUpCommand({
  name: 'within',
  execute(args, reply, call) {
    const inner = new Reply();
    inner.protocol = 3;
    const { session, database } = call;
    call.execute(rest(args, 1), inner);
    if (call.session !== session || call.database !== database || call.reply !== reply)
      throw new Error('the call has changed');
    reply.array(2);
    reply.integer(inner.position);
    reply.bulk(inner.bytes, 0, inner.position);
  },
});

/** Executes the commands behind its name, which are separated by `;`, for the client. */
const transaction = madeUpCommand({
  name: 'transaction',
  execute(args, reply, call) {
    reply.array(args.toLatin1(1).length);
    for (const name of args.toLatin1(1).split('')) {
      const request = new Arguments();
      const word = { l: 'look', f: 'fail', p: 'pair' }[name]!;
      request.bytes = Buffer.from(word);
      request.appendSpan(0, word.length);
      call.executeQueued(request);
    }
  },
});

describe('A call within a call', () => {
  let fixture: DispatcherFixture;

  beforeEach(() => {
    seen = [];
    fixture = new DispatcherFixture([look, pair, long, fail, bug, select, write, forClients, within, transaction]);
  });

  it('writes its reply where the calling command reads it, and not to the client', () => {
    expect(fixture.execute('within', 'look')).toBe('*2\r\n:5\r\n$5\r\n+OK\r\n\r\n');
  });

  it('replies in the protocol that the calling command reads, whatever the client reads', () => {
    fixture.session.protocol = 2;
    expect(fixture.execute('within', 'pair')).toContain('%1\r\n$3\r\nkey\r\n:7\r\n');
    expect(fixture.execute('pair')).toBe('*2\r\n$3\r\nkey\r\n:7\r\n');
    fixture.session.protocol = 3;
    expect(fixture.execute('pair')).toBe('%1\r\n$3\r\nkey\r\n:7\r\n');
  });

  it('may reply more than a buffer holds', () => {
    expect(fixture.execute('within', 'long')).toContain(`:${'$100000\r\n'.length + 100_002}\r\n`);
  });

  it('may be nested as deep as the commands like, and only the outermost call may block', () => {
    fixture.execute('within', 'within', 'within', 'look');
    fixture.execute('look');
    expect(seen).toEqual([
      { mayBlock: false, depth: 3, database: 0 },
      { mayBlock: true, depth: 0, database: 0 },
    ]);
  });

  it('reuses one invocation for each level', () => {
    const calls = new Set<Invocation>();
    const keep = madeUpCommand({
      name: 'keep',
      execute(_args, reply, call) {
        calls.add(call);
        reply.ok();
      },
    });
    fixture = new DispatcherFixture([within, keep]);
    for (let i = 0; i < 3; i++) fixture.execute('within', 'keep');
    for (let i = 0; i < 3; i++) fixture.execute('within', 'within', 'keep');
    fixture.execute('keep');
    expect(calls.size).toBe(3);
  });

  it('has the database that the session has selected by then', () => {
    fixture.execute('within', 'select', '1');
    fixture.execute('within', 'look');
    expect(seen.map(({ database }) => database)).toEqual([1]);
  });

  it('fails by itself: its error is not one of the calling command', () => {
    expect(fixture.execute('within', 'fail')).toBe('*2\r\n:24\r\n$24\r\n-ERR failed on purpose\r\n\r\n');
    expect(fixture.countsOf('fail')).toEqual({ calls: 1, failed: 1, rejected: 0 });
    expect(fixture.countsOf('within')).toEqual({ calls: 1, failed: 0, rejected: 0 });
  });

  it('with a fault replies an error to the calling command, which goes on', () => {
    expect(fixture.execute('within', 'bug')).toContain('-ERR internal error');
    expect(fixture.logged[0]).toMatch(/^Internal error, a command failed: TypeError: a bug/);
    expect(fixture.countsOf('bug').failed).toBe(1);
    expect(fixture.countsOf('within').failed).toBe(0);
  });

  it.each([
    ['that does not exist', ['none', 'a'], "-ERR unknown command 'none', with args beginning with: 'a' \r\n"],
    ['with a wrong number of arguments', ['write', 'a'], "-ERR wrong number of arguments for 'write' command\r\n"],
    ['that scripts may not call', ['forclients'], '-ERR This Redis command is not allowed from script\r\n'],
  ])('of a command %s is refused', (_what, words, error) => {
    expect(fixture.execute('within', ...words)).toContain(error);
  });

  it('needs space like any other', () => {
    fixture.gates.set(Gate.memory, true);
    fixture.hasSpace = false;
    expect(fixture.execute('within', 'write')).toContain('-OOM command not allowed');
    expect(fixture.execute('within', 'look')).toContain('+OK');
    expect(fixture.countsOf('write')).toEqual({ calls: 0, failed: 0, rejected: 1 });
  });

  it('is not held back by a pause', () => {
    fixture.gates.set(Gate.paused, true);
    expect(fixture.execute('within', 'look')).toContain('+OK');
  });

  it('is timed by itself', () => {
    fixture.execute('within', 'look');
    fixture.execute('within', 'within', 'look');
    expect(fixture.countsOf('within').calls).toBe(3);
    expect(fixture.countsOf('look').calls).toBe(2);
  });

  it('of which the client wants no reply is executed all the same', () => {
    fixture.session.setReplyMode('off');
    expect(fixture.execute('within', 'look')).toBe('');
    expect(seen).toHaveLength(1);
  });
});

describe('A queued command', () => {
  let fixture: DispatcherFixture;

  beforeEach(() => {
    seen = [];
    fixture = new DispatcherFixture([look, pair, fail, transaction]);
  });

  it('replies to the client, in its protocol', () => {
    expect(fixture.execute('transaction', 'lp')).toBe('*2\r\n+OK\r\n*2\r\n$3\r\nkey\r\n:7\r\n');
    fixture.session.protocol = 3;
    expect(fixture.execute('transaction', 'lp')).toBe('*2\r\n+OK\r\n%1\r\n$3\r\nkey\r\n:7\r\n');
  });

  it('may not block', () => {
    fixture.execute('transaction', 'l');
    expect(seen[0]!.mayBlock).toBe(false);
  });

  it('fails by itself: its error is not one of the command that executes the transaction', () => {
    expect(fixture.execute('transaction', 'flf')).toBe(
      '*3\r\n-ERR failed on purpose\r\n+OK\r\n-ERR failed on purpose\r\n',
    );
    expect(fixture.countsOf('fail').failed).toBe(2);
    expect(fixture.countsOf('transaction').failed).toBe(0);
    expect(fixture.statistics.errorReplies).toBe(2);
  });

  it('is silent while the client wants no replies, and still counts its errors', () => {
    fixture.session.setReplyMode('off');
    expect(fixture.execute('transaction', 'lf')).toBe('');
    expect(fixture.countsOf('fail').failed).toBe(1);
    expect(fixture.statistics.errorReplies).toBe(1);
  });

  it('is shown by MONITOR before the command that executes it', () => {
    fixture.gates.set(Gate.monitored, true);
    fixture.execute('transaction', 'lp');
    expect(fixture.monitored).toEqual(['look', 'pair', 'transaction']);
  });
});
