import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { SECONDS_FROM_NOW } from '../../request/expiration';
import { timeToLive } from './time-to-live';

export const ttl = defineCommand({
  name: 'ttl',
  summary: 'Get the time to live for a key in seconds',
  since: '1.0.0',
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
    reply.integer(timeToLive(args, call, SECONDS_FROM_NOW));
  },
});
