import { categoriesOf } from '../../../command/acl-categories';
import type { KeySpecification } from '../../../command/key-specification';
import { legacyKeyRange } from '../../../command/legacy-key-range';
import type { RegisteredCommand } from '../../../command/registered-command';
import type { Reply } from '../../../request/reply';
import { COMMAND_FLAGS } from '../../../session/command-flags';

/** Redis lists `movablekeys`, which it derives, before the last flag of the factss. */
const FLAGS_AFTER_MOVABLE_KEYS = COMMAND_FLAGS.indexOf('allow_busy');

/** Writes the COMMAND INFO of all commands. */
export function writeAllCommandInfo(reply: Reply, commands: readonly RegisteredCommand[]): void {
  reply.array(commands.length);
  for (const command of commands) writeCommandInfo(reply, command);
}

/** Writes the COMMAND INFO of a command, with its subcommands. */
export function writeCommandInfo(reply: Reply, command: RegisteredCommand): void {
  const { facts } = command;
  const range = legacyKeyRange(command.keys);
  const flags: string[] = COMMAND_FLAGS.filter((flag) => facts.flags.includes(flag));
  if (range.isPartial) {
    const after = COMMAND_FLAGS.slice(FLAGS_AFTER_MOVABLE_KEYS).filter((flag) => command.has(flag)).length;
    flags.splice(flags.length - after, 0, 'movablekeys');
  }
  const { tips = [] } = facts;
  reply.array(10);
  reply.bulkString(command.name);
  reply.integer(command.arity);
  writeNames(reply, flags);
  reply.integer(range.first);
  reply.integer(range.last);
  reply.integer(range.step);
  writeNames(
    reply,
    categoriesOf(facts).map((category) => `@${category}`),
  );
  reply.set(tips.length);
  for (const tip of tips) reply.bulkString(tip);
  reply.set(command.keys.length);
  for (const key of command.keys) writeKeySpecification(reply, key);
  const subcommands = [...(command.subcommands?.values() ?? [])];
  // As in Redis: an empty set if there are none, but an array of subcommands.
  if (subcommands.length === 0) reply.set(0);
  else reply.array(subcommands.length);
  for (const subcommand of subcommands) writeCommandInfo(reply, subcommand);
}

function writeNames(reply: Reply, names: readonly string[]): void {
  reply.set(names.length);
  for (const name of names) reply.simple(name);
}

function writeKeySpecification(reply: Reply, { flags, notes, begin, find }: KeySpecification): void {
  reply.map(notes === undefined ? 3 : 4);
  if (notes !== undefined) {
    reply.bulkString('notes');
    reply.bulkString(notes);
  }
  reply.bulkString('flags');
  writeNames(reply, flags);
  reply.bulkString('begin_search');
  if (begin === 'unknown') writeStep(reply, 'unknown', {});
  else if ('index' in begin) writeStep(reply, 'index', { index: begin.index });
  else writeStep(reply, 'keyword', { keyword: begin.keyword, startfrom: begin.startFrom });
  reply.bulkString('find_keys');
  if (find === 'unknown') writeStep(reply, 'unknown', {});
  else if ('lastKey' in find) {
    writeStep(reply, 'range', { lastkey: find.lastKey, keystep: find.step, limit: find.limit });
  } else {
    writeStep(reply, 'keynum', { keynumidx: find.keyCountIndex, firstkey: find.firstKey, keystep: find.step });
  }
}

/** Writes one of the two steps of a key specification: its type and its fields. */
function writeStep(reply: Reply, type: string, specification: Readonly<Record<string, string | number>>): void {
  const entries = Object.entries(specification);
  reply.map(2);
  reply.bulkString('type');
  reply.bulkString(type);
  reply.bulkString('spec');
  reply.map(entries.length);
  for (const [name, value] of entries) {
    reply.bulkString(name);
    if (typeof value === 'string') reply.bulkString(value);
    else reply.integer(value);
  }
}
