import { ReplyError } from '../../../errors';
import { findObject } from './find-object';

const NOT_TRACKED = new ReplyError(
  'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between ' +
    'policies at runtime LRU and LFU data will take some time to adjust.',
);

import { defineCommand } from '../../../command/define-command';
import { keyAt } from '../../../command/key-specification';

export const objectFreq = defineCommand({
  name: 'freq',
  summary: 'Get the logarithmic access frequency counter of a Redis object',
  since: '4.0.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly'],
  categories: ['keyspace'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(2, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findObject(args, call);
    if (entry === 0) return reply.null();
    const { keyspace } = call;
    if (!keyspace.access.countsUses) throw NOT_TRACKED;
    reply.integer(keyspace.access.frequency.countOf(call.database.accessOf(entry)));
  },
});
