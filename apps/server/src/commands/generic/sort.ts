import { defineCommand } from '../../command/define-command';
import { type FoundKey, keyAt } from '../../command/key-specification';
import { sortElements } from './sort-elements';

export const sort = defineCommand({
  name: 'sort',
  summary: 'Sort the elements in a list, set or sorted set',
  since: '1.0.0',
  group: 'generic',
  complexity:
    'O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).',
  arity: -2,
  flags: ['write', 'denyoom'],
  categories: ['set', 'sortedset', 'list', 'dangerous'],
  keys: [
    keyAt(1, ['RO', 'access']),
    {
      flags: ['RO', 'access'],
      notes:
        "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content of the key we sort",
      begin: 'unknown',
      find: 'unknown',
    },
    {
      flags: ['OW', 'update'],
      notes:
        "For the optional STORE keyword. It is marked 'unknown' because the keyword can appear anywhere in the argument array",
      begin: 'unknown',
      find: 'unknown',
    },
  ],
  findKeys(args) {
    const keys: FoundKey[] = [{ index: 1, flags: ['RO', 'access'] }];
    let target = 0;
    for (let i = 2; i < args.count; i++) {
      if (args.equals(i, 'limit')) i += 2;
      else if (args.equals(i, 'get') || args.equals(i, 'by')) i++;
      else if (args.equals(i, 'store') && i + 1 < args.count) target = i + 1;
    }
    if (target !== 0) keys.push({ index: target, flags: ['OW', 'update'] });
    return keys;
  },
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'pattern', type: 'pattern', token: 'BY', keySpec: 1, optional: true },
    {
      name: 'offset_count',
      type: 'block',
      token: 'LIMIT',
      optional: true,
      arguments: [
        { name: 'offset', type: 'integer' },
        { name: 'count', type: 'integer' },
      ],
    },
    { name: 'pattern', type: 'pattern', token: 'GET', keySpec: 1, optional: true, multiple: true, multipleToken: true },
    {
      name: 'order',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'asc', type: 'pure-token', token: 'ASC' },
        { name: 'desc', type: 'pure-token', token: 'DESC' },
      ],
    },
    { name: 'sorting', type: 'pure-token', token: 'ALPHA', optional: true },
    { name: 'destination', type: 'key', token: 'STORE', keySpec: 2, optional: true },
  ],
  execute(args, reply, call) {
    sortElements(args, reply, call, true);
  },
});
