import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { ValueType } from '../../values/entry';

export const mget = defineCommand({
  name: 'mget',
  summary: 'Get the values of all the given keys',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(N) where N is the number of keys to retrieve.',
  arity: -2,
  flags: ['readonly', 'fast'],
  categories: ['string'],
  tips: ['request_policy:multi_shard'],
  keys: [keysFrom(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    const { database } = call;
    const { view } = call.keyspace;
    reply.array(args.count - 1);
    for (let i = 1; i < args.count; i++) {
      const entry = database.findForRead(args.bytes, args.start(i), args.end(i));
      if (entry === 0 || database.typeOf(entry) !== ValueType.string) reply.null();
      else reply.bulk(view.locate(entry).bytes, view.start, view.end);
    }
  },
});
