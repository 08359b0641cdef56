import { defineCommand } from '../../../command/define-command';
import { ReplyError, SYNTAX_ERROR } from '../../../errors';
import type { Session } from '../../../session/session';
import { clientTypeOf, requireClientType } from './client-type';
import { describeSession } from './describe-session';

const INVALID_ID = new ReplyError('ERR Invalid client ID');

export const clientList = defineCommand({
  name: 'list',
  summary: 'Get the list of client connections',
  since: '2.4.0',
  group: 'connection',
  complexity: 'O(N) where N is the number of client connections',
  history: [
    ['2.8.12', 'Added unique client `id` field.'],
    ['5.0.0', 'Added optional `TYPE` filter.'],
    ['6.0.0', 'Added `user` field.'],
    ['6.2.0', 'Added `argv-mem`, `tot-mem`, `laddr` and `redir` fields and the optional `ID` filter.'],
    ['7.0.0', 'Added `resp`, `multi-mem`, `rbs` and `rbp` fields.'],
    ['7.0.3', 'Added `ssub` field.'],
  ],
  arity: -2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: ['connection'],
  tips: ['nondeterministic_output'],
  arguments: [
    {
      name: 'normal_master_replica_pubsub',
      type: 'oneof',
      token: 'TYPE',
      since: '5.0.0',
      optional: true,
      arguments: [
        { name: 'normal', type: 'pure-token', token: 'NORMAL' },
        { name: 'master', type: 'pure-token', token: 'MASTER' },
        { name: 'replica', type: 'pure-token', token: 'REPLICA' },
        { name: 'pubsub', type: 'pure-token', token: 'PUBSUB' },
      ],
    },
    {
      name: 'id',
      type: 'block',
      token: 'ID',
      since: '6.2.0',
      optional: true,
      arguments: [{ name: 'client-id', type: 'integer', multiple: true }],
    },
  ],
  execute(args, reply, { server, keyspace, session }) {
    const { sessions } = server;
    let listed: Iterable<Session | undefined> = sessions.values();
    if (args.count === 4 && args.equals(2, 'type')) {
      const type = requireClientType(args, 3);
      listed = [...sessions.values()].filter((other) => clientTypeOf(other) === type);
    } else if (args.count > 3 && args.equals(2, 'id')) {
      const ids = Array.from({ length: args.count - 3 }, (_, i) => args.requireInteger(3 + i, INVALID_ID));
      listed = ids.map((id) => sessions.get(id));
    } else if (args.count !== 2) {
      throw SYNTAX_ERROR;
    }
    let lines = '';
    for (const other of listed) {
      if (other !== undefined && other.transport !== null)
        lines += `${describeSession(other, keyspace.nowMs, session, args)}\n`;
    }
    reply.verbatim('txt', lines);
  },
});
