import { defineCommand } from '../../command/define-command';
import { keyAt, keysFrom } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { subtract } from './combine';
import { storeCombined } from './combined-set';

export const sdiffstore = defineCommand({
  name: 'sdiffstore',
  summary: 'Subtract multiple sets and store the resulting set in a key',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N) where N is the total number of elements in all given sets.',
  arity: -3,
  flags: ['write', 'denyoom'],
  categories: ['set'],
  keys: [keyAt(1, ['OW', 'update']), keysFrom(2, ['RO', 'access'])],
  arguments: [
    { name: 'destination', type: 'key', keySpec: 0 },
    { name: 'key', type: 'key', keySpec: 1, multiple: true },
  ],
  execute(args, reply, call) {
    storeCombined(args, reply, call, subtract, KeyEvents.set.sdiffstore);
  },
});
