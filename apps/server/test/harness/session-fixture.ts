import type { SharedOutput } from '@nanoredis/event-loop';
import { Configuration } from '../../src/config';
import { ManualClock } from '../../src/runtime/clock';
import { Statistics } from '../../src/runtime/statistics';
import { Monitors } from '../../src/session/monitors';
import { PubSub } from '../../src/session/pub-sub/pub-sub';
import type { Session } from '../../src/session/session';
import { Sessions } from '../../src/session/sessions';
import type { Transport } from '../../src/session/transport';
import { KeyspaceFixture } from './keyspace-fixture';

/** A client that keeps what its session does to it. */
export class FakeTransport implements Transport {
  readonly isLocal = true;
  readonly isUnix = false;
  readonly fd = -1;
  readonly remoteAddress: string;
  readonly localAddress = '127.0.0.1:6379';
  isOpen = true;
  queuedBytes = 0;
  bufferedBytes = 0;
  requestBytes = 0;
  freeRequestBytes = 0;
  /** `write …`, `end`, `destroy` and `resume`, in order. */
  readonly calls: string[] = [];

  constructor(id: number) {
    this.remoteAddress = `127.0.0.1:${50_000 + id}`;
  }

  write(bytes: Uint8Array): void {
    this.calls.push(`write ${Buffer.from(bytes).toString('latin1')}`);
  }

  writeShared({ bytes, start, end }: SharedOutput): void {
    this.write(bytes.subarray(start, end));
  }

  end(): void {
    this.calls.push('end');
  }

  destroy(): void {
    this.calls.push('destroy');
  }

  resume(): void {
    this.calls.push('resume');
  }
}

/** What sessions need of a server, without commands and sockets. */
export class SessionFixture {
  readonly clock = new ManualClock();
  readonly config = new Configuration();
  readonly statistics = new Statistics();
  readonly keyspace = new KeyspaceFixture().keyspace;
  readonly pubSub = new PubSub();
  readonly monitors = new Monitors(this.clock);
  /** Lines of the log. */
  readonly lines: string[] = [];
  readonly log = { write: (_level: string, message: string) => void this.lines.push(message) };
  clientLimits: { check(session: Session): void; noteInput(bytes: number): void } = { check() {}, noteInput() {} };
  clientEviction: { check(session: Session): void; forget(session: Session): void } = { check() {}, forget() {} };
  readonly sessions: Sessions = new Sessions(this);

  /** A session with a client. */
  open(): { session: Session; transport: FakeTransport } {
    const session = this.sessions.open();
    const transport = new FakeTransport(session.id);
    session.transport = transport;
    return { session, transport };
  }
}
