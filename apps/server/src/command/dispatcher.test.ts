import { beforeEach, describe, expect, it } from 'vitest';
import { DispatcherFixture, madeUpCommand } from '../../test/harness/dispatcher-fixture';
import { FakeTransport } from '../../test/harness/session-fixture';
import { ReplyError } from '../errors';
import { Gate } from '../session/gate';

const ok = madeUpCommand({ name: 'ok', arity: -1, execute: (_args, reply) => reply.ok() });
const one = madeUpCommand({ name: 'one', arity: 2, execute: (_args, reply) => reply.integer(1) });
const store = madeUpCommand({ name: 'store', flags: ['write', 'denyoom'], execute: (_args, reply) => reply.ok() });
const login = madeUpCommand({ name: 'login', flags: ['no_auth'], execute: (_args, reply) => reply.ok() });
const alone = madeUpCommand({ name: 'alone', flags: ['no_multi'], execute: (_args, reply) => reply.ok() });
const secret = madeUpCommand({
  name: 'secret',
  flags: ['admin'],
  refusal: (session) => (session.name === 'root' ? null : new ReplyError('ERR not for you')),
  execute: (_args, reply) => reply.ok(),
});
const listen = madeUpCommand({
  name: 'listen',
  whileSubscribed: 'messages',
  execute: (_args, reply) => reply.simple('message'),
});
const loud = madeUpCommand({
  name: 'loud',
  execute(_args, reply, call) {
    call.session.setReplyMode('on');
    reply.simple('loud');
  },
});
const begin = madeUpCommand({
  name: 'begin',
  onTransaction: 'acts',
  execute(_args, reply, call) {
    call.session.beginTransaction();
    reply.ok();
  },
});
const drop = madeUpCommand({
  name: 'drop',
  onTransaction: 'ends',
  execute(_args, reply, call) {
    call.session.discardTransaction();
    reply.ok();
  },
});
/** EXEC under another name. */
const commit = madeUpCommand({
  name: 'commit',
  onTransaction: 'executes',
  execute(_args, reply, call) {
    const queue = call.session.transaction?.queue ?? [];
    reply.array(queue.length);
    for (const queued of queue) call.executeQueued(queued);
    call.session.discardTransaction();
  },
});
const container = {
  ...madeUpCommand({ name: 'container', arity: -2, execute() {} }),
  execute: undefined,
  subcommands: [madeUpCommand({ name: 'sub', arity: 2, execute: (_args, reply) => reply.simple('sub') })],
} as never;

describe('The dispatcher', () => {
  let fixture: DispatcherFixture;

  beforeEach(() => {
    fixture = new DispatcherFixture([
      ok,
      one,
      store,
      login,
      alone,
      secret,
      listen,
      loud,
      begin,
      drop,
      commit,
      container,
    ]);
  });

  it('executes a command in any case of its name, and counts it', () => {
    expect(fixture.execute('OK')).toBe('+OK\r\n');
    expect(fixture.execute('oK')).toBe('+OK\r\n');
    expect(fixture.countsOf('ok')).toEqual({ calls: 2, failed: 0, rejected: 0 });
    expect(fixture.session.lastCommand?.name).toBe('ok');
  });

  it('finds subcommands', () => {
    expect(fixture.execute('container', 'SUB')).toBe('+sub\r\n');
    expect(fixture.execute('container', 'none')).toBe("-ERR unknown subcommand 'none'. Try CONTAINER HELP.\r\n");
    expect(fixture.session.lastCommand).toBe(null);
  });

  it('refuses an unknown command, and quotes it up to 128 bytes', () => {
    expect(fixture.execute('none', 'a', 'b')).toBe(
      "-ERR unknown command 'none', with args beginning with: 'a' 'b' \r\n",
    );
    expect(fixture.execute('n'.repeat(200))).toBe(
      `-ERR unknown command '${'n'.repeat(128)}', with args beginning with: \r\n`,
    );
  });

  it('refuses a wrong number of arguments', () => {
    expect(fixture.execute('one')).toBe("-ERR wrong number of arguments for 'one' command\r\n");
    expect(fixture.countsOf('one')).toEqual({ calls: 0, failed: 0, rejected: 1 });
  });

  it('refuses commands before authentication, except for those that serve it', () => {
    fixture.host.config.assign({ requirepass: 'secret' });
    fixture.session.setAuthenticated(false);
    expect(fixture.execute('ok')).toBe('-NOAUTH Authentication required.\r\n');
    expect(fixture.execute('login')).toBe('+OK\r\n');
    expect(fixture.execute('none')).toContain('-ERR unknown command');
  });

  it('asks a command whether the session may use it', () => {
    expect(fixture.execute('secret')).toBe('-ERR not for you\r\n');
    fixture.session.name = 'root';
    expect(fixture.execute('secret')).toBe('+OK\r\n');
  });

  it('closes the connection of a client that speaks HTTP', () => {
    fixture.session.transport = new FakeTransport(1);
    expect(fixture.execute('POST', '/')).toBe('');
    expect(fixture.session.isClosing).toBe(true);
    expect(fixture.logged[0]).toContain('SECURITY ATTACK');
  });

  it('feeds monitors with what was executed, but not with administration', () => {
    fixture.session.name = 'root';
    fixture.gates.set(Gate.monitored, true);
    for (const command of ['ok', 'secret', 'one', 'none']) fixture.execute(command);
    expect(fixture.monitored).toEqual(['ok']);
  });

  describe('with a memory limit', () => {
    beforeEach(() => {
      fixture.gates.set(Gate.memory, true);
      fixture.hasSpace = false;
    });

    it('refuses commands that may need memory when there is none', () => {
      expect(fixture.execute('store')).toBe("-OOM command not allowed when used memory > 'maxmemory'.\r\n");
      expect(fixture.execute('ok')).toBe('+OK\r\n');
      fixture.hasSpace = true;
      expect(fixture.execute('store')).toBe('+OK\r\n');
    });

    it('refuses to queue anything, and a transaction that may need memory as a whole', () => {
      fixture.execute('begin');
      expect(fixture.execute('ok')).toContain('-OOM');
      expect(fixture.execute('drop')).toBe('+OK\r\n');
      fixture.hasSpace = true;
      fixture.execute('begin');
      fixture.execute('store');
      fixture.hasSpace = false;
      expect(fixture.execute('commit')).toBe(
        "-EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.\r\n",
      );
      expect(fixture.session.transaction).toBe(null);
    });

    it('evicts nothing while clients are paused', () => {
      fixture.gates.set(Gate.paused, true);
      expect(fixture.execute('store')).toBe('+OK\r\n');
    });
  });

  describe('while clients are paused', () => {
    it('keeps requests that the pause holds', () => {
      fixture.gates.set(Gate.paused, true);
      fixture.holds = true;
      expect(fixture.execute('ok')).toBe('');
      expect(fixture.execute('none')).toContain('-ERR unknown command');
      expect(fixture.held).toEqual(['ok']);
      fixture.gates.set(Gate.paused, false);
      expect(fixture.execute('ok')).toBe('+OK\r\n');
    });
  });

  describe('in a transaction', () => {
    beforeEach(() => {
      fixture.execute('begin');
    });

    it('queues commands, and the command that executes them does it in order', () => {
      expect(fixture.execute('ok')).toBe('+QUEUED\r\n');
      expect(fixture.execute('one', 'x')).toBe('+QUEUED\r\n');
      expect(fixture.countsOf('ok').calls).toBe(0);
      expect(fixture.execute('commit')).toBe('*2\r\n+OK\r\n:1\r\n');
      expect(fixture.countsOf('ok').calls).toBe(1);
      expect(fixture.execute('ok')).toBe('+OK\r\n');
    });

    it('keeps the arguments of a queued command', () => {
      fixture.execute('one', 'x');
      fixture.execute('ok', 'other bytes');
      expect(fixture.session.transaction!.queue.map((args) => args.toLatin1(1))).toEqual(['x', 'other bytes']);
    });

    it('does not queue what is refused, and marks the transaction', () => {
      expect(fixture.execute('alone')).toBe('-ERR Command not allowed inside a transaction\r\n');
      expect(fixture.session.transaction!.isAborted).toBe(true);
      expect(fixture.session.transaction!.queue).toEqual([]);
    });

    it('discards it when the command that executes it is refused', () => {
      fixture.host.config.assign({ requirepass: 'secret' });
      fixture.session.setAuthenticated(false);
      expect(fixture.execute('commit')).toBe(
        '-EXECABORT Transaction discarded because of: NOAUTH Authentication required.\r\n',
      );
      expect(fixture.session.transaction).toBe(null);
    });
  });

  describe('of a subscribed session', () => {
    beforeEach(() => {
      fixture.session.gate |= Gate.subscribed;
    });

    it('allows few commands in RESP2, and all in RESP3', () => {
      expect(fixture.execute('ok')).toContain("-ERR Can't execute 'ok': only (P|S)SUBSCRIBE");
      expect(fixture.execute('listen')).toBe('+message\r\n');
      fixture.session.protocol = 3;
      expect(fixture.execute('ok')).toBe('+OK\r\n');
    });
  });

  describe('of a session that wants no replies', () => {
    it('executes silently, errors included', () => {
      fixture.session.setReplyMode('off');
      expect(fixture.execute('ok')).toBe('');
      expect(fixture.execute('none')).toBe('');
      expect(fixture.countsOf('ok').calls).toBe(1);
      expect(fixture.statistics.errorReplies).toBe(1);
    });

    it('skips one reply', () => {
      fixture.session.setReplyMode('skip-next');
      expect(fixture.execute('ok')).toBe('');
      expect(fixture.execute('ok')).toBe('+OK\r\n');
    });

    it('sends messages, and the reply of a command that turns replies on', () => {
      fixture.session.setReplyMode('off');
      expect(fixture.execute('listen')).toBe('+message\r\n');
      expect(fixture.execute('loud')).toBe('+loud\r\n');
      expect(fixture.execute('ok')).toBe('+OK\r\n');
    });
  });
});
