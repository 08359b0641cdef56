import { beforeEach, describe, expect, it } from 'vitest';
import { SessionFixture } from '../../test/harness/session-fixture';
import { Arguments } from '../request/arguments';
import { Ending } from './ending';
import type { Monitors } from './monitors';

function request(...parts: string[]): Arguments {
  const args = new Arguments();
  args.bytes = Buffer.from(parts.join(''), 'latin1');
  let at = 0;
  for (const part of parts) {
    args.appendSpan(at, at + part.length);
    at += part.length;
  }
  return args;
}

describe('monitors', () => {
  let server: SessionFixture;
  let monitors: Monitors;
  let changes: boolean[];

  beforeEach(() => {
    server = new SessionFixture();
    monitors = server.monitors;
    changes = [];
    monitors.onChange = () => void changes.push(monitors.isActive);
  });

  it('get a line for a command: time, database, client and arguments', () => {
    const [monitor, client] = [server.open(), server.open()];
    monitors.add(monitor.session);
    server.clock.advance(1.5);
    client.session.database = server.keyspace.databases[1]!;
    monitors.feed(client.session, request('SET', 'k"', '\0'), []);
    const ms = server.clock.nowMs();
    const time = `${Math.floor(ms / 1000)}.${String(Math.floor(ms * 1000) % 1e6).padStart(6, '0')}`;
    const line = `write +${time} [1 ${client.transport.remoteAddress}] "SET" "k\\"" "\\x00"\r\n`;
    expect(monitor.transport.calls).toEqual([line]);
  });

  it('see no secrets, and name clients of the process itself as Redis names its scripts', () => {
    const { session, transport } = server.open();
    monitors.add(session);
    monitors.feed(server.sessions.open(), request('AUTH', 'user', 'password'), [2]);
    expect(transport.calls[0]).toMatch(/ \[0 lua\] "AUTH" "user" "\(redacted\)"\r\n$/);
  });

  it('get a long line in pieces, and no more of it once one is over its limit', () => {
    const [limited, other] = [server.open(), server.open()];
    monitors.add(limited.session);
    monitors.add(other.session);
    let checks = 0;
    monitors.onSent = (monitor) => {
      if (monitor === limited.session && ++checks === 3) monitor.end(Ending.afterBatch);
    };
    monitors.feed(server.open().session, request('SET', 'k', '\0'.repeat(100_000)), []);
    expect(limited.transport.calls.map((call) => call.slice(0, 7))).toEqual([
      'write +',
      'write \\',
      'write \\',
      'destroy',
    ]);
    const text = other.transport.calls.map((call) => call.slice('write '.length)).join('');
    expect(text.slice(text.indexOf(']'))).toBe(`] "SET" "k" "${'\\x00'.repeat(100_000)}"\r\n`);
  });

  it('report the first that comes and the last that goes', () => {
    const [first, second] = [server.open(), server.open()];
    monitors.add(first.session);
    monitors.add(second.session);
    monitors.remove(first.session);
    monitors.remove(first.session);
    expect(changes).toEqual([true]);
    monitors.remove(second.session);
    expect(changes).toEqual([true, false]);
  });

  it('are fed no more once they end', () => {
    const [leaving, killed] = [server.open(), server.open()];
    monitors.add(leaving.session);
    monitors.add(killed.session);
    leaving.session.end(Ending.afterReplies);
    killed.session.end(Ending.now);
    monitors.feed(server.open().session, request('PING'), []);
    expect(leaving.transport.calls).toEqual(['end']);
    expect(killed.transport.calls).toEqual(['destroy']);
    leaving.session.end(Ending.now);
    expect(changes).toEqual([true, false]);
  });
});
