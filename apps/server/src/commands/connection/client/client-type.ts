import { ReplyError } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import type { Session } from '../../../session/session';

/** What kind of client is at the other end, in CLIENT LIST's and CLIENT KILL's words. */
export type ClientType = 'normal' | 'master' | 'replica' | 'pubsub';

const TYPES: Readonly<Record<string, ClientType>> = {
  normal: 'normal',
  slave: 'replica',
  replica: 'replica',
  pubsub: 'pubsub',
  master: 'master',
};

/** The kind of a session's client: without replication, one that listens to channels or a normal one. */
export function clientTypeOf(session: Session): ClientType {
  return session.subscriptions === null ? 'normal' : 'pubsub';
}

/**
 * The type that the argument at `index` names.
 * @throws ReplyError where there is no such type.
 */
export function requireClientType(args: Arguments, index: number): ClientType {
  const name = args.toLatin1(index);
  const type = TYPES[name.toLowerCase()];
  if (type === undefined) throw new ReplyError(`ERR Unknown client type '${name}'`);
  return type;
}
