import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { propagateDeletion } from '../generic/propagate-deletion';

export const getdel = defineCommand({
  name: 'getdel',
  summary: 'Get the value of a key and delete the key',
  since: '6.2.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 2,
  flags: ['write', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'delete'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const { database } = call;
    const { view } = call.keyspace;
    const entry = findString(call, args, 1);
    if (entry === 0) return reply.null();
    reply.bulk(view.locate(entry).bytes, view.start, view.end);
    database.remove(entry, call.keyspace.lazyFree.userDelete);
    database.changed(KeyEvents.generic.del, args.bytes, args.start(1), args.end(1));
    propagateDeletion(call, args, 1, call.keyspace.lazyFree.userDelete);
  },
});
