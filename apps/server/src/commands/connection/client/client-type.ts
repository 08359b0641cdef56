import { ReplyError } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import type { Session } from '../../../session/session';

/** The type of a client, as CLIENT LIST and CLIENT KILL name it. */
export type ClientType = 'normal' | 'master' | 'replica' | 'pubsub';

const TYPES: Readonly<Record<string, ClientType>> = {
  normal: 'normal',
  slave: 'replica',
  replica: 'replica',
  pubsub: 'pubsub',
  master: 'master',
};

/** The type of a session's client: `pubsub` with subscriptions, else `normal`, as there is no replication. */
export function clientTypeOf(session: Session): ClientType {
  return session.subscriptions === null ? 'normal' : 'pubsub';
}

/**
 * The type that the argument at `index` names.
 * @throws ReplyError when there is no such type.
 */
export function requireClientType(args: Arguments, index: number): ClientType {
  const name = args.toCText(index);
  const type = TYPES[name.toLowerCase()];
  if (type === undefined) throw new ReplyError(`ERR Unknown client type '${name}'`);
  return type;
}
