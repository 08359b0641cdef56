import { defineCommand } from '../../../command/define-command';
import { ReplyError, SYNTAX_ERROR } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import { Ending } from '../../../session/ending';
import type { Session } from '../../../session/session';
import { clientTypeOf, requireClientType } from './client-type';

const NO_SUCH_CLIENT = new ReplyError('ERR No such client');
const BAD_ID = new ReplyError('ERR client-id should be greater than 0');

export const clientKill = defineCommand({
  name: 'kill',
  summary: 'Kill the connection of a client',
  since: '2.4.0',
  group: 'connection',
  complexity: 'O(N) where N is the number of client connections',
  history: [
    ['2.8.12', 'Added new filter format.'],
    ['2.8.12', '`ID` option.'],
    ['3.2.0', 'Added `master` type in for `TYPE` option.'],
    ['5.0.0', 'Replaced `slave` `TYPE` with `replica`. `slave` still supported for backward compatibility.'],
    ['6.2.0', '`LADDR` option.'],
  ],
  arity: -3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: ['connection'],
  arguments: [
    {
      name: 'filter',
      type: 'oneof',
      arguments: [
        { name: 'ip:port', type: 'string', deprecatedSince: '2.8.12' },
        {
          name: 'new-format',
          type: 'oneof',
          multiple: true,
          arguments: [
            { name: 'client-id', type: 'integer', token: 'ID', since: '2.8.12', optional: true },
            {
              name: 'normal_master_slave_pubsub',
              type: 'oneof',
              token: 'TYPE',
              since: '2.8.12',
              optional: true,
              arguments: [
                { name: 'normal', type: 'pure-token', token: 'NORMAL' },
                { name: 'master', type: 'pure-token', token: 'MASTER', since: '3.2.0' },
                { name: 'slave', type: 'pure-token', token: 'SLAVE' },
                { name: 'replica', type: 'pure-token', token: 'REPLICA', since: '5.0.0' },
                { name: 'pubsub', type: 'pure-token', token: 'PUBSUB' },
              ],
            },
            { name: 'username', type: 'string', token: 'USER', optional: true },
            { name: 'ip:port', type: 'string', token: 'ADDR', optional: true },
            { name: 'ip:port', type: 'string', token: 'LADDR', since: '6.2.0', optional: true },
            { name: 'yes/no', type: 'string', token: 'SKIPME', optional: true },
          ],
        },
      ],
    },
  ],
  execute(args, reply, { session, server }) {
    const victims = [...server.sessions.values()].filter((other) => other.transport !== null);
    if (args.count === 3) {
      const address = args.toName(2);
      const victim = victims.find((other) => other.transport!.remoteAddress === address);
      if (victim === undefined) throw NO_SUCH_CLIENT;
      kill(victim, session);
      reply.ok();
      return;
    }
    const filter = requireFilter(args, session);
    const matching = victims.filter(filter);
    for (const victim of matching) kill(victim, session);
    reply.integer(matching.length);
  },
});

/** A filter from the options of the new form; a session must match all of them. */
function requireFilter(args: Arguments, self: Session): (session: Session) => boolean {
  const conditions: ((session: Session) => boolean)[] = [];
  let skipsSelf = true;
  for (let i = 2; i < args.count; i += 2) {
    if (i + 1 >= args.count) throw SYNTAX_ERROR;
    const value = args.toName(i + 1);
    if (args.equals(i, 'id')) {
      const id = args.requireInteger(i + 1, BAD_ID);
      if (id < 1) throw BAD_ID;
      conditions.push((session) => session.id === id);
    } else if (args.equals(i, 'type')) {
      const type = requireClientType(args, i + 1);
      conditions.push((session) => clientTypeOf(session) === type);
    } else if (args.equals(i, 'addr')) {
      conditions.push((session) => session.transport!.remoteAddress === value);
    } else if (args.equals(i, 'laddr')) {
      conditions.push((session) => session.transport!.localAddress === value);
    } else if (args.equals(i, 'user')) {
      if (value !== 'default') throw new ReplyError(`ERR No such user '${args.toCText(i + 1)}'`);
      conditions.push((session) => session.userName === value);
    } else if (args.equals(i, 'skipme') && (args.equals(i + 1, 'yes') || args.equals(i + 1, 'no'))) {
      skipsSelf = args.equals(i + 1, 'yes');
    } else {
      throw SYNTAX_ERROR;
    }
  }
  return (session) => !(skipsSelf && session === self) && conditions.every((holds) => holds(session));
}

/** The client's own connection is closed after the reply, any other at once. */
function kill(victim: Session, self: Session): void {
  victim.end(victim === self ? Ending.afterReplies : Ending.now);
}
