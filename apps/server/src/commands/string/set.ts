import type { Arguments } from '../../command/arguments';
import { defineCommand } from '../../command/define-command';
import { expirationForm, requireDeadline } from '../../command/expiration';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import type { Reply } from '../../command/reply';
import { SYNTAX_ERROR } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Session } from '../../session/session';

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
  execute(args, reply, session) {
    const { database } = session;
    if (args.count === 3) {
      const start = args.start(1);
      const end = args.end(1);
      database.setString(args.bytes, start, end, args.bytes, args.start(2), args.end(2));
      database.changed(KeyEvents.string.set, args.bytes, start, end);
      reply.ok();
      return;
    }
    setWithOptions(args, reply, session);
  },
});

function setWithOptions(args: Arguments, reply: Reply, session: Session): void {
  const { database } = session;
  const { view } = session.instance.keyspace;
  let condition: 'nx' | 'xx' | null = null;
  let repliesOldValue = false;
  let keepsDeadline = false;
  let deadlineMs = -1;
  for (let i = 3; i < args.count; i++) {
    const form = expirationForm(args, i);
    if (form !== null && !keepsDeadline && deadlineMs < 0 && i + 1 < args.count) {
      deadlineMs = requireDeadline(session, args, ++i, form, 'set');
    } else if (args.equals(i, 'nx') && condition !== 'xx') condition = 'nx';
    else if (args.equals(i, 'xx') && condition !== 'nx') condition = 'xx';
    else if (args.equals(i, 'get')) repliesOldValue = true;
    else if (args.equals(i, 'keepttl') && deadlineMs < 0) keepsDeadline = true;
    else throw SYNTAX_ERROR;
  }
  const start = args.start(1);
  const end = args.end(1);
  if (repliesOldValue) {
    const old = findString(session, args, 1);
    if (old === 0) reply.null();
    else reply.bulk(view.locate(old).bytes, view.start, view.end);
  }
  if (condition !== null) {
    const exists = database.findForWrite(args.bytes, start, end) !== 0;
    if (exists !== (condition === 'xx')) {
      if (!repliesOldValue) reply.null();
      return;
    }
  }
  const entry = database.setString(args.bytes, start, end, args.bytes, args.start(2), args.end(2), keepsDeadline);
  database.changed(KeyEvents.string.set, args.bytes, start, end);
  if (deadlineMs >= 0) {
    database.setDeadline(entry, deadlineMs);
    database.notify(KeyEvents.generic.expire, args.bytes, start, end);
  }
  if (!repliesOldValue) reply.ok();
}
