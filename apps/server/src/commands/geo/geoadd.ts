import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { addPositions } from './add-positions';

export const geoadd = defineCommand({
  name: 'geoadd',
  summary: 'Add one or more geospatial items in the geospatial index represented using a sorted set',
  since: '3.2.0',
  group: 'geo',
  complexity: 'O(log(N)) for each item added, where N is the number of elements in the sorted set.',
  history: [['6.2.0', 'Added the `CH`, `NX` and `XX` options.']],
  arity: -5,
  flags: ['write', 'denyoom'],
  categories: ['geo'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'condition',
      type: 'oneof',
      since: '6.2.0',
      optional: true,
      arguments: [
        { name: 'nx', type: 'pure-token', token: 'NX' },
        { name: 'xx', type: 'pure-token', token: 'XX' },
      ],
    },
    { name: 'change', type: 'pure-token', token: 'CH', since: '6.2.0', optional: true },
    {
      name: 'longitude_latitude_member',
      type: 'block',
      multiple: true,
      arguments: [
        { name: 'longitude', type: 'double' },
        { name: 'latitude', type: 'double' },
        { name: 'member', type: 'string' },
      ],
    },
  ],
  execute(args, reply, call) {
    addPositions(args, reply, call);
  },
});
