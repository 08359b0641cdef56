import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { oldValue } from './old-value';
import { storeString } from './store-string';

export const getset = defineCommand({
  name: 'getset',
  summary: 'Set the string value of a key and return its old value',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  docFlags: ['deprecated'],
  deprecatedSince: '6.2.0',
  replacedBy: '`SET` with the `!GET` argument',
  arity: 3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const old = findString(call, args, 1);
    if (old !== 0) oldValue.copy(call.keyspace.view.locate(old));
    storeString(args, call, 2);
    if (call.isPropagated) propagateAsSet(args, call);
    if (old === 0) return reply.null();
    reply.bulk(oldValue.bytes, 0, oldValue.length);
    oldValue.release();
  },
});

function propagateAsSet(args: Arguments, call: Invocation): void {
  const command = call.propagateAs(3);
  command.bulkString('SET');
  for (let i = 1; i < 3; i++) command.bulk(args.bytes, args.start(i), args.end(i));
}
