import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { renameKey } from './rename-key';

export const renamenx = defineCommand({
  name: 'renamenx',
  summary: 'Rename a key, only if the new key does not exist',
  since: '1.0.0',
  group: 'generic',
  complexity: 'O(1)',
  history: [['3.2.0', 'The command no longer returns an error when source and destination names are the same.']],
  arity: 3,
  flags: ['write', 'fast'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RW', 'access', 'delete']), keyAt(2, ['OW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'newkey', type: 'key', keySpec: 1 },
  ],
  execute(args, reply, call) {
    reply.integer(renameKey(args, call, false) ? 1 : 0);
  },
});
