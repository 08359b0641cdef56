import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { renameKey } from './rename-key';

export const rename = defineCommand({
  name: 'rename',
  summary: 'Rename a key',
  since: '1.0.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 3,
  flags: ['write'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RW', 'access', 'delete']), keyAt(2, ['OW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'newkey', type: 'key', keySpec: 1 },
  ],
  execute(args, reply, call) {
    renameKey(args, call, true);
    reply.ok();
  },
});
