import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';

export const get = defineCommand({
  name: 'get',
  summary: 'Get the value of a key',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const { view } = call.keyspace;
    const entry = findString(call, args, 1);
    if (entry === 0) return reply.null();
    view.locate(entry);
    reply.bulk(view.bytes, view.start, view.end);
  },
});
