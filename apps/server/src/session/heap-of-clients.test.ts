import { beforeEach, describe, expect, it } from 'vitest';
import { SessionFixture } from '../../test/harness/session-fixture';
import { Arguments } from '../request/arguments';
import { ClientEviction } from './client-eviction';
import { Ending } from './ending';
import type { Session } from './session';

describe('what clients keep in the heap', () => {
  let server: SessionFixture;
  let eviction: ClientEviction;

  beforeEach(() => {
    server = new SessionFixture();
    eviction = new ClientEviction(server, 100_000);
    server.clientEviction = eviction;
  });

  function subscribe(session: Session, count: number): void {
    for (let i = 0; i < count; i++) {
      const name = Buffer.from(`${session.id}:${i}`);
      session.subscribe().add('channels', name, 0, name.length);
    }
  }

  function watch(session: Session, count: number): void {
    for (let i = 0; i < count; i++) {
      const key = Buffer.from(`${i}`);
      server.keyspace.changes.watched.watch(session, session.database, key, 0, key.length);
    }
  }

  function queue(session: Session, count: number): void {
    const transaction = session.beginTransaction();
    for (let i = 0; i < count; i++) transaction.enqueue(new Arguments(), 0);
  }

  it.each([
    ['subscriptions', subscribe],
    ['watched keys', watch],
    ['queued commands', queue],
  ])('is limited for %s: the client with most of them ends', (_kind, hold) => {
    const [few, many] = [server.open(), server.open()];
    hold(few.session, 80);
    hold(many.session, 100);
    eviction.check(few.session);
    eviction.check(many.session);
    expect(server.statistics.evictedClients).toBe(0);
    many.session.isNoEvict = true;
    const { session } = server.open();
    hold(session, 60);
    eviction.check(session);
    expect([few.session, many.session, session].map(({ isClosing }) => isClosing)).toEqual([false, true, false]);
    expect(server.statistics.evictedClients).toBe(1);
  });

  it('is free again when the client drops it or ends', () => {
    const { session } = server.open();
    for (let round = 0; round < 5; round++) {
      subscribe(session, 150);
      eviction.check(session);
      session.unsubscribe();
      eviction.check(session);
      const other = server.open();
      subscribe(other.session, 150);
      eviction.check(other.session);
      other.session.end(Ending.now);
    }
    expect(server.statistics.evictedClients).toBe(0);
  });
});
