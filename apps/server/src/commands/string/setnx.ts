import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { storeString } from './store-string';

export const setnx = defineCommand({
  name: 'setnx',
  summary: 'Set the value of a key, only if the key does not exist',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['OW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const exists = call.database.findForWrite(args.bytes, args.start(1), args.end(1)) !== 0;
    if (!exists) storeString(args, call, 2);
    reply.integer(exists ? 0 : 1);
  },
});
