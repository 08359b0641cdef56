import type { ArgumentDocs } from '../../../command/command-facts';
import type { RegisteredCommand } from '../../../command/registered-command';
import type { Reply } from '../../../request/reply';

/** One pair of a map of docs. */
type Field = readonly [name: string, write: () => void];

/** Writes the COMMAND DOCS of a command, with its subcommands; empty fields are omitted. */
export function writeCommandDocs(reply: Reply, command: RegisteredCommand): void {
  const { facts, executable, subcommands } = command;
  const { complexity, docFlags = [], deprecatedSince, replacedBy, history = [] } = facts;
  const docArguments = executable?.arguments ?? [];
  const fields: Field[] = [
    ['summary', () => reply.bulkString(facts.summary)],
    ['since', () => reply.bulkString(facts.since)],
    ['group', () => reply.bulkString(facts.group)],
  ];
  if (complexity !== undefined) fields.push(['complexity', () => reply.bulkString(complexity)]);
  if (docFlags.length > 0) fields.push(['doc_flags', () => writeNames(reply, docFlags)]);
  if (deprecatedSince !== undefined) fields.push(['deprecated_since', () => reply.bulkString(deprecatedSince)]);
  if (replacedBy !== undefined) fields.push(['replaced_by', () => reply.bulkString(replacedBy)]);
  if (history.length > 0) fields.push(['history', () => writeHistory(reply, history)]);
  if (docArguments.length > 0) fields.push(['arguments', () => writeArguments(reply, docArguments)]);
  if (subcommands !== null) {
    fields.push(['subcommands', () => writeSubcommands(reply, [...subcommands.values()])]);
  }
  writeFields(reply, fields);
}

function writeFields(reply: Reply, fields: readonly Field[]): void {
  reply.map(fields.length);
  for (const [name, write] of fields) {
    reply.bulkString(name);
    write();
  }
}

function writeNames(reply: Reply, names: readonly string[]): void {
  reply.set(names.length);
  for (const name of names) reply.simple(name);
}

function writeHistory(reply: Reply, history: readonly (readonly [version: string, change: string])[]): void {
  reply.set(history.length);
  for (const [version, change] of history) {
    reply.array(2);
    reply.bulkString(version);
    reply.bulkString(change);
  }
}

function writeSubcommands(reply: Reply, subcommands: readonly RegisteredCommand[]): void {
  reply.map(subcommands.length);
  for (const subcommand of subcommands) {
    reply.bulkString(subcommand.name);
    writeCommandDocs(reply, subcommand);
  }
}

function writeArguments(reply: Reply, docArguments: readonly ArgumentDocs[]): void {
  reply.array(docArguments.length);
  for (const argument of docArguments) writeArgument(reply, argument);
}

function writeArgument(reply: Reply, argument: ArgumentDocs): void {
  const { keySpec, token, summary, since, deprecatedSince, arguments: parts = [] } = argument;
  const flags: string[] = [];
  if (argument.optional === true) flags.push('optional');
  if (argument.multiple === true) flags.push('multiple');
  if (argument.multipleToken === true) flags.push('multiple_token');
  const fields: Field[] = [
    ['name', () => reply.bulkString(argument.name)],
    ['type', () => reply.bulkString(argument.type)],
  ];
  if (keySpec !== undefined) fields.push(['key_spec_index', () => reply.integer(keySpec)]);
  if (token !== undefined) fields.push(['token', () => reply.bulkString(token)]);
  if (summary !== undefined) fields.push(['summary', () => reply.bulkString(summary)]);
  if (since !== undefined) fields.push(['since', () => reply.bulkString(since)]);
  if (deprecatedSince !== undefined) fields.push(['deprecated_since', () => reply.bulkString(deprecatedSince)]);
  if (flags.length > 0) fields.push(['flags', () => writeNames(reply, flags)]);
  if (parts.length > 0) fields.push(['arguments', () => writeArguments(reply, parts)]);
  writeFields(reply, fields);
}
