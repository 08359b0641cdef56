import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { MILLISECONDS_FROM_NOW } from '../../request/expiration';
import { timeToLive } from './time-to-live';

export const pttl = defineCommand({
  name: 'pttl',
  summary: 'Get the time to live for a key in milliseconds',
  since: '2.6.0',
  group: 'generic',
  complexity: 'O(1)',
  history: [['2.8.0', 'Added the -2 reply.']],
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['keyspace'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    reply.integer(timeToLive(args, call, MILLISECONDS_FROM_NOW));
  },
});
