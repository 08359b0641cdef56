import { CommandStatistics } from '../../src/command/command-statistics';
import type { CommandDefinition, Definition } from '../../src/command/define-command';
import { Dispatcher } from '../../src/command/dispatcher';
import { CommandRegistry } from '../../src/command/registry';
import type { ServerServices } from '../../src/command/server-services';
import { SlowCommands } from '../../src/command/slow-commands';
import { Arguments } from '../../src/request/arguments';
import { Reply } from '../../src/request/reply';
import { Gates } from '../../src/session/gate';
import type { Session } from '../../src/session/session';
import { SessionFixture } from './session-fixture';

/** A command that is made up: what a test does not say is of no importance to it. */
export function madeUpCommand(
  definition: Pick<CommandDefinition, 'name' | 'execute'> & Partial<CommandDefinition>,
): CommandDefinition {
  return { summary: '', since: '', group: 'generic', arity: -1, flags: [], categories: [], ...definition };
}

/** The words as a request. */
function requestOf(...words: readonly string[]): Arguments {
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
  readonly host = new SessionFixture();
  readonly keyspace = this.host.keyspace;
  readonly statistics = this.host.statistics;
  /** Lines of the log. */
  readonly logged = this.host.lines;
  readonly gates = new Gates();
  readonly registry: CommandRegistry;
  readonly dispatcher: Dispatcher;
  readonly session: Session = this.host.sessions.open();
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

  constructor(definitions: readonly Definition[]) {
    const { keyspace, statistics, config, clock, log } = this.host;
    const firstWord = (args: Arguments): string => args.toLatin1(0);
    this.registry = new CommandRegistry(definitions);
    this.dispatcher = new Dispatcher({
      config,
      keyspace,
      registry: this.registry,
      gates: this.gates,
      memoryLimit: { freeMemory: () => this.hasSpace },
      commandStatistics: new CommandStatistics(config),
      slowCommands: new SlowCommands(config, clock),
      statistics,
      log,
      monitors: { isActive: true, feed: (_session, args) => this.monitored.push(firstWord(args)) },
      pause: { holds: () => this.holds, block: (_session, args) => this.held.push(firstWord(args)) },
      blockedClients: { block: () => {} },
      server: { registry: this.registry } as unknown as ServerServices,
    });
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
function textOf(reply: Reply): string {
  return Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.position).toString('latin1');
}
