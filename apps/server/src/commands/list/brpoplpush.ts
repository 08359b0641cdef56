import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { requireDeadline } from '../../request/blocking-deadline';
import { ListEnd } from '../../values/list/list-end';
import { moveOrBlock } from './move-from-key';

export const brpoplpush = defineCommand({
  name: 'brpoplpush',
  summary: 'Pop an element from a list, push it to another list and return it; or block until one is available',
  since: '2.2.0',
  group: 'list',
  complexity: 'O(1)',
  docFlags: ['deprecated'],
  deprecatedSince: '6.2.0',
  replacedBy: '`BLMOVE` with the `RIGHT` and `LEFT` arguments',
  history: [['6.0.0', '`timeout` is interpreted as a double instead of an integer.']],
  arity: 4,
  flags: ['write', 'denyoom', 'noscript', 'blocking'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'access', 'delete']), keyAt(2, ['RW', 'insert'])],
  arguments: [
    { name: 'source', type: 'key', keySpec: 0 },
    { name: 'destination', type: 'key', keySpec: 1 },
    { name: 'timeout', type: 'double' },
  ],
  execute(args, reply, call) {
    moveOrBlock(
      args,
      reply,
      call,
      ListEnd.back,
      ListEnd.front,
      requireDeadline(args, 3, call.server.clock),
      'RPOPLPUSH',
    );
  },
});
