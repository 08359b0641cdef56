import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { deleteKeys } from './delete-keys';

export const del = defineCommand({
  name: 'del',
  summary: 'Delete a key',
  since: '1.0.0',
  group: 'generic',
  complexity:
    'O(N) where N is the number of keys that will be removed. When a key to remove holds a value other than a string, the individual complexity for this key is O(M) where M is the number of elements in the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).',
  arity: -2,
  flags: ['write'],
  categories: ['keyspace'],
  tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
  keys: [keysFrom(1, ['RM', 'delete'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    reply.integer(deleteKeys(args, call, call.keyspace.lazyFree.userDelete));
  },
});
