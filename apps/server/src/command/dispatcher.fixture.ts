import { Configuration } from '../config';
import { Keyspace } from '../keyspace/keyspace';
import { Arguments } from '../request/arguments';
import { Reply } from '../request/reply';
import { ManualClock } from '../runtime/clock';
import { silentLog } from '../runtime/log';
import { SeededRandom } from '../runtime/random';
import { Statistics } from '../runtime/statistics';
import { Gates } from '../session/gate';
import { Session } from '../session/session';
import { CommandStatistics } from './command-statistics';
import type { CommandDefinition, Definition } from './define-command';
import { Dispatcher } from './dispatcher';
import { CommandRegistry } from './registry';
import type { ServerServices } from './server-services';
import { SlowCommands } from './slow-commands';

/** A command that is made up: what a test does not say is of no importance to it. */
export function madeUpCommand(
  definition: Pick<CommandDefinition, 'name' | 'execute'> & Partial<CommandDefinition>,
): CommandDefinition {
  return { summary: '', since: '', group: 'generic', arity: -1, flags: [], categories: [], ...definition };
}

/** The words as a request. */
export function requestOf(...words: readonly string[]): Arguments {
  const args = new Arguments();
  args.bytes = Buffer.from(words.join(''), 'latin1');
  let at = 0;
  for (const word of words) {
    args.appendSpan(at, at + word.length);
    at += word.length;
  }
  return args;
}

/** A dispatcher with commands of a test and without a server around it. */
export class DispatcherFixture {
  readonly gates = new Gates();
  readonly statistics = new Statistics();
  readonly keyspace: Keyspace;
  readonly registry: CommandRegistry;
  readonly dispatcher: Dispatcher;
  readonly session: Session;
  /** Where the client of `session` reads. */
  readonly reply = new Reply();
  /** Whether there is space for a command that needs some. */
  hasSpace = true;
  /** Whether a pause holds requests back. */
  holds = false;
  /** Requests that the pause has kept. */
  readonly held: string[] = [];
  /** What MONITOR shows. */
  readonly monitored: string[] = [];
  /** Lines of the server's log. */
  readonly logged: string[] = [];

  constructor(definitions: readonly Definition[]) {
    const clock = new ManualClock();
    const random = new SeededRandom(1);
    const config = new Configuration();
    this.keyspace = new Keyspace(2, clock.nowMs(), random);
    this.registry = new CommandRegistry(definitions);
    const { keyspace, registry, gates, statistics } = this;
    const firstWord = (args: Arguments): string => args.toLatin1(0);
    this.dispatcher = new Dispatcher({
      config,
      keyspace,
      registry,
      gates,
      memoryLimit: { makeRoom: () => this.hasSpace },
      commandStatistics: new CommandStatistics(config),
      slowCommands: new SlowCommands(config, clock),
      statistics,
      log: { ...silentLog, write: (_level, message) => this.logged.push(message) },
      monitors: { isActive: true, feed: (_session, args) => this.monitored.push(firstWord(args)) },
      pause: { holds: () => this.holds, block: (_session, args) => this.held.push(firstWord(args)) },
      blockedClients: { block: () => {} },
      server: { registry } as unknown as ServerServices,
    });
    const server = { keyspace, config, clientLimits: { check() {} } };
    this.session = new Session(server as never, 1);
    this.reply.onError = (text) => statistics.countError(text);
  }

  /** Executes a request and returns what the client reads. */
  execute(...words: readonly string[]): string {
    this.reply.position = 0;
    this.reply.protocol = this.session.protocol;
    this.dispatcher.execute(this.session, requestOf(...words), this.reply);
    return textOf(this.reply);
  }

  /** The statistics of a command's calls. */
  countsOf(name: string): { calls: number; failed: number; rejected: number } {
    this.dispatcher.endBatch();
    const { calls, failed, rejected } = this.registry.findByName(name)!;
    return { calls, failed, rejected };
  }
}

/** What was written to a reply. */
export function textOf(reply: Reply): string {
  return Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.position).toString('latin1');
}
