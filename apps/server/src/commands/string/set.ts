import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { oldValue } from './old-value';
import { storeString } from './store-string';
import { StringOptions } from './string-options';

export const set = defineCommand({
  name: 'set',
  summary: 'Set the string value of a key',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  history: [
    ['2.6.12', 'Added the `EX`, `PX`, `NX` and `XX` options.'],
    ['6.0.0', 'Added the `KEEPTTL` option.'],
    ['6.2.0', 'Added the `GET`, `EXAT` and `PXAT` option.'],
    ['7.0.0', 'Allowed the `NX` and `GET` options to be used together.'],
  ],
  arity: -3,
  flags: ['write', 'denyoom'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update', 'variable_flags'], 'RW and ACCESS due to the optional `GET` argument')],
  findKeys(args) {
    for (let i = 3; i < args.count; i++) {
      if (args.equals(i, 'get')) return [{ index: 1, flags: ['RW', 'access', 'update'] }];
    }
    return [{ index: 1, flags: ['OW', 'update'] }];
  },
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'value', type: 'string' },
    {
      name: 'condition',
      type: 'oneof',
      since: '2.6.12',
      optional: true,
      arguments: [
        { name: 'nx', type: 'pure-token', token: 'NX' },
        { name: 'xx', type: 'pure-token', token: 'XX' },
      ],
    },
    { name: 'get', type: 'pure-token', token: 'GET', since: '6.2.0', optional: true },
    {
      name: 'expiration',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'seconds', type: 'integer', token: 'EX', since: '2.6.12' },
        { name: 'milliseconds', type: 'integer', token: 'PX', since: '2.6.12' },
        { name: 'unix-time-seconds', type: 'unix-time', token: 'EXAT', since: '6.2.0' },
        { name: 'unix-time-milliseconds', type: 'unix-time', token: 'PXAT', since: '6.2.0' },
        { name: 'keepttl', type: 'pure-token', token: 'KEEPTTL', since: '6.0.0' },
      ],
    },
  ],
  constantTime: true,
  execute(args, reply, call) {
    if (args.count === 3) {
      storeString(args, call, 2);
      reply.ok();
      return;
    }
    setWithOptions(args, reply, call);
  },
});

/** Scratch of one call: valid until the command ends or calls another command. */
const options = new StringOptions('set');

function setWithOptions(args: Arguments, reply: Reply, call: Invocation): void {
  const { isNx, isXx, keepsDeadline, repliesOldValue } = options.read(args, 3);
  const deadlineMs = options.requireDeadline(call, args);
  let exists = false;
  if (repliesOldValue) {
    const old = findString(call, args, 1);
    exists = old !== 0;
    if (exists) oldValue.copy(call.keyspace.view.locate(old));
  } else if (isNx || isXx) {
    exists = call.database.findForWrite(args.bytes, args.start(1), args.end(1)) !== 0;
  }
  const isRefused = (isNx && exists) || (isXx && !exists);
  if (!isRefused) {
    storeString(args, call, 2, keepsDeadline, deadlineMs);
    if (repliesOldValue && deadlineMs < 0 && call.isPropagated) propagateWithoutGet(args, call);
  }
  if (repliesOldValue && exists) {
    reply.bulk(oldValue.bytes, 0, oldValue.length);
    oldValue.release();
  } else if (repliesOldValue || isRefused) {
    reply.null();
  } else {
    reply.ok();
  }
}

/** As redis-server, which propagates a SET without its GET. */
function propagateWithoutGet(args: Arguments, call: Invocation): void {
  let count = 0;
  for (let i = 0; i < args.count; i++) if (!isGet(args, i)) count++;
  const command = call.propagateAs(count);
  for (let i = 0; i < args.count; i++) if (!isGet(args, i)) command.bulk(args.bytes, args.start(i), args.end(i));
}

function isGet(args: Arguments, index: number): boolean {
  return index > 2 && args.equals(index, 'get');
}
