import { beforeEach, describe, expect, it } from 'vitest';
import { SessionFixture } from '../../test/harness/session-fixture';
import { Arguments } from '../request/arguments';
import { CommandFlagBit } from './command-flags';
import { Ending } from './ending';
import { Pause } from './pause';

describe('a pause', () => {
  let server: SessionFixture;
  let pause: Pause;
  let changes: boolean[];

  beforeEach(() => {
    server = new SessionFixture();
    pause = new Pause(server.clock);
    changes = [];
    pause.onChange = () => void changes.push(pause.isActive);
  });

  it('holds back all commands, or those that write', () => {
    const { session } = server.open();
    expect(pause.holds(session, CommandFlagBit.write)).toBe(false);
    pause.begin('write', 100);
    expect(pause.holds(session, CommandFlagBit.write | CommandFlagBit.fast)).toBe(true);
    expect(pause.holds(session, CommandFlagBit.readonly)).toBe(false);
    pause.begin('all', 200);
    expect(pause.holds(session, CommandFlagBit.readonly)).toBe(true);
  });

  it('holds back nothing of the process itself, which could not wait', () => {
    pause.begin('all', 100);
    expect(pause.holds(server.sessions.open(), CommandFlagBit.write)).toBe(false);
  });

  it('ends by itself, and reports when it begins and ends', () => {
    pause.begin('all', 100);
    server.clock.advance(99);
    expect(pause.isActive).toBe(true);
    server.clock.advance(1);
    expect(pause.isActive).toBe(false);
    expect(changes).toEqual([true, false]);
  });

  it('is never made shorter or weaker by another one', () => {
    const { session } = server.open();
    pause.begin('all', 100);
    pause.begin('write', 50);
    server.clock.advance(60);
    expect(pause.holds(session, CommandFlagBit.readonly)).toBe(true);
    pause.begin('write', 100);
    server.clock.advance(50);
    expect(pause.isActive).toBe(true);
    server.clock.advance(50);
    expect(pause.isActive).toBe(false);
  });

  it('blocks sessions and lets all of them go on, with the request that it held back first', () => {
    const [first, second] = [server.open(), server.open()];
    pause.begin('all', 100);
    pause.block(first.session, new Arguments());
    pause.block(second.session, new Arguments());
    expect(pause.waitingCount).toBe(2);
    expect(first.session.postponed).toHaveLength(1);
    pause.end();
    expect([...first.transport.calls, ...second.transport.calls]).toEqual(['resume', 'resume']);
    expect(pause.waitingCount).toBe(0);
  });

  it('forgets a session that ends meanwhile', () => {
    const { session, transport } = server.open();
    pause.begin('all', 100);
    pause.block(session, new Arguments());
    session.end(Ending.now);
    expect(pause.waitingCount).toBe(0);
    pause.end();
    expect(transport.calls).toEqual(['destroy']);
  });

  it('holds back what it has when it is stopped', () => {
    const { session, transport } = server.open();
    pause.begin('all', 100);
    pause.block(session, new Arguments());
    pause.stop();
    server.clock.advance(1000);
    expect(session.isBlocked).toBe(true);
    expect(transport.calls).toEqual([]);
  });
});
