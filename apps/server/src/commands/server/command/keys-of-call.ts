import type { CommandCatalog } from '../../../command/command-catalog';
import { findKeys, hasKeys } from '../../../command/find-keys';
import type { FoundKey } from '../../../command/key-specification';
import { ReplyError } from '../../../errors';
import { Arguments } from '../../../request/arguments';

const INVALID_COMMAND = new ReplyError('ERR Invalid command specified');
const NO_KEYS = new ReplyError('ERR The command has no key arguments');
const INVALID_COUNT = new ReplyError('ERR Invalid number of arguments specified for command');
const INVALID_ARGUMENTS = new ReplyError('ERR Invalid arguments specified for command');

/**
 * The call in the arguments of COMMAND GETKEYS and COMMAND GETKEYSANDFLAGS, and its keys.
 * @throws ReplyError when it is not a valid call of a command with keys.
 */
export function findKeysOfCall(
  args: Arguments,
  registry: CommandCatalog,
): { request: Arguments; keys: readonly FoundKey[] } {
  const request = new Arguments();
  request.bytes = args.bytes;
  for (let i = 2; i < args.count; i++) request.appendSpan(args.start(i), args.end(i));
  const command = registry.find(request);
  if (command === null) throw INVALID_COMMAND;
  const { executable } = command;
  if (executable === null || !hasKeys(executable)) throw NO_KEYS;
  const { arity } = command;
  if (arity > 0 ? request.count !== arity : request.count < -arity) throw INVALID_COUNT;
  const keys = findKeys(executable, request);
  if (keys.length === 0 && !command.has('no_mandatory_keys')) throw INVALID_ARGUMENTS;
  return { request, keys };
}
