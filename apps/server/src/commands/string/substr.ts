import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { replyWithRange } from './range';

export const substr = defineCommand({
  name: 'substr',
  summary: 'Get a substring of the string stored at a key',
  since: '1.0.0',
  group: 'string',
  complexity:
    'O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.',
  docFlags: ['deprecated'],
  deprecatedSince: '2.0.0',
  replacedBy: '`GETRANGE`',
  arity: 4,
  flags: ['readonly'],
  categories: ['string'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'start', type: 'integer' },
    { name: 'end', type: 'integer' },
  ],
  execute(args, reply, call) {
    replyWithRange(args, reply, call);
  },
});
