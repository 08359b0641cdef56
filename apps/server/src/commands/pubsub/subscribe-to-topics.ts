import type { Invocation } from '../../command/invocation';
import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import type { TopicKind } from '../../session/pub-sub/pub-sub';
import { MAX_PATTERN_BYTES, PATTERN_TOO_LONG } from '../../values/glob';

/**
 * Subscribes to the topics in the arguments, and confirms each with a message. O(arguments).
 * @param command the command's name, for the confirmations.
 * @throws ReplyError when a pattern is too long, or the session expects exactly one reply per command (a call of the in-process
 * API).
 */
export function subscribeToTopics(
  command: 'subscribe' | 'psubscribe' | 'ssubscribe',
  kind: TopicKind,
  args: Arguments,
  reply: Reply,
  call: Invocation,
): void {
  if (call.session.isInProcess) throw mayNotBlock(command);
  if (kind === 'patterns') {
    for (let i = 1; i < args.count; i++) if (args.length(i) > MAX_PATTERN_BYTES) throw PATTERN_TOO_LONG;
  }
  const subscriptions = call.session.subscribe();
  for (let i = 1; i < args.count; i++) {
    subscriptions.add(kind, args.bytes, args.start(i), args.end(i));
    reply.push(3);
    reply.bulkString(command);
    reply.bulk(args.bytes, args.start(i), args.end(i));
    reply.integer(subscriptions.count(kind));
  }
}

/** The error for a session that cannot receive messages between replies. */
export function mayNotBlock(command: string): ReplyError {
  return new ReplyError(`ERR ${command.toUpperCase()} isn't allowed for a DENY BLOCKING client`);
}
