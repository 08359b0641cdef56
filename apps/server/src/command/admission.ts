import type { Configuration } from '../config/configuration';
import { NO_AUTH, OUT_OF_MEMORY, ReplyError, wrongArity } from '../errors';
import type { Arguments } from '../request/arguments';
import type { MemoryLimit } from '../runtime/memory-limit';
import { CommandFlagBit, MAY_REPLICATE } from '../session/command-flags';
import { Gate } from '../session/gate';
import type { Session } from '../session/session';
import type { Command } from './command';
import type { CommandRegistry } from './registry';

/** Bytes of what a client has sent that an error text quotes. */
const MAX_QUOTED_BYTES = 128;

const NOT_IN_TRANSACTION = new ReplyError('ERR Command not allowed inside a transaction');
/** Redis treats a monitor as a replica. */
const NOT_FOR_MONITORS = new ReplyError("ERR Replica can't interact with the keyspace");
const KEYSPACE_FLAGS = CommandFlagBit.write | CommandFlagBit.readonly | MAY_REPLICATE;
const NOT_IN_SCRIPT = new ReplyError('ERR This Redis command is not allowed from script');

/**
 * The checks that a command passes before it is executed, in the order of processCommand of redis-server, as clients
 * see it by the errors.
 */
export class Admission {
  readonly #registry: CommandRegistry;
  readonly #memoryLimit: Pick<MemoryLimit, 'freeMemory'>;
  readonly #config: Configuration;

  constructor(registry: CommandRegistry, memoryLimit: Pick<MemoryLimit, 'freeMemory'>, config: Configuration) {
    this.#registry = registry;
    this.#memoryLimit = memoryLimit;
    this.#config = config;
  }

  /**
   * Why a request of a session is refused, or null. `gates` are the Gate bits of the session and of the server together.
   * With a memory limit, this evicts keys to make space. O(1) besides evicting.
   */
  errorOf(gates: number, session: Session, command: Command | null, args: Arguments): ReplyError | null {
    if (command === null) return unknownCommand(this.#registry.findContainer(args), args);
    if (!command.accepts(args.count)) return wrongArity(command.name);
    if ((gates & Gate.authentication) !== 0 && session.mustAuthenticate && !command.has('no_auth')) return NO_AUTH;
    if ((gates & Gate.transaction) !== 0 && command.has('no_multi')) return NOT_IN_TRANSACTION;
    if ((gates & Gate.subscribed) !== 0 && session.protocol === 2 && !command.isForSubscribers) {
      return notForSubscribers(command);
    }
    const refusal = command.refusal === null ? null : command.refusal(session, this.#config);
    if (refusal !== null) return refusal;
    const shortage = (gates & Gate.memory) === 0 ? null : this.#memoryErrorOf(gates, session, command);
    if (shortage !== null) return shortage;
    return session.isMonitor && (command.flagsFor(session) & KEYSPACE_FLAGS) !== 0 ? NOT_FOR_MONITORS : null;
  }

  /** Why a command may not be called within another one, or null. O(1) besides evicting. */
  nestedErrorOf(gates: number, command: Command | null, args: Arguments): ReplyError | null {
    if (command === null) return unknownCommand(this.#registry.findContainer(args), args);
    if (!command.accepts(args.count)) return wrongArity(command.name);
    if (command.has('noscript')) return NOT_IN_SCRIPT;
    if ((gates & Gate.memory) === 0 || !command.has('denyoom')) return null;
    return this.#memoryLimit.freeMemory(true) ? null : OUT_OF_MEMORY;
  }

  /** Makes space for a command; an error if that fails and it would need some. A queued command needs some in any case. */
  #memoryErrorOf(gates: number, session: Session, command: Command): ReplyError | null {
    if ((gates & Gate.paused) !== 0 || this.#memoryLimit.freeMemory()) return null;
    if ((gates & Gate.transaction) !== 0 && !command.endsTransaction) return OUT_OF_MEMORY;
    return (command.flagsFor(session) & CommandFlagBit.denyoom) !== 0 ? OUT_OF_MEMORY : null;
  }
}

/** Redis quotes what it did not understand, up to 128 bytes of it, each part up to its first NUL. */
function unknownCommand(container: Command | null, args: Arguments): ReplyError {
  if (container !== null) {
    const sub = args.toCText(1, MAX_QUOTED_BYTES);
    return new ReplyError(`ERR unknown subcommand '${sub}'. Try ${container.name.toUpperCase()} HELP.`);
  }
  let quoted = '';
  for (let i = 1; i < args.count && quoted.length < MAX_QUOTED_BYTES; i++) {
    quoted += `'${args.toCText(i, MAX_QUOTED_BYTES - quoted.length)}' `;
  }
  const name = args.toCText(0, MAX_QUOTED_BYTES);
  return new ReplyError(`ERR unknown command '${name}', with args beginning with: ${quoted}`);
}

function notForSubscribers(command: Command): ReplyError {
  return new ReplyError(
    `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET ` +
      'are allowed in this context',
  );
}
