import { defineCommand } from '../../command/define-command';
import { keyAt, keysFrom } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { intersect } from './combine';
import { storeCombined } from './combined-set';

export const sinterstore = defineCommand({
  name: 'sinterstore',
  summary: 'Intersect multiple sets and store the resulting set in a key',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.',
  arity: -3,
  flags: ['write', 'denyoom'],
  categories: ['set'],
  keys: [keyAt(1, ['RW', 'update']), keysFrom(2, ['RO', 'access'])],
  arguments: [
    { name: 'destination', type: 'key', keySpec: 0 },
    { name: 'key', type: 'key', keySpec: 1, multiple: true },
  ],
  execute(args, reply, call) {
    storeCombined(args, reply, call, intersect, KeyEvents.set.sinterstore);
  },
});
