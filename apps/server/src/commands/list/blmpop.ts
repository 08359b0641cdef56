import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { BlockedOperation, Invocation } from '../../command/invocation';
import { requireDeadline } from '../../request/blocking-deadline';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { popFromFirst, popWithKey, requirePopRequest } from './pop-from-keys';

export const blmpop = defineCommand({
  name: 'blmpop',
  summary: 'Pop elements from a list, or block until one is available',
  since: '7.0.0',
  group: 'list',
  complexity: 'O(N+M) where N is the number of provided keys and M is the number of elements returned.',
  arity: -5,
  flags: ['write', 'blocking'],
  categories: ['list'],
  keys: [{ flags: ['RW', 'access', 'delete'], begin: { index: 2 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'timeout', type: 'double' },
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    {
      name: 'where',
      type: 'oneof',
      arguments: [
        { name: 'left', type: 'pure-token', token: 'LEFT' },
        { name: 'right', type: 'pure-token', token: 'RIGHT' },
      ],
    },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  ],
  execute(args, reply, call) {
    const request = requirePopRequest(args, 2);
    const deadlineMs = requireDeadline(args, 1, call.server.clock);
    if (popFromFirst(args, reply, call, request)) return;
    const operation = new MultiplePop(request.end, request.count);
    call.block(args, request.firstKey, request.endKey, deadlineMs, operation);
  },
});

/** Waits for elements at an end of a list. */
class MultiplePop implements BlockedOperation {
  readonly type = ValueType.list;

  constructor(
    private readonly end: ListEnd,
    private readonly count: number,
  ) {}

  serve(entry: Address, key: Buffer, reply: Reply, call: Invocation): void {
    popWithKey(call, entry, key, 0, key.length, this.end, this.count, reply);
  }
}
