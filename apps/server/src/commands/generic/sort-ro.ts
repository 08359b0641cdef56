import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { sortElements } from './sort-elements';

export const sortRo = defineCommand({
  name: 'sort_ro',
  summary: 'Sort the elements in a list, set or sorted set. Read-only variant of SORT.',
  since: '7.0.0',
  group: 'generic',
  complexity:
    'O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).',
  arity: -2,
  flags: ['readonly'],
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
  ],
  findKeys() {
    return [{ index: 1, flags: ['RO', 'access'] }];
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
  ],
  execute(args, reply, call) {
    sortElements(args, reply, call, false);
  },
});
