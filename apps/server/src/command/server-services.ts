import type { Configuration } from '../config/configuration';
import type { ActiveDefrag } from '../runtime/active-defrag';
import type { BackgroundWork } from '../runtime/background-work';
import type { Clock } from '../runtime/clock';
import type { LatencyMonitor } from '../runtime/latency-monitor';
import type { Log } from '../runtime/log';
import type { MemoryLimit } from '../runtime/memory-limit';
import type { MemoryRelease } from '../runtime/memory-release';
import type { Random } from '../runtime/random';
import type { ServerCron } from '../runtime/server-cron';
import type { ServerIdentity } from '../runtime/server-identity';
import type { SlowLog } from '../runtime/slow-log';
import type { Statistics } from '../runtime/statistics';
import type { Traffic } from '../runtime/traffic';
import type { BlockedClients } from '../session/blocked-clients';
import type { ClientLimits } from '../session/client-limits';
import type { Credentials } from '../session/credentials';
import type { Monitors } from '../session/monitors';
import type { Pause } from '../session/pause';
import type { PubSub } from '../session/pub-sub/pub-sub';
import type { Sessions } from '../session/sessions';
import type { CommandCatalog } from './command-catalog';

/** The event loop that serves the clients, as INFO describes it. */
export interface LoopDescription {
  /** `io_uring`, `epoll` or `libuv`; `none` without sockets. */
  readonly backend: string;
  /** Why this backend runs. */
  readonly reason: string;
}

/** Where to listen for TCP. */
export interface ListenPlace {
  readonly port: number;
  readonly bind: readonly string[];
}

/** Opens the sockets that CONFIG SET asks for; see Listeners. */
export interface ListenerChanges {
  /** The place that the last CONFIG SET asked for, if it was refused only because no socket is open there; else null. */
  takeWanted(): ListenPlace | null;
  /** Opens its sockets. Resolves when they are open, or cannot be opened. */
  stage(place: ListenPlace): Promise<void>;
}

/**
 * What a command may ask of its server besides the data. Most commands need none of it; those that do are not on a hot
 * path.
 */
export interface ServerServices {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly registry: CommandCatalog;
  readonly slowLog: SlowLog;
  readonly latency: LatencyMonitor;
  readonly statistics: Statistics;
  readonly traffic: Traffic;
  readonly memoryLimit: MemoryLimit;
  readonly memoryRelease: MemoryRelease;
  readonly activeDefrag: ActiveDefrag;
  readonly background: BackgroundWork;
  readonly cron: ServerCron;
  readonly identity: ServerIdentity;
  readonly loop: LoopDescription;
  readonly sessions: Sessions;
  readonly credentials: Credentials;
  readonly pubSub: PubSub;
  readonly monitors: Monitors;
  readonly pause: Pause;
  readonly blockedClients: BlockedClients;
  readonly clientLimits: ClientLimits;
  /** The time of the start, ms since the epoch. */
  readonly startedAtMs: number;
  /** Bytes of the arena that were in use before there were any data. */
  readonly startupMemory: number;
  /** The sockets of the server; null without any. */
  readonly listeners: ListenerChanges | null;
  /** Ends the server. */
  shutdown(options: { readonly save: boolean | null }): void;
}
