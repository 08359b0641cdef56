import { performance } from 'node:perf_hooks';
import type { EventLoop, LoopStatistics } from '@nanoredis/event-loop';
import type { HostMemory } from '@nanoredis/event-loop/memory';
import { Arena } from '@nanoredis/intrusive-ds';
import { CommandStatistics } from './command/command-statistics';
import type { Definition } from './command/define-command';
import { Dispatcher } from './command/dispatcher';
import { CommandRegistry } from './command/registry';
import type { ListenerChanges, LoopDescription, ServerServices } from './command/server-services';
import { SlowCommands } from './command/slow-commands';
import type { Configuration } from './config/configuration';
import { followLazyFree } from './config/follow-lazy-free';
import { followValueLimits } from './config/follow-value-limits';
import { Defragmentation } from './keyspace/defragmentation';
import { Keyspace } from './keyspace/keyspace';
import { ActiveDefrag } from './runtime/active-defrag';
import { BackgroundWork } from './runtime/background-work';
import { Batch } from './runtime/batch';
import type { Clock } from './runtime/clock';
import type { LatencyMonitor } from './runtime/latency-monitor';
import type { Log } from './runtime/log';
import { MemoryLimit } from './runtime/memory-limit';
import { MemoryRelease } from './runtime/memory-release';
import type { Random } from './runtime/random';
import { ServerCron } from './runtime/server-cron';
import { ServerIdentity } from './runtime/server-identity';
import type { SlowLog } from './runtime/slow-log';
import { Statistics } from './runtime/statistics';
import { Traffic } from './runtime/traffic';
import { BlockedClients } from './session/blocked-clients';
import { ClientEviction } from './session/client-eviction';
import { ClientLimits } from './session/client-limits';
import { Credentials } from './session/credentials';
import { Gate, Gates } from './session/gate';
import { Monitors } from './session/monitors';
import { Pause } from './session/pause';
import { KeyNotifications } from './session/pub-sub/key-notifications';
import { PubSub } from './session/pub-sub/pub-sub';
import { Sessions } from './session/sessions';

/** The event loop that serves the clients. */
interface InstanceLoop extends LoopDescription {
  readonly statistics: Pick<LoopStatistics, 'bytesRead' | 'bytesWritten'>;
  readonly shrink: EventLoop['shrink'];
  readonly discardSome: EventLoop['discardSome'];
}

const NO_LOOP: InstanceLoop = {
  backend: 'none',
  reason: 'no sockets',
  statistics: { bytesRead: 0, bytesWritten: 0 },
  shrink: () => {},
  discardSome: () => true,
};

/** What an instance is made of, from outside. */
export interface InstanceOptions {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly definitions: readonly Definition[];
  /** The event loop that serves the clients; left out for an instance without sockets. */
  readonly loop?: InstanceLoop;
  /** The memory of the process, to which empty memory is returned; left out, or null, it is kept. */
  readonly memory?: HostMemory | null;
  /** Ends the server: SHUTDOWN. */
  readonly shutdown: ServerServices['shutdown'];
}

/**
 * One running server: builds its parts and connects them, and has no logic of its own. Several instances share a process;
 * each has data, sessions and statistics of its own.
 */
export class Instance implements ServerServices {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly loop: InstanceLoop;
  readonly shutdown: ServerServices['shutdown'];
  readonly startedAtMs: number;
  readonly startupMemory: number;
  readonly statistics = new Statistics();
  readonly gates = new Gates();
  readonly monitors: Monitors;
  readonly pubSub = new PubSub();
  readonly keyspace: Keyspace;
  readonly memoryLimit: MemoryLimit;
  readonly memoryRelease: MemoryRelease;
  readonly activeDefrag: ActiveDefrag;
  readonly traffic: Traffic;
  readonly identity: ServerIdentity;
  readonly background: BackgroundWork;
  readonly batch: Batch;
  readonly cron: ServerCron;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly pause: Pause;
  readonly blockedClients: BlockedClients;
  readonly clientLimits: ClientLimits;
  readonly clientEviction: ClientEviction;
  readonly registry: CommandRegistry;
  readonly slowLog: SlowLog;
  readonly latency: LatencyMonitor;
  readonly dispatcher: Dispatcher;
  listeners: ListenerChanges | null = null;

  constructor({ config, clock, random, log, definitions, loop = NO_LOOP, memory = null, shutdown }: InstanceOptions) {
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.log = log;
    this.loop = loop;
    this.shutdown = shutdown;
    this.startedAtMs = clock.nowMs();
    const { statistics, gates, pubSub } = this;

    const arena = new Arena({ host: memory });
    const keyspace = new Keyspace(config.values.databases, this.startedAtMs, random, arena);
    this.keyspace = keyspace;
    this.startupMemory = arena.used;
    followLazyFree(config, keyspace.lazyFree);
    followValueLimits(config, keyspace.values);
    new KeyNotifications(pubSub, keyspace.changes, config);

    this.registry = new CommandRegistry(definitions);
    this.credentials = new Credentials(config);
    this.monitors = new Monitors(clock);
    this.monitors.onSent = (monitor) => this.clientLimits.check(monitor);
    this.monitors.onChange = () => gates.set(Gate.monitored, this.monitors.isActive);
    this.sessions = new Sessions(this);
    this.pause = new Pause(clock);
    this.pause.onChange = () => {
      gates.set(Gate.paused, this.pause.isActive);
      keyspace.keepsExpired = this.pause.isActive;
    };
    this.blockedClients = new BlockedClients(this);
    this.clientLimits = new ClientLimits(this);
    this.clientEviction = new ClientEviction(this);

    this.memoryLimit = new MemoryLimit(keyspace, config);
    config.follow(['maxmemory'], () => gates.set(Gate.memory, this.memoryLimit.isOn));
    this.memoryRelease = new MemoryRelease(arena, loop, memory, () => performance.now());
    const defragmentation = new Defragmentation(keyspace);
    this.activeDefrag = new ActiveDefrag(defragmentation, arena, config, log, () => performance.now());
    this.activeDefrag.isBlocked = () => keyspace.snapshot !== null;
    const isPaused = (): boolean => this.pause.isActive;
    this.background = new BackgroundWork({
      keyspace,
      memoryLimit: this.memoryLimit,
      memoryRelease: this.memoryRelease,
      config,
      clock,
      log,
      statistics,
      isPaused,
    });
    this.memoryLimit.onUnfinished = () => this.background.continue();

    const slowCommands = new SlowCommands(config, clock);
    this.slowLog = slowCommands.slowLog;
    this.latency = slowCommands.latency;
    this.dispatcher = new Dispatcher({
      config,
      keyspace,
      registry: this.registry,
      gates,
      memoryLimit: this.memoryLimit,
      commandStatistics: new CommandStatistics(config),
      slowCommands,
      statistics,
      log,
      monitors: this.monitors,
      pause: this.pause,
      blockedClients: this.blockedClients,
      server: this,
    });

    this.identity = new ServerIdentity(random);
    this.traffic = new Traffic(loop.statistics);
    this.batch = new Batch(clock, keyspace, () => this.dispatcher.endBatch());
    this.cron = new ServerCron({
      clock,
      log,
      keyspace,
      batch: this.batch,
      background: this.background,
      statistics,
      traffic: this.traffic,
      countCommands: () => this.registry.countCalls(),
      tasks: [this.clientLimits, this.memoryLimit, this.memoryRelease, this.activeDefrag],
    });
  }

  /** Stops background work, and ends what clients wait for. */
  stop(): void {
    this.background.stop();
    this.activeDefrag.stop();
    this.pause.stop();
    this.blockedClients.stop();
  }
}
