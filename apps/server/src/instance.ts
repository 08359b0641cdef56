import { performance } from 'node:perf_hooks';
import type { EventLoop, LoopStatistics } from '@nanoredis/event-loop';
import type { HostMemory } from '@nanoredis/event-loop/memory';
import { Arena } from '@nanoredis/intrusive-ds';
import type { Listeners } from './clients/listeners';
import type { Command } from './command/command';
import type { Definition } from './command/define-command';
import { Dispatcher } from './command/dispatcher';
import { CommandRegistry } from './command/registry';
import type { Configuration } from './config/configuration';
import { followPackingLimits } from './config/follow-packing-limits';
import { Keyspace } from './keyspace/keyspace';
import type { Arguments } from './request/arguments';
import type { Clock } from './runtime/clock';
import { LatencyMonitor } from './runtime/latency-monitor';
import { type Log, logFailure } from './runtime/log';
import { MemoryLimit } from './runtime/memory-limit';
import { MemoryRelease } from './runtime/memory-release';
import { notifiedClasses } from './runtime/notified-classes';
import type { Random } from './runtime/random';
import { SlowLog } from './runtime/slow-log';
import { Statistics } from './runtime/statistics';
import { BlockedClients } from './session/blocked-clients';
import { ClientEviction } from './session/client-eviction';
import { ClientLimits } from './session/client-limits';
import { Gate } from './session/gate';
import { Monitors } from './session/monitors';
import { Pause } from './session/pause';
import { KeyNotifications } from './session/pub-sub/key-notifications';
import { PubSub } from './session/pub-sub/pub-sub';
import type { Session } from './session/session';
import { Sessions } from './session/sessions';

/** Longest time that one slice of background work takes, in milliseconds: no client waits longer for it. */
const SLICE_MS = 1;

/** What each step of active-expire-effort adds to the time that a slice may spend on keys past their deadline, in milliseconds. */
const EFFORT_MS = 0.25;

/** Weight of what is seen now in the moving average of keys that are past their deadline: that of redis-server. */
const STALE_WEIGHT = 0.05;

/** Slow commands are timed one by one if somebody asks for ones faster than this. */
const EXACT_TIMING_BELOW_MICROSECONDS = 1000;

/** What a server tells of the loop that serves its clients, and asks of it. */
interface LoopFacts {
  readonly backend: string;
  readonly reason: string;
  readonly statistics: Pick<LoopStatistics, 'bytesRead' | 'bytesWritten'>;
  readonly shrink: EventLoop['shrink'];
  readonly discardSome: EventLoop['discardSome'];
}

const NO_LOOP: LoopFacts = {
  backend: 'none',
  reason: 'no sockets',
  statistics: { bytesRead: 0, bytesWritten: 0 },
  shrink: () => {},
  discardSome: () => true,
};

/** What a server is made of, from outside. */
export interface InstanceOptions {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly definitions: readonly Definition[];
  /** The loop that serves the clients, which INFO tells of; left out where there are no sockets. */
  readonly loop?: LoopFacts;
  /** The memory of the process, which what is empty goes back to; left out, or null, it stays. */
  readonly memory?: HostMemory | null;
  /** Ends the server: SHUTDOWN. */
  readonly shutdown: (options: { readonly save: boolean | null }) => void;
}

/**
 * One running server: its data, its sessions, its statistics, and whatever else a command may ask for. Several of them
 * live in one process without knowing of each other, so nothing here is global.
 */
export class Instance {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly keyspace: Keyspace;
  readonly registry: CommandRegistry;
  readonly dispatcher: Dispatcher;
  readonly statistics = new Statistics();
  readonly slowLog = new SlowLog();
  readonly latency = new LatencyMonitor();
  readonly monitors: Monitors;
  readonly pubSub = new PubSub();
  readonly pause: Pause;
  readonly blockedClients: BlockedClients;
  readonly clientLimits: ClientLimits;
  readonly clientEviction: ClientEviction;
  readonly memoryLimit: MemoryLimit;
  readonly memoryRelease: MemoryRelease;
  readonly loop: LoopFacts;
  readonly sessions: Sessions = new Sessions(this);
  /** 40 hexadecimal digits that name this run of the server. */
  readonly runId: string;
  /** 40 hexadecimal digits that name this history of the data; DEBUG CHANGE-REPL-ID begins another. */
  replicationId: string;
  readonly startedAtMs: number;
  /** Bytes of the arena that were in use before there were any data. */
  readonly startupMemory: number;
  readonly shutdown: InstanceOptions['shutdown'];
  /** Gate bits that hold for all sessions. */
  gate = 0;
  /** The default user has a password. */
  requiresPassword = false;
  /** Longest string that a command may make, in bytes: proto-max-bulk-len. */
  maxStringBytes = 0;
  /** DEBUG SET-ACTIVE-EXPIRE. */
  expiresActively = true;
  /** Where it listens; null for one without sockets. */
  listeners: Pick<Listeners, 'takeWanted' | 'stage'> | null = null;
  /** DEBUG PAUSE-CRON. */
  isCronPaused = false;
  /** The background work sleeps, because nothing happened: whatever comes in has to call `onActivity`. */
  isAsleep = false;
  /** Told that a sleeping server has something to do again. */
  onActivity: () => void = () => {};
  #inputBytesBefore = 0;
  #outputBytesBefore = 0;
  #isInBatch = false;
  /** Something has come in since the last `cron`. */
  #wasActive = false;
  #continuation: NodeJS.Immediate | null = null;

  constructor(options: InstanceOptions) {
    this.config = options.config;
    this.clock = options.clock;
    this.random = options.random;
    this.log = options.log;
    this.loop = options.loop ?? NO_LOOP;
    this.shutdown = options.shutdown;
    this.startedAtMs = this.clock.nowMs();
    const memory = options.memory ?? null;
    const arena = new Arena({ host: memory });
    this.keyspace = new Keyspace(this.config.values.databases, this.startedAtMs, () => this.random.nextUint32(), arena);
    this.memoryRelease = new MemoryRelease(arena, this.loop, memory, () => performance.now());
    this.memoryLimit = new MemoryLimit(this.keyspace, this.config);
    this.memoryLimit.onUnfinished = () => this.#workOn();
    this.registry = new CommandRegistry(options.definitions);
    this.dispatcher = new Dispatcher(this.keyspace, this);
    this.monitors = new Monitors(this.clock);
    this.monitors.onChange = () => this.updateGate();
    this.pause = new Pause(this.clock);
    this.pause.onChange = () => this.updateGate();
    this.blockedClients = new BlockedClients(this);
    this.clientLimits = new ClientLimits(this);
    this.clientEviction = new ClientEviction(this);
    this.runId = this.newRunId();
    this.replicationId = this.newRunId();
    this.startupMemory = this.keyspace.arena.used;
    this.config.follow(['maxmemory'], () => this.updateGate());
    this.config.follow(['requirepass'], () => {
      this.requiresPassword = this.config.values.requirepass !== '';
    });
    this.config.follow(['proto-max-bulk-len'], () => {
      this.maxStringBytes = this.config.values['proto-max-bulk-len'];
    });
    const notifications = new KeyNotifications(this.pubSub);
    this.keyspace.changes.onEvent = (event, database, key, start, end) => {
      notifications.publish(event, database, key, start, end);
    };
    this.config.follow(['notify-keyspace-events'], (values) => {
      notifications.options = values['notify-keyspace-events'];
      this.#updateNotifiedClasses();
    });
    this.pubSub.onSubscribersChange = () => this.#updateNotifiedClasses();
    this.config.follow(
      ['lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lazyfree-lazy-server-del', 'lazyfree-lazy-user-del'],
      ({
        'lazyfree-lazy-eviction': eviction,
        'lazyfree-lazy-expire': expire,
        'lazyfree-lazy-server-del': serverDelete,
        'lazyfree-lazy-user-del': userDelete,
      }) => {
        Object.assign(this.keyspace.lazyFree, { eviction, expire, serverDelete, userDelete });
      },
    );
    followPackingLimits(this.config, this.keyspace.values.limits);
    this.config.follow(['latency-tracking'], (values) => {
      this.dispatcher.tracksLatency = values['latency-tracking'];
    });
    this.config.follow(['slowlog-log-slower-than', 'latency-monitor-threshold'], () => {
      const slow = this.config.values['slowlog-log-slower-than'];
      const spikes = this.config.values['latency-monitor-threshold'] * 1000;
      this.dispatcher.timesExactly =
        (slow >= 0 && slow < EXACT_TIMING_BELOW_MICROSECONDS) ||
        (spikes > 0 && spikes < EXACT_TIMING_BELOW_MICROSECONDS);
    });
  }

  /** 40 random hexadecimal digits. */
  newRunId(): string {
    let id = '';
    while (id.length < 40) id += this.random.nextUint32().toString(16).padStart(8, '0');
    return id;
  }

  /** Brings `gate` up to date after monitors, the pause or the memory limit have changed. */
  updateGate(): void {
    this.gate =
      (this.monitors.isActive ? Gate.monitored : 0) |
      (this.pause.isActive ? Gate.paused : 0) |
      (this.memoryLimit.isOn ? Gate.memory : 0);
  }

  /** Begins a batch if none is open: the keyspace's time is now, and stands still until the batch ends. */
  beginBatch(): void {
    if (this.#isInBatch) return;
    this.#isInBatch = true;
    this.#wasActive = true;
    if (this.isAsleep) {
      this.isAsleep = false;
      this.onActivity();
    }
    this.keyspace.setTime(this.clock.nowMs());
  }

  /** Ends the batch: everything is executed, and no reply has left. */
  endBatch(): void {
    if (!this.#isInBatch) return;
    this.#isInBatch = false;
    this.dispatcher.endBatch();
  }

  /** Bytes received since the start or the last `resetStatistics`. */
  inputBytes(): number {
    return this.loop.statistics.bytesRead - this.#inputBytesBefore;
  }

  /** Bytes sent since the start or the last `resetStatistics`. */
  outputBytes(): number {
    return this.loop.statistics.bytesWritten - this.#outputBytesBefore;
  }

  /** Commands executed since the start or the last `resetStatistics`. O(commands that exist). */
  commandsProcessed(): number {
    let calls = 0;
    this.registry.forEach((command) => {
      calls += command.calls;
    });
    return calls;
  }

  /** Sets back what CONFIG RESETSTAT sets back. */
  resetStatistics(): void {
    this.#inputBytesBefore = this.loop.statistics.bytesRead;
    this.#outputBytesBefore = this.loop.statistics.bytesWritten;
    this.statistics.reset();
    this.keyspace.hits = 0;
    this.keyspace.misses = 0;
    this.keyspace.expired = 0;
    this.keyspace.evicted = 0;
    this.keyspace.reclaimer.freed = 0;
    this.memoryLimit.resetStatistics();
    this.registry.forEach((command) => {
      command.resetStatistics();
    });
  }

  /** Learns how long a command took that was timed by itself: the slow log and the latency monitor want to know. */
  commandTook(session: Session, command: Command, args: Arguments, microseconds: number): void {
    const { config } = this;
    const threshold = config.values['slowlog-log-slower-than'];
    if (threshold >= 0 && microseconds >= threshold && !command.has('skip_slowlog')) {
      this.slowLog.add(
        {
          timeSeconds: Math.floor(this.clock.nowMs() / 1000),
          microseconds: Math.floor(microseconds),
          args: shortened(args, command.executable?.findSecrets?.(args, config) ?? []),
          clientAddress: session.transport?.remoteAddress ?? '',
          clientName: session.name,
        },
        config.values['slowlog-max-len'],
      );
    }
    const spike = config.values['latency-monitor-threshold'];
    if (spike > 0 && microseconds >= spike * 1000) {
      this.latency.add(
        command.has('fast') ? 'fast-command' : 'command',
        Math.floor(microseconds / 1000),
        this.clock.nowMs(),
      );
    }
  }

  /**
   * Background work; call it some ten times a second. What does not fit into a slice goes on after the next batch. Returns
   * for how many milliseconds nothing will be due if nothing comes in; 0 while something goes on.
   */
  cron(): number {
    if (this.isCronPaused) return 0;
    try {
      return this.#runCron();
    } catch (error) {
      logFailure(this.log, 'background work failed', error);
      return 0;
    }
  }

  #runCron(): number {
    this.keyspace.setTime(this.clock.nowMs());
    const { statistics, keyspace } = this;
    statistics.peakMemory = Math.max(statistics.peakMemory, keyspace.arena.used);
    // Rates are a matter of the machine's time, whatever a test does to the server's clock.
    const nowMs = performance.now();
    statistics.commandsRate.sample(this.commandsProcessed(), nowMs);
    statistics.inputRate.sample(this.inputBytes(), nowMs);
    statistics.outputRate.sample(this.outputBytes(), nowMs);
    this.clientLimits.cron();
    this.memoryLimit.cron();
    this.memoryRelease.cron();
    this.#work();
    this.isAsleep = !this.#wasActive && this.#continuation === null;
    this.#wasActive = false;
    return this.isAsleep ? Math.max(0, keyspace.nextDeadlineMs() - keyspace.nowMs) : 0;
  }

  /** Stops background work. */
  stop(): void {
    if (this.#continuation !== null) clearImmediate(this.#continuation);
    this.#continuation = null;
    this.pause.stop();
    this.blockedClients.stop();
  }

  /** While nobody would hear of them, events of keys cost a write one comparison. */
  #updateNotifiedClasses(): void {
    const options = this.config.values['notify-keyspace-events'];
    this.keyspace.changes.notifiedClasses = this.pubSub.hasSubscribers ? notifiedClasses(options) : 0;
  }

  /** A slice of everything that is too much for one: first what makes room, then what frees it. */
  #work(): void {
    if (this.#continuation !== null) return;
    const beganAtMs = performance.now();
    let endsAtMs = beganAtMs + SLICE_MS + (this.config.values['active-expire-effort'] - 1) * EFFORT_MS;
    const isOver = (): boolean => performance.now() >= endsAtMs;
    const isExpiryDone = !this.expiresActively || this.keyspace.expireDue(isOver);
    this.#noteExpiry(isExpiryDone, performance.now() - beganAtMs);
    endsAtMs = Math.min(endsAtMs, beganAtMs + SLICE_MS);
    const isRoomMade = this.pause.isActive || this.memoryLimit.work(isOver);
    const isFreed = this.keyspace.reclaimer.run(isOver);
    // Last, because nothing waits for it.
    const isReleased = this.memoryRelease.work(isOver);
    if (!isReleased || !isFreed || !isRoomMade || !isExpiryDone) this.#workOn();
  }

  #noteExpiry(isDone: boolean, tookMs: number): void {
    const { statistics, keyspace } = this;
    statistics.expireCycleMs += tookMs;
    if (!isDone) statistics.expireTimeCapReached++;
    const stale = isDone ? 0 : keyspace.staleShare();
    statistics.staleShare += (stale - statistics.staleShare) * STALE_WEIGHT;
  }

  /** Goes on with the background work when everybody has had a turn. */
  #workOn(): void {
    this.#continuation ??= setImmediate(() => {
      this.#continuation = null;
      try {
        this.keyspace.setTime(this.clock.nowMs());
        this.#work();
      } catch (error) {
        logFailure(this.log, 'background work failed', error);
      }
    });
  }
}

/** Arguments as the slow log keeps them: without `secrets`, at most 32, each at most 128 bytes, with a note of what was cut. */
function shortened(args: Arguments, secrets: readonly number[]): Buffer[] {
  const count = Math.min(args.count, 32);
  const kept: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    if (args.count > count && i === count - 1) {
      kept.push(Buffer.from(`... (${args.count - count + 1} more arguments)`));
    } else if (secrets.includes(i)) {
      kept.push(Buffer.from('(redacted)'));
    } else if (args.length(i) > 128) {
      const start = args.start(i);
      const rest = `... (${args.length(i) - 128} more bytes)`;
      kept.push(Buffer.concat([args.bytes.subarray(start, start + 128), Buffer.from(rest)]));
    } else {
      kept.push(args.copyArgument(i));
    }
  }
  return kept;
}
