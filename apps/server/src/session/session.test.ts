import { beforeEach, describe, expect, it } from 'vitest';
import { SessionFixture } from '../../test/harness/session-fixture';
import { Arguments } from '../request/arguments';
import { Ending } from './ending';
import { Gate } from './gate';
import type { Block, Session } from './session';

const key = Buffer.from('k');
const channel = Buffer.from('news');

describe('a session', () => {
  let server: SessionFixture;
  const cancelled: Session[] = [];
  const block: Block = { cancel: (session) => void cancelled.push(session) };

  beforeEach(() => {
    server = new SessionFixture();
    cancelled.length = 0;
  });

  /** A session that is part of everything that a session can be part of. */
  function involved(): ReturnType<SessionFixture['open']> {
    const opened = server.open();
    const { session } = opened;
    server.keyspace.changes.watched.watch(session, session.database, key, 0, key.length);
    session.subscribe().add('channels', channel, 0, channel.length);
    server.monitors.add(session);
    session.beginTransaction();
    session.blockBy(block, new Arguments());
    return opened;
  }

  function expectLeft(session: Session): void {
    expect(session.isBlocked).toBe(false);
    expect(cancelled).toEqual([session]);
    expect(session.postponed).toEqual([]);
    expect(session.transaction).toBeNull();
    expect(server.keyspace.changes.watched.count).toBe(0);
    expect(server.pubSub.channels.size).toBe(0);
    expect(server.monitors.isActive).toBe(false);
    expect(server.sessions.size).toBe(0);
  }

  describe('that ends', () => {
    it('now leaves everything at once, before its connection is destroyed', () => {
      const { session, transport } = involved();
      session.end(Ending.now);
      expectLeft(session);
      expect(transport.calls).toEqual(['destroy']);
    });

    it('after the batch leaves when its connection has closed', () => {
      const { session, transport } = involved();
      session.end(Ending.afterBatch);
      expect(session.isClosing).toBe(true);
      expect(transport.calls).toEqual(['destroy']);
      expect(server.pubSub.channels.size).toBe(1);
      session.end(Ending.now);
      expectLeft(session);
    });

    it('after its replies leaves when its connection has closed', () => {
      const { session, transport } = involved();
      session.end(Ending.afterReplies);
      expect(transport.calls).toEqual(['end']);
      expect(server.sessions.size).toBe(1);
      session.end(Ending.now);
      expectLeft(session);
    });

    it('waits for its running requests, and then ends as was said last', () => {
      const { session, transport } = involved();
      session.beginRequests();
      session.end(Ending.afterReplies);
      session.end(Ending.now);
      session.end(Ending.afterReplies);
      expect(session.isClosing).toBe(true);
      expect(transport.calls).toEqual([]);
      expect(server.sessions.size).toBe(1);
      session.endRequests();
      expectLeft(session);
      expect(transport.calls).toEqual(['destroy']);
    });

    it('does so once', () => {
      const { session, transport } = involved();
      session.end(Ending.now);
      session.end(Ending.now);
      session.end(Ending.afterReplies);
      expect(transport.calls).toEqual(['destroy']);
      expect(cancelled).toEqual([session]);
    });

    it('without a client leaves everything, however it ends', () => {
      for (const ending of [Ending.afterReplies, Ending.afterBatch, Ending.now]) {
        const session = server.sessions.open();
        server.monitors.add(session);
        session.end(ending);
        expect(server.sessions.size).toBe(0);
        expect(server.monitors.isActive).toBe(false);
      }
    });

    it('receives no more messages', () => {
      const { session, transport } = involved();
      session.end(Ending.afterBatch);
      server.pubSub.publish(channel, 0, channel.length, key, 0, key.length);
      expect(transport.calls).toEqual(['destroy']);
    });
  });

  describe('that is blocked', () => {
    it('goes on when the owner of the block says so', () => {
      const { session, transport } = server.open();
      session.blockBy(block);
      expect(session.isBlocked).toBe(true);
      session.unblock(block);
      expect(session.isBlocked).toBe(false);
      expect(transport.calls).toEqual(['resume']);
      expect(cancelled).toEqual([]);
    });

    it('stays blocked when another block ends', () => {
      const { session, transport } = server.open();
      session.blockBy(block);
      session.unblock({ cancel() {} });
      expect(session.isBlocked).toBe(true);
      expect(transport.calls).toEqual([]);
    });

    it('does not go on after it has ended', () => {
      const { session, transport } = server.open();
      session.blockBy(block);
      session.end(Ending.now);
      session.unblock(block);
      expect(transport.calls).toEqual(['destroy']);
    });

    it('cannot be blocked twice', () => {
      const { session } = server.open();
      session.blockBy(block);
      expect(() => session.blockBy(block)).toThrow('blocked');
    });

    it('keeps a copy of the request that is executed again, before all others', () => {
      const { session } = server.open();
      const request = new Arguments();
      request.bytes = Buffer.from('SET');
      request.appendSpan(0, 3);
      session.postponed.push(new Arguments());
      session.blockBy(block, request);
      request.bytes.fill(0);
      expect(session.postponed.map((args) => args.count)).toEqual([1, 0]);
      expect(session.postponed[0]!.toLatin1(0)).toBe('SET');
    });
  });

  describe('with messages', () => {
    const publish = (text: string): number => {
      const payload = Buffer.from(text);
      return server.pubSub.publish(channel, 0, channel.length, payload, 0, payload.length);
    };

    it('gets them at once, or behind its reply while they are held', () => {
      const { session, transport } = server.open();
      session.subscribe().add('channels', channel, 0, channel.length);
      publish('1');
      expect(transport.calls).toHaveLength(1);
      session.holdMessages();
      publish('2');
      expect(transport.calls).toHaveLength(1);
      session.unsubscribe();
      session.releaseMessages();
      expect(transport.calls.map((call) => call.at(-3))).toEqual(['1', '2']);
    });

    it('has its limit of output checked with each', () => {
      const checked: Session[] = [];
      server.clientLimits = { check: (session) => void checked.push(session), noteInput() {} };
      const { session } = server.open();
      session.subscribe().add('channels', channel, 0, channel.length);
      publish('1');
      session.holdMessages();
      publish('2');
      session.releaseMessages();
      session.holdMessages();
      session.releaseMessages();
      expect(checked).toEqual([session, session]);
    });
  });

  it('opens its gates with what it does', () => {
    const { session } = server.open();
    expect(session.gate).toBe(0);
    session.beginTransaction();
    session.subscribe().add('patterns', channel, 0, channel.length);
    session.setReplyMode('off');
    expect(session.gate).toBe(Gate.transaction | Gate.subscribed | Gate.silent);
    session.reset();
    expect(session.gate).toBe(0);
    server.config.assign({ requirepass: 'secret' });
    session.reset();
    expect(session.gate).toBe(Gate.authentication);
    expect(server.open().session.isAuthenticated).toBe(false);
    session.setAuthenticated(true);
    expect(session.gate).toBe(0);
  });
});
